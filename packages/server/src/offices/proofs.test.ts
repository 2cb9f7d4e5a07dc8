import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { newId } from '../platform/ids.ts';
import { asOwner } from '../platform/owner.ts';
import { routes } from './routes.ts';
import { softwarePasskey } from './software-passkey.ts';
import { TEST_PASSWORD, type TestHouse, testAuthenticator, testHouse } from './testing.ts';

const WULONG = '500156000000';
let house: TestHouse;
beforeAll(async () => {
  house = await testHouse(routes);
});
afterEach(() => vi.useRealTimers());
afterAll(() => house.close());

async function post(url: string, payload: object, cookie: string) {
  const answer = await house.app.inject({
    method: 'POST',
    url,
    payload,
    headers: { cookie, host: 'localhost' },
  });
  const set = [answer.headers['set-cookie'] ?? []].flat().find((it) => /^fangang=./.test(it));
  return { status: answer.statusCode, body: answer.json(), cookie: set?.split(';')[0] ?? cookie };
}
const account = async (cookie: string) =>
  (await house.app.inject({ url: '/api/account', headers: { cookie } })).json();
const owner = <T>(query: ReturnType<typeof sql<T>>): Promise<T[]> =>
  asOwner(house.fresh.adminUrl, house.fresh.city, async (tx) => (await query.execute(tx)).rows);
const clerk = () => house.signIn('dispatcher', WULONG);
const withoutPassword = (id: string) =>
  owner(sql`update offices_staff set password_hash = null where id = ${id}::uuid`);
const ageTo = (id: string, minutes: number) =>
  owner(
    sql`update offices_session set created_at = now() - ${minutes}::float8 * interval '1 minute' where staff_id = ${id}::uuid`,
  );
const PASSWORD = { password: TEST_PASSWORD };

/** Takes an authenticator on; gives the session's new token and codes of its steps. */
async function withTotp(cookie: string, proof: object = PASSWORD) {
  const begun = await post('/api/account/totp', proof, cookie);
  expect(begun.status, JSON.stringify(begun.body)).toBe(200);
  const phone = testAuthenticator(begun.body.secret);
  const done = await post('/api/account/totp/confirm', { code: phone.code() }, cookie);
  expect(done.status, JSON.stringify(done.body)).toBe(200);
  return { cookie: done.cookie, next: phone.turn };
}

/** Every step that changes the own ways in, or ends a session. */
const steps = (passkey: string, session: string) => [
  '/api/account/totp',
  '/api/account/totp/remove',
  '/api/account/recovery-codes',
  '/api/account/passkeys/options',
  `/api/account/passkeys/${passkey}/remove`,
  `/api/account/sessions/${session}/end`,
  '/api/account/sessions/end-others',
];

