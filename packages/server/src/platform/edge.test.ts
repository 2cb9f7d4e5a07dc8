import { connect } from 'node:net';
import { endpoint } from '@fangang/domain/basics/api.ts';
import { accept, refuse } from '@fangang/domain/basics/result.ts';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { makeDefence } from './defence.ts';
import { answerUnknown, openEdge } from './edge.ts';
import { sessionRoute } from './http.ts';
import { newId } from './ids.ts';
import { ACCOUNT_RATES, ADDRESS_RATES } from './lanes.ts';
import { mount } from './mount.ts';
import { refuseWith } from './problem.ts';

const access = { resource: 'echo', action: 'write', scope: 'open' } as const;
const Key = z.uuid().optional();
const echo = endpoint({
  name: 'test.echo',
  method: 'POST',
  path: '/api/echo/:id',
  params: z.object({ id: z.uuid() }),
  query: z.object({ page: z.coerce.number().int().optional() }),
  body: z.object({
    text: z.string().optional(),
    list: z.array(z.int()).optional(),
    deep: z.unknown().optional(),
    key: Key,
  }),
  reply: z.object({ text: z.string(), runs: z.int() }),
  callers: ['anyone'],
  access,
});
const enter = endpoint({
  name: 'test.enter',
  method: 'POST',
  path: '/api/enter',
  body: z.object({ key: Key }),
  reply: z.object({}),
  callers: ['anyone'],
  access: { ...access, action: 'signIn' },
});
const look = endpoint({
  name: 'test.look',
  method: 'GET',
  path: '/api/look',
  query: z.object({ how: z.enum(['breaks', 'misfits', 'refuses']) }),
  reply: z.object({ seen: z.boolean() }),
  callers: ['anyone'],
  access: { ...access, action: 'read' },
});

const say = endpoint({
  name: 'test.say',
  method: 'GET',
  path: '/api/say/:word',
  params: z.object({ word: z.string() }),
  query: z.object({ again: z.string() }),
  reply: z.object({ word: z.string(), again: z.string() }),
  callers: ['anyone'],
  access: { ...access, action: 'read' },
});

let app: FastifyInstance;
let port = 0;
let runs = 0;
const lines: unknown[][] = [];
const log = {
  info: (...line: unknown[]) => lines.push(line),
  warn: (...line: unknown[]) => lines.push(line),
  error: (...line: unknown[]) => lines.push(line),
};
const services = { log, secrets: { sessionHash: (text: string) => Buffer.from(text) } } as never;

const ROUTES = [
  sessionRoute(echo, async (_services, { body }) => {
    runs += 1;
    return accept({ text: body.text ?? '', runs, secret: 'not listed' });
  }),
  sessionRoute(enter, async (_services, _input, { reply }) => {
    runs += 1;
    reply.setCookie('fangang', String(runs));
    return accept({});
  }),
  sessionRoute(look, async (_services, { query }) => {
    if (query.how === 'breaks') throw new Error('500102199001011234');
    if (query.how === 'refuses') return refuse({ code: 'basics.not_found' });
    return accept({ seen: '500102199001011234' as never });
  }),
  sessionRoute(say, async (_services, { params, query }) => accept({ ...params, ...query })),
];

beforeAll(async () => {
  app = await openEdge(services, { proxies: ['127.0.0.9'] });
  mount(app, services, ROUTES, async () => null);
  answerUnknown(app, [echo, enter, look, say], (_request, reply) =>
    refuseWith(reply, { code: 'basics.not_found' }),
  );
  await app.listen({ port: 0, host: '127.0.0.1' });
  port = (app.server.address() as { port: number }).port;
});
afterAll(() => app.close());

const at = (query = '') => `/api/echo/${newId()}${query}`;
const json = { 'content-type': 'application/json' };
const send = (payload: string | object, headers: Record<string, string> = json, url = at()) =>
  app.inject({ method: 'POST', url, payload, headers });

/** What the server answers to bytes that are no sound request. */
function raw(bytes: string): Promise<string> {
  return new Promise((done, fail) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    let text = '';
    socket.on('data', (chunk) => (text += chunk));
    socket.on('close', () => done(text));
    socket.on('error', fail);
  });
}

