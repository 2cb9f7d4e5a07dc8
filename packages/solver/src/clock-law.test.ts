import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lawFaults } from './check-law.ts';
import { crewFor, Wheel } from './clock-law.ts';
import type { DriverLaw, PlanTrip } from './problem.ts';
import { DEFAULT_SETTINGS } from './problem.ts';

const law = DEFAULT_SETTINGS.law;

/** A run of so much driving from `departAt` on, as a trip. */
function run(rule: DriverLaw, crew: number, departAt: number, driveMin: number): PlanTrip {
  const wheel = new Wheel(rule, crew, departAt);
  wheel.drive(driveMin, 0);
  const stop = { boards: [], alights: [] };
  return {
    role: 'main',
    day: 0,
    drivers: crew,
    rests: wheel.rests,
    distanceM: 0,
    costFen: 0,
    load: 0,
    durationMin: wheel.at - departAt,
    stops: [
      { ...stop, place: 0, arriveAt: departAt, departAt },
      { ...stop, place: 1, arriveAt: wheel.at, departAt: wheel.at },
    ],
  };
}

const driven = (trip: PlanTrip) => trip.durationMin - trip.rests.reduce((sum, r) => sum + r.minutes, 0);

describe('driver hours', () => {
  it('a run of 1,500 km at 75 km/h stands from 02:00 to 05:00', () => {
    const trip = run(law, 3, 8 * 60, 1200);
    const halt = trip.rests.find((r) => r.minutes === 180);
    expect(halt?.at).toBe(1440 + 120);
    expect(lawFaults(law, trip, 0, 3)).toEqual([]);
  });

  it('the same run changes drivers at 02:00 where the rule is to change', () => {
    const relay = { ...law, halt: 'change' as const };
    const trip = run(relay, 3, 8 * 60, 1200);
    expect(trip.rests.find((r) => r.change)?.at).toBe(1440 + 120);
    expect(trip.rests.every((r) => r.minutes < 180)).toBe(true);
    expect(lawFaults(relay, trip, 0, 3)).toEqual([]);
    expect(lawFaults(law, trip, 0, 3).map((f) => f.code)).toContain('halt_hours');
  });

  it('one driver alone sleeps after eight hours', () => {
    const trip = run(law, 1, 6 * 60, 600);
    expect(Math.max(...trip.rests.map((r) => r.minutes))).toBeGreaterThan(300);
    expect(lawFaults(law, trip, 0, 1)).toEqual([]);
  });

  it('a crew is as large as the driving needs', () => {
    expect([100, 480, 481, 1200, 5000].map((m) => crewFor(law, m, 3))).toEqual([1, 1, 2, 3, 3]);
  });

  it('holds for every departure, crew and length, and drives exactly what was asked', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1439 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 4000 }),
        fc.constantFrom('stop' as const, 'change' as const),
        (departAt, crew, driveMin, halt) => {
          const rule = { ...law, halt };
          const trip = run(rule, crew, departAt, driveMin);
          expect(driven(trip)).toBe(driveMin);
          expect(lawFaults(rule, trip, 0, crew)).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });
});
