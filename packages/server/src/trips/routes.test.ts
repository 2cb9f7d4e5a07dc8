import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestHouse, testHouse } from '../offices/testing.ts';
import { inTurnOf } from '../platform/defence.ts';
import { newId } from '../platform/ids.ts';
import { asOwner } from '../platform/owner.ts';
import { DISTRICT, type FixtureTrip, fixtureTrip, OTHER_DISTRICT } from './door-fixture.ts';
import { routes as tripRoutes } from './routes.ts';
import { routes as doorRoutes } from './routes-door.ts';
import { routes as paperRoutes } from './routes-papers.ts';
import { ticketRoutes } from './routes-ticket.ts';

let house: TestHouse;
let dispatcher = { id: '', cookie: '' };
let elsewhere = { id: '', cookie: '' };

beforeAll(async () => {
  house = await testHouse([...tripRoutes, ...doorRoutes, ...paperRoutes]);
  ticketRoutes(house.app, house.services, inTurnOf(null));
  await query(sql`update offices_clock set mode = 'stands', at = '2022-02-11T17:00:00+08:00'`);
  dispatcher = await house.signIn('dispatcher', DISTRICT);
  elsewhere = await house.signIn('dispatcher', OTHER_DISTRICT);
});
afterAll(() => house.close());

async function query<Row>(statement: ReturnType<typeof sql>): Promise<Row[]> {
  return await asOwner(house.fresh.adminUrl, house.fresh.city, async (tx) => {
    const { rows } = await statement.execute(tx);
    return rows as Row[];
  });
}

async function post(trip: { id: string }, path: string, payload: object) {
  const headers = { cookie: dispatcher.cookie };
  const answer = await house.app.inject({
    method: 'POST',
    url: `/api/trips/${trip.id}/${path}`,
    headers,
    payload,
  });
  return { status: answer.statusCode, body: answer.json(), raw: answer.body };
}

function ask(who: { cookie: string }, url: string) {
  return house.app.inject({ method: 'GET', url, headers: { cookie: who.cookie } });
}

async function count(trip: FixtureTrip, type: string): Promise<number> {
  const subjects = [trip.id, ...trip.people.map((it) => it.itinerary)];
  const [row] = await query<{ n: number }>(
    sql`select count(*) as n from journal where type = ${type} and subject = any(${subjects}::uuid[])`,
  );
  return row?.n ?? 0;
}

describe('trips of a district', () => {
  it('lists by day and status, with the days beside', async () => {
    await fixtureTrip(house, { code: 'WX-01', departAt: '2022-02-14T07:50:00+08:00' });
    await fixtureTrip(house, { code: 'WX-02', departAt: '2022-02-14T06:50:00+08:00', people: 2 });
    await fixtureTrip(house, { code: 'WX-03', departAt: '2022-02-15T06:50:00+08:00', status: 'committed' });
    const all = (await ask(dispatcher, '/api/trips?season=2022-spring&day=2022-02-14')).json();
    expect(all.trips.map((it: { code: string }) => it.code)).toEqual(['WX-02', 'WX-01']);
    expect(all).toMatchObject({
      total: 2,
      minLoad: 20,
      days: [
        { day: '2022-02-14', trips: 2, people: 5 },
        { day: '2022-02-15', trips: 1 },
      ],
    });
    const committed = (await ask(dispatcher, '/api/trips?season=2022-spring&status=committed')).json();
    expect(committed.trips).toMatchObject([
      { code: 'WX-03', from: '通城镇政府坝子', to: '样例电子东门', sold: 3 },
    ]);
    expect((await ask(elsewhere, '/api/trips?season=2022-spring')).json()).toMatchObject({
      trips: [],
      total: 0,
      days: [],
    });
  });

  it('publishes a committed trip, once', async () => {
    const trip = await fixtureTrip(house, { code: 'WX-04', status: 'committed' });
    const key = newId();
    const one = await post(trip, 'publish', { key });
    expect(one.body).toEqual({ status: 'published' });
    expect((await post(trip, 'publish', { key })).raw).toBe(one.raw);
    expect((await post(trip, 'publish', {})).body.code).toBe('trips.not_committed');
    expect(await count(trip, 'trips.trip_published')).toBe(1);
    const view = (await ask(dispatcher, `/api/trips/${trip.id}`)).json();
    expect(view.trip).toMatchObject({
      status: 'published',
      publishedAt: '2022-02-11T17:00:00+08:00',
      drivers: 2,
    });
    expect(JSON.stringify(view)).not.toContain('50023819800101');
  });

  it('calls a trip off: seats free everywhere, everybody waits with a reason and an owner', async () => {
    const trip = await fixtureTrip(house, { code: 'WX-05', lastMile: true });
    expect((await post(trip, 'cancel', { reason: 'snow' })).body).toEqual({ status: 'cancelled', people: 3 });
    expect((await post(trip, 'cancel', { reason: 'snow' })).body.code).toBe('trips.too_late_to_cancel');
    const rows = await query<{ sold: number }>(
      sql`select sold from trips_trip where id in (${trip.id}, ${trip.onward})`,
    );
    expect(rows.map((it) => it.sold)).toEqual([0, 0]);
    const ways = await query<{ status: string; why: string; owner: string }>(sql`
      select i.status, w.unplaced_reason as why, w.unplaced_owner as owner from trips_itinerary i join people_wish w on w.id = i.wish_id
      where i.id = any(${trip.people.map((it) => it.itinerary)}::uuid[])`);
    expect(ways).toEqual(Array(3).fill({ status: 'broken', why: 'trip_cancelled', owner: dispatcher.id }));
    expect(await count(trip, 'trips.itinerary_broken')).toBe(3);
  });
});

