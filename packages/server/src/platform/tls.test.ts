import { chmodSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { type AddressInfo, connect as connectPlain } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConnectionOptions, connect, createServer, type Server, type TLSSocket } from 'node:tls';
import type { FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { issue, lay, type Made, makeAuthority } from './certificates-testing.ts';
import { openEdge } from './edge.ts';
import type { Services } from './services.ts';
import {
  keepCertificate,
  plainBeyond,
  readTls,
  SUITES_OF_12,
  type TlsFiles,
  timeLeft,
  tlsSet,
} from './tls.ts';

const authority = await makeAuthority();
const ofEllipticCurve = await issue(authority);
const ofRsa = await issue(authority, { rsa: 2048 });

let folder: string;
let files: TlsFiles;
let log: { code: string; message: string }[];
const note = (facts: { code: string }, message: string) => log.push({ code: facts.code, message });
const services = { log: { info: note, warn: note, error: note } } as unknown as Pick<Services, 'log'>;

const portOf = (server: { address(): unknown }): number => (server.address() as AddressInfo).port;

interface Spoken {
  readonly protocol: string | null;
  readonly suite: string;
  readonly serial: string;
}

/** Says hello as a client would; what came about, or the code of the fault. */
function hello(port: number, options: ConnectionOptions = {}): Promise<Spoken | string> {
  return new Promise((done) => {
    const socket: TLSSocket = connect(
      { port, host: '127.0.0.1', servername: 'localhost', ca: authority.pem, ...options },
      () => {
        const { serialNumber } = socket.getPeerCertificate();
        done({ protocol: socket.getProtocol(), suite: socket.getCipher().name, serial: serialNumber });
        socket.destroy();
      },
    );
    socket.on('error', (error: NodeJS.ErrnoException) => done(error.code ?? error.message));
  });
}

/** An old client. OpenSSL speaks TLS 1.1 at its lowest level only, on both sides. */
const OLD = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' } as const;
const only = (ciphers: string): ConnectionOptions => ({ maxVersion: 'TLSv1.2', ciphers });
/** Without forward secrecy, without authentication of every byte, or both. */
const WEAK = ['AES128-GCM-SHA256', 'ECDHE-RSA-AES128-SHA', 'ECDHE-RSA-AES256-SHA384', 'AES256-SHA'];

async function openTls(made: Made): Promise<FastifyInstance> {
  const app = await openEdge(services, { tls: readTls(lay(folder, made)) });
  app.get('/who', (request) => ({ protocol: request.protocol }));
  await app.listen({ port: 0, host: '127.0.0.1' });
  return app;
}

/** A server that takes everything: shows that the client could. */
async function openLax(made: Made): Promise<Server> {
  const server = createServer({ ...made, minVersion: 'TLSv1', ciphers: 'ALL:@SECLEVEL=0' });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return server;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tls-'));
  log = [];
  files = lay(folder, ofEllipticCurve);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('HTTPS of its own', () => {
  let app: FastifyInstance;
  let lax: Server;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tls-'));
    app = await openTls(ofRsa);
    lax = await openLax(ofRsa);
    rmSync(folder, { recursive: true, force: true });
  });
  afterAll(async () => {
    lax.close();
    await app.close();
  });

  it('speaks TLS 1.2 and 1.3, the strongest suite first', async () => {
    expect(await hello(portOf(app.server), { minVersion: 'TLSv1.3' })).toMatchObject({
      protocol: 'TLSv1.3',
      suite: 'TLS_AES_256_GCM_SHA384',
    });
    const weakFirst = [...SUITES_OF_12].reverse().join(':');
    expect(await hello(portOf(app.server), only(weakFirst))).toMatchObject({
      protocol: 'TLSv1.2',
      suite: 'ECDHE-RSA-AES256-GCM-SHA384',
    });
  });

  it('refuses TLS 1.1 and older; the control answers the same client', async () => {
    expect(await hello(portOf(lax), OLD)).toMatchObject({ protocol: 'TLSv1.1' });
    expect(await hello(portOf(app.server), OLD)).toMatch(/^(ERR_SSL|ECONNRESET)/);
  });

  it.each(WEAK)('refuses the suite %s; the control answers the same client', async (suite) => {
    const client = only(`${suite}:@SECLEVEL=0`);
    expect(await hello(portOf(lax), client)).toMatchObject({ suite });
    expect(await hello(portOf(app.server), client)).toMatch(/^(ERR_SSL|ECONNRESET)/);
  });

  it.each(SUITES_OF_12.filter((it) => it.includes('RSA')))('speaks %s', async (suite) => {
    expect(await hello(portOf(app.server), only(suite))).toMatchObject({ suite });
  });

  it('is not believed by who does not know its authority', async () => {
    const stranger = await makeAuthority('CN=Another');
    expect(await hello(portOf(app.server), { ca: stranger.pem })).toMatch(/UNABLE_TO_|SELF_SIGNED/);
    expect(await hello(portOf(app.server), { servername: 'elsewhere.example' })).toBe(
      'ERR_TLS_CERT_ALTNAME_INVALID',
    );
  });

  it('answers no plain HTTP on its port', async () => {
    const said = await new Promise<string>((done) => {
      let text = '';
      const socket = connectPlain(portOf(app.server), '127.0.0.1', () =>
        socket.write('GET /who HTTP/1.1\r\nhost: localhost\r\n\r\n'),
      );
      socket.on('data', (chunk) => {
        text += chunk;
      });
      socket.on('error', () => undefined);
      socket.on('close', () => done(text));
    });
    expect(said).not.toMatch(/HTTP|protocol/);
  });

  it('asks browsers for HTTPS from then on', async () => {
    const answer = await new Promise<{ hsts: unknown; body: string }>((done, fail) => {
      const options = {
        port: portOf(app.server),
        host: 'localhost',
        path: '/who',
        ca: authority.pem,
        family: 4,
      };
      request(options, (reply) => {
        let body = '';
        reply.on('data', (chunk) => {
          body += chunk;
        });
        reply.on('end', () => done({ hsts: reply.headers['strict-transport-security'], body }));
      })
        .on('error', fail)
        .end();
    });
    expect(answer).toEqual({ hsts: 'max-age=31536000; includeSubDomains', body: '{"protocol":"https"}' });
  });
});

