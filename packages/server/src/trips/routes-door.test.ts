import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestHouse, testHouse } from '../offices/testing.ts';
import { newId } from '../platform/ids.ts';
import { asOwner } from '../platform/owner.ts';
import { codeIn } from './door.ts';
import { DISTRICT, type FixtureTrip, fixtureTrip, OTHER_DISTRICT } from './door-fixture.ts';
import { routes as tripRoutes } from './routes.ts';
import { routes as doorRoutes } from './routes-door.ts';

let house: TestHouse;
let escort = { id: '', cookie: '' };
let elsewhere = { id: '', cookie: '' };
let town = { id: '', cookie: '' };

beforeAll(async () => {
  house = await testHouse([...tripRoutes, ...doorRoutes]);
  await query(sql`update offices_clock set mode = 'stands', at = '2022-02-12T07:00:00+08:00'`);
  escort = await house.signIn('escort', DISTRICT);
  elsewhere = await house.signIn('dispatcher', OTHER_DISTRICT);
  town = await house.signIn('townOfficer', '500238103000');
});
afterAll(() => house.close());

type Who = { cookie: string };

async function query<Row>(statement: ReturnType<typeof sql>): Promise<Row[]> {
  return await asOwner(house.fresh.adminUrl, house.fresh.city, async (tx) => {
    const { rows } = await statement.execute(tx);
    return rows as Row[];
  });
}

async function post(who: Who, trip: { id: string }, path: string, payload: object) {
  const url = `/api/trips/${trip.id}/${path}`;
  const answer = await house.app.inject({ method: 'POST', url, headers: { cookie: who.cookie }, payload });
  return { status: answer.statusCode, body: answer.json(), raw: answer.body };
}

async function get(who: Who, url: string) {
  const answer = await house.app.inject({ method: 'GET', url, headers: { cookie: who.cookie } });
  return { status: answer.statusCode, body: answer.json() };
}

async function journal(trip: FixtureTrip): Promise<string[]> {
  const rows = await query<{ type: string }>(sql`select type from journal
    where subject = ${trip.id} or data->>'trip' = ${trip.id}
      or subject = any(${trip.people.map((it) => it.itinerary)}::uuid[]) order by seq`);
  return rows.map((it) => it.type);
}

async function wayOf(trip: FixtureTrip, no: number) {
  const [row] = await query<{
    status: string;
    reason: string | null;
    unplaced: string | null;
    owner: string | null;
  }>(sql`
    select i.status, i.broken_reason as reason, w.unplaced_reason as unplaced, w.unplaced_owner as owner
    from trips_itinerary i join people_wish w on w.id = i.wish_id where i.id = ${trip.people[no]?.itinerary}`);
  return row;
}

async function sold(trip: string | null): Promise<number | undefined> {
  const [row] = await query<{ sold: number }>(sql`select sold from trips_trip where id = ${trip}`);
  return row?.sold;
}

