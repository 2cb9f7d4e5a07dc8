import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  BEGINNING,
  type Checkpoint,
  checkpointDigest,
  type Link,
  linkHash,
  linkMark,
  signCheckpoint,
} from './audit-chain.ts';
import { schemaOf, type Tx } from './database.ts';
import type { AuditKeys } from './secrets.ts';
import { anchorFile } from './secrets-ring.ts';
import { type Services, within } from './services.ts';
import {
  addCheckpoint,
  addLinks,
  auditNow,
  findLastCheckpoint,
  findLastLink,
  findOldEnough,
  forgetUpTo,
  holdAudit,
  listUnchained,
} from './store-audit.ts';

const BATCH_ROWS = 5000;
/** A transaction that noted something may end this much later; what turns up later still was not written by the product. */
const LATEST_MS = 3_600_000;
/** 等保 level 3 and the cybersecurity law, art. 21: logs are kept for six months. */
export const LEAST_DAYS = 184;

/** UTC to the microsecond, so much earlier. */
export function earlier(at: string, ms: number): string {
  return `${new Date(Date.parse(`${at.slice(0, 23)}Z`) - ms).toISOString().slice(0, 23)}000`;
}

/** The moment before which no row can turn up that was not chained by the last checkpoint. */
export function oldestPossible(last: Pick<Checkpoint, 'at'> | undefined): string | null {
  return last ? earlier(last.at, LATEST_MS) : null;
}

interface Sealing {
  readonly keys: AuditKeys;
  readonly schema: string;
  /** UTC to the microsecond; the database's clock unless told. */
  readonly at?: string;
}

/**
 * Chains what was committed since the last time and signs the end of the chain. Does nothing while another process is at it.
 *
 * A row's hash holds the hash before it, its number and its bytes; the checkpoint holds the last hash and the checkpoint before it. Rows are
 * taken in the order of their own time; a row that commits late comes after the others, in the next checkpoint.
 */
export async function sealAudit(
  tx: Tx,
  sealing: Sealing,
): Promise<{ sealed: number; checkpoint: Checkpoint | undefined }> {
  if (!(await holdAudit(tx))) return { sealed: 0, checkpoint: undefined };
  const last = await findLastCheckpoint(tx);
  const end = await findLastLink(tx);
  // Somebody has cut the chain: to go on from there would hide it.
  if ((end?.seq ?? last?.lastSeq ?? 0) !== (last?.lastSeq ?? 0)) return { sealed: 0, checkpoint: undefined };
  const rows = await listUnchained(tx, oldestPossible(last), BATCH_ROWS);
  if (rows.length === 0) return { sealed: 0, checkpoint: undefined };
  const { keys } = sealing;
  const links: Link[] = [];
  let seq = last?.lastSeq ?? 0;
  let hash = last?.hash ?? BEGINNING;
  for (const row of rows) {
    seq += 1;
    hash = linkHash(keys, hash, seq, row);
    links.push({ seq, auditId: row.id, hash, mark: linkMark(keys, seq, hash) });
  }
  await addLinks(tx, links);
  const checkpoint = await close(tx, sealing, last, { lastSeq: seq, hash, keptFrom: last?.keptFrom ?? 1 });
  return { sealed: links.length, checkpoint };
}

async function close(
  tx: Tx,
  { keys, schema, at }: Sealing,
  last: Checkpoint | undefined,
  end: Pick<Checkpoint, 'lastSeq' | 'hash' | 'keptFrom'>,
): Promise<Checkpoint> {
  const checkpoint = signCheckpoint(keys, schema, {
    ...end,
    no: (last?.no ?? 0) + 1,
    at: at ?? (await auditNow(tx)),
    previous: last ? checkpointDigest(keys, schema, last) : BEGINNING,
    key: keys.fingerprint,
  });
  await addCheckpoint(tx, checkpoint);
  return checkpoint;
}

/**
 * Removes what was kept for so many days, in whole checkpoints, and signs from where the chain is kept now: what is left can be verified
 * without what is gone. Fewer than 184 days are refused by the database, whatever is asked.
 */
export async function retainAudit(
  tx: Tx,
  sealing: Sealing,
  days: number,
): Promise<{ removed: number; checkpoint: Checkpoint | undefined }> {
  if (!(await holdAudit(tx))) return { removed: 0, checkpoint: undefined };
  const last = await findLastCheckpoint(tx);
  const old = await findOldEnough(tx, Math.max(days, LEAST_DAYS));
  if (!last || !old || old.lastSeq < last.keptFrom) return { removed: 0, checkpoint: undefined };
  const removed = await forgetUpTo(tx, old.lastSeq);
  if (removed === 0) return { removed, checkpoint: undefined };
  const { lastSeq, hash } = last;
  const checkpoint = await close(tx, sealing, last, { lastSeq, hash, keptFrom: old.lastSeq + 1 });
  return { removed, checkpoint };
}

/** The last checkpoint as it is kept outside of the database. */
export interface Anchor {
  readonly no: number;
  readonly lastSeq: number;
  /** Of the whole checkpoint, in hexadecimal. */
  readonly digest: string;
}

export function readAnchor(file: string): Anchor | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Anchor;
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Keeps the last checkpoint where whoever changes the database does not reach: a tail cut off with its checkpoints is told by it. */
function keepAnchor(services: Services, checkpoint: Checkpoint): void {
  const { secrets, dataDir, city, log } = services;
  const digest = checkpointDigest(secrets.audit, schemaOf(city), checkpoint).toString('hex');
  const anchor: Anchor = { no: checkpoint.no, lastSeq: checkpoint.lastSeq, digest };
  // A collector that takes the log away holds what nobody here can change any more.
  log.info({ checkpoint: anchor.no, lastSeq: anchor.lastSeq, digest }, 'the audit was sealed');
  const file = anchorFile(secrets.ring().place, dataDir);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.new`, JSON.stringify(anchor), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** Days for which the audit is kept: `FANGANG_AUDIT_DAYS`, at least 184. */
export function auditDays(asked = process.env.FANGANG_AUDIT_DAYS): number {
  const days = Number(asked ?? LEAST_DAYS);
  return Number.isFinite(days) ? Math.max(days, LEAST_DAYS) : LEAST_DAYS;
}

async function sealAll(services: Services): Promise<void> {
  const sealing = { keys: services.secrets.audit, schema: schemaOf(services.city) };
  for (;;) {
    // The anchor is written after the commit: one that is behind is no alarm, one that is ahead would be.
    const { sealed, checkpoint } = await within(services, { kind: 'sealer' }, (tx) => sealAudit(tx, sealing));
    if (checkpoint) keepAnchor(services, checkpoint);
    if (sealed < BATCH_ROWS) return;
  }
}

async function retainAll(services: Services): Promise<void> {
  const sealing = { keys: services.secrets.audit, schema: schemaOf(services.city) };
  const { checkpoint } = await within(services, { kind: 'sealer' }, (tx) =>
    retainAudit(tx, sealing, auditDays()),
  );
  if (checkpoint) keepAnchor(services, checkpoint);
}

/** What runs in the background for the audit. */
export const auditTasks: Readonly<Record<string, (payload: unknown, services: Services) => Promise<void>>> = {
  audit_seal: (_payload, services) => sealAll(services),
  audit_retain: (_payload, services) => retainAll(services),
};

/** Sealed every minute; at 03:20 in Chongqing what was kept long enough goes. In UTC. */
export const AUDIT_CRONTAB = '* * * * * audit_seal\n20 19 * * * audit_retain';
