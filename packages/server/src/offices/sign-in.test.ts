import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { newId } from '../platform/ids.ts';
import { asOwner } from '../platform/owner.ts';
import { routes } from './routes.ts';
import { TEST_PASSWORD, type TestHouse, testAuthenticator, testHouse } from './testing.ts';

const WULONG = '500156000000';
const NEXT = 'lingshan-boat-77';
let house: TestHouse;
beforeAll(async () => {
  house = await testHouse(routes);
});
afterEach(() => vi.useRealTimers());
afterAll(() => house.close());

async function post(url: string, payload: object = {}, cookie = '', headers: Record<string, string> = {}) {
  const answer = await house.app.inject({ method: 'POST', url, payload, headers: { cookie, ...headers } });
  const set = [answer.headers['set-cookie'] ?? []].flat().find((it) => /^(__Host-)?fangang=./.test(it));
  return { status: answer.statusCode, body: answer.json(), cookie: set?.split(';')[0] ?? '', set };
}
const get = async (url: string, cookie = '') => {
  const answer = await house.app.inject({ url, headers: { cookie } });
  return { status: answer.statusCode, body: answer.json() };
};
const owner = <T>(query: ReturnType<typeof sql<T>>): Promise<T[]> =>
  asOwner(house.fresh.adminUrl, house.fresh.city, async (tx) => (await query.execute(tx)).rows);
const signIn = (login: string, password = TEST_PASSWORD) => post('/api/session', { login, password });
const loginOf = async (id: string) =>
  (await owner(sql<{ login: string }>`select login from offices_staff where id = ${id}::uuid`))[0]?.login ??
  '';

async function account(role: Parameters<TestHouse['signIn']>[0] = 'dispatcher') {
  const made = await house.signIn(role, WULONG);
  return { ...made, login: await loginOf(made.id) };
}

/** Takes an authenticator on, and gives its secret and codes of its coming steps. */
async function withTotp(cookie: string) {
  const begun = await post('/api/account/totp', { password: TEST_PASSWORD }, cookie);
  expect(begun.status).toBe(200);
  const { secret } = begun.body as { secret: string };
  const phone = testAuthenticator(secret);
  const first = phone.code();
  const done = await post('/api/account/totp/confirm', { code: first }, cookie);
  expect(done.status, JSON.stringify(done.body)).toBe(200);
  return { secret, first, next: phone.turn, codes: done.body.codes as string[], cookie: done.cookie };
}

describe('the cookie of a session', () => {
  it('is __Host-, Secure, HttpOnly and Lax over HTTPS, and only that one counts there', async () => {
    const { services } = house;
    const { beginSession } = await import('./sessions.ts');
    const { id } = await account();
    const set: [string, string, object][] = [];
    const reply = {
      setCookie: (...it: [string, string, object]) => set.push(it),
      clearCookie: () => undefined,
    };
    const request = { cookies: {}, headers: {}, protocol: 'https', ip: '10.0.0.1' };
    await beginSession(services, { staffId: id, method: 'password' }, { request, reply } as never);
    expect(set[0]?.[0]).toBe('__Host-fangang');
    expect(set[0]?.[2]).toMatchObject({ httpOnly: true, secure: true, sameSite: 'lax', path: '/' });
    const { sessionOfRequest } = await import('./sessions.ts');
    const planted = { ...request, cookies: { fangang: set[0]?.[1] } };
    expect(await sessionOfRequest(services, planted as never)).toBeUndefined();
    const right = { ...request, cookies: { '__Host-fangang': set[0]?.[1] } };
    expect((await sessionOfRequest(services, right as never))?.staff.id).toBe(id);
  });

  it('holds 256 random bits, new at each sign-in; the session of before ends', async () => {
    const { login } = await account();
    const tokens = new Set<string>();
    let at = '';
    for (let i = 0; i < 8; i++) {
      const before = at;
      at = (await post('/api/session', { login, password: TEST_PASSWORD }, before)).cookie;
      tokens.add(at.split('=')[1] ?? '');
      expect((await get('/api/account', at)).status).toBe(200);
      if (before) expect((await get('/api/account', before)).status).toBe(401);
    }
    expect(tokens.size).toBe(8);
    for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  });

  it('is never one that the browser brought along', async () => {
    const { login } = await account();
    const planted = `fangang=${Buffer.alloc(32, 7).toString('base64url')}`;
    const opened = await post('/api/session', { login, password: TEST_PASSWORD }, planted);
    expect(opened.cookie).not.toBe(planted);
    expect((await get('/api/account', planted)).status).toBe(401);
  });

  it('lies in the database as a hash only', async () => {
    const { cookie } = await account();
    const token = cookie.split('=')[1] ?? '';
    const rows = await owner(
      sql<{
        t: string;
      }>`select encode(token_hash, 'escape') || encode(token_hash, 'base64') t from offices_session`,
    );
    expect(rows.some((it) => it.t.includes(token))).toBe(false);
  });

  it('ends after 30 minutes of nothing and after 12 hours of anything', async () => {
    for (const column of ['seen_at', 'created_at']) {
      const { id, cookie } = await account();
      const age = column === 'seen_at' ? '30 minutes' : '12 hours';
      const set = (more: string) =>
        owner(
          sql`update offices_session set ${sql.ref(column)} = now() - ${age}::interval + ${more}::interval where staff_id = ${id}::uuid`,
        );
      await set('10 seconds');
      expect((await get('/api/account', cookie)).status).toBe(200);
      await set('0');
      expect((await get('/api/account', cookie)).status).toBe(401);
    }
  });
});

