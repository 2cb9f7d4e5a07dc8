import type { WishKind, WishMode, WishStatus } from '@fangang/domain/people/schema.ts';
import type { ProposalState } from '@fangang/domain/trips/rules-planning.ts';
import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';
import type { AllotmentRow, FleetRow, StopRow, TripRow } from './tables.ts';

/** A district's codes, both ends included. */
export interface Range {
  readonly from: string;
  readonly to: string;
}

export interface WishRow {
  readonly id: string;
  readonly person_id: string;
  readonly identity: string;
  readonly area: string;
  readonly ledger_office: string | null;
  readonly kind: WishKind;
  readonly mode: WishMode;
  readonly status: WishStatus;
  readonly destination: string | null;
  readonly gate_id: string | null;
  readonly earliest: string | null;
  readonly latest: string | null;
  readonly party: string;
  readonly may_part: boolean;
  readonly wheelchair: boolean;
}

const WISH =
  sql.raw(`w.id, w.person_id, w.identity, w.area, w.ledger_office, w.kind, w.mode, w.status, w.destination,
  w.gate_id, w.earliest, w.latest, w.party, w.may_part, w.wheelchair`);
const NO_WAY =
  sql.raw(`not exists (select 1 from trips_itinerary i where i.season = w.season and i.identity = w.identity
  and i.status not in ('cancelled', 'broken'))`);

/** Wishes for our transport of people without a live way, in the order they were recorded. */
export async function readWaiting(tx: Tx, season: string, range: Range): Promise<WishRow[]> {
  const { rows } = await sql<WishRow>`select ${WISH} from people_wish w
    where w.season = ${season} and w.area between ${range.from} and ${range.to}
      and w.mode = 'ours' and w.status in ('recorded', 'confirmed') and ${NO_WAY}
    order by w.recorded_at, w.id`.execute(tx);
  return rows;
}

/** The same of these wishes only: what is left of a plan's people when it is committed. */
export async function readStillWaiting(
  tx: Tx,
  wishIds: readonly string[],
): Promise<(WishRow & { has_way: boolean })[]> {
  const { rows } = await sql<WishRow & { has_way: boolean }>`select ${WISH}, not (${NO_WAY}) as has_way
    from people_wish w where w.id = any(${wishIds}::uuid[])`.execute(tx);
  return rows;
}

export interface WaitingCount {
  readonly code: string;
  readonly people: number;
}

/** People waiting by the first digits of their area: 6 for districts, 9 for towns. */
export async function countWaiting(
  tx: Tx,
  season: string,
  range: Range,
  digits: 6 | 9,
): Promise<WaitingCount[]> {
  const { rows } =
    await sql<WaitingCount>`select rpad(left(w.area, ${digits}), 12, '0') as code, count(*) as people
    from people_wish w
    where w.season = ${season} and w.area between ${range.from} and ${range.to}
      and w.mode = 'ours' and w.kind in ('sameJob', 'newJob') and w.status in ('recorded', 'confirmed') and ${NO_WAY}
    group by 1 order by 1`.execute(tx);
  return rows;
}

export interface AreaSpot {
  readonly code: string;
  readonly level: 'city' | 'district' | 'town' | 'village';
  readonly name: string;
  readonly pinyin: string;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly estimated: boolean;
}

/** A district with its towns and villages, or the districts of a city (`level`). */
export async function readAreas(
  tx: Tx,
  range: Range,
  levels: readonly AreaSpot['level'][],
): Promise<AreaSpot[]> {
  const { rows } = await sql<AreaSpot>`select code, level, name, pinyin, lon, lat, estimated from offices_area
    where code between ${range.from} and ${range.to} and level = any(${levels}::text[]) order by code`.execute(
    tx,
  );
  return rows;
}

/** Areas by their codes. */
export async function readAreasOf(tx: Tx, codes: readonly string[]): Promise<AreaSpot[]> {
  const { rows } = await sql<AreaSpot>`select code, level, name, pinyin, lon, lat, estimated from offices_area
    where code = any(${codes}::text[])`.execute(tx);
  return rows;
}

