import { crewFor } from './clock-law.ts';
import { reachableLoad } from './construct.ts';
import type { Model, Unit } from './model.ts';
import { daysOf } from './model.ts';
import type { Numbers, Reason, Remedy, Unserved } from './problem.ts';
import type { RouteFault } from './routes.ts';
import { schedule } from './routes.ts';
import type { Search, State } from './state.ts';
import { insertionOn, timed, waitingUnits } from './state.ts';
import { timeRun } from './timing.ts';

type Why = Pick<Unserved, 'reason' | 'remedy'>;

/** A reason and a remedy, each with its numbers, for every party or part that has no way. */
export function explain(search: Search, state: State): Unserved[] {
  const { problem, units } = search.model;
  const known = new Set(units.map((u) => u.party));
  const found: Unserved[] = [];
  problem.parties.forEach((party, index) => {
    if (party.fixed || known.has(index)) return;
    found.push({ party: index, people: party.size, ...whyNever(search.model, index) });
  });
  const waiting = waitingUnits(search, state);
  const loads = new Map<string, ReturnType<typeof reachableLoad>>();
  const people = new Map<number, number>();
  for (const unit of waiting) people.set(unit.party, (people.get(unit.party) ?? 0) + unit.size);
  const told = new Set<number>();
  for (const unit of waiting) {
    if (told.has(unit.party)) continue;
    told.add(unit.party);
    const why = whyUnit(search, state, unit, waiting, loads);
    found.push({ party: unit.party, people: people.get(unit.party) as number, ...why });
  }
  return found.sort((a, b) => a.party - b.party);
}

function because(reason: Reason, numbers: Numbers, remedy: Remedy, helps: Numbers): Why {
  return { reason: { code: reason, numbers }, remedy: { code: remedy, numbers: helps } };
}

/** Parties that the search never saw. */
function whyNever(model: Model, index: number): Why {
  const { parties, gates, horizon } = model.problem;
  const party = parties[index];
  const gate = gates[party?.gate ?? -1];
  if (!party || !gate) return because('no_destination', {}, 'ask_destination', {});
  if (gate.windows.length === 0) return because('no_arrival_window', {}, 'ask_gate', {});
  const { earliestDay, latestDay } = party;
  const { fromDay, toDay } = daysOf(model.problem, index);
  const numbers = { earliestDay, latestDay, fromDay: horizon.fromDay, toDay: horizon.toDay };
  if (fromDay > toDay && latestDay < horizon.fromDay) {
    return because('beyond_horizon', numbers, 'later_day', { day: horizon.fromDay });
  }
  return because('beyond_horizon', numbers, 'extend_horizon', { day: earliestDay });
}

function whyUnit(
  search: Search,
  state: State,
  unit: Unit,
  waiting: readonly Unit[],
  loads: Map<string, ReturnType<typeof reachableLoad>>,
): Why {
  const { model } = search;
  const impossible = tooMuch(model, unit) ?? noAccess(search, unit);
  if (impossible) return impossible;
  const fault = soloFault(search, unit);
  if (fault) return whySolo(search, unit, fault);
  const corridor = model.drops[unit.drop]?.city;
  const key = `${corridor}/${unit.fromDay}/${unit.toDay}`;
  const known = loads.get(key) ?? reachableLoad(search, state, unit, waiting);
  loads.set(key, known);
  const short = waiting.reduce((n, u) => n + (model.drops[u.drop]?.city === corridor ? u.size : 0), 0);
  const helped = otherDay(search, state, unit) ?? moreOf(search, unit);
  if (typeof known === 'string' || known.load >= model.settings.minLoad) {
    const remedy = helped ?? {
      code: 'one_more_vehicle' as const,
      numbers: { seats: Math.max(short, unit.size), wheelchairBays: unit.wheels },
    };
    return { reason: { code: 'no_vehicle', numbers: { seatsShort: short } }, remedy };
  }
  return whyThin(model, known.load, known.day, helped);
}

/** Not enough people for a run of their own. */
function whyThin(model: Model, have: number, day: number, helped: Unserved['remedy'] | undefined): Why {
  const need = model.settings.minLoad;
  const lower = { code: 'lower_min_load' as const, numbers: { to: have, day } };
  const join = { code: 'join_neighbor' as const, numbers: { people: need - have, day } };
  const remedy = helped ?? (2 * have >= need ? lower : join);
  return { reason: { code: 'below_min_load', numbers: { have, need } }, remedy };
}

function tooMuch(model: Model, unit: Unit): Why | undefined {
  const { main, problem } = model;
  const seats = Math.max(0, ...main.map((w) => w.usable), ...problem.allotments.map((a) => a.places));
  if (seats === 0) {
    return because('no_vehicle', { seatsShort: unit.size }, 'one_more_vehicle', {
      seats: unit.size,
      wheelchairBays: unit.wheels,
    });
  }
  if (unit.size > seats) {
    return because('party_too_large', { size: unit.size, seats }, 'split_party', {
      parts: Math.ceil(unit.size / seats),
    });
  }
  const bays = Math.max(
    0,
    ...main.map((w) => w.bays),
    ...problem.allotments.map((a) => a.wheelchairBays ?? 0),
  );
  if (unit.wheels <= bays) return undefined;
  return because('no_wheelchair_bay', { need: unit.wheels, have: bays }, 'accessible_vehicle', {
    bays: unit.wheels,
  });
}

