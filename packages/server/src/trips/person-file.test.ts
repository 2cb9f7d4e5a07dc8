import ExcelJS from 'exceljs';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandScope } from '../offices/scope.ts';
import { type TestHouse, testHouse } from '../offices/testing.ts';
import { fictionalId } from '../people/roster-samples-files.ts';
import { routes as peopleRoutes } from '../people/routes.ts';
import { newId } from '../platform/ids.ts';
import { asOwner } from '../platform/owner.ts';
import { DISTRICT, fixtureTrip, OTHER_DISTRICT } from './door-fixture.ts';
import { runRetention } from './retention.ts';
import { routes as tripRoutes } from './routes.ts';

interface Who {
  readonly id: string;
  readonly cookie: string;
}
const SEASON = '2022-spring';
const ID = fictionalId('1988-04-05', 907);

let house: TestHouse;
let office: Who;
let elsewhere: Who;

beforeAll(async () => {
  house = await testHouse([...peopleRoutes, ...tripRoutes]);
  await owner(sql`update offices_clock set mode = 'stands', at = '2022-02-11T17:00:00+08:00'`);
  office = await house.signIn('dispatcher', DISTRICT);
  elsewhere = await house.signIn('dispatcher', OTHER_DISTRICT);
});
afterAll(() => house.close());

function owner<Row>(statement: ReturnType<typeof sql>): Promise<Row[]> {
  return asOwner(
    house.fresh.adminUrl,
    house.fresh.city,
    async (tx) => (await statement.execute(tx)).rows as Row[],
  );
}

const ask = (who: Who, url: string) =>
  house.app.inject({ method: 'GET', url, headers: { cookie: who.cookie } });
const post = (who: Who, url: string, payload: object) =>
  house.app.inject({ method: 'POST', url, headers: { cookie: who.cookie }, payload });

async function register(name: string, idNumber: string): Promise<string> {
  const village = (
    await owner<{ code: string }>(
      sql`select code from offices_area where level = 'village' and code like ${`${DISTRICT.slice(0, 6)}%`} order by code limit 1`,
    )
  )[0]?.code;
  const body = { season: SEASON, name, idNumber, phone: '19900000777', area: village };
  const answer = await post(office, '/api/people', body);
  expect(answer.statusCode).toBe(200);
  return (answer.json() as { personId: string }).personId;
}

describe('the file of a person', () => {
  it('has a sheet for everything that is kept, whole numbers under audit, and none for another office', async () => {
    const person = await register('秦一一', ID);
    const answer = await ask(office, `/api/people/${person}/file.xlsx?lang=zh`);
    expect(answer.statusCode).toBe(200);
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(answer.rawPayload as never);
    expect(book.worksheets.map((it) => it.name)).toEqual([
      '登记信息',
      '务工、技能、证书',
      '返岗意愿',
      '行程',
      '用途与同意',
      '发生过什么',
      '谁看过号码',
    ]);
    const values = book.worksheets[0]?.getColumn(2).values;
    expect(values).toContain(ID);
    expect(book.getWorksheet('谁看过号码')?.getColumn(3).values).toContain('people.file_exported');
    expect(
      await owner(
        sql`select 1 from offices_audit where subject = ${person} and action = 'people.file_exported'`,
      ),
    ).toHaveLength(1);
    const foreign = await ask(elsewhere, `/api/people/${person}/file.xlsx`);
    const nobody = await ask(elsewhere, `/api/people/${newId()}/file.xlsx`);
    expect([foreign.statusCode, foreign.body]).toEqual([404, nobody.body]);
  });
});

describe('erasing a person', () => {
  it('takes what says who it is, leaves ids and counts, and is done once', async () => {
    const person = await register('秦二二', fictionalId('1988-04-05', 909));
    const body = { why: 'asked', key: newId() };
    expect((await post(elsewhere, `/api/people/${person}/erase`, body)).statusCode).toBe(404);
    const first = await post(office, `/api/people/${person}/erase`, body);
    expect(first.json()).toEqual({ erased: true });
    expect((await post(office, `/api/people/${person}/erase`, body)).body).toBe(first.body);
    expect((await post(office, `/api/people/${person}/erase`, { why: 'asked' })).json()).toEqual({
      erased: false,
    });
    const [row] = await owner<Record<string, unknown>>(sql`select * from people_person where id = ${person}`);
    expect(row).toMatchObject({
      name: '已删除',
      initials: '',
      id_sealed: null,
      id_index: null,
      id_tail: '',
      phone_tail: '',
    });
    expect(await owner(sql`select 1 from people_identity where id = ${row?.identity}`)).toHaveLength(0);
    expect(
      await owner(sql`select 1 from journal where subject = ${person} and type = 'people.person_erased'`),
    ).toHaveLength(1);
  });

  it('is refused for somebody with a seat, and by ticket nobody is found afterwards', async () => {
    const trip = await fixtureTrip(house, { code: 'WX-70' });
    const leg = trip.people[0];
    const [{ person } = { person: '' }] = await owner<{ person: string }>(
      sql`select person_id as person from trips_itinerary where id = ${leg?.itinerary}`,
    );
    const refused = await post(office, `/api/people/${person}/erase`, { why: 'asked' });
    expect([refused.statusCode, refused.json().code]).toEqual([409, 'people.still_travels']);
    await owner(sql`update trips_itinerary set status = 'signedFor' where id = ${leg?.itinerary}`);
    const [before] = await owner<{ ticket: Buffer }>(
      sql`select ticket_index as ticket from trips_itinerary where id = ${leg?.itinerary}`,
    );
    expect((await post(office, `/api/people/${person}/erase`, { why: 'asked' })).json()).toEqual({
      erased: true,
    });
    const [after] = await owner<{ ticket: Buffer }>(
      sql`select ticket_index as ticket from trips_itinerary where id = ${leg?.itinerary}`,
    );
    expect(after?.ticket.equals(before?.ticket ?? Buffer.alloc(0))).toBe(false);
  });
});

describe('retention', () => {
  it('erases whose last season is long over, leaves the others, and reports', async () => {
    const old = await register('秦三三', fictionalId('1988-04-05', 911));
    const young = await register('秦四四', fictionalId('1988-04-05', 913));
    await owner(sql`update people_person set registered_at = '2018-02-01T08:00:00+08:00' where id = ${old}`);
    await owner(sql`update request set at = now() - interval '31 days' where route = 'POST /api/people'`);
    const [{ n } = { n: 0 }] = await owner<{ n: number }>(
      sql`select count(*) as n from request where reply is not null and at < now() - interval '30 days'`,
    );
    expect(n).toBeGreaterThan(1);
    const scope = commandScope('500000');
    const dry = await runRetention(house.services, scope, { dryRun: true });
    expect(dry).toMatchObject({ erased: 1, stillTravel: 0, endedBefore: '2020-02-12', repliesCleared: n });
    const names = () =>
      owner<{ id: string; name: string }>(
        sql`select id, name from people_person where id in (${old}, ${young})`,
      );
    expect((await names()).map((it) => it.name).sort()).toEqual(['秦三三', '秦四四'].sort());
    const run = await runRetention(house.services, scope);
    expect([run.erased, run.repliesCleared]).toEqual([1, n]);
    expect(new Map((await names()).map((it) => [it.id, it.name]))).toEqual(
      new Map([
        [old, '已删除'],
        [young, '秦四四'],
      ]),
    );
    expect((await runRetention(house.services, scope)).erased).toBe(0);
    expect(await owner(sql`select replies_cleared as n from people_retention_run order by n desc`)).toEqual([
      { n },
      { n: 0 },
    ]);
  });
});
