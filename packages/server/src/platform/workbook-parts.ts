import { strFromU8, strToU8, unzipSync, Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import { cellXml, fillSheetXml, followSheetXml, rowsPutIn, type SheetFill } from './sheet-fill.ts';
import { readSheetXml, xmlText } from './sheet-xml.ts';
import { lettersOf, type RowsPutIn, shiftFormula, shiftRanges } from './workbook-refs.ts';

type Parts = Readonly<Record<string, Uint8Array>>;

const WORKBOOK = 'xl/workbook.xml';
const RELATIONS = 'xl/_rels/workbook.xml.rels';
const TYPES = '[Content_Types].xml';

/** A sheet beside the layout's own: rows of texts and numbers. */
export interface AddedSheet {
  readonly name: string;
  readonly rows: readonly (readonly (string | number)[])[];
}

interface SheetPart {
  readonly name: string;
  readonly part: string;
}

const unescaped = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');

function attribute(tag: string, name: string): string | undefined {
  const found = new RegExp(`\\s(?:\\w+:)?${name}\\s*=\\s*(["'])(.*?)\\1`, 's').exec(tag);
  return found ? unescaped(found[2] ?? '') : undefined;
}

function resolved(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1);
  const path = folder.split('/');
  for (const step of target.split('/')) {
    if (step === '..') path.pop();
    else if (step !== '.') path.push(step);
  }
  return path.join('/');
}

const textOf = (parts: Parts, name: string): string => (parts[name] ? strFromU8(parts[name]) : '');

function targetsOf(
  parts: Parts,
  relations: string,
  folder: string,
): { id: string; type: string; part: string }[] {
  const tags = textOf(parts, relations).match(/<(?:\w+:)?Relationship\b[^>]*>/g) ?? [];
  return tags.map((tag) => ({
    id: attribute(tag, 'Id') ?? '',
    type: (attribute(tag, 'Type') ?? '').split('/').at(-1) ?? '',
    part: resolved(folder, attribute(tag, 'Target') ?? ''),
  }));
}

