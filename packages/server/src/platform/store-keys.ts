import { type RawBuilder, sql } from 'kysely';
import type { Tx } from './database.ts';
import type { SealedColumn } from './sealed-columns.ts';

/** How many texts of a column are sealed by which key. */
export interface SealedCount {
  readonly table: string;
  readonly column: string;
  readonly format: number;
  readonly keyNo: number;
  readonly texts: number;
}

export async function countSealed(tx: Tx, columns: readonly SealedColumn[]): Promise<SealedCount[]> {
  const all: SealedCount[] = [];
  for (const { table, column } of columns) {
    const { rows } = await sql<Omit<SealedCount, 'table' | 'column'>>`
      select format, key_no "keyNo", texts from sealed_counts(${table}, ${column})`.execute(tx);
    all.push(...rows.map((it) => ({ table, column, ...it })));
  }
  return all;
}

/** How far a change of the index's key has come. */
export interface IndexState {
  readonly no: number;
  readonly nextNo: number | null;
  /** People whose numbers the next key does not find yet. */
  readonly left: number;
  /** Rows that still have an index of the key before. */
  readonly oldLeft: number;
}

export async function readIndexState(tx: Tx): Promise<IndexState> {
  const { rows } = await sql<IndexState>`
    select no, next_no "nextNo", people_left as left, old_left "oldLeft" from index_left()`.execute(tx);
  const state = rows[0];
  if (!state) throw new Error('the city has no key for its indexes');
  return state;
}

/** Waits at most two seconds for who finds or writes numbers now; then the caller tries again and others are let through meanwhile. */
async function lockIndexKeys(tx: Tx): Promise<void> {
  await sql`set local lock_timeout = '2s'`.execute(tx);
  await sql`select pg_advisory_xact_lock(hashtext(current_schema() || ' index_key'))`.execute(tx);
}

/** From the next transaction on every writer writes both indexes. */
export async function beginIndexChange(tx: Tx, nextNo: number): Promise<void> {
  await lockIndexKeys(tx);
  await sql`update index_key set next_no = ${nextNo} where next_no is null and no < ${nextNo}`.execute(tx);
}

/**
 * The columns change names, so that what was next is the index from now on. Nothing is written over, and it takes as long as one
 * transaction needs to end. False where somebody is left whom the next key does not find.
 */
export async function finishIndexChange(tx: Tx): Promise<boolean> {
  await lockIndexKeys(tx);
  const { nextNo, left } = await readIndexState(tx);
  if (nextNo === null || left > 0) return false;
  // Identities of people who were deleted: nobody's number leads to them any more.
  await sql`delete from people_identity i where i.id_index_next is null
    and not exists (select 1 from people_person p where p.identity = i.id)`.execute(tx);
  const { rows } = await sql<{
    n: number;
  }>`select count(*) n from people_identity where id_index_next is null`.execute(tx);
  if ((rows[0]?.n ?? 0) > 0) throw new Error('an identity does not belong to the number of its person');
  for (const [table, column] of [
    ['people_person', 'id_index'],
    ['people_person', 'phone_index'],
    ['people_identity', 'id_index'],
  ] as const) {
    const [now, next, aside] = [sql.id(column), sql.id(`${column}_next`), sql.id(`${column}_aside`)];
    await sql`alter table ${sql.id(table)} alter column ${now} drop not null`.execute(tx);
    await sql`alter table ${sql.id(table)} rename column ${now} to ${aside}`.execute(tx);
    await sql`alter table ${sql.id(table)} rename column ${next} to ${now}`.execute(tx);
    await sql`alter table ${sql.id(table)} rename column ${aside} to ${next}`.execute(tx);
  }
  await sql`update index_key set no = next_no, next_no = null`.execute(tx);
  return true;
}

/** Takes indexes of the key before off so many rows; how many it were. */
export async function clearOldIndexes(tx: Tx, limit: number): Promise<number> {
  const people =
    await sql`update people_person set id_index_next = null, phone_index_next = null where id in (
    select id from people_person where (id_index_next is not null or phone_index_next is not null)
      and exists (select 1 from index_key where next_no is null) limit ${limit} for update skip locked)`.execute(
      tx,
    );
  const identities = await sql`update people_identity set id_index_next = null where id in (
    select id from people_identity where id_index_next is not null
      and exists (select 1 from index_key where next_no is null) limit ${limit} for update skip locked)`.execute(
    tx,
  );
  return Number(people.numAffectedRows ?? 0n) + Number(identities.numAffectedRows ?? 0n);
}

/** A sealed text by the name of its row. */
export interface SealedText {
  readonly row: string;
  readonly sealed: Buffer;
}

/** Before every row's name: an id, or names joined as text. */
function isById({ key }: SealedColumn): boolean {
  return key.length === 1 && key[0] === 'id';
}

const NO_ID = '00000000-0000-0000-0000-000000000000';

function rowName({ key }: SealedColumn): RawBuilder<unknown> {
  return sql.join(
    key.map((it) => sql`t.${sql.id(it)}::text`),
    sql` || ' ' || `,
  );
}

/** Texts of a column that an older key has sealed, after a row, in the order of their names. */
export async function listOldTexts(
  tx: Tx,
  column: SealedColumn,
  at: { readonly newest: number; readonly after: string; readonly limit: number },
): Promise<SealedText[]> {
  const name = rowName(column);
  const sealed = sql`t.${sql.id(column.column)}`;
  // By the index of the ids where there is one.
  const order = isById(column) ? sql`t.id` : name;
  const after = isById(column) ? sql`${at.after || NO_ID}::uuid` : sql`${at.after}`;
  const { rows } =
    await sql<SealedText>`select ${name} as row, ${sealed} as sealed from ${sql.id(column.table)} t
    where ${sealed} is not null and get_byte(${sealed}, 1) < ${at.newest} and ${order} > ${after}
    order by ${order} limit ${at.limit}`.execute(tx);
  return rows;
}

/** Puts texts sealed anew in the place of the old ones, unless somebody has written there meanwhile; how many were put. */
export async function replaceTexts(
  tx: Tx,
  column: SealedColumn,
  texts: readonly (SealedText & { readonly fresh: Buffer })[],
): Promise<number> {
  const sealed = sql.id(column.column);
  const done = await sql`update ${sql.id(column.table)} t set ${sealed} = u.fresh
    from unnest(${texts.map((it) => it.row)}::text[], ${texts.map((it) => it.sealed)}::bytea[],
      ${texts.map((it) => it.fresh)}::bytea[]) u(name, old, fresh)
    where ${isById(column) ? sql`t.id = u.name::uuid` : sql`${rowName(column)} = u.name`} and t.${sealed} = u.old`.execute(
    tx,
  );
  return Number(done.numAffectedRows ?? 0n);
}

/** Transactions that are open now, other than this one: what they have sealed may turn up when they end. */
export async function openTransactions(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select virtualtransaction as name from pg_locks
    where locktype = 'virtualxid' and granted and pid <> pg_backend_pid()`.execute(tx);
  return rows.map((it) => it.name);
}
