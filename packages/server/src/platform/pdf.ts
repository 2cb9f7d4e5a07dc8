import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pdfmake from 'pdfmake';
import type { CanvasElement, Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { pinyin } from 'pinyin-pro';
import { type FontFacts, readFontFacts } from './pdf-font.ts';
import { qrMatrix, qrRuns } from './qr.ts';

/** Points in one pixel of the drawings: an A4 sheet is 794 × 1123 of these pixels. */
const PT = 0.75;
const FAMILY = 'NotoSansSC';
const fontFolder = join(dirname(fileURLToPath(import.meta.url)), '../../../../data/fonts');
const REGULAR = join(fontFolder, 'NotoSansSC-Regular.subset.ttf');
const BOLD = join(fontFolder, 'NotoSansSC-Bold.subset.ttf');

/** Ink of paper: survives a grey printer. */
export const INK = {
  ink: '#16211f',
  second: '#4a5a57',
  hint: '#5c6b68',
  rule: '#d5dcda',
  edge: '#7d8f8b',
  red: '#b5382a',
} as const;

let facts: { regular: FontFacts; bold: FontFacts } | undefined;

function fontFacts(bold: boolean): FontFacts {
  facts ??= { regular: readFontFacts(REGULAR), bold: readFontFacts(BOLD) };
  return bold ? facts.bold : facts.regular;
}

/** Width of a text in pixels of the drawing. */
export function textWidth(text: string, size: number, bold = false): number {
  return fontFacts(bold).widthEm(text) * size;
}

/** A character the printed font does not have. */
export interface RareCharacter {
  readonly character: string;
  readonly pinyin: string;
  /** `U+20BB7`, so that it can be looked up. */
  readonly codePoint: string;
}

/**
 * A text as the font can print it: a character it lacks becomes its pinyin in brackets, `王[hóng]`, or its code point if it
 * has no known reading; never a blank box. The caller prints what `rare` lists where a person will see it.
 */
export function printable(text: string): { readonly text: string; readonly rare: readonly RareCharacter[] } {
  const font = fontFacts(true);
  const rare: RareCharacter[] = [];
  const parts = [...text].map((character) => {
    if (font.has(character) || character === '\n') return character;
    const read = pinyin(character, { toneType: 'symbol' });
    const codePoint = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
    const sound = read === character ? '' : read;
    rare.push({ character, pinyin: sound, codePoint });
    return `[${sound || codePoint}]`;
  });
  return { text: parts.join(''), rare };
}

export interface TextStyle {
  readonly size: number;
  readonly bold?: boolean;
  readonly color?: string;
  readonly align?: 'left' | 'center' | 'right';
  /** Extra space after each character. */
  readonly spacing?: number;
  /** The text is set smaller, down to `minSize`, then cut with an ellipsis, to stay inside. */
  readonly maxWidth?: number;
  readonly minSize?: number;
}

export interface LineStyle {
  readonly width?: number;
  readonly color?: string;
  readonly dash?: readonly [on: number, off: number];
  readonly round?: boolean;
  readonly fill?: string;
}

/** One A4 page to draw on, in pixels from the upper left corner (794 × 1123). */
export interface Sheet {
  /** Sets one line of text on a baseline; returns its width. */
  readonly text: (text: string, x: number, baseline: number, style: TextStyle) => number;
  readonly line: (x1: number, y1: number, x2: number, y2: number, style?: LineStyle) => void;
  readonly box: (
    x: number,
    y: number,
    width: number,
    height: number,
    style?: LineStyle & { radius?: number },
  ) => void;
  readonly circle: (cx: number, cy: number, r: number, style?: LineStyle) => void;
  readonly polygon: (points: readonly (readonly [number, number])[], fill: string) => void;
  readonly qr: (text: string, x: number, y: number, side: number) => void;
  readonly content: () => Content;
  /** Every text set so far, in order: what a test or a search can read. */
  readonly said: () => readonly string[];
}

/** Largest size that keeps the text within its width, and the text, cut if even the least size is too wide. */
function fitted(text: string, style: TextStyle): { text: string; size: number } {
  const { maxWidth, size, bold = false, minSize = 7, spacing = 0 } = style;
  if (maxWidth === undefined) return { text, size };
  const widthAt = (at: number, it: string): number => textWidth(it, at, bold) + spacing * [...it].length;
  if (widthAt(size, text) <= maxWidth) return { text, size };
  const smaller = Math.max(minSize, Math.floor((size * maxWidth * 20) / widthAt(size, text)) / 20);
  let cut = [...text];
  while (cut.length > 1 && widthAt(smaller, cut.join('')) > maxWidth) cut = [...cut.slice(0, -2), '…'];
  return { text: cut.join(''), size: smaller };
}

function stroke(style: LineStyle): Pick<CanvasElement, never> & Record<string, unknown> {
  const [on, off] = style.dash ?? [];
  return {
    lineWidth: (style.width ?? 1) * PT,
    lineColor: style.color ?? INK.ink,
    ...(on !== undefined && { dash: { length: on * PT, space: (off ?? on) * PT } }),
    ...(style.round && { lineCap: 'round' }),
    ...(style.fill && { color: style.fill }),
  };
}

/** Opens an empty page. Texts pass through `printable`, so no call can print a blank box. */
export function openSheet(): Sheet {
  const shapes: Record<string, unknown>[] = [];
  const texts: Content[] = [];
  const said: string[] = [];
  return {
    text: (wanted, x, baseline, style) => {
      const { text, size } = fitted(printable(wanted).text, style);
      const bold = style.bold ?? false;
      const width = textWidth(text, size, bold) + (style.spacing ?? 0) * [...text].length;
      const left = style.align === 'right' ? x - width : style.align === 'center' ? x - width / 2 : x;
      const top = baseline - fontFacts(bold).ascentEm * size;
      said.push(text);
      texts.push({
        text,
        absolutePosition: { x: left * PT, y: top * PT },
        fontSize: size * PT,
        bold,
        color: style.color ?? INK.ink,
        noWrap: true,
        preserveLeadingSpaces: true,
        preserveTrailingSpaces: true,
        ...(style.spacing && { characterSpacing: style.spacing * PT }),
      });
      return width;
    },
    line: (x1, y1, x2, y2, style = {}) => {
      shapes.push({ type: 'line', x1: x1 * PT, y1: y1 * PT, x2: x2 * PT, y2: y2 * PT, ...stroke(style) });
    },
    box: (x, y, w, h, style = {}) => {
      shapes.push({
        type: 'rect',
        x: x * PT,
        y: y * PT,
        w: w * PT,
        h: h * PT,
        r: (style.radius ?? 0) * PT,
        ...stroke(style),
      });
    },
    circle: (cx, cy, r, style = {}) => {
      shapes.push({ type: 'ellipse', x: cx * PT, y: cy * PT, r1: r * PT, r2: r * PT, ...stroke(style) });
    },
    polygon: (points, fill) => {
      const scaled = points.map(([x, y]) => ({ x: x * PT, y: y * PT }));
      shapes.push({
        type: 'polyline',
        points: scaled,
        closePath: true,
        lineWidth: 0.01,
        lineColor: fill,
        color: fill,
      });
    },
    qr: (text, x, y, side) => {
      const matrix = qrMatrix(text);
      const unit = (side / matrix.length) * PT;
      for (const run of qrRuns(matrix)) {
        // A hair of overlap, or viewers show white seams between the rows.
        shapes.push({
          type: 'rect',
          x: x * PT + run.x * unit,
          y: y * PT + run.y * unit,
          w: run.length * unit,
          h: unit + 0.04,
          lineWidth: 0,
          color: '#000',
        });
      }
    },
    content: () => [
      { canvas: shapes as unknown as CanvasElement[], absolutePosition: { x: 0, y: 0 } },
      ...texts,
    ],
    said: () => said,
  };
}

/** State of a door on the three-door line. */
type Door = 'done' | 'now' | 'todo' | 'held';

/** One door: ● passed, ◐ happening, ○ to come, ◆ held; drawn, because no font has all four in one size. */
export function drawDoor(
  sheet: Sheet,
  state: Door,
  cx: number,
  cy: number,
  r: number,
  color: string = INK.ink,
): void {
  const width = Math.max(0.8, r * 0.24);
  if (state === 'held') {
    sheet.polygon(
      [
        [cx, cy - r * 1.2],
        [cx + r * 1.2, cy],
        [cx, cy + r * 1.2],
        [cx - r * 1.2, cy],
      ],
      INK.red,
    );
    return;
  }
  sheet.circle(cx, cy, r - width / 2, { width, color, fill: state === 'done' ? color : '#ffffff' });
  if (state !== 'now') return;
  const half = Array.from({ length: 25 }, (_, i) => {
    const angle = Math.PI / 2 + (Math.PI * i) / 24;
    return [cx + (r - width / 2) * Math.cos(angle), cy + (r - width / 2) * Math.sin(angle)] as const;
  });
  sheet.polygon(half, color);
}

/** The way between two doors: solid once travelled, dotted ahead. */
export function drawWay(
  sheet: Sheet,
  travelled: boolean,
  x1: number,
  x2: number,
  y: number,
  width: number,
  color: string = INK.ink,
): void {
  if (travelled) {
    sheet.line(x1, y, x2, y, { width, color });
    return;
  }
  const dots = Math.max(3, Math.round((x2 - x1) / (width * 2.4)));
  for (let i = 1; i <= dots; i += 1) {
    sheet.circle(x1 + (i * (x2 - x1)) / (dots + 1), y, width * 0.42, { width: 0.01, color, fill: color });
  }
}

/** The mark of the product: ●━◐┄○. */
export function drawMark(sheet: Sheet, x: number, cy: number, r: number, color: string = INK.second): number {
  const pitch = r * 4.4;
  drawDoor(sheet, 'done', x + r, cy, r, color);
  drawWay(sheet, true, x + r * 1.8, x + pitch - r * 0.3, cy, r * 0.42, color);
  drawDoor(sheet, 'now', x + pitch + r, cy, r, color);
  drawWay(sheet, false, x + pitch + r * 2, x + pitch * 2, cy, r * 0.36, color);
  drawDoor(sheet, 'todo', x + pitch * 2 + r, cy, r, color);
  return pitch * 2 + r * 2;
}

/** Where a long text (·, many syllables) breaks in two. */
export function inTwo(name: string): readonly [string, string] {
  const parts = [...name];
  const dots = parts.flatMap((character, i) =>
    character === '·' || character === ' ' ? [i + 1] : character === '[' && i > 0 ? [i] : [],
  );
  const middle = parts.length / 2;
  const at = dots.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0] ?? Math.ceil(middle);
  return [parts.slice(0, at).join('').trimEnd(), parts.slice(at).join('')];
}

