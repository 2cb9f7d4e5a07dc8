import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Connection, connectOrStart } from './connection.ts';
import { type Login, openDatabase, signIn, withLogin } from './database.ts';
import { migrate } from './migrate.ts';
import { stopPostgresOf } from './postgres.ts';
import { enqueue, runWorker } from './queue.ts';
import { APP, loginOf, QUEUE } from './roles.ts';

/** A house with a single table: what is looked at here are the accounts of the program and of its queue. */
let folder: string;
let migrations: string;
let open: Connection[];
let children: ChildProcess[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'roles-'));
  migrations = `${folder}.migrations`;
  mkdirSync(migrations);
  writeFileSync(join(migrations, '0001_house.sql'), 'create table {{schema}}.thing (n int);');
  open = [];
  children = [];
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  for (const connection of open) await connection.release();
  await stopPostgresOf(folder);
  for (const it of [folder, migrations, `${folder}.keys`]) rmSync(it, { recursive: true, force: true });
});

const moved = ({ adminUrl, secrets }: Connection, renew: boolean) =>
  migrate({ adminUrl, folder: migrations, city: '500000', secrets, renew });

/** A start of the server, or a command, as `command/house.ts` does it. */
async function begin(purpose: 'serve' | 'command', url = ''): Promise<Connection> {
  const connection = await connectOrStart(folder, purpose, url);
  open.push(connection);
  await moved(connection, purpose === 'serve' || !connection.isVisit);
  return connection;
}

async function ask(
  at: string | Login,
  text = 'select current_user as me',
): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(signIn(at));
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

/** What opens now, as a text that a later start must not take any more. */
async function passwords(it: Connection): Promise<[app: string, queue: string]> {
  return [
    withLogin(it.adminUrl, APP, await it.app.password()),
    withLogin(it.adminUrl, QUEUE, await it.queue.password()),
  ];
}

/** A server in a process of its own that says its passwords, and then those of a connection it opens whenever it is written to. */
async function serveInChild(): Promise<{ child: ChildProcess; line(): Promise<string> }> {
  const at = (name: string): string => JSON.stringify(new URL(name, import.meta.url).href);
  const code = `
    const { connectOrStart } = await import(${at('./connection.ts')});
    const { migrate } = await import(${at('./migrate.ts')});
    const { openDatabase } = await import(${at('./database.ts')});
    const it = await connectOrStart(${JSON.stringify(folder)}, 'serve', '');
    await migrate({ adminUrl: it.adminUrl, folder: ${JSON.stringify(migrations)}, city: '500000', secrets: it.secrets, renew: true });
    console.log(await it.app.password());
    process.stdin.on('data', async () => {
      const db = openDatabase(it.app, { max: 1 });
      console.log((await db.pool.query('select current_user as me')).rows[0].me);
      await db.close();
    });`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
    cwd: import.meta.dirname,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.push(child);
  const line = async (): Promise<string> => {
    const [said] = await Promise.race([
      once(child.stdout, 'data'),
      once(child, 'exit').then(() => ['ended']),
    ]);
    return String(said).trim();
  };
  return { child, line };
}

describe('the accounts of program and queue', () => {
  it('have new passwords of 256 bits at each start of the server; those of before open nothing', async () => {
    const first = await begin('serve');
    const before = await passwords(first);
    expect(await first.app.password()).toMatch(/^[\w-]{43}$/);
    expect(new Set(before.map((it) => new URL(it).password)).size).toBe(2);
    expect(await ask(first.app)).toEqual([{ me: APP }]);
    expect(await ask(first.queue)).toEqual([{ me: QUEUE }]);
    await first.release();
    const second = await begin('serve');
    const { port } = new URL(second.adminUrl);
    for (const url of before)
      await expect(ask(url.replace(/:\d+\//, `:${port}/`))).rejects.toThrow(/password/);
    // What passwords are made of opens nothing either.
    for (const key of [second.secrets.appPassword, second.secrets.queuePassword]) {
      await expect(ask(withLogin(second.adminUrl, APP, key))).rejects.toThrow(/password/);
    }
    expect(await ask(second.app)).toEqual([{ me: APP }]);
    expect(await ask(second.queue)).toEqual([{ me: QUEUE }]);
  });

  it('stand in no log and in no file: the database gets what it checks them with', async () => {
    const first = await begin('serve');
    await ask(first.adminUrl, `alter role postgres set log_statement = 'all'`);
    await moved(first, true);
    const [app, queue] = [
      await loginOf(first.adminUrl, APP, first.secrets, false).password(),
      await loginOf(first.adminUrl, QUEUE, first.secrets, false).password(),
    ];
    const log = readFileSync(join(folder, 'postgres.log'), 'utf8');
    expect(log).toContain(`alter role ${APP} password 'SCRAM-SHA-256$`);
    for (const it of [app, queue, first.secrets.appPassword, first.secrets.queuePassword]) {
      expect(log).not.toContain(it);
      expect(readFileSync(join(folder, 'running.json'), 'utf8')).not.toContain(it);
    }
  });

  it('are kept while commands look in beside the running server, also after kill -9 and a new start', async () => {
    const server = await serveInChild();
    const said = await server.line();
    const command = await begin('command');
    expect(command.isVisit).toBe(true);
    expect(await command.app.password()).toBe(said);
    expect(await ask(command.app)).toEqual([{ me: APP }]);
    server.child.stdin?.write('again\n');
    expect(await server.line()).toBe(APP);
    const gone = once(server.child, 'exit');
    server.child.kill('SIGKILL');
    await gone;
    const next = await begin('serve');
    expect(await next.app.password()).not.toBe(said);
    expect(await ask(next.app)).toEqual([{ me: APP }]);
  });
});

describe('two servers on a database of the operator', () => {
  it('go on when the other one starts: each new connection asks for the password of the moment', async () => {
    const { adminUrl } = await begin('serve');
    const one = await begin('serve', adminUrl);
    const [asked, fixed] = [
      openDatabase(one.app, { max: 2 }),
      openDatabase((await passwords(one))[0], { max: 2 }),
    ];
    const done: number[] = [];
    const worker = await runWorker({
      queue: one.queue,
      concurrency: 1,
      tasks: { count: async ({ n }) => void done.push(Number(n)) },
    });
    try {
      const held = await asked.pool.connect();
      const other = await begin('serve', adminUrl);
      // What was open stays open; what is opened now needs the new password, which the control has not.
      expect((await held.query('select 1 as n')).rows).toEqual([{ n: 1 }]);
      expect((await asked.pool.query('select current_user as me')).rows).toEqual([{ me: APP }]);
      await expect(fixed.pool.query('select 1')).rejects.toThrow(/password/);
      held.release();
      expect(await ask(other.app)).toEqual([{ me: APP }]);
      await asked.kysely.transaction().execute((tx) => enqueue(tx, 'count', { n: 7 }));
      await expect.poll(() => done, { timeout: 30_000 }).toEqual([7]);
    } finally {
      await worker.stop();
      await asked.close();
      await fixed.close();
    }
  });
});
