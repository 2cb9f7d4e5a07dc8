import type { Language } from '@fangang/domain/basics/say.ts';
import {
  type ManifestFacts,
  type ManifestPage,
  type ManifestPassenger,
  manifestPages,
} from '@fangang/domain/trips/manifest.ts';
import type { TDocumentDefinitions } from 'pdfmake/interfaces.js';
import {
  drawTags,
  INK,
  inTwo,
  openSheet,
  printable,
  renderPdf,
  type Sheet,
  sheetsDefinition,
  textWidth,
} from '../platform/pdf.ts';
import { drawFoot, drawSigns, drawTally, LEFT, RIGHT } from './manifest-foot.ts';
import {
  clock,
  day,
  driverNames,
  endsAtGate,
  headFacts,
  orderLine,
  type Paper,
  paperOf,
  type RollField,
  rollEdges,
  rollWidths,
  saidName,
  vehicleFact,
  wayLines,
} from './manifest-lines.ts';

const COLUMN = 346;
/** Where the rows end: above the signatures, or above the foot. */
const ROWS_END = { withSigns: 879, withoutSigns: 1044 } as const;

/** Title, QR code, facts and way of the first page; returns where the roll begins. */
function drawHead(sheet: Sheet, paper: Paper): number {
  const { facts, lang, say } = paper;
  const zh = lang === 'zh';
  sheet.text(orderLine(paper), LEFT, 50, { size: 12, color: INK.second, maxWidth: 600 });
  sheet.text(say('title'), LEFT, 91, { size: 32, bold: true, spacing: zh ? 6 : 0.5 });
  const route = say('route', { from: saidName(facts.from, lang), to: saidName(facts.to, lang) });
  sheet.text(`${route}　${say(endsAtGate(paper) ? 'rule' : 'ruleNext')}`, LEFT, 117, {
    size: 12,
    maxWidth: 606,
    minSize: 9,
  });
  sheet.qr(facts.verifyUrl, 666, 36, 84);
  sheet.text(say('scan', { version: String(facts.version) }), 708, 135, {
    size: 10,
    color: INK.second,
    align: 'center',
    maxWidth: 100,
  });
  sheet.line(LEFT, 148.5, RIGHT, 148.5, { width: 3 });
  const columns = [
    [44, 60, 196],
    [306, 58, 186],
    [556, 58, 136],
  ] as const;
  const drivers = driverNames(paper);
  const manyDrivers = textWidth(drivers.join('　'), 9.5) > columns[0][2];
  headFacts(paper).forEach((it, i) => {
    const [x, indent, width] = columns[i % 3] as (typeof columns)[number];
    const y = 172 + Math.floor(i / 3) * 22;
    const value = i === 3 && manyDrivers ? say('driversBelow', { n: drivers.length }) : it.value;
    sheet.text(it.label, x, y, { size: 12, color: INK.hint, maxWidth: indent - 4 });
    sheet.text(value, x + indent, y, { size: 12, maxWidth: width });
  });
  sheet.line(LEFT, 204.5, RIGHT, 204.5, { color: INK.edge });
  const lines = wayLines(paper);
  return drawWayLines(sheet, manyDrivers ? [{ head: say('drivers'), items: drivers }, ...lines] : lines);
}

/** Sets items in lines of the given width; a line that would overflow goes on below, indented past its head. */
function drawWayLines(sheet: Sheet, lines: ReturnType<typeof wayLines>): number {
  const indent = Math.max(...lines.map((it) => textWidth(it.head, 11, true)), 0) + 11;
  let y = 224;
  for (const { head, items } of lines) {
    sheet.text(head, LEFT, y, { size: 11, bold: true });
    let x = LEFT + indent;
    items.forEach((item, i) => {
      const text = i < items.length - 1 ? `${item}　·　` : item;
      if (x > LEFT + indent && x + textWidth(item, 11) > RIGHT) {
        x = LEFT + indent;
        y += 18;
      }
      x += sheet.text(text, x, y, { size: 11, maxWidth: RIGHT - LEFT - indent + 24 });
    });
    y += 20;
  }
  return y - 8;
}

