import { checkDigitOf } from '@fangang/domain/people/id-number.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scopeOfStaff } from '../offices/scope.ts';
import { type TestHouse, testHouse } from '../offices/testing.ts';
import { newId } from '../platform/ids.ts';
import { asOwner } from '../platform/owner.ts';
import { within } from '../platform/services.ts';
import { routes } from './routes.ts';

interface Who {
  readonly id: string;
  readonly cookie: string;
}
interface Side {
  readonly personId: string;
  readonly officeName: string;
}
interface Lists {
  readonly open: readonly { first: Side; second: Side; since: string }[];
  readonly closed: readonly { first: Side; second: Side; how: string }[];
}

const SEASON = '2022-spring';
const PLACES = ['500238103000', '500229001000'] as const;
let house: TestHouse;
let city: Who;
let districts: Who[];
let town: Who;
let sequence = 500;

beforeAll(async () => {
  house = await testHouse(routes);
  city = await house.signIn('cityOfficer', '500000000000');
  town = await house.signIn('townOfficer', PLACES[0]);
  districts = [
    await house.signIn('districtOfficer', '500238000000'),
    await house.signIn('districtOfficer', '500229000000'),
  ];
});
afterAll(() => house.close());

const owner = (query: ReturnType<typeof sql>) =>
  asOwner(house.fresh.adminUrl, house.fresh.city, (tx) => query.execute(tx));

function send(who: Who, url: string, body?: object) {
  return house.app.inject({
    method: body ? 'POST' : 'GET',
    url,
    headers: { cookie: who.cookie },
    ...(body && { payload: body }),
  });
}

/** Registers one synthetic person in both districts; answers the two ids. */
async function twice(): Promise<[string, string]> {
  sequence += 1;
  const first17 = `50023819850615${sequence}`;
  const idNumber = `${first17}${checkDigitOf(first17)}`;
  const ids: string[] = [];
  for (const [i, area] of PLACES.entries()) {
    const body = { season: SEASON, area, name: '样例卯', idNumber, phone: '13800000000' };
    const answer = await send(districts[i] as Who, '/api/people', body);
    ids.push((answer.json() as { personId: string }).personId);
  }
  return ids as [string, string];
}

const list = async () => (await send(city, '/api/collisions')).json() as Lists;
const close = (who: Who, pair: { first: Side; second: Side }, more: object) =>
  send(who, '/api/collisions/close', {
    firstId: pair.first.personId,
    secondId: pair.second.personId,
    ...more,
  });

async function pairOf(ids: readonly string[]) {
  const pair = (await list()).open.find((it) => ids.includes(it.first.personId));
  if (!pair) throw new Error('the collision is not listed');
  return pair;
}

describe('one person on the books of two districts', () => {
  it('is a task of the city with the two offices and since when, and no number', async () => {
    const ids = await twice();
    const { open } = await list();
    expect(open).toHaveLength(1);
    const pair = await pairOf(ids);
    expect([pair.first.personId, pair.second.personId].sort()).toEqual([...ids].sort());
    expect([pair.first.officeName, pair.second.officeName].every((it) => it !== '')).toBe(true);
    expect(JSON.stringify(open)).not.toMatch(/\d{17}[\dX]|样例卯/);
  });

  it('is seen and counted by no district or town, by route or by rows', async () => {
    await twice();
    for (const who of [...districts, town]) {
      expect((await send(who, '/api/collisions')).statusCode).toBe(403);
      expect(
        (
          await close(who, await pairOf((await list()).open.map((it) => it.first.personId)), {
            how: 'bothRight',
          })
        ).statusCode,
      ).toBe(403);
    }
    const pair = await pairOf((await list()).open.map((it) => it.first.personId));
    await close(city, pair, { how: 'bothRight' });
    const rows = async (who: Who) => {
      const scope = await scopeOfStaff(house.services, who.id);
      if (!scope) throw new Error('no scope');
      return within(house.services, scope, async (tx) => {
        const found = await sql<{ n: number }>`select count(*)::int as n from people_collision`.execute(tx);
        return found.rows[0]?.n ?? 0;
      });
    };
    expect(await rows(city)).toBeGreaterThan(0);
    expect([await rows(districts[0] as Who), await rows(town)]).toEqual([0, 0]);
    // The control: without the policy a town would count them.
    const policy = (using: string) =>
      owner(sql.raw(`alter policy office_area on people_collision using (${using})`));
    await policy('true');
    expect(await rows(town)).toBeGreaterThan(0);
    await policy(
      "area >= current_setting('fangang.area_from') and area <= current_setting('fangang.area_to')",
    );
    expect(await rows(town)).toBe(0);
  });

  it('stays closed where both are right, once for one key', async () => {
    const ids = await twice();
    const pair = await pairOf(ids);
    const key = newId();
    const first = await close(city, pair, { how: 'bothRight', key });
    expect(first.statusCode).toBe(200);
    expect((await close(city, pair, { how: 'bothRight', key })).body).toBe(first.body);
    expect((await close(city, pair, { how: 'bothRight' })).statusCode).toBe(404);
    const { open, closed } = await list();
    expect(open.some((it) => ids.includes(it.first.personId))).toBe(false);
    expect(closed.find((it) => ids.includes(it.first.personId))?.how).toBe('bothRight');
  });

  it('goes to the office that the city names, with audit and journal on both sides', async () => {
    const [one, two] = await twice();
    const pair = await pairOf([one]);
    expect((await close(city, pair, { how: 'transfer' })).json()).toMatchObject({
      code: 'people.collision_needs_keeper',
    });
    expect((await close(city, pair, { how: 'transfer', keepId: two })).statusCode).toBe(200);
    expect((await send(districts[0] as Who, `/api/people/${one}?season=${SEASON}`)).statusCode).toBe(404);
    expect((await send(districts[1] as Who, `/api/people/${two}?season=${SEASON}`)).statusCode).toBe(200);
    const { rows } = await owner(sql`select area from offices_audit
      where action = 'people.collision_closed' and subject in (${one}, ${two}) order by area`);
    expect(rows).toEqual([{ area: PLACES[1] }, { area: PLACES[0] }]);
    const journal = await owner(sql`select area from journal
      where type = 'people.collision_closed' and subject in (${one}, ${two}) order by area`);
    expect(journal.rows).toHaveLength(2);
    expect((await list()).closed.find((it) => it.first.personId === pair.first.personId)?.how).toBe(
      'transfer',
    );
  });

  it('is nothing to close where the two are not one person', async () => {
    const [one] = await twice();
    const [, other] = await twice();
    const [firstId, secondId] = [one, other].sort();
    const said = await send(city, '/api/collisions/close', { firstId, secondId, how: 'bothRight' });
    const never = await send(city, '/api/collisions/close', {
      ...{ firstId: newId(), secondId: newId(), how: 'bothRight' },
    });
    expect([said.statusCode, said.body]).toEqual([404, never.body]);
  });
});
