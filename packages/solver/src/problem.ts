/**
 * The planning problem "door to gate" and its answer, in indices and numbers only.
 *
 * Units: minutes are integers. A *moment* (`…At`) counts minutes from midnight of day 0, local time, so 06:30 on
 * day 2 is 2 × 1440 + 390; a *minute of day* (`…Min` in windows) lies in 0..1440. Money is in fen, lengths in
 * metres, provider durations in seconds. Driving between two places takes ceil(durationS / 60) minutes.
 */

export interface Place {
  readonly lon: number;
  readonly lat: number;
}

/** Road distances and driving times between `places`; any provider fits (great circle, OSRM table, own graph). */
export interface Matrix {
  distanceM(from: number, to: number): number;
  durationS(from: number, to: number): number;
}

/** One ride a published seat consists of: standing run, stop boarded at, stop left at (indices of its stops). */
export interface FixedLeg {
  readonly standing: number;
  readonly board: number;
  readonly alight: number;
}

/** A household or group that travels together. */
export interface Party {
  /** People, ≥ 1, wheelchair users included. */
  readonly size: number;
  /** Wheelchair users among them; each takes a seat of the count and a bay. Default 0. */
  readonly wheelchairs?: number;
  /** Index of the home in `places`. */
  readonly home: number;
  /** Index in `gates`; -1: no destination known. */
  readonly gate: number;
  /** First and last day on which the main leg may leave. */
  readonly earliestDay: number;
  readonly latestDay: number;
  /** Weight when not everybody can go, > 0; 1 is usual, higher goes first. Default 1. */
  readonly priority?: number;
  /** True where the group agreed to travel in parts. Default false. */
  readonly mayPart?: boolean;
  /** Seats already published: the plan repeats these legs and never moves them. */
  readonly fixed?: readonly FixedLeg[];
  /** Where the party stands in the committed plan, for the difference only; the search ignores it. */
  readonly standingOn?: number;
}

/** Opening of a gate, minute of day; `day` limits it to one day. `toMin` below `fromMin` is not allowed. */
export interface Window {
  readonly fromMin: number;
  readonly toMin: number;
  readonly day?: number;
}

export interface Gate {
  readonly place: number;
  /** When arrivals are received; empty = nobody receives (`no_arrival_window`), all day = [{0, 1440}]. */
  readonly windows: readonly Window[];
  /** Index of the destination city: the corridor. */
  readonly city: number;
}

/** A pick-up point where a coach can halt. None at all: coaches halt at the homes' places. */
export interface BoardingPoint {
  readonly place: number;
}

export type Role = 'main' | 'feeder' | 'lastMile';

/** Vehicles of one kind. `{seats: 49, count: 3}` is enough. */
export interface VehicleType {
  /** Places for passengers. */
  readonly seats: number;
  /** Vehicles that exist; each is away until it has driven back. */
  readonly count: number;
  /** Vehicles hired day by day instead, index = day − horizon.fromDay; overrides `count`, no way back is planned. */
  readonly countByDay?: readonly number[];
  /** Default 0. */
  readonly wheelchairBays?: number;
  /** Garage; informative in this version. */
  readonly homePlace?: number;
  /** Fen for each run. Default `settings.busFixedFen` × seats / 49. */
  readonly fixedCostFen?: number;
  /** Fen for each kilometre with passengers. Default `settings.busPerKmFen` × (0.4 + 0.6 × seats / 49). */
  readonly costPerKmFen?: number;
  /** Drivers on one vehicle at most. Default `settings.maxCrew` for main runs, 1 otherwise. */
  readonly drivers?: number;
  /** Default ['main']. */
  readonly roles?: readonly Role[];
}

/** Places of ours in one carriage of one train (or on one flight) on one day. */
export interface Allotment {
  readonly mode: 'rail' | 'air';
  readonly from: number;
  readonly to: number;
  readonly departAt: number;
  readonly arriveAt: number;
  /** Places left, load cap already applied. */
  readonly places: number;
  readonly wheelchairBays?: number;
  readonly fareFen: number;
  /** Carriages of one train share a number. Informative. */
  readonly train?: number;
}

export interface StandingStop {
  readonly place: number;
  readonly arriveAt: number;
  readonly departAt: number;
}

/** A committed or published run. Its stops and times never change here; free seats may be filled. */
export interface StandingTrip {
  readonly role: Role | 'rail';
  readonly stops: readonly StandingStop[];
  /** Seats that late parties may take (fixed parties are not counted in them). */
  readonly freeSeats: number;
  readonly freeWheelchairBays?: number;
  /** The vehicle it uses, so that no second run is put on it. */
  readonly vehicle?: VehicleRef;
}

