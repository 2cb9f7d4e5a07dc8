import type { Language } from '@fangang/domain/basics/say.ts';

/** The whole country keeps one time; the browser's own zone must not shift a departure. */
const CHINA_MS = 8 * 3600_000;
const WEEKDAYS = {
  zh: ['星期日', '星期一', '星期二', '星期三', '星期四', '星期五', '星期六'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
} as const;
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

function inChina(at: string | number): Date {
  const plain = typeof at === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(at) ? `${at}T00:00:00+08:00` : at;
  return new Date(new Date(plain).getTime() + CHINA_MS);
}

/** `2022-02-11`, China time. */
export function dateOf(at: string | number): string {
  return inChina(at).toISOString().slice(0, 10);
}

/** `17:00`, China time. */
export function timeOf(at: string | number): string {
  return inChina(at).toISOString().slice(11, 16);
}

/** `2022-02-11 17:00`. */
export function momentOf(at: string | number): string {
  return `${dateOf(at)} ${timeOf(at)}`;
}

/** `2/13`, for tabs and dense rows. */
export function shortDate(at: string | number): string {
  const day = inChina(at);
  return `${day.getUTCMonth() + 1}/${day.getUTCDate()}`;
}

/** `2022 年 2 月 11 日` or `11 February 2022`. */
export function longDate(at: string | number, language: Language): string {
  const day = inChina(at);
  const [year, month, date] = [day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate()];
  if (language === 'zh') return `${year} 年 ${month + 1} 月 ${date} 日`;
  return `${date} ${MONTHS[month]} ${year}`;
}

/** `星期五` or `Friday`. */
export function weekdayOf(at: string | number, language: Language): string {
  return WEEKDAYS[language][inChina(at).getUTCDay()] ?? '';
}

/** `2 h 45`, from seconds; exact minutes, never rounded up to a nicer number. */
export function durationText(durationS: number): string {
  const minutes = Math.floor(durationS / 60);
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`;
}

const LUNAR_MONTHS = ['正', '二', '三', '四', '五', '六', '七', '八', '九', '十', '冬', '腊'];
const DIGITS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

function lunarDay(text: string): number {
  if (text === '初十') return 10;
  if (text === '二十') return 20;
  if (text === '三十') return 30;
  const tens = { 初: 0, 十: 10, 廿: 20 }[text[0] ?? ''];
  const ones = DIGITS.indexOf(text[1] ?? '');
  return tens === undefined || ones < 1 ? 0 : tens + ones;
}

/** A lunar day for the reader: `正月十一`, in English `lunar 1-11`; what cannot be read stays Chinese. */
export function lunarText(lunar: string, language: Language): string {
  const found = /^闰?(.)月(.{2})$/.exec(lunar);
  if (language === 'zh' || !found) return lunar;
  const month = LUNAR_MONTHS.indexOf(found[1] ?? '') + 1;
  const day = lunarDay(found[2] ?? '');
  return month > 0 && day > 0 ? `lunar ${lunar.startsWith('闰') ? 'leap ' : ''}${month}-${day}` : lunar;
}
