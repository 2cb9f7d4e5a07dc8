import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeApp } from './app.ts';
import { type TestHouse, testHouse } from './offices/testing.ts';
import { newId } from './platform/ids.ts';
import { type Door, doorsOf, hostile } from './platform/openapi-testing.ts';

/** Requests for each door and property; more by hand: `FANGANG_RUNS=200 npm test -- --only packages/server/src/bad-input`. */
const RUNS = Number(process.env.FANGANG_RUNS ?? 4);
const SEED = Number(process.env.FANGANG_SEED ?? 2022);

/** The administrators are of a district: none of them can change how everybody signs in. */
const ROLES = [
  'dispatcher',
  'cityOfficer',
  'townOfficer',
  'employer',
  'agency',
  'systemAdministrator',
  'securityAdministrator',
  'auditAdministrator',
] as const;

let house: TestHouse;
let app: FastifyInstance;
let doors: Door[];
const cookies = new Map<string, string>();

beforeAll(async () => {
  house = await testHouse([]);
  app = await makeApp(house.services, { defence: null });
  doors = await doorsOf(app);
  for (const role of ROLES) {
    const area = role === 'cityOfficer' ? '500000000000' : '500156000000';
    const employer = role === 'employer' ? newId() : undefined;
    cookies.set(role, (await house.signIn(role, area, employer)).cookie);
  }
});
afterAll(async () => {
  await app.close();
  await house.close();
});

interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly payload?: string | Buffer;
}

/** Somebody who may; doors of sessions end them, so theirs is nobody else's. */
function cookieFor(door: Door): string {
  const role = [...cookies.keys()].find((it) => door.callers.includes(it));
  return cookies.get(role ?? (door.callers.includes('signedIn') ? 'dispatcher' : 'agency')) ?? '';
}

function addressOf(door: Door, values: Record<string, unknown>, more = ''): string {
  const path = door.path.replace(/\{(\w+)\}/g, (_, name: string) => encoded(values[name] ?? newId()));
  const query = door.parameters
    .filter((it) => it.in === 'query' && values[it.name] !== undefined)
    .map((it) => `${it.name}=${encoded(values[it.name])}`);
  return `${path}?${[...query, ...(more ? [more] : [])].join('&')}`;
}

/** Half a character has no UTF-8: it goes out as browsers send it. */
function encoded(value: unknown): string {
  return encodeURIComponent(Buffer.from(String(value), 'utf8').toString('utf8'));
}

const valuesOf = (door: Door): fc.Arbitrary<Record<string, unknown>> =>
  fc.record(Object.fromEntries(door.parameters.map((it) => [it.name, hostile(it.schema)])), {
    requiredKeys: door.parameters.filter((it) => it.required).map((it) => it.name),
  });

const JSON_TYPE = { 'content-type': 'application/json' };

function form(fields: Record<string, unknown>, file: Buffer | null, name = 'a.xlsx', end = '--b--\r\n') {
  const parts = Object.entries(fields).map(([key, value]) =>
    Buffer.from(`--b\r\ncontent-disposition: form-data; name="${key}"\r\n\r\n${String(value)}\r\n`),
  );
  const head = `--b\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`;
  const upload = file ? [Buffer.from(head), file, Buffer.from('\r\n')] : [];
  return {
    headers: { 'content-type': 'multipart/form-data; boundary=b' },
    payload: Buffer.concat([...parts, ...upload, Buffer.from(end)]),
  };
}

async function answerTo(door: Door, sent: Sent, cookie = cookieFor(door)) {
  return app.inject({ ...sent, headers: { cookie, ...sent.headers } } as never);
}

type Answer = Awaited<ReturnType<typeof answerTo>>;

/** Whatever came in: no fault, and where it is refused, a problem with a code. Pages answer with a page. */
function isCivil(door: Door, answer: Answer): void {
  expect(answer.statusCode, `${door.method} ${door.path}`).toBeLessThan(500);
  if (answer.statusCode < 400 || String(answer.headers['content-type']).startsWith('text/html')) return;
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(answer.json()).toMatchObject({
    status: answer.statusCode,
    code: expect.stringMatching(/^[a-z]+\.[a-z0-9_]+$/),
    type: expect.stringContaining('urn:fangang:problem:'),
  });
}

function isRefused(door: Door, answer: Answer): void {
  expect(answer.statusCode, `${door.method} ${door.path}`).toBeGreaterThanOrEqual(400);
  isCivil(door, answer);
}

async function each(
  chosen: (door: Door) => boolean,
  arbitrary: (door: Door) => fc.Arbitrary<Sent>,
  check: (door: Door, answer: Answer) => void,
): Promise<number> {
  let sent = 0;
  for (const door of doors.filter(chosen)) {
    await fc.assert(
      fc.asyncProperty(arbitrary(door), async (it) => {
        sent += 1;
        check(door, await answerTo(door, it));
      }),
      { numRuns: RUNS, seed: SEED },
    );
  }
  return sent;
}

