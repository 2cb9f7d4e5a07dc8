import chardet from 'chardet';
import iconv from 'iconv-lite';
import Papa from 'papaparse';

/** Text of a file and the encoding it came in. */
export interface DecodedText {
  readonly text: string;
  readonly encoding: string;
}

/** Words that stand in nearly every roster: the decoding that shows them is the right one. */
const TELLING = /姓名|身份|证件|电话|性别|户|村|乡|县|务工/g;

/**
 * Decodes a CSV: byte order marks, strict UTF-8, else the Chinese encodings in use (GBK and GB18030 from offices, UTF-16
 * from Excel's "Unicode text", Big5 rarely), weighed by chardet and by words every roster has.
 *
 * Undefined where no decoding gives clean text.
 */
export function decodeText(bytes: Buffer): DecodedText | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return { text: iconv.decode(bytes, 'utf16le'), encoding: 'UTF-16LE' };
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return { text: iconv.decode(bytes, 'utf16be'), encoding: 'UTF-16BE' };
  const utf8 = decodeUtf8(bytes);
  if (utf8 !== undefined) return { text: utf8.replace(/^\uFEFF/, ''), encoding: 'UTF-8' };
  const guessed = chardet.detect(bytes.subarray(0, 64 * 1024));
  const names = [
    'GBK',
    'GB18030',
    ...(guessed && /^(Big5|UTF-16LE|UTF-16BE)$/.test(guessed) ? [guessed] : []),
  ];
  const tried = names.map((encoding) => {
    const text = iconv.decode(bytes, encoding);
    const bad = text.split('\uFFFD').length - 1;
    return { text, encoding, bad, telling: text.slice(0, 20_000).match(TELLING)?.length ?? 0 };
  });
  const best = tried.reduce((a, b) => (b.bad < a.bad || (b.bad === a.bad && b.telling > a.telling) ? b : a));
  return best.bad > best.text.length / 100 ? undefined : { text: best.text, encoding: best.encoding };
}

function decodeUtf8(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The separator that cuts the first lines into most cells; title rows without any do not count against it. */
export function findDelimiter(text: string): string {
  const head = text.split(/\r\n|\r|\n/, 30).map((line) => line.replace(/"[^"]*"/g, ''));
  const counts = [',', '\t', ';', '|'].map((mark) => ({
    mark,
    count: head.reduce((sum, line) => sum + line.split(mark).length - 1, 0),
  }));
  return counts.reduce((a, b) => (b.count > a.count ? b : a)).mark;
}

/** Rows of cells as written, wrappers and all; at most `maxRows`. */
export function parseCsv(text: string, maxRows: number): string[][] {
  const delimiter = findDelimiter(text);
  const { data } = Papa.parse<string[]>(text, { delimiter, preview: maxRows, skipEmptyLines: false });
  return data;
}
