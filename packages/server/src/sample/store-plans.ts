import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';

/**
 * The districts whose draft plans are still to be made: all of them where the season has no plan yet, else those whose draft a stop cut off
 * in the middle, which is cleared away.
 */
export async function districtsToPlan(
  tx: Tx,
  season: string,
  asker: string,
): Promise<'all' | readonly string[]> {
  const { rows: cut } = await sql<{ area: string }>`
    delete from trips_proposal where season = ${season} and asked_by = ${asker}::uuid and state = 'running'
    returning area`.execute(tx);
  const { rows } = await sql<{ any: boolean }>`
    select exists (select 1 from trips_proposal where season = ${season}) as any`.execute(tx);
  return rows[0]?.any ? [...new Set(cut.map((it) => it.area))].sort() : 'all';
}
