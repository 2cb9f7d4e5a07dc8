import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopPostgresOf } from './postgres.ts';
import { isRunning, ownMark, type ProcessMark } from './process-mark.ts';
import { RUN_FOLDER } from './testing.ts';

const PREFIX = 'fangang-test-';

async function remove(run: string): Promise<void> {
  await stopPostgresOf(join(run, 'data'));
  rmSync(run, { recursive: true, force: true });
}

/** A run that was killed leaves its server behind: the next one of the same user ends it. */
async function removeAbandoned(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const run = join(tmpdir(), name);
    try {
      if (statSync(run).uid !== process.getuid?.()) continue;
      const owner = JSON.parse(readFileSync(join(run, 'owner.json'), 'utf8')) as ProcessMark;
      if (!isRunning(owner)) await remove(run);
    } catch {
      // Another run removes it, or has only just made it.
    }
  }
}

/** Gives the run a folder; the server starts in it with the first test that asks for a database. */
export async function setup(): Promise<void> {
  await removeAbandoned();
  const run = mkdtempSync(join(tmpdir(), PREFIX));
  chmodSync(run, 0o711);
  writeFileSync(join(run, 'owner.json'), JSON.stringify(ownMark()));
  process.env[RUN_FOLDER] = run;
}

export async function teardown(): Promise<void> {
  const run = process.env[RUN_FOLDER];
  if (!run) return;
  delete process.env[RUN_FOLDER];
  await remove(run);
}
