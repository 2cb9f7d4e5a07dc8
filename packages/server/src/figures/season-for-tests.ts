import type { WishKind, WishMode } from '@fangang/domain/people/schema.ts';
import {
  itineraryBroken,
  itineraryCancelled,
  itinerarySeated,
  type LegFacts,
  recordsOf,
  type TripFacts,
  type TripRecord,
} from '@fangang/domain/trips/journal.ts';
import type { DoorEvent, TripMode, TripRole } from '@fangang/domain/trips/schema.ts';
import { newId } from '../platform/ids.ts';
import { append, type JournalEvent } from '../platform/journal.ts';
import { asOwner } from '../platform/owner.ts';
import type { FreshDatabase } from '../platform/testing.ts';

export const SEASON = '2022-spring';
export const WULONG_VILLAGE = '500156101203';
export const FENGDU_VILLAGE = '500230101201';

interface Somebody {
  readonly identity: string;
  readonly area: string;
}

interface Seat extends LegFacts {
  readonly trip: TripFacts;
}

/** A season written by hand, event by event, in the only shapes there are; `write` puts what was told into the journal, in that order. */
export class HandSeason {
  private readonly told: { at: string; record: TripRecord; recordedAt: string }[] = [];

  person(area = WULONG_VILLAGE, identity = newId()): Somebody {
    return { identity, area };
  }

  tell(at: string, record: TripRecord, recordedAt = at): void {
    this.told.push({ at: momentOf(at), record, recordedAt: momentOf(recordedAt) });
  }

  register(at: string, { identity, area }: Somebody): void {
    this.tell(at, {
      subject: newId(),
      type: 'people.person_registered',
      area,
      data: { identity, channel: 'import' },
    });
  }

  /** Answers the id of the wish. */
  wish(
    at: string,
    who: Somebody,
    kind: WishKind = 'sameJob',
    mode: WishMode = 'ours',
    destination = '330302',
  ): string {
    const wish = newId();
    const data = { person: newId(), identity: who.identity, kind, mode, destination };
    this.tell(at, { subject: wish, type: 'people.wish_recorded', area: who.area, data });
    return wish;
  }

  ofWish(at: string, wish: string, who: Somebody, type: string, data: object = {}): void {
    this.tell(at, { subject: wish, type, area: who.area, data: { ...data } });
  }

  trip(role: TripRole = 'main', mode: TripMode = 'charterBus', area = '500156000000'): TripFacts {
    return { id: newId(), area, role, mode };
  }

  /** Seats somebody on trips in the order of travel; answers the seats. */
  seat(at: string, who: Somebody, ...trips: TripFacts[]): Seat[] {
    const itinerary = newId();
    const seats = trips.map((trip, i) => ({
      id: newId(),
      area: who.area,
      identity: who.identity,
      itinerary,
      final: i === trips.length - 1,
      trip,
    }));
    const legs = seats.map((it) => ({
      leg: it.id,
      trip: it.trip.id,
      seat: 1,
      role: it.trip.role,
      mode: it.trip.mode,
    }));
    this.tell(at, itinerarySeated({ id: itinerary, ...who, wish: newId(), legs }));
    return seats;
  }

  broken(at: string, seat: Seat, reason: string): void {
    this.tell(at, itineraryBroken({ id: seat.itinerary, area: seat.area, identity: seat.identity }, reason));
  }

  givenUp(at: string, seat: Seat): void {
    this.tell(
      at,
      itineraryCancelled({ id: seat.itinerary, area: seat.area, identity: seat.identity }, 'declined'),
    );
  }

  /** What happens at a door or a gate; `aboard` people are on the vehicle then. */
  door(
    at: string,
    trip: TripFacts,
    event: DoorEvent,
    seats: readonly Seat[] = [],
    aboard = 0,
    recordedAt = at,
  ): void {
    const legs = new Map(seats.map((it) => [it.id, it]));
    for (const record of recordsOf(trip, legs, event, aboard)) this.tell(at, record, recordedAt);
  }

  board(at: string, seat: Seat, { pack = false, recordedAt = at } = {}): void {
    this.door(
      at,
      seat.trip,
      { type: 'trips.leg_boarded', leg: seat.id, pack, late: false },
      [seat],
      1,
      recordedAt,
    );
  }

  depart(at: string, trip: TripFacts, absent: readonly Seat[] = [], aboard = 1): void {
    const event: DoorEvent = { type: 'trips.stop_departed', stop: 0, absent: absent.map((it) => it.id) };
    this.door(at, trip, event, absent, aboard);
  }

  arrive(at: string, trip: TripFacts, ...seats: Seat[]): void {
    const event: DoorEvent = {
      type: 'trips.stop_arrived',
      stop: 1,
      arrived: seats.map((it) => it.id),
      last: true,
    };
    this.door(at, trip, event, seats);
  }

  sign(at: string, trip: TripFacts, heads: number): void {
    this.door(at, trip, { type: 'trips.handover_signed', stop: 1, heads, expected: heads });
  }

  cancel(at: string, trip: TripFacts, reason: string): void {
    this.door(at, trip, { type: 'trips.trip_cancelled', reason });
  }

  /** Writes what was told, each with the moment it was known; `until` leaves out what happened later. */
  async write(fresh: FreshDatabase, until?: string): Promise<void> {
    const events = this.told.filter(
      (it) => until === undefined || Date.parse(it.at) <= Date.parse(momentOf(until)),
    );
    await asOwner(fresh.adminUrl, fresh.city, async (tx) => {
      for (const { at, record, recordedAt } of events) {
        const event: JournalEvent = {
          at,
          actor: 'test',
          key: newId(),
          ordinal: 0,
          season: SEASON,
          ...record,
        };
        await append(tx, [event], recordedAt);
      }
    });
  }
}

/** `11 08:00` is the eleventh of February 2022 at eight in China. */
export function momentOf(text: string): string {
  const [day = '', clock = ''] = text.split(' ');
  return `2022-02-${day.padStart(2, '0')}T${clock}${clock.length === 5 ? ':00' : ''}+08:00`;
}
