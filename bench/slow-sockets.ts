/**
 * What others wait while thousands of sockets ask as slowly as they can: half of them never end their head, half never end their body.
 *
 *     npm run bench:slow-sockets -- --sockets 2000 --json
 *
 * Last line: one JSON object, in ms: `p50`, `p95` with the slow sockets, `calm_p50`, `calm_p95` before they came, both in one run;
 * `open_after` is how many of them the server still bears at the end.
 */
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { sampleReady } from '../e2e/canary-tour.ts';
import { visitor } from '../e2e/http.ts';
import { startProduct } from '../e2e/server.ts';

const { values } = parseArgs({
  options: { sockets: { type: 'string', default: '2000' }, json: { type: 'boolean', default: false } },
});
const ASKED = 400;
const DROP_MS = 2_000;

/** A socket that sends one byte every two seconds. */
function slow(port: number, n: number): Socket {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  const head =
    'POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 900\r\n';
  socket.write(n % 2 === 0 ? 'GET /api/session HTTP/1.1\r\nHost: x\r\nX-Slow: ' : `${head}\r\n{"login":"`);
  const drip = setInterval(() => (socket.destroyed ? clearInterval(drip) : socket.write('a')), DROP_MS);
  return socket;
}

const product = await startProduct({ sample: { scale: 0.05 } });
try {
  await sampleReady(product.url);
  const desk = visitor(product.url);
  await desk.post('/api/session/door', { role: 'dispatcher' });
  const asked = ['/api/session', '/api/workbench', '/api/people?season=2022-spring', '/healthz'];
  const times = async (): Promise<number[]> => {
    const all: number[] = [];
    for (let n = 0; n < ASKED; n += 1) {
      const from = performance.now();
      await desk.bytes(asked[n % asked.length] ?? '');
      all.push(performance.now() - from);
      await pause(20);
    }
    return all.sort((a, b) => a - b);
  };
  const at = (sorted: readonly number[], share: number): number =>
    Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 10) / 10;
  await times();
  const calm = await times();
  const sockets = Array.from({ length: Number(values.sockets) }, (_, n) =>
    slow(Number(new URL(product.url).port), n),
  );
  const end = performance.now() + 60_000;
  // As soon as one is thrown out the next comes, as an attacker's would.
  const again = setInterval(() => {
    for (const [n, it] of sockets.entries())
      if (it.destroyed && performance.now() < end) sockets[n] = slow(Number(new URL(product.url).port), n);
  }, 500);
  await pause(1_000);
  const busy = await times();
  clearInterval(again);
  const open = sockets.filter((it) => !it.destroyed).length;
  for (const it of sockets) it.destroy();
  const line = {
    ...{ sockets: sockets.length, p50: at(busy, 0.5), p95: at(busy, 0.95) },
    ...{ calm_p50: at(calm, 0.5), calm_p95: at(calm, 0.95), open_after: open },
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
} finally {
  await product.stop();
}
