import { words } from '@fangang/domain/basics/words.ts';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useWords } from '../platform/language.tsx';
import { EmptyState } from '../platform/ui/Notes.tsx';
import { useTitle } from '../platform/use-title.ts';

export function TripPage(): ReactNode {
  const say = useWords(words);
  useTitle(say('trip'));
  return (
    <>
      <div className="page-bar">
        <h1>{say('trip')}</h1>
      </div>
      <EmptyState title={say('tripsEmpty')} next={say('tripsNext')}>
        <Link to="/trips" className="link">
          {say('trips')}
        </Link>
      </EmptyState>
    </>
  );
}
