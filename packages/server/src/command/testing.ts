import { Command } from 'commander';
import { commandScope } from '../offices/scope.ts';
import type { TestHouse } from '../offices/testing.ts';
import type { House } from './house.ts';

/** What a command has said, and how it ended: undefined is well. */
export interface CommandEnd {
  readonly out: string;
  readonly error: unknown;
}

/** Runs a command on a test's database as the shell would, without a process of its own. */
export async function runCommand(
  test: TestHouse,
  add: (program: Command, house: House) => void,
  args: readonly string[],
): Promise<CommandEnd> {
  let out = '';
  const house: House = {
    open: async () => ({
      services: test.services,
      adminUrl: test.fresh.adminUrl,
      connection: undefined as never,
      close: async () => undefined,
    }),
    asCity: (services) => commandScope(services.city),
    print: (value, text, json) => {
      out += json ? JSON.stringify(value) : text;
    },
    progress: () => ({ update: () => undefined, stop: () => undefined }),
  };
  const program = new Command('fangang').exitOverride();
  program.configureOutput({ writeErr: () => undefined });
  add(program, house);
  const error = await program.parseAsync([...args], { from: 'user' }).then(
    () => undefined,
    (caught: unknown) => caught,
  );
  return { out, error };
}
