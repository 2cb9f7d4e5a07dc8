import type { SeasonSettings } from '@fangang/domain/offices/schema.ts';
import type { Arrival, Passenger } from '@fangang/domain/trips/api.ts';
import type { TripLine, TripRole, TripStatus } from '@fangang/domain/trips/schema.ts';
import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';

export interface TripFilter {
  readonly season: string;
  readonly day: string | null;
  readonly status: TripStatus | null;
  readonly role: TripRole | null;
}

const LINE = sql`t.id, t.season, t.area, t.code, t.role, t.mode, t.status, t.day, t.depart_at as "departAt",
  t.arrive_at as "arriveAt", coalesce(f.name, a.name, t.area) as "from", coalesce(f.pinyin, a.pinyin, '') as "fromPinyin",
  coalesce(g.name, '') as "to", coalesce(g.pinyin, '') as "toPinyin", t.plate, t.places, t.cap, t.sold,
  (select count(*) from trips_leg l where l.trip_id = t.id and l.live and l.state in ('boarded', 'arrived', 'left')) as boarded`;

const LINE_JOINS = sql`left join offices_area a on a.code = t.area
  left join lateral (select name, pinyin from trips_stop s where s.trip_id = t.id order by no limit 1) f on true
  left join lateral (select name, pinyin from trips_stop s where s.trip_id = t.id order by no desc limit 1) g on true`;

function matching(it: TripFilter): ReturnType<typeof sql> {
  return sql`t.season = ${it.season} and (${it.status}::text is null or t.status = ${it.status})
    and (${it.role}::text is null or t.role = ${it.role})`;
}

/** Trips within sight, earliest first. */
export async function listTripLines(
  tx: Tx,
  filter: TripFilter,
  page: { from: number; count: number },
): Promise<TripLine[]> {
  const { rows } = await sql<TripLine>`select ${LINE} from trips_trip t ${LINE_JOINS}
    where ${matching(filter)} and (${filter.day}::date is null or t.day = ${filter.day}::date)
    order by t.depart_at, t.code, t.id limit ${page.count} offset ${page.from}`.execute(tx);
  return rows;
}

/** Trips and seats sold on each day, whatever day is asked for. */
export async function countTripDays(
  tx: Tx,
  filter: TripFilter,
): Promise<{ day: string; trips: number; people: number }[]> {
  const { rows } = await sql<{ day: string; trips: number; people: number }>`
    select t.day, count(*) as trips, coalesce(sum(t.sold), 0) as people from trips_trip t
    where ${matching(filter)} group by t.day order by t.day`.execute(tx);
  return rows;
}

export interface OneTrip extends TripLine {
  readonly areaName: string;
  readonly areaPinyin: string;
  readonly distanceM: number;
  readonly bays: number;
  readonly driverIds: readonly string[];
  readonly drivers: number;
  readonly escortId: string | null;
  readonly escortName: string | null;
  readonly number: string | null;
  readonly carriage: string | null;
  readonly version: number;
  readonly publishedAt: string | null;
  readonly nth: number;
  readonly of: number;
}

/** One trip within sight, with its name for people: which of the day's vehicles it is, or the number of its train. */
export async function findTrip(tx: Tx, id: string): Promise<OneTrip | undefined> {
  const { rows } = await sql<OneTrip>`
    select ${LINE}, coalesce(a.name, t.area) as "areaName", coalesce(a.pinyin, '') as "areaPinyin",
      t.distance_m as "distanceM", t.bays, t.driver_ids as "driverIds", t.drivers, t.escort_id as "escortId",
      e.name as "escortName", n.number, n.carriage, t.version, t.published_at as "publishedAt",
      coalesce(n.nth, 1) as nth, coalesce(n.of_day, 1) as "of"
    from trips_trip t ${LINE_JOINS}
    left join lateral trip_number(t.id) n on true
    left join lateral staff_by_id(t.escort_id) e on true
    where t.id = ${id}::uuid`.execute(tx);
  return rows[0];
}

/** The trip of a code in a season within sight. */
export async function findTripByCode(tx: Tx, season: string, code: string): Promise<string | undefined> {
  const { rows } = await sql<{
    id: string;
  }>`select id from trips_trip where season = ${season} and code = ${code}`.execute(tx);
  return rows[0]?.id;
}

