import type { Random } from '@fangang/solver/random.ts';
import { between } from './chance.ts';
import type { Draft } from './draft.ts';
import { type Party, seatParties } from './parties.ts';
import { roadM } from './roads.ts';
import { CLOCK } from './season.ts';
import { addDays, HOUR, MINUTE, midnight, momentOf, secondsOf } from './time.ts';
import type { Passenger } from './world.ts';

/** Plans are committed two or three days ahead and published some hours later, both before the clock. */
export function decided(random: Random, date: string): { committedAt: string; publishedAt: string } {
  const now = secondsOf(CLOCK);
  const wanted = midnight(addDays(date, -between(random, 2, 3))) + between(random, 10 * 60, 17 * 60) * MINUTE;
  const committed = Math.min(wanted, now - 6 * HOUR);
  return {
    committedAt: momentOf(committed),
    publishedAt: momentOf(committed + between(random, 60, 300) * MINUTE),
  };
}

export function manifest(
  parties: readonly Party[],
  board: (party: Party) => number,
  alight: (party: Party) => number,
): Passenger[] {
  const first = seatParties(parties);
  return parties.flatMap((party, i) =>
    party.people.map((person, k) => ({
      person,
      seat: (first[i] ?? 1) + k,
      party: party.no,
      board: board(party),
      alight: alight(party),
    })),
  );
}

export function fatesOf(parties: readonly Party[]): Party['fate'][] {
  return parties.flatMap((party) => party.people.map(() => party.fate));
}

export function lengthOf(stops: readonly { lon: number; lat: number }[]): number {
  return stops.reduce(
    (sum, stop, i) => sum + (i === 0 ? 0 : roadM(stops[i - 1] as { lon: number; lat: number }, stop)),
    0,
  );
}

export function passengerOf(draft: Draft, trip: number, person: number): number {
  return draft.trips[trip]?.passengers.findIndex((it) => it.person === person) ?? -1;
}
