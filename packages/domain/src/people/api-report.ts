import { z } from 'zod';
import { endpoint, Key } from '../basics/api.ts';
import { AreaCode, MomentText, SeasonId } from '../offices/schema.ts';
import { IssueSettings, LayoutMap, RowChange } from './report.ts';
import { PersonLine, WishKind } from './schema.ts';

const OFFICES = ['cityOfficer', 'districtOfficer', 'townOfficer'] as const;
const Report = z.object({ reportId: z.uuid() });
const Issue = Report.extend({ issueId: z.uuid() });

/** Whom a report is about. */
export const ReportFilter = z.object({
  season: SeasonId,
  area: AreaCode,
  status: z.enum(['all', 'wants', 'ownWay', 'stays', 'noWish']),
  kind: z.union([WishKind, z.literal('')]),
});
export type ReportFilter = z.infer<typeof ReportFilter>;

export const ReportLine = z.object({
  id: z.uuid(),
  title: z.string(),
  file: z.string(),
  madeAt: MomentText,
  /** Cells and columns nobody has said the meaning of. */
  doubts: z.int(),
  removed: z.boolean(),
  lastIssueAt: MomentText.nullable(),
});
export type ReportLine = z.infer<typeof ReportLine>;

/** The own office's layouts, and those that come with the product. */
export const listReports = endpoint({
  name: 'people.listReports',
  method: 'GET',
  path: '/api/people/reports',
  reply: z.object({
    reports: z.array(ReportLine),
    ready: z.array(z.object({ id: z.string(), title: z.string(), columns: z.int() })),
  }),
  callers: [...OFFICES],
  access: { resource: 'report', action: 'list', scope: 'area' },
});

/** Takes a superior's blank and reads what its cells mean. The same blank again asks nothing. */
export const addReport = endpoint({
  name: 'people.addReport',
  method: 'POST',
  path: '/api/people/reports',
  body: z.object({ key: Key }),
  reply: z.object({ reportId: z.uuid(), doubts: z.int(), remembered: z.boolean() }),
  file: 'up',
  takes: 'spreadsheet',
  callers: [...OFFICES],
  access: { resource: 'report', action: 'write', scope: 'area' },
});

/** Takes one of the layouts that come with the product among the own ones. */
export const takeReadyReport = endpoint({
  name: 'people.takeReadyReport',
  method: 'POST',
  path: '/api/people/reports/ready',
  body: z.object({ ready: z.string().max(60), key: Key }),
  reply: z.object({ reportId: z.uuid(), doubts: z.int(), remembered: z.boolean() }),
  callers: [...OFFICES],
  access: { resource: 'report', action: 'write', scope: 'area' },
});

export const IssueLine = z.object({
  id: z.uuid(),
  at: MomentText,
  by: z.string().nullable(),
  people: z.int(),
  new: z.int(),
  changed: z.int(),
  gone: z.int(),
  /** The file is still there; it goes after 30 days, or when somebody in it is erased. */
  hasFile: z.boolean(),
});
export type IssueLine = z.infer<typeof IssueLine>;

export const readReport = endpoint({
  name: 'people.readReport',
  method: 'GET',
  path: '/api/people/reports/:reportId',
  params: Report,
  reply: z.object({
    title: z.string(),
    removed: z.boolean(),
    map: LayoutMap,
    /** Texts of the blank, rows and columns from the first. */
    grid: z.array(z.array(z.string())),
    doubts: z.array(z.object({ ref: z.string(), text: z.string(), code: z.string() })),
    issues: z.array(IssueLine),
  }),
  callers: [...OFFICES],
  access: { resource: 'report', action: 'read', scope: 'area' },
});

export const mapReport = endpoint({
  name: 'people.mapReport',
  method: 'POST',
  path: '/api/people/reports/:reportId/map',
  params: Report,
  body: z.object({ map: LayoutMap, key: Key }),
  reply: z.object({ doubts: z.int() }),
  callers: [...OFFICES],
  access: { resource: 'report', action: 'write', scope: 'area' },
});

/** Takes a layout away, or puts it back. */
export const removeReport = endpoint({
  name: 'people.removeReport',
  method: 'POST',
  path: '/api/people/reports/:reportId/remove',
  params: Report,
  body: z.object({ removed: z.boolean(), key: Key }),
  reply: z.object({}),
  callers: [...OFFICES],
  access: { resource: 'report', action: 'write', scope: 'area' },
});

/** The first rows and the counts; ID numbers and telephones show their last four whatever is chosen, care groups are not shown. */
export const previewReport = endpoint({
  name: 'people.previewReport',
  method: 'GET',
  path: '/api/people/reports/:reportId/preview',
  params: Report,
  query: ReportFilter,
  reply: z.object({
    people: z.int(),
    rows: z.array(z.array(z.string())),
  }),
  callers: [...OFFICES],
  access: { resource: 'report', action: 'read', scope: 'area' },
});

/** Fills a layout: an issue with its file. Whole numbers and care groups need a purpose. */
export const fillReport = endpoint({
  name: 'people.fillReport',
  method: 'POST',
  path: '/api/people/reports/:reportId/fill',
  params: Report,
  body: z.object({ filter: ReportFilter, settings: IssueSettings, key: Key }),
  reply: z.object({ issueId: z.uuid(), people: z.int(), new: z.int(), changed: z.int(), gone: z.int() }),
  callers: [...OFFICES],
  access: { resource: 'report', action: 'write', scope: 'area' },
});

export const downloadIssue = endpoint({
  name: 'people.downloadIssue',
  method: 'GET',
  path: '/api/people/reports/:reportId/issues/:issueId/file',
  params: Issue,
  reply: z.object({}),
  file: 'down',
  callers: [...OFFICES],
  access: { resource: 'report', action: 'export', scope: 'area' },
});

/** Who stands behind a cell (`D6`) of an issue, or in it against the last one; the first 500 by their place in the list. */
export const openIssue = endpoint({
  name: 'people.openIssue',
  method: 'GET',
  path: '/api/people/reports/:reportId/issues/:issueId/people',
  params: Issue,
  query: z.object({
    ref: z
      .string()
      .regex(/^[A-Z]{1,3}[1-9]\d{0,6}$/)
      .optional(),
  }),
  reply: z.object({
    total: z.int(),
    people: z.array(PersonLine.extend({ no: z.int().nullable(), change: RowChange })),
  }),
  callers: [...OFFICES],
  access: { resource: 'report', action: 'read', scope: 'area' },
});