/** The `no`-th vehicle (from 0) of a type. */
export interface VehicleRef {
  readonly type: number;
  readonly no: number;
}

/** Driver hours [road passenger transport enterprise safety management rules, art. 38]. Minutes. */
export interface DriverLaw {
  /** Continuous driving by day, 240. */
  readonly dayMin: number;
  /** Continuous driving at night, 120. */
  readonly nightMin: number;
  /** A stand of at least this ends continuous driving, 20. */
  readonly restMin: number;
  /** Driving for each driver in any 24 h, 480. */
  readonly perDriverMin: number;
  /** Night for `nightMin`, minutes of day: 22:00–06:00. */
  readonly nightFromMin: number;
  readonly nightToMin: number;
  /** No driving in here, 02:00–05:00 … */
  readonly haltFromMin: number;
  readonly haltToMin: number;
  /** … or, with 'change' and two drivers or more, a stand of `restMin` at its beginning where drivers change. */
  readonly halt: 'stop' | 'change';
}

export interface Settings {
  /** Share of the places that may be taken on road vehicles, 0..1. */
  readonly loadCap: number;
  /** Places kept free for observation on a main run before the load cap is applied. */
  readonly observationSeats: number;
  /** People needed to open a main run. */
  readonly minLoad: number;
  /** Stops of a main run, pick-ups and gates together. */
  readonly maxStops: number;
  /** From boarding a main run to leaving it. */
  readonly maxRideMin: number;
  /** Stops of a feeder or last-mile run, the transfer point included. */
  readonly feederMaxStops: number;
  /** Longest ride from a home to a boarding point. */
  readonly feederMaxRideMin: number;
  /** Longest ride from pick-up to a station, and from a station to the gate. */
  readonly accessMaxRideMin: number;
  /** Least time between arriving and leaving at a change. */
  readonly transferMarginMin: number;
  /** Longest wait at a change. */
  readonly transferMaxWaitMin: number;
  /** Stand at each stop. */
  readonly dwellMin: number;
  /** Longest way on foot to a boarding point or station. */
  readonly walkM: number;
  /** First pick-up of a main run, minute of day. */
  readonly serviceFromMin: number;
  readonly serviceToMin: number;
  /** First pick-up of a feeder, minute of day. */
  readonly feederFromMin: number;
  /** 'assume' = town minibuses and employers' buses exist without limit where `fleet` has none for the role. */
  readonly feeder: 'assume' | 'fleet';
  /** Drivers on one main vehicle at most. */
  readonly maxCrew: number;
  /** Prices where a vehicle type states none: fen a run and fen a km of a 49-seat coach. */
  readonly busFixedFen: number;
  readonly busPerKmFen: number;
  /** Fen that one minute of one person's ride weighs. */
  readonly rideFenPerMin: number;
  /** Fen that one person left behind weighs, times priority: far above any real cost. */
  readonly unservedFen: number;
  readonly law: DriverLaw;
}

export const DEFAULT_SETTINGS: Settings = {
  loadCap: 1,
  observationSeats: 0,
  minLoad: 20,
  maxStops: 8,
  maxRideMin: 2160,
  feederMaxStops: 7,
  feederMaxRideMin: 120,
  accessMaxRideMin: 420,
  transferMarginMin: 30,
  transferMaxWaitMin: 240,
  dwellMin: 10,
  walkM: 1500,
  serviceFromMin: 330,
  serviceToMin: 1200,
  feederFromMin: 300,
  feeder: 'assume',
  maxCrew: 3,
  busFixedFen: 80_000,
  busPerKmFen: 650,
  rideFenPerMin: 1,
  unservedFen: 100_000_000,
  law: {
    dayMin: 240,
    nightMin: 120,
    restMin: 20,
    perDriverMin: 480,
    nightFromMin: 1320,
    nightToMin: 360,
    haltFromMin: 120,
    haltToMin: 300,
    halt: 'stop',
  },
};

export interface Problem {
  readonly places: readonly Place[];
  readonly parties: readonly Party[];
  readonly gates: readonly Gate[];
  readonly boardingPoints: readonly BoardingPoint[];
  readonly fleet: readonly VehicleType[];
  readonly allotments: readonly Allotment[];
  readonly standing: readonly StandingTrip[];
  /** Days on which new runs may leave. */
  readonly horizon: { readonly fromDay: number; readonly toDay: number };
  readonly settings: Settings;
}

/** Vehicles that `feeder: 'assume'` takes for granted; `VehicleRef.type` of such a run is `fleet.length` + index here. */
export const ASSUMED_VEHICLES: readonly VehicleType[] = [
  assumed(7, 0, 6_000, 250),
  assumed(19, 2, 15_000, 350),
  assumed(49, 2, 40_000, 600),
];

