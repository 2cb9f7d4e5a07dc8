import { PeopleState } from '@fangang/domain/trips/api-people.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestHouse, testHouse } from '../offices/testing.ts';
import { newId } from '../platform/ids.ts';
import { copyRows } from '../platform/journal.ts';
import { asOwner } from '../platform/owner.ts';
import { within } from '../platform/services.ts';
import { DISTRICT, type FixtureTrip, fixtureTrip, OTHER_DISTRICT, SEASON } from './door-fixture.ts';
import { routes as tripRoutes } from './routes.ts';
import { routes as doorRoutes } from './routes-door.ts';
import { routes as peopleRoutes } from './routes-people.ts';

type Who = { id: string; cookie: string };

const TOWN = '500238103000';

let house: TestHouse;
let dispatcher: Who;
let town: Who;
let elsewhere: Who;
let broker: Who;
let agency: Who;
let trip: FixtureTrip;

beforeAll(async () => {
  house = await testHouse([...peopleRoutes, ...tripRoutes, ...doorRoutes]);
  await query(sql`update offices_clock set mode = 'stands', at = '2022-02-12T07:00:00+08:00'`);
  dispatcher = await house.signIn('dispatcher', DISTRICT);
  town = await house.signIn('townOfficer', TOWN);
  elsewhere = await house.signIn('dispatcher', OTHER_DISTRICT);
  broker = await house.signIn('laborBroker', TOWN);
  agency = await house.signIn('agency', DISTRICT);
  trip = await fixtureTrip(house, { code: 'WX-01', people: 5 });
});
afterAll(() => house.close());

async function query<Row>(statement: ReturnType<typeof sql>): Promise<Row[]> {
  return await asOwner(house.fresh.adminUrl, house.fresh.city, async (tx) => {
    const { rows } = await statement.execute(tx);
    return rows as Row[];
  });
}

async function get(who: { cookie: string }, url: string) {
  const answer = await house.app.inject({ method: 'GET', url, headers: { cookie: who.cookie } });
  return { status: answer.statusCode, body: answer.json() };
}

async function step(path: string, payload: object, on = trip): Promise<void> {
  const url = `/api/trips/${on.id}/${path}`;
  const headers = { cookie: dispatcher.cookie };
  const answer = await house.app.inject({ method: 'POST', url, headers, payload });
  expect([path, answer.statusCode, answer.body.slice(0, 80)]).toMatchObject([path, 200, {}]);
}

const legOf = (no: number) => ({ who: { leg: trip.people[no]?.leg } });
const list = async (query: string, who: Who = dispatcher) =>
  (await get(who, `/api/people?season=${SEASON}${query}`)).body;
const search = async (body: object, who: Who = dispatcher) => {
  const payload = { season: SEASON, ...body };
  const headers = { cookie: who.cookie };
  return (await house.app.inject({ method: 'POST', url: '/api/people/search', headers, payload })).json();
};
const wayOf = async (no: number, who: Who = dispatcher) =>
  (await get(who, `/api/people/${trip.people[no]?.person}/way?season=${SEASON}`)).body;

/** How many people each state finds; what finds nobody is left out. */
async function totals(who: Who = dispatcher): Promise<Record<string, number>> {
  const found: [string, number][] = [];
  for (const state of PeopleState.options) found.push([state, (await list(`&status=${state}`, who)).total]);
  return Object.fromEntries(found.filter(([, n]) => n > 0));
}

/** What the page shows of each person: stage, reason, and whether the bus has left. */
async function stages(who: Who = dispatcher): Promise<unknown[]> {
  const { people } = await list('', who);
  return trip.people.map(({ person }) => {
    const way = people.find((it: { id: string }) => it.id === person)?.way;
    return way && [way.stage, way.reason, way.departed];
  });
}

