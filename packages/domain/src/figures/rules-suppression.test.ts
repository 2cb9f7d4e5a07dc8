import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AreaCount, SMALL, type Suppressed, suppress } from './rules-suppression.ts';

const areaOf = (i: number) => `5001${String(i + 1).padStart(2, '0')}000000`;
const table = (foreign: readonly number[], own = 7): AreaCount[] => [
  { area: areaOf(90), n: own, own: true },
  ...foreign.map((n, i) => ({ area: areaOf(i), n, own: false })),
];
const shown = (it: Suppressed) => `${it.cells.map((cell) => cell.n ?? '–').join(' ')} = ${it.total ?? '–'}`;

/** Every table of so many foreign counts up to a height. */
function tables(areas: number, most: number): number[][] {
  if (areas === 0) return [[]];
  return tables(areas - 1, most).flatMap((head) => Array.from({ length: most + 1 }, (_, n) => [...head, n]));
}

describe('small counts of other areas', () => {
  it('are hidden with a neighbour, the own ones never', () => {
    expect(shown(suppress(table([12, 3, 20, 30], 2)))).toBe('2 – – 20 30 = 67');
    expect(shown(suppress(table([12, 13, 20, 30], 2)))).toBe('2 12 13 20 30 = 77');
    expect(shown(suppress(table([0, 0, 20, 30])))).toBe('7 – – – – = 57');
    expect(shown(suppress(table([0, 1])))).toBe('7 – – = –');
    expect(shown(suppress(table([4])))).toBe('7 – = –');
    expect(shown(suppress(table([9, 9, 3])))).toBe('7 – – – = 28');
  });

  it('cannot be worked out by somebody who knows the rule and tries every table', () => {
    for (const [areas, most] of [
      [1, 14],
      [2, 14],
      [3, 9],
      [4, 8],
      [5, 6],
    ] as const) {
      const byAnswer = new Map<string, Set<number>[]>();
      for (const foreign of tables(areas, most)) {
        const answer = shown(suppress(table(foreign)));
        const values = byAnswer.get(answer) ?? foreign.map(() => new Set<number>());
        for (const [i, n] of foreign.entries()) values[i]?.add(n);
        byAnswer.set(answer, values);
      }
      for (const [answer, values] of byAnswer) {
        const cells = answer.split(' ').slice(1);
        // At the height where the tables end, sums have fewer tables than they really have.
        const total = Number(answer.split('= ')[1]);
        if (Number.isFinite(total) && total - 7 > most) continue;
        for (const [i, set] of values.entries())
          if (cells[i] === '–') expect([answer, set.size > 1]).toEqual([answer, true]);
      }
    }
  });

  it('leave no single hidden count beside a total, and nothing small is shown, in tables of any size', () => {
    const counts = fc.array(fc.oneof(fc.nat({ max: 9 }), fc.nat({ max: 5_000 })), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(counts, (foreign) => {
        const { cells, total } = suppress(table(foreign));
        const hidden = cells.filter((it) => it.n === null).length;
        for (const it of cells.slice(1)) expect(it.n === null || it.n >= SMALL).toBe(true);
        expect(cells[0]?.n).toBe(7);
        if (hidden === 0) return;
        const open = cells.reduce((sum, it) => sum + (it.n ?? 0), 0);
        if (total !== null) expect([hidden > 1, total - open >= SMALL]).toEqual([true, true]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('would be worked out if only the small one were hidden', () => {
    const naive = (foreign: readonly number[]) => foreign.map((n) => (n < SMALL ? null : n));
    const foreign = [12, 3, 20];
    const open = naive(foreign).reduce<number>((sum, n) => sum + (n ?? 0), 0);
    expect(35 - open).toBe(foreign[1]);
  });
});
