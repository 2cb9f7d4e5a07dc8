import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestHouse, testHouse } from '../offices/testing.ts';
import { newId } from '../platform/ids.ts';
import { runWorker } from '../platform/queue.ts';
import { planTasks } from './planning.ts';
import { routes } from './routes-planning.ts';
import { addGate, addParties, hire, owner, SEASON, standAt } from './store-planning-testing.ts';

const WULONG = '500156000000';
let house: TestHouse;
beforeAll(async () => {
  house = await testHouse(routes);
  await standAt(house, '2022-02-11T17:00:00+08:00');
});
afterAll(() => house.close());

/** Asks for a plan; the job waits in the queue. */
async function askPlan(who: { cookie: string }): Promise<string> {
  const payload = { key: newId(), season: SEASON, seconds: 1 };
  const answer = await house.app.inject({
    method: 'POST',
    url: '/api/plans',
    payload,
    headers: { cookie: who.cookie },
  });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json().plans[0].id;
}

/** Lets the queue run until nothing waits any more. */
async function workOff(): Promise<void> {
  const tasks = Object.fromEntries(
    Object.entries(planTasks).map(([name, task]) => [
      name,
      (it: Readonly<Record<string, unknown>>) => task(it, house.services),
    ]),
  );
  const worker = await runWorker({ queue: house.fresh.queueUrl, tasks, concurrency: 1 });
  const waiting = async (): Promise<number> =>
    owner(house, async () => {
      const { Client } = (await import('pg')).default;
      const client = new Client({ connectionString: house.fresh.queueUrl });
      await client.connect();
      const { rows } = await client.query('select count(*)::int n from graphile_worker._private_jobs');
      await client.end();
      return Number(rows[0]?.n);
    });
  while ((await waiting()) > 0) await new Promise((done) => setTimeout(done, 50));
  await worker.stop();
}
const stateOf = (id: string): Promise<string | undefined> =>
  owner(house, async (tx) => {
    const { rows } = await sql<{
      state: string;
    }>`select state from trips_proposal where id = ${id}::uuid`.execute(tx);
    return rows[0]?.state;
  });
const setActive = (id: string, active: boolean): Promise<unknown> =>
  owner(house, (tx) => sql`update offices_staff set active = ${active} where id = ${id}::uuid`.execute(tx));

it('a job does nothing once the account that asked has been shut, and its work otherwise', async () => {
  const { gate } = await addGate(house, { county: '440111', lon: 113.27, lat: 23.16 });
  await addParties(house, [{ size: 24, home: '500156101001', to: '440111', gate }]);
  await hire(house, WULONG, ['2022-02-12', '2022-02-13'], [{ seats: 49, count: 1 }]);
  const dispatcher = await house.signIn('dispatcher', WULONG);
  const shut = await askPlan(dispatcher);
  await setActive(dispatcher.id, false);
  await workOff();
  expect(await stateOf(shut)).toBe('running');
  await setActive(dispatcher.id, true);
  const again = await house.signIn('dispatcher', WULONG);
  const open = await askPlan(again);
  await workOff();
  expect(await stateOf(open)).toBe('ready');
});

it('a job that was begun for somebody on leave does nothing once that has ended, and its work before', async () => {
  const { gate } = await addGate(house, { county: '440111', lon: 113.27, lat: 23.16 });
  await addParties(house, [{ size: 24, home: '500156101001', to: '440111', gate }]);
  const onLeave = await house.signIn('dispatcher', WULONG);
  const delegate = await house.signIn('cityOfficer', '500000000000');
  const delegation = newId();
  await owner(house, async (tx) => {
    await sql`insert into offices_delegation (id, from_staff, to_staff, role, area, from_day, to_day)
      values (${delegation}, ${onLeave.id}, ${delegate.id}, 'dispatcher', ${WULONG}, real_today(), real_today() + 1)`.execute(
      tx,
    );
    await sql`update offices_session set acting = ${delegation} where staff_id = ${delegate.id}`.execute(tx);
  });
  const ended = (at: string | null) =>
    owner(house, (tx) =>
      sql`update offices_delegation set ended_at = ${at}::timestamptz where id = ${delegation}`.execute(tx),
    );
  const stopped = await askPlan(delegate);
  await ended('2026-01-01T00:00:00+08:00');
  await workOff();
  expect(await stateOf(stopped)).toBe('running');
  await ended(null);
  const open = await askPlan(delegate);
  await workOff();
  expect(await stateOf(open)).toBe('ready');
});
