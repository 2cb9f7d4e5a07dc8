import { words } from '@fangang/domain/basics/words.ts';
import type { ReactNode } from 'react';
import { useWords } from '../platform/language.tsx';
import { EmptyState } from '../platform/ui/Notes.tsx';
import { useTitle } from '../platform/use-title.ts';

export function GatePage(): ReactNode {
  const say = useWords(words);
  useTitle(say('gate'));
  return (
    <main className="field-page field door">
      <header className="field-head">
        <h1>{say('gate')}</h1>
      </header>
      <EmptyState title={say('tripsEmpty')} next={say('tripsNext')} />
    </main>
  );
}