describe('guessing', () => {
  it('is told the same of a name that nobody has, also when it is locked', async () => {
    const { login } = await account();
    const said = { known: [] as string[], unknown: [] as string[] };
    for (let i = 0; i < 11; i++) {
      said.known.push(JSON.stringify((await signIn(login, 'wrong')).body));
      said.unknown.push(JSON.stringify((await signIn('nobody-at-all', 'wrong')).body));
    }
    expect(said.known).toEqual(said.unknown);
    expect(said.known[9]).toContain('offices.login_wrong');
    expect(said.known[10]).toContain('offices.too_many_failures');
    expect((await signIn(login)).body.code).toBe('offices.too_many_failures');
  });

  it('gets no more tries by trying all at once', async () => {
    const { login } = await account();
    const all = await Promise.all(Array.from({ length: 25 }, () => signIn(login, 'wrong')));
    const codes = all.map((it) => it.body.code);
    expect(codes.filter((it) => it === 'offices.login_wrong')).toHaveLength(10);
    expect(codes.filter((it) => it === 'offices.too_many_failures')).toHaveLength(15);
  });

  it('is forgotten after a sign-in and over after the lock', async () => {
    const { login } = await account();
    for (let i = 0; i < 9; i++) await signIn(login, 'wrong');
    expect((await signIn(login)).status).toBe(200);
    for (let i = 0; i < 10; i++) await signIn(login, 'wrong');
    expect((await signIn(login)).body.code).toBe('offices.too_many_failures');
    await owner(sql`update offices_login_failure set at = at - interval '15 minutes'`);
    expect((await signIn(login)).status).toBe(200);
  });

  it('is stopped for an address that tries many names', async () => {
    await owner(sql`delete from offices_login_failure`);
    await owner(
      sql`insert into offices_login_failure (login, address) select 'login|x' || n, '127.0.0.1' from generate_series(1, 100) n`,
    );
    const { login } = await account();
    const stopped = await signIn(login);
    expect([stopped.status, stopped.body.code]).toEqual([429, 'basics.too_many']);
    await owner(sql`delete from offices_login_failure`);
    expect((await signIn(login)).status).toBe(200);
  });

  it('leaves a line in the audit for each failure, without the name that was typed', async () => {
    const { id, login } = await account();
    await signIn(login, 'wrong');
    await signIn('a-secret-typed-as-a-name', 'wrong');
    const rows = await owner(sql<{
      subject: string | null;
      area: string;
      all: string;
    }>`select subject, area, a::text "all"
      from offices_audit a where action = 'offices.sign_in_failed' order by at desc limit 2`);
    expect(rows.map((it) => [it.subject, it.area])).toEqual([
      [null, '500000000000'],
      [id, WULONG],
    ]);
    expect(rows.some((it) => it.all.includes('a-secret-typed'))).toBe(false);
  });
});

