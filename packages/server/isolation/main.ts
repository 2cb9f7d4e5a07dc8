/**
 * `npm run test:isolation -- --requests N [--seed K] [--only <part of the operations' names>]`: asks a real house on a fresh database as everybody, and prints one line of JSON.
 * Ends with 1 where anything leaked, a policy's loss went unnoticed, or too little of the own data was seen to prove anything.
 */
import { parseArgs } from 'node:util';
import { setup, teardown } from '../src/platform/vitest-global.ts';
import { isSound } from './report.ts';
import { runIsolation } from './run.ts';

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '3000' },
    seed: { type: 'string', default: '2022' },
    only: { type: 'string' },
  },
});
await setup();
try {
  const report = await runIsolation({
    requests: Number(values.requests),
    seed: Number(values.seed),
    ...(values.only && { only: values.only }),
  });
  for (const it of report.leaks.slice(0, 50)) process.stderr.write(`leak: ${it.slice(0, 600)}\n`);
  for (const it of report.faults.slice(0, 10)) process.stderr.write(`fault: ${it.slice(0, 1500)}\n`);
  const { leaks, faults, ...counts } = report;
  process.stdout.write(`${JSON.stringify({ ...counts, leaks: leaks.length, faults: faults.length })}\n`);
  process.exitCode = isSound(report) ? 0 : 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await teardown();
}
