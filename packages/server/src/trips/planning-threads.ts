import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Plan, Problem } from '@fangang/solver/problem.ts';
import type { SolveAsk, SolveNews } from './planning-worker.ts';

/** Planning threads at most: the rest of the machine answers people. */
const MOST_THREADS = 2;

/** A plan and what the independent check found in it; no faults = sound. */
export interface Solved {
  readonly plan: Plan;
  readonly faults: readonly string[];
}

export interface Threads {
  readonly count: number;
  solve(problem: Problem, seconds: number, onShare?: (share: number) => void): Promise<Solved>;
  close(): Promise<void>;
}

/** From source the thread is TypeScript and needs its loader; in a bundle it is JavaScript beside this file. */
function startWorker(): Worker {
  const here = import.meta.url;
  const source = new URL(here).pathname.endsWith('.ts');
  const url = new URL(source ? './planning-worker.ts' : './planning-worker.js', here).href;
  return new Worker(source ? fileURLToPath(new URL('./planning-boot.js', here)) : new URL(url), {
    workerData: { url },
  });
}

function ask(
  worker: Worker,
  problem: Problem,
  seconds: number,
  onShare: (share: number) => void,
): Promise<Solved> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void): void => {
      worker.off('message', listen);
      worker.off('error', fail);
      settle();
    };
    const fail = (error: unknown): void => end(() => reject(error));
    const listen = (news: SolveNews): void => {
      if ('share' in news) onShare(news.share);
      else if ('broke' in news) fail(new Error(`the planning thread broke: ${news.broke}`));
      else end(() => resolve(news));
    };
    worker.on('message', listen);
    worker.on('error', fail);
    worker.postMessage({ problem, seconds } satisfies SolveAsk);
  });
}

/** Threads that plan beside the server; whoever finds none free waits its turn. Close them when the last plan is there. */
export function planningThreads(wanted: number): Threads {
  const count = Math.max(1, Math.min(MOST_THREADS, availableParallelism(), wanted));
  const idle = Array.from({ length: count }, startWorker);
  const all = [...idle];
  const waiting: ((worker: Worker) => void)[] = [];
  const take = (): Promise<Worker> => {
    const worker = idle.pop();
    return worker ? Promise.resolve(worker) : new Promise((resolve) => waiting.push(resolve));
  };
  const giveBack = (worker: Worker): void => {
    const next = waiting.shift();
    if (next) next(worker);
    else idle.push(worker);
  };
  return {
    count,
    solve: async (problem, seconds, onShare = () => undefined) => {
      const worker = await take();
      try {
        return await ask(worker, problem, seconds, onShare);
      } finally {
        giveBack(worker);
      }
    },
    close: async () => {
      await Promise.all(all.map((it) => it.terminate()));
    },
  };
}
