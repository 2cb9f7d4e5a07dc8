import { dayOf } from '@fangang/domain/basics/moment.ts';
import type { ReportFilter } from '@fangang/domain/people/api-report.ts';
import type { IssueSettings, LayoutMap } from '@fangang/domain/people/report.ts';
import {
  countsAs,
  type ReportPerson,
  reportValue,
  rowChange,
  type ValueFacts,
} from '@fangang/domain/people/report-values.ts';
import { countsOf } from '@fangang/domain/people/rules-report.ts';
import { reportWords, rowChangeWords } from '@fangang/domain/people/words-report.ts';
import type { Ctx } from '../platform/http.ts';
import type { FillValue, SheetFill } from '../platform/sheet-fill.ts';
import type { Witness } from '../platform/witness.ts';
import { fillWorkbook } from '../platform/workbook-parts.ts';
import { openNumber } from './sealed-numbers.ts';
import { listNames, listReportPeople, type NewLine, type ReportPersonRow } from './store-report.ts';

/** People read at a time: what memory a report of any length takes. */
const PART = 500;
const WHOLE: Pick<IssueSettings, 'idMask' | 'phones'> = { idMask: 'whole', phones: 'whole' };

/** Opens a row's numbers under a witness of the audit; without one they show their tails alone. */
export function reportPersonOf(
  ctx: Pick<Ctx, 'services'>,
  row: ReportPersonRow,
  witness: Witness | null,
): ReportPerson {
  const { id_sealed, phone_sealed, phone2_sealed, id_tail, phone_tail, ...person } = row;
  if (witness === null) {
    const hidden = (tail: string, length: number) => (tail === '' ? null : tail.padStart(length, '*'));
    return { ...person, idNumber: hidden(id_tail, 18), phone: hidden(phone_tail, 11), phone2: null };
  }
  const { secrets } = ctx.services;
  const open = (column: 'id_sealed' | 'phone_sealed' | 'phone2_sealed') =>
    openNumber(secrets, row, column, witness);
  return {
    ...person,
    idNumber: open('id_sealed'),
    phone: open('phone_sealed'),
    phone2: open('phone2_sealed'),
  };
}

/** The facts values need; the code of a number is the same in every issue of this installation. */
export function valueFacts(ctx: Ctx, settings: ValueFacts['settings']): Omit<ValueFacts, 'no'> {
  const { services, now } = ctx;
  const hashOf = (idNumber: string): string =>
    services.secrets.sessionHash(`report id|${idNumber}`).toString('hex').slice(0, 24).toUpperCase();
  return { today: dayOf(now), language: 'zh', settings, hashOf };
}

export interface FillAsk {
  readonly blank: Buffer;
  readonly map: LayoutMap;
  readonly filter: ReportFilter;
  readonly settings: IssueSettings;
  readonly areaName: string;
  readonly ids: readonly string[];
  readonly witness: Witness;
  /** Hashes of the rows of the issue before. */
  readonly before: ReadonlyMap<string, string>;
}

export interface Filled {
  readonly bytes: Buffer;
  readonly lines: readonly NewLine[];
  /** Places in the list behind each counted cell. */
  readonly cells: Readonly<Record<string, readonly number[]>>;
}

async function* partsOf(ctx: Ctx, ask: FillAsk): AsyncGenerator<{ person: ReportPerson; no: number }[]> {
  for (let from = 0; from < ask.ids.length; from += PART) {
    const rows = await listReportPeople(ctx.tx, ask.ids.slice(from, from + PART), ask.filter.season);
    yield rows.map((row, i) => ({ person: reportPersonOf(ctx, row, ask.witness), no: from + i + 1 }));
  }
}

/** Once over everybody: who stands behind each counted cell, and how each row stands against the issue before. */
async function lookAtAll(ctx: Ctx, ask: FillAsk): Promise<Pick<Filled, 'lines' | 'cells'>> {
  const counts = countsOf(ask.map);
  const cells: Record<string, number[]> = Object.fromEntries(counts.map((it) => [it.ref, []]));
  const columns = (ask.map.list?.columns ?? []).filter((it) => it.field !== null && it.field !== 'rowNumber');
  const facts = valueFacts(ctx, WHOLE);
  const lines: NewLine[] = [];
  for await (const part of partsOf(ctx, ask)) {
    for (const { person, no } of part) {
      for (const { ref, count } of counts) if (countsAs(count, person, facts.today)) cells[ref]?.push(no);
      // By the values in whole, so that another way of masking changes no row.
      const values = columns.map((it) => [it.column, reportValue(it, person, { ...facts, no })]);
      const text = `report row|${person.id}|${JSON.stringify(values)}`;
      const hash = ctx.services.secrets.sessionHash(text).toString('hex');
      lines.push({ person: person.id, no, hash, change: rowChange(ask.before.get(person.id), hash) });
    }
  }
  const here = new Set(ask.ids);
  for (const [person, hash] of ask.before)
    if (!here.has(person)) lines.push({ person, no: null, hash, change: 'gone' });
  return { lines, cells };
}

async function* rowsOf(ctx: Ctx, ask: FillAsk): AsyncGenerator<(readonly [number, FillValue])[][]> {
  const columns = (ask.map.list?.columns ?? []).filter((it) => it.field !== null);
  const facts = valueFacts(ctx, ask.settings);
  for await (const part of partsOf(ctx, ask)) {
    yield part.map(({ person, no }) =>
      columns.map((it) => [it.column, reportValue(it, person, { ...facts, no })] as const),
    );
  }
}

/** Who differs from the issue before, as rows of a sheet. */
async function differenceOf(ctx: Ctx, lines: readonly NewLine[]): Promise<(string | number)[][]> {
  const say = ctx.language;
  const differ = lines.filter((it) => it.change !== 'same');
  const names = await listNames(
    ctx.tx,
    differ.map((it) => it.person),
  );
  const head = [reportWords.change[say], reportWords.row[say], reportWords.name[say]];
  return [
    head,
    ...differ.map((it) => [rowChangeWords[it.change][say], it.no ?? '', names.get(it.person) ?? '']),
  ];
}

/** Fills a layout for these people: the workbook, the lines of the issue, and who stands behind which cell. */
export async function fillLayout(ctx: Ctx, ask: FillAsk): Promise<Filled> {
  const looked = await lookAtAll(ctx, ask);
  const { list } = ask.map;
  const cells = new Map<string, FillValue>();
  for (const { ref, value } of ask.map.cells) {
    if (value === 'today') cells.set(ref, dayOf(ctx.now));
    else if (value === 'areaName') cells.set(ref, ask.areaName);
    else if (value !== null) cells.set(ref, looked.cells[ref]?.length ?? 0);
  }
  const fill: SheetFill = {
    sheet: ask.map.sheet,
    cells,
    list: list && {
      firstRow: list.firstRow,
      lastRow: list.lastRow,
      count: ask.ids.length,
      rows: rowsOf(ctx, ask),
    },
  };
  const added = ask.settings.difference
    ? { name: reportWords.differenceSheet[ctx.language], rows: await differenceOf(ctx, looked.lines) }
    : undefined;
  return { ...looked, bytes: await fillWorkbook(ask.blank, fill, added) };
}
