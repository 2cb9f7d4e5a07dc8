/**
 * How much it tells that two records agree in a field, or do not: the one table of figures behind `rules-likeness.ts`.
 *
 * `m` is the share of true pairs (one person, two records) at this level, `u` the share of pairs of two people; the weight is log2(m/u)
 * bits. Model: Fellegi & Sunter, A Theory for Record Linkage, JASA 64 (1969); levels between yes and no, and common names that tell less:
 * Winkler, String Comparator Metrics and Enhanced Decision Rules in the Fellegi–Sunter Model of Record Linkage, ASA (1990).
 *
 * `m` is our estimate for lists typed in townships, with the source of each figure beside it; `npm run bench:duplicates` measures what
 * comes of it on noise that knows nothing of this table.
 */
export interface Odds {
  readonly m: number;
  readonly u: number;
}

/**
 * Names. `u` is a factor on what the books themselves say: of `same` and `variant` on how many bear the name, of `sound` and `nearSound` on
 * how many sound like it, of the others on how many bear the surname. So 张伟 tells less than a name that nobody else has.
 */
export const NAME = {
  // Typed by pinyin from a card or a list: nine of ten come out right (estimate).
  same: { m: 0.86, u: 1 },
  // 傅 as 付, 萧 as 肖: written so since the second simplification (1977–1986), on cards until today.
  variant: { m: 0.01, u: 1 },
  // The usual error of a pinyin keyboard: the right sound, another character.
  sound: { m: 0.06, u: 1 },
  // Southwestern Mandarin does not part n/l, z/zh, in/ing, f/hu (Language Atlas of China, 1987).
  nearSound: { m: 0.015, u: 2 },
  // A character the keyboard does not have stands as ?, * or letters; or is left out.
  hidden: { m: 0.012, u: 0.12 },
  // The given name's two characters swapped.
  order: { m: 0.003, u: 0.002 },
  // One character read wrong. Of two people of a surname about one pair in twenty differs in one character of the given name.
  oneCharacter: { m: 0.02, u: 0.06 },
  // The given name is right, the surname another sound: misread, or married.
  given: { m: 0.004, u: 0.02 },
  surname: { m: 0.006, u: 0.9 },
  other: { m: 0.01, u: 0.9 },
} as const satisfies Record<string, Odds>;

/** Dates of birth of about 45 years: 16,436 days (Labor Law art. 15: from sixteen; retirement at sixty). */
export const BIRTH = {
  same: { m: 0.84, u: 1 / 16_436 },
  // 03-07 and 07-03.
  swapped: { m: 0.008, u: 1 / 16_436 },
  // About 25 days are one digit away.
  oneDigit: { m: 0.03, u: 25 / 16_436 },
  // The lunar day of the household book read as a solar one; common in the countryside among those born before 1985 (estimate).
  lunar: { m: 0.05, u: 2 / 16_436 },
  // Only the year is known and 1 January stands for it.
  yearOnly: { m: 0.02, u: 1 / 45 },
  // A counted age, nominal or full, gives a year beside the right one.
  nearYear: { m: 0.022, u: 3 / 45 },
  differs: { m: 0.01, u: 0.93 },
} as const satisfies Record<string, Odds>;

export const GENDER = {
  same: { m: 0.99, u: 0.5 },
  differs: { m: 0.01, u: 0.5 },
} as const satisfies Record<string, Odds>;

/**
 * `u` of `same` is a factor on the share of the books that hold the number. Kin share a phone: where names are of one surname and not the
 * same, `kin` stands instead. One person in three has a new number within two years (estimate).
 */
export const PHONE = {
  same: { m: 0.6, u: 2 },
  kin: { m: 0.6, u: 0.12 },
  // Blind indexes tell only equal from not; the last four digits are at hand.
  tail: { m: 0.01, u: 1 / 10_000 },
  tailOneDigit: { m: 0.02, u: 36 / 10_000 },
  differs: { m: 0.37, u: 0.99 },
} as const satisfies Record<string, Odds>;

/** A village holds about 1/150 of a district (3 to 12 towns of some 12 villages), but its people share surnames and names: three times that. */
export const PLACE = {
  village: { m: 0.72, u: 1 / 50 },
  // One of the two says only the town.
  within: { m: 0.08, u: 1 / 18 },
  town: { m: 0.12, u: 1 / 15 },
  district: { m: 0.08, u: 0.9 },
} as const satisfies Record<string, Odds>;

/** Tells something only where the name is the same: otherwise a household says kin. */
export const HOUSEHOLD = {
  same: { m: 0.75, u: 1 / 40 },
  differs: { m: 0.25, u: 1 },
} as const satisfies Record<string, Odds>;

/** Two checked numbers that differ are two people, but for a number given twice or corrected (GB 11643; 2009–2013 cleaning of double numbers). */
export const ID_NUMBER = {
  tail: { m: 0.01, u: 1 / 9_000 },
  differs: { m: 0.01, u: 1 },
} as const satisfies Record<string, Odds>;

/** Of a hundred people on the books so many lie there a second time (estimate). */
export const TWICE_PER_PERSON = 0.04;

/**
 * From here a pair is offered as one person. Two to one by the table, which leans to doubt (kin and namesakes cluster, so every `u` is set
 * high): measured, fewer than one in a hundred of such pairs are two people (docs/adr/0019-duplicates.md).
 */
export const SAME_BITS = 1;
/** From here somebody is asked: one against two by the table. */
export const ASK_BITS = -1;
