import { CHANGSHOU, FENGDU, HECHUAN, WULONG } from '@fangang/domain/figures/programme.ts';
import { FigureKey, type FigureRows, type Figures } from '@fangang/domain/figures/schema.ts';
import type { TripFacts } from '@fangang/domain/trips/journal.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scopeOfStaff } from '../offices/scope.ts';
import { type TestHouse, testHouse } from '../offices/testing.ts';
import { inScope, type Tx } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import { copyRows } from '../platform/journal.ts';
import { asOwner } from '../platform/owner.ts';
import { routes } from './routes.ts';
import { FENGDU_VILLAGE, HandSeason, momentOf, SEASON, WULONG_VILLAGE } from './season-for-tests.ts';

let house: TestHouse;
let city = { cookie: '' };
let wulong = { id: '', cookie: '' };
let employer = { cookie: '' };
const NOBODY = { cookie: '' };

beforeAll(async () => {
  house = await testHouse(routes);
  city = await house.signIn('cityOfficer', '500000000000');
  wulong = await house.signIn('dispatcher', WULONG);
  employer = await house.signIn('employer', '500000000000', newId());
  await owner((tx) =>
    sql`update offices_clock set mode = 'stands', at = '2022-02-11T17:00:00+08:00' where id = 1`.execute(tx),
  );
  await writeSeason();
});
afterAll(() => house.close());

function owner<Value>(work: (tx: Tx) => Promise<Value>): Promise<Value> {
  return asOwner(house.fresh.adminUrl, house.fresh.city, work);
}

async function get(who: { cookie: string }, url: string) {
  const answer = await house.app.inject({ method: 'GET', url, headers: { cookie: who.cookie } });
  return { status: answer.statusCode, body: answer.json() };
}

const figures = async (who: { cookie: string }, query = ''): Promise<Figures> =>
  (await get(who, `/api/figures?${query}`)).body as Figures;

/** A trip as the trips' room keeps it, from a village to a gate in a county. */
async function writeTrip(
  tx: Tx,
  trip: TripFacts,
  day: string,
  county: string,
  allotment?: string,
): Promise<void> {
  const at = momentOf(`${day} 08:00`);
  const employerId = newId();
  const gate = newId();
  await sql`insert into jobs_employer (id, area, name, pinyin, county) values (${employerId}, '500000000000', '厂', 'Chang', ${county})`.execute(
    tx,
  );
  await sql`insert into jobs_gate (id, employer_id, area, name, pinyin, county, lon, lat, windows)
    values (${gate}, ${employerId}, '500000000000', '东门', 'Dongmen', ${county}, 113, 23, '[]')`.execute(tx);
  await copyRows(
    tx,
    'trips_trip',
    [
      'id',
      'season',
      'area',
      'code',
      'role',
      'mode',
      'status',
      'day',
      'depart_at',
      'arrive_at',
      'places',
      'cap',
      'sold',
      'bays',
      'bays_sold',
      'distance_m',
      'cost_fen',
      'drivers',
      'driver_ids',
      'rests',
      'version',
      'allotment_id',
    ],
    [
      [
        trip.id,
        SEASON,
        trip.area,
        trip.id.slice(-6),
        trip.role,
        trip.mode,
        'departed',
        at.slice(0, 10),
        at,
        at,
        49,
        45,
        0,
        0,
        0,
        0,
        0,
        0,
        [],
        [],
        1,
        allotment ?? null,
      ],
    ],
  );
  const stop = [
    'trip_id',
    'no',
    'area',
    'kind',
    'name',
    'pinyin',
    'gate_id',
    'lon',
    'lat',
    'arrive_at',
    'depart_at',
  ];
  await copyRows(tx, 'trips_stop', stop, [
    [trip.id, 0, trip.area, 'pickUp', '羊角', 'Yangjiao', null, 107, 29, at, at],
    [trip.id, 1, trip.area, 'gate', '东门', 'Dongmen', gate, 113, 23, at, at],
  ]);
}

async function writePerson(tx: Tx, who: { identity: string; area: string }, care?: string): Promise<void> {
  const id = newId();
  await sql`insert into people_person (id, identity, area, name, pinyin, initials, id_kind, channel, registered_at, registered_by)
    values (${id}, ${who.identity}, ${who.area}, '冉样例', 'Ran Yangli', 'ryl', 'eighteen', 'import', now(), 'test')`.execute(
    tx,
  );
  if (care)
    await sql`insert into people_care (person_id, area, kind, since, source)
      values (${id}, ${who.area}, ${care}, '2020-01-01', 'test')`.execute(tx);
}

