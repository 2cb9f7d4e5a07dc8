import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Connection, connectOrStart } from './connection.ts';
import { stopPostgresOf } from './postgres.ts';
import { isAlive } from './process-mark.ts';

let folder: string;
let open: Connection[];
let children: ChildProcess[];

async function connect(purpose: 'serve' | 'command', url = ''): Promise<Connection> {
  const connection = await connectOrStart(folder, purpose, url);
  open.push(connection);
  return connection;
}

async function ask(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

function postmasterPid(): number {
  return Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
}

/** A server in a process of its own, which notes a row and waits to be killed. */
async function serveInChild(): Promise<ChildProcess> {
  const url = (name: string): string => JSON.stringify(new URL(name, import.meta.url).href);
  const code = `
    import pg from 'pg';
    const { connectOrStart } = await import(${url('./connection.ts')});
    const connection = await connectOrStart(${JSON.stringify(folder)}, 'serve', '');
    connection.announce('http://127.0.0.1:9999');
    const client = new pg.Client({ connectionString: connection.adminUrl });
    await client.connect();
    await client.query('create table kept (n int); insert into kept values (7)');
    process.stdout.write('ready');
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const ended = once(child, 'exit').then(() => ['ended']);
  const [said] = await Promise.race([once(child.stdout, 'data'), ended]);
  expect(String(said)).toBe('ready');
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'connection-'));
  open = [];
  children = [];
});
afterEach(async () => {
  for (const child of children) if (child.exitCode === null && child.signalCode === null) await kill(child);
  for (const connection of open) await connection.release();
  await stopPostgresOf(folder);
  rmSync(folder, { recursive: true, force: true });
  rmSync(`${folder}.keys`, { recursive: true, force: true });
});

describe('the embedded database', () => {
  it('starts, listens at home only, sorts Chinese by code point, and is gone after the release', async () => {
    const { adminUrl, release, embedded } = await connect('serve');
    expect(embedded).toBe(true);
    const [row] = await ask(
      adminUrl,
      `select current_setting('listen_addresses') as listens, current_setting('synchronous_commit') as commits,
        datlocprovider as provider, datcollate, datlocale, current_setting('data_checksums') as sums,
        lower('É') as lower from pg_database where datname = current_database()`,
    );
    expect(row).toMatchObject({
      listens: '127.0.0.1',
      commits: 'on',
      provider: 'b',
      datlocale: 'C.UTF-8',
      sums: 'on',
    });
    expect(row?.lower).toBe('é');
    const pid = postmasterPid();
    if (process.platform === 'linux') expect(statSync(`/proc/${pid}`).uid).not.toBe(0);
    await release();
    expect(isAlive(pid)).toBe(false);
    expect(existsSync(join(folder, 'running.json'))).toBe(false);
    await expect(ask(adminUrl, 'select 1')).rejects.toThrow();
  });

  it('keeps the password and the keys from other users', async () => {
    const { adminUrl } = await connect('serve');
    expect(statSync(join(folder, 'secrets')).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, 'secrets', 'postgres.password')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, 'running.json'), 'utf8')).not.toContain(new URL(adminUrl).password);
    const wrong = adminUrl.replace(new URL(adminUrl).password, 'wrong');
    await expect(ask(wrong, 'select 1')).rejects.toThrow(/password/);
  });

  it('keeps its rows from one start to the next', async () => {
    const first = await connect('serve');
    await ask(first.adminUrl, 'create table kept (n int); insert into kept values (1)');
    await first.release();
    const second = await connect('command');
    expect(await ask(second.adminUrl, 'select n from kept')).toEqual([{ n: 1 }]);
  });

  it('is visited by a command while a server runs, and a second server is refused', async () => {
    const child = await serveInChild();
    const command = await connect('command');
    expect(await ask(command.adminUrl, 'select n from kept')).toEqual([{ n: 7 }]);
    await command.release();
    expect(isAlive(postmasterPid())).toBe(true);
    await expect(connect('serve')).rejects.toMatchObject({
      exit: 5,
      code: 'basics.already_running',
      message: 'The server is already running at http://127.0.0.1:9999.',
    });
    await kill(child);
  });

  it('starts once when two start at the same moment', async () => {
    const both = await Promise.allSettled([connect('serve'), connect('serve')]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = both.find((one) => one.status === 'rejected');
    expect(refused?.reason).toMatchObject({ code: 'basics.already_running' });
  });

  it('refuses a second command while the first one holds the database', async () => {
    await connect('command');
    await expect(connect('command')).rejects.toMatchObject({ code: 'basics.command_running' });
  });

  it('comes back after kill -9 of the server, whose database had lived on', async () => {
    await kill(await serveInChild());
    const orphan = postmasterPid();
    expect(isAlive(orphan)).toBe(true);
    const { adminUrl } = await connect('serve');
    expect(isAlive(orphan)).toBe(false);
    expect(await ask(adminUrl, 'select n from kept')).toEqual([{ n: 7 }]);
  });

  it('comes back after kill -9 of the server and its database', async () => {
    const child = await serveInChild();
    process.kill(postmasterPid(), 'SIGKILL');
    await kill(child);
    const { adminUrl } = await connect('serve');
    expect(await ask(adminUrl, 'select n from kept')).toEqual([{ n: 7 }]);
  });

  it('starts although its old pid now belongs to a stranger', async () => {
    const first = await connect('serve');
    await first.release();
    writeFileSync(
      join(folder, 'postgres', 'postmaster.pid'),
      `${process.ppid}\n${join(folder, 'postgres')}\n1\n`,
    );
    const { adminUrl } = await connect('serve');
    expect(await ask(adminUrl, 'select 1 as n')).toEqual([{ n: 1 }]);
    expect(isAlive(process.ppid)).toBe(true);
  });
});

describe('DATABASE_URL', () => {
  it('is refused in one sentence where it leads nowhere', async () => {
    await expect(connect('command', 'nonsense')).rejects.toMatchObject({
      exit: 2,
      code: 'basics.database_url_malformed',
    });
    await expect(connect('command', 'postgres://nobody:secret@127.0.0.1:1/none')).rejects.toMatchObject({
      exit: 1,
      code: 'basics.database_unreachable',
      message: expect.not.stringContaining('secret'),
    });
  });

  it('is used as it is, and left running', async () => {
    const server = await connect('serve');
    const outside = await connect('serve', server.adminUrl);
    expect(outside).toMatchObject({ embedded: false, adminUrl: server.adminUrl });
    expect(new URL(outside.app.url).username).toBe('fangang_app');
    await outside.release();
    expect(await ask(server.adminUrl, 'select 1 as n')).toEqual([{ n: 1 }]);
  });
});
