import { z } from 'zod';
import { endpoint, Key } from '../basics/api.ts';
import { AreaCode, BOOK_KEEPERS, DayText, SeasonId } from '../offices/schema.ts';
import { PersonHit } from './api.ts';
import { DifficultyLine } from './api-difficulty.ts';
import { NEED_FACTS, SAID_VOID_REASONS } from './rules-need.ts';
import { NeedKind, NeedStatus } from './schema.ts';

const AtNeed = z.object({ needId: z.uuid() });

/** Rows of a page of either list. */
export const NEED_ROWS = 100;

/** What a person needs, without the person. */
export const NeedFacts = z.object({
  id: z.uuid(),
  kind: NeedKind,
  status: NeedStatus,
  due: DayText,
  /** Its day is over and it is neither met nor void. */
  overdue: z.boolean(),
  /** Code: why it waits, or what met it. */
  reason: z.string(),
  voidReason: z.string().nullable(),
  /** Who works on it. */
  owner: z.string().nullable(),
  ownerId: z.uuid().nullable(),
  /** Where the office lies that answers for it. */
  ownerAreaName: z.string(),
  ownerAreaPinyin: z.string(),
  /** How often it has climbed to the office above. */
  climbed: z.int(),
  /** An office has written down what it saw. */
  hasEvidence: z.boolean(),
});
export type NeedFacts = z.infer<typeof NeedFacts>;

export const NeedLine = NeedFacts.extend({ person: PersonHit });
export type NeedLine = z.infer<typeof NeedLine>;

/** Which needs: those that wait, unless told. */
const Which = z.object({
  season: SeasonId,
  state: z.enum(['waiting', ...NeedStatus.options]).optional(),
  kind: NeedKind.optional(),
  /** `mine`: on which the asker works; `office`: for which the own office answers. */
  owner: z.enum(['mine', 'office']).optional(),
  overdue: z.enum(['yes']).optional(),
  area: AreaCode.optional(),
  /** From 1. */
  page: z.coerce.number().int().min(1).max(10_000).optional(),
});

/** The demand list (一对一需求清单): by name, the earliest day first. */
export const listNeeds = endpoint({
  name: 'people.listNeeds',
  method: 'GET',
  path: '/api/needs',
  query: Which,
  reply: z.object({
    needs: z.array(NeedLine),
    total: z.int(),
    page: z.int(),
    /** Of everything in the own area, whatever else was asked for. */
    sums: z.object({ open: z.int(), taken: z.int(), overdue: z.int(), met: z.int() }),
  }),
  callers: [...BOOK_KEEPERS],
  access: { resource: 'need', action: 'list', scope: 'area' },
});

/** Needs to travel by the classes of the official survey, for each town. */
export const countNeedClasses = endpoint({
  name: 'people.countNeedClasses',
  method: 'GET',
  path: '/api/needs/classes',
  query: z.object({ season: SeasonId }),
  reply: z.object({
    towns: z.array(
      z.object({
        area: AreaCode,
        areaName: z.string(),
        areaPinyin: z.string(),
        people: z.int(),
        withinProvince: z.int(),
        acrossProvinces: z.int(),
        noPlace: z.int(),
        concentrated: z.int(),
        byEmployer: z.int(),
      }),
    ),
  }),
  callers: [...BOOK_KEEPERS],
  access: { resource: 'need', action: 'read', scope: 'area' },
});

/** Colleagues to whom a need can be handed: accounts of the own district that work with people. */
export const listHands = endpoint({
  name: 'people.listHands',
  method: 'GET',
  path: '/api/needs/hands',
  reply: z.object({ staff: z.array(z.object({ id: z.uuid(), name: z.string(), areaName: z.string() })) }),
  callers: [...BOOK_KEEPERS],
  access: { resource: 'account', action: 'list', scope: 'area' },
});

/** Needs and difficulties of one person in a season. */
export const needsOfPerson = endpoint({
  name: 'people.needsOfPerson',
  method: 'GET',
  path: '/api/people/:personId/needs',
  params: z.object({ personId: z.uuid() }),
  query: z.object({ season: SeasonId }),
  reply: z.object({ needs: z.array(NeedFacts), difficulties: z.array(DifficultyLine) }),
  callers: [...BOOK_KEEPERS],
  access: { resource: 'need', action: 'list', scope: 'area' },
});

const write = {
  callers: [...BOOK_KEEPERS],
  access: { resource: 'need', action: 'write', scope: 'area' },
} as const;
const reply = z.object({ status: NeedStatus });

/** Works on it from now on. */
export const takeNeedOf = endpoint({
  name: 'people.takeNeed',
  method: 'POST',
  path: '/api/needs/:needId/take',
  params: AtNeed,
  body: z.object({ key: Key }),
  reply,
  ...write,
});

/** Hands it to a colleague of the own district. */
export const handNeedOf = endpoint({
  name: 'people.handNeed',
  method: 'POST',
  path: '/api/needs/:needId/hand',
  params: AtNeed,
  body: z.object({ staffId: z.uuid(), key: Key }),
  reply,
  ...write,
});

/** Nothing is needed any more, for a named reason. */
export const voidNeedOf = endpoint({
  name: 'people.voidNeed',
  method: 'POST',
  path: '/api/needs/:needId/void',
  params: AtNeed,
  body: z.object({ why: z.enum(SAID_VOID_REASONS), key: Key }),
  reply,
  ...write,
});

/** A fact the office has seen meets it; what it saw is kept sealed. */
export const meetNeedOf = endpoint({
  name: 'people.meetNeed',
  method: 'POST',
  path: '/api/needs/:needId/evidence',
  params: AtNeed,
  body: z.object({ fact: z.enum(NEED_FACTS), note: z.string().max(200).default(''), key: Key }),
  reply,
  ...write,
});
