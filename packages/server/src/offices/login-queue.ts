/** Work that is let in a few at a time; whoever finds the waiting room full is sent away at once. */
export interface Gate {
  /** Runs the work when its turn has come; `undefined` where too many wait already or the turn does not come in time. */
  enter<Value>(work: () => Promise<Value>): Promise<{ readonly value: Value } | undefined>;
  readonly waiting: number;
}

export interface GateLimits {
  readonly atOnce: number;
  readonly waiting: number;
  readonly waitMs: number;
}

/**
 * A gate for work that costs memory: a password takes 46 MiB for some 70 ms, so a thousand sign-ins at once would take 46 GiB.
 *
 * First come, first served. O(1) for each; a worker who throws frees the place.
 */
export function makeGate(limits: GateLimits): Gate {
  const queue: { start: () => void; gone: boolean }[] = [];
  let running = 0;
  let waiting = 0;

  const next = (): void => {
    running -= 1;
    for (let one = queue.shift(); one; one = queue.shift()) {
      if (one.gone) continue;
      one.start();
      return;
    }
  };
  const turn = (): Promise<boolean> => {
    if (running < limits.atOnce) {
      running += 1;
      return Promise.resolve(true);
    }
    if (waiting >= limits.waiting) return Promise.resolve(false);
    waiting += 1;
    return new Promise((resolve) => {
      const place = { gone: false, start: () => settle(true) };
      const late = setTimeout(() => settle(false), limits.waitMs);
      const settle = (come: boolean): void => {
        clearTimeout(late);
        waiting -= 1;
        place.gone = true;
        if (come) running += 1;
        resolve(come);
      };
      queue.push(place);
    });
  };
  return {
    enter: async (work) => {
      if (!(await turn())) return undefined;
      try {
        return { value: await work() };
      } finally {
        next();
      }
    },
    get waiting() {
      return waiting;
    },
  };
}
