import { Command } from 'commander';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addEmployers } from '../jobs/store.ts';
import { scopeOf } from '../offices/scope.ts';
import { findStaff } from '../offices/store.ts';
import { findLogin } from '../offices/store-sessions.ts';
import { type TestHouse, testHouse } from '../offices/testing.ts';
import { newId } from '../platform/ids.ts';
import { asOwner } from '../platform/owner.ts';
import { within } from '../platform/services.ts';
import type { House } from './house.ts';
import { addUser } from './user.ts';

const FIRM = newId();
let test: TestHouse;

beforeAll(async () => {
  process.env.FANGANG_PASSWORD = 'lingshan-boat-77';
  test = await testHouse([]);
  const firm = (id: string, name: string) => ({
    id,
    area: '500000000000',
    name,
    pinyin: 'Yangli',
    industry: null,
    county: '500112',
  });
  await asOwner(test.fresh.adminUrl, test.fresh.city, (tx) =>
    addEmployers(tx, [firm(FIRM, '样例电子'), firm(newId(), '样例服装'), firm(newId(), '样例服装')]),
  );
});
afterAll(async () => {
  delete process.env.FANGANG_PASSWORD;
  await test.close();
});

async function add(login: string, ...more: string[]): Promise<void> {
  const house = {
    open: async () => ({
      services: test.services,
      adminUrl: test.fresh.adminUrl,
      close: async () => undefined,
    }),
    print: () => undefined,
  } as unknown as House;
  const program = new Command().exitOverride();
  addUser(program, house);
  const base = ['node', 'fangang', 'user', 'add', login, '--area', '500000000000', '--name', '张门卫'];
  await program.parseAsync([...base, ...more]);
}

const scopeOfLogin = (login: string) =>
  within(test.services, { kind: 'open' }, async (tx) => {
    const staff = await findStaff(tx, (await findLogin(tx, login))?.id ?? newId());
    return staff && scopeOf(staff);
  });

it('adds an employer by the name of the firm: it sees the own gates and nothing else', async () => {
  await add('gate', '--role', 'employer', '--employer', '样例电子');
  expect(await scopeOfLogin('gate')).toMatchObject({ kind: 'employer', employerId: FIRM });
  await expect(add('gate', '--role', 'leader')).rejects.toMatchObject({ code: 'offices.login_taken' });
});

it('adds no employer who would see the whole city, nor one of a firm that is not known or not one', async () => {
  const refused: [string[], string][] = [
    [['--role', 'employer'], 'offices.employer_needed'],
    [['--role', 'leader', '--employer', '样例电子'], 'offices.employer_needed'],
    [['--role', 'employer', '--employer', '样例'], 'jobs.no_such_employer'],
    [['--role', 'employer', '--employer', '样例服装'], 'jobs.employer_ambiguous'],
  ];
  for (const [more, code] of refused) await expect(add('nobody', ...more)).rejects.toMatchObject({ code });
  expect(await scopeOfLogin('nobody')).toBeUndefined();
});
