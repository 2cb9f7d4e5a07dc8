import { accept, type Result, refuse } from '../basics/result.ts';
import type { SeasonSettings } from '../offices/schema.ts';
import type { ItineraryStatus, LegState, TripStatus } from './schema.ts';

/** Which status of a trip may follow which. The type makes a missing row a compile error. */
export const TRIP_NEXT = {
  proposed: ['committed', 'cancelled'],
  committed: ['published', 'cancelled'],
  published: ['boarding', 'cancelled'],
  boarding: ['departed', 'cancelled'],
  departed: ['arrived'],
  arrived: ['closed'],
  closed: [],
  cancelled: [],
} as const satisfies Record<TripStatus, readonly TripStatus[]>;

/** Which status of an itinerary may follow which; broken always leads on (a next step and an owner). */
export const ITINERARY_NEXT = {
  seated: ['confirmed', 'underWay', 'broken', 'cancelled'],
  confirmed: ['underWay', 'broken', 'cancelled'],
  underWay: ['arrived', 'broken', 'seated'],
  arrived: ['signedFor'],
  signedFor: [],
  broken: ['seated', 'underWay', 'cancelled'],
  cancelled: ['seated'],
} as const satisfies Record<ItineraryStatus, readonly ItineraryStatus[]>;

/** Which state of a seat may follow which; a late scan turns absent into boarded, an undo goes back to expected. */
export const LEG_NEXT = {
  expected: ['boarded', 'held', 'absent'],
  held: ['boarded', 'expected', 'absent'],
  boarded: ['arrived', 'left', 'expected'],
  absent: ['boarded'],
  left: [],
  arrived: [],
} as const satisfies Record<LegState, readonly LegState[]>;

function mayFollow<S extends string>(next: Record<S, readonly S[]>, from: S, to: S): boolean {
  return next[from].includes(to);
}

export function tripMay(from: TripStatus, to: TripStatus): boolean {
  return mayFollow<TripStatus>(TRIP_NEXT, from, to);
}

export function itineraryMay(from: ItineraryStatus, to: ItineraryStatus): boolean {
  return mayFollow<ItineraryStatus>(ITINERARY_NEXT, from, to);
}

export function legMay(from: LegState, to: LegState): boolean {
  return mayFollow<LegState>(LEG_NEXT, from, to);
}

/** Seats in one row of a coach: two on each side. */
export const SEATS_IN_A_ROW = 4;

/**
 * How many of a vehicle's places may be taken: ⌊(places − observation seats) × load cap⌋.
 *
 * Observation rows are kept on main-leg buses only; the load cap binds on every road vehicle. On trains and flights our
 * allotment is the cap. Source: law 2; load cap and rows are settings of the season.
 */
export function usablePlaces(
  places: number,
  settings: Pick<SeasonSettings, 'loadCap' | 'observationRows'>,
  kind: { readonly road: boolean; readonly main: boolean },
): number {
  if (!kind.road) return places;
  const kept = kind.main ? settings.observationRows * SEATS_IN_A_ROW : 0;
  return Math.max(0, Math.floor((places - kept) * settings.loadCap + 1e-9));
}

type NoSeat = { code: 'trips.trip_full'; facts: { cap: number; sold: number; asked: number } };

/** May so many more seats be sold? The database asks again, in the statement that sells them. */
export function sell(
  trip: { readonly cap: number; readonly sold: number },
  seats: number,
): Result<{ sold: number }, NoSeat> {
  const sold = trip.sold + seats;
  if (sold > trip.cap)
    return refuse({ code: 'trips.trip_full', facts: { cap: trip.cap, sold: trip.sold, asked: seats } });
  return accept({ sold });
}

/** Moves the status of an itinerary by what happened to its legs (state of each, in the order of travel). */
export function itineraryAfter(status: ItineraryStatus, legs: readonly LegState[]): ItineraryStatus {
  if (status === 'cancelled' || status === 'signedFor') return status;
  if (legs.length > 0 && legs.every((leg) => leg === 'arrived')) return 'arrived';
  if (legs.some((leg) => leg === 'held' || leg === 'absent' || leg === 'left')) return 'broken';
  if (legs.some((leg) => leg === 'boarded' || leg === 'arrived')) return 'underWay';
  return status === 'confirmed' ? 'confirmed' : 'seated';
}
