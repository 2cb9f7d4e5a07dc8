import type { SeasonSettings } from '@fangang/domain/offices/schema.ts';
import { itineraryAfter, itineraryMay } from '@fangang/domain/trips/rules.ts';
import type { DoorEvent, DoorTrip, ItineraryStatus, LegState } from '@fangang/domain/trips/schema.ts';
import { newId } from '../platform/ids.ts';
import type { Ids } from './ids.ts';
import { type PlayedTrip, playTrip, type Told } from './play.ts';
import type { Moment, SampleTrip, TripNo, World } from './world.ts';

/** A main run with its feeders and last miles, and the journeys of its people: nothing in it hangs on another. */
export interface Convoy {
  readonly main: TripNo;
  /** In the order of the world. */
  readonly trips: readonly TripNo[];
  /** Indices of itineraries. */
  readonly itineraries: readonly number[];
}

/** One seat on its way through the record. */
export interface LegFold {
  readonly id: string;
  readonly itinerary: number;
  /** Place in the journey, from 0. */
  readonly no: number;
  readonly trip: TripNo;
  readonly passenger: number;
  readonly final: boolean;
  state: LegState;
  holdReason: string | null;
  boardedAt: Moment | null;
  arrivedAt: Moment | null;
  packAt: Moment | null;
  live: boolean;
}

export interface JourneyFold {
  /** Index of the itinerary. */
  readonly no: number;
  readonly legs: readonly LegFold[];
  status: ItineraryStatus;
  reason: string | null;
}

export interface StopFold {
  openedAt: Moment | null;
  departedAt: Moment | null;
  arrivedAt: Moment | null;
  signedAt: Moment | null;
  heads: number | null;
  /** Heads the employer signed for. */
  signedHeads: number | null;
}

export interface TripFold {
  readonly no: TripNo;
  readonly door: DoorTrip;
  readonly stops: readonly StopFold[];
  /** By index of the passenger. */
  readonly legs: readonly LegFold[];
}

/** Something that happened, in the order of time; `broken` are the journeys it broke. */
export interface Happening extends Told {
  readonly trip: TripNo;
  readonly broken: readonly JourneyFold[];
}

export interface PlayedConvoy {
  readonly trips: readonly TripFold[];
  readonly journeys: readonly JourneyFold[];
  readonly happenings: readonly Happening[];
}

/** The convoys of a world by departure of the first trip. */
export function convoysOf(world: World): Convoy[] {
  const found = new Map<TripNo, { trips: Set<TripNo>; itineraries: number[] }>();
  world.trips.forEach((trip, no) => {
    if (trip.role === 'main') found.set(no, { trips: new Set([no]), itineraries: [] });
  });
  world.itineraries.forEach((itinerary, no) => {
    const main = itinerary.legs.find((leg) => world.trips[leg.trip]?.role === 'main');
    const convoy = main && found.get(main.trip);
    if (!convoy) throw new Error(`itinerary ${no} has no main leg`);
    convoy.itineraries.push(no);
    for (const leg of itinerary.legs) convoy.trips.add(leg.trip);
  });
  return [...found]
    .map(([main, { trips, itineraries }]) => ({
      main,
      trips: [...trips].sort((a, b) => a - b),
      itineraries,
    }))
    .sort((a, b) => (a.trips[0] as number) - (b.trips[0] as number));
}

/** Plays all trips of a convoy through the rules and folds what they answer. */
export function playConvoy(world: World, ids: Ids, convoy: Convoy, settings: SeasonSettings): PlayedConvoy {
  const journeys = convoy.itineraries.map((no) => journeyOf(world, no));
  const seats = new Map<TripNo, LegFold[]>(convoy.trips.map((no) => [no, []]));
  for (const leg of journeys.flatMap((journey) => journey.legs)) {
    (seats.get(leg.trip) as LegFold[])[leg.passenger] = leg;
  }
  const played = convoy.trips.map((no): TripFold & PlayedTrip => {
    const trip = world.trips[no] as SampleTrip;
    const legs = seats.get(no) ?? [];
    const ofTrip = { trip: ids.trips[no] as string, legs: legs.map((leg) => leg.id) };
    return { no, legs, stops: trip.stops.map(untouchedStop), ...playTrip(trip, ofTrip, settings) };
  });
  const journeyOfLeg = new Map(journeys.flatMap((it) => it.legs.map((leg) => [leg.id, it] as const)));
  const happenings = played
    .flatMap((trip) => trip.told.map((told) => ({ told, trip })))
    .sort((a, b) => a.told.at.localeCompare(b.told.at))
    .map(({ told, trip }): Happening => {
      const touched = foldEvent(trip, told.at, told.event).map((leg) => journeyOfLeg.get(leg.id));
      const broken = [...new Set(touched)].filter(
        (it) => it !== undefined && moveOn(it, told.event) === 'broken',
      );
      return { ...told, trip: trip.no, broken: broken as JourneyFold[] };
    });
  for (const trip of played) checkFold(trip);
  return { trips: played, journeys, happenings };
}

