import { plainCell } from './export-cells.ts';
import { readSheetXml, type SheetXml, withEdits, type XmlCell, type XmlRow, xmlText } from './sheet-xml.ts';
import {
  copyFormula,
  type FormulaPlace,
  lettersOf,
  placeOfRef,
  type RowsPutIn,
  shiftFormula,
  shiftMerge,
  shiftRanges,
} from './workbook-refs.ts';

/** What a cell is filled with; null leaves it as it is. A text stays a text, also where it is all digits. */
export type FillValue = string | number | null;

/** A list of a layout: its rows from the first to the last that is there (1-based); the last gives new rows their looks. */
export interface ListPlace {
  readonly firstRow: number;
  /** Before `firstRow` where the layout has no row yet. */
  readonly lastRow: number;
}

/** Rows in parts, each value beside its column (1-based). */
export type FillRows = AsyncIterable<readonly (readonly (readonly [number, FillValue])[])[]>;

export interface SheetFill {
  readonly sheet: string;
  readonly cells: ReadonlyMap<string, FillValue>;
  readonly list: (ListPlace & { readonly count: number; readonly rows: FillRows }) | null;
}

/** Rows that have to be put in for a list of so many. */
export function rowsPutIn(fill: SheetFill): RowsPutIn {
  const { list, sheet } = fill;
  if (!list) return { sheet, first: 1, last: 0, by: 0 };
  const there = list.lastRow - list.firstRow + 1;
  return { sheet, first: list.firstRow, last: list.lastRow, by: Math.max(0, list.count - there) };
}

/** One cell: a text inline and never calculated, a number as a number, null for looks alone. */
export function cellXml(row: number, column: number, style: string | undefined, value: FillValue): string {
  const head = `<c r="${lettersOf(column)}${row}"${style === undefined ? '' : ` s="${style}"`}`;
  if (value === null) return `${head}/>`;
  if (typeof value === 'number') return `${head}><v>${value}</v></c>`;
  // A text like _x0041_ would be read as an escape. Source: ECMA-376, 22.9.2.19.
  const text = xmlText(plainCell(value)).replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_');
  return `${head} t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`;
}

/** Formulas of a sheet in full: those that Excel shares between cells are written out for each. */
function formulasOf({ rows }: SheetXml): Map<XmlCell, string> {
  const masters = new Map<string, { text: string; row: number; column: number }>();
  const all = new Map<XmlCell, string>();
  for (const row of rows) {
    for (const cell of row.cells) {
      const { formula, column } = cell;
      if (!formula) continue;
      const { text, kind, group = '' } = formula;
      if (kind === 'shared' && text !== '') masters.set(group, { text, row: row.no, column });
      const master = kind === 'shared' && text === '' ? masters.get(group) : undefined;
      all.set(cell, master ? copyFormula(master.text, row.no - master.row, column - master.column) : text);
    }
  }
  return all;
}

/** One sheet, being written: knows what moves where. */
class SheetWriter {
  private readonly sheet: SheetXml;
  private readonly fill: SheetFill;
  private readonly put: RowsPutIn;
  private readonly formulas: Map<XmlCell, string>;

  constructor(xml: string, fill: SheetFill) {
    this.sheet = readSheetXml(xml);
    this.fill = fill;
    this.put = rowsPutIn(fill);
    this.formulas = formulasOf(this.sheet);
  }

  private moved(row: number): number {
    return row > this.put.last && this.put.by > 0 ? row + this.put.by : row;
  }

