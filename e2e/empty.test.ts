import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { browserTest, launch, newPage, OFFICE, withPasskeys } from './browser.ts';
import { type Product, startProduct } from './server.ts';
import {
  bringFile,
  bringRoster,
  commitDraft,
  draftPlan,
  handOn,
  printFirstList,
  readGaps,
  seasonFor,
  setUpDistrict,
  writeNoRosters,
  writeTownRoster,
} from './steps-empty.ts';

let folder = '';
let product: Product;
let browser: Browser;
let page: Page;
const faults: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fangang-empty-'));
  [product, browser] = await Promise.all([startProduct({ sample: false }), launch()]);
  page = await newPage(browser, OFFICE);
  await withPasskeys(page);
  page.on('pageerror', (error) => faults.push(String(error)));
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
  await rm(folder, { recursive: true, force: true });
});

const today = async (): Promise<string> => {
  const { clock } = (await (await fetch(`${product.url}/api/session`)).json()) as { clock: { now: string } };
  return clock.now.slice(0, 10);
};

/** The words of a PDF; undefined where the machine has no tool to read them. */
async function wordsOf(pdf: Buffer): Promise<string | undefined> {
  const file = join(folder, 'register.pdf');
  await writeFile(file, pdf);
  const read = spawnSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
  return read.error ? undefined : read.stdout;
}

describe('an empty installation, one person', () => {
  browserTest('comes from nothing to the first printed list of a bus', async () => {
    const { festival, day } = seasonFor(await today());
    const roster = await writeTownRoster(folder, day);
    const hand = handOn(page);
    // A passkey is bound to a name; an address of numbers is none.
    await setUpDistrict(hand, product.url.replace('127.0.0.1', 'localhost'), festival);
    await bringRoster(hand, roster);
    await draftPlan(hand, '3 × 49');
    const gaps = await readGaps(hand);
    const seated = await commitDraft(hand);
    const pdf = await printFirstList(hand);
    const { clicks, fields, keys } = hand.count;
    process.stdout.write(`\nempty → first list: ${clicks} clicks, ${fields} fields, ${keys} keys\n`);
    expect(clicks).toBeLessThanOrEqual(15);

    const unseated = gaps.map((it) => it[0] ?? '');
    expect(seated + unseated.length).toBe(roster.names.length);
    expect(new Set(unseated).size).toBe(unseated.length);
    expect(unseated.filter((it) => roster.coach.includes(it) || !roster.names.includes(it))).toEqual([]);
    for (const [, , why, helps, owner] of gaps) {
      expect(why).toMatch(/只凑到 \d+ 人，最低满载 20 人|还没有去处|没有说去哪里|去哪/);
      expect(helps).not.toBe('');
      expect(owner).toBe('冉经办');
    }

    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    const said = (await wordsOf(pdf))?.replace(/\s/g, '');
    if (said !== undefined) {
      expect(roster.names.filter((it) => said.includes(it))).toHaveLength(seated);
      expect(unseated.filter((it) => said.includes(it))).toEqual([]);
    }
    expect(faults).toEqual([]);
  });

  browserTest('finds somebody on the books, and the name stands in no address', async () => {
    const asked: string[] = [];
    page.on('request', (it) => asked.push(decodeURIComponent(it.url())));
    const at = product.url.replace('127.0.0.1', 'localhost');
    await page.goto(`${at}/people`);
    await page.getByRole('searchbox', { name: '姓名、首字母、证件后四位、手机尾号' }).fill('谭云开');
    await page
      .getByText(/^1 人$/)
      .first()
      .waitFor();
    await page.getByRole('row').filter({ hasText: '谭云开' }).waitFor();
    await page.reload();
    await page
      .getByText(/^1 人$/)
      .first()
      .waitFor();
    expect(decodeURIComponent(page.url())).toBe(`${at}/people`);
    expect(asked.some((it) => it.endsWith('/api/people/search'))).toBe(true);
    expect(asked.filter((it) => it.includes('谭'))).toEqual([]);
    await page.getByRole('button', { name: '清除条件' }).click();
    await page
      .getByText(/^62 人$/)
      .first()
      .waitFor();
  });

  browserTest('is told in one sentence that a file is no roster, and nothing changes', async () => {
    const files = await writeNoRosters(folder);
    const hand = handOn(page);
    await page.goto(`${product.url.replace('127.0.0.1', 'localhost')}/people`);
    const before = await page
      .getByText(/^\d+ 人$/)
      .first()
      .textContent();
    expect(before).toBe('62 人');
    await page.goto(`${product.url.replace('127.0.0.1', 'localhost')}/people/import`);
    for (const [path, sentence] of [
      [files.pdf, '这不是表格文件，里面是 PDF → 用表格软件打开，另存为 .xlsx'],
      [files.empty, '工作表是空的 → 换一张有名单的工作表'],
    ] as const) {
      await bringFile(hand, path);
      const alert = page.getByRole('alert');
      await alert.filter({ hasText: sentence }).waitFor();
      expect(await alert.textContent()).toBe(sentence);
      expect(new URL(page.url()).search).toBe('');
    }
    await page.goto(`${product.url.replace('127.0.0.1', 'localhost')}/people`);
    expect(
      await page
        .getByText(/^\d+ 人$/)
        .first()
        .textContent(),
    ).toBe(before);
    expect(faults).toEqual([]);
  });
});
