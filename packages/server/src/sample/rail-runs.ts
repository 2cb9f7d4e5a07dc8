import { type Random, shuffle } from '@fangang/solver/random.ts';
import { accessRun, inLoads, type Leg } from './access-runs.ts';
import { perform } from './acts.ts';
import { between, stream, weighted } from './chance.ts';
import { type District, type Draft, nearestTowns, push, type Town } from './draft.ts';
import { gather, type Party, recordWishes, windowAround } from './parties.ts';
import type { RailFlow } from './programme.ts';
import { drivingS, roadM } from './roads.ts';
import { SEASON } from './season.ts';
import { escortFor } from './staff.ts';
import { addDays, HOUR, MINUTE, momentOf, type Seconds, secondsOf } from './time.ts';
import { decided, fatesOf, lengthOf, manifest, passengerOf } from './trip-parts.ts';
import type { Destination, TripStop } from './world.ts';

export interface RailOrder {
  readonly flow: RailFlow;
  readonly district: District;
  readonly destination: Destination;
  readonly date: string;
  /** People who board; null where our places are still open. */
  readonly people: number | null;
  /** Places; a small world keeps a small block. */
  readonly places: number;
  readonly no: number;
}

/** Our places on one train or flight on one date; with people: the main leg, coaches to the station and to the gates. */
export function railRun(draft: Draft, order: RailOrder): void {
  const random = stream(draft.seed, `rail ${order.flow.number} ${order.date} ${order.no}`);
  const departs = secondsOf(`${order.date}T${order.flow.departs}`);
  const arriveDay = order.flow.arrives < order.flow.departs ? addDays(order.date, 1) : order.date;
  const arrives = secondsOf(`${arriveDay}T${order.flow.arrives}`);
  const allotment = addAllotment(draft, order, departs, arrives);
  if (order.people === null) return;
  const parties = railParties(draft, random, order, order.people);
  const main = addMain(draft, random, order, { allotment, parties, departs, arrives });
  const riding = parties.filter((party) => party.fate === 'boards');
  const feeders = addFeeders(draft, random, order, riding, departs);
  const lastMiles = addLastMiles(draft, random, order, riding, arrives);
  for (const party of parties) addJourneys(draft, random, order, party, main, feeders, lastMiles);
}

function railParties(draft: Draft, random: Random, order: RailOrder, people: number): Party[] {
  const towns = nearestTowns(
    order.district,
    shuffle(random, [...order.district.towns])[0] as Town,
    Math.max(2, Math.ceil(people / 42)),
  );
  const gates = shuffle(random, [...order.destination.gates]).slice(
    0,
    Math.max(1, Math.min(4, Math.ceil(people / 60))),
  );
  const room = Math.max(0, order.places - people);
  const absent = Math.min(
    room,
    weighted(random, [
      [0, 50],
      [1, 35],
      [2, 15],
    ]),
  );
  return gather(draft, random, {
    towns,
    gates,
    boarding: people,
    absent,
    held: Math.min(room - absent, random() < 0.2 ? 1 : 0),
  });
}

function addAllotment(draft: Draft, order: RailOrder, departs: Seconds, arrives: Seconds): number {
  const { flow } = order;
  return push(draft.allotments, {
    mode: flow.mode,
    number: trainNumber(order),
    carriage: flow.mode === 'reservedCarriage' ? String(7 + order.no).padStart(2, '0') : null,
    date: order.date,
    from: flow.fromStation,
    to: flow.toStation,
    departAt: momentOf(departs),
    arriveAt: momentOf(arrives),
    places: order.places,
    wheelchairBays: flow.mode === 'charterFlight' ? 0 : 1,
    fareFen: flow.fareFen,
    owner: order.district.code,
    releaseAt: momentOf(departs - 12 * HOUR),
  });
}

/** In a larger world a second carriage runs on the same train, other places on the next pair of trains: D1842, D1844, … */
function trainNumber({ flow, no }: RailOrder): string {
  if (flow.mode === 'reservedCarriage') return flow.number;
  return `${flow.number.slice(0, 1)}${Number(flow.number.slice(1)) + 2 * no}`;
}

interface MainParts {
  readonly allotment: number;
  readonly parties: readonly Party[];
  readonly departs: Seconds;
  readonly arrives: Seconds;
}