describe('a name that is locked', () => {
  it('stands in the audit each time it is tried, under nobody’s name', async () => {
    const { id, login } = await account();
    for (let i = 0; i < 11; i++) await signIn(login, 'wrong');
    const rows = await owner(
      sql<{ actor: string; facts: object }>`select actor, facts from offices_audit
        where action = 'offices.sign_in_failed' and subject = ${id}::uuid order by at`,
    );
    expect(rows).toHaveLength(11);
    expect(rows[0]).toEqual({ actor: 'anyone', facts: { how: 'login' } });
    expect(rows[10]).toEqual({ actor: 'anyone', facts: { how: 'login', why: 'locked' } });
  });
});

describe('the own password', () => {
  it('is changed: other sessions end, this one gets a new token, the old password opens nothing', async () => {
    const { id, login, cookie } = await account();
    const other = await signIn(login);
    const body = { current: TEST_PASSWORD, next: NEXT, key: newId() };
    const done = await post('/api/account/password', body, cookie);
    expect(done.body).toEqual({ pending: null });
    expect((await get('/api/account', done.cookie)).status).toBe(200);
    expect((await get('/api/account', cookie)).status).toBe(401);
    expect((await get('/api/account', other.cookie)).status).toBe(401);
    expect((await signIn(login)).body.code).toBe('offices.login_wrong');
    expect((await signIn(login, NEXT)).status).toBe(200);
    const again = await post('/api/account/password', body, done.cookie);
    expect([again.status, again.body]).toEqual([200, { pending: null }]);
    const other2 = await post('/api/account/password', { ...body, next: 'another-boat-78' }, done.cookie);
    expect(other2.status).toBe(422);
    const audits = await owner(
      sql`select 1 from offices_audit where action = 'offices.password_changed' and subject = ${id}::uuid`,
    );
    expect(audits).toHaveLength(1);
  });

  it('leaves nothing of itself in the stored request', async () => {
    const { cookie } = await account();
    await post('/api/account/password', { current: TEST_PASSWORD, next: NEXT, key: newId() }, cookie);
    const rows = await owner(
      sql<{
        body_hash: Buffer;
        reply: string;
      }>`select body_hash, reply from request where route like '%account/password'`,
    );
    const { createHash } = await import('node:crypto');
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every((it) => it.reply === '{}' || it.reply.startsWith('{"code"'))).toBe(true);
    const guess = createHash('sha256')
      .update(JSON.stringify({ body: { current: TEST_PASSWORD, next: NEXT }, params: {} }))
      .digest();
    expect(rows.some((it) => it.body_hash.equals(guess))).toBe(false);
  });

  it('refuses a wrong current one, a short, a common, the same', async () => {
    const { cookie } = await account();
    const change = async (next: string, current = TEST_PASSWORD) =>
      (await post('/api/account/password', { current, next }, cookie)).body.code;
    expect(await change(NEXT, 'wrong')).toBe('offices.password_wrong');
    expect(await change('short')).toBe('offices.password_short');
    expect(await change('Password2024!')).toBe('offices.password_common');
    expect(await change('rock-star-1')).toBe('offices.password_short');
    expect(await change('mailcreated5240')).toBe('offices.password_common');
    expect(await change(TEST_PASSWORD)).toBe('offices.password_same');
    expect((await post('/api/account/password', { current: 'a', next: 'b' })).status).toBe(401);
  });
});

