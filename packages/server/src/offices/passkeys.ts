import type { PasskeyAnswer } from '@fangang/domain/offices/api-sign-in.ts';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type { FastifyRequest } from 'fastify';
import { publicOrigin } from './public-origin.ts';
import type { PasskeyRow } from './store-sessions.ts';

/** For whom a passkey is made: the host of the address people open, and the origin their browser signs. */
export interface RelyingParty {
  readonly host: string;
  readonly origin: string;
}

export function relyingParty(request: FastifyRequest): RelyingParty {
  const origin = publicOrigin(request);
  return { origin, host: new URL(origin).hostname };
}

type Json = Record<string, unknown>;

export interface PasskeyOwner {
  readonly id: string;
  readonly login: string;
  readonly name: string;
}

/** What a browser needs to make a passkey: bound to this host, with PIN or fingerprint, usable without an account name. */
export async function registrationOptions(
  party: RelyingParty,
  owner: PasskeyOwner,
  known: readonly Buffer[],
): Promise<{ challenge: string; options: Json }> {
  const options = await generateRegistrationOptions({
    rpName: '返岗通 Fangang',
    rpID: party.host,
    userID: new Uint8Array(Buffer.from(owner.id.replaceAll('-', ''), 'hex')),
    userName: owner.login,
    userDisplayName: owner.name,
    attestationType: 'none',
    excludeCredentials: known.map((it) => ({ id: it.toString('base64url') })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  return { challenge: options.challenge, options: options as unknown as Json };
}

/** What a browser needs to sign in: with the named passkeys, or with any of this host. */
export async function authenticationOptions(
  party: RelyingParty,
  allowed: readonly Buffer[],
): Promise<{ challenge: string; options: Json }> {
  const options = await generateAuthenticationOptions({
    rpID: party.host,
    userVerification: 'required',
    allowCredentials: allowed.map((it) => ({ id: it.toString('base64url') })),
  });
  return { challenge: options.challenge, options: options as unknown as Json };
}

export interface MadePasskey {
  readonly credential: Buffer;
  readonly publicKey: Buffer;
  readonly counter: number;
}

/** The challenge is ours and not used yet. */
type TakeChallenge = (challenge: string) => Promise<boolean>;

/** Undefined for an answer that does not hold: wrong host, origin, challenge, signature, or nobody touched the key. */
export async function madePasskey(
  party: RelyingParty,
  answer: PasskeyAnswer,
  take: TakeChallenge,
): Promise<MadePasskey | undefined> {
  const done = await verifyRegistrationResponse({
    response: answer as never,
    expectedChallenge: take,
    expectedOrigin: party.origin,
    expectedRPID: party.host,
    requireUserVerification: true,
  }).catch(badAnswer);
  if (!done?.verified) return undefined;
  const { credential } = done.registrationInfo;
  return {
    credential: Buffer.from(credential.id, 'base64url'),
    publicKey: Buffer.from(credential.publicKey),
    counter: credential.counter,
  };
}

/** The key's new counter; undefined for an answer that does not hold. */
export async function passkeyCounter(
  party: RelyingParty,
  answer: PasskeyAnswer,
  key: PasskeyRow,
  take: TakeChallenge,
): Promise<number | undefined> {
  const done = await verifyAuthenticationResponse({
    response: answer as never,
    expectedChallenge: take,
    expectedOrigin: party.origin,
    expectedRPID: party.host,
    requireUserVerification: true,
    credential: {
      id: answer.id,
      publicKey: new Uint8Array(key.public_key),
      counter: key.counter,
    },
  }).catch(badAnswer);
  return done?.verified ? done.authenticationInfo.newCounter : undefined;
}

/** The library throws for everything a stranger can send; only what a database throws is a fault of ours. */
function badAnswer(error: unknown): undefined {
  if (error instanceof Error && 'severity' in error) throw error;
  return undefined;
}
