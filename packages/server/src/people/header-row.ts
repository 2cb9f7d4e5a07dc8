import { accept, type Result, refuse } from '@fangang/domain/basics/result.ts';
import type { Cell, RosterLine } from '@fangang/domain/people/roster.ts';
import {
  isIgnoredHeader,
  isKnownHeader,
  meaningOf,
  placePartOf,
} from '@fangang/domain/people/roster-fields.ts';
import type { Sheet } from '../platform/spreadsheet.ts';
import type { FileRefusal } from './file-refusal.ts';

/** What is left out after the header: nothing in it is a person. */
export interface DroppedRows {
  /** Nothing in the row, or nothing but a serial number. */
  readonly empty: number;
  /** Only zeros, as formulas leave them below a roster. */
  readonly zeros: number;
  /** 合计, 小计 and their like. */
  readonly totals: number;
  /** 填表人, 审核人, 说明 below the roster. */
  readonly footers: number;
  /** A header printed again, column numbers, an example row. */
  readonly headers: number;
}

/** A roster as found in a sheet: its columns by name, its people by line. */
export interface FoundRoster {
  readonly sheet: Sheet;
  /** 1-based rows of the header, one or two. */
  readonly headerRows: readonly number[];
  /** Header of each column; the two rows of a header joined. */
  readonly headers: readonly string[];
  readonly lines: readonly RosterLine[];
  readonly dropped: DroppedRows;
}

/** How far down titles may push a header. */
const HEADER_WITHIN = 10;
/** Fewer known columns than this are chance. */
const LEAST_KNOWN = 2;

interface Candidate {
  readonly at: number;
  readonly rows: 1 | 2;
  readonly headers: readonly string[];
  readonly known: number;
}

/**
 * Finds the sheet and the header that make the best roster: most columns known, then most lines, visible sheets first.
 *
 * @param sheetName only this sheet.
 */
export function findRoster(sheets: readonly Sheet[], sheetName?: string): Result<FoundRoster, FileRefusal> {
  const asked = sheetName === undefined ? sheets : sheets.filter((it) => it.name === sheetName);
  if (asked.length === 0) return refuse({ code: 'people.sheet_missing' });
  const visible = asked.filter((it) => !it.hidden);
  const open = visible.length > 0 ? visible : asked;
  const found = open.flatMap((sheet) => {
    const header = findHeader(sheet);
    return header ? [{ sheet, header }] : [];
  });
  const [first, ...rest] = found;
  if (!first) {
    const tooLarge = open.find((it) => it.refusal)?.refusal;
    const filled = open.some((it) => it.width > 0);
    return refuse(tooLarge ?? { code: filled ? 'people.header_not_found' : 'basics.sheet_empty' });
  }
  const best = rest.reduce((a, b) => (worth(b) > worth(a) ? b : a), first);
  return accept(linesBelow(best.sheet, best.header));
}

function worth({ sheet, header }: { sheet: Sheet; header: Candidate }): number {
  const below = sheet.rows.length - header.at - header.rows;
  return header.known * 10 + Math.min(9, Math.log2(1 + Math.max(0, below))) - (below <= 0 ? 1000 : 0);
}

function findHeader(sheet: Sheet): Candidate | undefined {
  let best: Candidate | undefined;
  for (let at = 0; at < Math.min(HEADER_WITHIN, sheet.rows.length); at += 1) {
    const row = sheet.rows[at] ?? [];
    if (row.filter((it) => it.text !== '').length < LEAST_KNOWN) continue;
    const one: Candidate = { at, rows: 1, ...named(singleHeaders(row)) };
    if (one.known > (best?.known ?? LEAST_KNOWN - 1)) best = one;
    const next = sheet.rows[at + 1];
    if (!next || next.some(looksLikeData)) continue;
    const two: Candidate = { at, rows: 2, ...named(joinedHeaders(sheet, at)) };
    // A second row must earn its place: it names columns that the first alone, or it alone, does not.
    const below = named(singleHeaders(next)).known;
    if (two.known > one.known && two.known > below && two.known > (best?.known ?? 0)) best = two;
  }
  return best && { ...best };
}

function named(headers: readonly string[]): { headers: readonly string[]; known: number } {
  return { headers, known: headers.filter((it) => it !== '' && it.length <= 40 && isKnownHeader(it)).length };
}

