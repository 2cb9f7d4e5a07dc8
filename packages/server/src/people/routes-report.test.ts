import { doubtsOf, readLayout } from '@fangang/domain/people/report-layout.ts';
import ExcelJS from 'exceljs';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestHouse, testHouse } from '../offices/testing.ts';
import { newId } from '../platform/ids.ts';
import { asOwner } from '../platform/owner.ts';
import { readyLayouts } from './report-ready.ts';
import { fictionalId } from './roster-samples-files.ts';
import { routes } from './routes.ts';

const TOWN = '500156101000';
const VILLAGE = '500156101203';
const DISTRICT = '500156000000';
const SEASON = '2022-spring';

let house: TestHouse;
let town = { cookie: '' };
let neighbor = { cookie: '' };
const ids: string[] = [];
const numbers: string[] = [];

const owner = <T>(run: Parameters<typeof asOwner<T>>[2]) =>
  asOwner(house.fresh.adminUrl, house.fresh.city, run);

beforeAll(async () => {
  house = await testHouse(routes);
  await owner((tx) =>
    sql`update offices_clock set mode = 'stands', at = '2022-02-11T17:00:00+08:00'`.execute(tx),
  );
  town = await house.signIn('townOfficer', TOWN);
  neighbor = await house.signIn('districtOfficer', '500112000000');
  for (const [i, name] of ['谭秋实', '=谭方程', '谭春华'].entries()) {
    const idNumber = fictionalId('1985-03-05', i + 1);
    numbers.push(idNumber);
    const body = { season: SEASON, name, idNumber, phone: `1990000000${i}`, area: VILLAGE, key: newId() };
    const added = await post(town, '/api/people', { ...body, name: name.replace('=', '') });
    expect(added.status).toBe(200);
    ids.push(added.body.personId);
    // What a name may not begin with when it is typed stands in old books all the same.
    await owner((tx) =>
      sql`update people_person set name = ${name} where id = ${added.body.personId}`.execute(tx),
    );
  }
  await owner(async (tx) => {
    await sql`insert into people_wish (id, season, person_id, identity, area, kind, mode, destination, party, status, recorded_at)
      select gen_random_uuid(), ${SEASON}, p.id, p.identity, p.area, case when p.name = '谭春华' then 'stayHome' else 'sameJob' end, 'ours', '440310', p.id,
        'confirmed', now() from people_person p on conflict (season, person_id) do update set kind = excluded.kind, mode = excluded.mode,
        destination = excluded.destination, status = excluded.status`.execute(tx);
    await sql`insert into people_care (person_id, area, kind, since, source) values (${ids[0]}, ${VILLAGE}, 'personWithDisability', '2021-01-01', 'x')`.execute(
      tx,
    );
  });
});
afterAll(() => house.close());

async function get(who: { cookie: string }, url: string) {
  const answer = await house.app.inject({ method: 'GET', url, headers: { cookie: who.cookie } });
  return {
    status: answer.statusCode,
    body: String(answer.headers['content-type']).includes('json') ? answer.json() : null,
    raw: answer.rawPayload,
  };
}

async function post(who: { cookie: string }, url: string, payload: object) {
  const answer = await house.app.inject({ method: 'POST', url, headers: { cookie: who.cookie }, payload });
  return { status: answer.statusCode, body: answer.json() };
}

async function upload(who: { cookie: string }, bytes: Buffer, name = '空表.xlsx') {
  const boundary = 'boundary-of-this-test';
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="key"\r\n\r\n${newId()}\r\n--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${encodeURI(name)}"\r\ncontent-type: application/octet-stream\r\n\r\n`;
  const answer = await house.app.inject({
    method: 'POST',
    url: '/api/people/reports',
    headers: { cookie: who.cookie, 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  });
  return { status: answer.statusCode, body: answer.json() };
}

/** Header of two rows, a total with a formula, counts above, a signature below. */
async function blank(extra?: string): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('花名册');
  sheet.mergeCells('A1:H1');
  sheet.getCell('A1').value = '节后返岗人员花名册';
  sheet.getRow(2).values = ['填报单位：', null, '总人数：', null, '残疾人数：', null];
  sheet.getRow(3).values = ['序号', '姓名', '身份证号码', '性别', '文化程度', '返岗目的地', null, null];
  sheet.mergeCells('F3:H3');
  sheet.getRow(4).values = ['序号', '姓名', '身份证号码', '性别', '文化程度', '省', '市', '县'];
  for (const column of ['A', 'B', 'C', 'D', 'E']) sheet.mergeCells(`${column}3:${column}4`);
  if (extra) sheet.getCell('I4').value = extra;
  sheet.getCell('B5').font = { name: '仿宋', size: 14 };
  sheet.getCell('A6').value = '合计';
  sheet.getCell('B6').value = { formula: 'COUNTA(B5:B5)', result: 0 };
  sheet.getCell('A7').value = '填表人：';
  return Buffer.from(await book.xlsx.writeBuffer());
}

