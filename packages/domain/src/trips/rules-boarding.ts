import { accept, type Result, refuse } from '../basics/result.ts';
import type { SeasonSettings } from '../offices/schema.ts';
import { legMay } from './rules.ts';
import type { DoorCheck, DoorEvent, DoorLeg, DoorStop, DoorTrip, HoldReason, LegState } from './schema.ts';

export type DoorRefusal =
  | { code: 'trips.not_published'; facts: { status: string } }
  | { code: 'trips.no_such_stop'; facts: { stop: number } }
  | { code: 'trips.no_such_seat'; facts: Record<never, never> }
  | { code: 'trips.door_closed'; facts: { stop: number } }
  | { code: 'trips.door_open_already'; facts: { stop: number } }
  | { code: 'trips.wrong_stop'; facts: { stop: number } }
  | { code: 'trips.seat_state'; facts: { seat: number; state: LegState } }
  | { code: 'trips.must_hold'; facts: { seat: number; reason: HoldReason } }
  | { code: 'trips.not_under_way'; facts: { status: string } }
  | { code: 'trips.earlier_stop_open'; facts: { stop: number } }
  | { code: 'trips.stop_already'; facts: { stop: number } }
  | { code: 'trips.not_arrived'; facts: { stop: number } }
  | { code: 'trips.signed_already'; facts: { stop: number } }
  | { code: 'trips.too_late_to_cancel'; facts: { status: string } };

type Answer = Result<DoorEvent, DoorRefusal>;

const OPEN_STATUSES = ['published', 'boarding', 'departed'];

/** The escort opens the door at a stop. Refuses a trip that is not published and a door that stands open. */
export function openDoor(trip: DoorTrip, stopNo: number): Answer {
  if (!OPEN_STATUSES.includes(trip.status)) return notPublished(trip);
  const stop = trip.stops.find((it) => it.no === stopNo);
  if (!stop || stop.no === trip.stops.length - 1)
    return refuse({ code: 'trips.no_such_stop', facts: { stop: stopNo } });
  if (stop.departed) return refuse({ code: 'trips.door_closed', facts: { stop: stopNo } });
  if (stop.opened) return refuse({ code: 'trips.door_open_already', facts: { stop: stopNo } });
  return accept({ type: 'trips.door_opened', stop: stopNo });
}

/** What the season's checks say of a traveller: null where all is in order. */
export function holdReasonOf(check: DoorCheck, settings: SeasonSettings): HoldReason | null {
  const { temperature } = settings;
  if (temperature && check.temperatureC !== null && check.temperatureC >= temperature.holdFromC)
    return 'temperature';
  if (settings.healthCode && check.healthCodeGreen === false) return 'healthCode';
  if (settings.travelCode && check.travelCodeGreen === false) return 'travelCode';
  if (settings.mask && check.mask === false) return 'mask';
  return null;
}

/** A check with everything in order: what the one bar "all normal" says. */
export function allNormal(settings: SeasonSettings): DoorCheck {
  return {
    temperatureC: null,
    healthCodeGreen: settings.healthCode ? true : null,
    travelCodeGreen: settings.travelCode ? true : null,
    mask: settings.mask ? true : null,
    pack: settings.giftPack,
  };
}

/**
 * May the person of this seat get on, and what then?
 *
 * The same rule runs on the escort's phone and on the server. The door of the person's stop must be open or, for a late
 * comer, just left (absent becomes boarded). A check that the season asks for and that fails must be a hold.
 */
export function board(trip: DoorTrip, legId: string, check: DoorCheck, settings: SeasonSettings): Answer {
  const found = legAtOpenDoor(trip, legId);
  if (!found.ok) return found;
  const leg = found.value;
  if (!legMay(leg.state, 'boarded'))
    return refuse({ code: 'trips.seat_state', facts: { seat: leg.seat, state: leg.state } });
  const reason = holdReasonOf(check, settings);
  if (reason) return refuse({ code: 'trips.must_hold', facts: { seat: leg.seat, reason } });
  const pack = check.pack && settings.giftPack && trip.role === 'main' && !leg.packed;
  return accept({ type: 'trips.leg_boarded', leg: leg.id, pack, late: leg.state === 'absent' });
}

