import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packLines, unpackLines } from './roster-pack.ts';

const line = fc.record({
  row: fc.integer({ min: 1, max: 60_000 }),
  cells: fc.array(fc.record({ text: fc.string(), isNumber: fc.boolean() }), { maxLength: 8 }),
});

it('gives back the same lines, over JSON too', () => {
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      expect(unpackLines(JSON.parse(JSON.stringify(packLines(lines))))).toEqual(lines);
    }),
  );
});

it('holds each different cell once, and tells a number from the text of its digits', () => {
  const cell = (text: string, isNumber = false) => ({ text, isNumber });
  const packed = packLines([
    { row: 2, cells: [cell('汉族'), cell('12', true)] },
    { row: 3, cells: [cell('汉族'), cell('12')] },
  ]);
  expect(packed).toEqual({
    cells: ["'汉族", '#12', "'12"],
    lines: [
      [2, 0, 1],
      [3, 0, 2],
    ],
  });
});
