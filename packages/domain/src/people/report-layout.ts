import type { CellValue, LayoutCell, LayoutColumn, LayoutMap, ReportField } from './report.ts';
import {
  headerKey,
  incomeUnitOf,
  isIgnoredHeader,
  isKnownHeader,
  meaningOf,
  placePartOf,
  type RosterField,
} from './roster-fields.ts';

/** A sheet of a blank as it was read: texts by row and column from 0, merges with their ends. */
export interface BlankSheet {
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
  readonly merges: readonly {
    readonly startRow: number;
    readonly startCol: number;
    readonly endRow: number;
    readonly endCol: number;
  }[];
  /** Rows that are there at all, 1-based, though they may hold nothing but borders. */
  readonly there: ReadonlySet<number>;
  /** Cells that calculate (`C7`): they are the layout's own. */
  readonly formulas: ReadonlySet<string>;
}

const OWN: Readonly<Record<string, ReportField>> = {
  序号: 'rowNumber',
  编号: 'rowNumber',
  户籍所在地: 'registeredPlace',
  户口所在地: 'registeredPlace',
  户籍地址: 'registeredPlace',
  户籍地: 'registeredPlace',
  就业意愿: 'wishKind',
  返岗意愿: 'wishKind',
  返岗类型: 'wishKind',
  月收入: 'monthlyPay',
};
const BY_PART = {
  destination: ['destinationProvince', 'destinationCity', 'destinationCounty'],
  workplace: ['workplaceProvince', 'workplaceCity', 'workplaceCounty'],
} as const;
/** Read from rosters, but not kept as such: a column of it stays empty or is asked. */
const NOT_KEPT: readonly RosterField[] = ['companions', 'income'];

/** The field of a report a header names; undefined where its words do not say. */
export function reportFieldOf(header: string): ReportField | undefined {
  const own = OWN[headerKey(header)];
  if (own) return own;
  const meant = meaningOf(header)?.field;
  if (!meant) return undefined;
  if (meant === 'income') return incomeUnitOf(header).per === 'month' ? 'monthlyPay' : undefined;
  if (NOT_KEPT.includes(meant)) return undefined;
  const part = placePartOf(header);
  if (part && (meant === 'destination' || meant === 'workplace')) return BY_PART[meant][part - 1];
  return meant as ReportField;
}

const LABELS: readonly (readonly [RegExp, CellValue])[] = [
  [/(填报|填表|制表|上报|统计)?(日期|时间)$/, 'today'],
  [/^(填报|填表|上报|报送|制表)?(单位|地区|乡镇|街道)(名称)?$/, 'areaName'],
  [/留岗/, 'kind.stayedAtPost'],
  [/已返岗/, 'kind.alreadyBack'],
  [/原岗|原企业/, 'kind.sameJob'],
  [/新岗|新工作|新就业/, 'kind.newJob'],
  [/培训/, 'kind.train'],
  [/创业/, 'kind.startBusiness'],
  [/留在?家乡|不外出|未外出/, 'kind.stayHome'],
  [/专车|点对点|包车/, 'mode.ours'],
  [/自驾/, 'mode.ownCar'],
  [/自行购票|自购/, 'mode.ownTicket'],
  [/省外|跨省/, 'to.otherProvince'],
  [/县内|区内/, 'to.withinCounty'],
  [/省内|市内/, 'to.withinProvince'],
  [/脱贫/, 'care.liftedOutOfPoverty'],
  [/监测/, 'care.povertyRelapseMonitored'],
  [/残疾/, 'care.personWithDisability'],
  [/退捕/, 'care.retiredFisher'],
  [/就业困难/, 'care.hardToEmploy'],
  [/(返岗|外出)(务工)?(总)?人数/, 'goes'],
  [/^男(性)?(人数)?$/, 'male'],
  [/^女(性)?(人数)?$/, 'female'],
  [/^(总|合计)?人数(合计)?$|^(合计|总计|登记人数|劳动力人数)$/, 'people'],
];

/** What the label beside an empty cell asks for; undefined where it does not say. */
export function cellValueOf(label: string): CellValue | undefined {
  const key = headerKey(label.replace(/[(（][^)）]*[)）]/g, ''));
  return LABELS.find(([like]) => like.test(key))?.[1];
}

