import { z } from 'zod';
import { endpoint, Key } from '../basics/api.ts';
import { PasskeyAnswer, PasskeyOptions, SignedIn } from './api-sign-in.ts';
import { MomentText, Role, SignInSettings } from './schema.ts';

const Password = z.string().min(1).max(200);
const DeviceName = z.string().trim().min(1).max(40);
const Id = z.object({ id: z.uuid() });

/** What is asked again before the own ways in are changed; which of the two, or neither, `readAccount` says in `proof`. */
const Proof = z.object({ password: Password.optional(), code: z.string().min(6).max(60).optional() });
export type Proof = z.infer<typeof Proof>;

/** A session as its owner or the security administrator sees it. */
export const SessionLine = z.object({
  id: z.uuid(),
  method: z.enum(['password', 'passkey', 'oidc', 'door']),
  secondFactor: z.boolean(),
  browser: z.string(),
  system: z.string(),
  address: z.string(),
  createdAt: MomentText,
  seenAt: MomentText,
});
export type SessionLine = z.infer<typeof SessionLine>;

/** A phone in the field. */
export const DeviceLine = z.object({
  id: z.uuid(),
  install: z.uuid(),
  epoch: z.int(),
  name: z.string(),
  browser: z.string(),
  system: z.string(),
  createdAt: MomentText,
  seenAt: MomentText,
  revokedAt: MomentText.nullable(),
});
export type DeviceLine = z.infer<typeof DeviceLine>;

/** The own account: what opens it, and what is open. A session with a step left may read it, too. */
export const readAccount = endpoint({
  name: 'offices.readAccount',
  method: 'GET',
  path: '/api/account',
  reply: z.object({
    name: z.string(),
    namePinyin: z.string(),
    login: z.string(),
    role: Role,
    areaName: z.string(),
    areaPinyin: z.string(),
    officeName: z.string(),
    settings: SignInSettings,
    hasPassword: z.boolean(),
    proof: z.enum(['password', 'code', 'none', 'signInAgain']),
    passwordAt: MomentText,
    totpSince: MomentText.nullable(),
    codesLeft: z.int(),
    passkeys: z.array(
      z.object({ id: z.uuid(), name: z.string(), createdAt: MomentText, usedAt: MomentText.nullable() }),
    ),
    sessions: z.array(SessionLine.extend({ here: z.boolean() })),
    devices: z.array(DeviceLine.extend({ here: z.boolean() })),
  }),
  callers: ['anyone'],
  access: { resource: 'account', action: 'read', scope: 'self' },
});

/** Ends all other sessions of the account and gives this one a new token. */
export const changePassword = endpoint({
  name: 'offices.changePassword',
  method: 'POST',
  path: '/api/account/password',
  body: z.object({ current: Password, next: Password, key: Key }),
  reply: SignedIn,
  callers: ['anyone'],
  access: { resource: 'account', action: 'write', scope: 'self' },
});

/** A secret for an authenticator app, drawn as a QR code; it counts once a code has confirmed it. */
export const startTotp = endpoint({
  name: 'offices.startTotp',
  method: 'POST',
  path: '/api/account/totp',
  body: Proof.extend({ key: Key }),
  reply: z.object({
    secret: z.string(),
    address: z.string(),
    /** Side of the QR code in modules, and its dark modules as an SVG path. */
    qr: z.object({ side: z.int(), path: z.string() }),
  }),
  callers: ['anyone'],
  access: { resource: 'account', action: 'write', scope: 'self' },
});

/** Ten recovery codes, shown once. */
export const confirmTotp = endpoint({
  name: 'offices.confirmTotp',
  method: 'POST',
  path: '/api/account/totp/confirm',
  body: z.object({ code: z.string().min(6).max(8), key: Key }),
  reply: z.object({ codes: z.array(z.string()), pending: SignedIn.shape.pending }),
  callers: ['anyone'],
  access: { resource: 'account', action: 'write', scope: 'self' },
});

export const removeTotp = endpoint({
  name: 'offices.removeTotp',
  method: 'POST',
  path: '/api/account/totp/remove',
  body: Proof.extend({ key: Key }),
  reply: z.object({}),
  callers: ['signedIn'],
  access: { resource: 'account', action: 'write', scope: 'self' },
});

/** Ten new recovery codes; the old ones end. */
export const newRecoveryCodes = endpoint({
  name: 'offices.newRecoveryCodes',
  method: 'POST',
  path: '/api/account/recovery-codes',
  body: Proof.extend({ key: Key }),
  reply: z.object({ codes: z.array(z.string()) }),
  callers: ['signedIn'],
  access: { resource: 'account', action: 'write', scope: 'self' },
});

export const offerPasskey = endpoint({
  name: 'offices.offerPasskey',
  method: 'POST',
  path: '/api/account/passkeys/options',
  body: Proof.extend({ key: Key }),
  reply: PasskeyOptions,
  callers: ['anyone'],
  access: { resource: 'account', action: 'write', scope: 'self' },
});

export const addPasskey = endpoint({
  name: 'offices.addPasskey',
  method: 'POST',
  path: '/api/account/passkeys',
  body: z.object({ name: DeviceName, answer: PasskeyAnswer, key: Key }),
  reply: SignedIn,
  callers: ['anyone'],
  access: { resource: 'account', action: 'write', scope: 'self' },
});

export const removePasskey = endpoint({
  name: 'offices.removePasskey',
  method: 'POST',
  path: '/api/account/passkeys/:id/remove',
  params: Id,
  body: Proof.extend({ key: Key }),
  reply: z.object({}),
  callers: ['signedIn'],
  access: { resource: 'account', action: 'write', scope: 'self' },
});

export const endOwnSession = endpoint({
  name: 'offices.endOwnSession',
  method: 'POST',
  path: '/api/account/sessions/:id/end',
  params: Id,
  body: Proof.extend({ key: Key }),
  reply: z.object({}),
  callers: ['signedIn'],
  access: { resource: 'account', action: 'write', scope: 'self' },
});

/** Ends every session of the account but this one. */
export const endOtherSessions = endpoint({
  name: 'offices.endOtherSessions',
  method: 'POST',
  path: '/api/account/sessions/end-others',
  body: Proof.extend({ key: Key }),
  reply: z.object({ ended: z.int() }),
  callers: ['signedIn'],
  access: { resource: 'account', action: 'write', scope: 'self' },
});

/** Makes this browser a phone of the field: it stays signed in at doors, gates and the ledger until it is revoked. */
export const enrolDevice = endpoint({
  name: 'offices.enrolDevice',
  method: 'POST',
  path: '/api/account/devices',
  body: z.object({ name: DeviceName, install: z.uuid(), key: Key }),
  reply: z.object({ id: z.uuid(), install: z.uuid(), epoch: z.int() }),
  callers: ['escort', 'dispatcher', 'townOfficer', 'districtOfficer', 'laborBroker', 'employer'],
  access: { resource: 'account', action: 'write', scope: 'self' },
});

export const revokeOwnDevice = endpoint({
  name: 'offices.revokeOwnDevice',
  method: 'POST',
  path: '/api/account/devices/:id/revoke',
  params: Id,
  body: z.object({ key: Key }),
  reply: z.object({}),
  callers: ['signedIn'],
  access: { resource: 'account', action: 'write', scope: 'self' },
});
