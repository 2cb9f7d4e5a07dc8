/**
 * What row-level security costs where a whole city is on the books: the product's own questions, as the roles that ask them.
 *
 *     npm run bench:scope -- --json [--people 600000]
 *
 * Medians in ms. `unscoped_*` are the same questions of the owner, whom no policy holds, with the area as a filter. Last line: one JSON object.
 */
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { fillPeople, fillTrips, questionsOf, tripOfEach } from '../packages/server/isolation/store-fill.ts';
import { seasonOf } from '../packages/server/src/offices/season.ts';
import { addSeason } from '../packages/server/src/offices/store.ts';
import { loadPlaces } from '../packages/server/src/offices/store-places.ts';
import { countPeople, findHits, listPeopleRows } from '../packages/server/src/people/store-people.ts';
import {
  areaRange,
  inScope,
  openDatabase,
  type Scope,
  type Tx,
} from '../packages/server/src/platform/database.ts';
import { inOwnerTransaction } from '../packages/server/src/platform/owner.ts';
import { freshDatabase } from '../packages/server/src/platform/testing.ts';
import { setup, teardown } from '../packages/server/src/platform/vitest-global.ts';
import { listArrivalsAt, listGateArrivals } from '../packages/server/src/trips/store.ts';

const { values } = parseArgs({
  options: { people: { type: 'string', default: '600000' }, json: { type: 'boolean', default: false } },
});
const people = Number(values.people);
const SEASON = '2022-spring';
const PART = 50_000;
const ROUNDS = 60;
const CITY = '500000000000';
const PAGE = { limit: 50, offset: 0 };

const median = (all: readonly number[]): number => {
  const sorted = [...all].sort((a, b) => a - b);
  return Math.round((sorted[Math.floor(sorted.length / 2)] ?? 0) * 100) / 100;
};
const office = (area: string): Scope => {
  const { from, to } = areaRange(area);
  return { kind: 'office', staffId: randomUUID(), officeId: randomUUID(), areaFrom: from, areaTo: to };
};

await setup();
try {
  const fresh = await freshDatabase();
  const owner = openDatabase(fresh.adminUrl, { max: 1 });
  const asOwner = <Value>(work: (tx: Tx) => Promise<Value>) => inOwnerTransaction(owner, fresh.city, work);
  const say = (text: string) => values.json || process.stderr.write(`${text}\n`);
  await asOwner(async (tx) => {
    await loadPlaces(tx, fresh.city);
    await addSeason(tx, seasonOf('2022-02-01'));
  });
  const filling = performance.now();
  for (let from = 0; from < people; from += PART) {
    await asOwner((tx) => fillPeople(tx, { from, to: Math.min(people, from + PART), season: SEASON }));
    say(`${Math.min(people, from + PART)} people`);
  }
  const employers = Array.from({ length: 50 }, () => randomUUID());
  await asOwner((tx) =>
    fillTrips(tx, { trips: Math.min(1_000, Math.floor(people / 100)), season: SEASON, employers }),
  );
  const fill_s = Math.round((performance.now() - filling) / 100) / 10;
  const admin = new pg.Client({ connectionString: fresh.adminUrl });
  await admin.connect();
  await admin.query('vacuum analyze');
  await admin.end();

  const questions = await asOwner((tx) => questionsOf(tx, ROUNDS));
  const gates = await asOwner(tripOfEach);
  const timed = async (
    run: (work: (tx: Tx) => Promise<unknown>) => Promise<unknown>,
    work: (tx: Tx) => Promise<unknown>,
  ) => {
    let ms = 0;
    await run(async (tx) => {
      // The first asking of a connection reads the catalogue.
      await work(tx);
      const from = performance.now();
      await work(tx);
      ms = performance.now() - from;
    });
    return ms;
  };
  const as = (scope: Scope) => (work: (tx: Tx) => Promise<unknown>) =>
    inScope(fresh.db, fresh.city, scope, work);
  const times: Record<string, number[]> = {};
  const note = async (name: string, run: Parameters<typeof timed>[0], work: Parameters<typeof timed>[1]) => {
    times[name] = [...(times[name] ?? []), await timed(run, work)];
  };
  const all = { season: SEASON, bySums: true };
  for (const { town, district, name } of questions) {
    const search = { kind: 'name', name, byToken: true } as const;
    await note('town_list_ms', as(office(town)), (tx) => listPeopleRows(tx, all, PAGE));
    await note('town_count_ms', as(office(town)), (tx) => countPeople(tx, all));
    await note('town_count_by_status_ms', as(office(town)), (tx) =>
      countPeople(tx, { ...all, status: 'unplaced' }),
    );
    await note('search_ms', as(office(district)), (tx) => findHits(tx, search, 20));
    await note('search_list_ms', as(office(district)), async (tx) => {
      await countPeople(tx, { ...all, search });
      await listPeopleRows(tx, { ...all, search }, PAGE);
    });
    await note('city_count_ms', as(office(CITY)), (tx) => countPeople(tx, all));
    await note('city_count_by_status_ms', as(office(CITY)), (tx) =>
      countPeople(tx, { ...all, status: 'wants' }),
    );
    await note('city_count_no_wish_ms', as(office(CITY)), (tx) =>
      countPeople(tx, { ...all, status: 'noWish' }),
    );
    const here = { ...all, area: town };
    await note('unscoped_town_list_ms', asOwner, (tx) => listPeopleRows(tx, here, PAGE));
    await note('unscoped_town_count_ms', asOwner, (tx) => countPeople(tx, here));
    await note('unscoped_search_ms', asOwner, (tx) =>
      listPeopleRows(tx, { ...all, area: district, search }, PAGE),
    );
    await note('unscoped_city_count_ms', asOwner, (tx) => countPeople(tx, all));
  }
  for (const { employer, trip } of gates) {
    const eyes: Scope = { kind: 'employer', staffId: randomUUID(), employerId: employer };
    await note('gate_list_ms', as(eyes), (tx) => listGateArrivals(tx, SEASON, null));
    await note('gate_people_ms', as(eyes), (tx) => listArrivalsAt(tx, trip));
  }
  // What the sums save: everybody counted one by one.
  for (let i = 0; i < 5; i++) {
    await note('counted_city_ms', as(office(CITY)), (tx) => countPeople(tx, { ...all, bySums: false }));
  }
  const medians = Object.fromEntries(Object.entries(times).map(([name, ms]) => [name, median(ms)]));
  await owner.close();
  await fresh.close();
  process.stdout.write(`${JSON.stringify({ bench: 'scope', people, fill_s, ...medians })}\n`);
} finally {
  await teardown();
}
