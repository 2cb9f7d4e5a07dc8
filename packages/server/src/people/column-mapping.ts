import { accept, type Result, refuse } from '@fangang/domain/basics/result.ts';
import { readIdNumber, tidyIdNumber } from '@fangang/domain/people/id-number.ts';
import { readPhones } from '@fangang/domain/people/phone.ts';
import type { Cell, MappedColumn, RosterLine, RosterMapping } from '@fangang/domain/people/roster.ts';
import { readName } from '@fangang/domain/people/roster-cells.ts';
import { readDeparture } from '@fangang/domain/people/roster-dates.ts';
import {
  type HeaderMeaning,
  isIgnoredHeader,
  meaningOf,
  placePartOf,
  type RosterField,
} from '@fangang/domain/people/roster-fields.ts';
import type { FileRefusal } from './file-refusal.ts';

/** A person's word on what columns mean: by letter (`D`) or by header as written; null = of no use. */
export type MappingChoice = Readonly<Record<string, RosterField | null>>;

/** What the cells of a column look like, each as a share of those that are filled, 0 to 1. */
interface Evidence {
  readonly filled: number;
  readonly id: number;
  readonly phone: number;
  readonly date: number;
  readonly name: number;
  readonly village: number;
  readonly place: number;
}

interface Proposal {
  readonly index: number;
  readonly header: string;
  readonly meaning?: HeaderMeaning;
  readonly seen: Evidence;
}

/** Lines looked at for evidence, spread over the roster. */
const SAMPLE = 200;

/** Fields that several columns may tell together. */
const JOINT: readonly RosterField[] = ['careGroup'];

/**
 * Says what each column means: by its header, checked against what its cells hold; by the cells alone where the header
 * says nothing; by a person's choice before both.
 *
 * @param today ISO date, for judging dates and IDs.
 */
export function mapColumns(
  headers: readonly string[],
  lines: readonly RosterLine[],
  today: string,
  choice: MappingChoice = {},
): Result<RosterMapping, FileRefusal> {
  const width = Math.max(headers.length, ...lines.slice(0, SAMPLE).map((it) => it.cells.length));
  const proposals = Array.from({ length: width }, (_, index): Proposal => {
    const header = headers[index] ?? '';
    const meaning = meaningOf(header);
    return { index, header, seen: evidenceOf(lines, index, today), ...(meaning && { meaning }) };
  });
  const chosen = chosenFields(proposals, choice);
  if (!chosen.ok) return chosen;
  const taken = new Map<number, MappedColumn>();
  const place: Place = (it, field, confidence, basis) =>
    taken.set(it.index, {
      index: it.index,
      letter: columnLetter(it.index),
      header: it.header,
      field,
      confidence,
      basis,
    });
  for (const it of proposals) {
    const field = chosen.value.get(it.index);
    if (field !== undefined) place(it, field, 'sure', 'chosen');
  }
  const free = () => proposals.filter((it) => !taken.has(it.index));
  const used = () =>
    new Set([...taken.values()].filter((it) => it.confidence !== 'ask').map((it) => it.field));
  placeVillages(free(), used(), place);
  placeByHeader(free(), used(), place);
  placePhones(free(), used(), place);
  placeByContent(free(), used(), place);
  for (const it of free()) place(it, null, 'sure', 'none');
  const columns = [...taken.values()].sort((a, b) => a.index - b.index);
  return accept({ columns, ...flagsOf(columns, proposals) });
}

type Place = (
  it: Proposal,
  field: RosterField | null,
  confidence: MappedColumn['confidence'],
  basis: MappedColumn['basis'],
) => unknown;

function chosenFields(
  proposals: readonly Proposal[],
  choice: MappingChoice,
): Result<Map<number, RosterField | null>, FileRefusal> {
  const fields = new Map<number, RosterField | null>();
  for (const [name, field] of Object.entries(choice)) {
    const column =
      proposals.find((it) => columnLetter(it.index) === name.toUpperCase()) ??
      proposals.find((it) => it.header === name);
    if (!column) return refuse({ code: 'people.mapping_unknown_column' });
    fields.set(column.index, field);
  }
  return accept(fields);
}

