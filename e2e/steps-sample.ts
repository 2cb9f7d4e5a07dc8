import { setTimeout as pause } from 'node:timers/promises';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, Locator, Page } from 'playwright-core';
import { newPage, type Screen } from './browser.ts';

export const SEASON = '2022-spring';
/** For what waits until a season is written or planned. */
export const SLOW_MS = 300_000;

const WITHIN_MS = 240_000;
const ASK_EVERY_MS = 500;
/** Rows of a page behind a figure. */
const PAGE_ROWS = 50;

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + WITHIN_MS;
  while (Date.now() < end) {
    if (await isSo()) return;
    await pause(ASK_EVERY_MS);
  }
  throw new Error(`${what}: not within ${WITHIN_MS / 1000} s`);
}

/** Waits until the sample season is written. */
export async function sampleFilled(url: string): Promise<void> {
  await until('the sample is filled', async () => {
    const { sample } = (await (await fetch(`${url}/api/session`)).json()) as {
      sample: { state: string } | null;
    };
    return sample?.state === 'ready';
  });
}

/** Waits until every district with people waiting has its draft plan. */
export async function draftsReady(page: Page, url: string): Promise<void> {
  await enterAs(page, url, 'leader');
  await until('the draft plans are ready', async () => {
    const reply = await page.request.get(`${url}/api/plans?season=${SEASON}`);
    const { plans } = (await reply.json()) as { plans: { state: string }[] };
    return plans.length > 0 && plans.every((it) => it.state === 'ready');
  });
}

/** A page in the hands of a role, without walking through its door. */
export async function pageOf(browser: Browser, url: string, screen: Screen, role?: string): Promise<Page> {
  const page = await newPage(browser, screen);
  if (role) await enterAs(page, url, role);
  return page;
}

async function enterAs(page: Page, url: string, role: string): Promise<void> {
  const reply = await page.request.post(`${url}/api/session/door`, { data: { role } });
  if (!reply.ok()) throw new Error(`the door of ${role} answered ${reply.status()}`);
}

/** The first number of a text: `16,912人` is 16912. */
export function numberIn(text: string | null): number {
  return Number(/\d[\d,]*/.exec(text ?? '')?.[0].replaceAll(',', ''));
}

/** A figure by its unit: `358 趟`, `5,374 not yet placed`. */
export function figureOf(page: Page, unit: string): Locator {
  return page.getByRole('button', { name: new RegExp(`^\\D{0,3}[\\d,]+\\s*${unit}\\s*(截至|As of)`) });
}

/** What a figure's drawer says there are, and how many rows its pages hold. */
export interface RowsBehind {
  readonly said: number;
  readonly held: number;
}

/** Opens a figure to its rows, turns every page of them, or for a long list goes by the last one, and closes them again. */
export async function rowsBehind(figure: Locator, most = 20): Promise<RowsBehind> {
  const page = figure.page();
  const asked = page.waitForRequest((it) => it.url().includes('/api/figures/rows?'));
  await figure.click();
  const first = new URL((await asked).url());
  const drawer = page.getByRole('dialog');
  const sub = drawer.getByText(/共 [\d,]+ 行|[\d,]+ rows?/).first();
  await sub.waitFor();
  const said = numberIn(/(?:共 |· )([\d,]+)/.exec((await sub.textContent()) ?? '')?.[1] ?? null);
  const pages = Math.ceil(said / PAGE_ROWS);
  const held = pages > most ? await lengthOfLast(page, first, pages) : await turnPages(drawer, pages);
  await page.keyboard.press('Escape');
  await drawer.waitFor({ state: 'detached' });
  return { said, held };
}

async function turnPages(drawer: Locator, pages: number): Promise<number> {
  const rows = drawer.getByRole('row').filter({ has: drawer.page().getByRole('cell') });
  let held = 0;
  for (let no = 1; no <= pages; no++) {
    if (pages > 1) await drawer.getByText(new RegExp(`^${no} (/|of) ${pages}$`)).waitFor();
    await rows.first().waitFor();
    held += await rows.count();
    if (no < pages) await drawer.getByRole('button', { name: /下一页|Next/ }).click();
  }
  return held;
}

/** Full pages before the last one, and what the last one holds; behind it there must be nothing. */
async function lengthOfLast(page: Page, first: URL, pages: number): Promise<number> {
  const rowsOf = async (no: number): Promise<number> => {
    first.searchParams.set('page', String(no));
    const { trips, people } = (await (await page.request.get(first.href)).json()) as Record<
      string,
      unknown[]
    >;
    return (trips?.length ?? 0) + (people?.length ?? 0);
  };
  const [beforeLast, last, behind] = await Promise.all([rowsOf(pages - 2), rowsOf(pages - 1), rowsOf(pages)]);
  return beforeLast === PAGE_ROWS && behind === 0 ? (pages - 1) * PAGE_ROWS + last : Number.NaN;
}

/** How many pixels a page is wider than its window. */
export function tooWideBy(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Faults of accessibility that hurt: `color-contrast: .a > .b`. */
export async function seriousFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter((it) => it.impact === 'serious' || it.impact === 'critical')
    .flatMap((it) => it.nodes.map(({ target }) => `${it.id}: ${target.join(' ')}`));
}
