import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inScope, type Scope, type Tx } from './database.ts';
import { newId } from './ids.ts';
import { append } from './journal.ts';
import { asOwner } from './owner.ts';
import { clearReplies, KEEP_REPLY_DAYS, type OnceReply, once } from './request.ts';
import { type FreshDatabase, freshDatabase } from './testing.ts';

const staffId = newId();
const scope: Scope = {
  kind: 'office',
  staffId,
  officeId: newId(),
  areaFrom: '500115000000',
  areaTo: '500115999999',
};
const RECORDED = '2022-02-11T08:00:01+08:00';
let fresh: FreshDatabase;
let runs = 0;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.close());

async function note(tx: Tx, key: string): Promise<void> {
  const subject = newId();
  const at = RECORDED;
  const area = '500115103000';
  await append(
    tx,
    [{ at, actor: staffId, key, ordinal: runs, subject, type: 'test.ran', area, data: {} }],
    RECORDED,
  );
}

function ask(key: string, body: unknown, status = 201, actor = staffId, pause = 0): Promise<OnceReply> {
  return inScope(fresh.db, fresh.city, scope, (tx) =>
    once(tx, fresh.secrets, { key, actor, route: 'POST /api/test', body }, async () => {
      runs += 1;
      await note(tx, key);
      if (pause) await sql`select pg_sleep(${pause})`.execute(tx);
      return { status, reply: { run: runs, 名: '张三' } };
    }),
  );
}

async function noted(key: string): Promise<number> {
  return await inScope(fresh.db, fresh.city, scope, async (tx) => {
    const found = await sql<{ n: number }>`select count(*) as n from journal where key = ${key}`.execute(tx);
    return found.rows[0]?.n ?? -1;
  });
}

it('does the same request once and answers byte for byte', async () => {
  const key = newId();
  const first = await ask(key, { a: 1, b: { c: 2, d: 3 } });
  const second = await ask(key, { b: { d: 3, c: 2 }, a: 1 });
  expect(first).toMatchObject({ status: 201, replayed: false });
  expect(second).toEqual({ ...first, replayed: true });
  expect(await noted(key)).toBe(1);
});

it('refuses another body under the same key, and runs nothing', async () => {
  const key = newId();
  await ask(key, { a: 1 });
  const before = runs;
  const other = await ask(key, { a: 2 });
  expect(other.status).toBe(422);
  expect(JSON.parse(other.body)).toMatchObject({ status: 422, code: 'basics.key_reused' });
  expect(runs).toBe(before);
  expect(await ask(key, { a: 1 })).toMatchObject({ status: 201, replayed: true });
});

it('does one of two that come at the same moment, and both get the same reply', async () => {
  for (let i = 0; i < 20; i++) {
    const key = newId();
    const [a, b] = await Promise.all([ask(key, {}, 201, staffId, 0.02), ask(key, {}, 201, staffId, 0.02)]);
    expect(a.body).toBe(b.body);
    expect([a.replayed, b.replayed].sort()).toEqual([false, true]);
    expect(await noted(key)).toBe(1);
  }
});

it('keeps a refusal, and undoes what was written before it', async () => {
  const key = newId();
  const first = await ask(key, {}, 409);
  expect(first).toMatchObject({ status: 409, replayed: false });
  expect(await noted(key)).toBe(0);
  const before = runs;
  expect(await ask(key, {}, 409)).toEqual({ ...first, replayed: true });
  expect(runs).toBe(before);
});

it('keeps nothing of a fault: the next try runs', async () => {
  const key = newId();
  const failing = inScope(fresh.db, fresh.city, scope, (tx) =>
    once(tx, fresh.secrets, { key, actor: staffId, route: 'POST /api/test', body: {} }, async () => {
      throw new Error('broken');
    }),
  );
  await expect(failing).rejects.toThrow('broken');
  expect(await ask(key, {})).toMatchObject({ status: 201, replayed: false });
});

it('lets nobody keep a reply under the name of another', async () => {
  await expect(ask(newId(), {}, 201, newId())).rejects.toThrow(/row-level security/);
});

describe('a reply whose time is over', () => {
  const clear = (before: string) =>
    inScope(fresh.db, fresh.city, scope, (tx) => clearReplies(tx, before, false));
  const age = (key: string, days: number) =>
    asOwner(fresh.adminUrl, fresh.city, (tx) =>
      sql`update request set at = now() - ${days}::integer * interval '1 day' where key = ${key}`.execute(tx),
    );

  it('loses its words and not its key: a late twin is told so, and nothing is done twice', async () => {
    const [old, young] = [newId(), newId()];
    const first = await ask(old, { 名: '张三' });
    const kept = await ask(young, {});
    await age(old, KEEP_REPLY_DAYS + 1);
    await age(young, KEEP_REPLY_DAYS - 1);
    // Within the time both answer byte for byte.
    expect(await ask(old, { 名: '张三' })).toEqual({ ...first, replayed: true });
    expect(await clear('2199-01-01T00:00:00+08:00')).toEqual({ cleared: 1, done: true });
    const before = runs;
    const late = await ask(old, { 名: '张三' });
    expect([late.status, JSON.parse(late.body).code]).toEqual([410, 'basics.reply_cleared']);
    expect((await ask(old, { 名: '李四' })).status).toBe(422);
    expect(await ask(young, {})).toEqual({ ...kept, replayed: true });
    expect([runs, await noted(old)]).toEqual([before, 1]);
    const left = await asOwner(fresh.adminUrl, fresh.city, async (tx) => {
      const { rows } = await sql<{
        reply: string | null;
      }>`select reply from request where key = ${old}`.execute(tx);
      return rows;
    });
    expect(left).toEqual([{ reply: null }]);
  });

  it('would be done twice were its row gone: the control', async () => {
    const key = newId();
    await ask(key, {});
    await asOwner(fresh.adminUrl, fresh.city, (tx) =>
      sql`delete from request where key = ${key}`.execute(tx),
    );
    const before = runs;
    expect(await ask(key, {})).toMatchObject({ status: 201, replayed: false });
    expect(runs).toBe(before + 1);
  });
});