const sound = (door: Door): fc.Arbitrary<Sent> =>
  fc.tuple(valuesOf(door), hostile(door.body ?? {})).map(([values, body]) => ({
    method: door.method,
    url: addressOf(door, values),
    ...(door.file === 'up'
      ? form(body as Record<string, unknown>, Buffer.from('a,b\n1,2\n'))
      : door.method === 'POST' && !door.isPlain
        ? { headers: JSON_TYPE, payload: JSON.stringify(body) }
        : { headers: {} }),
  }));

const takesJson = (door: Door): boolean => door.method === 'POST' && !door.isPlain && door.file !== 'up';

describe('every door, read from the running server,', () => {
  it('bears values at the edges of its schema', async () => {
    const statuses = new Map<number, number>();
    const sent = await each(
      () => true,
      sound,
      (door, answer) => {
        isCivil(door, answer);
        if (door.callers.includes('anyone')) return;
        // Who is not let in tests nothing behind the door.
        expect([401, 403], `${door.method} ${door.path}`).not.toContain(answer.statusCode);
        statuses.set(answer.statusCode, (statuses.get(answer.statusCode) ?? 0) + 1);
      },
    );
    expect(sent).toBeGreaterThan(100);
    expect(statuses.get(200)).toBeGreaterThan(20);
  });

  it('refuses a body that is none of its own', async () => {
    const broken = (door: Door): fc.Arbitrary<Sent> =>
      sound(door).chain((it) =>
        fc
          .constantFrom<(text: string) => string>(
            (text) => text.slice(0, -1),
            (text) => `[${text}]`,
            (text) => text.replace(/^\{/, '{"anotherField":1,').replace(',}', '}'),
            (text) =>
              text
                .replace(/^\{/, '{"key":"not a key",')
                .replace(',}', '}')
                .replace(/,"key":"[0-9a-f-]{36}"/, ''),
            () => `${'{"a":'.repeat(60)}1${'}'.repeat(60)}`,
            () => '"text"',
            () => '7',
            () => '',
            () => 'text',
            () => '{"key":{"$gt":""}}',
            () => '{"__proto__":{"isAdmin":true}}',
            () => `{"x":"${'y'.repeat(1_100_000)}"}`,
          )
          .map((damage) => ({ ...it, payload: damage(String(it.payload)) })),
      );
    expect(await each(takesJson, broken, isRefused)).toBeGreaterThan(50);
  });

  it('refuses a body of another type', async () => {
    const typed = (door: Door): fc.Arbitrary<Sent> =>
      fc
        .tuple(
          sound(door),
          fc.constantFrom(
            'text/plain',
            'application/xml',
            'multipart/form-data; boundary=b',
            'multipart/form-data',
            'application/x-www-form-urlencoded',
            'image/png',
            ';',
            'json',
          ),
        )
        .map(([it, type]) => ({ ...it, headers: { 'content-type': type } }));
    await each(takesJson, typed, isRefused);
  });

  it('refuses an id that is none, and a word of the query it does not know', async () => {
    const api = (door: Door): boolean => !door.isPlain;
    const odd = (door: Door): fc.Arbitrary<Sent> =>
      fc
        .tuple(sound(door), valuesOf(door), fc.string({ unit: 'binary', maxLength: 120 }))
        .map(([it, values, text]) => ({
          ...it,
          url: addressOf(door, values, `unknownWord=${encoded(text)}`),
        }));
    await each(api, odd, isRefused);
    const withId = (door: Door): boolean => api(door) && door.parameters.some((one) => one.in === 'path');
    const noId = (door: Door): fc.Arbitrary<Sent> =>
      fc
        .tuple(
          sound(door),
          valuesOf(door),
          fc.constantFrom('0', 'x', '%00', "'", '-1', 'x'.repeat(99), '..%2F..', '张'),
        )
        .map(([it, values, id]) => ({
          ...it,
          url: addressOf(door, {
            ...values,
            ...Object.fromEntries(
              door.parameters.filter((one) => one.in === 'path').map((one) => [one.name, id]),
            ),
          }),
        }));
    expect(await each(withId, noId, isRefused)).toBeGreaterThan(50);
  });

  it('bears headers and cookies of any kind', async () => {
    const odd = fc.constantFrom<Record<string, string>>(
      { cookie: 'fangang=' },
      { cookie: `fangang=${'x'.repeat(4_000)}` },
      { cookie: 'fangang=%E0%A4%A; fangang=2; =; ;;' },
      { cookie: '__Host-fangang="; __proto__=1' },
      { 'accept-language': 'x'.repeat(3_000) },
      { 'x-language': '\u00ff\u00fe' },
      { 'x-request-id': "1'; drop table" },
      { 'x-forwarded-for': '999.999.999.999' },
      { 'if-none-match': '"', range: 'bytes=5-1' },
      { 'content-length': '0', accept: 'nothing/nothing' },
      { authorization: 'Bearer x' },
    );
    const withHeaders = (door: Door): fc.Arbitrary<Sent> =>
      fc.tuple(sound(door), odd).map(([it, headers]) => ({ ...it, headers: { ...it.headers, ...headers } }));
    await each(() => true, withHeaders, isCivil);
  });
});

describe('a door that takes a file', () => {
  const isUp = (door: Door): boolean => door.file === 'up';
  const fields = { season: '2022-spring', area: '500156000000' };
  const zip = Buffer.from('504b0304140000000800', 'hex');
  const files: readonly [string, Buffer | null, number, string][] = [
    ['no file', null, 400, 'basics.file_missing'],
    ['an empty file', Buffer.alloc(0), 422, 'basics.file_empty'],
    ['a picture', Buffer.from('89504e470d0a1a0a', 'hex'), 422, 'basics.file_not_spreadsheet'],
    ['a program', Buffer.from('MZ\0\0\0\0'), 422, 'basics.file_not_spreadsheet'],
    ['half an archive', zip, 422, 'basics.file_damaged'],
    [
      'an archive that lies',
      Buffer.concat([zip, Buffer.from('504b0506', 'hex'), Buffer.alloc(18, 0xff)]),
      422,
      'basics.file_damaged',
    ],
    ['a web page', Buffer.from('<html><body>1</body></html>'), 422, 'basics.file_not_spreadsheet'],
    [
      'old Excel that is none',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]),
      422,
      'basics.file_damaged',
    ],
    [
      'markup',
      Buffer.from('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
      422,
      'basics.file_not_spreadsheet',
    ],
  ];
  it.each(files)('refuses %s', async (_what, file, status, code) => {
    for (const door of doors.filter(isUp)) {
      const sent = { method: door.method, url: door.path, ...form(fields, file) };
      const answer = await answerTo(door, sent);
      isRefused(door, answer);
      expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
    }
  });

  const good = Buffer.from('a,b\n1,2\n');
  it('refuses a name with another ending, or none, before it reads the file; under a right one the bytes decide', async () => {
    const uploads = join(house.services.dataDir, 'uploads');
    for (const door of doors.filter(isUp)) {
      const told = async (name: string, file: Buffer) => {
        const answer = await answerTo(door, {
          method: door.method,
          url: door.path,
          ...form(fields, file, name),
        });
        return [answer.statusCode, answer.json().code];
      };
      for (const name of ['a', 'a.xlsx.exe', 'a.html', '.csv', '../a.pdf', 'csv'])
        expect([name, ...(await told(name, good))]).toEqual([name, 422, 'basics.file_name']);
      // Too large to be kept, and not even counted.
      expect(await told('a.iso', Buffer.alloc(21 * 1024 * 1024, 1))).toEqual([422, 'basics.file_name']);
      expect(await readdir(uploads)).toEqual([]);
      // The control: the same bytes under names that are taken are looked at.
      for (const name of ['a.csv', 'A.XLSX', 'a.txt', 'a.xls'])
        expect((await told(name, good))[1]).not.toBe('basics.file_name');
      expect(await told('a.csv', Buffer.from('%PDF-1.7'))).toEqual([422, 'basics.file_not_spreadsheet']);
    }
  });

  const forms: readonly [string, Omit<Sent, 'method' | 'url'>, number, string][] = [
    ['a form cut off', form(fields, good, 'a.csv', ''), 400, 'basics.bad_form'],
    [
      'a form without an end',
      { ...form(fields, good), payload: form(fields, good).payload.subarray(0, 150) },
      400,
      'basics.bad_form',
    ],
    ['JSON', { headers: JSON_TYPE, payload: JSON.stringify(fields) }, 415, 'basics.wrong_type'],
    [
      'a form without a boundary',
      { ...form(fields, good), headers: { 'content-type': 'multipart/form-data' } },
      400,
      'basics.bad_form',
    ],
    ['a field twice', form({ ...fields, 'season"; name="area': 'x' }, good), 400, 'basics.bad_form'],
    ['a field too long', form({ ...fields, sheet: 'x'.repeat(20_000) }, good), 400, 'basics.bad_form'],
    ['a field nobody knows', form({ ...fields, more: '1' }, good), 400, 'basics.bad_input'],
    ['a prototype', form({ ...fields, __proto: '1', constructor: '1' }, good), 400, 'basics.bad_form'],
    [
      'too many fields',
      form({ ...fields, ...Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`f${i}`, '1'])) }, good),
      413,
      'basics.too_large',
    ],
    ['a file too large', form(fields, Buffer.alloc(21 * 1024 * 1024, 'a,b\n')), 413, 'basics.file_too_big'],
  ];
  it.each(forms)('refuses %s', async (_what, sent, status, code) => {
    for (const door of doors.filter(isUp)) {
      const answer = await answerTo(door, { method: door.method, url: door.path, ...sent });
      isRefused(door, answer);
      expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
    }
  });

  it('bears any bytes under any name', async () => {
    const any = (door: Door): fc.Arbitrary<Sent> =>
      fc
        .tuple(
          fc.uint8Array({ maxLength: 400 }),
          fc.constantFrom('..', '/', '\\..\\a', '', 'x'.repeat(300), '张三.xlsx', 'a\0b'),
        )
        .map(([bytes, name]) => ({
          method: door.method,
          url: door.path,
          ...form(fields, Buffer.from(bytes), name),
        }));
    await each(isUp, any, isCivil);
  });
});
