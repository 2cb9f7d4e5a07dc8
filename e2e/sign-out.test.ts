import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { browserTest, launch, OFFICE, PHONE } from './browser.ts';
import { type Product, startProduct } from './server.ts';
import { pageOf, SLOW_MS, sampleFilled } from './steps-sample.ts';

let product: Product;
let browser: Browser;
let url = '';

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct({ sample: { scale: 1 } }), launch()]);
  url = product.url;
  await sampleFilled(url);
}, SLOW_MS);
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const out = (page: Page) => page.getByRole('button', { name: '退出登录' });

/** Whether the way out is there: in sight after one press on the own name. */
async function showsWayOut(page: Page, path: string): Promise<boolean> {
  await page.goto(`${url}${path}`);
  const menu = page.locator('header details.menu > summary');
  const isThere = await menu.waitFor({ timeout: 8000 }).then(
    () => true,
    () => false,
  );
  if (!isThere) return false;
  await menu.click();
  if (!(await out(page).isVisible())) return false;
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  const box = await out(page).boundingBox();
  return (
    box !== null && box.x >= 0 && box.x + box.width <= width && box.y >= 0 && box.y + box.height <= height
  );
}

/** Addresses of the tabs of who is here. */
async function tabs(page: Page): Promise<string[]> {
  await page.goto(`${url}/account`);
  await page.locator('.office-nav a').first().waitFor();
  const all = await page
    .locator('.office-nav a')
    .evaluateAll((links) => links.map((it) => it.getAttribute('href')));
  return all.map((it) => it ?? '');
}

const ROLES = ['districtOfficer', 'systemAdministrator', 'securityAdministrator', 'auditAdministrator'];

describe('the way out', () => {
  browserTest(
    'is on every page behind a sign-in, on a desk and on a phone, and at door and gate, and it ends the session',
    async () => {
      const facts = (await (await fetch(`${url}/api/first-screen`)).json()) as Record<string, string>;
      const field = [
        ['escort', `/door/${facts.boardingTrip}`],
        ['employer', `/gate/${facts.unsignedTrip}`],
      ] as const;
      const lacking: string[] = [];
      for (const screen of [OFFICE, PHONE]) {
        for (const role of ROLES) {
          const page = await pageOf(browser, url, screen, role);
          for (const path of ['/account', ...(await tabs(page))])
            if (!(await showsWayOut(page, path))) lacking.push(`${screen.viewport.width} ${role} ${path}`);
          await page.context().close();
        }
        for (const [role, path] of field) {
          const page = await pageOf(browser, url, screen, role);
          if (!(await showsWayOut(page, path))) lacking.push(`${screen.viewport.width} ${role} ${path}`);
          await out(page).click();
          await page.waitForURL(`${url}/`);
          expect(await (await page.request.get(`${url}/api/session`)).json()).toMatchObject({ staff: null });
          await page.context().close();
        }
      }
      expect(lacking).toEqual([]);

      // The control: before that press it is not in sight, and would be missed.
      const control = await pageOf(browser, url, OFFICE, 'leader');
      await control.goto(`${url}/account`);
      await control.locator('header details.menu > summary').waitFor();
      expect(await out(control).isVisible()).toBe(false);
    },
    SLOW_MS,
  );
});
