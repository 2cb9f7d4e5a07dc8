import { Wheel } from './clock-law.ts';
import type { Drop, Model } from './model.ts';
import type { Rest, Window } from './problem.ts';

/** When a run is where. */
export interface Timing {
  readonly arrive: number[];
  readonly depart: number[];
  readonly rests: Rest[];
}

/** Longest stand before a gate opens. */
const MAX_WAIT_MIN = 720;

/**
 * Drives through `places` from `departAt` on; the stop with index `firstDrop` + k is reached inside a window of
 * `drops[k]`, standing before it where the run is early. Undefined: no window is met.
 */
export function timeRun(
  model: Model,
  places: readonly number[],
  firstDrop: number,
  drops: readonly number[],
  departAt: number,
  crew: number,
): Timing | undefined {
  const { law, dwellMin } = model.settings;
  const wheel = new Wheel(law, crew, departAt);
  const arrive = [departAt - dwellMin];
  const depart = [departAt];
  for (let i = 1; i < places.length; i++) {
    wheel.drive(model.driveMin(places[i - 1] as number, places[i] as number), i - 1);
    if (i >= firstDrop) {
      const drop = model.drops[drops[i - firstDrop] as number] as Drop;
      const opens = drop.allDay ? wheel.at : nextOpen(drop.windows, wheel.at);
      if (opens === undefined || opens - wheel.at > MAX_WAIT_MIN) return undefined;
      wheel.rest(opens - wheel.at, i - 1, false);
    }
    arrive.push(wheel.at);
    wheel.stand(dwellMin);
    depart.push(wheel.at);
  }
  return { arrive, depart, rests: wheel.rests };
}

/** The first moment from `at` on, within three days, that lies in a window. */
export function nextOpen(windows: readonly Window[], at: number): number | undefined {
  const today = Math.floor(at / 1440);
  let best: number | undefined;
  for (const w of windows) {
    for (let day = today; day <= today + 3; day++) {
      if (w.day !== undefined && w.day !== day) continue;
      const opens = Math.max(at, day * 1440 + w.fromMin);
      if (opens > day * 1440 + w.toMin) continue;
      if (best === undefined || opens < best) best = opens;
      break;
    }
  }
  return best;
}
