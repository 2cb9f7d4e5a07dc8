import { accept, type Result, refuse } from '../basics/result.ts';

/** Days when a person can leave, both ISO dates, `to` not before `from`. */
export interface DepartureDays {
  readonly from: string;
  readonly to: string;
}

/** Solar day of a day of the lunar calendar; undefined where that year has no such day. Lunar year 2022 begins 2022-02-01. */
export type LunarToSolar = (lunarYear: number, month: number, day: number) => string | undefined;

export type DateRefusal =
  | { code: 'people.date_without_month' }
  | { code: 'people.date_ambiguous' }
  | { code: 'people.date_damaged_by_spreadsheet' }
  | { code: 'people.date_impossible' }
  | { code: 'people.date_range_reversed' }
  | { code: 'people.date_unreadable' };

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Does `YYYY-MM-DD` name a day of the calendar? */
export function isCalendarDay(iso: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = (MONTH_DAYS[month - 1] ?? 0) + (leap && month === 2 ? 1 : 0);
  return day >= 1 && day <= days;
}

/** Days since 1970-01-01 (H. Hinnant, "chrono-compatible low-level date algorithms", 2013). */
export function dayNumber(iso: string): number {
  const [y, m, d] = [Number(iso.slice(0, 4)), Number(iso.slice(5, 7)), Number(iso.slice(8, 10))];
  const year = m <= 2 ? y - 1 : y;
  const era = Math.floor(year / 400);
  const ofEra = year - era * 400;
  const ofYear = Math.floor((153 * (m + (m > 2 ? -3 : 9)) + 2) / 5) + d - 1;
  return era * 146097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719468;
}

/** The ISO date of a day number; the other way round of `dayNumber`. */
export function dayOf(number: number): string {
  const shifted = number + 719468;
  const era = Math.floor(shifted / 146097);
  const ofEra = shifted - era * 146097;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36524) - Math.floor(ofEra / 146096)) / 365,
  );
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * ofYear + 2) / 153);
  const month = monthFromMarch + (monthFromMarch < 10 ? 3 : -9);
  const day = ofYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  return isoOf(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day);
}

/** The day of a spreadsheet's serial number, 1900 system: 44605 is 2022-02-13. */
export function dayOfSerial(serial: number): string {
  return dayOf(Math.floor(serial) - 25569);
}

function isoOf(year: number, month: number, day: number): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/**
 * Reads when a person wants to leave: `2/13`, `2月13日`, `2.13-2.15`, `2/13–15`, `20220213`, `正月十三`, a serial number.
 *
 * A date without a year is the one nearest to today. A day without its month is refused, never completed; so is a
 * number like 2.1, which may have been typed 2.10. `undefined` = the cell says the day is open (待定, 随时).
 */
export function readDeparture(
  text: string,
  today: string,
  isNumber = false,
  lunar?: LunarToSolar,
): Result<DepartureDays | undefined, DateRefusal> {
  const tidy = tidyDate(text);
  if (tidy === '' || /^(待定|未定|不定|随时|都可以|均可|无|暂无|不详|-+)$/.test(tidy))
    return accept(undefined);
  if (isNumber && /^\d{1,2}\.\d$/.test(tidy)) return refuse({ code: 'people.date_damaged_by_spreadsheet' });
  const whole = readDay(tidy, today, lunar);
  if (whole.ok) return accept({ from: whole.value, to: whole.value });
  const range = readRange(tidy, today, lunar);
  return range ?? whole;
}

/** Reads one day of birth: `1980-01-01`, `1980年1月`, `198001`, `19800101`; undefined where it cannot be read. */
export function readBirth(text: string): { readonly iso: string; readonly toMonth: boolean } | undefined {
  const tidy = tidyDate(text);
  const day = /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?$/.exec(tidy);
  if (day && (/\D/.test(tidy) || tidy.length === 8)) {
    const iso = isoOf(Number(day[1]), Number(day[2]), Number(day[3]));
    return isCalendarDay(iso) ? { iso, toMonth: false } : undefined;
  }
  const month = /^(\d{4})[-/.年]?(\d{1,2})月?$/.exec(tidy);
  if (!month) return undefined;
  const iso = isoOf(Number(month[1]), Number(month[2]), 1);
  return isCalendarDay(iso) ? { iso, toMonth: true } : undefined;
}

function tidyDate(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/^="?|["'“”‘’]/g, '')
    .replace(/\([^)]*\)/g, '')
    .replace(/T\d{2}:\d{2}(:\d{2})?$/, '')
    .replace(/\s+\d{1,2}:\d{2}(:\d{2})?$/, '')
    .replace(/(上午|下午|早上|晚上|中午|左右|前后|出发|启程|走)+$/, '')
    .replace(/[\s\p{Cf}]/gu, '')
    .replace(/[–—―−~〜至到]+/g, '-')
    .replace(/號|号/g, '日')
    .replace(/^元月/, '1月')
    .replace(/\.0+$/, (zeros, at: number, whole: string) =>
      /^\d{5}$/.test(whole.slice(0, at)) ? '' : zeros,
    );
}

