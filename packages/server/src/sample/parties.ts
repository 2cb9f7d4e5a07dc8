import type { Random } from '@fangang/solver/random.ts';
import { one, weighted } from './chance.ts';
import { type District, type Draft, nearestTowns, type Town } from './draft.ts';
import { makeParty, partySize } from './residents.ts';
import { SEASON } from './season.ts';
import { addDays, midnight } from './time.ts';
import type { Destination, GateNo, WishKind } from './world.ts';

/** People of one household on one run. */
export interface Party {
  readonly no: number;
  readonly town: Town;
  readonly people: readonly number[];
  readonly gate: GateNo;
  /** What happens to it at the door. */
  readonly fate: 'boards' | 'absent' | 'held';
  readonly wheelchair: boolean;
}

export interface Gathering {
  readonly towns: readonly Town[];
  readonly gates: readonly GateNo[];
  /** People who will board, and singles who will not. */
  readonly boarding: number;
  readonly absent: number;
  readonly held: number;
  readonly allPoverty?: boolean;
  /** Wheelchair users, each in a party of their own household. */
  readonly wheelchairs?: number;
}

/** Towns of one run: a chance one of the district and its nearest neighbours. */
export function townsOf(random: Random, district: District, count: number): Town[] {
  return nearestTowns(district, one(random, district.towns), count);
}

/** Makes exactly as many people as the run needs, in parties, town by town. */
export function gather(draft: Draft, random: Random, it: Gathering): Party[] {
  const parties: Party[] = [];
  let left = it.boarding;
  let wheelchairs = it.wheelchairs ?? 0;
  while (left > 0) {
    const wheelchair = wheelchairs-- > 0;
    const size = wheelchair ? Math.min(2, left) : partySize(random, left);
    parties.push(party(draft, random, it, size, 'boards', wheelchair));
    left -= size;
  }
  for (let i = 0; i < it.absent; i++) parties.push(party(draft, random, it, 1, 'absent', false));
  for (let i = 0; i < it.held; i++) parties.push(party(draft, random, it, 1, 'held', false));
  return parties;
}

function party(
  draft: Draft,
  random: Random,
  it: Gathering,
  size: number,
  fate: Party['fate'],
  wheelchair: boolean,
): Party {
  const town = one(random, it.towns);
  const people = makeParty(draft, random, { town, size, allPoverty: it.allPoverty, wheelchair });
  return { no: draft.parties++, town, people, gate: one(random, it.gates), fate, wheelchair };
}

/**
 * Seats from 1 upwards: even parties first, then odd ones, so that a party always has consecutive numbers and pairs share a bench.
 * Answers the first seat of each party, in the order given.
 */
export function seatParties(parties: readonly Party[]): number[] {
  const order = parties.map((_, i) => i).sort((a, b) => rank(parties[a]) - rank(parties[b]) || a - b);
  const first = new Array<number>(parties.length).fill(0);
  let next = 1;
  for (const i of order) {
    first[i] = next;
    next += parties[i]?.people.length ?? 0;
  }
  return first;
}

function rank(party: Party | undefined): number {
  if (!party || party.wheelchair) return -1;
  return party.people.length % 2;
}

export interface WishWanted {
  readonly party: number;
  readonly people: readonly number[];
  readonly destination: Destination | null;
  readonly gate: GateNo | null;
  readonly earliest: string;
  readonly latest: string;
  readonly kind: WishKind;
  readonly mayPart?: boolean;
  /** Confirmed on the phone, or only recorded yet. */
  readonly confirmed: boolean;
}

/** The wishes of a party in the running season, to travel with us. Answers the index of the first; they follow each other. */
export function recordWishes(draft: Draft, random: Random, it: WishWanted): number {
  const first = draft.wishes.length;
  for (const person of it.people) {
    const resident = draft.persons[person];
    if (!resident) throw new Error(`no person ${person}`);
    const confirmedAt = it.confirmed
      ? `${addDays(resident.registeredAt.slice(0, 10), 1 + Math.floor(random() * 3))}T10:${String(10 + Math.floor(random() * 49))}:00+08:00`
      : null;
    draft.wishes.push({
      season: SEASON,
      person,
      kind: it.kind,
      mode: 'ours',
      county: it.destination?.county ?? null,
      gate: it.gate,
      earliest: it.earliest,
      latest: it.latest,
      party: it.party,
      mayPart: it.mayPart ?? false,
      wheelchair: resident.wheelchair,
      recordedBy: resident.registeredBy,
      recordedAt: resident.registeredAt,
      confirmedAt,
      ended: null,
    });
  }
  return first;
}

/** The days on which a party that leaves on `date` could have left. */
export function windowAround(random: Random, date: string): { earliest: string; latest: string } {
  const earliest = addDays(
    date,
    -weighted(random, [
      [0, 5],
      [1, 4],
      [2, 2],
    ]),
  );
  return {
    earliest: midnight(earliest) < midnight('2022-02-03') ? '2022-02-03' : earliest,
    latest: addDays(
      date,
      weighted(random, [
        [1, 4],
        [2, 4],
        [4, 3],
      ]),
    ),
  };
}
