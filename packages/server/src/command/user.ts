import { createInterface } from 'node:readline/promises';
import { Role } from '@fangang/domain/offices/schema.ts';
import type { Command } from 'commander';
import { hashPassword } from '../offices/passwords.ts';
import { addStaff, findArea, type NewStaff } from '../offices/store.ts';
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

/** `fangang user add LOGIN`: an account with role and area; the password comes from FANGANG_PASSWORD, stdin or is asked for. */
export function addUser(program: Command, house: House): void {
  program
    .command('user')
    .description('accounts of staff')
    .command('add')
    .argument('<login>', 'name to sign in with')
    .description('add an account')
    .requiredOption('--role <role>', Role.options.join(', '))
    .requiredOption('--area <code>', '12-digit area code: what the account may see')
    .requiredOption('--name <name>', 'name of the person')
    .option('--employer <id>', 'employer of an account with the role employer')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      '\nThe password is read from FANGANG_PASSWORD or from standard input.\n\nExamples:\n' +
        '  echo "a long password" | fangang user add li --role townOfficer --area 500156108000 --name 李经办',
    )
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

async function add(house: House, login: string, options: Options): Promise<void> {
  const role = Role.safeParse(options.role);
  if (!role.success) {
    throw new CommandError(
      ExitCode.usage,
      'offices.no_such_role',
      `there is no role “${options.role}”: choose one of ${Role.options.join(', ')}`,
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
      return addStaff(tx, {
        id: newId(),
        officeId: newId(),
        officeKind: OFFICE_KIND[role.data] ?? 'bureau',
        officeName: `${area.name}人力社保`,
        area: area.code,
        login,
        name: options.name,
        role: role.data,
        employerId: options.employer ?? null,
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
      `${login} may sign in as ${role.data} of ${options.area}`,
      options.json ?? false,
    );
  });
}
