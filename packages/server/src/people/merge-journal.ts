import type { Tx } from '../platform/database.ts';
import type { NumberKeys } from '../platform/index-keys.ts';
import { append, type JournalEvent } from '../platform/journal.ts';

/** Who acts, when, with which keys. */
export interface Acting {
  readonly keys: NumberKeys;
  readonly actor: string;
  readonly now: string;
  readonly key: string;
}

export type Told = Pick<JournalEvent, 'subject' | 'type' | 'data'> & { readonly season?: string };

/** Writes what happened, in this order, under the key of the step. */
export async function tell(
  tx: Tx,
  { now, actor, key }: Acting,
  area: string,
  told: readonly Told[],
): Promise<void> {
  await append(
    tx,
    told.map((it, ordinal) => ({ ...it, at: now, actor, key, ordinal, area })),
    now,
  );
}
