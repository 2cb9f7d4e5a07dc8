/**
 * What the sample season is made of: plain data, linked by index into the lists of `World`.
 *
 * Nothing here is a figure. `record` says what happened up to the clock, the rest what is still to be done;
 * `write.ts` asks the rules of each room and writes what they answer. Moments are ISO 8601 with +08:00, dates
 * `YYYY-MM-DD`. See docs/adr/0004-sample-season.md.
 */

/** Index into a list of the world, e.g. `PersonNo` into `World.persons`. */
export type PersonNo = number;
export type HouseholdNo = number;
export type AccountNo = number;
export type EmployerNo = number;
export type GateNo = number;
export type VehicleNo = number;
export type DriverNo = number;
export type AllotmentNo = number;
export type TripNo = number;
export type Moment = string;
export type Day = string;

/** An area as the places files give it; only these fields are needed. Codes have 12 digits. */
export interface SampleArea {
  readonly code: string;
  readonly level: string;
  readonly name: string;
  readonly parent: string | null;
  readonly lon?: number | null;
  readonly lat?: number | null;
}

export interface WorldOptions {
  /** Same seed, same world. */
  readonly seed: number;
  /** 0.05…10; 1 is the size of the reference programme. */
  readonly scale: number;
  /** City, districts, towns and villages of the municipality. */
  readonly areas: readonly SampleArea[];
}

export type SampleRole =
  | 'cityOfficer'
  | 'districtOfficer'
  | 'townOfficer'
  | 'dispatcher'
  | 'escort'
  | 'laborBroker'
  | 'agency'
  | 'employer'
  | 'leader'
  | 'systemAdministrator'
  | 'securityAdministrator'
  | 'auditAdministrator';

export interface Office {
  readonly kind: 'bureau' | 'townStation' | 'broker' | 'agency' | 'employer';
  readonly name: string;
  /** 12-digit area code; for employers the municipality's own code (they are partners of the city). */
  readonly area: string;
}

export interface Account {
  readonly role: SampleRole;
  readonly name: string;
  readonly login: string;
  readonly office: number;
  readonly area: string;
  readonly employer?: EmployerNo;
}

export type CareGroupKind =
  | 'liftedOutOfPoverty'
  | 'povertyRelapseMonitored'
  | 'personWithDisability'
  | 'retiredFisher'
  | 'hardToEmploy';

export interface Household {
  /** Village, 12 digits. */
  readonly village: string;
  /** People in it, 2–5; not all of them are on the books. */
  readonly size: number;
  readonly head: PersonNo;
}

export interface Person {
  readonly name: string;
  readonly gender: 'male' | 'female';
  readonly birth: Day;
  readonly idNumber: string;
  readonly phone: string;
  readonly household: HouseholdNo;
  /** Village, 12 digits. */
  readonly village: string;
  readonly education: 'primary' | 'juniorHigh' | 'seniorHigh' | 'vocational' | 'college';
  readonly occupation: string;
  readonly careGroups: readonly CareGroupKind[];
  readonly wheelchair: boolean;
  /** Who put the person on the books, and when. */
  readonly registeredBy: AccountNo;
  readonly registeredAt: Moment;
  readonly channel: 'broker' | 'agency' | 'townStation' | 'selfService';
}

/** Minutes of the day between which the gate receives. */
export interface ArrivalWindow {
  readonly fromMin: number;
  readonly toMin: number;
}

export interface Employer {
  readonly name: string;
  readonly industry: string;
  /** County of the destination, 6 digits. */
  readonly county: string;
  readonly account: AccountNo;
}

export interface Gate {
  readonly employer: EmployerNo;
  readonly name: string;
  readonly county: string;
  readonly lon: number;
  readonly lat: number;
  readonly contactName: string;
  readonly contactPhone: string;
  readonly windows: readonly ArrivalWindow[];
}

