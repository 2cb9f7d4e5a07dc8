import type { Command } from 'commander';
import { type House, withHouse } from './house.ts';

/** `fangang migrate`: brings the database up to date and loads the places. */
export function addMigrate(program: Command, house: House): void {
  program
    .command('migrate')
    .description('bring the database up to date and load the places of the city')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  fangang migrate\n  DATABASE_URL=postgres://… fangang migrate --json',
    )
    .action((options: { json?: boolean }) =>
      withHouse(house, async ({ services }) => {
        house.print(
          { city: services.city, upToDate: true },
          `city ${services.city}: the database is up to date`,
          options.json ?? false,
        );
      }),
    );
}
