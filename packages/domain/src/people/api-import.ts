import { z } from 'zod';
import { endpoint } from '../basics/api.ts';
import { BOOK_KEEPERS, DayText, MomentText, SeasonId } from '../offices/schema.ts';

/** A roster that was written. */
export const ImportLine = z.object({
  id: z.uuid(),
  file: z.string(),
  at: MomentText,
  by: z.string().nullable(),
  areaName: z.string(),
  areaPinyin: z.string(),
  created: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  bad: z.int(),
  undoneAt: MomentText.nullable(),
  mayUndo: z.boolean(),
  undoUntil: DayText,
});
export type ImportLine = z.infer<typeof ImportLine>;

/** Rosters that were written in the area, the latest first. */
export const listImports = endpoint({
  name: 'people.listImports',
  method: 'GET',
  path: '/api/people/imports',
  query: z.object({ season: SeasonId }),
  reply: z.object({ imports: z.array(ImportLine) }),
  callers: [...BOOK_KEEPERS],
  access: { resource: 'roster', action: 'list', scope: 'area' },
});
