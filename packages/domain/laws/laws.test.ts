import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { legStates } from '../src/trips/fold.ts';
import { usablePlaces } from '../src/trips/rules.ts';
import { attempt, attempts, beginRun, type Row, type SeasonRun, settingsArbitrary } from './season-run.ts';

/** How many random seasons each law is tried on. */
const RUNS = 300;

function everyStep(check: (run: SeasonRun) => void): void {
  fc.assert(
    fc.property(settingsArbitrary, attempts, (settings, all) => {
      const run = beginRun(settings);
      for (const one of all) {
        attempt(run, one);
        check(run);
      }
    }),
    { numRuns: RUNS },
  );
}

describe('law 1: one live way for an identity and season, and its legs join', () => {
  it('holds at every moment of any season', () => {
    everyStep((run) => {
      const live = run.ways
        .filter((way) => !['broken', 'cancelled'].includes(way.status))
        .map((way) => way.identity);
      expect(new Set(live).size).toBe(live.length);
      for (const way of run.ways) {
        const rides = way.legs.map(({ trip }) => run.trips[trip]?.stops);
        for (let i = 1; i < rides.length; i++) {
          expect(rides[i]?.[0]?.place).toBe(rides[i - 1]?.at(-1)?.place);
          const wait = Date.parse(rides[i]?.[0]?.at ?? '') - Date.parse(rides[i - 1]?.at(-1)?.at ?? '');
          expect(wait).toBeGreaterThanOrEqual(30 * 60_000);
        }
      }
    });
  });
});

describe('law 2: seats taken stay within the load cap, one identity one seat', () => {
  it('holds at every moment of any season', () => {
    everyStep((run) => {
      for (const trip of run.trips) {
        const cap = usablePlaces(trip.places, run.settings, { road: true, main: trip.facts.role === 'main' });
        const seats = trip.door.legs.map((leg) => leg.seat);
        expect(seats.length).toBeLessThanOrEqual(cap);
        expect(trip.sold).toBe(seats.length);
        expect(new Set(seats).size).toBe(seats.length);
        expect(seats.every((seat) => seat >= 1 && seat <= cap)).toBe(true);
      }
    });
  });
});

describe('law 4: arrived means every leg arrived, each after a boarding; signed for means a signature', () => {
  it('holds at every moment of any season', () => {
    everyStep((run) => {
      const boarded = new Set(
        run.rows.filter((row) => row.type === 'trips.leg_boarded').map((row) => row.subject),
      );
      for (const way of run.ways) {
        if (way.status !== 'arrived' && way.status !== 'signedFor') continue;
        for (const { leg, trip } of way.legs) {
          expect(run.trips[trip]?.door.legs.find((one) => one.id === leg)?.state).toBe('arrived');
          expect(boarded.has(leg)).toBe(true);
        }
        if (way.status !== 'signedFor') continue;
        const last = run.trips[way.legs.at(-1)?.trip ?? -1];
        const signed = run.rows.some(
          (row) => row.type === 'trips.handover_signed' && row.subject === last?.facts.id,
        );
        expect(signed).toBe(true);
      }
    });
  });
});

describe('law 8: the journal folds to the rows', () => {
  const finished = fc.tuple(settingsArbitrary, attempts).map(([settings, all]) => {
    const run = beginRun(settings);
    for (const one of all) attempt(run, one);
    return run;
  });

  it('gives the state of every seat, in whatever order its rows come in', () => {
    fc.assert(
      fc.property(finished, fc.infiniteStream(fc.nat()), (run, noise) => {
        const shuffled = run.rows
          .map((row) => ({ row, by: noise.next().value as number }))
          .sort((a, b) => a.by - b.by)
          .map((it) => it.row);
        const states = legStates(shuffled);
        for (const trip of run.trips) {
          for (const leg of trip.door.legs) expect(states.get(leg.id) ?? 'expected').toBe(leg.state);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('gives the seats as of then when only a prefix is folded', () => {
    fc.assert(
      fc.property(settingsArbitrary, attempts, fc.nat(), (settings, all, cut) => {
        const run = beginRun(settings);
        const part = all.slice(0, cut % (all.length + 1));
        for (const one of part) attempt(run, one);
        const seen = new Map(
          run.trips.flatMap((trip) => trip.door.legs.map((leg) => [leg.id, leg.state] as const)),
        );
        const asOf = run.rows.length;
        for (const one of all.slice(part.length)) attempt(run, one);
        const prefix = legStates(run.rows.filter((row) => row.seq < asOf));
        for (const [leg, state] of seen) expect(prefix.get(leg) ?? 'expected').toBe(state);
      }),
      { numRuns: RUNS },
    );
  });

  it('would not hold if the order of arrival decided', () => {
    const rows: Row[] = [
      {
        type: 'trips.leg_boarded',
        subject: 'a',
        at: '2022-02-12T08:00:00+08:00',
        seq: 0,
        area: '',
        data: {},
      },
      {
        type: 'trips.leg_arrived',
        subject: 'a',
        at: '2022-02-12T20:00:00+08:00',
        seq: 1,
        area: '',
        data: {},
      },
    ];
    const byArrival = [...rows].reverse().at(-1);
    expect(byArrival?.type).toBe('trips.leg_boarded');
    expect(legStates([...rows].reverse()).get('a')).toBe('arrived');
  });
});

describe('a random season', () => {
  it('really moves: most of them seat, board and depart', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(settingsArbitrary, attempts, (settings, all) => {
        const run = beginRun(settings);
        for (const one of all) attempt(run, one);
        for (const row of run.rows) seen.add(row.type);
      }),
      { numRuns: RUNS, seed: 2022 },
    );
    expect([...seen].sort()).toEqual(
      expect.arrayContaining([
        'trips.leg_boarded',
        'trips.leg_absent',
        'trips.leg_arrived',
        'trips.handover_signed',
        'trips.trip_cancelled',
        'trips.pack_issued',
      ]),
    );
  });
});
