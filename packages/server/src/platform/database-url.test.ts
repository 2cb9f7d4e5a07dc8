import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issue, lay, makeAuthority } from './certificates-testing.ts';
import { connectOrStart } from './connection.ts';
import { checkDatabaseUrl } from './database-url.ts';
import { type RunningPostgres, startPostgres } from './postgres.ts';
import { serverUid } from './postgres-binaries.ts';

const folder = mkdtempSync(join(tmpdir(), 'database-url-'));
const ca = join(folder, 'ca.pem');
const stranger = join(folder, 'stranger.pem');
let server: RunningPostgres;
let settings: Record<string, string>;

/** An address of `host` with what follows the question mark. */
const at = (host: string, query = ''): string => `postgres://it:secret@${host}:5432/house${query}`;
const said = (url: string, env: NodeJS.ProcessEnv = {}): string => {
  try {
    checkDatabaseUrl(url, env);
    return 'taken';
  } catch (error) {
    const { code, exit, message } = error as { code: string; exit: number; message: string };
    expect([exit, message]).toEqual([2, expect.not.stringMatching(/secret|\n/)]);
    return code;
  }
};

beforeAll(async () => {
  const authority = await makeAuthority();
  writeFileSync(ca, authority.pem);
  writeFileSync(stranger, (await makeAuthority('CN=Another')).pem);
  const { cert, key } = lay(tmpdirOf('certificate'), await issue(authority));
  const uid = serverUid();
  if (uid !== undefined) for (const file of [cert, key]) chownSync(file, uid, uid);
  settings = { ssl: 'on', ssl_cert_file: cert, ssl_key_file: key, fsync: 'off' };
  server = await startPostgres(tmpdirOf('data'), settings);
});
afterAll(async () => {
  await server.stop();
  for (const it of made) rmSync(it, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
});

const made: string[] = [];
function tmpdirOf(name: string): string {
  const it = mkdtempSync(join(tmpdir(), `database-url-${name}-`));
  const uid = serverUid();
  if (uid !== undefined) chownSync(it, uid, uid);
  made.push(it);
  return it;
}

describe('DATABASE_URL over the network', () => {
  it('is refused in one sentence without TLS, or with TLS that looks at no certificate', () => {
    for (const host of [
      'db.example.gov.cn',
      '10.1.2.3',
      '[fd00::1]',
      '127.example.cn',
      'localhost.example.cn',
    ]) {
      expect(said(at(host)), host).toBe('basics.database_plain');
      expect(said(at(host, '?sslmode=disable')), host).toBe('basics.database_plain');
    }
    const [host] = ['db.example.gov.cn'];
    expect(said(at(host, '?sslmode=no-verify'))).toBe('basics.database_plain');
    expect(said(at(host, '?sslmode=require&uselibpqcompat=true'))).toBe('basics.database_plain');
    expect(said(at(host, '?sslmode=prefer&uselibpqcompat=true'))).toBe('basics.database_plain');
    expect(said(at('localhost', '?host=10.1.2.3'))).toBe('basics.database_plain');
    expect(said('postgres:///house', { PGHOST: '10.1.2.3' })).toBe('basics.database_plain');
    expect(() => checkDatabaseUrl(at(host), {})).toThrow(/sslmode=verify-full.*FANGANG_DATABASE_PLAIN=1/);
  });

  it('is taken with TLS that is checked, and without where the operator says so', () => {
    for (const mode of ['verify-full', 'verify-ca', 'require'])
      expect(said(at('db.example.gov.cn', `?sslmode=${mode}`)), mode).toBe('taken');
    expect(said(at('db.example.gov.cn', `?sslmode=verify-full&sslrootcert=${ca}`))).toBe('taken');
    expect(said(at('10.1.2.3'), { FANGANG_DATABASE_PLAIN: '1' })).toBe('taken');
    expect(said(at('10.1.2.3'), { FANGANG_DATABASE_PLAIN: '' })).toBe('basics.database_plain');
  });

  it('needs none on this machine: loopback and sockets', () => {
    for (const host of ['127.0.0.1', '127.0.1.1', 'localhost', '[::1]']) expect(said(at(host))).toBe('taken');
    expect(said('postgres:///house?host=/var/run/postgresql')).toBe('taken');
    expect(said('postgres:///house')).toBe('taken');
  });

  it('is no address where its certificate or its port cannot be read', () => {
    expect(said(at('db', '?sslmode=verify-full&sslrootcert=/none.pem'))).toBe(
      'basics.database_url_malformed',
    );
    expect(said('nonsense')).toBe('basics.database_url_malformed');
  });

  it('is refused before anything is asked of it', async () => {
    await expect(connectOrStart(tmpdirOf('house'), 'command', at('192.0.2.1'))).rejects.toMatchObject({
      exit: 2,
      code: 'basics.database_plain',
    });
  });
});

describe('TLS to a PostgreSQL', () => {
  const isEncrypted = async (query: string): Promise<unknown> => {
    const client = new pg.Client({
      connectionString: `${server.adminUrl.replace('127.0.0.1', 'localhost')}${query}`,
    });
    await client.connect();
    try {
      return (await client.query('select ssl, version from pg_stat_ssl where pid = pg_backend_pid()'))
        .rows[0];
    } finally {
      await client.end();
    }
  };

  it('encrypts, and believes the named authority alone; the control without sslmode speaks plain', async () => {
    expect(await isEncrypted(`?sslmode=verify-full&sslrootcert=${ca}`)).toEqual({
      ssl: true,
      version: 'TLSv1.3',
    });
    await expect(isEncrypted(`?sslmode=verify-full&sslrootcert=${stranger}`)).rejects.toThrow(/certificate/);
    await expect(isEncrypted('?sslmode=verify-full')).rejects.toThrow(/certificate/);
    expect(await isEncrypted('')).toEqual({ ssl: false, version: null });
  });
});