function readDay(tidy: string, today: string, lunar?: LunarToSolar): Result<string, DateRefusal> {
  const full =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(tidy) ?? /^(20\d\d)(\d\d)(\d\d)$/.exec(tidy);
  if (full) return checked(isoOf(Number(full[1]), Number(full[2]), Number(full[3])));
  if (/^[45]\d{4}$/.test(tidy)) return accept(dayOfSerial(Number(tidy)));
  const bare = /^(\d{1,2})[-/.](\d{1,2})$/.exec(tidy) ?? /^(\d{1,2})月(\d{1,2})日?$/.exec(tidy);
  if (bare) {
    if (Number(bare[1]) > 12 && !tidy.includes('月')) return refuse({ code: 'people.date_without_month' });
    return nearest(today, (year) => isoOf(year, Number(bare[1]), Number(bare[2])));
  }
  if (/^\d{1,2}日?$/.test(tidy) || /^[初一二三四五六七八九十廿卅\d]+日?$/.test(tidy)) {
    return refuse({ code: 'people.date_without_month' });
  }
  return readChinese(tidy, today, lunar);
}

const DIGITS = '零一二三四五六七八九';

/** 1 to 31 from 一 … 三十一, 初八, 廿三, or digits; undefined otherwise. */
function readNumeral(text: string): number | undefined {
  const plain = text.replace(/^初/, '').replace(/^廿/, '二十').replace(/^卅/, '三十');
  if (/^\d{1,2}$/.test(plain)) return Number(plain);
  const match = /^([二三])?(十)?([一二三四五六七八九])?$/.exec(plain);
  if (!match || plain === '') return undefined;
  const [, tens, ten, ones] = match;
  if (tens && !ten) return ones ? undefined : DIGITS.indexOf(tens);
  return (ten ? (tens ? DIGITS.indexOf(tens) : 1) * 10 : 0) + (ones ? DIGITS.indexOf(ones) : 0);
}

function readChinese(tidy: string, today: string, lunar?: LunarToSolar): Result<string, DateRefusal> {
  const match =
    /^(农历|阴历|大年)?(正|冬|腊|十[一二]?|[一二三四五六七八九]|\d{1,2})?月?(初?[一二三四五六七八九十廿卅\d]+)(日)?$/.exec(
      tidy.replace(/^大年(?=初)/, '农历正月'),
    );
  if (!match || !tidy.replace(/^大年(?=初)/, '农历正月').includes('月')) {
    return refuse({ code: 'people.date_unreadable' });
  }
  const [, calendar, name = '', dayText = '', sun] = match;
  const month = name === '正' ? 1 : name === '冬' ? 11 : name === '腊' ? 12 : readNumeral(name);
  const day = readNumeral(dayText);
  if (month === undefined || day === undefined) return refuse({ code: 'people.date_unreadable' });
  const isLunar = calendar !== undefined || /[正冬腊]/.test(name) || /^[初廿卅]/.test(dayText);
  if (isLunar) {
    if (!lunar) return refuse({ code: 'people.date_unreadable' });
    return nearest(today, (year) => lunar(year, month, day));
  }
  // 二月十三 may be meant by either calendar; 二月十三日 is how the solar one is written.
  if (!sun) return refuse({ code: 'people.date_ambiguous' });
  return nearest(today, (year) => isoOf(year, month, day));
}

function readRange(
  tidy: string,
  today: string,
  lunar?: LunarToSolar,
): Result<DepartureDays, DateRefusal> | undefined {
  for (let at = tidy.indexOf('-'); at > 0; at = tidy.indexOf('-', at + 1)) {
    const from = readDay(tidy.slice(0, at), today, lunar);
    if (!from.ok) continue;
    const tail = tidy.slice(at + 1);
    const sameMonth = /^(\d{1,2})日?$/.exec(tail);
    const to = sameMonth
      ? checked(from.value.slice(0, 8) + String(sameMonth[1]).padStart(2, '0'))
      : readDay(tail, today, lunar);
    if (!to.ok) continue;
    if (to.value < from.value) return refuse({ code: 'people.date_range_reversed' });
    return accept({ from: from.value, to: to.value });
  }
  return undefined;
}

function checked(iso: string): Result<string, DateRefusal> {
  return isCalendarDay(iso) ? accept(iso) : refuse({ code: 'people.date_impossible' });
}

/** Of last, this and next year's day, the one nearest to today: a list made in December speaks of next February. */
function nearest(today: string, inYear: (year: number) => string | undefined): Result<string, DateRefusal> {
  const year = Number(today.slice(0, 4));
  const days = [year - 1, year, year + 1]
    .map(inYear)
    .filter((it): it is string => it !== undefined && isCalendarDay(it));
  const away = (day: string) => Math.abs(dayNumber(day) - dayNumber(today));
  const [first, ...rest] = days;
  if (first === undefined) return refuse({ code: 'people.date_impossible' });
  return accept(rest.reduce((best, day) => (away(day) < away(best) ? day : best), first));
}
