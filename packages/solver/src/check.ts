import { fleetFaults } from './check-fleet.ts';
import { tripFaults } from './check-trips.ts';
import type { Fault, FaultCode } from './fault.ts';
import type { Matrix, Party, Plan, PlanItinerary, PlanLeg, PlanTrip, Problem, TripStop } from './problem.ts';
import { REASONS, REMEDIES } from './problem.ts';

/**
 * Every fault of a plan as a code and numbers; empty when it is sound. Written apart from the search on purpose: it
 * shares no code with it, only the types, so one cannot hide the other's mistakes. `matrix` must be the provider the
 * plan was made with.
 */
export function faults(problem: Problem, plan: Plan, matrix: Matrix): Fault[] {
  const broken = references(problem, plan);
  if (broken.length > 0) return broken;
  return [
    ...partyFaults(problem, plan),
    ...tripFaults(problem, plan, matrix),
    ...fleetFaults(problem, plan),
    ...plan.itineraries.flatMap((it, index) => wayFaults(problem, plan, matrix, it, index)),
    ...totalFaults(problem, plan),
  ];
}

function references(problem: Problem, plan: Plan): Fault[] {
  const found: Fault[] = [];
  const miss = (numbers: Record<string, number>) => found.push({ code: 'broken_reference', numbers });
  plan.trips.forEach((trip, index) => {
    if (trip.stops.length < 2 || trip.stops.some((s) => !problem.places[s.place])) miss({ trip: index });
  });
  plan.itineraries.forEach((it, index) => {
    if (!problem.parties[it.party]) miss({ itinerary: index, party: it.party });
    if (it.legs.length === 0) miss({ itinerary: index, legs: 0 });
    for (const leg of it.legs) {
      const stops = plan.trips[leg.trip]?.stops;
      if (!stops?.[leg.board] || !stops[leg.alight] || leg.board >= leg.alight)
        miss({ itinerary: index, trip: leg.trip });
    }
  });
  for (const it of plan.unserved) if (!problem.parties[it.party]) miss({ party: it.party });
  problem.standing.forEach((_, standing) => {
    if (plan.trips.filter((t) => t.standing === standing).length !== 1) miss({ standing });
  });
  return found;
}

/** Each party once, whole unless it may part, served or unserved with known codes. */
function partyFaults(problem: Problem, plan: Plan): Fault[] {
  const found: Fault[] = [];
  const ways = problem.parties.map(() => ({ times: 0, served: 0, wheelchairs: 0, left: 0, leftTimes: 0 }));
  for (const it of plan.itineraries) {
    const way = ways[it.party];
    if (!way) continue;
    way.times++;
    way.served += it.people;
    way.wheelchairs += it.wheelchairs;
  }
  for (const it of plan.unserved) {
    const way = ways[it.party];
    if (!way) continue;
    way.left += it.people;
    way.leftTimes++;
    if (!REASONS.includes(it.reason.code) || !REMEDIES.includes(it.remedy.code)) {
      found.push({ code: 'unknown_code', numbers: { party: it.party } });
    }
  }
  problem.parties.forEach((party, index) => {
    const way = ways[index];
    if (!way) return;
    const say = (code: FaultCode) =>
      found.push({
        code,
        numbers: { party: index, size: party.size, served: way.served, unserved: way.left },
      });
    if (way.served + way.left < party.size) say('party_lost');
    if (way.served + way.left > party.size || way.leftTimes > 1) say('party_twice');
    const parted = way.times > 1 || (way.times === 1 && way.served !== party.size);
    if (parted && !party.mayPart) say('party_parted');
    if (way.left === 0 && way.wheelchairs !== (party.wheelchairs ?? 0)) say('wheelchairs_lost');
    if (party.fixed && !keeps(plan, party, index)) say('fixed_moved');
  });
  return found;
}

function keeps(plan: Plan, party: Party, index: number): boolean {
  const own = plan.itineraries.filter((it) => it.party === index);
  const legs = own[0]?.legs ?? [];
  const fixed = party.fixed ?? [];
  return (
    own.length === 1 &&
    legs.length === fixed.length &&
    fixed.every((was, i) => {
      const leg = legs[i];
      const standing = plan.trips[leg?.trip ?? -1]?.standing;
      return standing === was.standing && leg?.board === was.board && leg.alight === was.alight;
    })
  );
}

interface Ride {
  readonly leg: PlanLeg;
  readonly trip: PlanTrip;
  readonly from: TripStop;
  readonly to: TripStop;
}

