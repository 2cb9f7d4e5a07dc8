import { describe, expect, it } from 'vitest';
import { readAreas } from '../offices/place-files.ts';
import { checkDigit } from './identity.ts';
import { makeWorld } from './make-world.ts';
import { fleetCapacity } from './open-days.ts';
import { CHANGSHOU_REGISTERED, NAMED_FLOWS, PERSONS, RUNS, STILL_TO_GO } from './programme.ts';
import { CLOCK, capacityOf, SEASON } from './season.ts';
import type { SampleTrip, World } from './world.ts';

const AREAS = readAreas();
const world = makeWorld({ seed: 2022, scale: 1, areas: AREAS });

/** Passengers through the door and not taken back, by trip. */
function onBoard(trip: SampleTrip): Set<number> {
  const on = new Set<number>();
  for (const act of trip.acts) {
    if (act.type === 'boarded') on.add(act.passenger);
    if (act.type === 'undone') on.delete(act.passenger);
  }
  return on;
}

function runsOf(it: World): SampleTrip[] {
  return it.trips.filter((trip) => trip.role === 'main' && trip.acts.some((act) => act.type === 'departed'));
}

function boardedOn(_it: World, trips: readonly SampleTrip[]): Set<number> {
  return new Set(
    trips
      .filter((trip) => trip.role === 'main')
      .flatMap((trip) => [...onBoard(trip)].map((i) => trip.passengers[i]?.person ?? -1)),
  );
}

const districtOf = (it: World, person: number) => it.persons[person]?.village.slice(0, 6);
const countyOf = (it: World, trip: SampleTrip) =>
  it.wishes.find((wish) => wish.person === trip.passengers[0]?.person)?.county;

