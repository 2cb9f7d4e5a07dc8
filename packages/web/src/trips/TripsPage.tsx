import { words } from '@fangang/domain/basics/words.ts';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useWords } from '../platform/language.tsx';
import { EmptyState } from '../platform/ui/Notes.tsx';
import { useTitle } from '../platform/use-title.ts';

export function TripsPage(): ReactNode {
  const say = useWords(words);
  useTitle(say('trips'));
  return (
    <>
      <div className="page-bar">
        <h1>{say('trips')}</h1>
      </div>
      <EmptyState title={say('tripsEmpty')} next={say('tripsNext')}>
        <Link to="/planning" className="link">
          {say('planning')}
        </Link>
      </EmptyState>
    </>
  );
}
