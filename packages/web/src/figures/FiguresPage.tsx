import { words } from '@fangang/domain/basics/words.ts';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useWords } from '../platform/language.tsx';
import { EmptyState } from '../platform/ui/Notes.tsx';
import { useTitle } from '../platform/use-title.ts';

export function FiguresPage(): ReactNode {
  const say = useWords(words);
  useTitle(say('figures'));
  return (
    <>
      <div className="page-bar">
        <h1>{say('figures')}</h1>
      </div>
      <EmptyState title={say('figuresEmpty')} next={say('figuresNext')}>
        <Link to="/trips" className="link">
          {say('trips')}
        </Link>
      </EmptyState>
    </>
  );
}
