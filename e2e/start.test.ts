import { chmod, mkdtemp, readFile } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { issue, lay, makeAuthority } from '../packages/server/src/platform/certificates-testing.ts';
import { type Product, removeData, runCommand, startProduct } from './server.ts';

/** For a dozen commands that start at once. */
const SLOW_MS = 300_000;

let dataDir = '';
let running: Product[] = [];
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'fangang-start-'));
  await chmod(dataDir, 0o755);
  running = [];
});
afterEach(async () => {
  for (const product of running) await product.stop();
  await removeData(dataDir);
});

async function start(env: Record<string, string> = {}): Promise<Product> {
  const product = await startProduct({ sample: false, dataDir, env });
  running.push(product);
  return product;
}

describe('an empty installation', () => {
  it('starts, keeps what was written over a stop, and refuses a second start on the same data', async () => {
    const first = await start();
    const season = await runCommand(['season', 'add', '2023-spring', '--festival', '2023-01-22', '--json'], {
      FANGANG_DATA: dataDir,
    });
    expect([season.code, JSON.parse(season.stdout).id]).toEqual([0, '2023-spring']);
    const second = await runCommand(['serve', '--port', '0', '--no-sample'], { FANGANG_DATA: dataDir });
    expect(second.code).toBe(5);
    expect(second.stderr).toContain(first.url);
    await first.stop();
    running = [];
    const again = await start();
    const seasons = (await (await fetch(`${again.url}/api/seasons`)).json()) as { seasons: { id: string }[] };
    expect(seasons.seasons.map((it) => it.id)).toEqual(['2023-spring']);
  });

  it('has no first screen, no role doors and sends people to the set-up', async () => {
    const { url } = await start();
    const session = (await (await fetch(`${url}/api/session`)).json()) as {
      sample: unknown;
      season: unknown;
    };
    expect(session).toMatchObject({ sample: null, season: null });
    const door = await fetch(`${url}/api/session/door`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ role: 'leader' }),
    });
    expect(door.status).toBe(404);
    expect((await fetch(`${url}/api/first-screen`)).status).toBe(404);
  });
});

