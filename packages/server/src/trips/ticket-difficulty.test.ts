import { areaRange } from '@fangang/domain/offices/schema.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestHouse, testHouse } from '../offices/testing.ts';
import { CLIMBER, climbIn } from '../people/climbing.ts';
import { routes as peopleRoutes } from '../people/routes.ts';
import { erasePeople } from '../people/store-erase.ts';
import { inTurnOf } from '../platform/defence.ts';
import { newId } from '../platform/ids.ts';
import { asOwner } from '../platform/owner.ts';
import { within } from '../platform/services.ts';
import { DISTRICT, type FixturePerson, fixtureTrip, OTHER_DISTRICT, SEASON } from './door-fixture.ts';
import { ticketRoutes } from './routes-ticket.ts';
import { ticketDifficultyRoutes } from './routes-ticket-difficulty.ts';

let house: TestHouse;
let office = { id: '', cookie: '' };
let elsewhere = { id: '', cookie: '' };
let people: readonly FixturePerson[];

const TEXT = '宿舍没有热水，孩子发烧。';
const ANSWER = '今晚换到二楼，已联系厂医。';

async function query<Row>(statement: ReturnType<typeof sql>): Promise<Row[]> {
  return await asOwner(house.fresh.adminUrl, house.fresh.city, async (tx) => {
    const { rows } = await statement.execute(tx);
    return rows as Row[];
  });
}

beforeAll(async () => {
  house = await testHouse(peopleRoutes);
  ticketRoutes(house.app, house.services, inTurnOf(null));
  ticketDifficultyRoutes(house.app, house.services, inTurnOf(null));
  await query(sql`update offices_clock set mode = 'stands', at = '2022-02-11T17:00:00+08:00'`);
  office = await house.signIn('dispatcher', DISTRICT);
  elsewhere = await house.signIn('dispatcher', OTHER_DISTRICT);
  people = (await fixtureTrip(house, { code: 'WX-31', people: 6 })).people;
});
afterAll(() => house.close());

const someone = (n: number): FixturePerson => people[n] as FixturePerson;

function form(url: string, fields: Readonly<Record<string, string>>) {
  return house.app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(fields).toString(),
  });
}

const page = async (code: string) => (await house.app.inject({ url: `/t/${code}/difficulty?lang=zh` })).body;

async function tell(code: string, id = newId()): Promise<string> {
  const sent = await form(`/t/${code}/difficulty?lang=zh`, { form: id, kind: 'lodging', text: TEXT });
  expect([sent.statusCode, sent.headers.location]).toEqual([303, `/t/${code}/difficulty?lang=zh`]);
  return id;
}

async function call(who: { cookie: string }, path: string, payload?: object) {
  const answer = await house.app.inject({
    method: payload ? 'POST' : 'GET',
    url: `/api/${path}`,
    headers: { cookie: who.cookie },
    ...(payload && { payload: { key: newId(), ...payload } }),
  });
  return { status: answer.statusCode, body: answer.json(), raw: answer.body };
}

const eventsOf = (id: string) =>
  query<{ type: string; actor: string; data: object }>(
    sql`select type, actor, data from journal where subject = ${id} order by at, recorded_at, id`,
  );