function addMain(draft: Draft, random: Random, order: RailOrder, it: MainParts): number {
  const { flow } = order;
  const passengers = manifest(
    it.parties,
    () => 0,
    () => 1,
  );
  const stops: TripStop[] = [
    {
      ...flow.fromStation,
      kind: 'station',
      area: null,
      gate: null,
      arriveAt: momentOf(it.departs - 50 * MINUTE),
      departAt: momentOf(it.departs),
    },
    {
      ...flow.toStation,
      kind: 'station',
      area: null,
      gate: null,
      arriveAt: momentOf(it.arrives),
      departAt: momentOf(it.arrives + 10 * MINUTE),
    },
  ];
  const acts = perform(random, {
    role: 'main',
    passengers,
    fates: fatesOf(it.parties),
    packs: true,
    stops: [
      { arrive: it.departs - 50 * MINUTE, depart: it.departs, pickUp: true, gate: false },
      { arrive: it.arrives, depart: it.arrives + 10 * MINUTE, pickUp: false, gate: false },
    ],
  });
  return push(draft.trips, {
    season: SEASON,
    role: 'main',
    mode: flow.mode,
    area: order.district.code,
    code: `${order.district.short}-${flow.number}-${order.date.slice(5)}${order.no || ''}`,
    date: order.date,
    vehicle: null,
    drivers: [],
    allotment: it.allotment,
    places: order.places,
    wheelchairBays: flow.mode === 'charterFlight' ? 0 : 1,
    stops,
    distanceM: lengthOf(stops),
    passengers,
    escort: escortFor(draft, order.district, it.departs - 2 * HOUR, it.arrives + 12 * HOUR),
    ...decided(random, order.date),
    acts,
  });
}

/** Coaches from the towns to the station, for towns more than 6 km away; the rest come by themselves. */
function addFeeders(
  draft: Draft,
  random: Random,
  order: RailOrder,
  parties: readonly Party[],
  departs: Seconds,
): Leg[] {
  const legs: Leg[] = [];
  for (const town of new Set(parties.map((party) => party.town))) {
    if (roadM(town.point, order.flow.fromStation) < 6000) continue;
    for (const group of inLoads(parties.filter((party) => party.town === town))) {
      const ride = Math.max(10 * MINUTE, drivingS(roadM(town.point, order.flow.fromStation)));
      const arrive = departs - between(random, 75, 90) * MINUTE;
      const from = { name: `${town.name}集中上车点`, area: town.code, ...town.point };
      const to = { ...order.flow.fromStation, area: null };
      legs.push(
        accessRun(draft, random, {
          role: 'feeder',
          district: order.district,
          planned: order.date,
          group,
          from,
          to,
          gate: null,
          depart: arrive - ride,
          arrive,
          code: `${codeOf(order)}-J${legs.length + 1}`,
        }),
      );
    }
  }
  return legs;
}

/** Coaches from the station of arrival to each gate. */
function addLastMiles(
  draft: Draft,
  random: Random,
  order: RailOrder,
  parties: readonly Party[],
  arrives: Seconds,
): Leg[] {
  const legs: Leg[] = [];
  for (const no of new Set(parties.map((party) => party.gate))) {
    const gate = draft.gates[no];
    if (!gate) continue;
    const name = `${draft.employers[gate.employer]?.name ?? ''}${gate.name}`;
    for (const group of inLoads(parties.filter((party) => party.gate === no))) {
      const depart = arrives + 40 * MINUTE;
      const arrive = depart + Math.max(10 * MINUTE, drivingS(roadM(order.flow.toStation, gate)));
      const from = { ...order.flow.toStation, area: null };
      const to = { name, area: null, lon: gate.lon, lat: gate.lat };
      legs.push(
        accessRun(draft, random, {
          role: 'lastMile',
          district: order.district,
          planned: order.date,
          group,
          from,
          to,
          gate: no,
          depart,
          arrive,
          code: `${codeOf(order)}-M${legs.length + 1}`,
        }),
      );
    }
  }
  return legs;
}

function codeOf(order: RailOrder): string {
  return `${order.district.short}-${order.flow.number}-${order.date.slice(5)}${order.no || ''}`;
}

function addJourneys(
  draft: Draft,
  random: Random,
  order: RailOrder,
  party: Party,
  main: number,
  before: readonly Leg[],
  after: readonly Leg[],
): void {
  const window = windowAround(random, order.date);
  const latest = party.fate === 'boards' || window.latest >= '2022-02-14' ? window.latest : '2022-02-15';
  const wish = recordWishes(draft, random, {
    party: party.no,
    people: party.people,
    destination: order.destination,
    gate: party.gate,
    earliest: window.earliest,
    latest,
    kind: random() < 0.8 ? 'sameJob' : 'newJob',
    confirmed: true,
  });
  party.people.forEach((person, k) => {
    const trips = [
      before.find((leg) => leg.parties.has(party))?.trip,
      main,
      after.find((leg) => leg.parties.has(party))?.trip,
    ];
    const legs = trips.flatMap((trip) =>
      trip === undefined ? [] : [{ trip, passenger: passengerOf(draft, trip, person) }],
    );
    draft.itineraries.push({ person, wish: wish + k, legs });
  });
}
