import { type Random, shuffle } from '@fangang/solver/random.ts';
import { accessRun, type Leg } from './access-runs.ts';
import { perform } from './acts.ts';
import { between, one, stream, weighted } from './chance.ts';
import { type District, type Draft, push, type Town } from './draft.ts';
import { hireDrivers, hireVehicle } from './hire.ts';
import { gather, type Party, recordWishes, townsOf, windowAround } from './parties.ts';
import { arrivalOf, driversFor, drivingS, roadM } from './roads.ts';
import { CLOCK, capacityOf, SEASON } from './season.ts';
import { escortFor } from './staff.ts';
import {
  addDays,
  dayOf,
  HOUR,
  MINUTE,
  midnight,
  minuteOfDay,
  momentOf,
  type Seconds,
  secondsOf,
} from './time.ts';
import { decided, fatesOf, lengthOf, manifest, passengerOf } from './trip-parts.ts';
import type { Destination, GateNo, TripAct, TripStop, Vehicle } from './world.ts';

export interface BusOrder {
  readonly district: District;
  readonly destination: Destination;
  readonly date: string;
  /** People who board. */
  readonly people: number;
  readonly nonStop: boolean;
  readonly allPoverty: boolean;
  readonly no: number;
  /** Leaves the last pick-up then, instead of at a chance hour. */
  readonly departAt?: Seconds;
  /** Nobody is absent or held: a run that has not opened its doors. */
  readonly calm?: boolean;
  readonly cancelled?: { readonly at: Seconds; readonly reason: 'snow' | 'vehicle' };
}

interface Stop extends TripStop {
  readonly arrive: Seconds;
  readonly depart: Seconds;
}

/** One chartered coach from a few towns to one or two gates, with feeder where a town lies aside. Adds all it needs to the draft. */
export function busRun(draft: Draft, order: BusOrder): void {
  const random = stream(draft.seed, `bus ${order.district.short} ${order.destination.county} ${order.no}`);
  const { seats, absent, held } = sizeUp(random, order);
  const towns = townsOf(
    random,
    order.district,
    order.nonStop
      ? 1
      : weighted(random, [
          [1, 45],
          [2, 35],
          [3, 20],
        ]),
  );
  const gates = pickGates(random, order.destination, order.nonStop);
  const wheelchairs = !order.calm && random() < 0.045 ? 1 : 0;
  const parties = gather(draft, random, {
    towns,
    gates,
    boarding: order.people,
    absent,
    held,
    allPoverty: order.allPoverty,
    wheelchairs,
  });
  const aside = towns.length > 1 && !order.calm && random() < 0.4 ? (towns[towns.length - 1] as Town) : null;
  const pickUps = towns.filter((town) => town !== aside && parties.some((party) => party.town === town));
  if (pickUps.length === 0) pickUps.push(towns[0] as Town);
  const stops = timeTable(
    draft,
    random,
    order,
    pickUps,
    gates.filter((gate) => parties.some((party) => party.gate === gate)),
  );
  const main = addBus(draft, random, { order, parties, stops, seats, wheelchairs, pickUps });
  const feeder = aside
    ? addFeeder(draft, random, order, aside, pickUps[0] as Town, parties, stops[0] as Stop)
    : null;
  for (const party of parties) addJourneys(draft, random, order, party, main, feeder);
}

function sizeUp(random: Random, order: BusOrder): { seats: Vehicle['seats']; absent: number; held: number } {
  const fitting = ([35, 49, 55] as const).filter((seats) => capacityOf(seats) >= order.people);
  const seats =
    fitting.length > 1 && random() < 0.75 ? (fitting[0] as Vehicle['seats']) : one(random, fitting);
  if (order.calm) return { seats, absent: 0, held: 0 };
  const room = capacityOf(seats) - order.people;
  const absent = Math.min(
    room,
    weighted(random, [
      [0, 62],
      [1, 24],
      [2, 14],
    ]),
  );
  return { seats, absent, held: Math.min(room - absent, random() < 0.16 ? 1 : 0) };
}

function pickGates(random: Random, destination: Destination, nonStop: boolean): GateNo[] {
  const shuffled = shuffle(random, [...destination.gates]);
  return shuffled.slice(0, nonStop || random() < 0.7 ? 1 : 2);
}

/** Chooses the hour so that the gate receives; the first stop opens half an hour and more before leaving. */
function timeTable(
  draft: Draft,
  random: Random,
  order: BusOrder,
  pickUps: readonly Town[],
  gates: readonly GateNo[],
): Stop[] {
  const gate = draft.gates[gates[0] as number];
  const hours = shuffle(
    random,
    Array.from({ length: 23 }, (_, i) => midnight(order.date) + 8 * HOUR + i * 30 * MINUTE),
  );
  const usable = hours.filter(
    (at) => at <= secondsOf(CLOCK) - 30 * MINUTE || order.date > CLOCK.slice(0, 10),
  );
  const tables = (order.departAt === undefined ? usable : [order.departAt]).map((at) =>
    stopsFor(draft, at, pickUps, gates),
  );
  const good = tables.find((stops) => {
    const arrival = stops.find((stop) => stop.kind === 'gate');
    const minute = arrival ? minuteOfDay(arrival.arrive) : 0;
    return gate?.windows.some((window) => minute >= window.fromMin && minute <= window.toMin - 60);
  });
  return good ?? (tables[0] as Stop[]);
}

