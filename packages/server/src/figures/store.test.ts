import type { Figures } from '@fangang/domain/figures/schema.ts';
import { areaRange } from '@fangang/domain/offices/schema.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { commandScope } from '../offices/scope.ts';
import { loadPlaces } from '../offices/store-places.ts';
import type { Scope } from '../platform/database.ts';
import { asOwner } from '../platform/owner.ts';
import { within } from '../platform/services.ts';
import { type FreshDatabase, freshDatabase } from '../platform/testing.ts';
import { FENGDU_VILLAGE, HandSeason, momentOf, SEASON, WULONG_VILLAGE } from './season-for-tests.ts';
import { figuresAsOf } from './store.ts';

let fresh: FreshDatabase;
let season: HandSeason;

beforeAll(async () => {
  fresh = await freshDatabase();
  await asOwner(fresh.adminUrl, fresh.city, async (tx) => {
    await loadPlaces(tx, fresh.city);
    await sql`insert into offices_season (id, festival, from_day, to_day, settings)
      values (${SEASON}, '2022-02-01', '2022-01-11', '2022-03-29', '{}')`.execute(tx);
  });
});
afterAll(() => fresh.close());

beforeEach(async () => {
  season = new HandSeason();
  await asOwner(fresh.adminUrl, fresh.city, (tx) => sql`truncate journal`.execute(tx));
});

function scopeOf(area: string): Scope {
  const { from, to } = areaRange(area);
  return { ...commandScope(fresh.city), areaFrom: from, areaTo: to } as Scope;
}

/** The figures of an area, seen by an office of that area. */
async function figures(
  asOf = '28 23:59',
  area = '500000000000',
  knownAt: string | null = null,
): Promise<Figures> {
  const { from, to } = areaRange(area);
  const asked = { season: SEASON, asOf: momentOf(asOf), knownAt: knownAt && momentOf(knownAt), from, to };
  return await within(fresh, scopeOf(area), (tx) => figuresAsOf(tx, asked, { current: true }));
}

async function total(...at: Parameters<typeof figures>): Promise<Figures['total']> {
  return (await figures(...at)).total;
}

describe('rule 1: a run', () => {
  it('is a charter that has departed, whatever it carries', async () => {
    season.depart('9 08:00', season.trip(), [], 0);
    season.depart('9 09:00', season.trip('main', 'charterTrain'));
    season.door('9 10:00', season.trip(), { type: 'trips.door_opened', stop: 0 });
    await season.write(fresh);
    expect(await total()).toMatchObject({
      runs: 2,
      runsByMode: { charterBus: 1, charterTrain: 1, charterFlight: 0 },
    });
  });

  it('counts once though it leaves several stops', async () => {
    const bus = season.trip();
    season.depart('9 08:00', bus);
    season.door('9 08:40', bus, { type: 'trips.stop_departed', stop: 1, absent: [] });
    await season.write(fresh);
    expect((await total()).runs).toBe(1);
  });

  it('is no run while its doors stand open at the cut: opened 16:50, leaves 17:30', async () => {
    const bus = season.trip();
    const [seat] = season.seat('10 10:00', season.person(), bus);
    season.door('11 16:50', bus, { type: 'trips.door_opened', stop: 0 });
    if (seat) season.board('11 16:55', seat);
    season.depart('11 17:30', bus);
    await season.write(fresh);
    expect(await total('11 17:00')).toMatchObject({ runs: 0, persons: 1 });
    expect(await total('11 17:30')).toMatchObject({ runs: 1, persons: 1 });
  });

  it('is a carriage-day as soon as one boarding stands, and none without a boarding', async () => {
    const used = season.trip('main', 'reservedCarriage');
    const unused = season.trip('main', 'reservedCarriage');
    const taken = season.trip('main', 'railTickets');
    const [one] = season.seat('4 10:00', season.person(), used);
    const [two] = season.seat('4 10:00', season.person(), taken);
    if (one) season.board('5 07:50', one);
    if (two) {
      season.board('5 07:51', two);
      season.door('5 07:52', taken, { type: 'trips.leg_boarding_undone', leg: two.id }, [two]);
    }
    season.depart('5 08:06', unused, [], 0);
    await season.write(fresh);
    expect(await total('5 07:51')).toMatchObject({
      runs: 2,
      runsByMode: { reservedCarriage: 1, railTickets: 1 },
    });
    expect(await total()).toMatchObject({ runs: 1, runsByMode: { reservedCarriage: 1, railTickets: 0 } });
  });
});

