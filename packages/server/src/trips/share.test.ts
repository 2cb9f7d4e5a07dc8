import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestHouse, testHouse } from '../offices/testing.ts';
import { routes as peopleRoutes } from '../people/routes.ts';
import { newId } from '../platform/ids.ts';
import { asOwner } from '../platform/owner.ts';
import { DISTRICT, type FixtureTrip, fixtureTrip, OTHER_DISTRICT } from './door-fixture.ts';
import { routes as tripRoutes } from './routes.ts';
import { standAt } from './store-planning-testing.ts';

interface Who {
  readonly id: string;
  readonly cookie: string;
}

const UNTIL = '2022-02-20';
let house: TestHouse;
let trip: FixtureTrip;
let unshared: FixtureTrip;
let giver: Who;
let partner: Who;
let third: Who;

beforeAll(async () => {
  house = await testHouse([...peopleRoutes, ...tripRoutes]);
  await standAt(house, '2022-02-11T17:00:00+08:00');
  trip = await fixtureTrip(house, { code: 'WX-81', status: 'published' });
  unshared = await fixtureTrip(house, { code: 'WX-82', status: 'published' });
  giver = await house.signIn('districtOfficer', DISTRICT);
  partner = await house.signIn('dispatcher', OTHER_DISTRICT);
  third = await house.signIn('districtOfficer', '500101000000');
});
afterAll(() => house.close());

const owner = (query: ReturnType<typeof sql>) =>
  asOwner(house.fresh.adminUrl, house.fresh.city, (tx) => query.execute(tx));

function send(who: Who, url: string, body?: object) {
  return house.app.inject({
    method: body ? 'POST' : 'GET',
    url,
    headers: { cookie: who.cookie },
    ...(body && { payload: body }),
  });
}

interface Lists {
  readonly given: { id: string; state: string; looks: { staffName: string; at: string }[] }[];
  readonly received: { id: string; code: string }[];
}
const lists = async (who: Who) => (await send(who, '/api/shares')).json() as Lists;
const read = (who: Who, id: string) => send(who, `/api/shares/${id}`);

async function give(more: object = {}) {
  return send(giver, `/api/trips/${trip.id}/shares`, { to: OTHER_DISTRICT, until: UNTIL, ...more });
}

/** A share that stands; earlier ones are taken back. */
async function shared(): Promise<string> {
  await owner(sql`update trips_share set withdrawn_at = now() where withdrawn_at is null`);
  const answer = await give();
  expect(answer.statusCode).toBe(200);
  return (answer.json() as { shareId: string }).shareId;
}

