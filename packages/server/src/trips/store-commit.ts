import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';
import { copyRows } from '../platform/journal.ts';

export interface NewItinerary {
  readonly id: string;
  readonly season: string;
  readonly person_id: string;
  readonly identity: string;
  readonly wish_id: string;
  readonly area: string;
  readonly ledger_office: string | null;
  readonly party: string;
  readonly status: 'seated';
  readonly ticket_index: Buffer;
  readonly made_at: string;
}

/** Gives people a way; answers the ids of those who had none. A second live way of one identity is left out, whoever made the first. */
export async function addItineraries(tx: Tx, rows: readonly NewItinerary[]): Promise<Set<string>> {
  const records = [...rows]
    .sort((a, b) => (a.identity < b.identity ? -1 : 1))
    .map((it) => ({ ...it, ticket_index: `\\x${it.ticket_index.toString('hex')}` }));
  const added = await sql<{ id: string }>`
    insert into trips_itinerary (id, season, person_id, identity, wish_id, area, ledger_office, party, status, ticket_index, made_at)
    select id, season, person_id, identity, wish_id, area, ledger_office, party, status, ticket_index, made_at
    from json_populate_recordset(null::trips_itinerary, ${JSON.stringify(records)}::json)
    on conflict do nothing returning id`.execute(tx);
  return new Set(added.rows.map((it) => it.id));
}

/** Takes back itineraries made in this transaction. */
export async function dropItineraries(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`delete from trips_itinerary where id = any(${ids}::uuid[])`.execute(tx);
}

export interface SeatRoom {
  readonly id: string;
  readonly code: string;
  readonly places: number;
  readonly cap: number;
  readonly sold: number;
  readonly bays: number;
  readonly bays_sold: number;
  readonly allotment_id: string | null;
  readonly taken: readonly number[];
}

/** Seats left on runs that stand and take people: committed or published, not left yet. */
export async function readSeatRoom(
  tx: Tx,
  ids: { readonly trips: readonly string[]; readonly allotments: readonly string[] },
): Promise<SeatRoom[]> {
  const { rows } =
    await sql<SeatRoom>`select t.id, t.code, t.places, t.cap, t.sold, t.bays, t.bays_sold, t.allotment_id,
      coalesce((select array_agg(l.seat) from trips_leg l where l.trip_id = t.id and l.live), '{}') as taken
    from trips_trip t
    where t.status in ('committed', 'published')
      and (t.id = any(${ids.trips}::uuid[]) or t.allotment_id = any(${ids.allotments}::uuid[]))
    order by t.id`.execute(tx);
  return rows;
}

/** Keeps two commits from opening the same train twice; answers how many places each allotment has. */
export async function lockAllotments(tx: Tx, ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; places: number }>`select id, places from trips_allotment
    where id = any(${ids}::uuid[]) order by id for update`.execute(tx);
  return new Map(rows.map((it) => [it.id, it.places]));
}

const TRIP_COLUMNS = [
  'id',
  'season',
  'area',
  'code',
  'role',
  'mode',
  'status',
  'day',
  'depart_at',
  'arrive_at',
  'drivers',
  'places',
  'cap',
  'bays',
  'allotment_id',
  'distance_m',
  'cost_fen',
  'rests',
  'proposal_id',
  'published_at',
] as const;

export type NewTrip = Readonly<Record<(typeof TRIP_COLUMNS)[number], unknown>> & {
  readonly id: string;
  readonly code: string;
};

/** Runs with no seat sold yet. */
export async function addTrips(tx: Tx, rows: readonly NewTrip[]): Promise<void> {
  await copyRows(tx, 'trips_trip', TRIP_COLUMNS, rows);
}

const STOP_COLUMNS = [
  'trip_id',
  'no',
  'area',
  'kind',
  'name',
  'pinyin',
  'place_area',
  'gate_id',
  'employer_id',
  'lon',
  'lat',
  'arrive_at',
  'depart_at',
] as const;

export type NewStop = Readonly<Record<(typeof STOP_COLUMNS)[number], unknown>>;

export async function addStops(tx: Tx, rows: readonly NewStop[]): Promise<void> {
  await copyRows(tx, 'trips_stop', STOP_COLUMNS, rows);
}

export interface NewLeg {
  readonly id: string;
  readonly season: string;
  readonly itinerary_id: string;
  readonly no: number;
  readonly trip_id: string;
  readonly person_id: string;
  readonly identity: string;
  readonly area: string;
  readonly ledger_office: string | null;
  readonly employer_id: string | null;
  readonly seat: number;
  readonly board: number;
  readonly alight: number;
  readonly wheelchair: boolean;
  readonly state: 'expected';
}

