import type { Language } from '@fangang/domain/basics/say.ts';
import { bySeat, type ManifestFacts, type ManifestPassenger } from '@fangang/domain/trips/manifest.ts';
import ExcelJS from 'exceljs';
import { plainXlsx } from '../platform/export-cells.ts';
import {
  clock,
  day,
  endsAtGate,
  headFacts,
  legend,
  orderLine,
  type Paper,
  paperOf,
  saidName,
  wayLines,
} from './manifest-lines.ts';

const THIN = { style: 'thin' as const, color: { argb: 'FF7D8F8B' } };
const INK_LINE = { style: 'medium' as const, color: { argb: 'FF16211F' } };
const FONT = '宋体';
const HINT = 'FF5C6B68';

/** One column of the list: its head, its width in characters, what a row says. */
interface Column {
  readonly head: string;
  readonly width: number;
  readonly center?: boolean;
  /** Digits that must stay as written: Excel would turn 18 of them into a rounded number. */
  readonly digits?: boolean;
  readonly of: (person: ManifestPassenger) => string;
}

function columnsOf({ facts, lang, say }: Paper): readonly Column[] {
  const full = facts.numbers === 'full';
  const hand = facts.checks.includes('temperature')
    ? [{ head: say('temperature'), width: 7, of: () => '' }]
    : [];
  return [
    { head: say('seat'), width: 6, center: true, of: (it) => it.seat },
    { head: say('name'), width: lang === 'en' ? 18 : 11, of: (it) => it.name },
    ...(lang === 'en' ? [{ head: 'Pinyin', width: 16, of: (it: ManifestPassenger) => it.pinyin ?? '' }] : []),
    {
      head: say('gender'),
      width: 5,
      center: true,
      of: (it) => (it.gender ? say(`gender.${it.gender}`) : ''),
    },
    {
      head: say('idNumber'),
      width: 21,
      digits: true,
      of: (it) => (full ? (it.idNumber ?? it.idMasked) : it.idMasked),
    },
    {
      head: say('phone'),
      width: 14,
      digits: true,
      of: (it) => (full ? (it.phone ?? it.phoneMasked) : it.phoneMasked),
    },
    { head: say('stopShort'), width: 6, center: true, of: (it) => it.stopLetter },
    {
      head: say('needs'),
      width: 10,
      of: (it) => it.needs.map((need) => say(`need.${need}`)).join(say('listJoin')),
    },
    ...hand,
    { head: say('boardedShort'), width: 5, center: true, of: () => '' },
    { head: say('arrivedShort'), width: 5, center: true, of: () => '' },
    { head: say('remark'), width: 10, of: () => '' },
  ];
}

/** Writes one line over the whole width. */
function wideRow(
  sheet: ExcelJS.Worksheet,
  columns: number,
  text: string,
  height: number,
  font: Partial<ExcelJS.Font>,
): void {
  const row = sheet.addRow([text]);
  sheet.mergeCells(row.number, 1, row.number, columns);
  row.height = height;
  row.font = { name: FONT, ...font };
  row.getCell(1).alignment = { vertical: 'middle', wrapText: true };
}

function writeHead(sheet: ExcelJS.Worksheet, paper: Paper, columns: number): void {
  const { facts, lang, say } = paper;
  wideRow(sheet, columns, say('title'), 34, { size: 20, bold: true });
  wideRow(sheet, columns, orderLine(paper), 18, { size: 10, color: { argb: HINT } });
  wideRow(
    sheet,
    columns,
    say('route', { from: saidName(facts.from, lang), to: saidName(facts.to, lang) }),
    18,
    { size: 11 },
  );
  const cells = headFacts(paper).map((it) =>
    `${it.label}：${it.value}`.replace('：', lang === 'zh' ? '：' : ': '),
  );
  for (const line of [cells.slice(0, 3), cells.slice(3)])
    wideRow(sheet, columns, line.join('　　'), 18, { size: 10 });
  for (const { head, items } of wayLines(paper)) {
    const text = `${head}　${items.join('　·　')}`;
    wideRow(sheet, columns, text, 15 * Math.max(1, Math.ceil(text.length / (lang === 'zh' ? 52 : 100))), {
      size: 9,
    });
  }
}

function writeList(sheet: ExcelJS.Worksheet, paper: Paper, columns: readonly Column[]): number {
  const head = sheet.addRow(columns.map((it) => it.head));
  head.height = 20;
  head.eachCell((cell) => {
    cell.font = { name: FONT, size: 10, bold: true };
    cell.alignment = { horizontal: 'center', vertical: 'middle' };
    cell.border = { top: INK_LINE, bottom: { style: 'thin', color: { argb: 'FF16211F' } } };
  });
  for (const person of bySeat(paper.facts.passengers)) {
    const row = sheet.addRow([]);
    row.height = 19;
    columns.forEach((column, i) => {
      const cell = row.getCell(i + 1);
      // Text format on every cell: seats, IDs and phones must never become numbers, names never formulas.
      cell.numFmt = '@';
      cell.value = column.of(person);
      cell.font = { name: FONT, size: 11, bold: i === 1 };
      cell.alignment = {
        vertical: 'middle',
        horizontal: column.center ? 'center' : 'left',
        shrinkToFit: !column.digits,
      };
      cell.border = { bottom: THIN, left: THIN, right: THIN };
    });
  }
  return head.number;
}