describe('a request that is not what the endpoint takes', () => {
  const nested = (depth: number): string => `${'['.repeat(depth)}1${']'.repeat(depth)}`;
  it.each([
    ['no JSON', '{"text":', json, 400, 'basics.bad_json'],
    ['an empty body under a JSON type', '', json, 400, 'basics.bad_json'],
    ['a prototype', '{"__proto__":{"a":1}}', json, 400, 'basics.bad_json'],
    ['text', 'hello', { 'content-type': 'text/plain' }, 415, 'basics.wrong_type'],
    ['no type that is one', '{}', { 'content-type': ';;' }, 415, 'basics.wrong_type'],
    ['a list instead of fields', '[1]', json, 400, 'basics.bad_input'],
    ['null', 'null', json, 200, undefined],
    ['a text instead of fields', '"x"', json, 400, 'basics.bad_input'],
    ['an unknown field', '{"more":1}', json, 400, 'basics.bad_input'],
    ['a wrong value', '{"text":5}', json, 400, 'basics.bad_input'],
    ['a key that is none', '{"key":"5"}', json, 400, 'basics.bad_input'],
    ['a key that is a list', '{"key":[]}', json, 400, 'basics.bad_input'],
    ['a NUL', '{"text":"a\\u0000b"}', json, 400, 'basics.bad_input'],
    ['values too deep', `{"deep":${nested(40)}}`, json, 400, 'basics.bad_input'],
    ['values far too deep', `{"deep":${nested(200_000)}}`, json, 400, 'basics.bad_input'],
    ['a list too long', `{"list":[${'1,'.repeat(20_001)}1]}`, json, 400, 'basics.bad_input'],
    ['too much', `{"text":"${'x'.repeat(1024 * 1024)}"}`, json, 413, 'basics.too_large'],
  ])('is refused with a code: %s', async (_what, payload, headers, status, code) => {
    const answer = await send(payload, headers);
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
    expect(answer.headers['content-type']).toBe(
      status === 200 ? 'application/json; charset=utf-8' : 'application/problem+json; charset=utf-8',
    );
  });

  it('is refused as a form where no file is asked for', async () => {
    const form = '--b\r\ncontent-disposition: form-data; name="text"\r\n\r\nx\r\n--b--\r\n';
    const answer = await send(form, { 'content-type': 'multipart/form-data; boundary=b' });
    expect([answer.statusCode, answer.json().code]).toEqual([415, 'basics.wrong_type']);
  });

  it.each([
    ['an id that is none', '/api/echo/5', 400, 'basics.bad_input'],
    ['an unknown word of the query', at('?more=1'), 400, 'basics.bad_input'],
    ['a wrong value in the query', at('?page=x'), 400, 'basics.bad_input'],
    ['a word of the query twice', at('?page=1&page=2'), 400, 'basics.bad_input'],
    ['an address that cannot be decoded', '/api/echo/%E0%A4%A', 400, 'basics.bad_request'],
    ['an address nobody has', '/api/nothing', 404, 'basics.not_found'],
    ['an address too long', `/api/echo/${'x'.repeat(500)}`, 400, 'basics.bad_request'],
  ])('is refused with a code: %s', async (_what, url, status, code) => {
    const answer = await send({}, json, url);
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  });

  it('names the methods an address has', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'GET', 'OPTIONS'] as const) {
      const answer = await app.inject({ method, url: '/api/enter' });
      expect([answer.statusCode, answer.json().code]).toEqual([405, 'basics.wrong_method']);
      expect(answer.headers.allow).toBe('POST');
    }
  });

  it.each([
    ['no HTTP', 'hello\r\n\r\n', '400', 'bad_request'],
    ['a method nobody knows', 'FOO / HTTP/1.1\r\nhost: x\r\n\r\n', '400', 'bad_request'],
    [
      'two lengths',
      'POST /api/enter HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n',
      '400',
      'bad_request',
    ],
    [
      'a length beside chunks',
      'POST /api/enter HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
      '400',
      'bad_request',
    ],
    [
      'a head too long',
      `GET / HTTP/1.1\r\nhost: x\r\ncookie: ${'x'.repeat(20_000)}\r\n\r\n`,
      '431',
      'headers_too_large',
    ],
    [
      'an expectation',
      'GET / HTTP/1.1\r\nhost: x\r\nexpect: tea\r\nconnection: close\r\n\r\n',
      '400',
      'bad_request',
    ],
  ])('is refused on the wire: %s', async (_what, bytes, status, code) => {
    const answer = await raw(bytes);
    expect(answer).toContain(`HTTP/1.1 ${status} `);
    expect(answer.toLowerCase()).toContain('content-type: application/problem+json');
    expect(answer).toContain(`"code":"basics.${code}"`);
    expect(answer.toLowerCase()).toContain("content-security-policy: default-src 'none'");
  });

  it('is not sent back for TRACE', async () => {
    for (const path of ['/', '/api/enter']) {
      const answer = await raw(
        `TRACE ${path} HTTP/1.1\r\nhost: x\r\ncookie: fangang=canary\r\nconnection: close\r\n\r\n`,
      );
      expect(answer).toMatch(/^HTTP\/1\.1 40[45] /);
      expect(answer).not.toContain('canary');
    }
  });

  it('is decoded once', async () => {
    const answer = await app.inject({ url: '/api/say/%2541%252f?again=%2541%26x' });
    expect(answer.json()).toEqual({ word: '%41%2f', again: '%41&x' });
  });

  it('leaves a line in the log when it is turned away, with the code and without its values', async () => {
    lines.length = 0;
    await send({}, { ...json, 'sec-fetch-site': 'cross-site' });
    await send({ text: 5, secret: '13912345678' });
    const told = lines.map(([facts]) => facts as { code?: string }).filter((it) => it.code);
    expect(told.map((it) => it.code)).toEqual(['basics.not_allowed', 'basics.bad_input']);
    expect(told[0]).toMatchObject({ method: 'POST', route: '/api/echo/:id', request: expect.any(String) });
    expect(JSON.stringify(lines)).not.toContain('13912345678');
  });

  it("is refused when it is a write from another site's page", async () => {
    const foreign: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example', host: 'fangang.example' },
      { origin: 'null', host: 'fangang.example' },
    ];
    for (const headers of foreign) expect((await send({}, { ...json, ...headers })).statusCode).toBe(403);
    const own = { origin: 'https://fangang.example', host: 'fangang.example' };
    expect((await send({}, { ...json, ...own })).statusCode).toBe(200);
  });
});

