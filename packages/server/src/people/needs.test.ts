import { needsOf } from '@fangang/domain/people/rules-need.ts';
import { WishKind, WishMode, WishStatus } from '@fangang/domain/people/schema.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestHouse, testHouse } from '../offices/testing.ts';
import { newId } from '../platform/ids.ts';
import { asOwner } from '../platform/owner.ts';
import { CLIMBER, climbIn, climbTasks } from './climbing.ts';
import { routes } from './routes.ts';

const [TOWN, VILLAGE, SEASON] = ['500156101000', '500156101203', '2022-spring'];

let house: TestHouse;
type Who = { id: string; cookie: string };
let town: Who;
let colleague: Who;
let elsewhere: Who;

const owner = <T>(run: Parameters<typeof asOwner<T>>[2]) =>
  asOwner(house.fresh.adminUrl, house.fresh.city, run);
const rows = <T>(query: ReturnType<typeof sql<T>>): Promise<T[]> =>
  owner(async (tx) => (await query.execute(tx)).rows);

async function clock(at: string): Promise<void> {
  await owner((tx) => sql`update offices_clock set mode = 'stands', at = ${at}`.execute(tx));
}

beforeAll(async () => {
  house = await testHouse(routes);
  await clock('2022-02-11T17:00:00+08:00');
  town = await house.signIn('townOfficer', TOWN);
  colleague = await house.signIn('dispatcher', '500156000000');
  elsewhere = await house.signIn('districtOfficer', '500112000000');
});
afterAll(() => house.close());

async function get(who: Who, url: string) {
  const answer = await house.app.inject({ method: 'GET', url, headers: { cookie: who.cookie } });
  return { status: answer.statusCode, body: answer.json() };
}

async function post(who: Who, url: string, payload: object) {
  const answer = await house.app.inject({
    method: 'POST',
    url,
    headers: { cookie: who.cookie },
    payload: { key: newId(), ...payload },
  });
  return { status: answer.statusCode, body: answer.json(), raw: answer.body };
}

const WISH = { kind: 'sameJob', mode: 'ours', destination: '440306', gateText: null, remark: null };
const DAYS = { earliest: '2022-02-12', latest: '2022-02-14', wheelchair: false, mayPart: false };

async function somebody(wish: object | null = {}): Promise<string> {
  const asked = { season: SEASON, name: '谭秋实', idNumber: '', phone: '', area: VILLAGE };
  const { body } = await post(town, '/api/people', asked);
  if (wish) await record(body.personId, wish);
  return body.personId;
}

async function record(id: string, wish: object): Promise<void> {
  const said = { season: SEASON, wish: { ...WISH, ...DAYS, ...wish } };
  expect((await post(town, `/api/people/${id}/wish`, said)).status).toBe(200);
}

interface Need {
  readonly id: string;
  readonly kind: string;
  readonly status: string;
  readonly reason: string;
  readonly voidReason: string | null;
  readonly ownerAreaName: string;
  readonly climbed: number;
}
const needs = async (person: string, who = town): Promise<Need[]> =>
  (await get(who, `/api/people/${person}/needs?season=${SEASON}`)).body.needs;
const only = async (person: string): Promise<Need> => (await needs(person))[0] as Need;

/** A way of the person, as trips writes it. */
async function seat(person: string): Promise<string> {
  const id = newId();
  await owner((tx) =>
    sql`insert into trips_itinerary (id, season, person_id, identity, wish_id, area, party, status, ticket_index, made_at)
      select ${id}, w.season, w.person_id, w.identity, w.id, w.area, w.party, 'seated', ${Buffer.from(id)}, now()
      from people_wish w where w.person_id = ${person}`.execute(tx),
  );
  return id;
}

const end = (way: string, status: string, reason: string | null = null) =>
  owner((tx) =>
    sql`update trips_itinerary set status = ${status}, broken_reason = ${reason} where id = ${way}`.execute(
      tx,
    ),
  );

const eventsOf = (subject: string) =>
  rows<{ type: string; actor: string; data: unknown }>(
    sql`select type, actor, data from journal where subject = ${subject} order by recorded_at, id`,
  );

