import type { Result } from '@fangang/domain/basics/result.ts';
import { useState } from 'react';
import { useToast } from '../platform/ui/Toast.tsx';

/** One step of a person at a time: what went wrong stays on the page, what was done is said in a note. Answers whether it was done. */
export function useSteps(): {
  readonly problem: unknown;
  readonly run: (step: () => Promise<Result<unknown>>, done: string) => Promise<boolean>;
} {
  const toast = useToast();
  const [problem, setProblem] = useState<unknown>(null);
  const run = async (step: () => Promise<Result<unknown>>, done: string): Promise<boolean> => {
    setProblem(null);
    try {
      const answer = await step();
      if (answer.ok) toast({ text: done });
      else setProblem(answer.refusal);
      return answer.ok;
    } catch (fault) {
      setProblem(fault);
      return false;
    }
  };
  return { problem, run };
}
