import { z } from 'zod';
import { endpoint, Key } from '../basics/api.ts';
import { BOOK_KEEPERS, DayText, MomentText, SeasonId } from '../offices/schema.ts';
import { PersonHit } from './api.ts';
import { DIFFICULTY_CHANNELS, DIFFICULTY_KINDS, DIFFICULTY_STATES } from './rules-difficulty.ts';

const AtDifficulty = z.object({ difficultyId: z.uuid() });

export const DifficultyKind = z.enum(DIFFICULTY_KINDS);
export const DifficultyState = z.enum(DIFFICULTY_STATES);
export const DifficultyChannel = z.enum(DIFFICULTY_CHANNELS);
/** What is told and what is answered: a few sentences. */
export const DIFFICULTY_CHARS = 300;
const Text = z.string().trim().min(1).max(DIFFICULTY_CHARS);

/** A difficulty without its words and without the person. */
export const DifficultyLine = z.object({
  id: z.uuid(),
  kind: DifficultyKind,
  channel: DifficultyChannel,
  status: DifficultyState,
  toldAt: MomentText,
  due: DayText,
  /** Its day is over and nobody has answered. */
  overdue: z.boolean(),
  owner: z.string().nullable(),
  ownerId: z.uuid().nullable(),
  ownerAreaName: z.string(),
  ownerAreaPinyin: z.string(),
  climbed: z.int(),
  confirmedBy: z.enum(['person', 'office']).nullable(),
});
export type DifficultyLine = z.infer<typeof DifficultyLine>;

export const DifficultyOfPerson = DifficultyLine.extend({ person: PersonHit });
export type DifficultyOfPerson = z.infer<typeof DifficultyOfPerson>;

/** Difficulties of a season (困难反馈), the earliest day first: those not solved, unless told. */
export const listDifficulties = endpoint({
  name: 'people.listDifficulties',
  method: 'GET',
  path: '/api/difficulties',
  query: z.object({
    season: SeasonId,
    state: z.enum(['waiting', ...DIFFICULTY_STATES]).optional(),
    kind: DifficultyKind.optional(),
    owner: z.enum(['mine', 'office']).optional(),
    overdue: z.enum(['yes']).optional(),
    page: z.coerce.number().int().min(1).max(10_000).optional(),
  }),
  reply: z.object({ difficulties: z.array(DifficultyOfPerson), total: z.int(), page: z.int() }),
  callers: [...BOOK_KEEPERS],
  access: { resource: 'difficulty', action: 'list', scope: 'area' },
});

/** One of them with its words; reading them leaves a row in the audit. */
export const readDifficulty = endpoint({
  name: 'people.readDifficulty',
  method: 'GET',
  path: '/api/difficulties/:difficultyId',
  params: AtDifficulty,
  reply: DifficultyOfPerson.extend({ told: z.string().nullable(), answer: z.string().nullable() }),
  callers: [...BOOK_KEEPERS],
  access: { resource: 'difficulty', action: 'reveal', scope: 'area' },
});

/** Writes down what somebody has told by phone, at the counter, or through an escort, an employer or a labor broker. */
export const tellDifficulty = endpoint({
  name: 'people.tellDifficulty',
  method: 'POST',
  path: '/api/people/:personId/difficulties',
  params: z.object({ personId: z.uuid() }),
  body: z.object({
    season: SeasonId,
    kind: DifficultyKind,
    channel: DifficultyChannel.exclude(['ticket']),
    text: Text,
    key: Key,
  }),
  reply: z.object({ difficultyId: z.uuid() }),
  callers: [...BOOK_KEEPERS],
  access: { resource: 'difficulty', action: 'write', scope: 'area' },
});

const write = {
  callers: [...BOOK_KEEPERS],
  access: { resource: 'difficulty', action: 'write', scope: 'area' },
} as const;
const reply = z.object({ status: DifficultyState });

export const takeDifficultyOf = endpoint({
  name: 'people.takeDifficulty',
  method: 'POST',
  path: '/api/difficulties/:difficultyId/take',
  params: AtDifficulty,
  body: z.object({ key: Key }),
  reply,
  ...write,
});

/** What the office has done; the person reads it on the ticket's page. */
export const answerDifficultyOf = endpoint({
  name: 'people.answerDifficulty',
  method: 'POST',
  path: '/api/difficulties/:difficultyId/answer',
  params: AtDifficulty,
  body: z.object({ text: Text, key: Key }),
  reply,
  ...write,
});

/** The person has said by phone whether the answer has solved it. */
export const closeDifficultyOf = endpoint({
  name: 'people.closeDifficulty',
  method: 'POST',
  path: '/api/difficulties/:difficultyId/close',
  params: AtDifficulty,
  body: z.object({ solved: z.boolean(), key: Key }),
  reply,
  ...write,
});
