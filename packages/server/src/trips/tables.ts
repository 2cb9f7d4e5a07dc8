import type { StopKind, TripMode, TripRole, TripStatus } from '@fangang/domain/trips/schema.ts';

/** Rows of the trips room as the database answers them: days as text, moments ISO 8601, counts as numbers. */
export interface TripRow {
  readonly id: string;
  readonly season: string;
  readonly area: string;
  readonly code: string;
  readonly role: TripRole;
  readonly mode: TripMode;
  readonly status: TripStatus;
  readonly day: string;
  readonly depart_at: string;
  readonly arrive_at: string;
  readonly places: number;
  readonly cap: number;
  readonly sold: number;
  readonly bays: number;
  readonly bays_sold: number;
  readonly allotment_id: string | null;
  readonly proposal_id: string | null;
}

export interface StopRow {
  readonly trip_id: string;
  readonly no: number;
  readonly kind: StopKind;
  readonly name: string;
  readonly pinyin: string;
  readonly place_area: string | null;
  readonly gate_id: string | null;
  readonly employer_id: string | null;
  readonly lon: number;
  readonly lat: number;
  readonly arrive_at: string;
  readonly depart_at: string;
}

export interface AllotmentRow {
  readonly id: string;
  readonly area: string;
  readonly mode: TripMode;
  readonly number: string;
  readonly day: string;
  readonly from_name: string;
  readonly from_lon: number;
  readonly from_lat: number;
  readonly to_name: string;
  readonly to_lon: number;
  readonly to_lat: number;
  readonly depart_at: string;
  readonly arrive_at: string;
  readonly places: number;
  readonly wheelchair_bays: number;
  readonly fare_fen: number;
  readonly release_at: string | null;
}

export interface FleetRow {
  readonly day: string;
  readonly seats: number;
  readonly count: number;
  readonly wheelchair_bays: number;
}

declare module '../platform/database.ts' {
  interface Tables {
    trips_trip: TripRow;
    trips_stop: StopRow;
    trips_allotment: AllotmentRow;
    trips_fleet: FleetRow;
  }
}
