import { dayOf } from '@fangang/domain/basics/moment.ts';
import { accept, type Result, refuse } from '@fangang/domain/basics/result.ts';
import { areaRange } from '@fangang/domain/offices/schema.ts';
import {
  commitUpload,
  discardUpload,
  exportUpload,
  fixUpload,
  readUpload,
  uploadRoster,
} from '@fangang/domain/people/api.ts';
import { findArea, findSeason } from '../offices/store.ts';
import { noteAudit } from '../platform/audit.ts';
import { XLSX } from '../platform/export-cells.ts';
import { type Ctx, type Route, route } from '../platform/http.ts';
import { newId } from '../platform/ids.ts';
import { mapColumns } from './column-mapping.ts';
import { compareLater } from './duplicate-jobs.ts';
import { markedRoster } from './marked-roster.ts';
import { openRoster } from './roster-rows.ts';
import {
  addUpload,
  findMapping,
  findUpload,
  keepMapping,
  removeUpload,
  replaceUpload,
  type UploadRow,
} from './store-uploads.ts';
import {
  checkUpload,
  chooseColumns,
  headersHash,
  openUpload,
  sealUpload,
  type UploadState,
  viewUpload,
} from './upload-view.ts';
import { writeRoster } from './write-roster.ts';

/** Whether an area lies within the asker's own. */
export function isWithin(ctx: Ctx, area: string): boolean {
  const { from, to } = areaRange(ctx.asker?.areaCode ?? '000000000000');
  return area >= from && area <= to;
}

/** The file as columns and lines, with what this office has said before of such columns. */
async function takeFile(ctx: Ctx, sheet: string | undefined): Promise<Result<UploadState>> {
  const { upload, tx, now, asker } = ctx;
  if (!upload) return refuse({ code: 'basics.file_missing' });
  const opened = await openRoster(upload.path, { today: dayOf(now), ...(sheet && { sheet }) });
  if (!opened.ok) return opened;
  const { headers, lines } = opened.value;
  const kept = await findMapping(tx, asker?.areaCode ?? '', headersHash(headers));
  const mapping = kept && mapColumns(headers, lines, dayOf(now), kept);
  return accept({
    opened: mapping?.ok ? { ...opened.value, mapping: mapping.value } : opened.value,
    file: upload.name,
    sha256: upload.sha256,
    choice: mapping?.ok ? (kept ?? {}) : {},
    remembered: mapping?.ok ?? false,
    fixes: [],
  });
}

const upload = route(uploadRoster, async (ctx, { body }) => {
  const { tx, services, actor } = ctx;
  const { area, season } = body;
  if (!isWithin(ctx, area) || !(await findArea(tx, area))) return refuse({ code: 'basics.not_found' });
  if (!(await findSeason(tx, season))) return refuse({ code: 'basics.not_found' });
  const state = await takeFile(ctx, body.sheet);
  if (!state.ok) return state;
  const id = newId();
  await addUpload(tx, { id, area, season, staff: actor, sealed: sealUpload(services, id, state.value) });
  return accept({ uploadId: id });
});

async function ownUpload(ctx: Ctx, id: string, lock: boolean): Promise<Result<UploadRow>> {
  const row = await findUpload(ctx.tx, id, ctx.actor, lock);
  return row ? accept(row) : refuse({ code: 'people.upload_gone' });
}

const read = route(readUpload, async (ctx, { params }) => {
  const row = await ownUpload(ctx, params.uploadId, false);
  return row.ok ? accept(await viewUpload(ctx.tx, ctx, row.value)) : row;
});

/** The sender's own roster with its own numbers: the audit has a row of it. */
const marked = route(exportUpload, async (ctx, { params, query }) => {
  const { tx, services, actor, asker, now } = ctx;
  const row = await ownUpload(ctx, params.uploadId, false);
  if (!row.ok) return row;
  const language = query.lang ?? ctx.language;
  const state = openUpload(services, row.value);
  const checked = checkUpload(state, row.value.area, now, language);
  if (!checked.ok) return checked;
  const facts = { rows: checked.value.rows };
  const area = asker?.areaCode ?? row.value.area;
  await noteAudit(tx, { actor, area, action: 'people.upload_exported', subject: row.value.id, facts });
  const name = state.file.replace(/\.[^.]+$/, '');
  return accept({
    name: `${name}.xlsx`,
    type: XLSX,
    body: await markedRoster(state, checked.value, language),
  });
});

const fix = route(fixUpload, async (ctx, { params, body }) => {
  const { tx, services, now } = ctx;
  const row = await ownUpload(ctx, params.uploadId, true);
  if (!row.ok) return row;
  const before = openUpload(services, row.value);
  const state = body.mapping
    ? chooseColumns({ ...before, remembered: false }, body.mapping, dayOf(now))
    : accept(before);
  if (!state.ok) return state;
  await replaceUpload(
    tx,
    row.value.id,
    sealUpload(services, row.value.id, { ...state.value, fixes: body.fixes }),
  );
  return accept({});
});

const commit = route(commitUpload, async (ctx, { params, body }) => {
  const { tx, services, now, actor, key, language, asker } = ctx;
  const row = await ownUpload(ctx, params.uploadId, true);
  if (!row.ok) return row;
  const { area, season } = row.value;
  const state = openUpload(services, row.value);
  const checked = checkUpload(state, area, now, language);
  if (!checked.ok) return checked;
  const written = await writeRoster(tx, {
    services,
    report: { ...checked.value, file: state.file },
    season,
    area,
    actor,
    now,
    key,
    skipBad: body.skipBad,
    dryRun: false,
    sha256: state.sha256,
    language,
  });
  if (!written.ok) return written;
  if (written.value.created + written.value.updated > 0) await compareLater(tx, asker, key);
  if (Object.keys(state.choice).length > 0) {
    await keepMapping(tx, asker?.areaCode ?? area, headersHash(state.opened.headers), state.choice);
  }
  await removeUpload(tx, row.value.id);
  const { created, updated, unchanged, file, rows, rejected } = written.value;
  const left = rejected.map((it) => ({ row: it.row, column: it.column, field: it.field, code: it.code }));
  return accept({ created, updated, unchanged, file, rows, left });
});

const discard = route(discardUpload, async (ctx, { params }) => {
  const row = await ownUpload(ctx, params.uploadId, true);
  if (!row.ok) return row;
  await removeUpload(ctx.tx, row.value.id);
  return accept({});
});

export const rosterRoutes: readonly Route[] = [upload, read, marked, fix, commit, discard];
