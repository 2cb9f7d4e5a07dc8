import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faults } from './check.ts';
import { madeUp } from './made-up.ts';
import { greatCircleMatrix } from './matrix.ts';
import type { Plan, Problem, Settings, VehicleType } from './problem.ts';
import { DEFAULT_SETTINGS } from './problem.ts';
import { solve } from './solve.ts';

/** A clock that never runs out: the iterations alone decide. */
const still = () => 0;

function planned(problem: Problem, iterations = 60, seed = 1): Plan {
  return solve(problem, { seed, deadlineMs: 1e9, now: still, iterations });
}

function check(problem: Problem, plan: Plan) {
  return faults(problem, plan, greatCircleMatrix(problem.places));
}

const fleets: fc.Arbitrary<VehicleType[]> = fc.array(
  fc.record(
    {
      seats: fc.constantFrom(7, 19, 35, 49, 55),
      count: fc.integer({ min: 0, max: 4 }),
      countByDay: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 4 }),
      wheelchairBays: fc.integer({ min: 0, max: 2 }),
      drivers: fc.integer({ min: 1, max: 3 }),
      roles: fc.subarray(['main', 'feeder', 'lastMile'] as const, { minLength: 1 }),
    },
    { requiredKeys: ['seats', 'count'] },
  ),
  { maxLength: 4 },
);

const settings: fc.Arbitrary<Partial<Settings>> = fc.record({
  loadCap: fc.constantFrom(0.5, 0.8, 1),
  observationSeats: fc.constantFrom(0, 4, 8),
  minLoad: fc.constantFrom(1, 5, 20),
  maxStops: fc.integer({ min: 1, max: 9 }),
  maxRideMin: fc.constantFrom(600, 1500, 2160, 3000),
  feederMaxStops: fc.integer({ min: 2, max: 8 }),
  feederMaxRideMin: fc.constantFrom(30, 120),
  transferMarginMin: fc.constantFrom(15, 45),
  dwellMin: fc.constantFrom(0, 5, 25),
  serviceToMin: fc.constantFrom(600, 1200),
  feeder: fc.constantFrom('assume' as const, 'fleet' as const),
  maxCrew: fc.integer({ min: 1, max: 3 }),
  law: fc.constantFrom('stop' as const, 'change' as const).map((halt) => ({ ...DEFAULT_SETTINGS.law, halt })),
});

const problems = fc
  .record({
    seed: fc.integer({ min: 0, max: 1e6 }),
    parties: fc.integer({ min: 0, max: 60 }),
    towns: fc.integer({ min: 1, max: 8 }),
    days: fc.integer({ min: 1, max: 4 }),
    trains: fc.integer({ min: 0, max: 4 }),
    wheelchairs: fc.constantFrom(0, 0.1),
    spread: fc.constantFrom(0.1, 0.8),
    fleet: fleets,
    settings,
    odd: fc.boolean(),
    mayPart: fc.boolean(),
  })
  .map(({ odd, mayPart, ...sizes }) => strange(madeUp(sizes), odd, mayPart));

/** Parties without destination or outside the horizon, a gate without windows, large groups, places of few people. */
function strange(problem: Problem, odd: boolean, mayPart: boolean): Problem {
  if (!odd) return problem;
  const parties = problem.parties.map((party, i) => {
    if (i % 17 === 3) return { ...party, gate: -1 };
    if (i % 17 === 5) return { ...party, earliestDay: 40, latestDay: 41 };
    if (i % 17 === 7) return { ...party, size: 30 + i, mayPart };
    if (i % 17 === 9) return { ...party, gate: 1, fixed: [{ standing: 0, board: 0, alight: 1 }] };
    return i % 2 ? { ...party, gate: 1 } : party;
  });
  const gates = problem.gates.map((gate, i) => (i === 4 ? { ...gate, windows: [] } : gate));
  const allotments = problem.allotments.map((a, i) => ({ ...a, places: i % 2 ? 7 : a.places }));
  const boardingPoints = problem.boardingPoints.slice(0, 3);
  const stops = [boardingPoints[0]?.place ?? 0, gates[1]?.place ?? 0].map((place, i) => ({
    place,
    arriveAt: 600 + 1400 * i,
    departAt: 610 + 1400 * i,
  }));
  const standing = [
    { role: 'main' as const, stops, freeSeats: 6, freeWheelchairBays: 1, vehicle: { type: 0, no: 0 } },
  ];
  return { ...problem, parties, gates, allotments, boardingPoints, standing };
}

