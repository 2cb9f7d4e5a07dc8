import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baySeats, giveSeats } from './rules-seats.ts';

const coach = { places: 49, cap: 45, bays: 0, taken: new Set<number>() };
const party = (size: number, wheelchairs = 0) => ({ size, wheelchairs });

describe('seats of a coach', () => {
  it('puts a couple on one bench and four into one row', () => {
    const [four, two] = giveSeats(coach, [party(4), party(2)]);
    expect(four).toEqual([1, 2, 3, 4]);
    expect(two).toEqual([5, 6]);
  });

  it('does not put a couple across two rows while a bench is free', () => {
    const taken = new Set([1, 2, 3]);
    const [couple] = giveSeats({ ...coach, taken }, [party(2)]);
    expect([
      [5, 6],
      [7, 8],
    ]).toContainEqual(couple);
  });

  it('puts a wheelchair user into the bay row with the companion beside', () => {
    const ground = { ...coach, bays: 2 };
    expect(baySeats(49, 2)).toEqual([1, 5]);
    const [walking, rolling] = giveSeats(ground, [party(2), party(2, 1)]);
    expect(rolling).toEqual([1, 2]);
    expect(walking).toEqual([3, 4]);
  });

  it('keeps the bays for those who need them until everybody needs a seat', () => {
    const small = { places: 19, cap: 4, bays: 1, taken: new Set<number>() };
    const given = giveSeats(small, [party(3), party(1, 1)]);
    expect(given[1]).toEqual(baySeats(19, 1));
    expect(given[0]).toHaveLength(3);
  });

  it('leaves a party out whole when too few seats are left', () => {
    const given = giveSeats({ ...coach, cap: 5 }, [party(4), party(3), party(1)]);
    expect(given[1]).toBeUndefined();
    expect(given[0]).toHaveLength(4);
    expect(given[2]).toHaveLength(1);
  });

  it('gives each seat once, never a taken one, never one behind the cap', () => {
    const parties = fc.array(
      fc.record({ size: fc.integer({ min: 1, max: 6 }), wheelchairs: fc.integer({ min: 0, max: 1 }) }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(
        fc.constantFrom(19, 35, 49, 55, 118),
        fc.integer({ min: 0, max: 9 }),
        fc.integer({ min: 0, max: 3 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 118 }), { maxLength: 20 }),
        parties,
        (places, kept, bays, list, asked) => {
          const ground = { places, cap: places - kept, bays, taken: new Set(list) };
          const given = giveSeats(ground, asked);
          const seats = given.flatMap((it) => it ?? []);
          expect(new Set(seats).size).toBe(seats.length);
          for (const seat of seats) {
            expect(seat).toBeGreaterThanOrEqual(1);
            expect(seat).toBeLessThanOrEqual(ground.cap);
            expect(ground.taken.has(seat)).toBe(false);
          }
          asked.forEach((it, i) => {
            if (given[i]) expect(given[i]).toHaveLength(it.size);
          });
          const free = ground.cap - list.filter((it) => it <= ground.cap).length;
          const wanted = asked.reduce((sum, it) => sum + it.size, 0);
          if (wanted <= free) expect(seats).toHaveLength(wanted);
        },
      ),
    );
  });
});
