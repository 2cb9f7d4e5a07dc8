import { describe, expect, it } from 'vitest';
import { faults } from './check.ts';
import { greatCircleMatrix } from './matrix.ts';
import type { Party, Plan, Problem, Settings } from './problem.ts';
import { DEFAULT_SETTINGS } from './problem.ts';
import { solve } from './solve.ts';

const WULONG = { lon: 107.76, lat: 29.325 };
const TOWN = { lon: 107.7, lat: 29.42 };
const VILLAGE = { lon: 107.82, lat: 29.25 };
const YUBEI = { lon: 106.63, lat: 29.72 };
const DONGGUAN = { lon: 113.75, lat: 23.02 };
const STATION = { lon: 106.55, lat: 29.61 };
const ARRIVAL = { lon: 113.27, lat: 22.99 };
const HARBIN = { lon: 126.64, lat: 45.76 };
const ALL_DAY = [{ fromMin: 0, toMin: 1440 }];

/** Places 0 Wulong, 1 a town, 2 a village; gates 0 Yubei, 1 Dongguan, 2 Harbin; two boarding points. */
function problemOf(
  parties: Partial<Party>[],
  more: Partial<Omit<Problem, 'settings'>> = {},
  settings: Partial<Settings> = {},
): Problem {
  return {
    places: [WULONG, TOWN, VILLAGE, YUBEI, DONGGUAN, STATION, ARRIVAL, HARBIN],
    parties: parties.map((p) => ({ size: 1, home: 0, gate: 0, earliestDay: 0, latestDay: 0, ...p })),
    gates: [
      { place: 3, windows: ALL_DAY, city: 0 },
      { place: 4, windows: ALL_DAY, city: 1 },
      { place: 7, windows: ALL_DAY, city: 2 },
    ],
    boardingPoints: [{ place: 0 }, { place: 1 }],
    fleet: [{ seats: 49, count: 3 }],
    allotments: [],
    standing: [],
    horizon: { fromDay: 0, toDay: 2 },
    ...more,
    settings: { ...DEFAULT_SETTINGS, ...settings },
  };
}

function planOf(problem: Problem): Plan {
  const plan = solve(problem, { seed: 1, deadlineMs: 1e9, now: () => 0, iterations: 100 });
  expect(faults(problem, plan, greatCircleMatrix(problem.places))).toEqual([]);
  return plan;
}

const people = (count: number, party: Partial<Party> = {}) => Array.from({ length: count }, () => party);
const why = (plan: Plan, party: number) => {
  const found = plan.unserved.find((u) => u.party === party);
  return [found?.reason.code, found?.remedy.code];
};
const roles = (plan: Plan, party: number) =>
  plan.itineraries
    .filter((it) => it.party === party)
    .map((it) => it.legs.map((l) => plan.trips[l.trip]?.role));

const train = {
  mode: 'rail' as const,
  from: 5,
  to: 6,
  departAt: 900,
  arriveAt: 1320,
  places: 60,
  wheelchairBays: 1,
  fareFen: 40_000,
};

