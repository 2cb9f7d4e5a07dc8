import { addDays } from '@fangang/domain/basics/moment.ts';
import exceljs from 'exceljs';
import { fictionalId } from '../packages/server/src/people/roster-samples-files.ts';

/** Somebody whose numbers must not be found in the clear anywhere. */
export interface Canary {
  readonly name: string;
  readonly idNumber: string;
  readonly phone: string;
  readonly phone2: string;
}

const SURNAMES = [...'谭蒲周冉田罗何文向秦'];
const GIVEN = [...'秋实云开麦穗小禾阿桂青望山初晴'];
const VILLAGES = ['灵山村', '豹岩村', '三溪村', '铁佛村', '杨柳村'];
const HEADERS = [
  '姓名',
  '身份证号码',
  '联系电话',
  '备用电话',
  '乡镇',
  '村（社区）',
  '拟去何处',
  '出发日期',
  '出行方式',
];

/** Another name for each of the first 2,250. */
function nameOf(i: number): string {
  const given = (n: number): string => GIVEN[n % GIVEN.length] ?? '';
  return `${SURNAMES[i % SURNAMES.length]}${given(Math.floor(i / 10))}${given(Math.floor(i / 150))}`;
}

/** Numbers of the area 500299, which was never given out, and telephones that nobody else of the sample has. */
export function makeCanaries(count: number): Canary[] {
  return Array.from({ length: count }, (_, i) => ({
    name: nameOf(i),
    idNumber: fictionalId(addDays('1970-01-01', i % 9_000), 701 + (i % 7) * 2 + Math.floor(i / 9_000)),
    phone: `166${String(31_000_000 + i * 7)}`,
    phone2: `167${String(41_000_000 + i * 7)}`,
  }));
}

/** The roster of a town as a workbook; every tenth ID number lacks its last digit, and is fixed on the page. */
export async function rosterOf(people: readonly Canary[], day: string): Promise<File> {
  const book = new exceljs.Workbook();
  const sheet = book.addWorksheet('返岗');
  sheet.addRow(['白马镇返岗人员台账']);
  sheet.addRow(HEADERS);
  for (const [i, it] of people.entries()) {
    const idNumber = isBad(i) ? it.idNumber.slice(0, 17) : it.idNumber;
    const place = ['白马镇', VILLAGES[i % VILLAGES.length] ?? ''];
    sheet.addRow([it.name, idNumber, it.phone, it.phone2, ...place, '浙江省温州市鹿城区', day, '专车']);
  }
  return new File([new Uint8Array(await book.xlsx.writeBuffer())], '白马镇返岗人员台账.xlsx');
}

/** Whether the number of the i-th is wrong in the file. */
export const isBad = (i: number): boolean => i % 10 === 3;

/** The row of the i-th, as the spreadsheet counts. */
export const rowOf = (i: number): number => i + 3;
