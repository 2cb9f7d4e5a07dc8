import { words } from '@fangang/domain/basics/words.ts';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useWords } from '../platform/language.tsx';
import { EmptyState } from '../platform/ui/Notes.tsx';
import { useTitle } from '../platform/use-title.ts';

export function WorkbenchPage(): ReactNode {
  const say = useWords(words);
  useTitle(say('workbench'));
  return (
    <>
      <div className="page-bar">
        <h1>{say('workbench')}</h1>
      </div>
      <EmptyState title={say('workbenchEmpty')} next={say('workbenchNext')}>
        <Link to="/people/import" className="link">
          {say('import')}
        </Link>
      </EmptyState>
    </>
  );
}
