import { readFileSync } from 'node:fs';

/** Names one run of one process: a number alone may belong to another process after a restart. */
export interface ProcessMark {
  readonly pid: number;
  /** When the process began, in ticks since the machine's start; empty where the system does not tell. */
  readonly began: string;
}

/** What the system tells of a process from its state on; empty where it tells nothing. Source: proc_pid_stat(5). */
function statOf(pid: number): readonly string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}

function beganAt(pid: number): string {
  return statOf(pid)[19] ?? '';
}

export function ownMark(): ProcessMark {
  return { pid: process.pid, began: beganAt(process.pid) };
}

/** False for a process that has ended and whose parent has not yet taken note of it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return statOf(pid)[0] !== 'Z';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** True while the very process that made the mark still runs. */
export function isRunning(mark: ProcessMark): boolean {
  return isAlive(mark.pid) && beganAt(mark.pid) === mark.began;
}
