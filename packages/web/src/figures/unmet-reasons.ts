import type { UnmetGroup } from '@fangang/domain/figures/schema.ts';

/** Everybody without a way for one reason, with who answers for how many of them. */
export interface UnmetReason {
  readonly key: string;
  readonly reason: string | null;
  readonly remedy: string | null;
  readonly persons: number;
  /** The largest group first. */
  readonly owners: readonly UnmetGroup[];
}

/** One line for each reason and remedy, the one with most people first. */
export function reasonsOf(groups: readonly UnmetGroup[]): UnmetReason[] {
  const byReason = new Map<string, UnmetGroup[]>();
  for (const it of groups) {
    const key = `${it.reason ?? 'none'} ${it.remedy ?? 'none'}`;
    const known = byReason.get(key);
    if (known) known.push(it);
    else byReason.set(key, [it]);
  }
  return [...byReason]
    .map(([key, owners]) => ({
      key,
      reason: owners[0]?.reason ?? null,
      remedy: owners[0]?.remedy ?? null,
      persons: owners.reduce((sum, it) => sum + it.persons, 0),
      owners: owners.toSorted((a, b) => b.persons - a.persons || a.district.localeCompare(b.district)),
    }))
    .sort((a, b) => b.persons - a.persons || a.key.localeCompare(b.key));
}