/** 家庭住址 that holds nothing but names of villages is the village column of a roster without one. */
function placeVillages(free: readonly Proposal[], used: ReadonlySet<RosterField | null>, place: Place): void {
  if (used.has('village') || free.some((it) => it.meaning?.field === 'village')) return;
  const address = free.find((it) => it.meaning?.field === 'address' && it.seen.village > 0.8);
  if (address) place(address, 'village', 'likely', 'content');
}

function placeByHeader(free: readonly Proposal[], used: ReadonlySet<RosterField | null>, place: Place): void {
  const byField = new Map<RosterField, Proposal[]>();
  for (const it of free) {
    const field = it.meaning?.field;
    if (field && field !== 'phone' && !used.has(field))
      byField.set(field, [...(byField.get(field) ?? []), it]);
  }
  for (const [field, columns] of byField) {
    const ordered = [...columns].sort((a, b) => merit(b, field) - merit(a, field) || a.index - b.index);
    const [best] = ordered;
    if (!best) continue;
    const together = JOINT.includes(field) ? ordered : partsWith(best, ordered, field);
    for (const it of together) place(it, field, confidenceOf(it, field), 'header');
    for (const it of ordered) if (!together.includes(it)) place(it, null, 'sure', 'none');
  }
}

/** Province, city and county of one place stand in columns of their own and are read as one. */
function partsWith(best: Proposal, columns: readonly Proposal[], field: RosterField): readonly Proposal[] {
  const parts = columns.filter((it) => placePartOf(it.header) !== undefined);
  const splits =
    (field === 'destination' || field === 'workplace') && parts.length > 1 && parts.includes(best);
  return splits ? parts : [best];
}

function merit(it: Proposal, field: RosterField): number {
  const header = it.meaning?.strength === 'exact' ? 100 - (it.meaning.rank ?? 0) : 0;
  const content = field === 'idNumber' ? it.seen.id * 200 : field === 'name' ? it.seen.name * 50 : 0;
  return header + content + (it.seen.filled > 0 ? 20 : 0);
}

/** A header that says one thing over cells that say another is asked about. */
function confidenceOf(it: Proposal, field: RosterField): MappedColumn['confidence'] {
  const { seen } = it;
  if (field === 'destination' && /意向/.test(it.header) && seen.place < 0.3) return 'ask';
  if (seen.filled >= 0.05) {
    if (field === 'idNumber' && (seen.phone > 0.6 || seen.id < 0.1)) return 'ask';
    if (field === 'name' && (seen.id > 0.5 || seen.phone > 0.5)) return 'ask';
    if (
      ['destination', 'workplace', 'employer', 'address'].includes(field) &&
      (seen.id > 0.5 || seen.phone > 0.5)
    )
      return 'ask';
  }
  return it.meaning?.strength === 'exact' ? 'sure' : 'likely';
}

/** One telephone column is the person's; of two the person's own comes first and the household's second. */
function placePhones(free: readonly Proposal[], used: ReadonlySet<RosterField | null>, place: Place): void {
  const phones = free
    .filter((it) => it.meaning?.field === 'phone')
    .sort((a, b) => (a.meaning?.rank ?? 0) - (b.meaning?.rank ?? 0) || a.index - b.index);
  const open = (['phone', 'phone2'] as const).filter((it) => !used.has(it));
  phones.forEach((it, i) => {
    const field = open[i];
    const swapped = it.seen.filled >= 0.05 && it.seen.id > 0.5;
    const sure = it.meaning?.owner === 'self' || i > 0 || phones.length === 1;
    if (field) place(it, field, swapped ? 'ask' : sure ? 'sure' : 'likely', 'header');
    else place(it, null, 'sure', 'none');
  });
}