const letters = (column: number): string => {
  const rest = Math.floor((column - 1) / 26);
  return (rest > 0 ? letters(rest) : '') + String.fromCharCode(65 + ((column - 1) % 26));
};
const refOf = (row: number, column: number): string => `${letters(column + 1)}${row + 1}`;

/** Texts with every merged cell holding what stands in its first: a header over three columns is over each. */
function spread({ rows, merges }: BlankSheet): string[][] {
  const grid = rows.map((row) => row.map((it) => it.trim()));
  for (const { startRow, startCol, endRow, endCol } of merges) {
    const text = grid[startRow]?.[startCol] ?? '';
    if (text === '' || endCol - startCol > 60) continue;
    for (let r = startRow; r <= endRow && r < grid.length; r += 1) {
      const row = grid[r] as string[];
      for (let c = startCol; c <= endCol; c += 1) row[c] = text;
    }
  }
  return grid.map((row) => Array.from(row, (it) => it ?? ''));
}

const LEAST_HEADERS = 3;
const MOST_HEADER_ROWS = 4;

/** Different headers of a row that some roster carries. */
function knownIn(row: readonly string[]): number {
  return new Set(row.filter((it) => it !== '' && (isKnownHeader(it) || reportFieldOf(it)))).size;
}

interface HeaderBlock {
  readonly top: number;
  readonly bottom: number;
}

/** Rows of the header: the one that tells most, with those above and below that belong to it by a merge. */
function headerOf(sheet: BlankSheet, grid: readonly (readonly string[])[]): HeaderBlock | undefined {
  const scores = grid.map(knownIn);
  const best = scores.indexOf(Math.max(0, ...scores));
  if ((scores[best] ?? 0) < LEAST_HEADERS) return undefined;
  let [top, bottom] = [best, best];
  for (let grown = true; grown && bottom - top < MOST_HEADER_ROWS; ) {
    grown = false;
    for (const it of sheet.merges) {
      const touches = it.startRow <= bottom && it.endRow >= top && it.endRow > it.startRow;
      if (touches && (it.startRow < top || it.endRow > bottom)) {
        top = Math.min(top, it.startRow);
        bottom = Math.max(bottom, it.endRow);
        grown = true;
      }
    }
  }
  return { top, bottom };
}

/** `返岗目的地 / 省`: the part of a place a column holds under a header over several. */
function partOfPlace(above: string, below: string): ReportField | undefined {
  const whole = reportFieldOf(above);
  const part = placePartOf(below);
  return part && (whole === 'destination' || whole === 'workplace') ? BY_PART[whole][part - 1] : undefined;
}

/** A column's header from its rows: `拟外出地 / 省` is read whole, then below, then above. */
function columnOf(texts: readonly string[], column: number): LayoutColumn {
  const said = texts.filter((it, i) => it !== '' && it !== texts[i - 1]);
  const [above = '', below = ''] = [said.at(-2), said.at(-1)];
  const tries = said.length > 1 ? [`${above}${below}`, below, above] : [below];
  const header = said.join(' / ').slice(0, 200);
  const field = partOfPlace(above, below) ?? tries.map(reportFieldOf).find((it) => it !== undefined);
  const known = field !== undefined || tries.some(isIgnoredHeader);
  return {
    column: column + 1,
    header,
    field: field ?? null,
    as: 'words',
    fenPerUnit: incomeUnitOf(header).fenPerUnit,
    asked: !known,
  };
}

/** A row to be filled holds nothing, or its number, or what the layout calculates. */
function isOpen(sheet: BlankSheet, grid: readonly (readonly string[])[], row: number): boolean {
  if (!sheet.there.has(row + 1)) return false;
  return (grid[row] ?? []).every(
    (text, i) => text === '' || (i === 0 && /^\d+$/.test(text)) || sheet.formulas.has(refOf(row, i)),
  );
}