describe('the door of a bus', () => {
  it('goes from open door to departure, and its rows are what the journal says', async () => {
    const trip = await fixtureTrip(house, { code: 'WX-11' });
    const [a, b, c] = trip.people;
    expect((await post(escort, trip, 'open-door', { stop: 0 })).body.status).toBe('boarding');
    const first = await post(escort, trip, 'board', { who: { leg: a?.leg }, check: 'allNormal' });
    expect(first.body).toMatchObject({
      pack: true,
      leg: { seat: 1, state: 'boarded' },
      counts: { boarded: 1, expected: 2 },
    });
    const second = await post(escort, trip, 'board', { who: { tail: b?.tail }, check: 'allNormal' });
    expect(second.body.leg.id).toBe(b?.leg);
    expect((await post(escort, trip, 'heads', { stop: 0, heads: 2 })).status).toBe(200);
    expect((await post(escort, trip, 'depart', { stop: 0 })).body.status).toBe('departed');
    expect((await post(escort, trip, 'open-door', { stop: 1 })).status).toBe(200);
    const third = await post(escort, trip, 'board', { who: { code: `FG1:${c?.code}` }, check: 'allNormal' });
    expect(third.body.leg.seat).toBe(3);
    await post(escort, trip, 'depart', { stop: 1 });
    expect((await post(escort, trip, 'arrive', { stop: 2 })).body).toMatchObject({
      status: 'arrived',
      counts: { arrived: 3 },
    });
    expect((await wayOf(trip, 0))?.status).toBe('arrived');
    const signed = await post(escort, trip, 'sign', {
      stop: 2,
      heads: 3,
      signerName: '周样例',
      signature: 'M1,1L2,2',
      note: null,
    });
    expect(signed.body.status).toBe('closed');
    expect((await wayOf(trip, 2))?.status).toBe('signedFor');
    const types = await journal(trip);
    expect(types.filter((it) => it === 'trips.leg_boarded')).toHaveLength(3);
    expect(types.filter((it) => it === 'trips.pack_issued')).toHaveLength(3);
    expect(types.filter((it) => it === 'trips.leg_arrived')).toHaveLength(3);
    expect(types.at(-1)).toBe('trips.handover_signed');
  });

  it('sends the same step twice with one effect and the same answer', async () => {
    const trip = await fixtureTrip(house, { code: 'WX-12' });
    const key = newId();
    const one = await post(escort, trip, 'open-door', { stop: 0, key });
    const two = await post(escort, trip, 'open-door', { stop: 0, key });
    expect(two.raw).toBe(one.raw);
    const again = await post(escort, trip, 'open-door', { stop: 0 });
    expect(again).toMatchObject({ status: 409, body: { code: 'trips.door_open_already' } });
    const board = { who: { leg: trip.people[0]?.leg }, check: 'allNormal', key: newId() };
    await post(escort, trip, 'board', board);
    await post(escort, trip, 'board', board);
    expect((await journal(trip)).filter((it) => it === 'trips.leg_boarded')).toHaveLength(1);
  });

  it('holds with a reason, takes it back, and leaves who is held behind with a reason and an owner', async () => {
    const trip = await fixtureTrip(house, { code: 'WX-13', lastMile: true });
    const [a, b] = trip.people;
    await post(escort, trip, 'open-door', { stop: 0 });
    const held = await post(escort, trip, 'hold', { who: { leg: a?.leg }, reason: 'temperature' });
    expect(held.body.counts.held).toBe(1);
    expect((await wayOf(trip, 0))?.status).toBe('seated');
    expect((await post(escort, trip, 'undo', { leg: a?.leg })).body.counts).toMatchObject({
      held: 0,
      expected: 3,
    });
    await post(escort, trip, 'hold', { who: { leg: a?.leg }, reason: 'temperature' });
    expect(await sold(trip.onward)).toBe(3);
    const left = await post(escort, trip, 'depart', { stop: 0 });
    expect(left.body.counts).toMatchObject({ held: 1, absent: 1, expected: 1 });
    expect(await sold(trip.onward)).toBe(1);
    expect(await wayOf(trip, 0)).toMatchObject({
      status: 'broken',
      reason: 'held_at_door',
      unplaced: 'held_at_door',
      owner: escort.id,
    });
    expect(await wayOf(trip, 1)).toMatchObject({ status: 'broken', reason: 'absent', unplaced: 'absent' });
    expect((await journal(trip)).filter((it) => it === 'trips.itinerary_broken')).toHaveLength(2);
    const late = await post(escort, trip, 'board', { who: { leg: b?.leg }, check: 'allNormal' });
    expect(late.body.leg.state).toBe('boarded');
    expect(await wayOf(trip, 1)).toMatchObject({ status: 'underWay', reason: null, unplaced: null });
    expect(await sold(trip.onward)).toBe(2);
  });

  it('refuses a late comer who sits on another bus by now', async () => {
    const trip = await fixtureTrip(house, { code: 'WX-14' });
    const other = await fixtureTrip(house, { code: 'WX-15' });
    await post(escort, trip, 'open-door', { stop: 0 });
    await post(escort, trip, 'depart', { stop: 0 });
    await query(
      sql`update trips_itinerary set identity = ${trip.people[0]?.identity} where id = ${other.people[0]?.itinerary}`,
    );
    const late = await post(escort, trip, 'board', { who: { leg: trip.people[0]?.leg }, check: 'allNormal' });
    expect(late).toMatchObject({ status: 409, body: { code: 'trips.seated_elsewhere' } });
    const [row] = await query<{ state: string }>(
      sql`select state from trips_leg where id = ${trip.people[0]?.leg}`,
    );
    expect(row?.state).toBe('absent');
  });

  it('refuses a check that the season does not let through', async () => {
    const trip = await fixtureTrip(house, { code: 'WX-16' });
    await query(
      sql`update offices_season set settings = jsonb_set(settings, '{temperature}', '{"holdFromC": 37.3}')`,
    );
    await post(escort, trip, 'open-door', { stop: 0 });
    const check = {
      temperatureC: 37.6,
      healthCodeGreen: null,
      travelCodeGreen: null,
      mask: null,
      pack: true,
    };
    const hot = await post(escort, trip, 'board', { who: { leg: trip.people[0]?.leg }, check });
    expect(hot).toMatchObject({
      status: 409,
      body: { code: 'trips.must_hold', facts: { seat: 1, reason: 'temperature' } },
    });
    await query(sql`update offices_season set settings = jsonb_set(settings, '{temperature}', 'null')`);
  });

  it('tells a person of another bus which one it is', async () => {
    const trip = await fixtureTrip(house, { code: 'WX-17', departAt: '2022-02-13T08:00:00+08:00' });
    const other = await fixtureTrip(house, { code: 'WX-18', departAt: '2022-02-13T09:00:00+08:00' });
    const person = other.people[0];
    await post(escort, trip, 'open-door', { stop: 0 });
    const wrong = await post(escort, trip, 'board', { who: { code: person?.code }, check: 'allNormal' });
    expect(wrong).toMatchObject({
      status: 409,
      body: { code: 'trips.other_bus', facts: { tripCode: 'WX-18', order: 2 } },
    });
    const found = await post(escort, trip, 'find', { tail: person?.tail });
    expect(found.body.other).toMatchObject({ tripCode: 'WX-18', order: 2 });
    const mine = await post(escort, trip, 'find', { code: `/t/${trip.people[1]?.code}` });
    expect(mine.body).toEqual({ legs: [trip.people[1]?.leg], other: null });
    expect((await post(escort, trip, 'board', { who: { tail: '0000' }, check: 'allNormal' })).body.code).toBe(
      'trips.no_such_seat',
    );
  });

  it('gives no pack to who was given one on another book of the season', async () => {
    const trip = await fixtureTrip(house, { code: 'WX-19' });
    const person = trip.people[0];
    await query(sql`insert into trips_pack_issue (season, identity, occasion, area, trip_id, leg_id, at)
      values ('2022-spring', ${person?.identity}, 'seat', ${OTHER_DISTRICT}, ${trip.id}, ${newId()}, now()) returning 1`);
    await post(escort, trip, 'open-door', { stop: 0 });
    const boarded = await post(escort, trip, 'board', { who: { leg: person?.leg }, check: 'allNormal' });
    expect(boarded.body).toMatchObject({ pack: false, leg: { state: 'boarded' } });
    expect(await journal(trip)).not.toContain('trips.pack_issued');
  });

  it('is not there for another district, nor for a role without the door', async () => {
    const trip = await fixtureTrip(house, { code: 'WX-20' });
    const steps: [string, object][] = [
      ['open-door', { stop: 0 }],
      ['board', { who: { leg: trip.people[0]?.leg }, check: 'allNormal' }],
      ['hold', { who: { leg: trip.people[0]?.leg }, reason: 'papers' }],
      ['undo', { leg: trip.people[0]?.leg }],
      ['heads', { stop: 0, heads: 1 }],
      ['depart', { stop: 0 }],
      ['arrive', { stop: 2 }],
      ['sign', { stop: 2, heads: 1, signerName: 'x', signature: null, note: null }],
      ['publish', {}],
      ['cancel', { reason: 'snow' }],
    ];
    for (const [path, body] of steps) {
      const foreign = await post(elsewhere, trip, path, body);
      const never = await post(elsewhere, { id: newId() }, path, body);
      expect([path, foreign.status, foreign.raw]).toEqual([path, 404, never.raw]);
      expect([path, (await post(town, trip, path, body)).status]).toEqual([path, 403]);
    }
    expect(await journal(trip)).toEqual([]);
    expect((await get(elsewhere, `/api/trips/${trip.id}`)).status).toBe(404);
    expect((await get(town, `/api/trips/${trip.id}`)).status).toBe(200);
  });
});