/** Seats people. False where a seat or a person was on the trip already: nothing may stay then. */
export async function addLegs(tx: Tx, rows: readonly NewLeg[]): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into trips_leg (id, season, itinerary_id, no, trip_id, person_id, identity, area, ledger_office, employer_id, seat,
      board, alight, wheelchair, state)
    select id, season, itinerary_id, no, trip_id, person_id, identity, area, ledger_office, employer_id, seat, board, alight,
      wheelchair, state
    from json_populate_recordset(null::trips_leg, ${JSON.stringify(rows)}::json)
    order by trip_id, seat
    on conflict do nothing`.execute(tx);
  return Number(numAffectedRows ?? 0n) === rows.length;
}

export interface Sale {
  readonly trip: string;
  readonly seats: number;
  readonly bays: number;
}

/**
 * Sells seats, last in the transaction: only where as many are left and the run has not left. False where any sale failed: nothing may stay
 * then. Trips are taken in one order, so that two sales wait for each other instead of standing in each other's way.
 */
export async function sellSeats(tx: Tx, sales: readonly Sale[]): Promise<boolean> {
  for (const { trip, seats, bays } of [...sales].sort((a, b) => (a.trip < b.trip ? -1 : 1))) {
    const { numAffectedRows } =
      await sql`update trips_trip set sold = sold + ${seats}, bays_sold = bays_sold + ${bays}
      where id = ${trip} and sold + ${seats} <= cap and bays_sold + ${bays} <= bays
        and status in ('committed', 'published')`.execute(tx);
    if (Number(numAffectedRows ?? 0n) !== 1) return false;
  }
  return true;
}

/** Codes of the season within sight that begin so. */
export async function readCodes(tx: Tx, season: string, letters: string): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`select code from trips_trip
    where season = ${season} and starts_with(code, ${letters})`.execute(tx);
  return rows.map((it) => it.code);
}

/** Names of all districts of the city, for letters that tell them apart. */
export async function readDistrictNames(tx: Tx): Promise<{ code: string; name: string; pinyin: string }[]> {
  const { rows } = await sql<{
    code: string;
    name: string;
    pinyin: string;
  }>`select code, name, pinyin from offices_area
    where level = 'district' order by code`.execute(tx);
  return rows;
}

export interface CommittedTrip {
  readonly id: string;
  readonly area: string;
  readonly role: 'main' | 'feeder' | 'lastMile';
  readonly mode: 'charterBus' | 'charterTrain' | 'charterFlight' | 'reservedCarriage' | 'railTickets';
}

/** Publishes what a proposal committed; answers the runs. */
export async function publishTrips(tx: Tx, proposalId: string, now: string): Promise<CommittedTrip[]> {
  const { rows } = await sql<CommittedTrip>`update trips_trip set status = 'published', published_at = ${now},
      version = version + 1
    where proposal_id = ${proposalId} and status = 'committed' returning id, area, role, mode`.execute(tx);
  return rows;
}

/** Calls off what a proposal committed and nobody has published; answers the runs. */
export async function cancelCommitted(tx: Tx, proposalId: string): Promise<CommittedTrip[]> {
  const { rows } =
    await sql<CommittedTrip>`update trips_trip set status = 'cancelled', sold = 0, bays_sold = 0,
      version = version + 1
    where proposal_id = ${proposalId} and status = 'committed' returning id, area, role, mode`.execute(tx);
  return rows;
}

export interface CancelledWay {
  readonly id: string;
  readonly area: string;
  readonly identity: string;
}

/** Ends the ways that ride any of these runs and gives their other seats back; answers the ways. */
export async function cancelWays(tx: Tx, tripIds: readonly string[]): Promise<CancelledWay[]> {
  const { rows } = await sql<CancelledWay>`update trips_itinerary set status = 'cancelled'
    where status in ('seated', 'confirmed')
      and id in (select itinerary_id from trips_leg where trip_id = any(${tripIds}::uuid[]) and live)
    returning id, area, identity`.execute(tx);
  const ways = rows.map((it) => it.id);
  await sql`with gone as (
      update trips_leg set live = false where live and itinerary_id = any(${ways}::uuid[]) returning trip_id, wheelchair
    ), freed as (
      select trip_id, count(*)::int as seats, (count(*) filter (where wheelchair))::int as bays from gone
      where trip_id <> all(${tripIds}::uuid[]) group by trip_id
    )
    update trips_trip t set sold = t.sold - f.seats, bays_sold = t.bays_sold - f.bays
    from freed f where t.id = f.trip_id`.execute(tx);
  return rows;
}
