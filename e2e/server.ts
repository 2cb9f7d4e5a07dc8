import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { get } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, execPath } from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const HOUSE = fileURLToPath(new URL('..', import.meta.url));
const BIN = join(HOUSE, 'packages/server/bin/fangang.js');

const UP_WITHIN_MS = 180_000;
const DOWN_WITHIN_MS = 30_000;

export interface Product {
  /** Of the server's process. */
  readonly pid: number;
  /** Without a slash at the end. */
  readonly url: string;
  readonly dataDir: string;
  /** Ends it as an operator would; its data goes too, unless the folder was given. */
  stop(): Promise<void>;
}

export interface Start {
  /** The sample season: none (false), whole (true, the default), or at a scale of 0.05…10. */
  readonly sample?: boolean | { readonly scale: number };
  /** Data of an earlier start; without it a new, empty folder. */
  readonly dataDir?: string;
  /** More of its surroundings: `TMPDIR`, `FANGANG_LOG`. */
  readonly env?: Readonly<Record<string, string>>;
  /** A file that keeps all it prints. */
  readonly printTo?: string;
  /** Authority of the certificate in `env`: the product then speaks HTTPS itself. */
  readonly ca?: string;
}

/** Starts the product as `npm start` does, on a free port, and waits until it is healthy. */
export async function startProduct({ sample = true, dataDir, ...more }: Start = {}): Promise<Product> {
  const data = dataDir ?? (await newDataDir());
  const port = await freePort();
  const url = `${more.ca ? 'https' : 'http'}://127.0.0.1:${port}`;
  const child = spawn(execPath, [BIN, 'serve'], {
    cwd: HOUSE,
    env: productEnv({
      ...more.env,
      PORT: String(port),
      FANGANG_DATA: data,
      FANGANG_SAMPLE: sampleSetting(sample),
    }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = collect(child, more.printTo);
  const killed = () => child.kill('SIGKILL');
  process.once('exit', killed);
  const stop = async () => {
    await end(child);
    process.off('exit', killed);
    if (dataDir === undefined) await removeData(data);
  };
  try {
    await healthy(url, child, more.ca);
  } catch (fault) {
    await stop();
    throw new Error(`${String(fault)}\n${output()}`);
  }
  return { pid: child.pid ?? 0, url, dataDir: data, stop };
}

export interface Said {
  /** Exit code; −1 if a signal ended it. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `fangang …` to its end. Set `FANGANG_DATA` to the folder of a product to speak of that one. */
export async function runCommand(
  args: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<Said> {
  const child = spawn(execPath, [BIN, ...args], {
    cwd: HOUSE,
    env: productEnv(more),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const [code] = await once(child, 'close');
  return { code: code ?? -1, stdout, stderr };
}

/** The surroundings of a test are not the product's: its database and settings come from the test alone. */
function productEnv(more: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const own = Object.entries(env).filter(
    ([name]) => !/^(FANGANG_|VITEST|DATABASE_URL$|PG[A-Z]+$|PORT$|NODE_ENV$)/.test(name),
  );
  return { ...Object.fromEntries(own), ...more };
}

function sampleSetting(sample: boolean | { readonly scale: number }): string {
  if (typeof sample === 'object') return String(sample.scale);
  return sample ? '1' : 'none';
}

/** Takes a data folder away, and the keys beside it. */
export async function removeData(data: string): Promise<void> {
  await rm(data, { recursive: true, force: true });
  await rm(`${data}.keys`, { recursive: true, force: true });
}

/** Readable by others: as root, PostgreSQL runs as a user without rights and has to reach its files below. */
async function newDataDir(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fangang-data-'));
  await chmod(folder, 0o755);
  return folder;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Keeps the last of what the product prints, for the message of a test that fails. */
function collect(child: ChildProcess, printTo?: string): () => string {
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => {
      said = (said + text).slice(-20_000);
      if (printTo !== undefined) appendFileSync(printTo, text);
    });
  }
  return () => said;
}

/** Status of `/healthz`; undefined while nobody listens. */
async function signOfLife(url: string, ca?: string): Promise<number | undefined> {
  const signal = AbortSignal.timeout(5_000);
  if (ca === undefined) {
    const reply = await fetch(`${url}/healthz`, { signal }).catch(() => undefined);
    await reply?.body?.cancel();
    return reply?.status;
  }
  return await new Promise((done) => {
    get(`${url}/healthz`, { ca, signal }, (reply) => done(reply.resume().statusCode)).on('error', () =>
      done(undefined),
    );
  });
}

async function healthy(url: string, child: ChildProcess, ca?: string): Promise<void> {
  const until = Date.now() + UP_WITHIN_MS;
  let spawnFault: Error | undefined;
  child.once('error', (error) => {
    spawnFault = error;
  });
  while (Date.now() < until) {
    if (spawnFault) throw spawnFault;
    if (ended(child))
      throw new Error(`the product ended with ${child.exitCode ?? child.signalCode} while starting`);
    if ((await signOfLife(url, ca)) === 200) return;
    await pause(50);
  }
  throw new Error(`the product was not healthy within ${UP_WITHIN_MS / 1000} s`);
}

function ended(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || ended(child)) return;
  const closed = once(child, 'exit');
  child.kill('SIGTERM');
  const kill = setTimeout(() => child.kill('SIGKILL'), DOWN_WITHIN_MS);
  await closed;
  clearTimeout(kill);
}
