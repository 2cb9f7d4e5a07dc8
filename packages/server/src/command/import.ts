import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { endsAs } from '@fangang/domain/basics/file-names.ts';
import { sayRoster } from '@fangang/domain/people/roster-words.ts';
import type { Command } from 'commander';
import { findArea, findSeason } from '../offices/store.ts';
import type { FileRefusal } from '../people/file-refusal.ts';
import { badRows, type ImportFinding, type ImportReport, importReport } from '../people/import-report.ts';
import { compareWritten } from '../people/likeness.ts';
import { rosterContext } from '../people/roster-context.ts';
import { type RosterReport, readRoster } from '../people/roster-rows.ts';
import { writeRoster } from '../people/write-roster.ts';
import { readClock } from '../platform/clock.ts';
import { areaRange, type Scope } from '../platform/database.ts';
import { CommandError, ExitCode } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { type Services, within } from '../platform/services.ts';
import { type House, type OpenHouse, withHouse } from './house.ts';

interface Options {
  readonly area: string;
  readonly season: string;
  readonly sheet?: string;
  readonly dryRun?: boolean;
  readonly skipBad?: boolean;
  readonly json?: boolean;
}

const EXAMPLES = `
Without --skip-bad a roster with bad rows changes nothing and the exit code is 3.

Examples:
  fangang import people 台账.xlsx --area 500156101000 --season 2022-spring --dry-run
  fangang import people 台账.xlsx --area 500156101000 --season 2022-spring --skip-bad --json`;

/** `fangang import people FILE`: a roster's people, households and wishes onto the books. */
export function addImport(program: Command, house: House): void {
  program
    .command('import')
    .description('bring rosters of townships in')
    .addHelpText('after', EXAMPLES)
    .command('people')
    .exitOverride()
    .argument('<file>', '.xlsx, .xls, .csv or .txt')
    .description('import a roster: people, households and wishes to return')
    .requiredOption('--area <code>', '12 digits of the district, town or village whose roster it is')
    .requiredOption('--season <id>', 'for example 2022-spring')
    .option('--sheet <name>', 'take this sheet of the workbook')
    .option('--dry-run', 'say what would happen and write nothing')
    .option('--skip-bad', 'write the good rows and leave the bad ones')
    .option('--json', 'print the report as JSON')
    .addHelpText('after', EXAMPLES)
    .action((file: string, options: Options) => importPeople(house, file, options));
}

async function importPeople(house: House, file: string, options: Options): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) {
    throw new CommandError(ExitCode.usage, 'basics.file_missing', `there is no file ${file}`);
  }
  if (!endsAs('spreadsheet', file)) throw unreadable(file, { code: 'basics.file_name' });
  await withHouse(house, (open) => importInto(house, open, file, options));
}

async function importInto(house: House, open: OpenHouse, file: string, options: Options): Promise<void> {
  const { services } = open;
  const now = await knownPlaceAndTime(open, house, options);
  const bar = house.progress('import');
  try {
    const read = await readRoster(file, rosterContext(options.area, now), {
      language: 'en',
      ...(options.sheet !== undefined && { sheet: options.sheet }),
    });
    if (!read.ok) throw unreadable(file, read.refusal);
    bar.update(0.4);
    const report = await writeOrCount(house, open, read.value, now, file, options);
    bar.update(1);
    bar.stop();
    house.print(report, textOf(report, options), options.json ?? false);
    const bad = badRows(report.rejected);
    if (bad > 0 && !options.skipBad) throw badRowsLeft(bad, options.dryRun ?? false);
  } finally {
    bar.stop();
  }
  services.log.info({ season: options.season, area: options.area }, 'a roster was read');
}

/** The city's time; refuses an area or a season that is not there. */
async function knownPlaceAndTime({ services }: OpenHouse, house: House, options: Options): Promise<string> {
  return within(services, house.asCity(services), async (tx) => {
    if (!(await findArea(tx, options.area))) {
      throw new CommandError(
        ExitCode.usage,
        'people.no_such_area',
        `there is no area ${options.area}: write the 12 digits of a district, town or village, such as 500156101000`,
      );
    }
    if (!(await findSeason(tx, options.season))) {
      throw new CommandError(
        ExitCode.usage,
        'people.no_such_season',
        `there is no season ${options.season}: add it with “fangang season add ${options.season} --festival …”`,
      );
    }
    return (await readClock(tx)).now;
  });
}