/** The slim head of a continuing page. */
function drawRunningHead(sheet: Sheet, paper: Paper): number {
  const { facts, say } = paper;
  const vehicle = vehicleFact(paper);
  const width = sheet.text(say('title'), LEFT, 60, { size: 18, bold: true, spacing: 1 });
  const about = [
    say('tripNumber', { number: facts.tripNumber }),
    `${vehicle.label} ${vehicle.value}`,
    `${day(facts.departAt)} ${clock(facts.departAt)}`,
  ];
  sheet.text(about.join('　·　'), LEFT + width + 18, 60, {
    size: 12,
    color: INK.second,
    maxWidth: 600 - width,
  });
  sheet.qr(facts.verifyUrl, 706, 30, 44);
  sheet.line(LEFT, 83, RIGHT, 83, { width: 2 });
  return 94;
}

function drawRollHead(sheet: Sheet, paper: Paper, left: number, top: number): void {
  const { facts, say } = paper;
  const widths = rollWidths(paper);
  const at = rollEdges(widths, left);
  const head = { size: 10, bold: true } as const;
  const centered = (field: RollField, text: string): void => {
    sheet.text(text, at[field] + widths[field] / 2, top + 15, {
      ...head,
      align: 'center',
      maxWidth: widths[field] - 3,
      minSize: 5.5,
    });
  };
  sheet.text(say('seat'), at.name - 6, top + 15, {
    ...head,
    align: 'right',
    maxWidth: widths.seat - 6,
    minSize: 5.5,
  });
  sheet.text(say('name'), at.name + 2, top + 15, head);
  centered('gender', say('gender'));
  sheet.text(say('idNumber'), at.id + 2, top + 15, head);
  sheet.text(say('phone'), at.phone + 2, top + 15, head);
  if (widths.stop > 0) centered('stop', say('stopShort'));
  centered('hand', say(facts.checks.includes('temperature') ? 'temperature' : 'remark'));
  centered('on', say('boardedShort'));
  centered('arrived', say('arrivedShort'));
}

/** The two lines of a name that does not stand on one, and their sizes; in English pinyin above, hanzi below. */
function nameLines(
  paper: Paper,
  person: ManifestPassenger,
  text: string,
  room: number,
): readonly [string, string] | null {
  if (paper.lang === 'en' && person.pinyin) return [person.pinyin, text];
  return textWidth(text, 12, true) > room ? inTwo(text) : null;
}

/** Draws a name whole, however long: set smaller or on two lines, never cut. */
function drawName(
  sheet: Sheet,
  paper: Paper,
  person: ManifestPassenger,
  x: number,
  middle: number,
  width: number,
): void {
  const marks = person.needs.map((need) => paper.say(`mark.${need}`));
  const room = width - 4 - drawTags(sheet, marks, x + width - 2, middle);
  const { text } = printable(person.name);
  const lines = nameLines(paper, person, text, room);
  if (!lines) {
    sheet.text(text, x + 2, middle + 4.4, { size: 12, bold: true });
    return;
  }
  const hanziBelow = paper.lang === 'en' && person.pinyin !== undefined;
  const below = hanziBelow ? { size: 8, color: INK.second } : { size: 9, bold: true };
  sheet.text(lines[0], x + 2, middle - 1, {
    size: hanziBelow ? 9.5 : 9,
    bold: true,
    maxWidth: room,
    minSize: 3,
  });
  sheet.text(lines[1], x + 2, middle + 8.2, { ...below, maxWidth: room, minSize: 3 });
}

function drawPassenger(
  sheet: Sheet,
  paper: Paper,
  person: ManifestPassenger,
  left: number,
  middle: number,
): void {
  const widths = rollWidths(paper);
  const at = rollEdges(widths, left);
  const full = paper.facts.numbers === 'full';
  const number = { size: 10.5 } as const;
  sheet.text(person.seat, at.name - 6, middle + 4, {
    size: 11,
    color: INK.second,
    align: 'right',
    maxWidth: widths.seat - 5,
  });
  drawName(sheet, paper, person, at.name, middle, widths.name);
  if (person.gender) {
    sheet.text(paper.say(`gender.${person.gender}`), at.gender + widths.gender / 2, middle + 4, {
      size: 11,
      align: 'center',
    });
  }
  const id = full ? (person.idNumber ?? person.idMasked) : person.idMasked;
  const phone = full ? (person.phone ?? person.phoneMasked) : person.phoneMasked;
  sheet.text(id, at.id + 2, middle + 4, { ...number, maxWidth: widths.id - 3 });
  sheet.text(phone, at.phone + 2, middle + 4, { ...number, maxWidth: widths.phone - 3 });
  if (widths.stop > 0)
    sheet.text(person.stopLetter, at.stop + widths.stop / 2, middle + 4, {
      size: 11,
      align: 'center',
      maxWidth: widths.stop - 2,
    });
  for (const field of ['on', 'arrived'] as const)
    sheet.box(at[field] + widths[field] / 2 - 5.5, middle - 5.5, 11, 11);
}

