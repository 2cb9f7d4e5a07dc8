import type { Random } from '@fangang/solver/random.ts';
import { between, one } from './chance.ts';

/** Areas of first registration from before 1997, by present district: 5102 Chongqing, 5122 Wanxian, 5123 Fuling, 5135 Qianjiang. */
const OLD_AREAS: Readonly<Record<string, readonly string[]>> = {
  '500101': ['512201', '512221'],
  '500102': ['512301'],
  '500103': ['510202'],
  '500104': ['510203'],
  '500105': ['510211'],
  '500106': ['510212'],
  '500107': ['510213'],
  '500108': ['510214'],
  '500109': ['510215'],
  '500110': ['510223'],
  '500111': ['510230'],
  '500112': ['510224'],
  '500113': ['510222'],
  '500114': ['513523'],
  '500115': ['510221'],
  '500116': ['510225'],
  '500117': ['510226'],
  '500118': ['510229'],
  '500119': ['512323'],
  '500120': ['510232'],
  '500151': ['510228'],
  '500152': ['510227'],
  '500153': ['510231'],
  '500154': ['512222'],
  '500155': ['512224'],
  '500156': ['512326'],
  '500229': ['512229'],
  '500230': ['512324'],
  '500231': ['512322'],
  '500233': ['512223'],
  '500235': ['512225'],
  '500236': ['512226'],
  '500237': ['512227'],
  '500238': ['512228'],
  '500240': ['513521'],
  '500241': ['513522'],
  '500242': ['513524'],
  '500243': ['513525'],
};

/** Married in from over the border: Dazhou, Guang'an, Lichuan, Zunyi. */
const ELSEWHERE = ['513021', '513030', '513622', '422802', '522121'];

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** Check digit of the first 17 digits [GB 11643-1999, ISO 7064 MOD 11-2]. */
export function checkDigit(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(first17[i]), 0);
  return '10X98765432'[sum % 11] as string;
}

/**
 * An ID number nobody else in the world has: area of first registration, birth date, sequence 900–999 (odd for men), check digit.
 * At least 50 people of one area, day and gender fit.
 */
export function idNumber(
  random: Random,
  taken: Set<string>,
  district: string,
  birth: string,
  gender: 'male' | 'female',
): string {
  for (let attempt = 0; ; attempt++) {
    const area = registrationArea(random, district, birth, attempt);
    const sequence = 900 + 2 * between(random, 0, 49) + (gender === 'male' ? 1 : 0);
    const first17 = `${area}${birth.replaceAll('-', '')}${sequence}`;
    if (taken.has(first17)) continue;
    taken.add(first17);
    return first17 + checkDigit(first17);
  }
}

function registrationArea(random: Random, district: string, birth: string, attempt: number): string {
  if (attempt > 200 || random() < 0.02) return one(random, ELSEWHERE);
  const old = OLD_AREAS[district];
  return old && birth < '1997-06-18' && random() < 0.93 ? one(random, old) : district;
}

/** The n-th phone of the world, `19900` and six digits in no visible order; distinct for n in 0..999,999. */
export function phoneNumber(n: number): string {
  return `19900${String((n * 617_003 + 204_817) % 1_000_000).padStart(6, '0')}`;
}
