import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { it } from 'vitest';
import { findBrowser } from '../scripts/browser.js';

const PICTURES = fileURLToPath(new URL('../docs/pictures', import.meta.url));

/** A journey that needs a browser. Where `npm test` found none it is skipped, and counted as skipped. */
export const browserTest = it.skipIf(env.FANGANG_NO_BROWSER === '1');

/** Starts the browser of this machine with a fresh profile. It asks nobody on the network for anything of its own. */
export function launch(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new Error('no Chromium found: install it or set CHROMIUM_PATH');
  return chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export interface Screen {
  readonly locale: 'zh-CN' | 'en';
  /** In CSS pixels. */
  readonly viewport: { readonly width: number; readonly height: number };
  /** A cheap Android phone: touch, twice the pixels, the mobile user agent. */
  readonly phone?: boolean;
}

/** The desk of an office. */
export const OFFICE: Screen = { locale: 'zh-CN', viewport: { width: 1440, height: 900 } };
/** The phone of an escort, a guard or a traveller. */
export const PHONE: Screen = { locale: 'zh-CN', viewport: { width: 360, height: 740 }, phone: true };

const TOUCH = {
  isMobile: true,
  hasTouch: true,
  deviceScaleFactor: 2,
  userAgent:
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36',
};

/** A page of its own visitor: no cookie and no stored row of another page. Time zone is China's, nothing moves. */
export async function newPage(browser: Browser, { locale, viewport, phone = false }: Screen): Promise<Page> {
  const context = await browser.newContext({
    locale,
    viewport,
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
    ...(phone ? TOUCH : {}),
  });
  return context.newPage();
}

/** Gathers what goes wrong on a page from now on: faults of its scripts, its own complaints, answers with a 4xx or 5xx. */
export function troublesOf(page: Page): string[] {
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(`${page.url()}: ${String(error)}`));
  page.on('console', (it) => {
    if (it.type() === 'error') troubles.push(`${page.url()}: ${it.text()}`);
  });
  page.on('response', (reply) => {
    if (reply.status() >= 400) troubles.push(`${reply.status()} ${reply.request().method()} ${reply.url()}`);
  });
  return troubles;
}

/**
 * Saves what the page shows as `<name>.png`: under `docs/pictures` with `FANGANG_PICTURES=1`, else in the system's
 * temporary folder, so that a test run leaves the checkout as it was.
 *
 * @returns the file
 */
export async function picture(page: Page, name: string): Promise<string> {
  const folder = env.FANGANG_PICTURES === '1' ? PICTURES : join(tmpdir(), 'fangang-pictures');
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${name}.png`);
  // Nothing lies under the pointer.
  await page.mouse.move(0, 0);
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  return path;
}

/** Gives a page a passkey's maker, as a laptop has one: it answers by itself. */
export async function withPasskeys(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}
