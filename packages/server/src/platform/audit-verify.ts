import { BEGINNING, type Checkpoint, checkpointDigest, isSigned, linkHash, linkMark } from './audit-chain.ts';
import { type Anchor, oldestPossible } from './audit-seal.ts';
import type { Tx } from './database.ts';
import type { AuditKeys } from './secrets.ts';
import { type ChainLine, holdAudit, listChain, listCheckpoints, unchainedRows } from './store-audit.ts';

export const TAMPERINGS = [
  'edited',
  'deleted',
  'inserted',
  'reordered',
  'truncated',
  'rebuilt',
  'checkpoint',
] as const;
export type Tampering = (typeof TAMPERINGS)[number];

/** The first row that is not as it was written. */
export interface BadRow {
  readonly kind: Tampering;
  /** Number in the chain; null for a row that never was in it. */
  readonly seq: number | null;
  /** Id of the row; null where it is gone. */
  readonly row: string | null;
  /** Of the row or the checkpoint, UTC; null where it is gone. */
  readonly at: string | null;
  /** The checkpoint that does not hold, where it is one. */
  readonly checkpoint?: number;
}

export interface Verdict {
  readonly ok: boolean;
  readonly first: BadRow | null;
  /** Rows whose place in the chain was proved. */
  readonly rows: number;
  readonly checkpoints: number;
  /** First number that is kept; the rows before it were removed after their time. */
  readonly keptFrom: number;
  /** Written since the last checkpoint: not yet protected. */
  readonly unsealed: number;
  /** Whether a checkpoint kept outside of the database was compared. */
  readonly anchored: boolean;
}

interface Verifying {
  readonly keys: AuditKeys;
  readonly schema: string;
  readonly anchor: Anchor | undefined;
  /** False leaves out what asks for a secret or a signature: the control of the tests, which misses a chain made anew. */
  readonly signatures?: boolean;
}

const PAGE = 2000;

/**
 * Proves the audit from its first kept row to its last checkpoint, and names the first row that is not as it was written.
 *
 * Waits until nobody chains or removes. The chain tells an edit, a removal, an insertion and another order; the keyed marks tell which row was
 * made anew; the signatures tell a changed, exchanged or dated checkpoint; the anchor outside of the database tells a tail cut off together
 * with its checkpoints. O(rows), a page of 2,000 in memory.
 */
export async function verifyAudit(tx: Tx, input: Verifying): Promise<Verdict> {
  await holdAudit(tx, true);
  const checkpoints = await listCheckpoints(tx);
  const last = checkpoints[checkpoints.length - 1];
  const keptFrom = last?.keptFrom ?? 1;
  const badCheckpoint = firstBadCheckpoint(input, checkpoints);
  const walked = await walk(tx, input, checkpoints, keptFrom);
  const { waiting, late } = await unchainedRows(tx, oldestPossible(last));
  const lateRow: BadRow | null = late ? { kind: 'inserted', seq: null, row: late.id, at: late.at } : null;
  const cut = tailCut(input, checkpoints);
  // A row says more than the checkpoint above it, which whoever changed the row has had to change, too.
  const first = walked.bad ?? badCheckpoint ?? cut ?? lateRow;
  return {
    ok: first === null,
    first,
    rows: walked.rows,
    checkpoints: checkpoints.length,
    keptFrom,
    unsealed: waiting,
    anchored: input.anchor !== undefined,
  };
}

/** Each checkpoint follows the one before it, is signed, and goes forward in time and number. */
function firstBadCheckpoint(
  { keys, schema, signatures = true }: Verifying,
  checkpoints: readonly Checkpoint[],
): BadRow | null {
  let before: Checkpoint | undefined;
  for (const it of checkpoints) {
    const follows =
      it.no === (before?.no ?? 0) + 1 &&
      it.at >= (before?.at ?? '') &&
      it.lastSeq >= (before?.lastSeq ?? 0) &&
      it.keptFrom >= (before?.keptFrom ?? 1);
    const bound =
      !signatures ||
      (isSigned(keys, schema, it) &&
        it.previous.equals(before ? checkpointDigest(keys, schema, before) : BEGINNING));
    if (!follows || !bound) {
      return { kind: 'checkpoint', seq: (before?.lastSeq ?? 0) + 1, row: null, at: it.at, checkpoint: it.no };
    }
    before = it;
  }
  return null;
}

