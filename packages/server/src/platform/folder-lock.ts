import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { newId } from './ids.ts';
import { isRunning, ownMark, type ProcessMark } from './process-mark.ts';

function readMark(file: string): ProcessMark | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessMark;
  } catch {
    return undefined;
  }
}

/** Makes the file with its content in one step; false when it is there already. */
function take(file: string): boolean {
  const draft = `${file}.${newId()}`;
  writeFileSync(draft, JSON.stringify(ownMark()), { mode: 0o600 });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Takes away the lock of a dead process; when another one was quicker and it is a living lock by now, puts it back. */
function removeStale(file: string): void {
  const aside = `${file}.${newId()}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const mark = readMark(aside);
  if (mark && isRunning(mark)) {
    try {
      linkSync(aside, file);
    } catch {
      // A third one holds it now, and the one that lost it finds out when it leaves: nothing to put back.
    }
  }
  rmSync(aside, { force: true });
}

/**
 * Holds a folder for one process at a time: the file names its holder, and the lock of a dead holder does not count.
 * Waits up to `waitMs`; undefined when it is held longer.
 */
export async function takeLock(file: string, waitMs: number): Promise<{ release(): void } | undefined> {
  const since = Date.now();
  while (!take(file)) {
    const holder = readMark(file);
    if (holder && !isRunning(holder)) removeStale(file);
    else if (Date.now() - since > waitMs) return undefined;
    else await pause(20);
  }
  return { release: () => rmSync(file, { force: true }) };
}
