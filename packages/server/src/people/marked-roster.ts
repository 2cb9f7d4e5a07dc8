import type { Language } from '@fangang/domain/basics/say.ts';
import { applyFixes } from '@fangang/domain/people/roster.ts';
import { importWords } from '@fangang/domain/people/words-import.ts';
import ExcelJS from 'exceljs';
import { plainXlsx } from '../platform/export-cells.ts';
import type { OpenedRoster, RosterFinding, RosterReport } from './roster-rows.ts';
import type { UploadState } from './upload-view.ts';

const RED = 'FFFBE3E0';
const YELLOW = 'FFFDF4E0';

function paint(cell: ExcelJS.Cell, argb: string): void {
  cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb } };
}

/** Letters of the columns a finding is about: of its field, else none. */
function columnsOf({ mapping }: OpenedRoster, finding: RosterFinding): number[] {
  return mapping.columns
    .filter((it) => it.field === finding.field && it.confidence !== 'ask')
    .map((it) => it.index + 1);
}

/** What the office has typed over a line, laid into the first column of each field. */
function textsOf({ headers, mapping }: OpenedRoster, line: ReturnType<typeof applyFixes>[number]): string[] {
  const texts = headers.map((_, i) => line.cells[i]?.text ?? '');
  for (const [field, text] of Object.entries(line.fixed ?? {})) {
    const column = mapping.columns.find((it) => it.field === field && it.confidence !== 'ask');
    if (column) texts[column.index] = text;
  }
  return texts;
}

/**
 * A roster as a workbook, row for row where it stood in its file, with what was typed over it: bad cells red, doubtful ones yellow, the
 * reasons and remedies in a column of their own. Every cell is text, so that no number loses a digit. Rows left out are struck through.
 */
export async function markedRoster(
  state: UploadState,
  report: RosterReport,
  language: Language,
): Promise<Buffer> {
  const { opened } = state;
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet(opened.sheet || importWords.pasted[language]);
  const head = opened.headerRows.at(-1) ?? 1;
  sheet.views = [{ state: 'frozen', ySplit: head }];
  const reasons = opened.headers.length + 1;
  const write = (row: number, column: number, text: string): ExcelJS.Cell => {
    const cell = sheet.getRow(row).getCell(column);
    cell.numFmt = '@';
    cell.value = text;
    return cell;
  };
  [...opened.headers, importWords.problem[language]].forEach((text, i) => {
    write(head, i + 1, text).font = { bold: true };
  });
  for (const line of applyFixes(opened.lines, state.fixes)) {
    textsOf(opened, line).forEach((text, i) => {
      const cell = write(line.row, i + 1, text);
      if (line.skipped) cell.font = { strike: true };
    });
  }
  const said = new Map<number, string[]>();
  for (const [findings, argb] of [[report.warnings, YELLOW] as const, [report.rejected, RED] as const]) {
    for (const it of findings) {
      for (const column of columnsOf(opened, it)) paint(sheet.getRow(it.row).getCell(column), argb);
      said.set(it.row, [...(said.get(it.row) ?? []), `${it.column ? `${it.column}: ` : ''}${it.message}`]);
    }
  }
  for (const [row, texts] of said) write(row, reasons, texts.join('；'));
  sheet.columns.forEach((column, i) => {
    column.width = i + 1 === reasons ? 60 : 16;
  });
  return await plainXlsx(book);
}
