import { expect, it } from 'vitest';
import { newCodes, oneTimePassword } from './recovery-codes.ts';

/** Groups of four easily read letters. */
const groups = (n: number) => new RegExp(`^([a-hjkmnp-z2-9]{4}-){${n - 1}}[a-hjkmnp-z2-9]{4}$`);
const plain = (codes: readonly string[]) => codes.join('').replaceAll('-', '');

/** Bits of one letter, from how often each comes up (Shannon). */
function bitsOf(letters: string): number {
  const counts = new Map<string, number>();
  for (const it of letters) counts.set(it, (counts.get(it) ?? 0) + 1);
  return [...counts.values()].reduce(
    (sum, n) => sum - (n / letters.length) * Math.log2(n / letters.length),
    0,
  );
}

it('are ten codes of 112 bits and more, in letters that are easily read out, never the same', () => {
  const all = Array.from({ length: 400 }, newCodes);
  for (const codes of all) expect(codes).toHaveLength(10);
  const each = all.flat();
  expect(new Set(each).size).toBe(each.length);
  for (const code of each) expect(code).toMatch(groups(6));
  const letters = plain(each);
  expect(new Set(letters).size).toBe(31);
  expect(bitsOf(letters) * plain([each[0] ?? '']).length).toBeGreaterThan(112);
  // The control: letters of one sort less each would not be enough, nor are the eight of before.
  expect(bitsOf(letters.replace(/[a-z]/g, 'x')) * 24).toBeLessThan(112);
  expect(bitsOf(letters) * 8).toBeLessThan(112);
});

const under = (key: string) =>
  ({
    secrets: {
      sessionHash: (text: string) => Buffer.from(`${key}${text}`.padStart(99, key)).subarray(0, 32),
    },
  }) as never;

it('a one-time password has 24 such letters and follows from the request and a key of the installation', () => {
  const one = oneTimePassword(under('a'), 'key', 'clerk');
  expect(one).toMatch(groups(6));
  expect(oneTimePassword(under('a'), 'key', 'clerk', 'half')).toMatch(groups(3));
  expect(oneTimePassword(under('a'), 'key', 'clerk')).toBe(one);
  expect(oneTimePassword(under('b'), 'key', 'clerk')).not.toBe(one);
});
