import { accept, type Result, refuse } from '../basics/result.ts';

/** How the city closes a collision: the person goes to one of the two, or both were right because the person moved during the season. */
export const COLLISION_ENDS = ['transfer', 'bothRight'] as const;
export type CollisionEnd = (typeof COLLISION_ENDS)[number];

/** One person on the books of two districts, as the city sees it. */
export interface Collision {
  readonly firstId: string;
  readonly secondId: string;
}

export type CollisionRefusal = { readonly code: 'people.collision_needs_keeper' };

/**
 * Who keeps the person and whose row goes; both null where both stay.
 *
 * Refuses `people.collision_needs_keeper`: to transfer without saying which of the two keeps the person.
 */
export function closeCollision(
  { firstId, secondId }: Collision,
  said: { readonly how: CollisionEnd; readonly keepId?: string | undefined },
): Result<{ readonly kept: string | null; readonly gone: string | null }, CollisionRefusal> {
  if (said.how === 'bothRight') return accept({ kept: null, gone: null });
  if (said.keepId !== firstId && said.keepId !== secondId) {
    return refuse({ code: 'people.collision_needs_keeper' });
  }
  return accept({ kept: said.keepId, gone: said.keepId === firstId ? secondId : firstId });
}