export interface Destination {
  /** County (or prefecture without counties), 6 digits. */
  readonly county: string;
  readonly name: string;
  readonly city: string;
  readonly lon: number;
  readonly lat: number;
  readonly gates: readonly GateNo[];
}

export interface Carrier {
  readonly name: string;
  /** District it works for, 12 digits. */
  readonly area: string;
  readonly phone: string;
}

export interface Vehicle {
  readonly carrier: number;
  readonly plate: string;
  readonly seats: 19 | 35 | 49 | 55;
  readonly wheelchairBays: number;
}

export interface Driver {
  readonly carrier: number;
  readonly name: string;
  readonly phone: string;
}

/** Places that our side holds on one train or flight on one date. */
export interface Allotment {
  readonly mode: 'reservedCarriage' | 'railTickets' | 'charterTrain' | 'charterFlight';
  readonly number: string;
  /** Number of the carriage; null where our places lie all over the train. */
  readonly carriage: string | null;
  readonly date: Day;
  readonly from: Station;
  readonly to: Station;
  readonly departAt: Moment;
  readonly arriveAt: Moment;
  readonly places: number;
  readonly wheelchairBays: number;
  readonly fareFen: number;
  /** District that owns it, 12 digits. */
  readonly owner: string;
  /** Until when unused places go back. */
  readonly releaseAt: Moment;
}

export interface Station {
  readonly name: string;
  readonly lon: number;
  readonly lat: number;
}

/** Vehicles one district can hire on one day. */
export interface FleetDay {
  readonly area: string;
  readonly date: Day;
  readonly carrier: number;
  readonly seats: 19 | 35 | 49 | 55;
  readonly count: number;
  readonly wheelchairBays: number;
}

export interface Season {
  readonly id: string;
  readonly festival: Day;
  readonly from: Day;
  readonly to: Day;
  readonly settings: SeasonSettings;
}

export interface SeasonSettings {
  readonly temperature: { readonly holdFromC: number } | null;
  readonly healthCode: boolean;
  readonly travelCode: boolean;
  readonly mask: boolean;
  readonly giftPack: boolean;
  /** Share of the places that may be taken, 0..1. */
  readonly loadCap: number;
  readonly minLoad: number;
  /** Last rows kept free for observation. */
  readonly observationRows: number;
  readonly maxStops: number;
  readonly maxRideMin: number;
}

export type WishKind =
  | 'sameJob'
  | 'newJob'
  | 'alreadyBack'
  | 'train'
  | 'stayHome'
  | 'stayedAtPost'
  | 'startBusiness';
export type WishMode = 'ours' | 'ownCar' | 'ownTicket';

/** One per person and season. `party` ties those who travel together (same number, same destination and dates). */
export interface Wish {
  readonly season: string;
  readonly person: PersonNo;
  readonly kind: WishKind;
  readonly mode: WishMode;
  /** County of the destination, 6 digits, null where not yet known. */
  readonly county: string | null;
  readonly gate: GateNo | null;
  readonly earliest: Day;
  readonly latest: Day;
  readonly party: number;
  readonly mayPart: boolean;
  readonly wheelchair: boolean;
  readonly recordedBy: AccountNo;
  readonly recordedAt: Moment;
  readonly confirmedAt: Moment | null;
  /** For seasons that are over: how it ended. Null in the running season. */
  readonly ended: 'travelled' | 'metOtherwise' | 'withdrawn' | null;
}

export type NeedKind = 'travel' | 'ticket' | 'job' | 'training' | 'care' | 'policy' | 'health';

export interface Need {
  readonly person: PersonNo;
  readonly kind: NeedKind;
  readonly owner: AccountNo;
  readonly due: Day;
  readonly recordedAt: Moment;
  readonly takenAt: Moment | null;
  /** Met by hand (an answer, a hand-over of papers); null for travel needs, which the trip meets, and for open ones. */
  readonly metAt: Moment | null;
}

