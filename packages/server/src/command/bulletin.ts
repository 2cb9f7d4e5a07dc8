import type { Command } from 'commander';
import { bulletinAsOf } from '../figures/bulletin.ts';
import { CommandError, ExitCode } from '../platform/errors.ts';
import { type FigureOptions, withFigures } from './figures.ts';
import type { House } from './house.ts';

interface Options extends FigureOptions {
  readonly lang: string;
}

/** `fangang bulletin`: the sentences of the day's bulletin, ready to be published. */
export function addBulletin(program: Command, house: House): void {
  program
    .command('bulletin')
    .description('the bulletin of a season as of a moment')
    .requiredOption('--season <id>', 'for example 2022-spring')
    .option('--as-of <moment>', 'for example 2022-02-11T17:00; the clock of the city unless told')
    .option('--area <code>', 'a district, 6 to 12 digits')
    .option('--lang <language>', 'zh or en', 'zh')
    .option('--json', 'print both languages as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  fangang bulletin --season 2022-spring --as-of 2022-02-11T17:00 --lang en',
    )
    .action(async (options: Options) => {
      const { lang } = options;
      if (lang !== 'zh' && lang !== 'en')
        throw new CommandError(
          ExitCode.usage,
          'figures.bad_language',
          `“${lang}” is no language here: write zh or en`,
        );
      const bulletin = await withFigures(house, options, bulletinAsOf);
      house.print(bulletin, bulletin[lang], options.json ?? false);
    });
}
