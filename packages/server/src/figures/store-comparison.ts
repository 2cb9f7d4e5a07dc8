import type { Comparison } from '@fangang/domain/figures/api-comparison.ts';
import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';

/** What one district reads from now on. */
export async function putComparison(
  tx: Tx,
  it: { season: string; area: string; by: string; at: string; comparison: Comparison },
): Promise<void> {
  await sql`insert into figures_comparison (season, area, as_of, published_at, published_by, cells)
    values (${it.season}, ${it.area}, ${it.comparison.asOf}, ${it.at}, ${it.by}::uuid, ${JSON.stringify(it.comparison)}::jsonb)
    on conflict (season, area) do update set as_of = excluded.as_of, published_at = excluded.published_at,
      published_by = excluded.published_by, cells = excluded.cells`.execute(tx);
}

/** The last one that a district within sight was told. A city has one for each district, and asks by none. */
export async function findComparison(
  tx: Tx,
  season: string,
  district: string,
): Promise<Comparison | undefined> {
  const { rows } = await sql<{ cells: Comparison }>`select cells from figures_comparison
    where season = ${season} and area = ${district}`.execute(tx);
  return rows[0]?.cells;
}
