import type { Model, Unit, Wagon } from './model.ts';
import type { Random } from './random.ts';
import type { Draft, Route } from './routes.ts';
import type { Insertion, Search, State } from './state.ts';
import { copyOf, dissolve, insertionOn, takeRail, takeStanding, timed, waitingUnits } from './state.ts';

/** Runs of main legs tried for one unit before it waits. */
const TRIES = 5;
/** Neighbours looked at when a run is opened. */
const NEIGHBORS = 90;

/**
 * Puts a unit where it costs least: a standing run, reserved places, or a main run that is open.
 * With `blink`, each choice is overlooked with that chance (Christiaens and Vanden Berghe 2020).
 */
export function insertBest(search: Search, state: State, unit: Unit, random?: Random, blink = 0): boolean {
  const { model, options } = search;
  const { rideFenPerMin } = model.settings;
  const choices: { delta: number; take: () => boolean }[] = [];
  const skip = () => random !== undefined && blink > 0 && random() < blink;
  for (const option of options.standing[unit.id] ?? []) {
    if ((state.standingSeats[option.standing] as number) < unit.size || skip()) continue;
    const delta = option.fen + rideFenPerMin * unit.size * option.rideMin;
    choices.push({ delta, take: () => takeStanding(state, unit, option) });
  }
  for (const option of options.rail[unit.id] ?? []) {
    if ((state.railPlaces[option.allotment] as number) < unit.size || skip()) continue;
    const delta = option.fen + rideFenPerMin * unit.size * option.rideMin;
    choices.push({ delta, take: () => takeRail(state, unit, option) });
  }
  state.routes.forEach((route, slot) => {
    if (!route || skip()) return;
    const insertion = insertionOn(search, route, slot, unit);
    if (!insertion) return;
    const ride = rideFenPerMin * unit.size * (route.endAt - route.departAt);
    choices.push({
      delta: insertion.delta + ride,
      take: () => takeInsertion(search, state, unit, insertion),
    });
  });
  choices.sort((a, b) => a.delta - b.delta);
  return choices.slice(0, TRIES).some((choice) => choice.take());
}

function takeInsertion(search: Search, state: State, unit: Unit, insertion: Insertion): boolean {
  const before = state.routes[insertion.slot];
  const route = timed(search.model, state, insertion.draft, before, insertion.slot);
  if (typeof route === 'string') return false;
  state.routes[insertion.slot] = route;
  state.where[unit.id] = { kind: 'main', slot: insertion.slot };
  return true;
}

/**
 * Opens a main run around a unit and fills it from `pool`, nearest first; nothing changes unless the minimum load is
 * reached. `tries` = days looked at, those with most people around first.
 */
export function openRun(
  search: Search,
  state: State,
  seed: Unit,
  pool: readonly Unit[],
  tries: number,
): boolean {
  const near = neighbors(search.model, seed, pool);
  const people = (day: number) =>
    near.reduce((sum, u) => sum + (u.fromDay <= day && day <= u.toDay ? u.size : 0), seed.size);
  const days: { day: number; people: number }[] = [];
  for (let day = seed.fromDay; day <= seed.toDay; day++) days.push({ day, people: people(day) });
  const { minLoad } = search.model.settings;
  days.sort((a, b) => b.people - a.people || a.day - b.day);
  for (const it of days.slice(0, tries)) {
    if (it.people >= minLoad && openOn(search, state, seed, near, it.day)) return true;
  }
  return false;
}

function openOn(search: Search, state: State, seed: Unit, near: readonly Unit[], day: number): boolean {
  const { model } = search;
  const seats = near.reduce((sum, u) => sum + (u.fromDay <= day && day <= u.toDay ? u.size : 0), seed.size);
  for (const wagon of wagonsToTry(model, seed, seats)) {
    const start = startRun(search, state, seed, wagon, day);
    if (start === 'no_vehicle') continue;
    if (!start) return false;
    const slot = freeSlot(state);
    state.routes[slot] = start;
    state.where[seed.id] = { kind: 'main', slot };
    fill(search, state, slot, near, model.settings.minLoad);
    if ((state.routes[slot] as Route).load >= model.settings.minLoad) {
      shrink(search, state, slot);
      return true;
    }
    dissolve(state, slot);
    return false;
  }
  return false;
}

