/** Rows that are put into a list: behind `last`, whose first row is `first` (1-based, as in the sheet). */
export interface RowsPutIn {
  readonly sheet: string;
  readonly first: number;
  readonly last: number;
  readonly by: number;
}

/** Where the formula stands: in a row of the list itself, elsewhere on the sheet, or on another sheet. */
export type FormulaPlace = 'inList' | 'sameSheet' | 'otherSheet';

const CELL = String.raw`(\$?[A-Z]{1,3})(\$?)(\d{1,7})`;
const REFERENCE = new RegExp(
  String.raw`"(?:[^"]|"")*"|\[[^\]]*\]` +
    String.raw`|(?<![\p{L}\p{N}_.$:])((?:'(?:[^']|'')+'|[\p{L}_][\p{L}\p{N}_.]*)!)?` +
    String.raw`(?:${CELL}(?::${CELL})?|(\$?)(\d{1,7}):(\$?)(\d{1,7}))(?![\p{L}\p{N}_(.!:])`,
  'gu',
);

interface Found {
  readonly prefix: string;
  readonly startColumn: string;
  readonly startFixed: boolean;
  readonly start: number;
  /** Null where one cell is meant. */
  readonly end: { readonly column: string; readonly fixed: boolean; readonly row: number } | null;
}

function mapped(formula: string, rows: (it: Found) => { start: number; end: number }): string {
  return formula.replace(REFERENCE, (all, ...groups) => {
    const [prefix = '', c1, f1, r1, c2, f2, r2, wf1, w1, wf2, w2] = groups as (string | undefined)[];
    if (r1 === undefined && w1 === undefined) return all;
    const whole = w1 !== undefined;
    const row2 = whole ? w2 : r2;
    const fixed1 = (whole ? wf1 : f1) ?? '';
    const fixed2 = (whole ? wf2 : f2) ?? '';
    const found: Found = {
      prefix,
      startColumn: c1 ?? '',
      startFixed: fixed1 === '$',
      start: Number(whole ? w1 : r1),
      end: row2 === undefined ? null : { column: c2 ?? '', fixed: fixed2 === '$', row: Number(row2) },
    };
    const { start, end } = rows(found);
    if (start < 1 || end < 1) return `${prefix}#REF!`;
    const head = `${prefix}${found.startColumn}${fixed1}${start}`;
    return found.end ? `${head}:${found.end.column}${fixed2}${end}` : head;
  });
}

const sheetOf = (prefix: string): string =>
  prefix.startsWith("'") ? prefix.slice(1, -2).replaceAll("''", "'") : prefix.slice(0, -1);

/**
 * A formula after rows were put into a list: what stood below has moved, and a range that ended with the list ends with it still.
 *
 * In a row of the list a range grows only where its end is held by `$`: the others belong to their row.
 */
export function shiftFormula(formula: string, put: RowsPutIn, place: FormulaPlace): string {
  const { first, last, by, sheet } = put;
  return mapped(formula, ({ prefix, start, end }) => {
    const meant = prefix === '' ? place !== 'otherSheet' : sheetOf(prefix) === sheet;
    if (!meant) return { start, end: end?.row ?? start };
    const from = start > last ? start + by : start;
    if (!end) return { start: from, end: from };
    const grows = end.row === last && end.row >= first && (place !== 'inList' || end.fixed);
    return { start: from, end: end.row > last || grows ? end.row + by : end.row };
  });
}

/** A formula as it reads when it is copied so many rows down: what is not held by `$` goes along. */
export function copyFormula(formula: string, down: number, right = 0): string {
  return mapped(formula, ({ start, startFixed, end }) => ({
    start: startFixed ? start : start + down,
    end: end ? (end.fixed ? end.row : end.row + down) : start,
  })).replace(REFERENCE, (all, ...groups) => (right === 0 ? all : copiedRight(all, groups, right)));
}

function copiedRight(all: string, groups: readonly unknown[], right: number): string {
  const [prefix = '', c1, f1, r1, c2, f2, r2] = groups as (string | undefined)[];
  if (c1 === undefined) return all;
  const moved = (column: string): string =>
    column.startsWith('$') ? column : lettersOf(columnOf(column) + right);
  const head = `${prefix}${moved(c1)}${f1}${r1}`;
  return c2 === undefined ? head : `${head}:${moved(c2)}${f2}${r2}`;
}

/** Ranges of choices, colours, filters (`A1:B2 D4`) after rows were put in: one that is of the last row is of the new ones, too. */
export function shiftRanges(ranges: string, put: RowsPutIn): string {
  const one = (range: string): string => {
    const single = !range.includes(':') && placeOfRef(range).row === put.last && put.last >= put.first;
    return shiftFormula(single ? `${range}:${range}` : range, put, 'sameSheet');
  };
  return ranges.split(/\s+/).map(one).join(' ');
}

/** A merge after rows were put in: one across the last row stays one row high. */
export function shiftMerge(range: string, put: RowsPutIn): string {
  const [from = '', to = from] = range.split(':');
  const stays = placeOfRef(from).row === put.last && placeOfRef(to).row === put.last;
  return stays ? range : shiftFormula(range, put, 'sameSheet');
}

/** `C` → 3. */
export function columnOf(letters: string): number {
  return [...letters].reduce((sum, it) => sum * 26 + it.charCodeAt(0) - 64, 0);
}

/** 3 → `C`. */
export function lettersOf(column: number): string {
  const rest = Math.floor((column - 1) / 26);
  return (rest > 0 ? lettersOf(rest) : '') + String.fromCharCode(65 + ((column - 1) % 26));
}

/** `C7` → 3 and 7. */
export function placeOfRef(ref: string): { readonly column: number; readonly row: number } {
  const [, letters = '', row = '0'] = /^([A-Z]{1,3})(\d{1,7})$/.exec(ref) ?? [];
  return { column: columnOf(letters), row: Number(row) };
}
