import { sql } from 'kysely';
import type { AuditRow, Checkpoint, Link } from './audit-chain.ts';
import type { Tx } from './database.ts';

const UTC = sql`'YYYY-MM-DD"T"HH24:MI:SS.US'`;
const ROW = sql`a.id, to_char(a.at at time zone 'UTC', ${UTC}) at, a.actor, a.area, a.action, a.subject::text, a.facts::text`;
const CHECKPOINT = sql`no, to_char(at at time zone 'UTC', ${UTC}) at, last_seq "lastSeq", hash, kept_from "keptFrom", previous, key, signature`;

/** One process at a time chains, removes or verifies; false where another is at it. Gone with the transaction. */
export async function holdAudit(tx: Tx, wait = false): Promise<boolean> {
  const lock = sql`hashtext(current_schema() || ' audit chain')`;
  if (wait) {
    await sql`select pg_advisory_xact_lock(${lock})`.execute(tx);
    return true;
  }
  const { rows } = await sql<{ held: boolean }>`select pg_try_advisory_xact_lock(${lock}) held`.execute(tx);
  return rows[0]?.held ?? false;
}

/** The database's clock, UTC to the microsecond. */
export async function auditNow(tx: Tx): Promise<string> {
  const { rows } = await sql<{ at: string }>`
    select to_char(clock_timestamp() at time zone 'UTC', ${UTC}) at`.execute(tx);
  return rows[0]?.at ?? '';
}

export async function findLastLink(tx: Tx): Promise<Link | undefined> {
  const { rows } = await sql<Link>`
    select seq, audit_id "auditId", hash, mark from offices_audit_link order by seq desc limit 1`.execute(tx);
  return rows[0];
}

export async function findLastCheckpoint(tx: Tx): Promise<Checkpoint | undefined> {
  const { rows } = await sql<Checkpoint>`
    select ${CHECKPOINT} from offices_audit_checkpoint order by no desc limit 1`.execute(tx);
  return rows[0];
}

/**
 * Committed rows that have no link yet, in the order in which they are chained. Rows from before `from` are left out: they are late, and
 * the verifier names them.
 */
export async function listUnchained(tx: Tx, from: string | null, limit: number): Promise<AuditRow[]> {
  const { rows } = await sql<AuditRow>`
    select ${ROW} from offices_audit a
    where (${from}::timestamp is null or a.at >= ${from}::timestamp at time zone 'UTC')
      and not exists (select 1 from offices_audit_link l where l.audit_id = a.id)
    order by a.at, a.id limit ${limit}`.execute(tx);
  return rows;
}

export async function addLinks(tx: Tx, links: readonly Link[]): Promise<void> {
  if (links.length === 0) return;
  await sql`insert into offices_audit_link (seq, audit_id, hash, mark)
    select * from unnest(${links.map((it) => it.seq)}::bigint[], ${links.map((it) => it.auditId)}::uuid[],
      ${links.map((it) => it.hash)}::bytea[], ${links.map((it) => it.mark)}::bytea[])`.execute(tx);
}

export async function addCheckpoint(tx: Tx, it: Checkpoint): Promise<void> {
  await sql`insert into offices_audit_checkpoint (no, at, last_seq, hash, kept_from, previous, key, signature)
    values (${it.no}, ${it.at}::timestamp at time zone 'UTC', ${it.lastSeq}, ${it.hash}, ${it.keptFrom}, ${it.previous}, ${it.key},
      ${it.signature})`.execute(tx);
}

/** The newest checkpoint all of whose rows are older than so many days. */
export async function findOldEnough(tx: Tx, days: number): Promise<{ lastSeq: number } | undefined> {
  const { rows } = await sql<{ lastSeq: number }>`
    select last_seq "lastSeq" from offices_audit_checkpoint where at < now() - make_interval(days => ${days})
    order by no desc limit 1`.execute(tx);
  return rows[0];
}

/** Removes rows and links up to a number; the database refuses (0) what is not 184 days old. */
export async function forgetUpTo(tx: Tx, seq: number): Promise<number> {
  const { rows } = await sql<{ gone: number }>`select audit_forget(${seq}) gone`.execute(tx);
  return rows[0]?.gone ?? 0;
}

/** A link with its row; the row is null where it is gone. */
export interface ChainLine extends Link {
  readonly row: AuditRow | null;
}

/** Links after a number with their rows, in order. */
export async function listChain(tx: Tx, after: number, limit: number): Promise<ChainLine[]> {
  const { rows } = await sql<Link & Omit<AuditRow, 'id'> & { id: string | null }>`
    select l.seq, l.audit_id "auditId", l.hash, l.mark, ${ROW}
    from offices_audit_link l left join offices_audit a on a.id = l.audit_id
    where l.seq > ${after} order by l.seq limit ${limit}`.execute(tx);
  return rows.map(({ seq, auditId, hash, mark, id, at, actor, area, action, subject, facts }) => ({
    seq,
    auditId,
    hash,
    mark,
    row: id === null ? null : { id, at, actor, area, action, subject, facts },
  }));
}

export async function listCheckpoints(tx: Tx): Promise<Checkpoint[]> {
  const { rows } =
    await sql<Checkpoint>`select ${CHECKPOINT} from offices_audit_checkpoint order by no`.execute(tx);
  return rows;
}

/** Rows without a link: how many wait, and the first that is older than it can be. */
export async function unchainedRows(
  tx: Tx,
  oldest: string | null,
): Promise<{ waiting: number; late: AuditRow | undefined }> {
  const free = sql`not exists (select 1 from offices_audit_link l where l.audit_id = a.id)`;
  const { rows } = await sql<{ n: number }>`select count(*) n from offices_audit a where ${free}`.execute(tx);
  if (oldest === null) return { waiting: rows[0]?.n ?? 0, late: undefined };
  const late = await sql<AuditRow>`select ${ROW} from offices_audit a
    where ${free} and a.at < ${oldest}::timestamp at time zone 'UTC' order by a.at, a.id limit 1`.execute(tx);
  return { waiting: rows[0]?.n ?? 0, late: late.rows[0] };
}
