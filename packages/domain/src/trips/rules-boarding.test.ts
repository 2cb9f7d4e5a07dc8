import { describe, expect, it } from 'vitest';
import { PLAIN_SETTINGS } from '../offices/schema.ts';
import { itineraryBroken, type LegFacts, recordsOf, type TripFacts } from './journal.ts';
import { ITINERARY_NEXT, itineraryAfter, LEG_NEXT, sell, TRIP_NEXT, tripMay, usablePlaces } from './rules.ts';
import {
  aboard,
  after,
  allNormal,
  arrive,
  board,
  cancelTrip,
  countHeads,
  depart,
  hold,
  holdReasonOf,
  openDoor,
  signFor,
  undoBoarding,
} from './rules-boarding.ts';
import type { DoorEvent, DoorTrip } from './schema.ts';

const A = '018f0000-0000-7000-8000-00000000000a';
const B = '018f0000-0000-7000-8000-00000000000b';
const C = '018f0000-0000-7000-8000-00000000000c';
const COVID = {
  ...PLAIN_SETTINGS,
  temperature: { holdFromC: 37.3 },
  healthCode: true,
  travelCode: true,
  mask: true,
};

function trip(change: Partial<DoorTrip> = {}): DoorTrip {
  const stop = (no: number, kind: 'pickUp' | 'gate') => ({
    no,
    kind,
    opened: false,
    departed: false,
    arrived: false,
    signed: false,
  });
  const leg = (id: string, seat: number, from: number) => ({
    id,
    seat,
    board: from,
    alight: 2,
    state: 'expected' as const,
    packed: false,
  });
  return {
    id: '018f0000-0000-7000-8000-000000000001',
    role: 'main',
    status: 'published',
    stops: [stop(0, 'pickUp'), stop(1, 'pickUp'), stop(2, 'gate')],
    legs: [leg(A, 1, 0), leg(B, 2, 0), leg(C, 3, 1)],
    ...change,
  };
}

type Decided = { ok: true; value: DoorEvent } | { ok: false; refusal: { code: string } };

/** Runs steps one after the other; each must be accepted. */
function run(start: DoorTrip, ...steps: ((at: DoorTrip) => Decided)[]): DoorTrip {
  return steps.reduce((at, decide) => {
    const decided = decide(at);
    if (!decided.ok) throw new Error(decided.refusal.code);
    return after(at, decided.value);
  }, start);
}

const codeOf = (decided: Decided): string => (decided.ok ? 'accepted' : decided.refusal.code);
const open = (no: number) => (at: DoorTrip) => openDoor(at, no) as Decided;
const on = (leg: string) => (at: DoorTrip) =>
  board(at, leg, allNormal(PLAIN_SETTINGS), PLAIN_SETTINGS) as Decided;
const off = (no: number) => (at: DoorTrip) => depart(at, no) as Decided;
const held = (leg: string) => (at: DoorTrip) => hold(at, leg, 'papers') as Decided;
const stateOf = (at: DoorTrip, leg: string) => at.legs.find((it) => it.id === leg)?.state;

describe('at the door', () => {
  it('opens once, at a stop where people get on, and only a published trip', () => {
    expect(run(trip(), open(0)).status).toBe('boarding');
    expect(codeOf(openDoor(run(trip(), open(0)), 0))).toBe('trips.door_open_already');
    expect(codeOf(openDoor(trip(), 2))).toBe('trips.no_such_stop');
    expect(codeOf(openDoor(trip({ status: 'committed' }), 0))).toBe('trips.not_published');
    expect(codeOf(openDoor(run(trip(), open(0), off(0)), 0))).toBe('trips.door_closed');
  });

  it('boards a person at the own stop, once, with one pack', () => {
    const boarded = run(trip(), open(0), on(A));
    expect(stateOf(boarded, A)).toBe('boarded');
    expect(boarded.legs[0]?.packed).toBe(true);
    expect(codeOf(on(A)(boarded))).toBe('trips.seat_state');
    expect(codeOf(on(C)(boarded))).toBe('trips.wrong_stop');
    const again = on(A)(run(boarded, (at) => undoBoarding(at, A) as Decided));
    expect(again).toMatchObject({ ok: true, value: { pack: false } });
    expect(on(A)(run(trip({ role: 'feeder' }), open(0)))).toMatchObject({ value: { pack: false } });
  });

  it('lets nobody on whose check the season does not let through', () => {
    const fine = allNormal(COVID);
    expect(holdReasonOf(fine, COVID)).toBeNull();
    expect(holdReasonOf({ ...fine, temperatureC: 37.3 }, COVID)).toBe('temperature');
    expect(holdReasonOf({ ...fine, temperatureC: 37.2 }, COVID)).toBeNull();
    expect(holdReasonOf({ ...fine, healthCodeGreen: false }, COVID)).toBe('healthCode');
    expect(holdReasonOf({ ...fine, travelCodeGreen: false }, COVID)).toBe('travelCode');
    expect(holdReasonOf({ ...fine, mask: false }, COVID)).toBe('mask');
    expect(holdReasonOf({ ...fine, temperatureC: 40, mask: false }, PLAIN_SETTINGS)).toBeNull();
    const hot = board(run(trip(), open(0)), A, { ...fine, temperatureC: 38 }, COVID);
    expect(codeOf(hot)).toBe('trips.must_hold');
  });

  it('leaves the absent and the held behind, and takes a late comer', () => {
    const left = run(trip(), open(0), held(A), off(0));
    expect([stateOf(left, A), stateOf(left, B), stateOf(left, C)]).toEqual(['held', 'absent', 'expected']);
    expect(codeOf(undoBoarding(left, A))).toBe('trips.door_closed');
    expect(on(B)(left)).toMatchObject({ ok: true, value: { late: true } });
    expect(stateOf(run(left, on(A)), A)).toBe('boarded');
    expect(codeOf(depart(left, 0))).toBe('trips.stop_already');
    expect(codeOf(depart(run(trip(), open(0)), 1))).toBe('trips.earlier_stop_open');
    expect(codeOf(depart(trip(), 0))).toBe('trips.not_published');
  });

  it('counts heads against the list and changes nothing', () => {
    const at = run(trip(), open(0), on(A));
    const counted = countHeads(at, 0, 2);
    expect(counted).toMatchObject({ ok: true, value: { heads: 2, aboard: 1 } });
    expect(run(at, () => counted as Decided)).toEqual(at);
  });

  it('arrives, is signed for once, and closes', () => {
    const there = run(trip(), open(0), on(A), off(0), off(1));
    expect(codeOf(signFor(there, 2, 1))).toBe('trips.not_arrived');
    expect(codeOf(arrive(trip(), 2))).toBe('trips.not_under_way');
    const arrived = run(there, (at) => arrive(at, 2) as Decided);
    expect([arrived.status, stateOf(arrived, A), stateOf(arrived, B), aboard(arrived)]).toEqual([
      'arrived',
      'arrived',
      'absent',
      0,
    ]);
    const signed = signFor(arrived, 2, 1);
    expect(signed).toMatchObject({ ok: true, value: { heads: 1, expected: 1 } });
    const closed = run(arrived, () => signed as Decided);
    expect(closed.status).toBe('closed');
    expect(codeOf(signFor(closed, 2, 1))).toBe('trips.signed_already');
  });

  it('is called off before it leaves, not after', () => {
    expect(run(trip(), (at) => cancelTrip(at, 'snow') as Decided).status).toBe('cancelled');
    expect(codeOf(cancelTrip(run(trip(), open(0), off(0)), 'snow'))).toBe('trips.too_late_to_cancel');
  });
});

