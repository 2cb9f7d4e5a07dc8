import type { Fault } from './fault.ts';
import type { DriverLaw, PlanTrip } from './problem.ts';

/**
 * Driver hours of one run, minute by minute: what is neither a stop nor a rest is driving.
 * Written apart from `clock-law.ts` on purpose.
 */
export function lawFaults(law: DriverLaw, trip: PlanTrip, index: number, maxCrew: number): Fault[] {
  const found: Fault[] = [];
  if (trip.drivers > maxCrew || trip.drivers < 1) {
    found.push({ code: 'crew_too_large', numbers: { trip: index, drivers: trip.drivers, max: maxCrew } });
  }
  const start = trip.stops[0]?.departAt ?? 0;
  const end = trip.stops[trip.stops.length - 1]?.arriveAt ?? start;
  if (end - start > 20_000 || end < start) {
    return [{ code: 'times_wrong', numbers: { trip: index, minutes: end - start } }];
  }
  const standing = new Uint8Array(Math.max(0, end - start));
  const still = (from: number, to: number) => {
    for (let t = Math.max(from, start); t < Math.min(to, end); t++) standing[t - start] = 1;
  };
  for (const stop of trip.stops) still(stop.arriveAt, stop.departAt);
  for (const rest of trip.rests) still(rest.at, rest.at + rest.minutes);
  stretches(law, standing, start, index, found);
  fullDays(law, standing, trip.drivers, index, found);
  halts(law, standing, start, trip, index, found);
  return found;
}

function stretches(law: DriverLaw, standing: Uint8Array, start: number, index: number, found: Fault[]): void {
  let stretch = 0;
  let night = 0;
  let still = law.restMin;
  let worst = 0;
  let worstNight = 0;
  standing.forEach((stands, t) => {
    if (stands) {
      still++;
      return;
    }
    if (still >= law.restMin) {
      stretch = 0;
      night = 0;
    }
    still = 0;
    stretch++;
    if (within(law.nightFromMin, law.nightToMin, start + t)) night++;
    worst = Math.max(worst, stretch);
    worstNight = Math.max(worstNight, night);
  });
  if (worst > law.dayMin) {
    found.push({ code: 'continuous_driving', numbers: { trip: index, minutes: worst, max: law.dayMin } });
  }
  if (worstNight > law.nightMin) {
    found.push({ code: 'night_driving', numbers: { trip: index, minutes: worstNight, max: law.nightMin } });
  }
}

function fullDays(
  law: DriverLaw,
  standing: Uint8Array,
  drivers: number,
  index: number,
  found: Fault[],
): void {
  let driven = 0;
  let worst = 0;
  for (let t = 0; t < standing.length; t++) {
    if (!standing[t]) driven++;
    if (t >= 1440 && !standing[t - 1440]) driven--;
    worst = Math.max(worst, driven);
  }
  const max = law.perDriverMin * drivers;
  if (worst > max) found.push({ code: 'driver_hours', numbers: { trip: index, minutes: worst, max } });
}

function halts(
  law: DriverLaw,
  standing: Uint8Array,
  start: number,
  trip: PlanTrip,
  index: number,
  found: Fault[],
): void {
  for (let t = 0; t < standing.length; t++) {
    const moment = start + t;
    if (standing[t] || !within(law.haltFromMin, law.haltToMin, moment)) continue;
    const opened = Math.floor(moment / 1440) * 1440 + law.haltFromMin;
    const changed = trip.rests.some(
      (r) => r.change && r.minutes >= law.restMin && r.at >= opened && r.at + r.minutes <= moment,
    );
    if (law.halt === 'change' && trip.drivers >= 2 && changed) continue;
    found.push({ code: 'halt_hours', numbers: { trip: index, at: moment } });
    return;
  }
}

function within(from: number, to: number, moment: number): boolean {
  const minute = ((moment % 1440) + 1440) % 1440;
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}
