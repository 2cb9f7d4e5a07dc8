import { sql } from 'kysely';
import pg from 'pg';
import { areaRange, type Database, inScope, type Scope, type Tx } from '../src/platform/database.ts';
import { type Actor, maySee, type RowFacts } from './oracle.ts';
import { type Eyes, SEES } from './policy-table.ts';
import { type Known, readRows, type TableShape } from './store-rows.ts';

/** The scope in which the product would look for this actor: settings by name, nothing decided here. */
export function scopeFor(actor: Actor): Scope {
  const { id: staffId, office: officeId, eyes } = actor;
  switch (eyes) {
    case 'employer':
      return { kind: eyes, staffId, employerId: actor.employer ?? NONE };
    case 'link':
      return { kind: eyes, itineraryId: actor.way ?? NONE };
    case 'open':
      return { kind: 'open' };
    default: {
      const { from, to } = areaRange(actor.area);
      return { kind: eyes, staffId, officeId, areaFrom: from, areaTo: to };
    }
  }
}

const NONE = '00000000-0000-0000-0000-0000000000aa';

/** Somebody of each kind to whom nothing belongs: an office of an empty district, a ledger nobody is on. */
export function strangerOf(eyes: Eyes): Actor {
  const nobody = { id: NONE, office: NONE, employer: NONE, way: NONE, cookie: '', phone: null };
  return { ...nobody, name: `a stranger (${eyes})`, role: 'stranger', eyes, area: '509999000000' };
}

interface Granted {
  readonly table: string;
  readonly command: 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE';
  readonly columns: readonly string[];
}

/** What a database role may do at all, with the columns it may name. */
async function grantsOf(tx: Tx, role: string): Promise<Granted[]> {
  const { rows } = await sql<Granted>`
    select c.relname as table, k.command, array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0
      and not a.attisdropped and a.attgenerated = '' and (k.command = 'SELECT' or a.attidentity = '')
      and (k.command = 'DELETE' or has_column_privilege(${role}, c.oid, a.attnum, k.command))) as columns
    from pg_class c cross join (values ('SELECT'), ('INSERT'), ('UPDATE'), ('DELETE')) k(command)
    where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
      and (has_table_privilege(${role}, c.oid, k.command)
        or (k.command <> 'DELETE' and has_any_column_privilege(${role}, c.oid, k.command)))`.execute(tx);
  return rows;
}

/** A statement in a savepoint that is undone: how many rows it reached, or why it was refused. */
async function tried(
  tx: Tx,
  statement: ReturnType<typeof sql>,
): Promise<{ rows: number } | { refused: string }> {
  await sql`savepoint probe`.execute(tx);
  try {
    const { numAffectedRows, rows } = await statement.execute(tx);
    return { rows: Number(numAffectedRows ?? rows.length) };
  } catch (error) {
    return { refused: (error as pg.DatabaseError).message };
  } finally {
    await sql`rollback to savepoint probe`.execute(tx);
  }
}

const isHeldBack = (it: { rows: number } | { refused: string }) =>
  'rows' in it ? it.rows === 0 : it.refused.includes('violates row-level security policy');

/** A value that needs no look at the row, so that only the policy for changes is asked. */
function anyValue(column: string) {
  return sql`${sql.id(column)} = default`;
}

export interface ProbeAsk {
  readonly db: Database;
  readonly city: string;
  readonly shapes: readonly TableShape[];
  readonly known: Known;
  /** A row of each table that belongs to somebody, as JSON. */
  readonly samples: ReadonlyMap<string, unknown>;
}

/** What a stranger reaches with bare SQL under the own database role: nothing but what is everybody's. Answers the reaches. */
export async function probeStranger(ask: ProbeAsk, eyes: Eyes, only?: string): Promise<string[]> {
  const actor = strangerOf(eyes);
  return await inScope(ask.db, ask.city, scopeFor(actor), async (tx) => {
    const reached: string[] = [];
    for (const { table, command, columns } of await grantsOf(tx, `fangang_${eyes}`)) {
      if (only && table !== only) continue;
      const isOpen = SEES[table]?.[eyes] === 'all';
      if (command === 'SELECT' && isOpen) continue;
      const said = await tried(tx, probeOf(table, command, columns, ask.samples.get(table)));
      if (!isHeldBack(said)) reached.push(`${actor.name}: ${command} ${table} → ${JSON.stringify(said)}`);
    }
    return reached;
  });
}

