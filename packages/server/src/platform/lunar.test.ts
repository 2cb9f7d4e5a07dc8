import type { LunarToSolar } from '@fangang/domain/people/roster-dates.ts';
import { dayNumber, dayOf, readDeparture } from '@fangang/domain/people/roster-dates.ts';
import { describe, expect, it } from 'vitest';
import { lunarDay, lunarDayEn, lunarToSolar, weekday } from './lunar.ts';

describe('the lunar calendar', () => {
  it.each([
    ['2022-02-01', '正月初一', '1st of the first lunar month'],
    ['2022-02-11', '正月十一', '11th of the first lunar month'],
    ['2022-01-31', '腊月廿九', '29th of the twelfth lunar month'],
    ['2022-02-20', '正月二十', '20th of the first lunar month'],
    ['2022-12-23', '腊月初一', '1st of the twelfth lunar month'],
    ['2022-11-24', '冬月初一', '1st of the eleventh lunar month'],
    ['2023-01-21', '腊月三十', '30th of the twelfth lunar month'],
    ['2023-01-22', '正月初一', '1st of the first lunar month'],
    ['2023-03-22', '闰二月初一', '1st of the leap second lunar month'],
    ['2026-02-17', '正月初一', '1st of the first lunar month'],
  ])('%s is %s', (iso, zh, en) => {
    expect(lunarDay(iso)).toBe(zh);
    expect(lunarDayEn(iso)).toBe(en);
  });

  it('turns a lunar day into a solar one, and knows which there are not', () => {
    expect(lunarToSolar(2022, 1, 13)).toBe('2022-02-13');
    expect(lunarToSolar(2022, 12, 30)).toBe('2023-01-21');
    expect(lunarToSolar(2021, 12, 30)).toBeUndefined();
    expect(lunarToSolar(2023, 2, 1)).toBe('2023-02-20');
    expect(lunarToSolar(2023, 2, 1, true)).toBe('2023-03-22');
    expect(lunarToSolar(2022, 2, 1, true)).toBeUndefined();
    expect(lunarToSolar(2022, 13, 1)).toBeUndefined();
    expect(lunarToSolar(2022, 1, 0)).toBeUndefined();
    expect(lunarToSolar(2022, 1, 31)).toBeUndefined();
  });

  it('is one to one with the solar calendar over three years', () => {
    const numerals = '正二三四五六七八九十冬腊';
    for (let day = dayNumber('2022-01-01'); day < dayNumber('2025-01-01'); day += 1) {
      const iso = dayOf(day);
      const words = lunarDay(iso);
      const leap = words.startsWith('闰');
      const month = numerals.indexOf(words.at(leap ? 1 : 0) ?? '') + 1;
      const year = Number(iso.slice(0, 4)) - (month > 10 && Number(iso.slice(5, 7)) < 4 ? 1 : 0);
      const fits = Array.from({ length: 30 }, (_, i) => lunarToSolar(year, month, i + 1, leap));
      expect(fits, words).toContain(iso);
    }
  });

  it('reads the departures of a roster', () => {
    const table: LunarToSolar = lunarToSolar;
    expect(readDeparture('正月十三', '2022-02-11', false, table)).toEqual({
      ok: true,
      value: { from: '2022-02-13', to: '2022-02-13' },
    });
  });

  it('knows the day of the week', () => {
    expect(['2022-02-11', '2022-02-12', '2022-02-13'].map(weekday)).toEqual([5, 6, 0]);
  });

  it('refuses what is not a date', () => {
    expect(() => lunarDay('2022/2/1')).toThrow();
  });
});
