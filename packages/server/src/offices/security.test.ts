import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../platform/ids.ts';
import { asOwner } from '../platform/owner.ts';
import { routes } from './routes.ts';
import { type TestHouse, testHouse } from './testing.ts';

const CITY = '500000000000';
const WULONG = '500156000000';
const FENGDU = '500230000000';
let house: TestHouse;
let security: { id: string; cookie: string };
beforeAll(async () => {
  house = await testHouse(routes);
  security = await house.signIn('securityAdministrator', WULONG);
});
afterAll(() => house.close());

async function post(url: string, payload: object, cookie: string) {
  const answer = await house.app.inject({ method: 'POST', url, payload, headers: { cookie } });
  return { status: answer.statusCode, body: answer.json() };
}
const get = async (url: string, cookie: string) => {
  const answer = await house.app.inject({ url, headers: { cookie } });
  return { status: answer.statusCode, body: answer.json() };
};
const owner = <T>(query: ReturnType<typeof sql<T>>): Promise<T[]> =>
  asOwner(house.fresh.adminUrl, house.fresh.city, async (tx) => (await query.execute(tx)).rows);

describe('the security administrator', () => {
  it('sees the sessions of the own area and ends one at once, twice is once', async () => {
    const mine = await house.signIn('townOfficer', '500156101000');
    const theirs = await house.signIn('townOfficer', '500230001000');
    const { body } = await get('/api/sessions', security.cookie);
    const staff = body.sessions.map((it: { staffId: string }) => it.staffId);
    expect(staff).toContain(mine.id);
    expect(staff).not.toContain(theirs.id);
    const session = body.sessions.find((it: { staffId: string }) => it.staffId === mine.id).id;
    const key = newId();
    expect((await post(`/api/sessions/${session}/end`, { key }, security.cookie)).status).toBe(200);
    expect((await post(`/api/sessions/${session}/end`, { key }, security.cookie)).status).toBe(200);
    expect((await get('/api/account', mine.cookie)).status).toBe(401);
    const [row] = await owner(
      sql<{ id: string }>`select id from offices_session where staff_id = ${theirs.id}::uuid`,
    );
    const foreign = await post(`/api/sessions/${row?.id}/end`, {}, security.cookie);
    expect(foreign).toEqual(await post(`/api/sessions/${newId()}/end`, {}, security.cookie));
    expect(foreign.status).toBe(404);
    expect((await get('/api/account', theirs.cookie)).status).toBe(200);
    const audits = await owner(
      sql`select 1 from offices_audit where action = 'offices.session_ended' and subject = ${mine.id}::uuid and actor = ${security.id}`,
    );
    expect(audits).toHaveLength(1);
  });

  it('is the only one who may', async () => {
    for (const role of ['systemAdministrator', 'auditAdministrator', 'dispatcher', 'leader'] as const) {
      const { cookie } = await house.signIn(role, WULONG);
      expect((await get('/api/sessions', cookie)).status).toBe(403);
      expect((await post(`/api/sessions/${newId()}/end`, {}, cookie)).status).toBe(403);
      expect((await post(`/api/devices/${newId()}/revoke`, {}, cookie)).status).toBe(403);
      const settings = { profile: 'dengbao', secondFactorFor: [] };
      expect((await post('/api/sign-in-settings', settings, cookie)).status).toBe(403);
    }
  });

  it('sets the password profile for the whole installation, from the city only', async () => {
    const settings = { profile: 'dengbao', secondFactorFor: ['dispatcher'] };
    const refused = await post('/api/sign-in-settings', settings, security.cookie);
    expect(refused.body.code).toBe('offices.profile_of_the_city');
    const city = await house.signIn('securityAdministrator', CITY);
    expect((await get('/api/sign-in-settings', city.cookie)).body).toEqual({
      settings: { profile: 'owasp', secondFactorFor: [] },
      mayChange: true,
    });
    const dispatcher = await house.signIn('dispatcher', WULONG);
    const key = newId();
    expect((await post('/api/sign-in-settings', { ...settings, key }, city.cookie)).status).toBe(200);
    expect((await post('/api/sign-in-settings', { ...settings, key }, city.cookie)).status).toBe(200);
    expect((await get('/api/sign-in-settings', security.cookie)).body).toEqual({
      settings,
      mayChange: false,
    });
    // It acts on sessions that are open: at the next request.
    expect((await get('/api/session', dispatcher.cookie)).body).toMatchObject({
      staff: null,
      pending: { step: 'enrolSecondFactor' },
    });
    const back = await post('/api/sign-in-settings', { profile: 'owasp', secondFactorFor: [] }, city.cookie);
    expect(back.status).toBe(200);
    expect((await get('/api/session', dispatcher.cookie)).body.staff.id).toBe(dispatcher.id);
    const audits = await owner(sql`select 1 from offices_audit where action = 'offices.sign_in_changed'`);
    expect(audits).toHaveLength(2);
    const bad = await post('/api/sign-in-settings', { profile: 'none', secondFactorFor: [] }, city.cookie);
    expect(bad.status).toBe(400);
  });
});