describe('a session left open', () => {
  it('takes no factor on or off, makes no recovery codes and ends no session without the password', async () => {
    const { id, cookie } = await clerk();
    const key = softwarePasskey();
    const offered = await post('/api/account/passkeys/options', PASSWORD, cookie);
    const answer = key.register(offered.body.options, 'http://localhost');
    const added = await post('/api/account/passkeys', { name: 'x', answer }, cookie);
    const totp = await withTotp(added.cookie);
    await house.app.inject({
      method: 'POST',
      url: '/api/session',
      payload: { login: (await account(totp.cookie)).login, ...PASSWORD },
    });
    const own = await account(totp.cookie);
    expect(own).toMatchObject({ proof: 'password', codesLeft: 10 });
    const other = own.sessions.find((it: { here: boolean }) => !it.here).id;
    const all = steps(own.passkeys[0].id, other);
    for (const url of all) {
      expect([url, (await post(url, {}, totp.cookie)).body.code]).toEqual([url, 'offices.proof_needed']);
      const guessed = await post(url, { password: 'wrong' }, totp.cookie);
      expect([url, guessed.body.code]).toEqual([url, 'offices.password_wrong']);
      // A code proves nothing where there is a password.
      const code = await post(url, { code: totp.next() }, totp.cookie);
      expect([url, code.body.code]).toEqual([url, 'offices.proof_needed']);
    }
    const after = await account(totp.cookie);
    expect(after).toMatchObject({ totpSince: own.totpSince, codesLeft: 10 });
    expect([after.passkeys.length, after.sessions.length]).toEqual([1, 2]);
    const ids = await owner(sql`select 1 from offices_session where staff_id = ${id}::uuid`);
    expect(ids).toHaveLength(2);
    // With it each is done; the authenticator is there already, which is another answer.
    await owner(sql`delete from offices_login_failure`);
    const done = [];
    for (const url of all) done.push((await post(url, { ...PASSWORD, key: newId() }, totp.cookie)).status);
    expect(done).toEqual([409, 200, 200, 200, 200, 200, 200]);
    const left = await account(totp.cookie);
    expect([left.totpSince, left.passkeys, left.sessions.length]).toEqual([null, [], 1]);
  });

  it('is locked by guesses as a sign-in is', async () => {
    const { cookie } = await clerk();
    const guess = () => post('/api/account/sessions/end-others', { password: 'wrong' }, cookie);
    for (let i = 0; i < 10; i++) expect((await guess()).body.code).toBe('offices.password_wrong');
    const locked = await post('/api/account/sessions/end-others', PASSWORD, cookie);
    expect(locked.body.code).toBe('offices.too_many_failures');
    await owner(sql`delete from offices_login_failure`);
    expect((await post('/api/account/sessions/end-others', PASSWORD, cookie)).status).toBe(200);
  });

  it('adds no passkey with a challenge that a sign-in was given', async () => {
    const { cookie } = await clerk();
    const asked = await post('/api/session/passkey/options', {}, '');
    const offered = await post('/api/account/passkeys/options', PASSWORD, cookie);
    const add = (challenge: string) => {
      const options = { ...offered.body.options, challenge };
      const answer = softwarePasskey().register(options, 'http://localhost');
      return post('/api/account/passkeys', { name: 'x', answer }, cookie);
    };
    expect((await add(asked.body.options.challenge)).body.code).toBe('offices.passkey_wrong');
    expect((await add(offered.body.options.challenge)).status).toBe(200);
  });
});

describe('an account without a password', () => {
  it('is asked for nothing in the first ten minutes, then for a new sign-in', async () => {
    const { id, cookie } = await clerk();
    await withoutPassword(id);
    await ageTo(id, 9.5);
    expect((await account(cookie)).proof).toBe('none');
    expect((await post('/api/account/sessions/end-others', {}, cookie)).status).toBe(200);
    await ageTo(id, 10);
    expect((await account(cookie)).proof).toBe('signInAgain');
    for (const given of [{}, PASSWORD, { code: '000000' }]) {
      const late = await post('/api/account/totp', given, cookie);
      expect([late.status, late.body.code]).toEqual([409, 'offices.sign_in_again']);
    }
  });

  it('is asked for a code of its authenticator, which counts once', async () => {
    const { id, cookie } = await clerk();
    await withoutPassword(id);
    const totp = await withTotp(cookie, {});
    expect((await account(totp.cookie)).proof).toBe('code');
    const end = (given: object) => post('/api/account/sessions/end-others', given, totp.cookie);
    expect((await end({})).body.code).toBe('offices.proof_needed');
    expect((await end({ code: '000000' })).body.code).toBe('offices.code_wrong');
    const code = totp.next();
    expect((await end({ code })).status).toBe(200);
    expect((await end({ code })).body.code).toBe('offices.code_wrong');
  });
});

describe('a sign-in that has to take a factor on', () => {
  it('goes on without asking twice, and asks once it is ten minutes old', async () => {
    const { id, cookie } = await clerk();
    const city = await house.signIn('securityAdministrator', '500000000000');
    const settings = { profile: 'owasp', secondFactorFor: ['dispatcher'] };
    expect((await post('/api/sign-in-settings', settings, city.cookie)).status).toBe(200);
    await ageTo(id, 10);
    expect((await post('/api/account/totp', {}, cookie)).body.code).toBe('offices.proof_needed');
    await ageTo(id, 1);
    await withTotp(cookie, {});
    await post('/api/sign-in-settings', { ...settings, secondFactorFor: [] }, city.cookie);
  });
});
