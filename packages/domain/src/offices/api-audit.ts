import { z } from 'zod';
import { endpoint } from '../basics/api.ts';
import { AreaCode, DayText, MomentText } from './schema.ts';

/** Which rows of the audit are asked for; parts that are left out do not narrow. */
const Filter = z.object({
  from: DayText.optional(),
  to: DayText.optional(),
  /** Login or part of a name of staff. */
  actor: z.string().min(1).max(60).optional(),
  /** `people.number_revealed`, or a room: `people`. */
  action: z
    .string()
    .regex(/^[a-z]+([.][a-z_]+)?$/)
    .max(80)
    .optional(),
  /** Id of what it was about: a person, a trip, an account. */
  subject: z.uuid().optional(),
});

export const AUDIT_PAGE_ROWS = 100;
/** Rows of one export; more are asked for in parts by day. */
export const MOST_AUDIT_ROWS = 100_000;

export const AuditLine = z.object({
  id: z.uuid(),
  at: MomentText,
  /** Id of who did it, or `anyone`. */
  actor: z.string(),
  actorName: z.string().nullable(),
  actorPinyin: z.string().nullable(),
  actorLogin: z.string().nullable(),
  /** Somebody on leave for whom it was done. */
  behalfName: z.string().nullable(),
  area: AreaCode,
  areaName: z.string().nullable(),
  areaPinyin: z.string().nullable(),
  action: z.string(),
  subject: z.uuid().nullable(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type AuditLine = z.infer<typeof AuditLine>;

/** The audit of the own area, the newest first. That somebody has searched is a row of it, too. */
export const searchAudit = endpoint({
  name: 'offices.searchAudit',
  method: 'GET',
  path: '/api/audit',
  query: Filter.extend({ page: z.coerce.number().int().min(1).max(100_000).optional() }),
  reply: z.object({
    rows: z.array(AuditLine),
    total: z.number(),
    page: z.number(),
    /** Up to when the rows are chained and signed; null where nothing is yet. */
    sealedAt: MomentText.nullable(),
    keptDays: z.number(),
  }),
  callers: ['auditAdministrator'],
  access: { resource: 'audit', action: 'list', scope: 'area' },
});

/** The same rows as a file of comma-separated values, at most 100,000; no cell is a formula. */
export const exportAudit = endpoint({
  name: 'offices.exportAudit',
  method: 'GET',
  path: '/api/audit/export',
  query: Filter.extend({ lang: z.enum(['zh', 'en']).optional() }),
  reply: z.unknown(),
  file: 'down',
  callers: ['auditAdministrator'],
  access: { resource: 'audit', action: 'export', scope: 'area' },
});
