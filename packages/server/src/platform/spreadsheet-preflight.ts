import { inflateRawSync } from 'node:zlib';
import { accept, type Result, refuse } from '@fangang/domain/basics/result.ts';
import type { SheetCode } from '@fangang/domain/basics/words-files.ts';

/** Why a file cannot be read; facts are sizes, limits and kinds only. */
export interface FileRefusal {
  readonly code: SheetCode;
  readonly facts?: Readonly<Record<string, string | number>>;
}

export type FileFormat = 'xlsx' | 'xls' | 'csv';

/** Parts of a workbook are few; a file with thousands was made to hurt. */
const MAX_ENTRIES = 2_000;
const MAX_UNPACKED_BYTES = 300 * 1024 * 1024;
/** Sheets of repeated words shrink 30 to 60 times; a bomb a thousand times. Small files are let off. */
const MAX_RATIO = 200;
const RATIO_FROM_BYTES = 20 * 1024 * 1024;

const MAGIC: readonly (readonly [string, readonly number[]])[] = [
  ['pdf', [0x25, 0x50, 0x44, 0x46]],
  ['image', [0x89, 0x50, 0x4e, 0x47]],
  ['image', [0xff, 0xd8, 0xff]],
  ['image', [0x47, 0x49, 0x46, 0x38]],
  ['archive', [0x52, 0x61, 0x72, 0x21]],
  ['archive', [0x37, 0x7a, 0xbc, 0xaf]],
  ['archive', [0x1f, 0x8b]],
];

/** What the bytes are, whatever the name says, and whether they are safe to hand to a parser. */
export function preflight(bytes: Buffer): Result<FileFormat, FileRefusal> {
  if (bytes.length === 0) return refuse({ code: 'basics.file_empty' });
  const known = MAGIC.find(([, magic]) => magic.every((byte, i) => bytes[i] === byte));
  if (known) return notSpreadsheet(known[0]);
  if (startsWith(bytes, [0x50, 0x4b])) return checkZip(bytes);
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) return checkOle(bytes);
  return checkText(bytes);
}

function startsWith(bytes: Buffer, magic: readonly number[]): boolean {
  return magic.every((byte, i) => bytes[i] === byte);
}

function notSpreadsheet(found: string): Result<never, FileRefusal> {
  return refuse({ code: 'basics.file_not_spreadsheet', facts: { found } });
}

/** Old Excel and everything Office encrypts share one container; the names of its streams tell them apart. */
function checkOle(bytes: Buffer): Result<FileFormat, FileRefusal> {
  const has = (name: string) => bytes.includes(Buffer.from(name, 'utf16le'));
  if (has('EncryptedPackage')) return refuse({ code: 'basics.file_encrypted' });
  if (has('WordDocument')) return notSpreadsheet('word');
  if (has('PowerPoint Document')) return notSpreadsheet('slides');
  if (!has('Workbook'))
    return has('Book') ? notSpreadsheet('oldExcel') : refuse({ code: 'basics.file_damaged' });
  return hasFilePass(bytes) ? refuse({ code: 'basics.file_encrypted' }) : accept('xls');
}

/** FILEPASS (0x002F) stands among the first records after the globals' BOF ([MS-XLS] 2.1.7.20.3). */
function hasFilePass(bytes: Buffer): boolean {
  let at = bytes.indexOf(Buffer.from([0x09, 0x08, 0x10, 0x00, 0x00, 0x06, 0x05, 0x00]));
  for (let records = 0; at >= 0 && records < 6 && at + 4 <= bytes.length; records += 1) {
    if (bytes.readUInt16LE(at) === 0x2f) return true;
    at += 4 + bytes.readUInt16LE(at + 2);
  }
  return false;
}

/** Text is a CSV of some kind unless it is markup or no text at all. */
function checkText(bytes: Buffer): Result<FileFormat, FileRefusal> {
  const utf16 = startsWith(bytes, [0xff, 0xfe]) || startsWith(bytes, [0xfe, 0xff]);
  const head = bytes.subarray(0, 4096);
  const start = head
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart()
    .toLowerCase();
  if (/^<(!doctype html|html|head|meta|table|body|style|div)/.test(start)) return notSpreadsheet('html');
  if (start.startsWith('<?xml')) return notSpreadsheet(start.includes('<html') ? 'html' : 'xml');
  if (utf16) return accept('csv');
  const control = head.filter((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27)).length;
  return control > head.length / 200 ? notSpreadsheet('unknown') : accept('csv');
}

interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly unpacked: number;
  /** Of the local header. */
  readonly at: number;
  readonly encrypted: boolean;
}

function checkZip(bytes: Buffer): Result<FileFormat, FileRefusal> {
  const entries = listEntries(bytes);
  if (!entries) return refuse({ code: 'basics.file_damaged' });
  if (entries.length > MAX_ENTRIES)
    return refuse({ code: 'basics.file_suspicious', facts: { reason: 'entries' } });
  const unpacked = entries.reduce((sum, it) => sum + it.unpacked, 0);
  const packed = entries.reduce((sum, it) => sum + it.packed, 0);
  if (unpacked > MAX_UNPACKED_BYTES)
    return refuse({ code: 'basics.file_suspicious', facts: { reason: 'size' } });
  if (unpacked > RATIO_FROM_BYTES && unpacked > packed * MAX_RATIO) {
    return refuse({ code: 'basics.file_suspicious', facts: { reason: 'ratio' } });
  }
  const kind = kindOfZip(new Set(entries.map((it) => it.name.replaceAll('\\', '/'))));
  if (kind !== 'xlsx') return notSpreadsheet(kind);
  if (entries.some((it) => it.encrypted)) return refuse({ code: 'basics.file_encrypted' });
  return accept('xlsx');
}

function kindOfZip(names: ReadonlySet<string>): string {
  if (names.has('xl/workbook.xml')) return 'xlsx';
  if (names.has('xl/workbook.bin')) return 'xlsb';
  if (names.has('word/document.xml')) return 'word';
  if (names.has('ppt/presentation.xml')) return 'slides';
  if (names.has('mimetype') && names.has('content.xml')) return 'ods';
  return 'archive';
}

/** Entries of the central directory; undefined where the archive is cut off or damaged. Source: PKWARE APPNOTE 6.3. */
function listEntries(bytes: Buffer): ZipEntry[] | undefined {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > bytes.length) return undefined;
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  const entries: ZipEntry[] = [];
  for (let i = 0; i < count && i <= MAX_ENTRIES; i += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) return undefined;
    const nameLength = bytes.readUInt16LE(at + 28);
    entries.push({
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength),
      method: bytes.readUInt16LE(at + 10),
      packed: bytes.readUInt32LE(at + 20),
      unpacked: bytes.readUInt32LE(at + 24),
      at: bytes.readUInt32LE(at + 42),
      encrypted: (bytes.readUInt16LE(at + 8) & 1) === 1,
    });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

/** `<!DOCTYPE` in the encodings XML may have. It may stand behind any number of spaces and remarks, so the whole part is searched. */
const DOCUMENT_TYPES = ['utf8', 'utf16le', 'utf16be'].map((encoding) => {
  const bytes = Buffer.from('<!DOCTYPE', encoding === 'utf8' ? 'utf8' : 'utf16le');
  return encoding === 'utf16be' ? bytes.swap16() : bytes;
});

/**
 * Unpacks every XML part once against its declared size and looks for a document type.
 *
 * The directory of an archive can lie about sizes, and a workbook never declares a DTD. Run where memory is limited.
 */
export function inspectParts(bytes: Buffer): FileRefusal | undefined {
  for (const entry of listEntries(bytes) ?? []) {
    if (!/\.(xml|rels)$/i.test(entry.name)) continue;
    if (entry.at + 30 > bytes.length || bytes.readUInt32LE(entry.at) !== 0x04034b50)
      return { code: 'basics.file_damaged' };
    const from = entry.at + 30 + bytes.readUInt16LE(entry.at + 26) + bytes.readUInt16LE(entry.at + 28);
    const packed = bytes.subarray(from, from + entry.packed);
    const part = entry.method === 0 ? packed : inflateWithin(packed, entry.unpacked);
    if (part === 'damaged') return { code: 'basics.file_damaged' };
    if (part === 'larger') return { code: 'basics.file_suspicious', facts: { reason: 'size' } };
    if (DOCUMENT_TYPES.some((it) => part.includes(it)))
      return { code: 'basics.file_suspicious', facts: { reason: 'dtd' } };
  }
  return undefined;
}

function inflateWithin(packed: Buffer, unpacked: number): Buffer | 'damaged' | 'larger' {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, unpacked) });
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'larger' : 'damaged';
  }
}
