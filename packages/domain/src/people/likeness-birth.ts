import type { BIRTH } from './likeness-weights.ts';
import type { LunarToSolar } from './roster-dates.ts';

export type BirthLevel = keyof typeof BIRTH;

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

function differingDigits(a: string, b: string): number {
  let n = 0;
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) n += 1;
  return n;
}

function isSwapped(a: string, b: string): boolean {
  return a.slice(0, 4) === b.slice(0, 4) && a.slice(5, 7) === b.slice(8) && a.slice(8) === b.slice(5, 7);
}

/** Whether `solar` is the solar day of what `lunar` says as a day of the lunar calendar. */
function isReadAsSolar(lunar: string, solar: string, toSolar: LunarToSolar): boolean {
  // A lunar day lies 17 to 52 days before its solar one.
  if (solar < lunar || Number(solar.slice(0, 4)) - Number(lunar.slice(0, 4)) > 1) return false;
  const [, year, month, day] = DAY.exec(lunar) ?? [];
  return toSolar(Number(year), Number(month), Number(day)) === solar;
}

/**
 * How two dates of birth agree; undefined where one is not known.
 *
 * @param toSolar the lunar calendar; without it no lunar day is seen.
 */
export function compareBirths(
  a: string | null,
  b: string | null,
  toSolar?: LunarToSolar,
): BirthLevel | undefined {
  if (a === null || b === null) return undefined;
  const sameYear = a.slice(0, 4) === b.slice(0, 4);
  const onlyYear = a.endsWith('-01-01') || b.endsWith('-01-01');
  if (a === b) return onlyYear ? 'yearOnly' : 'same';
  if (sameYear && onlyYear) return 'yearOnly';
  if (isSwapped(a, b)) return 'swapped';
  if (toSolar && (isReadAsSolar(a, b, toSolar) || isReadAsSolar(b, a, toSolar))) return 'lunar';
  if (differingDigits(a, b) === 1) return 'oneDigit';
  const years = Math.abs(Number(a.slice(0, 4)) - Number(b.slice(0, 4)));
  return years <= 1 ? 'nearYear' : 'differs';
}
