import { Lunar, LunarYear, Solar } from 'lunar-typescript';

const ISO_DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

function solarOf(isoDate: string): Solar {
  const match = ISO_DAY.exec(isoDate);
  if (!match) throw new Error(`not an ISO date: ${isoDate}`);
  return Solar.fromYmd(Number(match[1]), Number(match[2]), Number(match[3]));
}

/** The day of the lunar calendar in words: 正月十一 for 2022-02-11, 闰二月初一 in a leap month. Throws on other than `YYYY-MM-DD`. */
export function lunarDay(isoDate: string): string {
  const lunar = solarOf(isoDate).getLunar();
  return `${lunar.getMonthInChinese()}月${lunar.getDayInChinese()}`;
}

const MONTHS = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
  'eleventh',
  'twelfth',
] as const;

function ordinal(day: number): string {
  const suffix = day > 10 && day < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th');
  return `${day}${suffix}`;
}

/** The same in English: `11th of the first lunar month`. */
export function lunarDayEn(isoDate: string): string {
  const lunar = solarOf(isoDate).getLunar();
  const month = lunar.getMonth();
  return `${ordinal(lunar.getDay())} of the ${month < 0 ? 'leap ' : ''}${MONTHS[Math.abs(month) - 1]} lunar month`;
}

/** The solar day of a lunar one, `YYYY-MM-DD`; undefined where that year has no such month or day. Lunar year 2022 begins 2022-02-01. */
export function lunarToSolar(year: number, month: number, day: number, leap = false): string | undefined {
  if (!Number.isInteger(year) || year < 1900 || year > 2100) return undefined;
  const days = LunarYear.fromYear(year)
    .getMonths()
    .find((it) => it.getYear() === year && it.getMonth() === (leap ? -month : month))
    ?.getDayCount();
  if (days === undefined || !Number.isInteger(day) || day < 1 || day > days) return undefined;
  return Lunar.fromYmd(year, leap ? -month : month, day)
    .getSolar()
    .toYmd();
}

/** Day of the week, 0 = Sunday … 6 = Saturday. */
export function weekday(isoDate: string): number {
  return solarOf(isoDate).getWeek();
}
