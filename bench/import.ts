/**
 * How long a large roster takes from the file to the books, and what memory it needs.
 *
 *     npm run bench:import -- --rows 50000 --json
 *
 * Last line: one JSON object. Seconds: `read_s` until the file is taken out, `view_s` until the page shows it, `write_s` until it is on the
 * books, `all_s` together, `again_s` for the same file once more, which changes nothing. MB, each at its most while the first import ran:
 * `server_mb` of the server itself, `server_more_mb` more than before, `all_mb` with the process that reads the file, without PostgreSQL.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import ExcelJS from 'exceljs';
import { sampleReady } from '../e2e/canary-tour.ts';
import { type Visitor, visitor } from '../e2e/http.ts';
import { startProduct } from '../e2e/server.ts';
import { fictionalId } from '../packages/server/src/people/roster-samples-files.ts';

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '50000' }, json: { type: 'boolean', default: false } },
});
const ROWS = Number(values.rows);
const HEADS = [
  '姓名',
  '身份证号码',
  '性别',
  '民族',
  '文化程度',
  '户编号',
  '手机号码',
  '务工所在地',
  '工种',
  '返岗目的地',
  '出发日期',
  '出行方式',
  '备注',
];
const [SURNAMES, GIVEN] = [[...'王李张刘陈杨赵黄周吴徐孙'], [...'建国秀英志强春梅海燕文武勇军']];

function rowOf(n: number): string[] {
  const day = new Date(Date.UTC(1962, 0, 1 + (n % 14_000))).toISOString().slice(0, 10);
  const name = `${SURNAMES[n % 12]}${GIVEN[n % 14]}${GIVEN[(n * 5 + 3) % 14]}`;
  const phone = `199${String(10_000_000 + n)}`;
  return [
    ...[
      name,
      fictionalId(day, 1 + Math.floor(n / 14_000)),
      n % 2 ? '女' : '男',
      '汉族',
      '初中',
      String(10_000 + Math.floor(n / 3)),
      phone,
    ],
    ...['浙江省温州市鹿城区', '普工', '浙江省温州市鹿城区', '2022-02-20', '包车', ''],
  ];
}

async function writeRoster(file: string): Promise<void> {
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: file });
  const sheet = book.addWorksheet('台账');
  sheet.addRow(HEADS).commit();
  for (let n = 0; n < ROWS; n += 1) sheet.addRow(rowOf(n)).commit();
  sheet.commit();
  await book.commit();
}

/** Resident memory in MB of a process and of all that it has begun but databases. */
function memoryOf(pid: number): { server: number; all: number } {
  const of = (id: string): { parent: number; mb: number; name: string } | undefined => {
    try {
      const text = readFileSync(`/proc/${id}/status`, 'utf8');
      const field = (key: string) => new RegExp(`^${key}:\\s+(\\S+)`, 'm').exec(text)?.[1] ?? '';
      return { parent: Number(field('PPid')), mb: Number(field('VmRSS')) / 1024, name: field('Name') };
    } catch {
      return undefined;
    }
  };
  const known = new Map(
    readdirSync('/proc')
      .filter((it) => /^\d+$/.test(it))
      .map((it) => [Number(it), of(it)]),
  );
  const isOurs = (id: number): boolean => id === pid || (id > 1 && isOurs(known.get(id)?.parent ?? 0));
  const server = known.get(pid)?.mb ?? 0;
  let all = 0;
  for (const [id, it] of known) if (it && isOurs(id) && it.name !== 'postgres') all += it.mb;
  return { server, all };
}

interface Taken {
  readonly read: number;
  readonly view: number;
  readonly write: number;
  readonly changed: number;
}

async function importOnce(desk: Visitor, season: string, area: string, file: File): Promise<Taken> {
  const from = performance.now();
  const { uploadId } = await desk.upload<{ uploadId: string }>('/api/people/uploads', { season, area }, file);
  const read = performance.now();
  await desk.get(`/api/people/uploads/${uploadId}`);
  const view = performance.now();
  const done = await desk.post<{ created: number; updated: number }>(
    `/api/people/uploads/${uploadId}/commit`,
    { skipBad: true },
  );
  const write = performance.now();
  return { read: read - from, view: view - read, write: write - view, changed: done.created + done.updated };
}

const folder = await mkdtemp(join(tmpdir(), 'fangang-bench-'));
const product = await startProduct({ sample: { scale: 0.05 } });
try {
  await sampleReady(product.url);
  const path = join(folder, 'roster.xlsx');
  await writeRoster(path);
  const file = new File([await readFile(path)], 'roster.xlsx');
  const desk = visitor(product.url);
  await desk.post('/api/session/door', { role: 'townOfficer' });
  const { staff, season } = await desk.get<{ staff: { areaCode: string }; season: { id: string } }>(
    '/api/session',
  );
  const before = memoryOf(product.pid);
  let most = before;
  const look = setInterval(() => {
    const now = memoryOf(product.pid);
    most = { server: Math.max(most.server, now.server), all: Math.max(most.all, now.all) };
  }, 100);
  const first = await importOnce(desk, season.id, staff.areaCode, file);
  clearInterval(look);
  const second = await importOnce(desk, season.id, staff.areaCode, file);
  const s = (ms: number): number => Math.round(ms / 100) / 10;
  const line = {
    ...{ rows: ROWS, read_s: s(first.read), view_s: s(first.view), write_s: s(first.write) },
    ...{
      all_s: s(first.read + first.view + first.write),
      again_s: s(second.read + second.view + second.write),
    },
    ...{ changed: first.changed, changed_again: second.changed, server_mb: Math.round(most.server) },
    ...{ server_more_mb: Math.round(most.server - before.server), all_mb: Math.round(most.all) },
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
} finally {
  await product.stop();
  await rm(folder, { recursive: true, force: true });
}
