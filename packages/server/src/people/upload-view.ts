import { createHash } from 'node:crypto';
import type { Result } from '@fangang/domain/basics/result.ts';
import { accept } from '@fangang/domain/basics/result.ts';
import type { Language } from '@fangang/domain/basics/say.ts';
import type { BadRow, Finding, UploadView } from '@fangang/domain/people/api.ts';
import { applyFixes, type RosterFix } from '@fangang/domain/people/roster.ts';
import { Desk } from '@fangang/domain/people/roster-desk.ts';
import type { RosterField } from '@fangang/domain/people/roster-fields.ts';
import type { Tx } from '../platform/database.ts';
import type { Services } from '../platform/services.ts';
import { insideOnly } from '../platform/witness.ts';
import { type MappingChoice, mapColumns } from './column-mapping.ts';
import type { FileRefusal } from './file-refusal.ts';
import { badRows } from './import-report.ts';
import { rosterContext } from './roster-context.ts';
import { type PackedLines, packLines, unpackLines } from './roster-pack.ts';
import { checkOpened, type OpenedRoster, type RosterFinding, type RosterReport } from './roster-rows.ts';
import type { UploadRow } from './store-uploads.ts';
import { writeRoster } from './write-roster.ts';

/** A roster out of its file with everything an office has said of it; lies sealed between two requests. */
export interface UploadState {
  readonly opened: OpenedRoster;
  /** As the sender calls the file. */
  readonly file: string;
  readonly sha256: string;
  readonly choice: MappingChoice;
  readonly remembered: boolean;
  readonly fixes: readonly RosterFix[];
}

/** As it lies under the seal. */
interface KeptState extends Omit<UploadState, 'opened'> {
  readonly opened: Omit<OpenedRoster, 'lines'>;
  readonly lines: PackedLines;
}

const placeOf = (id: string) => ({ table: 'people_upload', column: 'sealed', row: id });

export function sealUpload(services: Pick<Services, 'secrets'>, id: string, state: UploadState): Buffer {
  const { lines, ...opened } = state.opened;
  return services.secrets.seal(placeOf(id), JSON.stringify({ ...state, opened, lines: packLines(lines) }));
}

export function openUpload(services: Pick<Services, 'secrets'>, row: UploadRow): UploadState {
  const text = services.secrets.open(placeOf(row.id), row.sealed, insideOnly('ownUpload'));
  const { lines, opened, ...state } = JSON.parse(text) as KeptState;
  return { ...state, opened: { ...opened, lines: unpackLines(lines) } };
}

/** Names a set of headers without holding them. */
export function headersHash(headers: readonly string[]): string {
  return createHash('sha256').update(headers.join('\n')).digest('hex');
}

/** Reads the columns again with what somebody says of them. */
export function chooseColumns(
  state: UploadState,
  choice: MappingChoice,
  today: string,
): Result<UploadState, FileRefusal> {
  const { opened } = state;
  const mapping = mapColumns(opened.headers, opened.lines, today, choice);
  return mapping.ok ? accept({ ...state, choice, opened: { ...opened, mapping: mapping.value } }) : mapping;
}

/** The report of an upload as it stands. */
export function checkUpload(
  state: UploadState,
  area: string,
  now: string,
  language: Language,
): Result<RosterReport, FileRefusal> {
  return checkOpened(state.opened, rosterContext(area, now), state.fixes, language);
}

const MOST_SHOWN = 1000;
/** Shown in every row of the grid, in this order, where the roster has them. */
const GRID: readonly RosterField[] = [
  'name',
  'idNumber',
  'phone',
  'town',
  'village',
  'destination',
  'employer',
];

const finding = ({ row, column, field, code, message, candidates }: RosterFinding): Finding => ({
  row,
  column,
  field,
  code,
  message,
  ...(candidates && candidates.length > 0 && { candidates }),
});

/** All but the last four of a number; a text without digits stays. */
function masked(field: RosterField, text: string): string {
  if (field !== 'idNumber' && field !== 'phone' && field !== 'phone2') return text;
  return text.replace(/[\dXx](?=[\dXx]{4})/g, '•');
}

function gridRows(state: UploadState, report: RosterReport): BadRow[] {
  const { mapping } = state.opened;
  const bad = new Map<number, Set<RosterField>>();
  for (const it of report.rejected) bad.set(it.row, (bad.get(it.row) ?? new Set()).add(it.field));
  const touched = new Set(state.fixes.map((it) => it.row));
  return applyFixes(state.opened.lines, state.fixes)
    .filter((it) => bad.has(it.row) || touched.has(it.row))
    .slice(0, MOST_SHOWN)
    .map((line) => {
      const desk = new Desk(line, mapping);
      const wrong = bad.get(line.row) ?? new Set<RosterField>();
      const fields = [...new Set([...GRID, ...wrong, ...(Object.keys(line.fixed ?? {}) as RosterField[])])];
      const shown = fields.filter((it) => desk.has(it) || wrong.has(it));
      return {
        row: line.row,
        skipped: line.skipped ?? false,
        cells: Object.fromEntries(
          shown.map((it) => [it, wrong.has(it) ? desk.text(it) : masked(it, desk.text(it))]),
        ),
      };
    });
}

/** An upload as its page shows it: numbers in the clear only where the cell is bad. */
export async function viewUpload(
  tx: Tx,
  at: { services: Services; now: string; language: Language; actor: string; key: string },
  row: UploadRow,
): Promise<UploadView> {
  const state = openUpload(at.services, row);
  const { opened } = state;
  const checked = checkUpload(state, row.area, at.now, at.language);
  const report = checked.ok ? checked.value : undefined;
  const counted = report
    ? await writeRoster(tx, {
        ...at,
        report,
        season: row.season,
        area: row.area,
        skipBad: true,
        dryRun: true,
      })
    : undefined;
  const { created, updated, unchanged, changes } = counted?.ok
    ? counted.value
    : { created: 0, updated: 0, unchanged: 0, changes: [] };
  return {
    uploadId: row.id,
    season: row.season,
    area: row.area,
    file: state.file,
    sheet: opened.sheet,
    sheets: opened.sheets,
    headerRows: opened.headerRows,
    encoding: opened.encoding,
    columns: opened.mapping.columns,
    remembered: state.remembered,
    rows: opened.lines.length,
    dropped: Object.values(opened.dropped).reduce((sum, n) => sum + n, 0),
    merged: report?.merged ?? 0,
    skipped: report?.skipped ?? 0,
    good: report?.clean.length ?? 0,
    bad: badRows(report?.rejected ?? []),
    would: { created, updated, unchanged },
    wouldChange: [...changes],
    problem: checked.ok ? null : { code: checked.refusal.code, facts: { ...checked.refusal.facts } },
    rejected: (report?.rejected ?? []).slice(0, MOST_SHOWN).map(finding),
    warnings: (report?.warnings ?? []).slice(0, MOST_SHOWN).map(finding),
    badRows: report ? gridRows(state, report) : [],
    fixes: [...state.fixes],
  };
}
