import type { Access, Model, Unit, Wagon } from './model.ts';
import { countOn } from './model.ts';
import type { Options, RailOption, Spot, StandingOption } from './rail.ts';
import { shareFen } from './rail.ts';
import type { Draft, Route, RouteFault } from './routes.ts';
import { schedule, without } from './routes.ts';

/** One answer in the making. Routes and spots are never changed in place, so a copy is cheap. */
export interface State {
  routes: (Route | undefined)[];
  where: (Spot | undefined)[];
  railPlaces: number[];
  railBays: number[];
  standingSeats: number[];
  standingBays: number[];
}

/** Everything the search reads. */
export interface Search {
  readonly model: Model;
  readonly options: Options;
}

export function emptyState(model: Model): State {
  const { allotments, standing } = model.problem;
  return {
    routes: [],
    where: model.units.map(() => undefined),
    railPlaces: allotments.map((a) => a.places),
    railBays: allotments.map((a) => a.wheelchairBays ?? 0),
    standingSeats: standing.map((s) => s.freeSeats),
    standingBays: standing.map((s) => s.freeWheelchairBays ?? 0),
  };
}

export function copyOf(state: State): State {
  return {
    routes: state.routes.slice(),
    where: state.where.slice(),
    railPlaces: state.railPlaces.slice(),
    railBays: state.railBays.slice(),
    standingSeats: state.standingSeats.slice(),
    standingBays: state.standingBays.slice(),
  };
}

/** What the search makes small: people left behind, then money, then time on the way. Fen. */
export function costOfAll(search: Search, state: State): number {
  const { model } = search;
  const { unservedFen, rideFenPerMin } = model.settings;
  let sum = 0;
  for (const route of state.routes) if (route) sum += route.score + feederFen(model, route);
  for (const unit of model.units) {
    const spot = state.where[unit.id];
    if (!spot) sum += unservedFen * unit.size * unit.weight;
    else if (spot.kind !== 'main') sum += spot.option.fen + rideFenPerMin * unit.size * spot.option.rideMin;
  }
  return sum;
}

function feederFen(model: Model, route: Route): number {
  let sum = 0;
  for (const { unit, point } of route.members) {
    if (point.feeder) sum += shareFen((model.units[unit] as Unit).size, point.distanceM);
  }
  return sum;
}

/** Units without a way. */
export function waitingUnits(search: Search, state: State): Unit[] {
  return search.model.units.filter((u) => !state.where[u.id]);
}

/** Takes a unit off whatever it rides on. */
export function takeOut(search: Search, state: State, unit: Unit): void {
  const spot = state.where[unit.id];
  if (!spot) return;
  state.where[unit.id] = undefined;
  if (spot.kind === 'rail') {
    addTo(state.railPlaces, spot.option.allotment, unit.size);
    addTo(state.railBays, spot.option.allotment, unit.wheels);
  } else if (spot.kind === 'standing') {
    addTo(state.standingSeats, spot.option.standing, unit.size);
    addTo(state.standingBays, spot.option.standing, unit.wheels);
  } else {
    const route = state.routes[spot.slot] as Route;
    const draft = without(search.model, route, unit.id);
    const shorter = draft && timed(search.model, state, draft, route, spot.slot);
    if (shorter && typeof shorter !== 'string') state.routes[spot.slot] = shorter;
    else dissolve(state, spot.slot);
  }
}

/** Takes all units off a run and closes it; gives the units back. */
export function dissolve(state: State, slot: number): number[] {
  const members = (state.routes[slot]?.members ?? []).map((m) => m.unit);
  for (const unit of members) state.where[unit] = undefined;
  state.routes[slot] = undefined;
  return members;
}

export function takeRail(state: State, unit: Unit, option: RailOption): boolean {
  if ((state.railPlaces[option.allotment] as number) < unit.size) return false;
  if ((state.railBays[option.allotment] as number) < unit.wheels) return false;
  addTo(state.railPlaces, option.allotment, -unit.size);
  addTo(state.railBays, option.allotment, -unit.wheels);
  state.where[unit.id] = { kind: 'rail', option };
  return true;
}

export function takeStanding(state: State, unit: Unit, option: StandingOption): boolean {
  if ((state.standingSeats[option.standing] as number) < unit.size) return false;
  if ((state.standingBays[option.standing] as number) < unit.wheels) return false;
  addTo(state.standingSeats, option.standing, -unit.size);
  addTo(state.standingBays, option.standing, -unit.wheels);
  state.where[unit.id] = { kind: 'standing', option };
  return true;
}

function addTo(list: number[], index: number, by: number): void {
  list[index] = (list[index] as number) + by;
}

/** Times a draft and finds it a vehicle that is not away; `slot` is the run it replaces. */
export function timed(
  model: Model,
  state: State,
  draft: Draft,
  before: Route | undefined,
  slot: number,
): Route | RouteFault | 'no_vehicle' {
  const route = schedule(model, draft, before?.no ?? 0, before?.departAt);
  if (typeof route === 'string') return route;
  const same = before && before.wagon.type === route.wagon.type ? before.no : undefined;
  const no = freeVehicle(model, state, route, slot, same);
  if (no === undefined) return 'no_vehicle';
  return no === route.no ? route : { ...route, no };
}

/** Last day on which the vehicle of a main run is away: it drives back as long as it drove out. */
export function awayUntil(model: Model, type: number, departAt: number, endAt: number): number {
  if (model.problem.fleet[type]?.countByDay) return Math.floor(departAt / 1440);
  return Math.floor((endAt + endAt - departAt) / 1440);
}

