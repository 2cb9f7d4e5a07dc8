import type { PastLine, WayLeg, WayLine } from '@fangang/domain/trips/api-people.ts';
import type { PlanView } from '@fangang/domain/trips/api-planning.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { browserTest, launch, newPage, OFFICE, PHONE, troublesOf } from './browser.ts';
import { type Product, startProduct } from './server.ts';
import { readRun } from './steps-door.ts';
import {
  boardBus,
  commitDraft,
  gatesOf,
  handOver,
  nextMorning,
  openFirstCoach,
  runFeeder,
} from './steps-ride.ts';
import { draftsReady, numberIn, pageOf, SEASON, SLOW_MS, sampleFilled } from './steps-sample.ts';

const YUBEI = '500112';
const TOMORROW = '2022-02-12';
/** More people of Wulong than a coach holds want to go to Yubei tomorrow. */
const SCALE = 0.5;

let product: Product;
let browser: Browser;
let url = '';

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct({ sample: { scale: SCALE } }), launch()]);
  url = product.url;
  await sampleFilled(url);
}, SLOW_MS);
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

/** What the first screen says of Wulong → Yubei: runs and people. */
async function countedInside(page: Page): Promise<{ runs: number; people: number }> {
  await page.goto(url);
  const said = await page.getByText(/一车直达厂门 · [\d,]+ 趟 [\d,]+ 人/).textContent();
  const [, runs = '', people = ''] = /([\d,]+) 趟 ([\d,]+) 人/.exec(said ?? '') ?? [];
  return { runs: numberIn(runs), people: numberIn(people) };
}

/** The dispatcher says it in one line: tomorrow, one coach of 49. Answers the draft when it is there. */
async function planOneCoach(desk: Page): Promise<PlanView> {
  await desk.goto(url);
  await desk.getByRole('button', { name: /^区县调度/ }).click();
  await desk.getByRole('textbox', { name: '到', exact: true }).fill(TOMORROW);
  await desk.keyboard.press('Enter');
  await desk.getByLabel('车辆').fill('1 × 49');
  const made = desk.waitForResponse(async (reply) => {
    if (!/\/api\/plans\/[0-9a-f-]{36}$/.test(reply.url()) || !reply.ok()) return false;
    const { state, fleet } = (await reply.json()) as PlanView;
    return state === 'ready' && fleet.length > 0;
  });
  await desk.getByRole('button', { name: '出方案' }).click();
  const plan = (await (await made).json()) as PlanView;
  await desk.getByText('方案待提交').waitFor();
  return plan;
}

interface Way {
  readonly destination: string;
  readonly way: (WayLine & { readonly legs: readonly WayLeg[] }) | null;
  readonly past: readonly PastLine[];
}

/** Where people want to go, and the ways that lead there with all that has happened on them. */
function waysOf(phone: Page, people: readonly { readonly personId: string }[]): Promise<Way[]> {
  return Promise.all(
    people.map(async ({ personId }) => {
      const read = async (path: string) =>
        (await phone.request.get(`${url}/api/people/${personId}${path}?season=${SEASON}`)).json();
      const [{ wish }, way] = await Promise.all([read(''), read('/way')]);
      return { ...way, destination: wish.destination };
    }),
  );
}

/** The village feeders that bring people of a coach to where it halts. */
async function feedersOf(phone: Page, people: readonly { readonly personId: string }[]): Promise<string[]> {
  const legs = (await waysOf(phone, people)).flatMap((it) => it.way?.legs ?? []);
  return [...new Set(legs.flatMap((it) => (it.role === 'feeder' && it.trip ? it.trip.id : [])))];
}

describe('武隆区 Wulong, system S3', () => {
  browserTest(
    '武隆 → 渝北：one leg inside the municipality, no transfer, gift pack',
    async () => {
      const leader = await pageOf(browser, url, OFFICE);
      await draftsReady(leader, url);
      const before = await countedInside(leader);
      const desk = await newPage(browser, OFFICE);
      const [phone, guard] = [await pageOf(browser, url, PHONE, 'dispatcher'), await newPage(browser, PHONE)];
      const troubles = [desk, phone, guard].map(troublesOf);

      const plan = await planOneCoach(desk);
      const [coach, ...others] = plan.trips.filter((it) => it.role === 'main');
      expect([coach?.day, others]).toEqual([TOMORROW, []]);
      expect(plan.trips.filter((it) => it.role === 'lastMile')).toEqual([]);
      const seated = await commitDraft(desk);
      expect(seated).toBe(coach?.load);
      const tripId = await openFirstCoach(desk);
      await nextMorning(desk, TOMORROW);
      await phone.goto(`${url}/door/${tripId}`);
      const bus = await readRun(phone, url, tripId);
      for (const feeder of await feedersOf(phone, bus.passengers)) await runFeeder(phone, url, feeder);
      expect(bus.stops.at(-1)?.arriveAt.slice(0, 10)).toBe(TOMORROW);
      expect((await boardBus(phone, bus)).aboard).toBe(seated);
      await handOver({ phone, guard, product }, bus);

      const arrived = await readRun(phone, url, tripId);
      expect(arrived.passengers.map((it) => [it.state, it.packed])).toEqual(
        Array.from({ length: seated }, () => ['arrived', true]),
      );
      const gates = gatesOf(bus).map((it) => it.name);
      let onFoot = 0;
      for (const { destination, way, past } of await waysOf(phone, arrived.passengers)) {
        expect([destination, way?.stage]).toEqual([YUBEI, 'signedFor']);
        const [last, feeder, ...more] = way?.legs.toReversed() ?? [];
        expect([last?.trip?.id, last?.role, more]).toEqual([tripId, 'main', []]);
        expect(gates).toContain(last?.to);
        if (feeder) expect([feeder.role, feeder.to]).toEqual(['feeder', last?.from]);
        else onFoot += 1;
        expect(past.filter((it) => it.type === 'trips.pack_issued')).toMatchObject([
          { tripCode: bus.trip.code },
        ]);
      }
      expect(onFoot).toBeGreaterThan(0);
      const after = await countedInside(leader);
      expect(after).toEqual({ runs: before.runs + 1, people: before.people + seated });
      expect(troubles.flat()).toEqual([]);
    },
    SLOW_MS,
  );
});
