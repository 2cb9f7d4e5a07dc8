import { ADMINISTRATORS, FIRST_SIGN_IN, PLAIN_SIGN_IN } from '@fangang/domain/offices/schema.ts';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { asOwner } from '../platform/owner.ts';
import { routes } from './routes.ts';
import { beginSignIn } from './store.ts';
import { TEST_PASSWORD, type TestHouse, testAuthenticator, testHouse } from './testing.ts';

const WULONG = '500156000000';
const CITY = '500000000000';
const PASSWORD = 'lingshan-boat-77';
let house: TestHouse;
beforeEach(async () => {
  house = await testHouse(routes);
});
afterEach(async () => {
  vi.useRealTimers();
  await house.close();
});

async function post(url: string, payload: object, cookie = '') {
  const answer = await house.app.inject({ method: 'POST', url, payload, headers: { cookie } });
  const set = [answer.headers['set-cookie'] ?? []].flat().find((it) => /^fangang=./.test(it));
  return { status: answer.statusCode, body: answer.json(), cookie: set?.split(';')[0] ?? '' };
}
const stepOf = async (cookie: string): Promise<string | null> =>
  (await house.app.inject({ url: '/api/session', headers: { cookie } })).json().pending?.step ?? null;
const statusOf = async (url: string, cookie: string): Promise<number> =>
  (await house.app.inject({ url, headers: { cookie } })).statusCode;

const setUp = () =>
  post('/api/set-up', {
    ...{ district: WULONG, festival: '2022-02-01', login: 'ran', name: '冉经办', password: PASSWORD },
  });
const owner = <T>(query: ReturnType<typeof sql<T>>): Promise<T[]> =>
  asOwner(house.fresh.adminUrl, house.fresh.city, async (tx) => (await query.execute(tx)).rows);
const settings = () =>
  owner(sql<{ value: object }>`select value from offices_installation where key = 'signIn'`);

describe('a new installation', () => {
  it('leads its first account to a second factor, which opens the house', async () => {
    const made = await setUp();
    expect(made.status).toBe(200);
    expect(await stepOf(made.cookie)).toBe('enrolSecondFactor');
    expect(await statusOf('/api/places?text=x', made.cookie)).toBe(401);
    const begun = await post('/api/account/totp', {}, made.cookie);
    expect(begun.status, JSON.stringify(begun.body)).toBe(200);
    const phone = testAuthenticator(begun.body.secret);
    const done = await post('/api/account/totp/confirm', { code: phone.code() }, made.cookie);
    expect(done.body.pending).toBeNull();
    expect(await statusOf('/api/places?text=x', done.cookie)).toBe(200);
    const again = await post('/api/session', { login: 'ran', password: PASSWORD });
    expect(again.body).toEqual({ pending: 'secondFactor' });
  });

  it('asks it of whoever keeps accounts or sees a district, not of the field, until the security administrator says otherwise', async () => {
    await setUp();
    for (const role of [
      ...ADMINISTRATORS,
      'cityOfficer',
      'districtOfficer',
      'dispatcher',
      'leader',
    ] as const) {
      const { cookie } = await house.signIn(role, role === 'cityOfficer' ? CITY : WULONG);
      expect(await stepOf(cookie), role).toBe('enrolSecondFactor');
    }
    for (const role of ['townOfficer', 'escort', 'laborBroker', 'agency', 'employer'] as const) {
      const { cookie } = await house.signIn(role, WULONG);
      expect(await stepOf(cookie), role).toBeNull();
    }
    const officer = await house.signIn('districtOfficer', WULONG);
    const security = await house.signIn('securityAdministrator', CITY);
    const begun = await post('/api/account/totp', { password: TEST_PASSWORD }, security.cookie);
    const phone = testAuthenticator(begun.body.secret);
    const { cookie } = await post('/api/account/totp/confirm', { code: phone.code() }, security.cookie);
    const lifted = { profile: 'owasp', secondFactorFor: ['securityAdministrator'] };
    expect((await post('/api/sign-in-settings', lifted, cookie)).status).toBe(200);
    expect(await stepOf(officer.cookie)).toBeNull();
  });

  it('begins so on the command line too: with its first account, and with no later one', async () => {
    const begin = () =>
      asOwner(house.fresh.adminUrl, house.fresh.city, (tx) => beginSignIn(tx, FIRST_SIGN_IN));
    await begin();
    expect(await settings()).toEqual([{ value: FIRST_SIGN_IN }]);
    await owner(sql`delete from offices_installation where key = 'signIn'`);
    await house.signIn('leader', WULONG);
    await begin();
    expect(await settings()).toEqual([]);
  });
});

describe('an installation from before, and a sample', () => {
  it('stay as they are: the control', async () => {
    expect(PLAIN_SIGN_IN.secondFactorFor).toEqual([]);
    const { cookie } = await house.signIn('systemAdministrator', WULONG);
    expect(await stepOf(cookie)).toBeNull();
    expect((await setUp()).body.code).toBe('offices.already_set_up');
    expect(await settings()).toEqual([]);
    await owner(sql`delete from offices_session`);
    await owner(sql`delete from offices_staff`);
    await owner(sql`insert into offices_installation (key, value) values ('sample', '{}')`);
    await asOwner(house.fresh.adminUrl, house.fresh.city, (tx) => beginSignIn(tx, FIRST_SIGN_IN));
    expect(await settings()).toEqual([]);
  });
});
