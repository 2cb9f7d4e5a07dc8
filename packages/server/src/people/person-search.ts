import { levelOf } from '@fangang/domain/offices/schema.ts';
import { tidyIdNumber } from '@fangang/domain/people/id-number.ts';
import { readAreas } from '../offices/place-files.ts';
import { indexesOf, type NumberKeys } from '../platform/index-keys.ts';
import { districtDigits } from './sealed-numbers.ts';
import type { PersonSearch } from './store-people.ts';

/** Books in which a number may stand: the asker's district, or all of them for the city. */
function districtsOf(area: string): readonly string[] {
  if (levelOf(area) !== 'city') return [districtDigits(area)];
  return readAreas().flatMap((it) =>
    it.level === 'district' && it.code.startsWith(area.slice(0, 2)) ? [districtDigits(it.code)] : [],
  );
}

/**
 * Reads what somebody types to find a person: a whole ID number or telephone, their last digits, pinyin initials or
 * pinyin, or part of a name. Undefined for an empty text.
 *
 * @param asker area: 12 digits. byToken: the asker may use the tokens of names.
 */
export function readSearch(
  keys: NumberKeys,
  { area, byToken }: { readonly area: string; readonly byToken: boolean },
  text: string,
): PersonSearch | undefined {
  const tidy = tidyIdNumber(text);
  if (tidy === '') return undefined;
  const indexes = (kind: 'idNumber' | 'phone') => {
    const both = districtsOf(area).map((district) => indexesOf(keys, kind, district, tidy));
    return { indexes: both.map((it) => it.now), next: both.flatMap((it) => it.next ?? []) };
  };
  if (/^\d{17}[\dX]$/.test(tidy)) return { kind: 'idNumber', ...indexes('idNumber') };
  if (/^1\d{10}$/.test(tidy)) return { kind: 'phone', ...indexes('phone') };
  if (/^\d+X?$/.test(tidy)) return { kind: 'tail', tail: tidy.slice(-4) };
  const letters = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s'’]/g, '');
  if (/^[a-zü]+$/.test(letters)) return { kind: 'letters', letters: letters.replaceAll('ü', 'yu') };
  const name = text.replace(/[\s\\%_]/g, '');
  return name === '' ? undefined : { kind: 'name', name, byToken };
}
