import { z } from 'zod';
import { endpoint, Key } from '../basics/api.ts';
import { DeviceLine, SessionLine } from './api-account.ts';
import { AreaCode, MomentText, OfficeKind, Recognized, Role, SignInSettings } from './schema.ts';

const Id = z.object({ id: z.uuid() });
const Name = z.string().trim().min(1).max(40);
const ADMINISTRATORS = ['systemAdministrator', 'securityAdministrator', 'auditAdministrator'] as const;

export const STAFF_ROWS = 50;

export const OfficeLine = z.object({
  id: z.uuid(),
  kind: OfficeKind,
  name: z.string(),
  area: AreaCode,
  areaName: z.string(),
  areaPinyin: z.string(),
  staff: z.int(),
});
export type OfficeLine = z.infer<typeof OfficeLine>;

export const listOffices = endpoint({
  name: 'offices.listOffices',
  method: 'GET',
  path: '/api/offices',
  query: z.object({ text: z.string().max(40).optional() }),
  reply: z.object({ offices: z.array(OfficeLine) }),
  callers: [...ADMINISTRATORS],
  access: { resource: 'office', action: 'list', scope: 'area' },
});

export const addOffice = endpoint({
  name: 'offices.addOffice',
  method: 'POST',
  path: '/api/offices',
  body: z.object({
    kind: OfficeKind,
    name: z.string().trim().min(2).max(60),
    area: AreaCode,
    key: Key,
  }),
  reply: z.object({ officeId: z.uuid() }),
  callers: ['systemAdministrator'],
  access: { resource: 'office', action: 'write', scope: 'area' },
});

export const StaffLine = z.object({
  id: z.uuid(),
  login: z.string(),
  name: z.string(),
  namePinyin: z.string(),
  role: Role,
  area: AreaCode,
  areaName: z.string(),
  areaPinyin: z.string(),
  officeId: z.uuid(),
  officeName: z.string(),
  state: z.enum(['active', 'waiting', 'shut']),
  mustChange: z.boolean(),
  createdAt: MomentText,
});
export type StaffLine = z.infer<typeof StaffLine>;

export const listStaff = endpoint({
  name: 'offices.listStaff',
  method: 'GET',
  path: '/api/staff',
  query: z.object({
    text: z.string().max(40).optional(),
    role: Role.optional(),
    state: z.enum(['active', 'waiting', 'shut']).optional(),
    page: z.coerce.number().int().min(1).max(1000).default(1),
  }),
  reply: z.object({ staff: z.array(StaffLine), total: z.int() }),
  callers: [...ADMINISTRATORS],
  access: { resource: 'staff', action: 'list', scope: 'area' },
});

/**
 * The first password, shown once and to be changed at the first sign-in. Of a proposed administrator it is the proposer's half: the other
 * half appears when the security administrator grants the account.
 */
const FirstPassword = z.object({ staffId: z.uuid(), password: z.string(), half: z.boolean() });

export const addStaff = endpoint({
  name: 'offices.addStaff',
  method: 'POST',
  path: '/api/staff',
  body: z.object({
    login: z
      .string()
      .trim()
      .regex(/^[\p{L}\p{N}][\p{L}\p{N}._@-]{2,59}$/u),
    name: Name,
    role: Role,
    area: AreaCode,
    officeId: z.uuid(),
    key: Key,
  }),
  reply: FirstPassword,
  callers: ['systemAdministrator'],
  access: { resource: 'staff', action: 'write', scope: 'area' },
});

export const changeStaff = endpoint({
  name: 'offices.changeStaff',
  method: 'POST',
  path: '/api/staff/:id/change',
  params: Id,
  body: z.object({ name: Name, role: Role, area: AreaCode, officeId: z.uuid(), key: Key }),
  reply: z.object({}),
  callers: ['systemAdministrator'],
  access: { resource: 'staff', action: 'write', scope: 'area' },
});

