import { addMinutes } from '@fangang/domain/basics/moment.ts';
import { ticketIndex } from '../src/trips/ticket-code.ts';
import type { RowFacts } from './oracle.ts';
import { EARLIER, type Gate, type Maker, type Row, SEASON, type WorldTrip } from './world-maker.ts';

interface Rider {
  readonly person: string;
  readonly identity: string;
  readonly area: string;
  readonly ledger: string | null;
  readonly wish: string;
  readonly way: string;
  readonly code: string;
  readonly leg: string;
  readonly gate: number;
}

/** A run that still takes people. */
export interface OpenTrip extends WorldTrip {
  readonly gates: readonly [Gate, Gate];
  readonly escort: string;
  readonly fleet: Fleet;
  readonly riders: Rider[];
}

export interface Fleet {
  readonly vehicle: string;
  readonly driver: string;
}

/** What a district hires: a coach with its driver, places on a train. */
export function addFleet(maker: Maker, area: string): Fleet {
  const { canaries } = maker;
  const [carrier, vehicle, driver, allotment] = [maker.id(), maker.id(), maker.id(), maker.id()];
  const of = (table: string) => maker.facts(table, { area });
  const text = (table: string) => canaries.text(of(table));
  const day = '2022-02-14';
  maker.put('trips_carrier', { id: carrier, area, name: text('trips_carrier') });
  const seats = { seats: 49, wheelchair_bays: 1 };
  maker.put('trips_vehicle', {
    id: vehicle,
    area,
    carrier_id: carrier,
    plate: text('trips_vehicle'),
    ...seats,
  });
  const phone_sealed = maker.sealedPhone('trips_driver', 'phone_sealed', driver, of('trips_driver'));
  maker.put('trips_driver', {
    id: driver,
    area,
    carrier_id: carrier,
    name: text('trips_driver'),
    phone_sealed,
  });
  maker.put('trips_fleet', {
    id: maker.id(),
    area,
    season: SEASON,
    day,
    carrier_id: carrier,
    count: 2,
    ...seats,
  });
  maker.put('trips_allotment', {
    ...{ id: allotment, area, season: SEASON, mode: 'reservedCarriage', day, places: 40, fare_fen: 30_000 },
    number: text('trips_allotment'),
    carriage: text('trips_allotment'),
    from_name: text('trips_allotment'),
    to_name: text('trips_allotment'),
    ...{ from_lon: 106.5, from_lat: 29.5, to_lon: 114.1, to_lat: 22.6 },
    ...{ depart_at: `${day}T09:00:00+08:00`, arrive_at: `${day}T19:00:00+08:00` },
  });
  canaries.note(carrier, of('trips_carrier'));
  canaries.note(driver, of('trips_driver'));
  canaries.note(allotment, of('trips_allotment'));
  return { vehicle, driver };
}

export function openTrip(
  maker: Maker,
  it: Pick<OpenTrip, 'area' | 'kind' | 'gates' | 'escort' | 'fleet'>,
): OpenTrip {
  const trip: OpenTrip = { ...it, id: maker.id(), riders: [] };
  maker.trips.push({ id: trip.id, area: trip.area, kind: trip.kind });
  return trip;
}

/** Whose the rows of a seat are. */
export function facesOf(trip: OpenTrip, it: Omit<Rider, 'gate'>): Omit<RowFacts, 'of'> {
  const gate = trip.gates[trip.riders.length % 2] as Gate;
  return { area: it.area, ledger: it.ledger, employers: [gate.employer], ways: [it.way], actor: null };
}

/** Gives a person the next seat, to the two gates in turn. */
export function seat(maker: Maker, trip: OpenTrip, it: Omit<Rider, 'gate'>): void {
  const whose = facesOf(trip, it);
  const rider = { ...it, gate: trip.riders.length % 2 };
  trip.riders.push(rider);
  trip.gates[rider.gate]?.ways.push(it.way);
  const { canaries } = maker;
  canaries.note(it.way, maker.facts('trips_itinerary', whose));
  canaries.note(it.leg, maker.facts('trips_leg', whose));
  const isClosed = trip.kind === 'closed';
  const same = {
    season: SEASON,
    person_id: it.person,
    identity: it.identity,
    area: it.area,
    ledger_office: it.ledger,
  };
  maker.put('trips_itinerary', {
    ...same,
    ...{ id: it.way, wish_id: it.wish, party: it.wish, status: isClosed ? 'signedFor' : 'seated' },
    ...{ ticket_index: ticketIndex(it.code), made_at: EARLIER },
  });
  maker.put('trips_leg', {
    ...same,
    ...{
      id: it.leg,
      itinerary_id: it.way,
      no: 0,
      trip_id: trip.id,
      employer_id: trip.gates[rider.gate]?.employer,
    },
    ...{
      seat: trip.riders.length,
      board: trip.riders.length % 2,
      alight: 2 + rider.gate,
      wheelchair: false,
      live: true,
    },
    ...{
      state: isClosed ? 'arrived' : 'expected',
      boarded_at: isClosed ? EARLIER : null,
      arrived_at: isClosed ? EARLIER : null,
    },
  });
  const legs = [{ leg: it.leg, trip: trip.id, seat: trip.riders.length, role: 'main', mode: 'charterBus' }];
  const seated = { identity: it.identity, wish: it.wish, legs };
  maker.event({ subject: it.way, type: 'trips.itinerary_seated', area: it.area, data: seated });
}

