import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ExcelJS from 'exceljs';
import * as fc from 'fast-check';
import papaparse from 'papaparse';
import { expect, it } from 'vitest';
import { plainCell, plainCsv, plainXlsx } from './export-cells.ts';

const FORMULAS = [
  '=1+1',
  '+86 139',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  ' =1',
  '＝1',
  '＋1',
  '－1',
  '＠a',
  '\u200b=1',
];

it.each(FORMULAS)('takes what could be a formula as text: %j', (text) => {
  expect(plainCell(text)).toBe(`'${text}`);
});

it.each(['张三', '500102199001011234', '2022-02-12', '3-5 号', 'a=b', '——', "'=1", ''])(
  'leaves %j as it is',
  (text) => {
    expect(plainCell(text)).toBe(text);
  },
);

it('lets no cell of any text begin a formula, and gives every row back', () => {
  const cell = fc.oneof(fc.constantFrom(...FORMULAS), fc.string({ unit: 'binary' }), fc.integer());
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
      (rows) => {
        const read = papaparse.parse<string[]>(plainCsv(rows).slice(1), {
          newline: '\r\n',
          skipEmptyLines: 'greedy',
        });
        const texts = rows.flatMap((row, i) =>
          row.flatMap((it, j) => (typeof it === 'string' ? [read.data[i]?.[j] ?? ''] : [])),
        );
        for (const text of texts) expect(text).not.toMatch(/^[=+\-@\t\r]/);
      },
    ),
  );
});

async function readBack(bytes: Buffer): Promise<ExcelJS.Worksheet> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(bytes as never);
  return book.worksheets[0] as ExcelJS.Worksheet;
}

it('writes workbooks in which nothing is calculated', async () => {
  const book = new ExcelJS.Workbook();
  book.addWorksheet('a').addRow([...FORMULAS, '张三', 7]);
  const sheet = await readBack(await plainXlsx(book));
  const values = (sheet.getRow(1).values as unknown[]).slice(1);
  expect(values.slice(0, FORMULAS.length).every((it) => String(it).startsWith("'"))).toBe(true);
  expect(values.slice(FORMULAS.length)).toEqual(['张三', 7]);
});

it('refuses a formula of our own', async () => {
  const book = new ExcelJS.Workbook();
  book.addWorksheet('a').getCell('A1').value = { formula: '1+1' };
  await expect(plainXlsx(book)).rejects.toThrow('neither text, number nor date');
});

it('is the only way a workbook leaves the house', () => {
  const source = fileURLToPath(new URL('..', import.meta.url));
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' });
  const writers = files.filter(
    (file) =>
      file.endsWith('.ts') &&
      !/test|roster-samples/.test(file) &&
      /xlsx[.]write|csv[.]write|unparse[(]/.test(readFileSync(join(source, file), 'utf8')),
  );
  expect(writers).toEqual(['platform/export-cells.ts']);
});
