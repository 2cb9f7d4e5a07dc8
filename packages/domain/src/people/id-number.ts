import { accept, type Result, refuse } from '../basics/result.ts';
import { isCalendarDay } from './roster-dates.ts';

/**
 * What a valid citizen identity number says of its holder.
 *
 * The first six digits are the place of first registration, never the present district, and are not checked.
 * Source: GB 11643-1999 (the checksum is ISO 7064 MOD 11-2).
 */
export interface IdNumber {
  /** Always 18 characters, the last a digit or `X`. */
  readonly idNumber: string;
  /** ISO date. */
  readonly birthDate: string;
  readonly gender: 'male' | 'female';
  /** How it stood on the paper: complete, 15 digits from before 1999, or inside a disability certificate number. */
  readonly kind: 'eighteen' | 'fifteen' | 'disabilityCertificate';
}

export type IdRefusal =
  | { code: 'people.id_missing' }
  | { code: 'people.id_damaged_by_spreadsheet' }
  | { code: 'people.id_length'; facts: { have: number } }
  | { code: 'people.id_characters' }
  | { code: 'people.id_birth_impossible' }
  | { code: 'people.id_checksum' };

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECK_DIGITS = '10X98765432';

/** The 18th character for the first 17 digits (GB 11643-1999, 4.2.4). */
export function checkDigitOf(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(first17[i]), 0);
  return CHECK_DIGITS.charAt(sum % 11);
}

/**
 * An ID number as typed, without what spreadsheets and input methods put around it: `="…"` and leading `'`,
 * full-width forms, spaces, hyphens, invisible characters, a small, Cyrillic or multiplication-sign x at the end.
 */
export function tidyIdNumber(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\p{Cf}\s\-'‘’`]/gu, '')
    .replace(/["“”]/g, '')
    .replace(/^=+/, '')
    .toUpperCase()
    .replace(/[×ХΧ]$/, 'X');
}

/**
 * Reads an ID number from a cell or a form.
 *
 * @param isNumber the cell holds a number: its last digits are lost for good, so it is named and never completed.
 * @param today ISO date; a birth after it is impossible.
 */
export function readIdNumber(text: string, today: string, isNumber = false): Result<IdNumber, IdRefusal> {
  const tidy = tidyIdNumber(text);
  if (tidy === '' || /^0+(\.0+)?$/.test(tidy)) return refuse({ code: 'people.id_missing' });
  if (isNumber || /^\d(\.\d*)?E\+?\d+$/.test(tidy) || /^\d{15,}\.0*$/.test(tidy)) {
    return refuse({ code: 'people.id_damaged_by_spreadsheet' });
  }
  if (!/^\d+X?$/.test(tidy) && !/^\d{17}[\dX]\d\dB?\d?$/.test(tidy)) {
    return refuse({ code: 'people.id_characters' });
  }
  if (tidy.length === 15 && !tidy.endsWith('X')) return fromFifteen(tidy, today);
  if (/^\d{17}[\dX][1-7][1-4](B\d?)?$/.test(tidy)) {
    return fromEighteen(tidy.slice(0, 18), today, 'disabilityCertificate');
  }
  if (tidy.length !== 18) return refuse({ code: 'people.id_length', facts: { have: tidy.length } });
  return fromEighteen(tidy, today, 'eighteen');
}

function fromFifteen(digits: string, today: string): Result<IdNumber, IdRefusal> {
  const first17 = `${digits.slice(0, 6)}19${digits.slice(6)}`;
  return fromEighteen(first17 + checkDigitOf(first17), today, 'fifteen');
}

function fromEighteen(idNumber: string, today: string, kind: IdNumber['kind']): Result<IdNumber, IdRefusal> {
  const sound = checkDigitOf(idNumber.slice(0, 17)) === idNumber[17];
  // A spreadsheet keeps 15 digits of a number and writes zeros for the rest.
  if (!sound && idNumber.endsWith('000')) return refuse({ code: 'people.id_damaged_by_spreadsheet' });
  const birthDate = `${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}`;
  if (!isCalendarDay(birthDate) || birthDate < '1900-01-01' || birthDate > today) {
    return refuse({ code: 'people.id_birth_impossible' });
  }
  if (!sound) return refuse({ code: 'people.id_checksum' });
  return accept({ idNumber, birthDate, gender: Number(idNumber[16]) % 2 === 1 ? 'male' : 'female', kind });
}

/** Completed years of age on a day. Both ISO dates. */
export function ageOn(birthDate: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years;
}
