import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../platform/ids.ts';
import { asOwner } from '../platform/owner.ts';
import { routes } from './routes.ts';
import { type SoftwarePasskey, softwarePasskey } from './software-passkey.ts';
import { TEST_PASSWORD, type TestHouse, testHouse } from './testing.ts';

const WULONG = '500156000000';
const ORIGIN = 'http://localhost';
let house: TestHouse;
beforeAll(async () => {
  house = await testHouse(routes);
});
afterAll(() => house.close());

async function post(url: string, payload: object = {}, cookie = '', host = 'localhost') {
  const answer = await house.app.inject({ method: 'POST', url, payload, headers: { cookie, host } });
  const set = [answer.headers['set-cookie'] ?? []].flat().find((it) => /^fangang=./.test(it));
  return { status: answer.statusCode, body: answer.json(), cookie: set?.split(';')[0] ?? '' };
}
const statusOf = async (cookie: string) =>
  (await house.app.inject({ url: '/api/places?text=x', headers: { cookie } })).statusCode;
const owner = <T>(query: ReturnType<typeof sql<T>>): Promise<T[]> =>
  asOwner(house.fresh.adminUrl, house.fresh.city, async (tx) => (await query.execute(tx)).rows);

async function register(cookie: string, key: SoftwarePasskey = softwarePasskey(), name = '我的电脑') {
  const offered = await post('/api/account/passkeys/options', { password: TEST_PASSWORD }, cookie);
  expect(offered.status).toBe(200);
  const answer = key.register(offered.body.options, ORIGIN);
  const body = { name, answer, key: newId() };
  return { key, body, done: await post('/api/account/passkeys', body, cookie) };
}
const challenge = async (cookie = '', host = 'localhost') =>
  (await post('/api/session/passkey/options', {}, cookie, host)).body.options;

