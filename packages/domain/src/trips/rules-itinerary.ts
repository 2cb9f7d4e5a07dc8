import { type Moment, msOf } from '../basics/moment.ts';
import { accept, type Result, refuse } from '../basics/result.ts';

/** A ride as the joints of a way see it: where and when it begins and ends. */
export interface Ride {
  readonly trip: string;
  /** Names one place: a pick-up's area, a station, a gate. */
  readonly from: string;
  readonly to: string;
  readonly departAt: Moment;
  readonly arriveAt: Moment;
}

export type WayRefusal =
  | { code: 'trips.has_way_already'; facts: Record<never, never> }
  | { code: 'trips.way_is_empty'; facts: Record<never, never> }
  | { code: 'trips.legs_do_not_join'; facts: { leg: number } }
  | { code: 'trips.change_too_short'; facts: { leg: number; minutes: number; marginMin: number } }
  | { code: 'trips.leg_runs_backwards'; facts: { leg: number } };

/**
 * May a person be given this way? Law 1: one live way for an identity and season; each ride begins where the last one ended,
 * not before the margin for changing has passed.
 */
export function giveWay(
  person: { readonly hasLiveWay: boolean },
  rides: readonly Ride[],
  marginMin: number,
): Result<readonly Ride[], WayRefusal> {
  if (person.hasLiveWay) return refuse({ code: 'trips.has_way_already', facts: {} });
  if (rides.length === 0) return refuse({ code: 'trips.way_is_empty', facts: {} });
  for (const [leg, ride] of rides.entries()) {
    if (msOf(ride.arriveAt) <= msOf(ride.departAt))
      return refuse({ code: 'trips.leg_runs_backwards', facts: { leg } });
    const last = rides[leg - 1];
    if (!last) continue;
    if (last.to !== ride.from) return refuse({ code: 'trips.legs_do_not_join', facts: { leg } });
    const minutes = (msOf(ride.departAt) - msOf(last.arriveAt)) / 60_000;
    if (minutes < marginMin)
      return refuse({ code: 'trips.change_too_short', facts: { leg, minutes, marginMin } });
  }
  return accept(rides);
}
