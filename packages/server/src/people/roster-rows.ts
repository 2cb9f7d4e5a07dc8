import { basename } from 'node:path';
import { accept, type Result, refuse } from '@fangang/domain/basics/result.ts';
import type { Language } from '@fangang/domain/basics/say.ts';
import {
  applyFixes,
  type PlaceCandidate,
  type RosterCode,
  type RosterContext,
  type RosterFix,
  type RosterLine,
  type RosterMapping,
  type RosterNote,
  type RosterRow,
} from '@fangang/domain/people/roster.ts';
import { checkRoster } from '@fangang/domain/people/roster-check.ts';
import type { RosterField } from '@fangang/domain/people/roster-fields.ts';
import { sayRoster } from '@fangang/domain/people/roster-words.ts';
import { type ReadLimits, readWorkbook } from '../platform/spreadsheet.ts';
import { type MappingChoice, mapColumns } from './column-mapping.ts';
import type { FileRefusal } from './file-refusal.ts';
import { type DroppedRows, findRoster } from './header-row.ts';

/** A roster taken out of its file: enough to check it again and again without reading the file. */
export interface OpenedRoster {
  /** Name without folders. */
  readonly file: string;
  /** Empty for a CSV. */
  readonly sheet: string;
  /** Sheets that can be chosen instead. */
  readonly sheets: readonly string[];
  /** 1-based rows of the header, one or two. */
  readonly headerRows: readonly number[];
  /** Of a CSV; null for the others. */
  readonly encoding: string | null;
  readonly headers: readonly string[];
  readonly mapping: RosterMapping;
  readonly lines: readonly RosterLine[];
  readonly dropped: DroppedRows;
}

export interface OpenOptions {
  /** ISO date of the installation's clock. */
  readonly today: string;
  readonly sheet?: string;
  /** What a person says of columns, by letter or header; null = of no use. */
  readonly mapping?: MappingChoice;
  readonly limits?: ReadLimits;
}

/** One bad or doubtful cell, ready to be shown. */
export interface RosterFinding {
  /** 1-based, as the spreadsheet shows it. */
  readonly row: number;
  /** Letter and header: `D 身份证号码`. */
  readonly column: string;
  readonly field: RosterField;
  readonly code: RosterCode;
  /** Reason and remedy. */
  readonly message: string;
  readonly facts?: Readonly<Record<string, string | number>>;
  readonly candidates?: readonly PlaceCandidate[];
}

/** What a roster file comes to before anything is written. */
export interface RosterReport {
  readonly file: string;
  readonly sheet: string;
  /** 1-based; the first row of the header. */
  readonly headerRow: number;
  readonly headerRows: readonly number[];
  readonly encoding: string | null;
  readonly mapping: RosterMapping;
  /** Lines of people, bad ones included. */
  readonly rows: number;
  /** Rows left out because an earlier row says exactly the same. */
  readonly merged: number;
  readonly skipped: number;
  readonly dropped: DroppedRows;
  readonly clean: readonly RosterRow[];
  readonly rejected: readonly RosterFinding[];
  readonly warnings: readonly RosterFinding[];
}

/** Opens a roster: file, sheet, header, columns, lines. Says what it takes the columns for; checks no row yet. */
export async function openRoster(
  path: string,
  options: OpenOptions,
): Promise<Result<OpenedRoster, FileRefusal>> {
  const workbook = await readWorkbook(path, options.limits);
  if (!workbook.ok) return workbook;
  const { sheets, encoding } = workbook.value;
  const found = findRoster(sheets, options.sheet);
  if (!found.ok) return found;
  const { sheet, headers, headerRows, lines, dropped } = found.value;
  if (lines.length === 0) return refuse({ code: 'basics.sheet_empty' });
  const mapping = mapColumns(headers, lines, options.today, options.mapping);
  if (!mapping.ok) return mapping;
  return accept({
    file: basename(path),
    sheet: sheet.name,
    sheets: sheets.filter((it) => it.width > 0 && !it.refusal).map((it) => it.name),
    headerRows,
    encoding,
    headers,
    mapping: mapping.value,
    lines,
    dropped,
  });
}

/**
 * Checks an opened roster with the fixes typed in place; pure, so the page can ask again after every fix.
 *
 * Refuses `people.column_missing` where no column is taken for the name or the ID number.
 */
export function checkOpened(
  opened: OpenedRoster,
  ctx: RosterContext,
  fixes: readonly RosterFix[] = [],
  language: Language = 'zh',
): Result<RosterReport, FileRefusal> {
  const { mapping, lines } = opened;
  for (const field of ['name', 'idNumber'] as const) {
    if (!mapping.columns.some((it) => it.field === field && it.confidence !== 'ask')) {
      return refuse({ code: 'people.column_missing', facts: { field } });
    }
  }
  const { clean, rejected, warnings, merged, skipped } = checkRoster(applyFixes(lines, fixes), mapping, ctx);
  return accept({
    file: opened.file,
    sheet: opened.sheet,
    headerRow: opened.headerRows[0] ?? 1,
    headerRows: opened.headerRows,
    encoding: opened.encoding,
    dropped: opened.dropped,
    mapping,
    rows: lines.length,
    merged,
    skipped,
    clean,
    rejected: rejected.map((it) => finding(it, language)),
    warnings: warnings.map((it) => finding(it, language)),
  });
}

function finding(note: RosterNote, language: Language): RosterFinding {
  return { ...note, message: sayRoster(note.code, note.facts, language) };
}

/** Reads and checks a roster in one go, as the command line does. */
export async function readRoster(
  path: string,
  ctx: RosterContext,
  options: Omit<OpenOptions, 'today'> & {
    readonly fixes?: readonly RosterFix[];
    readonly language?: Language;
  } = {},
): Promise<Result<RosterReport, FileRefusal>> {
  const { fixes, language, ...open } = options;
  const opened = await openRoster(path, { ...open, today: ctx.today });
  return opened.ok ? checkOpened(opened.value, ctx, fixes, language) : opened;
}