/**
 * The most people a run around this unit would have today, by really filling one on a copy of the answer; the day of
 * it; `no_vehicle` where all are away on all its days; `no_way` where it cannot even go alone.
 */
export function reachableLoad(
  search: Search,
  state: State,
  seed: Unit,
  pool: readonly Unit[],
): { load: number; day: number } | 'no_vehicle' | 'no_way' {
  const { model } = search;
  const near = neighbors(model, seed, pool);
  let best: { load: number; day: number } | undefined;
  let outcome: 'no_vehicle' | 'no_way' = 'no_way';
  for (let day = seed.fromDay; day <= seed.toDay; day++) {
    for (const wagon of wagonsToTry(model, seed, Infinity)) {
      const trial = copyOf(state);
      const start = startRun(search, trial, seed, wagon, day);
      if (start === 'no_vehicle') outcome = start;
      if (!start || start === 'no_vehicle') continue;
      const slot = freeSlot(trial);
      trial.routes[slot] = start;
      trial.where[seed.id] = { kind: 'main', slot };
      fill(search, trial, slot, near, model.settings.minLoad);
      const { load } = trial.routes[slot] as Route;
      if (!best || load > best.load) best = { load, day };
      break;
    }
  }
  return best ?? outcome;
}

/** Types for a new run: the smallest that takes all around, then larger, then smaller ones. */
function wagonsToTry(model: Model, seed: Unit, seats: number): Wagon[] {
  const able = model.main.filter(
    (w) => w.usable >= Math.max(seed.size, model.settings.minLoad) && w.bays >= seed.wheels,
  );
  const enough = able.filter((w) => w.usable >= seats);
  const smaller = able.filter((w) => w.usable < seats).reverse();
  return enough.length > 0 && smaller.length === 0 ? enough : [...smaller, ...enough];
}

function startRun(
  search: Search,
  state: State,
  seed: Unit,
  wagon: Wagon,
  day: number,
): Route | undefined | 'no_vehicle' {
  for (const point of search.options.points[seed.id] ?? []) {
    const draft: Draft = {
      day,
      wagon,
      picks: [point.place],
      drops: [seed.drop],
      members: [{ unit: seed.id, point }],
    };
    const route = timed(search.model, state, draft, undefined, -1);
    if (route === 'no_vehicle') return route;
    if (typeof route !== 'string') return route;
  }
  return undefined;
}

function freeSlot(state: State): number {
  const hole = state.routes.indexOf(undefined);
  return hole === -1 ? state.routes.length : hole;
}

/** Fills a run with the neighbours that fit its way; beyond a fair share of the price only up to the minimum. */
function fill(search: Search, state: State, slot: number, near: readonly Unit[], minLoad: number): void {
  const waiting = near.filter((u) => !state.where[u.id]);
  for (;;) {
    const route = state.routes[slot] as Route;
    if (route.load >= route.wagon.usable || waiting.length === 0) return;
    const fair = (2 * route.score) / route.wagon.usable;
    let best: { at: number; rate: number; insertion: Insertion } | undefined;
    for (let at = 0; at < waiting.length; at++) {
      const unit = waiting[at] as Unit;
      if (route.load + unit.size > route.wagon.usable) continue;
      const insertion = insertionOn(search, route, slot, unit);
      if (!insertion) continue;
      const rate = insertion.delta / (unit.size * unit.weight);
      if (!best || rate < best.rate) best = { at, rate, insertion };
    }
    if (!best || (best.rate > fair && route.load >= minLoad)) return;
    const unit = waiting[best.at] as Unit;
    takeInsertion(search, state, unit, best.insertion);
    waiting.splice(best.at, 1);
  }
}

/** Puts a run on the cheapest vehicle that holds it. */
export function shrink(search: Search, state: State, slot: number): void {
  const { model } = search;
  const route = state.routes[slot] as Route;
  for (const wagon of model.main) {
    if (wagon.usable < route.load || wagon.bays < route.wheels) continue;
    if (wagon.type === route.wagon.type) return;
    const { day, picks, drops, members } = route;
    const smaller = timed(model, state, { day, wagon, picks, drops, members }, { ...route, wagon }, slot);
    if (typeof smaller === 'string' || smaller.score >= route.score) continue;
    state.routes[slot] = smaller;
    return;
  }
}

