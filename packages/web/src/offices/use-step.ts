import type { Result } from '@fangang/domain/basics/result.ts';
import { useState } from 'react';

/** One step of a form: what went wrong, whether it runs, and how to run it. */
export interface StepState {
  readonly problem: unknown;
  readonly busy: boolean;
  /** Runs the step; the value where it was done, undefined where it was refused or broke. */
  readonly run: <Value>(step: () => Promise<Result<Value>>) => Promise<Value | undefined>;
  readonly fail: (problem: unknown) => void;
}

export function useStep(): StepState {
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  return {
    problem,
    busy,
    fail: setProblem,
    run: async (step) => {
      setBusy(true);
      setProblem(null);
      try {
        const answer = await step();
        if (answer.ok) return answer.value;
        setProblem(answer.refusal);
      } catch (fault) {
        setProblem(fault);
      } finally {
        setBusy(false);
      }
      return undefined;
    },
  };
}
