import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { sql } from 'kysely';
import { makeApp, tasksOf, WEB_DIST } from '../app.ts';
import { findSample } from '../offices/store.ts';
import { CLIMB_CRONTAB } from '../people/climbing.ts';
import { AUDIT_CRONTAB } from '../platform/audit-seal.ts';
import { CommandError, ExitCode } from '../platform/errors.ts';
import { asOwner } from '../platform/owner.ts';
import { enqueue, runWorker } from '../platform/queue.ts';
import { type Services, within } from '../platform/services.ts';
import { watchForStop } from '../platform/stop.ts';
import { fillSample, sampleReport } from '../sample/fill.ts';
import { planOpenDays } from '../sample/plan-open-days.ts';
import { dropPlansCutOff } from '../trips/planning.ts';
import type { House, OpenHouse } from './house.ts';
import { keepSpeech, type Speech, speechAsked, urlOf } from './speech.ts';

interface Options {
  readonly port?: string;
  readonly host: string;
  readonly sample?: string | boolean;
  readonly json?: boolean;
}

/** Says on stdout what has been reached, as a sentence or as a line of JSON. */
type Say = (value: unknown, text: string) => void;

/** `fangang serve`: database, pages, background jobs; on an empty embedded database the sample season. */
export function addServe(program: Command, house: House): void {
  program
    .command('serve', { isDefault: false })
    .description('start the product: database, pages and background jobs')
    .option('--port <n>', 'port of the pages (PORT, else 8080)')
    .option('--host <address>', 'address to listen on', process.env.HOST ?? '127.0.0.1')
    .option(
      '--sample [scale]',
      'fill an empty database with the sample season; behind DATABASE_URL only when asked for',
    )
    .option('--no-sample', 'begin with an empty installation')
    .option('--json', 'say each step that is reached as a line of JSON')
    .addHelpText(
      'after',
      '\nEnvironment: PORT, HOST, FANGANG_DATA (folder), DATABASE_URL (any PostgreSQL ≥ 15), FANGANG_SAMPLE (none or a scale),\n' +
        'FANGANG_TLS_CERT and FANGANG_TLS_KEY (PEM files: HTTPS of its own), FANGANG_TLS (required: nothing over plain HTTP),\n' +
        'FANGANG_PROXIES (addresses of reverse proxies that end HTTPS), FANGANG_DATABASE_PLAIN (1: DATABASE_URL without TLS)\n' +
        '\nExamples:\n  fangang serve\n  PORT=9000 FANGANG_DATA=/srv/fangang fangang serve --no-sample',
    )
    .action((options: Options) => serve(house, options));
}

async function serve(house: House, options: Options): Promise<void> {
  const port = portAsked(options);
  const scale = scaleAsked(options);
  const speech = speechAsked(options.host);
  const stop = watchForStop();
  const opened = await openAndBuild(house, stop.asked);
  if (stop.isAsked()) {
    await opened.close();
    process.exit(ExitCode.ok);
  }
  // No command is at work beside a server that has just started its own database.
  if (opened.connection.embedded) await dropPlansCutOff(opened.services, house.asCity(opened.services));
  const { url, close } = await openDoors(opened, { port, host: options.host, speech });
  void stop.asked.then(close).then(() => process.exit(ExitCode.ok));
  opened.connection.announce(url);
  const say: Say = (value, text) => house.print(value, text, options.json ?? false);
  const { embedded, dataDir } = opened.connection;
  say({ url, embedded, dataDir }, `返岗通 Fangang  ${url}`);
  await afterOpening(house, opened, { scale, url, say }).catch((error: unknown) => {
    // What a stop cuts off begins anew at the next start.
    if (!stop.isAsked()) throw error;
  });
}

/** Database and pages are made side by side: both take seconds on a first start. */
async function openAndBuild(house: House, asked: Promise<unknown>): Promise<OpenHouse> {
  const building = buildPages();
  building.catch(() => undefined);
  const opened = await house.open('serve');
  try {
    await Promise.race([building, asked]);
    return opened;
  } catch (error) {
    await opened.close();
    throw error;
  }
}