const DEPARTS: Readonly<Record<WorldTrip['kind'], string>> = {
  published: '2022-02-13T08:00:00+08:00',
  boarding: '2022-02-12T08:00:00+08:00',
  closed: '2022-02-09T08:00:00+08:00',
};

/** Writes a run once all its people are seated: now it is known whom it concerns. */
export function writeTrip(maker: Maker, trip: OpenTrip, towns: readonly string[]): void {
  const { canaries } = maker;
  const { area, kind, id } = trip;
  const ways = trip.riders.map((it) => it.way);
  const employers = trip.gates.map((it) => it.employer);
  // Whoever has people aboard sees how far they have come.
  const ledger = trip.riders.find((it) => it.ledger !== null)?.ledger ?? null;
  const faces = { area, employers, ways, ledger };
  const of = maker.facts('trips_trip', faces);
  canaries.note(id, of);
  const departAt = DEPARTS[kind];
  maker.put('trips_trip', {
    ...{ id, season: SEASON, area, code: canaries.text(of), role: 'main', mode: 'charterBus', status: kind },
    ...{ day: departAt.slice(0, 10), depart_at: departAt, arrive_at: addMinutes(departAt, 1500) },
    ...{
      vehicle_id: trip.fleet.vehicle,
      driver_ids: [trip.fleet.driver],
      drivers: 2,
      plate: canaries.text(maker.facts('trips_trip.plate', faces)),
    },
    ...{
      places: 49,
      cap: 45,
      sold: trip.riders.length,
      bays: 1,
      bays_sold: 0,
      escort_id: trip.escort,
      rests: [],
    },
    ...{ distance_m: 1_400_000, cost_fen: 900_000, version: 1, published_at: EARLIER },
  });
  const passed = kind === 'closed' ? addMinutes(departAt, 30) : null;
  const stop = (no: number, it: Row, whose: RowFacts): Row => ({
    ...{ trip_id: id, no, area, name: canaries.text(whose), pinyin: canaries.text(whose), lon: 109, lat: 31 },
    ...{ arrive_at: addMinutes(departAt, no * 60), depart_at: addMinutes(departAt, no * 60) },
    ...{
      opened_at: passed ?? (kind === 'boarding' && no === 0 ? departAt : null),
      departed_at: passed,
      arrived_at: passed,
      signed_at: passed,
    },
    ...it,
  });
  const home = maker.facts('trips_stop', { area, ways, ledger });
  for (const no of [0, 1]) maker.put('trips_stop', stop(no, { kind: 'pickUp', place_area: towns[no] }, home));
  trip.gates.forEach((gate, i) => {
    const whose = maker.facts('trips_stop', { area, ways, ledger, employers: [gate.employer] });
    maker.put(
      'trips_stop',
      stop(2 + i, { kind: 'gate', gate_id: gate.gate, employer_id: gate.employer }, whose),
    );
    if (passed) addHandover(maker, trip, i, passed);
  });
  if (passed) writeRun(maker, trip, passed);
}

function addHandover(maker: Maker, trip: OpenTrip, i: number, at: string): void {
  const gate = trip.gates[i] as Gate;
  const of = maker.facts('trips_handover', { area: trip.area, employers: [gate.employer] });
  const heads = trip.riders.filter((it) => it.gate === i).length;
  maker.put('trips_handover', {
    ...{
      id: maker.id(),
      area: trip.area,
      trip_id: trip.id,
      stop: 2 + i,
      employer_id: gate.employer,
      heads,
      at,
    },
    ...{
      signed_by: maker.id(),
      signer_name: maker.canaries.text(of),
      signature: null,
      note: maker.canaries.text(of),
    },
  });
}

/** What the journal says of a run that is over. */
function writeRun(maker: Maker, trip: OpenTrip, at: string): void {
  const run = { role: 'main', mode: 'charterBus' };
  const aboard = trip.riders.length;
  for (const it of trip.riders) {
    const data = { trip: trip.id, tripArea: trip.area, ...run, identity: it.identity, itinerary: it.way };
    const { leg: subject, area } = it;
    maker.event({ subject, type: 'trips.leg_boarded', area, at, data: { ...data, pack: true, late: false } });
    maker.event({ subject, type: 'trips.pack_issued', area, at, data: { ...data, occasion: 'seat' } });
    const arrived = { ...data, stop: 2 + it.gate, final: true };
    maker.event({ subject, type: 'trips.leg_arrived', area, at: addMinutes(at, 1), data: arrived });
    const pack = {
      season: SEASON,
      identity: it.identity,
      occasion: 'seat',
      area,
      trip_id: trip.id,
      leg_id: it.leg,
      at,
    };
    maker.put('trips_pack_issue', pack);
  }
  const { id: subject, area } = trip;
  maker.event({
    subject,
    type: 'trips.stop_departed',
    area,
    at,
    data: { ...run, stop: 1, absent: 0, aboard },
  });
  for (const stop of [2, 3]) {
    const said = { ...run, stop, heads: aboard, expected: aboard };
    maker.event({ subject, type: 'trips.handover_signed', area, at: addMinutes(at, 2), data: said });
  }
}
