import type { SignInMethod } from '@fangang/domain/offices/rules-sign-in.ts';
import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';
import type { StaffRow } from './store.ts';
import type { DelegationFacts } from './store-delegation.ts';

export interface LoginRow {
  readonly id: string;
  readonly password_hash: string | null;
  readonly must_change: boolean;
  /** Age of the password. */
  readonly password_hours: number;
  readonly has_second_factor: boolean;
}

export async function findLogin(tx: Tx, login: string): Promise<LoginRow | undefined> {
  const { rows } = await sql<LoginRow>`select * from staff_for_login(${login})`.execute(tx);
  return rows[0];
}

export interface TryLimits {
  readonly failures: number;
  readonly lockMin: number;
  /** Of one address, over all names. */
  readonly ofAddress: number;
}

/** Counts a try before it is looked at; what is too much already says so and is not counted. */
export async function beginTry(
  tx: Tx,
  name: string,
  address: string,
  limits: TryLimits,
): Promise<'name' | 'address' | null> {
  const { rows } = await sql<{ full: 'name' | 'address' | null }>`select begin_try(${name}, ${address},
    ${limits.failures}::integer, ${limits.lockMin}::integer, ${limits.ofAddress}::integer) "full"`.execute(
    tx,
  );
  return rows[0]?.full ?? null;
}

/** Forgives a name its tries, or takes back the last one alone. */
export async function forgetTries(tx: Tx, name: string, lastOnly = false): Promise<void> {
  await sql`select forget_tries(${name}, ${lastOnly})`.execute(tx);
}

export interface NewSession {
  readonly hash: Buffer;
  readonly staffId: string;
  readonly method: SignInMethod;
  readonly secondFactor: boolean;
  readonly agent: string;
  readonly address: string;
}

export async function openSession(tx: Tx, it: NewSession): Promise<void> {
  await sql`select open_session(${it.hash}, ${it.staffId}::uuid, ${it.method}, ${it.secondFactor}, ${it.agent},
    ${it.address})`.execute(tx);
}

export async function closeSession(tx: Tx, hash: Buffer): Promise<void> {
  await sql`select close_session(${hash})`.execute(tx);
}

/** A new token for the same session; false where it has ended meanwhile. */
export async function rotateSession(
  tx: Tx,
  from: Buffer,
  to: Buffer,
  secondFactor: boolean,
): Promise<boolean> {
  const { rows } = await sql<{
    done: boolean;
  }>`select rotate_session(${from}, ${to}, ${secondFactor}) done`.execute(tx);
  return rows[0]?.done ?? false;
}

export interface SessionRow extends StaffRow {
  readonly session_id: string;
  readonly method: SignInMethod;
  readonly second_factor: boolean;
  readonly must_change: boolean;
  readonly password_days: number;
  readonly has_totp: boolean;
  readonly passkeys: number;
  /** For whom the session acts; null for itself. */
  readonly acting: DelegationFacts | null;
  /** As stored; null until somebody has chosen. */
  readonly settings: unknown;
}

export async function findSession(tx: Tx, hash: Buffer): Promise<SessionRow | undefined> {
  const { rows } = await sql<SessionRow>`select * from session_of(${hash})`.execute(tx);
  return rows[0];
}

export interface DeviceOwner {
  readonly device_id: string;
  readonly install: string;
  readonly epoch: number;
  readonly owner: string;
}

/** Whose phone it is; undefined once it is revoked or its owner's account is shut. */
export async function findDevice(tx: Tx, hash: Buffer): Promise<DeviceOwner | undefined> {
  const { rows } = await sql<DeviceOwner>`select * from device_of(${hash})`.execute(tx);
  return rows[0];
}

export type ChallengeKind = 'register' | 'signIn';

export async function putChallenge(
  tx: Tx,
  hash: Buffer,
  kind: ChallengeKind,
  staffId: string | null,
): Promise<void> {
  await sql`select put_challenge(${hash}, ${kind}, ${staffId}::uuid)`.execute(tx);
}

/** True once for each challenge, within five minutes. */
export async function takeChallenge(
  tx: Tx,
  hash: Buffer,
  kind: ChallengeKind,
  staffId: string | null,
): Promise<boolean> {
  const { rows } = await sql<{
    taken: boolean;
  }>`select take_challenge(${hash}, ${kind}, ${staffId}::uuid) taken`.execute(tx);
  return rows[0]?.taken ?? false;
}

export interface PasskeyRow {
  readonly id: string;
  readonly staff_id: string;
  readonly public_key: Buffer;
  readonly counter: number;
}

export async function findPasskey(tx: Tx, credential: Buffer, host: string): Promise<PasskeyRow | undefined> {
  const { rows } = await sql<PasskeyRow>`select * from passkey_of(${credential}, ${host})`.execute(tx);
  return rows[0];
}

/** False where its counter did not grow: somebody has a copy of it. */
export async function usePasskey(tx: Tx, id: string, counter: number): Promise<boolean> {
  const { rows } = await sql<{
    used: boolean;
  }>`select use_passkey(${id}::uuid, ${counter}::bigint) used`.execute(tx);
  return rows[0]?.used ?? false;
}

/** The account tied to a provider's number; the first time, the active one of that name is tied. */
export async function findStaffOfIdentity(
  tx: Tx,
  issuer: string,
  subject: string,
  login: string,
): Promise<string | undefined> {
  const { rows } = await sql<{
    id: string | null;
  }>`select staff_for_identity(${issuer}, ${subject}, ${login}) id`.execute(tx);
  return rows[0]?.id ?? undefined;
}

/** What the security administrator chose; undefined until then. */
export async function findSignInSettings(tx: Tx): Promise<unknown> {
  const { rows } = await sql<{
    value: unknown;
  }>`select value from offices_installation where key = 'signIn'`.execute(tx);
  return rows[0]?.value;
}