function journeyOf(world: World, no: number): JourneyFold {
  const legs = world.itineraries[no]?.legs ?? [];
  return {
    no,
    status: 'seated',
    reason: null,
    legs: legs.map(({ trip, passenger }, i) => ({
      id: newId(),
      itinerary: no,
      no: i,
      trip,
      passenger,
      final: i === legs.length - 1,
      state: 'expected',
      holdReason: null,
      boardedAt: null,
      arrivedAt: null,
      packAt: null,
      live: true,
    })),
  };
}

function untouchedStop(): StopFold {
  return {
    openedAt: null,
    departedAt: null,
    arrivedAt: null,
    signedAt: null,
    heads: null,
    signedHeads: null,
  };
}

/** Writes an event into stops and seats; answers the seats it touched. */
function foldEvent(trip: TripFold, at: Moment, event: DoorEvent): LegFold[] {
  const stop = 'stop' in event ? (trip.stops[event.stop] as StopFold) : untouchedStop();
  switch (event.type) {
    case 'trips.door_opened':
      stop.openedAt = at;
      return [];
    case 'trips.leg_boarded':
      return set(trip, [event.leg], {
        state: 'boarded',
        holdReason: null,
        boardedAt: at,
        ...(event.pack ? { packAt: at } : {}),
      });
    case 'trips.leg_held':
      return set(trip, [event.leg], { state: 'held', holdReason: event.reason });
    case 'trips.leg_boarding_undone':
      return set(trip, [event.leg], { state: 'expected', holdReason: null, boardedAt: null });
    case 'trips.leg_left':
      return set(trip, [event.leg], { state: 'left' });
    case 'trips.heads_counted':
      stop.heads = event.heads;
      return [];
    case 'trips.stop_departed':
      stop.departedAt = at;
      set(trip, event.absent, { state: 'absent' });
      return trip.legs.filter(
        (leg, i) =>
          trip.door.legs[i]?.board === event.stop && (leg.state === 'absent' || leg.state === 'held'),
      );
    case 'trips.stop_arrived':
      stop.arrivedAt = at;
      // Whoever has reached a stop on the way leaves it next: the rules count it as left.
      if (!event.last) stop.departedAt = at;
      return set(trip, event.arrived, { state: 'arrived', arrivedAt: at });
    case 'trips.handover_signed':
      stop.signedAt = at;
      stop.signedHeads = event.heads;
      return trip.legs.filter(
        (leg, i) => leg.state === 'arrived' && trip.door.legs[i]?.alight === event.stop,
      );
    case 'trips.trip_cancelled':
      return set(
        trip,
        trip.legs.map((leg) => leg.id),
        { live: false },
      );
  }
}

function set(trip: TripFold, ids: readonly string[], change: Partial<LegFold>): LegFold[] {
  const chosen = new Set(ids);
  const legs = trip.legs.filter((leg) => chosen.has(leg.id));
  for (const leg of legs) Object.assign(leg, change);
  return legs;
}

/** The status of a journey after an event on one of its legs; answers the new one where it has changed. */
function moveOn(journey: JourneyFold, event: DoorEvent): ItineraryStatus | undefined {
  const status = nextStatus(journey, event);
  if (status === journey.status) return undefined;
  if (!itineraryMay(journey.status, status)) throw new Error(`itinerary ${journey.status} → ${status}`);
  journey.status = status;
  journey.reason = status === 'broken' ? reasonOf(journey) : null;
  return status;
}

/** Who is held is not lost before the bus has left. */
function nextStatus(journey: JourneyFold, event: DoorEvent): ItineraryStatus {
  switch (event.type) {
    case 'trips.trip_cancelled':
    case 'trips.stop_departed':
      return 'broken';
    case 'trips.handover_signed':
      return journey.status === 'arrived' ? 'signedFor' : journey.status;
    default:
      return itineraryAfter(
        journey.status,
        journey.legs.map((leg) => (leg.state === 'held' ? 'expected' : leg.state)),
      );
  }
}

/** The same codes as the door's routes write. */
function reasonOf(journey: JourneyFold): string {
  if (journey.legs.some((leg) => !leg.live)) return 'trip_cancelled';
  return journey.legs.some((leg) => leg.state === 'held') ? 'held_at_door' : 'absent';
}

/** Rows and rules must tell the same (law 8). */
function checkFold(trip: TripFold): void {
  trip.door.legs.forEach((leg, i) => {
    const fold = trip.legs[i];
    if (fold?.state !== leg.state || leg.packed !== (fold.packAt !== null)) {
      throw new Error(`leg ${leg.id}: ${fold?.state} is not ${leg.state}`);
    }
  });
  trip.door.stops.forEach((stop, i) => {
    const fold = trip.stops[i];
    const same =
      fold &&
      stop.opened === (fold.openedAt !== null) &&
      stop.departed === (fold.departedAt !== null) &&
      stop.arrived === (fold.arrivedAt !== null) &&
      stop.signed === (fold.signedAt !== null);
    if (!same) throw new Error(`stop ${i} of trip ${trip.no} is not as the rules have it`);
  });
}
