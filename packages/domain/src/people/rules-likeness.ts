import { type BirthLevel, compareBirths } from './likeness-birth.ts';
import { compareNames, foldSound, type NameLevel, partsOfName } from './likeness-name.ts';
import {
  ASK_BITS,
  BIRTH,
  GENDER,
  HOUSEHOLD,
  ID_NUMBER,
  NAME,
  type Odds,
  PHONE,
  PLACE,
  SAME_BITS,
  TWICE_PER_PERSON,
} from './likeness-weights.ts';
import type { LunarToSolar } from './roster-dates.ts';

/** A person's record as far as it is compared: no whole number, only marks that are equal where the numbers are. */
export interface LikenessRecord {
  readonly name: string;
  /** Letters of the reading, without blanks and tones. */
  readonly sound: string;
  readonly gender: 'male' | 'female' | null;
  readonly birth: string | null;
  /** Of a checked ID number, a mark without meaning; null without papers. */
  readonly idMark: string | null;
  /** Last four characters; empty where there is none. */
  readonly idTail: string;
  readonly phoneMark: string | null;
  readonly phoneTail: string;
  /** 12 digits: village, or town where no more is known. */
  readonly area: string;
  readonly household: string | null;
}

/** What the books say of how common something is, the two compared among them. */
export interface Commonness {
  /** People on the books. */
  readonly people: number;
  readonly named: (name: string) => number;
  /** By the folded sound. */
  readonly sounding: (sound: string) => number;
  readonly family: (surname: string) => number;
  /** Records that hold this phone. */
  readonly onPhone: (mark: string) => number;
}

/** Fields that say something, each with how it does: what an office reads as the reasons of an offer. */
export type LikenessReason =
  | `name.${NameLevel}`
  | `birth.${BirthLevel}`
  | `gender.${keyof typeof GENDER}`
  | `phone.${keyof typeof PHONE}`
  | `place.${keyof typeof PLACE}`
  | `household.${keyof typeof HOUSEHOLD}`
  | 'id.same'
  | `id.${keyof typeof ID_NUMBER}`
  | 'commonName'
  | `doubt.${Doubt}`;

/** Why a pair with a high score is asked about all the same. */
export type Doubt = 'twins' | 'generations' | 'twoNumbers' | 'thin';

/** `same`: offered first, as one person. `ask`: somebody who knows the people decides. `different`: not offered. */
export type LikenessVerdict = 'same' | 'ask' | 'different';

export interface Likeness {
  readonly verdict: LikenessVerdict;
  /** log2 of the odds that the two are one person; 99 where the ID number decides. */
  readonly bits: number;
  readonly reasons: readonly LikenessReason[];
}

const bitsOf = ({ m, u }: Odds, share = 1): number => Math.log2(m / Math.min(1, u * share));

/** Namesakes whom the books would hold even if nobody lay there twice: at least half a one. */
const others = (bearers: number) => Math.max(bearers - 2, 0) + 0.5;

function nameBits(level: NameLevel, a: LikenessRecord, of: Commonness): number {
  const odds = NAME[level];
  const family = Math.max(of.family(partsOfName(a.name).family), 1) / of.people;
  switch (level) {
    case 'same':
    case 'variant':
      return bitsOf(odds, others(of.named(a.name)) / of.people);
    case 'sound':
    case 'nearSound':
      return bitsOf(odds, others(of.sounding(foldSound(a.sound)) + 1) / of.people);
    case 'given':
    case 'other':
      return bitsOf(odds);
    default:
      return bitsOf(odds, family);
  }
}

const SAME_NAME: readonly NameLevel[] = ['same', 'variant', 'sound', 'nearSound', 'hidden', 'order'];
const SOUNDS_SAME: readonly NameLevel[] = ['same', 'variant', 'sound', 'nearSound'];

function differsInOneDigit(a: string, b: string): boolean {
  return a.length === b.length && [...a].filter((it, i) => it !== b[i]).length === 1;
}

function phoneLevel(a: LikenessRecord, b: LikenessRecord, name: NameLevel): keyof typeof PHONE | undefined {
  if (a.phoneMark === null || b.phoneMark === null) return undefined;
  if (a.phoneMark === b.phoneMark) return SAME_NAME.includes(name) ? 'same' : 'kin';
  if (a.phoneTail === b.phoneTail) return 'tail';
  return differsInOneDigit(a.phoneTail, b.phoneTail) ? 'tailOneDigit' : 'differs';
}

function placeLevel(a: string, b: string): keyof typeof PLACE {
  const town = a.slice(0, 9) === b.slice(0, 9);
  const whole = (area: string) => area.endsWith('000');
  if (a === b) return whole(a) ? 'within' : 'village';
  if (whole(a.slice(0, 9)) || whole(b.slice(0, 9))) return 'within';
  if (!town) return 'district';
  return whole(a) || whole(b) ? 'within' : 'town';
}

