import type { AuditKeys } from './secrets.ts';

/** A row of the audit as the database says it: every part as text, so that the same bytes come out years later. */
export interface AuditRow {
  readonly id: string;
  /** UTC to the microsecond, `2022-02-11T09:00:00.000000`. */
  readonly at: string;
  readonly actor: string;
  readonly area: string;
  readonly action: string;
  readonly subject: string | null;
  /** As PostgreSQL writes jsonb: keys in its order. */
  readonly facts: string;
}

export interface Link {
  readonly seq: number;
  readonly auditId: string;
  readonly hash: Buffer;
  readonly mark: Buffer;
}

/** What a checkpoint says and signs. */
export interface CheckpointFacts {
  readonly no: number;
  /** UTC to the microsecond. */
  readonly at: string;
  readonly lastSeq: number;
  /** Of the link `lastSeq`. */
  readonly hash: Buffer;
  /** Number of the first row that is still kept. */
  readonly keptFrom: number;
  /** Digest of the checkpoint before it; zeros for the first. */
  readonly previous: Buffer;
  /** Fingerprint of the key that signs. */
  readonly key: string;
}

export interface Checkpoint extends CheckpointFacts {
  readonly signature: Buffer;
}

/** What stands before the first link and the first checkpoint. */
export const BEGINNING = Buffer.alloc(32);

function numberBytes(n: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(n));
  return bytes;
}

function rowBytes(row: AuditRow): Buffer {
  return Buffer.from(
    JSON.stringify([row.id, row.at, row.actor, row.area, row.action, row.subject, row.facts]),
  );
}

/** Hash of a row at its number, after the link before it. */
export function linkHash(keys: AuditKeys, before: Buffer, seq: number, row: AuditRow): Buffer {
  return keys.digest(before, numberBytes(seq), rowBytes(row));
}

/** Under a secret key over number and hash: whoever makes a link anew without it is told by the mark. */
export function linkMark(keys: AuditKeys, seq: number, hash: Buffer): Buffer {
  return keys.mark(Buffer.concat([numberBytes(seq), hash]));
}

function checkpointBytes(schema: string, it: CheckpointFacts): Buffer {
  const { no, at, lastSeq, hash, keptFrom, previous, key } = it;
  return Buffer.from(
    JSON.stringify([
      'fangang audit 1',
      schema,
      no,
      at,
      lastSeq,
      hash.toString('hex'),
      keptFrom,
      previous.toString('hex'),
      key,
    ]),
  );
}

export function signCheckpoint(keys: AuditKeys, schema: string, facts: CheckpointFacts): Checkpoint {
  return { ...facts, signature: keys.sign(checkpointBytes(schema, facts)) };
}

export function isSigned(keys: AuditKeys, schema: string, checkpoint: Checkpoint): boolean {
  return (
    checkpoint.key === keys.fingerprint &&
    keys.verify(checkpointBytes(schema, checkpoint), checkpoint.signature)
  );
}

/** What the next checkpoint holds of this one. */
export function checkpointDigest(keys: AuditKeys, schema: string, checkpoint: Checkpoint): Buffer {
  return keys.digest(checkpointBytes(schema, checkpoint), checkpoint.signature);
}
