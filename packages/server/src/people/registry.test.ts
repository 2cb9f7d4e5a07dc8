import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestHouse, testHouse } from '../offices/testing.ts';
import { newId } from '../platform/ids.ts';
import { asOwner } from '../platform/owner.ts';
import { fictionalId } from './roster-samples-files.ts';
import { routes } from './routes.ts';

const TOWN = '500156101000';
const VILLAGE = '500156101203';
const OTHER_VILLAGE = '500156101200';
const SEASON = '2022-spring';

let house: TestHouse;
let town = { cookie: '' };
let elsewhere = { cookie: '' };
let born = 0;

beforeAll(async () => {
  house = await testHouse(routes);
  await owner((tx) =>
    sql`update offices_clock set mode = 'stands', at = '2022-02-11T17:00:00+08:00'`.execute(tx),
  );
  town = await house.signIn('townOfficer', TOWN);
  elsewhere = await house.signIn('districtOfficer', '500112000000');
});
afterAll(() => house.close());

const owner = <T>(run: Parameters<typeof asOwner<T>>[2]) =>
  asOwner(house.fresh.adminUrl, house.fresh.city, run);

async function rows<T>(query: ReturnType<typeof sql<T>>): Promise<T[]> {
  return await owner(async (tx) => (await query.execute(tx)).rows);
}

async function get(who: { cookie: string }, url: string) {
  const answer = await house.app.inject({ method: 'GET', url, headers: { cookie: who.cookie } });
  return { status: answer.statusCode, body: answer.json() };
}

async function post(who: { cookie: string }, url: string, payload: object) {
  const answer = await house.app.inject({ method: 'POST', url, headers: { cookie: who.cookie }, payload });
  return { status: answer.statusCode, body: answer.json(), raw: answer.body };
}

/** Somebody on the books of the town, by a number of the own. */
async function somebody(name = '谭秋实'): Promise<string> {
  born += 1;
  const idNumber = fictionalId('1985-03-05', born);
  const phone = `199000${String(10_000 + born)}`;
  const added = await post(town, '/api/people', {
    season: SEASON,
    name,
    idNumber,
    phone,
    area: VILLAGE,
    key: newId(),
  });
  expect(added.status).toBe(200);
  return added.body.personId;
}

const record = async (id: string) => (await get(town, `/api/people/${id}/record`)).body;
const edit = (id: string, said: object, who = town) =>
  post(who, `/api/people/${id}/record`, { edit: said, key: newId() });
const write = (id: string, part: string, value: object, recordId?: string) =>
  post(town, `/api/people/${id}/parts`, {
    write: { part, value },
    ...(recordId && { recordId }),
    key: newId(),
  });
const undo = (id: string, change: string) =>
  post(town, `/api/people/${id}/history/${change}/undo`, { key: newId() });

const SPELL = {
  county: '500112',
  employer: '样例电子',
  occupation: '装配工',
  monthlyPayFen: 520_000,
  fromDay: '2021-03-01',
  toDay: '2021-12-31',
  source: 'declared',
};

