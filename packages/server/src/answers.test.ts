import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeApp } from './app.ts';
import { type TestHouse, testHouse } from './offices/testing.ts';
import { newId } from './platform/ids.ts';
import { type Door, doorsOf } from './platform/openapi-testing.ts';

let house: TestHouse;
let app: FastifyInstance;
let doors: Door[];
const cookies = new Map<string, string>();

beforeAll(async () => {
  house = await testHouse([]);
  app = await makeApp(house.services, { defence: null, proxies: ['127.0.0.1'] });
  doors = await doorsOf(app);
  for (const role of ['dispatcher', 'cityOfficer', 'employer', 'agency'] as const) {
    const area = role === 'cityOfficer' ? '500000000000' : '500156000000';
    cookies.set(role, (await house.signIn(role, area, role === 'employer' ? newId() : undefined)).cookie);
  }
});
afterAll(async () => {
  await app.close();
  await house.close();
});

const cookieFor = ({ callers }: Door): string =>
  cookies.get([...cookies.keys()].find((it) => callers.includes(it)) ?? 'dispatcher') ?? '';

/** Each door once, by somebody who may and by nobody, over http and https, with the headers of a page of another site. */
async function visitAll(more: Record<string, string> = {}) {
  const all = [];
  for (const door of doors) {
    for (const cookie of [cookieFor(door), '']) {
      const url = door.path.replace(/\{\w+\}/g, newId()).replace('*', 'none.js');
      const payload = door.method === 'POST' && !door.isPlain ? {} : undefined;
      const headers = { cookie, ...more };
      const answer = await app.inject({ method: door.method, url, headers, ...(payload && { payload }) });
      all.push({ name: `${door.method} ${door.path} ${answer.statusCode}`, url, answer });
    }
  }
  return all;
}

it('every answer says what it is, and may be neither guessed, framed, kept nor told on', async () => {
  const visits = await visitAll();
  expect(visits.length).toBeGreaterThan(150);
  expect(visits.filter((it) => it.answer.statusCode === 200).length).toBeGreaterThan(15);
  for (const { name, url, answer } of visits) {
    const { headers } = answer;
    expect(headers['x-content-type-options'], name).toBe('nosniff');
    expect(headers['referrer-policy'], name).toBe('no-referrer');
    const policy = String(headers['content-security-policy']);
    expect(policy, name).toContain("frame-ancestors 'none'");
    expect(policy, name).toContain("base-uri 'none'");
    if (answer.body !== '') expect(headers['content-type'], name).toMatch(/^[a-z]+\/[a-z.+-]+/);
    if (/^(text\/|application\/(problem\+)?json)/.test(String(headers['content-type'])))
      expect(headers['content-type'], name).toMatch(/charset=utf-8$/);
    if (/^\/(api|t)\//.test(url) && answer.statusCode !== 303)
      expect(headers['cache-control'], name).toBe('no-store');
    if (String(headers['content-type']).startsWith('text/html'))
      expect(policy, name).toMatch(/default-src 'none'|object-src 'none'/);
  }
});

it('no answer lets a page of another site read it', async () => {
  for (const { name, answer } of await visitAll({ origin: 'https://evil.example' })) {
    expect(
      Object.keys(answer.headers).filter((it) => it.startsWith('access-control-')),
      name,
    ).toEqual([]);
  }
  const asked = await app.inject({
    method: 'OPTIONS',
    url: '/api/session',
    headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
  });
  expect(asked.statusCode).toBe(405);
  expect(Object.keys(asked.headers).filter((it) => it.startsWith('access-control-'))).toEqual([]);
});

it('over HTTPS every answer asks for HTTPS; over HTTP none is sent on in silence', async () => {
  for (const { name, answer } of await visitAll({ 'x-forwarded-proto': 'https' }))
    expect(answer.headers['strict-transport-security'], name).toBe('max-age=31536000; includeSubDomains');
  for (const { name, answer } of await visitAll())
    expect(String(answer.headers.location ?? ''), name).not.toMatch(/^https?:|^\/\//);
});

it('only a POST changes anything: what is read by GET says so', async () => {
  const document = (await app.inject('/openapi.json')).json() as {
    paths: Record<string, Record<string, { 'x-access': { action: string } }>>;
  };
  const actions = new Set<string>();
  for (const methods of Object.values(document.paths)) {
    expect(Object.keys(methods).every((it) => it === 'get' || it === 'post')).toBe(true);
    if (methods.get) actions.add(methods.get['x-access'].action);
  }
  expect([...actions].sort()).toEqual(['export', 'list', 'read', 'reveal']);
});

it('no address holds a name or a number of a traveller: what is looked for is asked in a body', async () => {
  interface Said {
    readonly 'x-name': string;
    readonly 'x-access': { readonly resource: string };
    readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  }
  const document = (await app.inject('/openapi.json')).json() as {
    paths: Record<string, Record<string, Said>>;
  };
  const asked = Object.values(document.paths).flatMap((methods) =>
    Object.values(methods).flatMap((it) =>
      (it.parameters ?? [])
        .filter((one) => one.in === 'query' && /^(text|name|tail|code|idNumber|phone|find)$/.test(one.name))
        .map((one) => `${it['x-name']} ${one.name}`),
    ),
  );
  // Places, offices and their staff: no traveller among them.
  expect(asked.sort()).toEqual([
    'offices.findPlaces text',
    'offices.listOffices text',
    'offices.listStaff text',
  ]);
});
