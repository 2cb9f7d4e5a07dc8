import type { DistrictAreas } from './world-maker.ts';

/** Somebody to make: role and place, ids said beforehand. */
export interface StaffSpec {
  readonly id: string;
  readonly role: string;
  readonly area: string;
  readonly office: string;
  readonly employer: string | null;
  /** Nobody asks from it: administrators may change, shut and reset it. */
  readonly spare: boolean;
  /** An administrator's that was proposed and waits. */
  readonly waits: boolean;
}

const CITY = '500000000000';
const OF_CITY = [
  'cityOfficer',
  'leader',
  'systemAdministrator',
  'securityAdministrator',
  'auditAdministrator',
];
const OF_DISTRICT = [
  'districtOfficer',
  'dispatcher',
  'escort',
  'laborBroker',
  'agency',
  'systemAdministrator',
  'securityAdministrator',
  'auditAdministrator',
];

/** Staff of every role in every place where the role is at home, each in an office of its own. */
export function makeStaff(
  districts: readonly DistrictAreas[],
  employers: readonly string[],
  seed: number,
): StaffSpec[] {
  let n = 0;
  const id = (): string => {
    n += 1;
    return `017ee5ff-${seed.toString(16).padStart(4, '0').slice(-4)}-7000-8000-${n.toString(16).padStart(12, '0')}`;
  };
  const one = (role: string, area: string, employer: string | null = null): StaffSpec => {
    return { id: id(), role, area, office: id(), employer, spare: false, waits: false };
  };
  return [
    ...OF_CITY.map((role) => one(role, CITY)),
    ...districts.flatMap(({ code, towns }) => [
      ...OF_DISTRICT.map((role) => one(role, code)),
      ...towns.map((town) => one('townOfficer', town.code)),
      one('townOfficer', towns[0]?.villages[0] as string),
    ]),
    ...employers.map((it) => one('employer', CITY, it)),
    ...districts.flatMap(({ code, towns }) => [
      ...['escort', 'dispatcher'].map((role) => ({ ...one(role, code), spare: true })),
      ...towns.map((town) => ({ ...one('townOfficer', town.code), spare: true })),
      { ...one('auditAdministrator', code), spare: true },
      { ...one('systemAdministrator', code), spare: true, waits: true },
      { ...one('securityAdministrator', code), spare: true, waits: true },
    ]),
    // Accounts that were set up half: they must see nothing rather than everything.
    one('employer', CITY),
    one('agency', CITY),
  ];
}
