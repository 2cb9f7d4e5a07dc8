import { sql } from 'kysely';
import type { TestHouse } from '../offices/testing.ts';
import type { Tx } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import { asOwner } from '../platform/owner.ts';

/** A party that waits for a way, for tests: one destination, one home. */
export interface TestParty {
  readonly size: number;
  /** 12 digits. */
  readonly home: string;
  /** County, 6 digits; none is not known yet. */
  readonly to: string | null;
  readonly gate?: string;
  readonly earliest?: string;
  readonly latest?: string;
  readonly wheelchairs?: number;
  /** The same person in another district's books. */
  readonly identity?: string;
}

export const SEASON = '2022-spring';

/** The city's clock stands at a moment. */
export function standAt(house: TestHouse, at: string): Promise<unknown> {
  return owner(house, (tx) =>
    sql`update offices_clock set mode = 'stands', at = ${at} where id = 1`.execute(tx),
  );
}

export function owner<Value>(house: TestHouse, work: (tx: Tx) => Promise<Value>): Promise<Value> {
  return asOwner(house.fresh.adminUrl, house.fresh.city, work);
}

/** Puts parties on the books; answers the wishes of each. */
export async function addParties(house: TestHouse, parties: readonly TestParty[]): Promise<string[][]> {
  return owner(house, async (tx) => {
    const wishes: string[][] = [];
    for (const party of parties) wishes.push(await addParty(tx, party));
    return wishes;
  });
}

async function addParty(tx: Tx, it: TestParty): Promise<string[]> {
  const party = newId();
  const wishes: string[] = [];
  for (let i = 0; i < it.size; i++) {
    const [person, identity, wish] = [newId(), it.identity ?? newId(), newId()];
    await sql`insert into people_person (id, identity, area, name, pinyin, initials, id_kind, channel, registered_at, registered_by)
      values (${person}, ${identity}, ${it.home}, ${`样例${i}`}, ${`Yang Li${i}`}, 'yl', 'none', 'import', now(), 'test')`.execute(
      tx,
    );
    await sql`insert into people_wish (id, season, person_id, identity, area, kind, mode, destination, gate_id, earliest, latest,
        party, wheelchair, status, recorded_at)
      values (${wish}, ${SEASON}, ${person}, ${identity}, ${it.home}, 'sameJob', 'ours', ${it.to}, ${it.gate ?? null},
        ${it.earliest ?? null}, ${it.latest ?? null}, ${party}, ${i < (it.wheelchairs ?? 0)}, 'confirmed', now())`.execute(
      tx,
    );
    wishes.push(wish);
  }
  return wishes;
}

/** An employer with one gate that receives by day. */
export async function addGate(
  house: TestHouse,
  at: { county: string; lon: number; lat: number },
): Promise<{ gate: string; employer: string }> {
  const [gate, employer] = [newId(), newId()];
  await owner(house, async (tx) => {
    await sql`insert into jobs_employer (id, area, name, pinyin, county)
      values (${employer}, '500000000000', '样例电子', 'Yangli Dianzi', ${at.county})`.execute(tx);
    await sql`insert into jobs_gate (id, employer_id, area, name, pinyin, county, lon, lat, windows)
      values (${gate}, ${employer}, '500000000000', '样例电子一号门', 'Yangli Dianzi No. 1', ${at.county}, ${at.lon}, ${at.lat},
        '[{"fromMin":0,"toMin":1440}]')`.execute(tx);
  });
  return { gate, employer };
}

export async function hire(
  house: TestHouse,
  area: string,
  days: readonly string[],
  coaches: readonly { seats: number; count: number; bays?: number }[],
): Promise<void> {
  await owner(house, async (tx) => {
    for (const day of days) {
      for (const it of coaches) {
        await sql`insert into trips_fleet (id, area, season, day, seats, count, wheelchair_bays)
          values (${newId()}, ${area}, ${SEASON}, ${day}, ${it.seats}, ${it.count}, ${it.bays ?? 0})`.execute(
          tx,
        );
      }
    }
  });
}