describe('a run shared with a partner district', () => {
  it('shows names, boarding places and last four digits, and nothing more', async () => {
    const id = await shared();
    const answer = await read(partner, id);
    expect(answer.statusCode).toBe(200);
    const { people } = answer.json() as { people: Record<string, string>[] };
    expect(people).toHaveLength(3);
    expect(Object.keys(people[0] ?? {}).sort()).toEqual([
      'boardName',
      'boardPinyin',
      'name',
      'pinyin',
      'tail',
    ]);
    const ids = trip.people.flatMap((it) => [it.person, it.itinerary, it.leg, it.wish]);
    for (const hidden of [...ids, trip.id, '50023819800101', '渝F'])
      expect(answer.body).not.toContain(hidden);
    // Nothing else of the partner's opens: not the run, not its people, not another run.
    expect((await send(partner, `/api/trips/${trip.id}`)).statusCode).toBe(404);
    expect((await send(partner, `/api/people/${trip.people[0]?.person}?season=2022-spring`)).statusCode).toBe(
      404,
    );
    expect((await lists(partner)).received.map((it) => it.code)).toEqual(['WX-81']);
    expect(JSON.stringify(await lists(partner))).not.toContain(unshared.code);
  });

  it('is not there for anybody else, as if it never was', async () => {
    const id = await shared();
    const town = await house.signIn('districtOfficer', `${OTHER_DISTRICT.slice(0, 6)}001000`);
    const never = await read(partner, newId());
    for (const who of [third, town, giver]) {
      const said = await read(who, id);
      expect([said.statusCode, said.body]).toEqual([404, never.body]);
      expect((await lists(who)).received).toEqual([]);
    }
    expect((await send(partner, `/api/shares/${id}/withdraw`, {})).statusCode).toBe(404);
  });

  it('tells the giver who has looked', async () => {
    const id = await shared();
    expect((await lists(giver)).given.find((it) => it.id === id)?.looks).toEqual([]);
    await read(partner, id);
    await read(partner, id);
    await read(third, id);
    const looks = (await lists(giver)).given.find((it) => it.id === id)?.looks ?? [];
    expect(looks).toHaveLength(2);
    expect(looks[0]?.staffName).toMatch(/^dispatcher/);
    expect((await lists(partner)).given).toEqual([]);
  });

  it('is gone at the next request once it is taken back, and once its day is over', async () => {
    const never = await read(partner, newId());
    const gone = await shared();
    expect((await read(partner, gone)).statusCode).toBe(200);
    expect((await send(giver, `/api/shares/${gone}/withdraw`, {})).statusCode).toBe(200);
    expect((await read(partner, gone)).body).toBe(never.body);
    expect((await send(giver, `/api/shares/${gone}/withdraw`, {})).statusCode).toBe(409);
    const late = await shared();
    await standAt(house, '2022-02-21T00:00:00+08:00');
    expect((await read(partner, late)).body).toBe(never.body);
    expect((await lists(giver)).given.find((it) => it.id === late)?.state).toBe('over');
    await standAt(house, '2022-02-11T17:00:00+08:00');
    expect((await read(partner, late)).statusCode).toBe(200);
  });

  it('would go on without the look at the edge: the control', async () => {
    const id = await shared();
    await send(giver, `/api/shares/${id}/withdraw`, {});
    const before = await read(partner, id);
    const { rows } = await owner(
      sql`select pg_get_functiondef('shares_with_us(date)'::regprocedure) as text`,
    );
    const { text } = rows[0] as { text: string };
    await owner(sql.raw(text.replace('s.withdrawn_at IS NULL AND', '')));
    const blind = await read(partner, id);
    await owner(sql.raw(text));
    expect([before.statusCode, blind.statusCode]).toEqual([404, 200]);
    expect((await read(partner, id)).statusCode).toBe(404);
  });

  it('leaves out who does not want to be shown to partners, at the next request', async () => {
    const id = await shared();
    const person = trip.people[0]?.person ?? '';
    const say = (state: string) =>
      send(giver, `/api/people/${person}/consents`, { purpose: 'shareWithPartner', state, how: 'phone' });
    await say('withdrawn');
    expect((await read(partner, id)).json().people).toHaveLength(2);
    await say('given');
    expect((await read(partner, id)).json().people).toHaveLength(3);
  });

  it('is given once for one key, by who holds the run, to another district', async () => {
    await owner(sql`update trips_share set withdrawn_at = now() where withdrawn_at is null`);
    const key = newId();
    const first = await give({ key });
    expect((await give({ key })).body).toBe(first.body);
    expect((await give()).json()).toMatchObject({ code: 'trips.share_already' });
    expect((await give({ to: DISTRICT })).json()).toMatchObject({ code: 'trips.share_own_district' });
    expect((await give({ until: '2022-02-01' })).json()).toMatchObject({ code: 'trips.share_days' });
    const foreign = await send(third, `/api/trips/${trip.id}/shares`, { to: OTHER_DISTRICT, until: UNTIL });
    const never = await send(third, `/api/trips/${newId()}/shares`, { to: OTHER_DISTRICT, until: UNTIL });
    expect([foreign.statusCode, foreign.body]).toEqual([404, never.body]);
    const { rows } = await owner(
      sql`select area from journal where type = 'trips.share_given' and key = ${key}`,
    );
    expect(rows).toEqual([{ area: DISTRICT }]);
  });
});
