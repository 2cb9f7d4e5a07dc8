import { describe, expect, it } from 'vitest';
import type { Text } from '../basics/say.ts';
import { AccessMark, LegKind, WayRule } from './manifest.ts';
import { manifestWords, ticketWords } from './paper-words.ts';
import { BringItem } from './ticket.ts';

describe('words of paper and ticket', () => {
  it('say every kind, check, need, rule and item', () => {
    const manifest = Object.keys(manifestWords);
    const expected = [
      ...LegKind.options.map((it) => `kind.${it}`),
      ...WayRule.options.map((it) => `way.${it}`),
      ...AccessMark.options.flatMap((it) => [`need.${it}`, `mark.${it}`]),
    ];
    expect(expected.filter((key) => !manifest.includes(key))).toEqual([]);
    const items = BringItem.options.flatMap((it) => [`item.${it}`, `elder.${it}`]);
    expect(items.filter((key) => !(key in ticketWords))).toEqual([]);
  });

  it('never leave a language empty but for units English does not say', () => {
    const empty = Object.entries<Text>({ ...manifestWords, ...ticketWords }).filter(
      ([, text]) => text.zh === '' || text.en === '',
    );
    expect(empty.map(([key]) => key).sort()).toEqual(['copies', 'flight', 'people', 'train'].sort());
  });
});
