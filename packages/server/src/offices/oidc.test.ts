import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openEdge } from '../platform/edge.ts';
import { mount } from '../platform/mount.ts';
import { asOwner } from '../platform/owner.ts';
import { routes } from './routes.ts';
import { startTestProvider, type TestProvider } from './test-provider.ts';
import { type TestHouse, testHouse } from './testing.ts';

const WULONG = '500156000000';
let house: TestHouse;
let provider: TestProvider;
beforeAll(async () => {
  [house, provider] = await Promise.all([testHouse(routes), startTestProvider()]);
  process.env.FANGANG_OIDC_ISSUER = provider.issuer;
  process.env.FANGANG_OIDC_CLIENT_ID = provider.clientId;
  process.env.FANGANG_OIDC_CLIENT_SECRET = provider.clientSecret;
  process.env.FANGANG_OIDC_NAME = '渝快政';
});
beforeEach(() => {
  provider.spoil = 'nothing';
});
afterAll(async () => {
  for (const name of ['ISSUER', 'CLIENT_ID', 'CLIENT_SECRET', 'NAME'])
    delete process.env[`FANGANG_OIDC_${name}`];
  await house.close();
  await provider.close();
});

async function post(url: string, payload: object, cookie = '') {
  const answer = await house.app.inject({ method: 'POST', url, payload, headers: { cookie } });
  const set = [answer.headers['set-cookie'] ?? []].flat().map((it) => it.split(';')[0] ?? '');
  return { status: answer.statusCode, body: answer.json(), cookies: set };
}
const owner = <T>(query: ReturnType<typeof sql<T>>): Promise<T[]> =>
  asOwner(house.fresh.adminUrl, house.fresh.city, async (tx) => (await query.execute(tx)).rows);
async function account() {
  const { id } = await house.signIn('dispatcher', WULONG);
  const [row] = await owner(sql<{ login: string }>`select login from offices_staff where id = ${id}::uuid`);
  return { id, login: row?.login ?? '' };
}

async function start(next?: string) {
  const begun = await post('/api/session/provider/start', { ...(next && { next }) });
  expect(begun.status, JSON.stringify(begun.body)).toBe(200);
  return {
    address: begun.body.address as string,
    cookie: begun.cookies.find((it) => it.startsWith('fangang-provider=')) ?? '',
  };
}

/** Goes to the provider as somebody and comes back. */
async function through(claims: Record<string, unknown>, next?: string) {
  const { address, cookie } = await start(next);
  const back = provider.visit(address, claims).searchParams;
  return post('/api/session/provider', { code: back.get('code'), state: back.get('state') }, cookie);
}
const sessionOf = async (answer: { cookies: string[] }) => {
  const cookie = answer.cookies.find((it) => /^fangang=./.test(it)) ?? '';
  return (await house.app.inject({ url: '/api/session', headers: { cookie } })).json();
};

