import { words } from '@fangang/domain/basics/words.ts';
import { ADMINISTRATORS } from '@fangang/domain/offices/schema.ts';
import { staffWords } from '@fangang/domain/offices/words-staff.ts';
import { collisionWords } from '@fangang/domain/people/words-collision.ts';
import { duplicateWords } from '@fangang/domain/people/words-duplicates.ts';
import { needWords } from '@fangang/domain/people/words-needs.ts';
import { reportWords } from '@fangang/domain/people/words-report.ts';
import { transferWords } from '@fangang/domain/people/words-transfer.ts';
import { shareWords } from '@fangang/domain/trips/words-share.ts';

/** Words of the head: the shell's own and those of the administrators' pages. */
export const tabWords = {
  workbench: words.workbench,
  people: words.people,
  planning: words.planning,
  trips: words.trips,
  figures: words.figures,
  installation: words.installation,
  auditLog: words.auditLog,
  sealKeys: words.sealKeys,
  staff: staffWords.staff,
  sessions: staffWords.sessions,
  rules: staffWords.rules,
  reports: reportWords.title,
  needs: needWords.title,
  transfers: transferWords.title,
  collisions: collisionWords.title,
  duplicates: duplicateWords.title,
  shares: shareWords.title,
} as const;

export interface Tab {
  readonly to:
    | '/workbench'
    | '/people'
    | '/needs'
    | '/planning'
    | '/trips'
    | '/figures'
    | '/installation'
    | '/audit'
    | '/keys'
    | '/offices/staff'
    | '/offices/sessions'
    | '/offices/sign-in'
    | '/offices/reports'
    | '/offices/transfers'
    | '/offices/collisions'
    | '/offices/duplicates'
    | '/offices/shares';
  readonly word: keyof typeof tabWords;
  /** Roles whose page it is: the callers of what the page reads first, held equal by a test. */
  readonly roles: readonly string[];
}

const PLANNERS = ['cityOfficer', 'districtOfficer', 'dispatcher'];
const OFFICES = [...PLANNERS, 'townOfficer'];

/** The pages of the office in the order of their tabs. */
export const TABS: readonly Tab[] = [
  { to: '/workbench', word: 'workbench', roles: [...OFFICES, 'leader'] },
  { to: '/people', word: 'people', roles: [...OFFICES, 'laborBroker', 'agency'] },
  { to: '/needs', word: 'needs', roles: OFFICES },
  { to: '/planning', word: 'planning', roles: [...PLANNERS, 'leader'] },
  { to: '/trips', word: 'trips', roles: [...OFFICES, 'escort', 'leader'] },
  { to: '/offices/reports', word: 'reports', roles: ['cityOfficer', 'districtOfficer', 'townOfficer'] },
  { to: '/offices/transfers', word: 'transfers', roles: ['districtOfficer', 'townOfficer'] },
  { to: '/offices/duplicates', word: 'duplicates', roles: ['districtOfficer', 'townOfficer'] },
  { to: '/offices/collisions', word: 'collisions', roles: ['cityOfficer'] },
  { to: '/offices/shares', word: 'shares', roles: ['districtOfficer', 'dispatcher'] },
  { to: '/installation', word: 'installation', roles: ['systemAdministrator'] },
  { to: '/audit', word: 'auditLog', roles: ['auditAdministrator'] },
  { to: '/offices/staff', word: 'staff', roles: [...ADMINISTRATORS] },
  { to: '/offices/sessions', word: 'sessions', roles: ['securityAdministrator'] },
  { to: '/offices/sign-in', word: 'rules', roles: ['securityAdministrator'] },
  // The first tab is where a role arrives; the keys are for the city alone.
  { to: '/keys', word: 'sealKeys', roles: ['securityAdministrator'] },
  { to: '/figures', word: 'figures', roles: [...OFFICES, 'leader'] },
];

const ADMINISTRATION: readonly string[] = [
  '/installation',
  '/keys',
  '/audit',
  '/offices/staff',
  '/offices/sessions',
  '/offices/sign-in',
];
/** Pages that only some roles of an office have: not shown to whoever has not signed in. */
const BETWEEN_OFFICES: readonly string[] = [
  '/offices/reports',
  '/needs',
  '/offices/transfers',
  '/offices/transfers',
  '/offices/duplicates',
  '/offices/collisions',
  '/offices/shares',
];

/** Tabs of a role. In the sample the figures are open to everybody; whoever has not signed in sees what there is. */
export function tabsOf(role: string | undefined, inSample: boolean): readonly Tab[] {
  if (role === undefined)
    return TABS.filter((it) => ![...ADMINISTRATION, ...BETWEEN_OFFICES].includes(it.to));
  return TABS.filter((it) => it.roles.includes(role) || (inSample && it.to === '/figures'));
}
