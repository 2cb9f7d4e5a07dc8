import { usablePlaces } from '@fangang/domain/trips/rules.ts';
import { DEFAULT_SETTINGS } from '@fangang/solver/problem.ts';
import type { Tx } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import { copyRows } from '../platform/journal.ts';
import { ticketCodeOf, ticketIndex } from '../trips/ticket-code.ts';
import type { JourneyFold, LegFold, PlayedConvoy, TripFold } from './convoy.ts';
import { type Filling, itemOf } from './filling.ts';
import type { AccountNo, Moment, SampleTrip, TripStop, World } from './world.ts';
import { ledgerOf } from './write-people.ts';

/** What is fixed about the trips before any of them is played. */
export interface TripNames {
  /** By index of the trip: as the planner would call it. */
  readonly codes: readonly string[];
  /** Staff who runs a district's trips, by its 12-digit code. */
  readonly dispatchers: ReadonlyMap<string, string>;
  /** Readings of pick-ups, by area. */
  readonly pinyin: ReadonlyMap<string, string>;
}

type Row = Readonly<Record<string, unknown>>;

/** The state rows of some trips. */
export interface TripRows {
  readonly trips: readonly Row[];
  readonly stops: readonly Row[];
  readonly itineraries: readonly Row[];
  readonly legs: readonly Row[];
  readonly packs: readonly Row[];
  readonly handovers: readonly Row[];
}

/** Tables in the order that their references ask. */
const TABLES = [
  ['trips', 'trips_trip'],
  ['stops', 'trips_stop'],
  ['itineraries', 'trips_itinerary'],
  ['legs', 'trips_leg'],
  ['packs', 'trips_pack_issue'],
  ['handovers', 'trips_handover'],
] as const;

/** Writes the rows; all rows of a table have the same columns. */
export async function addTripRows(tx: Tx, rows: TripRows): Promise<void> {
  for (const [name, table] of TABLES) {
    const first = rows[name][0];
    if (first) await copyRows(tx, table, Object.keys(first), rows[name]);
  }
}

/** What a convoy has come to, as rows. */
export function tripRowsOf(it: Filling, names: TripNames, played: PlayedConvoy): TripRows {
  return {
    trips: played.trips.map((trip) => tripRow(it, names, trip)),
    stops: played.trips.flatMap((trip) => stopRows(it, names, trip)),
    itineraries: played.journeys.map((journey) => itineraryRow(it, journey)),
    legs: played.journeys.flatMap((journey) => journey.legs.map((leg) => legRow(it, leg))),
    packs: played.journeys.flatMap((journey) => journey.legs.flatMap((leg) => packRows(it, leg))),
    handovers: played.trips.flatMap((trip) => handoverRows(it, trip)),
  };
}

/** Places of a trip that may be taken. */
export function capOf({ season }: Filling, trip: SampleTrip): number {
  return usablePlaces(trip.places, season.settings, {
    road: trip.mode === 'charterBus',
    main: trip.role === 'main',
  });
}

/** Somebody has a way once the last of its trips is committed. */
export function madeAt({ world }: Filling, journey: JourneyFold): Moment {
  const committed = journey.legs.map((leg) => itemOf(world.trips, leg.trip).committedAt);
  return itemOf(committed.sort(), committed.length - 1);
}

/** The account that signs at a stop: that of the gate's employer. */
export function signerOf(world: World, trip: SampleTrip, stop: number): AccountNo {
  const { gate } = itemOf(trip.stops, stop);
  if (gate === null) throw new Error(`nobody signs at stop ${stop} of ${trip.code}`);
  return itemOf(world.employers, itemOf(world.gates, gate).employer).account;
}

function tripRow(it: Filling, names: TripNames, fold: TripFold): Row {
  const { world, ids, season } = it;
  const trip = itemOf(world.trips, fold.no);
  const live = fold.legs.filter((leg) => leg.live);
  const onWheels = live.filter((leg) => usesWheelchair(world, leg));
  return {
    id: ids.trips[fold.no],
    season: season.id,
    area: trip.area,
    code: names.codes[fold.no],
    role: trip.role,
    mode: trip.mode,
    status: fold.door.status,
    day: trip.date,
    depart_at: itemOf(trip.stops, 0).departAt,
    arrive_at: itemOf(trip.stops, trip.stops.length - 1).arriveAt,
    vehicle_id: trip.vehicle === null ? null : ids.vehicles[trip.vehicle],
    driver_ids: trip.drivers.map((no) => ids.drivers[no]),
    drivers: trip.drivers.length,
    plate: trip.vehicle === null ? null : itemOf(world.vehicles, trip.vehicle).plate,
    places: trip.places,
    cap: capOf(it, trip),
    sold: live.length,
    bays: trip.wheelchairBays,
    bays_sold: onWheels.length,
    allotment_id: trip.allotment === null ? null : ids.allotments[trip.allotment],
    escort_id: trip.escort === null ? null : ids.accounts[trip.escort],
    distance_m: trip.distanceM,
    cost_fen: costFen(world, trip, live.length),
    rests: [],
    version: 1,
    published_at: trip.publishedAt,
  };
}

