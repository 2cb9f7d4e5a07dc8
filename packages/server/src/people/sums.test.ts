import * as fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestHouse, testHouse } from '../offices/testing.ts';
import { inScope, type Scope, type Tx } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import { asOwner } from '../platform/owner.ts';
import { countPeople, listPeopleRows, type PeopleFilter } from './store-people.ts';

const SEASON = '2022-spring';
const TOWNS = ['500156101', '500156102', '500230101'];
const DISTRICT = '500156000000';
const STATUSES = [undefined, 'wants', 'unplaced', 'ownWay', 'stays', 'withdrawn', 'noWish'] as const;

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse([]);
});
afterAll(() => house.close());

const pick = fc.record({
  town: fc.nat({ max: 2 }),
  village: fc.nat({ max: 2 }),
  name: fc.array(fc.constantFrom(...'王李国建平·'), { minLength: 1, maxLength: 5 }).map((it) => it.join('')),
  wish: fc.option(
    fc.record({
      kind: fc.constantFrom('sameJob', 'newJob', 'stayHome'),
      mode: fc.constantFrom('ours', 'ownCar'),
      status: fc.constantFrom('recorded', 'confirmed', 'withdrawn'),
      unplaced: fc.option(fc.constant('no_seat')),
    }),
  ),
});
type Pick = typeof pick extends fc.Arbitrary<infer It> ? It : never;
const attempt = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('add' as const), who: fc.array(pick, { maxLength: 8 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('move' as const), who: pick, of: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('say' as const), who: pick, of: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), of: fc.nat() }) },
);

const areaOf = (it: Pick) => `${TOWNS[it.town]}${it.village === 0 ? '000' : `20${it.village}`}`;

async function add(tx: Tx, who: Pick): Promise<void> {
  const id = newId();
  await sql`insert into people_person (id, identity, area, name, pinyin, initials, id_kind, channel, registered_at, registered_by)
    values (${id}, ${newId()}, ${areaOf(who)}, ${who.name}, 'x', 'x', 'none', 'import', now(), 'test')`.execute(
    tx,
  );
  if (!who.wish) return;
  const { kind, mode, status, unplaced } = who.wish;
  await sql`insert into people_wish (id, season, person_id, identity, area, kind, mode, party, status, recorded_at, unplaced_reason)
    values (${newId()}, ${SEASON}, ${id}, ${newId()}, ${areaOf(who)}, ${kind}, ${mode}, ${newId()}, ${status}, now(), ${unplaced})`.execute(
    tx,
  );
}

async function someone(tx: Tx, of: number): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`select id from people_person order by id`.execute(tx);
  return rows[of % Math.max(1, rows.length)]?.id;
}

async function attemptIt(
  tx: Tx,
  one: typeof attempt extends fc.Arbitrary<infer It> ? It : never,
): Promise<void> {
  if (one.do === 'add') {
    for (const who of one.who) await add(tx, who);
    return;
  }
  const id = await someone(tx, one.of);
  if (!id) return;
  if (one.do === 'remove') await sql`delete from people_person where id = ${id}`.execute(tx);
  if (one.do === 'move') {
    await sql`update people_person set area = ${areaOf(one.who)}, name = ${one.who.name} where id = ${id}`.execute(
      tx,
    );
    await sql`update people_wish set area = ${areaOf(one.who)} where person_id = ${id}`.execute(tx);
  }
  const said = one.do === 'say' && one.who.wish;
  if (!said) return;
  await sql`update people_wish set kind = ${said.kind}, mode = ${said.mode}, status = ${said.status},
    unplaced_reason = ${said.unplaced} where person_id = ${id}`.execute(tx);
}

const eyes = (areaFrom: string, areaTo: string): Scope => {
  return { kind: 'office', staffId: newId(), officeId: newId(), areaFrom, areaTo };
};
const look = <Value>(scope: Scope, work: (tx: Tx) => Promise<Value>) =>
  inScope(house.fresh.db, house.fresh.city, scope, work);

describe('sums of towns and tokens of names', () => {
  it('say what counting and reading the names says, whatever was added, moved, said or removed', async () => {
    const runs = fc.array(attempt, { minLength: 5, maxLength: 25, size: 'max' });
    await fc.assert(
      fc.asyncProperty(runs, async (all) => {
        await asOwner(house.fresh.adminUrl, house.fresh.city, async (tx) => {
          await sql`delete from people_person`.execute(tx);
          for (const one of all) await attemptIt(tx, one);
        });
        for (const [from, to] of [
          ['500000000000', '509999999999'],
          [DISTRICT, '500156999999'],
          ['500156101000', '500156101999'],
        ] as const) {
          await look(eyes(from, to), async (tx) => {
            for (const area of [undefined, DISTRICT, '500156102000']) {
              for (const status of STATUSES) {
                const filter: Omit<PeopleFilter, 'bySums'> = { season: SEASON, area, status };
                const counted = await countPeople(tx, { ...filter, bySums: false });
                expect([area, status, await countPeople(tx, { ...filter, bySums: true })]).toEqual([
                  area,
                  status,
                  counted,
                ]);
              }
            }
            for (const name of ['王李', '国建', '建国平', '平·']) {
              const found = async (byToken: boolean) => {
                const search = { kind: 'name', name, byToken } as const;
                const rows = await listPeopleRows(
                  tx,
                  { season: SEASON, search, bySums: false },
                  { limit: 500, offset: 0 },
                );
                return rows.map((it) => it.id);
              };
              expect(await found(true)).toEqual(await found(false));
            }
          });
        }
      }),
      { numRuns: 12, seed: 2022 },
    );
  });

  it('are folded when a town has many rows, and say the same', async () => {
    const before = await look(eyes('500230101000', '500230101999'), (tx) =>
      countPeople(tx, { season: SEASON, bySums: true }),
    );
    await asOwner(house.fresh.adminUrl, house.fresh.city, async (tx) => {
      for (let i = 0; i < 150; i++) await add(tx, { town: 2, village: 0, name: '王建国', wish: null });
    });
    await look(eyes('500230101000', '500230101999'), async (tx) => {
      const { rows } = await sql<{ n: number }>`select count(*) n from people_count`.execute(tx);
      expect(rows[0]?.n).toBeLessThanOrEqual(66);
      expect(await countPeople(tx, { season: SEASON, bySums: true })).toBe(before + 150);
    });
  });

  it('are not seen beyond the own area', async () => {
    await look(eyes('500156101000', '500156101999'), async (tx) => {
      const { rows } = await sql<{
        n: number;
      }>`select (select count(*) from people_count where area < '500156101000' or area > '500156101999')
        + (select count(*) from people_name_token where area < '500156101000' or area > '500156101999') as n`.execute(
        tx,
      );
      expect(rows[0]?.n).toBe(0);
    });
  });
});
