import { z } from 'zod';
import { AreaCode, DayText, MomentText, SeasonId } from '../offices/schema.ts';

export const TripRole = z.enum(['main', 'feeder', 'lastMile']);
export type TripRole = z.infer<typeof TripRole>;

/** 专车 专列 包机 包车厢 预留票源. */
export const TripMode = z.enum([
  'charterBus',
  'charterTrain',
  'charterFlight',
  'reservedCarriage',
  'railTickets',
]);
export type TripMode = z.infer<typeof TripMode>;

export const TripStatus = z.enum([
  'proposed',
  'committed',
  'published',
  'boarding',
  'departed',
  'arrived',
  'closed',
  'cancelled',
]);
export type TripStatus = z.infer<typeof TripStatus>;

export const ItineraryStatus = z.enum([
  'seated',
  'confirmed',
  'underWay',
  'arrived',
  'signedFor',
  'broken',
  'cancelled',
]);
export type ItineraryStatus = z.infer<typeof ItineraryStatus>;

/** State of a seat: `held` at the door has a reason; `left` on the way is a named incident. */
export const LegState = z.enum(['expected', 'boarded', 'held', 'absent', 'left', 'arrived']);
export type LegState = z.infer<typeof LegState>;

/** Why someone is held at the vehicle's door. */
export const HoldReason = z.enum(['temperature', 'healthCode', 'travelCode', 'mask', 'papers', 'other']);
export type HoldReason = z.infer<typeof HoldReason>;

/** What the escort saw at the door; a part the season does not ask for is null. */
export const DoorCheck = z.object({
  /** Degrees Celsius. */
  temperatureC: z.number().min(30).max(45).nullable(),
  healthCodeGreen: z.boolean().nullable(),
  travelCodeGreen: z.boolean().nullable(),
  mask: z.boolean().nullable(),
  /** The gift pack was handed over. */
  pack: z.boolean(),
});
export type DoorCheck = z.infer<typeof DoorCheck>;

export const StopKind = z.enum(['pickUp', 'station', 'gate']);
export type StopKind = z.infer<typeof StopKind>;

/** A stop as the door's rules know it. `no` counts from 0 in the order of travel. */
export const DoorStop = z.object({
  no: z.int().min(0),
  kind: StopKind,
  opened: z.boolean(),
  departed: z.boolean(),
  arrived: z.boolean(),
  signed: z.boolean(),
});
export type DoorStop = z.infer<typeof DoorStop>;

/** A seat as the door's rules know it. */
export const DoorLeg = z.object({
  id: z.uuid(),
  seat: z.int().min(1),
  /** Stops where the person gets on and off. */
  board: z.int().min(0),
  alight: z.int().min(1),
  state: LegState,
  /** A pack was handed to this person in the season already, or now. */
  packed: z.boolean(),
});
export type DoorLeg = z.infer<typeof DoorLeg>;

/** A trip as it stands at its door: the only thing the boarding rules look at, on the phone and on the server. */
export const DoorTrip = z.object({
  id: z.uuid(),
  role: TripRole,
  status: TripStatus,
  stops: z.array(DoorStop).min(2).readonly(),
  legs: z.array(DoorLeg).readonly(),
});
export type DoorTrip = z.infer<typeof DoorTrip>;

/** What happens at a door and at a gate; `subject` of the journal row is the leg or, for the rest, the trip. */
export type DoorEvent =
  | { type: 'trips.door_opened'; stop: number }
  | { type: 'trips.leg_boarded'; leg: string; pack: boolean; late: boolean }
  | { type: 'trips.leg_held'; leg: string; reason: HoldReason }
  | { type: 'trips.leg_boarding_undone'; leg: string }
  | { type: 'trips.heads_counted'; stop: number; heads: number; aboard: number }
  | { type: 'trips.stop_departed'; stop: number; absent: readonly string[] }
  | { type: 'trips.stop_arrived'; stop: number; arrived: readonly string[]; last: boolean }
  | { type: 'trips.leg_left'; leg: string; reason: string }
  | { type: 'trips.handover_signed'; stop: number; heads: number; expected: number }
  | { type: 'trips.trip_cancelled'; reason: string };

/** A trip as lists show it. */
export const TripLine = z.object({
  id: z.uuid(),
  season: SeasonId,
  area: AreaCode,
  code: z.string(),
  role: TripRole,
  mode: TripMode,
  status: TripStatus,
  day: DayText,
  departAt: MomentText,
  arriveAt: MomentText,
  from: z.string(),
  fromPinyin: z.string(),
  to: z.string(),
  toPinyin: z.string(),
  plate: z.string().nullable(),
  places: z.int(),
  cap: z.int(),
  sold: z.int(),
  boarded: z.int(),
});
export type TripLine = z.infer<typeof TripLine>;
