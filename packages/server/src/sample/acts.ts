import type { Random } from '@fangang/solver/random.ts';
import { between } from './chance.ts';
import { CLOCK } from './season.ts';
import { MINUTE, momentOf, type Seconds, secondsOf } from './time.ts';
import type { Passenger, TripAct, TripRole } from './world.ts';

export interface Performance {
  readonly role: TripRole;
  readonly passengers: readonly Passenger[];
  readonly fates: readonly ('boards' | 'absent' | 'held')[];
  /** Planned seconds of each stop. */
  readonly stops: readonly {
    readonly arrive: Seconds;
    readonly depart: Seconds;
    readonly pickUp: boolean;
    readonly gate: boolean;
  }[];
  readonly packs: boolean;
}

type Timed = { readonly s: Seconds; readonly act: TripAct };

const CLOCK_S = secondsOf(CLOCK);

/** What happens on one run from opening the door to the signature, cut at the sample's clock. */
export function perform(random: Random, it: Performance): TripAct[] {
  const timed: Timed[] = [];
  const add = (s: Seconds, act: Unmoored) => timed.push({ s, act: { ...act, at: momentOf(s) } as TripAct });
  const lastPickUp = it.stops.findLastIndex((stop) => stop.pickUp);
  if (lastPickUp < 0) return [];
  it.stops.forEach((stop, index) => {
    if (!stop.pickUp) return;
    add(stop.arrive, { type: 'opened', stop: index });
    boardAt(random, it, index, add);
  });
  const late = between(random, 0, 5) * MINUTE;
  it.stops.forEach((stop, index) => {
    if (stop.pickUp) add(stop.depart + (index === lastPickUp ? late : 0), { type: 'departed', stop: index });
  });
  arriveAndSign(random, it, late, add);
  return timed
    .filter((t) => t.s <= CLOCK_S)
    .sort((a, b) => a.s - b.s || order(a.act) - order(b.act))
    .map((t) => t.act);
}

type Unmoored = TripAct extends infer A ? (A extends TripAct ? Omit<A, 'at'> : never) : never;
type Add = (s: Seconds, act: Unmoored) => void;

const ORDER: Readonly<Record<TripAct['type'], number>> = {
  opened: 0,
  boarded: 1,
  undone: 2,
  held: 3,
  counted: 4,
  departed: 5,
  arrived: 6,
  signed: 7,
  cancelled: 8,
};

function order(act: TripAct): number {
  return ORDER[act.type];
}

/** Everybody of one stop comes to the door one after the other; then the escort counts heads. */
function boardAt(random: Random, it: Performance, stop: number, add: Add): void {
  const times = it.stops[stop];
  if (!times) return;
  const here = it.passengers.flatMap((passenger, i) => (passenger.board === stop ? [i] : []));
  const from = times.arrive + (stop === 0 ? 10 : 2) * MINUTE;
  const span = Math.max(here.length, times.depart - 4 * MINUTE - from);
  here.forEach((passenger, place) => {
    const s = from + Math.floor((span * place) / here.length) + between(random, 0, 2);
    comeToTheDoor(random, it, passenger, s, times.depart, add);
  });
  const heads = it.passengers.filter(
    (passenger, i) => passenger.board <= stop && it.fates[i] === 'boards',
  ).length;
  add(times.depart - MINUTE, { type: 'counted', stop, heads });
}

function comeToTheDoor(
  random: Random,
  it: Performance,
  passenger: number,
  s: Seconds,
  depart: Seconds,
  add: Add,
): void {
  const temperatureC = Number((36.1 + random() * 0.8).toFixed(1));
  const pack = it.packs;
  const fate = it.fates[passenger];
  const slip = random();
  const main = it.role === 'main';
  if (fate === 'held') hold(random, passenger, s, add);
  else if (fate === 'absent') {
    // A wrong line tapped, seen and taken back within the minute.
    if (main && slip < 0.06) tapAndTakeBack(Math.min(s + 50, depart - MINUTE - 1));
  } else if (main && slip < 0.002 && s + 140 < depart - MINUTE) {
    tapAndTakeBack(s + 40);
    add(s + 140, { type: 'boarded', passenger, temperatureC, pack });
  } else add(s, { type: 'boarded', passenger, temperatureC, pack });

  function tapAndTakeBack(takenBack: Seconds) {
    add(s, { type: 'boarded', passenger, temperatureC, pack: false });
    add(takenBack, { type: 'undone', passenger });
  }
}

function hold(random: Random, passenger: number, s: Seconds, add: Add): void {
  const kind = random();
  const reason = kind < 0.5 ? 'temperature' : kind < 0.8 ? 'healthCode' : 'travelCode';
  const temperatureC = Number(
    (reason === 'temperature' ? 37.3 + random() * 1.2 : 36.2 + random() * 0.7).toFixed(1),
  );
  add(s, { type: 'held', passenger, reason, temperatureC });
}

function arriveAndSign(random: Random, it: Performance, late: Seconds, add: Add): void {
  const drift = late + between(random, -8, 35) * MINUTE;
  const last = it.stops.length - 1;
  it.stops.forEach((stop, index) => {
    if (stop.pickUp) return;
    const at = stop.arrive + (it.role === 'main' && stop.gate ? drift : late);
    add(at, { type: 'arrived', stop: index });
    if (!stop.gate) return;
    const heads = it.passengers.filter(
      (passenger, i) => passenger.alight === index && it.fates[i] === 'boards',
    ).length;
    // The bus waits for the signature before it goes on to the next gate.
    add(at + between(random, 6, index === last ? 18 : 14) * MINUTE, { type: 'signed', stop: index, heads });
  });
}