/** Columns whose header says nothing, by what their cells hold; only kinds that cannot be mistaken are taken unasked. */
function placeByContent(
  free: readonly Proposal[],
  used: ReadonlySet<RosterField | null>,
  place: Place,
): void {
  const have = new Set(used);
  const offer = (it: Proposal, field: RosterField, confidence: 'likely' | 'ask') => {
    if (have.has(field)) return;
    have.add(field);
    place(it, field, confidence, 'content');
  };
  for (const it of free) {
    if (isIgnoredHeader(it.header) || it.seen.filled < 0.05) continue;
    if (it.seen.id > 0.8)
      offer(it, 'idNumber', it.header === '' || !/户主|联系/.test(it.header) ? 'likely' : 'ask');
    else if (it.seen.phone > 0.8)
      offer(it, 'phone', /户主|联系人|单位|企业|经办/.test(it.header) ? 'ask' : 'likely');
    else if (it.seen.date > 0.8 && /日|时间|天/.test(it.header)) offer(it, 'departDate', 'ask');
    else if (it.seen.place > 0.7 && /地|处|哪|去/.test(it.header)) offer(it, 'destination', 'ask');
    else if (it.seen.name > 0.9 && /名|人/.test(it.header)) offer(it, 'name', 'ask');
    else if (it.seen.village > 0.8) offer(it, 'village', 'ask');
  }
}

function evidenceOf(lines: readonly RosterLine[], index: number, today: string): Evidence {
  const step = Math.max(1, Math.floor(lines.length / SAMPLE));
  const sample = lines.filter((_, i) => i % step === 0).slice(0, SAMPLE);
  const cells = sample
    .map((it) => it.cells[index])
    .filter((it): it is Cell => it !== undefined && it.text !== '');
  const share = (test: (cell: Cell) => boolean) =>
    cells.length === 0 ? 0 : cells.filter(test).length / cells.length;
  return {
    filled: sample.length === 0 ? 0 : cells.length / sample.length,
    id: share((it) => looksLikeId(it, today)),
    phone: share((it) => readPhones(it.text).ok),
    date: share((it) => {
      const read = readDeparture(it.text, today, it.isNumber);
      return read.ok
        ? read.value !== undefined
        : read.refusal.code === 'people.date_without_month' && !it.isNumber;
    }),
    name: share((it) => 'name' in readName(it.text) && [...it.text].length <= 4),
    village: share((it) =>
      /^(?!.+[镇乡县区])[\p{Script=Han}]{1,8}(村|社区|居委会|村委会|居)(\d+组|[一二三四五六七八九十]+组)?$/u.test(
        it.text,
      ),
    ),
    place: share((it) =>
      /(省|市|县|区|州|盟|旗)$|^(北京|天津|上海|重庆|广东|浙江|江苏|福建|四川|湖北|湖南|山东|河南|河北|安徽|江西|云南|贵州|广西|陕西|山西|甘肃|新疆|海南|辽宁|吉林|黑龙江|内蒙古|青海|宁夏|西藏)/.test(
        it.text,
      ),
    ),
  };
}

/** Sound, or an ID that was damaged or cut: still an ID column. */
function looksLikeId(cell: Cell, today: string): boolean {
  const tidy = tidyIdNumber(cell.text);
  if (readIdNumber(tidy, today).ok || /^\d{16,18}[\dX]?$/.test(tidy)) return true;
  return /^[1-9](\.\d+)?E\+1[4-7]$/.test(tidy);
}

function flagsOf(
  columns: readonly MappedColumn[],
  proposals: readonly Proposal[],
): Pick<RosterMapping, 'destinationIsWorkplace' | 'phoneIsHousehold'> {
  const has = (field: RosterField) => columns.find((it) => it.field === field && it.confidence !== 'ask');
  const phone = has('phone');
  const own = columns.filter((it) => it.field === 'destination' && it.confidence !== 'ask');
  const told = own.some((it) => it.basis === 'chosen' || (proposals[it.index]?.seen.filled ?? 0) > 0);
  return {
    destinationIsWorkplace: !told && has('workplace') !== undefined,
    phoneIsHousehold: phone !== undefined && proposals[phone.index]?.meaning?.owner === 'household',
  };
}

/** `A` for 0, `AA` for 26. */
export function columnLetter(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest > 0 ? columnLetter(rest - 1) : '') + String.fromCharCode(65 + (index % 26));
}
