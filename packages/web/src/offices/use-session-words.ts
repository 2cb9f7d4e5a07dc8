import type { SessionLine } from '@fangang/domain/offices/api-account.ts';
import { accountWords } from '@fangang/domain/offices/words-account.ts';
import { useWords } from '../platform/language.tsx';

interface SessionWords {
  readonly browser: (it: { browser: string; system: string }) => string;
  readonly how: (it: Pick<SessionLine, 'method' | 'secondFactor'>) => string;
}

/** A session in words: which browser, and how it was opened. */
export function useSessionWords(): SessionWords {
  const say = useWords(accountWords);
  return {
    browser: ({ browser, system }) => {
      const name = browser || say('unknownBrowser');
      return system ? say('onSystem', { browser: name, system }) : name;
    },
    how: ({ method, secondFactor }) => {
      const how = say(`how.${method}`);
      return secondFactor && method !== 'passkey' ? say('withSecond', { how }) : how;
    },
  };
}
