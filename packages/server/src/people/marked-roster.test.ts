import ExcelJS from 'exceljs';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestHouse, testHouse } from '../offices/testing.ts';
import { newId } from '../platform/ids.ts';
import { asOwner } from '../platform/owner.ts';
import { fictionalId } from './roster-samples-files.ts';
import { routes } from './routes.ts';

const SEASON = '2022-spring';
const TOWN = '500156101000';
const HEADS = '姓名,身份证号码,手机号码,文化程度,返岗目的地,出行方式,备注';
const [A, B, C] = [1, 2, 3].map((n) => fictionalId('1982-02-03', 500 + n)) as [string, string, string];

let house: TestHouse;
let town: { id: string; cookie: string };
let colleague: { id: string; cookie: string };

beforeAll(async () => {
  house = await testHouse(routes);
  await asOwner(house.fresh.adminUrl, house.fresh.city, (tx) =>
    sql`update offices_clock set mode = 'stands', at = '2022-02-11T17:00:00+08:00'`.execute(tx),
  );
  town = await house.signIn('townOfficer', TOWN);
  colleague = await house.signIn('townOfficer', TOWN);
});
afterAll(() => house.close());

async function upload(lines: readonly string[]): Promise<string> {
  const edge = '----roster';
  const field = (name: string, value: string) =>
    `--${edge}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const file = `--${edge}\r\ncontent-disposition: form-data; name="file"; filename="赵家乡.csv"\r\ncontent-type: text/csv\r\n\r\n`;
  const answer = await house.app.inject({
    method: 'POST',
    url: '/api/people/uploads',
    headers: { cookie: town.cookie, 'content-type': `multipart/form-data; boundary=${edge}` },
    payload: `${field('season', SEASON)}${field('area', TOWN)}${file}${[HEADS, ...lines].join('\r\n')}\r\n--${edge}--\r\n`,
  });
  return answer.json().uploadId;
}

const get = (url: string, who = town) =>
  house.app.inject({ method: 'GET', url, headers: { cookie: who.cookie } });
const post = async (url: string, payload: object) =>
  (await house.app.inject({ method: 'POST', url, headers: { cookie: town.cookie }, payload })).json();

const line = (name: string, id: string, phone: string, more = '初中,浙江省温州市鹿城区,包车,') =>
  `${name},${id},${phone},${more}`;

it('comes back as a workbook: bad cells red with reason and remedy, what was typed in its place', async () => {
  const id = await upload([
    line('秦甲', A, '19900030001'),
    line('秦乙', B.slice(0, 17), '19900030002'),
    line('秦丙', C, '1990003000', '初中,火星,包车,=1+1'),
  ]);
  await post(`/api/people/uploads/${id}/fix`, { fixes: [{ row: 3, field: 'idNumber', value: B }] });
  const answer = await get(`/api/people/uploads/${id}/marked.xlsx?lang=zh`);
  expect(answer.statusCode).toBe(200);
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(answer.rawPayload as never);
  const [sheet] = book.worksheets;
  const fill = (cell: string) =>
    (sheet?.getCell(cell).fill as ExcelJS.FillPattern | undefined)?.fgColor?.argb;
  expect(sheet?.getRow(1).values).toEqual([undefined, ...HEADS.split(','), '问题']);
  expect([sheet?.getCell('B3').value, fill('B3')]).toEqual([B, undefined]);
  expect([fill('C4'), fill('E4'), fill('A4')]).toEqual(['FFFBE3E0', 'FFFBE3E0', undefined]);
  expect(String(sheet?.getCell('H4').value)).toMatch(/手机.*→.*目的地.*→/s);
  expect(sheet?.getCell('G4').value).toBe("'=1+1");
  expect(sheet?.getCell('H2').value ?? '').toBe('');
});

it('is nobody else’s, and leaves a row in the audit', async () => {
  const id = await upload([line('秦甲', A, '19900030001')]);
  expect((await get(`/api/people/uploads/${id}/marked.xlsx`)).statusCode).toBe(200);
  const [foreign, none] = await Promise.all(
    [id, newId()].map((it) => get(`/api/people/uploads/${it}/marked.xlsx`, colleague)),
  );
  expect([foreign?.statusCode, foreign?.json().code]).toEqual([none?.statusCode, none?.json().code]);
  const rows = await asOwner(house.fresh.adminUrl, house.fresh.city, (tx) =>
    sql`select 1 from offices_audit where action = 'people.upload_exported' and subject = ${id}`.execute(tx),
  );
  expect(rows.rows).toHaveLength(1);
});

it('says field by field what it would fill and what it says otherwise', async () => {
  const first = await upload([
    line('秦甲', A, '19900030001', ',浙江省温州市鹿城区,包车,'),
    line('秦乙', B, '19900030002'),
  ]);
  expect((await get(`/api/people/uploads/${first}`)).json().wouldChange).toEqual([]);
  await post(`/api/people/uploads/${first}/commit`, { skipBad: false, key: newId() });
  const second = await upload([
    line('秦甲', A, '19900030009'),
    line('秦乙', B, '19900030008', '高中,浙江省温州市鹿城区,包车,'),
  ]);
  expect((await get(`/api/people/uploads/${second}`)).json().wouldChange).toEqual([
    { field: 'phone', fills: 0, differs: 2 },
    { field: 'education', fills: 1, differs: 1 },
  ]);
});
