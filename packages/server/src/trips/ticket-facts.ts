import { dayOf } from '@fangang/domain/basics/moment.ts';
import type { DoorState, TicketFacts, TicketLeg } from '@fangang/domain/trips/ticket.ts';
import { mainLegIndex, whatToBring } from '@fangang/domain/trips/ticket.ts';
import type { Tx } from '../platform/database.ts';
import { lunarDay, weekday } from '../platform/lunar.ts';
import type { Secrets } from '../platform/secrets.ts';
import { insideOnly } from '../platform/witness.ts';
import { checksOf, legKindOf, paperMoment } from './manifest-facts.ts';
import {
  findContact,
  findGateContact,
  findTicket,
  listTicketLegs,
  settingsOf,
  type TicketLegRow,
  type TicketRow,
} from './store.ts';

/** National hotline of human resources and social security, answered in every city. */
export const HOTLINE = '12333';
/** Months in which the way is cold. */
const COLD_MONTHS = ['11', '12', '01', '02', '03'];

export interface TicketHere {
  readonly row: TicketRow;
  readonly legs: readonly TicketLegRow[];
  readonly facts: TicketFacts;
}

function legOf(row: TicketLegRow): TicketLeg {
  const isRoad = row.mode === 'charterBus' || row.role !== 'main';
  return {
    kind: legKindOf(row.role, row.mode),
    number: row.number ?? (isRoad && row.role === 'main' ? String(row.nth) : null),
    plate: isRoad ? row.plate : null,
    ...(row.carriage === null ? {} : { carriage: row.carriage }),
    seat: String(row.seat),
    from: { name: row.fromName, pinyin: row.fromPinyin },
    to: { name: row.toName, pinyin: row.toPinyin },
    departAt: paperMoment(row.departAt),
    arriveAt: paperMoment(row.arriveAt),
    boarded: row.state === 'boarded' || row.state === 'arrived',
  };
}

const PASSED = ['boarded', 'arrived'];
const STOPPED = ['held', 'absent', 'left'];

/** How the three doors of a way stand, by the states of its seats. */
function doorsOf(legs: readonly TicketLegRow[], main: number): TicketFacts['doors'] {
  const first = legs[0];
  const vehicle = legs[main];
  const last = legs[legs.length - 1];
  const isHeld = (it: TicketLegRow | undefined): boolean => it !== undefined && STOPPED.includes(it.state);
  const isPassed = (it: TicketLegRow | undefined): boolean => it !== undefined && PASSED.includes(it.state);
  const home: DoorState = isPassed(first) ? 'done' : isHeld(first) && main > 0 ? 'held' : 'now';
  const atVehicle: DoorState = isPassed(vehicle)
    ? 'done'
    : isHeld(vehicle)
      ? 'held'
      : main === 0 || isPassed(first)
        ? 'now'
        : 'todo';
  const gate: DoorState =
    last?.state === 'arrived'
      ? 'done'
      : isHeld(last) && last !== vehicle
        ? 'held'
        : isPassed(vehicle)
          ? 'now'
          : 'todo';
  return { home: main === 0 && atVehicle !== 'todo' ? 'done' : home, vehicle: atVehicle, gate };
}

/** May the traveller still say "cannot go"? Not once a door was passed or the bus has left. */
export function mayDecline(row: TicketRow, legs: readonly TicketLegRow[]): boolean {
  const isWaiting = row.status === 'seated' || row.status === 'confirmed';
  return isWaiting && legs.every((it) => it.state === 'expected' && !it.departed);
}

async function gateOf(tx: Tx, secrets: Secrets, last: TicketLegRow): Promise<TicketFacts['gate']> {
  const contact = last.gateId ? await findGateContact(tx, last.gateId) : undefined;
  const place = { table: 'jobs_gate', column: 'contact_phone_sealed', row: contact?.id ?? '' };
  const phone = contact?.sealed ? secrets.open(place, contact.sealed, insideOnly('businessContact')) : null;
  return {
    place: { name: last.toName, pinyin: last.toPinyin },
    contactName: contact?.name ?? null,
    contactPhone: phone,
  };
}

/** What a ticket says, read with the eyes of its own link; undefined where the itinerary has no seat at all. */
export async function ticketFacts(
  tx: Tx,
  secrets: Secrets,
  itineraryId: string,
  code: string,
): Promise<TicketHere | undefined> {
  const row = await findTicket(tx, itineraryId);
  const legs = await listTicketLegs(tx, itineraryId);
  const last = legs[legs.length - 1];
  if (!row || !last) return undefined;
  const settings = await settingsOf(tx, row.season);
  const contact = await findContact(tx, row.area);
  const ticketLegs = legs.map(legOf);
  const main = mainLegIndex(ticketLegs);
  const first = ticketLegs[0] as TicketLeg;
  const day = dayOf(first.departAt);
  const { bring, noNeed } = whatToBring(checksOf(settings, 'main'), COLD_MONTHS.includes(day.slice(5, 7)));
  const facts: TicketFacts = {
    person: { name: row.name, pinyin: row.pinyin },
    lunar: lunarDay(day),
    weekday: weekday(day),
    home: null,
    legs: ticketLegs,
    doors: doorsOf(legs, main),
    gate: await gateOf(tx, secrets, last),
    contact: { name: contact?.staff ?? HOTLINE, phone: HOTLINE },
    bring,
    noNeed,
    qrText: `FG1:${code}`,
    path: `/t/${code}`,
    canDecline: mayDecline(row, legs),
    updatedAt: paperMoment(row.madeAt),
  };
  return { row, legs, facts };
}