const FILTER = { season: SEASON, area: TOWN, status: 'all', kind: '' };
const SETTINGS = {
  idMask: 'firstSixLastFour',
  phones: 'lastFour',
  difference: false,
  purpose: 'superiorReport',
};
const fill = (id: string, settings: object = {}, filter: object = {}, who = town) =>
  post(who, `/api/people/reports/${id}/fill`, {
    filter: { ...FILTER, ...filter },
    settings: { ...SETTINGS, ...settings },
    key: newId(),
  });

async function sheetOf(id: string, issueId: string, no = 0) {
  const { raw } = await get(town, `/api/people/reports/${id}/issues/${issueId}/file`);
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(raw as never);
  return book.worksheets[no] as ExcelJS.Worksheet;
}

describe('a superior’s blank', () => {
  it('is read once, and the same blank asks nothing again', async () => {
    const first = await upload(town, await blank('健康码颜色'));
    expect(first).toMatchObject({ status: 200, body: { doubts: 1, remembered: false } });
    const { body } = await get(town, `/api/people/reports/${first.body.reportId}`);
    expect(body.doubts).toEqual([{ ref: 'I4', text: '健康码颜色', code: 'people.column_unclear' }]);
    expect(body.map.list.columns.map((it: { field: string }) => it.field)).toEqual([
      ...['rowNumber', 'name', 'idNumber', 'gender', 'education'],
      ...['destinationProvince', 'destinationCity', 'destinationCounty', null],
    ]);
    expect(body.map.cells.map((it: { value: string }) => it.value)).toEqual([
      'areaName',
      'people',
      'care.personWithDisability',
    ]);
    expect((await fill(first.body.reportId)).body.code).toBe('people.layout_unanswered');
    const columns = body.map.list.columns.map((it: object) => ({ ...it, asked: false }));
    const map = { ...body.map, list: { ...body.map.list, columns } };
    const url = `/api/people/reports/${first.body.reportId}/map`;
    expect(await post(town, url, { map, key: newId() })).toMatchObject({ status: 200, body: { doubts: 0 } });
    const again = await upload(town, await blank('健康码颜色'));
    expect(again.body).toMatchObject({ doubts: 0, remembered: true });
    const moved = { ...map, list: { ...map.list, firstRow: 3 } };
    expect((await post(town, url, { map: moved, key: newId() })).body.code).toBe('people.map_of_other_cells');
  });

  it('is filled with the right values, below its header and above its total', async () => {
    const { body } = await upload(town, await blank());
    const filled = await fill(body.reportId);
    expect(filled).toMatchObject({ status: 200, body: { people: 3, new: 3, changed: 0, gone: 0 } });
    const sheet = await sheetOf(body.reportId, filled.body.issueId);
    const names = [5, 6, 7].map((row) => sheet.getCell(`B${row}`).value);
    expect(names.sort()).toEqual(["'=谭方程", '谭春华', '谭秋实'].sort());
    const row = [5, 6, 7].find((it) => sheet.getCell(`B${it}`).value === '谭秋实') as number;
    expect(sheet.getCell(`C${row}`).value).toBe(`${numbers[0]?.slice(0, 6)}********${numbers[0]?.slice(-4)}`);
    expect([sheet.getCell(`F${row}`).value, sheet.getCell(`G${row}`).value]).toEqual(['广东省', '深圳市']);
    expect(sheet.getCell('D2').value).toBe(3);
    expect(sheet.getCell('F2').value).toBe(1);
    expect(sheet.getCell('B8').formula).toBe('COUNTA(B5:B7)');
    expect(sheet.getCell('B7').font).toMatchObject({ name: '仿宋', size: 14 });
    expect(sheet.getCell('A9').value).toBe('填表人：');
  });

  it.each([
    ['whole', (id: string) => id],
    ['firstSixLastFour', (id: string) => `${id.slice(0, 6)}********${id.slice(-4)}`],
    ['lastFour', (id: string) => `${'*'.repeat(14)}${id.slice(-4)}`],
    ['birthAndGender', () => expect.stringMatching(/^1985-03-05 [男女]$/)],
    ['installationHash', () => expect.stringMatching(/^[0-9A-F]{24}$/)],
    ['none', () => null],
  ] as const)('shows an ID number %s as asked', async (idMask, expected) => {
    const { body } = await upload(town, await blank());
    const filled = await fill(body.reportId, { idMask });
    const sheet = await sheetOf(body.reportId, filled.body.issueId);
    const row = [5, 6, 7].find((it) => sheet.getCell(`B${it}`).value === '谭秋实') as number;
    expect(sheet.getCell(`C${row}`).value).toEqual(expected(numbers[0] as string));
  });

  it('lets whole numbers and care groups go for a purpose alone, and notes it', async () => {
    const { body } = await upload(town, await blank());
    expect((await fill(body.reportId, { purpose: null })).body.code).toBe('people.purpose_needed');
    const filled = await fill(body.reportId, { idMask: 'whole' });
    expect(filled.status).toBe(200);
    const noted = await owner(
      async (tx) =>
        (
          await sql<{
            facts: object;
          }>`select facts from offices_audit where subject = ${body.reportId} and action = 'people.report_filled'`.execute(
            tx,
          )
        ).rows,
    );
    expect(noted.at(-1)?.facts).toMatchObject({
      people: 3,
      idMask: 'whole',
      care: true,
      purpose: 'superiorReport',
    });
  });
});

