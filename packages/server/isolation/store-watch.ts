import { sql } from 'kysely';
import pg from 'pg';
import type { Tx } from '../src/platform/database.ts';
import type { TableShape } from './store-rows.ts';

export type RowJson = Readonly<Record<string, unknown>>;

/** A row that was written: as it was and as it is; null where it was not there, or is no more. */
export interface Touched {
  readonly table: string;
  readonly before: RowJson | null;
  readonly after: RowJson | null;
}

/** Has the database note every row that anybody writes from now on, whoever it is and whatever the policies say. */
export async function noteWrites(
  adminUrl: string,
  schema: string,
  shapes: readonly TableShape[],
): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(`create schema watch;
      create table watch.touched (n bigserial, table_name text not null, before jsonb, after jsonb);
      create function watch.note() returns trigger language plpgsql security definer as $$
      begin
        if old is distinct from new then
          insert into watch.touched (table_name, before, after) values (tg_table_name, to_jsonb(old), to_jsonb(new));
        end if;
        return null;
      end $$`);
    for (const { name } of shapes) {
      await client.query(`create trigger zz_watch after insert or update or delete on ${schema}.${name}
        for each row execute function watch.note()`);
    }
  } finally {
    await client.end();
  }
}

/** What was written since the last time. */
export async function takeTouched(adminUrl: string): Promise<() => Promise<Touched[]>> {
  const client = new pg.Client({ connectionString: adminUrl });
  client.on('error', () => undefined);
  await client.connect();
  return async () => {
    const { rows } = await client.query<Touched & { n: string }>(
      `with gone as (delete from watch.touched returning n, table_name as table, before, after) select * from gone order by n`,
    );
    return rows;
  };
}

/** Where each account lies. */
export async function areasOfStaff(tx: Tx): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; area: string }>`select id::text, area from offices_staff`.execute(
    tx,
  );
  return new Map(rows.map((it) => [it.id, it.area]));
}

/** Forgets who guessed at a secret, and how often. */
export async function forgetTries(tx: Tx): Promise<void> {
  await sql`delete from offices_login_failure`.execute(tx);
}
