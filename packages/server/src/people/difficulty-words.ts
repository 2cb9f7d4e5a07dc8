import type { Secrets } from '../platform/secrets.ts';
import type { Witness } from '../platform/witness.ts';

type Column = 'told_sealed' | 'answer_sealed';
const placeOf = (row: string, column: Column) => ({ table: 'people_difficulty', column, row });

/** What was told or answered, as it lies in its row. */
export function sealWords(secrets: Secrets, id: string, column: Column, text: string): Buffer {
  return secrets.seal(placeOf(id, column), text);
}

/** The words in the clear, for whom the witness covers; null where nothing was said or the person is erased. */
export function openWords(
  secrets: Secrets,
  id: string,
  column: Column,
  sealed: Buffer | null,
  witness: Witness,
): string | null {
  return sealed === null ? null : secrets.open(placeOf(id, column), sealed, witness);
}
