/** A seeded source of numbers in [0, 1): mulberry32 (T. Ettinger, public domain). */
export type Random = () => number;

/** The same seed gives the same numbers, on every machine. */
export function seeded(seed: number): Random {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Whole number in 0..below-1. */
export function whole(random: Random, below: number): number {
  return Math.floor(random() * below);
}

/** Shuffles in place (Fisher–Yates). */
export function shuffle<T>(random: Random, list: T[]): T[] {
  for (let i = list.length - 1; i > 0; i--) {
    const j = whole(random, i + 1);
    const held = list[i] as T;
    list[i] = list[j] as T;
    list[j] = held;
  }
  return list;
}
