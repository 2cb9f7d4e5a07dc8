import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';

export interface SoundnessRow {
  /** Of PostgreSQL. */
  readonly version: string;
  readonly bytes: number;
  /** `synchronous_commit`. */
  readonly sync: string;
  /** Tables whose rows are not kept by forced row-level security. */
  readonly open_tables: string;
  /** Objects that belong to the application's role. */
  readonly owned: number;
  readonly areas: number;
  readonly seasons: number;
}

/** What an installation has to hold, read from the catalogue of the city's schema: nobody's rows are looked at. */
export async function readSoundness(tx: Tx): Promise<SoundnessRow> {
  const { rows } = await sql<SoundnessRow>`
    select current_setting('server_version') as version, pg_database_size(current_database()) as bytes,
      current_setting('synchronous_commit') as sync,
      (select coalesce(string_agg(c.relname, ', ' order by c.relname), '') from pg_class c
        where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
          and not (c.relrowsecurity and c.relforcerowsecurity)) as open_tables,
      (select count(*) from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = 'fangang_app') as owned,
      (select count(*) from offices_area) as areas, (select count(*) from offices_season) as seasons`.execute(
    tx,
  );
  if (!rows[0]) throw new Error('the database answered nothing');
  return rows[0];
}

/** Offices and the accounts that may sign in, within sight. */
export async function countAccounts(tx: Tx): Promise<{ offices: number; accounts: number }> {
  const { rows } = await sql<{ offices: number; accounts: number }>`
    select (select count(*) from offices_office) as offices,
      (select count(*) from offices_staff where active) as accounts`.execute(tx);
  return rows[0] ?? { offices: 0, accounts: 0 };
}
