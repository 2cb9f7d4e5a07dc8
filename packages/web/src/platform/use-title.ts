import { words } from '@fangang/domain/basics/words.ts';
import { useEffect } from 'react';
import { useWords } from './language.tsx';

/** Names the page in the browser's tab and history. */
export function useTitle(page: string): void {
  const say = useWords(words);
  const title = page ? say('pageTitle', { page }) : say('productName');
  useEffect(() => {
    document.title = title;
  }, [title]);
}
