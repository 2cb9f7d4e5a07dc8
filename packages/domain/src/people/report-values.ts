import type { Language } from '../basics/say.ts';
import { EDUCATIONS, educationCode, GENDER_CODE, NATIONS, nationCode } from './codes.ts';
import { ageOn } from './id-number.ts';
import type { IssueSettings, LayoutColumn, ReportCount, ReportField, RowChange } from './report.ts';
import type { CareGroup, WishKind, WishMode } from './schema.ts';
import { careWords, wishKindWords, wishModeWords } from './words.ts';
import { abilityWords } from './words-registry.ts';

interface ReportPlace {
  readonly code: string;
  readonly province: string;
  readonly city: string;
  readonly county: string;
}

/** A person as a report sees one; numbers in the clear where the asker may have them. */
export interface ReportPerson {
  readonly id: string;
  readonly area: string;
  readonly name: string;
  readonly gender: 'male' | 'female' | null;
  readonly birth: string | null;
  readonly idNumber: string | null;
  readonly phone: string | null;
  readonly phone2: string | null;
  readonly nation: string | null;
  readonly education: string | null;
  readonly relation: string | null;
  readonly household: string | null;
  readonly county: string | null;
  readonly town: string | null;
  readonly village: string | null;
  readonly address: string | null;
  readonly registeredPlace: string | null;
  readonly laborAbility: string | null;
  readonly jobType: string | null;
  readonly workplace: string | null;
  /** Null without a wish that stands in the season. */
  readonly wish: {
    readonly kind: WishKind;
    readonly mode: WishMode;
    readonly destination: ReportPlace | null;
    readonly destinationText: string | null;
    readonly gateText: string | null;
    readonly earliest: string | null;
    readonly latest: string | null;
    readonly wheelchair: boolean;
    readonly remark: string | null;
  } | null;
  /** The last one. */
  readonly spell: {
    readonly place: ReportPlace | null;
    readonly employer: string | null;
    readonly occupation: string | null;
    readonly monthlyPayFen: number | null;
  } | null;
  readonly care: readonly CareGroup[];
}

export interface ValueFacts {
  /** Place in the list from 1. */
  readonly no: number;
  /** ISO date of the installation's clock. */
  readonly today: string;
  readonly language: Language;
  readonly settings: Pick<IssueSettings, 'idMask' | 'phones'>;
  /** A number of the installation's own for a number: the same for the same, and nothing leads back. */
  readonly hashOf: (idNumber: string) => string;
}

type Value = string | number | null;

/** An ID number as far as a report shows it. */
export function maskedId(
  person: Pick<ReportPerson, 'idNumber' | 'birth' | 'gender'>,
  facts: ValueFacts,
): Value {
  const { idNumber } = person;
  const { idMask } = facts.settings;
  if (idMask === 'birthAndGender') {
    const gender = person.gender ? GENDER_WORDS[person.gender][facts.language] : '';
    return `${person.birth ?? ''} ${gender}`.trim() || null;
  }
  if (idNumber === null || idMask === 'none') return null;
  switch (idMask) {
    case 'whole':
      return idNumber;
    case 'firstSixLastFour':
      return `${idNumber.slice(0, 6)}${'*'.repeat(Math.max(0, idNumber.length - 10))}${idNumber.slice(-4)}`;
    case 'lastFour':
      return `${'*'.repeat(Math.max(0, idNumber.length - 4))}${idNumber.slice(-4)}`;
    case 'installationHash':
      return facts.hashOf(idNumber);
  }
}

function maskedPhone(phone: string | null, { settings }: ValueFacts): Value {
  if (phone === null || settings.phones === 'none') return null;
  return settings.phones === 'whole'
    ? phone
    : `${'*'.repeat(Math.max(0, phone.length - 4))}${phone.slice(-4)}`;
}

const GENDER_WORDS = { male: { zh: '男', en: 'male' }, female: { zh: '女', en: 'female' } } as const;
const YES = { zh: '是', en: 'yes' } as const;
const NO = { zh: '否', en: 'no' } as const;
const WHEELCHAIR = { zh: '轮椅', en: 'wheelchair' } as const;

const fullPlace = (it: ReportPlace | null | undefined): string | null =>
  it ? [...new Set([it.province, it.city, it.county])].filter(Boolean).join('') || null : null;

/** A wish to go out to work again. */
export function goesOut(person: ReportPerson): boolean {
  return person.wish?.kind === 'sameJob' || person.wish?.kind === 'newJob';
}

type Reader = (person: ReportPerson, facts: ValueFacts, column: LayoutColumn) => Value;

