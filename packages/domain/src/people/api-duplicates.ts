import { z } from 'zod';
import { endpoint } from '../basics/api.ts';
import { AreaCode, DayText, MomentText, SeasonId } from '../offices/schema.ts';
import { LaborAbility, PhoneOwner } from './registry.ts';
import { MERGE_FIELDS } from './rules-duplicates.ts';
import { Channel, WishKind, WishStatus } from './schema.ts';

/** One record of a pair, as an officer compares it: never a whole number. */
export const PairSide = z.object({
  personId: z.uuid(),
  name: z.string(),
  pinyin: z.string(),
  gender: z.enum(['male', 'female']).nullable(),
  birth: DayText.nullable(),
  /** Last four; empty where there is none. */
  idNumber: z.string(),
  phone: z.string(),
  hasSecondPhone: z.boolean(),
  area: AreaCode,
  areaName: z.string(),
  areaPinyin: z.string(),
  /** Number of the household in its village. */
  household: z.string().nullable(),
  /** Office on whose ledger the record is. */
  ledger: z.string().nullable(),
  nation: z.string().nullable(),
  education: z.string().nullable(),
  jobType: z.string().nullable(),
  workplace: z.string().nullable(),
  relation: z.string().nullable(),
  registeredPlace: z.string().nullable(),
  address: z.string().nullable(),
  laborAbility: LaborAbility.nullable(),
  phoneOwner: PhoneOwner.nullable(),
  phone2Owner: PhoneOwner.nullable(),
  channel: Channel,
  registeredAt: MomentText,
  wish: z.object({ kind: WishKind, status: WishStatus, destination: z.string().nullable() }).nullable(),
  /** Holds a way that is neither cancelled nor broken. */
  seated: z.boolean(),
});
export type PairSide = z.infer<typeof PairSide>;

export const DuplicatePair = z.object({
  id: z.uuid(),
  /** `same`: offered as one person. `ask`: somebody who knows the people decides. */
  band: z.enum(['same', 'ask']),
  /** Bits: 7 is 128 to one. */
  score: z.number(),
  /** Codes with words in words-duplicates.ts. */
  reasons: z.array(z.string()),
  first: PairSide,
  second: PairSide,
  /** Which record stays, and what it takes from the other, unless the officer says otherwise. */
  keepId: z.uuid(),
  take: z.array(z.enum(MERGE_FIELDS)),
});
export type DuplicatePair = z.infer<typeof DuplicatePair>;

/** What an office has said of a pair, the latest first. */
export const DecidedPair = z.object({
  id: z.uuid(),
  how: z.enum(['same', 'different']),
  at: MomentText,
  personId: z.uuid(),
  name: z.string(),
  pinyin: z.string(),
  mergeId: z.uuid().nullable(),
  /** Last day on which a merge can be undone. */
  undoUntil: DayText.nullable(),
});
export type DecidedPair = z.infer<typeof DecidedPair>;

const CALLERS = ['districtOfficer', 'townOfficer'] as const;
const pairAt = z.object({ pairId: z.uuid() });
const keyed = z.object({ key: z.uuid().optional() });

/** The queue of an office: pairs offered as one person first, each with how like it is, the strongest first. */
export const listDuplicates = endpoint({
  name: 'people.listDuplicates',
  method: 'GET',
  path: '/api/duplicates',
  query: z.object({ season: SeasonId }),
  reply: z.object({
    counts: z.object({ same: z.int(), ask: z.int(), decided: z.int() }),
    pairs: z.array(DuplicatePair),
    decided: z.array(DecidedPair),
    /** The last comparison of all that this office asked for. */
    run: z
      .object({
        state: z.enum(['running', 'ready', 'failed']),
        share: z.number(),
        people: z.int(),
        found: z.int(),
        at: MomentText,
      })
      .nullable(),
  }),
  callers: CALLERS,
  access: { resource: 'duplicate', action: 'list', scope: 'area' },
});

/** Asks for a comparison of everybody on the office's books; it runs in the background. */
export const compareBooks = endpoint({
  name: 'people.compareBooks',
  method: 'POST',
  path: '/api/duplicates/compare',
  body: keyed,
  reply: z.object({ started: z.boolean() }),
  callers: CALLERS,
  access: { resource: 'duplicate', action: 'write', scope: 'area' },
});

/** One person: the other record goes into `keepId`, which takes `take` from it. */
export const mergePair = endpoint({
  name: 'people.mergePair',
  method: 'POST',
  path: '/api/duplicates/:pairId/merge',
  params: pairAt,
  body: z.object({
    keepId: z.uuid(),
    take: z.array(z.enum(MERGE_FIELDS)).max(MERGE_FIELDS.length),
    key: z.uuid().optional(),
  }),
  reply: z.object({ mergeId: z.uuid() }),
  callers: CALLERS,
  access: { resource: 'duplicate', action: 'write', scope: 'area' },
});

/** Two people: not asked about again until one of the records says something else of who it is. */
export const partPair = endpoint({
  name: 'people.partPair',
  method: 'POST',
  path: '/api/duplicates/:pairId/different',
  params: pairAt,
  body: keyed,
  reply: z.object({}),
  callers: CALLERS,
  access: { resource: 'duplicate', action: 'write', scope: 'area' },
});

/** Takes back what was said of a pair: a merge is undone row for row, a "not the same" is asked about again. */
export const undoPair = endpoint({
  name: 'people.undoPair',
  method: 'POST',
  path: '/api/duplicates/:pairId/undo',
  params: pairAt,
  body: keyed,
  reply: z.object({}),
  callers: CALLERS,
  access: { resource: 'duplicate', action: 'write', scope: 'area' },
});
