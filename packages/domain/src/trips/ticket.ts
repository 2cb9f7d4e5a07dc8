import { z } from 'zod';
import { type DoorCheckKind, LegKind, Named, PaperMoment } from './manifest.ts';

/** A door of the three-door line: passed ●, happening ◐, to come ○, held ◆. */
export const DoorState = z.enum(['done', 'now', 'todo', 'held']);
export type DoorState = z.infer<typeof DoorState>;

/** Things to bring, or that need not be brought. */
export const BringItem = z.enum(['idCard', 'phone', 'greenCodes', 'mask', 'warmClothes', 'food', 'medicine']);
export type BringItem = z.infer<typeof BringItem>;

/** One leg as the traveller sees it. */
export const TicketLeg = z.object({
  kind: LegKind,
  /** Number of the bus among the day's vehicles (`1`), of a train (`K1234`) or flight; null = not yet known. */
  number: z.string().nullable(),
  /** Number plate of a road vehicle. */
  plate: z.string().nullable(),
  carriage: z.string().optional(),
  seat: z.string().nullable(),
  from: Named,
  to: Named,
  departAt: PaperMoment,
  arriveAt: PaperMoment,
  boarded: z.boolean(),
  /** Sits beside someone of the own party. */
  besideParty: z.boolean().optional(),
});
export type TicketLeg = z.infer<typeof TicketLeg>;

/** Everything a ticket says; one person's way from home door to factory gate on one screen. */
export const TicketFacts = z.object({
  person: Named,
  /** Lunar day and weekday of departure: 正月十二; 6 = Saturday, 0 = Sunday. */
  lunar: z.string().optional(),
  weekday: z.int().min(0).max(6),
  /** Where the way begins when no feeder comes to the door, and when to leave there. */
  home: z.object({ place: Named, leaveAt: PaperMoment }).nullable(),
  legs: z.array(TicketLeg).min(1).readonly(),
  doors: z.object({ home: DoorState, vehicle: DoorState, gate: DoorState }),
  gate: z.object({ place: Named, contactName: z.string().nullable(), contactPhone: z.string().nullable() }),
  /** Whom to call: a person, not a hotline. */
  contact: z.object({ name: z.string(), phone: z.string() }),
  bring: z.array(BringItem).readonly(),
  noNeed: z.array(BringItem).readonly(),
  /** What the QR code says: the signed short form, never a name or number of a person. */
  qrText: z.string(),
  /** Path of this ticket, without query: `/t/7KQ2M9`. */
  path: z.string().regex(/^\/[A-Za-z0-9/_-]+$/),
  /** The person may still say "cannot go"; false once under way. */
  canDecline: z.boolean(),
  /** When the list was set, as the foot of the ticket says. */
  updatedAt: PaperMoment,
});
export type TicketFacts = z.infer<typeof TicketFacts>;

/** One point of the way: a door, or a change between two vehicles. */
export interface WayPoint {
  readonly door: 'home' | 'vehicle' | 'change' | 'gate';
  readonly state: DoorState;
  readonly at: PaperMoment;
  /** Days after the day of departure. */
  readonly dayOffset: number;
  readonly place: Named;
  /** What is boarded here; none at home without a feeder, none at the gate. */
  readonly leg?: TicketLeg;
}

const MAIN_KINDS: readonly LegKind[] = ['charterBus', 'charterTrain', 'reservedCarriage', 'charterFlight'];

/** The leg whose seat the ticket is about: the first charter or reserved one, else the first. */
export function mainLegIndex(legs: readonly TicketLeg[]): number {
  return Math.max(
    0,
    legs.findIndex((leg) => MAIN_KINDS.includes(leg.kind)),
  );
}

/**
 * Days since 1970-01-01 of a date in the Gregorian calendar, by whole numbers only.
 * Source: H. Hinnant, "chrono-compatible low-level date algorithms", 2013 (`days_from_civil`).
 */
function dayNumber(moment: PaperMoment): number {
  const [year = 0, month = 1, day = 1] = moment.slice(0, 10).split('-').map(Number);
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return (
    era * 146_097 +
    yearOfEra * 365 +
    Math.floor(yearOfEra / 4) -
    Math.floor(yearOfEra / 100) +
    dayOfYear -
    719_468
  );
}

/** The moment at which the way begins: leaving home, or the first leg. */
export function wayBeginsAt(facts: TicketFacts): PaperMoment {
  return facts.home?.leaveAt ?? (facts.legs[0] as TicketLeg).departAt;
}

/** State of a later change: done when its leg is boarded, happening when it is the next thing after the main vehicle. */
function changeState(facts: TicketFacts, index: number): DoorState {
  if (facts.legs[index]?.boarded) return 'done';
  const earlierBoarded = facts.legs.slice(0, index).every((leg) => leg.boarded);
  if (!earlierBoarded) return 'todo';
  return facts.doors.gate === 'held' ? 'held' : 'now';
}

/**
 * The way as points in order: home door, (change, …) vehicle door, (change, …) factory gate.
 * A feeder's first stop is the home door; without a feeder the home door is `home`, left out when unknown.
 */
export function wayPoints(facts: TicketFacts): readonly WayPoint[] {
  const firstDay = dayNumber(wayBeginsAt(facts));
  const main = mainLegIndex(facts.legs);
  const points: WayPoint[] = [];
  const add = (point: Omit<WayPoint, 'dayOffset'>): void => {
    points.push({ ...point, dayOffset: dayNumber(point.at) - firstDay });
  };
  if (main === 0 && facts.home) {
    add({ door: 'home', state: facts.doors.home, at: facts.home.leaveAt, place: facts.home.place });
  }
  facts.legs.forEach((leg, index) => {
    const door = index === main ? 'vehicle' : index === 0 ? 'home' : 'change';
    const state = door === 'change' ? changeState(facts, index) : facts.doors[door];
    add({ door, state, at: leg.departAt, place: leg.from, leg });
  });
  const last = facts.legs[facts.legs.length - 1] as TicketLeg;
  const changeAhead = points.some((point) => point.door === 'change' && point.state !== 'done');
  const gate = changeAhead && facts.doors.gate !== 'done' ? 'todo' : facts.doors.gate;
  add({ door: 'gate', state: gate, at: last.arriveAt, place: facts.gate.place });
  return points;
}

/** What to bring, from the season's checks at the door; a gift pack spares the food. */
export function whatToBring(
  checks: readonly DoorCheckKind[],
  cold: boolean,
): { bring: readonly BringItem[]; noNeed: readonly BringItem[] } {
  const codes = checks.includes('healthCode') || checks.includes('travelCode');
  const packed = checks.includes('giftPack');
  const bring: BringItem[] = ['idCard', 'phone'];
  if (codes) bring.push('greenCodes');
  if (checks.includes('mask')) bring.push('mask');
  if (cold) bring.push('warmClothes');
  if (!packed) bring.push('food');
  return { bring, noNeed: packed ? ['food'] : [] };
}
