/** A cell of an old workbook: text, number, or a formula whose stored result is zero. */
export type OldCell = string | number | { readonly formula: 0 } | null;

export interface OldSheet {
  readonly name: string;
  readonly rows: readonly (readonly OldCell[])[];
}

/**
 * Writes a small .xls (BIFF8 in a compound file), the format of forms that offices still fill in.
 *
 * Only what test rosters need: shared strings, numbers, formulas with a stored zero. Strings together must fit one
 * record of 8,224 bytes. Sources: [MS-XLS] 2.4, [MS-CFB] 2.
 */
export function writeXls(sheets: readonly OldSheet[]): Buffer {
  const texts = [
    ...new Set(sheets.flatMap((it) => it.rows.flat()).filter((it): it is string => typeof it === 'string')),
  ];
  const bodies = sheets.map((it) => sheetRecords(it, texts));
  const boundSizes = sheets.map((it) => 4 + 8 + it.name.length * 2);
  const fixed = [bof(0x0005), record(0x0042, u16(1200)), font(), xf()];
  const table = sharedStrings(texts);
  const size =
    [...fixed, table].reduce((sum, it) => sum + it.length, 0) + boundSizes.reduce((a, b) => a + b, 0) + 4;
  let at = size;
  const bounds = sheets.map((it, i) => {
    const bound = record(
      0x0085,
      Buffer.concat([u32(at), u16(0), Buffer.from([it.name.length, 1]), Buffer.from(it.name, 'utf16le')]),
    );
    at += bodies[i]?.length ?? 0;
    return bound;
  });
  return compoundFile(
    Buffer.concat([...fixed, ...bounds, table, record(0x000a, Buffer.alloc(0)), ...bodies]),
  );
}

function sheetRecords(sheet: OldSheet, texts: readonly string[]): Buffer {
  const height = sheet.rows.length;
  const width = Math.max(0, ...sheet.rows.map((it) => it.length));
  const cells = sheet.rows.flatMap((row, r) =>
    row.flatMap((cell, c) => (cell === null ? [] : [cellRecord(r, c, cell, texts)])),
  );
  const dimensions = record(0x0200, Buffer.concat([u32(0), u32(height), u16(0), u16(width), u16(0)]));
  return Buffer.concat([bof(0x0010), dimensions, ...cells, record(0x000a, Buffer.alloc(0))]);
}

function cellRecord(
  row: number,
  column: number,
  cell: Exclude<OldCell, null>,
  texts: readonly string[],
): Buffer {
  const place = Buffer.concat([u16(row), u16(column), u16(0)]);
  if (typeof cell === 'string') return record(0x00fd, Buffer.concat([place, u32(texts.indexOf(cell))]));
  if (typeof cell === 'number') return record(0x0203, Buffer.concat([place, f64(cell)]));
  return record(0x0006, Buffer.concat([place, f64(0), u16(0), u32(0), u16(3), Buffer.from([0x1e, 0, 0])]));
}

function sharedStrings(texts: readonly string[]): Buffer {
  const strings = texts.map((it) =>
    Buffer.concat([u16(it.length), Buffer.from([1]), Buffer.from(it, 'utf16le')]),
  );
  const body = Buffer.concat([u32(texts.length), u32(texts.length), ...strings]);
  if (body.length > 8224) throw new Error('too many words for one record of shared strings');
  return record(0x00fc, body);
}

function bof(kind: number): Buffer {
  return record(
    0x0809,
    Buffer.concat([u16(0x0600), u16(kind), u16(0x0dbb), u16(0x07cc), u32(0), u32(0x0606)]),
  );
}

function font(): Buffer {
  const name = 'Arial';
  return record(
    0x0031,
    Buffer.concat([
      u16(200),
      u16(0),
      u16(0x7fff),
      u16(400),
      u16(0),
      Buffer.from([0, 0, 0, 0, name.length, 0]),
      Buffer.from(name, 'latin1'),
    ]),
  );
}

function xf(): Buffer {
  return record(0x00e0, Buffer.concat([u16(0), u16(0), u16(0), Buffer.alloc(14)]));
}

function record(id: number, data: Buffer): Buffer {
  return Buffer.concat([u16(id), u16(data.length), data]);
}

/** One stream named Workbook, in sectors of 512 bytes: allocation table first, then the directory, then the stream. */
function compoundFile(stream: Buffer): Buffer {
  const length = Math.max(4096, Math.ceil(stream.length / 512) * 512);
  const sectors = length / 512;
  const tables = Math.ceil((sectors + 2) / 127);
  const next = [
    ...Array(tables).fill(0xfffffffd),
    0xfffffffe,
    ...Array.from({ length: sectors }, (_, i) => (i === sectors - 1 ? 0xfffffffe : tables + 2 + i)),
  ];
  const allocation = Buffer.alloc(tables * 512, 0xff);
  next.forEach((it, i) => {
    allocation.writeUInt32LE(it, i * 4);
  });
  const body = Buffer.alloc(length);
  stream.copy(body);
  return Buffer.concat([compoundHeader(tables), allocation, directory(tables + 1, length), body]);
}

function compoundHeader(tables: number): Buffer {
  const header = Buffer.alloc(512, 0xff);
  Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]).copy(header);
  header.fill(0, 8, 76);
  [0x3e, 0x03, 0xfffe, 9, 6].forEach((it, i) => {
    header.writeUInt16LE(it, 24 + i * 2);
  });
  header.writeUInt32LE(tables, 44);
  header.writeUInt32LE(tables, 48);
  header.writeUInt32LE(4096, 56);
  header.writeUInt32LE(0xfffffffe, 60);
  header.writeUInt32LE(0xfffffffe, 68);
  for (let i = 0; i < tables; i += 1) header.writeUInt32LE(i, 76 + i * 4);
  return header;
}

function directory(first: number, length: number): Buffer {
  const entries = Buffer.alloc(512);
  const write = (at: number, name: string, kind: number, child: number, start: number, size: number) => {
    entries.write(name, at, 'utf16le');
    entries.writeUInt16LE(name === '' ? 0 : (name.length + 1) * 2, at + 64);
    entries.writeUInt8(kind, at + 66);
    entries.writeUInt8(1, at + 67);
    [0xffffffff, 0xffffffff, child].forEach((it, i) => {
      entries.writeUInt32LE(it, at + 68 + i * 4);
    });
    entries.writeUInt32LE(start, at + 116);
    entries.writeUInt32LE(size, at + 120);
  };
  write(0, 'Root Entry', 5, 1, 0xfffffffe, 0);
  write(128, 'Workbook', 2, 0xffffffff, first, length);
  write(256, '', 0, 0xffffffff, 0, 0);
  write(384, '', 0, 0xffffffff, 0, 0);
  return entries;
}

function u16(n: number): Buffer {
  const buffer = Buffer.alloc(2);
  buffer.writeUInt16LE(n);
  return buffer;
}

function u32(n: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(n);
  return buffer;
}

function f64(n: number): Buffer {
  const buffer = Buffer.alloc(8);
  buffer.writeDoubleLE(n);
  return buffer;
}
