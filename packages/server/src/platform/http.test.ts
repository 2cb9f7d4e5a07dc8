import { endpoint } from '@fangang/domain/basics/api.ts';
import { accept, refuse } from '@fangang/domain/basics/result.ts';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openEdge } from './edge.ts';
import { type Asker, route } from './http.ts';
import { newId } from './ids.ts';
import { append } from './journal.ts';
import { mount } from './mount.ts';
import { asOwner } from './owner.ts';
import type { Services } from './services.ts';
import { type FreshDatabase, freshDatabase } from './testing.ts';

const count = endpoint({
  name: 'test.count',
  method: 'POST',
  path: '/api/test/:area/count',
  params: z.object({ area: z.string() }),
  body: z.object({ heads: z.int().min(0), key: z.uuid().optional() }),
  reply: z.object({ heads: z.number() }),
  callers: ['escort'],
  access: { resource: 'head', action: 'write', scope: 'area' },
});

const paper = endpoint({
  name: 'test.paper',
  method: 'GET',
  path: '/api/test/paper',
  query: z.object({ type: z.string() }),
  reply: z.unknown(),
  file: 'down',
  callers: ['escort'],
  access: { resource: 'paper', action: 'export', scope: 'area' },
});
const NAME = `a"; x=1\r\nset-cookie: a=1;'(*)\ud800 张三.xlsx`;

const asker: Asker = {
  id: newId(),
  role: 'escort',
  areaCode: '500156000000',
  officeId: newId(),
  employerId: null,
  scope: { kind: 'office', staffId: '', officeId: newId(), areaFrom: '500156000000', areaTo: '500156999999' },
};
const me: Asker = { ...asker, scope: { ...asker.scope, staffId: asker.id } as Asker['scope'] };

let fresh: FreshDatabase;
let app: FastifyInstance;
let who: Asker | null = me;
const warned: object[] = [];

beforeAll(async () => {
  fresh = await freshDatabase();
  const log = {
    info: () => undefined,
    warn: (facts: object) => warned.push(facts),
    error: () => undefined,
  };
  const services: Services = {
    db: fresh.db,
    city: fresh.city,
    secrets: fresh.secrets,
    dataDir: '/nowhere',
    log,
  };
  app = await openEdge(services);
  const counting = route(count, async (ctx, { params, body }) => {
    const event = {
      at: ctx.now,
      actor: ctx.actor,
      key: ctx.key,
      ordinal: 0,
      subject: newId(),
      type: 'test.counted',
      area: params.area,
      data: {},
    };
    await append(ctx.tx, [event], ctx.now);
    return body.heads > 50
      ? refuse({ code: 'trips.too_many_heads', facts: { heads: body.heads } })
      : accept({ heads: body.heads });
  });
  const printing = route(paper, async (_ctx, { query }) =>
    accept({ name: NAME, type: query.type, body: '<script>alert(1)</script>' }),
  );
  mount(app, services, [counting, printing], async () => who);
});
afterAll(async () => {
  await app.close();
  await fresh.close();
});

const send = (payload: object, headers = {}) =>
  app.inject({ method: 'POST', url: '/api/test/500156000000/count', payload, headers });

async function journalRows(): Promise<number> {
  return asOwner(fresh.adminUrl, fresh.city, async (tx) => {
    const { rows } = await sql<{ n: number }>`select count(*)::int n from journal`.execute(tx);
    return rows[0]?.n ?? -1;
  });
}

describe('a write route', () => {
  it('does what it says, once, however often the same key is sent', async () => {
    const key = newId();
    const before = await journalRows();
    const answers = await Promise.all([
      send({ heads: 7, key }),
      send({ heads: 7, key }),
      send({ heads: 7, key }),
    ]);
    expect(answers.map((it) => [it.statusCode, it.body])).toEqual(Array(3).fill([200, '{"heads":7}']));
    expect(await journalRows()).toBe(before + 1);
  });

  it('does it twice under two keys: the control of the test above', async () => {
    const before = await journalRows();
    await send({ heads: 7, key: newId() });
    await send({ heads: 7, key: newId() });
    expect(await journalRows()).toBe(before + 2);
  });

  it('refuses another content under the same key', async () => {
    const key = newId();
    await send({ heads: 7, key });
    expect((await send({ heads: 8, key })).statusCode).toBe(422);
  });

  it('leaves nothing behind when the rule refuses, and says so again', async () => {
    const key = newId();
    const before = await journalRows();
    const [first, again] = [await send({ heads: 51, key }), await send({ heads: 51, key })];
    expect(first.json()).toEqual({
      type: 'urn:fangang:problem:trips.too_many_heads',
      title: 'too many heads',
      status: 409,
      code: 'trips.too_many_heads',
      facts: { heads: 51 },
    });
    expect(again.body).toBe(first.body);
    expect(await journalRows()).toBe(before);
  });

  it('refuses who is not signed in, and who has another role', async () => {
    warned.length = 0;
    who = null;
    expect((await send({ heads: 1 })).statusCode).toBe(401);
    who = { ...me, role: 'leader' };
    expect((await send({ heads: 1 })).statusCode).toBe(403);
    who = me;
    expect(warned).toMatchObject([
      { code: 'basics.not_signed_in', method: 'POST', route: '/api/test/:area/count' },
      { code: 'basics.not_allowed', account: me.id },
    ]);
    expect(warned[0]).not.toHaveProperty('account');
  });

  it('refuses unknown fields, bad values, and another site', async () => {
    expect((await send({ heads: 1, extra: true })).statusCode).toBe(400);
    expect((await send({ heads: -1 })).json()).toMatchObject({
      code: 'basics.bad_input',
      facts: { field: 'heads' },
    });
    expect((await send({ heads: 1 }, { 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403);
  });
});

describe('a file', () => {
  const get = (type: string) => app.inject({ url: `/api/test/paper?type=${encodeURIComponent(type)}` });

  it('is saved and not run, under a name of ours that cannot leave its header', async () => {
    const { headers } = await get('text/csv; charset=utf-8');
    expect(headers).not.toHaveProperty('set-cookie');
    const [how, name] = String(headers['content-disposition']).split('; ');
    expect(how).toBe('attachment');
    expect(name).toMatch(/^filename\*=UTF-8''[\w.!#$&+^`|~%-]+$/);
    expect(decodeURIComponent(name?.slice("filename*=UTF-8''".length) ?? '')).toBe(
      NAME.replace('\ud800', '\ufffd'),
    );
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'/);
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('opens in the browser only when it is a paper, and in no frame', async () => {
    const { headers } = await get('application/pdf');
    expect(String(headers['content-disposition'])).toMatch(/^inline; /);
    expect(headers['content-security-policy']).toBe("base-uri 'none'; frame-ancestors 'none'");
  });
});