/** A row of formulas behind empty ones is the total, if none of them reads its own row alone. */
function listOf(sheet: BlankSheet, grid: string[][], head: HeaderBlock): LayoutMap['list'] {
  const firstRow = head.bottom + 1;
  let last = firstRow;
  while (isOpen(sheet, grid, last)) last += 1;
  const width = Math.max(0, ...grid.slice(head.top, head.bottom + 1).map((it) => it.length));
  const columns = Array.from({ length: width }, (_, c) =>
    columnOf(
      grid.slice(head.top, head.bottom + 1).map((it) => it[c] ?? ''),
      c,
    ),
  )
    .filter((it) => it.header !== '')
    .map((it) =>
      sheet.formulas.has(refOf(firstRow, it.column - 1)) ? { ...it, field: null, asked: false } : it,
    );
  return { headerRow: head.bottom + 1, firstRow: firstRow + 1, lastRow: last, columns };
}

/** Labels with an empty cell to their right. In a sheet without a list every one is asked, else only those that end in a colon. */
function cellsOf(sheet: BlankSheet, list: LayoutMap['list']): LayoutCell[] {
  const cells: LayoutCell[] = [];
  const inList = (row: number): boolean =>
    list !== null &&
    row + 1 >= list.headerRow - MOST_HEADER_ROWS &&
    row + 1 <= Math.max(list.headerRow, list.lastRow);
  sheet.rows.forEach((row, r) => {
    row.forEach((text, c) => {
      const label = text.trim();
      const header = list !== null && inList(r) && (r + 1 >= list.firstRow || isKnownHeader(label));
      if (label === '' || label.length > 40 || /^[\d.]+$/.test(label) || header) return;
      const merge = sheet.merges.find((it) => it.startRow === r && it.startCol === c);
      const right = (merge?.endCol ?? c) + 1;
      const ref = refOf(r, right);
      if ((row[right] ?? '').trim() !== '' || sheet.formulas.has(ref) || right > 199) return;
      const value = cellValueOf(label);
      const asks =
        /[:：]$/.test(label) || (list === null && right < Math.max(...sheet.rows.map((it) => it.length)) + 1);
      if (!asks && (value === undefined || list === null)) return;
      const signature = /^(填表人|制表人|审核人|负责人|经办人|联系人|联系电话|签字|签名|盖章)/.test(
        headerKey(label),
      );
      const title = list === null && r === 0;
      if (signature || (title && value === undefined)) return;
      cells.push({ ref, label: label.slice(0, 200), value: value ?? null, asked: value === undefined });
    });
  });
  return cells;
}

/** What the cells of a blank mean as far as its words say; the rest is asked, nothing is lost. */
export function readLayout(sheet: BlankSheet): LayoutMap {
  const grid = spread(sheet);
  const head = headerOf(sheet, grid);
  const list = head ? listOf(sheet, grid, head) : null;
  return { sheet: sheet.name, list, cells: cellsOf(sheet, list) };
}

/** What a layout is known by: its sheet's texts with their places. The same blank asks nothing twice. */
export function layoutKey({ name, rows }: BlankSheet): string {
  const texts = rows.flatMap((row, r) =>
    row.flatMap((text, c) => (text.trim() === '' ? [] : [`${refOf(r, c)}=${headerKey(text)}`])),
  );
  return [name, ...texts].join('\n');
}

/** A cell or column whose meaning nobody has said. */
export interface LayoutDoubt {
  /** Of the header or of the cell to fill. */
  readonly ref: string;
  readonly text: string;
  readonly code: 'people.column_unclear' | 'people.cell_unclear' | 'people.layout_says_nothing';
}

/** Everything that still has to be said before a layout can be filled, each named by its cell. */
export function doubtsOf(map: LayoutMap): LayoutDoubt[] {
  const { list, cells } = map;
  const columns = (list?.columns ?? [])
    .filter((it) => it.asked)
    .map((it) => ({
      ref: `${letters(it.column)}${list?.headerRow ?? 1}`,
      text: it.header,
      code: 'people.column_unclear' as const,
    }));
  const singles = cells
    .filter((it) => it.asked)
    .map((it) => ({ ref: it.ref, text: it.label, code: 'people.cell_unclear' as const }));
  const doubts = [...columns, ...singles];
  const says = [...(list?.columns ?? []).map((it) => it.field), ...cells.map((it) => it.value)];
  if (doubts.length > 0 || says.some((it) => it !== null)) return doubts;
  return [{ ref: 'A1', text: map.sheet, code: 'people.layout_says_nothing' }];
}