describe('the next issue', () => {
  it('knows who is new, changed and gone, and opens each cell to its people', async () => {
    const { body } = await upload(town, await blank());
    const id = body.reportId;
    await fill(id, {}, { kind: 'sameJob' });
    await owner((tx) => sql`update people_person set education = '高中' where id = ${ids[0]}`.execute(tx));
    await owner((tx) =>
      sql`update people_wish set kind = case when person_id = ${ids[1]} then 'train' else 'sameJob' end`.execute(
        tx,
      ),
    );
    const next = await fill(id, { difference: true, idMask: 'none' }, { kind: 'sameJob' });
    expect(next.body).toMatchObject({ people: 2, new: 1, changed: 1, gone: 1 });
    const people = `/api/people/reports/${id}/issues/${next.body.issueId}/people`;
    const differ = (await get(town, people)).body.people;
    const of = (who: string | undefined) => differ.find((it: { id: string }) => it.id === who)?.change;
    expect(ids.map(of)).toEqual(['changed', 'gone', 'new']);
    expect((await get(town, `${people}?ref=D2`)).body.total).toBe(2);
    expect((await get(town, `${people}?ref=F2`)).body.people).toMatchObject([{ id: ids[0] }]);
    const row = await get(town, `${people}?ref=C5`);
    expect(row.body).toMatchObject({ total: 1, people: [{ no: 1 }] });
    const sheet = await sheetOf(id, next.body.issueId, 1);
    expect(sheet.name).toBe('与上次对比');
    expect(sheet.rowCount).toBe(4);
    const again = await fill(id, {}, { kind: 'sameJob' });
    expect(again.body).toMatchObject({ new: 0, changed: 0, gone: 0 });
  });

  it('forgets whoever is erased, with the file that names the person', async () => {
    const { body } = await upload(town, await blank());
    const filled = await fill(body.reportId);
    const file = `/api/people/reports/${body.reportId}/issues/${filled.body.issueId}/file`;
    expect((await get(town, file)).status).toBe(200);
    const lines = () =>
      owner(
        async (tx) =>
          (await sql`select 1 from people_report_line where person_id = ${ids[2]}`.execute(tx)).rows.length,
      );
    expect(await lines()).toBeGreaterThan(0);
    await owner((tx) => sql`update people_person set erased_at = now() where id = ${ids[2]}`.execute(tx));
    expect(await lines()).toBe(0);
    expect((await get(town, file)).body.code).toBe('people.issue_file_gone');
    await owner((tx) => sql`update people_person set erased_at = null where id = ${ids[2]}`.execute(tx));
  });
});

