import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { judge, type KnownHole, reportOf } from './package-holes.ts';

/*
 * npm run look:packages [folder] [known-holes.json]: asks the registry for known holes in the packages that run in the product, and judges
 * them by what is written down. One line of JSON. Exit 0: nothing is too late; 1: something is, or nobody has written it down; 2: the
 * registry could not be asked, so nothing is known.
 */

const house = fileURLToPath(new URL('..', import.meta.url));
const [folder = house, list = join(house, 'data/packages/known-holes.json')] = process.argv.slice(2);
const WAIT_MS = 120_000;

function say(line: object, code: number): never {
  process.stdout.write(`${JSON.stringify(line)}\n`);
  process.exit(code);
}

const { holes } = JSON.parse(readFileSync(list, 'utf8')) as { holes: KnownHole[] };
const asked = spawnSync('npm', ['audit', '--omit=dev', '--json'], {
  cwd: folder,
  encoding: 'utf8',
  timeout: WAIT_MS,
  maxBuffer: 64 * 1024 * 1024,
});
const report = reportOf(asked.stdout ?? '');
if (!report) {
  const why = /"message": "([^"]*)"/.exec(asked.stdout ?? '')?.[1] ?? asked.error?.message ?? asked.stderr;
  process.stderr.write('The registry could not be asked: nothing is known of holes in packages today.\n');
  say({ looked: false, why: String(why).trim().slice(0, 300) }, 2);
}
const said = judge(report, holes, new Date().toISOString().slice(0, 10));
say({ looked: true, ...said }, said.ok ? 0 : 1);