function freeVehicle(
  model: Model,
  state: State,
  route: Route,
  slot: number,
  preferred: number | undefined,
): number | undefined {
  const { problem } = model;
  const { type } = route.wagon;
  const vehicles = problem.fleet[type];
  if (!vehicles) return undefined;
  const until = awayUntil(model, type, route.departAt, route.endAt);
  const taken = new Set<number>();
  state.routes.forEach((other, at) => {
    if (!other || at === slot || other.wagon.type !== type || other.day > until) return;
    if (awayUntil(model, type, other.departAt, other.endAt) >= route.day) taken.add(other.no);
  });
  for (const trip of problem.standing) {
    if (trip.vehicle?.type !== type) continue;
    const departAt = trip.stops[0]?.departAt ?? 0;
    const endAt = trip.stops[trip.stops.length - 1]?.arriveAt ?? 0;
    if (Math.floor(departAt / 1440) > until) continue;
    if (awayUntil(model, type, departAt, endAt) >= route.day) taken.add(trip.vehicle.no);
  }
  const count = countOn(problem, vehicles, route.day);
  if (preferred !== undefined && preferred < count && !taken.has(preferred)) return preferred;
  for (let no = 0; no < count && no <= taken.size; no++) if (!taken.has(no)) return no;
  return undefined;
}

/** A way to put a unit on a main run. */
export interface Insertion {
  readonly delta: number;
  readonly slot: number;
  readonly draft: Draft;
}

/** The cheapest place of a unit on a run by length, times not looked at; undefined where a count forbids it. */
export function insertionOn(search: Search, route: Route, slot: number, unit: Unit): Insertion | undefined {
  const { model } = search;
  if (route.day < unit.fromDay || route.day > unit.toDay) return undefined;
  const wagon = wagonFor(model, route, unit);
  if (!wagon) return undefined;
  const dropPlace = model.drops[unit.drop]?.place as number;
  const stops = route.picks.length + route.drops.length;
  const newDrop = route.drops.includes(unit.drop) ? 0 : 1;
  const drop = newDrop ? dropDetour(model, route, dropPlace) : { metres: 0, at: -1 };
  let best: { delta: number; point: Access; at: number } | undefined;
  for (const point of search.options.points[unit.id] ?? []) {
    const newPick = route.picks.includes(point.place) ? 0 : 1;
    if (stops + newPick + newDrop > model.settings.maxStops) continue;
    const pick = newPick ? pickDetour(model, route, point.place) : { metres: 0, at: -1 };
    const feeder = point.feeder ? shareFen(unit.size, point.distanceM) : 0;
    const delta = feeder + detourFen(model, route, wagon, pick.metres + drop.metres);
    if (!best || delta < best.delta) best = { delta, point, at: pick.at };
  }
  if (!best) return undefined;
  const { point, at } = best;
  const picks = at < 0 ? route.picks : [...route.picks.slice(0, at), point.place, ...route.picks.slice(at)];
  const drops = newDrop
    ? [...route.drops.slice(0, drop.at), unit.drop, ...route.drops.slice(drop.at)]
    : route.drops;
  const members = [...route.members, { unit: unit.id, point }];
  return { delta: best.delta, slot, draft: { day: route.day, wagon, picks, drops, members } };
}

/** The run's vehicle type, or the next larger one where the unit needs it. */
function wagonFor(model: Model, route: Route, unit: Unit): Wagon | undefined {
  const people = route.load + unit.size;
  const wheels = route.wheels + unit.wheels;
  if (route.wagon.usable >= people && route.wagon.bays >= wheels) return route.wagon;
  return model.main.find((w) => w.usable >= people && w.bays >= wheels);
}

function detourFen(model: Model, route: Route, wagon: Wagon, metres: number): number {
  const dearer =
    wagon === route.wagon
      ? 0
      : wagon.fixedFen -
        route.wagon.fixedFen +
        ((wagon.perKmFen - route.wagon.perKmFen) * route.distanceM) / 1000;
  const minutes = metres / 1250;
  return dearer + (wagon.perKmFen * metres) / 1000 + model.settings.rideFenPerMin * route.load * minutes;
}

function pickDetour(model: Model, route: Route, place: number): { metres: number; at: number } {
  const after = model.drops[route.drops[0] as number]?.place as number;
  return cheapest(model, [...route.picks, after], place, 0, route.picks.length);
}

function dropDetour(model: Model, route: Route, place: number): { metres: number; at: number } {
  const last = route.picks[route.picks.length - 1] as number;
  const line = [last, ...route.drops.map((d) => model.drops[d]?.place as number)];
  const found = cheapest(model, line, place, 1, line.length);
  return { metres: found.metres, at: found.at - 1 };
}

function cheapest(
  model: Model,
  line: readonly number[],
  place: number,
  from: number,
  to: number,
): { metres: number; at: number } {
  let best = { metres: Infinity, at: from };
  for (let at = from; at <= to; at++) {
    const before = line[at - 1];
    const after = line[at];
    const metres =
      (before === undefined ? 0 : model.distanceM(before, place)) +
      (after === undefined ? 0 : model.distanceM(place, after)) -
      (before === undefined || after === undefined ? 0 : model.distanceM(before, after));
    if (metres < best.metres) best = { metres, at };
  }
  return best;
}