describe('solve', () => {
  it('is sound by the independent check, whatever the mixture', () => {
    fc.assert(
      fc.property(problems, fc.integer(), (problem, seed) => {
        const found = check(problem, planned(problem, 25, seed));
        expect(found).toEqual([]);
      }),
      { numRuns: 250 },
    );
  });

  it('meets every role, reason and many remedies in these mixtures', () => {
    const plans = fc.sample(problems, { numRuns: 150, seed: 4 }).map((problem) => planned(problem, 5));
    const roles = new Set(
      plans.flatMap((p) => p.trips.map((t) => (t.standing === undefined ? t.role : 'standing'))),
    );
    expect([...roles].sort()).toEqual(['feeder', 'lastMile', 'main', 'rail', 'standing']);
    const reasons = new Set(plans.flatMap((p) => p.unserved.map((u) => u.reason.code)));
    const remedies = new Set(plans.flatMap((p) => p.unserved.map((u) => u.remedy.code)));
    expect(reasons.size).toBeGreaterThanOrEqual(9);
    expect(remedies.size).toBeGreaterThanOrEqual(8);
  });

  it('gives the same plan for the same seed and iterations', () => {
    const problem = madeUp({
      seed: 3,
      parties: 80,
      towns: 6,
      days: 3,
      trains: 4,
      fleet: [{ seats: 49, count: 5 }],
    });
    expect(planned(problem, 80, 9)).toEqual(planned(problem, 80, 9));
  });

  it('needs no more than "3 × 49 seats"', () => {
    const problem = madeUp({ seed: 5, parties: 140, towns: 3, days: 1, fleet: [{ seats: 49, count: 3 }] });
    const oneCity = { ...problem, parties: problem.parties.map((p) => ({ ...p, gate: 0 })) };
    const plan = planned(oneCity, 200);
    expect(check(oneCity, plan)).toEqual([]);
    expect(plan.totals.mainRuns).toBe(3);
    expect(plan.totals.servedPeople).toBeGreaterThan(140);
    expect(plan.unserved.length).toBeGreaterThan(0);
    for (const it of plan.unserved) {
      expect(it.reason.code).toBe('no_vehicle');
      expect(it.remedy.code).toBe('one_more_vehicle');
    }
  });

  it('uses the same three vehicles again once they have driven back', () => {
    const problem = madeUp({ seed: 5, parties: 140, towns: 3, days: 6, fleet: [{ seats: 49, count: 3 }] });
    const parties = problem.parties.map((p) => ({ ...p, gate: 0, earliestDay: 0, latestDay: 5 }));
    const plan = planned({ ...problem, parties }, 200);
    expect(check({ ...problem, parties }, plan)).toEqual([]);
    expect(plan.totals.mainRuns).toBeGreaterThan(3);
    expect(plan.totals.unservedPeople).toBe(0);
  });

  it('never takes more time than it was given', () => {
    const problem = madeUp({ seed: 8, parties: 150, towns: 8, days: 3, fleet: [{ seats: 49, count: 9 }] });
    let clock = 0;
    let last = 0;
    const now = () => {
      last = clock++;
      return last;
    };
    const plan = solve(problem, { seed: 1, deadlineMs: 400, now });
    expect(plan.totals.iterations).toBeGreaterThan(0);
    expect(last).toBeLessThanOrEqual(400);
  });

  it('reports its progress and never loses people on the way', () => {
    const made = madeUp({ seed: 8, parties: 80, towns: 6, days: 3, fleet: [{ seats: 49, count: 4 }] });
    const problem = { ...made, parties: made.parties.map((p) => ({ ...p, priority: 1 })) };
    const served: number[] = [];
    solve(problem, {
      seed: 1,
      deadlineMs: 1e9,
      now: still,
      iterations: 300,
      onProgress: (p) => served.push(p.servedPeople),
    });
    expect(served.length).toBeGreaterThan(3);
    expect(served).toEqual([...served].sort((a, b) => a - b));
  });

  it('costs no less than its own lower bound', () => {
    const problem = madeUp({
      seed: 11,
      parties: 100,
      towns: 6,
      days: 2,
      trains: 4,
      fleet: [{ seats: 49, count: 6 }],
    });
    const { totals } = planned(problem, 150);
    expect(totals.boundFen).toBeGreaterThan(0);
    expect(totals.costFen).toBeGreaterThanOrEqual(totals.boundFen);
  });
});
