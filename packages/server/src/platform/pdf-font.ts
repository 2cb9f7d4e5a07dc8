import { readFileSync } from 'node:fs';

/** What a printed sheet must know of a font: has it the character, how wide is a text. */
export interface FontFacts {
  /** True if the font draws this character; without it the paper would show a blank box. */
  readonly has: (character: string) => boolean;
  /** Width in em, without kerning; a character the font lacks counts as one em. */
  readonly widthEm: (text: string) => number;
  /** Height of the line above the baseline, and of the whole line, in em. */
  readonly ascentEm: number;
  readonly lineEm: number;
}

interface Table {
  readonly offset: number;
}

/** Where each table of the file begins. Source: OpenType 1.9, "Table Directory". */
function tablesOf(file: DataView): ReadonlyMap<string, Table> {
  const tables = new Map<string, Table>();
  for (let i = 0; i < file.getUint16(4); i += 1) {
    const at = 12 + i * 16;
    const tag = String.fromCharCode(...[0, 1, 2, 3].map((k) => file.getUint8(at + k)));
    tables.set(tag, { offset: file.getUint32(at + 8) });
  }
  return tables;
}

function tableAt(tables: ReadonlyMap<string, Table>, tag: string): number {
  const table = tables.get(tag);
  if (!table) throw new Error(`the font has no table ${tag}`);
  return table.offset;
}

function readFormat4(file: DataView, at: number, glyphs: Map<number, number>): void {
  const twice = file.getUint16(at + 6);
  const [ends, starts, deltas, offsets] = [
    at + 14,
    at + 16 + twice,
    at + 16 + twice * 2,
    at + 16 + twice * 3,
  ];
  for (let i = 0; i < twice; i += 2) {
    const [start, end] = [file.getUint16(starts + i), file.getUint16(ends + i)];
    const [delta, offset] = [file.getUint16(deltas + i), file.getUint16(offsets + i)];
    for (let code = start; code <= end && code < 0xffff; code += 1) {
      const direct = offset === 0 ? code : file.getUint16(offsets + i + offset + (code - start) * 2);
      const glyph = direct === 0 ? 0 : (direct + delta) & 0xffff;
      if (glyph !== 0) glyphs.set(code, glyph);
    }
  }
}

function readFormat12(file: DataView, at: number, glyphs: Map<number, number>): void {
  for (let i = 0; i < file.getUint32(at + 12); i += 1) {
    const group = at + 16 + i * 12;
    const [start, end, first] = [file.getUint32(group), file.getUint32(group + 4), file.getUint32(group + 8)];
    for (let code = start; code <= end; code += 1) glyphs.set(code, first + code - start);
  }
}

/** Code point → glyph. Source: OpenType 1.9, "cmap", formats 4 and 12, the two a Unicode font has. */
function glyphsOf(file: DataView, cmap: number): ReadonlyMap<number, number> {
  const glyphs = new Map<number, number>();
  for (let i = 0; i < file.getUint16(cmap + 2); i += 1) {
    const at = cmap + file.getUint32(cmap + 4 + i * 8 + 4);
    const format = file.getUint16(at);
    if (format === 4) readFormat4(file, at, glyphs);
    if (format === 12) readFormat12(file, at, glyphs);
  }
  return glyphs;
}

/** Reads the facts of a TrueType file: coverage, advance widths, line height. */
export function readFontFacts(path: string): FontFacts {
  const bytes = readFileSync(path);
  const file = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tables = tablesOf(file);
  const glyphs = glyphsOf(file, tableAt(tables, 'cmap'));
  const unitsPerEm = file.getUint16(tableAt(tables, 'head') + 18);
  const hhea = tableAt(tables, 'hhea');
  const longMetrics = file.getUint16(hhea + 34);
  const hmtx = tableAt(tables, 'hmtx');
  const advance = (glyph: number): number => file.getUint16(hmtx + Math.min(glyph, longMetrics - 1) * 4);
  const [ascent, descent, gap] = [file.getInt16(hhea + 4), file.getInt16(hhea + 6), file.getInt16(hhea + 8)];
  const widthOf = (character: string): number => {
    const glyph = glyphs.get(character.codePointAt(0) ?? 0);
    return glyph === undefined ? unitsPerEm : advance(glyph);
  };
  return {
    has: (character) => glyphs.has(character.codePointAt(0) ?? 0),
    widthEm: (text) => [...text].reduce((sum, character) => sum + widthOf(character), 0) / unitsPerEm,
    ascentEm: ascent / unitsPerEm,
    lineEm: (ascent - descent + gap) / unitsPerEm,
  };
}
