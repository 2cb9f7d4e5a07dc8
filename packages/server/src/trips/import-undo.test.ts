import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestHouse, testHouse } from '../offices/testing.ts';
import { fictionalId } from '../people/roster-samples-files.ts';
import { routes as peopleRoutes } from '../people/routes.ts';
import { newId } from '../platform/ids.ts';
import { asOwner } from '../platform/owner.ts';
import { routes as tripRoutes } from './routes.ts';

const SEASON = '2022-spring';
const TOWN = '500156101000';
const HEADS = '姓名,身份证号码,手机号码,文化程度,户编号,人员类别,返岗目的地,出行方式';

interface Who {
  readonly id: string;
  readonly cookie: string;
}

let house: TestHouse;
let town: Who;
let elsewhere: Who;
let n = 0;

beforeAll(async () => {
  house = await testHouse([...peopleRoutes, ...tripRoutes]);
  await owner(sql`update offices_clock set mode = 'stands', at = '2022-02-11T17:00:00+08:00'`);
  town = await house.signIn('townOfficer', TOWN);
  elsewhere = await house.signIn('districtOfficer', '500112000000');
});
afterAll(() => house.close());

function owner<Row>(statement: ReturnType<typeof sql>): Promise<Row[]> {
  return asOwner(
    house.fresh.adminUrl,
    house.fresh.city,
    async (tx) => (await statement.execute(tx)).rows as Row[],
  );
}

const post = async (who: Who, url: string, payload: object) => {
  const answer = await house.app.inject({ method: 'POST', url, headers: { cookie: who.cookie }, payload });
  return { status: answer.statusCode, body: answer.json(), raw: answer.body };
};
const get = async (who: Who, url: string) =>
  (await house.app.inject({ method: 'GET', url, headers: { cookie: who.cookie } })).json();

/** Rows as a town types them. */
function person(
  over: Partial<
    Record<'name' | 'id' | 'phone' | 'education' | 'household' | 'group' | 'to' | 'mode', string>
  > = {},
) {
  n += 1;
  return {
    ...{
      name: `秦${'甲乙丙丁戊己庚辛壬癸'[n % 10]}`,
      id: fictionalId('1980-06-07', 300 + n),
      phone: `199000${20_000 + n}`,
    },
    ...{
      education: '初中',
      household: `${100 + n}`,
      group: '脱贫户',
      to: '浙江省温州市鹿城区',
      mode: '包车',
    },
    ...over,
  };
}

