import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ageOn, checkDigitOf, readIdNumber, tidyIdNumber } from './id-number.ts';
import { dayNumber, dayOf } from './roster-dates.ts';

const TODAY = '2022-02-11';
const code = (text: string, isNumber = false) => {
  const read = readIdNumber(text, TODAY, isNumber);
  return read.ok ? read.value.idNumber : read.refusal.code;
};

const birth = fc
  .integer({ min: dayNumber('1930-01-01'), max: dayNumber('2006-01-01') })
  .map((it) => dayOf(it).replaceAll('-', ''));
const first17 = fc
  .tuple(fc.integer({ min: 110000, max: 659999 }), birth, fc.integer({ min: 1, max: 998 }))
  .map(([area, day, order]) => `${area}${day}${String(order).padStart(3, '0')}`);

describe('an ID number', () => {
  it('fits the example of GB 11643', () => {
    expect(checkDigitOf('11010519491231002')).toBe('X');
    expect(checkDigitOf('44052418800101001')).toBe('4');
  });

  it('is read through the wrappers of spreadsheets and input methods', () => {
    for (const text of [
      '11010519491231002x',
      '="11010519491231002X"',
      "'11010519491231002X",
      '１１０１０５１９４９１２３１００２Ｘ',
      ' 110105 19491231 002X ',
      '11010519491231002×',
      '11010519491231002Х\t',
      '110105-19491231-002X',
      '\u200b11010519491231002X',
    ]) {
      expect(code(text), text).toBe('11010519491231002X');
    }
  });

  it('of 15 digits is brought to 18 and says so', () => {
    const read = readIdNumber('512323620512004', TODAY);
    expect(read).toMatchObject({
      ok: true,
      value: { kind: 'fifteen', birthDate: '1962-05-12', gender: 'female' },
    });
    expect(read.ok && read.value.idNumber).toBe(`51232319620512004${checkDigitOf('51232319620512004')}`);
  });

  it('inside a disability certificate number is its first 18 characters', () => {
    expect(readIdNumber('11010519491231002X43', TODAY)).toMatchObject({
      value: { idNumber: '11010519491231002X', kind: 'disabilityCertificate' },
    });
    expect(readIdNumber('11010519491231002X43B1', TODAY)).toMatchObject({
      value: { kind: 'disabilityCertificate' },
    });
    expect(code('11010519491231002X99')).toBe('people.id_length');
  });

  it('damaged by a spreadsheet is named, never completed', () => {
    expect(code('5.00232E+17')).toBe('people.id_damaged_by_spreadsheet');
    expect(code('5.00232198001011E+17')).toBe('people.id_damaged_by_spreadsheet');
    expect(code('500232198001011000')).toBe('people.id_damaged_by_spreadsheet');
    expect(code('500232198001011000', true)).toBe('people.id_damaged_by_spreadsheet');
    expect(code('512323620512004', true)).toBe('people.id_damaged_by_spreadsheet');
  });

  it('with another fault is refused by its name', () => {
    expect(code('')).toBe('people.id_missing');
    expect(code('0', true)).toBe('people.id_missing');
    expect(readIdNumber('50023219800101041', TODAY)).toMatchObject({
      refusal: { code: 'people.id_length', facts: { have: 17 } },
    });
    expect(code('50023219800101O416')).toBe('people.id_characters');
    expect(code('500232198013010416')).toBe('people.id_birth_impossible');
    expect(code('500232203001010416')).toBe('people.id_birth_impossible');
    expect(code('110105194912310021')).toBe('people.id_checksum');
  });

  it('with one digit changed never passes', () => {
    fc.assert(
      fc.property(
        first17,
        fc.integer({ min: 0, max: 16 }),
        fc.integer({ min: 1, max: 9 }),
        (head, at, shift) => {
          const good = head + checkDigitOf(head);
          expect(code(good)).toBe(good);
          const changed = good.slice(0, at) + ((Number(good[at]) + shift) % 10) + good.slice(at + 1);
          expect(readIdNumber(changed, TODAY).ok).toBe(false);
        },
      ),
    );
  });

  it('is tidied the same way twice', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(tidyIdNumber(tidyIdNumber(text))).toBe(tidyIdNumber(text));
      }),
      { numRuns: 2_000, examples: [['=='], ['"="x']] },
    );
  });

  it('gives completed years', () => {
    expect(ageOn('2006-02-11', TODAY)).toBe(16);
    expect(ageOn('2006-02-12', TODAY)).toBe(15);
  });
});
