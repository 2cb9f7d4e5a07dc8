import {
  itineraryBroken,
  itinerarySeated,
  type LegFacts,
  recordsOf,
  type TripFacts,
  type TripRecord,
  tripCommitted,
  tripPublished,
} from '@fangang/domain/trips/journal.ts';
import type { DoorEvent } from '@fangang/domain/trips/schema.ts';
import { noteUnplaced } from '../people/store-wishes.ts';
import { newId } from '../platform/ids.ts';
import { type Convoy, convoysOf, type JourneyFold, type PlayedConvoy, playConvoy } from './convoy.ts';
import { type Filling, itemOf, partsOf } from './filling.ts';
import { addRecords, type RecordRow } from './store.ts';
import {
  addTripRows,
  capOf,
  madeAt,
  signerOf,
  type TripNames,
  type TripRows,
  tripRowsOf,
} from './trip-rows.ts';
import type { Moment, SampleTrip, TripNo } from './world.ts';

const CONVOYS_AT_ONCE = 40;

/**
 * The record of all trips in the order of time: each convoy is played through the rules of the door, and what they answer is written as
 * journal and rows together.
 */
export async function writeTrips(
  it: Filling,
  names: TripNames,
  shares: readonly [from: number, to: number],
): Promise<void> {
  const convoys = convoysOf(it.world);
  for (const { from, items } of partsOf(convoys, CONVOYS_AT_ONCE)) {
    await it.transaction(async (tx) => {
      const all = items.map((convoy) => writeConvoy(it, names, convoy));
      await addTripRows(tx, joined(all.map((one) => one.rows)));
      const records = all.flatMap((one) => one.records);
      await addRecords(
        tx,
        records.sort((a, b) => a.at.localeCompare(b.at)),
      );
      await noteUnplaced(
        tx,
        all.flatMap((one) => one.unplaced),
      );
    });
    const done = (from + items.length) / convoys.length;
    await it.tell(shares[0] + (shares[1] - shares[0]) * done);
  }
}

function joined(all: readonly TripRows[]): TripRows {
  return {
    trips: all.flatMap((it) => it.trips),
    stops: all.flatMap((it) => it.stops),
    itineraries: all.flatMap((it) => it.itineraries),
    legs: all.flatMap((it) => it.legs),
    packs: all.flatMap((it) => it.packs),
    handovers: all.flatMap((it) => it.handovers),
  };
}

function writeConvoy(it: Filling, names: TripNames, convoy: Convoy) {
  const played = playConvoy(it.world, it.ids, convoy, it.season.settings);
  const broken = played.happenings.flatMap((one) =>
    one.broken.map((journey) => ({ journey, trip: one.trip })),
  );
  return {
    played,
    rows: tripRowsOf(it, names, played),
    records: recordsOfConvoy(it, names, convoy, played),
    unplaced: broken.map(({ journey, trip }) => ({
      wish: itemOf(it.ids.wishes, itemOf(it.world.itineraries, journey.no).wish),
      reason: journey.reason ?? '',
      numbers: { trip: itemOf(names.codes, trip) },
      remedy: 'next_run',
      owner: names.dispatchers.get(itemOf(it.world.trips, trip).area) ?? null,
    })),
  };
}

/** The journal of a convoy in the order of time; one key for each trip, its events counted from 0. */
function recordsOfConvoy(it: Filling, names: TripNames, convoy: Convoy, played: PlayedConvoy): RecordRow[] {
  const legs = legFactsOf(it, played);
  const told: { at: Moment; actor: string; trip: TripNo; record: TripRecord }[] = [];
  for (const no of convoy.trips) told.push(...beginningsOf(it, names, no));
  for (const journey of played.journeys) told.push(seatedOf(it, names, convoy, journey));
  for (const { at, event, aboard, trip, broken } of played.happenings) {
    const actor = actorOf(it, names, trip, event);
    const records = recordsOf(tripFactsOf(it, trip), legs, event, aboard);
    for (const journey of broken) records.push(itineraryBroken(factsOf(it, journey), journey.reason ?? ''));
    for (const record of records) told.push({ at, actor, trip, record });
  }
  const keys = new Map(convoy.trips.map((no) => [no, { key: newId(), next: 0 }]));
  return told
    .sort((a, b) => a.at.localeCompare(b.at))
    .map(({ at, actor, trip, record }) => {
      const count = keys.get(trip) as { key: string; next: number };
      return { at, actor, key: count.key, ordinal: count.next++, season: it.season.id, ...record };
    });
}

function tripFactsOf({ world, ids }: Filling, no: TripNo): TripFacts {
  const { area, role, mode } = itemOf(world.trips, no);
  return { id: itemOf(ids.trips, no), area, role, mode };
}

function factsOf({ world, ids }: Filling, { no }: JourneyFold) {
  const { person } = itemOf(world.itineraries, no);
  return {
    id: itemOf(ids.itineraries, no),
    area: itemOf(world.persons, person).village,
    identity: itemOf(ids.identities, person),
  };
}

function legFactsOf(it: Filling, played: PlayedConvoy): Map<string, LegFacts> {
  return new Map(
    played.journeys.flatMap((journey) => {
      const { id, area, identity } = factsOf(it, journey);
      return journey.legs.map((leg) => [
        leg.id,
        { id: leg.id, area, identity, itinerary: id, final: leg.final },
      ]);
    }),
  );
}

function beginningsOf(it: Filling, names: TripNames, no: TripNo) {
  const trip = itemOf(it.world.trips, no);
  const facts = tripFactsOf(it, no);
  const actor = dispatcherOf(names, trip);
  const room = { places: trip.places, cap: capOf(it, trip), day: trip.date };
  return [
    { at: trip.committedAt, actor, trip: no, record: tripCommitted(facts, room) },
    { at: trip.publishedAt, actor, trip: no, record: tripPublished(facts) },
  ];
}

function seatedOf(it: Filling, names: TripNames, convoy: Convoy, journey: JourneyFold) {
  const { world, ids } = it;
  const legs = journey.legs.map((leg) => {
    const trip = itemOf(world.trips, leg.trip);
    return {
      leg: leg.id,
      trip: itemOf(ids.trips, leg.trip),
      seat: itemOf(trip.passengers, leg.passenger).seat,
      role: trip.role,
      mode: trip.mode,
    };
  });
  const wish = itemOf(ids.wishes, itemOf(world.itineraries, journey.no).wish);
  return {
    at: madeAt(it, journey),
    actor: dispatcherOf(names, itemOf(world.trips, convoy.main)),
    trip: convoy.main,
    record: itinerarySeated({ ...factsOf(it, journey), wish, legs }),
  };
}

/** Who acts: the employer signs, the escort is at the door, the district's dispatcher for the rest. */
function actorOf({ world, ids }: Filling, names: TripNames, no: TripNo, event: DoorEvent): string {
  const trip = itemOf(world.trips, no);
  if (event.type === 'trips.handover_signed') return itemOf(ids.accounts, signerOf(world, trip, event.stop));
  if (trip.escort === null || event.type === 'trips.trip_cancelled') return dispatcherOf(names, trip);
  return itemOf(ids.accounts, trip.escort);
}

function dispatcherOf(names: TripNames, trip: SampleTrip): string {
  const found = names.dispatchers.get(trip.area);
  if (!found) throw new Error(`nobody dispatches in ${trip.area}`);
  return found;
}
