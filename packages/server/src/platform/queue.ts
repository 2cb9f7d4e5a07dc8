import { setTimeout as pause } from 'node:timers/promises';
import { Logger, run, runMigrations } from 'graphile-worker';
import { sql } from 'kysely';
import pg from 'pg';
import { type Login, signIn, type Tx } from './database.ts';
import { APP, OWNER, QUEUE, SCOPES } from './roles.ts';

export interface EnqueueOptions {
  /** ISO 8601; at once unless told. */
  readonly runAt?: string;
  /** Tries before the job is left as failed; 25 unless told, about three days. */
  readonly maxAttempts?: number;
  /** A job that waits under the same key is replaced. */
  readonly jobKey?: string;
  /** Jobs of one queue run one after the other. */
  readonly queueName?: string;
  /** Lower runs first; 0 unless told. */
  readonly priority?: number;
}

export interface JobToEnqueue extends EnqueueOptions {
  readonly task: string;
  /** Ids only: the row lies in the queue in the clear. */
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Puts a job into the queue, in the transaction of what it follows from: both happen or neither. */
export async function enqueue(
  tx: Tx,
  task: string,
  payload: Readonly<Record<string, unknown>>,
  options: EnqueueOptions = {},
): Promise<void> {
  await enqueueAll(tx, [{ task, payload, ...options }]);
}

/** Puts many jobs into the queue in one statement. A `jobKey` may occur once among them. */
export async function enqueueAll(tx: Tx, jobs: readonly JobToEnqueue[]): Promise<void> {
  if (jobs.length === 0) return;
  const specs = jobs.map(({ task, payload, runAt, maxAttempts, jobKey, queueName, priority }) => ({
    identifier: task,
    payload,
    run_at: runAt,
    max_attempts: maxAttempts,
    job_key: jobKey,
    queue_name: queueName,
    priority,
  }));
  await sql`select fangang_queue.enqueue(${JSON.stringify(specs)}::json)`.execute(tx);
}

export interface Job {
  readonly id: string;
  /** 1 at the first try. */
  readonly attempt: number;
}

export type Task = (payload: Readonly<Record<string, unknown>>, job: Job) => Promise<void>;

export interface WorkerOptions {
  /** Of the role `fangang_queue`. */
  readonly queue: string | Login;
  readonly tasks: Readonly<Record<string, Task>>;
  readonly concurrency: number;
  /** Lines of a crontab in UTC: `0 19 * * * figures.close` is three in the morning in Chongqing. */
  readonly crontab?: string;
  /**
   * True when no other process works on this queue, as with the embedded database: what a killed predecessor had begun is begun anew at
   * once. Otherwise it is left alone for four hours, because its worker may still live on another machine.
   */
  readonly alone?: boolean;
  /** Told of every failed try and of a broken connection; the queue itself keeps only the error's name. */
  readonly onProblem?: (error: unknown, facts: Readonly<Record<string, string | number>>) => void;
}

/** A broken connection, idle or at work, is told and never ends the process. */
function watch(pool: pg.Pool, onError: (error: Error) => void): void {
  pool.on('error', onError);
  pool.on('connect', (client) => client.on('error', onError));
}

const silent = new Logger(() => () => undefined);

interface RunningJob {
  readonly id: string;
  readonly attempts: number;
  readonly locked_by: string | null;
}

async function unlock(pool: pg.Pool, holders: readonly string[]): Promise<void> {
  await pool.query('select graphile_worker.force_unlock_workers($1)', [holders]);
}

async function unlockLeftJobs(pool: pg.Pool): Promise<void> {
  await pool.query(`select graphile_worker.force_unlock_workers(array(
    select locked_by from graphile_worker._private_jobs where locked_by is not null
    union select locked_by from graphile_worker._private_job_queues where locked_by is not null))`);
}

/** Running jobs may take so long to end when the worker is stopped; then they are given back to the queue. */
const PATIENCE_MS = 3_000;

/**
 * Works off jobs until stopped; `stop` gives the running ones three seconds to end and leaves the others to the next worker.
 * A job may run twice when a worker was killed: tasks bear it.
 */
export async function runWorker(options: WorkerOptions): Promise<{ stop(): Promise<void> }> {
  const { tasks, concurrency, onProblem = () => undefined } = options;
  const pool = new pg.Pool({
    ...signIn(options.queue),
    max: concurrency + 3,
    application_name: 'fangang queue',
  });
  let stopped: Promise<void> | undefined;
  // While it stops, what breaks is what was meant to end.
  const tell = (error: unknown): void => {
    if (!stopped) onProblem(error, {});
  };
  watch(pool, tell);
  /** Workers with a job in hand: one job each. */
  const holders = new Set<string>();
  const taskList = Object.fromEntries(
    Object.entries(tasks).map(([name, task]) => [
      name,
      async (payload: unknown, { job }: { job: RunningJob }) => {
        const holder = job.locked_by ?? '';
        holders.add(holder);
        try {
          await task(payload as Readonly<Record<string, unknown>>, { id: job.id, attempt: job.attempts });
        } catch (error) {
          onProblem(error, { task: name, job: job.id, attempt: job.attempts });
          // The message may hold a person's data, and the queue's rows are not sealed.
          throw new Error(error instanceof Error ? error.name : 'Error');
        } finally {
          holders.delete(holder);
        }
      },
    ]),
  );
  if (options.alone) await unlockLeftJobs(pool);
  const runner = await run({
    pgPool: pool,
    taskList,
    concurrency,
    crontab: options.crontab ?? '',
    noHandleSignals: true,
    logger: silent,
  });
  const ended = runner.promise.catch(tell);
  return {
    stop: () => {
      stopped ??= (async () => {
        if (await endsWithin(PATIENCE_MS, runner.stop())) await ended;
        else await unlock(pool, [...holders]);
        // A job that goes on may keep a connection, and nobody waits for it any more.
        await endsWithin(PATIENCE_MS, pool.end());
      })();
      return stopped;
    },
  };
}

async function endsWithin(ms: number, work: Promise<unknown>): Promise<boolean> {
  const late = new AbortController();
  const ends = work.then(() => true);
  const end = await Promise.race([ends, pause(ms, false, { signal: late.signal })]);
  late.abort();
  return end;
}

/**
 * Makes the queue's schema, owned by the queue's role, and the one door through which the program puts jobs into it.
 * The role may enter no other schema. Safe to call again: a newer queue is brought up to date.
 */
export async function installQueue(admin: pg.Client, queue: Login): Promise<void> {
  const { rows } = await admin.query<{ name: string }>('select quote_ident(current_database()) as name');
  const database = rows[0]?.name;
  await admin.query(`
    create schema if not exists graphile_worker authorization ${QUEUE};
    create schema if not exists fangang_queue authorization ${QUEUE};
    grant create on database ${database} to ${QUEUE};`);
  const pool = new pg.Pool({
    ...signIn(queue),
    max: 2,
  });
  watch(pool, () => undefined);
  try {
    await runMigrations({ pgPool: pool, logger: silent });
    await pool.query(`
      create or replace function fangang_queue.enqueue(jobs json) returns void
        language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
        begin
          perform graphile_worker.add_jobs(array(
            select spec from json_populate_recordset(null::graphile_worker.job_spec, jobs) as spec));
        end $$;
      revoke all on function fangang_queue.enqueue(json) from public;
      grant usage on schema fangang_queue to ${[OWNER, APP, ...SCOPES].join(', ')};
      grant execute on function fangang_queue.enqueue(json) to ${[OWNER, APP, ...SCOPES].join(', ')};`);
  } finally {
    await pool.end();
    await admin.query(`revoke create on database ${database} from ${QUEUE}`);
  }
}
