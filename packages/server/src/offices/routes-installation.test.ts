import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { asOwner } from '../platform/owner.ts';
import { checksOf } from './installation.ts';
import { installationRoutes } from './routes-installation.ts';
import type { SoundnessRow } from './store-installation.ts';
import { type TestHouse, testHouse } from './testing.ts';

let house: TestHouse;
let administrator = { cookie: '' };

beforeAll(async () => {
  house = await testHouse(installationRoutes);
  administrator = await house.signIn('systemAdministrator', '500000000000');
});
afterAll(() => house.close());

async function get(who: { cookie: string }) {
  const answer = await house.app.inject({
    method: 'GET',
    url: '/api/installation',
    headers: { cookie: who.cookie },
  });
  return { status: answer.statusCode, body: answer.json() };
}

it('tells the system administrator what runs here and that it is sound', async () => {
  const { status, body } = await get(administrator);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    node: process.version,
    clock: { mode: 'real' },
    sample: null,
    offices: 1,
    accounts: 1,
  });
  expect(body.database.bytes).toBeGreaterThan(1_000_000);
  expect(body.migrations[0]).toEqual({ number: 1, name: '0001_house.sql' });
  const sound = body.checks.map((it: { check: string; ok: boolean }) => [it.check, it.ok]);
  // The tests' server does not wait for the disk.
  expect(sound).toEqual([
    ['durableWrites', false],
    ['rowSecurity', true],
    ['ownsNothing', true],
    ['places', true],
    ['seasons', true],
  ]);
});

it('finds a table whose rows are open, and the mark of a sample', async () => {
  await asOwner(house.fresh.adminUrl, house.fresh.city, async (tx) => {
    await sql`alter table people_care no force row level security`.execute(tx);
    await sql`insert into offices_installation (key, value)
      values ('sample', '{"seed": 7, "scale": 0.1, "state": "ready", "share": 1}')`.execute(tx);
  });
  const { body } = await get(administrator);
  expect(body.checks[1]).toEqual({ check: 'rowSecurity', ok: false, found: 'people_care' });
  expect(body.sample).toEqual({ seed: 7, scale: 0.1, state: 'ready' });
});

it('is for nobody else', async () => {
  for (const role of [
    'leader',
    'cityOfficer',
    'securityAdministrator',
    'auditAdministrator',
    'agency',
  ] as const)
    expect((await get(await house.signIn(role, '500000000000'))).status).toBe(403);
  expect((await get({ cookie: '' })).status).toBe(401);
});

it('calls an installation without places or a season not sound', () => {
  const row: SoundnessRow = {
    version: '18',
    bytes: 1,
    sync: 'on',
    open_tables: '',
    owned: 2,
    areas: 39,
    seasons: 0,
  };
  expect(checksOf(row).flatMap((it) => (it.ok ? [] : [it.check]))).toEqual([
    'ownsNothing',
    'places',
    'seasons',
  ]);
});
