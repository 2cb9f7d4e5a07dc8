import { words } from '@fangang/domain/basics/words.ts';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useWords } from '../platform/language.tsx';
import { EmptyState } from '../platform/ui/Notes.tsx';
import { useTitle } from '../platform/use-title.ts';

export function ImportPage(): ReactNode {
  const say = useWords(words);
  useTitle(say('import'));
  return (
    <>
      <div className="page-bar">
        <h1>{say('import')}</h1>
      </div>
      <EmptyState title={say('peopleEmpty')} next={say('peopleNext')}>
        <Link to="/people" className="link">
          {say('people')}
        </Link>
      </EmptyState>
    </>
  );
}
