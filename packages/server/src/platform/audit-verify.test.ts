import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noteAudit } from './audit.ts';
import {
  BEGINNING,
  type Checkpoint,
  checkpointDigest,
  linkHash,
  linkMark,
  signCheckpoint,
} from './audit-chain.ts';
import { type Anchor, retainAudit, sealAudit } from './audit-seal.ts';
import { type Verdict, verifyAudit } from './audit-verify.ts';
import { inScope, type Scope, type Tx } from './database.ts';
import { newId } from './ids.ts';
import { asOwner } from './owner.ts';
import { openSecrets } from './secrets.ts';
import { listChain, listCheckpoints } from './store-audit.ts';
import { type FreshDatabase, freshDatabase } from './testing.ts';

const AREA = '500156101000';
const SCHEMA = 'city_500000';
const STAFF = newId();
const office: Scope = {
  kind: 'office',
  staffId: STAFF,
  officeId: newId(),
  areaFrom: AREA,
  areaTo: '500156101999',
};

let fresh: FreshDatabase;
let anchor: Anchor | undefined;
beforeEach(async () => {
  fresh = await freshDatabase();
  anchor = undefined;
});
afterEach(() => fresh.close());

const owner = <Value>(work: (tx: Tx) => Promise<Value>): Promise<Value> =>
  asOwner(fresh.adminUrl, fresh.city, work);
const note = (subject = newId()) =>
  inScope(fresh.db, fresh.city, office, (tx) =>
    noteAudit(tx, {
      actor: STAFF,
      area: AREA,
      action: 'people.number_revealed',
      subject,
      facts: { what: 'phone', purpose: 'emergency' },
    }),
  );

function keep(checkpoint: Checkpoint | undefined): void {
  if (!checkpoint) throw new Error('nothing was sealed');
  const digest = checkpointDigest(fresh.secrets.audit, SCHEMA, checkpoint).toString('hex');
  anchor = { no: checkpoint.no, lastSeq: checkpoint.lastSeq, digest };
}

async function seal(at?: string): Promise<number> {
  const sealing = { keys: fresh.secrets.audit, schema: SCHEMA, ...(at && { at }) };
  const done = await inScope(fresh.db, fresh.city, { kind: 'sealer' }, (tx) => sealAudit(tx, sealing));
  if (done.checkpoint) keep(done.checkpoint);
  return done.sealed;
}

/** Twelve rows under three checkpoints of four. */
async function history(): Promise<void> {
  for (let batch = 0; batch < 3; batch += 1) {
    for (let row = 0; row < 4; row += 1) await note();
    expect(await seal()).toBe(4);
  }
}

const verify = (signatures = true): Promise<Verdict> =>
  owner((tx) => verifyAudit(tx, { keys: fresh.secrets.audit, schema: SCHEMA, anchor, signatures }));
const idOf = (seq: number): Promise<string> =>
  owner(async (tx) => {
    const { rows } = await sql<{
      id: string;
    }>`select audit_id id from offices_audit_link where seq = ${seq}`.execute(tx);
    return rows[0]?.id ?? '';
  });
/** As whoever owns the database, past every right. */
const tamper = (...statements: ReturnType<typeof sql>[]): Promise<void> =>
  owner(async (tx) => {
    for (const it of statements) await it.execute(tx);
  });

/** Makes links and checkpoints anew from the rows as they now are, as somebody can who knows the program and not the key. */
async function rebuild(tx: Tx, from: number, resign = false): Promise<void> {
  const stranger = openSecrets('/nowhere', 'ab'.repeat(32), {}).audit;
  const lines = await listChain(tx, 0, 100);
  let before: Buffer = BEGINNING;
  for (const line of lines) {
    if (line.row && line.seq >= from) {
      const hash = linkHash(fresh.secrets.audit, before, line.seq, line.row);
      const mark = linkMark(stranger, line.seq, hash);
      await sql`update offices_audit_link set hash = ${hash}, mark = ${mark} where seq = ${line.seq}`.execute(
        tx,
      );
      before = hash;
    } else before = line.hash;
  }
  await sql`update offices_audit_checkpoint c set hash = l.hash from offices_audit_link l where l.seq = c.last_seq`.execute(
    tx,
  );
  if (!resign) return;
  for (const it of await listCheckpoints(tx)) {
    const signed = signCheckpoint(stranger, SCHEMA, it);
    await sql`update offices_audit_checkpoint set signature = ${signed.signature} where no = ${it.no}`.execute(
      tx,
    );
  }
}