function unreadable(file: string, refusal: FileRefusal): CommandError {
  const { code, facts } = refusal;
  return new CommandError(
    ExitCode.validation,
    code,
    `${basename(file)}: ${sayRoster(code, facts, 'en')}`,
    facts,
  );
}

function badRowsLeft(bad: number, dryRun: boolean): CommandError {
  const what = dryRun ? 'nothing would be written' : 'nothing was written';
  return new CommandError(
    ExitCode.validation,
    'people.roster_has_bad_rows',
    `${bad} ${bad === 1 ? 'row' : 'rows'} cannot be taken, so ${what}: fix them, or add --skip-bad to take the others`,
    { bad },
  );
}

/** Writes the roster; a dry run, and a roster with bad rows that are not to be skipped, only counts. */
async function writeOrCount(
  house: House,
  { services }: OpenHouse,
  report: RosterReport,
  now: string,
  file: string,
  options: Options,
): Promise<ImportReport> {
  const scope = house.asCity(services);
  const bytes = await readFile(file);
  const refused = report.rejected.length > 0 && !options.skipBad;
  if (refused && !options.dryRun)
    return importReport(report, { created: 0, updated: 0, unchanged: 0, changes: [] });
  const key = newId();
  const written = await within(services, scope, (tx) =>
    writeRoster(tx, {
      services,
      report,
      season: options.season,
      area: options.area,
      actor: scope.kind === 'office' ? scope.staffId : '',
      now,
      key,
      skipBad: (options.skipBad ?? false) || (options.dryRun ?? false),
      dryRun: options.dryRun ?? false,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      language: 'en',
    }),
  );
  if (!written.ok) throw badRowsLeft(written.refusal.facts.bad, false);
  if (!options.dryRun) await compareWithBooks(services, scope, { area: options.area, key, now });
  return written.value;
}

/** Whoever was written is compared with the books of the district at once: the command line has no job that could do it later. */
async function compareWithBooks(
  services: Services,
  scope: Scope,
  { area, key, now }: { readonly area: string; readonly key: string; readonly now: string },
): Promise<void> {
  if (scope.kind !== 'office' || area.endsWith('0000000000')) return;
  const { from: areaFrom, to: areaTo } = areaRange(`${area.slice(0, 6)}000000`);
  await compareWritten(services, { ...scope, areaFrom, areaTo }, key, now);
}

const SHOWN = 200;

function linesOf(findings: readonly ImportFinding[], sheet: string): string[] {
  const lines = findings.slice(0, SHOWN).map((it) => {
    const where = [sheet, `row ${it.row}`, it.column || it.field].filter((part) => part !== '').join(', ');
    return `  ${where}: ${it.message}`;
  });
  const more = findings.length - SHOWN;
  return more > 0 ? [...lines, `  … and ${more} more; --json prints all`] : lines;
}

function textOf(report: ImportReport, options: Options): string {
  const { created, updated, unchanged } = report;
  const bad = badRows(report.rejected);
  const columns = Object.entries(report.mapping).map(([letter, field]) => `${letter} ${field}`);
  const stopped = bad > 0 && !options.skipBad && !options.dryRun;
  const counts = `${created} new, ${updated} changed, ${unchanged} unchanged`;
  return [
    `${report.file}${report.sheet ? `, sheet ${report.sheet}` : ''}: ${report.rows} rows below row ${report.headerRow}`,
    `columns: ${columns.join(', ')}`,
    stopped ? 'nothing was written' : `${options.dryRun ? 'would be written' : 'written'}: ${counts}`,
    ...(bad > 0 ? [`bad rows: ${bad}`, ...linesOf(report.rejected, report.sheet)] : []),
    ...(report.warnings.length > 0
      ? [`warnings: ${report.warnings.length}`, ...linesOf(report.warnings, report.sheet)]
      : []),
  ].join('\n');
}
