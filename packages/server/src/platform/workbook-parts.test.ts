import ExcelJS from 'exceljs';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { FillValue, SheetFill } from './sheet-fill.ts';
import { fillWorkbook, looksOf } from './workbook-parts.ts';
import { copyFormula, shiftFormula, shiftMerge, shiftRanges } from './workbook-refs.ts';

const PUT = { sheet: '表 1', first: 5, last: 6, by: 10 };

describe('rows put into a list', () => {
  it.each([
    ['SUM(F5:F6)', 'SUM(F5:F16)'],
    ['F5+F6', 'F5+F6'],
    ['F7*2', 'F17*2'],
    ['SUM($F$5:$F$6)/$B$9', 'SUM($F$5:$F$16)/$B$19'],
    ["SUM('表 1'!F5:F6)+Other!F7", "SUM('表 1'!F5:F16)+Other!F7"],
    ['IF(A1="F7","F7:F8",F8)', 'IF(A1="F7","F7:F8",F18)'],
    ['LOG10(F7)+SUM(A:A)+SUM(1:4)+SUM(5:6)', 'LOG10(F17)+SUM(A:A)+SUM(1:4)+SUM(5:16)'],
    ['SUM(Table1[F7])+_xlfn.X(F2:F4)', 'SUM(Table1[F7])+_xlfn.X(F2:F4)'],
  ])('%s reads %s', (before, after) => {
    expect(shiftFormula(before, PUT, 'sameSheet')).toBe(after);
  });

  it('leave another sheet’s own cells alone, and a row’s own ranges', () => {
    expect(shiftFormula('F7+SUM(F5:F6)', PUT, 'otherSheet')).toBe('F7+SUM(F5:F6)');
    expect(shiftFormula('SUM(B6:D6)+RANK(F6,$F$5:$F$6)', PUT, 'inList')).toBe(
      'SUM(B6:D6)+RANK(F6,$F$5:$F$16)',
    );
  });

  it('copy formulas as Excel does', () => {
    expect(copyFormula('B6*$C$1+B$6+SUM($A$5:A6)', 3)).toBe('B9*$C$1+B$6+SUM($A$5:A9)');
    expect(copyFormula('B6+$C6', 1, 2)).toBe('D7+$C7');
    expect(copyFormula('B1', -1)).toBe('#REF!');
  });

  it('take ranges along, and keep a merge of one row one row high', () => {
    expect(shiftRanges('D6 A1:B2', PUT)).toBe('D6:D16 A1:B2');
    expect(shiftMerge('B6:C6', PUT)).toBe('B6:C6');
    expect(shiftMerge('A8:C9', PUT)).toBe('A18:C19');
    expect(shiftMerge('A5:A6', PUT)).toBe('A5:A16');
  });
});

/** A superior's blank: title merged, header of two rows, one row to fill, a total and a signature below. */
async function blank(): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('花名册', { pageSetup: { orientation: 'landscape', printArea: 'A1:F8' } });
  sheet.getColumn(2).width = 21.5;
  sheet.mergeCells('A1:F1');
  sheet.getCell('A1').value = '返岗人员花名册';
  sheet.getCell('A1').font = { name: '方正小标宋简体', size: 22 };
  sheet.getCell('A2').value = '填报单位：';
  sheet.getRow(3).values = ['序号', '姓名', '身份证号码', '月收入', '年收入'];
  sheet.mergeCells('E3:F3');
  const sample = sheet.getRow(4);
  sample.height = 27;
  sample.getCell(2).font = { name: '仿宋', size: 14 };
  sample.getCell(3).numFmt = '@';
  sheet.mergeCells('E4:F4');
  sheet.getCell('E4').value = { formula: 'D4*12', result: 999 };
  sheet.getCell('A6').value = '合计';
  sheet.getCell('D6').value = { formula: 'SUM(D4:D4)', result: 77 };
  sheet.getCell('D7').value = { formula: 'D6/COUNTA(B4:B4)', result: 7 };
  sheet.mergeCells('A8:F8');
  sheet.getCell('A8').value = '填表人：';
  sheet.getRow(8).height = 41;
  const other = book.addWorksheet('汇总');
  other.getCell('A1').value = { formula: '花名册!D6', result: 5 };
  other.getCell('A2').value = '原样';
  sheet.getCell('D4').dataValidation = { type: 'whole', operator: 'between', formulae: [0, 90000] };
  return Buffer.from(await book.xlsx.writeBuffer());
}

async function* parts(rows: readonly (readonly (readonly [number, FillValue])[])[]) {
  yield rows.slice(0, 2);
  if (rows.length > 2) yield rows.slice(2);
}

function filling(count: number): SheetFill {
  const rows = Array.from({ length: count }, (_, i): (readonly [number, FillValue])[] => [
    [1, i + 1],
    [2, i === 1 ? '=HYPERLINK("http://x")' : `人 <${i}>`],
    [3, '110101199001011237'],
    [4, 5000 + i],
    [5, 'never over a formula'],
  ]);
  return {
    sheet: '花名册',
    cells: new Map([['B2', '样例街道']]),
    list: { firstRow: 4, lastRow: 4, count, rows: parts(rows) },
  };
}

async function reread(bytes: Buffer) {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(bytes as never);
  return book;
}