describe('an audit that nobody has touched', () => {
  it('is proved from its first row to its last checkpoint; what is not sealed yet is counted', async () => {
    expect(await verify()).toMatchObject({ ok: true, rows: 0, unsealed: 0, anchored: false });
    await history();
    await note();
    expect(await verify()).toEqual({
      ok: true,
      first: null,
      rows: 12,
      checkpoints: 3,
      keptFrom: 1,
      unsealed: 1,
      anchored: true,
    });
  });

  it('is sealed by one process at a time, each row once', async () => {
    for (let row = 0; row < 20; row += 1) await note();
    const sealed = await Promise.all(Array.from({ length: 4 }, () => seal()));
    expect(sealed.reduce((sum, it) => sum + it)).toBe(20);
    expect(await verify()).toMatchObject({ ok: true, rows: 20 });
  });

  it('is removed after its time in whole checkpoints, and the rest is proved without it; never before 184 days', async () => {
    const past = (days: number) => sql`clock_timestamp() - make_interval(secs => ${days * 86_400})`;
    const utc = async (days: number) =>
      owner(async (tx) => {
        const { rows } = await sql<{ at: string }>`
          select to_char((${past(days)}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') at`.execute(tx);
        return rows[0]?.at ?? '';
      });
    const long = (days: number) =>
      tamper(
        sql`insert into offices_audit (id, at, actor, area, action) values (${newId()}, ${past(days)}, 'x', ${AREA}, 'offices.x')`,
      );
    for (const days of [300, 250, 190, 183]) {
      await long(days);
      await seal(await utc(days - 0.01));
    }
    await note();
    await seal();
    const retain = (days: number) =>
      inScope(fresh.db, fresh.city, { kind: 'sealer' }, (tx) =>
        retainAudit(tx, { keys: fresh.secrets.audit, schema: SCHEMA }, days),
      );
    const first = await retain(240);
    expect(first.removed).toBe(2);
    keep(first.checkpoint);
    expect(await verify()).toMatchObject({ ok: true, rows: 3, keptFrom: 3 });
    const second = await retain(1);
    expect(second.removed).toBe(1);
    keep(second.checkpoint);
    expect(await verify()).toMatchObject({ ok: true, rows: 2, keptFrom: 4 });
    expect((await retain(1)).removed).toBe(0);
    const forced = inScope(fresh.db, fresh.city, { kind: 'sealer' }, (tx) =>
      sql<{ gone: number }>`select audit_forget(5) gone`.execute(tx),
    );
    expect((await forced).rows).toEqual([{ gone: 0 }]);
    await tamper(
      sql`delete from offices_audit a using offices_audit_link l where l.audit_id = a.id and l.seq = 4`,
    );
    expect((await verify()).first).toMatchObject({ kind: 'deleted', seq: 4 });
  });
});

