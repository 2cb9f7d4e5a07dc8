import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import exceljs from 'exceljs';
import * as fc from 'fast-check';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeXls } from '../people/roster-samples-xls.ts';
import { READ_LIMITS, readWorkbook } from './spreadsheet.ts';
import { preflight } from './spreadsheet-preflight.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sheets-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function put(name: string, bytes: Buffer | string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

async function xlsx(rows: readonly (readonly (string | number | Date | null)[])[]): Promise<Buffer> {
  const book = new exceljs.Workbook();
  const sheet = book.addWorksheet('Sheet1');
  for (const row of rows) sheet.addRow([...row]);
  return Buffer.from(await book.xlsx.writeBuffer());
}

/** A zip of stored entries whose directory may lie about the unpacked size. */
function zip(entries: readonly { name: string; body: string; unpacked?: number; method?: number }[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let at = 0;
  for (const { name, body, unpacked = body.length, method = 0 } of entries) {
    const data = Buffer.from(body, 'latin1');
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(method, 8);
    local.writeUInt32LE(data.length, 18);
    local.writeUInt32LE(unpacked, 22);
    local.writeUInt16LE(name.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(method, 10);
    central.writeUInt32LE(data.length, 20);
    central.writeUInt32LE(unpacked, 24);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(at, 42);
    locals.push(local, Buffer.from(name), data);
    centrals.push(central, Buffer.from(name));
    at += 30 + name.length + data.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(
    centrals.reduce((sum, it) => sum + it.length, 0),
    12,
  );
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, ...centrals, end]);
}

describe('a spreadsheet', () => {
  it('in .xlsx keeps places, numbers as numbers and dates as ISO text', async () => {
    const path = await put(
      'a.xlsx',
      await xlsx([
        ['姓名', '号'],
        [],
        ['谭', 500232198001011000, new Date(Date.UTC(2022, 1, 13)), 13900001234],
      ]),
    );
    const book = await readWorkbook(path);
    if (!book.ok) throw new Error(book.refusal.code);
    expect(book.value).toMatchObject({ format: 'xlsx', encoding: null });
    const [sheet] = book.value.sheets;
    expect(sheet?.rows[1]).toEqual([]);
    expect(sheet?.rows[2]).toEqual([
      { text: '谭', isNumber: false },
      { text: '500232198001011000', isNumber: true },
      { text: '2022-02-13', isNumber: false },
      { text: '13900001234', isNumber: true },
    ]);
  });

  it('in .xls is read, whatever its name', async () => {
    const path = await put(
      'old.xlsx',
      writeXls([
        {
          name: '表',
          rows: [
            ['姓名', '证件号码'],
            ['谭秋实', 512323620512004],
          ],
        },
      ]),
    );
    expect(await readWorkbook(path)).toMatchObject({
      ok: true,
      value: {
        format: 'xls',
        sheets: [
          {
            name: '表',
            rows: [
              [{ text: '姓名' }, {}],
              [{ text: '谭秋实' }, { text: '512323620512004', isNumber: true }],
            ],
          },
        ],
      },
    });
  });

  it('in text is read in the encodings and separators of offices', async () => {
    const text = '姓名,身份证号码\r\n谭秋实,="50023"\r\n"冉,小禾",\'50024\r\n';
    const cases: [string, Buffer, string][] = [
      ['utf8', Buffer.from(text), 'UTF-8'],
      ['bom', Buffer.from(`\uFEFF${text}`), 'UTF-8'],
      ['gbk', iconv.encode(text, 'gbk'), 'GBK'],
      ['gb18030', iconv.encode(text.replace('秋', '㐂𠮷'), 'gb18030'), 'GB18030'],
      ['utf16', iconv.encode(text, 'utf16le', { addBOM: true }), 'UTF-16LE'],
      ['semicolon', iconv.encode(text.replaceAll(',', ';'), 'gbk'), 'GBK'],
      ['tab', iconv.encode(text.replaceAll(',', '\t'), 'gbk'), 'GBK'],
    ];
    for (const [name, bytes, encoding] of cases) {
      const book = await readWorkbook(await put(`${name}.csv`, bytes));
      if (!book.ok) throw new Error(`${name} ${book.refusal.code}`);
      expect(book.value.encoding, name).toBe(encoding);
      const rows = book.value.sheets[0]?.rows ?? [];
      expect(
        rows[0]?.map((it) => it.text),
        name,
      ).toEqual(['姓名', '身份证号码']);
      expect(rows[1]?.[1], name).toEqual({ text: '50023', isNumber: false });
      expect(rows[2]?.[1]?.text, name).toBe('50024');
    }
  });

  it('styled far beyond its content is read as far as its content', async () => {
    const book = new exceljs.Workbook();
    const sheet = book.addWorksheet('Sheet1');
    sheet.addRow(['姓名', '身份证号']);
    sheet.getCell('XFD500').style = { font: { bold: true } };
    sheet.getCell('GZ3').style = { font: { bold: true } };
    const read = await readWorkbook(await put('styled.xlsx', Buffer.from(await book.xlsx.writeBuffer())));
    expect(read).toMatchObject({ ok: true, value: { sheets: [{ width: 2 }] } });
    expect(read.ok && read.value.sheets[0]?.rows).toHaveLength(1);
  });
});

describe('what is no sound spreadsheet is refused', () => {
  const refused = async (name: string, bytes: Buffer | string, limits = READ_LIMITS) => {
    const read = await readWorkbook(await put(name, bytes), limits);
    return read.ok ? 'read' : [read.refusal.code, ...Object.values(read.refusal.facts ?? {})].join(' ');
  };

  it('by what its bytes are', async () => {
    expect(await refused('a-pdf.xlsx', '%PDF-1.7\n%âãÏÓ')).toBe('basics.file_not_spreadsheet pdf');
    expect(await refused('web.xls', '<html><table><tr><td>姓名</td></tr></table></html>')).toBe(
      'basics.file_not_spreadsheet html',
    );
    expect(await refused('2003.xls', '<?xml version="1.0"?><Workbook/>')).toBe(
      'basics.file_not_spreadsheet xml',
    );
    expect(await refused('photo.xlsx', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d]))).toBe(
      'basics.file_not_spreadsheet image',
    );
    expect(await refused('empty.xlsx', '')).toBe('basics.file_empty');
    expect(await refused('letter.xlsx', zip([{ name: 'word/document.xml', body: '' }]))).toBe(
      'basics.file_not_spreadsheet word',
    );
    expect(
      await refused('binary.csv', Buffer.from(Array.from({ length: 600 }, (_, i) => (i * 7) % 256))),
    ).toBe('basics.file_not_spreadsheet unknown');
    expect(await readWorkbook(join(folder, 'nowhere.xlsx'))).toMatchObject({
      refusal: { code: 'basics.file_missing' },
    });
    expect(await readWorkbook(folder)).toMatchObject({ refusal: { code: 'basics.file_missing' } });
  });

  it('when encrypted', async () => {
    const ole = Buffer.concat([
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
      Buffer.alloc(600),
      Buffer.from('EncryptedPackage', 'utf16le'),
      Buffer.alloc(600),
    ]);
    expect(await refused('locked.xlsx', ole)).toBe('basics.file_encrypted');
    const old = writeXls([{ name: '表', rows: [['姓名']] }]);
    const bof = old.indexOf(Buffer.from([0x09, 0x08, 0x10, 0x00, 0x00, 0x06, 0x05, 0x00]));
    old.writeUInt16LE(0x2f, bof + 20);
    expect(await refused('locked.xls', old)).toBe('basics.file_encrypted');
  });

  it('when cut off or damaged', async () => {
    const whole = await xlsx([
      ['姓名', '身份证号'],
      ['谭秋实', '1'],
    ]);
    for (const share of [0.1, 0.5, 0.9, 0.99]) {
      expect(await refused('cut.xlsx', whole.subarray(0, Math.floor(whole.length * share)))).toBe(
        'basics.file_damaged',
      );
    }
    const broken = Buffer.from(whole);
    broken.fill(0x55, 200, 400);
    expect(await refused('broken.xlsx', broken)).toBe('basics.file_damaged');
    const old = writeXls([{ name: '表', rows: [['姓名', '身份证号']] }]);
    expect(await refused('cut.xls', old.subarray(0, 1600))).toBe('basics.file_damaged');
  });

  it('when it would unpack to something monstrous', async () => {
    const book = { name: 'xl/workbook.xml', body: '<workbook/>' };
    expect(await refused('bomb.xlsx', zip([{ ...book, unpacked: 400 * 1024 * 1024 }]))).toBe(
      'basics.file_suspicious size',
    );
    expect(await refused('ratio.xlsx', zip([{ ...book, unpacked: 40 * 1024 * 1024 }]))).toBe(
      'basics.file_suspicious ratio',
    );
    expect(
      await refused(
        'crowd.xlsx',
        zip([book, ...Array.from({ length: 2_100 }, (_, i) => ({ name: `x${i}`, body: '' }))]),
      ),
    ).toBe('basics.file_suspicious entries');
    expect(
      await refused(
        'dtd.xlsx',
        zip([{ name: 'xl/workbook.xml', body: '<!DOCTYPE x [<!ENTITY a "b">]><workbook/>' }]),
      ),
    ).toBe('basics.file_suspicious dtd');
    const late = `${' '.repeat(6_000)}<!DOCTYPE x [<!ENTITY a "b">]><workbook/>`;
    expect(await refused('late.xlsx', zip([{ name: 'xl/workbook.xml', body: late }]))).toBe(
      'basics.file_suspicious dtd',
    );
    const wide = Buffer.from('<!DOCTYPE x><workbook/>', 'utf16le').toString('latin1');
    expect(await refused('wide.xlsx', zip([{ name: 'xl/workbook.xml', body: wide }]))).toBe(
      'basics.file_suspicious dtd',
    );
    const { deflateRawSync } = await import('node:zlib');
    const packed = deflateRawSync(Buffer.alloc(5_000_000, 0x20)).toString('latin1');
    expect(
      await refused('liar.xlsx', zip([{ name: 'xl/workbook.xml', body: packed, method: 8, unpacked: 1000 }])),
    ).toBe('basics.file_suspicious size');
  });

  it('when it is beyond the limits', async () => {
    const wide = await xlsx([
      Array.from({ length: 200 }, (_, i) => `列${i}`),
      Array.from({ length: 200 }, () => '1'),
    ]);
    expect(await refused('wide.xlsx', wide)).toBe('basics.too_many_columns 200 120');
    expect(await refused('wide.csv', `${Array.from({ length: 200 }, (_, i) => `列${i}`).join(',')}\n`)).toBe(
      'basics.too_many_columns 200 120',
    );
    expect(await refused('blank.xlsx', await xlsx([]))).toBe('basics.sheet_empty');
    expect(await refused('blank.csv', '\n\n,,\n')).toBe('basics.sheet_empty');
    expect(await refused('long.csv', '姓名,证件号码\n谭,1\n谭,2\n谭,3\n', { ...READ_LIMITS, rows: 3 })).toBe(
      'basics.too_many_rows 3 3',
    );
    expect(await refused('big.csv', '姓名,证件号码\n', { ...READ_LIMITS, bytes: 10 })).toBe(
      'basics.file_too_big 1',
    );
  });

  it('when reading takes too long or too much memory, and only the reading process dies', async () => {
    expect(await refused('slow.csv', '姓名,证件号码\n', { ...READ_LIMITS, seconds: 0.02 })).toBe(
      'basics.file_too_slow 0.02',
    );
    const many = `${'姓名,证件号码\n'.repeat(800_000)}`;
    const tight = { ...READ_LIMITS, rows: 900_000, memoryMb: 64 };
    expect(await refused('light.csv', '姓名,证件号码\n', tight)).toBe('read');
    expect(await refused('heavy.csv', many, tight)).toBe('basics.file_too_heavy 64');
  });
});

