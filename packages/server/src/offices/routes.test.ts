import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asOwner } from '../platform/owner.ts';
import { within } from '../platform/services.ts';
import { routes } from './routes.ts';
import { scopeOfStaff } from './scope.ts';
import { TEST_PASSWORD, type TestHouse, testHouse } from './testing.ts';

const WULONG = '500156000000';
let house: TestHouse;
beforeAll(async () => {
  house = await testHouse(routes);
});
afterAll(() => house.close());

const post = (url: string, payload: object, cookie = '') =>
  house.app.inject({ method: 'POST', url, payload, headers: { cookie } });

describe('signing in', () => {
  it('opens a session with the right password and knows who sits here', async () => {
    await house.signIn('dispatcher', WULONG);
    const answer = await post('/api/session', { login: 'dispatcher1', password: TEST_PASSWORD });
    expect(answer.statusCode).toBe(200);
    const cookie = String(answer.headers['set-cookie']);
    expect(cookie).toMatch(/^fangang=.*HttpOnly.*SameSite=Lax/);
    const session = await house.app.inject({
      url: '/api/session',
      headers: { cookie: cookie.split(';')[0] ?? '' },
    });
    expect(session.statusCode, session.body).toBe(200);
    expect(session.json().staff).toMatchObject({
      role: 'dispatcher',
      areaName: '武隆区',
      areaPinyin: 'Wulong',
    });
  });

  it('refuses a wrong password and an account that is not there in the same words', async () => {
    const wrong = await post('/api/session', { login: 'dispatcher1', password: 'wrong' });
    const nobody = await post('/api/session', { login: 'nobody', password: 'wrong' });
    expect([wrong.statusCode, wrong.body]).toEqual([409, nobody.body]);
    expect(wrong.json().code).toBe('offices.login_wrong');
  });

  it('locks an account after ten failures', async () => {
    await house.signIn('leader', WULONG);
    for (let i = 0; i < 10; i++) await post('/api/session', { login: 'leader2', password: 'wrong' });
    const locked = await post('/api/session', { login: 'leader2', password: TEST_PASSWORD });
    expect(locked.json().code).toBe('offices.too_many_failures');
  });

  it('ends the session on both sides', async () => {
    const { cookie } = await house.signIn('escort', WULONG);
    await post('/api/session/end', {}, cookie);
    const after = await house.app.inject({ url: '/api/session', headers: { cookie } });
    expect(after.json().staff).toBeNull();
  });

  it('refuses a write from a page of another site', async () => {
    const answer = await house.app.inject({
      method: 'POST',
      url: '/api/session',
      payload: { login: 'a', password: 'b' },
      headers: { 'sec-fetch-site': 'cross-site' },
    });
    expect(answer.statusCode).toBe(403);
  });

  it('refuses a field it does not know', async () => {
    const answer = await post('/api/session', { login: 'a', password: 'b', role: 'leader' });
    expect(answer.statusCode).toBe(400);
  });
});

describe('outside a sample', () => {
  it('has no role doors and no clock to move', async () => {
    expect((await post('/api/session/door', { role: 'leader' })).statusCode).toBe(404);
    expect((await post('/api/clock', { to: 'nextMorning' })).statusCode).toBe(404);
  });

  it('does not set up a second time', async () => {
    const again = await post('/api/set-up', {
      district: WULONG,
      festival: '2022-02-01',
      login: 'first',
      name: '某某',
      password: 'quiet rivers',
    });
    expect(again.json().code).toBe('offices.already_set_up');
  });
});

describe('the application role', () => {
  it('reads no staff, no session and no person without a scope', async () => {
    for (const table of ['offices_staff', 'offices_session', 'people_person', 'journal']) {
      const read = within(house.services, { kind: 'open' }, (tx) =>
        sql`select * from ${sql.table(table)}`.execute(tx),
      );
      await expect(read, table).rejects.toThrow(/permission denied/);
    }
  });

  it('sees with an office scope only the people of its area, and all of them without the policy', async () => {
    const { id } = await house.signIn('townOfficer', '500156100000');
    await asOwner(house.fresh.adminUrl, house.fresh.city, async (tx) => {
      for (const [i, area] of ['500156100000', '500156101000', '500117001000'].entries()) {
        await sql`insert into people_household (id, area) values (${`00000000-0000-7000-8000-00000000000${i}`}::uuid, ${area})`.execute(
          tx,
        );
      }
    });
    const scope = await scopeOfStaff(house.services, id);
    if (!scope) throw new Error('the officer has a scope');
    const seen = await within(house.services, scope, (tx) =>
      sql<{ n: number }>`select count(*)::int n from people_household`.execute(tx),
    );
    expect(seen.rows[0]?.n).toBe(1);
    // The control: with the policy off the same question finds everybody, so the test can fail.
    await asOwner(house.fresh.adminUrl, house.fresh.city, (tx) =>
      sql`alter table people_household disable row level security`.execute(tx),
    );
    const open = await within(house.services, scope, (tx) =>
      sql<{ n: number }>`select count(*)::int n from people_household`.execute(tx),
    );
    expect(open.rows[0]?.n).toBe(3);
  });
});

describe('every table of the house', () => {
  it('has row-level security forced, and belongs to the owner', async () => {
    const { rows } = await asOwner(house.fresh.adminUrl, house.fresh.city, (tx) =>
      sql<{
        relname: string;
        safe: boolean;
        owner: string;
      }>`select relname, relrowsecurity and relforcerowsecurity safe,
        pg_get_userbyid(relowner) owner from pg_class where relnamespace = 'city_500000'::regnamespace and relkind = 'r'`.execute(
        tx,
      ),
    );
    expect(rows.length).toBeGreaterThan(35);
    expect(
      rows.filter((it) => (!it.safe && it.relname !== 'people_household') || it.owner !== 'fangang_owner'),
    ).toEqual([]);
  });
});
