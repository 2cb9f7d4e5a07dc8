import { z } from 'zod';
import { endpoint } from '../basics/api.ts';
import { EraseReason } from './rules-erase.ts';

const OnePerson = z.object({ personId: z.uuid() });

/**
 * Everything that is kept of one person, as one workbook (PIPL art. 45): person, wishes, journeys, consents, history, who has read
 * the numbers. Whole numbers are in it: the audit has a row before.
 */
export const exportPersonFile = endpoint({
  name: 'trips.exportPersonFile',
  method: 'GET',
  path: '/api/people/:personId/file.xlsx',
  params: OnePerson,
  query: z.object({ lang: z.enum(['zh', 'en']).optional() }),
  reply: z.unknown(),
  file: 'down',
  callers: ['districtOfficer', 'townOfficer', 'dispatcher'],
  access: { resource: 'person', action: 'export', scope: 'area' },
});

/** Erases what says who somebody is (PIPL art. 47); counts stay. Refused while the person holds a seat or is on the way. */
export const erasePerson = endpoint({
  name: 'trips.erasePerson',
  method: 'POST',
  path: '/api/people/:personId/erase',
  params: OnePerson,
  body: z.object({ why: EraseReason, key: z.uuid().optional() }),
  reply: z.object({ erased: z.boolean() }),
  callers: ['districtOfficer', 'townOfficer', 'dispatcher'],
  access: { resource: 'person', action: 'write', scope: 'area' },
});
