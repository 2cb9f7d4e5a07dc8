import { Command } from 'commander';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { routes } from '../offices/routes.ts';
import { commandScope } from '../offices/scope.ts';
import { type TestHouse, testHouse } from '../offices/testing.ts';
import { asOwner } from '../platform/owner.ts';
import type { House } from './house.ts';
import { addUser } from './user.ts';

const WULONG = '500156000000';
let test: TestHouse;
const said: { value: Record<string, unknown>; text: string }[] = [];
beforeAll(async () => {
  test = await testHouse(routes);
});
afterAll(() => test.close());

async function run(...args: string[]): Promise<Record<string, unknown>> {
  const house = {
    open: async () => ({
      services: test.services,
      adminUrl: test.fresh.adminUrl,
      close: async () => undefined,
    }),
    asCity: () => commandScope('500000'),
    print: (value: Record<string, unknown>, text: string) => void said.push({ value, text }),
  } as unknown as House;
  const program = new Command().exitOverride();
  addUser(program, house);
  await program.parseAsync(['node', 'fangang', 'user', ...args]);
  return said.at(-1)?.value ?? {};
}
const signIn = async (login: string, password: string) =>
  (await test.app.inject({ method: 'POST', url: '/api/session', payload: { login, password } })).json();

async function add(login: string, role: string, password: string): Promise<unknown> {
  process.env.FANGANG_PASSWORD = password;
  try {
    return await run('add', login, '--role', role, '--area', WULONG, '--name', '李某');
  } finally {
    delete process.env.FANGANG_PASSWORD;
  }
}

it('adds an account whose password the profile takes, and no other', async () => {
  await add('li', 'dispatcher', 'lingshan-boat-77');
  // The first account of an installation: its role is asked for a second factor from then on.
  expect(await signIn('li', 'lingshan-boat-77')).toEqual({ pending: 'enrolSecondFactor' });
  await expect(add('wang', 'dispatcher', 'short')).rejects.toMatchObject({
    exit: 2,
    code: 'offices.password_short',
  });
  await expect(add('wang', 'dispatcher', 'Password2024!')).rejects.toMatchObject({
    code: 'offices.password_common',
  });
  await expect(add('li', 'dispatcher', 'lingshan-boat-77')).rejects.toMatchObject({
    exit: 5,
    code: 'offices.login_taken',
  });
});

it('lists accounts by role and area', async () => {
  await add('root', 'systemAdministrator', 'lingshan-boat-77');
  const { users } = (await run('list', '--area', WULONG)) as { users: { login: string; state: string }[] };
  expect(users.map((it) => [it.login, it.state])).toEqual([
    ['li', 'active'],
    ['root', 'active'],
  ]);
  expect(said.at(-1)?.text).toContain('li\tdispatcher\t500156000000\tactive\t-\t李某');
  expect((await run('list', '--role', 'dispatcher')).users).toHaveLength(1);
  expect((await run('list', '--area', '500230000000')).users).toEqual([]);
  await expect(run('list', '--role', 'king')).rejects.toMatchObject({
    exit: 2,
    code: 'offices.no_such_role',
  });
});

it('sets a one-time password that has to be changed, also for an administrator', async () => {
  for (const login of ['li', 'root']) {
    const { password } = await run('reset-password', login);
    expect(await signIn(login, 'lingshan-boat-77')).toMatchObject({ code: 'offices.login_wrong' });
    expect(await signIn(login, String(password))).toEqual({ pending: 'changePassword' });
  }
  await expect(run('reset-password', 'nobody')).rejects.toMatchObject({
    exit: 4,
    code: 'offices.no_such_user',
  });
});

it('takes a second factor off only when told how its owner was recognized, and keeps that', async () => {
  const owner = <T>(query: ReturnType<typeof sql<T>>): Promise<T[]> =>
    asOwner(test.fresh.adminUrl, test.fresh.city, async (tx) => (await query.execute(tx)).rows);
  const of = sql`(select id from offices_staff where login = 'li')`;
  await owner(sql`insert into offices_totp (staff_id, sealed, confirmed_at) values (${of}, '\\x00', now())`);
  for (const words of [
    ['--second-factor'],
    ['--second-factor', '--recognized', 'byVoice'],
    ['--recognized', 'byHead'],
  ])
    await expect(run('reset-password', 'li', ...words)).rejects.toMatchObject({
      exit: 2,
      code: 'offices.say_how_recognized',
    });
  await run('reset-password', 'li');
  expect(await owner(sql`select 1 from offices_totp where staff_id = ${of}`)).toHaveLength(1);
  const done = await run('reset-password', 'li', '--second-factor', '--recognized', 'inPerson');
  expect(done).toMatchObject({ secondFactorOff: true });
  expect(await owner(sql`select 1 from offices_totp where staff_id = ${of}`)).toHaveLength(0);
  const rows = await owner(sql<{ facts: object }>`select facts from offices_audit
    where action = 'offices.password_reset' and subject = ${of} order by at desc limit 2`);
  expect(rows.map((it) => it.facts)).toEqual([
    { role: 'dispatcher', secondFactorToo: true, recognized: 'inPerson' },
    { role: 'dispatcher', secondFactorToo: false },
  ]);
});

it('shuts an account at once, but never the last administrator of a kind', async () => {
  const { password } = await run('reset-password', 'li');
  await run('deactivate', 'li');
  expect(await signIn('li', String(password))).toMatchObject({ code: 'offices.login_wrong' });
  await expect(run('reset-password', 'li')).rejects.toMatchObject({ exit: 5, code: 'offices.account_shut' });
  await expect(run('deactivate', 'root')).rejects.toMatchObject({
    exit: 5,
    code: 'offices.last_administrator',
  });
  await add('root2', 'systemAdministrator', 'lingshan-boat-77');
  await run('deactivate', 'root');
  const { rows } = await asOwner(test.fresh.adminUrl, test.fresh.city, (tx) =>
    sql<{
      action: string;
    }>`select action from offices_audit where actor = 'command' order by at, action`.execute(tx),
  );
  expect(rows.map((it) => it.action).filter((it) => it === 'offices.account_shut')).toHaveLength(2);
});