describe('a passkey', () => {
  it('is made, and opens the account without name and password', async () => {
    const { id, cookie } = await house.signIn('dispatcher', WULONG);
    const { key, done } = await register(cookie);
    expect(done.body).toEqual({ pending: null });
    expect(await statusOf(cookie)).toBe(401);
    expect(await statusOf(done.cookie)).toBe(200);
    const opened = await post('/api/session/passkey', { answer: key.answer(await challenge(), ORIGIN) });
    expect(opened.body).toEqual({ pending: null });
    const session = await house.app.inject({ url: '/api/session', headers: { cookie: opened.cookie } });
    expect(session.json().staff.id).toBe(id);
  });

  it('is the second step after a password', async () => {
    const { id, cookie } = await house.signIn('dispatcher', WULONG);
    const { key } = await register(cookie);
    const [row] = await owner(sql<{ login: string }>`select login from offices_staff where id = ${id}::uuid`);
    const first = await post('/api/session', { login: row?.login, password: TEST_PASSWORD });
    expect(first.body).toEqual({ pending: 'secondFactor' });
    const options = await challenge(first.cookie);
    expect(options.allowCredentials).toHaveLength(1);
    const opened = await post('/api/session/passkey', { answer: key.answer(options, ORIGIN) }, first.cookie);
    expect(opened.body).toEqual({ pending: null });
    expect([await statusOf(first.cookie), await statusOf(opened.cookie)]).toEqual([401, 200]);
  });

  it('is refused with a challenge of before, of nobody, from another page, with another host or signature', async () => {
    const { cookie } = await house.signIn('dispatcher', WULONG);
    const { key } = await register(cookie);
    const refused = async (answer: object) =>
      expect((await post('/api/session/passkey', { answer })).body.code).toBe('offices.passkey_wrong');
    const options = await challenge();
    const answer = key.answer(options, ORIGIN);
    expect((await post('/api/session/passkey', { answer })).status).toBe(200);
    await refused(answer);
    await refused(key.answer(options, ORIGIN));
    await refused(key.answer({ rpId: 'localhost', challenge: 'bm9ib2R5IG1hZGUgaXQ' }, ORIGIN));
    await refused(key.answer(await challenge(), 'http://evil.example'));
    await refused(key.answer(await challenge(), ORIGIN, { host: 'evil.example' }));
    const other = softwarePasskey().answer(await challenge(), ORIGIN);
    await refused({ ...other, id: answer.id, rawId: answer.rawId });
    await refused(other);
    await refused({
      ...answer,
      response: { clientDataJSON: 'e30', authenticatorData: 'AA', signature: 'AA' },
    });
    const noted = await owner(
      sql`select 1 from offices_audit where action = 'offices.sign_in_failed' and facts ->> 'how' = 'passkey'`,
    );
    expect(noted.length).toBeGreaterThanOrEqual(8);
    const late = await challenge();
    await owner(sql`update offices_challenge set at = now() - interval '5 minutes'`);
    await refused(key.answer(late, ORIGIN));
  });

  it('is refused when its counter stands still: somebody has a copy', async () => {
    const { cookie } = await house.signIn('dispatcher', WULONG);
    const { key } = await register(cookie);
    const at = async (counter: number) =>
      (await post('/api/session/passkey', { answer: key.answer(await challenge(), ORIGIN, { counter }) }))
        .status;
    expect([await at(5), await at(5), await at(4), await at(6)]).toEqual([200, 409, 409, 200]);
  });

  it('opens nothing of a shut account', async () => {
    const { id, cookie } = await house.signIn('dispatcher', WULONG);
    const { key } = await register(cookie);
    await owner(sql`update offices_staff set active = false where id = ${id}::uuid`);
    const shut = await post('/api/session/passkey', { answer: key.answer(await challenge(), ORIGIN) });
    expect(shut.body.code).toBe('offices.passkey_wrong');
  });

  it('is made once for a key sent twice, and by nobody with the challenge of another account', async () => {
    const mine = await house.signIn('dispatcher', WULONG);
    const { body, done } = await register(mine.cookie);
    const again = await post('/api/account/passkeys', body, done.cookie);
    expect([again.status, again.body]).toEqual([200, { pending: null }]);
    const rows = await owner(sql`select 1 from offices_passkey where staff_id = ${mine.id}::uuid`);
    expect(rows).toHaveLength(1);
    const offered = await post('/api/account/passkeys/options', { password: TEST_PASSWORD }, done.cookie);
    const theirs = await house.signIn('dispatcher', WULONG);
    const answer = softwarePasskey().register(offered.body.options, ORIGIN);
    const stolen = await post('/api/account/passkeys', { name: 'x', answer }, theirs.cookie);
    expect(stolen.body.code).toBe('offices.passkey_wrong');
  });

  it('is removed with the password, by its owner only', async () => {
    const mine = await house.signIn('dispatcher', WULONG);
    const { key, done } = await register(mine.cookie);
    const account = await house.app.inject({ url: '/api/account', headers: { cookie: done.cookie } });
    const passkey = account.json().passkeys[0];
    expect(passkey).toMatchObject({ name: '我的电脑', usedAt: null });
    const remove = (cookie: string, password = TEST_PASSWORD) =>
      post(`/api/account/passkeys/${passkey.id}/remove`, { password }, cookie);
    const theirs = await house.signIn('dispatcher', WULONG);
    const none = await post(
      `/api/account/passkeys/${newId()}/remove`,
      { password: TEST_PASSWORD },
      theirs.cookie,
    );
    expect(await remove(theirs.cookie)).toEqual(none);
    expect((await remove(done.cookie, 'wrong')).body.code).toBe('offices.password_wrong');
    expect((await remove(done.cookie)).status).toBe(200);
    const gone = await post('/api/session/passkey', { answer: key.answer(await challenge(), ORIGIN) });
    expect(gone.body.code).toBe('offices.passkey_wrong');
  });
});
