import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { makeApp, tasksOf, WEB_DIST } from '../app.ts';
import { findSample } from '../offices/store.ts';
import { CommandError, ExitCode } from '../platform/errors.ts';
import { asOwner } from '../platform/owner.ts';
import { runWorker } from '../platform/queue.ts';
import { type Services, within } from '../platform/services.ts';
import { fillSample, sampleReport } from '../sample/fill.ts';
import { planOpenDays } from '../sample/plan-open-days.ts';
import type { House, OpenHouse } from './house.ts';

interface Options {
  readonly port?: string;
  readonly host: string;
  readonly sample?: string | boolean;
}

/** `fangang serve`: database, pages, background jobs; on an empty embedded database the sample season. */
export function addServe(program: Command, house: House): void {
  program
    .command('serve', { isDefault: false })
    .description('start the product: database, pages and background jobs')
    .option('--port <n>', 'port of the pages (PORT, else 8080)')
    .option('--host <address>', 'address to listen on', process.env.HOST ?? '127.0.0.1')
    .option('--sample [scale]', 'fill an empty database behind DATABASE_URL with the sample season')
    .option('--no-sample', 'begin with an empty installation')
    .addHelpText(
      'after',
      '\nEnvironment: PORT, HOST, FANGANG_DATA (folder), DATABASE_URL (any PostgreSQL ≥ 15), FANGANG_SAMPLE (none or a scale)\n' +
        '\nExamples:\n  fangang serve\n  PORT=9000 FANGANG_DATA=/srv/fangang fangang serve --no-sample',
    )
    .action((options: Options) => serve(house, options));
}

async function serve(house: House, options: Options): Promise<void> {
  await buildPages();
  const opened = await house.open('serve');
  const { services, connection } = opened;
  const app = await makeApp(services);
  const worker = await runWorker({
    queueUrl: connection.queueUrl,
    tasks: tasksOf(services),
    concurrency: 2,
    alone: connection.embedded,
    onProblem: (error, facts) => services.log.error({ err: error, ...facts }, 'a background job failed'),
  });
  const port = Number(options.port ?? process.env.PORT ?? 8080);
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await app.close();
    await worker.stop();
    await opened.close();
    process.exit(ExitCode.ok);
  };
  process.once('SIGINT', () => void stop());
  process.once('SIGTERM', () => void stop());
  try {
    await app.listen({ port, host: options.host });
  } catch (error) {
    await worker.stop();
    await opened.close();
    throw portFault(error, port);
  }
  const url = `http://${options.host === '0.0.0.0' ? '127.0.0.1' : options.host}:${portOf(app) ?? port}`;
  connection.announce(url);
  process.stdout.write(`返岗通 Fangang  ${url}\n`);
  await afterOpening(house, opened, options, url).catch((error: unknown) => {
    // What a stop cuts off begins anew at the next start.
    if (!stopping) throw error;
  });
}

function portFault(error: unknown, port: number): unknown {
  if ((error as { code?: string }).code !== 'EADDRINUSE') return error;
  return new CommandError(
    ExitCode.conflict,
    'basics.port_taken',
    `port ${port} is taken: stop what listens there, or set PORT`,
  );
}

/** The port really listened on: 0 asks the system for a free one. */
function portOf(app: FastifyInstance): number | undefined {
  const address = app.server.address();
  return typeof address === 'object' ? address?.port : undefined;
}

/** The scale asked for: null = no sample. Only an empty embedded database is filled without being asked. */
function scaleAsked(options: Options, embedded: boolean): number | null {
  const said =
    options.sample === undefined || options.sample === true ? process.env.FANGANG_SAMPLE : options.sample;
  if (said === false || said === 'none') return null;
  if (typeof said === 'string') return Number(said);
  return embedded || options.sample === true ? 1 : null;
}

async function afterOpening(house: House, opened: OpenHouse, options: Options, url: string): Promise<void> {
  const { services, adminUrl, connection } = opened;
  const scale = scaleAsked(options, connection.embedded);
  const sample = await within(services, { kind: 'open' }, findSample);
  const empty = !sample && (await isEmpty(adminUrl, services.city));
  if (scale !== null && (empty || sample?.state === 'filling')) {
    const bar = house.progress('sample season');
    await fillSample(services, adminUrl, { seed: 2022, scale, onProgress: bar.update }).finally(bar.stop);
  }
  const isSample = await within(services, { kind: 'open' }, findSample);
  process.stdout.write(isSample ? `${await sampleReport(services)}\n` : `open ${url}/start to set it up\n`);
  if (isSample) await planTheDays(house, services);
}

async function planTheDays(house: House, services: Services): Promise<void> {
  const bar = house.progress('draft plans');
  const planned = await planOpenDays(services, bar.update).finally(bar.stop);
  if (!planned) return;
  process.stdout.write(
    `open days: ${planned.placed} people placed in ${planned.plans} draft plans, ${planned.unplaced} not placed, each with a reason\n`,
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