describe('a way from door to gate', () => {
  it('Wulong → Yubei: one leg inside the municipality, no change', () => {
    const plan = planOf(problemOf(people(25)));
    expect(plan.trips).toHaveLength(1);
    expect(plan.trips[0]?.drivers).toBe(1);
    expect(plan.itineraries.every((it) => it.legs.length === 1)).toBe(true);
    expect(plan.totals.unservedPeople).toBe(0);
  });

  it('a village far from the pick-up point gets a feeder that is there in time', () => {
    const plan = planOf(problemOf([...people(24), { home: 2 }]));
    expect(roles(plan, 24)).toEqual([['feeder', 'main']]);
  });

  it('feeder → coach to the station → train → factory bus', () => {
    const fleet = [{ seats: 19, count: 9, roles: ['feeder' as const] }];
    const plan = planOf(
      problemOf([{ home: 2, gate: 1 }], { fleet, allotments: [train] }, { feederMaxRideMin: 60 }),
    );
    expect(roles(plan, 0)).toEqual([['feeder', 'feeder', 'rail', 'lastMile']]);
  });

  it('a wheelchair user rides where there is a bay, and the reason says so where there is none', () => {
    const parties = [...people(24), { wheelchairs: 1 }];
    const fleet = [
      { seats: 49, count: 3 },
      { seats: 35, count: 1, wheelchairBays: 1 },
    ];
    const plan = planOf(problemOf(parties, { fleet }));
    expect(plan.totals.unservedPeople).toBe(0);
    const none = planOf(problemOf(parties));
    expect(why(none, 24)).toEqual(['no_wheelchair_bay', 'accessible_vehicle']);
  });

  it('19 people are below a minimum load of 20, 20 are not', () => {
    const thin = planOf(problemOf(people(19)));
    expect(thin.totals.servedPeople).toBe(0);
    expect(why(thin, 0)).toEqual(['below_min_load', 'lower_min_load']);
    expect(thin.unserved[0]?.reason.numbers).toEqual({ have: 19, need: 20 });
    expect(planOf(problemOf(people(20))).totals.servedPeople).toBe(20);
  });

  it('with few people the remedy is a neighbour, with a run on another day that day', () => {
    expect(why(planOf(problemOf(people(5))), 0)).toEqual(['below_min_load', 'join_neighbor']);
    const plan = planOf(problemOf([...people(22, { earliestDay: 1, latestDay: 1 }), {}]));
    expect(why(plan, 22)).toEqual(['below_min_load', 'later_day']);
    expect(plan.unserved[0]?.remedy.numbers).toEqual({ day: 1, days: 1 });
  });

  it('half load and two rows for observation leave 20 of 49 seats', () => {
    const plan = planOf(problemOf(people(60), {}, { loadCap: 0.5, observationSeats: 8 }));
    expect(plan.trips.map((t) => t.load)).toEqual([20, 20, 20]);
  });

  it('a party stays together; a group that agreed to part may ride on two vehicles', () => {
    const group = { size: 60 };
    expect(why(planOf(problemOf([group])), 0)).toEqual(['party_too_large', 'split_party']);
    const plan = planOf(problemOf([{ ...group, mayPart: true }]));
    expect(plan.totals.servedPeople).toBe(60);
    expect(plan.itineraries.length).toBe(2);
  });

  it('who has priority goes when seats are short', () => {
    const parties = [...people(60), ...people(10, { priority: 5 })];
    const plan = planOf(problemOf(parties, { fleet: [{ seats: 49, count: 1 }] }));
    expect(plan.unserved.every((u) => u.party < 60)).toBe(true);
    expect(plan.totals.servedPeople).toBe(49);
    expect(why(plan, plan.unserved[0]?.party ?? -1)).toEqual(['no_vehicle', 'one_more_vehicle']);
  });

  it('names what is missing before any search', () => {
    const problem = problemOf([{ gate: -1 }, { gate: 0 }, { earliestDay: 9, latestDay: 9 }]);
    const closed = { ...problem, gates: problem.gates.map((g, i) => (i === 0 ? { ...g, windows: [] } : g)) };
    const plan = planOf({
      ...closed,
      parties: closed.parties.map((p, i) => (i === 2 ? { ...p, gate: 1 } : p)),
    });
    expect(why(plan, 0)).toEqual(['no_destination', 'ask_destination']);
    expect(why(plan, 1)).toEqual(['no_arrival_window', 'ask_gate']);
    expect(why(plan, 2)).toEqual(['beyond_horizon', 'extend_horizon']);
  });

  it('too long a ride, a window that no departure meets', () => {
    const far = planOf(problemOf(people(25, { gate: 2 })));
    expect(why(far, 0)).toEqual(['ride_too_long', 'raise_ride_limit']);
    const problem = problemOf(people(25, { gate: 1 }));
    const gates = problem.gates.map((g) => ({ ...g, windows: [{ fromMin: 0, toMin: 60, day: 0 }] }));
    expect(why(planOf({ ...problem, gates }), 0)).toEqual(['window_unreachable', 'widen_window']);
  });

  it('a gate that receives from 8 to 10 is reached between 8 and 10', () => {
    const problem = problemOf(people(25, { gate: 1 }));
    const gates = problem.gates.map((g) => ({ ...g, windows: [{ fromMin: 480, toMin: 600 }] }));
    const plan = planOf({ ...problem, gates });
    const arrives = (plan.trips[0]?.stops[1]?.arriveAt ?? 0) % 1440;
    expect(arrives).toBeGreaterThanOrEqual(480);
    expect(arrives).toBeLessThanOrEqual(600);
  });

  it('a run to Dongguan stands from 2 to 5 at night', () => {
    const plan = planOf(problemOf(people(25, { gate: 1 })));
    const trip = plan.trips[0];
    const night = trip?.rests.some((r) => r.at <= 1440 + 120 && r.at + r.minutes >= 1440 + 300);
    expect((trip?.stops[1]?.arriveAt ?? 0) < 1440 + 120 || night).toBe(true);
    expect(trip?.drivers).toBeGreaterThan(1);
  });

  it('a late wish takes a free seat of a published run, whose people and times stay', () => {
    const stops = [
      { place: 0, arriveAt: 590, departAt: 600 },
      { place: 3, arriveAt: 800, departAt: 810 },
    ];
    const standing = [{ role: 'main' as const, stops, freeSeats: 1 }];
    const fixed = { fixed: [{ standing: 0, board: 0, alight: 1 }] };
    const plan = planOf(problemOf([fixed, {}, {}], { standing }));
    expect(plan.itineraries.map((it) => it.legs[0]?.trip)).toEqual([0, 0]);
    expect(plan.trips[0]?.load).toBe(2);
    expect(plan.totals).toMatchObject({ servedPeople: 2, unservedPeople: 1, costFen: 0, mainRuns: 0 });
  });

  it('reserved places are taken when they are cheaper, and no more of them than there are', () => {
    const allotments = [{ ...train, places: 30 }];
    const plan = planOf(problemOf(people(60, { gate: 1 }), { allotments }));
    const rail = plan.trips.find((t) => t.role === 'rail');
    expect(rail?.load).toBeLessThanOrEqual(30);
    expect(plan.totals.unservedPeople).toBe(0);
  });

  it('names a full train when only that would help', () => {
    const allotments = [{ ...train, places: 2 }];
    const plan = planOf(problemOf(people(4, { gate: 1 }), { allotments, fleet: [] }));
    expect(plan.totals.servedPeople).toBe(2);
    expect(plan.unserved[0]?.remedy).toEqual({ code: 'other_mode', numbers: { allotment: 0, places: 1 } });
  });

  it('without feeders of its own a fleet leaves villages behind and says so', () => {
    const plan = planOf(problemOf([...people(24), { home: 2 }], {}, { feeder: 'fleet' }));
    expect(why(plan, 24)).toEqual(['no_feeder', 'one_more_feeder']);
  });
});
