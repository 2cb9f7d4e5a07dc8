import { describe, expect, it } from 'vitest';
import { readPhones } from './phone.ts';

const read = (text: string) => {
  const answer = readPhones(text);
  return answer.ok ? answer.value.map((it) => it.number).join(' ') : answer.refusal.code;
};

describe('a telephone cell', () => {
  it('is read in the forms people type', () => {
    for (const text of [
      '13900001234',
      '+86 139-0000-1234',
      '86 13900001234',
      '008613900001234',
      '１３９００００１２３４',
      "'139 0000 1234",
      '="13900001234"',
      '13900001234（本人）',
      '13900001234.0',
      '139.0000.1234',
    ]) {
      expect(read(text), text).toBe('13900001234');
    }
  });

  it('may hold two numbers', () => {
    expect(read('13900001234/13900005678')).toBe('13900001234 13900005678');
    expect(read('13900001234、13900005678')).toBe('13900001234 13900005678');
    expect(read('13900001234 13900005678')).toBe('13900001234 13900005678');
    expect(read('13900001234,13900001234')).toBe('13900001234');
  });

  it('may hold a landline with its area code', () => {
    expect(read('023-72222222')).toBe('023-72222222');
    expect(read('(0571)87654321')).toBe('0571-87654321');
    expect(readPhones('02372222222')).toMatchObject({ value: [{ kind: 'landline' }] });
  });

  it('is refused by the name of its fault', () => {
    expect(readPhones('1390000123')).toMatchObject({
      refusal: { code: 'people.phone_length', facts: { have: 10 } },
    });
    expect(read('72222222')).toBe('people.phone_length');
    expect(read('12900001234')).toBe('people.phone_prefix');
    expect(read('1.39E+10')).toBe('people.phone_damaged_by_spreadsheet');
    expect(read('1390000l234')).toBe('people.phone_characters');
    expect(read('')).toBe('people.phone_missing');
    expect(read('无')).toBe('people.phone_missing');
    expect(read('13900001234/139000')).toBe('people.phone_length');
  });
});
