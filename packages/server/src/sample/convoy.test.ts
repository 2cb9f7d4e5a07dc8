import { describe, expect, it } from 'vitest';
import { readAreas } from '../offices/place-files.ts';
import { convoysOf, playConvoy } from './convoy.ts';
import { idsOf } from './ids.ts';
import { makeWorld } from './make-world.ts';
import { playTrip } from './play.ts';
import { PERSONS, RUNS } from './programme.ts';
import { SEASON } from './season.ts';
import type { SampleTrip, Season, TripAct } from './world.ts';

const world = makeWorld({ seed: 2022, scale: 1, areas: readAreas() });
const ids = idsOf(world);
const { settings } = world.seasons.find(({ id }) => id === SEASON) as Season;
const convoys = convoysOf(world);
const played = convoys.map((convoy) => playConvoy(world, ids, convoy, settings));

describe('the world played through the rules of the door at scale 1', () => {
  it('takes every trip and every journey once', () => {
    const trips = convoys.flatMap((convoy) => convoy.trips);
    expect(trips).toHaveLength(world.trips.length);
    expect(new Set(trips).size).toBe(world.trips.length);
    expect(played.flatMap((it) => it.journeys)).toHaveLength(world.itineraries.length);
  });

  it('reaches the published figures: 358 runs, 16,912 people', () => {
    const main = played.flatMap((it) => it.trips.filter(({ no }) => world.trips[no]?.role === 'main'));
    const runs = main.filter(({ door }) => ['departed', 'arrived', 'closed'].includes(door.status));
    expect(runs).toHaveLength(RUNS);
    const aboard = main.flatMap(({ door }) =>
      door.legs.filter(({ state }) => state === 'boarded' || state === 'arrived'),
    );
    expect(aboard).toHaveLength(PERSONS);
    expect(aboard.every((leg) => leg.packed)).toBe(true);
  });

  it('leaves two coaches with open doors and one gate at least to sign at', () => {
    const doors = played.flatMap((it) => it.trips.map(({ door }) => door));
    expect(doors.filter(({ status }) => status === 'boarding')).toHaveLength(2);
    expect(
      doors.some((door) => door.stops.some((stop) => stop.kind === 'gate' && stop.arrived && !stop.signed)),
    ).toBe(true);
  });

  it('ends no journey of somebody absent, held or called off', () => {
    for (const { journeys } of played) {
      for (const { status, reason, legs } of journeys) {
        const stays = legs.some((leg) => leg.state === 'held' || leg.state === 'absent' || !leg.live);
        expect(status === 'broken').toBe(stays);
        expect(reason !== null).toBe(stays);
        if (status === 'signedFor') expect(legs.every((leg) => leg.state === 'arrived')).toBe(true);
      }
    }
  });
});

describe('an unlawful world', () => {
  const trip = world.trips.find((it) => it.acts.some((act) => act.type === 'signed')) as SampleTrip;
  const play = (acts: readonly TripAct[]) =>
    playTrip({ ...trip, acts }, { trip: 'trip', legs: trip.passengers.map((_, i) => `leg ${i}`) }, settings);

  it.each([
    ['opened', /trips\.(wrong_stop|not_published)/],
    ['departed', /trips\.not_under_way/],
    ['arrived', /trips\.not_arrived/],
  ] as const)('is refused when nobody has %s', (type, refusal) => {
    expect(() => play(trip.acts)).not.toThrow();
    expect(() => play(trip.acts.filter((act) => act.type !== type))).toThrow(refusal);
  });

  it('is refused when somebody boards with a temperature that holds', () => {
    const hot = trip.acts.map((act) => (act.type === 'boarded' ? { ...act, temperatureC: 38 } : act));
    expect(() => play(hot)).toThrow(/trips\.must_hold/);
  });
});
