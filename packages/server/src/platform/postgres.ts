import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { CommandError, ExitCode } from './errors.ts';
import { type Binaries, findBinaries, isReachable, serverUid } from './postgres-binaries.ts';
import { isAlive } from './process-mark.ts';

export interface RunningPostgres {
  /** Of the superuser, to the database `postgres`; carries the password. */
  readonly adminUrl: string;
  readonly port: number;
  /** Of the postmaster. */
  readonly pid: number;
  /** `18.4` */
  readonly version: string;
  /** Fast shutdown: open transactions are rolled back, then everything is written. */
  stop(): Promise<void>;
}

const START_MS = 120_000;
const STOP_MS = 60_000;
const LOG_BYTES = 20 * 1024 * 1024;

/**
 * A city on a laptop. The log tells what failed without the statement and its values: they hold people's data.
 */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '256MB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  random_page_cost: '1.1',
  max_wal_size: '1GB',
  wal_level: 'replica',
  synchronous_commit: 'on',
  log_statement: 'none',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
  TimeZone: 'Asia/Shanghai',
  log_timezone: 'Asia/Shanghai',
};

/** The superuser's password, made on first use and kept beside the keys. */
function superuserPassword(dataDir: string): string {
  const folder = join(dataDir, 'secrets');
  const file = join(folder, 'postgres.password');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const password = randomBytes(24).toString('base64url');
  writeFileSync(file, `${password}\n`, { mode: 0o600 });
  return password;
}

/** The superuser's address on a running embedded server. */
export function embeddedAdminUrl(dataDir: string, port: number, database = 'postgres'): string {
  return `postgres://postgres:${superuserPassword(dataDir)}@127.0.0.1:${port}/${database}`;
}

/** The lines of `postmaster.pid`: pid, data folder, start, port, socket folder, address, shared memory, status. */
function readPidFile(cluster: string): { pid: number; ready: boolean } | undefined {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(lines[0]);
    return pid > 0 ? { pid, ready: lines[7]?.trim() === 'ready' } : undefined;
  } catch {
    return undefined;
  }
}

/** False when the pid was given to another process since; where the system does not tell, true. */
function servesCluster(pid: number, cluster: string): boolean {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return command.includes(cluster);
  } catch {
    return process.platform !== 'linux';
  }
}

function signal(pid: number, name: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Ends the postmaster: fast shutdown, and after a minute the immediate one, from which the next start recovers. */
async function stopPostmaster(pid: number, isGone: () => boolean): Promise<void> {
  signal(pid, 'SIGINT');
  const since = Date.now();
  let pressed = false;
  while (!isGone()) {
    if (!pressed && Date.now() - since > STOP_MS) {
      pressed = true;
      signal(pid, 'SIGQUIT');
    }
    await pause(10);
  }
}

/** After kill -9 of the server its PostgreSQL lives on: end it. A pid file that names a stranger is removed. */
async function clearTheWay(cluster: string): Promise<void> {
  const left = readPidFile(cluster);
  if (!left) return;
  if (isAlive(left.pid) && servesCluster(left.pid, cluster)) {
    await stopPostmaster(left.pid, () => !isAlive(left.pid) || readPidFile(cluster)?.pid !== left.pid);
  } else {
    rmSync(join(cluster, 'postmaster.pid'), { force: true });
  }
}

/** Makes the data folder so that the user who runs PostgreSQL gets through it. */
function prepareFolder(dataDir: string): void {
  const uid = serverUid();
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  if (uid === undefined) return;
  // Passable, not readable; the keys lie below in a folder of mode 0700.
  chmodSync(dataDir, statSync(dataDir).mode | 0o011);
  if (isReachable(dataDir, uid)) return;
  throw new CommandError(
    ExitCode.usage,
    'basics.data_folder_unreachable',
    `PostgreSQL does not run as root, and the unprivileged user (uid ${uid}) cannot get to ${dataDir}: choose a data folder outside of a private home, for example /var/lib/fangang.`,
  );
}

/** Creates the cluster beside its place and moves it there when it is whole. */
function initialize(binaries: Binaries, dataDir: string, cluster: string): void {
  const uid = serverUid();
  const fresh = `${cluster}.new`;
  const passwordFile = `${cluster}.pw`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  rmSync(passwordFile, { force: true });
  writeFileSync(passwordFile, superuserPassword(dataDir), { mode: 0o600, flag: 'wx' });
  if (uid !== undefined) {
    chownSync(fresh, uid, uid);
    chownSync(passwordFile, uid, uid);
  }
  const made = spawnSync(
    binaries.initdb,
    [
      `--pgdata=${fresh}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--lc-ctype=C.UTF-8',
      '--auth=scram-sha-256',
      '--data-checksums',
    ],
    { uid, gid: uid, cwd: '/', encoding: 'utf8', env: serverEnvironment() },
  );
  rmSync(passwordFile, { force: true });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr || made.error?.message}`);
  renameSync(fresh, cluster);
}

function serverEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot } = process.env;
  return { PATH, ...(SystemRoot ? { SystemRoot } : {}), LC_ALL: 'C' };
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.on('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => done(port));
    });
  });
}

