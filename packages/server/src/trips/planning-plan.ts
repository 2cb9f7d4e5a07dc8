import { addDays, chinaMoment, clockOf, momentAt, msOf } from '@fangang/domain/basics/moment.ts';
import type { CommitOutcome } from '@fangang/domain/trips/api-planning.ts';
import { usablePlaces } from '@fangang/domain/trips/rules.ts';
import { type FleetLine, ownerOf } from '@fangang/domain/trips/rules-planning.ts';
import type { StopKind, TripMode, TripRole } from '@fangang/domain/trips/schema.ts';
import type { Numbers, Plan, PlanTrip } from '@fangang/solver/problem.ts';
import { ASSUMED_VEHICLES } from '@fangang/solver/problem.ts';
import type { UnplacedNote } from '../people/store-wishes.ts';
import type { DistrictFacts, Mapped, Spot } from './planning-problem.ts';
import type { WishRow } from './store-planning.ts';

/** What was asked of a plan, as the proposal keeps it. */
export interface PlanRequest {
  readonly fromDay: string;
  readonly toDay: string;
  readonly fleet: readonly FleetLine[];
  readonly seconds: number | null;
}

export interface PlannedStop {
  readonly kind: StopKind;
  /** Area of a pick-up, gate, county, or the name of a station. */
  readonly area?: string;
  readonly gate?: string;
  readonly destination?: string;
  readonly station?: string;
  /** Name of a stop that a standing run has for itself. */
  readonly named?: { readonly name: string; readonly pinyin: string };
  readonly lon: number;
  readonly lat: number;
  readonly arriveAt: string;
  readonly departAt: string;
  readonly boards: number;
  readonly alights: number;
}

export interface PlannedTrip {
  readonly role: TripRole;
  readonly mode: TripMode;
  /** The run that stands and takes more people. */
  readonly standing: string | null;
  readonly allotment: string | null;
  readonly day: string;
  readonly departAt: string;
  readonly arriveAt: string;
  readonly places: number;
  readonly cap: number;
  readonly bays: number;
  /** Sold before this plan. */
  readonly before: number;
  readonly load: number;
  readonly drivers: number;
  readonly rests: readonly { afterStop: number; at: string; minutes: number; change: boolean }[];
  readonly distanceM: number;
  readonly costFen: number;
  readonly stops: readonly PlannedStop[];
}

export interface PlannedMember {
  readonly wish: string;
  readonly person: string;
  readonly wheelchair: boolean;
  /** What was wished when the plan was made; a wish that says something else now is left out of the commit. */
  readonly said: string;
}

export interface PlannedWay {
  readonly party: string;
  readonly members: readonly PlannedMember[];
  readonly legs: readonly { readonly trip: number; readonly board: number; readonly alight: number }[];
}

export type PlanFacts = Readonly<Record<string, string | number>>;

export interface PlannedGap {
  readonly party: string;
  readonly members: readonly PlannedMember[];
  readonly area: string;
  readonly reason: string;
  readonly facts: PlanFacts;
  readonly remedy: string;
  readonly remedyFacts: PlanFacts;
  readonly owner: string | null;
}

/** A plan in ids and numbers, as the proposal keeps it. */
export interface StoredPlan {
  /** Runs the district had when the plan was made: with another number it is outdated. */
  readonly tripsKnown: number;
  readonly trips: readonly PlannedTrip[];
  readonly ways: readonly PlannedWay[];
  readonly gaps: readonly PlannedGap[];
  readonly totals: {
    readonly placed: number;
    readonly unplaced: number;
    readonly runs: number;
    readonly costFen: number;
    readonly boundFen: number;
  };
  readonly outcome?: CommitOutcome;
}

/** What a plan says of each person it could not place: reason, remedy and who answers (law 7). */
export function gapNotes(plan: StoredPlan): UnplacedNote[] {
  return plan.gaps.flatMap((gap) =>
    gap.members.map(({ wish }) => ({
      wish,
      reason: gap.reason,
      numbers: { ...gap.facts, ...gap.remedyFacts },
      remedy: gap.remedy,
      owner: gap.owner,
    })),
  );
}

