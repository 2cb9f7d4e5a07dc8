import { createInterface } from 'node:readline/promises';
import type { Refusal } from '@fangang/domain/basics/result.ts';
import { fill, type Words } from '@fangang/domain/basics/say.ts';
import { FIRST_SIGN_IN, Role } from '@fangang/domain/offices/schema.ts';
import { officeRefusalWords, roleWords } from '@fangang/domain/offices/words.ts';
import type { Command } from 'commander';
import { findEmployers } from '../jobs/store.ts';
import { checkNewPassword, hashPassword } from '../offices/passwords.ts';
import { settingsOf } from '../offices/sessions.ts';
import { addStaff, beginSignIn, findArea, type NewStaff } from '../offices/store.ts';
import { findSignInSettings } from '../offices/store-sessions.ts';
import type { Tx } from '../platform/database.ts';
import { CommandError, ExitCode } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { asOwner } from '../platform/owner.ts';
import { within } from '../platform/services.ts';
import { type House, withHouse } from './house.ts';
import { addUserKeeping } from './user-keeping.ts';

interface Options {
  readonly role: string;
  readonly area: string;
  readonly name: string;
  readonly employer?: string;
  readonly json?: boolean;
}

const ADD_EXAMPLE =
  '  echo "a long password" | fangang user add li --role townOfficer --area 500156108000 --name 李经办';

/** `fangang user`: accounts of staff, by whoever can read the keys of the installation; the way in when no administrator can sign in. */
export function addUser(program: Command, house: House): void {
  const user = program
    .command('user')
    .description('accounts of staff')
    .addHelpText(
      'after',
      '\nExamples:\n' +
        `${ADD_EXAMPLE}\n` +
        '  fangang user list --area 500156000000\n' +
        '  fangang user reset-password li --second-factor --recognized inPerson\n' +
        '  fangang user deactivate li',
    );
  user
    .command('add')
    .argument('<login>', 'name to sign in with')
    .description('add an account')
    .requiredOption('--role <role>', Role.options.join(', '))
    .requiredOption('--area <code>', '12-digit area code: what the account may see')
    .requiredOption('--name <name>', 'name of the person')
    .option('--employer <name or id>', 'whose gates an account with the role employer sees')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', `\nExamples:\n${ADD_EXAMPLE}`)
    .action((login: string, options: Options) => add(house, login, options));
  addUserKeeping(user, house);
}

async function readPassword(): Promise<string> {
  if (process.env.FANGANG_PASSWORD) return process.env.FANGANG_PASSWORD;
  const lines = createInterface({
    input: process.stdin,
    output: process.stderr,
    terminal: process.stdin.isTTY,
  });
  try {
    return process.stdin.isTTY
      ? await lines.question('password: ')
      : ((await lines[Symbol.asyncIterator]().next()).value ?? '');
  } finally {
    lines.close();
  }
}

const OFFICE_KIND: Readonly<Record<string, NewStaff['officeKind']>> = {
  townOfficer: 'townStation',
  laborBroker: 'broker',
  agency: 'agency',
  employer: 'employer',
};

async function employerOf(tx: Tx, nameOrId: string): Promise<string> {
  const [found, other] = await findEmployers(tx, nameOrId);
  if (found === undefined) {
    throw new CommandError(
      ExitCode.notFound,
      'jobs.no_such_employer',
      `there is no employer “${nameOrId}”: write the whole name`,
    );
  }
  if (other !== undefined) {
    throw new CommandError(
      ExitCode.conflict,
      'jobs.employer_ambiguous',
      `several employers are called “${nameOrId}”: write the id of one, ${found} or ${other}`,
    );
  }
  return found;
}

function badPassword(refusal: Refusal): CommandError {
  const words = officeRefusalWords as Words;
  const said = [refusal.code, `${refusal.code}.remedy`].map(
    (it) => words[it] && fill(words[it], 'en', refusal.facts),
  );
  return new CommandError(ExitCode.usage, refusal.code, said.join(': '));
}

async function add(house: House, login: string, options: Options): Promise<void> {
  const role = Role.safeParse(options.role);
  if (!role.success) {
    throw new CommandError(
      ExitCode.usage,
      'offices.no_such_role',
      `there is no role “${options.role}”: choose one of ${Role.options.join(', ')}`,
    );
  }
  if ((role.data === 'employer') !== (options.employer !== undefined)) {
    throw new CommandError(
      ExitCode.usage,
      'offices.employer_needed',
      'an account with the role employer, and no other, is told whose gates it sees: --employer',
    );
  }
  const password = await readPassword();
  await withHouse(house, async ({ adminUrl, services }) => {
    const stored = await within(services, { kind: 'open' }, findSignInSettings);
    const owner = { login, hasSecondFactor: false };
    const good = checkNewPassword(settingsOf(stored).profile, password, owner);
    if (!good.ok) throw badPassword(good.refusal);
    const done = await asOwner(adminUrl, services.city, async (tx) => {
      const area = await findArea(tx, options.area);
      if (!area)
        throw new CommandError(ExitCode.notFound, 'offices.no_such_area', `there is no area ${options.area}`);
      const employerId = options.employer === undefined ? null : await employerOf(tx, options.employer);
      await beginSignIn(tx, FIRST_SIGN_IN);
      return addStaff(tx, {
        id: newId(),
        officeId: newId(),
        officeKind: OFFICE_KIND[role.data] ?? 'bureau',
        officeName: `${area.name}人力社保`,
        area: area.code,
        login,
        name: options.name,
        role: role.data,
        employerId,
        passwordHash: await hashPassword(password),
      });
    });
    if (!done)
      throw new CommandError(
        ExitCode.conflict,
        'offices.login_taken',
        `the login “${login}” is taken: choose another`,
      );
    house.print(
      { login, role: role.data, area: options.area },
      `${login} may sign in as ${roleWords[role.data].en} of ${options.area}`,
      options.json ?? false,
    );
  });
}