export interface GateSpot {
  readonly id: string;
  readonly employer_id: string;
  readonly name: string;
  readonly pinyin: string;
  readonly county: string;
  readonly lon: number;
  readonly lat: number;
  readonly windows: readonly { readonly fromMin: number; readonly toMin: number }[];
}

export async function readGates(tx: Tx, ids: readonly string[]): Promise<GateSpot[]> {
  const { rows } =
    await sql<GateSpot>`select id, employer_id, name, pinyin, county, lon, lat, windows from jobs_gate
    where id = any(${ids}::uuid[]) order by id`.execute(tx);
  return rows;
}

export interface DestinationSpot {
  readonly code: string;
  readonly name: string;
  readonly pinyin: string;
  readonly city_code: string;
  readonly lon: number | null;
  readonly lat: number | null;
}

export async function readDestinations(tx: Tx, codes: readonly string[]): Promise<DestinationSpot[]> {
  const { rows } =
    await sql<DestinationSpot>`select code, name, pinyin, city_code, lon, lat from offices_place
    where code = any(${codes}::text[]) order by code`.execute(tx);
  return rows;
}

/** Coaches the district can hire on each day. */
export async function readFleet(
  tx: Tx,
  season: string,
  range: Range,
  days: { readonly from: string; readonly to: string },
): Promise<FleetRow[]> {
  const { rows } =
    await sql<FleetRow>`select day, seats, wheelchair_bays, sum(count)::int as count from trips_fleet
    where season = ${season} and area between ${range.from} and ${range.to} and day between ${days.from} and ${days.to}
    group by day, seats, wheelchair_bays order by seats, wheelchair_bays, day`.execute(tx);
  return rows;
}

/** Trains and flights with places of ours that may still be given out, and how many are gone. */
export async function readAllotments(
  tx: Tx,
  season: string,
  range: Range,
  days: { readonly from: string; readonly to: string; readonly now: string },
): Promise<(AllotmentRow & { sold: number; bays_sold: number })[]> {
  const { rows } = await sql<AllotmentRow & { sold: number; bays_sold: number }>`
    select a.id, a.area, a.mode, a.number, a.day, a.from_name, a.from_lon, a.from_lat, a.to_name, a.to_lon, a.to_lat, a.depart_at,
      a.arrive_at, a.places, a.wheelchair_bays, a.fare_fen, a.release_at,
      coalesce(sum(t.sold), 0)::int as sold, coalesce(sum(t.bays_sold), 0)::int as bays_sold
    from trips_allotment a left join trips_trip t on t.allotment_id = a.id and t.status <> 'cancelled'
    where a.season = ${season} and a.area between ${range.from} and ${range.to} and a.day between ${days.from} and ${days.to}
      and (a.release_at is null or a.release_at > ${days.now}::timestamptz)
    group by a.id order by a.depart_at, a.id`.execute(tx);
  return rows;
}

/** Committed and published coaches that leave from a day on, with their stops in order. */
export async function readStanding(
  tx: Tx,
  season: string,
  range: Range,
  days: { readonly from: string; readonly to: string; readonly now: string },
): Promise<(TripRow & { stops: StopRow[] })[]> {
  const { rows } = await sql<TripRow>`select * from trips_trip
    where season = ${season} and area between ${range.from} and ${range.to} and day between ${days.from} and ${days.to}
      and depart_at > ${days.now}::timestamptz and role = 'main' and mode = 'charterBus' and status in ('committed', 'published')
    order by depart_at, id`.execute(tx);
  const stops = await readStops(
    tx,
    rows.map((it) => it.id),
  );
  return rows.map((it) => ({ ...it, stops: stops.get(it.id) ?? [] }));
}

