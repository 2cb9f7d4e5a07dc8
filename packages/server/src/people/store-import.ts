import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';
import type { HistoryRow } from './store-registry.ts';
import type { PersonRow } from './tables.ts';

export interface ImportRow {
  readonly id: string;
  readonly season: string;
  readonly area: string;
  readonly file: string;
  readonly at: string;
  readonly by: string | null;
  readonly areaName: string | null;
  readonly areaPinyin: string | null;
  readonly counts: {
    readonly created: number;
    readonly updated: number;
    readonly unchanged: number;
    readonly bad: number;
  };
  readonly undoneAt: string | null;
}

const COLUMNS = sql`i.id, i.season, i.area, i.file, i.at, s.name as by, a.name as "areaName", a.pinyin as "areaPinyin", i.counts,
  i.undone_at as "undoneAt"`;
const FROM = sql`people_import i left join offices_staff s on s.id::text = i.actor left join offices_area a on a.code = i.area`;

export async function listImportRows(tx: Tx, season: string, most: number): Promise<ImportRow[]> {
  const { rows } = await sql<ImportRow>`
    select ${COLUMNS} from ${FROM} where i.season = ${season} order by i.at desc, i.id desc limit ${most}`.execute(
    tx,
  );
  return rows;
}

/** An import, locked: two who take it back at once take it back once. */
export async function findImport(tx: Tx, id: string): Promise<ImportRow | undefined> {
  const { rows } =
    await sql<ImportRow>`select ${COLUMNS} from ${FROM} where i.id = ${id} for update of i`.execute(tx);
  return rows[0];
}

/** Notes who has taken it back; the changes of those who are left stand. */
export async function markImportUndone(
  tx: Tx,
  id: string,
  { by, at, left }: { readonly by: string; readonly at: string; readonly left: readonly string[] },
): Promise<void> {
  await sql`update people_import set undone_at = ${at}::timestamptz, undone_by = ${by} where id = ${id}`.execute(
    tx,
  );
  await sql`update people_history set undone_at = ${at}::timestamptz, undone_by = ${by}
    where batch = ${id} and undone_at is null and not (person_id = any(${left}::uuid[]))`.execute(tx);
}

/** A change of an import, and whether anybody has touched the same since. */
export interface BatchRow extends HistoryRow {
  readonly personId: string;
  readonly touched: boolean;
}

/**
 * Everything an import changed. Ids grow with time, so a later change has a greater one; of somebody new any later change counts, and
 * what hangs on the row: a wish of another season, a difficulty told, a word on consent, a need that somebody works on.
 */
export async function listBatch(tx: Tx, batch: string, season: string): Promise<BatchRow[]> {
  const { rows } = await sql<BatchRow>`
    select h.id, h.person_id as "personId", h.at, h.actor, null as by, h.part, h.record, h.fields, h.batch, h.undone_at is not null as undone,
      h.sealed, exists (
        select 1 from people_history l
        where l.person_id = h.person_id and l.id > h.id and l.batch is distinct from h.batch and l.undone_at is null
          and (h.part = 'registered' or l.part = 'merged' or l.part = h.part and (h.part <> 'person' or h.fields = '{}' or l.fields && h.fields)))
      or (h.part = 'registered' and (
        exists (select 1 from people_wish w where w.person_id = h.person_id and w.season <> ${season})
        or exists (select 1 from people_difficulty d where d.person_id = h.person_id)
        or exists (select 1 from people_consent c where c.person_id = h.person_id)
        or exists (select 1 from people_need n where n.person_id = h.person_id and n.status in ('taken', 'met'))))
      as touched
    from people_history h where h.batch = ${batch} and h.undone_at is null order by h.id`.execute(tx);
  return rows;
}

/** Rows of people, locked in the order of their ids. */
export async function lockPersons(tx: Tx, ids: readonly string[]): Promise<PersonRow[]> {
  const { rows } = await sql<PersonRow>`
    select * from people_person where id = any(${ids}::uuid[]) order by id for update`.execute(tx);
  return rows;
}

/** Takes people off the books with all that belongs to them; answers the wishes that go along. */
export async function removePersons(
  tx: Tx,
  ids: readonly string[],
): Promise<{ id: string; area: string; season: string }[]> {
  const { rows } = await sql<{ id: string; area: string; season: string }>`
    delete from people_wish where person_id = any(${ids}::uuid[]) returning id, area, season`.execute(tx);
  await sql`delete from people_person where id = any(${ids}::uuid[])`.execute(tx);
  return rows;
}

export async function removeWishes(
  tx: Tx,
  ids: readonly string[],
): Promise<{ id: string; area: string; season: string }[]> {
  const { rows } = await sql<{ id: string; area: string; season: string }>`
    delete from people_wish where id = any(${ids}::uuid[]) returning id, area, season`.execute(tx);
  return rows;
}

/** Care rows by their ids; nobody sees them. */
export async function removeCare(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`delete from people_care where id = any(${ids}::uuid[])`.execute(tx);
}
