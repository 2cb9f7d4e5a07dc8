import { Writable } from 'node:stream';
import { endpoint } from '@fangang/domain/basics/api.ts';
import * as fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { makeApp } from './app.ts';
import { type TestHouse, testHouse } from './offices/testing.ts';
import { openEdge } from './platform/edge.ts';
import { route } from './platform/http.ts';
import { newId } from './platform/ids.ts';
import { openLog } from './platform/log.ts';
import { mount } from './platform/mount.ts';
import { type Door, doorsOf, hostile } from './platform/openapi-testing.ts';

/** What must never stand in a log: an ID number, a telephone, a name in both scripts, a token, a password. */
const CANARIES = [
  '500102199001011234',
  '13912345678',
  '谭秋实',
  'Tan Qiushi',
  'tok3nOfTheCanary',
  'passw0rd-Canary',
];

let house: TestHouse;
let app: FastifyInstance;
let written = '';
const log = openLog(
  'trace',
  new Writable({
    write: (chunk, _encoding, done) => {
      written += chunk;
      done();
    },
  }),
);
let cookie = '';

beforeAll(async () => {
  house = await testHouse([]);
  app = await makeApp({ ...house.services, log }, { defence: null });
  cookie = (await house.signIn('dispatcher', '500156000000')).cookie;
});
afterAll(async () => {
  await app.close();
  await house.close();
});

