import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestHouse, testHouse } from '../offices/testing.ts';
import { newId } from '../platform/ids.ts';
import { copyRows } from '../platform/journal.ts';
import { asOwner } from '../platform/owner.ts';
import { writeRosterSamples } from './roster-samples.ts';
import { fictionalId } from './roster-samples-files.ts';
import { routes } from './routes.ts';
import { sealedId, sealedPhone } from './sealed-numbers.ts';

const TOWN = '500156101000';
const VILLAGE = '500156101203';
const SEASON = '2022-spring';
const ID = fictionalId('1971-03-05', 41);

let house: TestHouse;
let folder = '';
let town = { id: '', cookie: '' };
let elsewhere = { id: '', cookie: '' };
let broker = { id: '', cookie: '' };
let samples = new Map<string, string>();

beforeAll(async () => {
  house = await testHouse(routes);
  await asOwner(house.fresh.adminUrl, house.fresh.city, (tx) =>
    sql`update offices_clock set mode = 'stands', at = '2022-02-11T17:00:00+08:00'`.execute(tx),
  );
  town = await house.signIn('townOfficer', TOWN);
  elsewhere = await house.signIn('districtOfficer', '500112000000');
  broker = await house.signIn('laborBroker', TOWN);
  folder = await mkdtemp(join(tmpdir(), 'routes-'));
  samples = new Map((await writeRosterSamples(folder)).map((it) => [it.headers, it.path]));
});
afterAll(async () => {
  await house.close();
  await rm(folder, { recursive: true, force: true });
});

type Who = { cookie: string };

async function get(who: Who, url: string) {
  const answer = await house.app.inject({ method: 'GET', url, headers: { cookie: who.cookie } });
  return { status: answer.statusCode, body: answer.json() };
}

async function post(who: Who, url: string, payload: object) {
  const answer = await house.app.inject({ method: 'POST', url, headers: { cookie: who.cookie }, payload });
  return { status: answer.statusCode, body: answer.json(), raw: answer.body };
}

const find = (who: Who, text: string) => post(who, '/api/people/find', { text });

async function send(who: Who, path: string, fields: Record<string, string>) {
  const edge = '----roster';
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${edge}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const head = `--${edge}\r\ncontent-disposition: form-data; name="file"; filename="roster.xlsx"\r\ncontent-type: application/octet-stream\r\n\r\n`;
  const payload = Buffer.concat([
    Buffer.from(parts.join('')),
    Buffer.from(head),
    await readFile(path),
    Buffer.from(`\r\n--${edge}--\r\n`),
  ]);
  const answer = await house.app.inject({
    method: 'POST',
    url: '/api/people/uploads',
    headers: { cookie: who.cookie, 'content-type': `multipart/form-data; boundary=${edge}` },
    payload,
  });
  return { status: answer.statusCode, body: answer.json() };
}

const count = async (table: string, where = 'true') => {
  const { rows } = await asOwner(house.fresh.adminUrl, house.fresh.city, (tx) =>
    sql<{ n: number }>`select count(*) n from ${sql.table(table)} where ${sql.raw(where)}`.execute(tx),
  );
  return rows[0]?.n ?? -1;
};

const person = (over: object = {}) => ({
  season: SEASON,
  name: '谭秋实',
  idNumber: ID,
  phone: '19900000041',
  area: VILLAGE,
  key: newId(),
  ...over,
});

const wish = (over: object = {}) => ({
  kind: 'sameJob',
  mode: 'ours',
  destination: '330302',
  gateText: '样例鞋业二厂',
  earliest: '2022-02-13',
  latest: '2022-02-14',
  wheelchair: false,
  mayPart: false,
  remark: null,
  ...over,
});

let tan = '';

