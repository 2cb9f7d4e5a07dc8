import { daysBetween } from '../basics/moment.ts';
import { accept, type Result, refuse } from '../basics/result.ts';
import { type AreaCode, districtOf, levelOf } from '../offices/schema.ts';
import type { TripStatus } from './schema.ts';

/** A run shared with a partner district: stands until its day is over or it is taken back. */
export type ShareState = 'shared' | 'withdrawn' | 'over';

export const SHARE_NEXT = {
  shared: ['withdrawn', 'over'],
  withdrawn: [],
  over: [],
} as const satisfies Record<ShareState, readonly ShareState[]>;

/** Longest a share may stand, in days from today. */
export const SHARE_DAYS = 60;

export type ShareEvent =
  | { readonly type: 'trips.share_given'; readonly data: { to: AreaCode; until: string } }
  | { readonly type: 'trips.share_withdrawn'; readonly data: { share: string } };

export type ShareRefusal =
  | { readonly code: 'trips.share_own_district' }
  | { readonly code: 'trips.share_days'; readonly facts: { most: number } }
  | { readonly code: 'trips.share_run_over'; readonly facts: { status: TripStatus } }
  | { readonly code: 'trips.share_not_standing' };

/**
 * May this run be shown to that district until that day?
 *
 * Refuses the own district, a place that is no district, a day that has passed or lies more than 60 days ahead, and a run that is over.
 */
export function shareTrip(
  trip: { readonly area: AreaCode; readonly status: TripStatus },
  ask: { readonly to: AreaCode; readonly until: string },
  today: string,
): Result<ShareEvent, ShareRefusal> {
  const { to, until } = ask;
  if (levelOf(to) !== 'district' || districtOf(trip.area) === to)
    return refuse({ code: 'trips.share_own_district' });
  const days = daysBetween(today, until);
  if (days < 0 || days > SHARE_DAYS) return refuse({ code: 'trips.share_days', facts: { most: SHARE_DAYS } });
  if (['cancelled', 'closed', 'proposed'].includes(trip.status)) {
    return refuse({ code: 'trips.share_run_over', facts: { status: trip.status } });
  }
  return accept({ type: 'trips.share_given', data: { to, until } });
}

/** The state of a share on a day. */
export function shareStateOn(
  share: { readonly until: string; readonly withdrawnAt: string | null },
  today: string,
): ShareState {
  if (share.withdrawnAt !== null) return 'withdrawn';
  return share.until < today ? 'over' : 'shared';
}

/** Takes a share back. Refuses one that does not stand any more. */
export function withdrawShare(id: string, state: ShareState): Result<ShareEvent, ShareRefusal> {
  if (state !== 'shared') return refuse({ code: 'trips.share_not_standing' });
  return accept({ type: 'trips.share_withdrawn', data: { share: id } });
}
