import { indexesOf, type NumberKeys } from '../platform/index-keys.ts';
import type { Secrets } from '../platform/secrets.ts';
import type { Witness } from '../platform/witness.ts';
import type { PersonRow } from './tables.ts';

type IdColumns = Pick<PersonRow, 'id_sealed' | 'id_index' | 'id_index_next' | 'id_tail'>;
type PhoneColumns = Pick<PersonRow, 'phone_sealed' | 'phone_index' | 'phone_index_next' | 'phone_tail'>;
type NumberColumn = 'id_sealed' | 'phone_sealed' | 'phone2_sealed';

const TAIL = 4;

/** Columns of somebody without an ID number. */
export const NO_ID: IdColumns = { id_sealed: null, id_index: null, id_index_next: null, id_tail: '' };
/** Columns of somebody without a telephone. */
export const NO_PHONE: PhoneColumns = {
  phone_sealed: null,
  phone_index: null,
  phone_index_next: null,
  phone_tail: '',
};

/** Where a number of a person lies: it opens nowhere else. */
function placeOf(person: string, column: NumberColumn) {
  return { table: 'people_person', column, row: person };
}

/** First six digits of an area: the books within which a number is unique. */
export function districtDigits(area: string): string {
  return area.slice(0, 6);
}

/** An ID number as it lies in a person's row. */
export function sealedId(keys: NumberKeys, person: string, area: string, idNumber: string): IdColumns {
  const { now, next } = indexesOf(keys, 'idNumber', districtDigits(area), idNumber);
  return {
    id_sealed: keys.secrets.seal(placeOf(person, 'id_sealed'), idNumber),
    id_index: now,
    id_index_next: next,
    id_tail: idNumber.slice(-TAIL),
  };
}

/** A telephone as it lies in a person's row. */
export function sealedPhone(keys: NumberKeys, person: string, area: string, phone: string): PhoneColumns {
  const { now, next } = indexesOf(keys, 'phone', districtDigits(area), phone);
  return {
    phone_sealed: keys.secrets.seal(placeOf(person, 'phone_sealed'), phone),
    phone_index: now,
    phone_index_next: next,
    phone_tail: phone.slice(-TAIL),
  };
}

/** The second telephone as it lies in a person's row: kept, not searched. */
export function sealedSecondPhone(
  { secrets }: Pick<NumberKeys, 'secrets'>,
  person: string,
  phone: string,
): Buffer {
  return secrets.seal(placeOf(person, 'phone2_sealed'), phone);
}

/** A number in the clear; null where there is none. For anybody's eyes the witness is a row of the audit. */
export function openNumber(
  secrets: Secrets,
  person: Pick<PersonRow, 'id'> & Partial<Pick<PersonRow, NumberColumn>>,
  column: NumberColumn,
  witness: Witness,
): string | null {
  const sealed = person[column] ?? null;
  return sealed === null ? null : secrets.open(placeOf(person.id, column), sealed, witness);
}
