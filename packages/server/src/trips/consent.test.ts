import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestHouse, testHouse } from '../offices/testing.ts';
import { routes as peopleRoutes } from '../people/routes.ts';
import { newId } from '../platform/ids.ts';
import { asOwner } from '../platform/owner.ts';
import { DISTRICT, type FixtureTrip, fixtureTrip, OTHER_DISTRICT } from './door-fixture.ts';
import { routes as tripRoutes } from './routes.ts';

interface Who {
  readonly id: string;
  readonly cookie: string;
}

let house: TestHouse;
let trip: FixtureTrip;
let office: Who;
let elsewhere: Who;
let employer: Who;

beforeAll(async () => {
  house = await testHouse([...peopleRoutes, ...tripRoutes]);
  trip = await fixtureTrip(house, { code: 'WX-50', status: 'departed' });
  office = await house.signIn('townOfficer', DISTRICT);
  elsewhere = await house.signIn('townOfficer', OTHER_DISTRICT);
  employer = await house.signIn('employer', '500000000000', trip.employer);
});
afterAll(() => house.close());

const owner = (statement: ReturnType<typeof sql>) =>
  asOwner(house.fresh.adminUrl, house.fresh.city, (tx) => statement.execute(tx));

async function gateNames(): Promise<string[]> {
  const answer = await house.app.inject({
    method: 'GET',
    url: `/api/gates/${trip.id}`,
    headers: { cookie: employer.cookie },
  });
  expect(answer.statusCode).toBe(200);
  const view = answer.json() as { stops: { people: { name: string }[] }[] };
  return view.stops.flatMap((it) => it.people.map((one) => one.name));
}

async function personOf(seat: number): Promise<string> {
  const { rows } = await owner(
    sql`select person_id as id from trips_leg where trip_id = ${trip.id} and seat = ${seat}`,
  );
  return (rows[0] as { id: string }).id;
}

function say(who: Who, personId: string, body: object) {
  return house.app.inject({
    method: 'POST',
    url: `/api/people/${personId}/consents`,
    headers: { cookie: who.cookie },
    payload: { purpose: 'showToEmployer', how: 'phone', ...body },
  });
}

describe('a consent withdrawn', () => {
  it('blinds the employer at the next request, and the seat still counts', async () => {
    const before = await gateNames();
    expect(before).toHaveLength(3);
    expect(before.every((it) => it !== '')).toBe(true);
    const person = await personOf(1);
    expect((await say(office, person, { state: 'withdrawn' })).json()).toEqual({ allowed: false });
    const blinded = await gateNames();
    expect(blinded.filter((it) => it === '')).toHaveLength(1);
    expect(blinded).toHaveLength(3);
    await say(office, person, { state: 'given' });
    expect((await gateNames()).sort()).toEqual(before.sort());
  });

  it('would show the name without the policy: the control', async () => {
    const person = await personOf(1);
    await say(office, person, { state: 'withdrawn' });
    const policy = (shown: string) =>
      owner(
        sql.raw(`alter policy own_arrivals on people_person using (exists (select 1 from trips_leg l
          where l.person_id = people_person.id and l.live and l.employer_id = current_setting('fangang.employer')::uuid ${shown}))`),
      );
    await policy('');
    expect((await gateNames()).every((it) => it !== '')).toBe(true);
    await policy('and shown_to_employer(l.person_id)');
    expect((await gateNames()).filter((it) => it === '')).toHaveLength(1);
  });
});

describe('saying a consent', () => {
  it('is written once for one key, refused where nothing is to be said, and unknown out of scope', async () => {
    const person = await personOf(2);
    const key = newId();
    const first = await say(office, person, { state: 'withdrawn', key });
    expect((await say(office, person, { state: 'withdrawn', key })).body).toBe(first.body);
    expect((await say(office, person, { state: 'withdrawn' })).json()).toMatchObject({
      code: 'people.consent_same',
    });
    const { rows } = await owner(
      sql`select 1 from journal where subject = ${person} and type = 'people.consent_withdrawn'`,
    );
    expect(rows).toHaveLength(1);
    const duty = await say(office, person, { purpose: 'keepBooks', state: 'withdrawn' });
    expect([duty.statusCode, duty.json().code]).toEqual([409, 'people.no_consent_needed']);
    const foreign = await say(elsewhere, person, { state: 'given' });
    const nobody = await say(elsewhere, newId(), { state: 'given' });
    expect([foreign.statusCode, foreign.body]).toEqual([404, nobody.body]);
    expect((await say(employer, person, { state: 'given' })).statusCode).toBe(403);
  });

  it('is told purpose by purpose, with the article', async () => {
    const answer = await house.app.inject({
      method: 'GET',
      url: `/api/people/${await personOf(3)}/consents`,
      headers: { cookie: office.cookie },
    });
    const { uses } = answer.json() as { uses: { purpose: string; allowed: boolean; article: string }[] };
    expect(uses.map((it) => [it.purpose, it.allowed])).toEqual([
      ['arrangeTravel', true],
      ['keepBooks', true],
      ['careService', true],
      ['doorCheck', true],
      ['showToEmployer', true],
      ['shareWithPartner', true],
      ['publishPortrait', false],
    ]);
    expect(uses.every((it) => it.article !== '')).toBe(true);
  });
});
