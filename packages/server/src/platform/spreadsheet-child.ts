import { readFile } from 'node:fs/promises';
import { type CellValue, readXls, readXlsx, type Sheet } from 'hucre';
import { decodeText, parseCsv } from './spreadsheet-csv.ts';
import { type FileFormat, type FileRefusal, inspectParts } from './spreadsheet-preflight.ts';

/**
 * Runs in a process of its own, with limits set by `spreadsheet.ts`: a file can only hurt this process.
 *
 * Arguments: path, format, most rows, most columns. Answers one line of JSON on stdout.
 */

/** A cell on the way between the processes: empty, text, or a number. */
export type WireCell = 0 | string | { readonly n: number };

export interface WireSheet {
  readonly name: string;
  readonly hidden: boolean;
  readonly rows: readonly (readonly WireCell[])[];
  readonly merges: readonly {
    readonly startRow: number;
    readonly startCol: number;
    readonly endRow: number;
    readonly endCol: number;
  }[];
  /** Columns that hold something; over the limit the rows stay behind. */
  readonly width: number;
  /** The sheet goes on beyond the limit of rows. */
  readonly more: boolean;
}

export type WireAnswer =
  | { readonly sheets: readonly WireSheet[]; readonly encoding: string | null }
  | { readonly refusal: FileRefusal };

interface Limits {
  readonly rows: number;
  readonly columns: number;
}

/** Rows beyond the limit that are looked at, to tell a long roster from styled emptiness. */
const ROWS_BEYOND = 20;
/** Columns beyond the limit that are looked at, so that a refusal can say how many there are. */
const COLUMNS_BEYOND = 100;

async function main(argv: readonly string[]): Promise<WireAnswer> {
  const [path = '', format = '', rows = '0', columns = '0'] = argv;
  const limits = { rows: Number(rows), columns: Number(columns) };
  const bytes = await readFile(path);
  return format === 'csv' ? readText(bytes, limits) : readBook(bytes, format as FileFormat, limits);
}

function readText(bytes: Buffer, limits: Limits): WireAnswer {
  const decoded = decodeText(bytes);
  if (!decoded) return { refusal: { code: 'basics.file_not_spreadsheet', facts: { found: 'unknown' } } };
  const rows = parseCsv(decoded.text, limits.rows + ROWS_BEYOND).map((row) =>
    row.map((it) => (it === '' ? 0 : it)),
  );
  return { sheets: [trimmed('', false, rows, [], limits)], encoding: decoded.encoding };
}

async function readBook(bytes: Buffer, format: FileFormat, limits: Limits): Promise<WireAnswer> {
  const harm = format === 'xlsx' ? inspectParts(bytes) : undefined;
  if (harm) return { refusal: harm };
  let sheets: readonly Sheet[];
  try {
    // Styled but empty cells out to the last column would otherwise be laid out one by one.
    const range = `A1:${letterOf(limits.columns + COLUMNS_BEYOND)}${limits.rows + ROWS_BEYOND}`;
    sheets = (format === 'xlsx' ? await readXlsx(bytes, { range }) : await readXls(bytes)).sheets;
  } catch (fault) {
    // Every fault of the parser is a fault of the file: it has nothing else to work on.
    const old = fault instanceof Error && /Unsupported XLS version/.test(fault.message);
    return {
      refusal: old
        ? { code: 'basics.file_not_spreadsheet', facts: { found: 'oldExcel' } }
        : { code: 'basics.file_damaged' },
    };
  }
  return {
    sheets: sheets.map((it) =>
      trimmed(
        it.name,
        (it.hidden ?? false) || (it.veryHidden ?? false),
        it.rows.map((row) => row.map(wire)),
        it.merges ?? [],
        limits,
      ),
    ),
    encoding: null,
  };
}

function letterOf(column: number): string {
  const rest = Math.floor((column - 1) / 26);
  return (rest > 0 ? letterOf(rest) : '') + String.fromCharCode(65 + ((column - 1) % 26));
}

function wire(value: CellValue | undefined): WireCell {
  if (value === null || value === undefined || value === '') return 0;
  if (typeof value === 'number') return Number.isFinite(value) ? { n: value } : '#NUM!';
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value === 'string') return value;
  if (Number.isNaN(value.getTime())) return '#DATE!';
  const iso = value.toISOString();
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 16);
}

function trimmed(
  name: string,
  hidden: boolean,
  rows: readonly (readonly WireCell[])[],
  merges: WireSheet['merges'],
  limits: Limits,
): WireSheet {
  let height = 0;
  let width = 0;
  const cut = Array.from(rows, (row = []) => row)
    .slice(0, limits.rows + ROWS_BEYOND)
    .map((row, i) => {
      let used = row.length;
      while (used > 0 && isBlank(row[used - 1])) used -= 1;
      if (used > 0) height = i + 1;
      width = Math.max(width, used);
      return row.slice(0, used);
    });
  const more = height > limits.rows;
  return {
    name,
    hidden,
    width,
    more,
    merges,
    rows: width > limits.columns || more ? [] : cut.slice(0, height),
  };
}

function isBlank(cell: WireCell | undefined): boolean {
  return cell === undefined || cell === 0 || (typeof cell === 'string' && cell.trim() === '');
}

process.stdout.write(`${JSON.stringify(await main(process.argv.slice(2)))}\n`);