/** Short marks in a box that ends at `right`: one as it is, several above each other; returns the width they take. */
export function drawTags(sheet: Sheet, marks: readonly string[], right: number, middle: number): number {
  if (marks.length === 0) return 0;
  const size = marks.length === 1 ? 8 : 6.2;
  const width = Math.max(...marks.map((mark) => textWidth(mark, size, true))) + 3;
  const height = marks.length * (size + 0.3) + 2;
  sheet.box(right - width, middle - height / 2, width, height, { radius: 2, width: 0.7 });
  marks.forEach((mark, i) => {
    const center = middle + (i - (marks.length - 1) / 2) * (size + 0.3);
    sheet.text(mark, right - width / 2, center + size * 0.36, { size, bold: true, align: 'center' });
  });
  return width + 2;
}

/**
 * Three lines to sign on under a title, the last for the time, and a ring for the seal, 221 px wide.
 * `top` is the baseline of the title; a seal has up to two lines of words, empty = none.
 */
export function drawSigning(
  sheet: Sheet,
  left: number,
  top: number,
  title: string,
  labels: readonly string[],
  seal: string,
): void {
  const width = 220.67;
  const end = left + width - (seal === '' ? 0 : 106);
  sheet.text(title, left, top, { size: 13, bold: true, maxWidth: width });
  labels.forEach((label, i) => {
    const y = top + 38 + i * 36;
    const isTime = i === 2;
    sheet.text(label, isTime ? end - 16 : left, y - 8, {
      size: 12,
      color: isTime ? INK.hint : INK.ink,
      align: isTime ? 'right' : 'left',
      maxWidth: end - left,
    });
    sheet.line(left, y + 0.5, end, y + 0.5);
  });
  if (seal === '') return;
  const [cx, cy] = [left + width - 47, top + 56];
  sheet.circle(cx, cy, 46.5, { width: 1.2, color: INK.edge, dash: [3, 2.4] });
  seal.split('\n').forEach((line, i) => {
    sheet.text(line, cx, cy - 4 + i * 16, { size: 11, color: INK.hint, align: 'center', maxWidth: 84 });
  });
}

