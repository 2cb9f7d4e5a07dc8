import ExcelJS from 'exceljs';
import { fillWorkbook } from '../packages/server/src/platform/workbook-parts.ts';

/**
 * Fills a blank with many rows and prints seconds and how far memory grew, as one line of JSON.
 *
 * `npm run bench:reports -- --rows 20000`
 */
const at = process.argv.indexOf('--rows');
const count = at < 0 ? 20_000 : Number(process.argv[at + 1]);
const COLUMNS = 20;

async function blank(): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('list');
  for (let c = 1; c <= COLUMNS; c += 1) sheet.getCell(1, c).value = `column ${c}`;
  sheet.getCell(2, 1).font = { size: 14 };
  sheet.getCell(3, 2).value = { formula: 'COUNTA(B2:B2)' };
  return Buffer.from(await book.xlsx.writeBuffer());
}

async function* rows() {
  for (let from = 0; from < count; from += 500) {
    const many = Math.min(500, count - from);
    yield Array.from({ length: many }, (_, i) =>
      Array.from({ length: COLUMNS }, (_, c) => [c + 1, `value ${from + i} of ${c}`] as const),
    );
    // The database would be asked here.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const bytes = await blank();
const before = process.memoryUsage().rss;
let most = before;
const watch = setInterval(() => {
  most = Math.max(most, process.memoryUsage().rss);
}, 20);
const began = performance.now();
const list = { firstRow: 2, lastRow: 2, count, rows: rows() };
const filled = await fillWorkbook(bytes, { sheet: 'list', cells: new Map(), list });
clearInterval(watch);
const mb = (n: number): number => Math.round(n / 1024 / 1024);
const seconds = Math.round((performance.now() - began) / 100) / 10;
process.stdout.write(
  `${JSON.stringify({ rows: count, seconds, grewMb: mb(most - before), fileMb: mb(filled.length) })}\n`,
);
