import { z } from 'zod';
import { endpoint } from '../basics/api.ts';
import { MomentText } from '../offices/schema.ts';
import { COLLISION_ENDS } from './rules-collision.ts';

/** One of the two offices; a person's id opens the row there. */
const Side = z.object({
  personId: z.uuid(),
  officeName: z.string(),
  areaName: z.string(),
  areaPinyin: z.string(),
});

/** One person on the books of two districts: the offices and since when, neither name nor number. */
export const CollisionLine = z.object({ first: Side, second: Side, since: MomentText });
export type CollisionLine = z.infer<typeof CollisionLine>;

export const ClosedCollision = z.object({
  first: Side,
  second: Side,
  how: z.enum(COLLISION_ENDS),
  at: MomentText,
});
export type ClosedCollision = z.infer<typeof ClosedCollision>;

/** Collisions that wait for the city, the oldest first, and the last ones it has closed. No district and no town may ask. */
export const listCollisions = endpoint({
  name: 'people.listCollisions',
  method: 'GET',
  path: '/api/collisions',
  reply: z.object({ open: z.array(CollisionLine), closed: z.array(ClosedCollision) }),
  callers: ['cityOfficer'],
  access: { resource: 'collision', action: 'list', scope: 'area' },
});

/** Closes one: `keepId` is the row that stays where the other goes into it. */
export const closeCollisionOf = endpoint({
  name: 'people.closeCollision',
  method: 'POST',
  path: '/api/collisions/close',
  body: z.object({
    firstId: z.uuid(),
    secondId: z.uuid(),
    how: z.enum(COLLISION_ENDS),
    keepId: z.uuid().optional(),
    key: z.uuid().optional(),
  }),
  reply: z.object({}),
  callers: ['cityOfficer'],
  access: { resource: 'collision', action: 'write', scope: 'area' },
});
