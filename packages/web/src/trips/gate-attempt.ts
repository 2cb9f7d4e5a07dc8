import { useState } from 'react';

/** One step at the gate and what went wrong with it: a refusal that came back, or a fault. */
export function useTried(): { error: unknown; attempt: (work: () => Promise<unknown>) => void } {
  const [error, setError] = useState<unknown>(null);
  return {
    error,
    attempt: (work) => {
      setError(null);
      work().then(
        (refusal) => setError(refusal ?? null),
        (fault: unknown) => setError(fault),
      );
    },
  };
}