/** Each of the named systems once: Wulong to Yubei, Hechuan's carriage and bus, Fengdu, Changshou, and somebody without a way. */
async function writeSeason(): Promise<void> {
  const season = new HandSeason();
  const buses = [
    { trip: season.trip('main', 'charterBus', WULONG), county: '500112', village: WULONG_VILLAGE, day: '9' },
    { trip: season.trip('main', 'charterBus', WULONG), county: '330302', village: WULONG_VILLAGE, day: '9' },
    {
      trip: season.trip('main', 'reservedCarriage', HECHUAN),
      county: '330110',
      village: '500117101201',
      day: '9',
    },
    { trip: season.trip('main', 'charterBus', HECHUAN), county: '440111', village: '500117101201', day: '8' },
    { trip: season.trip('main', 'charterBus', HECHUAN), county: '440111', village: '500117101201', day: '9' },
    { trip: season.trip('main', 'charterBus', FENGDU), county: '330302', village: FENGDU_VILLAGE, day: '9' },
  ];
  const feeder = season.trip('feeder', 'charterBus', WULONG);
  const people: { identity: string; area: string }[] = [];
  const allotment = newId();
  for (const { trip, village, day } of buses) {
    const who = season.person(village);
    people.push(who);
    season.register('1 09:00', who);
    season.wish('2 09:00', who, 'sameJob', 'ours', '330302');
    const [seat] = season.seat('5 10:00', who, trip);
    if (seat) season.board(`${day} 07:50`, seat, { pack: true });
    season.depart(`${day} 08:00`, trip);
  }
  season.depart('9 06:00', feeder);
  const waits = season.person();
  season.wish('2 09:00', waits);
  season.register('1 09:00', season.person('500115101201'));
  await season.write(house.fresh);
  await owner(async (tx) => {
    await copyRows(
      tx,
      'trips_allotment',
      [
        'id',
        'area',
        'season',
        'mode',
        'number',
        'day',
        'from_name',
        'from_lon',
        'from_lat',
        'to_name',
        'to_lon',
        'to_lat',
        'depart_at',
        'arrive_at',
        'places',
        'wheelchair_bays',
        'fare_fen',
      ],
      [allotment, newId()].map((id, i) => [
        id,
        HECHUAN,
        SEASON,
        'reservedCarriage',
        'D4132',
        `2022-02-${9 + i}`.replace('-9', '-09'),
        '合川',
        106,
        30,
        '杭州东',
        120,
        30,
        momentOf('9 08:06'),
        momentOf('9 19:52'),
        98,
        0,
        100,
      ]),
    );
    for (const it of buses)
      await writeTrip(
        tx,
        it.trip,
        it.day,
        it.county,
        it.trip.mode === 'reservedCarriage' ? allotment : undefined,
      );
    await writeTrip(tx, feeder, '9', '500156');
    for (const [i, it] of people.entries())
      await writePerson(tx, it, i === 5 ? 'liftedOutOfPoverty' : undefined);
    await writePerson(tx, waits);
  });
}

describe('figures', () => {
  it('are of the whole city for its officer, of the clock’s now, with trains and reasons', async () => {
    const seen = await figures(city);
    expect(seen.asOf).toBe('2022-02-11T17:00:00+08:00');
    expect(seen.total).toMatchObject({
      runs: 6,
      feeders: 1,
      persons: 6,
      packs: 6,
      wants: 7,
      unmet: 1,
      registered: 7,
    });
    expect(seen.trains).toMatchObject([{ number: 'D4132', ran: 1, allotted: 2 }]);
    expect(seen.unmetGroups).toEqual([
      {
        reason: 'not_planned_yet',
        remedy: 'make_plan',
        district: WULONG,
        districtName: '武隆区',
        districtPinyin: expect.stringContaining('Wulong'),
        ownerId: wulong.id,
        owner: 'dispatcher2',
        ownerPinyin: expect.any(String),
        persons: 1,
      },
    ]);
  });

  it('of an earlier moment are that moment’s, without the reasons of today', async () => {
    const seen = await figures(city, 'asOf=2022-02-08T17:00:00%2B08:00');
    expect(seen.total).toMatchObject({ runs: 1, persons: 1, waiting: 5 });
    expect(seen.unmetGroups).toBeNull();
  });

  it('of another district are not there for a district', async () => {
    expect((await figures(wulong)).total).toMatchObject({ runs: 2, persons: 2 });
    expect(await get(wulong, `/api/figures?area=${FENGDU}`)).toMatchObject({ status: 404 });
    expect(await get(wulong, '/api/figures?area=999999000000')).toMatchObject({ status: 404 });
    expect((await figures(city, `area=${FENGDU}`)).total).toMatchObject({ runs: 1, persons: 1 });
  });

  it('are for offices only where there is no sample', async () => {
    expect((await get(NOBODY, '/api/figures')).status).toBe(401);
    expect((await get(employer, '/api/figures')).status).toBe(403);
    expect((await get(employer, '/api/figures/rows?key=persons')).status).toBe(403);
  });
});

