import { z } from 'zod';

/** What a leg travels on; feeder and last mile are no runs (趟) in the figures. Glossary: 专车 专列 包车厢 包机 接驳. */
export const LegKind = z.enum([
  'feeder',
  'charterBus',
  'charterTrain',
  'reservedCarriage',
  'charterFlight',
  'lastMile',
]);
export type LegKind = z.infer<typeof LegKind>;

/** A moment in the clock of the place, so that paper shows its date and time as they stand: `2022-02-12T07:50:00+08:00`. */
export const PaperMoment = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?\+08:00$/);
export type PaperMoment = z.infer<typeof PaperMoment>;

/** A name of a person, place or firm; pinyin stands first in English. */
export const Named = z.object({ name: z.string(), pinyin: z.string().optional() });
export type Named = z.infer<typeof Named>;

/** What is asked at the door of the vehicle; which ones is a setting of the season. */
export const DoorCheckKind = z.enum(['temperature', 'healthCode', 'travelCode', 'mask', 'giftPack']);
export type DoorCheckKind = z.infer<typeof DoorCheckKind>;

/** Rules of the way, said on paper so that the escort can hold the driver to them. */
export const WayRule = z.enum(['restAfterFourHours', 'nightStop', 'twoDrivers', 'headCount', 'nonStop']);
export type WayRule = z.infer<typeof WayRule>;

/** What an escort must know of a passenger to help; never a diagnosis or a certificate. */
export const AccessMark = z.enum(['wheelchair', 'walking', 'hearing', 'vision', 'care']);
export type AccessMark = z.infer<typeof AccessMark>;

/** True if no run of digits in the text is long enough to be a whole ID or mobile number. */
function isMasked(text: string): boolean {
  return !/\d{9}/.test(text);
}

/** A number as it may lie on a table: `5002****001X`, `138****0012`; a whole number is refused. */
export const MaskedNumber = z.string().refine(isMasked, 'a whole number where a masked one belongs');

/** Hides the middle of an ID number: first four, last four. Empty stays empty (no papers yet). */
export function maskIdNumber(idNumber: string): string {
  return idNumber === '' ? '' : `${idNumber.slice(0, 4)}****${idNumber.slice(-4)}`;
}

/** Hides the middle of a phone number: first three, last four. Numbers under eight digits keep their last two. */
export function maskPhone(phone: string): string {
  if (phone === '') return '';
  return phone.length < 8 ? `****${phone.slice(-2)}` : `${phone.slice(0, 3)}****${phone.slice(-4)}`;
}

export const ManifestPassenger = z.object({
  /** As painted on the seat: `12`, in a train `12A`. */
  seat: z.string(),
  name: z.string(),
  pinyin: z.string().optional(),
  gender: z.enum(['male', 'female']).nullable(),
  idMasked: MaskedNumber,
  phoneMasked: MaskedNumber,
  /** Whole numbers, only on a manifest of `numbers: 'full'`, whose making was written to the audit log. */
  idNumber: z.string().optional(),
  phone: z.string().optional(),
  /** Letter of the stop where the person gets on; empty if the leg has one stop. */
  stopLetter: z.string(),
  needs: z.array(AccessMark).readonly(),
});
export type ManifestPassenger = z.infer<typeof ManifestPassenger>;

export const ManifestStop = z.object({ letter: z.string(), place: Named, at: PaperMoment });
export type ManifestStop = z.infer<typeof ManifestStop>;

