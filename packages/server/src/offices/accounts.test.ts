import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../platform/ids.ts';
import { asOwner } from '../platform/owner.ts';
import { within } from '../platform/services.ts';
import { routes } from './routes.ts';
import { scopeOfStaff } from './scope.ts';
import { type TestHouse, testHouse } from './testing.ts';

const CITY = '500000000000';
const WULONG = '500156000000';
const BAIMA = '500156101000';
const FENGDU = '500230000000';
const NEW_PASSWORD = 'lingshan-boat-77';
let house: TestHouse;
let system: { id: string; cookie: string };
let security: { id: string; cookie: string };
let auditor: { id: string; cookie: string };
let office = '';
beforeAll(async () => {
  house = await testHouse(routes);
  system = await house.signIn('systemAdministrator', WULONG);
  security = await house.signIn('securityAdministrator', WULONG);
  auditor = await house.signIn('auditAdministrator', WULONG);
  office = (await post('/api/offices', { kind: 'townStation', name: '白马镇社保所', area: BAIMA })).body
    .officeId;
});
afterAll(() => house.close());

async function post(url: string, payload: object = {}, cookie = system.cookie) {
  const answer = await house.app.inject({ method: 'POST', url, payload, headers: { cookie } });
  const set = [answer.headers['set-cookie'] ?? []].flat().find((it) => /^fangang=./.test(it));
  return { status: answer.statusCode, body: answer.json(), cookie: set?.split(';')[0] ?? '' };
}
const get = async (url: string, cookie = system.cookie) =>
  (await house.app.inject({ url, headers: { cookie } })).json();
const owner = <T>(query: ReturnType<typeof sql<T>>): Promise<T[]> =>
  asOwner(house.fresh.adminUrl, house.fresh.city, async (tx) => (await query.execute(tx)).rows);
const audits = async (action: string, subject: string) =>
  (await owner(sql`select 1 from offices_audit where action = ${action} and subject = ${subject}::uuid`))
    .length;
let n = 0;
const clerk = (more: object = {}) => ({
  login: `clerk${++n}`,
  name: '冉经办',
  role: 'townOfficer',
  area: BAIMA,
  officeId: office,
  key: newId(),
  ...more,
});
const signIn = (login: string, password: string) => post('/api/session', { login, password }, '');
const foreign = () => house.signIn('townOfficer', '500230001000');

describe('adding an account', () => {
  it('gives a one-time password that has to be changed; sent twice it is one account with the same password', async () => {
    const body = clerk();
    const made = await post('/api/staff', body);
    expect(made.status, JSON.stringify(made.body)).toBe(200);
    expect(made.body).toMatchObject({ half: false, password: expect.stringMatching(/^(\w{4}-){5}\w{4}$/) });
    expect((await post('/api/staff', body)).body).toEqual(made.body);
    expect((await post('/api/staff', { ...body, name: '他人' })).status).toBe(422);
    const stored = await owner(sql<{ t: string }>`select r::text t from request r`);
    expect(stored.some((it) => it.t.includes(made.body.password))).toBe(false);
    const first = await signIn(body.login, made.body.password);
    expect(first.body).toEqual({ pending: 'changePassword' });
    expect(
      (await house.app.inject({ url: '/api/places?text=x', headers: { cookie: first.cookie } })).statusCode,
    ).toBe(401);
    const changed = await post(
      '/api/account/password',
      { current: made.body.password, next: NEW_PASSWORD },
      first.cookie,
    );
    expect(changed.body).toEqual({ pending: null });
    expect(
      (await house.app.inject({ url: '/api/places?text=x', headers: { cookie: changed.cookie } })).statusCode,
    ).toBe(200);
    expect(await audits('offices.account_added', made.body.staffId)).toBe(1);
  });

  it('refuses another area, a level that does not fit, a taken name, a foreign office like none, and every other role', async () => {
    const code = async (more: object, cookie = system.cookie) =>
      (await post('/api/staff', clerk(more), cookie)).body.code;
    expect(await code({ area: FENGDU, role: 'dispatcher' })).toBe('offices.outside_own_area');
    expect(await code({ area: CITY, role: 'cityOfficer' })).toBe('offices.outside_own_area');
    expect(await code({ role: 'dispatcher' })).toBe('offices.area_does_not_fit');
    expect(await code({ role: 'employer' })).toBe('offices.employer_by_command');
    expect(await code({ login: 'clerk1' })).toBe('offices.login_taken');
    const theirs = await foreign();
    const [row] = await owner(
      sql<{ office_id: string }>`select office_id from offices_staff where id = ${theirs.id}::uuid`,
    );
    expect(await code({ officeId: row?.office_id })).toBe('offices.no_such_office');
    expect(await code({ officeId: newId() })).toBe('offices.no_such_office');
    for (const it of [security, auditor, theirs])
      expect(await code({}, it.cookie)).toBe('basics.not_allowed');
  });

  it('forgets a one-time password that nobody used in three days', async () => {
    const body = clerk();
    const made = await post('/api/staff', body);
    await owner(
      sql`update offices_staff set password_at = now() - interval '3 days' where id = ${made.body.staffId}::uuid`,
    );
    expect((await signIn(body.login, made.body.password)).body.code).toBe('offices.one_time_expired');
    expect((await signIn(body.login, 'wrong')).body.code).toBe('offices.login_wrong');
  });

  it('is written by the function for nobody else, whatever the program says', async () => {
    for (const it of [security, auditor]) {
      const scope = await scopeOfStaff(house.services, it.id);
      if (!scope) throw new Error('has a scope');
      const call = within(house.services, scope, (tx) =>
        sql`select reset_account(${newId()}::uuid, 'x', false, '{}')`.execute(tx),
      );
      await expect(call).rejects.toThrow(/permission denied/);
    }
    const scope = await scopeOfStaff(house.services, system.id);
    if (!scope) throw new Error('has a scope');
    const grant = within(house.services, scope, (tx) =>
      sql`select grant_account(${newId()}::uuid, 'x')`.execute(tx),
    );
    await expect(grant).rejects.toThrow(/permission denied/);
  });
});

