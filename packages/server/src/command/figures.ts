import { compareMoments, momentAt, msOf } from '@fangang/domain/basics/moment.ts';
import { grouped } from '@fangang/domain/basics/say.ts';
import type { Figures } from '@fangang/domain/figures/schema.ts';
import { figureWords } from '@fangang/domain/figures/words.ts';
import { AreaCode } from '@fangang/domain/offices/schema.ts';
import { isCalendarDay } from '@fangang/domain/people/roster-dates.ts';
import type { Command } from 'commander';
import { askedOf } from '../figures/asked.ts';
import { figuresAsOf } from '../figures/store.ts';
import type { Asked } from '../figures/store-fold.ts';
import { findArea, findSeason } from '../offices/store.ts';
import { readClock } from '../platform/clock.ts';
import type { Tx } from '../platform/database.ts';
import { CommandError, ExitCode } from '../platform/errors.ts';
import { within } from '../platform/services.ts';
import { type House, withHouse } from './house.ts';

/** What the commands about figures are told. */
export interface FigureOptions {
  readonly season: string;
  readonly asOf?: string;
  readonly area?: string;
  readonly json?: boolean;
}

/** `2022-02-11` is the end of that day; `2022-02-11T17:00` is China's time. */
function momentOf(text: string): string {
  if (isCalendarDay(text)) return momentAt(text, 24 * 60 - 1).replace(':00+', ':59+');
  const [, day, minute, second = ':00'] = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?$/.exec(text) ?? [];
  const full = day ? `${day}T${minute}${second}+08:00` : text;
  try {
    msOf(full);
  } catch {
    throw new CommandError(
      ExitCode.usage,
      'figures.bad_moment',
      `“${text}” is no moment: write it as 2022-02-11T17:00`,
    );
  }
  return full;
}

/** Answers a question about figures with the whole city's eyes. Fails where the season or the area does not exist. */
export async function withFigures<Value>(
  house: House,
  options: FigureOptions,
  answer: (tx: Tx, asked: Asked, now: string) => Promise<Value>,
): Promise<Value> {
  const wanted = {
    season: options.season,
    asOf: options.asOf === undefined ? undefined : momentOf(options.asOf),
    area: options.area?.padEnd(12, '0'),
  };
  if (wanted.area !== undefined && !AreaCode.safeParse(wanted.area).success)
    throw new CommandError(
      ExitCode.usage,
      'figures.bad_area',
      `“${options.area}” is no area code: write 6 to 12 digits`,
    );
  return await withHouse(house, async ({ services }) => {
    const scope = house.asCity(services);
    return await within(services, scope, async (tx) => {
      const { now } = await readClock(tx);
      if (!(await findSeason(tx, options.season)))
        throw new CommandError(
          ExitCode.notFound,
          'figures.no_season',
          `there is no season ${options.season}`,
        );
      const asked = askedOf(scope, wanted, { now, season: options.season });
      if (!asked.ok || (wanted.area !== undefined && !(await findArea(tx, wanted.area))))
        throw new CommandError(
          ExitCode.notFound,
          'figures.no_area',
          `there is no area ${options.area} in this city`,
        );
      return await answer(tx, asked.value, now);
    });
  });
}

const ORDER = [
  'runs',
  'feeders',
  'lastMiles',
  'persons',
  'personTimes',
  'packs',
  'registered',
  'wants',
  'unmet',
  'waiting',
  'inTransit',
  'leftOnTheWay',
  'arrived',
  'awaitingSignature',
  'signedFor',
] as const;

function textOf(figures: Figures): string {
  const wide = Math.max(...ORDER.map((key) => figureWords[key].en.length));
  const lines = ORDER.map(
    (key) =>
      `${figureWords[key].en.padEnd(wide)} ${grouped(figures.total[key]).padStart(9)} ${figureWords[`${key}.unit`].en}`,
  );
  const modes = Object.entries(figures.total.runsByMode).map(([mode, n]) => `${mode} ${n}`);
  const trains = figures.trains.map(
    (it) => `${it.number} ${it.from}–${it.to}: ${it.ran} of ${it.allotted} days`,
  );
  return [`As of ${figures.asOf}`, ...lines, `By mode: ${modes.join(', ')}`, ...trains].join('\n');
}

/** `fangang figures`: all figures of a season as of a moment. */
export function addFigures(program: Command, house: House): void {
  program
    .command('figures')
    .description('figures of a season as of a moment, counted from the journal')
    .requiredOption('--season <id>', 'for example 2022-spring')
    .option('--as-of <moment>', 'for example 2022-02-11T17:00; the clock of the city unless told')
    .option('--area <code>', 'a district or town, 6 to 12 digits')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  fangang figures --season 2022-spring --as-of 2022-02-11T17:00 --json',
    )
    .action(async (options: FigureOptions) => {
      const figures = await withFigures(house, options, (tx, asked, now) =>
        figuresAsOf(tx, asked, { current: compareMoments(asked.asOf, now) >= 0 }),
      );
      house.print(figures, textOf(figures), options.json ?? false);
    });
}