/** A4 pages from drawn sheets. */
export function sheetsDefinition(
  sheets: readonly Sheet[],
  info: { title: string; language: 'zh' | 'en' },
): TDocumentDefinitions {
  return {
    pageSize: 'A4',
    pageMargins: 0,
    language: info.language === 'zh' ? 'zh-CN' : 'en',
    info: { title: info.title, creator: 'Fangang', producer: 'Fangang' },
    displayTitle: true,
    content: sheets.flatMap((sheet, i) => [
      ...(i === 0 ? [] : [{ text: '', pageBreak: 'before' as const }]),
      sheet.content(),
    ]),
  } as TDocumentDefinitions;
}

/**
 * Prints a pdfmake definition with the product's two weights of Noto Sans SC, each page holding only the glyphs it needs.
 * Definitions that set text themselves pass it through `printable` first.
 */
export async function renderPdf(definition: TDocumentDefinitions): Promise<Buffer> {
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((path) => path === REGULAR || path === BOLD);
  pdfmake.setFonts({ [FAMILY]: { normal: REGULAR, bold: BOLD, italics: REGULAR, bolditalics: BOLD } });
  const printed = pdfmake.createPdf({
    ...definition,
    defaultStyle: { font: FAMILY, ...definition.defaultStyle },
  });
  return Buffer.from(await printed.getBuffer());
}
