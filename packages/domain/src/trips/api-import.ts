import { z } from 'zod';
import { endpoint } from '../basics/api.ts';
import { PersonHit } from '../people/api.ts';
import { IMPORT_LEFT } from '../people/rules-import.ts';

/**
 * Takes an import back: who came with it leaves the books, what it changed stands as before. Whoever has a way of ours or was changed by
 * somebody since stays, and is named.
 */
export const undoImport = endpoint({
  name: 'trips.undoImport',
  method: 'POST',
  path: '/api/people/imports/:importId/undo',
  params: z.object({ importId: z.uuid() }),
  body: z.object({ key: z.uuid().optional() }),
  reply: z.object({
    removed: z.int(),
    restored: z.int(),
    left: z.int(),
    /** The first hundred who stay as the import left them. */
    leftPeople: z.array(z.object({ person: PersonHit, why: z.enum(IMPORT_LEFT) })),
  }),
  callers: ['cityOfficer', 'districtOfficer', 'townOfficer', 'dispatcher'],
  access: { resource: 'roster', action: 'write', scope: 'area' },
});
