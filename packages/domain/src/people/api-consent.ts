import { z } from 'zod';
import { endpoint, Key } from '../basics/api.ts';
import { BOOK_KEEPERS, MomentText } from '../offices/schema.ts';
import { CONSENT_WAYS, FIELD_CLASSES, PURPOSES } from './rules-consent.ts';

/** One use of a person's data: what for, which data, why it is lawful, and whether it may go on now. */
export const ConsentLine = z.object({
  purpose: z.enum(PURPOSES),
  fields: z.array(z.enum(FIELD_CLASSES)),
  basis: z.enum(['statutoryDuty', 'emergency', 'separateConsent']),
  article: z.string(),
  allowed: z.boolean(),
  /** When and how it was last said; null = as the registration form says, or nothing to say. */
  said: z
    .object({ state: z.enum(['given', 'withdrawn']), how: z.enum(CONSENT_WAYS), at: MomentText })
    .nullable(),
});
export type ConsentLine = z.infer<typeof ConsentLine>;

/** What a person's data is used for, and what the person has said of it (PIPL art. 17, 44). */
export const readConsents = endpoint({
  name: 'people.readConsents',
  method: 'GET',
  path: '/api/people/:personId/consents',
  params: z.object({ personId: z.uuid() }),
  reply: z.object({ uses: z.array(ConsentLine) }),
  callers: [...BOOK_KEEPERS],
  access: { resource: 'consent', action: 'read', scope: 'area' },
});

/** The person gives a consent or takes it back; it acts at the next request of whoever saw by it. */
export const sayConsentOf = endpoint({
  name: 'people.sayConsentOf',
  method: 'POST',
  path: '/api/people/:personId/consents',
  params: z.object({ personId: z.uuid() }),
  body: z.object({
    purpose: z.enum(PURPOSES),
    state: z.enum(['given', 'withdrawn']),
    how: z.enum(['counter', 'phone', 'paper']),
    key: Key,
  }),
  reply: z.object({ allowed: z.boolean() }),
  callers: [...BOOK_KEEPERS],
  access: { resource: 'consent', action: 'write', scope: 'area' },
});