/** A whole train, plane or carriage is paid for, of tickets those that are used; a coach at the planner's prices. */
function costFen(world: World, trip: SampleTrip, sold: number): number {
  if (trip.allotment !== null) {
    const { fareFen, places } = itemOf(world.allotments, trip.allotment);
    return fareFen * (trip.mode === 'railTickets' ? sold : places);
  }
  const { busFixedFen, busPerKmFen } = DEFAULT_SETTINGS;
  const size = trip.places / 49;
  return Math.round(busFixedFen * size + (busPerKmFen * (0.4 + 0.6 * size) * trip.distanceM) / 1000);
}

function usesWheelchair(world: World, leg: LegFold): boolean {
  return itemOf(world.persons, itemOf(world.itineraries, leg.itinerary).person).wheelchair;
}

function stopRows(it: Filling, names: TripNames, fold: TripFold): Row[] {
  const { world, ids } = it;
  const trip = itemOf(world.trips, fold.no);
  return trip.stops.map((stop, no) => {
    const times = itemOf(fold.stops, no);
    const gate = stop.gate === null ? null : itemOf(world.gates, stop.gate);
    return {
      trip_id: ids.trips[fold.no],
      no,
      area: trip.area,
      kind: stop.kind,
      name: stop.name,
      pinyin: pinyinOf(it, names, stop),
      place_area: stop.area,
      gate_id: stop.gate === null ? null : ids.gates[stop.gate],
      employer_id: gate === null ? null : ids.employers[gate.employer],
      lon: stop.lon,
      lat: stop.lat,
      arrive_at: stop.arriveAt,
      depart_at: stop.departAt,
      opened_at: times.openedAt,
      departed_at: times.departedAt,
      arrived_at: times.arrivedAt,
      heads: times.heads,
      signed_at: times.signedAt,
    };
  });
}

function pinyinOf({ world, reading }: Filling, names: TripNames, stop: TripStop): string {
  if (stop.gate !== null)
    return reading.firm(itemOf(world.employers, itemOf(world.gates, stop.gate).employer).name);
  return names.pinyin.get(stop.area ?? '') ?? reading.place(stop.name);
}

function itineraryRow(it: Filling, journey: JourneyFold): Row {
  const { world, ids, secrets, season } = it;
  const { person, wish } = itemOf(world.itineraries, journey.no);
  const resident = itemOf(world.persons, person);
  const id = itemOf(ids.itineraries, journey.no);
  return {
    id,
    season: season.id,
    person_id: ids.persons[person],
    identity: ids.identities[person],
    wish_id: ids.wishes[wish],
    area: resident.village,
    ledger_office: ledgerOf(it, resident),
    party: ids.parties[itemOf(world.wishes, wish).party],
    status: journey.status,
    broken_reason: journey.reason,
    ticket_index: ticketIndex(ticketCodeOf(secrets, id)),
    made_at: madeAt(it, journey),
  };
}

function legRow(it: Filling, leg: LegFold): Row {
  const { world, ids, season } = it;
  const { person } = itemOf(world.itineraries, leg.itinerary);
  const resident = itemOf(world.persons, person);
  const trip = itemOf(world.trips, leg.trip);
  const seat = itemOf(trip.passengers, leg.passenger);
  const { gate } = itemOf(trip.stops, seat.alight);
  return {
    id: leg.id,
    season: season.id,
    itinerary_id: ids.itineraries[leg.itinerary],
    no: leg.no,
    trip_id: ids.trips[leg.trip],
    person_id: ids.persons[person],
    identity: ids.identities[person],
    area: resident.village,
    ledger_office: ledgerOf(it, resident),
    // Only the leg that ends at an employer's gate is the employer's to see.
    employer_id: gate === null ? null : ids.employers[itemOf(world.gates, gate).employer],
    seat: seat.seat,
    board: seat.board,
    alight: seat.alight,
    wheelchair: resident.wheelchair,
    state: leg.state,
    hold_reason: leg.holdReason,
    boarded_at: leg.boardedAt,
    arrived_at: leg.arrivedAt,
    live: leg.live,
  };
}

function packRows({ world, ids, season }: Filling, leg: LegFold): Row[] {
  if (leg.packAt === null) return [];
  const { person } = itemOf(world.itineraries, leg.itinerary);
  return [
    {
      season: season.id,
      identity: ids.identities[person],
      occasion: 'seat',
      area: itemOf(world.persons, person).village,
      trip_id: ids.trips[leg.trip],
      leg_id: leg.id,
      at: leg.packAt,
    },
  ];
}

function handoverRows({ world, ids }: Filling, fold: TripFold): Row[] {
  const trip = itemOf(world.trips, fold.no);
  return fold.stops.flatMap((times, stop) => {
    if (times.signedAt === null) return [];
    const signer = signerOf(world, trip, stop);
    return [
      {
        id: newId(),
        area: trip.area,
        trip_id: ids.trips[fold.no],
        stop,
        employer_id: ids.employers[itemOf(world.gates, trip.stops[stop]?.gate ?? -1).employer],
        heads: times.signedHeads,
        signed_by: ids.accounts[signer],
        signer_name: itemOf(world.accounts, signer).name,
        at: times.signedAt,
      },
    ];
  });
}
