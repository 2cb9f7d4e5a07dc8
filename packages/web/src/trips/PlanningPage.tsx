import { words } from '@fangang/domain/basics/words.ts';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useWords } from '../platform/language.tsx';
import { EmptyState } from '../platform/ui/Notes.tsx';
import { useTitle } from '../platform/use-title.ts';

export function PlanningPage(): ReactNode {
  const say = useWords(words);
  useTitle(say('planning'));
  return (
    <>
      <div className="page-bar">
        <h1>{say('planning')}</h1>
      </div>
      <EmptyState title={say('planningEmpty')} next={say('planningNext')}>
        <Link to="/people" className="link">
          {say('people')}
        </Link>
      </EmptyState>
    </>
  );
}
