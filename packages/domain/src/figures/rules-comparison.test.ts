import { expect, it } from 'vitest';
import { noCounts } from './rules.ts';
import { comparisonFor } from './rules-comparison.ts';
import type { Counts, DistrictCounts } from './schema.ts';

const district = (n: number, persons: number): DistrictCounts => ({
  area: `5001${String(n).padStart(2, '0')}000000`,
  name: `区${n}`,
  pinyin: `Qu${n}`,
  counts: { ...noCounts(), runs: 1, persons: persons as Counts['persons'] } as Counts,
});
const DISTRICTS = [
  district(1, 3),
  district(2, 40),
  district(3, 2),
  district(4, 60),
  district(5, 70),
  district(6, 80),
];

it('shows a district its own counts, and hides the small ones of others with one beside each', () => {
  const seen = comparisonFor('500101000000', '2022-02-11T17:00:00+08:00', DISTRICTS);
  expect(seen.rows.map((it) => it.persons)).toEqual([3, null, null, 60, 70, 80]);
  expect(seen.rows.map((it) => it.own)).toEqual([true, false, false, false, false, false]);
  expect(seen.total).toMatchObject({ persons: 255, runs: 6 });
});

it('shows everybody else another table of the same districts', () => {
  const seen = comparisonFor('500104000000', '2022-02-11T17:00:00+08:00', DISTRICTS);
  expect(seen.rows.map((it) => it.persons)).toEqual([null, null, null, 60, null, null]);
});