  /** A cell as it stands, at another row if it has moved; of a formula the calculated value goes, since it is calculated anew. */
  private kept(cell: XmlCell, row: number, at: number): string {
    const { xml } = this.sheet;
    const edits: { start: number; end: number; text: string }[] = [];
    const { formula, value } = cell;
    if (formula) {
      const text = this.formulas.get(cell) ?? '';
      const place: FormulaPlace = row >= this.put.first && row <= this.put.last ? 'inList' : 'sameSheet';
      if (this.put.by > 0) edits.push({ ...formula, text: this.formulaXml(formula, text, place) });
      if (value) edits.push({ ...value, text: '' });
    }
    if (at !== row) {
      const found = /\sr\s*=\s*(["'])[A-Z]+(\d+)\1/.exec(xml.slice(cell.start, cell.end));
      if (found) {
        const end = cell.start + found.index + found[0].length - 1;
        edits.push({ start: end - (found[2] ?? '').length, end, text: String(at) });
      }
    }
    return withEdits(xml, edits, cell.start, cell.end);
  }

  private formulaXml(formula: NonNullable<XmlCell['formula']>, text: string, place: FormulaPlace): string {
    const said = xmlText(shiftFormula(text, this.put, place));
    if (formula.kind !== 'array') return `<f>${said}</f>`;
    return `<f t="array" ref="${shiftRanges(formula.range ?? '', this.put)}">${said}</f>`;
  }

  /** The cells of a row with some of them filled, in the order of their columns. A formula of the layout is never written over. */
  private filledCells(
    row: XmlRow | undefined,
    no: number,
    values: ReadonlyMap<number, FillValue>,
    keep: (cell: XmlCell) => string,
  ): string {
    const cells = (row?.cells ?? []).map((cell) => {
      const value = cell.formula ? null : (values.get(cell.column) ?? null);
      return {
        column: cell.column,
        text: value === null ? keep(cell) : cellXml(no, cell.column, cell.style, value),
      };
    });
    const there = new Set(cells.map((it) => it.column));
    for (const [column, value] of values) {
      if (value !== null && !there.has(column))
        cells.push({ column, text: cellXml(no, column, undefined, value) });
    }
    return cells
      .sort((a, b) => a.column - b.column)
      .map((it) => it.text)
      .join('');
  }

  private rowHead(row: XmlRow | undefined, no: number): string {
    if (!row) return `<row r="${no}">`;
    const tag = this.sheet.xml.slice(row.start, row.opened).replace(/\/\s*>$/, '>');
    return row.no === no ? tag : tag.replace(/(\sr\s*=\s*["'])\d+/, `$1${no}`);
  }

  private singles(no: number): Map<number, FillValue> {
    const found = new Map<number, FillValue>();
    for (const [ref, value] of this.fill.cells) {
      const { row, column } = placeOfRef(ref);
      if (row === no) found.set(column, value);
    }
    return found;
  }

  /** A row outside the list: byte for byte where nothing of it changes. */
  private plainRow(row: XmlRow): string {
    const at = this.moved(row.no);
    const values = this.singles(row.no);
    const changes = at !== row.no || values.size > 0 || row.cells.some((it) => it.formula);
    if (!changes) return this.sheet.xml.slice(row.start, row.end);
    return `${this.rowHead(row, at)}${this.filledCells(row, at, values, (it) => this.kept(it, row.no, at))}</row>`;
  }

  /** A new row of the list in the looks of its last one, formulas along. */
  private copiedRow(model: XmlRow | undefined, no: number, values: ReadonlyMap<number, FillValue>): string {
    const down = no - (model?.no ?? no);
    const keep = (cell: XmlCell): string => {
      const formula = this.formulas.get(cell);
      const head = `<c r="${lettersOf(cell.column)}${no}"${cell.style === undefined ? '' : ` s="${cell.style}"`}`;
      if (formula === undefined) return `${head}/>`;
      return `${head}><f>${xmlText(copyFormula(shiftFormula(formula, this.put, 'inList'), down))}</f></c>`;
    };
    return `${this.rowHead(model, no)}${this.filledCells(model, no, values, keep)}</row>`;
  }

  private async *listRows(rows: ReadonlyMap<number, XmlRow>): AsyncGenerator<string> {
    const { list } = this.fill;
    if (!list) return;
    const model = rows.get(list.lastRow);
    let no = list.firstRow;
    for await (const part of list.rows) {
      const texts = part.map((values) => {
        const at = no++;
        const there = at <= list.lastRow ? rows.get(at) : undefined;
        const filled = new Map(values);
        if (!there) return this.copiedRow(model, at, filled);
        return `${this.rowHead(there, at)}${this.filledCells(there, at, filled, (it) => this.kept(it, at, at))}</row>`;
      });
      yield texts.join('');
    }
    for (; no <= list.lastRow; no += 1) {
      const left = rows.get(no);
      if (left) yield this.plainRow(left);
    }
  }

  /** New merges for rows that were put in, as the last row of the list has them. */
  private moreMerges(): string[] {
    const { last, by } = this.put;
    const own = this.sheet.merges.filter((it) =>
      it.split(':').every((ref) => by > 0 && placeOfRef(ref).row === last),
    );
    return own.flatMap((it) =>
      Array.from({ length: by }, (_, i) => it.replace(/\d+/g, (row) => String(Number(row) + i + 1))),
    );
  }

  /** What stands before and behind the cells. */
  private around(from: number, to: number): string {
    const { put, sheet } = this;
    if (put.by === 0) return sheet.xml.slice(from, to);
    const edits = sheet.places.map((it) => ({ ...it, text: this.shiftedPlace(it) }));
    const text = withEdits(sheet.xml, edits, from, to);
    const merges = this.moreMerges();
    if (merges.length === 0) return text;
    const added = merges.map((it) => `<mergeCell ref="${it}"/>`).join('');
    const count = sheet.merges.length + merges.length;
    return text
      .replace(/(<(?:\w+:)?mergeCells\b[^>]*\scount=")\d+/, `$1${count}`)
      .replace(/(?=<\/(?:\w+:)?mergeCells>)/, added);
  }

  private shiftedPlace({ kind, text }: SheetXml['places'][number]): string {
    if (kind === 'merge') return shiftMerge(text, this.put);
    if (kind === 'ranges') return shiftRanges(text, this.put);
    if (kind === 'rowBreak') return String(this.moved(Number(text)));
    return xmlText(shiftFormula(text, this.put, 'sameSheet'));
  }

  async *parts(): AsyncGenerator<string> {
    const { data, rows, xml } = this.sheet;
    const { list } = this.fill;
    const byNo = new Map(rows.map((it) => [it.no, it]));
    const wanted = [...this.fill.cells.keys()].map((ref) => placeOfRef(ref).row);
    const outside = [...new Set([...byNo.keys(), ...wanted])]
      .filter((no) => !list || no < list.firstRow || no > list.lastRow)
      .sort((a, b) => a - b);
    const plain = (no: number): string => {
      const row = byNo.get(no);
      if (row) return this.plainRow(row);
      const at = this.moved(no);
      return `<row r="${at}">${this.filledCells(undefined, at, this.singles(no), () => '')}</row>`;
    };
    const isAbove = (no: number): boolean => !list || no < list.firstRow;
    yield this.around(0, data.start);
    if (data.empty) yield '<sheetData>';
    for (const no of outside.filter(isAbove)) yield plain(no);
    yield* this.listRows(byNo);
    for (const no of outside.filter((it) => !isAbove(it))) yield plain(no);
    if (data.empty) yield '</sheetData>';
    yield this.around(data.end, xml.length);
  }
}

/**
 * A sheet's part with its cells filled and rows put into its list. Everything else stays as it was written; only where rows were put in,
 * what names rows below is moved.
 */
export function fillSheetXml(xml: string, fill: SheetFill): AsyncGenerator<string> {
  return new SheetWriter(xml, fill).parts();
}

/** Another sheet of the workbook: its formulas follow rows that were put in, and lose what was calculated before. */
export function followSheetXml(xml: string, put: RowsPutIn): string {
  const sheet = readSheetXml(xml);
  const formulas = formulasOf(sheet);
  const edits = sheet.rows.flatMap((row) =>
    row.cells.flatMap((cell) => {
      const { formula, value } = cell;
      if (!formula) return [];
      const text = shiftFormula(formulas.get(cell) ?? '', put, 'otherSheet');
      const changed = put.by > 0 && text !== (formulas.get(cell) ?? '');
      const shared = put.by > 0 && formula.kind === 'shared';
      const range = formula.kind === 'array' ? ` t="array" ref="${formula.range}"` : '';
      return [
        ...(changed || shared ? [{ ...formula, text: `<f${range}>${xmlText(text)}</f>` }] : []),
        ...(value ? [{ ...value, text: '' }] : []),
      ];
    }),
  );
  const outside = sheet.places
    .filter((it) => it.kind === 'formula' && put.by > 0)
    .map((it) => ({ ...it, text: xmlText(shiftFormula(it.text, put, 'otherSheet')) }));
  return withEdits(xml, [...edits, ...outside]);
}