it('rule 2: feeders and last miles are counted apart and never as runs or persons', async () => {
  const feeder = season.trip('feeder');
  const bus = season.trip();
  const lastMile = season.trip('lastMile');
  const [home, main, end] = season.seat('8 10:00', season.person(), feeder, bus, lastMile);
  if (!home || !main || !end) throw new Error('three seats');
  season.board('9 06:00', home);
  season.depart('9 06:10', feeder);
  await season.write(fresh);
  expect(await total()).toMatchObject({
    runs: 0,
    feeders: 1,
    lastMiles: 0,
    persons: 0,
    personTimes: 0,
    waiting: 1,
  });
  season = new HandSeason();
  season.board('9 08:00', main);
  season.depart('9 08:10', bus);
  season.arrive('10 08:00', bus, main);
  season.board('10 08:10', end);
  season.depart('10 08:20', lastMile);
  season.arrive('10 09:00', lastMile, end);
  await season.write(fresh);
  expect(await total()).toMatchObject({
    runs: 1,
    feeders: 1,
    lastMiles: 1,
    persons: 1,
    personTimes: 1,
    arrived: 1,
  });
  expect(await total('10 08:05')).toMatchObject({ arrived: 0, inTransit: 1 });
});

describe('rules 3 and 4: persons and person-times', () => {
  it('one identity on two main legs is one person and two person-times', async () => {
    const train = season.trip('main', 'charterTrain');
    const bus = season.trip();
    const seats = season.seat('8 10:00', season.person(), train, bus);
    seats.forEach((it, i) => {
      season.board(`9 0${8 + i}:00`, it);
    });
    await season.write(fresh);
    expect(await total()).toMatchObject({ persons: 1, personTimes: 2 });
  });

  it('two ledgers of one ID number are one person, at home where the seat was boarded (rule 6)', async () => {
    const wulong = season.person();
    const fengdu = season.person(FENGDU_VILLAGE, wulong.identity);
    for (const it of [wulong, fengdu]) {
      season.register('1 09:00', it);
      season.wish('2 09:00', it);
    }
    const [seat] = season.seat('8 10:00', fengdu, season.trip('main', 'charterBus', '500230000000'));
    if (seat) season.board('9 08:00', seat);
    await season.write(fresh);
    const seen = await figures();
    expect(seen.total).toMatchObject({ registered: 1, wants: 1, persons: 1, unmet: 0 });
    const of = (code: string) => seen.districts.find((it) => it.area === code)?.counts;
    expect(of('500230000000')).toMatchObject({ persons: 1, wants: 1, registered: 1 });
    expect(of('500156000000')).toMatchObject({ persons: 0, wants: 0, registered: 1 });
  });
});

it('rule 5: packs are issues, one at the first boarding', async () => {
  const bus = season.trip();
  const [one] = season.seat('8 10:00', season.person(), bus);
  const [two] = season.seat('8 10:00', season.person(), bus);
  if (one) season.board('9 08:00', one, { pack: true });
  if (two) season.board('9 08:01', two);
  await season.write(fresh);
  expect(await total()).toMatchObject({ packs: 1, persons: 2 });
});

it('rule 6: a run belongs to the district that chartered it, a person to the home village, and districts add up', async () => {
  const bus = season.trip('main', 'charterBus', '500156000000');
  const [seat] = season.seat('8 10:00', season.person(FENGDU_VILLAGE), bus);
  if (seat) season.board('9 08:00', seat);
  season.depart('9 08:30', bus);
  await season.write(fresh);
  const { total: all, districts } = await figures();
  const of = (code: string) => districts.find((it) => it.area === code)?.counts;
  expect(of('500156000000')).toMatchObject({ runs: 1, persons: 0 });
  expect(of('500230000000')).toMatchObject({ runs: 0, persons: 1 });
  expect(districts.reduce((n, it) => n + it.counts.persons, 0)).toBe(all.persons);
});

describe('rule 7: as of T', () => {
  it('the cut is inclusive to the second', async () => {
    season.depart('11 17:00', season.trip());
    season.depart('11 17:00:01', season.trip());
    await season.write(fresh);
    expect((await total('11 16:59:59')).runs).toBe(0);
    expect((await total('11 17:00')).runs).toBe(1);
    expect((await total('11 17:00:01')).runs).toBe(2);
  });

  it('a late record changes the figure as of T, and the frozen value stays beside it', async () => {
    const [seat] = season.seat('10 10:00', season.person(), season.trip());
    if (seat) season.board('11 16:40', seat, { recordedAt: '12 09:00' });
    await season.write(fresh);
    expect((await total('11 17:00')).persons).toBe(1);
    expect((await total('11 17:00', '500000000000', '11 17:00')).persons).toBe(0);
    expect((await total('11 17:00', '500000000000', '12 09:00')).persons).toBe(1);
  });

  it('an event that arrives late but happened before does not undo what happened after it', async () => {
    const bus = season.trip();
    const [seat] = season.seat('8 10:00', season.person(), bus);
    if (!seat) throw new Error('a seat');
    season.board('9 08:02', seat);
    season.door('9 08:01', bus, { type: 'trips.leg_boarding_undone', leg: seat.id }, [seat], 0, '9 12:00');
    await season.write(fresh);
    expect((await total()).persons).toBe(1);
  });
});

