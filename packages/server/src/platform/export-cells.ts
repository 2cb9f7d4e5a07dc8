import type { Workbook } from 'exceljs';

/** Media type of a workbook. */
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** What a spreadsheet program takes for the beginning of a formula; the wide forms are what a Chinese keyboard types. */
const FORMULA = /^[\s\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n]/u;

/**
 * A text as a cell that is never calculated: one that could begin a formula gets an apostrophe in front.
 *
 * Also where a cell is typed as text: saved as CSV and opened again, it would be a formula. Source: OWASP, CSV injection.
 */
export function plainCell(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/**
 * The bytes of a workbook in which nothing is calculated. The only way a workbook leaves the house; one with a formula of our own
 * is a fault.
 */
export async function plainXlsx(workbook: Workbook): Promise<Buffer> {
  workbook.eachSheet((sheet) => {
    sheet.eachRow((row) => {
      row.eachCell((cell) => {
        const { value } = cell;
        if (cell.isMerged && cell.master !== cell) return;
        if (typeof value === 'string') cell.value = plainCell(value);
        else if (value !== null && typeof value === 'object' && !(value instanceof Date)) {
          throw new TypeError('a cell of an export is neither text, number nor date');
        }
      });
    });
  });
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

/**
 * Rows as CSV: UTF-8 with a byte order mark, so that spreadsheets read Chinese; every cell quoted and plain. Numbers stay numbers.
 * Source: RFC 4180.
 */
export function plainCsv(rows: readonly (readonly (string | number | null)[])[]): string {
  const cell = (value: string | number | null): string =>
    typeof value === 'string' ? `"${plainCell(value).replaceAll('"', '""')}"` : String(value ?? '');
  return `\ufeff${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;
}