describe('phones of the field', () => {
  const body = (more: object = {}) => ({ name: '车门手机', install: newId(), key: newId(), ...more });

  it('are enrolled by their owner, once for a key; again they get the next epoch', async () => {
    const { id, cookie } = await house.signIn('escort', WULONG);
    const asked = body();
    const first = await post('/api/account/devices', asked, cookie);
    expect(first.body).toMatchObject({ install: asked.install, epoch: 1 });
    expect((await post('/api/account/devices', asked, cookie)).body).toEqual(first.body);
    const second = await post('/api/account/devices', { ...asked, key: newId() }, cookie);
    expect(second.body.epoch).toBe(2);
    const rows = await owner(
      sql<{
        live: boolean;
      }>`select revoked_at is null live from offices_device where owner = ${id}::uuid order by epoch`,
    );
    expect(rows.map((it) => it.live)).toEqual([false, true]);
    const { body: account } = await get('/api/account', cookie);
    expect(account.devices).toHaveLength(2);
  });

  it('are nobody else’s: not to take over, not to revoke', async () => {
    const mine = await house.signIn('escort', WULONG);
    const theirs = await house.signIn('escort', WULONG);
    const asked = body();
    const made = await post('/api/account/devices', asked, mine.cookie);
    const taken = await post('/api/account/devices', { ...asked, key: newId() }, theirs.cookie);
    expect(taken.body.code).toBe('offices.phone_of_another');
    const foreign = await post(`/api/account/devices/${made.body.id}/revoke`, {}, theirs.cookie);
    expect(foreign).toEqual(await post(`/api/account/devices/${newId()}/revoke`, {}, theirs.cookie));
    const key = newId();
    expect((await post(`/api/account/devices/${made.body.id}/revoke`, { key }, mine.cookie)).status).toBe(
      200,
    );
    expect((await post(`/api/account/devices/${made.body.id}/revoke`, { key }, mine.cookie)).status).toBe(
      200,
    );
  });

  it('are enrolled by roles of the field alone', async () => {
    for (const role of ['leader', 'cityOfficer', 'systemAdministrator'] as const) {
      const { cookie } = await house.signIn(role, CITY);
      expect((await post('/api/account/devices', body(), cookie)).status).toBe(403);
    }
  });

  it('are seen and revoked by the security administrator of their area', async () => {
    const mine = await house.signIn('escort', WULONG);
    const theirs = await house.signIn('escort', FENGDU);
    const near = (await post('/api/account/devices', body(), mine.cookie)).body.id;
    const far = (await post('/api/account/devices', body(), theirs.cookie)).body.id;
    const { devices } = (await get('/api/sessions', security.cookie)).body;
    const ids = devices.map((it: { id: string }) => it.id);
    expect([ids.includes(near), ids.includes(far)]).toEqual([true, false]);
    expect((await post(`/api/devices/${near}/revoke`, {}, security.cookie)).status).toBe(200);
    const foreign = await post(`/api/devices/${far}/revoke`, {}, security.cookie);
    expect(foreign).toEqual(await post(`/api/devices/${newId()}/revoke`, {}, security.cookie));
    const left = await owner(sql<{ id: string }>`select id from offices_device where revoked_at is null`);
    expect(left.some((it) => it.id === near)).toBe(false);
    expect(left.some((it) => it.id === far)).toBe(true);
  });
});