/** Shuts an account (its sessions and phones end at once) or opens it again. */
export const setStaffActive = endpoint({
  name: 'offices.setStaffActive',
  method: 'POST',
  path: '/api/staff/:id/active',
  params: Id,
  body: z.object({ active: z.boolean(), key: Key }),
  reply: z.object({}),
  callers: ['systemAdministrator', 'securityAdministrator'],
  access: { resource: 'staff', action: 'write', scope: 'area' },
});

export const resetPassword = endpoint({
  name: 'offices.resetPassword',
  method: 'POST',
  path: '/api/staff/:id/reset',
  params: Id,
  body: z.object({
    /** Also takes off authenticator, passkeys and recovery codes: for a lost phone. */
    secondFactorToo: z.boolean().default(false),
    /** How its owner was recognized; asked for with `secondFactorToo`. */
    recognized: Recognized.optional(),
    key: Key,
  }),
  reply: FirstPassword,
  callers: ['systemAdministrator'],
  access: { resource: 'staff', action: 'write', scope: 'area' },
});

/** Grants a proposed administrator: the account opens, and the second half of its first password is shown. */
export const grantStaff = endpoint({
  name: 'offices.grantStaff',
  method: 'POST',
  path: '/api/staff/:id/grant',
  params: Id,
  body: z.object({ key: Key }),
  reply: FirstPassword,
  callers: ['securityAdministrator'],
  access: { resource: 'staff', action: 'write', scope: 'area' },
});

export const declineStaff = endpoint({
  name: 'offices.declineStaff',
  method: 'POST',
  path: '/api/staff/:id/decline',
  params: Id,
  body: z.object({ key: Key }),
  reply: z.object({}),
  callers: ['securityAdministrator'],
  access: { resource: 'staff', action: 'write', scope: 'area' },
});

const Whose = z.object({
  staffId: z.uuid(),
  staffName: z.string(),
  staffPinyin: z.string(),
  login: z.string(),
  role: Role,
  officeName: z.string(),
});

/** What is open in the own area: sessions, and phones in the field. */
export const listSessions = endpoint({
  name: 'offices.listSessions',
  method: 'GET',
  path: '/api/sessions',
  reply: z.object({
    sessions: z.array(SessionLine.extend(Whose.shape).extend({ here: z.boolean() })),
    devices: z.array(DeviceLine.extend(Whose.shape)),
  }),
  callers: ['securityAdministrator'],
  access: { resource: 'session', action: 'list', scope: 'area' },
});

export const endSession = endpoint({
  name: 'offices.endSession',
  method: 'POST',
  path: '/api/sessions/:id/end',
  params: Id,
  body: z.object({ key: Key }),
  reply: z.object({}),
  callers: ['securityAdministrator'],
  access: { resource: 'session', action: 'write', scope: 'area' },
});

export const revokeDevice = endpoint({
  name: 'offices.revokeDevice',
  method: 'POST',
  path: '/api/devices/:id/revoke',
  params: Id,
  body: z.object({ key: Key }),
  reply: z.object({}),
  callers: ['securityAdministrator'],
  access: { resource: 'device', action: 'write', scope: 'area' },
});

export const readSignInSettings = endpoint({
  name: 'offices.readSignInSettings',
  method: 'GET',
  path: '/api/sign-in-settings',
  reply: z.object({
    settings: SignInSettings,
    /** False for an administrator of a district: the profile is the whole installation's. */
    mayChange: z.boolean(),
  }),
  callers: ['securityAdministrator'],
  access: { resource: 'signInRules', action: 'read', scope: 'area' },
});

export const changeSignInSettings = endpoint({
  name: 'offices.changeSignInSettings',
  method: 'POST',
  path: '/api/sign-in-settings',
  body: SignInSettings.extend({ key: Key }),
  reply: z.object({}),
  callers: ['securityAdministrator'],
  access: { resource: 'signInRules', action: 'write', scope: 'area' },
});