/** What a wish says about its way, to see whether it still does. */
export function saidBy(wish: WishRow): string {
  const { destination, gate_id, earliest, latest, party, may_part, wheelchair } = wish;
  return [destination, gate_id, earliest, latest, party, may_part, wheelchair].join('|');
}

/** The solver's plan in ids: who rides which run from which stop to which, and who has no way, with an owner. */
export function toStored(
  facts: DistrictFacts,
  mapped: Mapped,
  plan: Plan,
  askedBy: string | null,
): StoredPlan {
  const used = plan.trips.map((it) => it.standing === undefined || it.load > 0);
  const newNo: number[] = [];
  const trips: PlannedTrip[] = [];
  plan.trips.forEach((trip, index) => {
    if (!used[index]) return;
    newNo[index] = trips.push(tripOf(facts, mapped, trip)) - 1;
  });
  const pools = mapped.groups.map((it) => it.members.slice());
  const take = (party: number, people: number, wheelchairs: number): WishRow[] => {
    const pool = pools[party] as WishRow[];
    const rolling = pool.filter((it) => it.wheelchair).slice(0, wheelchairs);
    const walking = pool.filter((it) => !it.wheelchair).slice(0, people - rolling.length);
    const taken = new Set([...rolling, ...walking]);
    pools[party] = pool.filter((it) => !taken.has(it));
    return [...rolling, ...walking];
  };
  const heads = trips.map((it) => it.stops.map(() => ({ boards: 0, alights: 0 })));
  const ways = plan.itineraries.map((it): PlannedWay => {
    const members = take(it.party, it.people, it.wheelchairs).map(memberOf);
    const legs = it.legs.map((leg) => ({ ...leg, trip: newNo[leg.trip] as number }));
    for (const leg of legs) {
      const stops = heads[leg.trip];
      const [on, off] = [stops?.[leg.board], stops?.[leg.alight]];
      if (on) on.boards += members.length;
      if (off) off.alights += members.length;
    }
    return { party: mapped.groups[it.party]?.party as string, members, legs };
  });
  const gaps = plan.unserved.map((it) => gapOf(facts, mapped, it, pools[it.party] ?? [], askedBy));
  return {
    tripsKnown: facts.tripsKnown,
    trips: trips.map((trip, i) => ({
      ...trip,
      stops: trip.stops.map((stop, k) => ({ ...stop, ...heads[i]?.[k] })),
    })),
    ways,
    gaps,
    totals: {
      placed: plan.totals.servedPeople,
      unplaced: plan.totals.unservedPeople,
      runs: plan.trips.filter((it) => it.standing === undefined && (it.role === 'main' || it.role === 'rail'))
        .length,
      costFen: plan.totals.costFen,
      boundFen: plan.totals.boundFen,
    },
  };
}

function memberOf(wish: WishRow): PlannedMember {
  return { wish: wish.id, person: wish.person_id, wheelchair: wish.wheelchair, said: saidBy(wish) };
}

function stopOf(
  facts: DistrictFacts,
  spot: Spot,
  stop: PlanTrip['stops'][number],
  leavesPickUps: boolean,
): PlannedStop {
  const { lon, lat } = spot;
  const at = (minutes: number) => momentAt(facts.days.from, minutes);
  const rest = { lon, lat, arriveAt: at(stop.arriveAt), departAt: at(stop.departAt), boards: 0, alights: 0 };
  switch (spot.kind) {
    case 'area':
      return { kind: 'pickUp', area: spot.code, ...rest };
    case 'gate':
      return { kind: 'gate', gate: spot.id, ...rest };
    case 'destination':
      return { kind: 'gate', destination: spot.code, ...rest };
    case 'station':
      return { kind: 'station', station: spot.name, ...rest };
    case 'stop':
      return {
        kind: leavesPickUps ? 'pickUp' : 'gate',
        named: { name: spot.name, pinyin: spot.pinyin },
        ...rest,
      };
  }
}

