import { sql } from 'kysely';
import pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { inScope, type Scope } from './database.ts';
import { newId } from './ids.ts';
import { enqueue, enqueueAll, runWorker, type Task } from './queue.ts';
import { type FreshDatabase, freshDatabase } from './testing.ts';

const scopes: readonly Scope[] = [
  { kind: 'office', staffId: newId(), officeId: newId(), areaFrom: '5', areaTo: '5' },
  { kind: 'broker', staffId: newId(), officeId: newId(), areaFrom: '5', areaTo: '5' },
  { kind: 'employer', staffId: newId(), employerId: newId() },
  { kind: 'link', itineraryId: newId() },
  { kind: 'open' },
];
const open: Scope = { kind: 'open' };
let fresh: FreshDatabase;
let worker: { stop(): Promise<void> } | undefined;
let problems: unknown[];

beforeEach(async () => {
  fresh = await freshDatabase();
  problems = [];
});
afterEach(async () => {
  await worker?.stop();
  worker = undefined;
  await fresh.close();
});

async function work(tasks: Record<string, Task>, concurrency = 2): Promise<void> {
  const onProblem = (error: unknown): void => {
    problems.push(error);
  };
  worker = await runWorker({ queue: fresh.queueUrl, tasks, concurrency, onProblem });
}

async function until(done: () => boolean): Promise<void> {
  for (let i = 0; i < 1000 && !done(); i++) await new Promise((next) => setTimeout(next, 10));
  expect(done()).toBe(true);
}

async function asQueue(text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: fresh.queueUrl });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

it('runs a job that any scope has put in', async () => {
  const seen: unknown[] = [];
  await work({ 'test.note': async (payload) => void seen.push(payload.kind) });
  for (const scope of scopes) {
    await inScope(fresh.db, fresh.city, scope, (tx) => enqueue(tx, 'test.note', { kind: scope.kind }));
  }
  await until(() => seen.length === scopes.length);
  expect([...seen].sort()).toEqual(['broker', 'employer', 'link', 'office', 'open']);
  expect(problems).toEqual([]);
});

it('forgets the job of a transaction that failed', async () => {
  const seen: unknown[] = [];
  const failing = inScope(fresh.db, fresh.city, open, async (tx) => {
    await enqueue(tx, 'test.note', { n: 1 });
    throw new Error('broken');
  });
  await expect(failing).rejects.toThrow('broken');
  await inScope(fresh.db, fresh.city, open, (tx) => enqueue(tx, 'test.note', { n: 2 }));
  await work({ 'test.note': async (payload) => void seen.push(payload.n) });
  await until(() => seen.length > 0);
  expect(seen).toEqual([2]);
});

it('takes thousands of jobs in one statement and runs each once', async () => {
  const seen = new Set<unknown>();
  let count = 0;
  const jobs = Array.from({ length: 2000 }, (_, n) => ({ task: 'test.note', payload: { n } }));
  await inScope(fresh.db, fresh.city, open, (tx) => enqueueAll(tx, jobs));
  await work(
    {
      'test.note': async (payload) => {
        count += 1;
        seen.add(payload.n);
      },
    },
    4,
  );
  await until(() => seen.size === 2000);
  expect(count).toBe(2000);
});

it('replaces a waiting job of the same key, and keeps the hour', async () => {
  const later = '2099-01-01T00:00:00+08:00';
  for (const n of [1, 2]) {
    await inScope(fresh.db, fresh.city, open, (tx) =>
      enqueue(
        tx,
        'test.note',
        { n },
        { jobKey: 'k', runAt: later, maxAttempts: 3, priority: 5, queueName: 'q' },
      ),
    );
  }
  const rows = await asQueue(
    'select key, run_at, max_attempts, priority, queue_name from graphile_worker.jobs',
  );
  expect(rows).toEqual([
    { key: 'k', run_at: new Date(later), max_attempts: 3, priority: 5, queue_name: 'q' },
  ]);
});

it('begins anew what a killed worker had begun, when it is alone', async () => {
  await inScope(fresh.db, fresh.city, open, (tx) => enqueue(tx, 'test.note', {}, { queueName: 'q' }));
  await asQueue(
    `update graphile_worker._private_jobs set locked_at = now(), locked_by = 'dead', attempts = 1`,
  );
  await asQueue(`update graphile_worker._private_job_queues set locked_at = now(), locked_by = 'dead'`);
  const attempts: number[] = [];
  const tasks = {
    'test.note': async (_: unknown, job: { attempt: number }) => void attempts.push(job.attempt),
  };
  await work(tasks);
  await new Promise((next) => setTimeout(next, 300));
  expect(attempts).toEqual([]);
  await worker?.stop();
  worker = await runWorker({ queue: fresh.queueUrl, tasks, concurrency: 1, alone: true });
  await until(() => attempts.length > 0);
  expect(attempts).toEqual([2]);
});

it('tells of a failed try, and keeps its message out of the queue', async () => {
  await work({
    'test.fail': async () => {
      throw new TypeError('张三 500101199001011234');
    },
  });
  await inScope(fresh.db, fresh.city, open, (tx) => enqueue(tx, 'test.fail', {}));
  await until(() => problems.length > 0);
  await worker?.stop();
  const rows = await asQueue('select last_error, attempts from graphile_worker.jobs');
  expect(rows).toEqual([{ last_error: expect.stringContaining('TypeError'), attempts: 1 }]);
  expect(String(rows[0]?.last_error)).not.toContain('张三');
});

it('lets neither side through the other door', async () => {
  for (const scope of scopes) {
    for (const text of [`select graphile_worker.add_job('x')`, 'select 1 from graphile_worker.jobs']) {
      const attempt = inScope(fresh.db, fresh.city, scope, (tx) => sql.raw(text).execute(tx));
      await expect(attempt, scope.kind).rejects.toThrow(/permission denied/);
    }
  }
  await expect(asQueue('select 1 from city_500000.journal')).rejects.toThrow(/permission denied/);
  await expect(asQueue('create schema mine')).rejects.toThrow(/permission denied/);
  await expect(asQueue('select 1 from fangang_meta.migration')).rejects.toThrow(/permission denied/);
});

it('gives a job that takes long back to the queue when it is stopped', async () => {
  let begun = false;
  await work({
    'test.long': () => {
      begun = true;
      return new Promise(() => undefined);
    },
  });
  await inScope(fresh.db, fresh.city, open, (tx) => enqueue(tx, 'test.long', {}));
  await until(() => begun);
  await worker?.stop();
  expect(problems).toEqual([]);
  expect(await asQueue('select attempts, locked_at from graphile_worker.jobs')).toEqual([
    { attempts: 1, locked_at: null },
  ]);
}, 15_000);
