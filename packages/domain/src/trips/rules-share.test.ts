import { describe, expect, it } from 'vitest';
import { shareStateOn, shareTrip, withdrawShare } from './rules-share.ts';

const trip = { area: '500238000000', status: 'published' } as const;
const TODAY = '2022-02-11';
const ask = { to: '500229000000', until: '2022-02-20' };
const codeOf = (...args: Parameters<typeof shareTrip>) => {
  const said = shareTrip(...args);
  return said.ok ? said.value.type : said.refusal.code;
};

describe('sharing a run', () => {
  it('goes to another district until a day', () => {
    expect(codeOf(trip, ask, TODAY)).toBe('trips.share_given');
    for (const to of ['500238000000', '500229001000', '500000000000'])
      expect(codeOf(trip, { ...ask, to }, TODAY)).toBe('trips.share_own_district');
    for (const until of ['2022-02-10', '2022-06-01'])
      expect(codeOf(trip, { ...ask, until }, TODAY)).toBe('trips.share_days');
    expect(codeOf({ ...trip, status: 'cancelled' }, ask, TODAY)).toBe('trips.share_run_over');
  });

  it('stands through its last day, and is taken back once', () => {
    const share = { until: '2022-02-20', withdrawnAt: null };
    expect(shareStateOn(share, '2022-02-20')).toBe('shared');
    expect(shareStateOn(share, '2022-02-21')).toBe('over');
    expect(withdrawShare('s', 'shared').ok).toBe(true);
    expect(withdrawShare('s', shareStateOn({ ...share, withdrawnAt: TODAY }, TODAY)).ok).toBe(false);
  });
});
