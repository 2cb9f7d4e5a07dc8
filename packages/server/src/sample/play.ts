import type { Result } from '@fangang/domain/basics/result.ts';
import type { SeasonSettings } from '@fangang/domain/offices/schema.ts';
import {
  aboard,
  after,
  arrive,
  board,
  cancelTrip,
  countHeads,
  type DoorRefusal,
  depart,
  hold,
  openDoor,
  signFor,
  undoBoarding,
} from '@fangang/domain/trips/rules-boarding.ts';
import type { DoorEvent, DoorTrip } from '@fangang/domain/trips/schema.ts';
import type { Moment, SampleTrip, TripAct } from './world.ts';

/** What a rule answered to an act of the world. */
export interface Told {
  readonly at: Moment;
  readonly event: DoorEvent;
  /** People aboard afterwards. */
  readonly aboard: number;
}

/** A trip after everything that happened on it. */
export interface PlayedTrip {
  readonly told: readonly Told[];
  readonly door: DoorTrip;
}

/**
 * Asks the rules of the door for every act of a trip, from publication on. Throws where a rule refuses: a world that is not lawful is a
 * fault. `legs` are ids by index of the passenger.
 */
export function playTrip(
  trip: SampleTrip,
  ids: { readonly trip: string; readonly legs: readonly string[] },
  settings: SeasonSettings,
): PlayedTrip {
  let door = published(trip, ids);
  const told: Told[] = [];
  for (const act of trip.acts) {
    const answer = ask(door, act, ids.legs, settings);
    if (!answer.ok) {
      const { code, facts } = answer.refusal;
      throw new Error(`${trip.code} ${act.type} at ${act.at}: ${code} ${JSON.stringify(facts)}`);
    }
    door = after(door, answer.value);
    told.push({ at: act.at, event: answer.value, aboard: aboard(door) });
  }
  return { told, door };
}

function published(
  trip: SampleTrip,
  ids: { readonly trip: string; readonly legs: readonly string[] },
): DoorTrip {
  const untouched = { opened: false, departed: false, arrived: false, signed: false };
  return {
    id: ids.trip,
    role: trip.role,
    status: 'published',
    stops: trip.stops.map(({ kind }, no) => ({ no, kind, ...untouched })),
    legs: trip.passengers.map(({ seat, board, alight }, i) => ({
      id: ids.legs[i] as string,
      seat,
      board,
      alight,
      state: 'expected',
      packed: false,
    })),
  };
}

function ask(
  door: DoorTrip,
  act: TripAct,
  legs: readonly string[],
  settings: SeasonSettings,
): Result<DoorEvent, DoorRefusal> {
  switch (act.type) {
    case 'opened':
      return openDoor(door, act.stop);
    case 'boarded':
      return board(door, legs[act.passenger] as string, checkOf(act, settings), settings);
    case 'held':
      return hold(door, legs[act.passenger] as string, act.reason);
    case 'undone':
      return undoBoarding(door, legs[act.passenger] as string);
    case 'counted':
      return countHeads(door, act.stop, act.heads);
    case 'departed':
      return depart(door, act.stop);
    case 'arrived':
      return arrive(door, act.stop);
    case 'signed':
      return signFor(door, act.stop, act.heads);
    case 'cancelled':
      return cancelTrip(door, act.reason);
  }
}

/** Whoever boards in the sample has shown everything the season asks for. */
function checkOf(act: { temperatureC: number; pack: boolean }, settings: SeasonSettings) {
  return {
    temperatureC: settings.temperature ? act.temperatureC : null,
    healthCodeGreen: settings.healthCode ? true : null,
    travelCodeGreen: settings.travelCode ? true : null,
    mask: settings.mask ? true : null,
    pack: act.pack,
  };
}
