import type { Command } from 'commander';
import { CommandError, ExitCode } from '../platform/errors.ts';
import { KEEP_DAYS, runRetention } from '../trips/retention.ts';
import { type House, withHouse } from './house.ts';

interface Options {
  readonly keepDays: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** `fangang retention`: erases who has had no season for two years, and reports. */
export function addRetention(program: Command, house: House): void {
  program
    .command('retention')
    .description('erase personal data and stored replies whose term is over; counts and journal stay')
    .option('--keep-days <n>', "days after the end of a person's last season", String(KEEP_DAYS))
    .option('--dry-run', 'count and change nothing')
    .option('--json', 'print the report as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  fangang retention --dry-run\n  fangang retention --keep-days 1095 --json',
    )
    .action((options: Options) => retention(house, options));
}

async function retention(house: House, options: Options): Promise<void> {
  const keepDays = Number(options.keepDays);
  if (!Number.isSafeInteger(keepDays) || keepDays < 30) {
    throw new CommandError(
      ExitCode.usage,
      'people.bad_keep_days',
      `“${options.keepDays}” is no term: write whole days from 30 on`,
    );
  }
  const { dryRun } = options;
  await withHouse(house, async ({ services }) => {
    const run = await runRetention(services, house.asCity(services), { keepDays, dryRun });
    const did = dryRun ? 'would be' : 'were';
    const left = run.stillTravel > 0 ? `, ${run.stillTravel} left because they still hold a seat` : '';
    house.print(
      run,
      `${run.erased} people whose last season ended before ${run.endedBefore} ${did} erased${left}; ` +
        `${run.repliesCleared} stored replies from before ${run.repliesBefore.slice(0, 10)} ${did} cleared`,
      options.json ?? false,
    );
  });
}
