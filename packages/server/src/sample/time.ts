import type { Day, Moment } from './world.ts';

/** Seconds since 1970, UTC. Internal to the sample; the world itself holds ISO moments. */
export type Seconds = number;

const CHINA_S = 8 * 3600;
export const MINUTE = 60;
export const HOUR = 3600;
export const DAY_S = 86_400;

/** `2022-02-11T17:00` (China time, no offset) or a full ISO moment → seconds. */
export function secondsOf(moment: string): Seconds {
  const [day = '', clock = '00:00'] = moment.slice(0, 16).split('T');
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  const second = moment.length >= 19 ? Number(moment.slice(17, 19)) : 0;
  return midnight(day) + hour * HOUR + minute * MINUTE + second;
}

/** Seconds at which a day begins in China. */
export function midnight(day: Day): Seconds {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number);
  return Date.UTC(year, month - 1, date) / 1000 - CHINA_S;
}

/** ISO 8601 with +08:00, whole seconds. */
export function momentOf(at: Seconds): Moment {
  return `${new Date((Math.round(at) + CHINA_S) * 1000).toISOString().slice(0, 19)}+08:00`;
}

export function dayOf(at: Seconds): Day {
  return momentOf(at).slice(0, 10);
}

export function addDays(day: Day, days: number): Day {
  return dayOf(midnight(day) + days * DAY_S);
}

/** Minute of the day in China, 0..1439. */
export function minuteOfDay(at: Seconds): number {
  return Math.floor(((at + CHINA_S) % DAY_S) / 60);
}
