import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';

/** Why a wish has no way yet, what would help, and who answers for it. */
export interface UnplacedNote {
  readonly wish: string;
  /** Code of the reason with the numbers its words ask for. */
  readonly reason: string;
  readonly numbers: Readonly<Record<string, string | number>>;
  readonly remedy: string;
  /** Staff who answers for the person; null where the district has none. */
  readonly owner: string | null;
}

/** Writes down why the last plan found no way (law 7). Wishes out of scope stay as they are. */
export async function noteUnplaced(tx: Tx, rows: readonly UnplacedNote[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`update people_wish w set unplaced_reason = n.reason, unplaced_numbers = n.numbers, unplaced_remedy = n.remedy,
      unplaced_owner = n.owner
    from json_to_recordset(${JSON.stringify(rows)}::json) as n(wish uuid, reason text, numbers jsonb, remedy text, owner uuid)
    where w.id = n.wish`.execute(tx);
}

/** These wishes have a way now: nothing is left to explain. */
export async function clearUnplaced(tx: Tx, wishIds: readonly string[]): Promise<void> {
  if (wishIds.length === 0) return;
  await sql`update people_wish set unplaced_reason = null, unplaced_numbers = null, unplaced_remedy = null, unplaced_owner = null
    where id = any(${wishIds}::uuid[]) and unplaced_reason is not null`.execute(tx);
}
