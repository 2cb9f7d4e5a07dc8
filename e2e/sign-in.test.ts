import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { browserTest, launch, newPage, withPasskeys } from './browser.ts';
import { type Product, runCommand, startProduct } from './server.ts';

const PASSWORD = 'lingshan-boat-77';
const WULONG = '500156000000';

let product: Product;
let browser: Browser;
let url = '';
const faults: string[] = [];

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct({ sample: false }), launch()]);
  // A passkey is bound to a name; an address of numbers is none.
  url = product.url.replace('127.0.0.1', 'localhost');
  for (const [login, role] of [
    ['system', 'systemAdministrator'],
    ['security', 'securityAdministrator'],
  ] as const) {
    const args = ['user', 'add', login, '--role', role, '--area', WULONG, '--name', `${login}某`];
    const said = await runCommand(args, { FANGANG_DATA: product.dataDir, FANGANG_PASSWORD: PASSWORD });
    expect(said.code, said.stderr).toBe(0);
  }
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

async function screen(): Promise<Page> {
  const page = await newPage(browser, { locale: 'zh-CN', viewport: { width: 1440, height: 900 } });
  page.on('pageerror', (error) => faults.push(String(error)));
  return page;
}

async function signIn(page: Page, login: string, password: string): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.getByLabel('账号').fill(login);
  await page.getByLabel('密码').fill(password);
  await page.keyboard.press('Enter');
}

/** Whoever keeps accounts or a district in a new installation is led to a passkey before anything else opens. */
async function enrol(page: Page): Promise<void> {
  await page.getByRole('heading', { name: '本角色须有第二因素' }).waitFor();
  await readable(page);
  await page.goto(`${url}/people`);
  await page.waitForURL(/\/sign-in/);
  await page.getByRole('heading', { name: '本角色须有第二因素' }).waitFor();
  await page.getByLabel('给它起个名字').fill('办公室电脑');
  await page.keyboard.press('Enter');
  await page.waitForURL((it) => !it.pathname.startsWith('/sign-in'));
}

async function signInFirst(page: Page, login: string): Promise<void> {
  await withPasskeys(page);
  await signIn(page, login, PASSWORD);
  await enrol(page);
}

async function pick(page: Page, name: string, text: string): Promise<void> {
  await page.getByRole('dialog').getByRole('combobox', { name }).click();
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

/** No contrast, label or role that a screen reader stumbles over. */
async function readable(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze();
  expect(violations.map((it) => `${it.id}: ${it.nodes[0]?.html}`)).toEqual([]);
}

/** The system administrator adds a clerk with a new office, by keyboard from the list on, and gets a one-time password. */
async function addClerk(page: Page): Promise<string> {
  await page.getByRole('link', { name: '单位与人员' }).click();
  await page.getByRole('heading', { name: '单位与人员' }).waitFor();
  await readable(page);
  await page.keyboard.press('n');
  const drawer = page.getByRole('dialog');
  await drawer.getByLabel('账号').fill('ran');
  await drawer.getByLabel('姓名').fill('冉经办');
  await drawer.getByLabel('角色').selectOption('dispatcher');
  await drawer.getByRole('button', { name: '添加单位' }).click();
  await drawer.getByLabel('单位全称').fill('武隆区就业局');
  await drawer.getByLabel('单位类别').selectOption('bureau');
  await drawer.getByLabel('单位全称').press('Enter');
  await page.getByText('单位已添加').waitFor();
  await pick(page, '单位', '就业局');
  await drawer.getByRole('button', { name: '保存' }).click();
  await drawer.getByText('一次性密码').first().waitFor();
  await readable(page);
  return (await drawer.locator('code').textContent()) ?? '';
}

describe('accounts and sign-in', () => {
  browserTest('from the administrator’s desk to a sign-in by passkey', async () => {
    const desk = await screen();
    await signInFirst(desk, 'system');
    const oneTime = await addClerk(desk);

    const page = await screen();
    await withPasskeys(page);
    await signIn(page, 'ran', oneTime);
    await page.getByRole('heading', { name: '先换一个自己的密码' }).waitFor();
    await readable(page);
    await page.getByLabel('当前密码').fill(oneTime);
    await page.getByLabel('新密码').fill('quiet-river-88');
    await page.keyboard.press('Enter');
    await enrol(page);

    await page.goto(`${url}/account`);
    await page.getByText('办公室电脑').waitFor();
    await readable(page);
    await page.getByText('武隆区 冉经办').click();
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.getByRole('button', { name: '用通行密钥登录' }).click();
    await page.waitForURL(/\/workbench$/);

    // The account has a second factor now: the password alone opens nothing.
    const elsewhere = await screen();
    await signIn(elsewhere, 'ran', 'quiet-river-88');
    await elsewhere.getByRole('heading', { name: '第二因素' }).waitFor();
    await elsewhere.goto(`${url}/people`);
    await elsewhere.waitForURL(/\/sign-in/);

    const security = await screen();
    await signInFirst(security, 'security');
    await security.getByRole('link', { name: '会话与手机' }).click();
    const mine = security.getByRole('row').filter({ hasText: '通行密钥' });
    await mine.waitFor();
    await readable(security);
    await mine.getByRole('button', { name: /^退出/ }).click();
    await security.getByText('已退出，下一次请求就失效').waitFor();
    await page.goto(`${url}/people`);
    await page.waitForURL(/\/sign-in/);
    expect(faults).toEqual([]);
  });
});