describe('seats and ways', () => {
  it('keeps observation rows and the load cap, on roads only', () => {
    const settings = { loadCap: 0.8, observationRows: 2 };
    expect(usablePlaces(49, settings, { road: true, main: true })).toBe(32);
    expect(usablePlaces(49, settings, { road: true, main: false })).toBe(39);
    expect(usablePlaces(118, settings, { road: false, main: true })).toBe(118);
    expect(sell({ cap: 32, sold: 31 }, 1)).toEqual({ ok: true, value: { sold: 32 } });
    expect(sell({ cap: 32, sold: 31 }, 2)).toMatchObject({ ok: false, refusal: { code: 'trips.trip_full' } });
  });

  it('follows its seats: under way, arrived, broken, mended by a late boarding', () => {
    expect(itineraryAfter('seated', ['expected', 'expected'])).toBe('seated');
    expect(itineraryAfter('confirmed', ['expected'])).toBe('confirmed');
    expect(itineraryAfter('seated', ['arrived', 'expected'])).toBe('underWay');
    expect(itineraryAfter('underWay', ['arrived', 'arrived'])).toBe('arrived');
    expect(itineraryAfter('seated', ['absent', 'expected'])).toBe('broken');
    expect(itineraryAfter('broken', ['boarded', 'expected'])).toBe('underWay');
    expect(itineraryAfter('signedFor', ['arrived'])).toBe('signedFor');
  });

  it('has no step out of an end, and one out of everything else', () => {
    const ends = (next: Record<string, readonly string[]>) =>
      Object.keys(next).filter((it) => next[it]?.length === 0);
    expect(ends(TRIP_NEXT)).toEqual(['closed', 'cancelled']);
    expect(ends(ITINERARY_NEXT)).toContain('signedFor');
    expect(ends(LEG_NEXT)).toEqual(['left', 'arrived']);
    expect([tripMay('published', 'boarding'), tripMay('closed', 'boarding')]).toEqual([true, false]);
  });
});

describe('what the journal says', () => {
  const facts: TripFacts = { id: 't', area: '500238000000', role: 'main', mode: 'charterBus' };
  const legs = new Map<string, LegFacts>(
    [A, B].map((id) => [
      id,
      { id, area: '500238103000', identity: `i${id}`, itinerary: `w${id}`, final: true },
    ]),
  );

  it('has one row for the trip and one for each person, under the own area', () => {
    const rows = recordsOf(facts, legs, { type: 'trips.stop_departed', stop: 0, absent: [A, B] }, 7);
    expect(rows.map((it) => [it.type, it.area])).toEqual([
      ['trips.stop_departed', '500238000000'],
      ['trips.leg_absent', '500238103000'],
      ['trips.leg_absent', '500238103000'],
    ]);
    expect(rows[0]?.data).toMatchObject({ absent: 2, aboard: 7, role: 'main' });
  });

  it('counts a pack beside the boarding it came with', () => {
    const event = { type: 'trips.leg_boarded', leg: A, pack: true, late: false } as const;
    expect(recordsOf(facts, legs, event, 1).map((it) => it.type)).toEqual([
      'trips.leg_boarded',
      'trips.pack_issued',
    ]);
    expect(recordsOf(facts, legs, { ...event, pack: false }, 1)).toHaveLength(1);
    expect(() => recordsOf(facts, legs, { ...event, leg: C }, 1)).toThrow();
  });

  it('says why a way is broken, by a code', () => {
    expect(itineraryBroken({ id: 'w', area: '500238103000', identity: 'i' }, 'absent')).toMatchObject({
      type: 'trips.itinerary_broken',
      data: { identity: 'i', reason: 'absent' },
    });
  });
});
