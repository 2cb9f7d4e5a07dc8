import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../src/platform/database.ts';
import type { RowFacts } from './oracle.ts';

/** A row of the database with what it says about whose it is. */
export interface SeenRow {
  readonly table: string;
  /** Primary key as text. */
  readonly key: string;
  readonly facts: RowFacts;
}

export interface TableShape {
  readonly name: string;
  readonly key: readonly string[];
  readonly columns: readonly string[];
}

/** Tables with a primary key and the columns a look may read. */
export async function tableShapes(tx: Tx): Promise<TableShape[]> {
  const { rows } = await sql<TableShape>`
    select c.relname as name,
      array(select a.attname::text from pg_index i cross join unnest(i.indkey) with ordinality k(n, o)
        join pg_attribute a on a.attrelid = c.oid and a.attnum = k.n where i.indrelid = c.oid and i.indisprimary order by k.o) as key,
      array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns
    from pg_class c where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' order by 1`.execute(
    tx,
  );
  return rows;
}

const OWNERSHIP = [
  'area',
  'ledger_office',
  'employer_id',
  'itinerary_id',
  'id',
  'person_id',
  'trip_id',
  'actor',
  'staff_id',
  'owner',
] as const;

function lookAt(shape: TableShape, columns: readonly string[]): RawBuilder<unknown> {
  const has = (name: string) => columns.includes(name);
  const part = (name: string) => (has(name) ? sql`${sql.id(name)}::text` : sql`null::text`);
  // What belongs to an account lies where the account does.
  const account = ['staff_id', 'owner'].find((name) => /^offices_/.test(shape.name) && has(name));
  const place = account
    ? sql`(select s.area from offices_staff s where s.id = t.${sql.id(account)})`
    : part('area');
  const key = shape.key.filter(has).map((name) => sql`${sql.id(name)}::text`);
  const parts = sql.join(
    OWNERSHIP.map((name) => sql`${name === 'area' ? place : part(name)} as ${sql.id(name)}`),
  );
  return sql`select ${shape.name} as table_name, concat_ws(' ', ${key.length > 0 ? sql.join(key) : sql`''`}) as key,
    ${parts} from ${sql.id(shape.name)} t`;
}

type Raw = { table_name: string; key: string } & Record<(typeof OWNERSHIP)[number], string | null>;

/** Rows of these tables, as whoever the transaction looks through sees them. */
export async function readRows(
  tx: Tx,
  shapes: readonly TableShape[],
  ask: { readonly columns?: readonly string[]; readonly known: Known },
): Promise<SeenRow[]> {
  const looks = shapes.map((it) => lookAt(it, ask.columns ?? it.columns));
  const { rows } = await sql<Raw>`${sql.join(looks, sql` union all `)}`.execute(tx);
  return rows.map((it) => ({
    table: it.table_name,
    key: it.key,
    facts: factsOf(it, ask.known),
  }));
}

/** What the made world knows of an id: employers and itineraries that a row does not name itself. */
export type Known = (id: string) => readonly RowFacts[] | undefined;

function factsOf(it: Raw, known: Known): RowFacts {
  const told = [it.id, it.trip_id, it.person_id, it.itinerary_id].flatMap((id) => (id && known(id)) || []);
  const ofRow = (it.id && known(it.id)) || [];
  const ways = new Set([
    ...(ofRow.length > 0 ? ofRow : told).flatMap((row) => row.ways),
    ...(it.itinerary_id ? [it.itinerary_id] : []),
  ]);
  const employers = it.employer_id ? [it.employer_id] : ofRow.flatMap((row) => row.employers);
  const actor = it.actor ?? it.staff_id ?? it.owner ?? (it.table_name === 'offices_staff' ? it.id : null);
  // A run names no ledger: those of the people aboard are.
  const aboard = /^trips_(trip|stop)$/.test(it.table_name) ? told : [];
  const ledger = it.ledger_office ?? aboard.find((row) => row.ledger !== null)?.ledger ?? null;
  return { of: it.table_name, area: it.area, ledger, employers, ways: [...ways], actor };
}

/** The same of a row as JSON; what belongs to an account lies where the account does. */
export function seenRow(
  { name, key }: TableShape,
  row: Readonly<Record<string, unknown>>,
  ask: { readonly known: Known; readonly areas: ReadonlyMap<string, string> },
): SeenRow {
  const said = (field: string) => (row[field] == null ? null : String(row[field]));
  const account = /^offices_/.test(name) ? (said('staff_id') ?? said('owner')) : null;
  const parts = Object.fromEntries(OWNERSHIP.map((field) => [field, said(field)])) as Omit<
    Raw,
    'table_name' | 'key'
  >;
  const raw = { ...parts, table_name: name, key: key.map(said).join(' ') };
  const area = account === null ? raw.area : (ask.areas.get(account) ?? null);
  return { table: name, key: raw.key, facts: factsOf({ ...raw, area }, ask.known) };
}

/** One row of each table as JSON that belongs to somebody, its key another one: to be put in by whoever it does not belong to. */
export async function sampleRows(tx: Tx, shapes: readonly TableShape[]): Promise<Map<string, unknown>> {
  const samples = new Map<string, unknown>();
  for (const shape of shapes) {
    const { rows } = await sql<{
      row: Record<string, unknown>;
    }>`select to_jsonb(t) as row from ${sql.id(shape.name)} t limit 1`.execute(tx);
    const row = rows[0]?.row;
    if (row)
      samples.set(shape.name, {
        ...row,
        ...('id' in row ? { id: FRESH } : {}),
        ...('key' in row ? { key: FRESH } : {}),
      });
  }
  return samples;
}

const FRESH = '017ee5dd-ffff-7fff-8fff-00000000000d';
