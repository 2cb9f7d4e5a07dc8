import * as fc from 'fast-check';
import { addMinutes } from '../src/basics/moment.ts';
import { PLAIN_SETTINGS, type SeasonSettings } from '../src/offices/schema.ts';
import { type LegFacts, recordsOf, type TripFacts, type TripRecord } from '../src/trips/journal.ts';
import { itineraryAfter, sell, usablePlaces } from '../src/trips/rules.ts';
import {
  after,
  arrive,
  board,
  cancelTrip,
  countHeads,
  depart,
  hold,
  openDoor,
  signFor,
  undoBoarding,
} from '../src/trips/rules-boarding.ts';
import { giveWay, type Ride } from '../src/trips/rules-itinerary.ts';
import { giveSeats } from '../src/trips/rules-seats.ts';
import type { DoorEvent, DoorTrip, HoldReason, ItineraryStatus } from '../src/trips/schema.ts';

/** One thing somebody tries; which trip, seat and stop it means is a number taken modulo what there is. */
export type Attempt =
  | {
      readonly do: 'seat';
      readonly first: number;
      readonly size: number;
      readonly trip: number;
      readonly feeder: number | null;
    }
  | { readonly do: 'open' | 'depart' | 'arrive' | 'count'; readonly trip: number; readonly stop: number }
  | { readonly do: 'board' | 'undo'; readonly trip: number; readonly leg: number }
  | { readonly do: 'hold'; readonly trip: number; readonly leg: number; readonly reason: HoldReason }
  | { readonly do: 'sign'; readonly trip: number; readonly stop: number; readonly heads: number }
  | { readonly do: 'cancel'; readonly trip: number };

const small = (max: number) => fc.nat({ max });

export const attempts: fc.Arbitrary<Attempt[]> = fc.array(
  fc.oneof(
    {
      weight: 30,
      arbitrary: fc.record({
        do: fc.constant('seat' as const),
        first: small(30),
        size: fc.integer({ min: 1, max: 5 }),
        trip: small(3),
        feeder: fc.option(small(3)),
      }),
    },
    {
      weight: 40,
      arbitrary: fc.record({
        do: fc.constantFrom('open' as const, 'depart' as const, 'arrive' as const, 'count' as const),
        trip: small(3),
        stop: small(3),
      }),
    },
    {
      weight: 80,
      arbitrary: fc.record({
        do: fc.constantFrom('board' as const, 'board' as const, 'undo' as const),
        trip: small(3),
        leg: small(40),
      }),
    },
    {
      weight: 12,
      arbitrary: fc.record({
        do: fc.constant('hold' as const),
        trip: small(3),
        leg: small(40),
        reason: fc.constantFrom('temperature' as const, 'healthCode' as const),
      }),
    },
    {
      weight: 12,
      arbitrary: fc.record({
        do: fc.constant('sign' as const),
        trip: small(3),
        stop: small(3),
        heads: small(60),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const), trip: small(3) }) },
  ),
  { minLength: 60, maxLength: 260, size: 'max' },
);

export const settingsArbitrary: fc.Arbitrary<SeasonSettings> = fc
  .record({
    loadCap: fc.constantFrom(0.5, 0.8, 1),
    observationRows: fc.constantFrom(0, 2),
    giftPack: fc.boolean(),
  })
  .map((it) => ({ ...PLAIN_SETTINGS, ...it }));

interface Way {
  readonly identity: number;
  readonly legs: readonly { readonly leg: string; readonly trip: number }[];
  status: ItineraryStatus;
}

export interface Row extends TripRecord {
  readonly at: string;
  readonly seq: number;
}

export interface RunTrip {
  door: DoorTrip;
  readonly facts: TripFacts;
  readonly places: number;
  readonly cap: number;
  sold: number;
  readonly legs: Map<string, LegFacts>;
  readonly stops: readonly { readonly place: string; readonly at: string }[];
}

export interface SeasonRun {
  readonly settings: SeasonSettings;
  readonly trips: RunTrip[];
  readonly ways: Way[];
  readonly rows: Row[];
  refused: number;
  accepted: number;
}

const START = '2022-02-12T06:00:00+08:00';
const uuid = (kind: number, n: number): string =>
  `00000000-0000-7000-8${kind}00-${String(n).padStart(12, '0')}`;

