import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linesOf, sorted, windowOf } from './table-rows.ts';

describe('the rows of a table', () => {
  it('puts rows without a value last, whichever way it sorts', () => {
    const rows = [{ n: 2 }, { n: null }, { n: 1 }];
    expect(sorted(rows, (it) => it.n, 'ascending').map((it) => it.n)).toEqual([1, 2, null]);
    expect(sorted(rows, (it) => it.n, 'descending').map((it) => it.n)).toEqual([2, 1, null]);
  });

  it('keeps groups in the order of their first row and numbers rows as they stand', () => {
    const lines = linesOf(
      ['b1', 'a1', 'b2'],
      (it) => it,
      (it) => it[0] ?? '',
    );
    expect(
      lines.map((it) => (it.kind === 'group' ? `${it.title}:${it.count}` : `${it.index} ${it.row}`)),
    ).toEqual(['b:2', '0 b1', '1 b2', 'a:1', '2 a1']);
  });

  it('draws every line that is in sight, and its air keeps the height of the whole list', () => {
    fc.assert(
      fc.property(
        fc.nat(5000),
        fc.integer({ min: 1, max: 200_000 }),
        fc.integer({ min: 1, max: 2000 }),
        (count, scrolled, seen) => {
          const { from, to, before, after } = windowOf(count, 36, scrolled, seen);
          expect(before + (to - from) * 36 + after).toBe(count * 36);
          const firstSeen = Math.min(count, Math.floor(scrolled / 36));
          const lastSeen = Math.min(count, Math.ceil((scrolled + seen) / 36));
          expect(from).toBeLessThanOrEqual(firstSeen);
          expect(to).toBeGreaterThanOrEqual(lastSeen);
        },
      ),
    );
  });
});
