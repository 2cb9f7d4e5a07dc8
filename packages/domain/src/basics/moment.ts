/**
 * The one place of the pure floors that does arithmetic on time. Days are `YYYY-MM-DD`, moments ISO 8601 with an
 * offset; the product's own time is that of China (UTC+8 all year).
 */

/** `2022-02-11` */
export type Day = string;
/** `2022-02-11T17:00:00+08:00` */
export type Moment = string;

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;
const CHINA_MS = 8 * 60 * MINUTE_MS;

/** Milliseconds since 1970 of a moment; throws RangeError for what is no moment. */
export function msOf(moment: Moment): number {
  const ms = Date.parse(moment);
  if (Number.isNaN(ms)) throw new RangeError(`not a moment: ${moment}`);
  return ms;
}

/** A moment in China's time, `2022-02-11T17:00:00+08:00`; parts of a second are cut. */
export function chinaMoment(ms: number): Moment {
  return `${new Date(ms + CHINA_MS).toISOString().slice(0, 19)}+08:00`;
}

/** The day in China of a moment. */
export function dayOf(moment: Moment): Day {
  return chinaMoment(msOf(moment)).slice(0, 10);
}

/** Clock time in China of a moment: `17:00`. */
export function clockOf(moment: Moment): string {
  return chinaMoment(msOf(moment)).slice(11, 16);
}

export function addMinutes(moment: Moment, minutes: number): Moment {
  return chinaMoment(msOf(moment) + minutes * MINUTE_MS);
}

export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Whole days from one day to another; negative where `to` lies before. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** The moment a number of minutes after midnight (China) of a day; the way a plan's numbers become times. */
export function momentAt(day: Day, minutes: number): Moment {
  return chinaMoment(Date.parse(`${day}T00:00:00+08:00`) + minutes * MINUTE_MS);
}

/** Minutes from midnight (China) of a day to a moment; the way times become a plan's numbers. */
export function minutesSince(day: Day, moment: Moment): number {
  return Math.round((msOf(moment) - Date.parse(`${day}T00:00:00+08:00`)) / MINUTE_MS);
}

/** −1, 0 or 1: order of two moments, whatever their offsets. */
export function compareMoments(a: Moment, b: Moment): number {
  return Math.sign(msOf(a) - msOf(b));
}

/** The sooner of the next 08:00 in China after a moment: a sample's "next morning". */
export function nextMorning(moment: Moment): Moment {
  const day = dayOf(moment);
  const today = momentAt(day, 8 * 60);
  return compareMoments(today, moment) > 0 ? today : momentAt(addDays(day, 1), 8 * 60);
}
