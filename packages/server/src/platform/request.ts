import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from './database.ts';
import { problemOf } from './problem.ts';
import type { Secrets } from './secrets.ts';

type Keyed = Pick<Secrets, 'sessionHash'>;

export interface RequestId {
  /** UUID chosen by the caller: the `Idempotency-Key`. */
  readonly key: string;
  readonly actor: string;
  /** Method and pattern, `POST /api/trips/:id/seats`. */
  readonly route: string;
  readonly body: unknown;
}

export interface OnceReply {
  readonly status: number;
  /** JSON, byte for byte as the first time. */
  readonly body: string;
  readonly replayed: boolean;
}

function sortedKeys(_name: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * What is kept of a body to know it again, under a key of the installation: a plain hash of a body with an ID number or a password
 * would be found by trying all of them.
 */
export function bodyHash(secrets: Keyed, body: unknown): Buffer {
  const bytes = JSON.stringify(body, sortedKeys) ?? '';
  return secrets.sessionHash(`request|${createHash('sha256').update(bytes).digest('hex')}`);
}

function lockNumber(key: string): bigint {
  return createHash('sha256').update(`request|${key}`).digest().readBigInt64BE();
}

const CLEARED = { status: 410, body: JSON.stringify(problemOf({ code: 'basics.reply_cleared' })) };

/** Days for which a reply is kept word by word. No page sends a step again after more than the hours it stays open. */
export const KEEP_REPLY_DAYS = 30;
const BATCH = 5_000;

/**
 * Takes the words of everybody's old replies away, at most one batch; key, hash and status stay. Answers how many; on a dry run how many
 * there are. The database asks the term once more.
 */
export async function clearReplies(
  tx: Tx,
  before: string,
  dryRun: boolean,
): Promise<{ readonly cleared: number; readonly done: boolean }> {
  const { rows } = await sql<{
    n: number;
  }>`select clear_replies(${before}::timestamptz, ${BATCH}, ${dryRun}) n`.execute(tx);
  const cleared = rows[0]?.n ?? 0;
  return { cleared, done: dryRun || cleared < BATCH };
}

/**
 * Does a write once, however often it is asked for.
 *
 * The first caller runs, and its reply is kept in the same transaction; a second one, at the same time or days later, gets that reply
 * byte for byte. A refusal (status from 400) is kept too, and what the run had written before it refused is undone. The same key with
 * another body → 422 `basics.key_reused`, and nothing runs. Once its words are cleared (`clearReplies`) a late twin is told so, 410
 * `basics.reply_cleared`, and nothing runs either. A thrown fault keeps nothing, so a new try runs again.
 */
export async function once(
  tx: Tx,
  secrets: Keyed,
  request: RequestId,
  run: () => Promise<{ status: number; reply: unknown }>,
): Promise<OnceReply> {
  const { key, actor, route } = request;
  const hash = bodyHash(secrets, request.body);
  // Two statements in one round trip. The look-up below is a statement of its own: its snapshot must be younger than the lock.
  await sql.raw(`select pg_advisory_xact_lock(${lockNumber(key)}); savepoint once`).execute(tx);
  const found = await sql<{ body_hash: Buffer; status: number; reply: string | null }>`
    select body_hash, status, reply from request where key = ${key} and actor = ${actor} and route = ${route}`.execute(
    tx,
  );
  const stored = found.rows[0];
  if (stored && !stored.body_hash.equals(hash)) {
    return {
      status: 422,
      body: JSON.stringify(problemOf({ code: 'basics.key_reused' })),
      replayed: false,
    };
  }
  if (stored?.reply === null) return { ...CLEARED, replayed: true };
  if (stored) return { status: stored.status, body: stored.reply, replayed: true };

  const { status, reply } = await run();
  const body = JSON.stringify(reply) ?? '';
  if (status >= 400) await sql`rollback to savepoint once`.execute(tx);
  await sql`insert into request (key, actor, route, body_hash, status, reply, at)
    values (${key}, ${actor}, ${route}, ${hash}, ${status}, ${body}, clock_timestamp())`.execute(tx);
  return { status, body, replayed: false };
}
