import { createInterface } from 'node:readline/promises';
import { Role } from '@fangang/domain/offices/schema.ts';
import { roleWords } from '@fangang/domain/offices/words.ts';
import type { Command } from 'commander';
import { findEmployers } from '../jobs/store.ts';
import { hashPassword } from '../offices/passwords.ts';
import { addStaff, findArea, type NewStaff } from '../offices/store.ts';
import type { Tx } from '../platform/database.ts';
import { CommandError, ExitCode } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { asOwner } from '../platform/owner.ts';
import { type House, withHouse } from './house.ts';

interface Options {
  readonly role: string;
  readonly area: string;
  readonly name: string;
  readonly employer?: string;
  readonly json?: boolean;
}

const LEAST_PASSWORD = 8;

const EXAMPLES =
  '\nThe password is read from FANGANG_PASSWORD or from standard input.\n\nExamples:\n' +
  '  echo "a long password" | fangang user add li --role townOfficer --area 500156108000 --name 李经办\n' +
  '  fangang user add gate --role employer --employer 样例电子厂 --area 500000000000 --name 张门卫';

/** `fangang user add LOGIN`: an account with role and area; the password comes from FANGANG_PASSWORD, stdin or is asked for. */
export function addUser(program: Command, house: House): void {
  program
    .command('user')
    .description('accounts of staff')
    .addHelpText('after', EXAMPLES)
    .command('add')
    .argument('<login>', 'name to sign in with')
    .description('add an account')
    .requiredOption('--role <role>', Role.options.join(', '))
    .requiredOption('--area <code>', '12-digit area code: what the account may see')
    .requiredOption('--name <name>', 'name of the person')
    .option('--employer <name or id>', 'whose gates an account with the role employer sees')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', EXAMPLES)
    .action((login: string, options: Options) => add(house, login, options));
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
  if (password.length < LEAST_PASSWORD) {
    throw new CommandError(
      ExitCode.usage,
      'offices.password_short',
      `the password needs at least ${LEAST_PASSWORD} characters`,
    );
  }
  await withHouse(house, async ({ adminUrl, services }) => {
    const done = await asOwner(adminUrl, services.city, async (tx) => {
      const area = await findArea(tx, options.area);
      if (!area)
        throw new CommandError(ExitCode.notFound, 'offices.no_such_area', `there is no area ${options.area}`);
      const employerId = options.employer === undefined ? null : await employerOf(tx, options.employer);
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