/** The last checkpoint outside of the database must be in it. */
function tailCut({ keys, schema, anchor }: Verifying, checkpoints: readonly Checkpoint[]): BadRow | null {
  if (!anchor) return null;
  const kept = checkpoints.find((it) => it.no === anchor.no);
  const last = checkpoints[checkpoints.length - 1];
  if (!kept) return { kind: 'truncated', seq: (last?.lastSeq ?? 0) + 1, row: null, at: null };
  if (checkpointDigest(keys, schema, kept).toString('hex') === anchor.digest) return null;
  const before = checkpoints.find((it) => it.no === anchor.no - 1);
  return { kind: 'checkpoint', seq: (before?.lastSeq ?? 0) + 1, row: null, at: kept.at, checkpoint: kept.no };
}

/** Where the chain begins that is kept: the checkpoint at which the removed part ended. */
function startOf(checkpoints: readonly Checkpoint[], keptFrom: number): Buffer | undefined {
  if (keptFrom === 1) return BEGINNING;
  return checkpoints.find((it) => it.lastSeq === keptFrom - 1)?.hash;
}

async function walk(
  tx: Tx,
  input: Verifying,
  checkpoints: readonly Checkpoint[],
  keptFrom: number,
): Promise<{ rows: number; bad: BadRow | null }> {
  const last = checkpoints[checkpoints.length - 1];
  const ends = new Map(checkpoints.map((it) => [it.lastSeq, it]));
  const start = startOf(checkpoints, keptFrom);
  const gone = (seq: number): BadRow => ({ kind: 'deleted', seq, row: null, at: null });
  if (!start) return { rows: 0, bad: gone(keptFrom) };
  let before = start;
  let seq = keptFrom - 1;
  for (;;) {
    const page = await listChain(tx, seq, PAGE);
    for (const [i, line] of page.entries()) {
      if (line.seq !== seq + 1) return { rows: seq - keptFrom + 1, bad: gone(seq + 1) };
      const bad = badLine(input, before, page, i) ?? badEnd(ends.get(line.seq), line);
      if (bad) return { rows: seq - keptFrom + 1, bad };
      before = line.hash;
      seq = line.seq;
    }
    if (page.length < PAGE) break;
  }
  const rows = seq - keptFrom + 1;
  if (last && seq < last.lastSeq) {
    return { rows, bad: { kind: 'truncated', seq: seq + 1, row: null, at: null } };
  }
  return { rows, bad: null };
}

/** A checkpoint signs another hash than the chain has: the chain was made anew up to here. */
function badEnd(end: Checkpoint | undefined, line: ChainLine): BadRow | null {
  if (!end || end.hash.equals(line.hash)) return null;
  return { kind: 'rebuilt', seq: line.seq, row: line.auditId, at: line.row?.at ?? null, checkpoint: end.no };
}

function badLine(input: Verifying, before: Buffer, page: readonly ChainLine[], i: number): BadRow | null {
  const { keys, signatures = true } = input;
  const line = page[i] as ChainLine;
  const { seq, row, hash, mark } = line;
  if (!row) return { kind: 'deleted', seq, row: line.auditId, at: null };
  const found = { seq, row: row.id, at: row.at };
  if (linkHash(keys, before, seq, row).equals(hash)) {
    if (!signatures || linkMark(keys, seq, hash).equals(mark)) return null;
    return { kind: isPutBefore(input, before, page, i) ? 'inserted' : 'rebuilt', ...found };
  }
  return { kind: mismatchOf(input, before, page, i), ...found };
}

/** The link of the row that belongs here stands one further: something was put before it. */
function isPutBefore({ keys }: Verifying, before: Buffer, page: readonly ChainLine[], i: number): boolean {
  const next = page[i + 1];
  const { seq } = page[i] as ChainLine;
  return Boolean(next?.row && linkHash(keys, before, seq, next.row).equals(next.hash));
}

/** What was done to a row that does not fit its link, told by what would fit it. */
function mismatchOf(input: Verifying, before: Buffer, page: readonly ChainLine[], i: number): Tampering {
  const { keys } = input;
  const { seq, hash, mark } = page[i] as ChainLine;
  if (isPutBefore(input, before, page, i)) return 'inserted';
  // The mark is that of the number after it: the row before it was taken out and the numbers closed up.
  if (linkMark(keys, seq + 1, hash).equals(mark)) return 'deleted';
  const belongs = page.find(({ row }) => row && linkHash(keys, before, seq, row).equals(hash));
  return belongs ? 'reordered' : 'edited';
}
