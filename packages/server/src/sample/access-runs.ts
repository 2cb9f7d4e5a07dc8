import type { Random } from '@fangang/solver/random.ts';
import { perform } from './acts.ts';
import { type District, type Draft, push } from './draft.ts';
import { hireDrivers, hireVehicle } from './hire.ts';
import type { Party } from './parties.ts';
import { capacityOf, SEASON } from './season.ts';
import { DAY_S, dayOf, HOUR, MINUTE, momentOf, type Seconds } from './time.ts';
import { decided, fatesOf, lengthOf, manifest } from './trip-parts.ts';
import type { GateNo, TripStop } from './world.ts';

/** A coach before or after the main leg, and who is on it. */
export interface Leg {
  readonly trip: number;
  readonly parties: ReadonlySet<Party>;
}

export interface AccessOrder {
  readonly role: 'feeder' | 'lastMile';
  readonly district: District;
  /** Day of the main leg. */
  readonly planned: string;
  /** Only people who come to the main leg. */
  readonly group: readonly Party[];
  readonly from: End;
  readonly to: End;
  readonly gate: GateNo | null;
  readonly depart: Seconds;
  readonly arrive: Seconds;
  readonly code: string;
}

interface End {
  readonly name: string;
  readonly area: string | null;
  readonly lon: number;
  readonly lat: number;
}

/** One run between a town, a pick-up or station and a gate. It is no run in the figures (docs/adr/0003-counting-rules.md). */
export function accessRun(draft: Draft, random: Random, it: AccessOrder): Leg {
  const passengers = manifest(
    it.group,
    () => 0,
    () => 1,
  );
  const seats = ([19, 35, 49, 55] as const).find((size) => capacityOf(size) >= passengers.length) ?? 55;
  const acts = perform(random, {
    role: it.role,
    passengers,
    fates: fatesOf(it.group),
    packs: false,
    stops: [
      { arrive: it.depart - 25 * MINUTE, depart: it.depart, pickUp: true, gate: false },
      { arrive: it.arrive, depart: it.arrive + 10 * MINUTE, pickUp: false, gate: it.role === 'lastMile' },
    ],
  });
  // The coach at the other end is the host's: it belongs to no carrier of ours.
  const own = it.role === 'feeder';
  const begin = it.depart - HOUR;
  const stops = endsOf(it);
  const trip = push(draft.trips, {
    season: SEASON,
    role: it.role,
    mode: 'charterBus',
    area: it.district.code,
    code: it.code,
    date: dayOf(it.depart),
    vehicle: own ? hireVehicle(draft, it.district, seats, 0, begin, it.arrive + 3 * HOUR) : null,
    allotment: null,
    places: seats,
    wheelchairBays: 0,
    drivers: own ? hireDrivers(draft, it.district, 1, begin, it.arrive + DAY_S / 2) : [],
    stops,
    distanceM: lengthOf(stops),
    passengers,
    escort: null,
    ...decided(random, it.planned),
    acts,
  });
  return { trip, parties: new Set(it.group) };
}

function endsOf(it: AccessOrder): TripStop[] {
  const feeder = it.role === 'feeder';
  return [
    {
      ...it.from,
      kind: feeder ? 'pickUp' : 'station',
      gate: null,
      arriveAt: momentOf(it.depart - 25 * MINUTE),
      departAt: momentOf(it.depart),
    },
    {
      ...it.to,
      kind: it.gate !== null ? 'gate' : it.to.area === null ? 'station' : 'pickUp',
      gate: it.gate,
      arriveAt: momentOf(it.arrive),
      departAt: momentOf(it.arrive + 10 * MINUTE),
    },
  ];
}

/** Parties in loads that a coach of 55 takes. */
export function inLoads(parties: readonly Party[]): Party[][] {
  const loads: Party[][] = [];
  let room = 0;
  for (const party of parties) {
    if (room < party.people.length) {
      loads.push([]);
      room = capacityOf(55);
    }
    loads[loads.length - 1]?.push(party);
    room -= party.people.length;
  }
  return loads;
}