describe('an authenticator', () => {
  it('is taken on with a code, asked for at the next sign-in, and takes no code twice', async () => {
    const { id, login, cookie } = await account();
    const totp = await withTotp(cookie);
    expect(totp.codes).toHaveLength(10);
    expect((await get('/api/account', cookie)).status).toBe(401);
    expect((await get('/api/account', totp.cookie)).body).toMatchObject({ codesLeft: 10 });
    const first = await signIn(login);
    expect(first.body).toEqual({ pending: 'secondFactor' });
    expect((await get('/api/places?text=x', first.cookie)).status).toBe(401);
    expect((await get('/api/session', first.cookie)).body).toMatchObject({
      staff: null,
      pending: { step: 'secondFactor', totp: true, passkey: false },
    });
    const used = await post('/api/session/code', { code: totp.first }, first.cookie);
    expect(used.body.code).toBe('offices.code_wrong');
    const code = totp.next();
    const opened = await post('/api/session/code', { code }, first.cookie);
    expect(opened.body).toEqual({ pending: null });
    expect(opened.cookie).not.toBe(first.cookie);
    expect((await get('/api/places?text=x', opened.cookie)).status).toBe(200);
    expect((await get('/api/session', first.cookie)).body).toMatchObject({ staff: null, pending: null });
    const second = await signIn(login);
    const replayed = await post('/api/session/code', { code }, second.cookie);
    expect(replayed.body.code).toBe('offices.code_wrong');
    const [row] = await owner(
      sql<{ sealed: Buffer }>`select sealed from offices_totp where staff_id = ${id}::uuid`,
    );
    expect(row?.sealed.includes(Buffer.from(totp.secret))).toBe(false);
  });

  it('two at once with the same code: one', async () => {
    const { login, cookie } = await account();
    const totp = await withTotp(cookie);
    const both = await Promise.all([signIn(login), signIn(login)]);
    const code = totp.next();
    const answers = await Promise.all(both.map((it) => post('/api/session/code', { code }, it.cookie)));
    expect(answers.map((it) => it.status).sort()).toEqual([200, 409]);
  });

  it('opens with a recovery code, once each; new ones end the old', async () => {
    const { login, cookie } = await account();
    const totp = await withTotp(cookie);
    const give = async (code: string) => {
      const { cookie: at } = await signIn(login);
      return post('/api/session/code', { code }, at);
    };
    const opened = await give((totp.codes[0] ?? '').toUpperCase().replace('-', ' '));
    expect(opened.body).toEqual({ pending: null });
    expect((await give(totp.codes[0] ?? '')).body.code).toBe('offices.code_wrong');
    const fresh = await post('/api/account/recovery-codes', { password: TEST_PASSWORD }, opened.cookie);
    expect(fresh.body.codes).toHaveLength(10);
    expect((await give(totp.codes[1] ?? '')).body.code).toBe('offices.code_wrong');
    expect((await give(fresh.body.codes[1])).body).toEqual({ pending: null });
    const rows = await owner(
      sql<{ h: string }>`select encode(code_hash, 'escape') h from offices_recovery_code`,
    );
    expect(rows.some((it) => it.h.includes(fresh.body.codes[2]))).toBe(false);
  });

  it('opens with the code of these thirty seconds, not with the one before or after', async () => {
    const { login, cookie } = await account();
    const totp = await withTotp(cookie);
    const { cookie: at } = await signIn(login);
    const give = async (code: string) => (await post('/api/session/code', { code }, at)).body;
    const before = totp.next();
    const now = totp.next();
    expect((await give(before)).code).toBe('offices.code_wrong');
    const after = totp.next();
    vi.setSystemTime(Date.now() - 30_000);
    expect((await give(after)).code).toBe('offices.code_wrong');
    expect(await give(now)).toEqual({ pending: null });
  });

  it('is taken off with the password only', async () => {
    const { login, cookie } = await account();
    const totp = await withTotp(cookie);
    const take = (password: string) => post('/api/account/totp/remove', { password }, totp.cookie);
    expect((await take('wrong')).body.code).toBe('offices.password_wrong');
    expect((await signIn(login)).body).toEqual({ pending: 'secondFactor' });
    expect((await take(TEST_PASSWORD)).status).toBe(200);
    expect((await take(TEST_PASSWORD)).status).toBe(404);
    expect((await signIn(login)).body).toEqual({ pending: null });
  });

  it('locks its step after ten wrong codes', async () => {
    const { login, cookie } = await account();
    const totp = await withTotp(cookie);
    const { cookie: at } = await signIn(login);
    for (let i = 0; i < 10; i++) await post('/api/session/code', { code: '000000' }, at);
    const locked = await post('/api/session/code', { code: totp.next() }, at);
    expect(locked.body.code).toBe('offices.too_many_failures');
  });
});

describe('the audit', () => {
  it('has a line for each sign-in with its way and factor, for the second step and for the end', async () => {
    const { id, login, cookie } = await account();
    const totp = await withTotp(cookie);
    const first = await signIn(login);
    await post('/api/session/code', { code: '000000' }, first.cookie);
    const opened = await post('/api/session/code', { code: totp.next() }, first.cookie);
    await post('/api/session/end', {}, opened.cookie);
    const rows = await owner(
      sql<{
        action: string;
        facts: object;
      }>`select action, facts from offices_audit where subject = ${id}::uuid
        and action ~ 'sign|second' order by at desc limit 4`,
    );
    expect(rows.reverse()).toEqual([
      { action: 'offices.signed_in', facts: { how: 'password', secondFactor: false } },
      { action: 'offices.sign_in_failed', facts: { how: 'code' } },
      { action: 'offices.second_factor_shown', facts: { how: 'totp' } },
      { action: 'offices.signed_out', facts: {} },
    ]);
  });
});

