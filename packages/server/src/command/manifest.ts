import { writeFile } from 'node:fs/promises';
import { clockOf } from '@fangang/domain/basics/moment.ts';
import type { Language } from '@fangang/domain/basics/say.ts';
import { isCalendarDay } from '@fangang/domain/people/roster-dates.ts';
import type { Command } from 'commander';
import { readClock } from '../platform/clock.ts';
import { CommandError, ExitCode } from '../platform/errors.ts';
import { within } from '../platform/services.ts';
import { manifestFacts } from '../trips/manifest-facts.ts';
import { manifestPdf } from '../trips/manifest-pdf.ts';
import { manifestXlsx } from '../trips/manifest-xlsx.ts';
import { findTripByCode, listTripLines } from '../trips/store.ts';
import { type House, type OpenHouse, withHouse } from './house.ts';

interface Options {
  readonly season: string;
  readonly date?: string;
  readonly out?: string;
  readonly lang: string;
  readonly full?: boolean;
  readonly json?: boolean;
}

/** `fangang manifest TRIP-CODE`: the passenger register as a file; without a code the trips of a day. */
export function addManifest(program: Command, house: House): void {
  program
    .command('manifest')
    .description('write the passenger register of a trip, or list the trips of a day')
    .argument('[trip]', 'code of a trip, for example WX-0212-01')
    .requiredOption('--season <id>', 'for example 2022-spring')
    .option('--date <day>', 'list the trips of this day, for example 2022-02-12')
    .option('--out <file>', 'file to write, .pdf or .xlsx; the code of the trip as PDF unless told')
    .option('--lang <language>', 'zh or en', 'zh')
    .option('--full', 'whole ID and phone numbers; leaves a line in the audit')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  fangang manifest --season 2022-spring --date 2022-02-12\n  fangang manifest WX-0212-01 --season 2022-spring --out sheet.xlsx',
    )
    .action((code: string | undefined, options: Options) => run(house, code, options));
}

async function run(house: House, code: string | undefined, options: Options): Promise<void> {
  if (options.lang !== 'zh' && options.lang !== 'en') {
    throw new CommandError(
      ExitCode.usage,
      'trips.no_such_language',
      `“${options.lang}” is no language of the product: zh or en`,
    );
  }
  if (code)
    return await withHouse(house, (open) => write(house, open, code, options, options.lang as Language));
  if (!options.date || !isCalendarDay(options.date)) {
    throw new CommandError(
      ExitCode.usage,
      'trips.which_trip',
      'say which trip: its code, or --date 2022-02-12 to list a day',
    );
  }
  await withHouse(house, (open) => list(house, open, options));
}

async function list(house: House, { services }: OpenHouse, options: Options): Promise<void> {
  const filter = { season: options.season, day: options.date ?? null, status: null, role: null };
  const trips = await within(services, house.asCity(services), (tx) =>
    listTripLines(tx, filter, { from: 0, count: 10_000 }),
  );
  if (trips.length === 0) {
    throw new CommandError(
      ExitCode.notFound,
      'trips.no_trips',
      `no trips in ${options.season} on ${options.date}`,
    );
  }
  const lines = trips.map((it) => {
    const [from, to] = options.lang === 'en' ? [it.fromPinyin, it.toPinyin] : [it.from, it.to];
    return `${it.code}\t${clockOf(it.departAt)}\t${it.status}\t${it.sold}/${it.cap}\t${from} → ${to}`;
  });
  house.print({ trips }, lines.join('\n'), options.json ?? false);
}

async function write(
  house: House,
  { services }: OpenHouse,
  code: string,
  options: Options,
  lang: Language,
): Promise<void> {
  const out = options.out ?? `${code}.pdf`;
  if (!/\.(pdf|xlsx)$/i.test(out)) {
    throw new CommandError(ExitCode.usage, 'trips.which_format', `“${out}” must end in .pdf or .xlsx`);
  }
  const scope = house.asCity(services);
  const facts = await within(services, scope, async (tx) => {
    const trip = await findTripByCode(tx, options.season, code);
    if (!trip) return undefined;
    const { now } = await readClock(tx);
    const actor = 'staffId' in scope ? scope.staffId : 'command';
    const reader = options.full ? { actor, area: `${services.city}000000` } : null;
    return await manifestFacts(tx, services.secrets, trip, { reader, now });
  });
  if (!facts) {
    throw new CommandError(
      ExitCode.notFound,
      'trips.no_such_trip',
      `no trip ${code} in season ${options.season}`,
    );
  }
  const body = /\.xlsx$/i.test(out) ? await manifestXlsx(facts, lang) : await manifestPdf(facts, lang);
  await writeFile(out, body).catch((error: Error) => {
    throw new CommandError(
      ExitCode.usage,
      'trips.cannot_write',
      `“${out}” cannot be written: ${error.message}`,
    );
  });
  house.print(
    { file: out, people: facts.passengers.length },
    `${out}: ${facts.passengers.length} people`,
    options.json ?? false,
  );
}