describe('the record of the sample at scale 1', () => {
  it('has 358 runs and 16,912 people, each boarded once', () => {
    const runs = runsOf(world);
    expect(runs).toHaveLength(RUNS);
    const boarded = boardedOn(world, world.trips);
    expect(boarded.size).toBe(PERSONS);
    expect(boarded.size).toBeGreaterThanOrEqual(16_900);
    expect(boarded.size).toBeLessThanOrEqual(16_949);
    expect(runs.reduce((sum, trip) => sum + onBoard(trip).size, 0)).toBe(PERSONS);
  });

  it('gives out as many packs as people boarded', () => {
    const packs = world.trips
      .flatMap((trip) => trip.acts)
      .filter((act) => act.type === 'boarded' && act.pack).length;
    expect(packs).toBe(PERSONS);
  });

  it('leaves 5,660 people who want to go and have not', () => {
    const boarded = boardedOn(world, world.trips);
    const ours = world.wishes.filter((wish) => wish.season === SEASON && wish.mode === 'ours');
    expect(ours.filter((wish) => !boarded.has(wish.person))).toHaveLength(STILL_TO_GO);
  });

  it('sends at least one run from each of the 38 districts', () => {
    expect(new Set(runsOf(world).map((trip) => trip.area)).size).toBe(38);
  });

  it('brings 451 people from Wulong to Yubei on 12 buses without a change', () => {
    const trips = runsOf(world).filter(
      (trip) => trip.area.startsWith('500156') && countyOf(world, trip) === '500112',
    );
    expect(trips).toHaveLength(12);
    expect(boardedOn(world, trips).size).toBe(451);
    const index = new Map(world.trips.map((trip, i) => [trip, i]));
    const numbers = new Set(trips.map((trip) => index.get(trip)));
    const ways = world.itineraries.filter((way) => way.legs.some((leg) => numbers.has(leg.trip)));
    expect(ways.every((way) => way.legs.length === 1)).toBe(true);
    expect(trips.every((trip) => trip.stops.length === 2)).toBe(true);
  });

  it('has Hechuan: 50 people by bus to Guangzhou on 8 February, and a carriage to Hangzhou on 8 days of 17', () => {
    const bus = runsOf(world).filter(
      (trip) =>
        trip.area.startsWith('500117') && countyOf(world, trip) === '440111' && trip.mode === 'charterBus',
    );
    expect(bus.map((trip) => [trip.date, onBoard(trip).size])).toEqual([['2022-02-08', 50]]);
    const carriages = world.allotments.filter((it) => it.mode === 'reservedCarriage');
    expect(carriages.map((it) => it.date)).toEqual(
      Array.from({ length: 17 }, (_, i) => `2022-02-${String(4 + i).padStart(2, '0')}`),
    );
    expect(
      runsOf(world)
        .filter((trip) => trip.mode === 'reservedCarriage')
        .map((trip) => trip.date)
        .sort(),
    ).toEqual(carriages.slice(0, 8).map((it) => it.date));
    expect(
      world.allotments.some(
        (it) => it.mode === 'railTickets' && it.to.name === '广州南' && it.date > '2022-02-11',
      ),
    ).toBe(true);
  });

  it('has Fengdu: 718 people lifted out of poverty on 16 non-stop buses', () => {
    const trips = runsOf(world).filter((trip) => trip.area.startsWith('500230'));
    expect(trips).toHaveLength(16);
    expect(trips.every((trip) => trip.stops.length === 2)).toBe(true);
    const people = [...boardedOn(world, trips)];
    expect(people).toHaveLength(718);
    expect(people.every((person) => world.persons[person]?.careGroups.includes('liftedOutOfPoverty'))).toBe(
      true,
    );
    expect(new Set(trips.map((trip) => countyOf(world, trip)))).toEqual(
      new Set(['330302', '350582', '330206']),
    );
  });

  it('has Changshou: 11,024 registered, each with a wish and a need that has owner and due day', () => {
    const own = new Set(
      world.persons.flatMap((person, i) => (person.village.startsWith('500115') ? [i] : [])),
    );
    expect(own.size).toBe(CHANGSHOU_REGISTERED);
    expect(
      new Set(
        world.wishes
          .filter((wish) => wish.season === SEASON && own.has(wish.person))
          .map((wish) => wish.person),
      ).size,
    ).toBe(own.size);
    const needs = world.needs.filter((need) => own.has(need.person));
    expect(new Set(needs.map((need) => need.person)).size).toBe(own.size);
    expect(
      needs.every((need) => world.accounts[need.owner] !== undefined && /^2022-\d\d-\d\d$/.test(need.due)),
    ).toBe(true);
    const registrars = new Set(
      [...own].map((i) => world.accounts[world.persons[i]?.registeredBy ?? -1]?.role),
    );
    expect(registrars).toEqual(new Set(['townOfficer', 'laborBroker']));
  });

  it('gives each agency of Jiulongpo a ledger of its own: a reserve, and people who travel', () => {
    const travels = new Set(world.itineraries.map((it) => it.person));
    const ledgers = world.accounts.flatMap(({ role }, no) => {
      if (role !== 'agency') return [];
      const own = world.persons.flatMap((it, i) => (it.registeredBy === no ? [i] : []));
      expect(
        own.every((i) => world.persons[i]?.channel === 'agency' && districtOf(world, i) === '500107'),
      ).toBe(true);
      return [{ people: own.length, travel: own.filter((i) => travels.has(i)).length }];
    });
    expect(ledgers).toHaveLength(2);
    for (const { people, travel } of ledgers) {
      expect(people).toBeGreaterThan(96);
      expect(travel).toBeGreaterThan(2);
    }
    const byAgency = new Set(world.persons.flatMap((it, i) => (it.channel === 'agency' ? [i] : [])));
    const wished = world.wishes.filter((it) => it.season === SEASON && byAgency.has(it.person));
    expect(wished).toHaveLength(byAgency.size);
    expect(wished.filter((it) => it.county === null).length).toBeGreaterThanOrEqual(192);
  });

  it('counts trains, a flight, carriages and tickets among the runs', () => {
    const modes = new Map<string, number>();
    for (const trip of runsOf(world)) modes.set(trip.mode, (modes.get(trip.mode) ?? 0) + 1);
    expect(Object.fromEntries(modes)).toEqual({
      charterBus: 343,
      reservedCarriage: 8,
      railTickets: 3,
      charterTrain: 3,
      charterFlight: 1,
    });
  });

  it('shows the funnel alive: some under way, some unsigned, two buses with open doors, cancelled runs, broken journeys', () => {
    const acts = world.trips.flatMap((trip) => trip.acts);
    expect(acts.filter((act) => act.type === 'held').length).toBeGreaterThan(10);
    expect(acts.filter((act) => act.type === 'undone').length).toBeGreaterThan(3);
    expect(acts.filter((act) => act.type === 'cancelled')).toHaveLength(2);
    const boarding = world.trips.filter(
      (trip) => trip.acts.length > 0 && trip.acts.every((act) => act.type === 'opened'),
    );
    expect(boarding).toHaveLength(2);
    expect(runsOf(world).some((trip) => !trip.acts.some((act) => act.type === 'arrived'))).toBe(true);
    const unsigned = world.trips.filter((trip) =>
      trip.acts.some(
        (act) =>
          act.type === 'arrived' &&
          trip.stops[act.stop]?.kind === 'gate' &&
          !trip.acts.some((other) => other.type === 'signed' && other.stop === act.stop),
      ),
    );
    expect(unsigned.length).toBeGreaterThanOrEqual(1);
    expect(unsigned.length).toBeLessThan(6);
  });

  it('has something for the open days: vehicles, places, wheelchairs, unknown destinations', () => {
    const open = world.wishes.filter(
      (wish) => wish.season === SEASON && wish.mode === 'ours' && wish.latest >= '2022-02-12',
    );
    expect(open.some((wish) => wish.wheelchair)).toBe(true);
    expect(open.some((wish) => wish.county === null)).toBe(true);
    expect(open.some((wish) => wish.county !== null && wish.gate === null)).toBe(true);
    expect(fleetCapacity(world.fleetDays)).toBeGreaterThan(3500);
    expect(new Set(world.fleetDays.map((it) => it.area)).size).toBe(38);
  });
});