const READERS: Readonly<Record<ReportField, Reader>> = {
  rowNumber: (_, { no }) => no,
  name: (it) => it.name,
  idNumber: maskedId,
  phone: (it, facts) => maskedPhone(it.phone, facts),
  phone2: (it, facts) => maskedPhone(it.phone2, facts),
  gender: (it, { language }, { as }) =>
    as === 'code' ? GENDER_CODE[it.gender ?? 'unsaid'] : it.gender && GENDER_WORDS[it.gender][language],
  nation: (it, _, { as }) =>
    as === 'code' ? (nationCode(it.nation ?? '') ?? null) : (named(NATIONS, it.nation) ?? it.nation),
  birth: (it) => it.birth,
  age: (it, { today }) => (it.birth ? ageOn(it.birth, today) : null),
  education: (it, _, { as }) =>
    as === 'code'
      ? (educationCode(it.education ?? '') ?? null)
      : (named(EDUCATIONS, it.education) ?? it.education),
  householdNo: (it) => it.household,
  relation: (it) => it.relation,
  county: (it, _, { as }) => (as === 'code' ? it.area.slice(0, 6) : it.county),
  town: (it, _, { as }) => (as === 'code' ? it.area.slice(0, 9) : it.town),
  village: (it, _, { as }) => (as === 'code' ? it.area : it.village),
  address: (it) => it.address,
  registeredPlace: (it) => it.registeredPlace,
  laborAbility: (it, { language }) =>
    it.laborAbility ? (abilityWords[it.laborAbility as keyof typeof abilityWords]?.[language] ?? null) : null,
  careGroup: (it, { language }) => it.care.map((kind) => careWords[kind][language]).join('、') || null,
  wishKind: (it, { language }) => it.wish && wishKindWords[it.wish.kind][language],
  willing: (it, { language }) => it.wish && (goesOut(it) ? YES : NO)[language],
  destination: (it, _, { as }) =>
    as === 'code'
      ? (it.wish?.destination?.code ?? null)
      : (fullPlace(it.wish?.destination) ?? it.wish?.destinationText ?? null),
  destinationProvince: (it, _, { as }) => placePart(it.wish?.destination, 'province', as),
  destinationCity: (it, _, { as }) => placePart(it.wish?.destination, 'city', as),
  destinationCounty: (it, _, { as }) => placePart(it.wish?.destination, 'county', as),
  departDate: (it) => it.wish?.earliest ?? it.wish?.latest ?? null,
  departFrom: (it) => it.wish?.earliest ?? null,
  departTo: (it) => it.wish?.latest ?? null,
  mode: (it, { language }) => it.wish && wishModeWords[it.wish.mode][language],
  pointToPoint: (it, { language }) =>
    it.wish && (goesOut(it) && it.wish.mode === 'ours' ? YES : NO)[language],
  access: (it, { language }) => (it.wish?.wheelchair ? WHEELCHAIR[language] : null),
  gate: (it) => it.wish?.gateText ?? null,
  remark: (it) => it.wish?.remark ?? null,
  workplace: (it, _, { as }) =>
    as === 'code' ? (it.spell?.place?.code ?? null) : (fullPlace(it.spell?.place) ?? it.workplace),
  workplaceProvince: (it, _, { as }) => placePart(it.spell?.place, 'province', as),
  workplaceCity: (it, _, { as }) => placePart(it.spell?.place, 'city', as),
  workplaceCounty: (it, _, { as }) => placePart(it.spell?.place, 'county', as),
  employer: (it) => it.spell?.employer ?? null,
  jobType: (it) => it.spell?.occupation ?? it.jobType,
  monthlyPay: (it, _, { fenPerUnit }) =>
    it.spell?.monthlyPayFen == null ? null : it.spell.monthlyPayFen / fenPerUnit,
};

const named = (table: readonly { code: string; zh: string }[], said: string | null): string | undefined =>
  table.find((it) => it.code === said)?.zh;

function placePart(
  place: ReportPlace | null | undefined,
  part: 'province' | 'city' | 'county',
  as: LayoutColumn['as'],
): Value {
  if (!place) return null;
  const digits = { province: 2, city: 4, county: 6 }[part];
  return as === 'code' ? place.code.slice(0, digits).padEnd(6, '0') : place[part] || null;
}

/** What one cell of a list says of a person; null leaves it empty. Numbers that name somebody are texts. */
export function reportValue(column: LayoutColumn, person: ReportPerson, facts: ValueFacts): Value {
  return column.field === null ? null : READERS[column.field](person, facts, column);
}

const BANDS: Readonly<Record<string, readonly [number, number]>> = {
  age16to24: [16, 24],
  age25to34: [25, 34],
  age35to44: [35, 44],
  age45to54: [45, 54],
  age55up: [55, 200],
};

/** Where the way goes, seen from home: the classes of the official survey. */
function classOfWay({ wish, area }: ReportPerson): string | undefined {
  const code = wish?.destination?.code;
  if (!code) return undefined;
  if (code === area.slice(0, 6)) return 'withinCounty';
  return code.slice(0, 2) === area.slice(0, 2) ? 'withinProvince' : 'otherProvince';
}

/** Is this person one of a count? `to.*` counts those who go out to work; within the province leaves out the own county. */
export function countsAs(count: ReportCount, person: ReportPerson, today: string): boolean {
  const [what = '', detail = ''] = count.split('.');
  const band = BANDS[what];
  if (band) {
    const age = person.birth ? ageOn(person.birth, today) : -1;
    return age >= band[0] && age <= band[1];
  }
  switch (what) {
    case 'people':
      return true;
    case 'male':
    case 'female':
      return person.gender === what;
    case 'goes':
      return goesOut(person);
    case 'withoutWish':
      return person.wish === null;
    case 'kind':
      return person.wish?.kind === detail;
    case 'mode':
      return goesOut(person) && person.wish?.mode === detail;
    case 'to':
      return goesOut(person) && classOfWay(person) === detail;
    default:
      return detail === 'any' ? person.care.length > 0 : person.care.includes(detail as CareGroup);
  }
}

/** How one row stands against the issue before, by the hashes of its values. */
export function rowChange(before: string | undefined, now: string): RowChange {
  if (before === undefined) return 'new';
  return before === now ? 'same' : 'changed';
}