export interface StopLine {
  readonly no: number;
  readonly kind: 'pickUp' | 'station' | 'gate';
  readonly name: string;
  readonly pinyin: string;
  readonly gateId: string | null;
  readonly lon: number;
  readonly lat: number;
  readonly arriveAt: string;
  readonly departAt: string;
  readonly openedAt: string | null;
  readonly departedAt: string | null;
  readonly arrivedAt: string | null;
  readonly signedAt: string | null;
  readonly heads: number | null;
  readonly handover: {
    readonly heads: number;
    readonly signerName: string;
    readonly signature: string | null;
    readonly note: string | null;
    readonly at: string;
  } | null;
}

/** Stops of a trip in the order of travel, with what was signed at them. */
export async function listStops(tx: Tx, trip: string): Promise<StopLine[]> {
  const { rows } = await sql<StopLine>`
    select s.no, s.kind, s.name, s.pinyin, s.gate_id as "gateId", s.lon, s.lat, s.arrive_at as "arriveAt",
      s.depart_at as "departAt", s.opened_at as "openedAt", s.departed_at as "departedAt", s.arrived_at as "arrivedAt",
      s.signed_at as "signedAt", s.heads,
      case when h.id is null then null else jsonb_build_object('heads', h.heads, 'signerName', h.signer_name,
        'signature', h.signature, 'note', h.note, 'at', to_char(h.at at time zone 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI:SS"+08:00"')) end as handover
    from trips_stop s left join trips_handover h on h.trip_id = s.trip_id and h.stop = s.no
    where s.trip_id = ${trip}::uuid order by s.no`.execute(tx);
  return rows;
}

/** Who sits on a seat `l`; empty where the person `p` does not want to be shown: the seat counts all the same. */
const SHOWN = sql`coalesce(p.name, '') as name, coalesce(p.pinyin, '') as pinyin, p.gender,
  coalesce(p.phone_tail, '') as "phoneTail"`;
/** The same for an office, whose run may carry somebody who has gone to another office's books since. */
const KNOWN = sql`coalesce(p.name, g.name, '') as name, coalesce(p.pinyin, g.pinyin, '') as pinyin, coalesce(p.gender, g.gender) as gender,
  coalesce(p.phone_tail, g.phone_tail, '') as "phoneTail"`;
const GUEST = sql`left join people_person p on p.id = l.person_id left join trips_guest g on g.person_id = l.person_id`;

/** People with a seat on a trip, by seat. */
export async function listPassengers(tx: Tx, trip: string): Promise<Passenger[]> {
  const { rows } = await sql<Passenger>`
    select l.id as leg, l.person_id as "personId", l.itinerary_id as itinerary, ${KNOWN},
      coalesce(p.id_tail, g.id_tail, '') as "idTail", i.party, l.seat, l.board, l.alight, l.wheelchair, l.state,
      l.hold_reason as "holdReason", l.boarded_at as "boardedAt", l.arrived_at as "arrivedAt",
      exists (select 1 from trips_pack_issue k where k.season = l.season and k.identity = l.identity and k.occasion = 'seat') as packed,
      i.status as "itineraryStatus"
    from trips_leg l ${GUEST} join trips_itinerary i on i.id = l.itinerary_id
    where l.trip_id = ${trip}::uuid and l.live order by l.seat`.execute(tx);
  return rows;
}

/** People who get off at each stop, for who receives them. */
export async function listArrivalsAt(tx: Tx, trip: string): Promise<(Arrival & { alight: number })[]> {
  const { rows } = await sql<Arrival & { alight: number }>`
    select l.id as leg, ${SHOWN}, l.seat, l.wheelchair, l.state, l.alight
    from trips_leg l left join people_person p on p.id = l.person_id
    where l.trip_id = ${trip}::uuid and l.live order by l.seat`.execute(tx);
  return rows;
}

export interface ArrivalLine {
  readonly tripId: string;
  readonly code: string;
  readonly status: TripStatus;
  readonly stop: number;
  readonly gate: string;
  readonly gatePinyin: string;
  readonly arriveAt: string;
  readonly people: number;
  readonly signedAt: string | null;
}