function stopsFor(draft: Draft, leaves: Seconds, pickUps: readonly Town[], gates: readonly GateNo[]): Stop[] {
  const stops: Stop[] = [];
  let depart = leaves;
  for (let i = pickUps.length - 1; i >= 0; i--) {
    const town = pickUps[i] as Town;
    const arrive = depart - (i === 0 ? 40 : 20) * MINUTE;
    stops.unshift({
      ...stamp(arrive, depart),
      kind: 'pickUp',
      name: `${town.name}集中上车点`,
      area: town.code,
      gate: null,
      ...town.point,
    });
    const before = pickUps[i - 1];
    if (before) depart = arrive - Math.max(12 * MINUTE, drivingS(roadM(before.point, town.point)));
  }
  let from: { lon: number; lat: number } = stops[stops.length - 1] as Stop;
  let at = leaves;
  for (const no of gates) {
    const gate = draft.gates[no];
    if (!gate) continue;
    const arrive = arrivalOf(at, Math.max(10 * MINUTE, drivingS(roadM(from, gate))));
    const employer = draft.employers[gate.employer];
    stops.push({
      ...stamp(arrive, arrive + 15 * MINUTE),
      kind: 'gate',
      name: `${employer?.name ?? ''}${gate.name}`,
      area: null,
      gate: no,
      lon: gate.lon,
      lat: gate.lat,
    });
    at = arrive + 15 * MINUTE;
    from = gate;
  }
  return stops;
}

function stamp(arrive: Seconds, depart: Seconds) {
  return { arrive, depart, arriveAt: momentOf(arrive), departAt: momentOf(depart) };
}

interface BusParts {
  readonly order: BusOrder;
  readonly parties: readonly Party[];
  readonly stops: readonly Stop[];
  readonly seats: Vehicle['seats'];
  readonly wheelchairs: number;
  readonly pickUps: readonly Town[];
}

/** Index of the trip; passengers stand in the order of the parties. */
function addBus(draft: Draft, random: Random, it: BusParts): number {
  const { order, parties, stops } = it;
  const passengers = manifest(
    parties,
    (party) => Math.max(0, it.pickUps.indexOf(party.town)),
    (party) => stops.findIndex((stop) => stop.gate === party.gate),
  );
  const first = stops[0] as Stop;
  const last = stops[stops.length - 1] as Stop;
  const ride = roadM(stops[it.pickUps.length - 1] as Stop, last);
  const back = last.depart + drivingS(ride) * 1.3 + 8 * HOUR;
  const vehicle = hireVehicle(draft, order.district, it.seats, it.wheelchairs, first.arrive - HOUR, back);
  const acts: TripAct[] = order.cancelled
    ? [{ type: 'cancelled', at: momentOf(order.cancelled.at), reason: order.cancelled.reason }]
    : perform(random, {
        role: 'main',
        passengers,
        fates: fatesOf(parties),
        packs: true,
        stops: stops.map((stop) => ({
          arrive: stop.arrive,
          depart: stop.depart,
          pickUp: stop.kind === 'pickUp',
          gate: stop.kind === 'gate',
        })),
      });
  return push(draft.trips, {
    season: SEASON,
    role: 'main',
    mode: 'charterBus',
    area: order.district.code,
    code: codeOf(order),
    date: dayOf(stops[0]?.depart ?? 0),
    vehicle,
    drivers: hireDrivers(draft, order.district, driversFor(drivingS(ride)), first.arrive - HOUR, back),
    allotment: null,
    places: it.seats,
    wheelchairBays: draft.vehicles[vehicle]?.wheelchairBays ?? 0,
    stops: stops.map(bare),
    distanceM: lengthOf(stops),
    passengers,
    escort: escortFor(draft, order.district, first.arrive - HOUR, last.depart + 10 * HOUR),
    ...decided(random, order.date),
    acts,
  });
}

function codeOf(order: BusOrder): string {
  return `${order.district.short}-${order.date.slice(5, 7)}${order.date.slice(8)}-${order.destination.county}-${order.no + 1}`;
}

function bare({ arrive: _arrive, depart: _depart, ...stop }: Stop): TripStop {
  return stop;
}

/** A minibus from the town aside to the first pick-up; people who will not come to the coach are not on it. */
function addFeeder(
  draft: Draft,
  random: Random,
  order: BusOrder,
  from: Town,
  to: Town,
  all: readonly Party[],
  first: Stop,
): Leg | null {
  const group: Party[] = [];
  let people = 0;
  for (const party of all) {
    if (
      party.town !== from ||
      party.fate !== 'boards' ||
      party.wheelchair ||
      people + party.people.length > capacityOf(35)
    )
      continue;
    group.push(party);
    people += party.people.length;
  }
  if (people === 0) return null;
  const ride = Math.max(10 * MINUTE, drivingS(roadM(from.point, to.point)));
  const arrive = first.arrive - 10 * MINUTE;
  return accessRun(draft, random, {
    role: 'feeder',
    district: order.district,
    planned: order.date,
    group,
    from: { name: `${from.name}接驳点`, area: from.code, ...from.point },
    to: { name: first.name, area: first.area, lon: first.lon, lat: first.lat },
    gate: null,
    depart: arrive - ride,
    arrive,
    code: `${codeOf(order)}-J`,
  });
}

function addJourneys(
  draft: Draft,
  random: Random,
  order: BusOrder,
  party: Party,
  main: number,
  feeder: Leg | null,
): void {
  const open = party.fate !== 'boards' || order.cancelled !== undefined;
  const window = windowAround(random, order.date);
  const latest =
    open && window.latest < '2022-02-14' ? addDays('2022-02-14', between(random, 0, 2)) : window.latest;
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
    const legs = [];
    const fed = feeder?.parties.has(party) ? passengerOf(draft, feeder.trip, person) : -1;
    if (feeder && fed >= 0) legs.push({ trip: feeder.trip, passenger: fed });
    legs.push({ trip: main, passenger: passengerOf(draft, main, person) });
    draft.itineraries.push({ person, wish: wish + k, legs });
  });
}