/** Stops of trips in the order of travel. */
export async function readStops(tx: Tx, tripIds: readonly string[]): Promise<Map<string, StopRow[]>> {
  const { rows } =
    await sql<StopRow>`select trip_id, no, kind, name, pinyin, place_area, gate_id, employer_id, lon, lat,
    arrive_at, depart_at from trips_stop where trip_id = any(${tripIds}::uuid[]) order by trip_id, no`.execute(
      tx,
    );
  const byTrip = new Map<string, StopRow[]>();
  for (const row of rows) byTrip.set(row.trip_id, [...(byTrip.get(row.trip_id) ?? []), row]);
  return byTrip;
}

/** Runs that the district has in the season, of any status: a later plan is told from an older state by it. */
export async function countTrips(tx: Tx, season: string, range: Range): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from trips_trip
    where season = ${season} and area between ${range.from} and ${range.to}`.execute(tx);
  return rows[0]?.n ?? 0;
}

export interface OwnerRow {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly area: string;
}

/** Staff who may answer for a person of the district. */
export async function readOwners(tx: Tx, range: Range): Promise<OwnerRow[]> {
  const { rows } = await sql<OwnerRow>`select id, name, role, area from offices_staff
    where active and (area between ${range.from} and ${range.to} and role in ('dispatcher', 'districtOfficer', 'townOfficer')
      or role = 'cityOfficer' and area = rpad(left(${range.from}, 2), 12, '0'))
    order by login`.execute(tx);
  return rows;
}

/** A draft plan as it lies: `request` and `plan` are shapes of planning.ts. */
export interface ProposalRow<Request = unknown, Plan = unknown> {
  readonly id: string;
  readonly season: string;
  readonly area: string;
  readonly asked_by: string;
  readonly asked_at: string;
  readonly state: ProposalState;
  readonly share: number;
  readonly request: Request;
  readonly plan: Plan | null;
  readonly fault: string | null;
}

export async function addProposals(
  tx: Tx,
  rows: readonly Pick<ProposalRow, 'id' | 'season' | 'area' | 'asked_by' | 'asked_at' | 'request'>[],
): Promise<void> {
  await sql`insert into trips_proposal (id, season, area, asked_by, asked_at, state, share, request)
    select id, season, area, asked_by, asked_at, 'running', 0, request
    from json_populate_recordset(null::trips_proposal, ${JSON.stringify(rows)}::json)`.execute(tx);
}

export async function findProposal<Request, Plan>(
  tx: Tx,
  id: string,
  lock: 'lock' | 'look' = 'look',
): Promise<ProposalRow<Request, Plan> | undefined> {
  const { rows } = await sql<ProposalRow<Request, Plan>>`select * from trips_proposal where id = ${id}
    ${lock === 'lock' ? sql`for update` : sql``}`.execute(tx);
  return rows[0];
}

export interface ProposalLine extends Omit<ProposalRow, 'plan' | 'request' | 'fault'> {
  readonly area_name: string;
  readonly area_pinyin: string;
  readonly totals: { placed: number; unplaced: number; runs: number; costFen: number } | null;
}

/** The newest plan of each district that was not thrown away. */
export async function listProposals(tx: Tx, season: string): Promise<ProposalLine[]> {
  const { rows } =
    await sql<ProposalLine>`select distinct on (p.area) p.id, p.season, p.area, p.asked_by, p.asked_at, p.state,
      p.share, p.plan -> 'totals' as totals, a.name as area_name, a.pinyin as area_pinyin
    from trips_proposal p join offices_area a on a.code = p.area
    where p.season = ${season} and p.state <> 'discarded' order by p.area, p.id desc`.execute(tx);
  return rows;
}

export async function noteShare(tx: Tx, id: string, share: number): Promise<void> {
  await sql`update trips_proposal set share = ${share} where id = ${id} and state = 'running'`.execute(tx);
}

/** Ends a running plan; false where it was discarded meanwhile. */
export async function endProposal(
  tx: Tx,
  id: string,
  end: { state: 'ready'; plan: unknown } | { state: 'failed'; fault: string },
): Promise<boolean> {
  const plan = end.state === 'ready' ? JSON.stringify(end.plan) : null;
  const fault = end.state === 'failed' ? end.fault : null;
  const { numAffectedRows } =
    await sql`update trips_proposal set state = ${end.state}, share = 1, plan = ${plan}::jsonb,
    fault = ${fault} where id = ${id} and state = 'running'`.execute(tx);
  return (numAffectedRows ?? 0n) > 0n;
}

/** Throws away what the command line was planning when it was cut off. */
export async function dropCutOff(tx: Tx, asker: string): Promise<void> {
  await sql`update trips_proposal set state = 'discarded' where asked_by = ${asker}::uuid and state = 'running'`.execute(
    tx,
  );
}

/** Moves a plan on; `outcome` of a commit is kept with it. */
export async function moveProposal(
  tx: Tx,
  id: string,
  to: 'committed' | 'discarded',
  outcome?: unknown,
): Promise<void> {
  const more = outcome === undefined ? '{}' : JSON.stringify({ outcome });
  await sql`update trips_proposal set state = ${to}, plan = plan || ${more}::jsonb where id = ${id}`.execute(
    tx,
  );
}

export interface PersonName {
  readonly id: string;
  readonly name: string;
  readonly pinyin: string;
  readonly area: string;
  readonly area_name: string;
  readonly area_pinyin: string;
}

export async function readPersonNames(tx: Tx, ids: readonly string[]): Promise<Map<string, PersonName>> {
  const { rows } =
    await sql<PersonName>`select p.id, p.name, p.pinyin, p.area, coalesce(a.name, '') as area_name,
      coalesce(a.pinyin, '') as area_pinyin
    from people_person p left join offices_area a on a.code = p.area where p.id = any(${ids}::uuid[])`.execute(
      tx,
    );
  return new Map(rows.map((it) => [it.id, it]));
}

/**
 * Keeps the commits and the readings of one district apart: a reading shares the lock with others, a commit has it alone.
 * Held to the end of the transaction.
 */
export async function holdDistrict(
  tx: Tx,
  season: string,
  area: string,
  how: 'read' | 'commit',
): Promise<void> {
  const key = `trips planning ${season} ${area}`;
  if (how === 'commit') await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(tx);
  else await sql`select pg_advisory_xact_lock_shared(hashtextextended(${key}, 0))`.execute(tx);
}

async function namesById(tx: Tx, table: 'trips_trip' | 'trips_allotment', ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, string>();
  const name = table === 'trips_trip' ? sql.ref('code') : sql.ref('number');
  const { rows } = await sql<{ id: string; name: string }>`select id, ${name} as name from ${sql.table(table)}
    where id = any(${ids}::uuid[])`.execute(tx);
  return new Map(rows.map((it) => [it.id, it.name]));
}

export function readTripCodes(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  return namesById(tx, 'trips_trip', ids);
}

/** Numbers of trains and flights. */
export function readAllotmentNumbers(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  return namesById(tx, 'trips_allotment', ids);
}

/** Main runs that stand in these days and are neither joined nor made by the plan, with the people on them. */
export async function sumStanding(
  tx: Tx,
  season: string,
  range: Range,
  at: {
    readonly from: string;
    readonly to: string;
    readonly besides: readonly string[];
    readonly proposal: string;
  },
): Promise<{ runs: number; people: number }> {
  const { rows } = await sql<{ runs: number; people: number }>`
    select count(*) as runs, coalesce(sum(sold), 0)::int as people from trips_trip
    where season = ${season} and area between ${range.from} and ${range.to} and day between ${at.from} and ${at.to}
      and role = 'main' and status in ('committed', 'published') and id <> all(${at.besides}::uuid[])
      and proposal_id is distinct from ${at.proposal}`.execute(tx);
  return rows[0] ?? { runs: 0, people: 0 };
}