/** Holds a traveller at the door with a reason. */
export function hold(trip: DoorTrip, legId: string, reason: HoldReason): Answer {
  const found = legAtOpenDoor(trip, legId);
  if (!found.ok) return found;
  const leg = found.value;
  if (!legMay(leg.state, 'held'))
    return refuse({ code: 'trips.seat_state', facts: { seat: leg.seat, state: leg.state } });
  return accept({ type: 'trips.leg_held', leg: leg.id, reason });
}

/** Takes back a boarding or a hold while the bus has not left the stop. */
export function undoBoarding(trip: DoorTrip, legId: string): Answer {
  const found = legAtOpenDoor(trip, legId);
  if (!found.ok) return found;
  const leg = found.value;
  if (leg.state !== 'boarded' && leg.state !== 'held') {
    return refuse({ code: 'trips.seat_state', facts: { seat: leg.seat, state: leg.state } });
  }
  if (stopOf(trip, leg.board)?.departed)
    return refuse({ code: 'trips.door_closed', facts: { stop: leg.board } });
  return accept({ type: 'trips.leg_boarding_undone', leg: leg.id });
}

/** Heads counted aboard at a stop; the event carries what the list says, so a difference is seen. */
export function countHeads(trip: DoorTrip, stopNo: number, heads: number): Answer {
  if (!stopOf(trip, stopNo)) return refuse({ code: 'trips.no_such_stop', facts: { stop: stopNo } });
  return accept({ type: 'trips.heads_counted', stop: stopNo, heads, aboard: aboard(trip) });
}

/** Leaves a stop: who was expected there and has not boarded is absent; who was held stays behind. */
export function depart(trip: DoorTrip, stopNo: number): Answer {
  const stop = stopOf(trip, stopNo);
  if (!stop) return refuse({ code: 'trips.no_such_stop', facts: { stop: stopNo } });
  if (stop.departed) return refuse({ code: 'trips.stop_already', facts: { stop: stopNo } });
  const boarding = trip.status === 'boarding' || trip.status === 'departed';
  if (!boarding || (stop.no === 0 && !stop.opened)) return notPublished(trip);
  const earlier = trip.stops.find((it) => it.no < stopNo && !it.departed);
  if (earlier) return refuse({ code: 'trips.earlier_stop_open', facts: { stop: earlier.no } });
  const absent = trip.legs
    .filter((leg) => leg.board === stopNo && leg.state === 'expected')
    .map((leg) => leg.id);
  return accept({ type: 'trips.stop_departed', stop: stopNo, absent });
}

/** Reaches a stop: who leaves the vehicle here has arrived. The last stop ends the trip. */
export function arrive(trip: DoorTrip, stopNo: number): Answer {
  if (trip.status !== 'departed')
    return refuse({ code: 'trips.not_under_way', facts: { status: trip.status } });
  const stop = stopOf(trip, stopNo);
  if (!stop || stopNo === 0) return refuse({ code: 'trips.no_such_stop', facts: { stop: stopNo } });
  if (stop.arrived) return refuse({ code: 'trips.stop_already', facts: { stop: stopNo } });
  const earlier = trip.stops.find((it) => it.no < stopNo && !it.departed);
  if (earlier) return refuse({ code: 'trips.earlier_stop_open', facts: { stop: earlier.no } });
  const arrived = trip.legs
    .filter((leg) => leg.alight === stopNo && leg.state === 'boarded')
    .map((leg) => leg.id);
  return accept({
    type: 'trips.stop_arrived',
    stop: stopNo,
    arrived,
    last: stopNo === trip.stops.length - 1,
  });
}

/** The employer signs for the people who arrived at a gate. Once. */
export function signFor(trip: DoorTrip, stopNo: number, heads: number): Answer {
  const stop = stopOf(trip, stopNo);
  if (!stop) return refuse({ code: 'trips.no_such_stop', facts: { stop: stopNo } });
  if (!stop.arrived) return refuse({ code: 'trips.not_arrived', facts: { stop: stopNo } });
  if (stop.signed) return refuse({ code: 'trips.signed_already', facts: { stop: stopNo } });
  const expected = trip.legs.filter((leg) => leg.alight === stopNo && leg.state === 'arrived').length;
  return accept({ type: 'trips.handover_signed', stop: stopNo, heads, expected });
}