describe('a reply', () => {
  it('says what its schema lists and nothing else', async () => {
    expect(Object.keys((await send({ text: 'a' })).json())).toEqual(['text', 'runs']);
  });

  it('that breaks or does not fit is a fault: told to the log without values, and to nobody else', async () => {
    for (const how of ['breaks', 'misfits']) {
      lines.length = 0;
      const answer = await app.inject({ url: `/api/look?how=${how}` });
      expect(answer.statusCode).toBe(500);
      expect(answer.json()).toEqual({
        type: 'urn:fangang:problem:basics.fault',
        title: 'fault',
        status: 500,
        code: 'basics.fault',
        facts: {},
      });
      expect(lines[0]?.[0]).toMatchObject({ request: answer.headers['x-request-id'], route: '/api/look' });
    }
    const [[misfit]] = lines as [[{ err: Error }]];
    expect(misfit.err.message).toBe('the reply of test.look does not fit at seen');
  });

  it('that refuses is the same bytes each time; its number is in the header', async () => {
    const [one, two] = [
      await app.inject({ url: '/api/look?how=refuses' }),
      await app.inject({ url: '/api/look?how=refuses' }),
    ];
    expect(one.body).toBe(two.body);
    expect(one.headers['x-request-id']).not.toBe(two.headers['x-request-id']);
    expect(Object.keys(one.headers)).toEqual(Object.keys(two.headers));
  });

  it('carries the headers that keep it in its place', async () => {
    const { headers } = await send({});
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'/);
    expect(headers['permissions-policy']).toContain('geolocation=()');
    expect(headers).not.toHaveProperty('strict-transport-security');
  });

  it('asks for HTTPS where it came by HTTPS, as a proxy that is named says', async () => {
    const by = (remoteAddress: string) =>
      app.inject({
        url: '/api/look?how=refuses',
        remoteAddress,
        headers: { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.7' },
      });
    const policy = (await by('127.0.0.9')).headers['strict-transport-security'];
    expect(policy).toBe('max-age=31536000; includeSubDomains');
    expect((await by('203.0.113.9')).headers).not.toHaveProperty('strict-transport-security');
  });
});

describe('the same key again', () => {
  it('gives the same bytes and runs nothing', async () => {
    const [url, key] = [at(), newId()];
    const first = await send({ text: 'a', key }, json, url);
    expect((await send({ key, text: 'a' }, json, url)).body).toBe(first.body);
    expect((await send({ text: 'a', key: newId() }, json, url)).body).not.toBe(first.body);
  });

  it('refuses another body', async () => {
    const key = newId();
    await send({ text: 'a', key });
    const other = await send({ text: 'b', key });
    expect([other.statusCode, other.json().code]).toEqual([422, 'basics.key_reused']);
  });

  it('makes a new session instead of keeping the cookie of the first', async () => {
    const body = { key: newId() };
    const cookies = [await send(body, json, '/api/enter'), await send(body, json, '/api/enter')].map(
      (it) => it.headers['set-cookie'],
    );
    expect(new Set(cookies).size).toBe(2);
  });
});

it('counts an address that a named proxy tells, and believes nobody else', async () => {
  const few = { burst: 2, perSecond: 0.1 };
  const rates = { account: ACCOUNT_RATES, address: { ...ADDRESS_RATES, write: few } };
  const other = await openEdge(services, { proxies: ['127.0.0.9'] });
  mount(
    other,
    services,
    ROUTES,
    async () => null,
    makeDefence(rates, () => 0),
  );
  const statuses = async (remoteAddress: string): Promise<number[]> => {
    const all = [];
    for (let n = 1; n <= 3; n += 1) {
      const headers = { 'x-forwarded-for': `203.0.113.${n}` };
      all.push(
        (await other.inject({ method: 'POST', url: at(), payload: {}, remoteAddress, headers })).statusCode,
      );
    }
    return all;
  };
  expect(await statuses('127.0.0.9')).toEqual([200, 200, 200]);
  expect(await statuses('198.51.100.7')).toEqual([200, 200, 429]);
  await other.close();
});

it('tells who asks too much how long to wait, and lets the others in', async () => {
  const few = { burst: 2, perSecond: 0.1 };
  const rates = { account: ACCOUNT_RATES, address: { ...ADDRESS_RATES, write: few } };
  const other = await openEdge(services);
  mount(
    other,
    services,
    ROUTES,
    async () => null,
    makeDefence(rates, () => 0),
  );
  const from = (remoteAddress: string) =>
    other.inject({ method: 'POST', url: at(), payload: {}, remoteAddress });
  const asked = [];
  for (let i = 0; i < 3; i += 1) asked.push(await from('203.0.113.7'));
  expect(asked.map((it) => it.statusCode)).toEqual([200, 200, 429]);
  expect(asked[2]?.headers['retry-after']).toBe('10');
  expect(asked[2]?.json()).toMatchObject({ code: 'basics.too_many', facts: { afterS: 10 } });
  expect((await from('203.0.113.8')).statusCode).toBe(200);
  await other.close();
});

it('holds no turn while somebody reads the reply, and notes the status that was sent', async () => {
  const noted: unknown[] = [];
  const watched = { ...(services as object), log: { ...log, info: (facts: object) => noted.push(facts) } };
  const other = await openEdge(watched as never);
  const defence = makeDefence(undefined, () => 0);
  let during = 'nothing';
  const turns: typeof defence.turns = {
    take: async (lane, work) => {
      const value = await defence.turns.take(lane, work);
      during = typeof value;
      return value;
    },
  };
  mount(other, watched as never, ROUTES, async () => null, { ...defence, turns });
  const reply = await other.inject({ method: 'POST', url: at(), payload: {} });
  expect(reply.statusCode).toBe(200);
  expect(during).toBe('function');
  expect(noted).toMatchObject([{ method: 'POST', status: 200 }]);
  await other.close();
});
