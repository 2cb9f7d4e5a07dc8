import { addMinutes } from '@fangang/domain/basics/moment.ts';
import type { TestHouse } from '../offices/testing.ts';
import { newId } from '../platform/ids.ts';
import { copyRows } from '../platform/journal.ts';
import { asOwner } from '../platform/owner.ts';
import { ticketCodeOf, ticketIndex } from './ticket-code.ts';

export const SEASON = '2022-spring';
export const DISTRICT = '500238000000';
export const OTHER_DISTRICT = '500229000000';
const TOWN = '500238103000';

export interface FixturePerson {
  readonly person: string;
  readonly wish: string;
  readonly itinerary: string;
  readonly identity: string;
  readonly leg: string;
  readonly onward: string | null;
  readonly seat: number;
  readonly tail: string;
  readonly code: string;
}

export interface FixtureTrip {
  readonly id: string;
  readonly code: string;
  readonly employer: string;
  readonly gate: string;
  /** The bus from the last stop to the gate, where asked for. */
  readonly onward: string | null;
  readonly people: readonly FixturePerson[];
}

export interface FixtureAsk {
  readonly code: string;
  readonly people?: number;
  readonly status?: string;
  /** Adds a last-mile bus: the main run then ends at a station. */
  readonly lastMile?: boolean;
  readonly departAt?: string;
  readonly area?: string;
}

type Row = Record<string, unknown>;
type Put = (table: string, rows: readonly Row[]) => Promise<number>;

/** A run of a district with two pick-ups and a gate, its people seated: synthetic, for tests of door, gate and ticket. */
export async function fixtureTrip(house: TestHouse, ask: FixtureAsk): Promise<FixtureTrip> {
  const { fresh, services } = house;
  const departAt = ask.departAt ?? '2022-02-12T07:50:00+08:00';
  const trip: FixtureTrip = {
    id: newId(),
    code: ask.code,
    employer: newId(),
    gate: newId(),
    onward: ask.lastMile ? newId() : null,
    people: Array.from({ length: ask.people ?? 3 }, (_, i) => {
      const itinerary = newId();
      return {
        person: newId(),
        wish: newId(),
        itinerary,
        identity: newId(),
        leg: newId(),
        onward: ask.lastMile ? newId() : null,
        seat: i + 1,
        tail: `${ask.code.slice(-2).replace(/\D/g, '9')}${String(i + 10)}`.padStart(4, '0'),
        code: ticketCodeOf(services.secrets, itinerary),
      };
    }),
  };
  await asOwner(fresh.adminUrl, fresh.city, async (tx) => {
    const put: Put = (table, rows) => copyRows(tx, table, Object.keys(rows[0] ?? {}), rows);
    await putGate(put, trip, services);
    await putTrips(put, trip, { ...ask, departAt });
    await putPeople(put, trip, ask.area ?? DISTRICT, services);
  });
  return trip;
}

async function putGate(put: Put, trip: FixtureTrip, { secrets }: TestHouse['services']): Promise<void> {
  await put('jobs_employer', [
    {
      id: trip.employer,
      area: '500000000000',
      name: '样例电子',
      pinyin: 'Sample Electronics',
      county: '440310',
    },
  ]);
  await put('jobs_gate', [
    {
      id: trip.gate,
      employer_id: trip.employer,
      area: '500000000000',
      name: '东门',
      pinyin: 'East gate',
      county: '440310',
      lon: 114.3,
      lat: 22.7,
      contact_name: '周样例',
      contact_phone_sealed: secrets.seal(
        { table: 'jobs_gate', column: 'contact_phone_sealed', row: trip.gate },
        '0755-00000001',
      ),
      windows: [],
    },
  ]);
}

