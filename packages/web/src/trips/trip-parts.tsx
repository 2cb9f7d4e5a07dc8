import type { Passenger, TripStop, TripView } from '@fangang/domain/trips/api.ts';
import { SEATS_IN_A_ROW } from '@fangang/domain/trips/rules.ts';
import type { LegState, TripStatus } from '@fangang/domain/trips/schema.ts';
import { tripWords } from '@fangang/domain/trips/words.ts';
import type { ReactNode } from 'react';
import { timeOf } from '../platform/dates.ts';
import { useNames, useWords } from '../platform/language.tsx';
import { SeatLegend, SeatMap, type SeatOnPlan } from '../platform/ui/SeatMap.tsx';
import type { MarkKind } from '../platform/ui/StatusMark.tsx';
import { type StopOnStrip, StopStrip } from '../platform/ui/StopStrip.tsx';
import { DOORS, type DoorStates } from '../platform/ui/ThreeDoorLine.tsx';

/** Who decides about runs, and who stands at their doors: the server asks the same. */
export const OFFICERS: readonly string[] = ['cityOfficer', 'districtOfficer', 'dispatcher'];
export const AT_DOOR: readonly string[] = [...OFFICERS, 'escort'];

/** The three doors of a run, by its status. */
export const DOORS_OF_TRIP = {
  proposed: DOORS.waiting,
  committed: DOORS.waiting,
  published: DOORS.ticketed,
  boarding: DOORS.boarding,
  departed: DOORS.departed,
  arrived: DOORS.arrived,
  closed: DOORS.arrived,
  cancelled: DOORS.cannotLeave,
} as const satisfies Record<TripStatus, DoorStates>;

/** The three doors of a person, by the state of the seat. */
export const DOORS_OF_LEG = {
  expected: DOORS.ticketed,
  boarded: DOORS.departed,
  held: DOORS.heldAtDoor,
  absent: DOORS.cannotLeave,
  left: DOORS.heldAtGate,
  arrived: DOORS.arrived,
} as const satisfies Record<LegState, DoorStates>;

export const MARK_OF_LEG = {
  expected: 'todo',
  boarded: 'done',
  held: 'held',
  absent: 'away',
  left: 'away',
  arrived: 'done',
} as const satisfies Record<LegState, MarkKind>;

const ABOARD: readonly LegState[] = ['boarded', 'arrived', 'left'];

/** Have got on, whatever came after. */
export function hasBoarded(it: Pick<Passenger, 'state'>): boolean {
  return ABOARD.includes(it.state);
}

function doorOf(stop: TripStop, view: TripView): StopOnStrip['state'] {
  if (stop.departedAt || stop.arrivedAt) return 'done';
  return stop.no === view.atStop ? 'now' : 'todo';
}

/** The stops of a run with who gets on, and at gates who gets off. */
export function TripStops({ view }: { view: TripView }): ReactNode {
  const say = useWords(tripWords);
  const names = useNames();
  const stops = view.stops.map((stop): StopOnStrip => {
    const boards = view.passengers.filter((it) => it.board === stop.no);
    const people = boards.length > 0 ? boards : view.passengers.filter((it) => it.alight === stop.no);
    const n = people.filter(boards.length > 0 ? hasBoarded : (it) => it.state === 'arrived').length;
    const held = boards.filter((it) => it.state === 'held').length;
    const absent = boards.filter((it) => it.state === 'absent').length;
    const { departedAt, arrivedAt, signedAt } = stop;
    const timeNote = departedAt
      ? say('left', { at: timeOf(departedAt) })
      : arrivedAt
        ? say('reached', { at: timeOf(arrivedAt) })
        : stop.no === view.atStop
          ? say('nowBoarding')
          : undefined;
    const notes = [
      held > 0 && say('stopHeld', { n: held }),
      absent > 0 && say('stopMissing', { n: absent }),
      signedAt && say('signed'),
      boards.length > 0 && n === boards.length && say('complete'),
    ].filter(Boolean);
    return {
      key: String(stop.no),
      time: timeOf(stop.no === 0 ? stop.departAt : stop.arriveAt),
      ...(timeNote ? { timeNote } : {}),
      place: names(stop.name, stop.pinyin),
      boarded: n,
      expected: people.length,
      note: notes.join(' '),
      tone: held > 0 ? 'danger' : absent > 0 ? 'warn' : 'plain',
      state: doorOf(stop, view),
      gate: stop.kind === 'gate',
    };
  });
  return <StopStrip label={say('stops')} stops={stops} />;
}

/** Seats of the companions of a person on the same run. */
export function partySeats(it: Passenger, all: readonly Passenger[]): number[] {
  return all.filter((other) => other.party === it.party && other.leg !== it.leg).map((other) => other.seat);
}

/** The coach from above; nothing for trains and flights, whose seats are not ours to draw. */
export function TripSeats({
  view,
  chosen,
  onChoose,
}: {
  view: TripView;
  chosen: number | null;
  onChoose: (seat: number) => void;
}): ReactNode {
  const names = useNames();
  const { trip, passengers, settings } = view;
  if (trip.mode !== 'charterBus') return null;
  const kept = trip.role === 'main' ? settings.observationRows * SEATS_IN_A_ROW : 0;
  const taken = new Set(passengers.map((it) => it.seat));
  const observed = Array.from({ length: kept }, (_, i) => trip.places - i).filter(
    (it) => it > 0 && !taken.has(it),
  );
  const seats: SeatOnPlan[] = [
    ...passengers.map((it): SeatOnPlan => {
      const beside = partySeats(it, passengers).find((seat) => Math.abs(seat - it.seat) === 1);
      return {
        number: it.seat,
        state: it.state === 'left' ? 'absent' : it.state,
        name: names(it.name, it.pinyin),
        fullName: names(it.name, it.pinyin),
        ...(beside === undefined ? {} : { together: beside }),
      };
    }),
    ...observed.map((number): SeatOnPlan => ({ number, state: 'observation' })),
  ];
  return (
    <>
      <SeatMap places={trip.places} seats={seats} chosen={chosen} onChoose={onChoose} />
      <SeatLegend seats={seats} />
    </>
  );
}