describe('the register on paper', () => {
  it('is masked, and whole numbers leave a line in the audit first', async () => {
    const trip = await fixtureTrip(house, { code: 'WX-06' });
    const pdf = await ask(dispatcher, `/api/trips/${trip.id}/manifest.pdf?lang=en`);
    expect(pdf.headers['content-type']).toBe('application/pdf');
    expect(pdf.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
    const audits = () =>
      query(sql`select 1 from offices_audit where subject = ${trip.id} and action = 'trips.full_manifest'`);
    expect(await audits()).toHaveLength(0);
    const xlsx = await ask(dispatcher, `/api/trips/${trip.id}/manifest.xlsx?numbers=full`);
    expect(xlsx.statusCode).toBe(200);
    expect(xlsx.rawPayload.subarray(0, 2).toString()).toBe('PK');
    expect(await audits()).toHaveLength(1);
    expect((await ask(elsewhere, `/api/trips/${trip.id}/manifest.pdf?numbers=full`)).statusCode).toBe(404);
    expect(await audits()).toHaveLength(1);
  });
});

describe('the ticket', () => {
  const form = (url: string) =>
    house.app.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: '',
    });

  it('opens by its link alone, in both languages, and asks for nothing else', async () => {
    const trip = await fixtureTrip(house, { code: 'WX-07', lastMile: true });
    const { code } = trip.people[0] ?? { code: '' };
    const page = await house.app.inject({ method: 'GET', url: `/t/${code}?lang=zh` });
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-security-policy']).toMatch(/default-src 'none'; style-src 'nonce-/);
    expect(page.body).toContain('样例甲');
    expect(page.body).toContain('0755-00000001'.slice(0, 4));
    const english = await house.app.inject({
      method: 'GET',
      url: `/t/${code.toLowerCase()}?lang=en&elder=1`,
    });
    expect(english.body).toContain('Sample 1');
    const none = await house.app.inject({ method: 'GET', url: '/t/ZZZZZZZZZZ' });
    expect(none.statusCode).toBe(404);
  });

  it('gives the seat up once, frees it everywhere, and takes it again once', async () => {
    const trip = await fixtureTrip(house, { code: 'WX-08', lastMile: true });
    const { code, itinerary } = trip.people[1] ?? { code: '', itinerary: '' };
    const state = async () => {
      const [way] = await query<{ status: string; why: string | null }>(sql`
        select i.status, w.unplaced_reason as why from trips_itinerary i join people_wish w on w.id = i.wish_id where i.id = ${itinerary}`);
      const seats = await query<{ sold: number }>(
        sql`select sold from trips_trip where id in (${trip.id}, ${trip.onward})`,
      );
      return { ...way, sold: seats.map((it) => it.sold) };
    };
    for (let i = 0; i < 2; i++) expect((await form(`/t/${code}/decline?lang=zh`)).statusCode).toBe(303);
    expect(await state()).toEqual({ status: 'cancelled', why: 'declined', sold: [2, 2] });
    expect(await count(trip, 'trips.itinerary_cancelled')).toBe(1);
    const page = await house.app.inject({ method: 'GET', url: `/t/${code}?lang=zh` });
    expect(page.body).toContain('又能走了');
    for (let i = 0; i < 2; i++) await form(`/t/${code}/undo-decline`);
    expect(await state()).toEqual({ status: 'seated', why: null, sold: [3, 3] });
    expect(await count(trip, 'trips.itinerary_seated')).toBe(1);
  });

  it('does not give up a seat after boarding, nor take one on a full bus', async () => {
    const trip = await fixtureTrip(house, { code: 'WX-09' });
    const [a, b] = trip.people;
    await post(trip, 'open-door', { stop: 0 });
    await post(trip, 'board', { who: { leg: a?.leg }, check: 'allNormal' });
    await form(`/t/${a?.code}/decline`);
    await form(`/t/${b?.code}/decline`);
    await query(sql`update trips_trip set cap = 2 where id = ${trip.id}`);
    await form(`/t/${b?.code}/undo-decline`);
    const ways = await query<{ status: string }>(sql`select status from trips_itinerary
      where id = any(${[a?.itinerary, b?.itinerary]}::uuid[]) order by status`);
    expect(ways.map((it) => it.status)).toEqual(['cancelled', 'underWay']);
    const view = await query<{ sold: number }>(sql`select sold from trips_trip where id = ${trip.id}`);
    expect(view).toEqual([{ sold: 2 }]);
  });

  it('gives a link no more than its own way', async () => {
    const trip = await fixtureTrip(house, { code: 'WX-10' });
    const { within } = await import('../platform/services.ts');
    const seen = await within(
      house.services,
      { kind: 'link', itineraryId: trip.people[0]?.itinerary ?? '' },
      async (tx) => {
        const { rows } = await sql<{ n: number }>`select count(*) as n from trips_leg`.execute(tx);
        return rows[0]?.n;
      },
    );
    expect(seen).toBe(1);
  });
});