/** What comes to gates within sight from a day on, soonest first. */
export async function listGateArrivals(
  tx: Tx,
  season: string,
  fromDay: string | null,
): Promise<ArrivalLine[]> {
  const { rows } = await sql<ArrivalLine>`
    select t.id as "tripId", t.code, t.status, s.no as stop, s.name as gate, s.pinyin as "gatePinyin",
      s.arrive_at as "arriveAt", s.signed_at as "signedAt",
      (select count(*) from trips_leg l where l.trip_id = t.id and l.live and l.alight = s.no) as people
    from trips_stop s join trips_trip t on t.id = s.trip_id
    where s.kind = 'gate' and t.season = ${season} and t.status in ('published', 'boarding', 'departed', 'arrived', 'closed')
      and (${fromDay}::date is null or s.arrive_at >= ${fromDay}::date::timestamp at time zone 'Asia/Shanghai')
    order by s.arrive_at, t.code limit 500`.execute(tx);
  return rows;
}

/** Rules of the season a trip runs in. */
export async function settingsOf(tx: Tx, season: string): Promise<SeasonSettings> {
  const { rows } = await sql<{
    settings: SeasonSettings;
  }>`select settings from offices_season where id = ${season}`.execute(tx);
  const found = rows[0];
  if (!found) throw new Error(`no season ${season}`);
  return found.settings;
}

export interface PaperPerson {
  readonly id: string;
  readonly name: string;
  readonly pinyin: string;
  readonly gender: 'male' | 'female' | null;
  readonly id_sealed: Buffer | null;
  readonly id_tail: string;
  readonly phone_sealed: Buffer | null;
  readonly phone_tail: string;
  readonly seat: number;
  readonly board: number;
  readonly wheelchair: boolean;
}

/** People of a trip with their sealed numbers, for the register. */
export async function listPaperPeople(tx: Tx, trip: string): Promise<PaperPerson[]> {
  const { rows } = await sql<PaperPerson>`
    select l.person_id as id, coalesce(p.name, g.name) as name, coalesce(p.pinyin, g.pinyin) as pinyin,
      coalesce(p.gender, g.gender) as gender, p.id_sealed, coalesce(p.id_tail, g.id_tail) as id_tail, p.phone_sealed,
      coalesce(p.phone_tail, g.phone_tail) as phone_tail, l.seat, l.board, l.wheelchair
    from trips_leg l ${GUEST}
    where coalesce(p.name, g.name) is not null and l.trip_id = ${trip}::uuid and l.live order by l.seat`.execute(
    tx,
  );
  return rows;
}

export interface DriverLine {
  readonly id: string;
  readonly name: string;
  readonly phone_sealed: Buffer | null;
}

export async function listDrivers(tx: Tx, ids: readonly string[]): Promise<DriverLine[]> {
  const { rows } = await sql<DriverLine>`select id, name, phone_sealed from trips_driver
    where id = any(${ids}::uuid[]) order by array_position(${ids}::uuid[], id)`.execute(tx);
  return rows;
}

export interface TicketLegRow {
  readonly role: TripRole;
  readonly mode: 'charterBus' | 'charterTrain' | 'charterFlight' | 'reservedCarriage' | 'railTickets';
  readonly tripStatus: TripStatus;
  readonly nth: number;
  readonly number: string | null;
  readonly carriage: string | null;
  readonly plate: string | null;
  readonly seat: number;
  readonly state: 'expected' | 'boarded' | 'held' | 'absent' | 'left' | 'arrived';
  readonly fromName: string;
  readonly fromPinyin: string;
  readonly toName: string;
  readonly toPinyin: string;
  readonly gateId: string | null;
  readonly departAt: string;
  readonly arriveAt: string;
  readonly departed: boolean;
}

export interface TicketRow {
  readonly id: string;
  readonly season: string;
  readonly status: 'seated' | 'confirmed' | 'underWay' | 'arrived' | 'signedFor' | 'broken' | 'cancelled';
  readonly reason: string | null;
  readonly area: string;
  readonly identity: string;
  readonly wish: string;
  readonly madeAt: string;
  readonly name: string;
  readonly pinyin: string;
}

/** Which itinerary a ticket's hash opens; asked with no other rights. */
export async function itineraryOfTicket(tx: Tx, hash: Buffer): Promise<string | undefined> {
  const { rows } = await sql<{ id: string | null }>`select itinerary_of_ticket(${hash}) id`.execute(tx);
  return rows[0]?.id ?? undefined;
}

