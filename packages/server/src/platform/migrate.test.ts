import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate } from './migrate.ts';
import { openSecrets } from './secrets.ts';
import { type FreshDatabase, freshDatabase } from './testing.ts';

let fresh: FreshDatabase;
let folder: string;

function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}

function run(secrets = fresh.secrets, city = '500000'): Promise<{ applied: string[] }> {
  return migrate({ adminUrl: fresh.adminUrl, folder, city, secrets });
}

async function ask(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

beforeEach(async () => {
  fresh = await freshDatabase({ migrated: false });
  folder = mkdtempSync(join(tmpdir(), 'migrate-'));
  write('0001_house.sql', 'create table {{schema}}.thing (n int); create table other (n int);');
});
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await fresh.close();
});

describe('migrating', () => {
  it('applies each file once, and only what is new the next time', async () => {
    expect(await run()).toEqual({ applied: ['0001_house.sql'] });
    expect(await run()).toEqual({ applied: [] });
    write('0002_more.sql', 'alter table thing add m int;');
    expect(await run()).toEqual({ applied: ['0002_more.sql'] });
    expect(await ask(fresh.adminUrl, 'select n, m from city_500000.thing')).toEqual([]);
  });

  it('gives everything to the owner and nothing to the application', async () => {
    await run();
    const owners = await ask(
      fresh.adminUrl,
      `select distinct tableowner from pg_tables where schemaname = 'city_500000'`,
    );
    expect(owners).toEqual([{ tableowner: 'fangang_owner' }]);
    await expect(ask(fresh.appUrl, 'select * from city_500000.thing')).rejects.toThrow(/permission denied/);
    await expect(ask(fresh.appUrl, 'create table public.mine (n int)')).rejects.toThrow(/permission denied/);
    await expect(ask(fresh.appUrl, 'create table city_500000.mine (n int)')).rejects.toThrow(
      /permission denied/,
    );
    await expect(ask(fresh.appUrl, 'select * from fangang_meta.migration')).rejects.toThrow(
      /permission denied/,
    );
    await expect(ask(fresh.appUrl, 'set role fangang_owner')).rejects.toThrow(/permission denied/);
    await expect(ask(fresh.appUrl, 'set role fangang_queue')).rejects.toThrow(/permission denied/);
  });

  it('makes a schema of its own for each city', async () => {
    await run();
    expect(await run(fresh.secrets, '510100')).toEqual({ applied: ['0001_house.sql'] });
    expect(await ask(fresh.adminUrl, 'select n from city_510100.thing')).toEqual([]);
  });

  it('refuses a file that was changed after it had been applied', async () => {
    await run();
    write('0001_house.sql', 'create table {{schema}}.thing (n bigint);');
    await expect(run()).rejects.toMatchObject({ exit: 5, code: 'basics.migration_changed' });
  });

  it('refuses a database that a newer program has migrated', async () => {
    write('0002_more.sql', 'alter table thing add m int;');
    await run();
    rmSync(join(folder, '0002_more.sql'));
    await expect(run()).rejects.toMatchObject({ exit: 5, code: 'basics.database_newer' });
  });

  it('refuses a master key other than the one the database began with', async () => {
    await run();
    await expect(run(openSecrets(folder, 'ab'.repeat(32)))).rejects.toMatchObject({
      code: 'basics.master_key_differs',
    });
    expect(await ask(fresh.appUrl, 'select 1 as n')).toEqual([{ n: 1 }]);
  });

  it('leaves nothing of a file that fails in the middle', async () => {
    await run();
    write('0002_broken.sql', 'create table half (n int); select 1/0;');
    await expect(run()).rejects.toThrow(/0002_broken.sql: division by zero/);
    write('0002_broken.sql', 'create table half (n int);');
    expect(await run()).toEqual({ applied: ['0002_broken.sql'] });
  });

  it('lets two servers start at the same time', async () => {
    const both = await Promise.all([run(), run()]);
    expect(both.flatMap(({ applied }) => applied)).toEqual(['0001_house.sql']);
  });
});