describe('the world at scale 1 keeps its own rules', () => {
  it('repeats nobody: ID numbers, phones, plates, logins, seats', () => {
    expect(new Set(world.persons.map((it) => it.idNumber)).size).toBe(world.persons.length);
    const phones = [
      ...world.persons.map((it) => it.phone),
      ...world.drivers.map((it) => it.phone),
      ...world.gates.map((it) => it.contactPhone),
    ];
    expect(new Set(phones).size).toBe(phones.length);
    expect(new Set(world.vehicles.map((it) => it.plate)).size).toBe(world.vehicles.length);
    expect(new Set(world.accounts.map((it) => it.login)).size).toBe(world.accounts.length);
    expect(new Set(world.trips.map((it) => it.code)).size).toBe(world.trips.length);
    for (const trip of world.trips)
      expect(new Set(trip.passengers.map((it) => it.seat)).size).toBe(trip.passengers.length);
    expect(new Set(world.wishes.map((it) => `${it.season} ${it.person}`)).size).toBe(world.wishes.length);
  });

  it('writes ID numbers with the right birth date, gender and check digit', () => {
    for (const person of world.persons) {
      expect(person.idNumber).toMatch(/^\d{17}[\dX]$/);
      expect(person.idNumber.slice(6, 14)).toBe(person.birth.replaceAll('-', ''));
      expect(Number(person.idNumber[16]) % 2).toBe(person.gender === 'male' ? 1 : 0);
      expect(person.idNumber[17]).toBe(checkDigit(person.idNumber.slice(0, 17)));
      expect(person.phone).toMatch(/^19900\d{6}$/);
    }
    expect(checkDigit('11010519491231002')).toBe('X');
    expect(world.persons.some((person) => /^51(02|22|23|35)/.test(person.idNumber))).toBe(true);
  });

  it('never fills a coach beyond observation row and load cap, nor a train beyond its places', () => {
    for (const trip of world.trips) {
      const most = trip.mode === 'charterBus' ? capacityOf(trip.places) : trip.places;
      expect(trip.passengers.length).toBeLessThanOrEqual(most);
      expect(Math.max(...trip.passengers.map((it) => it.seat))).toBeLessThanOrEqual(most);
    }
  });

  it('seats a party on consecutive seats', () => {
    for (const trip of world.trips) {
      const parties = new Map<number, number[]>();
      for (const it of trip.passengers) parties.set(it.party, [...(parties.get(it.party) ?? []), it.seat]);
      for (const seats of parties.values())
        expect(Math.max(...seats) - Math.min(...seats)).toBe(seats.length - 1);
    }
  });

  it('gives wheelchair users a place on an accessible vehicle', () => {
    for (const trip of world.trips) {
      const users = trip.passengers.filter((it) => world.persons[it.person]?.wheelchair).length;
      expect(users).toBeLessThanOrEqual(trip.wheelchairBays);
    }
    expect(
      world.trips.some((trip) => trip.passengers.some((it) => world.persons[it.person]?.wheelchair)),
    ).toBe(true);
  });

  it('puts no vehicle, driver or escort on two trips at once', () => {
    const uses = new Map<string, [string, string][]>();
    for (const trip of world.trips) {
      const span: [string, string] = [
        trip.stops[0]?.arriveAt ?? '',
        trip.stops[trip.stops.length - 1]?.departAt ?? '',
      ];
      const keys = [
        ...trip.drivers.map((it) => `driver ${it}`),
        ...(trip.vehicle === null ? [] : [`vehicle ${trip.vehicle}`]),
        ...(trip.escort === null ? [] : [`escort ${trip.escort}`]),
      ];
      for (const key of keys) uses.set(key, [...(uses.get(key) ?? []), span]);
    }
    for (const [key, spans] of uses) {
      spans.sort((a, b) => a[0].localeCompare(b[0]));
      spans.forEach((span, i) => {
        const before = spans[i - 1];
        if (before) expect(before[1] <= span[0], key).toBe(true);
      });
    }
  });

  it('tells acts in the order of time and none after the clock', () => {
    for (const trip of world.trips) {
      let last = '';
      for (const act of trip.acts) {
        expect(act.at >= last && act.at <= CLOCK, `${trip.code} ${act.type} ${act.at}`).toBe(true);
        last = act.at;
      }
      expect(trip.committedAt < trip.publishedAt && trip.publishedAt < CLOCK, trip.code).toBe(true);
      expect(
        trip.acts.every((act) => act.at > trip.publishedAt),
        trip.code,
      ).toBe(true);
    }
  });

  it('lets every feeder and last mile that set out arrive', () => {
    for (const trip of world.trips.filter((it) => it.role !== 'main' && it.date < '2022-02-11')) {
      expect(trip.acts.map((act) => act.type).filter((type) => type !== 'boarded')).toEqual([
        'opened',
        'counted',
        'departed',
        'arrived',
        ...(trip.role === 'lastMile' ? ['signed'] : []),
      ]);
    }
  });

  it('joins the legs of a journey in time and place', () => {
    for (const way of world.itineraries) {
      way.legs.forEach((leg, i) => {
        const trip = world.trips[leg.trip] as SampleTrip;
        const passenger = trip.passengers[leg.passenger];
        expect(passenger?.person).toBe(way.person);
        const before = way.legs[i - 1];
        if (!before) return;
        const earlier = world.trips[before.trip] as SampleTrip;
        const off = earlier.stops[earlier.passengers[before.passenger]?.alight ?? -1];
        const on = trip.stops[passenger?.board ?? -1];
        expect(
          off &&
            on &&
            off.arriveAt < on.departAt &&
            Math.abs(off.lon - on.lon) + Math.abs(off.lat - on.lat) < 0.001,
        ).toBe(true);
      });
    }
  });

  it('lets every journey follow the wish: destination and days', () => {
    for (const way of world.itineraries) {
      const wish = world.wishes[way.wish];
      expect(wish?.person).toBe(way.person);
      const main = way.legs.map((leg) => world.trips[leg.trip]).find((trip) => trip?.role === 'main');
      expect(main && wish && main.date >= wish.earliest && main.date <= wish.latest, main?.code).toBe(true);
    }
  });
});