it('rule 8: a cancelled run is never a run, and its people are not yet placed until they sit on another', async () => {
  const who = season.person();
  season.wish('2 09:00', who);
  const bus = season.trip();
  const [seat] = season.seat('6 10:00', who, bus);
  if (!seat) throw new Error('a seat');
  season.board('8 05:30', seat);
  season.cancel('8 05:40', bus, 'snow');
  season.broken('8 05:40', seat, 'snow');
  const [again] = season.seat('8 15:00', who, season.trip());
  if (again) season.board('9 08:00', again);
  await season.write(fresh);
  expect(await total('8 05:35')).toMatchObject({ persons: 1, unmet: 0 });
  expect(await total('8 05:40')).toMatchObject({ runs: 0, persons: 0, unmet: 1, waiting: 0 });
  expect(await total('8 15:00')).toMatchObject({ unmet: 0, waiting: 1 });
  expect(await total()).toMatchObject({ persons: 1, waiting: 0 });
});

describe('rule 9: at the door', () => {
  it('held, absent and undone are no boardings', async () => {
    const bus = season.trip();
    const people = [1, 2, 3].map(() => season.person());
    for (const it of people) season.wish('2 09:00', it);
    const [held, absent, undone] = people.map((it) => season.seat('8 10:00', it, bus)[0]);
    if (!held || !absent || !undone) throw new Error('three seats');
    season.door('9 08:00', bus, { type: 'trips.leg_held', leg: held.id, reason: 'temperature' }, [held]);
    season.board('9 08:01', undone);
    season.door('9 08:02', bus, { type: 'trips.leg_boarding_undone', leg: undone.id }, [undone]);
    season.depart('9 08:30', bus, [absent, undone], 0);
    await season.write(fresh);
    expect(await total()).toMatchObject({ runs: 1, persons: 0, personTimes: 0, waiting: 1, unmet: 2 });
  });

  it('a boarding after the absence stands', async () => {
    const bus = season.trip();
    const [seat] = season.seat('8 10:00', season.person(), bus);
    if (!seat) throw new Error('a seat');
    season.depart('9 08:30', bus, [seat]);
    season.board('9 08:31', seat);
    await season.write(fresh);
    expect(await total()).toMatchObject({ persons: 1, unmet: 0, inTransit: 1 });
  });
});

describe('rule 10: wants to go', () => {
  it('is a live wish for the same or a new job by our transport; the others are registered only', async () => {
    const kinds = [
      ['sameJob', 'ours'],
      ['newJob', 'ours'],
      ['sameJob', 'ownCar'],
      ['newJob', 'ownTicket'],
      ['stayHome', 'ours'],
      ['alreadyBack', 'ours'],
    ] as const;
    for (const [kind, mode] of kinds) {
      const who = season.person();
      season.register('1 09:00', who);
      season.wish('2 09:00', who, kind, mode);
    }
    await season.write(fresh);
    expect(await total()).toMatchObject({ registered: 6, wants: 2, unmet: 2 });
    expect(await total('1 12:00')).toMatchObject({ registered: 6, wants: 0 });
  });

  it('follows what becomes of the wish', async () => {
    const who = season.person();
    const wish = season.wish('2 09:00', who);
    season.ofWish('3 09:00', wish, who, 'people.wish_confirmed');
    season.ofWish('4 09:00', wish, who, 'people.wish_withdrawn', { why: 'family' });
    season.ofWish('5 09:00', wish, who, 'people.wish_changed', {
      identity: who.identity,
      fields: ['mode'],
      kind: 'sameJob',
      mode: 'ours',
      destination: null,
    });
    season.ofWish('6 09:00', wish, who, 'people.wish_met_otherwise', { why: 'ownWay' });
    await season.write(fresh);
    const wants = [];
    for (const day of [2, 3, 4, 5, 6]) wants.push((await total(`${day} 09:00`)).wants);
    expect(wants).toEqual([1, 1, 0, 1, 0]);
  });
});

it('rule 11: waits to depart, is on the way, waits for the signature, is signed for', async () => {
  const who = season.person();
  season.wish('2 09:00', who);
  const bus = season.trip();
  const [seat] = season.seat('8 10:00', who, bus);
  if (!seat) throw new Error('a seat');
  season.board('9 08:00', seat);
  season.depart('9 08:30', bus);
  season.arrive('10 08:00', bus, seat);
  season.sign('10 08:10', bus, 1);
  await season.write(fresh);
  const is = {
    unmet: 0,
    waiting: 0,
    persons: 1,
    inTransit: 0,
    arrived: 0,
    awaitingSignature: 0,
    signedFor: 0,
  };
  expect(await total('7 00:00')).toMatchObject({ ...is, unmet: 1, persons: 0 });
  expect(await total('8 10:00')).toMatchObject({ ...is, waiting: 1, persons: 0 });
  expect(await total('9 08:30')).toMatchObject({ ...is, inTransit: 1 });
  expect(await total('10 08:00')).toMatchObject({ ...is, arrived: 1, awaitingSignature: 1 });
  expect(await total('10 08:10')).toMatchObject({ ...is, arrived: 1, signedFor: 1 });
});

