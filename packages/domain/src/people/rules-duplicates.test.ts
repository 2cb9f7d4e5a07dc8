import { describe, expect, it } from 'vitest';
import {
  fieldsToTake,
  type MergeSide,
  mergeRecords,
  recordToKeep,
  undoMerge,
  undoUntil,
  wishToKeep,
} from './rules-duplicates.ts';

const side = (id: string, it: Partial<MergeSide> = {}): MergeSide => ({
  ...{
    id,
    area: '500238103201',
    known: { name: true, area: true, birth: true },
    registeredAt: '2022-01-20T09:00:00+08:00',
    seatedIn: [],
  },
  ...it,
});

describe('a merge', () => {
  it('keeps the record with an ID number, then that with a way, then the one known better, then the first', () => {
    const papers = side('b', { known: { idNumber: true } });
    expect(recordToKeep(side('a', { seatedIn: ['s'] }), papers).id).toBe('b');
    expect(recordToKeep(side('a'), side('b', { seatedIn: ['s'] })).id).toBe('b');
    expect(
      recordToKeep(side('a'), side('b', { known: { name: true, area: true, birth: true, phone: true } })).id,
    ).toBe('b');
    expect(recordToKeep(side('a'), side('b', { registeredAt: '2022-01-19T09:00:00+08:00' })).id).toBe('b');
  });

  it('takes what the survivor lacks, and the village where it knows only the town', () => {
    const kept = side('a', { area: '500238103000' });
    expect(fieldsToTake(kept, side('b', { known: { name: true, birth: true, phone: true } }))).toEqual([
      'phone',
      'area',
    ]);
    expect(fieldsToTake(side('a'), side('b', { area: '500238103000' }))).toEqual([]);
  });

  it('is refused where both hold a way in one season, and not where they do in two', () => {
    const kept = side('a', { seatedIn: ['2022-spring'] });
    expect(mergeRecords(kept, side('b', { seatedIn: ['2022-spring'] }), [])).toMatchObject({
      refusal: { code: 'people.merge_both_seated', facts: { season: '2022-spring' } },
    });
    expect(mergeRecords(kept, side('b', { seatedIn: ['2021-spring'] }), []).ok).toBe(true);
  });

  it('is refused of one record, of two districts, and for a field that the other does not know', () => {
    const codes = [
      mergeRecords(side('a'), side('a'), []),
      mergeRecords(side('a'), side('b', { area: '500229001001' }), []),
      mergeRecords(side('a'), side('b'), ['phone']),
    ].map((it) => !it.ok && it.refusal.code);
    expect(codes).toEqual([
      'people.merge_needs_two',
      'people.merge_two_districts',
      'people.merge_field_empty',
    ]);
  });

  it('leaves of two wishes that with a way, then the one that stands, then the later', () => {
    const wish = (id: string, live: boolean, seated: boolean, recordedAt: string) => ({
      id,
      live,
      seated,
      recordedAt,
    });
    expect(wishToKeep(wish('a', true, false, '2'), wish('b', false, true, '1')).id).toBe('b');
    expect(wishToKeep(wish('a', false, false, '2'), wish('b', true, false, '1')).id).toBe('b');
    expect(wishToKeep(wish('a', true, false, '1'), wish('b', true, false, '2')).id).toBe('b');
  });
});

describe('undoing a merge', () => {
  const merge = { at: '2022-02-11T17:00:00+08:00', undone: false, survivorGone: false, changed: [] };

  it('is possible for thirty days', () => {
    expect(undoUntil(merge.at)).toBe('2022-03-13');
    expect(undoMerge(merge, '2022-03-13T23:00:00+08:00').ok).toBe(true);
    expect(undoMerge(merge, '2022-03-14T00:10:00+08:00')).toMatchObject({
      refusal: { code: 'people.merge_too_old' },
    });
  });

  it('is refused twice, without the survivor, and where something was built on it, naming the field', () => {
    const codes = [{ undone: true }, { survivorGone: true }, { changed: ['phone', 'wish'] }].map((it) => {
      const answer = undoMerge({ ...merge, ...it }, merge.at);
      return !answer.ok && answer.refusal;
    });
    expect(codes).toEqual([
      { code: 'people.merge_undone_already' },
      { code: 'people.merge_survivor_gone' },
      { code: 'people.merge_changed_since', facts: { field: 'phone' } },
    ]);
  });
});
