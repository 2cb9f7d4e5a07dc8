import { SeasonId } from '@fangang/domain/offices/schema.ts';
import { isCalendarDay } from '@fangang/domain/people/roster-dates.ts';
import type { Command } from 'commander';
import { seasonOf } from '../offices/season.ts';
import { addSeason as insertSeason } from '../offices/store.ts';
import { CommandError, ExitCode } from '../platform/errors.ts';
import { asOwner } from '../platform/owner.ts';
import { CITY, type House, withHouse } from './house.ts';

interface Options {
  readonly city: string;
  readonly festival: string;
  readonly json?: boolean;
}

const EXAMPLES = '\nExamples:\n  fangang season add 2023-spring --city 500000 --festival 2023-01-22';

/** `fangang season add ID`: a season with plain rules around a Spring Festival. */
export function addSeason(program: Command, house: House): void {
  program
    .command('season')
    .description('seasons of the city')
    .addHelpText('after', EXAMPLES)
    .command('add')
    .argument('<id>', 'for example 2022-spring')
    .description('add a season around a Spring Festival')
    .requiredOption('--city <code>', 'six digits, for example 500000', CITY)
    .requiredOption('--festival <date>', 'first day of the lunar year, for example 2022-02-01')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', EXAMPLES)
    .action((id: string, options: Options) => add(house, id, options));
}

async function add(house: House, id: string, options: Options): Promise<void> {
  if (!SeasonId.safeParse(id).success) {
    throw new CommandError(
      ExitCode.usage,
      'offices.bad_season_id',
      `“${id}” is no season id: use small letters, digits and “-”, such as 2022-spring`,
    );
  }
  if (!isCalendarDay(options.festival)) {
    throw new CommandError(
      ExitCode.usage,
      'offices.bad_day',
      `“${options.festival}” is no day: write it as 2022-02-01`,
    );
  }
  if (options.city !== CITY) {
    throw new CommandError(
      ExitCode.usage,
      'offices.no_such_city',
      `city ${options.city} is not in this installation: it holds ${CITY}`,
    );
  }
  await withHouse(house, async ({ adminUrl, services }) => {
    const season = seasonOf(options.festival, id);
    const added = await asOwner(adminUrl, services.city, (tx) => insertSeason(tx, season));
    if (!added)
      throw new CommandError(ExitCode.conflict, 'offices.season_exists', `season ${id} is there already`);
    house.print(season, `season ${id}: ${season.from_day} to ${season.to_day}`, options.json ?? false);
  });
}