it('who leaves the vehicle on the way is neither in transit nor arrived', async () => {
  const bus = season.trip();
  const [seat] = season.seat('8 10:00', season.person(), bus);
  if (!seat) throw new Error('a seat');
  season.board('9 08:00', seat);
  season.door('9 12:00', bus, { type: 'trips.leg_left', leg: seat.id, reason: 'illness' }, [seat]);
  await season.write(fresh);
  expect(await total()).toMatchObject({ persons: 1, leftOnTheWay: 1, inTransit: 0, arrived: 0 });
});

it('law 8: figures as of T are the figures of the journal cut off at T', async () => {
  const people = Array.from({ length: 12 }, (_, i) => season.person(i % 3 ? WULONG_VILLAGE : FENGDU_VILLAGE));
  const buses = [
    season.trip(),
    season.trip('main', 'railTickets'),
    season.trip('main', 'charterBus', '500230000000'),
  ];
  people.forEach((who, i) => {
    season.register('1 09:00', who);
    const wish = season.wish(`2 09:${10 + i}`, who);
    const bus = buses[i % 3] ?? season.trip();
    const [seat] = season.seat(`3 10:${10 + i}`, who, season.trip('feeder'), bus).slice(-1);
    if (!seat) return;
    if (i % 4 === 1)
      season.door(`4 08:${10 + i}`, bus, { type: 'trips.leg_held', leg: seat.id, reason: 'mask' }, [seat]);
    if (i % 5 !== 4) season.board(`4 09:${10 + i}`, seat, { pack: true });
    else season.givenUp(`4 09:${10 + i}`, seat);
    if (i === 5) season.door('4 09:50', bus, { type: 'trips.leg_boarding_undone', leg: seat.id }, [seat]);
    if (i === 7) season.ofWish('4 09:55', wish, who, 'people.wish_withdrawn', { why: 'illness' });
    if (i % 2) season.arrive(`5 08:${10 + i}`, bus, seat);
  });
  buses.forEach((bus, i) => {
    season.depart(`4 10:0${i}`, bus);
    if (i) season.sign(`5 09:0${i}`, bus, 4);
  });
  const cuts = ['2 09:15', '3 10:14', '4 08:12', '4 09:16', '4 09:52', '4 10:01', '5 08:15', '5 09:01'];
  await season.write(fresh);
  const asOf = new Map<string, Figures>();
  for (const cut of cuts) asOf.set(cut, await figures(cut));
  for (const cut of cuts) {
    await asOwner(fresh.adminUrl, fresh.city, (tx) => sql`truncate journal`.execute(tx));
    await season.write(fresh, cut);
    expect({ ...(await figures()), asOf: '' }).toEqual({ ...asOf.get(cut), asOf: '' });
  }
});

describe('scope', () => {
  it('an office sees its own runs and people only; a carriage of another district is not its run', async () => {
    const own = season.trip('main', 'railTickets', '500156000000');
    const others = season.trip('main', 'railTickets', '500230000000');
    const [wulong] = season.seat('8 10:00', season.person(), others);
    const [fengdu] = season.seat('8 10:00', season.person(FENGDU_VILLAGE), others);
    const [alone] = season.seat('8 10:00', season.person(), own);
    for (const it of [wulong, fengdu, alone]) if (it) season.board('9 08:00', it);
    season.wish('2 09:00', season.person(FENGDU_VILLAGE));
    await season.write(fresh);
    expect(await figures('28 23:59', '500156000000')).toMatchObject({
      total: { runs: 1, persons: 2, wants: 0 },
      districts: [{ area: '500156000000' }],
    });
    expect(await total('28 23:59', '500230000000')).toMatchObject({ runs: 1, persons: 1, wants: 1 });
    expect(await total()).toMatchObject({ runs: 2, persons: 3 });
  });

  it('asking for more than the office may see shows no more', async () => {
    season.depart('9 08:00', season.trip('main', 'charterBus', '500230000000'));
    await season.write(fresh);
    const { from, to } = areaRange('500000000000');
    const asked = { season: SEASON, asOf: momentOf('28 00:00'), knownAt: null, from, to };
    const seen = await within(fresh, scopeOf('500156000000'), (tx) =>
      figuresAsOf(tx, asked, { current: true }),
    );
    expect(seen.total.runs).toBe(0);
  });
});