describe('a person’s record', () => {
  it('takes what an office types and keeps what stood there', async () => {
    const id = await somebody();
    const said = {
      education: '初中',
      relation: '户主',
      laborAbility: 'skilled',
      household: '017',
      phoneOwner: 'self',
      address: '三组',
    };
    const done = await edit(id, said);
    expect(done).toMatchObject({
      status: 200,
      body: { fields: expect.arrayContaining(['education', 'household']) },
    });
    const { facts, history } = await record(id);
    expect(facts).toMatchObject({
      education: '初中',
      relation: '户主',
      laborAbility: 'skilled',
      household: '017',
      address: '三组',
    });
    expect(history[0]).toMatchObject({
      part: 'person',
      mayUndo: true,
      before: { education: null, household: null },
    });
    expect((await edit(id, said)).body).toEqual({ fields: [] });
  });

  it('does a change twice asked once', async () => {
    const id = await somebody();
    const asked = { edit: { nation: '苗族' }, key: newId() };
    const [one, two] = [
      await post(town, `/api/people/${id}/record`, asked),
      await post(town, `/api/people/${id}/record`, asked),
    ];
    expect([one.status, two.raw]).toEqual([200, one.raw]);
    expect((await record(id)).history).toHaveLength(1);
  });

  it('names what cannot be, and writes nothing', async () => {
    const [id, other] = [await somebody(), await somebody()];
    const taken = await rows(
      sql<{ tail: string }>`select id_tail tail from people_person where id = ${other}`,
    );
    expect(taken).toHaveLength(1);
    const refused = await Promise.all([
      edit(id, { idNumber: fictionalId('1985-03-05', born) }),
      edit(id, { idNumber: '50023319850305' }),
      edit(id, { idNumber: fictionalId('1985-03-05', 900), birth: '1985-03-06' }),
      edit(id, { phone: '138/139' }),
      edit(id, { phone: '19900010001、19900010002' }),
      edit(id, { area: '500112001000' }),
      edit(id, { name: '？' }),
    ]);
    expect(refused.map((it) => [it.status, it.body.code])).toEqual([
      [409, 'people.already_registered'],
      [409, 'people.id_length'],
      [409, 'people.birth_differs_from_id'],
      [409, 'people.phone_length'],
      [409, 'people.one_phone_a_field'],
      [404, 'people.no_such_area'],
      [409, expect.stringMatching(/^people\./)],
    ]);
    expect((await record(id)).history).toEqual([]);
  });

  it('is nobody’s of another district: as one that never existed', async () => {
    const id = await somebody();
    const asks = [id, newId()].map(async (it) => [
      await get(elsewhere, `/api/people/${it}/record`),
      await edit(it, { nation: '苗族' }, elsewhere),
    ]);
    const [foreign, none] = await Promise.all(asks);
    expect(foreign?.map((it) => it.status)).toEqual([404, 404]);
    expect(foreign?.map((it) => it.body.code)).toEqual(none?.map((it) => it.body.code));
  });

  it('moves with its parts, wish and care to another village', async () => {
    const id = await somebody();
    await write(id, 'spell', SPELL);
    await write(id, 'care', { kind: 'hardToEmploy', since: '2021-05-01', until: null, source: '镇社保所' });
    expect((await edit(id, { area: OTHER_VILLAGE })).status).toBe(200);
    const areas = await rows(
      sql<{
        area: string;
      }>`select area from people_spell where person_id = ${id} union select area from people_care where person_id = ${id}`,
    );
    expect(areas).toEqual([{ area: OTHER_VILLAGE }]);
  });

  it('shows numbers by their tails only, and leaves a row in the audit', async () => {
    const id = await somebody();
    await edit(id, { phone: '19911112222' });
    const read = await record(id);
    expect(read.history[0].before.phone).toMatch(/^•••• \d{4}$/);
    expect(JSON.stringify(read)).not.toMatch(/199\d{8}/);
    const audit = await rows(
      sql`select 1 from offices_audit where subject = ${id} and action = 'people.record_read'`,
    );
    expect(audit.length).toBe(1);
  });
});

describe('spells of work', () => {
  it('stand one after the other, never over each other', async () => {
    const id = await somebody();
    expect((await write(id, 'spell', SPELL)).status).toBe(200);
    const next = { ...SPELL, fromDay: '2021-12-31', toDay: null };
    expect((await write(id, 'spell', next)).status).toBe(200);
    const over = await write(id, 'spell', { ...SPELL, fromDay: '2021-06-01', toDay: '2021-06-30' });
    expect(over).toMatchObject({ status: 409, body: { code: 'people.spell_overlaps' } });
    const bad = [
      { ...SPELL, fromDay: '2020-05-01', toDay: '2020-04-01' },
      { ...SPELL, fromDay: '2022-05-01', toDay: null },
      { ...SPELL, county: '999999', fromDay: '2019-01-01', toDay: '2019-02-01' },
    ];
    const said = await Promise.all(bad.map(async (it) => (await write(id, 'spell', it)).body.code));
    expect(said).toEqual(['people.spell_reversed', 'people.spell_ahead', 'people.no_such_place']);
    const { spells } = await record(id);
    expect(spells.map((it: { fromDay: string }) => it.fromDay)).toEqual(['2021-12-31', '2021-03-01']);
  });

  it('are doubted as the national checks doubt them, and taken', async () => {
    const id = await somebody();
    await edit(id, { laborAbility: 'none' });
    const done = await write(id, 'spell', { ...SPELL, toDay: null, monthlyPayFen: 5200 });
    expect(done.body.doubts).toEqual(['people.pay_doubtful', 'people.unable_yet_working']);
    const early = await write(id, 'spell', { ...SPELL, fromDay: '2000-01-01', toDay: '2000-12-31' });
    expect(early.body.doubts).toEqual(['people.worked_under_sixteen']);
  });
});

