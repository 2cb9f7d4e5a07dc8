import { type Draft, emptyDraft } from './draft.ts';
import { makeOpenDays } from './open-days.ts';
import { makeRecord } from './record.ts';
import { makeChangshouRegister, makeEarlierSeasons, makeNeeds, makeReserves } from './register.ts';
import { CLOCK, SEASONS } from './season.ts';
import { CITY, makeEmployers, makeOffices } from './staff.ts';
import type { SampleItinerary, SampleTrip, World, WorldOptions } from './world.ts';

/**
 * *Chongqing, spring 2022*, from a seed: the same options give the same world on every machine.
 *
 * About 35,000 people at scale 1, made in a second or two. Throws where the areas lack one of the 38 districts or
 * the scale lies outside 0.05…10. Source: docs/adr/0004-sample-season.md.
 */
export function makeWorld(options: WorldOptions): World {
  if (!(options.scale >= 0.05 && options.scale <= 10))
    throw new RangeError('the scale of a sample lies between 0.05 and 10');
  const draft = emptyDraft(options);
  makeOffices(draft);
  makeEmployers(draft);
  makeRecord(draft);
  makeOpenDays(draft);
  makeChangshouRegister(draft);
  makeReserves(draft);
  makeNeeds(draft);
  makeEarlierSeasons(draft);
  return finished(draft);
}

function finished(draft: Draft): World {
  const { trips, itineraries } = inOrderOfTime(draft);
  leaveOneUnsigned(trips);
  return {
    seed: draft.seed,
    scale: draft.scale,
    clock: CLOCK,
    city: CITY,
    seasons: SEASONS,
    offices: draft.offices,
    accounts: draft.accounts,
    destinations: draft.destinations,
    employers: draft.employers,
    gates: draft.gates,
    carriers: draft.carriers,
    vehicles: draft.vehicles,
    drivers: draft.drivers,
    allotments: draft.allotments,
    fleetDays: draft.fleetDays,
    households: draft.households,
    persons: draft.persons,
    wishes: draft.wishes,
    needs: draft.needs,
    trips,
    itineraries,
  };
}

/** Trips by first departure, with the itineraries following their new numbers. */
function inOrderOfTime(draft: Draft): { trips: SampleTrip[]; itineraries: SampleItinerary[] } {
  const order = draft.trips
    .map((_, i) => i)
    .sort((a, b) => leaves(draft, a).localeCompare(leaves(draft, b)) || a - b);
  const place = new Map(order.map((from, to) => [from, to]));
  return {
    trips: order.map((i) => draft.trips[i] as SampleTrip),
    itineraries: draft.itineraries.map((it) => ({
      ...it,
      legs: it.legs.map((leg) => ({ ...leg, trip: place.get(leg.trip) ?? leg.trip })),
    })),
  };
}

function leaves(draft: Draft, trip: number): string {
  return draft.trips[trip]?.stops[0]?.departAt ?? '';
}

/** At any moment somebody stands at a gate with the form still to be signed: the latest to have arrived. */
function leaveOneUnsigned(trips: SampleTrip[]): void {
  let latest = -1;
  let arrivedAt = '';
  trips.forEach((trip, i) => {
    const last = trip.stops.length - 1;
    if (trip.stops[last]?.kind !== 'gate') return;
    const arrival = trip.acts.find((act) => act.type === 'arrived' && act.stop === last);
    if (arrival && arrival.at > arrivedAt) {
      latest = i;
      arrivedAt = arrival.at;
    }
  });
  const trip = trips[latest];
  if (!trip) return;
  const last = trip.stops.length - 1;
  trips[latest] = { ...trip, acts: trip.acts.filter((act) => !(act.type === 'signed' && act.stop === last)) };
}
