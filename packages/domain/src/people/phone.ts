import { accept, type Result, refuse } from '../basics/result.ts';

/** A telephone that can be called; only a mobile takes a short message. */
export interface Phone {
  /** Mobile: 11 digits. Landline: area code, hyphen, number (`023-72222222`). */
  readonly number: string;
  readonly kind: 'mobile' | 'landline';
}

export type PhoneRefusal =
  | { code: 'people.phone_missing' }
  | { code: 'people.phone_damaged_by_spreadsheet' }
  | { code: 'people.phone_characters' }
  | { code: 'people.phone_prefix' }
  | { code: 'people.phone_length'; facts: { have: number } };

/**
 * Reads the telephones of one cell; two in one cell (`138…/139…`) are common.
 *
 * Mobile numbers are 11 digits from 13 to 19 (Numbering plan of the public telecommunication network, MIIT 2017);
 * landlines need their area code, else the length is named. The first bad number refuses the cell.
 */
export function readPhones(text: string): Result<readonly Phone[], PhoneRefusal> {
  const tidy = text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/^="?|["“”'‘’`]/g, '')
    .trim();
  if (tidy === '' || /^(0+(\.0+)?|无|没有|-+|—+)$/.test(tidy))
    return refuse({ code: 'people.phone_missing' });
  if (/^\d(\.\d*)?E\+?\d+$/i.test(tidy)) return refuse({ code: 'people.phone_damaged_by_spreadsheet' });
  const phones: Phone[] = [];
  for (const part of partsOf(tidy)) {
    const phone = readOne(part);
    if (!phone.ok) return phone;
    if (!phones.some((it) => it.number === phone.value.number)) phones.push(phone.value);
  }
  return phones.length > 0 ? accept(phones) : refuse({ code: 'people.phone_missing' });
}

function partsOf(tidy: string): string[] {
  const withoutNotes = tidy.replace(/\((?!0\d)[^)]*\)/g, '');
  return withoutNotes
    .replace(/(1[3-9]\d{9})\s+(?=1[3-9]\d{9})/g, '$1/')
    .split(/[/、,;|或\n]/)
    .map((it) => it.trim())
    .filter((it) => it !== '');
}

function readOne(part: string): Result<Phone, PhoneRefusal> {
  const joined = part
    .replace(/[\s\-–—_.·()]/g, '')
    .replace(/^(\d{11})0$/, (whole, digits: string) => (part.endsWith('.0') ? digits : whole));
  const digits = joined.replace(/^(\+|00)86/, '').replace(/^86(?=1\d{10}$)/, '');
  if (!/^\d+$/.test(digits)) return refuse({ code: 'people.phone_characters' });
  if (/^1[3-9]\d{9}$/.test(digits)) return accept({ number: digits, kind: 'mobile' });
  const landline = /^(010|02\d|0[3-9]\d\d)(\d{7,8})$/.exec(digits);
  if (landline) return accept({ number: `${landline[1]}-${landline[2]}`, kind: 'landline' });
  if (digits.length === 11) return refuse({ code: 'people.phone_prefix' });
  return refuse({ code: 'people.phone_length', facts: { have: digits.length } });
}
