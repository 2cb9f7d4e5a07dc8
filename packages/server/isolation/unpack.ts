import { inflateRawSync, inflateSync } from 'node:zlib';

const LOCAL_FILE = 0x04034b50;
const CENTRAL_FILE = 0x02014b50;

/** Every text a reply says, however it is packed: the bytes, the parts of a zip, the words of a PDF. */
export function textsOf(bytes: Buffer): string[] {
  const texts = [bytes.toString('utf8')];
  if (bytes.length > 4 && bytes.readUInt32LE(0) === LOCAL_FILE)
    texts.push(...zipParts(bytes).map((it) => it.text));
  if (bytes.subarray(0, 5).toString('latin1') === '%PDF-') texts.push(pdfText(bytes));
  return texts;
}

/** Parts of a zip by its central directory: name and unpacked text. */
export function zipParts(bytes: Buffer): { name: string; text: string }[] {
  const parts: { name: string; text: string }[] = [];
  for (let at = 0; at + 46 <= bytes.length; at++) {
    if (bytes.readUInt32LE(at) !== CENTRAL_FILE) continue;
    const [method, packed, nameLength, local] = [
      bytes.readUInt16LE(at + 10),
      bytes.readUInt32LE(at + 20),
      bytes.readUInt16LE(at + 28),
      bytes.readUInt32LE(at + 42),
    ];
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const body = bytes.subarray(from, from + packed);
    const text = (method === 0 ? body : inflateRawSync(body)).toString('utf8');
    parts.push({ name: bytes.subarray(at + 46, at + 46 + nameLength).toString('utf8'), text });
  }
  return parts;
}

/** Objects of a PDF that is not packed in object streams, as pdfkit writes it: number → dictionary and stream. */
function pdfObjects(bytes: Buffer): Map<string, { head: string; stream: Buffer | null }> {
  const raw = bytes.toString('latin1');
  const objects = new Map<string, { head: string; stream: Buffer | null }>();
  for (const match of raw.matchAll(/(?:^|\n)(\d+) 0 obj\r?\n/g)) {
    const from = match.index + match[0].length;
    const end = raw.indexOf('endobj', from);
    const body = raw.slice(from, end);
    const at = body.indexOf('stream\n');
    if (at < 0) objects.set(match[1] as string, { head: body, stream: null });
    else {
      const length = Number(/\/Length (\d+)/.exec(body.slice(0, at))?.[1]);
      const data = bytes.subarray(from + at + 7, from + at + 7 + length);
      const isPacked = body.slice(0, at).includes('/FlateDecode');
      objects.set(match[1] as string, {
        head: body.slice(0, at),
        stream: isPacked ? inflateSync(data) : data,
      });
    }
  }
  return objects;
}

function utf16(hex: string): string {
  return Buffer.from(hex, 'hex').swap16().toString('utf16le');
}

/** Glyph → text of a font's ToUnicode table. */
function glyphTable(cmap: string): Map<number, string> {
  const table = new Map<number, string>();
  for (const [, block = ''] of cmap.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
    for (const [, from = '', , list, start] of block.matchAll(
      /<([0-9a-f]+)>\s*<([0-9a-f]+)>\s*(?:\[([^\]]*)\]|<([0-9a-f]+)>)/gi,
    )) {
      const first = Number.parseInt(from, 16);
      const texts = [...(list ?? `<${start}>`).matchAll(/<([0-9a-f ]*)>/gi)].map(([, hex = '']) =>
        utf16(hex.replaceAll(' ', '')),
      );
      for (const [i, text] of texts.entries()) table.set(first + i, text);
    }
  }
  return table;
}

/** The words a PDF shows, line by line: glyphs of its embedded fonts turned back into characters. */
export function pdfText(bytes: Buffer): string {
  const objects = pdfObjects(bytes);
  const fonts = new Map<string, Map<number, string>>();
  for (const { head } of objects.values()) {
    for (const [, name = '', ref = ''] of head.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const map = /\/ToUnicode (\d+) 0 R/.exec(objects.get(ref)?.head ?? '')?.[1];
      const cmap = map && objects.get(map)?.stream;
      if (cmap) fonts.set(name, glyphTable(cmap.toString('latin1')));
    }
  }
  let said = '';
  for (const { stream } of objects.values()) {
    if (!stream?.includes(' Tf')) continue;
    let font = new Map<number, string>();
    for (const [, name, array] of stream.toString('latin1').matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
      if (name) font = fonts.get(name) ?? font;
      for (const [, hex = ''] of (array ?? '').matchAll(/<([0-9a-f]+)>/gi)) {
        for (let i = 0; i + 4 <= hex.length; i += 4)
          said += font.get(Number.parseInt(hex.slice(i, i + 4), 16)) ?? '';
      }
      if (array !== undefined) said += '\n';
    }
  }
  return said;
}
