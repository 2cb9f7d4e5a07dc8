import { describe, expect, it } from 'vitest';
import { EDUCATIONS, educationCode, NATIONS, nationCode, RELATIONS, relationCode } from './codes.ts';

describe('standard codes', () => {
  it('reads every entry of a table by its name and by its code', () => {
    for (const it of EDUCATIONS)
      expect([educationCode(it.zh), educationCode(it.code)]).toEqual([it.code, it.code]);
    for (const it of NATIONS) expect([nationCode(it.zh), nationCode(it.code)]).toEqual([it.code, it.code]);
    for (const it of RELATIONS)
      expect([relationCode(it.zh), relationCode(it.code)]).toEqual([it.code, it.code]);
  });

  it('has the 56 nationalities in the order of the standard', () => {
    expect(NATIONS.map((it) => Number(it.code))).toEqual(Array.from({ length: 56 }, (_, i) => i + 1));
  });

  it.each([
    ['初中毕业', '70'],
    ['大专', '30'],
    ['专科', '30'],
    ['本科及以上', '20'],
    ['职业高中', '40'],
    ['技校', '40'],
    ['高中', '60'],
    ['文盲半文盲', '90'],
    ['硕士研究生', '10'],
  ])('reads the education %s', (text, code) => expect(educationCode(text)).toBe(code));

  it.each([
    ['之妻', '10'],
    ['长子', '20'],
    ['次女', '30'],
    ['孙女', '40'],
    ['之母', '50'],
    ['妹', '70'],
    ['儿媳', '97'],
    ['女婿', '97'],
  ])('reads the relation %s', (text, code) => expect(relationCode(text)).toBe(code));

  it('says nothing of what is none', () => {
    expect([educationCode('？'), nationCode('火星'), relationCode('同乡')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('takes a nationality without its last character', () => expect(nationCode('土家')).toBe('15'));
});