function oneLine(text: string): string {
  return text
    .replace(/\s*[\r\n]+\s*/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function singleHeaders(row: readonly Cell[]): string[] {
  return row.map((it) => (looksLikeData(it) ? '' : oneLine(it.text)));
}

/** A number, an ID, a telephone or a date is never a header. */
function looksLikeData(cell: Cell): boolean {
  return cell.isNumber || /^[\d\s./:+-]{4,}$/.test(cell.text) || /^\d{6,}[\dXx]$/.test(cell.text);
}

/** Words of a group that change what its columns mean: 县 under 拟去 is a destination, under 家庭住址 a home. */
const TURNING = /务工|就业|拟去|返岗|去向|目的|到达|计划|外出|电话|手机|联系|户主/;

/** Header of each column from a group row and the row below it, through merged cells and their blank rests. */
function joinedHeaders(sheet: Sheet, at: number): string[] {
  const [groups = [], subs = []] = [sheet.rows[at], sheet.rows[at + 1]];
  const names: string[] = [];
  let group = '';
  for (let column = 0; column < Math.max(groups.length, subs.length); column += 1) {
    const own = oneLine(groups[column]?.text ?? '');
    const sub = oneLine(subs[column]?.text ?? '');
    const spread = own === '' ? mergedFrom(sheet, at, column) : undefined;
    group = own !== '' ? own : (spread ?? (sub === '' ? '' : group));
    names.push(joined(group, sub));
  }
  return names;
}

function mergedFrom(sheet: Sheet, row: number, column: number): string | undefined {
  const merge = sheet.merges.find(
    (it) => it.startRow <= row && row <= it.endRow && it.startCol <= column && column <= it.endCol,
  );
  return merge && oneLine(sheet.rows[merge.startRow]?.[merge.startCol]?.text ?? '');
}

function joined(group: string, sub: string): string {
  if (sub === '' || sub === group) return group;
  if (group === '') return sub;
  if (!TURNING.test(group) && isKnownHeader(sub)) return sub;
  for (const together of [
    group + sub,
    group.replace(/(所在)?地(点|址)?$|何处$|哪里$|情况$|信息$/, '') + sub,
  ]) {
    if (meaningOf(together) || isIgnoredHeader(together)) return together;
  }
  // 县 under a word that turns it is never the home county, even where the two together say nothing known.
  return isKnownHeader(sub) && placePartOf(sub) === undefined ? sub : group + sub;
}

function linesBelow(sheet: Sheet, header: Candidate): FoundRoster {
  const start = header.at + header.rows;
  const dropped = { empty: 0, zeros: 0, totals: 0, footers: 0, headers: 0 };
  const serial = header.headers.findIndex((it) => /^(序号|编号|no\.?)$/i.test(it.replace(/\s/g, '')));
  const lines: RosterLine[] = [];
  for (let at = start; at < sheet.rows.length; at += 1) {
    const cells = sheet.rows[at] ?? [];
    const why = kindOfRow(cells, serial, header.headers, at - start < 2);
    if (why) dropped[why] += 1;
    else lines.push({ row: at + 1, cells });
  }
  const headerRows = header.rows === 2 ? [header.at + 1, header.at + 2] : [header.at + 1];
  return { sheet, headerRows, headers: header.headers, lines, dropped };
}

function kindOfRow(
  cells: readonly Cell[],
  serial: number,
  headers: readonly string[],
  first: boolean,
): keyof DroppedRows | undefined {
  const filled = cells.filter((it, i) => i !== serial && it.text !== '');
  if (filled.length === 0) {
    const number = serial < 0 ? undefined : cells[serial]?.text;
    return number !== undefined && /^(合计|总计|小计)/.test(number) ? 'totals' : 'empty';
  }
  if (
    filled.every((it) =>
      /^(0+([.]0+)?|#N\/A|#REF!|#VALUE!|FALSE|[-—/]|1900-01-00|1899-12-3[01])$/.test(it.text),
    )
  )
    return 'zeros';
  const lead = cells.find((it) => it.text !== '')?.text.replace(/\s/g, '') ?? '';
  if (
    /^(合计|总计|小计|共计|总人数|本页合计|本村合计|[\p{Script=Han}]{1,8}(村|镇|组|社区)?(合计|小计))/u.test(
      lead,
    )
  )
    return 'totals';
  if (
    filled.length <= 8 &&
    /^(填表人|制表人?|审核人?|填报人|填报单位|填报日期|填表日期|填表单位|负责人|单位负责人|分管领导|经办人|联系人[:：]|说明[:：]?|备注[:：]|注[:：]|注意|填表说明|盖章|[(（]盖章|统计人|日期[:：])/.test(
      lead,
    )
  ) {
    return 'footers';
  }
  return isHeaderAgain(cells, headers, first) ? 'headers' : undefined;
}

function isHeaderAgain(cells: readonly Cell[], headers: readonly string[], first: boolean): boolean {
  const filled = cells.filter((it) => it.text !== '');
  const again = cells.filter((it, i) => it.text !== '' && oneLine(it.text) === headers[i]).length;
  if (again >= LEAST_KNOWN && again * 2 > filled.length) return true;
  if (!first) return false;
  const numbers = filled.map((it) => Number(it.text.replace(/[()（）]/g, '')));
  if (filled.length > 2 && numbers.every((it, i) => i === 0 || it === (numbers[i - 1] ?? 0) + 1)) return true;
  return /^[(（]?(示?例|样例|范例|例如|填写示例)/.test(filled[0]?.text ?? '');
}