describe('the rows behind a figure', () => {
  it('are as many as the figure says, for each figure there is', async () => {
    const { total } = await figures(city);
    for (const key of FigureKey.options) {
      const rows = (await get(city, `/api/figures/rows?key=${key}`)).body as FigureRows;
      const n = key === 'carriageDays' ? 1 : total[key];
      expect({ key, n: rows.n }).toEqual({ key, n });
      if (n > 0 && key !== 'lastMiles') expect(rows.trips.length + rows.people.length).toBeGreaterThan(0);
    }
  });

  it('are those of one reason, district or owner, and of another district nobody’s', async () => {
    const n = async (query: string, who: { cookie: string } = city) =>
      (await get(who, `/api/figures/rows?key=unmet&${query}`)).body.n;
    expect(await n(`reason=not_planned_yet&remedy=make_plan&district=${WULONG}&owner=${wulong.id}`)).toBe(1);
    expect(await n(`reason=not_planned_yet&district=${FENGDU}`)).toBe(0);
    expect(await n(`owner=${newId()}`)).toBe(0);
    expect(await n('remedy=commit_plan')).toBe(0);
    const fengdu = await house.signIn('dispatcher', FENGDU);
    expect(await n(`district=${WULONG}`, fengdu)).toBe(0);
    expect(await n(`owner=${wulong.id}`, fengdu)).toBe(0);
  });

  it('name the trip or the person behind it', async () => {
    const { body } = await get(city, `/api/figures/rows?key=runs&area=${FENGDU}`);
    expect(body.trips).toMatchObject([
      { district: '丰都县', from: '羊角', to: '东门', persons: 1, mode: 'charterBus' },
    ]);
    const people = await get(wulong, '/api/figures/rows?key=unmet');
    expect(people.body).toMatchObject({ n: 1, people: [{ name: '冉样例', district: '武隆区' }] });
    expect((await get(wulong, '/api/figures/rows?key=persons&page=7')).body).toMatchObject({
      n: 2,
      people: [],
    });
  });
});

it('the bulletin says what the screen says', async () => {
  const { body } = await get(city, '/api/figures/bulletin');
  expect(body.zh).toContain(
    '截至2022年2月11日17时，累计开行返岗专车（专列、包机）6趟（次），输送农民工返岗6人',
  );
  expect(body.en).toContain('6 return-to-work runs');
  expect((await get(wulong, '/api/figures/bulletin')).body.zh).toContain(
    '武隆区累计开行返岗专车（专列、包机）2趟',
  );
});

it('the workbench leads with people who have no way, and is for offices', async () => {
  const { body } = await get(wulong, '/api/workbench');
  expect(body).toMatchObject({
    unmet: 1,
    unmetGroups: [{ reason: 'not_planned_yet', persons: 1 }],
    proposals: [],
    departures: [],
  });
  expect((await get(NOBODY, '/api/workbench')).status).toBe(401);
  expect((await get(employer, '/api/workbench')).status).toBe(403);
});

describe('the first screen', () => {
  it('is not there outside a sample', async () => {
    expect((await get(NOBODY, '/api/first-screen')).status).toBe(404);
    expect((await get(city, '/api/first-screen')).status).toBe(404);
  });

  it('shows the sample to anyone, with the programme counted', async () => {
    await house.signIn('leader', '500000000000');
    await owner(async (tx) => {
      await sql`update offices_staff set sample_door = true where role = 'leader'`.execute(tx);
      await sql`insert into offices_installation (key, value)
        values ('sample', '{"seed": 1, "scale": 1, "state": "filling", "share": 0.4}')`.execute(tx);
    });
    const { status, body } = await get(NOBODY, '/api/first-screen');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      sample: { state: 'filling', share: 0.4 },
      total: { runs: 6, persons: 6 },
      drafted: 0,
      places: [{ code: '330300', name: '温州市', persons: 6 }],
      programme: {
        changshouRegistered: 1,
        runs: 6,
        persons: 6,
        wulongRuns: 1,
        wulongPersons: 1,
        packs: 6,
        hechuanRan: 1,
        hechuanAllotted: 2,
        hechuanBus: 1,
        fengduPersons: 1,
        fengduRuns: 1,
      },
      boardingTrip: null,
      ticketPath: null,
    });
    expect(body.districts.find((it: { area: string }) => it.area === CHANGSHOU).counts.registered).toBe(1);
    expect((await figures(NOBODY)).total).toMatchObject({ runs: 6 });
    expect((await figures(wulong)).total).toMatchObject({ runs: 2 });
  });
});

