import { words } from '@fangang/domain/basics/words.ts';
import type { ReactNode } from 'react';
import { longDate, timeOf } from '../platform/dates.ts';
import { useLanguage, useWords } from '../platform/language.tsx';
import { useSession } from '../platform/session.tsx';
import { EmptyState } from '../platform/ui/Notes.tsx';
import { useTitle } from '../platform/use-title.ts';
import { Frame, OfficeHead } from './Shell.tsx';

export function FirstScreen(): ReactNode {
  const say = useWords(words);
  const { language } = useLanguage();
  const { clock } = useSession();
  useTitle('');
  return (
    <Frame
      head={
        <OfficeHead
          title={`${longDate(clock.now, language)} ${timeOf(clock.now)}`}
          sub={say('productLine')}
        />
      }
    >
      <EmptyState title={say('figuresEmpty')} next={say('figuresNext')} />
    </Frame>
  );
}