/** No stop can be reached on foot or by feeder. */
function noAccess(search: Search, unit: Unit): Why | undefined {
  if ((search.options.points[unit.id] ?? []).length > 0) return undefined;
  const { model } = search;
  const nearest = unit.points[0];
  const places = model.problem.boardingPoints.map((p) => model.distanceM(unit.home, p.place));
  const distanceM = nearest?.distanceM ?? Math.min(...places);
  const numbers = { distanceM, people: unit.size, wheelchairs: unit.wheels };
  const more = moreOf(search, unit);
  if (more) return { reason: { code: 'no_feeder', numbers }, remedy: more };
  if (!nearest) return because('no_feeder', numbers, 'add_boarding_point', { distanceM });
  return because('no_feeder', numbers, 'one_more_feeder', { seats: unit.size, wheelchairBays: unit.wheels });
}

/** The rule that a run for this unit alone would break on every day and vehicle; undefined where one is kept. */
function soloFault(search: Search, unit: Unit): RouteFault | undefined {
  const { model } = search;
  let fault: RouteFault | undefined;
  for (const wagon of model.main) {
    if (wagon.usable < unit.size || wagon.bays < unit.wheels) continue;
    for (let day = unit.fromDay; day <= unit.toDay; day++) {
      for (const point of search.options.points[unit.id] ?? []) {
        const members = [{ unit: unit.id, point }];
        const draft = { day, wagon, picks: [point.place], drops: [unit.drop], members };
        const route = schedule(model, draft, 0);
        if (typeof route !== 'string') return undefined;
        fault = route;
      }
    }
  }
  return fault;
}

function whySolo(search: Search, unit: Unit, fault: RouteFault): Why {
  const { model } = search;
  const { settings } = model;
  const more = moreOf(search, unit);
  if (fault === 'too_many_stops') {
    const numbers = { stops: 2, max: settings.maxStops };
    return because('too_many_stops', numbers, 'raise_stop_limit', { to: 2 });
  }
  const place = model.drops[unit.drop]?.place as number;
  const from = unit.points[0]?.place ?? unit.home;
  const drive = model.driveMin(from, place);
  const crew = crewFor(settings.law, drive, Math.max(1, ...model.main.map((w) => w.crew)));
  const departAt = unit.fromDay * 1440 + settings.serviceFromMin;
  const free = timeRun(model, [from, place], 2, [], departAt, crew);
  const arriveAt = free?.arrive[1] ?? departAt + drive;
  if (fault === 'ride_too_long') {
    const rideMin = arriveAt - departAt;
    const numbers = { rideMin, maxMin: settings.maxRideMin };
    if (more) return { reason: { code: fault, numbers }, remedy: more };
    return because(fault, numbers, 'raise_ride_limit', { toMin: Math.max(rideMin, settings.maxRideMin + 1) });
  }
  const numbers = { earliestAt: arriveAt, minuteOfDay: arriveAt % 1440 };
  if (more) return { reason: { code: fault, numbers }, remedy: more };
  return because(fault, numbers, 'widen_window', { minuteOfDay: arriveAt % 1440 });
}

/** A seat that is really free on another day's run. */
function otherDay(search: Search, state: State, unit: Unit): Unserved['remedy'] | undefined {
  const { model } = search;
  const { horizon } = model.problem;
  const flexible: Unit = { ...unit, fromDay: horizon.fromDay, toDay: horizon.toDay };
  let best: { day: number; distance: number } | undefined;
  state.routes.forEach((route, slot) => {
    if (!route || (route.day >= unit.fromDay && route.day <= unit.toDay)) return;
    const distance = route.day > unit.toDay ? route.day - unit.toDay : unit.fromDay - route.day;
    if (best && best.distance <= distance) return;
    const insertion = insertionOn(search, route, slot, flexible);
    if (!insertion || typeof timed(model, state, insertion.draft, route, slot) === 'string') return;
    best = { day: route.day, distance };
  });
  if (!best) return undefined;
  const { day, distance } = best;
  return { code: day > unit.toDay ? 'later_day' : 'earlier_day', numbers: { day, days: distance } };
}

/** A train that the unit reaches in time but that is full. */
function moreOf(search: Search, unit: Unit): Unserved['remedy'] | undefined {
  const options = search.options.rail[unit.id] ?? [];
  const cheapest = options.reduce<(typeof options)[number] | undefined>(
    (best, o) => (!best || o.fen < best.fen ? o : best),
    undefined,
  );
  if (!cheapest) return undefined;
  return { code: 'other_mode', numbers: { allotment: cheapest.allotment, places: unit.size } };
}
