import type { Model, Unit, Wagon } from './model.ts';
import type { Timing } from './timing.ts';
import { timeRun } from './timing.ts';

/** A unit to be brought from `place` to a transfer point by `deadline` (latest arrival there). */
export interface Collect {
  readonly unit: Unit;
  readonly place: number;
  readonly deadline: number;
  /** The run must not leave `place` earlier (a feeder has to come there first). */
  readonly notBefore?: number;
}

/** A unit to be brought from a station, where it is free from `readyAt` on, to its gate. */
export interface Deliver {
  readonly unit: Unit;
  readonly readyAt: number;
}

/** A feeder or last-mile run without its vehicle's number. */
export interface Shuttle {
  readonly wagon: Wagon;
  readonly places: readonly number[];
  readonly timing: Timing;
  readonly units: readonly Unit[];
  /** Stop index of each unit's pick-up (feeder) or gate (last mile). */
  readonly stopOf: readonly number[];
}

/**
 * Times of a feeder through `places`, the last of which is reached by `deadline`. Undefined where it would have to
 * leave before the day's first feeder, or a ride grows beyond `maxRideMin`.
 */
export function timeBackwards(
  model: Model,
  places: readonly number[],
  deadline: number,
  maxRideMin: number,
  crew: number,
): Timing | undefined {
  const { settings } = model;
  const earliest = Math.floor(deadline / 1440) * 1440 + settings.feederFromMin;
  let departAt = deadline - settings.dwellMin * (places.length - 2);
  for (let i = 1; i < places.length; i++) {
    departAt -= model.driveMin(places[i - 1] as number, places[i] as number);
  }
  for (let round = 0; round < 6 && departAt >= earliest; round++) {
    const timing = timeRun(model, places, places.length, [], departAt, crew);
    if (!timing) return undefined;
    const arrives = timing.arrive[places.length - 1] as number;
    if (arrives <= deadline) {
      const waits = deadline - arrives + settings.transferMarginMin;
      return arrives - departAt <= maxRideMin && waits <= settings.transferMaxWaitMin ? timing : undefined;
    }
    departAt -= arrives - deadline;
  }
  return undefined;
}

/** Times of a last-mile run: the departure within the longest wait that meets the windows with the shortest run. */
export function timeForwards(
  model: Model,
  places: readonly number[],
  drops: readonly number[],
  readyFrom: number,
  readyTo: number,
  crew: number,
): Timing | undefined {
  const { settings } = model;
  const last = readyFrom - settings.transferMarginMin + settings.transferMaxWaitMin;
  let best: Timing | undefined;
  for (let at = readyTo; at <= last; at += 15) {
    const timing = timeRun(model, places, 1, drops, at, crew);
    if (!timing) continue;
    const minutes = lengthOf(timing);
    if (minutes <= settings.accessMaxRideMin && (!best || minutes < lengthOf(best))) best = timing;
    if (best && best.rests.length === 0) break;
  }
  return best;
}

function lengthOf(timing: Timing): number {
  return (timing.arrive[timing.arrive.length - 1] as number) - (timing.depart[0] as number);
}

/** Runs that collect units to `target`, and the units for which no vehicle or time was found. */
export function collect(
  model: Model,
  target: number,
  demands: readonly Collect[],
  maxRideMin: number,
): { runs: Shuttle[]; failed: Unit[] } {
  const waiting = [...demands].sort(
    (a, b) =>
      a.deadline - b.deadline ||
      model.distanceM(b.place, target) - model.distanceM(a.place, target) ||
      a.unit.id - b.unit.id,
  );
  const runs: Shuttle[] = [];
  const failed: Unit[] = [];
  while (waiting.length > 0) {
    const seed = waiting.shift() as Collect;
    let run = collectRun(model, target, [seed.place], [seed], maxRideMin);
    if (!run) {
      failed.push(seed.unit);
      continue;
    }
    let picks = [seed.place];
    const members = [seed];
    for (let i = 0; i < waiting.length; ) {
      const next = waiting[i] as Collect;
      const wider = withPick(model, target, picks, next.place);
      const longer = wider && collectRun(model, target, wider, [...members, next], maxRideMin);
      if (wider && longer && worthSharing(model, run, longer, target, next)) {
        run = longer;
        picks = wider;
        members.push(next);
        waiting.splice(i, 1);
      } else i++;
    }
    runs.push(run);
  }
  return { runs, failed };
}

/** A detour is taken when it costs less than a run of its own. */
function worthSharing(model: Model, before: Shuttle, after: Shuttle, target: number, next: Collect): boolean {
  const own = model.feeders.find((w) => w.usable >= next.unit.size && w.bays >= next.unit.wheels);
  if (!own) return true;
  const alone = own.fixedFen + (own.perKmFen * model.distanceM(next.place, target)) / 1000;
  return shuttleCost(model, after) - shuttleCost(model, before) <= alone;
}

/** Fen of a run. */
export function shuttleCost(model: Model, run: Shuttle): number {
  return Math.round(run.wagon.fixedFen + (run.wagon.perKmFen * lengthM(model, run.places)) / 1000);
}

export function lengthM(model: Model, places: readonly number[]): number {
  let sum = 0;
  for (let i = 1; i < places.length; i++)
    sum += model.distanceM(places[i - 1] as number, places[i] as number);
  return sum;
}

