import { create } from 'qrcode';
import { type Html, html, trusted } from './html.ts';

/** Rows of dark (true) and light modules, without the quiet zone. */
export type QrMatrix = readonly (readonly boolean[])[];

/** The QR code of a text. Correction level M (15 %) survives a fold and a wet thumb. Source: ISO/IEC 18004:2015. */
export function qrMatrix(text: string): QrMatrix {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  return Array.from({ length: modules.size }, (_, row) =>
    Array.from({ length: modules.size }, (_, column) => modules.get(row, column) === 1),
  );
}

/** A run of dark modules in one row. */
export interface QrRun {
  readonly x: number;
  readonly y: number;
  readonly length: number;
}

/** Dark modules joined to horizontal runs: a third of the shapes to draw. */
export function qrRuns(matrix: QrMatrix): readonly QrRun[] {
  const runs: QrRun[] = [];
  matrix.forEach((row, y) => {
    row.forEach((dark, x) => {
      const last = runs[runs.length - 1];
      if (!dark) return;
      if (last && last.y === y && last.x + last.length === x)
        runs[runs.length - 1] = { ...last, length: last.length + 1 };
      else runs.push({ x, y, length: 1 });
    });
  });
  return runs;
}

/** The QR code as inline SVG of the given side; the page gives it at least four modules of white around. */
export function qrSvg(text: string, sidePx = 136, label = 'QR'): Html {
  const matrix = qrMatrix(text);
  const path = qrRuns(matrix)
    .map((run) => `M${run.x} ${run.y}h${run.length}v1h-${run.length}z`)
    .join('');
  return html`<svg class="qr" viewBox="0 0 ${matrix.length} ${matrix.length}" width="${sidePx}" height="${sidePx}" shape-rendering="crispEdges" role="img" aria-label="${label}">${trusted(`<path d="${path}"/>`)}</svg>`;
}