async function importRows(
  rows: readonly ReturnType<typeof person>[],
): Promise<{ id: string; reply: { created: number; updated: number } }> {
  const lines = rows.map((it) =>
    [it.name, it.id, it.phone, it.education, it.household, it.group, it.to, it.mode].join(','),
  );
  const edge = '----roster';
  const field = (name: string, value: string) =>
    `--${edge}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const file = `--${edge}\r\ncontent-disposition: form-data; name="file"; filename="r.csv"\r\ncontent-type: text/csv\r\n\r\n${[HEADS, ...lines].join('\r\n')}\r\n--${edge}--\r\n`;
  const sent = await house.app.inject({
    method: 'POST',
    url: '/api/people/uploads',
    headers: { cookie: town.cookie, 'content-type': `multipart/form-data; boundary=${edge}` },
    payload: `${field('season', SEASON)}${field('area', TOWN)}${file}`,
  });
  const { uploadId } = sent.json();
  const written = await post(town, `/api/people/uploads/${uploadId}/commit`, {
    skipBad: false,
    key: newId(),
  });
  expect([written.status, written.body]).toEqual([200, expect.anything()]);
  const { imports } = await get(town, `/api/people/imports?season=${SEASON}`);
  return { id: imports[0].id, reply: written.body };
}

const undo = (id: string, who = town, key = newId()) => post(who, `/api/people/imports/${id}/undo`, { key });

/** Everything on the books, but what tells of the past; sealed texts by what they seal, which a new seal does not change. */
async function books(): Promise<unknown> {
  const people = sql`select id, identity, area, name, pinyin, initials, gender, birth, id_kind, id_index, id_tail, phone_index, phone_tail,
    phone2_sealed is not null as phone2, household_id, nation, education, relation, address, labor_ability, workplace, job_type from people_person order by id`;
  return {
    people: await owner(people),
    wishes: await owner(sql`select * from people_wish order by id`),
    care: await owner(
      sql`select person_id, area, kind, since, source from people_care order by person_id, kind`,
    ),
    sums: await owner(
      sql`select area, season, bucket, sum(n) n from people_count group by 1, 2, 3 having sum(n) <> 0 order by 1, 2, 3`,
    ),
    tokens: await owner(sql`select count(*) from people_name_token`),
  };
}

const idOf = async (id: string): Promise<string> =>
  (
    await owner<{ id: string }>(
      sql`select id from people_person where id_tail = ${id.slice(-4)} and name <> ''`,
    )
  )[0]?.id ?? '';

describe('an import taken back', () => {
  it('leaves the books as they were: new people gone, changed ones as before', async () => {
    const [a, b] = [person(), person({ group: '' })];
    await importRows([a, b]);
    const before = await books();
    const second = await importRows([
      { ...a, phone: '19900099001', education: '高中', household: '777', to: '广东省深圳市宝安区' },
      { ...b, name: '秦改名', group: '脱贫户' },
      person(),
      person(),
    ]);
    expect(second.reply).toMatchObject({ created: 2, updated: 2 });
    expect(await books()).not.toEqual(before);
    const key = newId();
    const done = await undo(second.id, town, key);
    expect(done).toMatchObject({ status: 200, body: { removed: 2, restored: 2, left: 0, leftPeople: [] } });
    expect(await books()).toEqual(before);
    expect((await undo(second.id, town, key)).raw).toBe(done.raw);
    expect((await undo(second.id)).body.code).toBe('people.import_undone');
    const told = await owner<{ type: string }>(
      sql`select type from journal where type in ('people.person_removed', 'people.import_undone')`,
    );
    expect(told.map((it) => it.type).sort()).toEqual([
      'people.import_undone',
      'people.person_removed',
      'people.person_removed',
    ]);
  });

  it('can be brought in again', async () => {
    const rows = [person(), person()];
    const first = await importRows(rows);
    await undo(first.id);
    expect((await importRows(rows)).reply).toMatchObject({ created: 2, updated: 0 });
  });

  it('leaves whoever was changed since, whole, and names them', async () => {
    const [a, b, c] = [person(), person(), person()];
    await importRows([c]);
    const { id } = await importRows([a, b, { ...c, education: '高中', phone: '19900099010' }]);
    await post(town, `/api/people/${await idOf(a.id)}/record`, { edit: { nation: '苗族' }, key: newId() });
    await post(town, `/api/people/${await idOf(c.id)}/record`, { edit: { education: '小学' }, key: newId() });
    const done = await undo(id);
    expect(done.body).toMatchObject({ removed: 1, restored: 0, left: 2 });
    expect(done.body.leftPeople.map((it: { why: string }) => it.why)).toEqual([
      'changedSince',
      'changedSince',
    ]);
    const stands = await owner<{ education: string; phone_tail: string }>(
      sql`select education, phone_tail from people_person where id = ${await idOf(c.id)}`,
    );
    expect(stands).toEqual([{ education: '小学', phone_tail: '9010' }]);
    expect(await idOf(b.id)).toBe('');
  });

  it('does not mind a change of something else', async () => {
    const a = person();
    await importRows([a]);
    const { id } = await importRows([{ ...a, education: '高中' }]);
    await post(town, `/api/people/${await idOf(a.id)}/record`, { edit: { nation: '苗族' }, key: newId() });
    expect((await undo(id)).body).toMatchObject({ restored: 1, left: 0 });
    const stands = await owner(
      sql`select education, nation from people_person where id = ${await idOf(a.id)}`,
    );
    expect(stands).toEqual([{ education: '初中', nation: '苗族' }]);
  });

  it('loses nothing that hangs on somebody new: a difficulty told, a word on consent, a need that somebody works on', async () => {
    const rows = [person(), person(), person(), person()];
    const { id } = await importRows(rows);
    const [a, b, c] = await Promise.all(rows.map((it) => idOf(it.id)));
    await owner(sql`insert into people_difficulty (id, season, person_id, area, kind, channel, status, told_at, due)
      select ${newId()}::uuid, ${SEASON}, id, area, 'pay', 'phone', 'told', now(), '2022-02-20' from people_person where id = ${a}`);
    await owner(sql`insert into people_consent (person_id, purpose, area, state, how, at, actor)
      select id, 'showToEmployer', area, 'withdrawn', 'phone', now(), 'x' from people_person where id = ${b}`);
    await owner(sql`update people_need set status = 'taken' where person_id = ${c}`);
    expect((await undo(id)).body).toMatchObject({ removed: 1, left: 3 });
    const kept = await owner(sql`select id from people_person where id in (${a}, ${b}, ${c})`);
    expect(kept).toHaveLength(3);
  });

  it('leaves a wish that an office has changed or withdrawn since, of somebody new and of somebody known', async () => {
    const [a, b, c] = [person(), person(), person()];
    await importRows([b]);
    const { id } = await importRows([a, { ...b, to: '广东省深圳市宝安区' }, c]);
    const wish = {
      kind: 'sameJob',
      mode: 'ownCar',
      destination: '330302',
      gateText: null,
      earliest: null,
      latest: null,
    };
    const said = {
      season: SEASON,
      wish: { ...wish, wheelchair: false, mayPart: false, remark: null },
      key: newId(),
    };
    expect((await post(town, `/api/people/${await idOf(a.id)}/wish`, said)).status).toBe(200);
    const back = { season: SEASON, why: 'staysHome', key: newId() };
    expect((await post(town, `/api/people/${await idOf(b.id)}/wish/withdraw`, back)).status).toBe(200);
    expect((await undo(id)).body).toMatchObject({ removed: 1, restored: 0, left: 2 });
    const stands = await owner(sql`select w.mode, w.status from people_wish w
      where w.person_id in (${await idOf(a.id)}, ${await idOf(b.id)}) order by w.mode`);
    expect(stands).toEqual([
      { mode: 'ours', status: 'withdrawn' },
      { mode: 'ownCar', status: 'recorded' },
    ]);
  });

  it('leaves whoever has a way of ours', async () => {
    const a = person();
    const { id } = await importRows([a]);
    await owner(sql`insert into trips_itinerary (id, season, person_id, identity, wish_id, area, party, status, ticket_index, made_at)
      select ${newId()}, w.season, p.id, p.identity, w.id, p.area, w.party, 'seated', sha256('x'), now()
      from people_person p join people_wish w on w.person_id = p.id where p.id = ${await idOf(a.id)}`);
    const done = await undo(id);
    expect(done.body).toMatchObject({ removed: 0, left: 1, leftPeople: [{ why: 'hasWay' }] });
    expect(await idOf(a.id)).not.toBe('');
  });

  it('is refused after thirty days, and to another district as one that never was', async () => {
    const { id } = await importRows([person()]);
    const [foreign, none] = [await undo(id, elsewhere), await undo(newId(), elsewhere)];
    expect([foreign.status, foreign.body.code]).toEqual([none.status, none.body.code]);
    await owner(sql`update people_import set at = '2022-01-11T17:00:00+08:00' where id = ${id}`);
    expect((await undo(id)).body).toMatchObject({ code: 'people.import_too_old', facts: { days: 30 } });
    await owner(sql`update people_import set at = '2022-01-12T17:00:00+08:00' where id = ${id}`);
    expect((await undo(id)).status).toBe(200);
  });
});
