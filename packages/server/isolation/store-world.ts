import { sql } from 'kysely';
import pg from 'pg';
import { hashPassword } from '../src/offices/passwords.ts';
import { addStaff } from '../src/offices/store.ts';
import type { Tx } from '../src/platform/database.ts';
import { copyRows } from '../src/platform/journal.ts';
import type { DistrictAreas } from './world-maker.ts';
import { NOW, type Row } from './world-maker.ts';

/** Three districts of the city with three towns of three villages each, by code. */
export async function pickDistricts(tx: Tx): Promise<DistrictAreas[]> {
  const { rows } = await sql<{ district: string; town: string; villages: string[] }>`
    select rpad(left(code, 6), 12, '0') as district, left(code, 9) || '000' as town, (array_agg(code order by code))[1:3] as villages
    from offices_area where level = 'village' group by 1, 2 having count(*) >= 3 order by 1, 2`.execute(tx);
  const byDistrict = new Map<string, { code: string; villages: string[] }[]>();
  for (const { district, town, villages } of rows) {
    byDistrict.set(district, [...(byDistrict.get(district) ?? []), { code: town, villages }]);
  }
  const full = [...byDistrict].filter(([, towns]) => towns.length >= 3).slice(0, 3);
  if (full.length < 3)
    throw new Error('the places hold no three districts with three towns of three villages');
  return full.map(([code, towns]) => ({ code, towns: towns.slice(0, 3) }));
}

/** Tables in the order in which their rows can be written. */
const ORDER = [
  'offices_delegation',
  'jobs_employer',
  'jobs_gate',
  'people_identity',
  'people_household',
  'people_person',
  'people_care',
  'people_history',
  'people_spell',
  'people_skill',
  'people_certificate',
  'people_consent',
  'people_retention_run',
  'people_collision',
  'people_pair',
  'people_pair_run',
  'people_merge',
  'people_merge_claim',
  'people_transfer',
  'people_transfer_answer',
  'people_need',
  'people_difficulty',
  'people_wish',
  'people_import',
  'people_mapping',
  'people_report',
  'people_report_issue',
  'people_report_line',
  'trips_carrier',
  'trips_vehicle',
  'trips_driver',
  'trips_fleet',
  'trips_allotment',
  'trips_trip',
  'trips_stop',
  'trips_itinerary',
  'trips_leg',
  'trips_pack_issue',
  'trips_guest',
  'trips_share',
  'trips_share_look',
  'trips_handover',
  'figures_comparison',
  'journal',
  'offices_audit',
  'offices_session',
  'offices_device',
  'offices_passkey',
  'offices_totp',
  'offices_recovery_code',
  'offices_password_history',
  'offices_identity',
];

/** Writes a made world as the owner: staff first, then table by table; the clock stands. */
export async function writeWorld(tx: Tx, rows: ReadonlyMap<string, readonly Row[]>): Promise<void> {
  const passwordHash = await hashPassword('nobody-types-this');
  for (const it of rows.get('staff') ?? []) {
    const { id, role, area, office, employer, name, login, officeName } = it as Record<string, string>;
    await addStaff(tx, {
      ...{
        id,
        role,
        area,
        name,
        login,
        officeName,
        passwordHash,
        officeKind: 'bureau',
        employerId: employer ?? null,
      },
      officeId: office,
    } as Parameters<typeof addStaff>[1]);
  }
  const waiting = (rows.get('staff') ?? []).filter((it) => it.waits).map((it) => String(it.id));
  await sql`update offices_staff set waiting = true, active = false where id = any(${waiting}::uuid[])`.execute(
    tx,
  );
  const unknown = [...rows.keys()].filter((it) => it !== 'staff' && !ORDER.includes(it));
  if (unknown.length > 0) throw new Error(`no order is said for ${unknown.join(', ')}`);
  for (const table of ORDER) {
    const all = rows.get(table) ?? [];
    const columns = [...new Set(all.flatMap((it) => Object.keys(it)))];
    if (columns.length > 0) await copyRows(tx, table, columns, all);
  }
  await sql`update offices_clock set mode = 'stands', at = ${NOW}`.execute(tx);
}

/** Everything that a smaller world leaves out, as conditions on tables; foreign keys and triggers do not look. */
export interface Without {
  readonly [table: string]: string;
}

/** Tables of the city with an area of a place that keeps them, besides the public ones. */
export async function areaTables(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'area' and not a.attisdropped
    where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and c.relname !~ '^jobs_' order by 1`.execute(
    tx,
  );
  return rows.map((it) => it.name);
}

async function asAdmin(
  adminUrl: string,
  database: string | null,
  statements: readonly string[],
): Promise<void> {
  const url = new URL(adminUrl);
  if (database) url.pathname = `/${database}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    for (const it of statements) await client.query(it);
  } finally {
    await client.end();
  }
}

/** A copy of a database to which nobody is connected; answers the administrator's address of the copy. */
export async function cloneDatabase(adminUrl: string, name: string): Promise<string> {
  const url = new URL(adminUrl);
  const from = url.pathname.slice(1);
  await asAdmin(adminUrl, 'postgres', [`create database ${name} template ${from}`]);
  url.pathname = `/${name}`;
  return url.href;
}

export async function dropDatabase(adminUrl: string): Promise<void> {
  const name = new URL(adminUrl).pathname.slice(1);
  await asAdmin(adminUrl, 'postgres', [`drop database if exists ${name} with (force)`]);
}

/** Removes rows from a copy without the foreign keys asking. */
export async function removeRows(adminUrl: string, schema: string, without: Without): Promise<void> {
  const deletes = Object.entries(without).map(([table, where]) => `delete from ${table} where ${where}`);
  await asAdmin(adminUrl, null, [
    `set search_path to ${schema}`,
    `set session_replication_role = replica`,
    ...deletes,
  ]);
}
