import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CheckLine } from '@fangang/domain/offices/api-installation.ts';
import { realNow, shanghaiIso } from '../platform/clock.ts';
import { readMigrations } from '../platform/migrate.ts';
import type { SoundnessRow } from './store-installation.ts';

/** Areas of the municipality down to the villages; fewer means that the places were not loaded. */
const LEAST_AREAS = 12_000;

/** What is sound in an installation and what is not: the same for `fangang doctor` and the page. Pure. */
export function checksOf(it: SoundnessRow): CheckLine[] {
  return [
    { check: 'durableWrites', ok: it.sync === 'on', found: it.sync },
    { check: 'rowSecurity', ok: it.open_tables === '', found: it.open_tables },
    { check: 'ownsNothing', ok: it.owned === 0, found: String(it.owned) },
    { check: 'places', ok: it.areas > LEAST_AREAS, found: String(it.areas) },
    { check: 'seasons', ok: it.seasons > 0, found: String(it.seasons) },
  ];
}

const startedAt = shanghaiIso(realNow());

/** The program itself: what it is, since when it runs, and which tables it needs. */
export function readProgram(): {
  version: string;
  node: string;
  startedAt: string;
  migrations: { number: number; name: string }[];
} {
  const about = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  const folder = fileURLToPath(new URL('../../migrations', import.meta.url));
  const migrations = readMigrations(folder).map(({ number, name }) => ({ number, name }));
  return { version: about.version, node: process.version, startedAt, migrations };
}
