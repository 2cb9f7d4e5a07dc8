import type { FieldChanges } from '@fangang/domain/people/api.ts';
import type { RosterField } from '@fangang/domain/people/roster-fields.ts';
import type { RosterFinding, RosterReport } from './roster-rows.ts';

/** One bad or doubtful cell, as reports print it. */
export type ImportFinding = Pick<RosterFinding, 'row' | 'column' | 'message'> & {
  readonly field: RosterField;
  readonly code: string;
};

/** What an import came to. Created, updated and unchanged are people; together they are the clean rows. */
export interface ImportReport {
  readonly file: string;
  readonly sheet: string;
  /** 1-based, as the spreadsheet shows it. */
  readonly headerRow: number;
  readonly encoding: string | null;
  /** Letter of the column → field; columns of no use are left out. */
  readonly mapping: Readonly<Record<string, RosterField>>;
  /** Lines of people, bad ones included. */
  readonly rows: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  /** What changes of people on the books and their wishes. */
  readonly changes: readonly FieldChanges[];
  readonly rejected: readonly ImportFinding[];
  readonly warnings: readonly ImportFinding[];
}

/** The report of an import that has counted so many people. */
export function importReport(
  report: RosterReport,
  counts: Pick<ImportReport, 'created' | 'updated' | 'unchanged' | 'changes'>,
  elsewhere: readonly ImportFinding[] = [],
): ImportReport {
  const plain = ({ row, column, field, code, message }: ImportFinding) => ({
    row,
    column,
    field,
    code,
    message,
  });
  const used = report.mapping.columns.flatMap((it) =>
    it.field && it.confidence !== 'ask' ? [[it.letter, it.field] as const] : [],
  );
  return {
    file: report.file,
    sheet: report.sheet,
    headerRow: report.headerRow,
    encoding: report.encoding,
    mapping: Object.fromEntries(used),
    rows: report.rows,
    created: counts.created,
    updated: counts.updated,
    unchanged: counts.unchanged,
    changes: counts.changes,
    rejected: [...report.rejected.map(plain), ...elsewhere],
    warnings: report.warnings.map(plain),
  };
}

/** How many rows of a roster cannot be taken. */
export function badRows(rejected: readonly { readonly row: number }[]): number {
  return new Set(rejected.map((it) => it.row)).size;
}
