import { apart, closeThin, insertBest, openRun, shrink } from './construct.ts';
import type { Unit } from './model.ts';
import type { Random } from './random.ts';
import { shuffle, whole } from './random.ts';
import { schedule } from './routes.ts';
import type { Search, State } from './state.ts';
import { copyOf, costOfAll, takeOut, waitingUnits } from './state.ts';

/** When to stop and how hot the search is: 1 at the beginning, 0 at the end. */
export interface Budget {
  /** False once the time or the iterations are used up. */
  readonly keepOn: (iteration: number) => boolean;
  readonly heat: (iteration: number) => number;
}

/**
 * Ruin and recreate under simulated annealing: people near each other leave their runs and are put back, runs are
 * opened for those who wait, runs below the minimum load are closed. Every answer on the way is sound.
 * Source: Schrimpf et al. (2000); Christiaens and Vanden Berghe (2020).
 */
export function improve(
  search: Search,
  start: State,
  random: Random,
  budget: Budget,
  tell: (iteration: number, best: State) => void,
): { state: State; iterations: number } {
  let current = start;
  let value = costOfAll(search, current);
  let best = current;
  let bestValue = value;
  let iteration = 0;
  const hot = 0.002 * (costOf(current) + 100_000);
  for (; search.model.units.length > 0 && budget.keepOn(iteration); iteration++) {
    const trial = copyOf(current);
    const loose = ruin(search, trial, random);
    recreate(search, trial, loose, random);
    const found = costOfAll(search, trial);
    const margin = -Math.log(1 - random()) * hot * budget.heat(iteration);
    if (found < value + margin) {
      current = trial;
      value = found;
      if (found < bestValue - 1e-6) {
        best = trial;
        bestValue = found;
      }
    }
    if (iteration % 50 === 0) tell(iteration, best);
  }
  return { state: best, iterations: iteration };
}

function costOf(state: State): number {
  return state.routes.reduce((sum, route) => sum + (route?.score ?? 0), 0);
}

/** Frees some units: around a place, a whole run, or a mix of two runs. Gives those without a seat now. */
function ruin(search: Search, state: State, random: Random): Unit[] {
  const { units } = search.model;
  const loose: Unit[] = [];
  const pick = random();
  const open = state.routes.flatMap((route, slot) => (route ? [slot] : []));
  if (pick < 0.35 && open.length > 0) {
    const slot = open[whole(random, open.length)] as number;
    const members = (state.routes[slot]?.members ?? []).map((m) => units[m.unit] as Unit);
    for (const unit of members) {
      takeOut(search, state, unit);
      loose.push(unit);
    }
  } else {
    const seed = units[whole(random, units.length)] as Unit;
    const count = 2 + whole(random, Math.min(24, Math.max(1, units.length / 3)));
    for (const unit of around(search, seed, count, random)) {
      if (!state.where[unit.id]) continue;
      takeOut(search, state, unit);
      loose.push(unit);
    }
  }
  return loose;
}

/** A unit and those nearest to its way, out of a sample. */
function around(search: Search, seed: Unit, count: number, random: Random): Unit[] {
  const { model } = search;
  const sample: Unit[] = [];
  const size = Math.min(model.units.length, 200);
  const offset = whole(random, model.units.length);
  const step = model.units.length <= 200 ? 1 : 1 + whole(random, Math.floor(model.units.length / size));
  for (let i = 0; i < size; i++) sample.push(model.units[(offset + i * step) % model.units.length] as Unit);
  const scored = sample.map((unit) => ({ unit, metres: apart(model, seed, unit) }));
  scored.sort((a, b) => a.metres - b.metres || a.unit.id - b.unit.id);
  return [seed, ...scored.map((s) => s.unit).filter((u) => u.id !== seed.id)].slice(0, count);
}

/** Seats the loose and some of the waiting again. */
function recreate(search: Search, state: State, loose: readonly Unit[], random: Random): void {
  const chosen = new Set(loose.map((u) => u.id));
  const others = waitingUnits(search, state).filter((u) => !chosen.has(u.id));
  const extra = others.length <= 60 ? others : shuffle(random, others).slice(0, 60);
  const pool = [...loose.filter((u) => !state.where[u.id]), ...extra];
  const runFirst = random() < 0.5;
  order(search, pool, random);
  if (runFirst) openSome(search, state, pool, random);
  for (const unit of pool) if (!state.where[unit.id]) insertBest(search, state, unit, random, 0.03);
  if (!runFirst) openSome(search, state, pool, random);
  closeThin(search, state);
  if (random() >= 0.3) return;
  state.routes.forEach((route, slot) => {
    if (route) shrink(search, state, slot);
  });
}

function openSome(search: Search, state: State, pool: readonly Unit[], random: Random): void {
  for (let tries = 0; tries < 3; tries++) {
    const waiting = pool.filter((u) => !state.where[u.id]);
    const people = waiting.reduce((sum, u) => sum + u.size, 0);
    if (waiting.length === 0 || people < search.model.settings.minLoad) return;
    const seed = waiting[whole(random, waiting.length)] as Unit;
    openRun(search, state, seed, waiting, 2);
  }
}

function order(search: Search, pool: Unit[], random: Random): void {
  shuffle(random, pool);
  const { model } = search;
  const far = (u: Unit) => model.distanceM(u.home, model.drops[u.drop]?.place as number);
  const pick = random();
  if (pick < 0.4) pool.sort((a, b) => b.size * b.weight - a.size * a.weight);
  else if (pick < 0.6) pool.sort((a, b) => far(b) - far(a));
  else if (pick < 0.8) pool.sort((a, b) => a.toDay - a.fromDay - (b.toDay - b.fromDay));
}

/** Reorders the stops of each run (2-opt) and leaves at the best minute of the day; only gains are kept. */
export function polish(search: Search, state: State): void {
  const { model } = search;
  state.routes.forEach((route, slot) => {
    if (!route) return;
    let best = route;
    const consider = (picks: readonly number[], drops: readonly number[]) => {
      const { day, wagon, members } = route;
      const other = schedule(model, { day, wagon, picks, drops, members }, route.no);
      // The vehicle must not be away longer than before: its days were found free for that.
      if (typeof other !== 'string' && other.score < best.score && away(other) <= away(route)) best = other;
    };
    consider(route.picks, route.drops);
    for (const picks of reversals(route.picks)) consider(picks, best.drops);
    for (const drops of reversals(route.drops)) consider(best.picks, drops);
    state.routes[slot] = best;
  });
}

function away(route: { departAt: number; endAt: number }): number {
  return Math.floor((2 * route.endAt - route.departAt) / 1440);
}

function* reversals(line: readonly number[]): Generator<number[]> {
  for (let i = 0; i < line.length - 1; i++) {
    for (let j = i + 2; j <= line.length; j++) {
      yield [...line.slice(0, i), ...line.slice(i, j).reverse(), ...line.slice(j)];
    }
  }
}