/** The ways a text can stand in a line: as it is, in an address, in JSON, in base64. */
function formsOf(canary: string): string[] {
  const escaped = [...canary].map((it) => `\\u${it.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
  const base64 = Buffer.from(canary).toString('base64').replace(/=+$/, '').slice(0, -1);
  return [canary, encodeURIComponent(canary), canary.replaceAll(' ', '+'), escaped, base64];
}

function leaks(text: string): string[] {
  return CANARIES.filter((canary) => formsOf(canary).some((form) => text.includes(form)));
}

/** Every string of a body is one of the canaries, and one more field is. */
function filled(value: unknown, n: number): unknown {
  if (typeof value === 'string') return CANARIES[n % CANARIES.length];
  if (Array.isArray(value)) return value.map((it) => filled(it, n + 1));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, it], i) => [name, filled(it, n + i)]));
}

const words = CANARIES.map((it) => `word=${encodeURIComponent(it)}`).join('&');
const headers = (signedIn: boolean) => ({
  cookie: signedIn ? `${cookie}; name=tok3nOfTheCanary` : 'fangang=tok3nOfTheCanary',
  'user-agent': 'Tan Qiushi 13912345678',
  referer: 'https://x/500102199001011234?name=Tan Qiushi',
  'x-request-id': '500102199001011234',
  'x-language': '13912345678',
  authorization: 'Bearer tok3nOfTheCanary',
  origin: 'https://13912345678.example',
});

async function visit(door: Door, signedIn: boolean): Promise<void> {
  const path = door.path.replace(/\{\w+\}/g, encodeURIComponent('500102199001011234'));
  const [sample] = fc.sample(hostile(door.body ?? {}), { numRuns: 1, seed: 1 });
  const known = door.parameters.filter((it) => it.in === 'query').map((it) => `${it.name}=13912345678`);
  const one = (url: string, payload: object) =>
    app.inject({
      method: door.method,
      url,
      headers: headers(signedIn),
      ...(door.method === 'POST' && { payload }),
    });
  await one(`${path}?${words}`, { name: '谭秋实', [CANARIES[0] ?? '']: CANARIES[1] });
  await one(`${path}?${known.join('&')}`, filled(sample ?? {}, 0) as object);
  const ids = door.path.replace(/\{\w+\}/g, newId());
  await one(ids, (sample ?? {}) as object);
}

it('holds no canary, wherever one came in', async () => {
  const printed: string[] = [];
  const spies = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      printed.push(String(text));
      return true;
    }),
  );
  try {
    const doors = await doorsOf(app);
    for (const door of doors) for (const signedIn of [true, false]) await visit(door, signedIn);
    const form = [
      '--b\r\ncontent-disposition: form-data; name="谭秋实"\r\n\r\n13912345678\r\n',
      '--b\r\ncontent-disposition: form-data; name="file"; filename="谭秋实 500102199001011234.csv"\r\n\r\n姓名,证件号\n谭秋实,500102199001011234\n\r\n--b--\r\n',
    ];
    for (const payload of [form.join(''), form[1] ?? '', form.join('').slice(0, -8)]) {
      const type = 'multipart/form-data; boundary=b';
      await app.inject({
        method: 'POST',
        url: '/api/people/uploads',
        headers: { cookie, 'content-type': type },
        payload,
      });
    }
    await app.inject({
      method: 'POST',
      url: '/api/session',
      payload: { login: 'Tan Qiushi', password: 'passw0rd-Canary' },
    });
    await app.inject({ url: `/nothing/${encodeURIComponent('谭秋实')}?${words}` });
    await app.inject({ method: 'DELETE', url: `/api/people/500102199001011234?${words}` });
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  const lines = written.trim().split('\n');
  expect(lines.length).toBeGreaterThan(300);
  for (const line of lines) expect(() => JSON.parse(line)).not.toThrow();
  expect(leaks(written)).toEqual([]);
  expect(leaks(printed.join(''))).toEqual([]);
});

it('holds none when a request breaks: the database and the libraries quote what they were given', async () => {
  const breaking = endpoint({
    name: 'test.breaking',
    method: 'POST',
    path: '/api/breaking/:who',
    params: z.object({ who: z.string() }),
    body: z.object({ how: z.string(), name: z.string(), key: z.uuid().optional() }),
    reply: z.object({}),
    callers: ['dispatcher'],
    access: { resource: 'person', action: 'write', scope: 'area' },
  });
  const edge = await openEdge({ log });
  const services = { ...house.services, log };
  const routes = [
    route(breaking, async ({ tx }, { params, body }) => {
      if (body.how === 'database') await sql`select ${body.name}::text::uuid`.execute(tx);
      if (body.how === 'json') JSON.parse(`{"name": ${body.name}}`);
      if (body.how === 'file')
        await import('node:fs/promises').then((fs) => fs.readFile(`/nowhere/${body.name}`));
      if (body.how === 'own') throw new Error(`${body.name}\n    at ${params.who}`);
      if (body.how === 'program') (undefined as unknown as Record<string, () => void>)[body.name]?.();
      throw Object.assign(new TypeError(`"${body.name}" is not a name`), {
        name: body.name,
        detail: body.name,
      });
    }),
  ];
  const areaCode = '500156000000';
  const me = { id: newId(), role: 'dispatcher' as const, areaCode, officeId: newId(), employerId: null };
  const scope = {
    kind: 'office' as const,
    staffId: me.id,
    officeId: me.officeId,
    areaFrom: areaCode,
    areaTo: areaCode,
  };
  mount(edge, services, routes, async () => ({ ...me, scope }));
  written = '';
  for (const how of ['database', 'json', 'file', 'own', 'program', 'other']) {
    for (const name of CANARIES) {
      const url = `/api/breaking/${encodeURIComponent(name)}`;
      const answer = await edge.inject({ method: 'POST', url, payload: { how, name } });
      expect(answer.statusCode).toBe(500);
      expect(leaks(answer.body)).toEqual([]);
    }
  }
  await edge.close();
  expect(written).toContain('"code":"22P02"');
  expect(written).toContain('log-canary.test.ts');
  expect(leaks(written)).toEqual([]);
});

it('is searched well enough: the control of the tests above', async () => {
  const edge = await openEdge({ log });
  edge.addHook('onRequest', async ({ url }) => {
    written += JSON.stringify({ url });
  });
  for (const canary of CANARIES) {
    written = '';
    await edge.inject({ url: `/api/people?text=${encodeURIComponent(canary)}` });
    expect(leaks(written)).toEqual([canary]);
  }
  expect(leaks(JSON.stringify({ err: 'for 谭秋实' }))).toEqual(['谭秋实']);
  await edge.close();
});
