import { z } from 'zod';

/** 12 digits: city 50…, district, town, village, padded with zeros. Source: divisions of the bureau of statistics. */
export const AreaCode = z.string().regex(/^\d{12}$/);
export type AreaCode = z.infer<typeof AreaCode>;

export const AreaLevel = z.enum(['city', 'district', 'town', 'village']);
export type AreaLevel = z.infer<typeof AreaLevel>;

/** A 6-digit county or city of the country: where people go. */
export const PlaceCode = z.string().regex(/^\d{6}$/);
export type PlaceCode = z.infer<typeof PlaceCode>;

export const SeasonId = z.string().regex(/^[a-z0-9][a-z0-9-]{1,39}$/);
export type SeasonId = z.infer<typeof SeasonId>;

/** A day there is, 1900 to 2199: the database knows no other. */
export const DayText = z.iso.date().regex(/^(19|20|21)\d{2}-/);
/** A moment with its offset, which is 14 hours at most. */
export const MomentText = z.iso
  .datetime({ offset: true })
  .regex(/^(19|20|21)\d{2}-.*(Z|[+-](0\d|1[0-4]):\d{2})$/);

export const Role = z.enum([
  'cityOfficer',
  'districtOfficer',
  'townOfficer',
  'dispatcher',
  'escort',
  'laborBroker',
  'agency',
  'employer',
  'leader',
  'systemAdministrator',
  'securityAdministrator',
  'auditAdministrator',
]);
export type Role = z.infer<typeof Role>;

/** Roles that see a ledger of their own instead of an area: whom they have registered, and nothing is written by them. */
export const LEDGER_ROLES = ['laborBroker', 'agency'] as const satisfies readonly Role[];

/** Roles that keep the books of people in their area: add, correct, import, answer. */
export const BOOK_KEEPERS = [
  'cityOfficer',
  'districtOfficer',
  'townOfficer',
  'dispatcher',
] as const satisfies readonly Role[];

export function holdsLedger(role: string): boolean {
  return (LEDGER_ROLES as readonly string[]).includes(role);
}

/** The three administrators (三员分立): an account holds one of these roles or none, and never changes between them. */
export const ADMINISTRATORS = ['systemAdministrator', 'securityAdministrator', 'auditAdministrator'] as const;

export function isAdministrator(role: string): boolean {
  return (ADMINISTRATORS as readonly string[]).includes(role);
}

export const OfficeKind = z.enum(['bureau', 'townStation', 'broker', 'agency', 'employer']);
export type OfficeKind = z.infer<typeof OfficeKind>;

/** How passwords are held: after OWASP (long, no composition) or after graded protection level 3 (composition, rotation). */
export const PasswordProfile = z.enum(['owasp', 'dengbao']);
export type PasswordProfile = z.infer<typeof PasswordProfile>;

/** What the security administrator chose for the installation. */
export const SignInSettings = z.object({
  profile: PasswordProfile,
  /** Roles that have to have a second factor. */
  secondFactorFor: z.array(Role).max(Role.options.length),
});
export type SignInSettings = z.infer<typeof SignInSettings>;

/** Where nothing was ever chosen (samples, installations older than the choice): OWASP, a second factor for nobody by force. */
export const PLAIN_SIGN_IN: SignInSettings = { profile: 'owasp', secondFactorFor: [] };

/**
 * What a new installation begins with, written with its first account: whoever keeps accounts, or sees a whole district or more, is led
 * to a second factor at the first sign-in. Source: OWASP ASVS 5.0, 6.3.3.
 */
export const FIRST_SIGN_IN: SignInSettings = {
  profile: 'owasp',
  secondFactorFor: [...ADMINISTRATORS, 'cityOfficer', 'districtOfficer', 'dispatcher', 'leader'],
};

/** How somebody was recognized before a second factor was taken off: the ID card in the hand, by the head of the office, on a video call. */
export const Recognized = z.enum(['inPerson', 'byHead', 'byVideo']);
export type Recognized = z.infer<typeof Recognized>;

/** What stands between a password and the house: a session with a step left may do that step and nothing else. */
export const PendingStep = z.enum(['secondFactor', 'changePassword', 'enrolSecondFactor']);
export type PendingStep = z.infer<typeof PendingStep>;

/** Someone who acts: what routes, rules and pages know of them. */
export const Staff = z.object({
  id: z.uuid(),
  name: z.string(),
  role: Role,
  areaCode: AreaCode,
  areaName: z.string(),
  areaPinyin: z.string(),
  officeId: z.uuid(),
  officeName: z.string(),
  employerId: z.uuid().nullable(),
});
export type Staff = z.infer<typeof Staff>;

/** Rules of a season. What a pandemic asked for is a setting here, never code. */
export const SeasonSettings = z.object({
  /** Degrees Celsius from which a traveller is held at the door; null = not measured. */
  temperature: z.object({ holdFromC: z.number() }).nullable(),
  healthCode: z.boolean(),
  travelCode: z.boolean(),
  mask: z.boolean(),
  giftPack: z.boolean(),
  /** Share of the places that may be taken, 0..1. */
  loadCap: z.number().min(0.1).max(1),
  /** People needed to open a charter bus. */
  minLoad: z.int().min(1),
  /** Last rows of a bus kept free for observation; a row has four seats. */
  observationRows: z.int().min(0),
  maxStops: z.int().min(2),
  /** Minutes from boarding to leaving a main run. */
  maxRideMin: z.int().min(60),
});
export type SeasonSettings = z.infer<typeof SeasonSettings>;

/** A season as it begins without a word: no pandemic rules, full coaches, twenty people for a bus. */
export const PLAIN_SETTINGS: SeasonSettings = {
  temperature: null,
  healthCode: false,
  travelCode: false,
  mask: false,
  giftPack: true,
  loadCap: 1,
  minLoad: 20,
  observationRows: 0,
  maxStops: 8,
  maxRideMin: 2160,
};

export const Season = z.object({
  id: SeasonId,
  festival: DayText,
  fromDay: DayText,
  toDay: DayText,
  settings: SeasonSettings,
});
export type Season = z.infer<typeof Season>;

/** How many digits of its code an area has to itself. */
const AREA_DIGITS = { city: 2, district: 6, town: 9, village: 12 } as const satisfies Record<
  AreaLevel,
  number
>;

/** The level of an area, read off its code. Source: GB/T 10114, divisions of the bureau of statistics. */
export function levelOf(code: AreaCode): AreaLevel {
  if (code.endsWith('0000000000')) return 'city';
  if (code.endsWith('000000')) return 'district';
  return code.endsWith('000') ? 'town' : 'village';
}

/** First and last code of everything within an area: the range that row-level security compares. */
export function areaRange(code: AreaCode): { readonly from: AreaCode; readonly to: AreaCode } {
  const digits = AREA_DIGITS[levelOf(code)];
  return { from: code, to: code.slice(0, digits).padEnd(12, '9') };
}

/** The district (12 digits) an area lies in; the city answers itself. */
export function districtOf(code: AreaCode): AreaCode {
  return `${code.slice(0, 6)}000000`;
}