function stopsOf(facts: DistrictFacts, mapped: Mapped, trip: PlanTrip): PlannedStop[] {
  return trip.stops.map((it, i) =>
    stopOf(facts, mapped.spots[it.place] as Spot, it, i < trip.stops.length - 1),
  );
}

function tripOf(facts: DistrictFacts, mapped: Mapped, trip: PlanTrip): PlannedTrip {
  const at = (minutes: number) => momentAt(facts.days.from, minutes);
  const stops = stopsOf(facts, mapped, trip);
  const [first, last] = [trip.stops[0], trip.stops[trip.stops.length - 1]];
  const same = {
    day: addDays(facts.days.from, trip.day),
    departAt: at(first?.departAt ?? 0),
    arriveAt: at(last?.arriveAt ?? 0),
    load: trip.load,
    drivers: trip.drivers,
    rests: trip.rests.map((it) => ({ ...it, at: at(it.at) })),
    distanceM: Math.round(trip.distanceM),
    costFen: Math.round(trip.costFen),
    stops,
  };
  const standing = trip.standing === undefined ? undefined : facts.standing[trip.standing];
  if (standing) {
    const { id, mode, places, cap, bays, sold } = standing;
    return { ...same, role: 'main', mode, standing: id, allotment: null, places, cap, bays, before: sold };
  }
  const ticket = trip.allotment === undefined ? undefined : facts.allotments[trip.allotment];
  if (ticket) {
    const { id, mode, places, wheelchair_bays: bays, sold: before } = ticket;
    return { ...same, role: 'main', mode, standing: null, allotment: id, places, cap: places, bays, before };
  }
  const role = trip.role === 'rail' ? 'main' : trip.role;
  const type = trip.vehicle?.type ?? -1;
  const { fleet } = mapped.problem;
  const vehicle = fleet[type] ?? ASSUMED_VEHICLES[type - fleet.length];
  if (!vehicle) throw new Error(`a run on vehicle type ${type}, which there is not`);
  return {
    ...same,
    role,
    mode: 'charterBus',
    standing: null,
    allotment: null,
    places: vehicle.seats,
    cap: usablePlaces(vehicle.seats, facts.season.settings, { road: true, main: role === 'main' }),
    bays: vehicle.wheelchairBays ?? 0,
    before: 0,
  };
}

function gapOf(
  facts: DistrictFacts,
  mapped: Mapped,
  it: Plan['unserved'][number],
  left: readonly WishRow[],
  askedBy: string | null,
): PlannedGap {
  const group = mapped.groups[it.party];
  const home = group?.members[0]?.area ?? facts.area;
  return {
    party: group?.party ?? '',
    members: left.map(memberOf),
    area: home,
    reason: it.reason.code,
    facts: inWords(facts.days.from, it.reason.numbers),
    remedy: it.remedy.code,
    remedyFacts: inWords(facts.days.from, it.remedy.numbers),
    owner: ownerOf(facts.owners, home) ?? askedBy,
  };
}

const DAYS = new Set(['day', 'fromDay', 'toDay', 'earliestDay', 'latestDay']);

/** The solver's numbers as the words ask for them: days as dates, moments as clock times, metres as kilometres beside them. */
function inWords(from: string, numbers: Numbers): PlanFacts {
  const facts: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(numbers)) {
    if (DAYS.has(name)) facts[name] = addDays(from, value);
    else if (name === 'earliestAt') facts[name] = momentText(momentAt(from, value));
    else if (name === 'minuteOfDay') facts.clock = clockOf(momentAt(from, value));
    else if (name !== 'allotment') facts[name] = value;
    if (name === 'distanceM') facts.km = Math.round(value / 100) / 10;
  }
  return facts;
}

function momentText(moment: string): string {
  return chinaMoment(msOf(moment)).slice(0, 16).replace('T', ' ');
}
