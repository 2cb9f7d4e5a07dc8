import type { UnmetGroup } from '@fangang/domain/figures/schema.ts';
import { expect, it } from 'vitest';
import { reasonsOf } from './unmet-reasons.ts';

const group = (reason: string | null, remedy: string | null, district: string, persons: number): UnmetGroup =>
  ({
    reason,
    remedy,
    district: `${district}000000`,
    districtName: district,
    districtPinyin: district,
    ownerId: null,
    owner: null,
    persons,
  }) as UnmetGroup;

it('makes one line of a reason, however many answer for it, and loses nobody', () => {
  const groups = [
    group('in_draft_plan', 'commit_plan', '500156', 30),
    group('no_vehicle', 'one_more_vehicle', '500230', 60),
    group('in_draft_plan', 'commit_plan', '500101', 45),
    group('no_vehicle', 'later_day', '500230', 5),
    group(null, null, '500117', 1),
  ];
  const lines = reasonsOf(groups);
  expect(lines.map(({ reason, remedy, persons }) => [reason, remedy, persons])).toEqual([
    ['in_draft_plan', 'commit_plan', 75],
    ['no_vehicle', 'one_more_vehicle', 60],
    ['no_vehicle', 'later_day', 5],
    [null, null, 1],
  ]);
  expect(lines[0]?.owners.map((it) => [it.districtName, it.persons])).toEqual([
    ['500101', 45],
    ['500156', 30],
  ]);
  expect(reasonsOf([])).toEqual([]);
});