describe('what came over plain HTTP where HTTPS is required', () => {
  it('is refused, but for the sign of life', async () => {
    const app = await openEdge(services, { httpsOnly: true, proxies: ['127.0.0.1'] });
    app.get('/who', () => ({}));
    app.get('/healthz', () => ({ ok: true }));
    const ask = async (url: string, proto?: string) =>
      (await app.inject({ url, ...(proto && { headers: { 'x-forwarded-proto': proto } }) })).statusCode;
    expect([await ask('/who'), await ask('/who', 'http'), await ask('/healthz')]).toEqual([403, 403, 200]);
    expect(await ask('/who', 'https')).toBe(200);
    expect((await app.inject({ url: '/who' })).json()).toMatchObject({ code: 'basics.https_only' });
    await app.close();
  });
});

describe('a certificate', () => {
  const code = (work: () => unknown): string => {
    try {
      work();
      return 'taken';
    } catch (error) {
      const { message, exit } = error as { message: string; exit?: number };
      expect([exit, message]).toEqual([2, expect.not.stringMatching(/PRIVATE KEY-----.|\n/)]);
      return (error as { code: string }).code;
    }
  };

  it('is taken with its key, of either kind', () => {
    expect(code(() => readTls(files))).toBe('taken');
    expect(code(() => readTls(lay(folder, ofRsa)))).toBe('taken');
  });

  it('is refused in one sentence where it is half, away, no PEM, another key’s, too weak, or not of this day', async () => {
    expect(code(() => tlsSet({ FANGANG_TLS_CERT: 'a.pem' }))).toBe('basics.tls_half');
    expect(code(() => tlsSet({ FANGANG_TLS_KEY: 'a.key' }))).toBe('basics.tls_half');
    expect(code(() => readTls({ ...files, cert: join(folder, 'none') }))).toBe('basics.tls_unreadable');
    expect(code(() => readTls({ ...files, key: folder }))).toBe('basics.tls_unreadable');
    expect(code(() => readTls({ ...files, cert: files.key }))).toBe('basics.tls_malformed');
    expect(code(() => readTls(lay(folder, { ...ofRsa, key: 'nonsense' })))).toBe('basics.tls_malformed');
    expect(code(() => readTls(lay(folder, { ...ofRsa, key: ofEllipticCurve.key })))).toBe(
      'basics.tls_mismatch',
    );
    const [weak, ended] = [await issue(authority, { rsa: 1024 }), await issue(authority, { days: -1 })];
    expect(code(() => readTls(lay(folder, weak)))).toBe('basics.tls_malformed');
    expect(code(() => readTls(lay(folder, ended)))).toBe('basics.tls_expired');
    expect(code(() => readTls(lay(folder, ofRsa), 0))).toBe('basics.tls_not_yet');
  });

  it.runIf(process.platform !== 'win32')(
    'is refused while every user of the machine may read its key',
    () => {
      chmodSync(files.key, 0o644);
      expect(code(() => readTls(files))).toBe('basics.tls_key_open');
      chmodSync(files.key, 0o640);
      expect(code(() => readTls(files))).toBe('taken');
    },
  );

  it('is taken up anew without a start, and kept where the new one is wrong', async () => {
    const app = await openTls(ofEllipticCurve);
    const port = portOf(app.server);
    const quiet = keepCertificate(app.server as unknown as Server, files, services, 20);
    let moment = 1;
    // Touched until it is seen: what changes before the first look is no change.
    const seen = (): string[] => {
      utimesSync(files.cert, moment, moment);
      moment += 1;
      return log.map((it) => it.code);
    };
    const told = async (wanted: string): Promise<void> => {
      await expect.poll(seen, { timeout: 60_000 }).toContain(wanted);
    };
    try {
      const before = (await hello(port)) as Spoken;
      writeFileSync(files.cert, 'half a file');
      await told('basics.tls_malformed');
      expect(await hello(port)).toMatchObject({ serial: before.serial });
      lay(folder, ofRsa);
      await told('basics.tls_renewed');
      const after = (await hello(port)) as Spoken;
      expect(after.serial).not.toBe(before.serial);
      expect(await hello(port, OLD)).toMatch(/^(ERR_SSL|ECONNRESET)/);
      lay(folder, ofEllipticCurve);
      process.emit('SIGHUP');
      expect(await hello(port)).toMatchObject({ serial: before.serial });
    } finally {
      quiet();
      await app.close();
    }
    expect(process.listenerCount('SIGHUP')).toBe(0);
  });
});

