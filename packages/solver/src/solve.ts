import type { Assembly } from './assemble.ts';
import { assemble } from './assemble.ts';
import { closeThin, construct, insertBest, openRuns } from './construct.ts';
import { explain } from './explain.ts';
import { improve, polish } from './improve.ts';
import { greatCircleMatrix } from './matrix.ts';
import type { Model, Unit } from './model.ts';
import { prepare } from './model.ts';
import type { Plan, PlanItinerary, PlanTrip, Problem, SolveOptions, Unserved } from './problem.ts';
import { ban, optionsOf } from './rail.ts';
import { seeded } from './random.ts';
import type { Search, State } from './state.ts';
import { emptyState, takeOut, waitingUnits } from './state.ts';

/** Share of the time kept for feeders and explanations. */
const RESERVE = 0.12;

/**
 * Plans everybody's way from home door to factory gate.
 *
 * Reserved places, new main runs and free seats of standing runs are chosen together; feeders and last miles follow.
 * Whoever has no way gets a reason and a remedy. The same problem, seed and `iterations` (with time enough) give the
 * same plan. Sources: docs/planning-problem.md.
 */
export function solve(problem: Problem, options: SolveOptions): Plan {
  const begun = options.now();
  const matrix = options.matrix ?? greatCircleMatrix(problem.places);
  const model = prepare(problem, matrix);
  const search: Search = { model, options: optionsOf(model) };
  const inTime = () => options.now() - begun < options.deadlineMs * (1 - RESERVE);
  const limit = options.iterations ?? Infinity;
  const state = emptyState(model);
  construct(search, state, inTime);
  const share = (iteration: number) =>
    Math.min(
      1,
      limit === Infinity ? (options.now() - begun) / (options.deadlineMs * (1 - RESERVE)) : iteration / limit,
    );
  const budget = { keepOn: (i: number) => i < limit && inTime(), heat: (i: number) => 1 - share(i) };
  const tell = (iteration: number, best: State) =>
    options.onProgress?.({
      share: share(iteration),
      servedPeople: servedIn(model, best),
      costFen: spentIn(best),
    });
  const { state: best, iterations } = improve(search, state, seeded(options.seed), budget, tell);
  polish(search, best);
  openRuns(search, best, waitingUnits(search, best), 5, inTime);
  for (const unit of waitingUnits(search, best)) insertBest(search, best, unit);
  const assembly = repaired(search, best);
  return finished(search, best, assembly, iterations);
}

function servedIn(model: Model, state: State): number {
  return model.units.reduce((sum, u) => sum + (state.where[u.id] ? u.size : 0), 0);
}

function spentIn(state: State): number {
  const runs = state.routes.reduce((sum, route) => sum + (route?.costFen ?? 0), 0);
  return state.where.reduce((sum, spot) => sum + (spot && spot.kind !== 'main' ? spot.option.fen : 0), runs);
}

/** Feeders and last miles; whoever has none loses that way and is seated again, until all is well. */
function repaired(search: Search, state: State): Assembly {
  for (let round = 0; ; round++) {
    const assembly = assemble(search.model, state);
    if (assembly.failures.length === 0) return assembly;
    const loose = new Map<number, Unit>();
    for (const unit of assembly.failures) {
      const spot = state.where[unit.id];
      if (spot) ban(search.options, unit.id, spot);
      loose.set(unit.id, unit);
    }
    for (const unit of loose.values()) takeOut(search, state, unit);
    closeThin(search, state);
    // Later rounds only take people off, so that this ends.
    if (round < 12) for (const unit of loose.values()) insertBest(search, state, unit);
  }
}

function finished(search: Search, state: State, assembly: Assembly, iterations: number): Plan {
  const unserved = explain(search, state);
  const itineraries = joined(assembly.itineraries);
  const trips = assembly.trips.map(withoutDoubles);
  const { parties } = search.model.problem;
  const people = (list: readonly { people: number }[]) => list.reduce((sum, it) => sum + it.people, 0);
  const left = new Set(unserved.map((u) => u.party));
  return {
    trips,
    itineraries,
    unserved,
    totals: {
      servedPeople: people(itineraries),
      unservedPeople: people(unserved),
      servedParties: parties.length - left.size,
      unservedParties: left.size,
      mainRuns: trips.filter((t) => t.role === 'main' && t.standing === undefined).length,
      costFen: trips.reduce((sum, t) => sum + t.costFen, 0),
      boundFen: boundOf(search, state, unserved),
      rideMin: itineraries.reduce((sum, it) => sum + it.people * rideOf(trips, it), 0),
      iterations,
    },
  };
}

function rideOf(trips: readonly PlanTrip[], itinerary: PlanItinerary): number {
  const first = itinerary.legs[0];
  const last = itinerary.legs[itinerary.legs.length - 1];
  if (!first || !last) return 0;
  const from = trips[first.trip]?.stops[first.board]?.departAt ?? 0;
  return (trips[last.trip]?.stops[last.alight]?.arriveAt ?? 0) - from;
}

/** Parts of a party that ride the same legs are one again. */
function joined(itineraries: readonly PlanItinerary[]): PlanItinerary[] {
  const byWay = new Map<string, PlanItinerary>();
  for (const it of itineraries) {
    const key = `${it.party}:${it.legs.map((l) => `${l.trip},${l.board},${l.alight}`).join(';')}`;
    const same = byWay.get(key);
    const wheelchairs = (same?.wheelchairs ?? 0) + it.wheelchairs;
    byWay.set(key, same ? { ...same, people: same.people + it.people, wheelchairs } : it);
  }
  return [...byWay.values()];
}

function withoutDoubles(trip: PlanTrip): PlanTrip {
  const stops = trip.stops.map((s) => ({
    ...s,
    boards: [...new Set(s.boards)],
    alights: [...new Set(s.alights)],
  }));
  return { ...trip, stops };
}

/**
 * What serving these people costs at least: each person takes at least the share of the cheapest full vehicle on the
 * direct way, or the cheapest fare. Holds for providers that keep the triangle inequality.
 */
function boundOf(search: Search, state: State, unserved: readonly Unserved[]): number {
  const { model } = search;
  const left = new Set(unserved.map((u) => u.party));
  const standing = model.problem.standing.some((s) => s.freeSeats > 0);
  let sum = 0;
  for (const unit of model.units) {
    if (!state.where[unit.id] || left.has(unit.party)) continue;
    if (standing && (search.options.standing[unit.id]?.length ?? 0) > 0) continue;
    let least = Infinity;
    for (const o of search.options.rail[unit.id] ?? []) {
      least = Math.min(least, model.problem.allotments[o.allotment]?.fareFen ?? Infinity);
    }
    for (const point of search.options.points[unit.id] ?? []) {
      const km = model.distanceM(point.place, model.drops[unit.drop]?.place as number) / 1000;
      for (const w of model.main) least = Math.min(least, (w.fixedFen + w.perKmFen * km) / w.usable);
    }
    if (least < Infinity) sum += least * unit.size;
  }
  return Math.floor(sum);
}
