import { checkDigitOf } from '@fangang/domain/people/id-number.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestHouse, testHouse } from '../offices/testing.ts';
import { routes as peopleRoutes } from '../people/routes.ts';
import { newId } from '../platform/ids.ts';
import { asOwner } from '../platform/owner.ts';
import { DISTRICT, type FixtureTrip, fixtureTrip, OTHER_DISTRICT, SEASON } from './door-fixture.ts';
import { routes as tripRoutes } from './routes.ts';

interface Who {
  readonly id: string;
  readonly cookie: string;
}

const TOWN = '500238103000';
const OTHER_TOWN = '500229001000';
let house: TestHouse;
let trip: FixtureTrip;
let holder: Who;
let asker: Who;
let neighbour: Who;
let sequence = 100;

beforeAll(async () => {
  house = await testHouse([...peopleRoutes, ...tripRoutes]);
  trip = await fixtureTrip(house, { code: 'WX-71', status: 'published' });
  holder = await house.signIn('districtOfficer', DISTRICT);
  asker = await house.signIn('districtOfficer', OTHER_DISTRICT);
  neighbour = await house.signIn('districtOfficer', '500101000000');
});
afterAll(() => house.close());

async function owner<Row = Record<string, unknown>>(query: ReturnType<typeof sql>): Promise<Row[]> {
  return asOwner(
    house.fresh.adminUrl,
    house.fresh.city,
    async (tx) => (await query.execute(tx)).rows as Row[],
  );
}

function send(who: Who, url: string, body?: object) {
  const method = body ? 'POST' : 'GET';
  return house.app.inject({
    method,
    url,
    headers: { cookie: who.cookie },
    ...(body && { payload: body }),
  });
}

/** A synthetic number with a right check digit. */
function number(): string {
  sequence += 1;
  const first = `50023819850615${String(sequence).padStart(3, '0')}`;
  return `${first}${checkDigitOf(first)}`;
}

async function register(who: Who, area: string, idNumber: string, name = '样例子'): Promise<string> {
  const body = { season: SEASON, area, name, idNumber, phone: '13800000000' };
  const answer = await send(who, '/api/people', body);
  expect(answer.statusCode).toBe(200);
  return (answer.json() as { personId: string }).personId;
}

const asking = (idNumber: string, more = {}) => ({ idNumber, area: OTHER_TOWN, why: 'livesHere', ...more });

async function ask(idNumber: string): Promise<string> {
  const answer = await send(asker, '/api/transfers', asking(idNumber));
  expect(answer.statusCode).toBe(200);
  return (answer.json() as { transferId: string }).transferId;
}

interface Lists {
  readonly askings: {
    id: string;
    state: string;
    personId: string | null;
    withSeat: boolean;
    reason: string;
  }[];
  readonly ofUs: { id: string; person: { id: string; name: string } }[];
  readonly answered: { id: string; answer: string }[];
}
const lists = async (who: Who) => (await send(who, '/api/transfers')).json() as Lists;
const answer = (who: Who, id: string, personId: string, more: object) =>
  send(who, `/api/transfers/${id}/answer`, { personId, ...more });

/** How many rows each table has. */
async function rowCounts(): Promise<Record<string, number>> {
  const tables = await owner<{ name: string }>(
    sql`select tablename as name from pg_tables where schemaname = current_schema()`,
  );
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    const [row] = await owner<{ n: number }>(sql`select count(*)::int as n from ${sql.id(name)}`);
    counts[name] = row?.n ?? 0;
  }
  return counts;
}