function drawColumn(
  sheet: Sheet,
  paper: Paper,
  people: readonly ManifestPassenger[],
  rows: number,
  left: number,
  top: number,
  rowHeight: number,
  sayBlank: boolean,
): void {
  const body = top + 22;
  const widths = rollWidths(paper);
  const at = rollEdges(widths, left);
  sheet.line(left, top + 0.75, left + COLUMN, top + 0.75, { width: 1.5 });
  drawRollHead(sheet, paper, left, top);
  sheet.line(left, body, left + COLUMN, body);
  for (let row = 0; row < rows; row += 1) {
    const person = people[row];
    const middle = body + rowHeight * (row + 0.5);
    const end = body + rowHeight * (row + 1);
    if (person) drawPassenger(sheet, paper, person, left, middle);
    else if (row === people.length && sayBlank) {
      sheet.text(paper.say('restBlank'), left + COLUMN / 2, middle + 4, {
        size: 11,
        color: INK.hint,
        align: 'center',
        spacing: paper.lang === 'zh' ? 4 : 0.5,
      });
    }
    if (row < rows - 1)
      sheet.line(left, end, left + COLUMN, end, {
        color: (row + 1) % 5 === 0 ? INK.edge : INK.rule,
        width: (row + 1) % 5 === 0 ? 1 : 0.8,
      });
    if (person) {
      for (const x of [at.hand, at.on])
        sheet.line(x, end - rowHeight, x, end, { color: INK.rule, width: 0.8 });
    }
  }
  sheet.line(left, body + rowHeight * rows, left + COLUMN, body + rowHeight * rows, { width: 1.5 });
}

function drawPage(paper: Paper, page: ManifestPage, number: number, pages: number): Sheet {
  const sheet = openSheet();
  const top = page.isFirst ? drawHead(sheet, paper) : drawRunningHead(sheet, paper);
  const leftIsFull = page.left.length === page.rows;
  const continued = paper.facts.passengers.length > 0 && !page.isLast;
  const end = page.isLast ? ROWS_END.withSigns : ROWS_END.withoutSigns;
  const rowHeight = Math.min(24, (end - top - 22) / page.rows);
  const columns = [
    [page.left, LEFT, !leftIsFull],
    [page.right, RIGHT - COLUMN, leftIsFull],
  ] as const;
  for (const [people, left, sayBlank] of columns)
    drawColumn(sheet, paper, people, page.rows, left, top, rowHeight, sayBlank && !continued);
  if (page.isLast) {
    drawTally(sheet, paper, 905);
    drawSigns(sheet, paper);
  } else {
    sheet.text(paper.say('signedOnLast', { page: String(pages) }), RIGHT, 1062, {
      size: 11,
      color: INK.hint,
      align: 'right',
    });
  }
  drawFoot(sheet, paper, number, pages);
  return sheet;
}

/** Draws every page of a manifest. */
export function manifestSheets(facts: ManifestFacts, lang: Language): readonly Sheet[] {
  const paper = paperOf(facts, lang);
  const pages = manifestPages(facts.passengers);
  return pages.map((page, i) => drawPage(paper, page, i + 1, pages.length));
}

/** The manifest as a pdfmake definition. */
export function manifestDefinition(facts: ManifestFacts, lang: Language): TDocumentDefinitions {
  return sheetsDefinition(manifestSheets(facts, lang), {
    title: `${paperOf(facts, lang).say('title')} ${facts.tripNumber}`,
    language: lang,
  });
}

/** The registration form of passengers (乘客信息登记表) of one leg on A4, to be signed and sealed at both ends. */
export function manifestPdf(facts: ManifestFacts, lang: Language): Promise<Buffer> {
  return renderPdf(manifestDefinition(facts, lang));
}