describe('adding a person by hand', () => {
  it('registers, once for the same key, and refuses the same number again', async () => {
    const body = person();
    const first = await post(town, '/api/people', body);
    expect(first.status).toBe(200);
    tan = first.body.personId;
    expect((await post(town, '/api/people', body)).raw).toBe(first.raw);
    expect(await count('people_person')).toBe(1);
    expect(await count('journal', "type = 'people.person_registered'")).toBe(1);
    expect((await post(town, '/api/people', person())).body.code).toBe('people.already_registered');
  });

  it('refuses a bad number, a village of others, and who may not', async () => {
    expect((await post(town, '/api/people', person({ idNumber: ID.slice(0, 17) }))).body.code).toBe(
      'people.id_length',
    );
    expect((await post(town, '/api/people', person({ area: '500112001000' }))).body.code).toBe(
      'people.no_such_area',
    );
    expect((await post(broker, '/api/people', person())).status).toBe(403);
    expect((await post({ cookie: '' }, '/api/people', person())).status).toBe(401);
  });
});

describe('a wish by hand', () => {
  const path = () => `/api/people/${tan}/wish`;

  it('is recorded, once for the same key, and changed', async () => {
    const body = { season: SEASON, wish: wish(), key: newId() };
    const first = await post(town, path(), body);
    expect(first.body).toMatchObject({ changed: true });
    expect((await post(town, path(), body)).raw).toBe(first.raw);
    expect(await count('people_wish')).toBe(1);
    expect((await post(town, path(), { season: SEASON, wish: wish() })).body).toMatchObject({
      changed: false,
    });
    expect(
      (await post(town, path(), { season: SEASON, wish: wish({ wheelchair: true }) })).body.changed,
    ).toBe(true);
    expect(await count('journal', "type = 'people.wish_recorded'")).toBe(1);
    expect(await count('journal', "type = 'people.wish_changed'")).toBe(1);
  });

  it('is refused where it cannot be', async () => {
    const said = async (over: object) =>
      (await post(town, path(), { season: SEASON, wish: wish(over) })).body.code;
    expect(await said({ latest: '2022-02-12' })).toBe('people.wish_days_reversed');
    expect(await said({ destination: null })).toBe('people.wish_needs_destination');
    expect(await said({ destination: '999999' })).toBe('people.no_such_place');
    expect(await said({ extra: 1 })).toBe('basics.bad_input');
  });

  it('is withdrawn once, and recorded again by a change', async () => {
    const body = { season: SEASON, why: 'staysHome', key: newId() };
    const first = await post(town, `${path()}/withdraw`, body);
    expect(first.status).toBe(200);
    expect((await post(town, `${path()}/withdraw`, body)).raw).toBe(first.raw);
    expect((await post(town, `${path()}/withdraw`, { ...body, key: newId() })).body.code).toBe(
      'people.wish_not_live',
    );
    expect((await post(town, path(), { season: SEASON, wish: wish() })).body.changed).toBe(true);
    expect(await count('people_wish', "status = 'recorded'")).toBe(1);
  });

  it('of another office answers like one that never was', async () => {
    const missing = `/api/people/${newId()}/wish`;
    const body = { season: SEASON, wish: wish() };
    expect((await post(elsewhere, path(), body)).raw).toBe((await post(elsewhere, missing, body)).raw);
    const back = { season: SEASON, why: 'mistake' };
    expect((await post(elsewhere, `${path()}/withdraw`, back)).raw).toBe(
      (await post(elsewhere, `${missing}/withdraw`, back)).raw,
    );
    expect((await post(broker, path(), body)).status).toBe(403);
  });
});

