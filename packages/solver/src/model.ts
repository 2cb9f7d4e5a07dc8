import type { Matrix, Problem, Role, Settings, VehicleType, Window } from './problem.ts';
import { ASSUMED_VEHICLES } from './problem.ts';

/** A way from a home to a place where a coach halts. */
export interface Access {
  readonly place: number;
  /** Too far to walk: a feeder leg is needed. */
  readonly feeder: boolean;
  readonly driveMin: number;
  readonly distanceM: number;
}

/** Gates at one place with the same windows: one stop. */
export interface Drop {
  readonly place: number;
  readonly windows: readonly Window[];
  readonly allDay: boolean;
  readonly city: number;
}

/** A party, or a part of one that agreed to part: what the search moves. */
export interface Unit {
  readonly id: number;
  readonly party: number;
  readonly size: number;
  readonly wheels: number;
  readonly home: number;
  readonly drop: number;
  readonly fromDay: number;
  readonly toDay: number;
  readonly weight: number;
  readonly points: readonly Access[];
}

/** A vehicle type with its defaults filled in, for one role. */
export interface Wagon {
  readonly type: number;
  readonly usable: number;
  readonly bays: number;
  readonly fixedFen: number;
  readonly perKmFen: number;
  readonly crew: number;
  readonly assumed: boolean;
}

export interface Model {
  readonly problem: Problem;
  readonly settings: Settings;
  readonly distanceM: (from: number, to: number) => number;
  readonly driveMin: (from: number, to: number) => number;
  readonly units: readonly Unit[];
  readonly drops: readonly Drop[];
  /** Drop of each gate. */
  readonly dropOf: readonly number[];
  readonly main: readonly Wagon[];
  readonly feeders: readonly Wagon[];
  readonly lastMile: readonly Wagon[];
}

/** The problem with everything looked up that the search asks often. */
export function prepare(problem: Problem, matrix: Matrix): Model {
  const { distanceM, driveMin } = remembered(problem.places.length, matrix);
  const { drops, dropOf } = mergeGates(problem);
  const frame = {
    problem,
    settings: problem.settings,
    distanceM,
    driveMin,
    drops,
    dropOf,
    main: wagons(problem, 'main'),
    feeders: wagons(problem, 'feeder'),
    lastMile: wagons(problem, 'lastMile'),
  };
  return { ...frame, units: unitsOf(frame) };
}

/** Days on which both the party and the horizon allow a departure; empty where `fromDay` > `toDay`. */
export function daysOf(problem: Problem, party: number): { fromDay: number; toDay: number } {
  const wish = problem.parties[party];
  if (!wish) throw new Error(`no party ${party}`);
  return {
    fromDay: Math.max(wish.earliestDay, problem.horizon.fromDay),
    toDay: Math.min(wish.latestDay, problem.horizon.toDay),
  };
}

/** Passengers a vehicle may carry in a role. */
export function usableSeats(settings: Settings, role: Role, seats: number): number {
  const places = role === 'main' ? seats - settings.observationSeats : seats;
  return Math.max(0, Math.floor(places * settings.loadCap + 1e-9));
}

/** Vehicles of a type on a day of the horizon. */
export function countOn(problem: Problem, type: VehicleType, day: number): number {
  return type.countByDay ? (type.countByDay[day - problem.horizon.fromDay] ?? 0) : type.count;
}

/** People in one part of a group that agreed to part; parts that end up on the same runs are one again. */
const PART = 10;

type Frame = Omit<Model, 'units'>;

function unitsOf(frame: Frame): Unit[] {
  const { problem } = frame;
  const largest = Math.max(0, ...frame.main.map((w) => w.usable), ...problem.allotments.map((a) => a.places));
  const units: Unit[] = [];
  const reach = new Map<number, Access[]>();
  const stops = [...new Set(problem.boardingPoints.map((p) => p.place))];
  const hubs = hubsOf(frame, stops);
  problem.parties.forEach((party, index) => {
    if (party.fixed) return;
    const drop = frame.dropOf[party.gate];
    const { fromDay, toDay } = daysOf(problem, index);
    if (drop === undefined || fromDay > toDay || frame.drops[drop]?.windows.length === 0) return;
    const points =
      reach.get(party.home) ?? accessOf(frame, party.home, stops.length > 0 ? stops : [party.home], hubs);
    reach.set(party.home, points);
    const parts = party.mayPart ? Math.ceil(party.size / Math.max(1, Math.min(PART, largest))) : 1;
    for (const [size, wheels] of split(party.size, party.wheelchairs ?? 0, parts)) {
      const weight = party.priority ?? 1;
      units.push({
        id: units.length,
        party: index,
        size,
        wheels,
        home: party.home,
        drop,
        fromDay,
        toDay,
        weight,
        points,
      });
    }
  });
  return units;
}

/** Sizes and wheelchairs of even parts. */
export function split(size: number, wheels: number, parts: number): [number, number][] {
  const list: [number, number][] = [];
  let people = size;
  let chairs = wheels;
  for (let left = parts; left > 0; left--) {
    const take = Math.ceil(people / left);
    const roll = Math.min(take, Math.ceil(chairs / left));
    list.push([take, roll]);
    people -= take;
    chairs -= roll;
  }
  return list;
}