describe('seed and scale', () => {
  it('makes the same world from the same seed and another from another, with the same published figures', () => {
    const again = makeWorld({ seed: 2022, scale: 0.2, areas: AREAS });
    expect(makeWorld({ seed: 2022, scale: 0.2, areas: AREAS })).toEqual(again);
    expect(makeWorld({ seed: 7, scale: 0.2, areas: AREAS }).persons[0]?.idNumber).not.toBe(
      again.persons[0]?.idNumber,
    );
    const other = makeWorld({ seed: 7, scale: 1, areas: AREAS });
    expect(runsOf(other)).toHaveLength(RUNS);
    expect(boardedOn(other, other.trips).size).toBe(PERSONS);
  });

  it.each([0.05, 0.3, 2])('at scale %s keeps every kind of event and the proportions', (scale) => {
    const it = makeWorld({ seed: 2022, scale, areas: AREAS });
    expect(runsOf(it)).toHaveLength(Math.round(RUNS * scale));
    expect(Math.abs(boardedOn(it, it.trips).size - PERSONS * scale)).toBeLessThanOrEqual(
      PERSONS * scale * 0.05,
    );
    expect(new Set(runsOf(it).map((trip) => trip.mode)).size).toBe(5);
    const kinds = new Set(it.trips.flatMap((trip) => trip.acts.map((act) => act.type)));
    expect([...kinds].sort()).toEqual([
      'arrived',
      'boarded',
      'cancelled',
      'counted',
      'departed',
      'held',
      'opened',
      'signed',
      'undone',
    ]);
    expect(
      it.trips.some((trip) => trip.role === 'feeder') && it.trips.some((trip) => trip.role === 'lastMile'),
    ).toBe(true);
    for (const flow of NAMED_FLOWS)
      expect(runsOf(it).some((trip) => trip.area.startsWith(flow.from))).toBe(true);
    expect(new Set(it.wishes.map((wish) => wish.season))).toEqual(
      new Set(['2020-spring', '2021-spring', '2022-spring']),
    );
    expect(it.persons.some((_, i) => districtOf(it, i) === '500115')).toBe(true);
  });

  it('refuses a scale out of range', () => {
    expect(() => makeWorld({ seed: 1, scale: 0.01, areas: AREAS })).toThrow(RangeError);
    expect(() => makeWorld({ seed: 1, scale: Number.NaN, areas: AREAS })).toThrow(RangeError);
  });
});
