import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { browserTest, launch, OFFICE, PHONE, picture, troublesOf } from './browser.ts';
import { type Product, startProduct } from './server.ts';
import { pageOf, SLOW_MS, sampleFilled, seriousFaults, tooWideBy } from './steps-sample.ts';

let product: Product;
let browser: Browser;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct({ sample: { scale: 0.2 } }), launch()]);
  await sampleFilled(product.url);
}, SLOW_MS);
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const pairNo = (page: Page) => page.getByRole('region', { name: /^第 \d+ 对，共 \d+ 对$/ });
const progress = (page: Page, n = '\\d+') =>
  page.getByRole('progressbar', { name: new RegExp(`^已处理 \\d+，还剩 ${n}$`) });
const left = async (page: Page) =>
  Number(/\d+$/.exec((await progress(page).getAttribute('aria-label')) ?? '')?.[0]);
const waitLeft = (page: Page, n: number) => progress(page, String(n)).waitFor();

async function queueOf(screen: typeof OFFICE): Promise<{ page: Page; troubles: string[] }> {
  const page = await pageOf(browser, product.url, screen, 'townOfficer');
  const troubles = troublesOf(page);
  await page.goto(`${product.url}/offices/duplicates`);
  await pairNo(page).waitFor();
  return { page, troubles };
}

describe('a clerk of a town', () => {
  browserTest(
    'judges who is on the books twice by keys, and takes it back',
    async () => {
      const { page, troubles } = await queueOf(OFFICE);
      const all = await left(page);
      expect(all).toBeGreaterThanOrEqual(5);
      await picture(page, 'duplicates.zh');
      expect(await seriousFaults(page)).toEqual([]);
      const first = await page.getByRole('row', { name: /^姓名/ }).textContent();
      await page.keyboard.press('j');
      await page.getByRole('region', { name: /^第 2 对/ }).waitFor();
      await page.keyboard.press('k');
      await page.getByRole('region', { name: /^第 1 对/ }).waitFor();
      expect(await page.getByRole('row', { name: /^姓名/ }).textContent()).toBe(first);
      await page.keyboard.press('2');
      await waitLeft(page, all - 1);
      await page.keyboard.press('u');
      await waitLeft(page, all);
      await page.keyboard.press('1');
      await waitLeft(page, all - 1);
      await page.getByRole('row', { name: /同一人，已合并/ }).waitFor();
      await picture(page, 'duplicates-merged.zh');
      await page.keyboard.press('u');
      await waitLeft(page, all);
      expect(await page.getByRole('row', { name: /^姓名/ }).textContent()).toBe(first);
      expect(troubles).toEqual([]);
      await page.context().close();
    },
    SLOW_MS,
  );

  browserTest(
    'chooses what the record that stays takes from the other',
    async () => {
      const { page, troubles } = await queueOf(OFFICE);
      const stays = page.getByRole('radio', { name: '保留', exact: true });
      expect(await stays.count()).toBe(1);
      await page.getByRole('radio', { name: '保留这一条' }).check();
      const take = page.getByRole('button', { name: /^取这一项/ });
      expect(await take.count()).toBeGreaterThan(0);
      const pressed = await take.first().getAttribute('aria-pressed');
      await take.first().click();
      expect(await take.first().getAttribute('aria-pressed')).not.toBe(pressed);
      expect(troubles).toEqual([]);
      await page.context().close();
    },
    SLOW_MS,
  );

  browserTest(
    'leaves some for later, and has everybody compared',
    async () => {
      const { page, troubles } = await queueOf(OFFICE);
      const all = await left(page);
      for (let i = 0; i < all; i++) await page.keyboard.press('3');
      await page.getByText('其余的都留到了以后').waitFor();
      await page.getByRole('button', { name: '再看一遍' }).click();
      await pairNo(page).waitFor();
      await page.getByRole('button', { name: '全部比对' }).click();
      await page.getByText(/比对了 [\d,]+ 人/).waitFor();
      expect(await left(page)).toBeGreaterThanOrEqual(all);
      expect(troubles).toEqual([]);
      await page.context().close();
    },
    SLOW_MS,
  );

  browserTest(
    'does it on a phone, in both languages',
    async () => {
      const { page, troubles } = await queueOf(PHONE);
      expect(await tooWideBy(page)).toBe(0);
      await picture(page, 'duplicates-phone.zh');
      expect(await seriousFaults(page)).toEqual([]);
      await page.context().close();
      const english = await pageOf(browser, product.url, { ...PHONE, locale: 'en' }, 'townOfficer');
      await english.goto(`${product.url}/offices/duplicates`);
      await english.getByRole('region', { name: /^Pair 1 of/ }).waitFor();
      expect(await tooWideBy(english)).toBe(0);
      await picture(english, 'duplicates-phone.en');
      await english.context().close();
      expect(troubles).toEqual([]);
    },
    SLOW_MS,
  );
});