function assumed(
  seats: number,
  wheelchairBays: number,
  fixedCostFen: number,
  costPerKmFen: number,
): VehicleType {
  return { seats, count: 1e9, wheelchairBays, fixedCostFen, costPerKmFen, roles: ['feeder', 'lastMile'] };
}

export interface TripStop {
  readonly place: number;
  readonly arriveAt: number;
  readonly departAt: number;
  /** Indices of parties that get on and off here (a party in parts may appear once for each part). */
  readonly boards: readonly number[];
  readonly alights: readonly number[];
}

/** A stand between stops: `afterStop` = index of the stop it follows. */
export interface Rest {
  readonly afterStop: number;
  readonly at: number;
  readonly minutes: number;
  /** Drivers change here (rule for 02:00–05:00). */
  readonly change: boolean;
}

export interface PlanTrip {
  readonly role: Role | 'rail';
  /** The vehicle of a run on the road; `type` ≥ fleet.length means an assumed vehicle. */
  readonly vehicle?: VehicleRef;
  /** The places on a train or flight. */
  readonly allotment?: number;
  /** The standing run this is; its stops and times are those of the problem. */
  readonly standing?: number;
  /** Day of the first departure. */
  readonly day: number;
  readonly stops: readonly TripStop[];
  /** Drivers on board; 0 on trains and standing runs. */
  readonly drivers: number;
  readonly rests: readonly Rest[];
  readonly distanceM: number;
  readonly durationMin: number;
  /** Fen; what is new to pay: 0 on standing runs. */
  readonly costFen: number;
  /** People this plan puts on it (on a standing run: fixed and late parties). */
  readonly load: number;
}

export interface PlanLeg {
  readonly trip: number;
  readonly board: number;
  readonly alight: number;
}

/** The way of one party, or of `people` of a party in parts. */
export interface PlanItinerary {
  readonly party: number;
  readonly people: number;
  /** Wheelchair users among these people. */
  readonly wheelchairs: number;
  readonly legs: readonly PlanLeg[];
}

/** Why a party is not placed. Numbers of each are in docs/planning-problem.md. */
export const REASONS = [
  'no_destination',
  'no_arrival_window',
  'beyond_horizon',
  'party_too_large',
  'no_wheelchair_bay',
  'no_vehicle',
  'below_min_load',
  'ride_too_long',
  'window_unreachable',
  'too_many_stops',
  'no_feeder',
] as const;
export type Reason = (typeof REASONS)[number];

/** What would help, the cheapest that could be shown. */
export const REMEDIES = [
  'ask_destination',
  'ask_gate',
  'extend_horizon',
  'split_party',
  'accessible_vehicle',
  'later_day',
  'earlier_day',
  'other_mode',
  'join_neighbor',
  'lower_min_load',
  'one_more_vehicle',
  'raise_ride_limit',
  'widen_window',
  'raise_stop_limit',
  'one_more_feeder',
  'add_boarding_point',
] as const;
export type Remedy = (typeof REMEDIES)[number];

export type Numbers = Readonly<Record<string, number>>;

export interface Unserved {
  readonly party: number;
  /** People of the party without a way (all, unless the party travels in parts). */
  readonly people: number;
  readonly reason: { readonly code: Reason; readonly numbers: Numbers };
  readonly remedy: { readonly code: Remedy; readonly numbers: Numbers };
}

export interface Totals {
  readonly servedPeople: number;
  readonly unservedPeople: number;
  readonly servedParties: number;
  readonly unservedParties: number;
  readonly mainRuns: number;
  readonly costFen: number;
  /** No plan that serves these people can cost less (main and rail legs alone); a cheap bound, not a tight one. */
  readonly boundFen: number;
  /** Person-minutes from first boarding to the gate. */
  readonly rideMin: number;
  readonly iterations: number;
}

export interface Plan {
  readonly trips: readonly PlanTrip[];
  readonly itineraries: readonly PlanItinerary[];
  readonly unserved: readonly Unserved[];
  readonly totals: Totals;
}

export interface Progress {
  readonly share: number;
  readonly servedPeople: number;
  readonly costFen: number;
}

export interface SolveOptions {
  readonly seed: number;
  /** Milliseconds the search may take from the call on. */
  readonly deadlineMs: number;
  /** The only clock: milliseconds, any origin. */
  readonly now: () => number;
  /** Iterations of the improvement at most; with a number here and time enough the answer depends on the seed only. */
  readonly iterations?: number;
  /** Roads; default great circle × road factor (`matrix.ts`). */
  readonly matrix?: Matrix;
  readonly onProgress?: (progress: Progress) => void;
}