function openLog(dataDir: string): { file: string; descriptor: number } {
  const file = join(dataDir, 'postgres.log');
  if (existsSync(file) && statSync(file).size > LOG_BYTES) renameSync(file, `${file}.1`);
  return { file, descriptor: openSync(file, 'a', 0o600) };
}

interface Attempt {
  readonly child: ChildProcess;
  readonly port: number;
  readonly log: string;
  readonly logStart: number;
}

async function launch(
  binaries: Binaries,
  dataDir: string,
  cluster: string,
  settings: Readonly<Record<string, string>>,
): Promise<Attempt> {
  const uid = serverUid();
  const port = await freePort();
  const { file, descriptor } = openLog(dataDir);
  const logStart = statSync(file).size;
  const options = Object.entries({ ...SETTINGS, ...settings }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const child = spawn(binaries.postgres, ['-D', cluster, '-p', String(port), ...options], {
    uid,
    gid: uid,
    cwd: '/',
    env: serverEnvironment(),
    // A group of its own: Ctrl-C reaches the server, which ends PostgreSQL when its own work is done.
    detached: true,
    stdio: ['ignore', descriptor, descriptor],
  });
  child.on('error', () => undefined);
  child.unref();
  closeSync(descriptor);
  return { child, port, log: file, logStart };
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

/** True when ready, false when PostgreSQL ended by itself. Recovery after a crash may take a while. */
async function becomesReady({ child }: Attempt, cluster: string): Promise<boolean> {
  const since = Date.now();
  while (!hasEnded(child)) {
    const state = readPidFile(cluster);
    if (state?.ready && state.pid === child.pid) return true;
    if (Date.now() - since > START_MS) {
      await stopPostmaster(child.pid ?? 0, () => hasEnded(child));
      return false;
    }
    await pause(5);
  }
  return false;
}

function checkMajor(cluster: string, { version }: Binaries): void {
  const made = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
  if (version.split('.')[0] === made) return;
  throw new CommandError(
    ExitCode.conflict,
    'basics.database_of_other_version',
    `The data folder was made by PostgreSQL ${made} and this program brings ${version}: restore a backup into a new folder.`,
  );
}

/**
 * Starts the PostgreSQL that comes with the program on `dataDir/postgres`, made on first use.
 *
 * Listens on 127.0.0.1 and a free port only. As root it runs as an unprivileged user. One that a killed server left behind on the same
 * folder is ended first. `settings` override single settings, for tests. The caller holds the folder's lock.
 */
export async function startPostgres(
  dataDir: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<RunningPostgres> {
  const folder = resolve(dataDir);
  const cluster = join(folder, 'postgres');
  prepareFolder(folder);
  const binaries = findBinaries(folder);
  if (!existsSync(cluster)) initialize(binaries, folder, cluster);
  checkMajor(cluster, binaries);
  await clearTheWay(cluster);
  for (let tries = 1; ; tries++) {
    const attempt = await launch(binaries, folder, cluster, settings);
    if (await becomesReady(attempt, cluster)) {
      const { child, port } = attempt;
      const pid = child.pid ?? 0;
      return {
        adminUrl: embeddedAdminUrl(folder, port),
        port,
        pid,
        version: binaries.version,
        stop: () => stopPostmaster(pid, () => hasEnded(child)),
      };
    }
    // The port was taken meanwhile, or processes of a killed predecessor are still leaving.
    if (tries === 5) {
      const log = readFileSync(attempt.log).subarray(attempt.logStart).toString().trim();
      throw new Error(`PostgreSQL did not start: ${log.split('\n').slice(-5).join(' | ')}`);
    }
    await pause(200 * tries);
  }
}

/** Ends a PostgreSQL that another process started on the folder, if it runs. */
export async function stopPostgresOf(dataDir: string): Promise<void> {
  const cluster = join(resolve(dataDir), 'postgres');
  if (existsSync(cluster)) await clearTheWay(cluster);
}

/** Asks the server for its version number, 180004 for 18.4. */
export async function serverVersion(adminUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ version: string }>(
      `select current_setting('server_version_num') as version`,
    );
    return Number(rows[0]?.version);
  } finally {
    await client.end();
  }
}
