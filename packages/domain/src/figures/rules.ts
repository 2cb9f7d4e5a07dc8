import { clockOf, dayOf } from '../basics/moment.ts';
import { grouped, type Language, speaker } from '../basics/say.ts';
import type { TripMode } from '../trips/schema.ts';
import type { Counts, Figures, Packs, Persons, PersonTimes, Runs } from './schema.ts';
import { bulletinWords } from './words.ts';

const MODES = [
  'charterBus',
  'charterTrain',
  'charterFlight',
  'reservedCarriage',
  'railTickets',
] as const satisfies readonly TripMode[];

/** Adds counts of one unit; runs and persons do not add, by their types (law 9). */
export function sum<Unit extends Runs | Persons | PersonTimes | Packs>(values: readonly Unit[]): Unit {
  return values.reduce<number>((total, value) => total + value, 0) as Unit;
}

/** What stands where nothing has happened. */
export function noCounts(): Counts {
  const zero = 0 as never;
  return {
    runs: zero,
    runsByMode: {
      charterBus: zero,
      charterTrain: zero,
      charterFlight: zero,
      reservedCarriage: zero,
      railTickets: zero,
    },
    feeders: zero,
    lastMiles: zero,
    personTimes: zero,
    packs: zero,
    registered: zero,
    wants: zero,
    unmet: zero,
    waiting: zero,
    persons: zero,
    inTransit: zero,
    leftOnTheWay: zero,
    arrived: zero,
    awaitingSignature: zero,
    signedFor: zero,
  };
}

/** One piece of a figure as the fold of the journal answers it. */
export interface Part {
  /** Six digits. */
  readonly district: string;
  readonly key: Exclude<keyof Counts, 'runsByMode'>;
  /** Of a run. */
  readonly mode: TripMode | null;
  readonly n: number;
}

/** Adds a piece to counts of its own unit. */
export function added(counts: Counts, part: Part): Counts {
  const next = { ...counts, [part.key]: counts[part.key] + part.n } as Counts;
  if (part.key !== 'runs' || part.mode === null) return next;
  return {
    ...next,
    runsByMode: { ...next.runsByMode, [part.mode]: next.runsByMode[part.mode] + part.n },
  } as Counts;
}

/** The counts of a whole area from those of its districts; persons add up since each has one home in a season (rule 6). */
export function totalOf(parts: readonly Part[]): Counts {
  return parts.reduce(added, noCounts());
}

/**
 * People as a bulletin says them: `约1.69万` from ten thousand on, cut (never rounded up) to the hundredth of ten thousand, exact below.
 * English says the same number in full: `about 16,900`.
 */
export function aboutPeople(persons: number, language: Language): string {
  if (persons < 10_000) return language === 'zh' ? String(persons) : grouped(persons);
  const hundredths = Math.floor(persons / 100);
  if (language === 'en') return `about ${grouped(hundredths * 100)}`;
  return `约${hundredths / 100}万`;
}

/** A moment as a bulletin writes it: `2022年2月11日17时`, with minutes only where there are any. */
function bulletinMoment(at: string, language: Language): string {
  const [year, month, day] = dayOf(at).split('-').map(Number) as [number, number, number];
  const clock = clockOf(at);
  const [hours, minutes] = clock.split(':').map(Number) as [number, number];
  const say = speaker(bulletinWords, language);
  if (language === 'en') return `${clock} on ${day} ${say(`month.${month as 1}`)} ${year}`;
  return `${year}年${month}月${day}日${hours}时${minutes > 0 ? `${minutes}分` : ''}`;
}

/**
 * The bulletin, from the same counts as the screen; the breakdown by mode always stands with the total.
 *
 * `place` is the name of a district, empty for the whole city, as the city's own bulletin leaves itself out.
 */
export function bulletinText(
  figures: Pick<Figures, 'asOf' | 'total'>,
  place: string,
  language: Language,
): string {
  const { total } = figures;
  const say = speaker(bulletinWords, language);
  const modes = MODES.filter((mode) => total.runsByMode[mode] > 0)
    .map((mode) => say(mode, { n: total.runsByMode[mode] }))
    .join(language === 'zh' ? '、' : ', ');
  const sentences = [
    say('headline', {
      at: bulletinMoment(figures.asOf, language),
      place: place && language === 'en' ? `${place}: ` : place,
      runs: total.runs,
      people: aboutPeople(total.persons, language),
    }),
    ...(modes ? [say('modes', { modes })] : []),
    say('doors', { arrived: total.arrived, signed: total.signedFor, way: total.inTransit }),
    ...(total.packs > 0 ? [say('packs', { n: total.packs })] : []),
    say('ahead', { waiting: total.waiting, unmet: total.unmet }),
  ];
  return sentences.join(language === 'zh' ? '' : ' ');
}
