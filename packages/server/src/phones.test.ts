import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import Fastify, { type FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIELD, makeApp } from './app.ts';
import { askerOfRequest } from './offices/sessions.ts';
import { type TestHouse, testHouse } from './offices/testing.ts';
import { newId } from './platform/ids.ts';
import { mount } from './platform/mount.ts';
import { asOwner } from './platform/owner.ts';
import { DISTRICT, type FixtureTrip, fixtureTrip } from './trips/door-fixture.ts';
import { routes as doorRoutes } from './trips/routes-door.ts';

let house: TestHouse;
let app: FastifyInstance;
let trip: FixtureTrip;
beforeAll(async () => {
  house = await testHouse([]);
  app = await makeApp(house.services);
  trip = await fixtureTrip(house, { code: 'FJ-0212-01' });
});
afterAll(async () => {
  await app.close();
  await house.close();
});

/** Enrols a phone and gives its cookie alone. */
async function phone(role: 'escort' | 'laborBroker', area = DISTRICT) {
  const who = await house.signIn(role, area);
  const answer = await app.inject({
    method: 'POST',
    url: '/api/account/devices',
    payload: { name: '手机', install: newId() },
    headers: { cookie: who.cookie },
  });
  const token = [answer.headers['set-cookie'] ?? []].flat().find((it) => it.startsWith('fangang-device='));
  return { ...who, device: answer.json().id as string, token: token?.split(';')[0] ?? '', set: token ?? '' };
}
const statusOf = async (url: string, at: string, payload?: object) =>
  (
    await app.inject(
      payload ? { method: 'POST', url, payload, headers: { cookie: at } } : { url, headers: { cookie: at } },
    )
  ).statusCode;
const owner = (query: ReturnType<typeof sql>) =>
  asOwner(house.fresh.adminUrl, house.fresh.city, (tx) => query.execute(tx));

describe('the token of a field phone', () => {
  it('opens the door without a session, and nothing beside', async () => {
    const { token, set, id } = await phone('escort');
    expect(set).toMatch(/HttpOnly/);
    expect(set).toMatch(/Max-Age=34560000/);
    expect(await statusOf(`/api/trips/${trip.id}`, token)).toBe(200);
    expect(await statusOf(`/api/trips/${trip.id}/find`, token, { tail: '1234' })).toBe(200);
    const session = await app.inject({ url: '/api/session', headers: { cookie: token } });
    expect(session.json()).toMatchObject({ device: true, staff: { id }, pending: null });
    for (const url of [
      '/api/people?season=2022-spring',
      '/api/account',
      '/api/plans?season=2022-spring',
      '/api/staff',
    ]) {
      expect(await statusOf(url, token), url).toBe(401);
    }
    expect(await statusOf('/api/account/password', token, { current: 'a', next: 'b' })).toBe(401);
    expect(await statusOf('/api/account/devices', token, { name: 'x', install: newId() })).toBe(401);
  });

  it('opens the own ledger of a labor broker, and no door', async () => {
    const { token } = await phone('laborBroker', '500238103000');
    expect(await statusOf('/api/people?season=2022-spring', token)).toBe(200);
    expect(await statusOf(`/api/trips/${trip.id}`, token)).toBe(401);
  });

  it('opens nothing from the request after it was revoked, or its owner shut', async () => {
    const first = await phone('escort');
    expect(await statusOf(`/api/account/devices/${first.device}/revoke`, first.cookie, {})).toBe(200);
    expect(await statusOf(`/api/trips/${trip.id}`, first.token)).toBe(401);
    const second = await phone('escort');
    expect(await statusOf(`/api/trips/${trip.id}`, second.token)).toBe(200);
    await owner(sql`update offices_staff set active = false where id = ${second.id}::uuid`);
    expect(await statusOf(`/api/trips/${trip.id}`, second.token)).toBe(401);
  });

  it('ends where its owner signs out of the phone, and not with a session alone', async () => {
    const { token, cookie: at } = await phone('escort');
    expect(await statusOf('/api/session/end', `${at}; ${token}`, {})).toBe(200);
    expect(await statusOf('/api/account', at)).toBe(401);
    expect(await statusOf(`/api/trips/${trip.id}`, token)).toBe(200);
    expect(await statusOf('/api/session/end', token, { phone: true })).toBe(200);
    expect(await statusOf(`/api/trips/${trip.id}`, token)).toBe(401);
    // Somebody without one signs out all the same.
    expect(await statusOf('/api/session/end', '', { phone: true })).toBe(200);
  });

  it('is held by the list of field routes: with everything on the list it opens everything', async () => {
    const { token } = await phone('escort');
    const open = Fastify();
    await open.register(cookie);
    await open.register(multipart);
    const everything = new Map([...FIELD, ['GET /api/people', ['escort']] as const]);
    const { routes: people } = await import('./trips/routes-people.ts');
    mount(open, house.services, [...doorRoutes, ...people], (it) =>
      askerOfRequest(house.services, it, everything),
    );
    const seen = await open.inject({ url: '/api/people?season=2022-spring', headers: { cookie: token } });
    // Past the token; the endpoint itself does not know an escort among its callers.
    expect(seen.statusCode).toBe(403);
    await open.close();
  });
});