async function putTrips(put: Put, trip: FixtureTrip, ask: FixtureAsk & { departAt: string }): Promise<void> {
  const arriveAt = addMinutes(ask.departAt, 26 * 60);
  const one = (id: string, code: string, role: string, from: string, to: string): Row => ({
    id,
    season: SEASON,
    area: ask.area ?? DISTRICT,
    code,
    role,
    mode: 'charterBus',
    status: ask.status ?? 'published',
    day: from.slice(0, 10),
    depart_at: from,
    arrive_at: to,
    plate: '渝F·T0001',
    driver_ids: [],
    drivers: 2,
    places: 49,
    cap: 45,
    sold: trip.people.length,
    bays: 1,
    bays_sold: 0,
    rests: [],
    distance_m: 1_400_000,
    cost_fen: 0,
    version: 1,
  });
  const rows = [one(trip.id, trip.code, 'main', ask.departAt, arriveAt)];
  const onwardAt = addMinutes(arriveAt, 60);
  if (trip.onward) {
    rows.push(one(trip.onward, `${trip.code}-L`, 'lastMile', onwardAt, addMinutes(onwardAt, 40)));
  }
  await put('trips_trip', rows);
  const stop = (no: number, kind: string, name: string, at: string, isGate = false): Row => ({
    trip_id: trip.id,
    no,
    area: ask.area ?? DISTRICT,
    kind,
    name,
    pinyin: `Stop ${no}`,
    place_area: kind === 'pickUp' ? TOWN : null,
    gate_id: isGate ? trip.gate : null,
    employer_id: isGate ? trip.employer : null,
    lon: 109,
    lat: 31,
    arrive_at: at,
    depart_at: at,
  });
  const stops = [
    stop(0, 'pickUp', '通城镇政府坝子', ask.departAt),
    stop(1, 'pickUp', '长红村桥头', addMinutes(ask.departAt, 30)),
    stop(
      2,
      trip.onward ? 'station' : 'gate',
      trip.onward ? '深圳坪山站' : '样例电子东门',
      arriveAt,
      !trip.onward,
    ),
  ];
  if (trip.onward) {
    stops.push({ ...stop(0, 'station', '深圳坪山站', onwardAt), trip_id: trip.onward });
    stops.push({ ...stop(1, 'gate', '样例电子东门', addMinutes(onwardAt, 40), true), trip_id: trip.onward });
  }
  await put('trips_stop', stops);
}

async function putPeople(
  put: Put,
  trip: FixtureTrip,
  area: string,
  { secrets }: TestHouse['services'],
): Promise<void> {
  const home = area === DISTRICT ? TOWN : area;
  const at = '2022-02-08T10:00:00+08:00';
  const { people } = trip;
  await put(
    'people_person',
    people.map((it, i) => ({
      id: it.person,
      identity: it.identity,
      area: home,
      name: `样例${'甲乙丙丁戊己'[i] ?? '庚'}`,
      pinyin: `Sample ${i + 1}`,
      initials: 'yl',
      gender: i % 2 ? 'female' : 'male',
      id_kind: 'idCard',
      id_tail: it.tail,
      id_sealed: secrets.seal(
        { table: 'people_person', column: 'id_sealed', row: it.person },
        `50023819800101${it.tail}`,
      ),
      phone_tail: it.tail,
      channel: 'import',
      registered_at: at,
      registered_by: 'test',
    })),
  );
  await put(
    'people_wish',
    people.map((it) => ({
      id: it.wish,
      season: SEASON,
      person_id: it.person,
      identity: it.identity,
      area: home,
      kind: 'sameJob',
      mode: 'ours',
      destination: '440310',
      party: it.wish,
      may_part: false,
      wheelchair: false,
      status: 'confirmed',
      recorded_at: at,
    })),
  );
  await putWays(put, trip, home, at);
}

async function putWays(put: Put, trip: FixtureTrip, home: string, at: string): Promise<void> {
  const { people } = trip;
  await put(
    'trips_itinerary',
    people.map((it) => ({
      id: it.itinerary,
      season: SEASON,
      person_id: it.person,
      identity: it.identity,
      wish_id: it.wish,
      area: home,
      party: it.wish,
      status: 'seated',
      ticket_index: ticketIndex(it.code),
      made_at: at,
    })),
  );
  const leg = (it: FixturePerson, no: number): Row => ({
    id: no === 0 ? it.leg : it.onward,
    season: SEASON,
    itinerary_id: it.itinerary,
    no,
    trip_id: no === 0 ? trip.id : trip.onward,
    person_id: it.person,
    identity: it.identity,
    area: home,
    employer_id: trip.employer,
    seat: it.seat,
    board: no === 0 && it.seat === 3 ? 1 : 0,
    alight: no === 0 ? 2 : 1,
    wheelchair: false,
    state: 'expected',
    live: true,
  });
  await put(
    'trips_leg',
    people.flatMap((it) => (trip.onward ? [leg(it, 0), leg(it, 1)] : [leg(it, 0)])),
  );
}
