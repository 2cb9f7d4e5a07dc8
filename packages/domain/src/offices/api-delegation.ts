import { z } from 'zod';
import { endpoint, Key } from '../basics/api.ts';
import { DELEGABLE } from './rules-delegation.ts';
import { AreaCode, DayText, MomentText, Role } from './schema.ts';

const SELF = { resource: 'delegation', scope: 'self' } as const;

/** A role handed over for leave, as either of the two sees it. */
export const DelegationLine = z.object({
  id: z.uuid(),
  otherName: z.string(),
  otherPinyin: z.string(),
  otherLogin: z.string(),
  role: Role,
  areaName: z.string(),
  areaPinyin: z.string(),
  fromDay: DayText,
  toDay: DayText,
  state: z.enum(['coming', 'live', 'over', 'ended']),
  endedAt: MomentText.nullable(),
});
export type DelegationLine = z.infer<typeof DelegationLine>;

/** What the own account has handed over, and what was handed to it. */
export const listDelegations = endpoint({
  name: 'offices.listDelegations',
  method: 'GET',
  path: '/api/account/delegations',
  reply: z.object({
    given: z.array(DelegationLine),
    received: z.array(DelegationLine),
    acting: z.uuid().nullable(),
  }),
  callers: [...DELEGABLE],
  access: { ...SELF, action: 'list' },
});

/** Hands the own role over to an account of the same office or the office above, from day to day of real time. */
export const giveDelegation = endpoint({
  name: 'offices.giveDelegation',
  method: 'POST',
  path: '/api/account/delegations',
  body: z.object({
    login: z.string().trim().min(3).max(60),
    /** The own area or a part of it. */
    area: AreaCode,
    fromDay: DayText,
    toDay: DayText,
    key: Key,
  }),
  reply: z.object({}),
  callers: [...DELEGABLE],
  access: { ...SELF, action: 'write' },
});

/** Ends it before its day; either of the two may. The very next request of who acts under it is refused. */
export const endDelegationOf = endpoint({
  name: 'offices.endDelegation',
  method: 'POST',
  path: '/api/account/delegations/:id/end',
  params: z.object({ id: z.uuid() }),
  body: z.object({ key: Key }),
  reply: z.object({}),
  callers: [...DELEGABLE],
  access: { ...SELF, action: 'write' },
});

/** This session acts for somebody on leave from now on; without a delegation, for itself again. */
export const actFor = endpoint({
  name: 'offices.actFor',
  method: 'POST',
  path: '/api/account/acting',
  body: z.object({ delegation: z.uuid().nullable(), key: Key }),
  reply: z.object({}),
  callers: [...DELEGABLE],
  access: { ...SELF, action: 'write' },
});
