/** A count of another area below this is not shown (小数保护). */
export const SMALL = 5;

/** One count of an area in a comparison. */
export interface AreaCount {
  /** 12 digits. */
  readonly area: string;
  readonly n: number;
  /** The asker's own: shown as it is, whatever its size. */
  readonly own: boolean;
}

export interface Suppressed {
  readonly cells: readonly { readonly area: string; readonly n: number | null }[];
  readonly total: number | null;
}

/**
 * Shows one figure of many areas to somebody who owns some of them: what is small elsewhere is hidden, and so is as much beside it that
 * nobody can work it out from the total, even knowing this rule.
 *
 * Foreign areas are taken in twos in the order of their codes, the last of an odd number in a three. The twos do not depend on the counts, so
 * that being hidden tells nothing about which of the two is small. A two with a small count is hidden whole; where all that is hidden is
 * together smaller than five, the first other two is hidden as well, and where there is none, the total. A zero is small.
 *
 * @param counts one for each area, of one figure; the total is their sum.
 */
export function suppress(counts: readonly AreaCount[]): Suppressed {
  const foreign = counts.filter((it) => !it.own).sort((a, b) => (a.area < b.area ? -1 : 1));
  const groups = inTwos(foreign);
  const small = groups.filter((group) => group.some((it) => it.n < SMALL));
  const rest = groups.filter((group) => !small.includes(group));
  const hidden = small.length > 0 && sumOf(small.flat()) < SMALL ? [...small, ...rest.slice(0, 1)] : small;
  const gone = new Set(hidden.flat().map((it) => it.area));
  const isOpen = gone.size === 0 || (gone.size > 1 && sumOf(hidden.flat()) >= SMALL);
  return {
    cells: counts.map(({ area, n }) => ({ area, n: gone.has(area) ? null : n })),
    total: isOpen ? sumOf(counts) : null,
  };
}

function sumOf(counts: readonly AreaCount[]): number {
  return counts.reduce((sum, it) => sum + it.n, 0);
}

function inTwos(counts: readonly AreaCount[]): AreaCount[][] {
  const groups: AreaCount[][] = [];
  for (const [i, it] of counts.entries()) {
    const isLast = i === counts.length - 1 && i % 2 === 0 && groups.length > 0;
    if (i % 2 === 0 && !isLast) groups.push([it]);
    else groups.at(-1)?.push(it);
  }
  return groups;
}
