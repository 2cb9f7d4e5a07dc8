import type {
  DoorTrip,
  ItineraryStatus,
  LegState,
  StopKind,
  TripMode,
  TripRole,
  TripStatus,
} from '@fangang/domain/trips/schema.ts';
import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';

/** A trip as its door sees it, and as the journal names it. */
export interface LockedTrip {
  readonly id: string;
  readonly season: string;
  readonly area: string;
  readonly code: string;
  readonly day: string;
  readonly role: TripRole;
  readonly mode: TripMode;
  readonly status: TripStatus;
  readonly places: number;
  readonly cap: number;
  readonly departAt: string;
  readonly proposalId: string | null;
}

/** Locks a trip that the asker may change; undefined where there is none in scope. */
export async function lockTrip(tx: Tx, id: string): Promise<LockedTrip | undefined> {
  const { rows } = await sql<LockedTrip>`
    select id, season, area, code, day, role, mode, status, places, cap, depart_at as "departAt", proposal_id as "proposalId"
    from trips_trip where id = ${id}::uuid for update`.execute(tx);
  return rows[0];
}

export interface DoorStopRow {
  readonly no: number;
  readonly kind: StopKind;
  readonly opened: boolean;
  readonly departed: boolean;
  readonly arrived: boolean;
  readonly signed: boolean;
}

/** Doors of a trip in the order of travel, as an office reads them. */
export async function listDoorStops(tx: Tx, trip: string): Promise<DoorStopRow[]> {
  const { rows } = await sql<DoorStopRow>`
    select no, kind, opened_at is not null as opened, departed_at is not null as departed,
      arrived_at is not null as arrived, signed_at is not null as signed
    from trips_stop where trip_id = ${trip}::uuid order by no`.execute(tx);
  return rows;
}

/** The same for an employer, who sees the names of the own gates only. */
export async function listDoorStopsAtGate(tx: Tx, trip: string): Promise<DoorStopRow[]> {
  const { rows } = await sql<DoorStopRow>`select * from door_stops(${trip}::uuid)`.execute(tx);
  return rows;
}

/** Whose gate a stop is, where the asker may see it. */
export async function findStopOwner(
  tx: Tx,
  trip: string,
  no: number,
): Promise<{ employerId: string | null } | undefined> {
  const { rows } = await sql<{ employerId: string | null }>`select employer_id as "employerId" from trips_stop
    where trip_id = ${trip}::uuid and no = ${no}`.execute(tx);
  return rows[0];
}

export interface DoorLegRow {
  readonly id: string;
  readonly itinerary: string;
  readonly identity: string;
  readonly area: string;
  readonly no: number;
  readonly seat: number;
  readonly board: number;
  readonly alight: number;
  readonly state: LegState;
  /** No leg of the itinerary comes after it. */
  readonly final: boolean;
}

/** Seats of a trip that count. */
export async function listDoorLegs(tx: Tx, trip: string): Promise<DoorLegRow[]> {
  const { rows } = await sql<DoorLegRow>`
    select l.id, l.itinerary_id as itinerary, l.identity, l.area, l.no, l.seat, l.board, l.alight, l.state,
      not exists (select 1 from trips_leg o where o.itinerary_id = l.itinerary_id and o.no > l.no) as final
    from trips_leg l where l.trip_id = ${trip}::uuid and l.live order by l.seat`.execute(tx);
  return rows;
}

/** Who of these people has a pack of this season's seat already. */
export async function listPacked(
  tx: Tx,
  season: string,
  identities: readonly string[],
): Promise<Set<string>> {
  const { rows } = await sql<{ identity: string }>`select identity from trips_pack_issue
    where season = ${season} and occasion = 'seat' and identity = any(${identities}::uuid[])`.execute(tx);
  return new Set(rows.map((it) => it.identity));
}

