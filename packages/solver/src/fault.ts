import type { Numbers } from './problem.ts';

/** Everything that can be wrong with a plan. */
export const FAULTS = [
  'broken_reference',
  'party_lost',
  'party_twice',
  'party_parted',
  'wheelchairs_lost',
  'boards_wrong',
  'load_wrong',
  'over_capacity',
  'no_wheelchair_bay',
  'below_min_load',
  'too_many_stops',
  'ride_too_long',
  'times_wrong',
  'dwell_short',
  'distance_wrong',
  'cost_wrong',
  'outside_service',
  'wrong_day',
  'legs_apart',
  'transfer_short',
  'transfer_long',
  'home_unreached',
  'gate_missed',
  'outside_window',
  'continuous_driving',
  'night_driving',
  'halt_hours',
  'driver_hours',
  'crew_too_large',
  'allotment_overbooked',
  'allotment_times',
  'vehicle_missing',
  'vehicle_busy',
  'wrong_role',
  'standing_changed',
  'standing_overbooked',
  'fixed_moved',
  'unknown_code',
  'totals_wrong',
] as const;
export type FaultCode = (typeof FAULTS)[number];

export interface Fault {
  readonly code: FaultCode;
  readonly numbers: Numbers;
}
