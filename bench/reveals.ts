/**
 * Reads whole numbers, many at once, and counts the rows of the audit; then kills server and database again and again while numbers are
 * read, and looks for a number that somebody received without a row.
 *
 *     npm run proof:reveals -- --reveals 10000 --kills 20 --json
 *
 * Last line: one JSON object. Fails unless `rows` = `reveals` and `without_row` = 0.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { type Visitor, visitor } from '../e2e/http.ts';
import { runCommand } from '../e2e/server.ts';
import { connectOrStart } from '../packages/server/src/platform/connection.ts';

const { values } = parseArgs({
  options: {
    reveals: { type: 'string', default: '10000' },
    kills: { type: 'string', default: '20' },
    json: { type: 'boolean', default: false },
  },
});
const AT_ONCE = 8;
const SEASON = '2022-spring';

const dataDir = await mkdtemp(join(tmpdir(), 'fangang-reveals-'));
chmodSync(dataDir, 0o755);
const env = { ...process.env, FANGANG_DATA: dataDir, DATABASE_URL: '' };

interface Server {
  readonly child: ChildProcess;
  readonly desk: Visitor;
}

async function start(): Promise<Server> {
  const script = fileURLToPath(new URL('reveal-server.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [url] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const desk = visitor(url);
  await desk.post('/api/session/door', { role: 'dispatcher' });
  return { child, desk };
}

async function idsOf(desk: Visitor): Promise<string[]> {
  const ids: string[] = [];
  for (let page = 1; ; page += 1) {
    const { people } = await desk.get<{ people: { id: string }[] }>(
      `/api/people?season=${SEASON}&page=${page}`,
    );
    if (people.length === 0) return ids;
    ids.push(...people.map((it) => it.id));
  }
}

/** Rows of the audit for each person. */
async function rowsOf(): Promise<Map<string, number>> {
  const connection = await connectOrStart(dataDir, 'command', '');
  const client = new pg.Client({ connectionString: connection.adminUrl });
  await client.connect();
  const { rows } = await client.query<{ subject: string; n: number }>(
    `select subject, count(*)::int n from city_500000.offices_audit where action = 'people.number_revealed' group by 1`,
  );
  await client.end();
  await connection.release();
  return new Map(rows.map((it) => [it.subject, it.n]));
}

/** Reads numbers until told to stop; `received` counts what came back for each person. */
async function read(
  desk: Visitor,
  ids: readonly string[],
  received: Map<string, number>,
  most: number,
): Promise<void> {
  let next = 0;
  const reader = async (): Promise<void> => {
    while (next < most) {
      const id = ids[next % ids.length] ?? '';
      next += 1;
      const { number } = await desk.get<{ number: string | null }>(
        `/api/people/${id}/number?what=idNumber&purpose=callTraveller`,
      );
      if (number) received.set(id, (received.get(id) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, reader));
}

async function stop({ child }: Server, hard: boolean): Promise<void> {
  const ended = once(child, 'exit');
  if (hard) {
    // The whole of it at once, as when the power goes.
    const postmaster = Number(
      readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0],
    );
    child.kill('SIGKILL');
    process.kill(postmaster, 'SIGKILL');
  } else child.kill('SIGTERM');
  await ended;
  await pause(hard ? 500 : 0);
}

const sum = (counts: Iterable<number>): number => [...counts].reduce((all, it) => all + it, 0);

try {
  await runCommand(['sample', '--scale', '0.05'], { FANGANG_DATA: dataDir });
  const reveals = Number(values.reveals);
  const received = new Map<string, number>();
  const first = await start();
  const ids = await idsOf(first.desk);
  const from = performance.now();
  await read(first.desk, ids, received, reveals);
  const seconds = (performance.now() - from) / 1000;
  await stop(first, false);
  const rows = sum((await rowsOf()).values());
  const whole = sum(received.values());

  const kills = Number(values.kills);
  for (let n = 0; n < kills; n += 1) {
    const server = await start();
    const reading = read(server.desk, ids, received, 1_000_000).catch(() => undefined);
    await pause(200 + ((n * 137) % 700));
    await stop(server, true);
    await reading;
  }
  const kept = await rowsOf();
  const without = [...received].filter(([id, n]) => (kept.get(id) ?? 0) < n);
  const line = {
    ...{ reveals: whole, rows, reveals_s: Math.round(whole / seconds), kills },
    ...{
      received_under_kills: sum(received.values()) - whole,
      rows_after: sum(kept.values()),
      without_row: without.length,
    },
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
  process.exitCode = whole === rows && without.length === 0 ? 0 : 1;
} finally {
  await rm(dataDir, { recursive: true, force: true });
  await rm(`${dataDir}.keys`, { recursive: true, force: true });
}
