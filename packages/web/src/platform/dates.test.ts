import { describe, expect, it } from 'vitest';
import {
  dateOf,
  durationText,
  longDate,
  lunarText,
  momentOf,
  shortDate,
  timeOf,
  weekdayOf,
} from './dates.ts';

describe('dates as they are shown', () => {
  it('keeps China time whatever zone the moment is written in', () => {
    expect(momentOf('2022-02-11T17:00:00+08:00')).toBe('2022-02-11 17:00');
    expect(momentOf('2022-02-11T16:30:00Z')).toBe('2022-02-12 00:30');
    expect([dateOf('2022-02-13'), timeOf('2022-02-13'), shortDate('2022-02-13')]).toEqual([
      '2022-02-13',
      '00:00',
      '2/13',
    ]);
  });

  it('names days in both languages', () => {
    expect([longDate('2022-02-11', 'zh'), weekdayOf('2022-02-11', 'zh')]).toEqual([
      '2022 年 2 月 11 日',
      '星期五',
    ]);
    expect([longDate('2022-12-01', 'en'), weekdayOf('2022-02-11', 'en')]).toEqual([
      '1 December 2022',
      'Friday',
    ]);
  });

  it('reads lunar days for English', () => {
    const days = ['正月十一', '腊月三十', '正月初一', '二月廿三', '闰四月初十', '冬月二十'];
    expect(days.map((it) => lunarText(it, 'en'))).toEqual([
      'lunar 1-11',
      'lunar 12-30',
      'lunar 1-1',
      'lunar 2-23',
      'lunar leap 4-10',
      'lunar 11-20',
    ]);
    expect([lunarText('正月十一', 'zh'), lunarText('除夕', 'en')]).toEqual(['正月十一', '除夕']);
  });

  it('says durations to the minute', () => {
    expect([durationText(9900), durationText(59), durationText(93_900)]).toEqual([
      '2 h 45',
      '0 h 00',
      '26 h 05',
    ]);
  });
});
