import { describe, expect, it } from 'vitest';
import { fill, grouped, speaker } from './say.ts';

const words = {
  people: { zh: '{n} 人', en: '{n} {n|person|people}' },
  done: { zh: '完成', en: 'Done' },
} as const;

describe('saying a text', () => {
  it('groups thousands and chooses the English number', () => {
    const en = speaker(words, 'en');
    expect(en('people', { n: 16912 })).toBe('16,912 people');
    expect(en('people', { n: 1 })).toBe('1 person');
    expect(speaker(words, 'zh')('people', { n: 16912 })).toBe('16,912 人');
  });

  it('leaves a missing fact visible', () => {
    expect(fill(words.people, 'zh')).toBe('{n} 人');
  });

  it('keeps strings as they are, so that a year is not grouped', () => {
    expect(fill({ zh: '{year} 年春', en: 'Spring {year}' }, 'en', { year: '2022' })).toBe('Spring 2022');
  });

  it('groups negative numbers and fractions', () => {
    expect([grouped(-1234567), grouped(1234.5678), grouped(999)]).toEqual([
      '-1,234,567',
      '1,234.5678',
      '999',
    ]);
  });
});