/** Counts to be written by hand, signatures, room for the two seals, and who did not come. */
function writeSigns(sheet: ExcelJS.Worksheet, paper: Paper, columns: number): void {
  const { facts, say } = paper;
  const blank = '______';
  const toGate = endsAtGate(paper);
  const packs = facts.checks.includes('giftPack') ? [`${say('packs')} ${blank} ${say('copies')}`] : [];
  const hand = (['took', 'leftOnWay', 'atGate'] as const).map(
    (key) => `${say(key)} ${blank} ${say('people')}`,
  );
  const tally = [`${say('due')} ${facts.passengers.length} ${say('people')}`, ...hand, ...packs];
  wideRow(sheet, columns, tally.map((it) => it.trimEnd()).join('　　'), 26, { size: 12 });
  wideRow(sheet, columns, legend(paper).join('　'), 15, { size: 9, color: { argb: HINT } });
  const middle = Math.ceil(columns / 2);
  const seal = (key: 'sealSender' | 'sealEmployer' | 'sealNext'): string =>
    `（${say(key).replace('\n', paper.lang === 'zh' ? '' : ' ')}）`;
  const lines: readonly (readonly [string, string])[] = [
    [say('departure'), say(toGate ? 'receipt' : 'receiptNext')],
    [`${say('signEscort')}：`, `${say('signReceiver')}：`],
    [`${say('signDriver')}：`, `${say('signPhone')}：`],
    [seal('sealSender'), seal(toGate ? 'sealEmployer' : 'sealNext')],
    [say('signTime'), say('signTime')],
  ];
  lines.forEach(([left, right], i) => {
    const row = sheet.addRow([]);
    row.height = i === 3 ? 62 : 26;
    sheet.mergeCells(row.number, 1, row.number, middle);
    sheet.mergeCells(row.number, middle + 1, row.number, columns);
    for (const [at, text] of [
      [1, left],
      [middle + 1, right],
    ] as const) {
      const cell = row.getCell(at);
      cell.value = text;
      cell.font = { name: FONT, size: 11, bold: i === 0, ...(i > 2 && { color: { argb: HINT } }) };
      cell.alignment = { vertical: 'middle', horizontal: i > 2 ? 'right' : 'left' };
    }
    for (let column = 1; column <= columns; column += 1) {
      row.getCell(column).border = {
        ...(i === 0 && { top: INK_LINE }),
        ...(i === lines.length - 1 && { bottom: THIN }),
        ...(column === middle + 1 && { left: THIN }),
        ...((i === 1 || i === 2) && { bottom: THIN }),
      };
    }
  });
  wideRow(sheet, columns, `${say('absent')}：`, 54, { size: 11 });
}

/** A4 upright, one page wide, the heads repeated on every page, page numbers and check code in the foot. */
function setUpPrinting(sheet: ExcelJS.Worksheet, paper: Paper, headRow: number): void {
  const { facts, say } = paper;
  sheet.pageSetup = {
    ...sheet.pageSetup,
    paperSize: 9,
    orientation: 'portrait',
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
    horizontalCentered: true,
    printTitlesRow: `${headRow}:${headRow}`,
    margins: { left: 0.45, right: 0.45, top: 0.55, bottom: 0.65, header: 0.25, footer: 0.3 },
  };
  // An ampersand in a plate or office name would be read as a code of the header.
  const plain = (text: string): string => text.replaceAll('&', '&&');
  const asOf = `${day(facts.asOf)} ${clock(facts.asOf)}`;
  const foot = say('footVersion', { asOf, version: String(facts.version), code: facts.checkCode });
  sheet.headerFooter.oddHeader = `&R&8${plain(`${say('productName')} · ${say('tripNumber', { number: facts.tripNumber })}`)}`;
  sheet.headerFooter.oddFooter = `&L&8${plain(foot)}&R&8${say('excelPage')}`;
}

/** The manifest as a spreadsheet that prints on A4 like the paper one; numbers of persons are text. */
export async function manifestXlsx(facts: ManifestFacts, lang: Language): Promise<Buffer> {
  const paper = paperOf(facts, lang);
  const columns = columnsOf(paper);
  const workbook = new ExcelJS.Workbook();
  workbook.creator = 'Fangang';
  const sheet = workbook.addWorksheet(paper.say('sheetName'));
  writeHead(sheet, paper, columns.length);
  columns.forEach((column, i) => {
    sheet.getColumn(i + 1).width = column.width;
  });
  const headRow = writeList(sheet, paper, columns);
  sheet.views = [{ state: 'frozen', xSplit: 2, ySplit: headRow, showGridLines: false }];
  writeSigns(sheet, paper, columns.length);
  setUpPrinting(sheet, paper, headRow);
  return plainXlsx(workbook);
}
