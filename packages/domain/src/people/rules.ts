import { accept, type Result, refuse } from '../basics/result.ts';
import type { WishEvent, WishKind, WishMode, WishStatus } from './schema.ts';

/** Which status of a wish may follow which. */
export const WISH_NEXT = {
  recorded: ['confirmed', 'withdrawn', 'metOtherwise'],
  confirmed: ['withdrawn', 'metOtherwise'],
  withdrawn: ['recorded'],
  metOtherwise: ['recorded'],
} as const satisfies Record<WishStatus, readonly WishStatus[]>;

/** A wish stands while it is neither withdrawn nor met another way. */
export function isLive(status: WishStatus): boolean {
  return status === 'recorded' || status === 'confirmed';
}

/** Asks us for a way: wants to work away and to go by our transport. The funnel's "wants to go" (docs/adr/0003, rule 10). */
export function wantsToGo(wish: { kind: WishKind; mode: WishMode; status: WishStatus }): boolean {
  return isLive(wish.status) && wish.mode === 'ours' && (wish.kind === 'sameJob' || wish.kind === 'newJob');
}

type Told = { code: 'people.wish_not_live'; facts: { status: WishStatus } };

/** The person will not go after all. Refuses a wish that is no longer live. */
export function withdraw(wish: { status: WishStatus }, why: string): Result<WishEvent, Told> {
  if (!isLive(wish.status)) return refuse({ code: 'people.wish_not_live', facts: { status: wish.status } });
  return accept({ type: 'people.wish_withdrawn', data: { why } });
}

/** The status of a wish after an event. */
export function wishAfter(status: WishStatus | undefined, event: WishEvent): WishStatus {
  switch (event.type) {
    case 'people.wish_recorded':
      return 'recorded';
    case 'people.wish_changed':
      return status !== undefined && isLive(status) ? status : 'recorded';
    case 'people.wish_confirmed':
      return 'confirmed';
    case 'people.wish_withdrawn':
      return 'withdrawn';
    case 'people.wish_met_otherwise':
      return 'metOtherwise';
  }
}
