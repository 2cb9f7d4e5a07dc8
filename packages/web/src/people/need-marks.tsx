import type { DifficultyLine } from '@fangang/domain/people/api-difficulty.ts';
import type { NeedFacts } from '@fangang/domain/people/api-needs.ts';
import type { VoidReason } from '@fangang/domain/people/rules-need.ts';
import { difficultyKindWords, difficultyStateWords } from '@fangang/domain/people/words-difficulty.ts';
import { needStatusWords, needWords, voidReasonWords } from '@fangang/domain/people/words-needs.ts';
import type { ReactNode } from 'react';
import { useWords } from '../platform/language.tsx';
import { type MarkKind, StatusMark } from '../platform/ui/StatusMark.tsx';

const NEED: Readonly<Record<NeedFacts['status'], MarkKind>> = {
  open: 'todo',
  taken: 'now',
  met: 'done',
  void: 'none',
};

/** How a need stands, as shape, colour and word; one that is late says so first. */
export function NeedMark({ need }: { need: NeedFacts }): ReactNode {
  const say = useWords(needStatusWords);
  const sayVoid = useWords(voidReasonWords);
  const sayNeed = useWords(needWords);
  const word = say(need.status);
  if (need.overdue) return <StatusMark kind="again">{`${sayNeed('overdue')} · ${word}`}</StatusMark>;
  const why = need.voidReason === null ? '' : ` · ${sayVoid(need.voidReason as VoidReason)}`;
  return <StatusMark kind={NEED[need.status]}>{`${word}${why}`}</StatusMark>;
}

const DIFFICULTY: Readonly<Record<DifficultyLine['status'], MarkKind>> = {
  told: 'todo',
  owned: 'now',
  answered: 'away',
  climbed: 'held',
  solved: 'done',
};

export function DifficultyMark({ it }: { it: DifficultyLine }): ReactNode {
  const say = useWords(difficultyStateWords);
  const sayNeed = useWords(needWords);
  const word = say(it.status);
  if (it.overdue && it.status !== 'climbed')
    return <StatusMark kind="again">{`${sayNeed('overdue')} · ${word}`}</StatusMark>;
  return <StatusMark kind={DIFFICULTY[it.status]}>{word}</StatusMark>;
}

export function useDifficultyKind(): (kind: DifficultyLine['kind']) => string {
  return useWords(difficultyKindWords);
}
