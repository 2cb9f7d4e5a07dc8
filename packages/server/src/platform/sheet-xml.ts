import { SaxesParser } from 'saxes';

/** A cell of a sheet's part and where it stands in the text. */
export interface XmlCell {
  readonly column: number;
  readonly start: number;
  end: number;
  /** Number of its style, as written. */
  readonly style: string | undefined;
  readonly type: string | undefined;
  formula?: XmlFormula;
  /** Of the value that was calculated when the file was saved. */
  value?: { readonly start: number; end: number };
}

export interface XmlFormula {
  readonly start: number;
  end: number;
  text: string;
  readonly kind: string | undefined;
  readonly group: string | undefined;
  readonly range: string | undefined;
}

export interface XmlRow {
  readonly no: number;
  readonly start: number;
  /** Behind the `>` of its opening. */
  readonly opened: number;
  readonly attributes: Readonly<Record<string, string>>;
  end: number;
  readonly cells: XmlCell[];
}

/** An element outside the cells that names cells: its text or an attribute is a range or a formula. */
export interface XmlPlace {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly kind: 'ranges' | 'merge' | 'formula' | 'rowBreak';
}

/** A sheet's part, read for where things stand: nothing of it is written anew but what is changed. */
export interface SheetXml {
  readonly xml: string;
  readonly rows: readonly XmlRow[];
  /** From behind `<sheetData>` to before `</sheetData>`; for an empty one the element itself. */
  readonly data: { readonly start: number; readonly end: number; readonly empty: boolean };
  readonly places: readonly XmlPlace[];
  readonly merges: readonly string[];
}

const FORMULAS = new Set(['formula', 'formula1', 'formula2', 'f']);
/** Where the reader stood or what was chosen: no cell of it has to be right. */
const VIEW = new Set(['selection', 'pane', 'sheetView']);

/** Reads a sheet's part. Throws where it is no well-formed XML; a document type was refused before. */
export function readSheetXml(xml: string): SheetXml {
  const reader = new Reader(xml);
  const parser = new SaxesParser({ position: false });
  parser.on('error', (fault) => {
    throw fault;
  });
  parser.on('opentag', (tag) => reader.open(tag.name, tag.attributes as Record<string, string>, at(parser)));
  parser.on('closetag', (tag) => reader.close(tag.name, at(parser), tag.isSelfClosing));
  parser.on('text', (text) => reader.text(text));
  parser.write(xml).close();
  return reader.done();
}

const at = (parser: SaxesParser): number => parser.position;
const local = (name: string): string => name.slice(name.indexOf(':') + 1);

class Reader {
  private readonly xml: string;
  private readonly rows: XmlRow[] = [];
  private readonly places: XmlPlace[] = [];
  private readonly merges: string[] = [];
  private data: { start: number; end: number; empty: boolean } | undefined;
  private row: XmlRow | undefined;
  private cell: XmlCell | undefined;
  private heard: { name: string; start: number; text: string } | undefined;
  private inData = false;

  constructor(xml: string) {
    this.xml = xml;
  }

  open(name: string, attributes: Record<string, string>, end: number): void {
    const start = this.xml.lastIndexOf('<', end - 1);
    const what = local(name);
    if (what === 'sheetData') {
      this.inData = true;
      this.data = { start: end, end, empty: false };
    } else if (this.inData) this.openInData(what, attributes, start, end);
    else this.openOutside(what, attributes, start, end);
  }

  private openInData(what: string, attributes: Record<string, string>, start: number, end: number): void {
    if (what === 'row') {
      const no = Number(attributes.r ?? (this.rows.at(-1)?.no ?? 0) + 1);
      this.row = { no, start, opened: end, attributes, end, cells: [] };
      this.rows.push(this.row);
    } else if (what === 'c' && this.row) {
      const letters = /^[A-Z]+/.exec(attributes.r ?? '')?.[0];
      const column = letters
        ? [...letters].reduce((sum, it) => sum * 26 + it.charCodeAt(0) - 64, 0)
        : (this.row.cells.at(-1)?.column ?? 0) + 1;
      this.cell = { column, start, end, style: attributes.s, type: attributes.t };
      this.row.cells.push(this.cell);
    } else if (what === 'f' && this.cell) {
      const { t: kind, si: group, ref: range } = attributes;
      this.cell.formula = { start, end, text: '', kind, group, range };
      this.heard = { name: what, start: end, text: '' };
    } else if (what === 'v' && this.cell) this.cell.value = { start, end };
  }

  private openOutside(what: string, attributes: Record<string, string>, start: number, end: number): void {
    const tag = this.xml.slice(start, end);
    const note = (name: string, kind: XmlPlace['kind']): void => {
      const found = new RegExp(`\\s${name}\\s*=\\s*(["'])(.*?)\\1`, 's').exec(tag);
      if (!found) return;
      const from = start + found.index + found[0].length - 1 - (found[2] ?? '').length;
      this.places.push({ start: from, end: from + (found[2] ?? '').length, text: found[2] ?? '', kind });
    };
    if (what === 'mergeCell' && attributes.ref) this.merges.push(attributes.ref);
    if (what === 'brk') note('id', 'rowBreak');
    if (!VIEW.has(what)) {
      note('ref', what === 'mergeCell' ? 'merge' : 'ranges');
      note('sqref', 'ranges');
    }
    if (FORMULAS.has(what) || what === 'sqref') this.heard = { name: what, start: end, text: '' };
  }

  text(text: string): void {
    if (this.heard) this.heard.text += text;
  }

  close(name: string, end: number, alone: boolean): void {
    const what = local(name);
    const before = alone ? end : this.xml.lastIndexOf('<', end - 1);
    if (what === 'sheetData' && this.data) {
      this.inData = false;
      this.data = alone
        ? { start: this.xml.lastIndexOf('<', end - 1), end, empty: true }
        : { ...this.data, end: before };
    } else if (this.inData) this.closeInData(what, end);
    else if (this.heard && this.heard.name === what) {
      const { start, text } = this.heard;
      this.places.push({ start, end: before, text, kind: what === 'sqref' ? 'ranges' : 'formula' });
      this.heard = undefined;
    }
  }

  private closeInData(what: string, end: number): void {
    if (what === 'row' && this.row) this.row.end = end;
    if (what === 'c' && this.cell) {
      this.cell.end = end;
      this.cell = undefined;
    }
    if (what === 'v' && this.cell?.value) this.cell.value.end = end;
    if (what === 'f' && this.cell?.formula && this.heard) {
      this.cell.formula.text = this.heard.text;
      this.cell.formula.end = end;
      this.heard = undefined;
    }
  }

  done(): SheetXml {
    const { xml, rows, data, places, merges } = this;
    if (!data) throw new Error('a sheet without sheetData');
    return { xml, rows, data, places, merges };
  }
}

/** A text inside an element or an attribute. Characters XML cannot hold are left out. Source: XML 1.0, 2.2 and 2.4. */
export function xmlText(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML forbids
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  );
}

/** Replaces stretches of a text; the rest stays byte for byte. */
export function withEdits(
  text: string,
  edits: readonly { readonly start: number; readonly end: number; readonly text: string }[],
  from = 0,
  to = text.length,
): string {
  const parts: string[] = [];
  let done = from;
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    if (edit.start < done || edit.end > to) continue;
    parts.push(text.slice(done, edit.start), edit.text);
    done = edit.end;
  }
  parts.push(text.slice(done, to));
  return parts.join('');
}
