import { describe, expect, it } from 'vitest';
import { qrMatrix, qrRuns, qrSvg } from './qr.ts';

describe('qr', () => {
  it('has the three finder patterns and no fourth', () => {
    const matrix = qrMatrix('https://fangang.example/t/7KQ2M9');
    const n = matrix.length;
    const finder = (top: number, left: number): boolean =>
      [0, 1, 2, 3, 4, 5, 6].every(
        (i) => matrix[top]?.[left + i] && matrix[top + 6]?.[left + i] && matrix[top + i]?.[left],
      );
    expect([finder(0, 0), finder(0, n - 7), finder(n - 7, 0), finder(n - 7, n - 7)]).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  it('draws every dark module once', () => {
    const matrix = qrMatrix('T-0001/3');
    const dark = matrix.flat().filter(Boolean).length;
    expect(qrRuns(matrix).reduce((sum, run) => sum + run.length, 0)).toBe(dark);
    for (const run of qrRuns(matrix))
      expect(matrix[run.y]?.slice(run.x, run.x + run.length).every(Boolean)).toBe(true);
  });

  it('escapes its label', () => {
    expect(qrSvg('x', 100, '"><script>').safe).not.toContain('<script');
  });
});
