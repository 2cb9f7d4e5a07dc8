import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import cliProgress from 'cli-progress';
import { commandScope } from '../offices/scope.ts';
import { loadPlaces } from '../offices/store-places.ts';
import { type Connection, connectOrStart, type Purpose } from '../platform/connection.ts';
import { openDatabase, type Scope } from '../platform/database.ts';
import { openLog } from '../platform/log.ts';
import { migrate } from '../platform/migrate.ts';
import { asOwner } from '../platform/owner.ts';
import type { Services } from '../platform/services.ts';
import { Stopped, watchForStop } from '../platform/stop.ts';

export const MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url));
/** The one city of this release; a second one is a second schema. */
export const CITY = '500000';

/** Of the application's pool: what `platform/lanes.ts` lets run at once needs 18, the vehicle's door the rest. */
const CONNECTIONS = 24;

/** An opened installation. */
export interface OpenHouse {
  readonly services: Services;
  readonly adminUrl: string;
  readonly connection: Connection;
  /** `cut` waits for no transaction: what it had not yet committed is rolled back. */
  close(how?: 'cut'): Promise<void>;
}

/** What every command works with. */
export interface House {
  /** Opens the database (starting the embedded one where none runs), migrates it and loads the places. */
  open(purpose?: Purpose): Promise<OpenHouse>;
  /** Whole-city eyes of the command line. */
  asCity(services: Services): Scope;
  /** Data on stdout: JSON where asked for, else the text. */
  print(value: unknown, text: string, json: boolean): void;
  /** A bar on stderr; `update` takes a share of 0..1. Silent where stderr is no terminal. */
  progress(label: string): { update(share: number): void; stop(): void };
}

/** The folder of the installation: `FANGANG_DATA`, else `var` in the checkout. */
export function dataDir(): string {
  return resolve(process.env.FANGANG_DATA ?? fileURLToPath(new URL('../../../../var', import.meta.url)));
}

export const house: House = {
  open,
  asCity: (services) => commandScope(services.city),
  print: (value, text, json) => {
    const out = json ? JSON.stringify(value) : text;
    process.stdout.write(out.endsWith('\n') ? out : `${out}\n`);
  },
  progress,
};

async function open(purpose: Purpose = 'command'): Promise<OpenHouse> {
  const connection = await connectOrStart(dataDir(), purpose);
  try {
    await migrate({
      adminUrl: connection.adminUrl,
      folder: MIGRATIONS,
      city: CITY,
      secrets: connection.secrets,
      renew: purpose === 'serve' || !connection.isVisit,
    });
    await asOwner(connection.adminUrl, CITY, (tx) => loadPlaces(tx, CITY));
  } catch (error) {
    await connection.release();
    throw error;
  }
  // Who types a command reads its answer; what goes as it should is of no interest.
  const log = openLog(purpose === 'serve' ? 'info' : 'warn');
  let closing = false;
  const onProblem = (error: Error): void => {
    if (!closing) log.warn({ err: error }, 'a database connection broke');
  };
  const db = openDatabase(connection.app, { max: CONNECTIONS, onProblem });
  const services: Services = {
    db,
    city: CITY,
    secrets: connection.secrets,
    dataDir: connection.dataDir,
    log,
  };
  return {
    services,
    adminUrl: connection.adminUrl,
    connection,
    close: async (how) => {
      closing = true;
      if (how !== 'cut') await db.close();
      await connection.release();
    },
  };
}

function progress(label: string): { update(share: number): void; stop(): void } {
  if (!process.stderr.isTTY) return { update: () => undefined, stop: () => undefined };
  const bar = new cliProgress.SingleBar(
    { format: `${label} {bar} {percentage} %`, stream: process.stderr, hideCursor: true, barsize: 30 },
    cliProgress.Presets.rect,
  );
  bar.start(1000, 0);
  return { update: (share) => bar.update(Math.round(share * 1000)), stop: () => bar.stop() };
}

/**
 * Runs a command with an opened installation and closes it whatever happens. Ctrl-C and SIGTERM end the work where it stands, and
 * with it the database that the command had started: what was not yet written is rolled back. `beforeStop` may tidy up first.
 */
export async function withHouse<Value>(
  at: House,
  work: (open: OpenHouse) => Promise<Value>,
  beforeStop: (open: OpenHouse) => Promise<void> = async () => undefined,
): Promise<Value> {
  const stop = watchForStop();
  const opened = await at.open();
  try {
    const value = await Promise.race([
      work(opened),
      stop.asked.then((signal) => Promise.reject(new Stopped(signal))),
    ]);
    await opened.close();
    return value;
  } catch (error) {
    const stopped = error instanceof Stopped;
    if (stopped) await beforeStop(opened);
    await opened.close(stopped ? 'cut' : undefined);
    throw error;
  } finally {
    stop.off();
  }
}