function sheetsOf(parts: Parts): SheetPart[] {
  const targets = new Map(targetsOf(parts, RELATIONS, 'xl').map((it) => [it.id, it.part]));
  const tags = textOf(parts, WORKBOOK).match(/<(?:\w+:)?sheet\s[^>]*>/g) ?? [];
  return tags.map((tag) => ({
    name: attribute(tag, 'name') ?? '',
    part: targets.get(/\s\w+:id\s*=\s*["']([^"']*)/.exec(tag)?.[1] ?? '') ?? '',
  }));
}

/** Which rows of a sheet are there at all, and which cells calculate: what a reader of values does not tell. */
export interface SheetLooks {
  readonly rows: ReadonlySet<number>;
  /** `C7`. */
  readonly formulas: ReadonlySet<string>;
}

/** The looks of each sheet of a workbook, by name. Only for bytes that a reading process has looked at before. */
export function looksOf(bytes: Uint8Array): ReadonlyMap<string, SheetLooks> {
  const parts = unzipSync(bytes);
  return new Map(
    sheetsOf(parts)
      .filter((it) => parts[it.part] && textOf(parts, it.part).includes('sheetData'))
      .map(({ name, part }) => {
        const { rows } = readSheetXml(textOf(parts, part));
        const formulas = rows.flatMap((row) =>
          row.cells.filter((it) => it.formula).map((it) => `${lettersOf(it.column)}${row.no}`),
        );
        return [name, { rows: new Set(rows.map((it) => it.no)), formulas: new Set(formulas) }] as const;
      }),
  );
}

/** Calculated when it is opened, and names that follow rows put in. Source: ECMA-376, 18.2.27 for the order of elements. */
function filledWorkbook(xml: string, put: RowsPutIn): string {
  const named =
    put.by === 0
      ? xml
      : xml.replace(
          /(<(?:\w+:)?definedName\b[^>]*>)([^<]*)(?=<)/g,
          (_, tag: string, text: string) =>
            `${tag}${xmlText(shiftFormula(unescaped(text), put, 'otherSheet')).replaceAll('&quot;', '"')}`,
        );
  const calc = /<(?:\w+:)?calcPr\b[^>]*?(?=\/?>)/.exec(named)?.[0];
  if (calc !== undefined) {
    const bare = calc.replace(/\s+fullCalcOnLoad\s*=\s*(["']).*?\1/, '').trimEnd();
    return named.replace(calc, `${bare} fullCalcOnLoad="1"`);
  }
  const before = ['definedNames', 'externalReferences', 'functionGroups', 'sheets'];
  for (const name of before) {
    const end = new RegExp(`</((?:\\w+:)?)${name}>`).exec(named);
    if (end) {
      const at = end.index + end[0].length;
      return `${named.slice(0, at)}<${end[1]}calcPr fullCalcOnLoad="1"/>${named.slice(at)}`;
    }
  }
  return named;
}

/** Drops the order of calculation, which no longer holds; Excel makes it anew. */
function withoutChain(parts: Parts): Map<string, string> {
  const out = new Map<string, string>();
  const chain = targetsOf(parts, RELATIONS, 'xl').find((it) => it.type === 'calcChain');
  if (!chain) return out;
  const not = (text: string, tag: RegExp, has: string): string =>
    text.replace(tag, (it) => (it.includes(has) ? '' : it));
  out.set(RELATIONS, not(textOf(parts, RELATIONS), /<(?:\w+:)?Relationship\b[^>]*?\/>/g, 'calcChain'));
  out.set(TYPES, not(textOf(parts, TYPES), /<(?:\w+:)?Override\b[^>]*?\/>/g, chain.part));
  out.set(chain.part, '');
  return out;
}

function sheetXml(rows: AddedSheet['rows']): string {
  const body = rows.map((row, i) => {
    const cells = row.map((value, column) => cellXml(i + 1, column + 1, undefined, value));
    return `<row r="${i + 1}">${cells.join('')}</row>`;
  });
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${body.join('')}</sheetData></worksheet>`;
}

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

function freeName(wanted: string, taken: readonly string[]): string {
  const names = new Set(taken.map((it) => it.toLowerCase()));
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? wanted : `${wanted} ${n}`;
    if (!names.has(name.toLowerCase())) return name;
  }
}

/** Puts a sheet behind the layout's own. */
function addSheet(texts: Map<string, string>, parts: Parts, added: AddedSheet): void {
  const get = (name: string): string => texts.get(name) ?? textOf(parts, name);
  let no = 1;
  while (`xl/worksheets/sheet${no}.xml` in parts) no += 1;
  const part = `xl/worksheets/sheet${no}.xml`;
  const ids = [...get(WORKBOOK).matchAll(/\ssheetId\s*=\s*["'](\d+)/g)].map((it) => Number(it[1]));
  const name = xmlText(
    freeName(
      added.name,
      sheetsOf(parts).map((it) => it.name),
    ),
  );
  const sheet = `<sheet xmlns:r="${OFFICE}" name="${name}" sheetId="${Math.max(0, ...ids) + 1}" r:id="fangangDifference"/>`;
  texts.set(WORKBOOK, get(WORKBOOK).replace(/(?=<\/(?:\w+:)?sheets>)/, sheet));
  const relation = `<Relationship Id="fangangDifference" Type="${OFFICE}/worksheet" Target="worksheets/sheet${no}.xml"/>`;
  texts.set(RELATIONS, get(RELATIONS).replace(/(?=<\/(?:\w+:)?Relationships>)/, relation));
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml';
  const override = `<Override PartName="/${part}" ContentType="${type}"/>`;
  texts.set(TYPES, get(TYPES).replace(/(?=<\/(?:\w+:)?Types>)/, override));
  texts.set(part, sheetXml(added.rows));
}

/** Tables and pictures of the filled sheet stand below or across its list: they move with the rows. */
function followers(parts: Parts, part: string, put: RowsPutIn): Map<string, string> {
  const out = new Map<string, string>();
  if (put.by === 0) return out;
  const at = part.lastIndexOf('/');
  const folder = part.slice(0, at);
  for (const it of targetsOf(parts, `${folder}/_rels/${part.slice(at + 1)}.rels`, folder)) {
    const text = textOf(parts, it.part);
    if (it.type === 'table')
      out.set(
        it.part,
        text.replace(
          /(\sref\s*=\s*")([^"]*)/g,
          (_, head: string, ref: string) => head + shiftRanges(ref, put),
        ),
      );
    // Rows of drawings count from 0.
    if (it.type === 'drawing')
      out.set(
        it.part,
        text.replace(
          /(<(?:\w+:)?row>)(\d+)(?=<)/g,
          (_, head: string, row: string) => head + (Number(row) >= put.last ? Number(row) + put.by : row),
        ),
      );
  }
  return out;
}

/**
 * Fills one sheet of a workbook and gives the workbook's bytes. Every part that is not named by the filling stays byte for byte; rows come
 * in parts, so that memory does not grow with them.
 */
export async function fillWorkbook(bytes: Uint8Array, fill: SheetFill, added?: AddedSheet): Promise<Buffer> {
  const parts = unzipSync(bytes);
  const put = rowsPutIn(fill);
  const own = sheetsOf(parts).find((it) => it.name === fill.sheet);
  if (!own || !parts[own.part]) throw new Error('the layout has no such sheet');
  const texts = withoutChain(parts);
  texts.set(WORKBOOK, filledWorkbook(textOf(parts, WORKBOOK), put));
  for (const { part } of sheetsOf(parts)) {
    const text = textOf(parts, part);
    if (part !== own.part && text.includes('sheetData')) {
      const followed = followSheetXml(text, put);
      if (followed !== text) texts.set(part, followed);
    }
  }
  for (const [name, text] of followers(parts, own.part, put)) texts.set(name, text);
  if (added) addSheet(texts, parts, added);
  return await zipped(parts, texts, own.part, fill);
}

async function zipped(
  parts: Parts,
  texts: Map<string, string>,
  own: string,
  fill: SheetFill,
): Promise<Buffer> {
  const out: Uint8Array[] = [];
  const zip = new Zip((fault, chunk) => {
    if (fault) throw fault;
    out.push(chunk);
  });
  const names = [...Object.keys(parts), ...[...texts.keys()].filter((it) => !(it in parts))];
  for (const name of names) {
    if (name === own) {
      const file = new ZipDeflate(name, { level: 6 });
      zip.add(file);
      for await (const text of fillSheetXml(textOf(parts, own), fill)) file.push(strToU8(text));
      file.push(new Uint8Array(0), true);
      continue;
    }
    const text = texts.get(name);
    if (text === '') continue;
    const file = name.endsWith('/') ? new ZipPassThrough(name) : new ZipDeflate(name, { level: 6 });
    zip.add(file);
    file.push(text === undefined ? (parts[name] ?? new Uint8Array(0)) : strToU8(text), true);
  }
  zip.end();
  return Buffer.concat(out);
}
