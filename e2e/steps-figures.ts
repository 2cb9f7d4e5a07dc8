import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { type Product, runCommand } from './server.ts';
import { figureOf, numberIn, SEASON } from './steps-sample.ts';

/** Figures as the page of figures words them. */
const UNITS = {
  runs: '趟',
  persons: '人',
  unmet: '未安排',
  waiting: '待发车',
  inTransit: '在途',
  arrived: '已到厂',
  signedFor: '已签收',
  packs: '爱心礼包',
} as const;

type Numbers = Record<keyof typeof UNITS, number>;

/** What is published at one moment. */
export interface Published extends Numbers {
  /** The bulletin in Chinese. */
  readonly text: string;
}

async function onScreen(page: Page, url: string): Promise<Published> {
  await page.goto(`${url}/figures`);
  const keys = Object.keys(UNITS) as (keyof typeof UNITS)[];
  const texts = await Promise.all(keys.map((key) => figureOf(page, UNITS[key]).textContent()));
  const numbers = Object.fromEntries(keys.map((key, i) => [key, numberIn(texts[i] ?? null)])) as Numbers;
  const text = (await page.getByText(/^截至.+累计开行/).textContent()) ?? '';
  return { ...numbers, text };
}

async function told<Value>(command: string, { dataDir }: Product): Promise<Value> {
  const said = await runCommand([command, '--season', SEASON, '--json'], { FANGANG_DATA: dataDir });
  if (said.code !== 0) throw new Error(said.stderr);
  return JSON.parse(said.stdout) as Value;
}

/** The numbers a bulletin says, each where its sentence has it; people from ten thousand on are cut to the hundredth of 万. */
function saidIn(text: string): Omit<Numbers, 'persons'> & { readonly persons: string } {
  const read = (pattern: RegExp): string[] => pattern.exec(text)?.slice(1) ?? [];
  const [runs, persons = ''] = read(
    /累计开行返岗专车（专列、包机）([\d,]+)趟（次），输送农民工返岗(.+?)人。/,
  );
  const [arrived, signedFor, inTransit] = read(/已到厂([\d,]+)人，用人单位签收([\d,]+)人，在途([\d,]+)人。/);
  const [packs] = read(/爱心礼包([\d,]+)份。/);
  const [waiting, unmet] = read(/已有座位待发车([\d,]+)人，尚未安排([\d,]+)人。/);
  const all = { runs, arrived, signedFor, inTransit, packs, waiting, unmet };
  const numbers = Object.fromEntries(Object.entries(all).map(([key, said]) => [key, numberIn(said ?? null)]));
  return { ...(numbers as Omit<Numbers, 'persons'>), persons };
}

/** Reads the figures from the screen, from the command line and out of the bulletin, which have to say the same. */
export async function published(page: Page, product: Product): Promise<Published> {
  const screen = await onScreen(page, product.url);
  const { text, ...numbers } = screen;
  const { total } = await told<{ total: Numbers }>('figures', product);
  expect(total).toMatchObject(numbers);
  expect((await told<{ zh: string }>('bulletin', product)).zh).toBe(text);
  const persons =
    numbers.persons < 10_000 ? `${numbers.persons}` : `约${Math.floor(numbers.persons / 100) / 100}万`;
  expect(saidIn(text)).toEqual({ ...numbers, persons });
  return screen;
}