describe('the list of people', () => {
  it('says seat, run, day and time of who waits to depart', async () => {
    const { people, total } = await list('');
    expect(total).toBe(5);
    const third = people.find((it: { id: string }) => it.id === trip.people[2]?.person);
    expect(third.way).toEqual({
      stage: 'seated',
      reason: null,
      departed: false,
      trip: { id: trip.id, code: 'WX-01', mode: 'charterBus' },
      departAt: '2022-02-12T08:20:00+08:00',
      seat: 3,
    });
    expect(await totals()).toEqual({ wants: 5, seated: 5 });
  });

  it('follows people through the vehicle’s door', async () => {
    await step('open-door', { stop: 0 });
    for (const no of [0, 1]) await step('board', { ...legOf(no), check: 'allNormal' });
    await step('hold', { ...legOf(3), reason: 'papers' });
    expect(await stages()).toEqual([
      ['underWay', null, false],
      ['underWay', null, false],
      ['seated', null, false],
      ['missed', 'papers', false],
      ['seated', null, false],
    ]);
    expect(await totals()).toEqual({ wants: 5, seated: 3, missed: 1, underWay: 2 });
  });

  it('knows who was left behind when the bus left, and that they have no way', async () => {
    await step('depart', { stop: 0 });
    await step('open-door', { stop: 1 });
    await step('board', { ...legOf(2), check: 'allNormal' });
    await step('depart', { stop: 1 });
    expect(await stages()).toEqual([
      ['underWay', null, true],
      ['underWay', null, true],
      ['underWay', null, true],
      ['missed', 'papers', false],
      ['missed', 'absent', false],
    ]);
    expect(await totals()).toEqual({ wants: 5, unplaced: 2, notPlaced: 2, missed: 2, underWay: 3 });
  });

  it('follows them to the gate and the signature', async () => {
    await step('arrive', { stop: 2 });
    expect(await totals()).toMatchObject({ arrived: 3, missed: 2 });
    await step('sign', { stop: 2, heads: 3, signerName: '周样例', signature: null, note: null });
    expect(await totals(town)).toEqual({ wants: 5, unplaced: 2, notPlaced: 2, missed: 2, signedFor: 3 });
    expect((await stages(town))[0]).toEqual(['signedFor', null, true]);
  });

  it('takes the live way of an identity, whatever became of an earlier one', async () => {
    const absent = trip.people[4];
    await query(sql`insert into trips_itinerary (id, season, person_id, identity, wish_id, area, party, status, ticket_index, made_at)
      values (${newId()}, ${SEASON}, ${absent?.person}, ${absent?.identity}, ${absent?.wish}, ${TOWN}, ${newId()}, 'seated', '\\x01', '2022-02-11T10:00:00+08:00')`);
    expect((await stages())[4]).toEqual(['seated', null, false]);
    expect(await totals()).toMatchObject({ notPlaced: 1, missed: 1, seated: 1 });
    await query(sql`delete from trips_itinerary where ticket_index = '\\x01'`);
  });

  it('has neither stage nor way for whose run was called off, and no longer asks for one who has withdrawn', async () => {
    const off = await fixtureTrip(house, { code: 'WX-02', people: 2 });
    await step('cancel', { reason: 'snow' }, off);
    const { people } = await list('&status=notPlaced');
    const called = people.filter((it: { id: string }) => off.people.some(({ person }) => person === it.id));
    expect(called.map((it: { way: object }) => it.way)).toMatchObject([
      { stage: null, reason: 'trip_cancelled', trip: { code: 'WX-02' } },
      { stage: null },
    ]);
    await query(sql`update people_wish set status = 'withdrawn' where id = ${trip.people[4]?.wish}`);
    expect((await stages())[4]).toEqual([null, 'absent', false]);
    expect(await totals()).toEqual({
      wants: 6,
      unplaced: 3,
      withdrawn: 1,
      notPlaced: 3,
      missed: 1,
      signedFor: 3,
    });
  });

  it('counts who left on the way by itself', async () => {
    await query(sql`update trips_itinerary set status = 'broken', broken_reason = 'left_on_the_way'
      where id = ${trip.people[2]?.itinerary}`);
    expect((await stages())[2]).toEqual(['left', 'left_on_the_way', true]);
    expect(await totals()).toMatchObject({ left: 1, signedFor: 2, notPlaced: 3 });
    await query(sql`update trips_itinerary set status = 'signedFor', broken_reason = null
      where id = ${trip.people[2]?.itinerary}`);
  });

  it('narrows by text, area and destination as well', async () => {
    const tail = trip.people[0]?.tail;
    expect((await search({ text: tail, status: 'signedFor' })).total).toBe(1);
    expect((await search({ text: tail, status: 'missed' })).total).toBe(0);
    expect((await list(`&area=${TOWN}&status=signedFor`)).total).toBe(3);
    expect((await list('&area=500238104000')).total).toBe(0);
    expect((await list('&destination=440300&status=signedFor')).total).toBe(3);
    expect((await list('&destination=330000')).total).toBe(0);
    expect((await get(dispatcher, `/api/people?season=${SEASON}&status=flown`)).status).toBe(400);
  });

  it('is searched in a body: a name stands in no address, and the answer is kept nowhere', async () => {
    const key = newId();
    const ask = (url: string, payload: object) =>
      house.app.inject({ method: 'POST', url, payload, headers: { cookie: dispatcher.cookie } });
    expect((await get(dispatcher, `/api/people?season=${SEASON}&text=x`)).status).toBe(400);
    const { name } = (await list('')).people[0];
    for (const [url, body] of [
      ['/api/people/search', { season: SEASON, text: name }],
      [`/api/trips/${trip.id}/find`, { tail: '1234' }],
    ] as const) {
      const answer = await ask(url, { ...body, key });
      expect([url, answer.statusCode]).toEqual([url, 200]);
    }
    const kept = () => query(sql`select 1 from request where key = ${key}`);
    expect(await kept()).toHaveLength(0);
    // The control: the answer of a write under the same key is kept.
    await ask(`/api/trips/${trip.id}/publish`, { key });
    expect(await kept()).toHaveLength(1);
  });
});

