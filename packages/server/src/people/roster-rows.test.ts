import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RosterRow } from '@fangang/domain/people/roster.ts';
import exceljs from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkOpened, openRoster, type RosterFinding, type RosterReport, readRoster } from './roster-rows.ts';
import { ROSTER_SAMPLES, sampleContext, writeRosterSamples } from './roster-samples.ts';
import { fictionalId } from './roster-samples-files.ts';

let folder = '';
let paths = new Map<string, string>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rosters-'));
  paths = new Map((await writeRosterSamples(folder)).map((it) => [it.headers, it.path]));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(headers: string): Promise<RosterReport> {
  const report = await readRoster(paths.get(headers) ?? '', sampleContext);
  if (!report.ok) throw new Error(JSON.stringify(report.refusal));
  return report.value;
}

function brief(findings: readonly RosterFinding[]) {
  return findings.map((it) => `${it.row} ${it.column.split(' ')[0]} ${it.code}`).sort();
}

describe('five messy rosters', () => {
  for (const sample of ROSTER_SAMPLES) {
    it(`made from ${sample.headers} give the stated report`, async () => {
      const report = await read(sample.headers);
      const { expected } = sample;
      expect(report.file).toBe(sample.fileName);
      expect([report.sheet, report.headerRows, report.encoding]).toEqual([
        expected.sheet,
        expected.headerRows,
        expected.encoding,
      ]);
      const used = report.mapping.columns.filter((it) => it.field && it.confidence !== 'ask');
      expect(used.map((it) => `${it.letter}=${it.field}`)).toEqual(expected.mapping.split(/\s+/));
      expect([report.rows, report.merged]).toEqual([expected.rows, expected.merged]);
      expect(brief(report.rejected)).toEqual([...expected.rejected].sort());
      expect(brief(report.warnings)).toEqual([...expected.warnings].sort());
      expect(report.clean.map((it) => it.row)).toEqual(expected.clean);
      for (const row of report.clean) expect(RosterRow.parse(row)).toEqual(row);
    });
  }
});

describe('what the rows say', () => {
  it('is clean text, codes and days', async () => {
    const { clean } = await read('two-row merged header of a town');
    expect(clean[0]).toMatchObject({
      row: 5,
      name: '谭秋实',
      idNumber: fictionalId('1971-03-05', 41),
      phone: '19900000041',
      phone2: '19900000001',
      areaCode: '500156101203',
      destination: '浙江省温州市鹿城区',
      destinationCode: '330302',
      destinationFrom: 'destination',
      departFrom: '2022-02-13',
      departTo: '2022-02-13',
      mode: 'ours',
      transport: 'bus',
      wheelchair: false,
      employer: '样例鞋业二厂',
    });
    expect(clean[1]).toMatchObject({ departFrom: '2022-02-13', wheelchair: false });
    expect(clean[3]).toMatchObject({
      row: 11,
      departFrom: '2022-02-13',
      departTo: '2022-02-15',
      wheelchair: true,
    });
  });

  it('takes the workplace for the destination where a roster has none, and says so', async () => {
    const { mapping, clean } = await read('poverty-member-fields');
    expect(mapping.destinationIsWorkplace).toBe(true);
    expect(clean[0]).toMatchObject({ destinationCode: '330302', destinationFrom: 'workplace' });
    expect(clean[1]).toMatchObject({ idKind: 'disabilityCertificate', careGroups: ['personWithDisability'] });
    expect(clean[2]).toMatchObject({ row: 6, phone2: '19900000002' });
    expect(clean[2]?.phone).toBeUndefined();
  });

  it('counts what lies below a roster', async () => {
    expect((await read('monthly-outwork-monitor')).dropped).toMatchObject({
      totals: 1,
      empty: 1,
      footers: 1,
    });
    expect((await read('gd-employer-record')).dropped).toMatchObject({ zeros: 3 });
    expect((await read('two-row merged header of a town')).dropped).toMatchObject({ empty: 16 });
  });

  it('reads incomes in the unit of the header and both telephones of a cell', async () => {
    const { clean } = await read('gd-employer-record');
    expect(clean[0]).toMatchObject({
      idKind: 'fifteen',
      incomeFen: 450_000,
      incomePer: 'month',
      nation: '汉族',
      phone: '19900000061',
    });
    expect(clean[1]).toMatchObject({ incomeFen: 500_000, phone: '19900000064', phone2: '19900000065' });
    expect((await read('hn-personal-ledger')).clean[0]).toMatchObject({
      incomeFen: 3_600_000,
      incomePer: 'year',
    });
  });

  it('names reason and remedy in both languages and repeats no number', async () => {
    const path = paths.get('monthly-outwork-monitor') ?? '';
    const zh = await readRoster(path, sampleContext);
    const en = await readRoster(path, sampleContext, { language: 'en' });
    expect(zh.ok && zh.value.rejected[0]).toMatchObject({
      row: 5,
      column: 'F 证件号码',
      message: '证件号现 17 位，应为 18 位 → 补齐，或标为无证件',
    });
    expect(en.ok && en.value.rejected[0]?.message).toContain('17 characters instead of 18');
    expect(JSON.stringify(zh.ok && zh.value.rejected.map((it) => [it.message, it.facts]))).not.toContain(
      '500299',
    );
  });
});