describe('sessions of the own account', () => {
  it('are listed in words, ended one by one or all others; what is ended opens nothing at the next request', async () => {
    const { login, cookie } = await account();
    const agent =
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0.0.0 Safari/537.36';
    const second = await post('/api/session', { login, password: TEST_PASSWORD }, '', {
      'user-agent': agent,
    });
    await signIn(login);
    const { body } = await get('/api/account', cookie);
    expect(body.sessions).toHaveLength(3);
    const listed = body.sessions.find((it: { browser: string }) => it.browser === 'Chrome 120');
    expect(listed).toMatchObject({
      system: 'Windows',
      address: '127.0.0.1',
      method: 'password',
      here: false,
    });
    const key = newId();
    const end = await post(
      `/api/account/sessions/${listed.id}/end`,
      { key, password: TEST_PASSWORD },
      cookie,
    );
    expect(end.status).toBe(200);
    expect(
      (await post(`/api/account/sessions/${listed.id}/end`, { key, password: TEST_PASSWORD }, cookie)).status,
    ).toBe(200);
    expect((await get('/api/account', second.cookie)).status).toBe(401);
    expect(
      (await post('/api/account/sessions/end-others', { password: TEST_PASSWORD }, cookie)).body,
    ).toEqual({ ended: 1 });
    expect((await get('/api/account', cookie)).body.sessions).toHaveLength(1);
  });

  it('of another account are like none', async () => {
    const mine = await account();
    const other = await account();
    const theirs = (await get('/api/account', other.cookie)).body.sessions[0].id;
    const foreign = await post(
      `/api/account/sessions/${theirs}/end`,
      { password: TEST_PASSWORD },
      mine.cookie,
    );
    const none = await post(`/api/account/sessions/${newId()}/end`, { password: TEST_PASSWORD }, mine.cookie);
    expect(foreign).toEqual(none);
    expect(foreign.status).toBe(404);
    expect((await get('/api/account', other.cookie)).status).toBe(200);
  });
});

describe('graded protection', () => {
  it('rotates after 90 days, remembers five passwords, locks after five, and asks a role for a second factor at once', async () => {
    const { id, login, cookie } = await account('escort');
    const settings = { profile: 'dengbao', secondFactorFor: [] as string[] };
    const set = () =>
      owner(sql`insert into offices_installation (key, value) values ('signIn', ${JSON.stringify(settings)}::jsonb)
        on conflict (key) do update set value = excluded.value`);
    await set();
    try {
      expect((await get('/api/places?text=x', cookie)).status).toBe(200);
      await owner(
        sql`update offices_staff set password_at = now() - interval '90 days' where id = ${id}::uuid`,
      );
      expect((await get('/api/places?text=x', cookie)).status).toBe(401);
      let current = TEST_PASSWORD;
      let at = cookie;
      for (const n of [1, 2, 3, 4]) {
        const next = `Quiet-River-${n}`;
        const done = await post('/api/account/password', { current, next }, at);
        expect(done.body, `change ${n}`).toEqual({ pending: null });
        current = next;
        at = done.cookie;
      }
      const back = (next: string) => post('/api/account/password', { current, next }, at);
      expect((await back('Quiet-River-1')).body).toMatchObject({
        code: 'offices.password_used_before',
        facts: { history: 5 },
      });
      expect((await back('quiet river boat')).body.code).toBe('offices.password_kinds');
      settings.secondFactorFor = ['escort'];
      await set();
      expect((await get('/api/session', at)).body.pending.step).toBe('enrolSecondFactor');
      const totp = await withTotp(at);
      expect((await get('/api/places?text=x', totp.cookie)).status).toBe(200);
      for (let i = 0; i < 5; i++) await signIn(login, 'wrong');
      expect((await signIn(login, current)).body).toMatchObject({
        code: 'offices.too_many_failures',
        facts: { minutes: 30 },
      });
    } finally {
      await owner(sql`delete from offices_installation where key = 'signIn'`);
    }
  });
});
