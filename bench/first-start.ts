/**
 * How long a first and a second start take, from an empty folder: one line of JSON.
 *
 *     node --import tsx bench/first-start.ts [scale]
 *
 * Seconds from the first start: `healthyS` until /healthz answers, `pageS` until the first page is served, `filledS` until the sample
 * season stands, `plannedS` until its open days are planned. `planningS` is the share of the planning, `secondS` a second start on the
 * same data until it answers, `peakMb` the most memory the server took.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../packages/server/bin/fangang.js', import.meta.url));

/** What the server says on its way, a line each. */
interface Said {
  readonly url?: string;
  readonly sample?: unknown;
  readonly openDays?: { readonly placed: number };
}

interface Start {
  readonly child: ChildProcess;
  /** The seconds at which a line with this key was said. */
  said(key: keyof Said): Promise<{ readonly seconds: number; readonly line: Said }>;
}

function start(dataDir: string, scale: number): Start {
  const from = performance.now();
  const env = { ...process.env, PORT: '0', FANGANG_DATA: dataDir, FANGANG_SAMPLE: String(scale) };
  const child = spawn(execPath, [BIN, 'serve', '--json'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: { seconds: number; line: Said }[] = [];
  createInterface({ input: child.stdout }).on('line', (text) => {
    lines.push({ seconds: round((performance.now() - from) / 1000), line: JSON.parse(text) });
  });
  const said: Start['said'] = async (key) => {
    for (;;) {
      const found = lines.find(({ line }) => key in line);
      if (found) return found;
      if (child.exitCode !== null) throw new Error(`the product ended with ${child.exitCode}`);
      await pause(20);
    }
  };
  return { child, said };
}

function round(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}

async function stop({ child }: Start): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

/** Peak of resident memory of a living process, where the system tells. */
function peakMb(pid: number | undefined): number | null {
  try {
    const kb = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kb === undefined ? null : Math.round(Number(kb) / 1024);
  } catch {
    return null;
  }
}

/** Seconds until the server at this start answers health and first page. */
async function opens(started: Start): Promise<{ healthyS: number; pageS: number }> {
  const { seconds, line } = await started.said('url');
  const from = performance.now();
  const since = (): number => round(seconds + (performance.now() - from) / 1000);
  await (await fetch(`${line.url}/healthz`)).text();
  const healthyS = since();
  await (await fetch(`${line.url}/`)).text();
  return { healthyS, pageS: since() };
}

const scale = Number(process.argv[2] ?? 1);
const dataDir = await mkdtemp(join(tmpdir(), 'fangang-bench-'));
await chmod(dataDir, 0o755);
const first = start(dataDir, scale);
let second: Start | undefined;
try {
  const { healthyS, pageS } = await opens(first);
  const { seconds: filledS } = await first.said('sample');
  const { seconds: plannedS } = await first.said('openDays');
  const peak = peakMb(first.child.pid);
  await stop(first);
  second = start(dataDir, scale);
  const { healthyS: secondS } = await opens(second);
  await stop(second);
  const times = { healthyS, pageS, filledS, plannedS, planningS: round(plannedS - filledS), secondS };
  process.stdout.write(`${JSON.stringify({ bench: 'first-start', scale, ...times, peakMb: peak })}\n`);
} finally {
  for (const one of [first, second]) if (one?.child.exitCode === null) one.child.kill('SIGKILL');
  await rm(dataDir, { recursive: true, force: true });
}