describe('the gate', () => {
  it('shows an employer the own people and lets them sign, once', async () => {
    const trip = await fixtureTrip(house, { code: 'WX-31' });
    const foreign = await fixtureTrip(house, { code: 'WX-32' });
    const employer = await house.signIn('employer', '500000000000', trip.employer);
    await post(escort, trip, 'open-door', { stop: 0 });
    for (const it of trip.people.slice(0, 2))
      await post(escort, trip, 'board', { who: { leg: it.leg }, check: 'allNormal' });
    await post(escort, trip, 'depart', { stop: 0 });
    await post(escort, trip, 'depart', { stop: 1 });
    const view = await get(employer, `/api/gates/${trip.id}`);
    expect(view.body.stops).toHaveLength(1);
    expect(view.body.stops[0].people).toHaveLength(3);
    expect((await get(employer, '/api/gates?season=2022-spring')).body.arrivals).toMatchObject([
      { tripId: trip.id, people: 3 },
    ]);
    expect((await get(employer, `/api/gates/${foreign.id}`)).status).toBe(404);
    expect((await post(employer, foreign, 'arrive', { stop: 2 })).status).toBe(404);
    const paper = { stop: 2, heads: 2, signerName: '周样例', signature: 'M1,1L2,2', note: '少一人' };
    expect((await post(employer, trip, 'sign', paper)).body.code).toBe('trips.not_arrived');
    expect((await post(employer, trip, 'arrive', { stop: 2 })).body).toMatchObject({
      status: 'arrived',
      counts: { arrived: 2 },
    });
    expect((await post(employer, trip, 'sign', paper)).body.status).toBe('closed');
    expect((await post(employer, trip, 'sign', paper)).body.code).toBe('trips.signed_already');
    expect((await wayOf(trip, 0))?.status).toBe('signedFor');
    expect((await get(employer, `/api/gates/${trip.id}`)).body.stops[0].handover).toMatchObject({
      heads: 2,
      signerName: '周样例',
    });
    const drawn = await post(employer, trip, 'sign', { ...paper, signature: 'M0 0"/><script>' });
    expect(drawn.status).toBe(400);
  });
});

describe('what a scanner read', () => {
  it('is the code, in whatever form the ticket says it', () => {
    expect(codeIn('FG1:7kq2m9abcd')).toBe('7KQ2M9ABCD');
    expect(codeIn('https://fangang.example/t/7KQ2M9ABCD?lang=zh')).toBe('7KQ2M9ABCD');
    expect(codeIn(' 7KQ2M9ABCD ')).toBe('7KQ2M9ABCD');
  });
});