export type TripRole = 'main' | 'feeder' | 'lastMile';
export type TripMode = 'charterBus' | 'charterTrain' | 'charterFlight' | 'reservedCarriage' | 'railTickets';

export interface TripStop {
  readonly kind: 'pickUp' | 'station' | 'gate';
  readonly name: string;
  /** Town (9 digits + 000) of a pick-up. */
  readonly area: string | null;
  readonly gate: GateNo | null;
  readonly lon: number;
  readonly lat: number;
  readonly arriveAt: Moment;
  readonly departAt: Moment;
}

export interface Passenger {
  readonly person: PersonNo;
  /** 1-based, unique on the trip. */
  readonly seat: number;
  readonly party: number;
  /** Indices of stops. */
  readonly board: number;
  readonly alight: number;
}

export type HoldReason = 'temperature' | 'healthCode' | 'travelCode';

/** What happened on one trip, in the order of time. `passenger` is an index into `SampleTrip.passengers`. */
export type TripAct =
  | { readonly at: Moment; readonly type: 'opened'; readonly stop: number }
  | {
      readonly at: Moment;
      readonly type: 'boarded';
      readonly passenger: number;
      readonly temperatureC: number;
      readonly pack: boolean;
    }
  | {
      readonly at: Moment;
      readonly type: 'held';
      readonly passenger: number;
      readonly reason: HoldReason;
      readonly temperatureC: number;
    }
  | { readonly at: Moment; readonly type: 'undone'; readonly passenger: number }
  | { readonly at: Moment; readonly type: 'counted'; readonly stop: number; readonly heads: number }
  | { readonly at: Moment; readonly type: 'departed'; readonly stop: number }
  | { readonly at: Moment; readonly type: 'arrived'; readonly stop: number }
  | { readonly at: Moment; readonly type: 'signed'; readonly stop: number; readonly heads: number }
  | { readonly at: Moment; readonly type: 'cancelled'; readonly reason: 'snow' | 'vehicle' };

export interface SampleTrip {
  readonly season: string;
  readonly role: TripRole;
  readonly mode: TripMode;
  /** District that runs it, 12 digits. */
  readonly area: string;
  readonly code: string;
  readonly date: Day;
  readonly vehicle: VehicleNo | null;
  readonly drivers: readonly DriverNo[];
  readonly allotment: AllotmentNo | null;
  /** Places there are, before cap and observation row. */
  readonly places: number;
  readonly wheelchairBays: number;
  readonly stops: readonly TripStop[];
  readonly distanceM: number;
  readonly passengers: readonly Passenger[];
  readonly escort: AccountNo | null;
  readonly committedAt: Moment;
  readonly publishedAt: Moment;
  readonly acts: readonly TripAct[];
}

/** One person's way: indices of trips in order. Several for one person only where the earlier was broken. */
export interface SampleItinerary {
  readonly person: PersonNo;
  readonly wish: number;
  /** Order of travel: feeder?, main, last mile?. */
  readonly legs: readonly { readonly trip: TripNo; readonly passenger: number }[];
}

export interface World {
  readonly seed: number;
  readonly scale: number;
  readonly clock: Moment;
  readonly city: string;
  readonly seasons: readonly Season[];
  readonly offices: readonly Office[];
  readonly accounts: readonly Account[];
  readonly destinations: readonly Destination[];
  readonly employers: readonly Employer[];
  readonly gates: readonly Gate[];
  readonly carriers: readonly Carrier[];
  readonly vehicles: readonly Vehicle[];
  readonly drivers: readonly Driver[];
  readonly allotments: readonly Allotment[];
  readonly fleetDays: readonly FleetDay[];
  readonly households: readonly Household[];
  readonly persons: readonly Person[];
  /** All seasons; at most one per person and season. */
  readonly wishes: readonly Wish[];
  readonly needs: readonly Need[];
  /** In the order of their first act or, without acts, of departure. */
  readonly trips: readonly SampleTrip[];
  readonly itineraries: readonly SampleItinerary[];
}