/** Two main buses of 19 and 9 places from the hub, two feeders that lead to it: small, so that they fill. */
export function beginRun(settings: SeasonSettings): SeasonRun {
  const trip = (n: number, role: 'main' | 'feeder', places: number, stops: [string, number][]): RunTrip => ({
    facts: { id: uuid(1, n), area: '500156000000', role, mode: 'charterBus' },
    places,
    cap: usablePlaces(places, settings, { road: true, main: role === 'main' }),
    sold: 0,
    legs: new Map(),
    stops: stops.map(([place, minutes]) => ({ place, at: addMinutes(START, minutes) })),
    door: {
      id: uuid(1, n),
      role,
      status: 'published',
      legs: [],
      stops: stops.map(([place], no) => ({
        no,
        kind: place.startsWith('gate') ? 'gate' : 'pickUp',
        opened: false,
        departed: false,
        arrived: false,
        signed: false,
      })),
    },
  });
  return {
    settings,
    trips: [
      trip(0, 'main', 19, [
        ['hub', 180],
        ['town', 240],
        ['gate A', 900],
      ]),
      trip(1, 'main', 9, [
        ['hub', 200],
        ['gate A', 700],
        ['gate B', 900],
      ]),
      trip(2, 'feeder', 7, [
        ['home', 0],
        ['hub', 120],
      ]),
      trip(3, 'feeder', 7, [
        ['home', 60],
        ['hub', 190],
      ]),
    ],
    ways: [],
    rows: [],
    refused: 0,
    accepted: 0,
  };
}

/** Tries one thing through the rules; what they refuse changes nothing. */
export function attempt(run: SeasonRun, it: Attempt): void {
  const done = it.do === 'seat' ? seatParty(run, it) : atDoor(run, it);
  if (done) run.accepted++;
  else run.refused++;
}

function seatParty(run: SeasonRun, it: Extract<Attempt, { do: 'seat' }>): boolean {
  const main = run.trips[it.trip % 2] as RunTrip;
  const feeder = it.feeder === null ? null : (run.trips[2 + (it.feeder % 2)] as RunTrip);
  const people = Array.from({ length: it.size }, (_, i) => (it.first + i) % 30);
  const parts = feeder ? [feeder, main] : [main];
  for (const identity of people) {
    const hasLiveWay = run.ways.some(
      (way) => way.identity === identity && !['broken', 'cancelled'].includes(way.status),
    );
    const answer = giveWay({ hasLiveWay }, parts.map(rideOf), 30);
    if (!answer.ok) return false;
  }
  if (parts.some((trip) => trip.door.status !== 'published' || !sell(trip, it.size).ok)) return false;
  const seats = parts.map((trip) => {
    const taken = new Set(trip.door.legs.map((leg) => leg.seat));
    return giveSeats({ places: trip.places, cap: trip.cap, bays: 0, taken }, [
      { size: it.size, wheelchairs: 0 },
    ])[0];
  });
  if (seats.some((given) => !given)) return false;
  for (const [i, identity] of people.entries())
    seatOne(
      run,
      identity,
      parts,
      seats.map((given) => (given as readonly number[])[i] as number),
    );
  return true;
}

function rideOf(trip: RunTrip): Ride {
  const [first, last] = [trip.stops[0], trip.stops[trip.stops.length - 1]];
  if (!first || !last) throw new Error('a trip has stops');
  return { trip: trip.facts.id, from: first.place, to: last.place, departAt: first.at, arriveAt: last.at };
}

function seatOne(
  run: SeasonRun,
  identity: number,
  parts: readonly RunTrip[],
  seats: readonly number[],
): void {
  giveUpBroken(run, identity);
  const itinerary = uuid(2, run.ways.length);
  const legs = parts.map((trip, i) => {
    const leg = uuid(3, run.ways.length * 2 + i);
    const packed = run.rows.some(
      (row) => row.type === 'trips.pack_issued' && row.data.identity === uuid(4, identity),
    );
    trip.door = {
      ...trip.door,
      legs: [
        ...trip.door.legs,
        {
          id: leg,
          seat: seats[i] as number,
          board: 0,
          alight: trip.stops.length - 1,
          state: 'expected',
          packed,
        },
      ],
    };
    trip.legs.set(leg, {
      id: leg,
      area: '500156101000',
      identity: uuid(4, identity),
      itinerary,
      final: i === parts.length - 1,
    });
    trip.sold += 1;
    return { leg, trip: run.trips.indexOf(trip) };
  });
  run.ways.push({ identity, legs, status: 'seated' });
}