/** One party's way from door to gate: places, changes, days, windows, time on board. */
function wayFaults(problem: Problem, plan: Plan, matrix: Matrix, it: PlanItinerary, index: number): Fault[] {
  const party = problem.parties[it.party];
  if (!party || party.fixed) return [];
  const rides = it.legs.map((leg): Ride => {
    const trip = plan.trips[leg.trip] as PlanTrip;
    return { leg, trip, from: trip.stops[leg.board] as TripStop, to: trip.stops[leg.alight] as TripStop };
  });
  const found: Fault[] = [];
  const say = (code: FaultCode, numbers: Record<string, number>) =>
    found.push({ code, numbers: { itinerary: index, party: it.party, ...numbers } });
  ends(problem, matrix, party, rides, say);
  changes(problem, rides, say);
  days(party, rides, say);
  rides.forEach((ride, i) => {
    const minutes = ride.to.arriveAt - ride.from.departAt;
    const max = longestRide(problem, ride.trip, rides[i + 1]?.trip);
    if (minutes > max) say('ride_too_long', { trip: ride.leg.trip, minutes, max });
  });
  return found;
}

type Say = (code: FaultCode, numbers: Record<string, number>) => void;

function longestRide(problem: Problem, trip: PlanTrip, next: PlanTrip | undefined): number {
  const { maxRideMin, feederMaxRideMin, accessMaxRideMin } = problem.settings;
  if (trip.role === 'rail') return Infinity;
  if (trip.role === 'main') return maxRideMin;
  return trip.role === 'feeder' && next?.role !== 'rail' ? feederMaxRideMin : accessMaxRideMin;
}

function ends(problem: Problem, matrix: Matrix, party: Party, rides: readonly Ride[], say: Say): void {
  const first = rides[0];
  const last = rides[rides.length - 1];
  const gate = problem.gates[party.gate];
  if (!first || !last) return;
  const walk = (a: number, b: number) => (a === b ? 0 : matrix.distanceM(a, b));
  const out = walk(party.home, first.from.place);
  if (out > problem.settings.walkM) say('home_unreached', { distanceM: out });
  if (!gate) {
    say('gate_missed', { gate: party.gate });
    return;
  }
  const left = walk(last.to.place, gate.place);
  const limit = last.trip.role === 'rail' ? problem.settings.walkM : 0;
  if (left > limit) say('gate_missed', { distanceM: left });
  const at = last.to.arriveAt;
  const received = gate.windows.some((w) => {
    const day = Math.floor(at / 1440);
    const minute = at - day * 1440;
    return (w.day === undefined || w.day === day) && minute >= w.fromMin && minute <= w.toMin;
  });
  if (!received) say('outside_window', { at });
}

function changes(problem: Problem, rides: readonly Ride[], say: Say): void {
  const { transferMarginMin, transferMaxWaitMin } = problem.settings;
  rides.forEach((ride, i) => {
    const next = rides[i + 1];
    if (!next) return;
    if (ride.to.place !== next.from.place) say('legs_apart', { leg: i });
    const wait = next.from.departAt - ride.to.arriveAt;
    if (wait < transferMarginMin) say('transfer_short', { leg: i, minutes: wait, need: transferMarginMin });
    if (wait > transferMaxWaitMin) say('transfer_long', { leg: i, minutes: wait, max: transferMaxWaitMin });
  });
}

function days(party: Party, rides: readonly Ride[], say: Say): void {
  const main = rides.find((r) => r.trip.role === 'main' || r.trip.role === 'rail');
  if (!main) {
    say('legs_apart', { main: 0 });
    return;
  }
  const { day } = main.trip;
  const first = Math.floor((rides[0]?.from.departAt ?? 0) / 1440);
  if (day < party.earliestDay || day > party.latestDay || first < party.earliestDay)
    say('wrong_day', { day });
}

function totalFaults(problem: Problem, plan: Plan): Fault[] {
  const { totals } = plan;
  const sum = (list: readonly { people: number }[]) => list.reduce((n, it) => n + it.people, 0);
  const unservedParties = new Set(plan.unserved.map((u) => u.party)).size;
  const costFen = plan.trips.reduce((n, t) => n + t.costFen, 0);
  const right =
    totals.servedPeople === sum(plan.itineraries) &&
    totals.unservedPeople === sum(plan.unserved) &&
    totals.unservedParties === unservedParties &&
    totals.servedParties === problem.parties.length - unservedParties &&
    totals.mainRuns === plan.trips.filter((t) => t.role === 'main' && t.standing === undefined).length &&
    totals.costFen === costFen;
  return right ? [] : [{ code: 'totals_wrong', numbers: { costFen, unservedParties } }];
}
