import { describe, expect, it } from 'vitest';
import { decideDelegation } from './rules-delegation.ts';
import { ADMINISTRATORS } from './schema.ts';

const town = { role: 'townOfficer', area: '500238103000' } as const;
const district = { role: 'districtOfficer', area: '500238000000', sameOffice: false } as const;
const ask = { area: town.area, fromDay: '2026-03-01', toDay: '2026-03-10' };
const TODAY = '2026-02-20';
const codeOf = (...args: Parameters<typeof decideDelegation>) => {
  const said = decideDelegation(...args);
  return said.ok ? 'ok' : said.refusal.code;
};

describe('handing the own role over', () => {
  it('goes to the same office and to the office above, to nobody beside or below', () => {
    expect(codeOf(town, district, ask, TODAY)).toBe('ok');
    const colleague = { role: 'townOfficer', area: town.area, sameOffice: true } as const;
    expect(codeOf(town, colleague, ask, TODAY)).toBe('ok');
    expect(codeOf(town, { ...colleague, sameOffice: false }, ask, TODAY)).toBe('offices.no_such_delegate');
    const below = { ...colleague, sameOffice: false };
    expect(codeOf(district, below, { ...ask, area: district.area }, TODAY)).toBe('offices.no_such_delegate');
    expect(codeOf(town, undefined, ask, TODAY)).toBe('offices.no_such_delegate');
    expect(codeOf(town, { ...district, area: '500229000000' }, ask, TODAY)).toBe('offices.no_such_delegate');
  });

  it('is never an administrator’s, neither given nor taken', () => {
    for (const role of ADMINISTRATORS) {
      expect(codeOf({ ...town, role }, district, ask, TODAY)).toBe('offices.not_delegable');
      expect(codeOf(town, { ...district, role }, ask, TODAY)).toBe('offices.no_such_delegate');
    }
  });

  it('covers a part of the own area, for days that are not over', () => {
    expect(codeOf(town, district, { ...ask, area: '500238000000' }, TODAY)).toBe('offices.outside_own_area');
    expect(codeOf(town, district, { ...ask, area: '500238103201' }, TODAY)).toBe('ok');
    for (const days of [
      { fromDay: '2026-03-10', toDay: '2026-03-01' },
      { fromDay: '2026-02-01', toDay: '2026-02-19' },
      { fromDay: '2026-03-01', toDay: '2026-06-01' },
    ]) {
      expect(codeOf(town, district, { ...ask, ...days }, TODAY)).toBe('offices.delegation_days');
    }
  });
});
