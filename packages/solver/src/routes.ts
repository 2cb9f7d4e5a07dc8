import { crewFor } from './clock-law.ts';
import type { Access, Model, Unit, Wagon } from './model.ts';
import type { Timing } from './timing.ts';
import { timeRun } from './timing.ts';

/** One unit on a main run and the stop it is picked up at. */
export interface Member {
  readonly unit: number;
  readonly point: Access;
}

/** What the search decides about a main run. */
export interface Draft {
  readonly day: number;
  readonly wagon: Wagon;
  /** Places of the pick-ups, then indices of drops, each in order of travel. */
  readonly picks: readonly number[];
  readonly drops: readonly number[];
  readonly members: readonly Member[];
}

/** A main run that keeps every rule except the minimum load. Never changed, only replaced. */
export interface Route extends Draft {
  readonly no: number;
  readonly load: number;
  readonly wheels: number;
  readonly crew: number;
  readonly departAt: number;
  readonly endAt: number;
  readonly distanceM: number;
  readonly costFen: number;
  /** costFen and the weight of its riders' time. */
  readonly score: number;
}

export type RouteFault = 'too_many_stops' | 'ride_too_long' | 'window_unreachable';

/** Distance of the departures tried for a new run, and for one that no longer fits the departure it had. */
const STEP_MIN = 30;
const WIDE_STEP_MIN = 120;

/**
 * Times a draft: near the departure it had, else by the departure of the service day with the shortest run.
 * Refuses with the first rule that no departure keeps.
 */
export function schedule(model: Model, draft: Draft, no: number, departAt?: number): Route | RouteFault {
  const { settings } = model;
  const places = placesOf(model, draft);
  if (places.length > settings.maxStops) return 'too_many_stops';
  const drive = driveSums(model, places);
  if (directTooLong(model, draft, drive)) return 'ride_too_long';
  const total = drive[drive.length - 1] as number;
  const crew = crewFor(settings.law, total, draft.wagon.crew);
  const base = { draft, places, crew, no };
  if (departAt !== undefined) {
    const route = tryDeparture(model, base, departAt);
    if (typeof route !== 'string') return route;
  }
  let best: Route | undefined;
  let fault: RouteFault = 'window_unreachable';
  const midnight = draft.day * 1440;
  const step = departAt === undefined ? STEP_MIN : WIDE_STEP_MIN;
  for (let m = settings.serviceFromMin; m <= settings.serviceToMin; m += step) {
    const route = tryDeparture(model, base, midnight + m);
    if (typeof route === 'string') {
      if (route === 'ride_too_long') fault = route;
    } else if (!best || route.endAt - route.departAt < best.endAt - best.departAt) best = route;
  }
  return best ?? fault;
}

/** The stops of a draft as places. */
export function placesOf(model: Model, draft: Draft): number[] {
  return [...draft.picks, ...draft.drops.map((d) => model.drops[d]?.place as number)];
}

/** Times of a route, with its stands. */
export function timingOf(model: Model, route: Route): Timing {
  const timing = timeRun(
    model,
    placesOf(model, route),
    route.picks.length,
    route.drops,
    route.departAt,
    route.crew,
  );
  if (!timing) throw new Error('a timed route has lost its times');
  return timing;
}

interface Base {
  readonly draft: Draft;
  readonly places: readonly number[];
  readonly crew: number;
  readonly no: number;
}

function tryDeparture(model: Model, base: Base, departAt: number): Route | RouteFault {
  const { draft, places, crew, no } = base;
  const { settings, units } = model;
  const timing = timeRun(model, places, draft.picks.length, draft.drops, departAt, crew);
  if (!timing) return 'window_unreachable';
  const feederFrom = draft.day * 1440 + settings.feederFromMin + settings.transferMarginMin;
  const feederTo = (draft.day + 1) * 1440 + settings.transferMarginMin;
  let load = 0;
  let wheels = 0;
  let ride = 0;
  for (const { unit: id, point } of draft.members) {
    const unit = units[id] as Unit;
    const boards = timing.depart[draft.picks.indexOf(point.place)] as number;
    const minutes = (timing.arrive[draft.picks.length + draft.drops.indexOf(unit.drop)] as number) - boards;
    if (minutes > settings.maxRideMin) return 'ride_too_long';
    if (point.feeder && (boards - point.driveMin < feederFrom || boards >= feederTo))
      return 'window_unreachable';
    load += unit.size;
    wheels += unit.wheels;
    ride += unit.size * minutes;
  }
  let distanceM = 0;
  for (let i = 1; i < places.length; i++) {
    distanceM += model.distanceM(places[i - 1] as number, places[i] as number);
  }
  const costFen = Math.round(draft.wagon.fixedFen + (draft.wagon.perKmFen * distanceM) / 1000);
  return {
    ...draft,
    no,
    load,
    wheels,
    crew,
    departAt,
    endAt: timing.arrive[places.length - 1] as number,
    distanceM,
    costFen,
    score: costFen + settings.rideFenPerMin * ride,
  };
}

function driveSums(model: Model, places: readonly number[]): number[] {
  const sums = [0];
  for (let i = 1; i < places.length; i++) {
    sums.push((sums[i - 1] as number) + model.driveMin(places[i - 1] as number, places[i] as number));
  }
  return sums;
}

/** Driving with the stands that no departure avoids is already longer than the limit: no need to try any. */
function directTooLong(model: Model, draft: Draft, sums: readonly number[]): boolean {
  const limit = model.settings.maxRideMin;
  const least = (drive: number) => leastRide(model, drive);
  if (least(sums[sums.length - 1] as number) <= limit) return false;
  return draft.members.some(({ unit: id, point }) => {
    const to = draft.picks.length + draft.drops.indexOf((model.units[id] as Unit).drop);
    return least((sums[to] as number) - (sums[draft.picks.indexOf(point.place)] as number)) > limit;
  });
}

/** Minutes that a ride with so much driving takes at least: rests, and the halt at night where it cannot be avoided. */
function leastRide(model: Model, drive: number): number {
  const { law } = model.settings;
  const rested = drive + law.restMin * Math.max(0, Math.floor((drive - 1) / law.dayMin));
  const halt = law.haltToMin - law.haltFromMin;
  return law.halt === 'stop' && rested > 1440 - halt ? rested + halt - law.restMin : rested;
}

/** The draft without a unit; undefined where nobody is left. */
export function without(model: Model, route: Draft, unit: number): Draft | undefined {
  const members = route.members.filter((m) => m.unit !== unit);
  if (members.length === 0) return undefined;
  const picks = route.picks.filter((place) => members.some((m) => m.point.place === place));
  const drops = route.drops.filter((drop) => members.some((m) => model.units[m.unit]?.drop === drop));
  return { day: route.day, wagon: route.wagon, picks, drops, members };
}