describe('behind a proxy that ends HTTPS', () => {
  it('asks for HTTPS and gives a cookie for HTTPS alone when the proxy is named, and believes no other', async () => {
    const login = { login: 'fuling', password: 'quiet rivers run' };
    const post = (url: string, path: string, body: object, forwarded: Record<string, string>) =>
      fetch(`${url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...forwarded },
        body: JSON.stringify(body),
      });
    const https = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.7' };
    const plain = await start();
    const set = { ...login, district: '500156000000', festival: '2023-01-22', name: '冉敏' };
    expect((await post(plain.url, '/api/set-up', set, {})).status).toBe(200);
    const believed = await post(plain.url, '/api/session', login, https);
    expect(believed.headers.get('strict-transport-security')).toBeNull();
    expect(believed.headers.get('set-cookie')).toMatch(/^fangang=/);
    await plain.stop();
    running = [];
    const named = await start({ FANGANG_PROXIES: '127.0.0.1' });
    const answer = await post(named.url, '/api/session', login, https);
    expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains');
    expect(answer.headers.get('set-cookie')).toMatch(/^__Host-fangang=.*Secure/);
  });
});

describe('with a certificate of its own', () => {
  it('speaks HTTPS and nothing else, with cookies for HTTPS alone, and says so to commands', async () => {
    const authority = await makeAuthority();
    const { cert, key } = lay(dataDir, await issue(authority));
    const env = { FANGANG_TLS_CERT: cert, FANGANG_TLS_KEY: key, FANGANG_TLS: 'required', HOST: '0.0.0.0' };
    const printTo = join(dataDir, 'said');
    const product = await startProduct({ sample: false, dataDir, env, ca: authority.pem, printTo });
    running.push(product);
    expect(product.url).toMatch(/^https:/);
    const send = (path: string, body: object) =>
      new Promise<IncomingHttpHeaders>((done, fail) => {
        const headers = { 'content-type': 'application/json' };
        const sent = request(
          `${product.url}${path}`,
          { method: 'POST', ca: authority.pem, headers },
          (reply) => {
            reply.resume();
            done({ ...reply.headers, status: String(reply.statusCode) });
          },
        );
        sent.on('error', fail).end(JSON.stringify(body));
      });
    const login = { login: 'fuling', password: 'quiet rivers run' };
    const set = { ...login, district: '500156000000', festival: '2023-01-22', name: '冉敏' };
    expect(await send('/api/set-up', set)).toMatchObject({ status: '200' });
    const answer = await send('/api/session', login);
    expect(answer['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
    expect(answer['set-cookie']?.join()).toMatch(/^__Host-fangang=.*Secure/);
    await expect(fetch(product.url.replace('https', 'http'))).rejects.toThrow();
    const second = await runCommand(['serve', '--port', '0', '--no-sample'], { FANGANG_DATA: dataDir });
    expect(second.stderr).toContain(product.url);
    expect(await readFile(printTo, 'utf8')).not.toContain('basics.plain_http');
  });

  it('starts with none that is wrong, and warns of plain HTTP on the network with the remedy', async () => {
    const half = await runCommand(['serve'], { FANGANG_DATA: dataDir, FANGANG_TLS_CERT: '/none.pem' });
    expect([half.code, half.stderr]).toEqual([2, expect.stringMatching(/^fangang: FANGANG_TLS_CERT .*\n$/)]);
    const required = await runCommand(['serve'], { FANGANG_DATA: dataDir, FANGANG_TLS: 'required' });
    expect([required.code, required.stderr]).toEqual([2, expect.stringContaining('nothing speaks HTTPS')]);
    const printTo = join(dataDir, 'said');
    running.push(await startProduct({ sample: false, dataDir, env: { HOST: '0.0.0.0' }, printTo }));
    const said = (await readFile(printTo, 'utf8'))
      .split('\n')
      .filter((it) => it.includes('basics.plain_http'));
    expect(said).toEqual([expect.stringContaining('set FANGANG_TLS_CERT and FANGANG_TLS_KEY')]);
  });
});

describe('the command line', () => {
  it('says what is wrong in one sentence, without a stack', async () => {
    const cases: [string[], number][] = [
      [['nonsense'], 2],
      [['season', 'add', '2023-spring', '--festival', '2023-13-45'], 2],
      [['season', 'add', 'Bad Id', '--festival', '2023-01-22'], 2],
      [
        [
          'import',
          'people',
          join(dataDir, 'missing.xlsx'),
          '--area',
          '500156000000',
          '--season',
          '2022-spring',
        ],
        2,
      ],
    ];
    for (const [args, code] of cases) {
      const said = await runCommand(args, { FANGANG_DATA: dataDir });
      expect([args[0], said.code]).toEqual([args[0], code]);
      expect(said.stderr.trim()).not.toBe('');
      expect(said.stderr).not.toMatch(/\n\s+at /);
    }
  });

  it(
    'shows examples in the help of every command',
    async () => {
      const help = await runCommand(['--help']);
      const names = [...help.stdout.matchAll(/^ {2}([a-z]+)/gm)]
        .map((it) => it[1] ?? '')
        .filter((it) => it !== 'help');
      expect(names).toEqual(
        expect.arrayContaining([
          'serve',
          'sample',
          'migrate',
          'season',
          'import',
          'plan',
          'manifest',
          'figures',
          'bulletin',
          'programme',
          'user',
          'doctor',
        ]),
      );
      const nested: Record<string, string[]> = { season: ['add'], user: ['add'], import: ['people'] };
      const helps = await Promise.all(
        names.map((name) => runCommand([name, ...(nested[name] ?? []), '--help'])),
      );
      expect(helps.map((it, i) => [names[i], it.code, /Examples?:/.test(it.stdout)])).toEqual(
        names.map((it) => [it, 0, true]),
      );
    },
    SLOW_MS,
  );
});
