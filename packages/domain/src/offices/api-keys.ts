import { z } from 'zod';
import { endpoint } from '../basics/api.ts';

export const KeyState = z.enum(['seals', 'opens', 'spare', 'retired']);
export type KeyState = z.infer<typeof KeyState>;

/** How the keys stand: counts, and no person. */
export const readKeys = endpoint({
  name: 'offices.readKeys',
  method: 'GET',
  path: '/api/keys',
  reply: z.object({
    place: z.enum(['environment', 'file']),
    /** True where a copy of the data folder takes the keys along. */
    insideData: z.boolean(),
    profile: z.enum(['intl', 'guomi']),
    keys: z.array(z.object({ no: z.number(), state: KeyState, texts: z.number() })),
    columns: z.array(
      z.object({
        table: z.string(),
        column: z.string(),
        format: z.number(),
        keyNo: z.number(),
        texts: z.number(),
      }),
    ),
    /** The key under which numbers are found; `nextNo` while it is being changed. */
    index: z.object({
      no: z.number(),
      nextNo: z.number().nullable(),
      left: z.number(),
      oldLeft: z.number(),
    }),
    /** Texts and rows a rotation has still to go through. */
    left: z.number(),
  }),
  callers: ['securityAdministrator'],
  access: { resource: 'key', action: 'read', scope: 'area' },
});
