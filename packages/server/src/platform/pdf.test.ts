import { statSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { openSheet, printable, renderPdf, sheetsDefinition, textWidth } from './pdf.ts';
import { readFontFacts } from './pdf-font.ts';

const fonts = join(import.meta.dirname, '../../../../data/fonts');
const files = ['NotoSansSC-Regular.subset.ttf', 'NotoSansSC-Bold.subset.ttf'].map((name) =>
  join(fonts, name),
);

describe('the fonts of paper', () => {
  it.each(files)('%s has all hanzi of GB 2312, the names and the signs, in less than 5 MB', (path) => {
    const font = readFontFacts(path);
    const missing: string[] = [];
    for (let row = 0xb0; row <= 0xf7; row += 1) {
      for (let cell = 0xa1; cell <= 0xfe; cell += 1) {
        const character = iconv.decode(Buffer.from([row, cell]), 'gb2312');
        if (/^\p{Script=Han}$/u.test(character) && !font.has(character)) missing.push(character);
      }
    }
    missing.push(
      ...[...'覃冉谭瞿喆堃玥珺璟赟䶮㛃·→＝●◐○0123456789XAz（）'].filter((character) => !font.has(character)),
    );
    expect(missing).toEqual([]);
    expect(statSync(path).size).toBeLessThan(5e6);
  });

  it('measures hanzi as one em and digits alike', () => {
    expect(textWidth('登记表', 10)).toBeCloseTo(30, 5);
    expect(textWidth('1', 10)).toBe(textWidth('8', 10));
  });
});

describe('a character the font lacks', () => {
  it('becomes its reading or its code point in brackets, and is told', () => {
    const { text, rare } = printable('王𠮷');
    expect(text).toMatch(/^王\[.+\]$/);
    expect(rare).toMatchObject([{ character: '𠮷', codePoint: 'U+20BB7' }]);
    expect(printable('陈代明')).toEqual({ text: '陈代明', rare: [] });
  });
});

describe('a sheet', () => {
  it('sets text smaller, then cuts it, to stay within its width', () => {
    const sheet = openSheet();
    expect(sheet.text('乘客信息登记表', 0, 20, { size: 12, maxWidth: 63 })).toBeLessThanOrEqual(63);
    expect(sheet.text('乘客信息登记表', 0, 40, { size: 12, maxWidth: 30, minSize: 8 })).toBeLessThanOrEqual(
      30,
    );
    expect(sheet.said()).toEqual(['乘客信息登记表', expect.stringMatching(/…$/)]);
  });

  it('makes one page each', async () => {
    const pdf = await renderPdf(sheetsDefinition([openSheet(), openSheet()], { title: 'x', language: 'zh' }));
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(2);
  });
});