describe('another office', () => {
  it('is answered as if there were no such layout, nor area', async () => {
    const { body } = await upload(town, await blank());
    const filled = await fill(body.reportId);
    const district = await house.signIn('districtOfficer', DISTRICT);
    for (const who of [neighbor, district]) {
      const asked = [body.reportId, newId()].map((id) => get(who, `/api/people/reports/${id}`));
      const [theirs, none] = await Promise.all(asked);
      expect(theirs?.status).toBe(404);
      expect({ ...theirs?.body, instance: '' }).toEqual({ ...none?.body, instance: '' });
      expect((await fill(body.reportId, {}, {}, who)).status).toBe(404);
      const url = `/api/people/reports/${body.reportId}/issues/${filled.body.issueId}`;
      expect((await get(who, `${url}/file`)).status).toBe(404);
      expect((await get(who, `${url}/people`)).status).toBe(404);
    }
    expect((await fill(body.reportId, {}, { area: '500112000000' })).status).toBe(404);
    expect((await get(town, '/api/people/reports')).body.reports.length).toBeGreaterThan(0);
    expect((await get(neighbor, '/api/people/reports')).body.reports).toEqual([]);
  });
});

describe('bad layouts', () => {
  it('are named, and kept as they are', async () => {
    const book = new ExcelJS.Workbook();
    book.addWorksheet('表').getCell('A1').value = '某某情况说明';
    const { body, status } = await upload(town, Buffer.from(await book.xlsx.writeBuffer()));
    expect(status).toBe(200);
    const read = await get(town, `/api/people/reports/${body.reportId}`);
    expect(read.body.doubts).toMatchObject([{ code: 'people.layout_says_nothing' }]);
    expect(read.body.grid[0][0]).toBe('某某情况说明');
    expect((await fill(body.reportId)).body.code).toBe('people.layout_unanswered');
  });

  it('are refused where they are no workbook', async () => {
    const csv = await upload(town, Buffer.from('姓名,性别\n甲,男\n'), 'a.csv');
    expect(csv.body.code).toBe('people.layout_not_xlsx');
    expect((await upload(town, Buffer.from('PK\u0003\u0004 broken'))).body.code).toBe('basics.file_damaged');
  });

  it('can be taken away and put back', async () => {
    const { body } = await upload(town, await blank());
    const remove = (removed: boolean) =>
      post(town, `/api/people/reports/${body.reportId}/remove`, { removed, key: newId() });
    await remove(true);
    expect((await fill(body.reportId)).body.code).toBe('people.report_removed');
    await remove(false);
    expect((await fill(body.reportId)).status).toBe(200);
  });
});

it('brings fourteen layouts along, each of whose columns has a meaning or a question', async () => {
  expect(readyLayouts()).toHaveLength(14);
  for (const { id, title, columns } of readyLayouts()) {
    const sheet = { name: 'Sheet1', rows: [[title], [...columns], []], merges: [] };
    const map = readLayout({ ...sheet, there: new Set([1, 2, 3]), formulas: new Set() });
    // A list of posts is of nobody: it is asked cell by cell.
    expect([id, map.list?.columns.length ?? 0]).toEqual([id, id === 'job-posts-51job' ? 0 : columns.length]);
    const meant = (map.list?.columns ?? []).filter((it) => it.field !== null).length;
    expect(meant + doubtsOf(map).length).toBeGreaterThan(0);
  }
  const taken = await post(town, '/api/people/reports/ready', { ready: 'hn-annual-ledger', key: newId() });
  expect(taken).toMatchObject({ status: 200, body: { doubts: 0 } });
  expect((await fill(taken.body.reportId)).body).toMatchObject({ people: 3 });
});