describe('any bytes at all', () => {
  it('pass the preflight or are refused, and are never thrown at', () => {
    const start = fc.constantFrom(
      'PK\u0003\u0004',
      'PK\u0005\u0006',
      '\u00d0\u00cf\u0011\u00e0',
      '%PDF',
      '<',
      '\u00ff\u00fe',
      '姓名',
      '',
    );
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 3_000 }), (head, tail) => {
        const answer = preflight(Buffer.concat([Buffer.from(head, 'latin1'), tail]));
        expect(answer.ok || answer.refusal.code.startsWith('basics.')).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('give a workbook or a refusal when bytes of a sound one are changed', async () => {
    const sound = [
      await xlsx([
        ['姓名', '身份证号'],
        ['谭秋实', '1'],
      ]),
      writeXls([
        {
          name: '表',
          rows: [
            ['姓名', '身份证号'],
            ['谭', 2],
          ],
        },
      ]),
    ];
    let seed = 20220211;
    const next = (below: number) => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed % below;
    };
    for (const [i, bytes] of sound.flatMap((it) => [0, 1, 2, 3, 4, 5].map((n) => [n, it] as const))) {
      const mutant = Buffer.from(bytes);
      for (let changes = 0; changes <= i * 4; changes += 1) mutant[next(mutant.length)] = next(256);
      const read = await readWorkbook(await put(`mutant-${i}`, mutant));
      expect(read.ok || read.refusal.code.startsWith('basics.')).toBe(true);
    }
  });
});