describe('people whom a draft seats', () => {
  const noSeat = async (reason: string): Promise<FigureRows> =>
    (await get(wulong, `/api/figures/rows?key=unmet&${reason}`)).body;
  const draft = (state: string): Promise<void> =>
    owner(async (tx) => {
      await sql`insert into trips_proposal (id, season, area, asked_by, asked_at, state, request, plan)
        select ${newId()}, season, ${WULONG}, ${newId()}, now(), ${state}, '{}',
          json_build_object('ways', json_build_array(json_build_object('members', json_build_array(json_build_object('wish', id)))))
        from people_wish`.execute(tx);
    });

  beforeAll(() =>
    owner(async (tx) => {
      await sql`insert into people_wish (id, season, person_id, identity, area, kind, mode, party, status, recorded_at, unplaced_reason)
        select ${newId()}, ${SEASON}, id, identity, area, 'sameJob', 'ours', ${newId()}, 'open', now(), 'no_vehicle'
        from people_person where identity not in (select (data->>'identity')::uuid from journal where type = 'trips.leg_boarded')`.execute(
        tx,
      );
    }),
  );

  it('wait for its commit, whatever an earlier plan said of them', async () => {
    expect(await noSeat('reason=no_vehicle')).toMatchObject({ n: 1 });
    await draft('ready');
    expect((await get(NOBODY, '/api/first-screen')).body).toMatchObject({ drafted: 1, total: { unmet: 1 } });
    expect((await get(wulong, '/api/workbench')).body.unmetGroups).toMatchObject([
      { reason: 'in_draft_plan', remedy: 'commit_plan', persons: 1 },
    ]);
    expect(await noSeat('reason=in_draft_plan')).toMatchObject({ n: 1, people: [{ pinyin: 'Ran Yangli' }] });
    expect(await noSeat('drafted=yes')).toMatchObject({ n: 1 });
    for (const none of ['reason=no_vehicle', 'drafted=no'])
      expect(await noSeat(none)).toMatchObject({ n: 0, people: [] });
  });

  it('are no longer drafted when a newer plan is made or it is committed', async () => {
    await draft('committed');
    expect((await get(NOBODY, '/api/first-screen')).body).toMatchObject({ drafted: 0 });
    expect(await noSeat('reason=no_vehicle')).toMatchObject({ n: 1 });
  });
});

describe('the districts beside one another', () => {
  const post = async (who: { cookie: string }) =>
    house.app.inject({
      method: 'POST',
      url: '/api/figures/comparison',
      headers: { cookie: who.cookie },
      payload: { season: SEASON, key: newId() },
    });
  const seen = async (who: { cookie: string }) =>
    (await get(who, `/api/figures/comparison?season=${SEASON}`)).body.comparison;

  it('are told by the city; a district sees its own counts, of others nothing below five', async () => {
    expect(await seen(wulong)).toBeNull();
    expect((await post(wulong)).statusCode).toBe(403);
    expect((await post(city)).json()).toEqual({ districts: 38 });
    const table = await seen(wulong);
    const { districts } = await figures(city);
    const own = districts.find((it) => it.area === WULONG)?.counts;
    expect(own?.persons).toBeGreaterThan(0);
    for (const { area, counts } of districts) {
      const row = table.rows.find((it: { area: string }) => it.area === area);
      if (area === WULONG)
        expect(row).toMatchObject({ own: true, persons: counts.persons, wants: counts.wants });
      else
        for (const figure of ['persons', 'wants', 'unmet', 'signedFor'] as const)
          if (counts[figure] < 5) expect([area, figure, row[figure]]).toEqual([area, figure, null]);
    }
  });

  it('lie in the database as each district may see them: no other row is in its sight; with the owner’s eyes there are 38', async () => {
    const rows = (tx: Tx) => sql<{ area: string }>`select area from figures_comparison`.execute(tx);
    const scope = await scopeOfStaff(house.services, wulong.id);
    if (!scope) throw new Error('no scope');
    const own = await inScope(house.fresh.db, house.fresh.city, scope, rows);
    expect(own.rows).toEqual([{ area: WULONG }]);
    expect((await owner(rows)).rows).toHaveLength(38);
  });
});
