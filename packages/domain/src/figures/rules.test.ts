import { describe, expect, it } from 'vitest';
import { checkOf, type ProgrammeCounts, SYSTEMS, systemLines } from './programme.ts';
import { aboutPeople, added, bulletinText, noCounts, sum, totalOf } from './rules.ts';
import type { Counts, Persons, Runs } from './schema.ts';

const counts = (some: object): Counts => ({ ...noCounts(), ...some }) as Counts;

describe('people in a bulletin', () => {
  it('are said exactly below ten thousand and cut to the hundredth of ten thousand from there on', () => {
    expect(aboutPeople(9_999, 'zh')).toBe('9999');
    expect(aboutPeople(10_000, 'zh')).toBe('约1万');
    expect(aboutPeople(16_912, 'zh')).toBe('约1.69万');
    expect(aboutPeople(16_999, 'zh')).toBe('约1.69万');
    expect(aboutPeople(17_000, 'zh')).toBe('约1.7万');
    expect(aboutPeople(16_999, 'en')).toBe('about 16,900');
    expect(aboutPeople(9_999, 'en')).toBe('9,999');
  });
});

describe('the bulletin', () => {
  const total = counts({
    runs: 358,
    runsByMode: { ...noCounts().runsByMode, charterBus: 339, charterTrain: 3, reservedCarriage: 8 },
    persons: 16_912,
    arrived: 15_251,
    signedFor: 15_204,
    inTransit: 1_661,
    packs: 16_912,
    waiting: 4_386,
    unmet: 1_274,
  });
  const asOf = '2022-02-11T17:00:00+08:00';

  it('says the sentence as it was published, then the breakdown by mode', () => {
    const text = bulletinText({ asOf, total }, '', 'zh');
    expect(text).toContain(
      '截至2022年2月11日17时，累计开行返岗专车（专列、包机）358趟（次），输送农民工返岗约1.69万人',
    );
    expect(text).toContain('其中：专车339趟、专列3列、预留车厢8节次。');
    expect(text).not.toContain('{');
  });

  it('names the minutes only where there are any, and the district it speaks for', () => {
    const text = bulletinText({ asOf: '2022-02-11T09:05:00+08:00', total }, '武隆区', 'zh');
    expect(text).toContain('截至2022年2月11日9时5分，武隆区累计开行');
  });

  it('says the same numbers in English', () => {
    const text = bulletinText({ asOf, total }, '', 'en');
    expect(text).toContain('As of 17:00 on 11 February 2022, 358 return-to-work runs');
    expect(text).toContain('about 16,900 migrant workers');
    expect(text).toContain('339 charter buses, 3 charter trains, 8 reserved carriage-days');
    expect(text).not.toContain('{');
  });
});

describe('counts of different units', () => {
  it('never add: runs and persons are types of their own (law 9)', () => {
    const runs = 2 as Runs;
    const persons = 3 as Persons;
    expect(sum([runs, runs])).toBe(4);
    // @ts-expect-error runs and persons are no list of one unit
    const mixed: Runs = sum<Runs>([runs, persons]);
    expect(mixed).toBe(5);
  });

  it('add up from the districts, runs by mode too', () => {
    const total = totalOf([
      { district: '500156', key: 'runs', mode: 'charterBus', n: 2 },
      { district: '500117', key: 'runs', mode: 'reservedCarriage', n: 1 },
      { district: '500156', key: 'persons', mode: null, n: 81 },
    ]);
    expect(total).toMatchObject({ runs: 3, persons: 81, runsByMode: { charterBus: 2, reservedCarriage: 1 } });
    expect(added(total, { district: '500156', key: 'feeders', mode: null, n: 4 }).runs).toBe(3);
  });
});

describe('a count beside the published number', () => {
  it('agrees with "about" as far as the last place said', () => {
    const about = { kind: 'about', n: 16_900, place: 100 } as const;
    expect(checkOf(about, 16_849)).toBe('fewer');
    expect(checkOf(about, 16_850)).toBe('agrees');
    expect(checkOf(about, 16_999)).toBe('agrees');
    expect(checkOf(about, 17_000)).toBe('more');
  });

  it('agrees with "over" above it, up to the next step', () => {
    const over = { kind: 'over', n: 700, place: 100 } as const;
    expect(checkOf(over, 700)).toBe('fewer');
    expect(checkOf(over, 718)).toBe('agrees');
    expect(checkOf(over, 801)).toBe('more');
  });
});

describe('the programme', () => {
  const reached: ProgrammeCounts = {
    changshouRegistered: 11_024,
    runs: 358,
    persons: 16_912,
    wulongRuns: 12,
    wulongPersons: 451,
    packs: 16_912,
    hechuanRan: 8,
    hechuanAllotted: 17,
    hechuanBus: 50,
    fengduPersons: 718,
    fengduRuns: 16,
  };

  it('has sixteen rows in order and says plainly which rooms are not built', () => {
    const lines = systemLines(reached, 'en');
    expect(lines.map((it) => it.no)).toEqual(Array.from({ length: 16 }, (_, i) => i + 1));
    expect(lines.filter((it) => it.built).map((it) => it.no)).toEqual([1, 3, 4, 9, 10, 15]);
    for (const line of lines.filter((it) => !it.built))
      expect(line).toMatchObject({ counted: '', check: 'notBuilt', rows: null, tryIt: null });
  });

  it('agrees where the product reaches what was published; half a train season is under way', () => {
    const check = new Map(systemLines(reached, 'zh').map((it) => [it.no, it.check]));
    expect([1, 3, 4, 9, 10, 15].map((no) => check.get(no))).toEqual([
      'agrees',
      'agrees',
      'agrees',
      'underWay',
      'agrees',
      'agrees',
    ]);
    expect(systemLines({ ...reached, packs: 16_911 }, 'zh')[3]?.check).toBe('fewer');
    expect(systemLines({ ...reached, runs: 300 }, 'zh')[2]?.check).toBe('fewer');
  });

  it('leaves no placeholder open in either language', () => {
    for (const language of ['zh', 'en'] as const)
      for (const line of systemLines(reached, language))
        expect(JSON.stringify(Object.values(line))).not.toMatch(/\{\w+\}/);
    expect(SYSTEMS).toHaveLength(16);
  });
});
