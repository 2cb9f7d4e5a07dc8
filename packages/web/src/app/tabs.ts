export interface Tab {
  readonly to: '/workbench' | '/people' | '/planning' | '/trips' | '/figures' | '/installation';
  /** Key of the shell's words. */
  readonly word: 'workbench' | 'people' | 'planning' | 'trips' | 'figures' | 'installation';
  /** Roles whose page it is: the callers of what the page reads first, held equal by a test. */
  readonly roles: readonly string[];
}

const PLANNERS = ['cityOfficer', 'districtOfficer', 'dispatcher'];
const OFFICES = [...PLANNERS, 'townOfficer'];

/** The pages of the office in the order of their tabs. */
export const TABS: readonly Tab[] = [
  { to: '/workbench', word: 'workbench', roles: [...OFFICES, 'leader'] },
  { to: '/people', word: 'people', roles: [...OFFICES, 'laborBroker', 'agency'] },
  { to: '/planning', word: 'planning', roles: [...PLANNERS, 'leader'] },
  { to: '/trips', word: 'trips', roles: [...OFFICES, 'escort', 'leader'] },
  { to: '/installation', word: 'installation', roles: ['systemAdministrator'] },
  { to: '/figures', word: 'figures', roles: [...OFFICES, 'leader'] },
];

/** Tabs of a role. In the sample the figures are open to everybody; whoever has not signed in sees what there is. */
export function tabsOf(role: string | undefined, inSample: boolean): readonly Tab[] {
  if (role === undefined) return TABS.filter((it) => it.to !== '/installation');
  return TABS.filter((it) => it.roles.includes(role) || (inSample && it.to === '/figures'));
}
