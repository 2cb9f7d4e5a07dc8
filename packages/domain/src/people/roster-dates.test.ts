import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayNumber, dayOf, dayOfSerial, isCalendarDay, readBirth, readDeparture } from './roster-dates.ts';

const TODAY = '2022-02-11';
/** Two lunar years as the almanac has them: new year on 2021-02-12 and 2022-02-01; month 12 of 2021 began 2022-01-03. */
const lunar = (year: number, month: number, day: number) => {
  const starts: Record<string, string> = {
    '2021-1': '2021-02-12',
    '2022-1': '2022-02-01',
    '2021-12': '2022-01-03',
  };
  const start = starts[`${year}-${month}`];
  return start && dayOf(dayNumber(start) + day - 1);
};
const read = (text: string, isNumber = false) => {
  const answer = readDeparture(text, TODAY, isNumber, lunar);
  if (!answer.ok) return answer.refusal.code;
  return (
    answer.value &&
    (answer.value.from === answer.value.to ? answer.value.from : `${answer.value.from}..${answer.value.to}`)
  );
};

describe('a day of departure', () => {
  it('is read in the forms people type', () => {
    for (const text of [
      '2/13',
      '2-13',
      '2.13',
      '2月13日',
      '2月13号',
      '２月１３日',
      '2月13',
      '2022-02-13',
      '2022/2/13',
      '2022.2.13',
      '2022年2月13日',
      '20220213',
      '44605',
      '正月十三',
      '农历正月十三',
      '正月13',
      '2月13日（正月十三）',
      '二月十三日',
      '2022-02-13T08:00',
      '2/13 8:00',
      '2月13日早上',
      "'2/13",
    ]) {
      expect(read(text), text).toBe('2022-02-13');
    }
    expect(read('44605', true)).toBe('2022-02-13');
    expect(read('大年初八')).toBe('2022-02-08');
    expect(read('正月廿三')).toBe('2022-02-23');
    expect(read('腊月二十八')).toBe('2022-01-30');
  });

  it('may be a span', () => {
    for (const text of [
      '2/13–15',
      '2/13-2/15',
      '2.13-2.15',
      '2月13日至15日',
      '2月13日—2月15日',
      '正月十三到正月十五',
      '2022-02-13~2022-02-15',
    ]) {
      expect(read(text), text).toBe('2022-02-13..2022-02-15');
    }
    expect(read('2/15-13')).toBe('people.date_range_reversed');
  });

  it('without its month is refused, never completed', () => {
    for (const text of ['13', '十三', '13日', '13号', '十三日', '初八', '13-15']) {
      expect(read(text), text).toBe('people.date_without_month');
    }
  });

  it('that could be two days is refused', () => {
    expect(read('2.1', true)).toBe('people.date_damaged_by_spreadsheet');
    expect(read('2.13', true)).toBe('2022-02-13');
    expect(read('二月十三')).toBe('people.date_ambiguous');
  });

  it('may be open', () => {
    for (const text of ['', '待定', '随时', '未定']) expect(read(text), text).toBeUndefined();
  });

  it('that is no day is refused', () => {
    expect(read('2/30')).toBe('people.date_impossible');
    expect(read('2022-02-30')).toBe('people.date_impossible');
    expect(read('年后再说')).toBe('people.date_unreadable');
  });

  it('without a year is the nearest one', () => {
    expect(readDeparture('1/5', '2022-12-28')).toMatchObject({ value: { from: '2023-01-05' } });
  });

  it('never throws and never names a day that does not exist', () => {
    const pieces = fc.array(
      fc.constantFrom(
        '2',
        '13',
        '月',
        '日',
        '/',
        '-',
        '正',
        '十',
        '三',
        '初',
        '.',
        '至',
        '年',
        '2022',
        ' ',
        '廿',
        '腊',
      ),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          pieces.map((it) => it.join('')),
        ),
        fc.boolean(),
        (text, isNumber) => {
          const answer = readDeparture(text, TODAY, isNumber, lunar);
          if (answer.ok && answer.value)
            expect([answer.value.from, answer.value.to].every(isCalendarDay)).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('days', () => {
  it('are numbered there and back', () => {
    expect(dayNumber('1970-01-01')).toBe(0);
    expect(dayNumber('2000-03-01')).toBe(11017);
    expect(dayOfSerial(44605)).toBe('2022-02-13');
    fc.assert(
      fc.property(fc.integer({ min: -25000, max: 60000 }), (n) => {
        expect(dayNumber(dayOf(n))).toBe(n);
      }),
    );
  });

  it('of birth come whole or to the month', () => {
    expect(readBirth('1980-01-02')).toEqual({ iso: '1980-01-02', toMonth: false });
    expect(readBirth('19800102')).toEqual({ iso: '1980-01-02', toMonth: false });
    expect(readBirth('1980年1月')).toEqual({ iso: '1980-01-01', toMonth: true });
    expect(readBirth('198001')).toEqual({ iso: '1980-01-01', toMonth: true });
    expect(readBirth('八零年')).toBeUndefined();
  });
});
