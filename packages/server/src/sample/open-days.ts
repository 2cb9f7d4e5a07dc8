import { type Random, shuffle } from '@fangang/solver/random.ts';
import { between, one, share, stream, weighted } from './chance.ts';
import { DESTINATIONS } from './destinations.ts';
import { type District, type Draft, districtOf, push } from './draft.ts';
import { addVehicle } from './hire.ts';
import { type Party, recordWishes, townsOf } from './parties.ts';
import { BUS_FLOWS, type BusFlow, NAMED_FLOWS, STILL_TO_GO } from './programme.ts';
import { makeParty, partySize } from './residents.ts';
import { capacityOf, SEASON } from './season.ts';
import { addDays } from './time.ts';
import type { Destination, FleetDay, Wish } from './world.ts';

/** The days the open wishes fall on. */
export const OPEN_DAYS = ['2022-02-12', '2022-02-13', '2022-02-14', '2022-02-15', '2022-02-16'] as const;

/** Destinations nobody has sent a bus to: single people far apart. */
const SCATTERED = ['wenling', 'huiyang', 'licheng', 'wuhua', 'songjiang', 'binhai', 'huangdao', 'yiwu'];

/**
 * Wishes still to be planned, until as many want to go as the programme had left: four in five in groups from a few towns to one or two
 * gates, the rest scattered; and the vehicles each district can hire, enough for most of the groups.
 */
export function makeOpenDays(draft: Draft): void {
  const left = Math.max(20, Math.round(STILL_TO_GO * draft.scale) - waiting(draft));
  const grouped = Math.round(left * 0.8);
  const groupsOf = makeGroups(draft, grouped);
  makeScattered(draft, left - grouped);
  makeFleet(draft, groupsOf);
}

/** People of the record who have not gone: broken journeys, runs that have not left. */
function waiting(draft: Draft): number {
  const boarded = new Set<number>();
  for (const trip of draft.trips) {
    if (trip.role !== 'main') continue;
    for (const act of trip.acts) {
      const person = 'passenger' in act ? trip.passengers[act.passenger]?.person : undefined;
      if (person === undefined) continue;
      if (act.type === 'boarded') boarded.add(person);
      if (act.type === 'undone') boarded.delete(person);
    }
  }
  return draft.wishes.filter(
    (wish) => wish.season === SEASON && wish.mode === 'ours' && !boarded.has(wish.person),
  ).length;
}

/** Answers the number of groups by district. */
function makeGroups(draft: Draft, people: number): Map<string, number> {
  const random = stream(draft.seed, 'open groups');
  const flows = [...NAMED_FLOWS, ...BUS_FLOWS];
  const groups = Math.max(1, Math.round(people / 37));
  const parts = share(
    groups,
    flows.map((flow) => flow.runs),
  );
  const list = shuffle(
    random,
    flows.flatMap((flow, i) => Array.from({ length: parts[i] ?? 0 }, () => flow)),
  );
  const sizes = share(
    people,
    list.map(() => 0.6 + random() * 0.8),
  );
  const counts = new Map<string, number>();
  list.forEach((flow, i) => {
    makeGroup(draft, random, flow, sizes[i] ?? 0);
    counts.set(flow.from, (counts.get(flow.from) ?? 0) + 1);
  });
  return counts;
}

function makeGroup(draft: Draft, random: Random, flow: BusFlow, people: number): void {
  const district = districtOf(draft, flow.from);
  const destination = draft.destinationByKey.get(flow.to) as Destination;
  const towns = townsOf(random, district, between(random, 1, 4));
  const gates = shuffle(random, [...destination.gates]).slice(0, between(random, 1, 2));
  const day = one(random, OPEN_DAYS);
  for (let left = people; left > 0; ) {
    const size = partySize(random, left);
    left -= size;
    const wheelchair = random() < 0.008;
    const earliest = laterOf(OPEN_DAYS[0], addDays(day, -between(random, 0, 2)));
    addParty(draft, random, {
      district,
      town: one(random, towns),
      size,
      wheelchair,
      destination,
      gate: one(random, gates),
      earliest,
      latest: addDays(day, between(random, 0, 2)),
    });
  }
}

