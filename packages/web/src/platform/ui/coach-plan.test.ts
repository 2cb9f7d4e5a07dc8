import { describe, expect, it } from 'vitest';
import { coachPlan } from './coach-plan.ts';

describe('the plan of a coach', () => {
  it.each([19, 35, 49, 55, 53, 7])('has %i seats, each once, no two in one place', (places) => {
    const plan = coachPlan(places);
    expect(plan.places.map((it) => it.seat)).toEqual(Array.from({ length: places }, (_, i) => i + 1));
    expect(new Set(plan.places.map((it) => `${it.column}/${it.across}`)).size).toBe(places);
  });

  it('keeps the aisle free except in the last row', () => {
    for (const places of [19, 35, 49, 55]) {
      const plan = coachPlan(places);
      const inAisle = plan.places.filter((it) => it.across === plan.aisle);
      expect(inAisle.map((it) => it.column)).toEqual([plan.columns - 1]);
    }
  });

  it('numbers a 49-seater in eleven rows of four and a last row of five', () => {
    const plan = coachPlan(49);
    expect(plan.columns).toBe(12);
    expect(plan.places.filter((it) => it.column === 11).map((it) => it.seat)).toEqual([45, 46, 47, 48, 49]);
    expect(plan.places.filter((it) => it.column === 0).map((it) => it.across)).toEqual([4, 3, 1, 0]);
  });
});
