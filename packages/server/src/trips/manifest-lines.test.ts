import { describe, expect, it } from 'vitest';
import {
  driverNames,
  headFacts,
  legend,
  manifestCheckCode,
  paperOf,
  rareNote,
  rollWidths,
  saidName,
  wayLines,
} from './manifest-lines.ts';
import { sampleManifest, samplePassenger } from './paper-fixture.ts';

describe('the lines of a manifest', () => {
  it('say vehicle, times, drivers, escort and marshal', () => {
    const said = headFacts(paperOf(sampleManifest(49), 'zh')).map((it) => `${it.label} ${it.value}`);
    expect(said).toContain('车牌 渝F·T0001（53 座，载 49）');
    expect(said).toContain('发车 2022-02-12 正月十二 07:50');
    expect(said).toContain('车长 向家明（26 座）');
  });

  it('leave what is not known to be written by hand', () => {
    const facts = sampleManifest(3, {
      vehicle: { plate: null, seats: 53 },
      escort: null,
      marshal: null,
      arriveAt: null,
      drivers: [],
    });
    expect(headFacts(paperOf(facts, 'zh')).filter((it) => it.value.includes('待填'))).toHaveLength(5);
  });

  it('say which stops a feeder serves, and only rules that hold', () => {
    const lines = wayLines(paperOf(sampleManifest(1, { wayRules: ['nonStop'] }), 'zh'));
    expect(lines[0]?.items[3]).toBe('丁 通城镇政府坝子 07:50（甲乙丙由面包车接到丁）');
    expect(lines[1]?.items).toEqual(['一站直达，途中不上下客']);
    expect(wayLines(paperOf(sampleManifest(1, { wayRules: [], stops: [] }), 'zh'))).toEqual([]);
  });

  it('explain the tick by the checks of the season', () => {
    expect(legend(paperOf(sampleManifest(1), 'zh'))[0]).toContain('两码、口罩、礼包');
    expect(legend(paperOf(sampleManifest(1, { checks: [] }), 'zh'))[0]).toBe('上＝已上车；到＝厂门点到');
  });

  it('mark seats whose names the font cannot draw', () => {
    const facts = sampleManifest(2, {
      passengers: [samplePassenger(1), samplePassenger(2, { name: '王𠮷' })],
    });
    expect(rareNote(paperOf(facts, 'zh'))).toContain('2 座 U+20BB7');
    expect(rareNote(paperOf(sampleManifest(2), 'zh'))).toBe('');
  });

  it('say names in the language of the paper', () => {
    expect(saidName({ name: '通城镇', pinyin: 'Tongcheng' }, 'en')).toBe('Tongcheng');
    expect(saidName({ name: '通城镇' }, 'en')).toBe('通城镇');
  });
});

describe('the check code', () => {
  it('is the same masked and full, in any order of rows, and another after any change', () => {
    const facts = sampleManifest(5);
    const full = {
      ...facts,
      numbers: 'full' as const,
      passengers: facts.passengers.map((it) => ({ ...it, idNumber: '50023819900101001X' })),
    };
    expect(manifestCheckCode(full)).toBe(facts.checkCode);
    expect(manifestCheckCode({ ...facts, passengers: [...facts.passengers].reverse() })).toBe(
      facts.checkCode,
    );
    expect(manifestCheckCode({ ...facts, version: 4 })).not.toBe(facts.checkCode);
    expect(manifestCheckCode({ ...facts, passengers: facts.passengers.slice(1) })).not.toBe(facts.checkCode);
  });
});

it('drivers and escort are named in pinyin before their characters in English, and in characters alone in Chinese', () => {
  const facts = sampleManifest(49, { drivers: [{ name: '谭天杰', phoneMasked: '199****9113' }] });
  expect(driverNames(paperOf(facts, 'en'))).toEqual(['Tan Tianjie 谭天杰 199****9113']);
  expect(driverNames(paperOf(facts, 'zh'))).toEqual(['谭天杰 199****9113']);
});

it('the column of stops gives way where everybody gets on at one', () => {
  const facts = sampleManifest(49);
  const one = { ...facts, passengers: facts.passengers.map((it) => ({ ...it, stopLetter: '' })) };
  const [wide, narrow] = [rollWidths(paperOf(one, 'zh')), rollWidths(paperOf(facts, 'zh'))];
  expect(wide.stop).toBe(0);
  expect(wide.hand).toBe(narrow.hand + narrow.stop);
});
