import ExcelJS from 'exceljs';
import { beforeAll, describe, expect, it } from 'vitest';
import { manifestXlsx } from './manifest-xlsx.ts';
import { sampleManifest, samplePassenger } from './paper-fixture.ts';

async function readBack(bytes: Buffer): Promise<ExcelJS.Worksheet> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer,
  );
  return workbook.worksheets[0] as ExcelJS.Worksheet;
}

/** Number of the row with the heads, and of each head's column. */
function headsOf(sheet: ExcelJS.Worksheet): { row: number; columns: ReadonlyMap<string, number> } {
  for (let row = 1; row <= sheet.rowCount; row += 1) {
    if (sheet.getCell(row, 1).value !== '座') continue;
    const columns = new Map<string, number>();
    sheet.getRow(row).eachCell((cell, column) => columns.set(String(cell.value), column));
    return { row, columns };
  }
  throw new Error('no row of heads');
}

describe('the manifest as a spreadsheet', () => {
  const whole = { idNumber: '500238199001010011', phone: '13800000001' };
  const formula = '=HYPERLINK("http://x","甲")';
  let sheet: ExcelJS.Worksheet;
  beforeAll(async () => {
    const passengers = [samplePassenger(2, { name: formula }), samplePassenger(1, whole)];
    sheet = await readBack(await manifestXlsx(sampleManifest(2, { passengers, numbers: 'full' }), 'zh'));
  });

  it('keeps IDs and phones as text, digit for digit', () => {
    const { row, columns } = headsOf(sheet);
    for (const [head, value] of [
      ['身份证', whole.idNumber],
      ['电话', whole.phone],
      ['座', '1'],
    ] as const) {
      const cell = sheet.getCell(row + 1, columns.get(head) as number);
      expect([cell.value, cell.type, cell.numFmt]).toEqual([value, ExcelJS.ValueType.String, '@']);
    }
  });

  it('takes a name that looks like a formula as a name', () => {
    const { row, columns } = headsOf(sheet);
    const cell = sheet.getCell(row + 2, columns.get('姓名') as number);
    expect([cell.value, cell.type]).toEqual([`'${formula}`, ExcelJS.ValueType.String]);
  });

  it('prints upright on A4, one page wide, heads on every page', () => {
    const { row } = headsOf(sheet);
    expect(sheet.pageSetup).toMatchObject({
      paperSize: 9,
      orientation: 'portrait',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
    });
    expect(sheet.pageSetup.printTitlesRow).toBe(`${row}:${row}`);
    expect(sheet.headerFooter.oddFooter).toContain('核对码');
  });

  it('is masked unless whole numbers were asked for', async () => {
    const masked = await readBack(
      await manifestXlsx(sampleManifest(1, { passengers: [samplePassenger(1, whole)] }), 'zh'),
    );
    const { row, columns } = headsOf(masked);
    expect(masked.getCell(row + 1, columns.get('身份证') as number).value).toBe('5002****0021');
    expect(JSON.stringify(masked.getSheetValues())).not.toContain(whole.idNumber);
  });

  it('lists 98 people in the order of seats', async () => {
    const carriage = sampleManifest(98);
    const read = await readBack(
      await manifestXlsx({ ...carriage, passengers: [...carriage.passengers].reverse() }, 'zh'),
    );
    const { row } = headsOf(read);
    expect([1, 2, 10, 98].map((nth) => read.getCell(row + nth, 1).value)).toEqual(['1', '2', '10', '98']);
  });
});