/** Hands a pack out; false where the person has one already, on whosever books. */
export async function issuePack(
  tx: Tx,
  pack: { season: string; identity: string; area: string; trip: string; leg: string; at: string },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into trips_pack_issue (season, identity, occasion, area, trip_id, leg_id, at)
    values (${pack.season}, ${pack.identity}, 'seat', ${pack.area}, ${pack.trip}, ${pack.leg}, ${pack.at}::timestamptz)
    on conflict do nothing`.execute(tx);
  return (numAffectedRows ?? 0n) > 0n;
}

const STOP_MOMENTS = {
  opened: 'opened_at',
  departed: 'departed_at',
  arrived: 'arrived_at',
  signed: 'signed_at',
} as const;

/** Writes what an event changed at a door, and nothing else: stops passed, seats taken, the trip's status. */
export async function writeDoor(
  tx: Tx,
  before: DoorTrip,
  after: DoorTrip,
  at: string,
  holdReason: string | null,
): Promise<void> {
  for (const [flag, column] of Object.entries(STOP_MOMENTS) as [keyof typeof STOP_MOMENTS, string][]) {
    const changed = after.stops
      .filter((stop, i) => stop[flag] && !before.stops[i]?.[flag])
      .map((it) => it.no);
    if (changed.length === 0) continue;
    await sql`update trips_stop set ${sql.id(column)} = ${at}::timestamptz
      where trip_id = ${after.id}::uuid and no = any(${changed}::int[])`.execute(tx);
  }
  const moved = after.legs.filter((leg, i) => leg.state !== before.legs[i]?.state);
  for (const state of new Set(moved.map((it) => it.state))) {
    await writeLegs(
      tx,
      moved.filter((it) => it.state === state).map((it) => it.id),
      state,
      at,
      holdReason,
    );
  }
  if (after.status === before.status) return;
  await sql`update trips_trip set status = ${after.status} where id = ${after.id}::uuid`.execute(tx);
}

async function writeLegs(
  tx: Tx,
  ids: readonly string[],
  state: LegState,
  at: string,
  holdReason: string | null,
): Promise<void> {
  const beside = {
    boarded: sql`, boarded_at = ${at}::timestamptz, hold_reason = null`,
    expected: sql`, boarded_at = null, hold_reason = null`,
    held: sql`, hold_reason = ${holdReason}`,
    arrived: sql`, arrived_at = ${at}::timestamptz`,
    absent: sql``,
    left: sql``,
  }[state];
  await sql`update trips_leg set state = ${state}${beside} where id = any(${ids}::uuid[])`.execute(tx);
}

export async function writeHeads(tx: Tx, trip: string, stop: number, heads: number): Promise<void> {
  await sql`update trips_stop set heads = ${heads} where trip_id = ${trip}::uuid and no = ${stop}`.execute(
    tx,
  );
}

export async function writePublished(tx: Tx, trip: string, at: string): Promise<void> {
  await sql`update trips_trip set status = 'published', published_at = ${at}::timestamptz
    where id = ${trip}::uuid`.execute(tx);
}

export interface WayRow {
  readonly id: string;
  readonly wish: string;
  readonly area: string;
  readonly identity: string;
  readonly status: ItineraryStatus;
  /** States of its seats that count, in the order of travel. */
  readonly legs: readonly LegState[];
}

/** Itineraries with the states of their seats. */
export async function listWays(tx: Tx, ids: readonly string[]): Promise<WayRow[]> {
  const { rows } = await sql<WayRow>`
    select i.id, i.wish_id as wish, i.area, i.identity, i.status,
      coalesce((select json_agg(l.state order by l.no) from trips_leg l where l.itinerary_id = i.id and l.live), '[]') as legs
    from trips_itinerary i where i.id = any(${ids}::uuid[]) order by i.id`.execute(tx);
  return rows;
}

export async function writeWayStatus(tx: Tx, ids: readonly string[], status: ItineraryStatus): Promise<void> {
  if (ids.length === 0) return;
  await sql`update trips_itinerary set status = ${status} where id = any(${ids}::uuid[])`.execute(tx);
}

/** The reason stays with a way that is broken and goes when it leads on again; only an office writes it. */
export async function writeWayReason(tx: Tx, ids: readonly string[], reason: string | null): Promise<void> {
  if (ids.length === 0) return;
  await sql`update trips_itinerary set broken_reason = ${reason} where id = any(${ids}::uuid[])`.execute(tx);
}

/**
 * Gives seats back: those after a leg of the trip (`onward`), or every seat nobody sits on yet (`all`), of these itineraries.
 * Trips are locked in one order, so that two buses that leave at once do not wait for each other.
 */
export async function releaseSeats(
  tx: Tx,
  trip: string,
  itineraries: readonly string[],
  which: 'onward' | 'all',
): Promise<number> {
  if (itineraries.length === 0) return 0;
  const chosen = sql`l.itinerary_id = any(${itineraries}::uuid[]) and l.live and (l.state = 'expected' or l.trip_id = ${trip}::uuid)
    and (${which} = 'all' or l.no > (select o.no from trips_leg o where o.itinerary_id = l.itinerary_id and o.trip_id = ${trip}::uuid and o.live))`;
  await sql`select id from trips_trip where id in (select l.trip_id from trips_leg l where ${chosen})
    order by id for update`.execute(tx);
  const { rows } = await sql<{ released: number }>`
    with freed as (update trips_leg l set live = false where ${chosen} returning l.trip_id, l.wheelchair),
    sums as (select trip_id, count(*) as seats, count(*) filter (where wheelchair) as bays from freed group by trip_id),
    sold as (update trips_trip t set sold = t.sold - s.seats, bays_sold = t.bays_sold - s.bays from sums s where t.id = s.trip_id)
    select coalesce(sum(seats), 0) as released from sums`.execute(tx);
  return rows[0]?.released ?? 0;
}

/** Takes the seats after a leg again, the same or another free one; false where a vehicle is full or gone. */
export async function retakeSeats(tx: Tx, leg: string): Promise<boolean> {
  const { rows } = await sql<{ id: string; trip: string; seat: number; wheelchair: boolean; cap: number }>`
    select l.id, l.trip_id as trip, l.seat, l.wheelchair, t.cap from trips_leg h
    join trips_leg l on l.itinerary_id = h.itinerary_id and l.no > h.no and not l.live
    join trips_trip t on t.id = l.trip_id where h.id = ${leg}::uuid order by l.trip_id for update of t`.execute(
    tx,
  );
  for (const it of rows) {
    const sold =
      await sql`update trips_trip set sold = sold + 1, bays_sold = bays_sold + ${it.wheelchair ? 1 : 0}
      where id = ${it.trip}::uuid and sold < cap and status in ('committed', 'published', 'boarding')
        and (not ${it.wheelchair}::boolean or bays_sold < bays)`.execute(tx);
    if ((sold.numAffectedRows ?? 0n) === 0n) return false;
    await sql`update trips_leg set live = true, seat = (
        select n from generate_series(1, greatest(${it.cap}::int, ${it.seat}::int)) n
        where not exists (select 1 from trips_leg o where o.trip_id = ${it.trip}::uuid and o.live and o.seat = n)
        order by (n = ${it.seat}::int) desc, n limit 1) where id = ${it.id}::uuid`.execute(tx);
  }
  return true;
}

/** Is this way's person seated on another way of the season by now? Only what the asker may see is asked. */
export async function hasOtherWay(tx: Tx, itinerary: string): Promise<boolean> {
  const { rows } = await sql<{ other: boolean }>`
    select exists (select 1 from trips_itinerary i join trips_itinerary o on o.season = i.season and o.identity = i.identity and o.id <> i.id
      where i.id = ${itinerary}::uuid and o.status not in ('cancelled', 'broken')) as other`.execute(tx);
  return rows[0]?.other ?? false;
}

/** Who asked for the plan a trip comes from: they answer for its people. */
export async function findPlanner(tx: Tx, proposal: string | null): Promise<string | undefined> {
  if (!proposal) return undefined;
  const { rows } = await sql<{
    by: string;
  }>`select asked_by as "by" from trips_proposal where id = ${proposal}::uuid`.execute(tx);
  return rows[0]?.by;
}

/** Seats of a trip by the last four of an ID or phone number. */
export async function findLegsByTail(tx: Tx, trip: string, tail: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select l.id from trips_leg l left join people_person p on p.id = l.person_id left join trips_guest g on g.person_id = l.person_id
    where l.trip_id = ${trip}::uuid and l.live
      and (coalesce(p.id_tail, g.id_tail) = ${tail.toUpperCase()} or coalesce(p.phone_tail, g.phone_tail) = ${tail})
    order by l.seat`.execute(tx);
  return rows.map((it) => it.id);
}

