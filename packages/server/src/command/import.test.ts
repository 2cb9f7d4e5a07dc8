import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandScope } from '../offices/scope.ts';
import { type TestHouse, testHouse } from '../offices/testing.ts';
import type { ImportReport } from '../people/import-report.ts';
import { ROSTER_SAMPLES, type RosterSample, writeRosterSamples } from '../people/roster-samples.ts';
import { asOwner } from '../platform/owner.ts';
import { within } from '../platform/services.ts';
import { addImport } from './import.ts';
import { type CommandEnd, runCommand } from './testing.ts';

let folder = '';
let town = '';
let house: TestHouse;
let samples: readonly (RosterSample & { readonly path: string })[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'import-'));
  samples = await writeRosterSamples(folder);
  town = samples.find((it) => it.headers.startsWith('two-row'))?.path ?? '';
  house = await testHouse([]);
  await asOwner(house.fresh.adminUrl, house.fresh.city, (tx) =>
    sql`update offices_clock set mode = 'stands', at = '2022-02-11T17:00:00+08:00'`.execute(tx),
  );
});
afterAll(async () => {
  await house.close();
  await rm(folder, { recursive: true, force: true });
});

function run(...args: string[]): Promise<CommandEnd> {
  return runCommand(house, addImport, ['import', 'people', ...args]);
}

const AT = ['--area', '500156101000', '--season', '2022-spring'];

async function people(): Promise<number> {
  const { rows } = await within(house.services, commandScope('500000'), (tx) =>
    sql<{ n: number }>`select count(*) n from people_person`.execute(tx),
  );
  return rows[0]?.n ?? -1;
}

describe('fangang import people', () => {
  it('writes nothing while rows are bad, names every bad cell and ends with 3', async () => {
    const { out, error } = await run(town, ...AT);
    expect(error).toMatchObject({ exit: 3, code: 'people.roster_has_bad_rows' });
    expect(out).toContain('nothing was written');
    expect(out).toContain('汇总, row 8, D 联系电话本人');
    expect(await people()).toBe(0);
  });

  it('says with --dry-run what would be', async () => {
    const { out, error } = await run(town, ...AT, '--dry-run', '--json');
    expect(error).toMatchObject({ exit: 3 });
    expect(JSON.parse(out)).toMatchObject({ created: 5, updated: 0, unchanged: 0, rows: 9 });
    expect(await people()).toBe(0);
  });

  it('writes the good rows with --skip-bad, and a second time changes nothing', async () => {
    const first = await run(town, ...AT, '--skip-bad', '--json');
    expect(first.error).toBeUndefined();
    const report = JSON.parse(first.out);
    expect(Object.keys(report)).toEqual([
      'file',
      'sheet',
      'headerRow',
      'encoding',
      'mapping',
      'rows',
      'created',
      'updated',
      'unchanged',
      'changes',
      'rejected',
      'warnings',
    ]);
    expect(report).toMatchObject({
      sheet: '汇总',
      headerRow: 3,
      created: 5,
      mapping: { B: 'name', C: 'idNumber' },
    });
    expect(Object.keys(report.rejected[0])).toEqual(['row', 'column', 'field', 'code', 'message']);
    const again = await run(town, ...AT, '--skip-bad', '--json');
    expect(JSON.parse(again.out)).toMatchObject({ created: 0, updated: 0, unchanged: 5 });
    expect(await people()).toBe(5);
  });

  it('refuses what is no roster with 3, and what is not there with 2', async () => {
    const pdf = join(folder, 'scan.xlsx');
    await writeFile(pdf, '%PDF-1.7 nothing');
    expect((await run(pdf, ...AT)).error).toMatchObject({ exit: 3, code: 'basics.file_not_spreadsheet' });
    const page = join(folder, '台账.html');
    await writeFile(page, '姓名,联系电话本人\n谭秋实,19900000041\n');
    expect((await run(page, ...AT)).error).toMatchObject({ exit: 3, code: 'basics.file_name' });
    const wide = join(folder, 'wide.csv');
    await writeFile(
      wide,
      `${Array.from({ length: 200 }, (_, i) => `列${i}`).join(',')}\n${'1,'.repeat(199)}1\n`,
    );
    expect((await run(wide, ...AT)).error).toMatchObject({ exit: 3 });
    const empty = join(folder, 'empty.csv');
    await writeFile(empty, '\n\n');
    expect((await run(empty, ...AT)).error).toMatchObject({ exit: 3 });
    expect((await run(join(folder, 'none.xlsx'), ...AT)).error).toMatchObject({ exit: 2 });
    expect((await run(town, '--area', '500999000000', '--season', '2022-spring')).error).toMatchObject({
      exit: 2,
    });
    expect((await run(town, '--area', '500156101000', '--season', '1999-spring')).error).toMatchObject({
      exit: 2,
    });
    expect((await run(town)).error).toBeDefined();
  });
});

/** The small gazetteer of the samples does not know 鹿城 by itself; the map of the country does. */
const KNOWN_TO_THE_REAL_MAP = '12 H people.destination_unknown';

function brief(findings: ImportReport['rejected']): string[] {
  return findings.map((it) => `${it.row} ${it.column.split(' ')[0]} ${it.code}`).sort();
}

describe.each(ROSTER_SAMPLES.map((it) => [it.fileName, it] as const))('the roster %s', (fileName, sample) => {
  const { expected } = sample;
  const rejected = expected.rejected.filter((it) => it !== KNOWN_TO_THE_REAL_MAP);
  const path = () => samples.find((it) => it.fileName === fileName)?.path ?? '';

  it('gives the stated report and changes nothing while rows are bad', async () => {
    const before = await people();
    const { out, error } = await run(path(), ...AT, '--json');
    const report: ImportReport = JSON.parse(out);
    expect(error).toMatchObject({ exit: 3, code: 'people.roster_has_bad_rows' });
    expect(brief(report.rejected)).toEqual([...rejected].sort());
    expect(brief(report.warnings)).toEqual([...expected.warnings].sort());
    expect(report).toMatchObject({
      file: fileName,
      sheet: expected.sheet,
      headerRow: expected.headerRows[0],
      encoding: expected.encoding,
      mapping: Object.fromEntries(expected.mapping.split(/\s+/).map((it) => it.split('='))),
      rows: expected.rows,
      created: 0,
      updated: 0,
      unchanged: 0,
    });
    expect(await people()).toBe(before);
  });

  it('brings its good rows in once', async () => {
    const first: ImportReport = JSON.parse((await run(path(), ...AT, '--skip-bad', '--json')).out);
    const again: ImportReport = JSON.parse((await run(path(), ...AT, '--skip-bad', '--json')).out);
    const good = first.created + first.updated + first.unchanged;
    expect(good).toBeGreaterThan(0);
    expect(again).toMatchObject({ created: 0, updated: 0, unchanged: good });
    expect(again.rejected).toEqual(first.rejected);
  });
});