describe('one person', () => {
  it('has the way with its rides, the ticket, and what has happened', async () => {
    const { way, past } = await wayOf(0, town);
    expect(way).toMatchObject({
      stage: 'signedFor',
      ticketPath: `/t/${trip.people[0]?.code}`,
      legs: [
        { trip: { code: 'WX-01' }, from: '通城镇政府坝子', to: '样例电子东门', seat: 1, state: 'arrived' },
      ],
    });
    expect(past.map((it: { type: string }) => it.type)).toEqual([
      'trips.leg_boarded',
      'trips.pack_issued',
      'trips.leg_arrived',
      'trips.handover_signed',
    ]);
    expect(past[0]).toMatchObject({ tripCode: 'WX-01', reason: null });
    expect((await wayOf(3)).past.map((it: { type: string }) => it.type)).toEqual([
      'trips.leg_held',
      'trips.itinerary_broken',
    ]);
  });

  it('of another office is as if there were nobody', async () => {
    const there = `/api/people/${trip.people[0]?.person}/way?season=${SEASON}`;
    const never = `/api/people/${newId()}/way?season=${SEASON}`;
    expect(await get(elsewhere, there)).toEqual(await get(elsewhere, never));
    expect((await get(elsewhere, there)).status).toBe(404);
    expect(await totals(elsewhere)).toEqual({});
  });
});

