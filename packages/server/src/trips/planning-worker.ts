import { parentPort } from 'node:worker_threads';
import { faults } from '@fangang/solver/check.ts';
import { greatCircleMatrix } from '@fangang/solver/matrix.ts';
import type { Plan, Problem } from '@fangang/solver/problem.ts';
import { solve } from '@fangang/solver/solve.ts';

/** Asked of the planning thread: one problem at a time. */
export interface SolveAsk {
  readonly problem: Problem;
  readonly seconds: number;
}

/** Told by the planning thread: how far it is, then the plan with what the independent check says of it. */
export type SolveNews =
  | { readonly share: number }
  | { readonly plan: Plan; readonly faults: readonly string[] }
  | { readonly broke: string };

/** Progress is told at most so often, in milliseconds. */
const EVERY_MS = 250;

function answer({ problem, seconds }: SolveAsk, tell: (news: SolveNews) => void): void {
  const matrix = greatCircleMatrix(problem.places);
  let told = -EVERY_MS;
  const plan = solve(problem, {
    seed: 1,
    deadlineMs: seconds * 1000,
    now: () => performance.now(),
    matrix,
    onProgress: ({ share }) => {
      const now = performance.now();
      if (now - told < EVERY_MS) return;
      told = now;
      tell({ share });
    },
  });
  const found = faults(problem, plan, matrix);
  tell({ plan, faults: found.slice(0, 5).map((it) => `${it.code} ${JSON.stringify(it.numbers)}`) });
}

parentPort?.on('message', (ask: SolveAsk) => {
  const tell = (news: SolveNews): void => parentPort?.postMessage(news);
  try {
    answer(ask, tell);
  } catch (error) {
    tell({ broke: error instanceof Error ? error.message : String(error) });
  }
});