/** The two nearest places where a coach halts and up to three hubs, nearest first, on foot or by feeder. */
function accessOf(frame: Frame, home: number, stops: readonly number[], hubs: readonly number[]): Access[] {
  const { settings } = frame;
  const reach = (places: readonly number[], most: number) =>
    places
      .map((place): Access => {
        const distanceM = frame.distanceM(home, place);
        return {
          place,
          distanceM,
          driveMin: frame.driveMin(home, place),
          feeder: distanceM > settings.walkM,
        };
      })
      .sort((a, b) => a.distanceM - b.distanceM || a.place - b.place)
      .filter((a) => !a.feeder || a.driveMin <= settings.feederMaxRideMin)
      .slice(0, most);
  const near = reach(stops, 2);
  return [...near, ...reach(hubs, 3).filter((hub) => near.every((n) => n.place !== hub.place))];
}

/**
 * Boarding points where the people of the country around can gather by feeder: each covers most people not yet
 * covered, until all who can be are (greedy cover).
 */
function hubsOf(frame: Frame, stops: readonly number[]): number[] {
  const { problem, settings } = frame;
  const people = stops.map(() => 0);
  for (const party of problem.parties) {
    let nearest = -1;
    let least = Infinity;
    stops.forEach((place, i) => {
      const metres = frame.distanceM(party.home, place);
      if (metres < least) {
        least = metres;
        nearest = i;
      }
    });
    if (nearest >= 0) people[nearest] = (people[nearest] as number) + party.size;
  }
  const towns = stops.flatMap((place, i) =>
    (people[i] as number) > 0 ? [{ place, people: people[i] as number }] : [],
  );
  const limit = Math.floor(settings.feederMaxRideMin * 0.6);
  const covers = stops.map((hub) =>
    towns.flatMap((t, i) => (frame.driveMin(t.place, hub) <= limit ? [i] : [])),
  );
  const hubs: number[] = [];
  const open = towns.map((t) => t.people);
  for (;;) {
    const gains = covers.map((list) => list.reduce((sum, i) => sum + (open[i] as number), 0));
    const most = Math.max(0, ...gains);
    if (most === 0) return hubs;
    const at = gains.indexOf(most);
    hubs.push(stops[at] as number);
    for (const i of covers[at] ?? []) open[i] = 0;
  }
}

function mergeGates(problem: Problem): { drops: Drop[]; dropOf: number[] } {
  const drops: Drop[] = [];
  const known = new Map<string, number>();
  const dropOf = problem.gates.map((gate) => {
    const key = `${gate.place}/${gate.city}/${gate.windows.map((w) => `${w.fromMin}-${w.toMin}@${w.day ?? ''}`).join()}`;
    const at = known.get(key) ?? drops.length;
    if (at === drops.length) {
      const allDay = gate.windows.some((w) => w.day === undefined && w.fromMin <= 0 && w.toMin >= 1439);
      drops.push({ place: gate.place, windows: gate.windows, allDay, city: gate.city });
      known.set(key, at);
    }
    return at;
  });
  return { drops, dropOf };
}

/** Types that may serve a role, smallest first; assumed ones where the fleet has none and settings allow. */
function wagons(problem: Problem, role: Role): Wagon[] {
  const { settings, fleet } = problem;
  const own = fleet.map((type, index) => ({ type, index })).filter((it) => rolesOf(it.type).includes(role));
  const assume = own.length === 0 && role !== 'main' && settings.feeder === 'assume';
  const chosen = assume ? ASSUMED_VEHICLES.map((type, k) => ({ type, index: fleet.length + k })) : own;
  return chosen
    .map(({ type, index }) => ({
      type: index,
      usable: usableSeats(settings, role, type.seats),
      bays: type.wheelchairBays ?? 0,
      fixedFen: type.fixedCostFen ?? Math.round((settings.busFixedFen * type.seats) / 49),
      perKmFen: type.costPerKmFen ?? Math.round(settings.busPerKmFen * (0.4 + (0.6 * type.seats) / 49)),
      crew: type.drivers ?? (role === 'main' ? settings.maxCrew : 1),
      assumed: index >= fleet.length,
    }))
    .filter((w) => w.usable > 0)
    .sort((a, b) => a.usable - b.usable || a.fixedFen - b.fixedFen || a.type - b.type);
}

function rolesOf(type: VehicleType): readonly Role[] {
  return type.roles ?? ['main'];
}

/** The provider behind a table that fills as it is asked; beyond 1,500 places it is asked each time. */
function remembered(n: number, matrix: Matrix): Pick<Model, 'distanceM' | 'driveMin'> {
  const ask = (a: number, b: number) => (a === b ? 0 : Math.ceil(matrix.durationS(a, b) / 60));
  const length = (a: number, b: number) => (a === b ? 0 : matrix.distanceM(a, b));
  if (n > 1500) return { distanceM: length, driveMin: ask };
  const metres = new Int32Array(n * n).fill(-1);
  const minutes = new Int32Array(n * n).fill(-1);
  return {
    distanceM: (a, b) => {
      const known = metres[a * n + b] as number;
      if (known >= 0) return known;
      const asked = length(a, b);
      metres[a * n + b] = asked;
      return asked;
    },
    driveMin: (a, b) => {
      const known = minutes[a * n + b] as number;
      if (known >= 0) return known;
      const asked = ask(a, b);
      minutes[a * n + b] = asked;
      return asked;
    },
  };
}