describe('a ledger of the own', () => {
  it.each([
    ['a labor broker', () => broker, 0],
    ['an agency', () => agency, 3],
  ] as const)('of %s shows its people, their run and no others', async (_, who, no) => {
    const it = trip.people[no];
    const office = sql`(select office_id from offices_staff where id = ${who().id})`;
    expect((await list('', who())).total).toBe(0);
    await query(sql`update people_person set ledger_office = ${office} where id = ${it?.person}`);
    await query(sql`update people_wish set ledger_office = ${office} where id = ${it?.wish}`);
    await query(sql`update trips_itinerary set ledger_office = ${office} where id = ${it?.itinerary}`);
    await query(sql`update trips_leg set ledger_office = ${office} where itinerary_id = ${it?.itinerary}`);
    const { people, total } = await list('', who());
    expect(total).toBe(1);
    expect(people[0]).toMatchObject({
      id: it?.person,
      way: { trip: { code: 'WX-01' }, departAt: '2022-02-12T07:50:00+08:00' },
    });
    const { way, past } = await wayOf(no, who());
    expect(way.legs).toMatchObject([{ from: '通城镇政府坝子', trip: { code: 'WX-01' } }]);
    expect(past).toEqual([]);
    expect((await wayOf(1, who())).code).toBe('basics.not_found');
  });

  it('sees of a run when and where it goes, not who or how many are aboard', async () => {
    const { id, office_id: officeId } = (
      await query<{ id: string; office_id: string }>(
        sql`select id, office_id from offices_staff where id = ${broker.id}`,
      )
    )[0] ?? { id: '', office_id: '' };
    const eyes = { kind: 'broker', staffId: id, officeId, areaFrom: TOWN, areaTo: TOWN } as const;
    const other = await fixtureTrip(house, { code: 'WX-03', people: 1 });
    const { rows } = await within(house.services, eyes, (tx) =>
      sql<{ code: string }>`select code from trips_trip`.execute(tx),
    );
    expect(rows).toEqual([{ code: 'WX-01' }]);
    expect(other.code).toBe('WX-03');
    for (const hidden of [
      'sold from trips_trip',
      'heads from trips_stop',
      '1 from journal',
      '1 from trips_handover',
    ])
      await expect(
        within(house.services, eyes, (tx) => sql.raw(`select ${hidden}`).execute(tx)),
      ).rejects.toThrow(/permission denied/);
  });

  it('is not open to a leader, an employer, or nobody', async () => {
    const leader = await house.signIn('leader', '500000000000');
    const employer = await house.signIn('employer', '500000000000', trip.employer);
    for (const who of [leader, employer])
      expect((await get(who, `/api/people?season=${SEASON}`)).status).toBe(403);
    expect((await get({ cookie: '' }, `/api/people?season=${SEASON}`)).status).toBe(401);
  });
});

it('pages through a state with a right count', async () => {
  const people = Array.from({ length: 230 }, (_, i) => ({
    id: newId(),
    identity: newId(),
    area: '500229101000',
    name: `样例${i}`,
    pinyin: `Sample ${i}`,
    initials: 'yl',
    id_kind: 'idCard',
    channel: 'import',
    registered_at: '2022-02-01T08:00:00+08:00',
    registered_by: 'test',
  }));
  const wishes = people.slice(0, 210).map((it) => ({
    id: newId(),
    season: SEASON,
    person_id: it.id,
    identity: it.identity,
    area: it.area,
    kind: 'sameJob',
    mode: 'ours',
    party: newId(),
    status: 'recorded',
    recorded_at: '2022-02-01T08:00:00+08:00',
  }));
  await asOwner(house.fresh.adminUrl, house.fresh.city, async (tx) => {
    await copyRows(tx, 'people_person', Object.keys(people[0] ?? {}), people);
    await copyRows(tx, 'people_wish', Object.keys(wishes[0] ?? {}), wishes);
  });
  const seen = new Set<string>();
  for (const page of [1, 2, 3, 4]) {
    const found = await list(`&status=notPlaced&page=${page}`, elsewhere);
    expect([found.total, found.people.length]).toEqual([210, [100, 100, 10, 0][page - 1]]);
    for (const it of found.people) seen.add(it.id);
  }
  expect(seen.size).toBe(210);
  expect((await list('&status=noWish', elsewhere)).total).toBe(20);
});