describe('fixing in place', () => {
  it('turns bad rows into clean ones without reading the file again', async () => {
    const opened = await openRoster(paths.get('two-row merged header of a town') ?? '', {
      today: sampleContext.today,
    });
    if (!opened.ok) throw new Error(opened.refusal.code);
    const before = checkOpened(opened.value, sampleContext);
    const after = checkOpened(opened.value, sampleContext, [
      { row: 8, field: 'phone', value: '19900000057' },
      { row: 9, field: 'departDate', value: '正月十三' },
      { row: 10, skip: true },
      { row: 12, field: 'destination', value: '浙江省温州市鹿城区' },
      { row: 13, field: 'idNumber', value: '无证件' },
      { row: 13, field: 'village', value: '灵山村' },
    ]);
    if (!before.ok || !after.ok) throw new Error('a report was expected');
    expect(before.value.rejected).toHaveLength(6);
    expect(after.value.rejected).toEqual([]);
    expect(after.value.clean.map((it) => it.row)).toEqual([5, 6, 7, 8, 9, 11, 12, 13]);
    expect(after.value.skipped).toBe(1);
    expect(after.value.clean.at(-1)).toMatchObject({ idNumber: null, idKind: 'none' });
  });

  it('gives the same report twice', async () => {
    const path = paths.get('hn-personal-ledger') ?? '';
    expect(await readRoster(path, sampleContext)).toEqual(await readRoster(path, sampleContext));
  });
});

describe('a roster that cannot be taken', () => {
  const csv = async (name: string, text: string) => {
    const path = join(folder, name);
    await writeFile(path, text);
    return readRoster(path, sampleContext);
  };

  it('without a column for the ID number asks for it', async () => {
    expect(await csv('no-id.csv', '姓名,性别\n谭秋实,男\n')).toEqual({
      ok: false,
      refusal: { code: 'people.column_missing', facts: { field: 'idNumber' } },
    });
  });

  it('without a header, or with a header and nobody below, is refused', async () => {
    expect(await csv('no-header.csv', '甲,乙\n丙,丁\n')).toMatchObject({
      refusal: { code: 'people.header_not_found' },
    });
    expect(await csv('nobody.csv', '姓名,身份证号\n')).toMatchObject({
      refusal: { code: 'basics.sheet_empty' },
    });
  });

  it('with a sheet or a column that is not there is refused', async () => {
    const path = paths.get('hn-personal-ledger') ?? '';
    expect(await readRoster(path, sampleContext, { sheet: '没有' })).toMatchObject({
      refusal: { code: 'people.sheet_missing' },
    });
    expect(await readRoster(path, sampleContext, { mapping: { ZZ: 'name' } })).toMatchObject({
      refusal: { code: 'people.mapping_unknown_column' },
    });
  });

  it('is helped by a choice of columns', async () => {
    const path = join(folder, 'choice.csv');
    await writeFile(path, `称呼,性别,身份证号\n谭秋实,7,${fictionalId('1971-03-05', 81)}\n`);
    const report = await readRoster(path, sampleContext, { mapping: { 称呼: 'name', B: null } });
    expect(report).toMatchObject({ ok: true, value: { clean: [{ name: '谭秋实', row: 2 }] } });
  });
});

describe('a roster of 2,000 rows', () => {
  it('is read whole', async () => {
    const book = new exceljs.Workbook();
    const sheet = book.addWorksheet('汇总');
    sheet.addRow(['姓名', '身份证号', '联系电话', '拟去何处']);
    for (let i = 0; i < 2000; i += 1) {
      sheet.addRow([
        '谭秋实',
        fictionalId(`19${70 + (i % 30)}-0${1 + (i % 9)}-1${i % 10}`, i % 1000),
        `199${String(i).padStart(8, '0')}`,
        '浙江省温州市鹿城区',
      ]);
    }
    const path = join(folder, 'long.xlsx');
    await book.xlsx.writeFile(path);
    const report = await readRoster(path, sampleContext);
    expect(report).toMatchObject({ ok: true, value: { rows: 2000, rejected: [] } });
  });
});