describe('a filled workbook', () => {
  it('keeps every part byte for byte but the sheets and the workbook', async () => {
    const before = await blank();
    const after = unzipSync(await fillWorkbook(before, filling(5)));
    const source = unzipSync(before);
    const changed = Object.keys(source).filter(
      (it) => strFromU8(source[it] as Uint8Array) !== strFromU8(after[it] ?? new Uint8Array()),
    );
    expect(changed.sort()).toEqual([
      'xl/workbook.xml',
      'xl/worksheets/sheet1.xml',
      'xl/worksheets/sheet2.xml',
    ]);
    const sheet = strFromU8(after['xl/worksheets/sheet1.xml'] as Uint8Array);
    const old = strFromU8(source['xl/worksheets/sheet1.xml'] as Uint8Array);
    const of = (xml: string, tag: string) =>
      new RegExp(`<${tag}[ >/].*?(?:</${tag}>|/>)`, 's').exec(xml)?.[0];
    for (const tag of ['cols', 'pageSetup', 'pageMargins', 'sheetViews', 'sheetFormatPr'])
      expect(of(sheet, tag)).toBe(of(old, tag));
    expect(sheet).toContain(of(old, 'row'));
  });

  it('puts rows in with looks, merges, formulas and print area', async () => {
    const filled = await fillWorkbook(await blank(), filling(5));
    const book = await reread(filled);
    const sheet = book.getWorksheet('花名册') as ExcelJS.Worksheet;
    expect(sheet.getCell('B2').value).toBe('样例街道');
    expect(sheet.getCell('B8').value).toBe('人 <4>');
    expect(sheet.getCell('C8').value).toBe('110101199001011237');
    expect(sheet.getCell('D8').value).toBe(5004);
    expect(sheet.getCell('B8').font).toMatchObject({ name: '仿宋', size: 14 });
    expect(sheet.getRow(8).height).toBe(27);
    expect(sheet.getCell('E8')).toMatchObject({ formula: 'D8*12', isMerged: true });
    expect(sheet.getCell('F8').master.address).toBe('E8');
    expect(sheet.getCell('D10').formula).toBe('SUM(D4:D8)');
    expect(sheet.getCell('D11').formula).toBe('D10/COUNTA(B4:B8)');
    expect(sheet.getCell('F12').master.address).toBe('A12');
    expect(sheet.getRow(12).height).toBe(41);
    expect(sheet.pageSetup.printArea).toBe('A1:F12');
    expect(sheet.getCell('D7').dataValidation).toMatchObject({ type: 'whole' });
    expect(book.getWorksheet('汇总')?.getCell('A1').formula).toBe('花名册!D10');
    const xml = strFromU8(unzipSync(filled)['xl/workbook.xml'] as Uint8Array);
    expect(xml).toContain('fullCalcOnLoad="1"');
  });

  it('takes a text that could be a formula for a text', async () => {
    const book = await reread(await fillWorkbook(await blank(), filling(3)));
    const { value } = (book.getWorksheet('花名册') as ExcelJS.Worksheet).getCell('B5');
    expect(value).toBe('\'=HYPERLINK("http://x")');
  });

  it('shows no figure that was calculated before', async () => {
    const before = await blank();
    expect(strFromU8(unzipSync(before)['xl/worksheets/sheet1.xml'] as Uint8Array)).toContain('<v>999</v>');
    const after = unzipSync(await fillWorkbook(before, filling(1)));
    expect(strFromU8(after['xl/worksheets/sheet1.xml'] as Uint8Array)).not.toMatch(/<\/f><v>/);
  });

  it('adds a sheet beside the layout’s own when asked', async () => {
    const rows = [['新增', 1] as const];
    const filled = await fillWorkbook(await blank(), filling(2), { name: '汇总', rows });
    const book = await reread(filled);
    expect(book.worksheets.map((it) => it.name)).toEqual(['花名册', '汇总', '汇总 2']);
    expect(book.getWorksheet('汇总 2')?.getCell('A1').value).toBe('新增');
  });

  it('writes out shared formulas and drops the order of calculation', async () => {
    const files = unzipSync(await blank());
    const name = 'xl/worksheets/sheet1.xml';
    const shared = strFromU8(files[name] as Uint8Array)
      .replace('<f>SUM(D4:D4)</f>', '<f t="shared" ref="D6:D7" si="0">C6*2</f>')
      .replace('<f>D6/COUNTA(B4:B4)</f>', '<f t="shared" si="0"/>');
    files[name] = strToU8(shared);
    files['xl/calcChain.xml'] = strToU8('<calcChain/>');
    const add = (part: string, tag: string, text: string) => {
      files[part] = strToU8(strFromU8(files[part] as Uint8Array).replace(tag, `${text}${tag}`));
    };
    add(
      'xl/_rels/workbook.xml.rels',
      '</Relationships>',
      '<Relationship Id="rIdChain" Type="http://x/calcChain" Target="calcChain.xml"/>',
    );
    add('[Content_Types].xml', '</Types>', '<Override PartName="/xl/calcChain.xml" ContentType="x"/>');
    const filled = await fillWorkbook(zipSync(files), filling(3));
    expect(Object.keys(unzipSync(filled))).not.toContain('xl/calcChain.xml');
    const sheet = (await reread(filled)).getWorksheet('花名册') as ExcelJS.Worksheet;
    expect([sheet.getCell('D8').formula, sheet.getCell('D9').formula]).toEqual(['C8*2', 'C9*2']);
  });

  it('knows which rows are there and which cells calculate', async () => {
    const looks = looksOf(await blank()).get('花名册');
    expect(looks?.rows.has(4)).toBe(true);
    expect([...(looks?.formulas ?? [])]).toEqual(['E4', 'D6', 'D7']);
  });
});
