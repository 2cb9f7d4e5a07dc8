import { z } from 'zod';
import { endpoint, Key } from '../basics/api.ts';
import { PendingStep } from './schema.ts';

/** Where one wanted to go, kept while an identity provider asks for the password. */
const Next = z.string().max(300).optional();

/** What is left to do before the house opens; null = nothing. */
export const SignedIn = z.object({ pending: PendingStep.nullable() });
export type SignedIn = z.infer<typeof SignedIn>;

/** What a passkey made of a challenge, as browsers give it (WebAuthn level 3, JSON form). */
export const PasskeyAnswer = z.object({
  id: z.string().max(1400),
  rawId: z.string().max(1400),
  type: z.literal('public-key'),
  response: z.record(
    z.string().max(40),
    z.union([z.string().max(8000), z.array(z.string().max(40)).max(10), z.number()]),
  ),
  authenticatorAttachment: z.string().max(40).optional(),
  clientExtensionResults: z.record(z.string().max(60), z.unknown()).default({}),
});
export type PasskeyAnswer = z.infer<typeof PasskeyAnswer>;

/** What the browser hands to the passkey (WebAuthn level 3, JSON form). */
export const PasskeyOptions = z.object({ options: z.record(z.string(), z.unknown()) });

export const signIn = endpoint({
  name: 'offices.signIn',
  method: 'POST',
  path: '/api/session',
  body: z.object({ login: z.string().min(1).max(100), password: z.string().min(1).max(200), key: Key }),
  reply: SignedIn,
  callers: ['anyone'],
  access: { resource: 'session', action: 'signIn', scope: 'self' },
});

/** The second step: six digits of the authenticator, or a recovery code. */
export const giveCode = endpoint({
  name: 'offices.giveCode',
  method: 'POST',
  path: '/api/session/code',
  body: z.object({ code: z.string().min(6).max(60), key: Key }),
  reply: SignedIn,
  callers: ['anyone'],
  access: { resource: 'session', action: 'signIn', scope: 'self' },
});

/** A challenge for a passkey: as the second step of an account, or, before any sign-in, for whichever account it opens. */
export const askPasskey = endpoint({
  name: 'offices.askPasskey',
  method: 'POST',
  path: '/api/session/passkey/options',
  body: z.object({ key: Key }),
  reply: PasskeyOptions,
  callers: ['anyone'],
  access: { resource: 'session', action: 'signIn', scope: 'self' },
});

export const signInWithPasskey = endpoint({
  name: 'offices.signInWithPasskey',
  method: 'POST',
  path: '/api/session/passkey',
  body: z.object({ answer: PasskeyAnswer, key: Key }),
  reply: SignedIn,
  callers: ['anyone'],
  access: { resource: 'session', action: 'signIn', scope: 'self' },
});

/** The address of the office's identity provider to go to. */
export const startProvider = endpoint({
  name: 'offices.startProvider',
  method: 'POST',
  path: '/api/session/provider/start',
  body: z.object({ next: Next, key: Key }),
  reply: z.object({ address: z.string() }),
  callers: ['anyone'],
  access: { resource: 'session', action: 'signIn', scope: 'self' },
});

/** What the provider sent the browser back with. */
export const signInWithProvider = endpoint({
  name: 'offices.signInWithProvider',
  method: 'POST',
  path: '/api/session/provider',
  body: z.object({
    code: z.string().min(1).max(2000),
    state: z.string().min(1).max(200),
    iss: z.string().max(300).optional(),
    key: Key,
  }),
  reply: SignedIn.extend({ next: z.string().nullable() }),
  callers: ['anyone'],
  access: { resource: 'session', action: 'signIn', scope: 'self' },
});

/** Signs out. */
export const signOut = endpoint({
  name: 'offices.signOut',
  method: 'POST',
  path: '/api/session/end',
  body: z.object({
    /** Also revokes this browser as a phone of the field. */
    phone: z.boolean().default(false),
    key: Key,
  }),
  reply: z.object({}),
  callers: ['anyone'],
  access: { resource: 'session', action: 'signOut', scope: 'self' },
});
