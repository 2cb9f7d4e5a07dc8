import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { type Database, openDatabase, withLogin } from './database.ts';
import { takeLock } from './folder-lock.ts';
import { newId } from './ids.ts';
import { migrate, readMigrations } from './migrate.ts';
import { embeddedAdminUrl, startPostgres } from './postgres.ts';
import { openSecrets, type Secrets } from './secrets.ts';

export interface FreshDatabase {
  readonly db: Database;
  readonly adminUrl: string;
  readonly appUrl: string;
  readonly queueUrl: string;
  readonly secrets: Secrets;
  readonly city: '500000';
  close(): Promise<void>;
}

export interface FreshOptions {
  /** Of migrations; the program's own unless told. */
  readonly folder?: string;
  /** False gives an empty database, for tests of the migration itself. */
  readonly migrated?: boolean;
}

/** Names the run's folder to the processes that run test files. */
export const RUN_FOLDER = 'FANGANG_TEST_RUN';
export const MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url));
const CITY = '500000';
const LOCK_MS = 180_000;

/** Nothing here outlives the run, so nothing waits for the disk. */
const TEST_SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '300',
  shared_buffers: '128MB',
};

function runFolder(): string {
  const folder = process.env[RUN_FOLDER];
  if (folder) return folder;
  throw new Error(
    'Tests on the database need src/platform/vitest-global.ts as globalSetup in vitest.config.ts',
  );
}

async function query(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

function writeWhole(file: string, text: string): void {
  const draft = `${file}.${newId()}`;
  writeFileSync(draft, text);
  renameSync(draft, file);
}

/** The first test of the run that needs a database starts it; the others of all processes find it. */
async function serverPort(run: string): Promise<number> {
  const file = join(run, 'port');
  if (!existsSync(file)) {
    const dataDir = join(run, 'data');
    openSecrets(dataDir, '');
    const { port } = await startPostgres(dataDir, TEST_SETTINGS);
    writeWhole(file, String(port));
  }
  return Number(readFileSync(file, 'utf8'));
}

function templateName(folder: string): string {
  const sums = readMigrations(folder).map(({ sha256 }) => sha256);
  return `template_${createHash('sha256').update(sums.join()).digest('hex').slice(0, 16)}`;
}

async function ensureTemplate(run: string, folder: string, name: string, secrets: Secrets): Promise<void> {
  const file = join(run, name);
  if (existsSync(file)) return;
  const dataDir = join(run, 'data');
  const port = Number(readFileSync(join(run, 'port'), 'utf8'));
  const adminUrl = embeddedAdminUrl(dataDir, port);
  await query(adminUrl, `drop database if exists ${name} with (force)`);
  await query(adminUrl, `create database ${name}`);
  await migrate({ adminUrl: embeddedAdminUrl(dataDir, port, name), folder, city: CITY, secrets });
  // A template is copied only while nobody is connected to it.
  await query(adminUrl, `alter database ${name} allow_connections false`);
  writeWhole(file, '');
}

/**
 * A database of its own for a test: a copy of the migrated template, 30 to 130 ms, dropped by `close`.
 *
 * One server serves all test files of a run; it starts with the first call and ends with the run. The files of a run share one master key.
 */
export async function freshDatabase(options: FreshOptions = {}): Promise<FreshDatabase> {
  const run = runFolder();
  const folder = options.folder ?? MIGRATIONS;
  const template = options.migrated === false ? 'template1' : templateName(folder);
  const ready =
    existsSync(join(run, template)) || (template === 'template1' && existsSync(join(run, 'port')));
  if (!ready) {
    const lock = await takeLock(join(run, 'lock'), LOCK_MS);
    if (!lock) throw new Error('Another test process has been preparing the database for three minutes');
    try {
      await serverPort(run);
      const secrets = openSecrets(join(run, 'data'), '');
      if (template !== 'template1') await ensureTemplate(run, folder, template, secrets);
    } finally {
      lock.release();
    }
  }
  const dataDir = join(run, 'data');
  const port = await serverPort(run);
  const secrets = openSecrets(dataDir, '');
  const name = `test_${newId().replaceAll('-', '')}`;
  const server = embeddedAdminUrl(dataDir, port);
  await query(server, `create database ${name} template ${template}`);
  const adminUrl = embeddedAdminUrl(dataDir, port, name);
  const appUrl = withLogin(adminUrl, 'fangang_app', secrets.appPassword);
  const db = openDatabase(appUrl, { max: 10 });
  return {
    db,
    adminUrl,
    appUrl,
    queueUrl: withLogin(adminUrl, 'fangang_queue', secrets.queuePassword),
    secrets,
    city: CITY,
    close: async () => {
      await db.close();
      await query(server, `drop database if exists ${name} with (force)`);
    },
  };
}