describe('a difficulty told on the ticket’s page', () => {
  it('goes from the worker to the office and back, and is solved by the worker alone', async () => {
    const { code, itinerary } = someone(0);
    expect((await house.app.inject({ url: `/t/${code}?lang=zh` })).body).toContain(`/t/${code}/difficulty`);
    const empty = await page(code);
    expect(empty).toContain('<textarea');
    expect(empty).not.toContain('<script');
    const id = await tell(code);
    const { difficulties } = (await call(office, `difficulties?season=${SEASON}`)).body;
    expect(difficulties.find((it: { id: string }) => it.id === id)).toMatchObject({
      ...{ kind: 'lodging', channel: 'ticket', status: 'told', due: '2022-02-12', overdue: false },
    });
    expect((await call(office, `difficulties/${id}`)).body).toMatchObject({ told: TEXT, answer: null });
    expect(
      await query(sql`select 1 from offices_audit where action = 'people.difficulty_read'`),
    ).toHaveLength(1);
    expect((await call(office, `difficulties/${id}/take`, {})).body).toEqual({ status: 'owned' });
    expect((await call(office, `difficulties/${id}/take`, {})).body.code).toBe(
      'people.difficulty_yours_already',
    );
    expect((await call(office, `difficulties/${id}/close`, { solved: true })).body.code).toBe(
      'people.difficulty_not_answered',
    );
    const key = newId();
    const [one, two] = [
      await call(office, `difficulties/${id}/answer`, { text: ANSWER, key }),
      await call(office, `difficulties/${id}/answer`, { text: ANSWER, key }),
    ];
    expect([one.body, two.raw]).toEqual([{ status: 'answered' }, one.raw]);
    expect(await page(code)).toContain(ANSWER);
    const confirm = (solved: string) => form(`/t/${code}/difficulty/${id}/confirm`, { solved });
    await confirm('no');
    await call(office, `difficulties/${id}/answer`, { text: ANSWER });
    for (let i = 0; i < 2; i++) expect((await confirm('yes')).statusCode).toBe(303);
    expect(await page(code)).toContain('已解决');
    expect((await call(office, `difficulties/${id}/answer`, { text: ANSWER })).body.code).toBe(
      'people.difficulty_closed',
    );
    const events = await eventsOf(id);
    expect(events.map((it) => it.type.replace('people.difficulty_', ''))).toEqual([
      'told',
      'owned',
      'answered',
      'not_solved',
      'answered',
      'solved',
    ]);
    expect(events.filter((it) => it.actor === itinerary)).toHaveLength(3);
    expect(JSON.stringify(events)).not.toMatch(/热水|二楼/);
  });

  it('is told once, however often the form is sent; a form that says nothing is shown again', async () => {
    const { code, person } = someone(1);
    const id = await tell(code);
    await tell(code, id);
    const mine = sql`select 1 from people_difficulty where person_id = ${person}`;
    expect(await query(mine)).toHaveLength(1);
    expect((await eventsOf(id)).length).toBe(1);
    for (const fields of [
      { form: newId(), kind: 'lodging', text: ' ' },
      { form: newId(), kind: 'money', text: TEXT },
      { form: newId(), kind: 'pay', text: '长'.repeat(301) },
      { form: 'x', kind: 'pay', text: TEXT },
    ]) {
      const sent = await form(`/t/${code}/difficulty?lang=zh`, fields);
      expect([sent.statusCode, sent.body.includes('没有送出')]).toEqual([422, true]);
    }
    for (let i = 0; i < 4; i++) await tell(code);
    const sixth = await form(`/t/${code}/difficulty?lang=zh`, { form: newId(), kind: 'pay', text: TEXT });
    expect([sixth.statusCode, sixth.body.includes('已有 5 条')]).toEqual([422, true]);
    expect(await query(mine)).toHaveLength(5);
  });

  it('is nobody else’s: another ticket neither sees nor confirms it, another district neither', async () => {
    const [one, other] = [someone(2), someone(3)];
    const id = await tell(one.code);
    await call(office, `difficulties/${id}/answer`, { text: ANSWER });
    expect(await page(other.code)).not.toContain(ANSWER);
    await form(`/t/${other.code}/difficulty/${id}/confirm`, { solved: 'yes' });
    // The same form from another link tells nothing and takes nothing over.
    await form(`/t/${other.code}/difficulty`, { form: id, kind: 'pay', text: 'x' });
    const [row] = await query<{ status: string; person_id: string; kind: string }>(
      sql`select status, person_id, kind from people_difficulty where id = ${id}`,
    );
    expect(row).toEqual({ status: 'answered', person_id: one.person, kind: 'lodging' });
    for (const it of [id, newId()]) {
      expect((await call(elsewhere, `difficulties/${it}`)).status).toBe(404);
      for (const [step, body] of [
        ['take', {}],
        ['answer', { text: ANSWER }],
        ['close', { solved: true }],
      ] as const)
        expect((await call(elsewhere, `difficulties/${it}/${step}`, body)).body.code).toBe(
          'basics.not_found',
        );
    }
    const said = { season: SEASON, kind: 'pay', channel: 'phone', text: TEXT };
    expect((await call(elsewhere, `people/${one.person}/difficulties`, said)).status).toBe(404);
    expect(
      (await form('/t/ZZZZZZZZZZ/difficulty', { form: newId(), kind: 'pay', text: TEXT })).statusCode,
    ).toBe(404);
  });
});

describe('a difficulty told to an office', () => {
  it('is written down, stands with the person, and is closed by the person’s word on the phone', async () => {
    const { person } = someone(4);
    const said = { season: SEASON, kind: 'pay', channel: 'phone', text: TEXT, key: newId() };
    const [one, two] = [
      await call(office, `people/${person}/difficulties`, said),
      await call(office, `people/${person}/difficulties`, said),
    ];
    expect([one.status, two.raw]).toEqual([200, one.raw]);
    const id = one.body.difficultyId;
    expect(
      (await call(office, `people/${person}/difficulties`, { ...said, key: newId(), channel: 'ticket' }))
        .status,
    ).toBe(400);
    const mine = (await call(office, `people/${person}/needs?season=${SEASON}`)).body.difficulties;
    expect(mine).toEqual([expect.objectContaining({ id, status: 'told', channel: 'phone' })]);
    await call(office, `difficulties/${id}/answer`, { text: ANSWER });
    expect((await call(office, `difficulties/${id}/close`, { solved: false })).body).toEqual({
      status: 'owned',
    });
    await call(office, `difficulties/${id}/answer`, { text: ANSWER });
    expect((await call(office, `difficulties/${id}/close`, { solved: true })).body).toEqual({
      status: 'solved',
    });
    expect((await call(office, `difficulties/${id}/close`, { solved: true })).body.code).toBe(
      'people.difficulty_closed',
    );
  });

  it('climbs when nobody answers in time, and loses its words with the person', async () => {
    const { person, code } = someone(5);
    const id = await tell(code);
    await query(sql`update offices_clock set at = '2022-02-13T09:00:00+08:00'`);
    expect(await climbIn(house.services, DISTRICT)).toBeGreaterThan(0);
    const late = (await call(office, `difficulties?season=${SEASON}&overdue=yes`)).body.difficulties;
    expect(late.find((it: { id: string }) => it.id === id)).toMatchObject({
      status: 'climbed',
      climbed: 1,
      overdue: true,
    });
    expect((await eventsOf(id)).at(-1)).toMatchObject({
      type: 'people.difficulty_climbed',
      actor: CLIMBER,
      data: { kind: 'lodging', level: 1 },
    });
    expect(await climbIn(house.services, DISTRICT)).toBe(0);
    const { from, to } = areaRange(DISTRICT);
    const scope = {
      kind: 'office',
      staffId: office.id,
      officeId: newId(),
      areaFrom: from,
      areaTo: to,
    } as const;
    await within(house.services, scope, (tx) => erasePeople(tx, [person], '2022-02-13T09:00:00+08:00'));
    expect((await call(office, `difficulties/${id}`)).body).toMatchObject({ told: null, answer: null });
  });
});
