import { describe, expect, it } from 'vitest';
import { faults } from './check.ts';
import type { FaultCode } from './fault.ts';
import { FAULTS } from './fault.ts';
import { madeUp } from './made-up.ts';
import { greatCircleMatrix } from './matrix.ts';
import type { Party, Plan, PlanItinerary, PlanTrip, Problem, TripStop } from './problem.ts';
import { DEFAULT_SETTINGS } from './problem.ts';
import { solve } from './solve.ts';

const still = () => 0;

/** A problem with every kind of trip in its plan: main, rail, feeder, last mile and a standing run with fixed seats. */
function rich(): Problem {
  const made = madeUp({
    seed: 12,
    parties: 90,
    towns: 6,
    days: 2,
    trains: 4,
    wheelchairs: 0.05,
    fleet: [
      { seats: 49, count: 2, wheelchairBays: 1 },
      { seats: 19, count: 30, wheelchairBays: 2, roles: ['feeder'] },
    ],
  });
  const gate = made.gates[1];
  const board = made.boardingPoints[0]?.place ?? 0;
  const standing = {
    role: 'main' as const,
    stops: [
      { place: board, arriveAt: 600, departAt: 610 },
      { place: gate?.place ?? 0, arriveAt: 2000, departAt: 2010 },
    ],
    freeSeats: 5,
  };
  const fixed: Party = {
    size: 2,
    home: board,
    gate: 1,
    earliestDay: 0,
    latestDay: 0,
    fixed: [{ standing: 0, board: 0, alight: 1 }],
  };
  const late: Party = { size: 2, home: board, gate: 1, earliestDay: 0, latestDay: 0 };
  return { ...made, parties: [...made.parties, fixed, late], standing: [standing] };
}

const problem = rich();
const plan = solve(problem, { seed: 1, deadlineMs: 1e9, now: still, iterations: 60 });
const matrix = greatCircleMatrix(problem.places);
const codes = (p: Plan, q: Problem = problem) => faults(q, p, matrix).map((f) => f.code);

const indexOf = (role: PlanTrip['role'], standing = false) =>
  plan.trips.findIndex((t) => t.role === role && (t.standing !== undefined) === standing);
const withTrip = (index: number, change: (trip: PlanTrip) => PlanTrip): Plan => ({
  ...plan,
  trips: plan.trips.map((t, i) => (i === index ? change(t) : t)),
});
const withStop = (index: number, stop: number, change: (s: TripStop) => Partial<TripStop>): Plan =>
  withTrip(index, (t) => ({ ...t, stops: t.stops.map((s, i) => (i === stop ? { ...s, ...change(s) } : s)) }));
const withWay = (index: number, change: (it: PlanItinerary) => PlanItinerary): Plan => ({
  ...plan,
  itineraries: plan.itineraries.map((it, i) => (i === index ? change(it) : it)),
});
const withSettings = (settings: Partial<Problem['settings']>): Problem => ({
  ...problem,
  settings: { ...problem.settings, ...settings },
});
const shifted = (trip: PlanTrip, by: number): PlanTrip => ({
  ...trip,
  stops: trip.stops.map((s) => ({ ...s, arriveAt: s.arriveAt + by, departAt: s.departAt + by })),
  rests: trip.rests.map((r) => ({ ...r, at: r.at + by })),
});
const main = indexOf('main');
const feeder = indexOf('feeder');
const lastMile = indexOf('lastMile');
const rail = indexOf('rail');
const withRail = plan.itineraries.findIndex((it) => it.legs.some((l) => l.trip === rail));
const fixedWay = plan.itineraries.findIndex((it) => problem.parties[it.party]?.fixed);
const changed = plan.itineraries.findIndex((it) => it.legs.length > 1);
const ordinary = plan.itineraries.findIndex((it) => problem.parties[it.party]?.size === 1);
const party = (index: number) => plan.itineraries[index]?.party ?? -1;
const withParty = (index: number, change: Partial<Party>): Problem => ({
  ...problem,
  parties: problem.parties.map((p, i) => (i === index ? { ...p, ...change } : p)),
});
const law = DEFAULT_SETTINGS.law;