describe('the end of a certificate', () => {
  it('is told to the log a month before, and counted in days', async () => {
    expect(timeLeft(lay(folder, await issue(authority, { days: 40.5 })))).toEqual({ days: 40, soon: false });
    const server = createServer();
    keepCertificate(server, files, services)();
    expect(log).toEqual([]);
    expect(timeLeft(lay(folder, await issue(authority, { days: 7.5 })))).toEqual({ days: 7, soon: true });
    keepCertificate(server, files, services)();
    expect(log).toEqual([{ code: 'basics.tls_ends_soon', message: 'the certificate ends in 7 days' }]);
  });
});

describe('plain HTTP', () => {
  const none = { required: false };
  it('is warned of where it leaves this machine, with the remedy', () => {
    for (const host of ['0.0.0.0', '::', '10.1.2.3', 'fangang.example']) {
      expect(plainBeyond(none, host, [])).toMatch(/FANGANG_TLS_CERT.*FANGANG_PROXIES/);
    }
    for (const host of ['127.0.0.1', 'localhost', '::1']) expect(plainBeyond(none, host, [])).toBeUndefined();
    expect(plainBeyond(none, '0.0.0.0', ['10.0.0.1'])).toBeUndefined();
    expect(plainBeyond({ ...none, files }, '0.0.0.0', [])).toBeUndefined();
  });

  it('is refused where HTTPS is required, unless a proxy ends it', () => {
    const required = tlsSet({ FANGANG_TLS: 'required' });
    expect(() => plainBeyond(required, '127.0.0.1', [])).toThrow(/nothing speaks HTTPS/);
    expect(plainBeyond(required, '0.0.0.0', ['10.0.0.1'])).toBeUndefined();
    expect(plainBeyond({ ...required, files }, '0.0.0.0', [])).toBeUndefined();
    expect(() => tlsSet({ FANGANG_TLS: 'yes' })).toThrow(/write required/);
  });
});
