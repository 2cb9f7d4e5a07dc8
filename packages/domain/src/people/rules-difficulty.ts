import { addDays, type Day } from '../basics/moment.ts';
import { accept, type Result, refuse } from '../basics/result.ts';

/** How far a difficulty that somebody has told has come. *Solved* only the person can say. 困难反馈 */
export const DIFFICULTY_STATES = ['told', 'owned', 'answered', 'climbed', 'solved'] as const;
export type DifficultyState = (typeof DIFFICULTY_STATES)[number];

export const DIFFICULTY_NEXT = {
  told: ['owned', 'answered', 'climbed'],
  owned: ['answered', 'climbed'],
  answered: ['owned', 'solved'],
  climbed: ['owned', 'answered'],
  solved: [],
} as const satisfies Record<DifficultyState, readonly DifficultyState[]>;

export const DIFFICULTY_KINDS = [
  'road',
  'pay',
  'contract',
  'health',
  'lodging',
  'family',
  'papers',
  'other',
] as const;
export type DifficultyKind = (typeof DIFFICULTY_KINDS)[number];

/** How it reached the offices; `ticket` is the person's own page, the others are said by whoever types. */
export const DIFFICULTY_CHANNELS = ['ticket', 'phone', 'escort', 'employer', 'broker', 'counter'] as const;
export type DifficultyChannel = (typeof DIFFICULTY_CHANNELS)[number];

/** Days in which there is to be an answer: who sits in the cold or is ill waits for one day. */
const DAYS: Readonly<Record<DifficultyKind, number>> = {
  road: 1,
  health: 1,
  lodging: 1,
  family: 3,
  papers: 3,
  other: 3,
  pay: 7,
  contract: 7,
};

/** The day by which a difficulty is to be answered. */
export function dueOf(kind: DifficultyKind, today: Day): Day {
  return addDays(today, DAYS[kind]);
}

export type DifficultyEvent =
  | {
      readonly type: 'people.difficulty_told';
      readonly data: { kind: DifficultyKind; channel: DifficultyChannel };
    }
  | { readonly type: 'people.difficulty_owned'; readonly data: { kind: DifficultyKind } }
  | { readonly type: 'people.difficulty_answered'; readonly data: { kind: DifficultyKind } }
  | { readonly type: 'people.difficulty_solved'; readonly data: { by: 'person' | 'office' } }
  | { readonly type: 'people.difficulty_not_solved'; readonly data: { by: 'person' | 'office' } }
  | {
      readonly type: 'people.difficulty_climbed';
      readonly data: { kind: DifficultyKind; level: number };
    };

export type DifficultyRefusal =
  | { readonly code: 'people.difficulty_closed' }
  | { readonly code: 'people.difficulty_yours_already' }
  | { readonly code: 'people.difficulty_not_answered' };

interface Difficulty {
  readonly kind: DifficultyKind;
  readonly status: DifficultyState;
  readonly owner: string | null;
}

/** Somebody of an office looks after it. */
export function ownDifficulty(it: Difficulty, by: string): Result<DifficultyEvent, DifficultyRefusal> {
  if (it.status === 'solved') return refuse({ code: 'people.difficulty_closed' });
  if (it.status === 'owned' && it.owner === by) return refuse({ code: 'people.difficulty_yours_already' });
  return accept({ type: 'people.difficulty_owned', data: { kind: it.kind } });
}

/** The office says what it has done; a better answer may follow the first. */
export function answerDifficulty(it: Difficulty): Result<DifficultyEvent, DifficultyRefusal> {
  if (it.status === 'solved') return refuse({ code: 'people.difficulty_closed' });
  return accept({ type: 'people.difficulty_answered', data: { kind: it.kind } });
}

/** The person has said on the phone whether the answer has solved it. Refuses what has no answer yet. */
export function closeDifficulty(it: Difficulty, solved: boolean): Result<DifficultyEvent, DifficultyRefusal> {
  if (it.status === 'solved') return refuse({ code: 'people.difficulty_closed' });
  if (it.status !== 'answered') return refuse({ code: 'people.difficulty_not_answered' });
  const data = { by: 'office' as const };
  return accept({ type: solved ? 'people.difficulty_solved' : 'people.difficulty_not_solved', data });
}

export function difficultyAfter(event: DifficultyEvent): DifficultyState {
  switch (event.type) {
    case 'people.difficulty_told':
      return 'told';
    case 'people.difficulty_owned':
    case 'people.difficulty_not_solved':
      return 'owned';
    case 'people.difficulty_answered':
      return 'answered';
    case 'people.difficulty_solved':
      return 'solved';
    case 'people.difficulty_climbed':
      return 'climbed';
  }
}