/** One damage for each fault: the plan or the problem it is held against. */
const damages: Record<FaultCode, () => FaultCode[]> = {
  broken_reference: () => codes(withWay(0, (it) => ({ ...it, legs: [{ trip: 9999, board: 0, alight: 1 }] }))),
  party_lost: () => codes({ ...plan, itineraries: plan.itineraries.slice(1) }),
  party_twice: () =>
    codes({ ...plan, itineraries: [...plan.itineraries, plan.itineraries[0] as PlanItinerary] }),
  party_parted: () =>
    codes({ ...plan, itineraries: [...plan.itineraries, plan.itineraries[0] as PlanItinerary] }),
  wheelchairs_lost: () => codes(plan, withParty(party(ordinary), { wheelchairs: 1 })),
  boards_wrong: () => codes(withStop(main, 0, () => ({ boards: [] }))),
  load_wrong: () => codes(withTrip(main, (t) => ({ ...t, load: t.load - 1 }))),
  over_capacity: () => codes(plan, withSettings({ loadCap: 0.3 })),
  no_wheelchair_bay: () => codes(withWay(changed, (it) => ({ ...it, wheelchairs: 9 }))),
  below_min_load: () => codes(plan, withSettings({ minLoad: 50 })),
  too_many_stops: () => codes(plan, withSettings({ maxStops: 1 })),
  ride_too_long: () => codes(plan, withSettings({ maxRideMin: 300 })),
  times_wrong: () => codes(withStop(main, 1, (s) => ({ arriveAt: s.arriveAt - 9 }))),
  dwell_short: () => codes(withStop(main, 1, (s) => ({ departAt: s.arriveAt }))),
  distance_wrong: () => codes(withTrip(main, (t) => ({ ...t, distanceM: t.distanceM - 5000 }))),
  cost_wrong: () => codes(withTrip(rail, (t) => ({ ...t, costFen: t.costFen - 100 }))),
  outside_service: () => codes(withTrip(main, (t) => shifted(t, -600))),
  wrong_day: () => codes(withTrip(main, (t) => ({ ...shifted(t, 2880), day: t.day + 2 }))),
  legs_apart: () => codes(withWay(changed, (it) => ({ ...it, legs: [...it.legs].reverse() }))),
  transfer_short: () => codes(plan, withSettings({ transferMarginMin: 300, transferMaxWaitMin: 900 })),
  transfer_long: () => codes(plan, withSettings({ transferMaxWaitMin: 29 })),
  home_unreached: () => codes(plan, withParty(party(changed), { home: problem.gates[0]?.place ?? 0 })),
  gate_missed: () => codes(plan, withParty(party(changed), { gate: 29 })),
  outside_window: () =>
    codes(plan, {
      ...problem,
      gates: problem.gates.map((g) => ({ ...g, windows: [{ fromMin: 181, toMin: 182 }] })),
    }),
  continuous_driving: () => codes(withTrip(main, (t) => ({ ...t, rests: [] }))),
  night_driving: () => codes(plan, withSettings({ law: { ...law, nightMin: 10 } })),
  halt_hours: () => codes(plan, withSettings({ law: { ...law, haltFromMin: 600, haltToMin: 900 } })),
  driver_hours: () => codes(withTrip(main, (t) => ({ ...t, drivers: 1 }))),
  crew_too_large: () => codes(withTrip(main, (t) => ({ ...t, drivers: 7 }))),
  allotment_overbooked: () =>
    codes(plan, { ...problem, allotments: problem.allotments.map((a) => ({ ...a, places: 1 })) }),
  allotment_times: () => codes(withStop(rail, 0, (s) => ({ departAt: s.departAt + 60 }))),
  vehicle_missing: () => codes(withTrip(main, (t) => ({ ...t, vehicle: { type: 0, no: 5 } }))),
  vehicle_busy: () =>
    codes({
      ...plan,
      trips: plan.trips.map((t) => (t.role === 'feeder' ? { ...t, vehicle: { type: 1, no: 0 } } : t)),
    }),
  wrong_role: () => codes(withTrip(feeder, (t) => ({ ...t, vehicle: { type: 0, no: 1 } }))),
  standing_changed: () => codes(withStop(0, 0, (s) => ({ departAt: s.departAt + 1 }))),
  standing_overbooked: () =>
    codes(plan, { ...problem, standing: problem.standing.map((s) => ({ ...s, freeSeats: 1 })) }),
  fixed_moved: () =>
    codes(withWay(fixedWay, (it) => ({ ...it, legs: [{ trip: main, board: 0, alight: 1 }] }))),
  unknown_code: () =>
    codes({
      ...plan,
      unserved: [
        {
          party: 0,
          people: 1,
          reason: { code: 'made_up' as never, numbers: {} },
          remedy: { code: 'later_day', numbers: {} },
        },
      ],
    }),
  totals_wrong: () => codes({ ...plan, totals: { ...plan.totals, costFen: 1 } }),
};

describe('faults', () => {
  it('finds nothing in a correct plan that holds every kind of trip', () => {
    expect(faults(problem, plan, matrix)).toEqual([]);
    expect([main, feeder, lastMile, rail, withRail, fixedWay, changed, ordinary].every((i) => i >= 0)).toBe(
      true,
    );
    expect(plan.trips[0]?.load).toBeGreaterThan(2);
    expect(plan.trips[0]?.load).toBeLessThanOrEqual(7);
  });

  for (const code of FAULTS) {
    it(`names ${code} when that is broken`, () => {
      expect(damages[code]()).toContain(code);
    });
  }
});
