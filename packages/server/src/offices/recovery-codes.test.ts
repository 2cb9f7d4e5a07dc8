import { expect, it } from 'vitest';
import { newCodes, oneTimePassword } from './recovery-codes.ts';

it('are ten codes of eight letters that are easily read out, never the same', () => {
  const all = Array.from({ length: 200 }, newCodes);
  for (const codes of all) expect(codes).toHaveLength(10);
  const each = all.flat();
  expect(new Set(each).size).toBe(each.length);
  for (const code of each) expect(code).toMatch(/^[a-hjkmnp-z2-9]{4}-[a-hjkmnp-z2-9]{4}$/);
  // Every letter comes up: about five bits each, forty in all.
  expect(new Set(each.join('').replaceAll('-', '')).size).toBe(31);
});

it('a one-time password has sixteen such letters and follows from the request and a key of the installation', () => {
  const under = (key: string) =>
    ({
      secrets: {
        sessionHash: (text: string) => Buffer.from(`${key}${text}`.padStart(99, key)).subarray(0, 32),
      },
    }) as never;
  const one = oneTimePassword(under('a'), 'key', 'clerk', 4);
  expect(one).toMatch(/^([a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}$/);
  expect(oneTimePassword(under('a'), 'key', 'clerk', 4)).toBe(one);
  expect(oneTimePassword(under('b'), 'key', 'clerk', 4)).not.toBe(one);
});
