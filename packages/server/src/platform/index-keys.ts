import { sql } from 'kysely';
import type { Tx } from './database.ts';
import type { Secrets } from './secrets.ts';

/** The keys under which numbers are found again. While the key is being changed there are two, and every writer writes both. */
export interface NumberKeys {
  readonly secrets: Secrets;
  readonly indexNo: number;
  readonly nextNo: number | null;
}

/**
 * Reads under which keys this transaction finds and writes numbers. The phase of a change cannot end before the transaction does, so
 * what was read holds for the whole of it.
 */
export async function numberKeys(tx: Tx, secrets: Secrets): Promise<NumberKeys> {
  const { rows } = await sql<{
    no: number;
    next_no: number | null;
  }>`select no, next_no from index_keys()`.execute(tx);
  const found = rows[0];
  if (!found) throw new Error('the city has no key for its indexes');
  return { secrets, indexNo: found.no, nextNo: found.next_no };
}

/** The blind index of a number, and the one under the next key while there is one. */
export function indexesOf(
  { secrets, indexNo, nextNo }: NumberKeys,
  kind: 'idNumber' | 'phone',
  district: string,
  value: string,
): { readonly now: Buffer; readonly next: Buffer | null } {
  return {
    now: secrets.blindIndex(kind, district, value, indexNo),
    next: nextNo === null ? null : secrets.blindIndex(kind, district, value, nextNo),
  };
}
