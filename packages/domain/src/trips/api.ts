import { z } from 'zod';
import { type Access, type Caller, endpoint, Key } from '../basics/api.ts';
import { AreaCode, DayText, MomentText, SeasonId, SeasonSettings } from '../offices/schema.ts';
import {
  DoorCheck,
  HoldReason,
  ItineraryStatus,
  LegState,
  StopKind,
  TripLine,
  TripRole,
  TripStatus,
} from './schema.ts';

const OneTrip = z.object({ tripId: z.uuid() });

const READERS: readonly Caller[] = [
  'cityOfficer',
  'districtOfficer',
  'townOfficer',
  'dispatcher',
  'escort',
  'leader',
];
const AT_DOOR: readonly Caller[] = ['cityOfficer', 'districtOfficer', 'dispatcher', 'escort'];
const AT_GATE: readonly Caller[] = [...AT_DOOR, 'employer'];
const OFFICERS: readonly Caller[] = ['cityOfficer', 'districtOfficer', 'dispatcher'];

/** How many of a trip's people stand where; they add up to the people with a seat. */
export const DoorCounts = z.object({
  expected: z.int(),
  boarded: z.int(),
  held: z.int(),
  absent: z.int(),
  left: z.int(),
  arrived: z.int(),
});
export type DoorCounts = z.infer<typeof DoorCounts>;

/** What an employer's signature says of the people handed over at a stop. */
export const Handover = z.object({
  heads: z.int(),
  signerName: z.string(),
  /** Path of an SVG, 600 × 400; null where nothing was drawn. */
  signature: z.string().nullable(),
  note: z.string().nullable(),
  at: MomentText,
});
export type Handover = z.infer<typeof Handover>;

export const TripStop = z.object({
  no: z.int(),
  kind: StopKind,
  name: z.string(),
  pinyin: z.string(),
  lon: z.number(),
  lat: z.number(),
  arriveAt: MomentText,
  departAt: MomentText,
  openedAt: MomentText.nullable(),
  departedAt: MomentText.nullable(),
  arrivedAt: MomentText.nullable(),
  signedAt: MomentText.nullable(),
  /** Heads counted when last counted here. */
  heads: z.int().nullable(),
  handover: Handover.nullable(),
});
export type TripStop = z.infer<typeof TripStop>;

/** A person on a seat; never a whole number. */
export const Passenger = z.object({
  leg: z.uuid(),
  personId: z.uuid(),
  itinerary: z.uuid(),
  name: z.string(),
  pinyin: z.string(),
  gender: z.enum(['male', 'female']).nullable(),
  idTail: z.string(),
  phoneTail: z.string(),
  party: z.uuid(),
  seat: z.int(),
  board: z.int(),
  alight: z.int(),
  wheelchair: z.boolean(),
  state: LegState,
  holdReason: HoldReason.nullable(),
  boardedAt: MomentText.nullable(),
  arrivedAt: MomentText.nullable(),
  packed: z.boolean(),
  itineraryStatus: ItineraryStatus,
});
export type Passenger = z.infer<typeof Passenger>;

/** Everything the pages of one trip ask: run, stops, seats and people, and the season's rules at the door. */
export const TripView = z.object({
  trip: TripLine.extend({
    areaName: z.string(),
    areaPinyin: z.string(),
    distanceM: z.int(),
    bays: z.int(),
    drivers: z.int(),
    escortName: z.string().nullable(),
    escortPinyin: z.string().nullable(),
    /** Number of a train or flight. */
    number: z.string().nullable(),
    version: z.int(),
    publishedAt: MomentText.nullable(),
    /** Which of the day's vehicles of its district it is. */
    nth: z.int(),
    of: z.int(),
  }),
  stops: z.array(TripStop),
  passengers: z.array(Passenger),
  counts: DoorCounts,
  /** The stop whose door stands open; null between stops. */
  atStop: z.int().nullable(),
  settings: SeasonSettings,
});
export type TripView = z.infer<typeof TripView>;

