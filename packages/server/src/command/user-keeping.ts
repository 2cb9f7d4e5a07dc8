import { areaRange, isAdministrator, Recognized, Role } from '@fangang/domain/offices/schema.ts';
import type { Command } from 'commander';
import { hashPassword } from '../offices/passwords.ts';
import { oneTimePassword } from '../offices/recovery-codes.ts';
import { countOfRole, findUser, listUsers, resetUser, shutUser } from '../offices/store-command.ts';
import { triedNames } from '../offices/tries.ts';
import type { Tx } from '../platform/database.ts';
import { CommandError, ExitCode } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { asOwner } from '../platform/owner.ts';
import { type House, withHouse } from './house.ts';

interface ListOptions {
  readonly role?: string;
  readonly area?: string;
  readonly json?: boolean;
}

interface ResetOptions {
  readonly json?: boolean;
  readonly secondFactor?: boolean;
  readonly recognized?: string;
}

/** `fangang user list | deactivate | reset-password`. */
export function addUserKeeping(user: Command, house: House): void {
  user
    .command('list')
    .description('list accounts')
    .option('--role <role>', 'of this role only')
    .option('--area <code>', 'of this area and what lies in it')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExamples:\n  fangang user list --role dispatcher --json')
    .action((options: ListOptions) => list(house, options));
  user
    .command('deactivate')
    .argument('<login>', 'account to shut')
    .description('shut an account; its sessions and phones end at once')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      '\nThe last active administrator of a kind stays.\n\nExamples:\n  fangang user deactivate li',
    )
    .action((login: string, options: { json?: boolean }) => deactivate(house, login, options.json ?? false));
  user
    .command('reset-password')
    .argument('<login>', 'account to reset')
    .description('set a one-time password, good for three days, to be changed at the next sign-in')
    .option('--second-factor', 'also take off authenticator, passkeys and recovery codes; needs --recognized')
    .option('--recognized <how>', `how its owner was recognized: ${Recognized.options.join(', ')}`)
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  fangang user reset-password li\n  fangang user reset-password li --second-factor --recognized inPerson',
    )
    .action((login: string, options: ResetOptions) => reset(house, login, options));
}

async function list(house: House, { role, area, json = false }: ListOptions): Promise<void> {
  if (role !== undefined && !Role.safeParse(role).success) {
    throw new CommandError(
      ExitCode.usage,
      'offices.no_such_role',
      `there is no role “${role}”: choose one of ${Role.options.join(', ')}`,
    );
  }
  if (area !== undefined && !/^\d{12}$/.test(area)) {
    throw new CommandError(
      ExitCode.usage,
      'offices.no_such_area',
      `an area code has 12 digits, not “${area}”`,
    );
  }
  await withHouse(house, async ({ adminUrl, services }) => {
    const range = area === undefined ? {} : areaRange(area);
    const users = await asOwner(adminUrl, services.city, (tx) =>
      listUsers(tx, { ...range, ...(role && { role }) }),
    );
    const lines = users.map((it) =>
      [it.login, it.role, it.area, it.state, it.secondFactor ? '2fa' : '-', it.name].join('\t'),
    );
    house.print({ users }, lines.length > 0 ? lines.join('\n') : 'no accounts', json);
  });
}

async function getUser(tx: Tx, login: string) {
  const user = await findUser(tx, login);
  if (!user)
    throw new CommandError(ExitCode.notFound, 'offices.no_such_user', `there is no account “${login}”`);
  return user;
}

async function deactivate(house: House, login: string, json: boolean): Promise<void> {
  await withHouse(house, async ({ adminUrl, services }) => {
    await asOwner(adminUrl, services.city, async (tx) => {
      const user = await getUser(tx, login);
      if (isAdministrator(user.role) && user.state === 'active' && (await countOfRole(tx, user.role)) <= 1) {
        throw new CommandError(
          ExitCode.conflict,
          'offices.last_administrator',
          `${login} is the last active ${user.role}: add another one first`,
        );
      }
      await shutUser(tx, user);
    });
    house.print({ login, state: 'shut' }, `${login} is shut; sessions and phones have ended`, json);
  });
}

/** How the owner of an account was recognized; undefined where the second factor stays. */
function howRecognized({ secondFactor = false, recognized }: ResetOptions): Recognized | undefined {
  if (!secondFactor && recognized === undefined) return undefined;
  const how = Recognized.safeParse(recognized);
  if (secondFactor && how.success) return how.data;
  throw new CommandError(
    ExitCode.usage,
    'offices.say_how_recognized',
    `--second-factor goes with --recognized ${Recognized.options.join('|')}: how you knew who asked; it is kept in the audit`,
  );
}

async function reset(house: House, login: string, options: ResetOptions): Promise<void> {
  const recognized = howRecognized(options);
  await withHouse(house, async ({ adminUrl, services }) => {
    const password = oneTimePassword(services, newId(), login);
    const hash = await hashPassword(password);
    await asOwner(adminUrl, services.city, async (tx) => {
      const user = await getUser(tx, login);
      if (user.state !== 'active') {
        throw new CommandError(
          ExitCode.conflict,
          'offices.account_shut',
          `${login} is ${user.state}: nothing to reset`,
        );
      }
      await resetUser(tx, user, { hash, recognized, tried: triedNames(services.secrets, user) });
    });
    const text = `one-time password of ${login}: ${password}\nto be changed at the next sign-in, within three days`;
    house.print({ login, password, secondFactorOff: recognized !== undefined }, text, options.json ?? false);
  });
}
