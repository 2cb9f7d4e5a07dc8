import { timeBackwards, timeForwards } from './feeders.ts';
import type { Access, Model, Unit, Wagon } from './model.ts';
import type { Allotment, StandingTrip } from './problem.ts';
import { nextOpen } from './timing.ts';

/** A way of a unit by reserved places: feeder → (coach) → train → last mile. */
export interface RailOption {
  readonly allotment: number;
  /** Where the run to the station picks the unit up; undefined: the station is in walking distance. */
  readonly pick?: number;
  /** The home is far from `pick`: a feeder before the run. */
  readonly homeFeeder: boolean;
  /** The gate is in walking distance of the arrival station. */
  readonly walksOut: boolean;
  /** Fare and the estimated shares of feeder and last mile. */
  readonly fen: number;
  readonly rideMin: number;
}

/** Free seats on a run that already stands. */
export interface StandingOption {
  readonly standing: number;
  readonly board: number;
  readonly alight: number;
  readonly feeder: boolean;
  readonly fen: number;
  readonly rideMin: number;
}

/** Where a unit sits. */
export type Spot =
  | { readonly kind: 'main'; readonly slot: number }
  | { readonly kind: 'rail'; readonly option: RailOption }
  | { readonly kind: 'standing'; readonly option: StandingOption };

/** Each unit's ways other than a new main run; shrinks when a feeder turns out not to exist. */
export interface Options {
  readonly rail: RailOption[][];
  readonly standing: StandingOption[][];
  readonly points: (readonly Access[])[];
}

/** Estimated fen of a place on a shared feeder or last-mile run over `metres`. */
export function shareFen(size: number, metres: number): number {
  return size * (1000 + Math.round(metres / 1000) * 30);
}

/** All ways of all units that keep time rules when travelling alone. */
export function optionsOf(model: Model): Options {
  const access = remember2((pick: number, at: number) => stationRun(model, pick, at));
  const exit = remember2((drop: number, at: number) => gateRun(model, drop, at));
  return {
    rail: model.units.map((unit) => railOf(model, unit, access, exit)),
    standing: model.units.map((unit) => standingOf(model, unit)),
    points: model.units.map((unit) => unit.points.filter((p) => !p.feeder || canFeed(model.feeders, unit))),
  };
}

/** Takes the way that failed from a unit: the allotment, the standing run, or all pick-ups that need a feeder. */
export function ban(options: Options, unit: number, spot: Spot): void {
  if (spot.kind === 'rail') {
    options.rail[unit] = (options.rail[unit] ?? []).filter((o) => o.allotment !== spot.option.allotment);
  } else if (spot.kind === 'standing') {
    options.standing[unit] = (options.standing[unit] ?? []).filter(
      (o) => o.standing !== spot.option.standing,
    );
  } else options.points[unit] = (options.points[unit] ?? []).filter((p) => !p.feeder);
}

function canFeed(wagons: readonly Wagon[], unit: Unit): boolean {
  return wagons.some((w) => w.usable >= unit.size && w.bays >= unit.wheels);
}

function railOf(
  model: Model,
  unit: Unit,
  access: (pick: number, allotment: number) => number | undefined,
  exit: (drop: number, allotment: number) => number | undefined,
): RailOption[] {
  const { settings, problem } = model;
  const list: RailOption[] = [];
  problem.allotments.forEach((a, index) => {
    const day = Math.floor(a.departAt / 1440);
    if (day < unit.fromDay || day > unit.toDay || a.places < unit.size) return;
    if ((a.wheelchairBays ?? 0) < unit.wheels) return;
    const way = accessWay(model, unit, a, day, (pick) => access(pick, index));
    if (!way) return;
    const walksOut = model.distanceM(a.to, dropAt(model, unit.drop)) <= settings.walkM;
    if (!walksOut && !canFeed(model.lastMile, unit)) return;
    const outMin = exit(unit.drop, index);
    if (outMin === undefined) return;
    const outM = walksOut ? 0 : model.distanceM(a.to, dropAt(model, unit.drop));
    const fen = a.fareFen * unit.size + way.fen + (walksOut ? 0 : shareFen(unit.size, outM));
    const rideMin = way.minutes + a.arriveAt - a.departAt + outMin;
    list.push({ allotment: index, pick: way.pick, homeFeeder: way.homeFeeder, walksOut, fen, rideMin });
  });
  return list;
}

interface Way {
  readonly pick: number | undefined;
  readonly homeFeeder: boolean;
  readonly fen: number;
  readonly minutes: number;
}

