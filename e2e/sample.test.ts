import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { browserTest, launch, newPage, OFFICE, PHONE, picture, type Screen, troublesOf } from './browser.ts';
import { type Product, startProduct } from './server.ts';
import { readRun } from './steps-door.ts';
import { published } from './steps-figures.ts';
import { answerTold, confirmOnTicket, takeNeed, tellOnTicket } from './steps-needs.ts';
import { boardBus, commitDraft, handOver, nextMorning, openFirstCoach } from './steps-ride.ts';
import {
  draftsReady,
  figureOf,
  numberIn,
  pageOf,
  rowsBehind,
  SLOW_MS,
  sampleFilled,
  seriousFaults,
  tooWideBy,
} from './steps-sample.ts';

/** As wide as the picture at the head of the README is read best. */
const README: Screen['viewport'] = { width: 1280, height: 900 };

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

interface Facts {
  readonly total: { readonly runs: number; readonly persons: number; readonly unmet: number };
  readonly drafted: number;
  readonly boardingTrip: string;
  readonly unsignedTrip: string;
  readonly ticketPath: string;
}

const facts = async (): Promise<Facts> => (await (await fetch(`${url}/api/first-screen`)).json()) as Facts;

/** The first screen of a new visitor, its three figures drawn. */
async function firstScreen(screen: Screen): Promise<{ page: Page; troubles: string[] }> {
  const page = await newPage(browser, screen);
  const troubles = troublesOf(page);
  await page.goto(url);
  await figureOf(page, screen.locale === 'en' ? 'runs' : '趟').waitFor();
  return { page, troubles };
}

const LANGUAGES = [
  {
    locale: 'zh-CN',
    title: '重庆 · 2022 年 2 月 11 日 17:00',
    units: ['趟', '人', '人未安排'],
    system: /点对点专车、专列.*358 趟，约 1\.69 万人.*358 趟，16,9\d\d 人.*相符/,
    doors: '换个角色看',
  },
  {
    locale: 'en',
    title: 'Chongqing, 11 February 2022, 17:00',
    units: ['runs', 'people', 'not yet placed'],
    system: /Point-to-point transport.*358 runs, about 16,900.*358 runs, 16,9\d\d people.*agrees/,
    doors: 'Enter as',
  },
] as const;

const DOORS = [
  ['镇街经办', '/people'],
  ['劳务经纪人', '/people'],
  ['区县调度', '/planning'],
  ['随车人员', '/door/'],
  ['用工单位', '/gate/'],
  ['人力机构', '/people'],
  ['务工人员', '/t/'],
  ['市级领导', '/figures'],
  ['运维', '/installation'],
] as const;

