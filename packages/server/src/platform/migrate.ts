import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { schemaOf } from './database.ts';
import { CommandError, ExitCode } from './errors.ts';
import { installQueue } from './queue.ts';
import { APP, ensureRoles, letOwnerSee, loginOf, OWNER, QUEUE, SCOPES } from './roles.ts';
import type { Secrets } from './secrets.ts';

export interface MigrateOptions {
  /** Of a superuser, or of a role that owns the database and may create roles. */
  readonly adminUrl: string;
  /** Holds `NNNN_name.sql`; `{{schema}}` stands for the city's schema. */
  readonly folder: string;
  /** 6 digits. */
  readonly city: string;
  readonly secrets: Secrets;
  /** True gives the accounts of program and queue new passwords: the start of a server. */
  readonly renew?: boolean;
}

interface MigrationFile {
  readonly number: number;
  readonly name: string;
  readonly text: string;
  readonly sha256: string;
}

/** The migrations of a folder by number. */
export function readMigrations(folder: string): readonly MigrationFile[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.sql'));
  return files.sort().map((name, i) => {
    const number = Number(/^(\d{4})_[a-z0-9_]+\.sql$/.exec(name)?.[1]);
    if (number !== i + 1) throw new Error(`Migrations are numbered from 0001 without gaps: ${name}`);
    const text = readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n');
    return { number, name, text, sha256: createHash('sha256').update(text).digest('hex') };
  });
}

/** What all cities share: the book of migrations, and which master key this database belongs to. */
async function ensureMeta(admin: pg.Client): Promise<void> {
  await admin.query(`
    revoke all on schema public from public;
    create schema if not exists fangang_meta;
    revoke all on schema fangang_meta from public;
    create table if not exists fangang_meta.migration (
      city text not null, number int not null, name text not null, sha256 text not null,
      applied_at timestamptz not null default clock_timestamp(), primary key (city, number));
    create table if not exists fangang_meta.master_key (
      one boolean primary key default true check (one), fingerprint text not null);`);
}

async function checkKey(admin: pg.Client, secrets: Secrets): Promise<void> {
  await admin.query('insert into fangang_meta.master_key (fingerprint) values ($1) on conflict do nothing', [
    secrets.fingerprint,
  ]);
  const { rows } = await admin.query<{ fingerprint: string }>(
    'select fingerprint from fangang_meta.master_key',
  );
  if (rows[0]?.fingerprint === secrets.fingerprint) return;
  throw new CommandError(
    ExitCode.conflict,
    'basics.master_key_differs',
    'This database was sealed with another master key, and what it sealed cannot be read with the one given: name the data folder it began with in FANGANG_DATA, or its key in FANGANG_KEY.',
  );
}

async function ensureSchema(admin: pg.Client, schema: string): Promise<void> {
  const { rows } = await admin.query<{ name: string }>('select quote_ident(current_database()) as name');
  // Extensions that PostgreSQL trusts (btree_gist, pg_trgm) are made by the owner in the city's schema.
  await admin.query(`
    grant create on database ${rows[0]?.name} to ${OWNER};
    create schema if not exists ${schema} authorization ${OWNER};
    grant usage on schema ${schema} to ${[APP, ...SCOPES].join(', ')};`);
  // Who does not own the database gives nothing away, and is told so by a warning only.
  const may = await admin.query<{ create: boolean }>(
    `select has_database_privilege('${OWNER}', current_database(), 'create') as create`,
  );
  if (!may.rows[0]?.create) throw mayTooLittle('it cannot give away the right to create in this database');
}

function checkApplied(
  files: readonly MigrationFile[],
  applied: readonly { number: number; name: string; sha256: string }[],
): void {
  for (const { number, name, sha256 } of applied) {
    const file = files[number - 1];
    if (!file) {
      throw new CommandError(
        ExitCode.conflict,
        'basics.database_newer',
        `The database has the migration ${name}, which this program does not know: start a newer one.`,
        { number },
      );
    }
    if (file.sha256 === sha256) continue;
    throw new CommandError(
      ExitCode.conflict,
      'basics.migration_changed',
      `The migration ${file.name} was changed after it had been applied: write a new one instead.`,
      { number },
    );
  }
}

/** One file, one transaction: either all of it is there and in the book, or nothing. */
async function apply(admin: pg.Client, file: MigrationFile, city: string): Promise<void> {
  const schema = schemaOf(city);
  await admin.query('begin');
  try {
    await admin.query(`set local role ${OWNER}; set local search_path to ${schema}, pg_temp`);
    await admin.query(file.text.replaceAll('{{schema}}', schema));
    await letOwnerSee(admin, schema);
    await admin.query('reset role');
    await admin.query(
      'insert into fangang_meta.migration (city, number, name, sha256) values ($1, $2, $3, $4)',
      [city, file.number, file.name, file.sha256],
    );
    await admin.query('commit');
  } catch (error) {
    await admin.query('rollback');
    throw new Error(`Migration ${file.name}: ${(error as Error).message}`, { cause: error });
  }
}

async function prepare(
  admin: pg.Client,
  { adminUrl, city, secrets, renew = false }: MigrateOptions,
): Promise<void> {
  await ensureMeta(admin);
  // Before the roles: a wrong key must not change their passwords.
  await checkKey(admin, secrets);
  await ensureRoles(admin, adminUrl, secrets, renew);
  await ensureSchema(admin, schemaOf(city));
  await installQueue(admin, loginOf(adminUrl, QUEUE, secrets, false));
}

/** What the role of the address may not do, as one sentence for who set it up. */
function notPermitted(error: unknown): unknown {
  if (!(error instanceof Error) || (error as { code?: string }).code !== '42501') return error;
  return mayTooLittle(error.message);
}

function mayTooLittle(what: string): CommandError {
  return new CommandError(
    ExitCode.usage,
    'basics.role_may_too_little',
    `The role in DATABASE_URL may do too little (${what}): it has to own the database and may create roles (CREATEROLE).`,
  );
}

/**
 * Brings a city's schema to what this program needs, and makes roles, queue and schema on the first time.
 *
 * Two servers that start at the same time migrate one after the other. Refused (conflict): an applied file that was changed, a database newer
 * than the program, a master key other than the one the database began with. Returns the files applied.
 */
export async function migrate(options: MigrateOptions): Promise<{ applied: string[] }> {
  const { adminUrl, city } = options;
  const files = readMigrations(options.folder);
  const admin = new pg.Client({ connectionString: adminUrl, application_name: 'fangang migrate' });
  // What breaks between two statements is told by the next one.
  admin.on('error', () => undefined);
  await admin.connect();
  try {
    await admin.query(
      `set client_min_messages to warning; select pg_advisory_lock(hashtext('fangang_migrate'))`,
    );
    await prepare(admin, options).catch((error: unknown) => Promise.reject(notPermitted(error)));
    const { rows } = await admin.query<{ number: number; name: string; sha256: string }>(
      'select number, name, sha256 from fangang_meta.migration where city = $1 order by number',
      [city],
    );
    checkApplied(files, rows);
    const fresh = files.slice(rows.length);
    for (const file of fresh) await apply(admin, file, city);
    return { applied: fresh.map(({ name }) => name) };
  } finally {
    await admin.end();
  }
}