/** The seat a ticket has on a trip. */
export async function findLegByTicket(tx: Tx, trip: string, index: Buffer): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select l.id from trips_itinerary i join trips_leg l on l.itinerary_id = i.id and l.live
    where i.ticket_index = ${index} and l.trip_id = ${trip}::uuid`.execute(tx);
  return rows[0]?.id;
}

export interface OtherBus {
  readonly tripCode: string;
  readonly order: number;
  readonly departAt: string;
}

/** The bus a person belongs to who stands at another one's door: of the same season, nearest in time, within sight. */
export async function findOtherBus(
  tx: Tx,
  trip: LockedTrip,
  who: { index: Buffer } | { tail: string },
): Promise<OtherBus | undefined> {
  const person =
    'index' in who
      ? sql`l.itinerary_id in (select id from trips_itinerary where ticket_index = ${who.index})`
      : sql`l.person_id in (
          select id from people_person where id_tail = ${who.tail.toUpperCase()} or phone_tail = ${who.tail}
          union all select person_id from trips_guest where id_tail = ${who.tail.toUpperCase()} or phone_tail = ${who.tail})`;
  const { rows } = await sql<OtherBus>`
    select t.code as "tripCode", n.nth as "order", t.depart_at as "departAt"
    from trips_leg l join trips_trip t on t.id = l.trip_id cross join lateral trip_number(t.id) n
    where ${person} and l.live and l.state = 'expected' and t.id <> ${trip.id}::uuid and t.season = ${trip.season}
      and t.status in ('committed', 'published', 'boarding') and t.day between ${trip.day}::date - 1 and ${trip.day}::date + 1
    order by abs(extract(epoch from t.depart_at - ${trip.departAt}::timestamptz)) limit 1`.execute(tx);
  return rows[0];
}

export interface NewHandover {
  readonly id: string;
  readonly area: string;
  readonly trip: string;
  readonly stop: number;
  readonly employerId: string | null;
  readonly heads: number;
  readonly signedBy: string;
  readonly signerName: string;
  readonly signature: string | null;
  readonly note: string | null;
  readonly at: string;
}

export async function addHandover(tx: Tx, it: NewHandover): Promise<void> {
  await sql`insert into trips_handover (id, area, trip_id, stop, employer_id, heads, signed_by, signer_name, signature, note, at)
    values (${it.id}, ${it.area}, ${it.trip}, ${it.stop}, ${it.employerId}, ${it.heads}, ${it.signedBy}, ${it.signerName},
      ${it.signature}, ${it.note}, ${it.at}::timestamptz)`.execute(tx);
}
