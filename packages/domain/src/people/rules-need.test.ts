import { describe, expect, it } from 'vitest';
import {
  answerDifficulty,
  closeDifficulty,
  DIFFICULTY_NEXT,
  DIFFICULTY_STATES,
  difficultyAfter,
  dueOf,
  ownDifficulty,
} from './rules-difficulty.ts';
import {
  CLIMB_AFTER_DAYS,
  CONCENTRATED,
  climbs,
  FACTS_OF,
  handNeed,
  meetNeed,
  NEED_FACTS,
  NEED_NEXT,
  needAfter,
  needsOf,
  surveyClasses,
  takeNeed,
  voidNeed,
} from './rules-need.ts';
import { NeedKind, NeedStatus, WishKind, WishMode } from './schema.ts';

const need = (over: object = {}) => ({ kind: 'job' as const, status: 'open' as const, owner: null, ...over });

describe('a need', () => {
  it('goes only where its table lets it, whatever is asked', () => {
    const steps = [
      (it: ReturnType<typeof need>) => takeNeed(it, 'a'),
      (it: ReturnType<typeof need>) => handNeed(it, 'b'),
      (it: ReturnType<typeof need>) => voidNeed(it, 'person_stays'),
      ...NEED_FACTS.map((fact) => (it: ReturnType<typeof need>) => meetNeed(it, fact)),
    ];
    for (const kind of NeedKind.options)
      for (const status of NeedStatus.options)
        for (const step of steps) {
          const done = step(need({ kind, status }));
          if (!done.ok) continue;
          const after = needAfter(status, done.value);
          expect([...NEED_NEXT[status], ...(status === 'taken' ? ['taken'] : [])]).toContain(after);
        }
  });

  it('to travel is met by nothing an office says', () => {
    for (const fact of NEED_FACTS)
      expect(meetNeed(need({ kind: 'travel' }), fact)).toMatchObject({
        refusal: { code: 'people.need_met_by_seat' },
      });
    expect(meetNeed(need({ kind: 'job' }), 'told')).toMatchObject({
      refusal: { code: 'people.need_other_fact' },
    });
    expect(Object.values(FACTS_OF).flat().length).toBeGreaterThan(NEED_FACTS.length - 1);
  });

  it('arises from a live wish that asks for something, and from no other', () => {
    for (const kind of WishKind.options)
      for (const mode of WishMode.options) {
        expect(needsOf({ kind, mode, status: 'withdrawn' })).toEqual([]);
        const asks = needsOf({ kind, mode, status: 'recorded' });
        expect(asks.includes('travel')).toBe(mode === 'ours' && (kind === 'sameJob' || kind === 'newJob'));
        expect(asks.includes('job')).toBe(kind === 'newJob');
      }
  });

  it('climbs once for each level, and no further than the city', () => {
    expect([-1, 0, 1].map((late) => climbs({ climbed: 0 }, late))).toEqual([false, false, true]);
    expect([1, 3, 4].map((late) => climbs({ climbed: 1 }, late))).toEqual([false, false, true]);
    expect(climbs({ climbed: CLIMB_AFTER_DAYS.length }, 99)).toBe(false);
  });
});

describe('the classes of the official survey', () => {
  const of = (destination: string | null, people = 4) =>
    surveyClasses({ home: '500115101000', destination, people, withGate: 2 });

  it('add up to everybody, within, across or without a place', () => {
    for (const place of ['500112', '440310', '440000', null]) {
      const it = of(place);
      expect(it.withinProvince + it.acrossProvinces + it.noPlace).toBe(4);
    }
    expect(of('500112').withinProvince).toBe(4);
    expect(of('440310')).toMatchObject({ acrossProvinces: 4, byEmployer: 2, concentrated: 0 });
  });

  it('call a county concentrated where enough of a town go, and never a whole province', () => {
    expect(of('440310', CONCENTRATED).concentrated).toBe(CONCENTRATED);
    expect(of('440000', CONCENTRATED).concentrated).toBe(0);
  });
});

describe('a difficulty', () => {
  it('goes only where its table lets it, and is solved only by the person’s word', () => {
    for (const status of DIFFICULTY_STATES) {
      const it = { kind: 'pay' as const, status, owner: null };
      for (const done of [
        ownDifficulty(it, 'a'),
        answerDifficulty(it),
        closeDifficulty(it, true),
        closeDifficulty(it, false),
      ]) {
        if (!done.ok) continue;
        const after = difficultyAfter(done.value);
        if (after !== status) expect(DIFFICULTY_NEXT[status] as readonly string[]).toContain(after);
        if (after === 'solved') expect(status).toBe('answered');
      }
    }
  });

  it('has its day: the road at once, pay within a week', () => {
    expect([dueOf('road', '2022-02-11'), dueOf('pay', '2022-02-11')]).toEqual(['2022-02-12', '2022-02-18']);
  });
});
