import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';

export interface NewShare {
  readonly id: string;
  readonly area: string;
  readonly to: string;
  readonly trip: string;
  readonly officeId: string;
  readonly by: string;
  readonly at: string;
  readonly until: string;
}

/** False where the run stands shared with this district already; one whose day is over makes room. */
export async function addShare(tx: Tx, it: NewShare): Promise<boolean> {
  await sql`update trips_share set withdrawn_at = ${it.at}::timestamptz
    where trip_id = ${it.trip}::uuid and to_area = ${it.to} and withdrawn_at is null
      and until < (${it.at}::timestamptz at time zone 'Asia/Shanghai')::date`.execute(tx);
  const { numAffectedRows } = await sql`
    insert into trips_share (id, area, to_area, trip_id, office_name, shared_by, shared_at, until)
    select ${it.id}::uuid, ${it.area}, ${it.to}, ${it.trip}::uuid,
      coalesce((select o.name from offices_office o where o.id = ${it.officeId}::uuid), (select a.name from offices_area a where a.code = ${it.area}), ''),
      ${it.by}::uuid, ${it.at}::timestamptz, ${it.until}::date
    on conflict do nothing`.execute(tx);
  return (numAffectedRows ?? 0n) > 0n;
}

export interface GivenRow {
  readonly id: string;
  readonly area: string;
  readonly tripId: string;
  readonly code: string;
  readonly day: string;
  readonly areaName: string;
  readonly areaPinyin: string;
  readonly until: string;
  readonly withdrawnAt: string | null;
}

const GIVEN = sql`s.id, s.area, s.trip_id as "tripId", t.code, t.day, coalesce(a.name, s.to_area) as "areaName",
  coalesce(a.pinyin, '') as "areaPinyin", s.until, s.withdrawn_at as "withdrawnAt"
  from trips_share s join trips_trip t on t.id = s.trip_id left join offices_area a on a.code = s.to_area`;

/** What the own office shows, the newest first. */
export async function listGiven(tx: Tx, limit: number): Promise<GivenRow[]> {
  const { rows } =
    await sql<GivenRow>`select ${GIVEN} order by s.shared_at desc, s.id limit ${limit}`.execute(tx);
  return rows;
}

export async function findGiven(tx: Tx, id: string): Promise<GivenRow | undefined> {
  const { rows } = await sql<GivenRow>`select ${GIVEN} where s.id = ${id}::uuid for update of s`.execute(tx);
  return rows[0];
}

export interface LookRow {
  readonly share: string;
  readonly staffName: string;
  readonly officeName: string;
  readonly at: string;
}

/** The last looks at what the own office shows. */
export async function listLooks(tx: Tx, limit: number): Promise<LookRow[]> {
  const { rows } =
    await sql<LookRow>`select share_id as share, staff_name as "staffName", office_name as "officeName", at
    from trips_share_look order by at desc, id limit ${limit}`.execute(tx);
  return rows;
}

export async function endShare(tx: Tx, id: string, at: string): Promise<void> {
  await sql`update trips_share set withdrawn_at = ${at}::timestamptz where id = ${id}::uuid`.execute(tx);
}

export interface ReceivedRow {
  readonly id: string;
  readonly officeName: string;
  readonly areaName: string;
  readonly areaPinyin: string;
  readonly code: string;
  readonly day: string;
  readonly departAt: string;
  readonly until: string;
}

/** What partners show to the own district on a day. */
export async function listReceived(tx: Tx, today: string): Promise<ReceivedRow[]> {
  const { rows } = await sql<ReceivedRow>`
    select u.id, u.office_name as "officeName", coalesce(a.name, '') as "areaName", coalesce(a.pinyin, '') as "areaPinyin", u.code, u.day,
      u.depart_at as "departAt", u.until
    from shares_with_us(${today}::date) u left join offices_area a on a.code = u.from_area`.execute(tx);
  return rows;
}

export interface SharedPerson {
  readonly name: string;
  readonly pinyin: string;
  readonly boardName: string;
  readonly boardPinyin: string;
  readonly tail: string;
}

/** The people of a run that a partner shows, and a note of the look; nobody where it does not stand. */
export async function lookAtShare(
  tx: Tx,
  id: string,
  { today, now }: { readonly today: string; readonly now: string },
): Promise<SharedPerson[]> {
  const { rows } = await sql<SharedPerson>`
    select name, pinyin, board_name as "boardName", board_pinyin as "boardPinyin", tail
    from look_at_share(${id}::uuid, ${today}::date, ${now}::timestamptz)`.execute(tx);
  return rows;
}
