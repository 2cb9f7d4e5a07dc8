import type { Command } from 'commander';
import { programmeLines } from '../figures/programme.ts';
import { CommandError, ExitCode } from '../platform/errors.ts';
import { type FigureOptions, withFigures } from './figures.ts';
import type { House } from './house.ts';

interface Options extends FigureOptions {
  readonly lang: string;
}

/** `fangang programme`: the sixteen systems of the reference programme, published beside counted. */
export function addProgramme(program: Command, house: House): void {
  program
    .command('programme')
    .description('the sixteen systems of the reference programme: published, counted, built or not')
    .option('--season <id>', 'a season', '2022-spring')
    .option('--as-of <moment>', 'for example 2022-02-11T17:00; the clock of the city unless told')
    .option('--lang <language>', 'zh or en', 'en')
    .option('--json', 'print the rows as JSON')
    .addHelpText('after', '\nExamples:\n  fangang programme --json')
    .action(async (options: Options) => {
      const { lang } = options;
      if (lang !== 'zh' && lang !== 'en')
        throw new CommandError(
          ExitCode.usage,
          'figures.bad_language',
          `“${lang}” is no language here: write zh or en`,
        );
      const lines = await withFigures(house, options, (tx, asked) => programmeLines(tx, asked, lang));
      const text = lines.map((it) =>
        [`S${it.no}`, it.title, it.where, it.published, it.built ? it.counted : '—', it.check].join('\t'),
      );
      house.print(lines, text.join('\n'), options.json ?? false);
    });
}
