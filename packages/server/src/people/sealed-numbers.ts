import type { Secrets } from '../platform/secrets.ts';
import type { PersonRow } from './tables.ts';

type IdColumns = Pick<PersonRow, 'id_sealed' | 'id_index' | 'id_tail'>;
type PhoneColumns = Pick<PersonRow, 'phone_sealed' | 'phone_index' | 'phone_tail'>;
type NumberColumn = 'id_sealed' | 'phone_sealed' | 'phone2_sealed';

const TAIL = 4;

/** Where a number of a person lies: it opens nowhere else. */
function placeOf(person: string, column: NumberColumn) {
  return { table: 'people_person', column, row: person };
}

/** First six digits of an area: the books within which a number is unique. */
export function districtDigits(area: string): string {
  return area.slice(0, 6);
}

/** An ID number as it lies in a person's row. */
export function sealedId(secrets: Secrets, person: string, area: string, idNumber: string): IdColumns {
  return {
    id_sealed: secrets.seal(placeOf(person, 'id_sealed'), idNumber),
    id_index: secrets.blindIndex('idNumber', districtDigits(area), idNumber),
    id_tail: idNumber.slice(-TAIL),
  };
}

/** A telephone as it lies in a person's row. */
export function sealedPhone(secrets: Secrets, person: string, area: string, phone: string): PhoneColumns {
  return {
    phone_sealed: secrets.seal(placeOf(person, 'phone_sealed'), phone),
    phone_index: secrets.blindIndex('phone', districtDigits(area), phone),
    phone_tail: phone.slice(-TAIL),
  };
}

/** The second telephone as it lies in a person's row: kept, not searched. */
export function sealedSecondPhone(secrets: Secrets, person: string, phone: string): Buffer {
  return secrets.seal(placeOf(person, 'phone2_sealed'), phone);
}

/** A number in the clear; null where there is none. Reading it for anybody's eyes asks for an audit row first. */
export function openNumber(
  secrets: Secrets,
  person: Pick<PersonRow, 'id' | NumberColumn>,
  column: NumberColumn,
) {
  const sealed = person[column];
  return sealed === null ? null : secrets.open(placeOf(person.id, column), sealed);
}
