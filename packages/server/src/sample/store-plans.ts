import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';

/** Clears drafts that a stop cut off in the middle; true where the season has no draft or committed plan yet. */
export async function needsPlans(tx: Tx, season: string, asker: string): Promise<boolean> {
  await sql`delete from trips_proposal where season = ${season} and asked_by = ${asker}::uuid and state = 'running'`.execute(
    tx,
  );
  const { rows } = await sql<{
    any: boolean;
  }>`select exists (select 1 from trips_proposal where season = ${season}) as any`.execute(tx);
  return !rows[0]?.any;
}