/** The one itinerary a link may see. */
export async function findTicket(tx: Tx, id: string): Promise<TicketRow | undefined> {
  const { rows } = await sql<TicketRow>`
    select i.id, i.season, i.status, i.broken_reason as reason, i.area, i.identity, i.wish_id as wish, i.made_at as "madeAt",
      p.name, p.pinyin
    from trips_itinerary i join people_person p on p.id = i.person_id where i.id = ${id}::uuid`.execute(tx);
  return rows[0];
}

/** Whom a ticket is for, and whose books the person is on. */
export async function findTraveller(
  tx: Tx,
  itinerary: string,
): Promise<{ id: string; area: string } | undefined> {
  const { rows } = await sql<{ id: string; area: string }>`
    select p.id, p.area from trips_itinerary i join people_person p on p.id = i.person_id where i.id = ${itinerary}::uuid`.execute(
    tx,
  );
  return rows[0];
}

/** Legs of a ticket in the order of travel; those given up only where all are. */
export async function listTicketLegs(tx: Tx, itinerary: string): Promise<TicketLegRow[]> {
  const { rows } = await sql<TicketLegRow>`
    select t.role, t.mode, t.status as "tripStatus", coalesce(n.nth, 1) as nth, n.number, n.carriage, t.plate, l.seat, l.state,
      b.name as "fromName", b.pinyin as "fromPinyin", o.name as "toName", o.pinyin as "toPinyin", o.gate_id as "gateId",
      b.depart_at as "departAt", o.arrive_at as "arriveAt", b.departed_at is not null as departed
    from trips_leg l join trips_trip t on t.id = l.trip_id
    join trips_stop b on b.trip_id = l.trip_id and b.no = l.board
    join trips_stop o on o.trip_id = l.trip_id and o.no = l.alight
    left join lateral trip_number(t.id) n on true
    where l.itinerary_id = ${itinerary}::uuid
      and (l.live or not exists (select 1 from trips_leg v where v.itinerary_id = l.itinerary_id and v.live))
    order by l.no`.execute(tx);
  return rows;
}

export interface GateContact {
  readonly id: string;
  readonly name: string | null;
  readonly sealed: Buffer | null;
}

export async function findGateContact(tx: Tx, gate: string): Promise<GateContact | undefined> {
  const { rows } = await sql<GateContact>`select id, contact_name as name, contact_phone_sealed as sealed
    from jobs_gate where id = ${gate}::uuid`.execute(tx);
  return rows[0];
}

/** Who of the traveller's town or district is called. */
export async function findContact(
  tx: Tx,
  area: string,
): Promise<{ staff: string; office: string } | undefined> {
  const { rows } = await sql<{ staff: string; office: string }>`
    select staff_name as staff, office_name as office from contact_of_area(${area})`.execute(tx);
  return rows[0];
}

/** Gives up the seats of the link's own itinerary; says `declined`, `already` or `tooLate`. */
export async function declineTicket(tx: Tx): Promise<'declined' | 'already' | 'tooLate'> {
  const { rows } = await sql<{
    said: 'declined' | 'already' | 'tooLate';
  }>`select decline_ticket() said`.execute(tx);
  return rows[0]?.said ?? 'tooLate';
}

/** Takes the seats of the link's own itinerary again; says `seated`, `already` or `gone`. */
export async function undoDecline(tx: Tx): Promise<'seated' | 'already' | 'gone'> {
  const { rows } = await sql<{
    said: 'seated' | 'already' | 'gone';
  }>`select undo_decline_ticket() said`.execute(tx);
  return rows[0]?.said ?? 'gone';
}

/** Seats of an itinerary that count now, in the order of travel, as the journal writes them. */
export async function listSeats(
  tx: Tx,
  itinerary: string,
): Promise<{ leg: string; trip: string; seat: number; role: TripRole; mode: TicketLegRow['mode'] }[]> {
  const { rows } = await sql<{
    leg: string;
    trip: string;
    seat: number;
    role: TripRole;
    mode: TicketLegRow['mode'];
  }>`
    select l.id as leg, l.trip_id as trip, l.seat, t.role, t.mode from trips_leg l join trips_trip t on t.id = l.trip_id
    where l.itinerary_id = ${itinerary}::uuid and l.live order by l.no`.execute(tx);
  return rows;
}
