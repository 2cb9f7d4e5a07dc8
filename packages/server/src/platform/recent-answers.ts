/** How long an answer is kept for a second asking, and how many. */
const KEPT_MS = 10 * 60_000;
const MOST = 10_000;

interface Answer {
  readonly status: number;
  readonly body: string;
}
interface Kept {
  readonly bodyHash: string;
  /** Null where the answer may not be kept: it set a cookie. */
  answer: Answer | null;
  readonly at: number;
}

/** What is known of a key: nothing, another body under it, or an answer to give again. */
export type Known = 'new' | 'otherBody' | Answer;

export interface RecentAnswers {
  look(name: string, bodyHash: string): Known;
  keep(name: string, bodyHash: string, answer: Answer | null): void;
}

/**
 * Answers of requests that make or end a session, which no table keeps: their replies belong to no account yet.
 *
 * Held by this process only. `now` in ms, of any steady clock.
 */
export function makeRecentAnswers(now: () => number = () => performance.now()): RecentAnswers {
  const kept = new Map<string, Kept>();
  const forget = (): void => {
    for (const [name, it] of kept) {
      if (kept.size <= MOST && now() - it.at <= KEPT_MS) return;
      kept.delete(name);
    }
  };
  return {
    look: (name, bodyHash) => {
      forget();
      const found = kept.get(name);
      if (!found) return 'new';
      return found.bodyHash === bodyHash ? (found.answer ?? 'new') : 'otherBody';
    },
    keep: (name, bodyHash, answer) => {
      kept.delete(name);
      kept.set(name, { bodyHash, answer, at: now() });
      forget();
    },
  };
}
