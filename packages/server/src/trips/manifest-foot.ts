import { drawMark, drawSigning, INK, type Sheet, textWidth } from '../platform/pdf.ts';
import { clock, day, endsAtGate, legend, type Paper, rareNote } from './manifest-lines.ts';

/** Left and right edge of what is printed on the 794 × 1123 sheet. */
export const LEFT = 44;
export const RIGHT = 750;

/** "应乘 49 人  实乘 __ 人 …", the counts to be written by hand. */
export function drawTally(sheet: Sheet, paper: Paper, y: number): void {
  const { facts, say } = paper;
  let x = LEFT;
  const part = (label: string, unit: string, count?: number): void => {
    x += sheet.text(label, x, y, { size: 13 }) + 4;
    if (count === undefined) {
      sheet.line(x, y + 1.5, x + 24, y + 1.5);
      x += 24;
    } else x += sheet.text(String(count), x, y, { size: 17, bold: true });
    x += 4 + sheet.text(unit, x + 4, y, { size: 13 }) + 14;
  };
  part(say('due'), say('people'), facts.passengers.length);
  part(say('took'), say('people'));
  part(say('leftOnWay'), say('people'));
  part(say('atGate'), say('people'));
  if (facts.checks.includes('giftPack')) part(say('packs'), say('copies'));
  const lines = legend(paper);
  lines.forEach((line, i) => {
    const baseline = lines.length === 1 ? y : y - 7 + i * 14;
    sheet.text(line, RIGHT, baseline, {
      size: 10,
      color: INK.hint,
      align: 'right',
      maxWidth: RIGHT - x - 4,
      minSize: 6.5,
    });
  });
}

/** Where both ends sign and seal, and where the absent are named. */
export function drawSigns(sheet: Sheet, paper: Paper): void {
  const { say } = paper;
  const toGate = endsAtGate(paper);
  sheet.line(LEFT, 918.5, RIGHT, 918.5, { width: 1.5 });
  drawSigning(
    sheet,
    44,
    942,
    say('departure'),
    [say('signEscort'), say('signDriver'), say('signTime')],
    say('sealSender'),
  );
  drawSigning(
    sheet,
    286.67,
    942,
    say(toGate ? 'receipt' : 'receiptNext'),
    [say('signReceiver'), say('signPhone'), say('signTime')],
    say(toGate ? 'sealEmployer' : 'sealNext'),
  );
  drawSigning(sheet, 529.33, 942, say('absent'), ['', '', ''], '');
}

/** The last line of every page: of when, which version, which page. */
export function drawFoot(sheet: Sheet, paper: Paper, page: number, pages: number): void {
  const { facts, say } = paper;
  const small = { size: 10, color: INK.second } as const;
  const note = rareNote(paper);
  if (note !== '')
    sheet.text(note, LEFT, 1066, {
      size: 10,
      color: INK.red,
      bold: true,
      maxWidth: RIGHT - LEFT,
      minSize: 6,
    });
  sheet.line(LEFT, 1072.5, RIGHT, 1072.5, { color: INK.rule });
  const asOf = `${day(facts.asOf)} ${clock(facts.asOf)}`;
  const left = sheet.text(
    say('footVersion', { asOf, version: String(facts.version), code: facts.checkCode }),
    LEFT,
    1090,
    small,
  );
  const right = sheet.text(say('page', { page: String(page), pages: String(pages) }), RIGHT, 1090, {
    ...small,
    align: 'right',
  });
  const [from, to] = [LEFT + left + 14, RIGHT - right - 14];
  const told = say(facts.numbers === 'full' ? 'footFull' : 'footMasked');
  const name = textWidth(say('productName'), 10);
  const room = to - from - name - 66;
  const width = Math.min(textWidth(told, 10), room);
  const start = from + (to - from - name - 66 - width) / 2;
  sheet.text(say('productName'), start, 1090, small);
  drawMark(sheet, start + name + 5, 1086.3, 4.4);
  sheet.text(told, start + name + 62, 1090, { ...small, maxWidth: width + 0.5, minSize: 6 });
}
