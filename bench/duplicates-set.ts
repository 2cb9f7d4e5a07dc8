/**
 * A labelled set of people for the bench of duplicates: families in villages, namesakes, twins, kin on one phone; and for some of them a
 * second record as other lists have it. Knows nothing of how the product compares.
 */

import { checkDigitOf } from '../packages/domain/src/people/id-number.ts';
import {
  type Chance,
  generationCharacter,
  givenName,
  hasOtherSurname,
  hidden,
  homophone,
  misread,
  otherSurname,
  surname,
  swapped,
} from './duplicates-names.ts';

/** One record as it lies on the books, and whose it truly is. */
export interface MadeRecord {
  readonly whose: number;
  readonly name: string;
  readonly gender: 'male' | 'female' | null;
  readonly birth: string | null;
  readonly idNumber: string | null;
  readonly phone: string | null;
  readonly area: string;
  readonly household: number | null;
  /** What went wrong with it, of a second record. */
  readonly noise: readonly string[];
}

interface Person extends MadeRecord {
  readonly gender: 'male' | 'female';
  readonly birth: string;
  readonly idNumber: string;
  readonly household: number;
}

export function seeded(seed: number): Chance {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const two = (n: number) => String(n).padStart(2, '0');
const dayIn = (chance: Chance, year: number) => {
  const date = new Date(Date.UTC(year, 0, 1 + Math.floor(chance() * 365)));
  return `${year}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
};
const isDay = (text: string) => {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
};

/** The calendar of ICU, which shares nothing with the product's own. */
const CHINESE = new Intl.DateTimeFormat('en-u-ca-chinese', {
  ...{ timeZone: 'UTC', year: 'numeric', month: 'numeric', day: 'numeric' },
});

/** A day of the lunar calendar as a household book has it, its leap month written like the month before it. */
function lunarOf(birth: string): string {
  const parts = CHINESE.formatToParts(new Date(`${birth}T00:00:00Z`)) as { type: string; value: string }[];
  const of = (type: string) => Number.parseInt(parts.find((it) => it.type === type)?.value ?? '', 10);
  return `${of('relatedYear')}-${two(of('month'))}-${two(of('day'))}`;
}

/** Goes through villages and makes families until enough records are there. */
export class Maker {
  readonly #chance: Chance;
  readonly #ids = new Set<string>();
  #people = 0;
  #households = 0;
  #phones = 0;

  constructor(seed: number) {
    this.#chance = seeded(seed);
  }

  phone(): string {
    this.#phones += 1;
    const n = (this.#phones * 7_368_787) % 100_000_000;
    return `1${['38', '39', '50', '58', '36', '83'][this.#phones % 6]}${String(n).padStart(8, '0')}`;
  }

  #idNumber(district: string, birth: string, gender: 'male' | 'female'): string {
    for (;;) {
      const sequence = Math.floor(this.#chance() * 500) * 2 + (gender === 'male' ? 1 : 0);
      const first = `${district}${birth.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`;
      if (this.#ids.has(first)) continue;
      this.#ids.add(first);
      return first + checkDigitOf(first);
    }
  }

  #person(
    village: string,
    household: number,
    it: { family: string; birth: string; gender: 'male' | 'female'; generation?: string; headPhone?: string },
  ): Person {
    const chance = this.#chance;
    const year = Number(it.birth.slice(0, 4));
    const roll = chance();
    const phone = roll < 0.05 ? null : roll < 0.17 && it.headPhone ? it.headPhone : this.phone();
    return {
      ...{
        whose: this.#people++,
        name: it.family + givenName(chance, year, it.generation),
        gender: it.gender,
        birth: it.birth,
      },
      ...{
        idNumber: this.#idNumber(village.slice(0, 6), it.birth, it.gender),
        phone,
        area: village,
        household,
        noise: [],
      },
    };
  }

  /** A family: couple, grown children, now and then twins or a cousin next door. */
  family(village: string, clan: string): Person[] {
    const chance = this.#chance;
    const household = this.#households++;
    const born = 1962 + Math.floor(chance() * 38);
    const family = chance() < 0.55 ? clan : surname(chance);
    const head = this.#person(village, household, { family, birth: dayIn(chance, born), gender: 'male' });
    const people = [head];
    const headPhone = head.phone ?? this.phone();
    if (chance() < 0.7)
      people.push(
        this.#person(village, household, {
          family: surname(chance),
          birth: dayIn(chance, born + Math.floor(chance() * 6) - 2),
          gender: 'female',
          headPhone,
        }),
      );
    const generation = chance() < 0.45 ? generationCharacter(chance) : undefined;
    for (let i = 0, at = born + 21; i < 3 && at <= 2004; i++, at += 2 + Math.floor(chance() * 5)) {
      if (chance() < 0.35) continue;
      const child = {
        family,
        birth: dayIn(chance, at),
        gender: chance() < 0.5 ? 'male' : 'female',
        headPhone,
        ...(generation && { generation }),
      } as const;
      people.push(this.#person(village, household, child));
      if (chance() < 0.011)
        people.push(
          this.#person(village, household, { ...child, gender: chance() < 0.7 ? child.gender : 'female' }),
        );
    }
    return people;
  }

  /** The first record: from a card, with its number, nine times of ten. */
  first(it: Person): MadeRecord {
    if (this.#chance() < 0.9) return it;
    // From a list by hand: some know neither the day of birth nor a phone.
    return {
      ...it,
      idNumber: null,
      birth: this.#chance() < 0.2 ? null : it.birth,
      phone: this.#chance() < 0.2 ? null : it.phone,
    };
  }

  /** The record of another list: a broker's, last year's, a plant's. */
  second(it: Person, first: MadeRecord, kin: readonly Person[], neighbours: readonly string[]): MadeRecord {
    const noise: string[] = [];
    const name = this.#name(it.name, noise);
    const idNumber = this.#number(it, first, noise);
    const birth = idNumber === it.idNumber ? it.birth : this.#birth(it.birth, noise);
    const roll = this.#chance();
    const gender = roll < 0.08 ? null : roll < 0.084 ? (it.gender === 'male' ? 'female' : 'male') : it.gender;
    if (roll >= 0.08 && roll < 0.084) noise.push('gender wrong');
    const phone = this.#phone(it, kin, noise);
    const area = this.#area(it.area, neighbours, noise);
    const household = area === it.area && this.#chance() < 0.6 ? it.household : null;
    return { whose: it.whose, name, gender, birth, idNumber, phone, area, household, noise };
  }

  #name(name: string, noise: string[]): string {
    const roll = this.#chance();
    const tell = (kind: string, made: string) => {
      if (made !== name) noise.push(`name ${kind}`);
      return made;
    };
    if (hasOtherSurname(name) && this.#chance() < 0.3) return tell('surname variant', otherSurname(name));
    if (roll < 0.055) return tell('homophone', homophone(this.#chance, name));
    if (roll < 0.067) return tell('misread', misread(this.#chance, name));
    if (roll < 0.075) return tell('hidden', hidden(this.#chance, name));
    if (roll < 0.078) return tell('order', swapped(name));
    return name;
  }

  /** Two records of a district never hold one number: the second has none, or one that is wrong and passes the check, or the first lacks it. */
  #number(it: Person, first: MadeRecord, noise: string[]): string | null {
    if (first.idNumber === null && this.#chance() < 0.5) return it.idNumber;
    // One wrong number in eleven passes the check; and some people were given a second number.
    if (this.#chance() >= 0.004) return null;
    noise.push('ID wrong');
    const digits = [...it.idNumber.slice(0, 17)];
    const at = [5, 12, 13, 15, 16][Math.floor(this.#chance() * 5)] as number;
    digits[at] = String((Number(digits[at]) + 1 + Math.floor(this.#chance() * 8)) % 10);
    const made = digits.join('');
    return this.#ids.has(made) ? null : made + checkDigitOf(made);
  }

  #birth(birth: string, noise: string[]): string | null {
    const roll = this.#chance();
    const year = Number(birth.slice(0, 4));
    const tell = (kind: string, made: string | null) => {
      if (made !== null && (!isDay(made) || made === birth)) return birth;
      noise.push(`birth ${kind}`);
      return made;
    };
    if (roll < 0.05) return tell('missing', null);
    if (roll < 0.065) return tell('year only', `${year}-01-01`);
    if (roll < 0.075) return tell('counted age', `${year + (this.#chance() < 0.5 ? 1 : -1)}-01-01`);
    if (roll < 0.085) return tell('swapped', `${year}-${birth.slice(8)}-${birth.slice(5, 7)}`);
    if (roll < 0.11) {
      const at = [3, 6, 8, 9][Math.floor(this.#chance() * 4)] as number;
      const digit = String(Math.floor(this.#chance() * 10));
      return tell('one digit', birth.slice(0, at) + digit + birth.slice(at + 1));
    }
    if (roll < (year < 1985 ? 0.18 : 0.13)) {
      return tell('lunar', lunarOf(birth));
    }
    return birth;
  }

  #phone(it: Person, kin: readonly Person[], noise: string[]): string | null {
    const roll = this.#chance();
    if (roll < 0.6) return it.phone;
    if (roll < 0.82) {
      noise.push('phone old');
      return this.phone();
    }
    if (roll < 0.86) {
      const other = kin.find((one) => one.whose !== it.whose && one.phone !== null);
      if (other) noise.push('phone of kin');
      return other?.phone ?? it.phone;
    }
    if (roll < 0.88 && it.phone) {
      noise.push('phone one digit');
      const at = 3 + Math.floor(this.#chance() * 8);
      return it.phone.slice(0, at) + String((Number(it.phone[at]) + 3) % 10) + it.phone.slice(at + 1);
    }
    noise.push('phone missing');
    return null;
  }

  #area(village: string, neighbours: readonly string[], noise: string[]): string {
    const roll = this.#chance();
    if (roll < 0.84) return village;
    noise.push(roll < 0.92 ? 'town only' : 'moved village');
    if (roll < 0.92) return `${village.slice(0, 9)}000`;
    const near = roll < 0.97 ? neighbours.filter((it) => it.startsWith(village.slice(0, 9))) : neighbours;
    return near[Math.floor(this.#chance() * near.length)] ?? village;
  }

  clan(): string {
    return surname(this.#chance);
  }
  dice(): number {
    return this.#chance();
  }
}