function probeOf(table: string, command: Granted['command'], columns: readonly string[], sample: unknown) {
  const name = sql.id(table);
  if (command === 'SELECT') return sql`select ${sql.id(columns[0] ?? '')} from ${name} limit 3`;
  if (command === 'DELETE') return sql`delete from ${name}`;
  if (command === 'UPDATE') return sql`update ${name} set ${anyValue(columns.at(-1) ?? '')}`;
  const names = sql.join(columns.map((it) => sql.id(it)));
  return sql`insert into ${name} (${names}) select ${names} from jsonb_populate_record(null::${name}, ${JSON.stringify(sample ?? {})}::jsonb)`;
}

/** Rows that somebody sees with bare SQL and the policy table does not give, and how many own ones were seen. */
export async function probeInsider(
  ask: ProbeAsk,
  actor: Actor,
): Promise<{ leaks: string[]; own: number; missing: string[] }> {
  return await inScope(ask.db, ask.city, scopeFor(actor), async (tx) => {
    await sql`select set_config('fangang.care', 'a probe', true)`.execute(tx);
    const leaks: string[] = [];
    const missing: string[] = [];
    let own = 0;
    for (const { table, command, columns } of await grantsOf(tx, `fangang_${actor.eyes}`)) {
      const shape = ask.shapes.find((it) => it.name === table);
      if (command !== 'SELECT' || !shape || SEES[table]?.[actor.eyes] === 'all') continue;
      const rows = await readRows(tx, [shape], { columns, known: ask.known });
      for (const row of rows) {
        if (maySee(actor, row.facts)) own += 1;
        else leaks.push(`${actor.name}: sees ${table} ${row.key}`);
      }
      const seen = new Set(rows.map((it) => it.key));
      missing.push(...missingOf(ask, actor, table, seen));
    }
    return { leaks, own, missing };
  });
}

/** Rows that the policy table gives and the database hides. */
function missingOf(ask: ProbeAsk, actor: Actor, table: string, seen: ReadonlySet<string>): string[] {
  const all = ask.samples.get(`all ${table}`) as readonly { key: string; facts: RowFacts }[] | undefined;
  const keyed = ask.shapes.find((it) => it.name === table)?.key.length ?? 0;
  if (!all || keyed === 0) return [];
  return all
    .filter((it) => maySee(actor, it.facts) && !seen.has(it.key))
    .map((it) => `${actor.name}: misses ${table} ${it.key}`);
}

export interface Policy {
  readonly table: string;
  readonly name: string;
  readonly command: 'ALL' | 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE';
  readonly eyes: readonly Eyes[];
  readonly using: string | null;
  readonly check: string | null;
}

/** Policies that hold anything back; one that says `true` has nothing to switch off. */
export async function closedPolicies(adminUrl: string, schema: string): Promise<Policy[]> {
  const { rows } = await asAdmin(adminUrl, (client) =>
    client.query<Omit<Policy, 'eyes'> & { roles: string[] }>(
      `select tablename as table, policyname as name, cmd as command, roles::text[] as roles, qual as using, with_check as check
       from pg_policies where schemaname = $1 and coalesce(qual, with_check) <> 'true' order by 1, 2`,
      [schema],
    ),
  );
  return rows.map(({ roles, ...it }) => ({
    ...it,
    eyes: roles.map((role) => role.replace('fangang_', '') as Eyes),
  }));
}

async function asAdmin<Value>(adminUrl: string, work: (client: pg.Client) => Promise<Value>): Promise<Value> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Lets a policy pass everything, while work is done. */
export async function switchedOff<Value>(
  adminUrl: string,
  schema: string,
  it: Policy,
  work: () => Promise<Value>,
): Promise<Value> {
  const alter = (using: string | null, check: string | null) => {
    const parts = [using === null ? '' : `using (${using})`, check === null ? '' : `with check (${check})`];
    return asAdmin(adminUrl, (client) =>
      client.query(`set search_path to ${schema}; alter policy ${it.name} on ${it.table} ${parts.join(' ')}`),
    );
  };
  await alter(it.using === null ? null : 'true', it.check === null ? null : 'true');
  try {
    return await work();
  } finally {
    await alter(it.using, it.check);
  }
}
