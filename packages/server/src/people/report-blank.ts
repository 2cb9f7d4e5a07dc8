import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { accept, type Result, refuse } from '@fangang/domain/basics/result.ts';
import type { LayoutMap } from '@fangang/domain/people/report.ts';
import { type BlankSheet, doubtsOf, layoutKey, readLayout } from '@fangang/domain/people/report-layout.ts';
import { newId } from '../platform/ids.ts';
import type { Services } from '../platform/services.ts';
import { readWorkbook } from '../platform/spreadsheet.ts';
import { insideOnly } from '../platform/witness.ts';
import { looksOf } from '../platform/workbook-parts.ts';

/** A blank is small; what is larger is a filled report. */
const MOST_BYTES = 5 * 1024 * 1024;
/** Rows and columns a page shows of a blank. */
const SHOWN = { rows: 80, columns: 60 };

/** A superior's blank as it was sent, with what its cells mean as far as they say. */
export interface Blank {
  readonly bytes: Buffer;
  readonly title: string;
  readonly map: LayoutMap;
  /** Of the texts and their places: the same layout has the same. */
  readonly layoutHash: string;
  /** Texts from the first row on, as a page shows them. */
  readonly grid: readonly (readonly string[])[];
}

const isMeant = (map: LayoutMap): number =>
  (map.list?.columns ?? []).filter((it) => it.field !== null).length * 2 +
  map.cells.filter((it) => it.value !== null).length;

async function sheetsOf(path: string): Promise<Result<BlankSheet[]>> {
  const book = await readWorkbook(path);
  if (!book.ok) return book;
  if (book.value.format !== 'xlsx') return refuse({ code: 'people.layout_not_xlsx' });
  // The reading process has looked at every part by now: sizes do not lie, and there is no document type.
  const looks = looksOf(await readFile(path));
  return accept(
    book.value.sheets
      .filter((it) => !it.hidden && !it.refusal && looks.has(it.name))
      .map((it) => ({
        name: it.name,
        rows: it.rows.map((row) => row.map((cell) => cell.text)),
        merges: it.merges,
        there: looks.get(it.name)?.rows ?? new Set(),
        formulas: looks.get(it.name)?.formulas ?? new Set(),
      })),
  );
}

/** Reads a blank of unknown origin: the sheet that says most, and what its cells mean. */
export async function readBlank(path: string, file: string): Promise<Result<Blank>> {
  const bytes = await readFile(path);
  if (bytes.length > MOST_BYTES) {
    return refuse({ code: 'people.layout_too_big', facts: { limitMb: MOST_BYTES / 1024 / 1024 } });
  }
  const sheets = await sheetsOf(path);
  if (!sheets.ok) return sheets;
  const read = sheets.value.map((sheet) => ({ sheet, map: readLayout(sheet) }));
  const [best] = read.sort((a, b) => isMeant(b.map) - isMeant(a.map));
  if (!best) return refuse({ code: 'basics.sheet_empty' });
  const { sheet, map } = best;
  const first =
    sheet.rows
      .flat()
      .find((it) => it.trim() !== '')
      ?.trim() ?? '';
  const named = file.replace(/\.xlsx$/i, '');
  const title = (
    first.length > 3 && !sheet.rows[(map.list?.headerRow ?? 0) - 1]?.includes(first) ? first : named
  ).slice(0, 120);
  const layoutHash = createHash('sha256').update(layoutKey(sheet)).digest('hex');
  const grid = sheet.rows.slice(0, SHOWN.rows).map((row) => row.slice(0, SHOWN.columns));
  return accept({ bytes, title, map, layoutHash, grid });
}

/** The same for bytes the product has made itself. */
export async function readBlankBytes(
  services: Services,
  bytes: Buffer,
  file: string,
): Promise<Result<Blank>> {
  const folder = join(services.dataDir, 'uploads', newId());
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    await writeFile(join(folder, 'file'), bytes, { mode: 0o600 });
    return await readBlank(join(folder, 'file'), file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const placeOf = (row: string) => ({ table: 'people_report', column: 'file_sealed', row });

/** A blank as it lies, with the texts a page shows of it: a sample row of it may name somebody. */
export function sealBlank({ secrets }: Services, id: string, { bytes, grid }: Blank): Buffer {
  return secrets.seal(placeOf(id), JSON.stringify({ file: bytes.toString('base64'), grid }));
}

export function openBlank(
  { secrets }: Services,
  report: { id: string; sealed: Buffer },
): { bytes: Buffer; grid: string[][] } {
  const { file, grid } = JSON.parse(
    secrets.open(placeOf(report.id), report.sealed, insideOnly('ownUpload')),
  ) as { file: string; grid: string[][] };
  return { bytes: Buffer.from(file, 'base64'), grid };
}

export const countDoubts = (map: LayoutMap): number => doubtsOf(map).length;
