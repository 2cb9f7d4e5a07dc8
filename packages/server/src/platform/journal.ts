import { sql } from 'kysely';
import type { Tx } from './database.ts';
import { newId } from './ids.ts';

/** What happened, once: ids, codes and counts, never a name, a number of a person, care status or free text. */
export interface JournalEvent {
  /** When it happened by the device or the city's clock, ISO 8601 with offset. */
  readonly at: string;
  readonly actor: string;
  readonly device?: string;
  /** Of the command or the device's record; with `ordinal` it makes the event unique. */
  readonly key: string;
  readonly ordinal: number;
  readonly subject: string;
  readonly type: string;
  /** 12-digit area code. */
  readonly area: string;
  readonly season?: string;
  /** Of the shape of `data`; 1 unless told. */
  readonly version?: number;
  readonly data: Readonly<Record<string, unknown>>;
}

const BATCH_ROWS = 5_000;

function* batches<Item>(items: Iterable<Item>): Generator<Item[]> {
  let batch: Item[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length === BATCH_ROWS) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

/**
 * Writes events into the journal, in the order given; an event already there (same key and ordinal) is left as it is.
 * Returns how many were new. Both times come from the platform's clock.
 */
export async function append(tx: Tx, events: readonly JournalEvent[], recordedAt: string): Promise<number> {
  let inserted = 0;
  for (const batch of batches(events)) {
    const rows = batch.map((event) => ({ ...event, id: newId(), version: event.version ?? 1 }));
    const result = await sql`
      insert into journal (id, at, recorded_at, actor, device, key, ordinal, subject, type, area, season, version, data)
      select id, at, ${recordedAt}::timestamptz, actor, device, key, ordinal, subject, type, area, season, version, data
      from json_to_recordset(${JSON.stringify(rows)}::json) as event(
        id uuid, at timestamptz, actor text, device text, key uuid, ordinal int, subject uuid, type text, area text,
        season text, version int, data jsonb)
      on conflict do nothing`.execute(tx);
    inserted += Number(result.numAffectedRows ?? 0n);
  }
  return inserted;
}

export type RowToCopy = readonly unknown[] | Readonly<Record<string, unknown>>;

function jsonOf(value: unknown): unknown {
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`;
  if (typeof value === 'bigint') return value.toString();
  return value ?? null;
}

/**
 * Writes many rows set-wise: one statement for 5,000 rows, so that a whole season fits into one transaction.
 *
 * A row is an array in the order of `columns` or an object by column name; a missing value is null, a column not named gets its
 * default. Values are as JSON writes them for the column's type: moments as text, `jsonb` as objects, arrays as arrays, buffers for `bytea`.
 * Returns how many rows were written.
 */
export async function copyRows(
  tx: Tx,
  table: string,
  columns: readonly string[],
  rows: Iterable<RowToCopy>,
): Promise<number> {
  const names = sql.join(columns.map((column) => sql.id(column)));
  let written = 0;
  for (const batch of batches(rows)) {
    const records = batch.map((row) =>
      Object.fromEntries(
        columns.map((column, i) => [
          column,
          jsonOf(Array.isArray(row) ? row[i] : (row as Readonly<Record<string, unknown>>)[column]),
        ]),
      ),
    );
    await sql`insert into ${sql.id(table)} (${names})
      select ${names} from json_populate_recordset(null::${sql.id(table)}, ${JSON.stringify(records)}::json)`.execute(
      tx,
    );
    written += batch.length;
  }
  return written;
}
