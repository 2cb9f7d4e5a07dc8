import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inScope, openDatabase, withLogin } from './database.ts';
import { migrate } from './migrate.ts';
import { asOwner } from './owner.ts';
import { type RunningPostgres, startPostgres } from './postgres.ts';
import { loginOf } from './roles.ts';
import { openSecrets, type Secrets } from './secrets.ts';
import { MIGRATIONS } from './testing.ts';

/** A database as an IT department hands it out: its role owns it and may create roles, and is no superuser. */
let folder: string;
let server: RunningPostgres;
let secrets: Secrets;
let guest: string;

async function ask(url: string, ...statements: string[]): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    let rows: Record<string, unknown>[] = [];
    for (const text of statements) rows = (await client.query(text)).rows;
    return rows;
  } finally {
    await client.end();
  }
}

function inDatabase(name: string, user = 'guest'): string {
  const url = new URL(withLogin(server.adminUrl, user, 'secret'));
  url.pathname = `/${name}`;
  return url.href;
}

const run = (adminUrl: string, renew = false) =>
  migrate({ adminUrl, folder: MIGRATIONS, city: '500000', secrets, renew });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'guest-'));
  secrets = openSecrets(folder, '');
  server = await startPostgres(folder, { fsync: 'off' });
  await ask(
    server.adminUrl,
    `create role guest login createrole password 'secret'`,
    `create role visitor login createrole password 'secret'`,
    'create database house owner guest',
    'create database other',
    'grant create on database other to visitor',
  );
  guest = inDatabase('house');
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('a database whose role is no superuser', () => {
  it('is migrated, and again changes nothing', async () => {
    expect((await run(guest)).applied.length).toBeGreaterThan(1);
    expect(await run(guest)).toEqual({ applied: [] });
    const [owner] = await ask(guest, `select rolbypassrls from pg_roles where rolname = 'fangang_owner'`);
    expect(owner).toEqual({ rolbypassrls: false });
  });

  it('keeps row-level security forced, and its owner sees all rows in spite of it', async () => {
    const open = await ask(
      guest,
      `select relname from pg_class where relnamespace = 'city_500000'::regnamespace and relkind in ('r', 'p')
        and not (relrowsecurity and relforcerowsecurity)`,
    );
    expect(open).toEqual([]);
    const seen = await asOwner(guest, '500000', async (tx) => {
      await sql`insert into offices_area (code, level, name, pinyin) values ('500000000000', 'city', '重庆市', 'Chongqing')`.execute(
        tx,
      );
      return (await sql`select code from offices_area`.execute(tx)).rows;
    });
    expect(seen).toEqual([{ code: '500000000000' }]);
  });

  it('lets the functions of sign-in look behind the policies, and nobody else', async () => {
    await asOwner(guest, '500000', (tx) =>
      sql`insert into offices_login_failure (login) select 'li' from generate_series(1, 3)`.execute(tx),
    );
    const db = openDatabase(withLogin(guest, 'fangang_app', secrets.appPassword));
    try {
      const open = { kind: 'open' } as const;
      await inScope(db, '500000', open, (tx) => sql`select begin_try('li', '', 10, 15, 100)`.execute(tx));
      const peeked = inScope(db, '500000', open, (tx) =>
        sql`select 1 from offices_login_failure`.execute(tx),
      );
      await expect(peeked).rejects.toThrow(/permission denied/);
    } finally {
      await db.close();
    }
    const rows = await asOwner(guest, '500000', (tx) =>
      sql`select count(*)::int as n from offices_login_failure`.execute(tx),
    );
    expect(rows.rows).toEqual([{ n: 4 }]);
  });

  it('may give the accounts of program and queue new passwords', async () => {
    const login = loginOf(guest, 'fangang_app', secrets, false);
    const before = await login.password();
    await run(guest, true);
    expect(await login.password()).not.toBe(before);
    const db = openDatabase(login);
    expect((await db.pool.query('select current_user as me')).rows).toEqual([{ me: 'fangang_app' }]);
    await db.close();
    await expect(ask(withLogin(guest, 'fangang_app', before), 'select 1')).rejects.toThrow(/password/);
  });

  it('the control: without its policy the owner sees nothing', async () => {
    await asOwner(guest, '500000', async (tx) => {
      await sql`drop policy owner_all on offices_area`.execute(tx);
      expect((await sql`select code from offices_area where code = '500000000000'`.execute(tx)).rows).toEqual(
        [],
      );
      throw new Error('undone');
    }).catch((error: Error) => expect(error.message).toBe('undone'));
  });

  it('is told apart, in one sentence, from one that it does not own', async () => {
    await expect(run(inDatabase('other', 'visitor'))).rejects.toMatchObject({
      exit: 2,
      code: 'basics.role_may_too_little',
    });
  });
});
