import type { WishLine } from '@fangang/domain/people/api.ts';
import { peopleWords } from '@fangang/domain/people/words.ts';
import type { ReactNode } from 'react';
import { shortDate } from '../platform/dates.ts';
import { useWords } from '../platform/language.tsx';

/** The days a person can leave, as short as they can be said. */
export function WishDays({ wish }: { wish: Pick<WishLine, 'earliest' | 'latest'> }): ReactNode {
  const say = useWords(peopleWords);
  const from = wish.earliest && shortDate(wish.earliest);
  const to = wish.latest && shortDate(wish.latest);
  if (from && to) return from === to ? from : say('fromTo', { from, to });
  if (from) return say('from', { from });
  return to ? say('until', { to }) : say('daysOpen');
}
