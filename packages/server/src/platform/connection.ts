import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { realNow, shanghaiIso } from './clock.ts';
import type { Login } from './database.ts';
import { checkDatabaseUrl } from './database-url.ts';
import { CommandError, ExitCode } from './errors.ts';
import { takeLock } from './folder-lock.ts';
import { embeddedAdminUrl, serverVersion, startPostgres } from './postgres.ts';
import { isRunning, ownMark, type ProcessMark } from './process-mark.ts';
import { APP, loginOf, QUEUE } from './roles.ts';
import { openSecrets, type Secrets } from './secrets.ts';

export type Purpose = 'serve' | 'command';

export interface Connection {
  /** Of a role that may migrate. */
  readonly adminUrl: string;
  /** Of `fangang_app`; works after the first migration. */
  readonly app: Login;
  /** Of `fangang_queue`; works after the first migration. */
  readonly queue: Login;
  /** True when the database came with the program. */
  readonly embedded: boolean;
  /** True when another process has started the database: it only looks in. */
  readonly isVisit: boolean;
  readonly dataDir: string;
  readonly secrets: Secrets;
  /** Tells commands and a second start where the server listens. */
  announce(url: string): void;
  /** Ends what this process started; a database it only visited stays. */
  release(): Promise<void>;
}

interface Running extends ProcessMark {
  readonly purpose: Purpose;
  readonly port: number;
  /** Of the pages; empty until the server listens. */
  readonly url: string;
  readonly startedAt: string;
}

const DATABASE = 'fangang';
const OLDEST_VERSION = 15;
const START_WAIT_MS = 180_000;

function runningFile(dataDir: string): string {
  return join(dataDir, 'running.json');
}

function readRunning(dataDir: string): Running | undefined {
  try {
    const running = JSON.parse(readFileSync(runningFile(dataDir), 'utf8')) as Running;
    return isRunning(running) ? running : undefined;
  } catch {
    return undefined;
  }
}

function writeRunning(dataDir: string, running: Running): void {
  const draft = `${runningFile(dataDir)}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(running, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, runningFile(dataDir));
}

type Ends = Pick<Connection, 'embedded' | 'isVisit' | 'announce' | 'release'>;

function connection(adminUrl: string, dataDir: string, secrets: Secrets, ends: Ends): Connection {
  return {
    adminUrl,
    // The embedded one serves a single server; whoever visits it goes when that ends.
    app: loginOf(adminUrl, APP, secrets, ends.embedded),
    queue: loginOf(adminUrl, QUEUE, secrets, ends.embedded),
    dataDir,
    secrets,
    ...ends,
  };
}

const visit: Omit<Ends, 'embedded'> = {
  isVisit: true,
  announce: () => undefined,
  release: async () => undefined,
};

/** The version of the server in DATABASE_URL; one sentence where there is none to be had. */
async function versionBehind(url: string): Promise<number> {
  checkDatabaseUrl(url);
  return await serverVersion(url).catch((error: Error) => {
    throw new CommandError(
      ExitCode.fault,
      'basics.database_unreachable',
      `The database in DATABASE_URL cannot be reached: ${error.message || (error as { code?: string }).code}.`,
    );
  });
}

async function connectTo(url: string, dataDir: string): Promise<Connection> {
  const version = Math.floor((await versionBehind(url)) / 10_000);
  if (version < OLDEST_VERSION) {
    throw new CommandError(
      ExitCode.usage,
      'basics.database_too_old',
      `The database in DATABASE_URL is PostgreSQL ${version}; version ${OLDEST_VERSION} or newer is needed.`,
      { version },
    );
  }
  return connection(url, dataDir, openSecrets(dataDir), { ...visit, embedded: false });
}

async function ensureDatabase(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (found.rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

async function start(dataDir: string, purpose: Purpose): Promise<Connection> {
  const secrets = openSecrets(dataDir);
  const postgres = await startPostgres(dataDir);
  try {
    await ensureDatabase(postgres.adminUrl);
  } catch (error) {
    await postgres.stop();
    throw error;
  }
  const { port } = postgres;
  let running: Running = { ...ownMark(), purpose, port, url: '', startedAt: shanghaiIso(realNow()) };
  writeRunning(dataDir, running);
  let released: Promise<void> | undefined;
  return connection(embeddedAdminUrl(dataDir, port, DATABASE), dataDir, secrets, {
    embedded: true,
    isVisit: false,
    announce: (url) => {
      running = { ...running, url };
      writeRunning(dataDir, running);
    },
    release: () => {
      released ??= postgres.stop().finally(() => rmSync(runningFile(dataDir), { force: true }));
      return released;
    },
  });
}

function joinRunning(dataDir: string, purpose: Purpose, running: Running): Connection {
  if (running.purpose === 'command') {
    throw new CommandError(
      ExitCode.conflict,
      'basics.command_running',
      `Another command (process ${running.pid}) is at work in ${dataDir}: try again when it has ended.`,
      { pid: running.pid },
    );
  }
  if (purpose === 'serve') {
    throw new CommandError(
      ExitCode.conflict,
      'basics.already_running',
      `The server is already running at ${running.url || `process ${running.pid}`}.`,
      { pid: running.pid, url: running.url },
    );
  }
  const adminUrl = embeddedAdminUrl(dataDir, running.port, DATABASE);
  return connection(adminUrl, dataDir, openSecrets(dataDir), { ...visit, embedded: true });
}

/**
 * Gets to the installation's database, and starts the embedded one when nobody has.
 *
 * `DATABASE_URL` wins and is never started or stopped (PostgreSQL from 15 on). A command joins a running server; a second server on the same folder is
 * refused and told where the first one is. Two starts at the same moment: one starts, the other waits and then joins or is refused.
 */
export async function connectOrStart(
  dataDir: string,
  purpose: Purpose,
  databaseUrl = process.env.DATABASE_URL,
): Promise<Connection> {
  const folder = resolve(dataDir);
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  if (databaseUrl) return await connectTo(databaseUrl, folder);
  const lock = await takeLock(join(folder, 'start.lock'), START_WAIT_MS);
  if (!lock) {
    throw new CommandError(
      ExitCode.conflict,
      'basics.start_in_progress',
      `Another process has been starting in ${folder} for three minutes: look at its log.`,
    );
  }
  try {
    const running = readRunning(folder);
    return running ? joinRunning(folder, purpose, running) : await start(folder, purpose);
  } finally {
    lock.release();
  }
}