function householdLevel(a: LikenessRecord, b: LikenessRecord): keyof typeof HOUSEHOLD | undefined {
  if (a.household === null || b.household === null) return undefined;
  if (a.household === b.household) return 'same';
  return a.area === b.area ? 'differs' : undefined;
}

function idLevel(a: LikenessRecord, b: LikenessRecord): keyof typeof ID_NUMBER | undefined {
  if (a.idMark === null || b.idMark === null) return undefined;
  return a.idTail === b.idTail ? 'tail' : 'differs';
}

/**
 * Why the score alone must not decide. Twins: of one birth and surname with another character. Generations: births that no error explains, or
 * another gender under another name. Two numbers: each holds a checked ID number of its own. Thin: neither birth, phone nor household speaks
 * for it, as with namesakes of a village.
 */
function doubtOf(
  name: NameLevel,
  birth: BirthLevel | undefined,
  more: {
    readonly id: boolean;
    readonly phone: boolean;
    readonly household: boolean;
    readonly gender: boolean;
  },
): Doubt | undefined {
  if (more.id) return 'twoNumbers';
  if (birth === 'differs' || (more.gender && name !== 'same')) return 'generations';
  if (!SOUNDS_SAME.includes(name) && name !== 'hidden' && name !== 'order') return 'twins';
  return birth !== undefined || more.phone || more.household ? undefined : 'thin';
}

/**
 * Compares two records of one district field by field: the score in bits, the verdict, and the reasons for it.
 *
 * An equal ID number decides. Otherwise the weights of `likeness-weights.ts` add up to what the books say before anything is compared.
 * Twins, father and son, and namesakes of a village are never more than asked about; other names under two numbers are two people. About a microsecond.
 */
export function likenessOf(
  a: LikenessRecord,
  b: LikenessRecord,
  of: Commonness,
  toSolar?: LunarToSolar,
): Likeness {
  if (a.idMark !== null && a.idMark === b.idMark) return { verdict: 'same', bits: 99, reasons: ['id.same'] };
  const reasons: LikenessReason[] = [];
  const name = compareNames(a, b);
  let bits = Math.log2(TWICE_PER_PERSON / Math.max(of.people, 2)) + nameBits(name, a, of);
  reasons.push(`name.${name}`);
  if (name === 'same' && of.named(a.name) > COMMON) reasons.push('commonName');
  const birth = compareBirths(a.birth, b.birth, toSolar);
  if (birth) {
    bits += bitsOf(BIRTH[birth]);
    reasons.push(`birth.${birth}`);
  }
  const gender = a.gender && b.gender ? (a.gender === b.gender ? 'same' : 'differs') : undefined;
  if (gender) {
    bits += bitsOf(GENDER[gender]);
    if (gender === 'differs') reasons.push('gender.differs');
  }
  const phone = phoneLevel(a, b, name);
  if (phone) {
    const share = phone === 'same' ? others(of.onPhone(a.phoneMark ?? '')) / of.people : 1;
    bits += bitsOf(PHONE[phone], share);
    reasons.push(`phone.${phone}`);
  }
  const place = placeLevel(a.area, b.area);
  bits += bitsOf(PLACE[place]);
  reasons.push(`place.${place}`);
  const household = SAME_NAME.includes(name) ? householdLevel(a, b) : undefined;
  if (household) {
    bits += bitsOf(HOUSEHOLD[household]);
    reasons.push(`household.${household}`);
  }
  const id = idLevel(a, b);
  if (id) {
    bits += bitsOf(ID_NUMBER[id]);
    reasons.push(`id.${id}`);
  }
  // Twins on one phone look like one mistyped person, but for their numbers.
  if (id === 'differs' && !SAME_NAME.includes(name)) return { verdict: 'different', bits, reasons };
  const doubt = doubtOf(name, birth, {
    id: id !== undefined,
    phone: phone === 'same' || phone === 'tail' || phone === 'tailOneDigit',
    household: household === 'same',
    gender: gender === 'differs',
  });
  return verdictOf(bits, doubt, reasons);
}

/** A name that more than so many on the books bear is called common. */
const COMMON = 8;

function verdictOf(bits: number, doubt: Doubt | undefined, told: readonly LikenessReason[]): Likeness {
  if (bits < ASK_BITS) return { verdict: 'different', bits, reasons: told };
  const reasons = doubt ? [...told, `doubt.${doubt}` as const] : told;
  return { verdict: bits >= SAME_BITS && !doubt ? 'same' : 'ask', bits, reasons };
}
