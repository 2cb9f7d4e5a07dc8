import type { ChangedPart } from '@fangang/domain/people/registry.ts';
import { newId } from '../platform/ids.ts';
import type { Secrets } from '../platform/secrets.ts';
import type { Witness } from '../platform/witness.ts';
import type { HistoryRow, NewHistory } from './store-registry.ts';

/** What stood there before a change, by field; null = it was not there. */
export type Before = Readonly<Record<string, string | number | null>> | null;

/** A change to be kept. */
export interface Kept {
  readonly personId: string;
  readonly area: string;
  readonly at: string;
  readonly actor: string;
  readonly part: ChangedPart;
  /** Of a part or a wish; null for the person's row. */
  readonly record: string | null;
  readonly fields: readonly string[];
  readonly before: Before;
}

/** Where a row of the history is sealed. */
export const historyPlace = (row: string) => ({ table: 'people_history', column: 'sealed', row });

/**
 * A change as the history holds it: old values under seal. Of a care group everything is under seal, for it must not be read off a row that
 * lies beside the policy of its table.
 */
export function sealedHistory(secrets: Secrets, kept: Kept, id = newId()): NewHistory {
  const { before, part, record, fields, ...rest } = kept;
  const isCare = part === 'care';
  const inside = isCare ? { care: record, before } : before;
  const open = isCare ? { part: 'person' as const, record: null, fields: [] } : { part, record, fields };
  return { ...rest, ...open, id, sealed: secrets.seal(historyPlace(id), JSON.stringify(inside)) };
}

/** A change with what was under its seal. */
export interface OpenedHistory extends Omit<HistoryRow, 'sealed'> {
  readonly before: Before;
}

/** Opens rows of a history; the witness covers them. */
export function openHistory(
  secrets: Secrets,
  rows: readonly HistoryRow[],
  witness: Witness,
): OpenedHistory[] {
  return rows.map(({ sealed, ...row }) => {
    const inside = JSON.parse(secrets.open(historyPlace(row.id), sealed, witness)) as Before;
    if (inside === null || !('care' in inside)) return { ...row, before: inside };
    const { care, before } = inside as unknown as { care: string; before: Before };
    return { ...row, part: 'care', record: care, before };
  });
}