/** Pages and background jobs on an opened installation; `close` ends them and the installation. */
async function openDoors(
  opened: OpenHouse,
  { port, host, speech }: { port: number; host: string; speech: Speech },
): Promise<{ url: string; close(): Promise<void> }> {
  const { services, connection } = opened;
  const { proxies, httpsOnly, tls } = speech;
  const app = await makeApp(services, { proxies, httpsOnly, ...(tls && { tls: tls.options }) });
  const quiet = keepSpeech(app, speech, services);
  const worker = await runWorker({
    queue: connection.queue,
    tasks: tasksOf(services),
    concurrency: 2,
    alone: connection.embedded,
    crontab: `${AUDIT_CRONTAB}\n${CLIMB_CRONTAB}`,
    onProblem: (error, facts) => services.log.error({ err: error, ...facts }, 'a background job failed'),
  });
  // What a stop left unsealed is sealed at once, not with the next full minute.
  await within(services, { kind: 'open' }, (tx) => enqueue(tx, 'audit_seal', {}, { jobKey: 'audit_seal' }));
  const ends = [() => app.close(), () => worker.stop(), () => opened.close()];
  const close = async (): Promise<void> => {
    quiet();
    // One that fails must not keep the database from being ended.
    for (const end of ends)
      await end().catch((error: unknown) => services.log.error({ err: error }, 'not stopped cleanly'));
  };
  try {
    await app.listen({ port, host });
  } catch (error) {
    await close();
    throw portFault(error, port);
  }
  return { url: urlOf(app, host, speech), close };
}

function portAsked(options: Options): number {
  const text = options.port ?? process.env.PORT ?? '8080';
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new CommandError(
    ExitCode.usage,
    'basics.bad_port',
    `“${text}” is no port: write a number from 0 to 65535`,
  );
}

function portFault(error: unknown, port: number): unknown {
  if ((error as { code?: string }).code !== 'EADDRINUSE') return error;
  return new CommandError(
    ExitCode.conflict,
    'basics.port_taken',
    `port ${port} is taken: stop what listens there, or set PORT`,
  );
}

/** The scale asked for: null = no sample, undefined = nothing was said. */
function scaleAsked(options: Options): number | null | undefined {
  if (options.sample === false) return null;
  const said = typeof options.sample === 'string' ? options.sample : process.env.FANGANG_SAMPLE?.trim();
  // What stands on the command line counts more than the environment.
  if (said === 'none') return options.sample === true ? 1 : null;
  if (!said) return options.sample === true ? 1 : undefined;
  const scale = Number(said);
  if (scale >= 0.05 && scale <= 10) return scale;
  throw new CommandError(
    ExitCode.usage,
    'sample.bad_scale',
    `“${said}” is no scale of the sample: write a number from 0.05 to 10, or none`,
  );
}

async function afterOpening(
  house: House,
  opened: OpenHouse,
  { scale: asked, url, say }: { scale: number | null | undefined; url: string; say: Say },
): Promise<void> {
  const { services, adminUrl, connection } = opened;
  // Only an empty embedded database is filled without being asked.
  const scale = asked === undefined ? (connection.embedded ? 1 : null) : asked;
  const sample = await within(services, { kind: 'open' }, findSample);
  const empty = !sample && (await isEmpty(adminUrl, services.city));
  if (scale !== null && (empty || sample?.state === 'filling')) {
    const bar = house.progress('sample season');
    await fillSample(services, adminUrl, { seed: 2022, scale, onProgress: bar.update }).finally(bar.stop);
  }
  const there = await within(services, { kind: 'open' }, findSample);
  if (!there) return say({ setUp: `${url}/start` }, `open ${url}/start to set it up`);
  say({ sample: there }, await sampleReport(services));
  await planTheDays(house, services, say);
}

async function planTheDays(house: House, services: Services, say: Say): Promise<void> {
  const bar = house.progress('draft plans');
  const planned = await planOpenDays(services, bar.update).finally(bar.stop);
  if (!planned) return;
  say(
    { openDays: planned },
    `open days: ${planned.placed} people placed in ${planned.plans} draft plans, ${planned.unplaced} not placed, each with a reason`,
  );
}

async function isEmpty(adminUrl: string, city: string): Promise<boolean> {
  return asOwner(adminUrl, city, async (tx) => {
    const { rows } = await sql<{ any: boolean }>`select exists (select 1 from offices_staff)
      or exists (select 1 from people_person) or exists (select 1 from offices_season) as any`.execute(tx);
    return !rows[0]?.any;
  });
}

function newestIn(folder: string): number {
  let newest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) newest = Math.max(newest, statSync(join(entry.parentPath, entry.name)).mtimeMs);
  }
  return newest;
}

/** Builds the pages in a checkout where they are missing or older than their sources; a release brings them built. */
async function buildPages(): Promise<void> {
  const web = dirname(WEB_DIST);
  const sources = join(web, 'src');
  const built = join(WEB_DIST, 'index.html');
  if (!existsSync(sources)) return;
  const domain = join(web, '../domain/src');
  if (existsSync(built) && statSync(built).mtimeMs > Math.max(newestIn(sources), newestIn(domain))) return;
  process.stderr.write('building the pages …\n');
  const vite = join(
    dirname(createRequire(join(web, 'package.json')).resolve('vite/package.json')),
    'bin/vite.js',
  );
  await new Promise<void>((done, fail) => {
    const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'error'], {
      cwd: web,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    child.once('error', fail);
    child.once('exit', (code) => (code === 0 ? done() : fail(new Error('the pages could not be built'))));
  });
}