function makeScattered(draft: Draft, people: number): void {
  const random = stream(draft.seed, 'open scattered');
  const districts = [...draft.districts.values()];
  for (let left = people; left > 0; ) {
    const size = partySize(random, left);
    left -= size;
    const district = one(random, districts);
    const kind = weighted(random, [
      ['usual', 55],
      ['far', 28],
      ['countyOnly', 9],
      ['unknown', 8],
    ] as const);
    const key = kind === 'far' ? one(random, SCATTERED) : one(random, DESTINATIONS).key;
    const destination = kind === 'unknown' ? null : (draft.destinationByKey.get(key) as Destination);
    const earliest = addDays(OPEN_DAYS[0], between(random, 0, 4));
    addParty(draft, random, {
      district,
      town: one(random, district.towns),
      size,
      wheelchair: random() < 0.006,
      destination,
      gate: destination && kind !== 'countyOnly' ? one(random, destination.gates) : null,
      earliest,
      latest: addDays(earliest, between(random, 1, 4)),
    });
  }
}

interface OpenParty {
  readonly district: District;
  readonly town: Party['town'];
  readonly size: number;
  readonly wheelchair: boolean;
  readonly destination: Destination | null;
  readonly gate: number | null;
  readonly earliest: string;
  readonly latest: string;
}

function addParty(draft: Draft, random: Random, it: OpenParty): void {
  const people = makeParty(draft, random, { town: it.town, size: it.size, wheelchair: it.wheelchair });
  recordWishes(draft, random, {
    party: draft.parties++,
    people,
    destination: it.destination,
    gate: it.gate,
    earliest: it.earliest,
    latest: it.latest,
    kind: it.destination === null || random() < 0.3 ? 'newJob' : 'sameJob',
    mayPart: people.length > 1 && random() < 0.15,
    confirmed: random() < 0.86,
  });
}

function laterOf(a: string, b: string): string {
  return a > b ? a : b;
}

/** Vehicles for hire by district and day: somewhat fewer than groups, a few districts far short, accessible coaches here and there. */
function makeFleet(draft: Draft, groupsOf: ReadonlyMap<string, number>): void {
  const random = stream(draft.seed, 'fleet');
  for (const district of draft.districts.values()) {
    const carrier = draft.carrierByDistrict.get(district.short) ?? 0;
    const extra = accessibleWishes(draft, district.short) > 0 ? 1 : 0;
    const short = random() < 0.15 ? 0.5 : 1;
    const wanted = Math.max(1, Math.round((groupsOf.get(district.short) ?? 0) * 1.15 * short));
    const byDay = share(
      wanted,
      OPEN_DAYS.map((_, i) => [1.2, 1.3, 1, 0.8, 0.7][i] as number),
    );
    OPEN_DAYS.forEach((date, i) => {
      const total = byDay[i] ?? 0;
      const large = Math.floor(total * 0.4 + random());
      const add = (seats: FleetDay['seats'], count: number, wheelchairBays: number) => {
        if (count > 0)
          push(draft.fleetDays, { area: district.code, date, carrier, seats, count, wheelchairBays });
      };
      add(55, Math.min(total, large), 0);
      add(49, Math.max(0, total - large), 0);
      add(35, extra > 0 && i === 1 ? 1 : 0, 2);
      add(19, Math.ceil(total / 2), 0);
    });
    if (extra > 0) addVehicle(draft, carrier, 35, 2);
  }
}

function accessibleWishes(draft: Draft, short: string): number {
  return draft.wishes.filter(
    (wish: Wish) =>
      wish.wheelchair && wish.latest >= OPEN_DAYS[0] && draft.persons[wish.person]?.village.startsWith(short),
  ).length;
}

/** Most that fits on what one district can hire on one day; for tests and for the report of the sample. */
export function fleetCapacity(days: readonly FleetDay[]): number {
  return days.filter((it) => it.seats > 19).reduce((sum, it) => sum + it.count * capacityOf(it.seats), 0);
}