/** On foot, from a stop near by or the door when the station is near, else feeder and coach. */
function accessWay(
  model: Model,
  unit: Unit,
  a: Allotment,
  day: number,
  ride: (pick: number) => number | undefined,
): Way | undefined {
  const { settings } = model;
  const direct = model.distanceM(unit.home, a.from);
  if (direct <= settings.walkM) return { pick: undefined, homeFeeder: false, fen: 0, minutes: 0 };
  if (!canFeed(model.feeders, unit)) return undefined;
  const point = unit.points[0];
  const near = model.driveMin(unit.home, a.from) <= settings.feederMaxRideMin;
  const pick = point && (!point.feeder || !near) && point.place !== a.from ? point.place : unit.home;
  const minutes = ride(pick);
  if (minutes === undefined) return undefined;
  const fen = shareFen(unit.size, model.distanceM(pick, a.from));
  if (pick === unit.home || !point?.feeder) return { pick, homeFeeder: false, fen, minutes };
  const leaves = a.departAt - minutes - settings.transferMarginMin - point.driveMin;
  if (leaves < day * 1440 + settings.feederFromMin) return undefined;
  const all = minutes + settings.transferMarginMin + point.driveMin;
  return { pick, homeFeeder: true, fen: fen + shareFen(unit.size, point.distanceM), minutes: all };
}

/** Minutes from leaving `pick` alone to the train's departure. */
function stationRun(model: Model, pick: number, allotment: number): number | undefined {
  const a = model.problem.allotments[allotment] as Allotment;
  const { transferMarginMin, accessMaxRideMin } = model.settings;
  const crew = Math.min(...model.feeders.map((w) => w.crew));
  const deadline = a.departAt - transferMarginMin;
  if (Math.floor(deadline / 1440) !== Math.floor(a.departAt / 1440)) return undefined;
  const timing = timeBackwards(model, [pick, a.from], deadline, accessMaxRideMin, crew);
  return timing ? a.departAt - (timing.depart[0] as number) : undefined;
}

/** Minutes from the train's arrival to the gate when travelling alone. */
function gateRun(model: Model, drop: number, allotment: number): number | undefined {
  const a = model.problem.allotments[allotment] as Allotment;
  const { transferMarginMin, walkM } = model.settings;
  const place = dropAt(model, drop);
  if (model.distanceM(a.to, place) <= walkM) {
    return nextOpen(model.drops[drop]?.windows ?? [], a.arriveAt) === a.arriveAt ? 0 : undefined;
  }
  const crew = Math.min(...model.lastMile.map((w) => w.crew));
  const ready = a.arriveAt + transferMarginMin;
  const timing = timeForwards(model, [a.to, place], [drop], ready, ready, crew);
  return timing ? (timing.arrive[1] as number) - a.arriveAt : undefined;
}

function standingOf(model: Model, unit: Unit): StandingOption[] {
  const list: StandingOption[] = [];
  model.problem.standing.forEach((trip, standing) => {
    if (trip.role !== 'main' || trip.freeSeats < unit.size || (trip.freeWheelchairBays ?? 0) < unit.wheels)
      return;
    const day = Math.floor((trip.stops[0]?.departAt ?? 0) / 1440);
    if (day < unit.fromDay || day > unit.toDay) return;
    const best = bestSeat(model, unit, trip, standing);
    if (best) list.push(best);
  });
  return list;
}

function bestSeat(
  model: Model,
  unit: Unit,
  trip: StandingTrip,
  standing: number,
): StandingOption | undefined {
  const { settings, drops } = model;
  const place = dropAt(model, unit.drop);
  let best: StandingOption | undefined;
  trip.stops.forEach((to, alight) => {
    if (to.place !== place || nextOpen(drops[unit.drop]?.windows ?? [], to.arriveAt) !== to.arriveAt) return;
    trip.stops.slice(0, alight).forEach((from, board) => {
      const metres = model.distanceM(unit.home, from.place);
      const minutes = model.driveMin(unit.home, from.place);
      const feeder = metres > settings.walkM;
      const leaves = from.departAt - settings.transferMarginMin - minutes;
      const midnight = Math.floor(from.departAt / 1440) * 1440;
      if (feeder && (minutes > settings.feederMaxRideMin || !canFeed(model.feeders, unit))) return;
      if (feeder && leaves < midnight + settings.feederFromMin) return;
      const rideMin = to.arriveAt - from.departAt;
      if (rideMin > settings.maxRideMin) return;
      const fen = feeder ? shareFen(unit.size, metres) : 0;
      if (!best || fen < best.fen) best = { standing, board, alight, feeder, fen, rideMin };
    });
  });
  return best;
}

function dropAt(model: Model, drop: number): number {
  return model.drops[drop]?.place as number;
}

function remember2<T>(ask: (a: number, b: number) => T): (a: number, b: number) => T {
  const known = new Map<string, T>();
  return (a, b) => {
    const key = `${a}/${b}`;
    if (!known.has(key)) known.set(key, ask(a, b));
    return known.get(key) as T;
  };
}
