import { z } from 'zod';
import { endpoint, Key } from '../basics/api.ts';
import { AreaCode, MomentText } from '../offices/schema.ts';
import { PersonHit } from './api.ts';
import { TRANSFER_REFUSALS, TRANSFER_WHYS } from './rules-transfer.ts';

const OFFICERS = ['districtOfficer', 'townOfficer'] as const;
const Why = z.enum(TRANSFER_WHYS);
const Reason = z.enum(TRANSFER_REFUSALS);

/**
 * Asks whichever office has somebody on its books to hand the person over. Nobody is looked up: the answer is the same whether the person is
 * on anybody's books or not, and so is what it costs.
 */
export const askTransfer = endpoint({
  name: 'people.askTransfer',
  method: 'POST',
  path: '/api/transfers',
  body: z.object({
    /** A whole number; or else the name with the last four digits of ID or telephone. */
    idNumber: z.string().max(40).default(''),
    name: z.string().max(40).default(''),
    tail: z.string().max(4).default(''),
    /** The person's home within the own area. */
    area: AreaCode,
    why: Why,
    key: Key,
  }),
  reply: z.object({ transferId: z.uuid() }),
  callers: [...OFFICERS],
  access: { resource: 'transfer', action: 'write', scope: 'area' },
});

const Place = { areaName: z.string(), areaPinyin: z.string() };

/** An asking of the own office. */
export const OwnAsking = z.object({
  id: z.uuid(),
  /** As typed; null where a whole number was. */
  name: z.string().nullable(),
  tail: z.string(),
  ...Place,
  why: Why,
  state: z.enum(['asked', 'done', 'refused', 'withdrawn', 'expired']),
  askedAt: MomentText,
  expiresAt: MomentText,
  answeredAt: MomentText.nullable(),
  reason: Reason.nullable(),
  /** On the own books since it is done. */
  personId: z.uuid().nullable(),
  /** The person came with a seat on a run of the former office, which goes on holding it. */
  withSeat: z.boolean(),
});
export type OwnAsking = z.infer<typeof OwnAsking>;

const FromOffice = { officeName: z.string(), fromName: z.string(), fromPinyin: z.string() };

/** An asking of another office for somebody on the own books. */
export const AskingOfUs = z.object({
  id: z.uuid(),
  person: PersonHit,
  ...FromOffice,
  why: Why,
  askedAt: MomentText,
  expiresAt: MomentText,
});
export type AskingOfUs = z.infer<typeof AskingOfUs>;

export const Answered = z.object({
  id: z.uuid(),
  personId: z.uuid(),
  answer: z.enum(['agreed', 'refused']),
  reason: Reason.nullable(),
  ...FromOffice,
  at: MomentText,
});
export type Answered = z.infer<typeof Answered>;

/** What the own office asks of others, what others ask of it, and what it has answered; the newest 200 of each. */
export const listTransfers = endpoint({
  name: 'people.listTransfers',
  method: 'GET',
  path: '/api/transfers',
  reply: z.object({
    askings: z.array(OwnAsking),
    ofUs: z.array(AskingOfUs),
    answered: z.array(Answered),
  }),
  callers: [...OFFICERS],
  access: { resource: 'transfer', action: 'list', scope: 'area' },
});

/** Hands a person of the own books over, or does not. Agreeing moves everything on the books in the same step. */
export const answerTransfer = endpoint({
  name: 'people.answerTransfer',
  method: 'POST',
  path: '/api/transfers/:transferId/answer',
  params: z.object({ transferId: z.uuid() }),
  body: z.object({
    personId: z.uuid(),
    answer: z.enum(['agree', 'refuse']),
    /** Needed to refuse. */
    reason: Reason.optional(),
    key: Key,
  }),
  reply: z.object({ state: z.enum(['done', 'refused']) }),
  callers: [...OFFICERS],
  access: { resource: 'transfer', action: 'write', scope: 'area' },
});

export const withdrawTransferOf = endpoint({
  name: 'people.withdrawTransfer',
  method: 'POST',
  path: '/api/transfers/:transferId/withdraw',
  params: z.object({ transferId: z.uuid() }),
  body: z.object({ key: Key }),
  reply: z.object({}),
  callers: [...OFFICERS],
  access: { resource: 'transfer', action: 'write', scope: 'area' },
});