/** Units of the pool that could share days and way with a unit, nearest first. */
export function neighbors(model: Model, seed: Unit, pool: readonly Unit[]): Unit[] {
  const near: { unit: Unit; metres: number }[] = [];
  for (const unit of pool) {
    if (unit.id === seed.id || unit.fromDay > seed.toDay || unit.toDay < seed.fromDay) continue;
    near.push({ unit, metres: apart(model, seed, unit) });
  }
  near.sort((a, b) => a.metres - b.metres || a.unit.id - b.unit.id);
  return near.slice(0, NEIGHBORS).map((n) => n.unit);
}

/** Metres between two units' ways: between their homes and between their gates. */
export function apart(model: Model, a: Unit, b: Unit): number {
  const from = model.distanceM(a.points[0]?.place ?? a.home, b.points[0]?.place ?? b.home);
  const to = model.distanceM(model.drops[a.drop]?.place as number, model.drops[b.drop]?.place as number);
  return from + to;
}

/** Opens runs for those who wait, the corridor with most people first; failures close a corridor. */
export function openRuns(
  search: Search,
  state: State,
  waiting: readonly Unit[],
  tries: number,
  keepOn: () => boolean,
): void {
  const { model } = search;
  const corridorOf = (u: Unit) => model.drops[u.drop]?.city ?? -1;
  const failures = new Map<number, number>();
  let pool = waiting.filter((u) => !state.where[u.id]);
  const patience = 2 + Math.floor(pool.length / 200);
  while (pool.length > 0 && keepOn()) {
    const people = new Map<number, number>();
    for (const u of pool) {
      const city = corridorOf(u);
      if ((failures.get(city) ?? 0) < patience) people.set(city, (people.get(city) ?? 0) + u.size * u.weight);
    }
    const [city] = [...people].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0] ?? [];
    if (city === undefined) return;
    const seed = seedOf(
      model,
      pool.filter((u) => corridorOf(u) === city),
      failures.get(city) ?? 0,
    );
    if (!openRun(search, state, seed, pool, tries)) failures.set(city, (failures.get(city) ?? 0) + 1);
    pool = pool.filter((u) => !state.where[u.id]);
  }
}

/** The unit with most company around; after a failure the one with least choice of days. */
function seedOf(model: Model, units: readonly Unit[], failed: number): Unit {
  const first = units[0] as Unit;
  if (failed % 2 === 1) {
    return units.reduce((a, b) => (b.toDay - b.fromDay < a.toDay - a.fromDay ? b : a), first);
  }
  // Another part of the corridor after each failure.
  const sample = units.slice((failed * 17) % units.length).slice(0, 40);
  let best = first;
  let least = Infinity;
  for (const unit of sample) {
    const near = sample.reduce((sum, other) => sum + apart(model, unit, other), 0) / unit.weight;
    if (near < least) {
      least = near;
      best = unit;
    }
  }
  return best;
}

/** A first answer: free seats of standing runs, new runs corridor by corridor, then places wherever they are left. */
export function construct(search: Search, state: State, keepOn: () => boolean): void {
  const { model, options } = search;
  for (const unit of model.units) {
    const [seat] = options.standing[unit.id] ?? [];
    if (seat && !state.where[unit.id]) takeStanding(state, unit, seat);
  }
  openRuns(search, state, model.units, 3, keepOn);
  const left = waitingUnits(search, state).sort(
    (a, b) =>
      b.weight - a.weight ||
      (options.rail[a.id]?.length ?? 0) - (options.rail[b.id]?.length ?? 0) ||
      b.size - a.size ||
      a.id - b.id,
  );
  for (const unit of left) if (keepOn()) insertBest(search, state, unit);
}

/** Closes runs below the minimum load and seats their people elsewhere if that can be. */
export function closeThin(search: Search, state: State): void {
  const { minLoad } = search.model.settings;
  state.routes.forEach((route, slot) => {
    if (!route || route.load >= minLoad) return;
    for (const id of dissolve(state, slot)) insertBest(search, state, search.model.units[id] as Unit);
  });
}