/** Everything the registration form of passengers (乘客信息登记表) of one leg says; it travels with the vehicle. */
export const ManifestFacts = z.object({
  legKind: LegKind,
  tripNumber: z.string(),
  /** Which of the day's vehicles of an office this is: 通城镇当日发车 4 辆之 1 号车. */
  order: z.object({ office: Named, nth: z.int().min(1), of: z.int().min(1) }).nullable(),
  from: Named,
  to: Named,
  vehicle: z.object({
    /** Number plate, train number or flight number; null = not yet known, to be written by hand. */
    plate: z.string().nullable(),
    /** Carriage of a train. */
    carriage: z.string().optional(),
    seats: z.int().min(1),
  }),
  departAt: PaperMoment,
  /** Day of the lunar calendar in words: 正月十二. */
  departLunar: z.string().optional(),
  arriveAt: PaperMoment.nullable(),
  drivers: z.array(z.object({ name: z.string(), phoneMasked: MaskedNumber })).readonly(),
  escort: z.object({ name: z.string(), phone: z.string() }).nullable(),
  /** Chosen among the travellers (车长). */
  marshal: z.object({ name: z.string(), seat: z.string() }).nullable(),
  stops: z.array(ManifestStop).readonly(),
  /** Stops from which a feeder brings people to the last stop. */
  feederStops: z.array(z.string()).readonly(),
  wayRules: z.array(WayRule).readonly(),
  checks: z.array(DoorCheckKind).readonly(),
  passengers: z.array(ManifestPassenger).readonly(),
  numbers: z.enum(['masked', 'full']),
  version: z.int().min(1),
  asOf: PaperMoment,
  /** Eight hexadecimal digits over the facts: the same on paper, in the spreadsheet and on the verification page. */
  checkCode: z.string().regex(/^[0-9A-F]{4} [0-9A-F]{4}$/),
  /** Address behind the QR code; holds the trip and version, never a person. */
  verifyUrl: z.url(),
});
export type ManifestFacts = z.infer<typeof ManifestFacts>;

function seatNumber(seat: string): number {
  const digits = /\d+/.exec(seat)?.[0];
  return digits === undefined ? Number.MAX_SAFE_INTEGER : Number(digits);
}

/** Passengers in the order of seats: 2 before 12, 12A before 12B. */
export function bySeat(passengers: readonly ManifestPassenger[]): readonly ManifestPassenger[] {
  return [...passengers].sort((a, b) => {
    const difference = seatNumber(a.seat) - seatNumber(b.seat);
    return difference !== 0 ? difference : a.seat < b.seat ? -1 : a.seat > b.seat ? 1 : 0;
  });
}

/** How many rows the columns of one page hold, and what else stands on it. */
export interface ManifestPage {
  readonly left: readonly ManifestPassenger[];
  readonly right: readonly ManifestPassenger[];
  /** Rows drawn in each column, so that paper ends in ruled lines and 以下空白. */
  readonly rows: number;
  readonly isFirst: boolean;
  /** Signatures and seals stand on the last page only. */
  readonly isLast: boolean;
}

const ON_ONE_PAGE = 56;
const ON_FIRST = 62;
const ON_MIDDLE = 76;
const ON_LAST = 62;
/** A last page with fewer people looks like a mistake. */
const LEAST_ON_LAST = 10;

function pageOf(
  people: readonly ManifestPassenger[],
  rows: number,
  isFirst: boolean,
  isLast: boolean,
): ManifestPage {
  return { left: people.slice(0, rows), right: people.slice(rows), rows, isFirst, isLast };
}

/**
 * Lays the passengers on pages in two columns: any coach on one sheet (25 rows a column up to 50 people, 28 up to 56),
 * more, as in a train carriage, on continuing pages whose last one carries the signatures.
 */
export function manifestPages(passengers: readonly ManifestPassenger[]): readonly ManifestPage[] {
  const people = bySeat(passengers);
  if (people.length <= ON_ONE_PAGE)
    return [pageOf(people, people.length <= 50 ? 25 : ON_ONE_PAGE / 2, true, true)];
  const pages: ManifestPage[] = [];
  let at = 0;
  while (pages.length === 0 || people.length - at > ON_LAST) {
    const room = pages.length === 0 ? ON_FIRST : ON_MIDDLE;
    const count = Math.min(room, people.length - at - LEAST_ON_LAST);
    pages.push(pageOf(people.slice(at, at + count), room / 2, pages.length === 0, false));
    at += count;
  }
  pages.push(pageOf(people.slice(at), ON_LAST / 2, false, true));
  return pages;
}