/** Trips by day, earliest first; `days` says what there is on each day of the season under the same filter. */
export const listTrips = endpoint({
  name: 'trips.listTrips',
  method: 'GET',
  path: '/api/trips',
  query: z.object({
    season: SeasonId,
    day: DayText.optional(),
    status: TripStatus.optional(),
    role: TripRole.optional(),
    from: z.coerce.number().int().min(0).default(0),
    count: z.coerce.number().int().min(1).max(500).default(200),
  }),
  reply: z.object({
    trips: z.array(TripLine),
    total: z.int(),
    /** People needed to open a coach, for the bar. */
    minLoad: z.int(),
    days: z.array(z.object({ day: DayText, trips: z.int(), people: z.int() })),
  }),
  callers: READERS,
  access: { resource: 'trip', action: 'list', scope: 'area' },
});

export const readTrip = endpoint({
  name: 'trips.readTrip',
  method: 'GET',
  path: '/api/trips/:tripId',
  params: OneTrip,
  reply: TripView,
  callers: READERS,
  access: { resource: 'trip', action: 'read', scope: 'area' },
});

/** Puts the list of a committed trip out. */
export const publishTrip = endpoint({
  name: 'trips.publishTrip',
  method: 'POST',
  path: '/api/trips/:tripId/publish',
  params: OneTrip,
  body: z.object({ key: Key }),
  reply: z.object({ status: TripStatus }),
  callers: OFFICERS,
  access: { resource: 'trip', action: 'write', scope: 'area' },
});

/** Why a run is called off. */
export const CancelReason = z.enum(['snow', 'vehicle', 'tooFew', 'other']);
export type CancelReason = z.infer<typeof CancelReason>;

/** Calls a trip off before it leaves: its people wait for another way, with a reason and an owner. */
export const cancelTripNow = endpoint({
  name: 'trips.cancelTrip',
  method: 'POST',
  path: '/api/trips/:tripId/cancel',
  params: OneTrip,
  body: z.object({ reason: CancelReason, key: Key }),
  reply: z.object({ status: TripStatus, people: z.int() }),
  callers: OFFICERS,
  access: { resource: 'trip', action: 'write', scope: 'area' },
});

/** What every step at the door answers. */
export const DoorReply = z.object({
  status: TripStatus,
  counts: DoorCounts,
  leg: z.object({ id: z.uuid(), seat: z.int(), state: LegState }).nullable(),
  /** A pack is to be handed over with this step. */
  pack: z.boolean(),
});
export type DoorReply = z.infer<typeof DoorReply>;

const STEP: Access = { resource: 'boarding', action: 'write', scope: 'area' };
/** Steps an employer takes at the own gates. */
const GATE_STEP: Access = { resource: 'boarding', action: 'write', scope: ['area', 'employer'] };
const Stop = z.int().min(0).max(99);
const doorStep = <Body extends z.ZodType>(
  name: string,
  path: string,
  body: Body,
  callers: readonly Caller[],
  access: Access = STEP,
) =>
  endpoint({
    name: `trips.${name}`,
    method: 'POST',
    path: `/api/trips/:tripId/${path}`,
    params: OneTrip,
    body,
    reply: DoorReply,
    callers,
    access,
  });

export const openTripDoor = doorStep('openDoor', 'open-door', z.object({ stop: Stop, key: Key }), AT_DOOR);

/** Whom a step is about: the seat from the list, the code of a ticket, or the last four of an ID or phone number. */
export const AtDoor = z.union([
  z.object({ leg: z.uuid() }),
  z.object({ code: z.string().min(4).max(80) }),
  z.object({ tail: z.string().regex(/^[0-9]{3}[0-9Xx]$/) }),
]);
export type AtDoor = z.infer<typeof AtDoor>;

export const boardPerson = doorStep(
  'board',
  'board',
  z.object({ who: AtDoor, check: z.union([z.literal('allNormal'), DoorCheck]), key: Key }),
  AT_DOOR,
);
export const holdPerson = doorStep(
  'hold',
  'hold',
  z.object({ who: AtDoor, reason: HoldReason, key: Key }),
  AT_DOOR,
);
export const undoBoardingOf = doorStep(
  'undoBoarding',
  'undo',
  z.object({ leg: z.uuid(), key: Key }),
  AT_DOOR,
);
export const countHeadsAt = doorStep(
  'countHeads',
  'heads',
  z.object({ stop: Stop, heads: z.int().min(0).max(2000), key: Key }),
  AT_DOOR,
);
export const departFrom = doorStep('depart', 'depart', z.object({ stop: Stop, key: Key }), AT_DOOR);
export const arriveAtStop = doorStep(
  'arrive',
  'arrive',
  z.object({ stop: Stop, key: Key }),
  AT_GATE,
  GATE_STEP,
);