/** Calls a trip off before it leaves; its people wait for another way. */
export function cancelTrip(trip: DoorTrip, reason: string): Answer {
  if (!['committed', 'published', 'boarding'].includes(trip.status)) {
    return refuse({ code: 'trips.too_late_to_cancel', facts: { status: trip.status } });
  }
  return accept({ type: 'trips.trip_cancelled', reason });
}

/** The trip after an event. The only place where a trip's door changes; folding all events gives the rows. */
export function after(trip: DoorTrip, event: DoorEvent): DoorTrip {
  switch (event.type) {
    case 'trips.door_opened':
      return {
        ...stopped(trip, event.stop, { opened: true }),
        status: trip.status === 'published' ? 'boarding' : trip.status,
      };
    case 'trips.leg_boarded':
      return changed(trip, [event.leg], (leg) => ({
        ...leg,
        state: 'boarded',
        packed: leg.packed || event.pack,
      }));
    case 'trips.leg_held':
      return changed(trip, [event.leg], (leg) => ({ ...leg, state: 'held' }));
    case 'trips.leg_boarding_undone':
      return changed(trip, [event.leg], (leg) => ({ ...leg, state: 'expected' }));
    case 'trips.heads_counted':
      return trip;
    case 'trips.stop_departed':
      return {
        ...changed(stopped(trip, event.stop, { departed: true }), event.absent, (leg) =>
          leg.state === 'expected' ? { ...leg, state: 'absent' } : leg,
        ),
        status: 'departed',
      };
    case 'trips.stop_arrived':
      return {
        ...changed(
          stopped(trip, event.stop, { arrived: true, ...(event.last ? {} : { departed: true }) }),
          event.arrived,
          (leg) => ({
            ...leg,
            state: 'arrived',
          }),
        ),
        status: event.last ? 'arrived' : trip.status,
      };
    case 'trips.leg_left':
      return changed(trip, [event.leg], (leg) => ({ ...leg, state: 'left' }));
    case 'trips.handover_signed': {
      const signed = stopped(trip, event.stop, { signed: true });
      const open = signed.stops.some((it) => it.kind === 'gate' && !it.signed);
      return { ...signed, status: signed.status === 'arrived' && !open ? 'closed' : signed.status };
    }
    case 'trips.trip_cancelled':
      return { ...trip, status: 'cancelled' };
  }
}

/** People aboard now. */
export function aboard(trip: DoorTrip): number {
  return trip.legs.filter((leg) => leg.state === 'boarded').length;
}

function stopOf(trip: DoorTrip, no: number): DoorStop | undefined {
  return trip.stops.find((it) => it.no === no);
}

function legAtOpenDoor(trip: DoorTrip, legId: string): Result<DoorLeg, DoorRefusal> {
  if (trip.status !== 'boarding' && trip.status !== 'departed') return notPublished(trip);
  const leg = trip.legs.find((it) => it.id === legId);
  if (!leg) return refuse({ code: 'trips.no_such_seat', facts: {} });
  const stop = stopOf(trip, leg.board);
  if (!stop?.opened) return refuse({ code: 'trips.wrong_stop', facts: { stop: leg.board } });
  return accept(leg);
}

function notPublished(trip: DoorTrip): { ok: false; refusal: DoorRefusal } {
  return refuse({ code: 'trips.not_published', facts: { status: trip.status } });
}

function stopped(trip: DoorTrip, no: number, change: Partial<DoorStop>): DoorTrip {
  return { ...trip, stops: trip.stops.map((it) => (it.no === no ? { ...it, ...change } : it)) };
}

function changed(trip: DoorTrip, ids: readonly string[], change: (leg: DoorLeg) => DoorLeg): DoorTrip {
  const chosen = new Set(ids);
  return { ...trip, legs: trip.legs.map((it) => (chosen.has(it.id) ? change(it) : it)) };
}
