import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';
import type { PersonRow, WishRow } from './tables.ts';

export interface PairRow {
  readonly id: string;
  readonly first_person: string;
  readonly second_person: string;
  readonly area: string;
  readonly status: 'open' | 'same' | 'different';
  readonly band: 'same' | 'ask';
  /** Tenths of a bit. */
  readonly score: number;
  readonly reasons: readonly string[];
}

const IN_SIGHT = sql`join people_person a on a.id = k.first_person join people_person b on b.id = k.second_person`;

/** Open pairs of people in sight: offered ones first, the strongest first. */
export async function listOpenPairs(tx: Tx, limit: number): Promise<PairRow[]> {
  const { rows } = await sql<PairRow>`
    select k.id, k.first_person, k.second_person, k.area, k.status, k.band, k.score, k.reasons from people_pair k ${IN_SIGHT}
    where k.status = 'open' order by k.band = 'same' desc, k.score desc, k.id limit ${limit}`.execute(tx);
  return rows;
}

export async function countPairs(tx: Tx): Promise<{ same: number; ask: number; decided: number }> {
  const { rows } = await sql<{ same: number; ask: number; decided: number }>`
    select count(*) filter (where k.status = 'open' and k.band = 'same' and a.id is not null and b.id is not null) as same,
      count(*) filter (where k.status = 'open' and k.band = 'ask' and a.id is not null and b.id is not null) as ask,
      count(*) filter (where k.status <> 'open') as decided
    from people_pair k left join people_person a on a.id = k.first_person left join people_person b on b.id = k.second_person`.execute(
    tx,
  );
  return rows[0] ?? { same: 0, ask: 0, decided: 0 };
}

/** A pair, locked; undefined where it is not in sight. */
export async function lockPair(tx: Tx, id: string): Promise<PairRow | undefined> {
  const { rows } =
    await sql<PairRow>`select id, first_person, second_person, area, status, band, score, reasons
    from people_pair where id = ${id}::uuid for update`.execute(tx);
  return rows[0];
}

export async function decidePair(
  tx: Tx,
  id: string,
  status: PairRow['status'],
  by: { readonly actor: string; readonly now: string } | null,
): Promise<void> {
  await sql`update people_pair set status = ${status}, decided_at = ${by?.now ?? null}::timestamptz, decided_by = ${by?.actor ?? null}
    where id = ${id}::uuid`.execute(tx);
}

export interface SideRow extends PersonRow {
  readonly area_name: string | null;
  readonly area_pinyin: string | null;
  readonly household_number: string | null;
  readonly ledger_name: string | null;
  readonly wish_kind: WishRow['kind'] | null;
  readonly wish_status: WishRow['status'] | null;
  readonly wish_destination: string | null;
}

/** People as an officer compares them, with their wish in the season. */
export async function listSides(tx: Tx, ids: readonly string[], season: string): Promise<SideRow[]> {
  const { rows } = await sql<SideRow>`
    select p.*, a.name as area_name, a.pinyin as area_pinyin, h.number as household_number, o.name as ledger_name,
      w.kind as wish_kind, w.status as wish_status, coalesce(d.full_name, w.destination_text) as wish_destination
    from people_person p left join offices_area a on a.code = p.area left join people_household h on h.id = p.household_id
    left join offices_office o on o.id = p.ledger_office
    left join people_wish w on w.person_id = p.id and w.season = ${season} left join offices_place d on d.code = w.destination
    where p.id = any(${ids}::uuid[])`.execute(tx);
  return rows;
}

export interface DecidedRow {
  readonly id: string;
  readonly how: 'same' | 'different';
  readonly at: string;
  readonly person_id: string;
  readonly name: string;
  readonly pinyin: string;
  readonly merge_id: string | null;
  readonly merged_at: string | null;
}

/** What was said of pairs, the latest first; of a merge the record that stayed. */
export async function listDecidedPairs(tx: Tx, limit: number): Promise<DecidedRow[]> {
  const { rows } = await sql<DecidedRow>`
    select k.id, k.status as how, k.decided_at as at, p.id as person_id, p.name, p.pinyin, m.id as merge_id, m.at as merged_at
    from people_pair k
    left join lateral (select id, kept, at from people_merge g where g.pair_id = k.id and g.undone_at is null order by at desc limit 1) m on true
    join people_person p on p.id = coalesce(m.kept, k.first_person)
    where k.status <> 'open' order by k.decided_at desc, k.id limit ${limit}`.execute(tx);
  return rows;
}

export interface RunRow {
  readonly state: 'running' | 'ready' | 'failed';
  readonly share: number;
  readonly people: number;
  readonly found: number;
  readonly asked_at: string;
}

/** The last comparison that was asked for in an area. */
export async function findLastRun(tx: Tx, area: string): Promise<RunRow | undefined> {
  const { rows } = await sql<RunRow>`select state, share, people, found, asked_at from people_pair_run
    where area = ${area} order by asked_at desc, id desc limit 1`.execute(tx);
  return rows[0];
}