function withPick(
  model: Model,
  target: number,
  picks: readonly number[],
  place: number,
): number[] | undefined {
  if (picks.includes(place)) return [...picks];
  if (picks.length + 2 > model.settings.feederMaxStops) return undefined;
  return inserted(model, [...picks, target], place, 0, picks.length).slice(0, -1);
}

/** `places` with `place` at the cheapest position between `from` and `to`. */
function inserted(
  model: Model,
  places: readonly number[],
  place: number,
  from: number,
  to: number,
): number[] {
  let bestAt = from;
  let bestM = Infinity;
  for (let at = from; at <= to; at++) {
    const before = places[at - 1];
    const after = places[at];
    const detour =
      (before === undefined ? 0 : model.distanceM(before, place)) +
      (after === undefined ? 0 : model.distanceM(place, after)) -
      (before === undefined || after === undefined ? 0 : model.distanceM(before, after));
    if (detour < bestM) {
      bestM = detour;
      bestAt = at;
    }
  }
  return [...places.slice(0, bestAt), place, ...places.slice(bestAt)];
}

function collectRun(
  model: Model,
  target: number,
  picks: readonly number[],
  members: readonly Collect[],
  maxRideMin: number,
): Shuttle | undefined {
  const { settings } = model;
  const units = members.map((m) => m.unit);
  const wagon = fitting(model.feeders, units);
  if (!wagon) return undefined;
  const deadline = Math.min(...members.map((m) => m.deadline));
  const places = [...picks, target];
  const timing = timeBackwards(model, places, deadline, maxRideMin, wagon.crew);
  if (!timing) return undefined;
  const arrives = timing.arrive[picks.length] as number;
  const longest = settings.transferMaxWaitMin - settings.transferMarginMin;
  if (members.some((m) => m.deadline - arrives > longest)) return undefined;
  const stopOf = members.map((m) => picks.indexOf(m.place));
  const early = members.some(
    (m, i) => (timing.depart[stopOf[i] as number] as number) < (m.notBefore ?? -Infinity),
  );
  return early ? undefined : { wagon, places, timing, units, stopOf };
}

function fitting(wagons: readonly Wagon[], units: readonly Unit[]): Wagon | undefined {
  let people = 0;
  let wheels = 0;
  for (const unit of units) {
    people += unit.size;
    wheels += unit.wheels;
  }
  return wagons.find((w) => w.usable >= people && w.bays >= wheels);
}

/** Runs that bring units from a station to their gates, and the units for which none was found. */
export function deliver(
  model: Model,
  station: number,
  demands: readonly Deliver[],
): { runs: Shuttle[]; failed: Unit[] } {
  const distance = (d: Deliver) => model.distanceM(station, dropPlace(model, d.unit.drop));
  const waiting = [...demands].sort(
    (a, b) => a.readyAt - b.readyAt || distance(b) - distance(a) || a.unit.id - b.unit.id,
  );
  const runs: Shuttle[] = [];
  const failed: Unit[] = [];
  while (waiting.length > 0) {
    const members = [waiting.shift() as Deliver];
    let drops = members.map((m) => m.unit.drop);
    let run = deliverRun(model, station, drops, members);
    if (!run) {
      failed.push((members[0] as Deliver).unit);
      continue;
    }
    for (let i = 0; i < waiting.length; ) {
      const next = waiting[i] as Deliver;
      const wider = withDrop(model, station, drops, next.unit.drop);
      const longer = wider && deliverRun(model, station, wider, [...members, next]);
      if (wider && longer && sameCity(model, members[0] as Deliver, next)) {
        run = longer;
        drops = wider;
        members.push(next);
        waiting.splice(i, 1);
      } else i++;
    }
    runs.push(run);
  }
  return { runs, failed };
}

function sameCity(model: Model, a: Deliver, b: Deliver): boolean {
  return model.drops[a.unit.drop]?.city === model.drops[b.unit.drop]?.city;
}

function dropPlace(model: Model, drop: number): number {
  return model.drops[drop]?.place as number;
}

function withDrop(
  model: Model,
  station: number,
  drops: readonly number[],
  drop: number,
): number[] | undefined {
  if (drops.includes(drop)) return [...drops];
  if (drops.length + 2 > model.settings.feederMaxStops) return undefined;
  const places = [station, ...drops.map((d) => dropPlace(model, d))];
  const place = dropPlace(model, drop);
  const order = inserted(model, places, place, 1, places.length);
  const at = order.findIndex((p, i) => p !== places[i]);
  const index = (at === -1 ? order.length - 1 : at) - 1;
  return [...drops.slice(0, index), drop, ...drops.slice(index)];
}

function deliverRun(
  model: Model,
  station: number,
  drops: readonly number[],
  members: readonly Deliver[],
): Shuttle | undefined {
  const units = members.map((m) => m.unit);
  const wagon = fitting(model.lastMile, units);
  if (!wagon) return undefined;
  const ready = members.map((m) => m.readyAt);
  const places = [station, ...drops.map((d) => dropPlace(model, d))];
  const timing = timeForwards(model, places, drops, Math.min(...ready), Math.max(...ready), wagon.crew);
  if (!timing) return undefined;
  return { wagon, places, timing, units, stopOf: units.map((u) => drops.indexOf(u.drop) + 1) };
}
