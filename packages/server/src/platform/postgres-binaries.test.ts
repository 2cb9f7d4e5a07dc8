import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findBinaries, isReachable, packageFolder, serverUid } from './postgres-binaries.ts';

let folder: string;
let cache: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'binaries-'));
  chmodSync(folder, 0o755);
  cache = join(folder, 'cache');
  mkdirSync(cache, { mode: 0o755 });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The package as npm leaves it without install scripts: no links. */
function packageWithoutLinks(): { root: string; version: string } {
  const { root, version } = packageFolder();
  const copy = join(folder, 'package');
  cpSync(root, copy, { recursive: true, verbatimSymlinks: true });
  const libraries = join(copy, 'native', 'lib');
  for (const name of readdirSync(libraries)) {
    if (lstatSync(join(libraries, name)).isSymbolicLink()) rmSync(join(libraries, name));
  }
  return { root: copy, version };
}

describe('the binaries of PostgreSQL', () => {
  it('are made whole when the links to their libraries are missing', () => {
    const from = packageWithoutLinks();
    const broken = spawnSync(join(from.root, 'native', 'bin', 'postgres'), ['--version']);
    expect(broken.status).not.toBe(0);
    const { postgres, version } = findBinaries(cache, from);
    const uid = serverUid();
    const whole = spawnSync(postgres, ['--version'], { uid, gid: uid, encoding: 'utf8', cwd: '/' });
    expect(whole.stdout).toContain(`PostgreSQL) ${version}`);
    expect(readdirSync(cache)).toHaveLength(1);
    expect(findBinaries(cache, from).postgres).toBe(postgres);
  });

  it.runIf(process.getuid?.() === 0)('are copied out of a home the unprivileged user cannot enter', () => {
    const { root, version } = packageFolder();
    const home = join(folder, 'home');
    mkdirSync(home, { mode: 0o700 });
    cpSync(root, join(home, 'package'), { recursive: true, verbatimSymlinks: true });
    const { postgres } = findBinaries(cache, { root: join(home, 'package'), version });
    expect(postgres.startsWith(cache)).toBe(true);
  });
});

it('sees whether a user may walk to a folder', () => {
  const inner = join(folder, 'inner');
  mkdirSync(inner, { mode: 0o755 });
  expect(isReachable(inner, 65534)).toBe(true);
  chmodSync(folder, 0o700);
  expect(isReachable(inner, 65534)).toBe(false);
  expect(isReachable(inner, lstatSync(folder).uid)).toBe(true);
});
