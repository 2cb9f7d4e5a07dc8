import { words } from '@fangang/domain/basics/words.ts';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useWords } from '../platform/language.tsx';
import { EmptyState } from '../platform/ui/Notes.tsx';
import { useTitle } from '../platform/use-title.ts';
import { Frame, OfficeHead } from './Shell.tsx';

export function StartPage(): ReactNode {
  const say = useWords(words);
  useTitle(say('start'));
  return (
    <Frame head={<OfficeHead title={say('start')} />}>
      <EmptyState title={say('start')} next={say('startIntro')}>
        <Link to="/sign-in" className="link">
          {say('signIn')}
        </Link>
      </EmptyState>
    </Frame>
  );
}
