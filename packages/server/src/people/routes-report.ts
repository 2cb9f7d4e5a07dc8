import { accept, type Result, refuse } from '@fangang/domain/basics/result.ts';
import {
  addReport,
  downloadIssue,
  fillReport,
  listReports,
  mapReport,
  openIssue,
  previewReport,
  type ReportFilter,
  readReport,
  removeReport,
  takeReadyReport,
} from '@fangang/domain/people/api-report.ts';
import { doubtsOf } from '@fangang/domain/people/report-layout.ts';
import { reportValue } from '@fangang/domain/people/report-values.ts';
import { admitFilling, admitMap, showsCare } from '@fangang/domain/people/rules-report.ts';
import { findArea, findSeason } from '../offices/store.ts';
import { noteAudit, openCare } from '../platform/audit.ts';
import { XLSX } from '../platform/export-cells.ts';
import { type Ctx, type Route, route } from '../platform/http.ts';
import { newId } from '../platform/ids.ts';
import { placeOfRef } from '../platform/workbook-refs.ts';
import { hitOf } from './person-lines.ts';
import { type Blank, countDoubts, openBlank, readBlank, readBlankBytes, sealBlank } from './report-blank.ts';
import { fillLayout, reportPersonOf, valueFacts } from './report-fill.ts';
import { readyBlank, readyLayouts } from './report-ready.ts';
import { isWithin } from './routes-roster.ts';
import {
  addIssue,
  addReportRow,
  findIssue,
  findLayoutMap,
  findReport,
  listIssues,
  listLastLines,
  listLines,
  listReportIds,
  listReportPeople,
  listReportRows,
  setReportMap,
  setReportRemoved,
} from './store-report.ts';

/** As many as a sheet of a roster may have. */
const MOST_PEOPLE = 60_000;
const PREVIEWED = 20;
const ownArea = ({ asker }: Ctx): string => asker?.areaCode ?? '';

const list = route(listReports, async (ctx) => {
  const rows = await listReportRows(ctx.tx, ownArea(ctx));
  return accept({
    reports: rows.map((it) => ({
      id: it.id,
      title: it.title,
      file: it.file,
      madeAt: it.made_at,
      doubts: countDoubts(it.map),
      removed: it.removed_at !== null,
      lastIssueAt: it.last_issue_at,
    })),
    ready: readyLayouts().map((it) => ({ id: it.id, title: it.title, columns: it.columns.length })),
  });
});

/** Keeps a blank with its meaning; what the office has said of the same one before is taken over. */
async function keepBlank(ctx: Ctx, blank: Blank, file: string) {
  const { tx, services, now: at, actor } = ctx;
  const { title, layoutHash } = blank;
  const area = ownArea(ctx);
  const known = await findLayoutMap(tx, area, layoutHash);
  const map = known ?? blank.map;
  const id = newId();
  const sealed = sealBlank(services, id, blank);
  await addReportRow(tx, { id, area, title, file, map, layoutHash, sealed, at, actor });
  return accept({ reportId: id, doubts: countDoubts(map), remembered: known !== undefined });
}

const add = route(addReport, async (ctx) => {
  const { upload } = ctx;
  if (!upload) return refuse({ code: 'basics.file_missing' });
  const blank = await readBlank(upload.path, upload.name);
  return blank.ok ? await keepBlank(ctx, blank.value, upload.name) : blank;
});

const takeReady = route(takeReadyReport, async (ctx, { body }) => {
  const set = readyLayouts().find((it) => it.id === body.ready);
  if (!set) return refuse({ code: 'basics.not_found' });
  const file = `${set.title.replace(/[\\/:*?"<>|]/g, ' ').slice(0, 60)}.xlsx`;
  const blank = await readBlankBytes(ctx.services, await readyBlank(set), file);
  return blank.ok ? await keepBlank(ctx, blank.value, file) : blank;
});

/** An own layout; another office's is answered like none. */
async function own(ctx: Ctx, id: string) {
  const report = await findReport(ctx.tx, ownArea(ctx), id);
  return report ? accept(report) : refuse({ code: 'basics.not_found' });
}

const read = route(readReport, async (ctx, { params }) => {
  const report = await own(ctx, params.reportId);
  if (!report.ok) return report;
  const { id, title, map, removed_at } = report.value;
  const issues = await listIssues(ctx.tx, id);
  return accept({
    title,
    removed: removed_at !== null,
    map,
    grid: openBlank(ctx.services, report.value).grid,
    doubts: doubtsOf(map),
    issues: issues.map(({ added, has_file, ...it }) => ({ ...it, new: added, hasFile: has_file })),
  });
});

const map = route(mapReport, async (ctx, { params, body }) => {
  const report = await own(ctx, params.reportId);
  if (!report.ok) return report;
  const admitted = admitMap(report.value.map, body.map);
  if (!admitted.ok) return admitted;
  await setReportMap(ctx.tx, report.value.id, admitted.value);
  return accept({ doubts: countDoubts(admitted.value) });
});

const remove = route(removeReport, async (ctx, { params, body }) => {
  const report = await own(ctx, params.reportId);
  if (!report.ok) return report;
  await setReportRemoved(ctx.tx, report.value.id, body.removed ? ctx.now : null);
  return accept({});
});

/** Who is meant, in the order of the list; an area out of the asker's is answered like none. */
async function meant(ctx: Ctx, filter: ReportFilter): Promise<Result<{ ids: string[]; areaName: string }>> {
  const area = isWithin(ctx, filter.area) ? await findArea(ctx.tx, filter.area) : undefined;
  if (!area || !(await findSeason(ctx.tx, filter.season))) return refuse({ code: 'basics.not_found' });
  const ids = await listReportIds(ctx.tx, filter, MOST_PEOPLE + 1);
  if (ids.length > MOST_PEOPLE)
    return refuse({ code: 'people.too_many_for_report', facts: { limit: MOST_PEOPLE } });
  return accept({ ids, areaName: area.name });
}

