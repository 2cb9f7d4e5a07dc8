/**
 * How long a first and a second start take, from an empty folder: one line of JSON.
 *
 *     node --import tsx bench/first-start.ts [scale]
 *
 * `healthyS` until /healthz answers, `pageS` until the first page is served, `filledS` until the sample season stands with its
 * open days planned, `secondS` until a second start on the same data answers.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startProduct } from '../e2e/server.ts';

interface Session {
  readonly sample: { readonly state: string; readonly share: number } | null;
}

const scale = Number(process.argv[2] ?? 1);
const dataDir = await mkdtemp(join(tmpdir(), 'fangang-bench-'));
await chmod(dataDir, 0o755);
const from = performance.now();
const since = (start: number): number => Math.round((performance.now() - start) / 100) / 10;

async function filled(url: string): Promise<void> {
  for (;;) {
    const session = (await (await fetch(`${url}/api/session`)).json()) as Session;
    if (session.sample?.state === 'ready') return;
    await pause(200);
  }
}

try {
  const first = await startProduct({ sample: { scale }, dataDir });
  const healthyS = since(from);
  await fetch(`${first.url}/`);
  const pageS = since(from);
  await filled(first.url);
  const filledS = since(from);
  await first.stop();
  const again = performance.now();
  const second = await startProduct({ sample: { scale }, dataDir });
  await filled(second.url);
  const secondS = since(again);
  await second.stop();
  process.stdout.write(
    `${JSON.stringify({ bench: 'first-start', scale, healthyS, pageS, filledS, secondS })}\n`,
  );
} finally {
  await rm(dataDir, { recursive: true, force: true });
}