describe('reading', () => {
  it('finds by initials, pinyin, name, tails and whole numbers; others find nobody', async () => {
    for (const text of ['tqs', 'tanqiu', '谭秋', '秋实', ID.slice(-4), '0041', '041', ID, '19900000041']) {
      const { body } = await find(town, text);
      expect([text, body.people.map((it: { id: string }) => it.id)]).toEqual([text, [tan]]);
      const other = await find(elsewhere, text);
      expect(other.body.people).toEqual([]);
    }
    expect((await find(town, '%')).body.people).toEqual([]);
  });

  it('finds the people of a village by its name, after those of that name, and nobody of another office’s', async () => {
    const { rows } = await asOwner(house.fresh.adminUrl, house.fresh.city, (tx) =>
      sql<{ name: string }>`select name from offices_area where code = ${VILLAGE}`.execute(tx),
    );
    const village = rows[0]?.name ?? '';
    expect((await find(town, village)).body.people.map((it: { id: string }) => it.id)).toEqual([tan]);
    expect((await find(town, village.slice(0, 1))).body.people).toEqual([]);
    expect((await find(elsewhere, village)).body.people).toEqual([]);
  });

  it('shows a person without whole numbers, and others nobody', async () => {
    const { status, body } = await get(town, `/api/people/${tan}?season=${SEASON}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ person: { name: '谭秋实', hasId: true }, wish: { destination: '330302' } });
    expect(JSON.stringify(body)).not.toContain(ID);
    expect((await get(elsewhere, `/api/people/${tan}?season=${SEASON}`)).status).toBe(404);
  });

  it('opens a number with a purpose and leaves an audit row; without rights neither', async () => {
    const path = `/api/people/${tan}/number?what=idNumber&purpose=checkPapers`;
    expect((await get(town, path)).body).toEqual({ number: ID });
    expect(await count('offices_audit', `action = 'people.number_revealed' and actor = '${town.id}'`)).toBe(
      1,
    );
    expect((await get(elsewhere, path)).status).toBe(404);
    expect((await get(broker, path)).status).toBe(403);
    expect((await get(town, `/api/people/${tan}/number?what=idNumber`)).status).toBe(400);
    expect(await count('offices_audit', `action = 'people.number_revealed'`)).toBe(1);
    expect(await count('request', `reply like '%${ID}%'`)).toBe(0);
  });

  it('shows a labor broker the own ledger only', async () => {
    await asOwner(house.fresh.adminUrl, house.fresh.city, (tx) =>
      sql`update people_person set ledger_office = (select office_id from offices_staff where id = ${broker.id})`.execute(
        tx,
      ),
    );
    expect((await get(broker, `/api/people/${tan}?season=${SEASON}`)).body.person).toMatchObject({
      careGroups: [],
    });
  });
});

describe('a roster through the page', () => {
  const fields = { season: SEASON, area: TOWN };
  const file = () => samples.get('two-row merged header of a town') ?? '';
  let upload = '';

  it('is taken, shown with its bad cells, and lies sealed', async () => {
    const taken = await send(town, file(), fields);
    expect(taken.status).toBe(200);
    upload = taken.body.uploadId;
    const { body } = await get(town, `/api/people/uploads/${upload}`);
    expect(body).toMatchObject({
      file: 'roster.xlsx',
      sheet: '汇总',
      rows: 9,
      good: 5,
      bad: 4,
      remembered: false,
    });
    // 谭秋实 is on the books by hand already.
    expect(body.would).toEqual({ created: 4, updated: 1, unchanged: 0 });
    const bad = body.badRows.find((it: { row: number }) => it.row === 8);
    expect(bad.cells.phone).toBe('1990000057');
    expect(bad.cells.idNumber).toMatch(/^•{14}.{4}$/);
    expect(await count('people_upload', "encode(sealed, 'escape') like '%1990000057%'")).toBe(0);
    expect((await get(elsewhere, `/api/people/uploads/${upload}`)).body.code).toBe('people.upload_gone');
    expect((await get(broker, `/api/people/uploads/${upload}`)).status).toBe(403);
  });

  it('is refused where it is no roster, or the area is not the own', async () => {
    const image = join(folder, 'no.xlsx');
    await import('node:fs/promises').then((fs) => fs.writeFile(image, '%PDF-1.4'));
    expect((await send(town, image, fields)).body.code).toBe('basics.file_not_spreadsheet');
    expect((await send(town, file(), { ...fields, area: '500112000000' })).status).toBe(404);
    expect((await send(broker, file(), fields)).status).toBe(403);
  });

  it('takes fixes and column choices; refused writing leaves everything as it was', async () => {
    const path = `/api/people/uploads/${upload}`;
    const refused = await post(town, `${path}/commit`, { skipBad: false });
    expect(refused.body).toMatchObject({ code: 'people.roster_has_bad_rows', facts: { bad: 4 } });
    const before = await count('people_person');
    const fixes = [
      { row: 8, field: 'phone', value: '19900000057' },
      { row: 9, field: 'departDate', value: '2/13' },
      { row: 10, skip: true },
    ];
    const key = newId();
    expect((await post(town, `${path}/fix`, { fixes, mapping: { O: null }, key })).status).toBe(200);
    expect((await post(town, `${path}/fix`, { fixes, mapping: { O: null }, key })).status).toBe(200);
    const { body } = await get(town, path);
    expect(body).toMatchObject({ good: 7, bad: 1, skipped: 1 });
    expect(body.columns.find((it: { letter: string }) => it.letter === 'O')).toMatchObject({ field: null });
    expect(await count('people_person')).toBe(before);
    expect((await post(elsewhere, `${path}/fix`, { fixes: [] })).body.code).toBe('people.upload_gone');
    expect((await post(elsewhere, `${path}/commit`, { skipBad: true })).body.code).toBe('people.upload_gone');
  });

  it('is written once, forgotten, and its columns are remembered', async () => {
    const path = `/api/people/uploads/${upload}`;
    const body = { skipBad: true, key: newId() };
    const first = await post(town, `${path}/commit`, body);
    expect(first.body).toMatchObject({ created: 6, updated: 1, unchanged: 0, rows: 9 });
    expect((await post(town, `${path}/commit`, body)).raw).toBe(first.raw);
    expect(await count('people_upload')).toBe(0);
    const again = await send(town, file(), fields);
    const view = await get(town, `/api/people/uploads/${again.body.uploadId}`);
    expect(view.body).toMatchObject({ remembered: true, would: { created: 0 } });
    const gone = await post(town, `/api/people/uploads/${again.body.uploadId}/discard`, { key: newId() });
    expect(gone.status).toBe(200);
    expect(await count('people_upload')).toBe(0);
  });
});

it('finds anyone among 35,000 people, twenty at most', async () => {
  const { secrets } = house.services;
  const families = [...'谭冉向周罗何田代文蒲'];
  const keys = { secrets, indexNo: 1, nextNo: null };
  const rows = Array.from({ length: 35_000 }, (_, i) => {
    const id = newId();
    return {
      id,
      identity: newId(),
      area: VILLAGE,
      name: `${families[i % 10]}${'秋实禾穗云山'.charAt(i % 6)}${i}`,
      pinyin: `Tan Q${i}`,
      initials: `x${String.fromCharCode(97 + (i % 26))}${i % 97}`,
      id_kind: 'eighteen',
      ...sealedId(keys, id, VILLAGE, `5002991980010${String(i).padStart(5, '0')}`),
      ...sealedPhone(keys, id, VILLAGE, `198${String(i).padStart(8, '0')}`),
      channel: 'import',
      registered_at: '2022-02-01T08:00:00+08:00',
      registered_by: town.id,
    };
  });
  await asOwner(house.fresh.adminUrl, house.fresh.city, async (tx) => {
    await copyRows(tx, 'people_person', Object.keys(rows[0] ?? {}), rows);
    await sql`analyze people_person`.execute(tx);
  });
  for (const text of ['tqs', '谭秋实', '0041', '19800012345', '云']) {
    const { body } = await find(town, text);
    expect(body.people.length).toBeGreaterThan(0);
    expect(body.people.length).toBeLessThanOrEqual(20);
  }
});
