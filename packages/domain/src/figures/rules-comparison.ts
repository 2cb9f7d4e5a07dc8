import { COMPARED, type Compared, type Comparison } from './api-comparison.ts';
import { suppress } from './rules-suppression.ts';
import type { DistrictCounts } from './schema.ts';

/**
 * All districts as one of them may see them: its own counts as they are, of the others what is not small and gives nothing small away.
 *
 * @param reader 12 digits of a district; its own counts are known to it.
 */
export function comparisonFor(
  reader: string,
  asOf: string,
  districts: readonly DistrictCounts[],
): Comparison {
  const shown = Object.fromEntries(
    COMPARED.map((figure) => [
      figure,
      suppress(districts.map(({ area, counts }) => ({ area, n: counts[figure], own: area === reader }))),
    ]),
  ) as Record<Compared, ReturnType<typeof suppress>>;
  const cellsOf = (pick: (figure: Compared) => number | null): Record<Compared, number | null> => ({
    wants: pick('wants'),
    unmet: pick('unmet'),
    persons: pick('persons'),
    signedFor: pick('signedFor'),
  });
  return {
    asOf,
    rows: districts.map(({ area, name, pinyin, counts }, i) => ({
      ...{ area, name, pinyin, own: area === reader, runs: counts.runs },
      ...cellsOf((figure) => shown[figure].cells[i]?.n ?? null),
    })),
    total: {
      runs: districts.reduce((sum, it) => sum + it.counts.runs, 0),
      ...cellsOf((figure) => shown[figure].total),
    },
  };
}
