import { FIGURE_READERS, readWorkbench } from '@fangang/domain/figures/api.ts';
import { readInstallation } from '@fangang/domain/offices/api-installation.ts';
import { listTrips } from '@fangang/domain/trips/api.ts';
import { listPeople } from '@fangang/domain/trips/api-people.ts';
import { listPlans } from '@fangang/domain/trips/api-planning.ts';
import { expect, it } from 'vitest';
import { TABS, tabsOf } from './tabs.ts';

it('shows a tab to exactly the roles that may read its page', () => {
  const readers = {
    '/workbench': readWorkbench.callers,
    '/people': listPeople.callers,
    '/planning': listPlans.callers,
    '/trips': listTrips.callers,
    '/figures': FIGURE_READERS,
    '/installation': readInstallation.callers,
  };
  for (const { to, roles } of TABS) expect([to, [...roles].sort()]).toEqual([to, [...readers[to]].sort()]);
});

it('gives each role the pages it has work on', () => {
  const of = (role: string | undefined, inSample = false) => tabsOf(role, inSample).map((it) => it.to);
  expect(of('dispatcher')).toEqual(['/workbench', '/people', '/planning', '/trips', '/figures']);
  expect(of('agency')).toEqual(['/people']);
  expect(of('agency', true)).toEqual(['/people', '/figures']);
  expect(of('systemAdministrator')).toEqual(['/installation']);
  expect(of('systemAdministrator', true)).toEqual(['/installation', '/figures']);
  expect(of(undefined, true)).toHaveLength(5);
});