describe('needs', () => {
  it('arise in the database as the rule says, for every wish', async () => {
    for (const kind of WishKind.options)
      for (const mode of WishMode.options) {
        const [said] = await rows<{ needs: string[] }>(sql`select needs_of_wish(${kind}, ${mode}) as needs`);
        expect(said?.needs).toEqual(needsOf({ kind, mode, status: 'recorded' }));
      }
    for (const status of WishStatus.options) {
      const [said] = await rows<{ live: boolean }>(sql`select is_live_wish(${status}) as live`);
      expect(said?.live).toBe(needsOf({ kind: 'newJob', mode: 'ours', status }).length > 0);
    }
  });

  it('stand there with the wish, change with it and go with it', async () => {
    const id = await somebody({ kind: 'newJob' });
    expect((await needs(id)).map((it) => [it.kind, it.status]).sort()).toEqual([
      ['job', 'open'],
      ['travel', 'open'],
    ]);
    await record(id, { kind: 'train', mode: 'ownCar' });
    const after = await needs(id);
    expect(after.filter((it) => it.status !== 'void').map((it) => it.kind)).toEqual(['training']);
    expect(after.filter((it) => it.status === 'void').map((it) => it.voidReason)).toEqual([
      'wish_changed',
      'wish_changed',
    ]);
    await post(town, `/api/people/${id}/wish/withdraw`, { season: SEASON, why: 'staysHome' });
    expect((await needs(id)).map((it) => it.status)).toEqual(['void', 'void', 'void']);
    await record(id, {});
    expect((await needs(id)).filter((it) => it.status === 'open').map((it) => it.kind)).toEqual(['travel']);
  });

  it('to travel are met by a seat, and open again with the reason when it is lost', async () => {
    const id = await somebody();
    const way = await seat(id);
    expect(await only(id)).toMatchObject({ status: 'met', reason: 'seated' });
    await end(way, 'broken', 'trip_cancelled');
    expect(await only(id)).toMatchObject({ status: 'open', reason: 'trip_cancelled' });
    await end(way, 'underWay');
    await end(way, 'arrived');
    expect(await only(id)).toMatchObject({ status: 'met' });
    const met = await rows<{ met_by: string }>(sql`select met_by from people_need where person_id = ${id}`);
    expect(met).toEqual([{ met_by: way }]);
  });

  it('are void, not open, where the seat is lost after the wish was taken back', async () => {
    const id = await somebody();
    const way = await seat(id);
    await post(town, `/api/people/${id}/wish/withdraw`, { season: SEASON, why: 'illness' });
    await end(way, 'cancelled');
    expect(await only(id)).toMatchObject({ status: 'void', voidReason: 'wish_withdrawn' });
  });

  it('control: cannot be met by nothing, and cannot be void without a reason', async () => {
    const { id } = await only(await somebody());
    const set = (what: ReturnType<typeof sql>) =>
      owner((tx) => sql`update people_need set ${what} where id = ${id}`.execute(tx));
    await expect(set(sql`status = 'met'`)).rejects.toThrow(/check/);
    await expect(set(sql`status = 'void'`)).rejects.toThrow(/check/);
  });

  it('are taken, handed on and closed, each once for a key', async () => {
    const { id } = await only(await somebody({ kind: 'train', mode: 'ownCar' }));
    const key = newId();
    const one = await post(town, `/api/needs/${id}/take`, { key });
    const two = await post(town, `/api/needs/${id}/take`, { key });
    expect([one.status, two.raw]).toEqual([200, one.raw]);
    expect(await post(town, `/api/needs/${id}/take`, {})).toMatchObject({
      status: 409,
      body: { code: 'people.need_yours_already' },
    });
    expect((await post(town, `/api/needs/${id}/hand`, { staffId: colleague.id })).body).toEqual({
      status: 'taken',
    });
    expect(await post(town, `/api/needs/${id}/hand`, { staffId: elsewhere.id })).toMatchObject({
      body: { code: 'people.need_no_such_hand' },
    });
    expect(await post(colleague, `/api/needs/${id}/evidence`, { fact: 'hired' })).toMatchObject({
      body: { code: 'people.need_other_fact' },
    });
    const note = '证书 2022 第 7 号';
    expect((await post(colleague, `/api/needs/${id}/evidence`, { fact: 'trained', note })).body).toEqual({
      status: 'met',
    });
    expect(await post(town, `/api/needs/${id}/void`, { why: 'person_stays' })).toMatchObject({
      body: { code: 'people.need_closed' },
    });
    const events = await eventsOf(id);
    expect(events.map((it) => it.type)).toEqual([
      'people.need_taken',
      'people.need_handed',
      'people.need_met',
    ]);
    expect(JSON.stringify(events)).not.toContain('证书');
    const [met] = await rows<{ same: boolean; sealed: boolean }>(sql`select met_by in (select key from journal
      where subject = n.id and type = 'people.need_met') as same, evidence_sealed is not null as sealed from people_need n where id = ${id}`);
    expect(met).toEqual({ same: true, sealed: true });
  });

  it('to travel cannot be said to be met, and are void for a named reason only', async () => {
    const { id } = await only(await somebody());
    expect(await post(town, `/api/needs/${id}/evidence`, { fact: 'told' })).toMatchObject({
      body: { code: 'people.need_met_by_seat' },
    });
    expect((await post(town, `/api/needs/${id}/void`, { why: 'because' })).status).toBe(400);
    expect((await post(town, `/api/needs/${id}/void`, { why: 'person_stays' })).body).toEqual({
      status: 'void',
    });
  });

  it('are nobody’s of another district: as one that never existed', async () => {
    const person = await somebody();
    const { id } = await only(person);
    const steps = [
      ['take', {}],
      ['hand', { staffId: elsewhere.id }],
      ['void', { why: 'person_stays' }],
      ['evidence', { fact: 'told' }],
    ] as const;
    for (const [step, body] of steps)
      for (const it of [id, newId()])
        expect((await post(elsewhere, `/api/needs/${it}/${step}`, body)).body.code).toBe('basics.not_found');
    expect((await get(elsewhere, `/api/people/${person}/needs?season=${SEASON}`)).status).toBe(404);
    expect((await get(elsewhere, `/api/needs?season=${SEASON}`)).body.total).toBe(0);
    expect(await only(person)).toMatchObject({ status: 'open' });
  });

  it('are listed by state, kind, owner and day, in pages', async () => {
    const mine = await only(await somebody({ kind: 'startBusiness', mode: 'ownCar' }));
    await post(town, `/api/needs/${mine.id}/take`, {});
    const list = async (query: string) => (await get(town, `/api/needs?season=${SEASON}&${query}`)).body;
    expect((await list('owner=mine&kind=policy')).needs.map((it: Need) => it.id)).toEqual([mine.id]);
    const all = await list('state=waiting');
    expect(all.total).toBe(all.sums.open + all.sums.taken);
    expect((await list('page=2')).needs).toEqual([]);
    expect((await list('state=void')).needs.every((it: Need) => it.status === 'void')).toBe(true);
    expect((await list(`area=${VILLAGE}`)).total).toBe(all.total);
    expect((await list('owner=office')).total).toBe(all.total);
    expect((await list('overdue=yes')).total).toBe(0);
    const { towns } = (await get(town, `/api/needs/classes?season=${SEASON}`)).body;
    expect(towns).toHaveLength(1);
    const [it] = towns;
    expect(it.withinProvince + it.acrossProvinces + it.noPlace).toBe(it.people);
    expect((await get(town, '/api/needs/hands')).body.staff.length).toBeGreaterThanOrEqual(2);
  });

  it('climb once for each level when late, each with an event of the service', async () => {
    const { id } = await only(await somebody());
    const state = async () => {
      const [it] = await rows<{ climbed: number; area: string }>(
        sql`select climbed, owner_area as area from people_need where id = ${id}`,
      );
      return [it?.climbed, it?.area];
    };
    const climb = () => climbIn(house.services, '500156000000');
    await climb();
    expect(await state()).toEqual([0, TOWN]);
    await clock('2022-02-15T09:00:00+08:00');
    await climbTasks.people_climb?.({}, house.services);
    expect(await state()).toEqual([1, '500156000000']);
    expect(await climb()).toBe(0);
    await clock('2022-02-20T09:00:00+08:00');
    await climb();
    expect(await state()).toEqual([2, '500000000000']);
    await clock('2022-03-10T09:00:00+08:00');
    await climb();
    expect(await state()).toEqual([2, '500000000000']);
    const events = await eventsOf(id);
    expect(events.map((it) => [it.type, it.actor])).toEqual([
      ['people.need_climbed', CLIMBER],
      ['people.need_climbed', CLIMBER],
    ]);
    await clock('2022-02-11T17:00:00+08:00');
  });
});