/** A signature as a path of an SVG: letters of moves and lines, numbers, nothing else. */
export const SignaturePath = z
  .string()
  .max(20_000)
  .regex(/^[MLml0-9 .,-]*$/);

export const signForPeople = doorStep(
  'sign',
  'sign',
  z.object({
    stop: Stop,
    heads: z.int().min(0).max(2000),
    signerName: z.string().trim().min(1).max(40),
    signature: SignaturePath.nullable(),
    note: z.string().trim().max(500).nullable(),
    key: Key,
  }),
  AT_GATE,
  GATE_STEP,
);

/** Whose ticket or whose last four digits these are, asked in a body: people of this trip, or the other bus they belong to. */
export const findAtDoor = endpoint({
  name: 'trips.findAtDoor',
  method: 'POST',
  path: '/api/trips/:tripId/find',
  params: OneTrip,
  body: z.object({ code: z.string().max(80).optional(), tail: z.string().max(4).optional() }),
  reply: z.object({
    legs: z.array(z.uuid()),
    other: z.object({ tripCode: z.string(), order: z.int(), departAt: MomentText }).nullable(),
  }),
  callers: AT_DOOR,
  access: { resource: 'boarding', action: 'read', scope: 'area' },
});

/** Somebody who comes to a gate, as the employer sees them. */
export const Arrival = z.object({
  leg: z.uuid(),
  name: z.string(),
  pinyin: z.string(),
  gender: z.enum(['male', 'female']).nullable(),
  phoneTail: z.string(),
  seat: z.int(),
  wheelchair: z.boolean(),
  state: LegState,
});
export type Arrival = z.infer<typeof Arrival>;

export const GateStop = TripStop.extend({ people: z.array(Arrival) });
export type GateStop = z.infer<typeof GateStop>;

/** A trip as it comes to gates: an employer sees the own gates only. */
export const GateView = z.object({
  trip: z.object({
    id: z.uuid(),
    code: z.string(),
    status: TripStatus,
    plate: z.string().nullable(),
    nth: z.int(),
    area: AreaCode,
    areaName: z.string(),
    areaPinyin: z.string(),
    departAt: MomentText,
    arriveAt: MomentText,
  }),
  stops: z.array(GateStop),
});
export type GateView = z.infer<typeof GateView>;

export const readGate = endpoint({
  name: 'trips.readGate',
  method: 'GET',
  path: '/api/gates/:tripId',
  params: OneTrip,
  reply: GateView,
  callers: AT_GATE,
  access: { resource: 'gate', action: 'read', scope: ['area', 'employer'] },
});

/** What comes to an employer's gates, soonest first. */
export const listArrivals = endpoint({
  name: 'trips.listArrivals',
  method: 'GET',
  path: '/api/gates',
  query: z.object({ season: SeasonId, fromDay: DayText.optional() }),
  reply: z.object({
    arrivals: z.array(
      z.object({
        tripId: z.uuid(),
        code: z.string(),
        status: TripStatus,
        stop: z.int(),
        gate: z.string(),
        gatePinyin: z.string(),
        arriveAt: MomentText,
        people: z.int(),
        signedAt: MomentText.nullable(),
      }),
    ),
  }),
  callers: ['employer'],
  access: { resource: 'gate', action: 'list', scope: 'employer' },
});

const Sheet = z.object({
  lang: z.enum(['zh', 'en']).optional(),
  numbers: z.enum(['masked', 'full']).optional(),
});

/** The passenger register of a trip to print; whole numbers only on demand and with a line in the audit. */
export const manifestPdfOf = endpoint({
  name: 'trips.manifestPdf',
  method: 'GET',
  path: '/api/trips/:tripId/manifest.pdf',
  params: OneTrip,
  query: Sheet,
  reply: z.unknown(),
  file: 'down',
  callers: AT_DOOR,
  access: { resource: 'manifest', action: 'export', scope: 'area' },
});

export const manifestXlsxOf = endpoint({
  name: 'trips.manifestXlsx',
  method: 'GET',
  path: '/api/trips/:tripId/manifest.xlsx',
  params: OneTrip,
  query: Sheet,
  reply: z.unknown(),
  file: 'down',
  callers: AT_DOOR,
  access: { resource: 'manifest', action: 'export', scope: 'area' },
});
