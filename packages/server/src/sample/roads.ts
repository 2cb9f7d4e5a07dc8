import { DAY_S, HOUR, MINUTE, minuteOfDay, type Seconds } from './time.ts';

export interface Point {
  readonly lon: number;
  readonly lat: number;
}

/** Road ÷ great circle, median of the municipality's own road graph (docs/planning-problem.md). */
const ROAD_FACTOR = 1.37;

/** Great circle × road factor, metres. */
export function roadM(a: Point, b: Point): number {
  const rad = Math.PI / 180;
  const h =
    Math.sin(((b.lat - a.lat) * rad) / 2) ** 2 +
    Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(((b.lon - a.lon) * rad) / 2) ** 2;
  return Math.round(2 * 6_371_000 * Math.asin(Math.sqrt(h)) * ROAD_FACTOR);
}

/** Driving alone: mountain roads for short ways, motorway for long ones. Seconds. */
export function drivingS(distanceM: number): number {
  const kmh = distanceM < 40_000 ? 38 : distanceM < 200_000 ? 62 : 78;
  return Math.ceil(((distanceM / 1000 / kmh) * HOUR) / MINUTE) * MINUTE;
}

/**
 * When a coach arrives that leaves at `from` and drives for `seconds`: at most 4 h in a row by day and 2 h between 22:00 and
 * 06:00, then 20 min of rest; it stands from 02:00 to 05:00. Source: road passenger transport enterprise safety
 * management rules, art. 38.
 */
export function arrivalOf(from: Seconds, seconds: number): Seconds {
  let at = from;
  let left = seconds;
  let row = 0;
  while (left > 0) {
    const minute = minuteOfDay(at);
    if (minute >= 120 && minute < 300) {
      at += (300 - minute) * MINUTE;
      row = 0;
      continue;
    }
    if (row >= (minute >= 1320 || minute < 360 ? 2 : 4) * HOUR) {
      at += 20 * MINUTE;
      row = 0;
      continue;
    }
    const step = Math.min(left, 10 * MINUTE);
    at += step;
    left -= step;
    row += step;
  }
  return at;
}

/** Drivers needed so that none drives more than 8 h in 24. */
export function driversFor(seconds: number): number {
  return Math.min(3, Math.max(1, Math.ceil(Math.min(seconds, DAY_S) / (8 * HOUR))));
}