describe('sign-in through the office’s identity provider', () => {
  it('opens the account of that name, and goes on where one wanted to go', async () => {
    const { id, login } = await account();
    const answer = await through({ sub: `s-${login}`, preferred_username: login }, '/people?find=x');
    expect(answer.body).toEqual({ pending: null, next: '/people?find=x' });
    const session = await sessionOf(answer);
    expect(session).toMatchObject({ provider: '渝快政', staff: { id } });
  });

  it('asks with state, nonce and PKCE, and takes them from the same browser only, once', async () => {
    const { login } = await account();
    const claims = { sub: `s-${login}`, preferred_username: login };
    const { address, cookie } = await start();
    const asked = new URL(address).searchParams;
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect(asked.get(name)?.length).toBeGreaterThan(40);
    const back = provider.visit(address, claims).searchParams;
    const body = { code: back.get('code'), state: back.get('state') };
    const other = await start();
    const refused = async (payload: object, at: string) =>
      expect((await post('/api/session/provider', payload, at)).body.code).toBe('offices.provider_refused');
    await refused(body, '');
    await refused(body, other.cookie);
    await refused({ ...body, state: 'another' }, cookie);
    expect((await post('/api/session/provider', body, cookie)).status).toBe(200);
    await refused(body, cookie);
  });

  it.each([
    'signature',
    'unsigned',
    'own key',
    'shared key',
    'nonce',
    'audience',
    'issuer',
    'expired',
  ] as const)('refuses a token with a wrong %s', async (what) => {
    const { login } = await account();
    provider.spoil = what;
    const answer = await through({ sub: `s-${login}`, preferred_username: login });
    expect(answer.body.code).toBe('offices.provider_refused');
  });

  it('opens nothing for a name that has no account, a shut one, or a token without a name', async () => {
    const unknown = await through({ sub: 'x', preferred_username: 'nobody' });
    expect(unknown.body.code).toBe('offices.provider_unknown');
    const { id, login } = await account();
    await owner(sql`update offices_staff set active = false where id = ${id}::uuid`);
    expect((await through({ sub: 'y', preferred_username: login })).body.code).toBe(
      'offices.provider_unknown',
    );
    expect((await through({ sub: 'z' })).body.code).toBe('offices.provider_refused');
  });

  it('keeps to the number behind the name: a name given on to somebody else opens nothing', async () => {
    const { id, login } = await account();
    await through({ sub: 'first', preferred_username: login });
    expect((await through({ sub: 'second', preferred_username: login })).body.code).toBe(
      'offices.provider_unknown',
    );
    const renamed = await through({ sub: 'first', preferred_username: 'married-name' });
    expect((await sessionOf(renamed)).staff.id).toBe(id);
  });

  it('begins a session that ends by our own limits', async () => {
    for (const [column, age] of [
      ['seen_at', '30 minutes'],
      ['created_at', '12 hours'],
    ] as const) {
      const { id, login } = await account();
      const opened = await through({ sub: `s-${login}`, preferred_username: login });
      expect((await sessionOf(opened)).staff.id).toBe(id);
      await owner(
        sql`update offices_session set ${sql.ref(column)} = now() - ${age}::interval where staff_id = ${id}::uuid`,
      );
      expect((await sessionOf(opened)).staff).toBeNull();
    }
  });

  it('asks for our second factor unless the provider has asked for one', async () => {
    const { id, login } = await account();
    await owner(
      sql`insert into offices_totp (staff_id, sealed, confirmed_at) values (${id}::uuid, '\\x00', now())`,
    );
    const claims = { sub: `s-${login}`, preferred_username: login };
    expect((await through(claims)).body.pending).toBe('secondFactor');
    expect((await through({ ...claims, amr: ['pwd', 'mfa'] })).body.pending).toBeNull();
  });

  it.each(['another', 'elsewhere'] as const)('believes no description of %s', async (describes) => {
    // Another client: the description of the first is known already.
    process.env.FANGANG_OIDC_CLIENT_ID = `fangang-${describes}`;
    provider.describes = describes;
    try {
      expect((await post('/api/session/provider/start', {})).body.code).toBe('offices.provider_away');
      provider.describes = 'itself';
      expect((await post('/api/session/provider/start', {})).status).toBe(200);
    } finally {
      process.env.FANGANG_OIDC_CLIENT_ID = provider.clientId;
      provider.describes = 'itself';
    }
  });

  it('keeps what it takes along in a __Host- cookie over HTTPS', async () => {
    const { services } = house;
    const edge = await openEdge(services, { proxies: ['127.0.0.1'] });
    mount(edge, services, routes, async () => null);
    const answer = await edge.inject({
      method: 'POST',
      url: '/api/session/provider/start',
      payload: {},
      headers: { 'x-forwarded-proto': 'https' },
    });
    const set = String(answer.headers['set-cookie']);
    expect(set).toMatch(/^__Host-fangang-provider=[\w-]+; /);
    expect(set.split('; ').slice(1).sort()).toEqual([
      'HttpOnly',
      'Max-Age=600',
      'Path=/',
      'SameSite=Lax',
      'Secure',
    ]);
    await edge.close();
  });

  it('is not there without a provider', async () => {
    const issuer = process.env.FANGANG_OIDC_ISSUER;
    delete process.env.FANGANG_OIDC_ISSUER;
    expect((await post('/api/session/provider/start', {})).status).toBe(404);
    process.env.FANGANG_OIDC_ISSUER = 'http://127.0.0.1:9';
    expect((await post('/api/session/provider/start', {})).body.code).toBe('offices.provider_away');
    process.env.FANGANG_OIDC_ISSUER = issuer;
  });
});
