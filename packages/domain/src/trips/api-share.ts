import { z } from 'zod';
import { type Caller, endpoint, Key } from '../basics/api.ts';
import { AreaCode, DayText, MomentText } from '../offices/schema.ts';

const PARTNERS: readonly Caller[] = ['districtOfficer', 'dispatcher'];
const Place = { areaName: z.string(), areaPinyin: z.string() };
const OneShare = z.object({ shareId: z.uuid() });

/** Shows a run of the own district to a partner district until a day: names, boarding places, last four digits. */
export const shareTripWith = endpoint({
  name: 'trips.shareTrip',
  method: 'POST',
  path: '/api/trips/:tripId/shares',
  params: z.object({ tripId: z.uuid() }),
  body: z.object({
    /** The partner district. */
    to: AreaCode,
    /** Last day. */
    until: DayText,
    key: Key,
  }),
  reply: z.object({ shareId: z.uuid() }),
  callers: PARTNERS,
  access: { resource: 'share', action: 'write', scope: 'area' },
});

export const GivenShare = z.object({
  id: z.uuid(),
  tripId: z.uuid(),
  code: z.string(),
  day: DayText,
  ...Place,
  until: DayText,
  state: z.enum(['shared', 'withdrawn', 'over']),
  /** Who has looked, the last first. */
  looks: z.array(z.object({ staffName: z.string(), officeName: z.string(), at: MomentText })),
});
export type GivenShare = z.infer<typeof GivenShare>;

export const ReceivedShare = z.object({
  id: z.uuid(),
  officeName: z.string(),
  ...Place,
  code: z.string(),
  day: DayText,
  departAt: MomentText,
  until: DayText,
});
export type ReceivedShare = z.infer<typeof ReceivedShare>;

/** What the own district shows to partners, with who has looked; what partners show to it today. */
export const listShares = endpoint({
  name: 'trips.listShares',
  method: 'GET',
  path: '/api/shares',
  reply: z.object({ given: z.array(GivenShare), received: z.array(ReceivedShare) }),
  callers: PARTNERS,
  access: { resource: 'share', action: 'list', scope: 'area' },
});

/** The people of a run that a partner shows. Each look is noted for the partner. */
export const readShare = endpoint({
  name: 'trips.readShare',
  method: 'GET',
  path: '/api/shares/:shareId',
  params: OneShare,
  reply: z.object({
    share: ReceivedShare,
    people: z.array(
      z.object({
        name: z.string(),
        pinyin: z.string(),
        boardName: z.string(),
        boardPinyin: z.string(),
        tail: z.string(),
      }),
    ),
  }),
  callers: PARTNERS,
  access: { resource: 'share', action: 'read', scope: 'area' },
});

/** Takes a share back: the partner's next request sees nothing. */
export const withdrawShareOf = endpoint({
  name: 'trips.withdrawShare',
  method: 'POST',
  path: '/api/shares/:shareId/withdraw',
  params: OneShare,
  body: z.object({ key: Key }),
  reply: z.object({}),
  callers: PARTNERS,
  access: { resource: 'share', action: 'write', scope: 'area' },
});
