import { FIGURE_READERS, readWorkbench } from '@fangang/domain/figures/api.ts';
import { searchAudit } from '@fangang/domain/offices/api-audit.ts';
import { readInstallation } from '@fangang/domain/offices/api-installation.ts';
import { readKeys } from '@fangang/domain/offices/api-keys.ts';
import { listSessions, listStaff, readSignInSettings } from '@fangang/domain/offices/api-staff.ts';
import { listCollisions } from '@fangang/domain/people/api-collision.ts';
import { listDuplicates } from '@fangang/domain/people/api-duplicates.ts';
import { listNeeds } from '@fangang/domain/people/api-needs.ts';
import { listReports } from '@fangang/domain/people/api-report.ts';
import { listTransfers } from '@fangang/domain/people/api-transfer.ts';
import { listTrips } from '@fangang/domain/trips/api.ts';
import { listPeople } from '@fangang/domain/trips/api-people.ts';
import { listPlans } from '@fangang/domain/trips/api-planning.ts';
import { listShares } from '@fangang/domain/trips/api-share.ts';
import { expect, it } from 'vitest';
import { TABS, tabsOf } from './tabs.ts';

it('shows a tab to exactly the roles that may read its page', () => {
  const readers = {
    '/workbench': readWorkbench.callers,
    '/people': listPeople.callers,
    '/needs': listNeeds.callers,
    '/planning': listPlans.callers,
    '/trips': listTrips.callers,
    '/figures': FIGURE_READERS,
    '/installation': readInstallation.callers,
    '/keys': readKeys.callers,
    '/audit': searchAudit.callers,
    '/offices/staff': listStaff.callers,
    '/offices/sessions': listSessions.callers,
    '/offices/sign-in': readSignInSettings.callers,
    '/offices/reports': listReports.callers,
    '/offices/transfers': listTransfers.callers,
    '/offices/collisions': listCollisions.callers,
    '/offices/duplicates': listDuplicates.callers,
    '/offices/shares': listShares.callers,
  };
  for (const { to, roles } of TABS) expect([to, [...roles].sort()]).toEqual([to, [...readers[to]].sort()]);
});

it('gives each role the pages it has work on', () => {
  const of = (role: string | undefined, inSample = false) => tabsOf(role, inSample).map((it) => it.to);
  expect(of('dispatcher')).toEqual([
    '/workbench',
    '/people',
    '/needs',
    '/planning',
    '/trips',
    '/offices/shares',
    '/figures',
  ]);
  expect(of('agency')).toEqual(['/people']);
  expect(of('agency', true)).toEqual(['/people', '/figures']);
  expect(of('systemAdministrator')).toEqual(['/installation', '/offices/staff']);
  expect(of('systemAdministrator', true)).toEqual(['/installation', '/offices/staff', '/figures']);
  expect(of(undefined, true)).toHaveLength(5);
});
