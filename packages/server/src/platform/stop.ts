import { constants } from 'node:os';

type StopSignal = 'SIGINT' | 'SIGTERM';

/** The command was told to stop before it had ended. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
  /** What a shell is told of a command that a signal ended: 130, 143. */
  readonly exit: number;

  constructor(signal: StopSignal) {
    super(`stopped by ${signal}`);
    this.exit = 128 + constants.signals[signal];
  }
}

export interface StopWatch {
  /** Resolves with the first request to stop; the process no longer ends by itself. */
  readonly asked: Promise<StopSignal>;
  isAsked(): boolean;
  off(): void;
}

const ORPHAN_MS = 500;

/**
 * Watches for a request to stop: Ctrl-C, SIGTERM, or the end of the npm that started this process. npm hands a signal only to the shell
 * between the two of them, and that shell passes none on.
 */
export function watchForStop(): StopWatch {
  const { promise, resolve } = deferred();
  let asked = false;
  const ask = (signal: StopSignal): void => {
    asked = true;
    resolve(signal);
  };
  process.once('SIGINT', ask);
  process.once('SIGTERM', ask);
  const parent = process.ppid;
  const byNpm = /^(start|npx)$/.test(process.env.npm_lifecycle_event ?? '');
  const orphan = byNpm
    ? setInterval(() => process.ppid !== parent && ask('SIGTERM'), ORPHAN_MS).unref()
    : undefined;
  return {
    asked: promise,
    isAsked: () => asked,
    off: () => {
      process.off('SIGINT', ask);
      process.off('SIGTERM', ask);
      clearInterval(orphan);
    },
  };
}

function deferred(): { promise: Promise<StopSignal>; resolve: (signal: StopSignal) => void } {
  let resolve: (signal: StopSignal) => void = () => undefined;
  const promise = new Promise<StopSignal>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