/** A new way takes the place of a broken one: that is cancelled for good, its untaken seats are free again. */
function giveUpBroken(run: SeasonRun, identity: number): void {
  for (const way of run.ways) {
    if (way.identity !== identity || way.status !== 'broken') continue;
    way.status = 'cancelled';
    for (const { leg, trip } of way.legs) {
      const it = run.trips[trip] as RunTrip;
      const untaken = it.door.legs.filter(
        (one) => one.id === leg && ['expected', 'held', 'absent'].includes(one.state),
      );
      if (untaken.length === 0) continue;
      it.door = { ...it.door, legs: it.door.legs.filter((one) => one.id !== leg) };
      it.sold -= 1;
    }
  }
}

/** Mostly the stop whose turn it is, so that trips get on; now and then (3) any other, to be refused. */
function stopMeant(door: DoorTrip, what: Attempt['do'], asked: number): number {
  if (asked === 3) return asked % door.stops.length;
  const next =
    what === 'arrive'
      ? door.stops.find((it) => it.no > 0 && !it.arrived)
      : what === 'sign'
        ? door.stops.find((it) => it.kind === 'gate' && !it.signed)
        : door.stops.find((it) => !it.departed);
  return next?.no ?? 0;
}

function decide(run: SeasonRun, it: Exclude<Attempt, { do: 'seat' }>, trip: RunTrip): DoorEvent | null {
  const { door } = trip;
  const leg = 'leg' in it ? (door.legs[it.leg % Math.max(1, door.legs.length)]?.id ?? 'nobody') : '';
  const stop = 'stop' in it ? stopMeant(door, it.do, it.stop) : 0;
  const answer =
    it.do === 'open'
      ? openDoor(door, stop)
      : it.do === 'depart'
        ? depart(door, stop)
        : it.do === 'arrive'
          ? arrive(door, stop)
          : it.do === 'count'
            ? countHeads(door, stop, 7)
            : it.do === 'board'
              ? board(
                  door,
                  leg,
                  {
                    temperatureC: null,
                    healthCodeGreen: null,
                    travelCodeGreen: null,
                    mask: null,
                    pack: true,
                  },
                  run.settings,
                )
              : it.do === 'undo'
                ? undoBoarding(door, leg)
                : it.do === 'hold'
                  ? hold(door, leg, it.reason)
                  : it.do === 'sign'
                    ? signFor(door, stop, it.heads)
                    : cancelTrip(door, 'snow');
  return answer.ok ? answer.value : null;
}

function atDoor(run: SeasonRun, it: Exclude<Attempt, { do: 'seat' }>): boolean {
  const trip = run.trips[it.trip % run.trips.length] as RunTrip;
  const event = decide(run, it, trip);
  if (!event) return false;
  const at = addMinutes(START, Math.floor(run.rows.length / 3));
  trip.door = after(trip.door, event);
  for (const record of recordsOf(trip.facts, trip.legs, event, 0))
    run.rows.push({ ...record, at, seq: run.rows.length });
  for (const way of run.ways) way.status = statusOf(run, way);
  return true;
}

function statusOf(run: SeasonRun, way: Way): ItineraryStatus {
  if (way.status === 'cancelled') return 'cancelled';
  const doors = way.legs.map(({ trip }) => (run.trips[trip] as RunTrip).door);
  if (doors.some((door) => door.status === 'cancelled')) return 'broken';
  const states = way.legs.map(
    ({ leg }, i) => doors[i]?.legs.find((it) => it.id === leg)?.state ?? 'expected',
  );
  const status = itineraryAfter(way.status === 'broken' ? 'seated' : way.status, states);
  const last = way.legs[way.legs.length - 1];
  const gate = last && (run.trips[last.trip] as RunTrip).door.stops.at(-1);
  return status === 'arrived' && gate?.kind === 'gate' && gate.signed ? 'signedFor' : status;
}