describe('the first screen of the sample season', () => {
  for (const { locale, title, units, system, doors } of LANGUAGES) {
    browserTest(`shows three figures, sixteen systems and nine doors: ${locale}`, async () => {
      const { page, troubles } = await firstScreen({ ...OFFICE, locale });
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      const texts = await Promise.all(units.map((unit) => figureOf(page, unit).textContent()));
      const [runs, people = 0, unmet] = texts.map(numberIn);
      const { total } = await facts();
      expect([runs, people, unmet]).toEqual([358, total.persons, total.unmet]);
      expect(people).toBeGreaterThanOrEqual(16_900);
      expect(people).toBeLessThanOrEqual(16_949);
      expect(total.unmet).toBeGreaterThan(0);
      expect(await page.getByRole('rowheader').count()).toBe(16);
      expect(await page.getByRole('row', { name: system }).count()).toBe(1);
      expect(await page.getByRole('navigation', { name: doors }).getByRole('button').count()).toBe(9);
      expect(troubles).toEqual([]);
      await page.context().close();
    });
  }

  browserTest('fits into the width of a desk and of a small phone', async () => {
    const screens = [OFFICE, { ...OFFICE, locale: 'en' }, PHONE, { ...PHONE, locale: 'en' }] as const;
    const wide: [string, number][] = [];
    for (const screen of screens) {
      const { page } = await firstScreen(screen);
      wide.push([`${screen.locale} ${screen.viewport.width}`, await tooWideBy(page)]);
      await page.context().close();
    }
    expect(wide).toEqual(wide.map(([screen]) => [screen, 0]));
  });

  browserTest('opens each figure to exactly as many rows', async () => {
    const { page, troubles } = await firstScreen(OFFICE);
    const { runs, persons, unmet } = (await facts()).total;
    expect(await rowsBehind(figureOf(page, '趟'))).toEqual({ said: runs, held: runs });
    expect(await rowsBehind(figureOf(page, '人'))).toEqual({ said: persons, held: persons });
    expect(await rowsBehind(figureOf(page, '人未安排'))).toEqual({ said: unmet, held: unmet });
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  browserTest('lets in through each of the nine doors with one click', async () => {
    const { page, troubles } = await firstScreen(OFFICE);
    const led: [string, string, number][] = [];
    for (const [door, path] of DOORS) {
      await page.goto(url);
      await page.getByRole('button', { name: new RegExp(`^${door}`) }).click();
      await page.waitForURL((it) => it.pathname !== '/');
      await page.getByRole('heading').first().waitFor();
      await page.waitForLoadState('networkidle');
      expect([door, await page.getByRole('alert').count()]).toEqual([door, 0]);
      const { pathname } = new URL(page.url());
      led.push([door, pathname.startsWith(path) ? path : pathname, await tooWideBy(page)]);
    }
    expect(led).toEqual(DOORS.map(([door, path]) => [door, path, 0]));
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  browserTest(
    'shows what the draft plans would place, and opens that too',
    async () => {
      const { page, troubles } = await firstScreen(OFFICE);
      await draftsReady(page, url);
      const { drafted } = await facts();
      await page.reload();
      const inDrafts = page.getByRole('button', { name: /^其中 [\d,]+ 人草案已排/ });
      expect(numberIn(await inDrafts.textContent())).toBe(drafted);
      expect(await rowsBehind(inDrafts)).toEqual({ said: drafted, held: drafted });
      expect(troubles).toEqual([]);
      await page.context().close();
      for (const locale of ['zh-CN', 'en'] as const) {
        const first = await firstScreen({ locale, viewport: README });
        await first.page.waitForLoadState('networkidle');
        await picture(first.page, `first-screen.${locale === 'en' ? 'en' : 'zh'}`);
        await first.page.context().close();
      }
    },
    SLOW_MS,
  );
});

describe('needs and difficulties', () => {
  browserTest('go from a list and a ticket to an answer and the person’s own word', async () => {
    const [office, phone] = [
      await pageOf(browser, url, OFFICE, 'cityOfficer'),
      await pageOf(browser, url, PHONE),
    ];
    const ticket = `${url}${(await facts()).ticketPath}`;
    expect(await takeNeed(office, url)).toContain('在办');
    const told = '宿舍没有热水';
    expect(await tellOnTicket(phone, ticket, told)).toContain('已送到');
    await answerTold(office, url, told, '今晚换到二楼');
    expect(await confirmOnTicket(phone, ticket, '今晚换到二楼')).toContain('已解决');
    await office.context().close();
    await phone.context().close();
  });
});

interface Shown {
  readonly name: string;
  readonly screen: Screen;
  readonly role?: string;
  readonly path: string;
  /** Pages that move are taken in the middle of the journey. */
  readonly taken?: false;
}

/** Every page of the product, in the hands of whom it is made for. */
async function pages(): Promise<Shown[]> {
  const { boardingTrip, unsignedTrip, ticketPath } = await facts();
  const office = { screen: OFFICE, role: 'dispatcher' };
  const leader = { screen: OFFICE, role: 'leader' };
  return [
    { name: 'first-screen', screen: OFFICE, path: '/', taken: false },
    { name: 'workbench', ...office, path: '/workbench' },
    { name: 'people', screen: OFFICE, role: 'townOfficer', path: '/people' },
    { name: 'needs', ...office, path: '/needs', taken: false },
    { name: 'planning', ...office, path: '/planning' },
    { name: 'planning-map', ...office, path: '/planning?view=map' },
    { name: 'planning-city', ...leader, path: '/planning', taken: false },
    { name: 'trips', ...office, path: '/trips', taken: false },
    { name: 'trip', ...leader, path: `/trips/${boardingTrip}`, taken: false },
    { name: 'figures', ...leader, path: '/figures' },
    { name: 'door', screen: PHONE, role: 'escort', path: `/door/${boardingTrip}`, taken: false },
    { name: 'gate', screen: PHONE, role: 'employer', path: `/gate/${unsignedTrip}`, taken: false },
    { name: 'ticket', screen: PHONE, path: ticketPath },
  ];
}

describe('a page of the sample season', () => {
  browserTest(
    'has no serious fault of accessibility, and such a fault would be seen',
    async () => {
      const found: [string, string[]][] = [];
      for (const { name, screen, role, path, taken } of await pages()) {
        const page = await pageOf(browser, url, screen, role);
        await page.goto(`${url}${path}`);
        await page.getByRole('heading').first().waitFor();
        await page.waitForLoadState('networkidle');
        found.push([name, await seriousFaults(page)]);
        if (taken !== false) await picture(page, `${name}.zh`);
        await page.context().close();
      }
      expect(found.filter(([, faults]) => faults.length > 0)).toEqual([]);

      const control = await newPage(browser, OFFICE);
      await control.setContent(
        '<html lang="en"><title>pale</title><p style="color:#aaa">pale</p><input></html>',
      );
      expect(await seriousFaults(control)).toEqual(['color-contrast: p', 'label: input']);
      await control.context().close();
    },
    SLOW_MS,
  );
});

/** Door and run in the middle of boarding, for the pictures. */
async function showBoarding(phone: Page, desk: Page): Promise<void> {
  await phone.getByRole('button', { name: '后四位', exact: true }).click();
  await picture(phone, 'door.zh');
  await desk.reload();
  await desk.getByText('没戴口罩').first().waitFor();
  await picture(desk, 'trip.zh');
}

describe('in the sample', () => {
  browserTest(
    'plan → commit → board → arrive → the figure and the bulletin sentence change',
    async () => {
      const leader = await pageOf(browser, url, OFFICE);
      await draftsReady(leader, url);
      const before = await published(leader, product);
      const desk = await newPage(browser, OFFICE);
      const [phone, guard] = [await pageOf(browser, url, PHONE, 'dispatcher'), await newPage(browser, PHONE)];
      const troubles = [desk, phone, guard].map(troublesOf);
      await desk.goto(url);
      await desk.getByRole('button', { name: /^区县调度/ }).click();
      await desk.getByText('方案待提交').waitFor();
      const seated = await commitDraft(desk);
      const tripId = await openFirstCoach(desk);
      await nextMorning(desk, '2022-02-12');
      await phone.goto(`${url}/door/${tripId}`);
      const bus = await readRun(phone, url, tripId);
      const held = bus.passengers.find((it) => it.board === 0);
      const onFirst = () => showBoarding(phone, desk);
      const { aboard, byFour, byList } = await boardBus(phone, bus, { held, onFirst });
      expect([aboard, byFour + byList]).toEqual([bus.passengers.length - 1, aboard]);
      expect(Math.min(byFour, byList)).toBeGreaterThan(0);
      await nextMorning(desk, '2022-02-13');
      await handOver({ phone, guard, product, onGate: () => picture(guard, 'gate.zh') }, bus);
      await desk.reload();
      await desk.getByText('已签收').first().waitFor();

      const after = await published(leader, product);
      expect(after).toMatchObject({
        runs: before.runs + 1,
        persons: before.persons + aboard,
        packs: before.packs + aboard,
        arrived: before.arrived + aboard,
        signedFor: before.signedFor + aboard,
        inTransit: before.inTransit,
        waiting: before.waiting + seated - aboard - 1,
        unmet: before.unmet - seated + 1,
      });
      expect(after.text).not.toBe(before.text);
      expect(after.text).toContain(
        `截至2022年2月13日8时，累计开行返岗专车（专列、包机）${before.runs + 1}趟`,
      );
      expect(troubles.flat()).toEqual([]);
    },
    SLOW_MS,
  );
});
