import { type Random, seeded, whole } from '@fangang/solver/random.ts';

/** A stream of chance of its own for each subject, so that one more draw here moves nothing there (FNV-1a over the label). */
export function stream(seed: number, label: string): Random {
  let hash = 0x811c9dc5 ^ seed;
  for (const char of `${seed}:${label}`) {
    hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  }
  return seeded(hash >>> 0);
}

/** One of a list; the list must not be empty. */
export function one<T>(random: Random, list: readonly T[]): T {
  return list[whole(random, list.length)] as T;
}

/** Whole number in from..to, both included. */
export function between(random: Random, from: number, to: number): number {
  return from + whole(random, to - from + 1);
}

/** One of a list by weight; weights need not add up to 1. */
export function weighted<T>(random: Random, list: readonly (readonly [T, number])[]): T {
  const total = list.reduce((sum, [, weight]) => sum + weight, 0);
  let left = random() * total;
  for (const [value, weight] of list) {
    left -= weight;
    if (left < 0) return value;
  }
  return (list[list.length - 1] as readonly [T, number])[0];
}

/**
 * Shares a whole number out by weight, largest remainder first; every index in `atLeastOne` gets one.
 * The parts add up to max(total, number of those).
 */
export function share(
  total: number,
  weights: readonly number[],
  atLeastOne: ReadonlySet<number> = new Set(),
): number[] {
  const parts: number[] = weights.map((_, i) => (atLeastOne.has(i) ? 1 : 0));
  const left = Math.max(0, total - atLeastOne.size);
  const sum = weights.reduce((a, b) => a + b, 0);
  // What a protected index already got is taken off its quota, so that protecting costs nothing at full size.
  const quota = weights.map((weight, i) => Math.max(0, (weight * total) / sum - (parts[i] ?? 0)));
  const quotaSum = quota.reduce((a, b) => a + b, 0) || 1;
  const exact = quota.map((it) => (it * left) / quotaSum);
  exact.forEach((it, i) => {
    parts[i] = (parts[i] ?? 0) + Math.floor(it + 1e-9);
  });
  let rest = Math.max(total, atLeastOne.size) - parts.reduce((a, b) => a + b, 0);
  const order = exact
    .map((it, i) => ({ i, rest: it - Math.floor(it + 1e-9) }))
    .sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (const { i } of order) {
    if (rest-- <= 0) break;
    parts[i] = (parts[i] ?? 0) + 1;
  }
  return parts;
}
