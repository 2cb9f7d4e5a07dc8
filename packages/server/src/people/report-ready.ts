import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ExcelJS from 'exceljs';
import { plainXlsx } from '../platform/export-cells.ts';

interface HeaderSet {
  readonly id: string;
  readonly title: string;
  readonly columns: readonly string[];
}

const FILE = fileURLToPath(new URL('../../../../data/codes/roster-headers.json', import.meta.url));
let known: readonly HeaderSet[] | undefined;

/** Layouts that come with the product: header sets of real rosters and forms. Source: data/codes/roster-headers.json. */
export function readyLayouts(): readonly HeaderSet[] {
  known ??= JSON.parse(readFileSync(FILE, 'utf8')) as HeaderSet[];
  return known;
}

/** A blank with these headers: a title over them, ruled, one row to fill, printed across with the header on every page. */
export async function readyBlank({ title, columns }: HeaderSet): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('Sheet1', {
    pageSetup: {
      orientation: 'landscape',
      fitToPage: true,
      fitToHeight: 0,
      paperSize: 9,
      printTitlesRow: '1:2',
    },
  });
  const line = { style: 'thin' as const };
  const border = { top: line, left: line, bottom: line, right: line };
  sheet.getCell(1, 1).value = title;
  sheet.getCell(1, 1).font = { size: 16, bold: true };
  sheet.getCell(1, 1).alignment = { horizontal: 'center' };
  if (columns.length > 1) sheet.mergeCells(1, 1, 1, columns.length);
  columns.forEach((header, i) => {
    const head = sheet.getCell(2, i + 1);
    head.value = header;
    head.font = { bold: true };
    head.alignment = { wrapText: true, horizontal: 'center', vertical: 'middle' };
    head.border = border;
    sheet.getCell(3, i + 1).border = border;
    sheet.getColumn(i + 1).width = Math.max(8, Math.min(22, header.length * 2 + 2));
  });
  return await plainXlsx(book);
}
