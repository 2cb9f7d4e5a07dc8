import { words } from '@fangang/domain/basics/words.ts';
import type { ReactNode } from 'react';
import { useWords } from '../language.tsx';
import { Button } from './Button.tsx';

/** Steps through the pages of a long list, with [ and ]; nothing where one page holds it all. */
export function Pages({
  page,
  total,
  rows,
  onPage,
}: {
  page: number;
  /** Rows in all. */
  total: number;
  /** Rows on a page. */
  rows: number;
  onPage: (page: number) => void;
}): ReactNode {
  const say = useWords(words);
  const pages = Math.max(1, Math.ceil(total / rows));
  if (pages === 1) return null;
  return (
    <nav className="pages" aria-label={say('pageOf', { page, pages })}>
      <Button keys="[" keyLabel={say('previousPage')} disabled={page <= 1} onPress={() => onPage(page - 1)}>
        {say('previousPage')}
      </Button>
      <span>{say('pageOf', { page, pages })}</span>
      <Button keys="]" keyLabel={say('nextPage')} disabled={page >= pages} onPress={() => onPage(page + 1)}>
        {say('nextPage')}
      </Button>
    </nav>
  );
}
