import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { commandScope } from '../offices/scope.ts';
import { inScope, type Tx } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import { type FreshDatabase, freshDatabase } from '../platform/testing.ts';
import { districtsToPlan } from './store-plans.ts';

const SEASON = '2022-spring';
const [starter, somebody] = [newId(), newId()];
const [FULING, WULONG, FENGDU] = ['500102000000', '500156000000', '500230000000'];
let fresh: FreshDatabase;

beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.close());
beforeEach(() => asCity((tx) => sql`delete from trips_proposal`.execute(tx)));

function asCity<Value>(work: (tx: Tx) => Promise<Value>): Promise<Value> {
  return inScope(fresh.db, fresh.city, commandScope(fresh.city), work);
}

async function propose(area: string, by: string, state: string): Promise<void> {
  await asCity((tx) =>
    sql`insert into trips_proposal (id, season, area, asked_by, asked_at, state, request)
      values (${newId()}, ${SEASON}, ${area}, ${by}, now(), ${state}, '{}')`.execute(tx),
  );
}

function left(): Promise<'all' | readonly string[]> {
  return asCity((tx) => districtsToPlan(tx, SEASON, starter));
}

it('plans every district of a season without plans', async () => {
  expect(await left()).toBe('all');
});

it('makes anew what a stop has cut off, and leaves what was ready', async () => {
  await propose(FULING, starter, 'ready');
  await propose(WULONG, starter, 'running');
  await propose(FENGDU, starter, 'running');
  expect(await left()).toEqual([WULONG, FENGDU]);
  expect(await left()).toEqual([]);
});

it('plans all when the stop came before the first was ready', async () => {
  await propose(WULONG, starter, 'running');
  expect(await left()).toBe('all');
});

it('leaves alone what somebody else is planning', async () => {
  await propose(FULING, starter, 'committed');
  await propose(WULONG, somebody, 'running');
  expect(await left()).toEqual([]);
  const { rows } = await asCity((tx) => sql`select 1 from trips_proposal`.execute(tx));
  expect(rows).toHaveLength(2);
});