const preview = route(previewReport, async (ctx, { params, query }) => {
  const report = await own(ctx, params.reportId);
  if (!report.ok) return report;
  const who = await meant(ctx, query);
  if (!who.ok) return who;
  const { ids } = who.value;
  const people = await listReportPeople(ctx.tx, ids.slice(0, PREVIEWED), query.season);
  const facts = valueFacts(ctx, { idMask: 'lastFour', phones: 'lastFour' });
  const columns = report.value.map.list?.columns ?? [];
  const rows = people.map((row, i) => {
    const person = reportPersonOf(ctx, row, null);
    return columns.map((it) => String(reportValue(it, person, { ...facts, no: i + 1 }) ?? ''));
  });
  return accept({ people: ids.length, rows });
});

const fill = route(fillReport, async (ctx, { params, body }) => {
  const { tx, services, actor, now: at } = ctx;
  const { filter, settings } = body;
  const report = await own(ctx, params.reportId);
  if (!report.ok) return report;
  const { id: reportId, map: layout, removed_at } = report.value;
  if (removed_at !== null) return refuse({ code: 'people.report_removed' });
  const admitted = admitFilling(layout, settings);
  if (!admitted.ok) return admitted;
  const who = await meant(ctx, filter);
  if (!who.ok) return who;
  const { ids, areaName } = who.value;
  const { idMask, phones, purpose } = settings;
  const facts = { people: ids.length, idMask, phones, purpose, care: showsCare(layout) };
  const noted = { actor, area: filter.area, action: 'people.report_filled', subject: reportId, facts };
  const witness = await noteAudit(tx, { ...noted, opens: ids });
  if (facts.care) await openCare(tx, witness);
  const before = await listLastLines(tx, reportId);
  const blank = openBlank(services, report.value).bytes;
  const filled = await fillLayout(ctx, {
    blank,
    map: layout,
    filter,
    settings,
    areaName,
    ids,
    witness,
    before,
  });
  const many = (change: string) => filled.lines.filter((it) => it.change === change).length;
  const counts = { people: ids.length, changed: many('changed'), gone: many('gone') };
  const issueId = newId();
  const seal = (column: string, text: string) =>
    services.secrets.seal({ table: 'people_report_issue', column, row: issueId }, text);
  const file = seal('file_sealed', filled.bytes.toString('base64'));
  const cells = seal('cells_sealed', JSON.stringify(filled.cells));
  const issue = { id: issueId, reportId, area: ownArea(ctx), at, actor, filter, settings, file, cells };
  await addIssue(tx, { ...issue, ...counts, added: many('new') }, filled.lines);
  return accept({ issueId, ...counts, new: many('new') });
});

async function ownIssue(ctx: Ctx, reportId: string, issueId: string) {
  const report = await own(ctx, reportId);
  if (!report.ok) return report;
  const issue = await findIssue(ctx.tx, report.value.id, issueId);
  return issue ? accept({ report: report.value, issue }) : refuse({ code: 'basics.not_found' });
}

/** What of an issue lies sealed, opened under a row of the audit. */
async function openSealed(ctx: Ctx, issueId: string, column: 'file_sealed' | 'cells_sealed', sealed: Buffer) {
  const action = column === 'file_sealed' ? 'people.report_downloaded' : 'people.report_opened';
  const area = ownArea(ctx);
  const witness = await noteAudit(ctx.tx, {
    actor: ctx.actor,
    area,
    action,
    subject: issueId,
    opens: [issueId],
  });
  return ctx.services.secrets.open({ table: 'people_report_issue', column, row: issueId }, sealed, witness);
}

const download = route(downloadIssue, async (ctx, { params }) => {
  const found = await ownIssue(ctx, params.reportId, params.issueId);
  if (!found.ok) return found;
  const { report, issue } = found.value;
  if (!issue.file) return refuse({ code: 'people.issue_file_gone' });
  const body = Buffer.from(await openSealed(ctx, params.issueId, 'file_sealed', issue.file), 'base64');
  return accept({ name: report.file, type: XLSX, body });
});

/** Places in the list that a cell stands for: its row's person, or everybody it counts. */
async function placesBehind(
  ctx: Ctx,
  issueId: string,
  ref: string,
  found: { report: Awaited<ReturnType<typeof findReport>>; cells: Buffer | null },
) {
  const list = found.report?.map.list;
  const { row } = placeOfRef(ref);
  if (found.cells) {
    const cells = JSON.parse(await openSealed(ctx, issueId, 'cells_sealed', found.cells)) as Record<
      string,
      number[]
    >;
    if (cells[ref]) return cells[ref];
  }
  return list && row >= list.firstRow ? [row - list.firstRow + 1] : [];
}

const open = route(openIssue, async (ctx, { params, query }) => {
  const found = await ownIssue(ctx, params.reportId, params.issueId);
  if (!found.ok) return found;
  const { report, issue } = found.value;
  const places =
    query.ref === undefined
      ? null
      : await placesBehind(ctx, params.issueId, query.ref, { report, cells: issue.cells });
  const { total, rows } = await listLines(ctx.tx, params.issueId, places);
  return accept({ total, people: rows.map(({ no, change, ...it }) => ({ ...hitOf(it), no, change })) });
});

/** Reports out: a superior's blank, filled for ever. */
export const reportRoutes: readonly Route[] = [
  list,
  add,
  takeReady,
  read,
  map,
  remove,
  preview,
  fill,
  download,
  open,
];