describe('certificates and care groups', () => {
  it('keep a number under seal', async () => {
    const id = await somebody();
    await write(id, 'certificate', {
      name: '焊工证',
      level: '中级',
      number: 'CQ-7781234',
      issuedDay: '2019-05-01',
      expiresDay: null,
    });
    const [row] = await rows(
      sql<{ number_sealed: Buffer }>`select number_sealed from people_certificate where person_id = ${id}`,
    );
    expect(row?.number_sealed.toString('latin1')).not.toContain('7781234');
    expect((await record(id)).certificates).toMatchObject([{ name: '焊工证', number: 'CQ-7781234' }]);
  });

  it('are told to nobody in the history’s open columns', async () => {
    const id = await somebody();
    const care = { kind: 'personWithDisability', since: '2020-01-01', until: null, source: '残联' };
    expect((await write(id, 'care', care)).status).toBe(200);
    expect((await write(id, 'care', care)).body.code).toBe('people.in_group_already');
    const open = await rows(sql`select part, record, fields from people_history where person_id = ${id}`);
    expect(open).toEqual([{ part: 'person', record: null, fields: [] }]);
    const told = await rows(
      sql<{
        data: object;
      }>`select data from journal where subject = ${id} and type = 'people.person_changed'`,
    );
    expect(JSON.stringify(told)).not.toContain('isability');
    expect((await record(id)).history[0]).toMatchObject({ part: 'care', before: null, mayUndo: true });
  });
});

describe('undo', () => {
  it('takes a change of the person back, numbers and home too, and can itself be undone', async () => {
    const id = await somebody();
    const { facts: before } = await record(id);
    await edit(id, {
      name: '谭秋石',
      phone: '19911113333',
      phone2: '19911114444',
      area: OTHER_VILLAGE,
      gender: 'female',
    });
    const changed = await record(id);
    expect(changed.facts).toMatchObject({
      name: '谭秋石',
      phoneTail: '3333',
      hasSecondPhone: true,
      area: OTHER_VILLAGE,
    });
    expect((await undo(id, changed.history[0].id)).status).toBe(200);
    const back = await record(id);
    expect(back.facts).toEqual(before);
    expect((await undo(id, back.history[0].id)).status).toBe(200);
    expect((await record(id)).facts).toEqual(changed.facts);
  });

  it('takes parts back: added, changed and taken off', async () => {
    const id = await somebody();
    const { recordId } = (await write(id, 'skill', { name: '电焊', years: 3, source: 'declared' })).body;
    await write(id, 'skill', { name: '电焊', years: 5, source: 'certificate' }, recordId);
    const taken = await post(town, `/api/people/${id}/parts/remove`, {
      recordId,
      part: 'skill',
      key: newId(),
    });
    expect(taken.status).toBe(200);
    const [removed] = (await record(id)).history;
    expect((await undo(id, removed.id)).status).toBe(200);
    expect((await record(id)).skills).toEqual([
      { id: recordId, name: '电焊', years: 5, source: 'certificate' },
    ]);
    const changes = (await record(id)).history;
    expect((await undo(id, changes[0].id)).status).toBe(200);
    expect((await record(id)).skills).toEqual([]);
  });

  it('refuses what somebody has changed since, and what is undone', async () => {
    const id = await somebody();
    await edit(id, { education: '初中' });
    await edit(id, { education: '高中' });
    const { history } = await record(id);
    const [later, earlier] = history;
    expect(history.map((it: { mayUndo: boolean }) => it.mayUndo)).toEqual([true, false]);
    expect((await undo(id, earlier.id)).body.code).toBe('people.changed_since');
    expect((await undo(id, later.id)).status).toBe(200);
    expect((await undo(id, later.id)).body.code).toBe('people.undone_already');
  });

  it('does not bring back a number that another person has now', async () => {
    const [id, other] = [await somebody(), await somebody()];
    const number = fictionalId('1985-03-05', born - 1);
    await edit(id, { idNumber: '' });
    expect((await edit(other, { idNumber: number })).status).toBe(200);
    const { history } = await record(id);
    expect((await undo(id, history[0].id)).body.code).toBe('people.already_registered');
    expect((await record(id)).facts.idTail).toBe('');
  });
});
