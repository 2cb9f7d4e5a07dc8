import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';

/* All of it about the account that asks: each function looks at the scope's own id and takes no other. */

export interface OwnAccountRow {
  readonly must_change: boolean;
  readonly has_password: boolean;
  readonly password_at: string;
  readonly totp_since: string | null;
  readonly codes_left: number;
}

export async function getOwnAccount(tx: Tx): Promise<OwnAccountRow> {
  const { rows } = await sql<OwnAccountRow>`select * from own_account()`.execute(tx);
  const row = rows[0];
  if (!row) throw new Error('an account without a row');
  return row;
}

/** The own hash and earlier ones, the newest first, `most` of them at most. */
export async function listOwnPasswords(tx: Tx, most: number): Promise<string[]> {
  const { rows } = await sql<{
    password_hash: string;
  }>`select password_hash from own_passwords(${most}::integer)`.execute(tx);
  return rows.map((it) => it.password_hash);
}

/** Sets the password and ends every other session of the account. */
export async function setOwnPassword(tx: Tx, hash: string, keepSession: string): Promise<void> {
  await sql`select set_own_password(${hash}, ${keepSession}::uuid)`.execute(tx);
}

async function truth(tx: Tx, question: ReturnType<typeof sql>): Promise<boolean> {
  const { rows } = await sql<{ yes: boolean | null }>`select ${question} yes`.execute(tx);
  return rows[0]?.yes ?? false;
}

export async function findOwnTotp(tx: Tx): Promise<{ sealed: Buffer; confirmed: boolean } | undefined> {
  const { rows } = await sql<{ sealed: Buffer; confirmed: boolean }>`select * from own_totp()`.execute(tx);
  return rows[0];
}

/** False where a confirmed authenticator is there. */
export const putOwnTotp = (tx: Tx, sealed: Buffer): Promise<boolean> =>
  truth(tx, sql`put_own_totp(${sealed})`);

/** True once for each 30 seconds; `confirming` makes a new authenticator count. */
export const takeOwnTotp = (tx: Tx, step: number, confirming: boolean): Promise<boolean> =>
  truth(tx, sql`take_own_totp(${step}::bigint, ${confirming})`);

export const dropOwnTotp = (tx: Tx): Promise<boolean> => truth(tx, sql`drop_own_totp()`);

export async function setOwnCodes(tx: Tx, hashes: readonly Buffer[]): Promise<void> {
  await sql`select set_own_codes(${[...hashes]}::bytea[])`.execute(tx);
}

export const takeOwnCode = (tx: Tx, hash: Buffer): Promise<boolean> => truth(tx, sql`take_own_code(${hash})`);

export interface OwnPasskeyRow {
  readonly id: string;
  readonly credential: Buffer;
  readonly name: string;
  readonly host: string;
  readonly created_at: string;
  readonly used_at: string | null;
}

export async function listOwnPasskeys(tx: Tx): Promise<OwnPasskeyRow[]> {
  const { rows } = await sql<OwnPasskeyRow>`select * from own_passkeys()`.execute(tx);
  return rows;
}

export interface NewPasskey {
  readonly id: string;
  readonly credential: Buffer;
  readonly publicKey: Buffer;
  readonly counter: number;
  readonly host: string;
  readonly name: string;
}

/** False where this credential is known already. */
export const addOwnPasskey = (tx: Tx, it: NewPasskey): Promise<boolean> =>
  truth(
    tx,
    sql`add_own_passkey(${it.id}::uuid, ${it.credential}, ${it.publicKey}, ${it.counter}::bigint, ${it.host}, ${it.name})`,
  );

export const dropOwnPasskey = (tx: Tx, id: string): Promise<boolean> =>
  truth(tx, sql`drop_own_passkey(${id}::uuid)`);

export interface OpenSessionRow {
  readonly id: string;
  readonly method: 'password' | 'passkey' | 'oidc' | 'door';
  readonly second_factor: boolean;
  readonly agent: string;
  readonly address: string;
  readonly created_at: string;
  readonly seen_at: string;
}

export async function listOwnSessions(tx: Tx): Promise<OpenSessionRow[]> {
  const { rows } = await sql<OpenSessionRow>`select * from own_sessions()`.execute(tx);
  return rows;
}

/** How long ago the own session began; a session that is none is as old as can be. */
export async function ownSessionMinutes(tx: Tx, id: string): Promise<number> {
  const { rows } = await sql<{
    minutes: number;
  }>`select extract(epoch from now() - created_at)::float8 / 60 minutes
    from own_sessions() where id = ${id}::uuid`.execute(tx);
  return rows[0]?.minutes ?? Number.POSITIVE_INFINITY;
}

export const endOwnSessionById = (tx: Tx, id: string): Promise<boolean> =>
  truth(tx, sql`end_own_session(${id}::uuid)`);

export async function endOwnOthers(tx: Tx, keep: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select end_own_others(${keep}::uuid) n`.execute(tx);
  return rows[0]?.n ?? 0;
}

export interface DeviceRow {
  readonly id: string;
  readonly install: string;
  readonly epoch: number;
  readonly name: string;
  readonly agent: string;
  readonly created_at: string;
  readonly seen_at: string;
  readonly revoked_at: string | null;
}

export async function listOwnDevices(tx: Tx): Promise<DeviceRow[]> {
  const { rows } = await sql<DeviceRow>`select * from own_devices()`.execute(tx);
  return rows;
}

export interface NewDevice {
  readonly id: string;
  readonly install: string;
  readonly name: string;
  readonly hash: Buffer;
  readonly agent: string;
}

/** The epoch of the phone: 1, or one more each time it is enrolled anew. Undefined where the install is a live phone of somebody else. */
export async function addOwnDevice(tx: Tx, it: NewDevice): Promise<number | undefined> {
  const { rows } = await sql<{
    epoch: number | null;
  }>`select add_own_device(${it.id}::uuid, ${it.install}::uuid,
    ${it.name}, ${it.hash}, ${it.agent}) epoch`.execute(tx);
  return rows[0]?.epoch ?? undefined;
}

export const revokeOwnDeviceById = (tx: Tx, id: string): Promise<boolean> =>
  truth(tx, sql`revoke_own_device(${id}::uuid)`);

/** A line of the audit under the own name and in the own area. */
export async function noteOwn(
  tx: Tx,
  action: string,
  about: string,
  facts: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await sql`select note_own(${action}, ${about}::uuid, ${JSON.stringify(facts)}::jsonb)`.execute(tx);
}