/** What an asking leaves behind for its asker, without ids and moments. */
async function seenAfter(idNumber: string): Promise<unknown> {
  const before = await rowCounts();
  const said = await send(asker, '/api/transfers', asking(idNumber));
  const after = await rowCounts();
  const grown = Object.entries(after).flatMap(([name, n]) =>
    n === before[name] ? [] : [[name, n - (before[name] ?? 0)]],
  );
  const { transferId = '' } = said.json() as { transferId?: string };
  const listed = (await send(asker, '/api/transfers')).json() as Lists;
  const line = listed.askings.find((it) => it.id === transferId);
  const text = (value: unknown) =>
    JSON.stringify(value ?? null)
      .replaceAll(transferId || 'none', 'ID')
      .replaceAll(idNumber.slice(-4), 'TAIL')
      .replaceAll(/20\d\d-[^"]*/g, 'T');
  return [said.statusCode, said.body.length, text(said.json()), grown, text(line)];
}

describe('asking for a person', () => {
  it('answers alike whether any district has the person or none: reply, bytes, rows, list', async () => {
    const held = number();
    await register(holder, TOWN, held);
    expect(await seenAfter(held)).toEqual(await seenAfter(number()));
  });

  it('would tell the two apart where the books of others are seen: the control', async () => {
    const held = number();
    await register(holder, TOWN, held, '样例丑');
    const policy = (using: string) =>
      owner(sql.raw(`alter policy office_area on people_person using (${using})`));
    const range =
      "area >= current_setting('fangang.area_from') and area <= current_setting('fangang.area_to')";
    await policy('true');
    const named = { idNumber: '', name: '样例丑', tail: held.slice(-4), area: OTHER_TOWN, why: 'livesHere' };
    const seen = await send(asker, '/api/transfers', named);
    const nobody = await send(asker, '/api/transfers', { ...named, name: '样例无' });
    await policy(range);
    expect([seen.statusCode, nobody.statusCode]).toEqual([409, 200]);
  });

  it('reaches the office that has the person, and no other; twice is once', async () => {
    const held = number();
    const person = await register(holder, TOWN, held);
    const key = newId();
    const first = await send(asker, '/api/transfers', asking(held, { key }));
    const again = await send(asker, '/api/transfers', asking(held, { key }));
    expect(again.body).toBe(first.body);
    expect((await send(asker, '/api/transfers', asking(held))).json()).toMatchObject({
      code: 'people.transfer_open',
    });
    const { transferId } = first.json() as { transferId: string };
    expect((await lists(holder)).ofUs.find((it) => it.id === transferId)?.person.id).toBe(person);
    expect((await lists(neighbour)).ofUs).toEqual([]);
    expect((await lists(neighbour)).askings).toEqual([]);
  });

  it('is refused for the own books, without a way to name somebody, and for an area of others', async () => {
    const own = number();
    await register(asker, OTHER_TOWN, own);
    const code = async (body: object) =>
      ((await send(asker, '/api/transfers', body)).json() as { code: string }).code;
    expect(await code(asking(own))).toBe('people.on_own_books');
    expect(await code(asking(''))).toBe('people.transfer_needs');
    expect(await code(asking(number(), { area: TOWN }))).toBe('people.no_such_area');
  });
});

describe('answering', () => {
  it('moves everything on the books at once, with audit and journal on both sides', async () => {
    const held = number();
    const person = await register(holder, TOWN, held, '样例寅');
    await send(holder, `/api/people/${person}/wishes`, {
      season: SEASON,
      wish: {
        ...{ kind: 'stayHome', mode: 'ours', destination: null, gateText: '', earliest: null, latest: null },
        ...{ wheelchair: false, mayPart: false, remark: '' },
      },
    });
    await owner(sql`insert into people_care (person_id, area, kind, since, source)
      values (${person}, ${TOWN}, 'personWithDisability', '2021-01-01', 'test')`);
    await send(holder, `/api/people/${person}/consents`, {
      purpose: 'showToEmployer',
      state: 'withdrawn',
      how: 'phone',
    });
    const id = await ask(held);
    expect((await answer(neighbour, id, person, { answer: 'agree' })).statusCode).toBe(404);
    const done = await answer(holder, id, person, { answer: 'agree' });
    expect(done.json()).toEqual({ state: 'done' });
    const areas = await owner(sql`
      select 'person' as what, area from people_person where id = ${person}
      union select 'care', area from people_care where person_id = ${person}
      union select 'wish', area from people_wish where person_id = ${person}
      union select 'consent', area from people_consent where person_id = ${person}
      union select 'token', area from people_name_token where person_id = ${person}`);
    expect(new Set(areas.map((it) => it.area))).toEqual(new Set([OTHER_TOWN]));
    expect(new Set(areas.map((it) => it.what)).size).toBeGreaterThanOrEqual(4);
    expect((await send(holder, `/api/people/${person}?season=${SEASON}`)).statusCode).toBe(404);
    expect((await send(asker, `/api/people/${person}?season=${SEASON}`)).statusCode).toBe(200);
    // The new district finds the number under its own index.
    const found = await send(asker, '/api/people/find', { text: held });
    expect((found.json() as { people: { id: string }[] }).people.map((it) => it.id)).toEqual([person]);
    const audit = await owner<{ action: string; area: string }>(
      sql`select action, area from offices_audit where subject = ${person} and action like 'people.transfer%'`,
    );
    expect(audit.map((it) => [it.action, it.area]).sort()).toEqual([
      ['people.transfer_agreed', TOWN],
      ['people.transfer_done', OTHER_DISTRICT],
    ]);
    const journal = await owner<{ type: string; area: string }>(
      sql`select type, area from journal where subject = ${id} order by seq`,
    );
    expect(journal.map((it) => [it.type, it.area])).toEqual([
      ['people.transfer_asked', OTHER_DISTRICT],
      ['people.transfer_agreed', TOWN],
      ['people.transfer_done', OTHER_TOWN],
    ]);
    expect((await lists(asker)).askings.find((it) => it.id === id)).toMatchObject({
      state: 'done',
      personId: person,
    });
    expect((await lists(holder)).ofUs.some((it) => it.id === id)).toBe(false);
  });

  it('takes somebody with a seat along: way, seat and ticket untouched, the door still knows the name', async () => {
    const rider = trip.people[1];
    if (!rider) throw new Error('the fixture has two people');
    const way = () =>
      owner(sql`select md5(array_agg(to_jsonb(x)::text order by x)::text) as sum from (
        select to_jsonb(i) x from trips_itinerary i where id = ${rider.itinerary}
        union all select to_jsonb(l) from trips_leg l where itinerary_id = ${rider.itinerary}) y`);
    const before = await way();
    const said = await send(asker, '/api/transfers', {
      ...{ name: '样例乙', tail: rider.tail, area: OTHER_TOWN, why: 'travelsFromHere' },
    });
    const { transferId } = said.json() as { transferId: string };
    const done = await answer(holder, transferId, rider.person, { answer: 'agree' });
    expect(done.json()).toEqual({ state: 'done' });
    expect(await way()).toEqual(before);
    const aboard = (await send(holder, `/api/trips/${trip.id}`)).json() as {
      passengers: { name: string; seat: number }[];
    };
    expect(aboard.passengers.map((it) => it.name)).toContain('样例乙');
    expect((await send(holder, `/api/people/${rider.person}?season=${SEASON}`)).statusCode).toBe(404);
    expect((await lists(asker)).askings.find((it) => it.id === transferId)?.withSeat).toBe(true);
    // Who still travels on a run of the former office is not erased; afterwards the door forgets the name, too.
    const erase = () => send(asker, `/api/people/${rider.person}/erase`, { why: 'asked' });
    expect((await erase()).json()).toMatchObject({ code: 'people.still_travels' });
    await owner(sql`update trips_itinerary set status = 'signedFor' where id = ${rider.itinerary}`);
    expect((await erase()).statusCode).toBe(200);
    expect(await owner(sql`select 1 from trips_guest where person_id = ${rider.person}`)).toEqual([]);
  });

  it('refuses with a reason, and only once', async () => {
    const held = number();
    const person = await register(holder, TOWN, held);
    const id = await ask(held);
    expect((await answer(holder, id, person, { answer: 'refuse' })).json()).toMatchObject({
      code: 'people.transfer_needs_reason',
    });
    const no = await answer(holder, id, person, { answer: 'refuse', reason: 'stillOurs' });
    expect(no.json()).toEqual({ state: 'refused' });
    expect((await answer(holder, id, person, { answer: 'agree' })).statusCode).toBe(404);
    expect((await lists(asker)).askings.find((it) => it.id === id)).toMatchObject({
      state: 'refused',
      reason: 'stillOurs',
    });
  });

  it('finds nothing to answer once it is withdrawn or has run out, as where it never was', async () => {
    const held = number();
    const person = await register(holder, TOWN, held);
    const gone = await ask(held);
    expect((await send(asker, `/api/transfers/${gone}/withdraw`, {})).statusCode).toBe(200);
    expect((await send(asker, `/api/transfers/${gone}/withdraw`, {})).statusCode).toBe(409);
    const late = await ask(held);
    await owner(sql`update people_transfer set expires_at = now() - interval '1 hour' where id = ${late}`);
    const never = await answer(holder, newId(), person, { answer: 'agree' });
    for (const id of [gone, late]) {
      const said = await answer(holder, id, person, { answer: 'agree' });
      expect([said.statusCode, said.body]).toEqual([404, never.body]);
    }
    expect((await lists(asker)).askings.find((it) => it.id === late)?.state).toBe('expired');
  });

  it('makes one of two where the asking district has put the person on its books meanwhile, and does not tell', async () => {
    const held = number();
    const person = await register(holder, TOWN, held);
    const id = await ask(held);
    const twin = await register(asker, OTHER_TOWN, held);
    const done = await answer(holder, id, person, { answer: 'agree' });
    expect([done.statusCode, done.body]).toEqual([200, '{"state":"done"}']);
    expect((await lists(asker)).askings.find((it) => it.id === id)?.personId).toBe(twin);
    expect((await send(holder, `/api/people/${person}?season=${SEASON}`)).statusCode).toBe(404);
  });
});
