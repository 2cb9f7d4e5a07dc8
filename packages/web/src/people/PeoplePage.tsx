import { words } from '@fangang/domain/basics/words.ts';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useWords } from '../platform/language.tsx';
import { EmptyState } from '../platform/ui/Notes.tsx';
import { useTitle } from '../platform/use-title.ts';

export function PeoplePage(): ReactNode {
  const say = useWords(words);
  useTitle(say('people'));
  return (
    <>
      <div className="page-bar">
        <h1>{say('people')}</h1>
      </div>
      <EmptyState title={say('peopleEmpty')} next={say('peopleNext')}>
        <Link to="/people/import" className="link">
          {say('import')}
        </Link>
      </EmptyState>
    </>
  );
}