describe('the first bad row is named when somebody', () => {
  beforeEach(history);

  it('edits a row', async () => {
    const id = await idOf(6);
    await tamper(sql`update offices_audit set actor = 'somebody else' where id = ${id}`);
    expect((await verify()).first).toMatchObject({ kind: 'edited', seq: 6, row: id });
  });

  it('edits the facts, the moment or the subject of a row', async () => {
    for (const change of [
      sql`facts = '{"what": "idNumber"}'`,
      sql`at = at + interval '1 microsecond'`,
      sql`subject = null`,
    ]) {
      const id = await idOf(6);
      await tamper(
        sql`create table kept as select * from offices_audit`,
        sql`update offices_audit set ${change} where id = ${id}`,
      );
      expect((await verify()).first).toMatchObject({ kind: 'edited', seq: 6, row: id });
      await tamper(
        sql`delete from offices_audit`,
        sql`insert into offices_audit select * from kept`,
        sql`drop table kept`,
      );
      expect((await verify()).ok).toBe(true);
    }
  });

  it('deletes a row, with its link or without', async () => {
    const id = await idOf(6);
    await tamper(sql`delete from offices_audit where id = ${id}`);
    expect((await verify()).first).toMatchObject({ kind: 'deleted', seq: 6, row: id });
    await tamper(sql`delete from offices_audit_link where seq = 6`);
    expect((await verify()).first).toMatchObject({ kind: 'deleted', seq: 6, row: null });
    await tamper(
      sql`update offices_audit_link set seq = -seq where seq > 6`,
      sql`update offices_audit_link set seq = -seq - 1 where seq < 0`,
    );
    expect((await verify()).first).toMatchObject({ kind: 'deleted', seq: 6 });
  });

  it('inserts a row into the past, without a link or with one', async () => {
    const id = newId();
    await tamper(
      sql`insert into offices_audit (id, at, actor, area, action) values (${id}, now() - interval '2 hours', ${STAFF}, ${AREA}, 'x.y')`,
    );
    expect((await verify()).first).toMatchObject({ kind: 'inserted', seq: null, row: id });
    expect(await seal()).toBe(0);
    expect((await verify()).first).toMatchObject({ kind: 'inserted', row: id });
    await tamper(
      sql`update offices_audit_link set seq = -seq where seq >= 6`,
      sql`update offices_audit_link set seq = -seq + 1 where seq < 0`,
      sql`insert into offices_audit_link values (6, ${id}, ${Buffer.alloc(32, 1)}, ${Buffer.alloc(16, 1)})`,
    );
    expect((await verify()).first).toMatchObject({ kind: 'inserted', seq: 6, row: id });
  });

  it('puts two rows in another order', async () => {
    const [six, eight] = [await idOf(6), await idOf(8)];
    await tamper(
      sql`update offices_audit_link set audit_id = ${newId()} where seq = 8`,
      sql`update offices_audit_link set audit_id = ${eight} where seq = 6`,
      sql`update offices_audit_link set audit_id = ${six} where seq = 8`,
    );
    expect((await verify()).first).toMatchObject({ kind: 'reordered', seq: 6, row: eight });
  });

  it('cuts off the tail, with its checkpoint or without', async () => {
    const rows = sql`delete from offices_audit a using offices_audit_link l where l.audit_id = a.id and l.seq > 8`;
    await tamper(rows, sql`delete from offices_audit_link where seq > 8`);
    expect((await verify()).first).toMatchObject({ kind: 'truncated', seq: 9 });
    expect(await seal()).toBe(0);
    await tamper(sql`delete from offices_audit_checkpoint where no = 3`);
    expect((await verify()).first).toMatchObject({ kind: 'truncated', seq: 9 });
    anchor = undefined;
    expect(await verify()).toMatchObject({ ok: true, anchored: false });
  });

  it('edits a row and makes the chain anew without the key; the control without signatures misses it', async () => {
    const id = await idOf(6);
    await owner(async (tx) => {
      await sql`update offices_audit set actor = 'somebody else' where id = ${id}`.execute(tx);
      await rebuild(tx, 6, true);
    });
    anchor = undefined;
    expect((await verify()).first).toMatchObject({ kind: 'rebuilt', seq: 6, row: id });
    expect(await verify(false)).toMatchObject({ ok: true });
  });

  it('dates a checkpoint back, or exchanges two', async () => {
    await tamper(sql`update offices_audit_checkpoint set at = at - interval '1 millisecond' where no = 2`);
    expect((await verify()).first).toMatchObject({ kind: 'checkpoint', seq: 5, checkpoint: 2 });
    await tamper(
      sql`update offices_audit_checkpoint set at = at + interval '1 millisecond' where no = 2`,
      sql`update offices_audit_checkpoint set no = no + 10 where no in (2, 3)`,
      sql`update offices_audit_checkpoint set no = 3 where no = 12`,
      sql`update offices_audit_checkpoint set no = 2 where no = 13`,
    );
    expect((await verify()).first).toMatchObject({ kind: 'checkpoint', seq: 5, checkpoint: 2 });
  });
});