describe('an administrator’s account', () => {
  it('is proposed by one, granted by another, and its password lies in two halves', async () => {
    const body = clerk({ role: 'auditAdministrator', area: WULONG });
    const half = (await post('/api/staff', body)).body;
    expect(half).toMatchObject({ half: true, password: expect.stringMatching(/^(\w{4}-){2}\w{4}$/) });
    expect((await signIn(body.login, half.password)).body.code).toBe('offices.login_wrong');
    expect((await post(`/api/staff/${half.staffId}/grant`, {})).body.code).toBe('basics.not_allowed');
    const listed = await get('/api/staff?state=waiting', security.cookie);
    expect(listed.staff.map((it: { login: string }) => it.login)).toEqual([body.login]);
    const key = newId();
    const other = await post(`/api/staff/${half.staffId}/grant`, { key }, security.cookie);
    expect(other.body).toMatchObject({ half: true });
    expect((await post(`/api/staff/${half.staffId}/grant`, { key }, security.cookie)).body).toEqual(
      other.body,
    );
    expect((await post(`/api/staff/${half.staffId}/grant`, {}, security.cookie)).body.code).toBe(
      'offices.nothing_to_grant',
    );
    expect((await signIn(body.login, other.body.password)).body.code).toBe('offices.login_wrong');
    const whole = await signIn(body.login, `${half.password}-${other.body.password}`);
    expect(whole.body).toEqual({ pending: 'changePassword' });
    expect(await audits('offices.administrator_proposed', half.staffId)).toBe(1);
    expect(await audits('offices.administrator_granted', half.staffId)).toBe(1);
  });

  it('is declined, and then was never there', async () => {
    const half = (await post('/api/staff', clerk({ role: 'systemAdministrator', area: WULONG }))).body;
    const key = newId();
    expect((await post(`/api/staff/${half.staffId}/decline`, { key }, security.cookie)).status).toBe(200);
    expect((await post(`/api/staff/${half.staffId}/decline`, { key }, security.cookie)).status).toBe(200);
    expect((await post(`/api/staff/${half.staffId}/grant`, {}, security.cookie)).status).toBe(404);
  });

  it('of another district can be neither granted nor seen', async () => {
    const there = await house.signIn('systemAdministrator', FENGDU);
    const officeThere = (
      await post('/api/offices', { kind: 'bureau', name: '丰都局', area: FENGDU }, there.cookie)
    ).body.officeId;
    const body = clerk({ role: 'auditAdministrator', area: FENGDU, officeId: officeThere });
    const half = (await post('/api/staff', body, there.cookie)).body;
    const tried = await post(`/api/staff/${half.staffId}/grant`, {}, security.cookie);
    expect(tried).toEqual(await post(`/api/staff/${newId()}/grant`, {}, security.cookie));
    expect(tried.status).toBe(404);
    expect((await get('/api/staff?state=waiting', security.cookie)).total).toBe(0);
  });

  it('keeps its role, and nobody’s account becomes one: in the rules and in the database', async () => {
    const made = (await post('/api/staff', clerk())).body.staffId;
    const change = async (id: string, role: string) =>
      (await post(`/api/staff/${id}/change`, { name: 'x', role, area: BAIMA, officeId: office })).body.code;
    expect(await change(made, 'securityAdministrator')).toBe('offices.administrators_stay');
    expect(await change(auditor.id, 'townOfficer')).toBe('offices.administrators_stay');
    expect(await change(system.id, 'auditAdministrator')).toBe('offices.not_oneself');
    const scope = await scopeOfStaff(house.services, system.id);
    if (!scope) throw new Error('has a scope');
    const past = await within(house.services, scope, (tx) =>
      sql<{
        done: boolean;
      }>`select change_account(${made}::uuid, 'x', 'auditAdministrator', ${WULONG}, ${office}::uuid) done`.execute(
        tx,
      ),
    );
    expect(past.rows[0]?.done).toBe(false);
  });

  it('is shut by the security administrator, never the own and never the last', async () => {
    const shut = (id: string, cookie: string) => post(`/api/staff/${id}/active`, { active: false }, cookie);
    expect((await shut(auditor.id, system.cookie)).body.code).toBe('offices.other_administrator');
    expect((await shut(security.id, security.cookie)).body.code).toBe('offices.not_oneself');
    expect((await shut(system.id, security.cookie)).body.code).toBe('offices.last_administrator');
    const second = await house.signIn('securityAdministrator', WULONG);
    const both = await Promise.all([shut(second.id, security.cookie), shut(security.id, second.cookie)]);
    expect(both.map((it) => it.status).sort()).not.toEqual([200, 200]);
    const left = await owner(
      sql`select 1 from offices_staff where role = 'securityAdministrator' and active`,
    );
    expect(left.length).toBeGreaterThan(0);
    await owner(sql`update offices_staff set active = true where id = ${security.id}::uuid`);
    const again = await house.app.inject({ url: '/api/sessions', headers: { cookie: security.cookie } });
    if (again.statusCode === 401) security = await house.signIn('securityAdministrator', WULONG);
  });

  it('gets no password from another administrator', async () => {
    for (const { id } of [auditor, security, system]) {
      expect((await post(`/api/staff/${id}/reset`)).body.code).toBe('offices.administrator_by_command');
    }
  });
});

describe('an account of the trade', () => {
  it('is changed, shut at once and opened again; sent twice it is once', async () => {
    const body = clerk();
    const made = (await post('/api/staff', body)).body;
    const first = await signIn(body.login, made.password);
    const next = { name: '冉主任', role: 'laborBroker', area: BAIMA, officeId: office, key: newId() };
    expect((await post(`/api/staff/${made.staffId}/change`, next)).status).toBe(200);
    expect((await post(`/api/staff/${made.staffId}/change`, next)).status).toBe(200);
    const listed = await get(`/api/staff?text=${body.login}`);
    expect(listed.staff[0]).toMatchObject({
      name: '冉主任',
      role: 'laborBroker',
      state: 'active',
      mustChange: true,
    });
    const shut = { active: false, key: newId() };
    expect((await post(`/api/staff/${made.staffId}/active`, shut)).status).toBe(200);
    expect((await post(`/api/staff/${made.staffId}/active`, shut)).status).toBe(200);
    const session = await house.app.inject({ url: '/api/session', headers: { cookie: first.cookie } });
    expect(session.json()).toMatchObject({ staff: null, pending: null });
    expect((await signIn(body.login, made.password)).body.code).toBe('offices.login_wrong');
    expect((await post(`/api/staff/${made.staffId}/reset`)).body.code).toBe('offices.account_shut');
    expect((await post(`/api/staff/${made.staffId}/active`, { active: true })).status).toBe(200);
    expect((await signIn(body.login, made.password)).status).toBe(200);
    expect(await audits('offices.account_changed', made.staffId)).toBe(1);
    expect(await audits('offices.account_shut', made.staffId)).toBe(1);
  });

  it('gets a new one-time password: sessions end, a locked name opens; a lost second factor goes too if asked', async () => {
    const body = clerk();
    const made = (await post('/api/staff', body)).body;
    const first = await signIn(body.login, made.password);
    for (let i = 0; i < 10; i++) await signIn(body.login, 'wrong');
    await owner(
      sql`insert into offices_totp (staff_id, sealed, confirmed_at) values (${made.staffId}::uuid, '\\x00', now())`,
    );
    const key = newId();
    const reset = await post(`/api/staff/${made.staffId}/reset`, { key });
    expect((await post(`/api/staff/${made.staffId}/reset`, { key })).body).toEqual(reset.body);
    expect(reset.body.password).not.toBe(made.password);
    expect(
      (await house.app.inject({ url: '/api/account', headers: { cookie: first.cookie } })).statusCode,
    ).toBe(401);
    expect((await signIn(body.login, made.password)).body.code).toBe('offices.login_wrong');
    expect((await signIn(body.login, reset.body.password)).body).toEqual({ pending: 'secondFactor' });
    const body2 = { secondFactorToo: true, recognized: 'inPerson' };
    const both = await post(`/api/staff/${made.staffId}/reset`, body2);
    expect((await signIn(body.login, both.body.password)).body).toEqual({ pending: 'changePassword' });
    expect(await audits('offices.password_reset', made.staffId)).toBe(2);
  });

  it('loses its second factor only when it is said how its owner was recognized, and that stands in the audit', async () => {
    const made = (await post('/api/staff', clerk())).body;
    await owner(
      sql`insert into offices_totp (staff_id, sealed, confirmed_at) values (${made.staffId}::uuid, '\\x00', now())`,
    );
    const reset = (body: object) => post(`/api/staff/${made.staffId}/reset`, { key: newId(), ...body });
    const factors = () => owner(sql`select 1 from offices_totp where staff_id = ${made.staffId}::uuid`);
    expect((await reset({ secondFactorToo: true })).body.code).toBe('offices.say_how_recognized');
    expect((await reset({ secondFactorToo: true, recognized: 'byVoice' })).status).toBe(400);
    expect((await reset({})).status).toBe(200);
    expect(await factors()).toHaveLength(1);
    expect((await reset({ secondFactorToo: true, recognized: 'byHead' })).status).toBe(200);
    expect(await factors()).toHaveLength(0);
    const rows = await owner(sql<{ facts: object }>`select facts from offices_audit
      where action = 'offices.password_reset' and subject = ${made.staffId}::uuid order by at`);
    expect(rows.map((it) => it.facts)).toEqual([
      { secondFactorToo: false },
      { secondFactorToo: true, recognized: 'byHead' },
    ]);
  });

  it('of another area answers like one that never was, to every step', async () => {
    const theirs = await foreign();
    const none = newId();
    const steps = ['change', 'active', 'reset'] as const;
    const bodies = {
      change: { name: 'x', role: 'townOfficer', area: BAIMA, officeId: office },
      active: { active: false },
      reset: {},
    };
    for (const step of steps) {
      const there = await post(`/api/staff/${theirs.id}/${step}`, bodies[step]);
      expect(there).toEqual(await post(`/api/staff/${none}/${step}`, bodies[step]));
      expect(there.status).toBe(404);
    }
    const seen = await get('/api/staff');
    expect(seen.staff.some((it: { id: string }) => it.id === theirs.id)).toBe(false);
    // The control: with the policy off the list holds the foreign account.
    await owner(sql`alter table offices_staff disable row level security`);
    const open = await get('/api/staff?text=townOfficer');
    expect(open.staff.some((it: { id: string }) => it.id === theirs.id)).toBe(true);
    await owner(sql`alter table offices_staff enable row level security`);
  });
});

describe('offices', () => {
  it('are added within the own area, once for a key, and listed with their accounts', async () => {
    const body = { kind: 'bureau', name: '武隆区就业局', area: WULONG, key: newId() };
    const made = await post('/api/offices', body);
    expect((await post('/api/offices', body)).body).toEqual(made.body);
    expect((await post('/api/offices', { ...body, key: newId(), area: FENGDU })).body.code).toBe(
      'offices.outside_own_area',
    );
    expect((await post('/api/offices', { ...body, key: newId(), area: '500156199000' })).body.code).toBe(
      'offices.no_such_area',
    );
    expect((await post('/api/offices', { ...body, key: newId() }, security.cookie)).status).toBe(403);
    const { offices } = await get('/api/offices?text=就业局');
    expect(offices).toEqual([
      expect.objectContaining({ id: made.body.officeId, staff: 0, areaName: '武隆区' }),
    ]);
    const all = (await get('/api/offices')).offices as { area: string }[];
    expect(all.every((it) => it.area.startsWith('500156'))).toBe(true);
  });
});
