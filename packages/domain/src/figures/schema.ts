import { z } from 'zod';
import { AreaCode, DayText, MomentText, SeasonId } from '../offices/schema.ts';
import { TripMode, TripStatus } from '../trips/schema.ts';

const count = z.int().min(0);

/** 趟: departed main-leg charters and carriage-days. See docs/adr/0003-counting-rules.md, rule 1. */
export const Runs = count.brand<'runs'>();
export type Runs = z.infer<typeof Runs>;
/** 人: distinct identities. Rule 3. */
export const Persons = count.brand<'persons'>();
export type Persons = z.infer<typeof Persons>;
/** 人次: boardings that stand. Rule 4. */
export const PersonTimes = count.brand<'personTimes'>();
export type PersonTimes = z.infer<typeof PersonTimes>;
/** 份: packs handed over. Rule 5. */
export const Packs = count.brand<'packs'>();
export type Packs = z.infer<typeof Packs>;
/** 接驳班次: feeders and last miles that left; never runs. Rule 2. */
export const AccessTrips = count.brand<'accessTrips'>();
export type AccessTrips = z.infer<typeof AccessTrips>;
/** 节次: our places on one train on one date. */
export const CarriageDays = count.brand<'carriageDays'>();
export type CarriageDays = z.infer<typeof CarriageDays>;

/** Counts of one district, or of a whole area. Each unit is a type of its own, so that runs and persons never add (law 9). */
export const Counts = z.object({
  runs: Runs,
  runsByMode: z.object({
    charterBus: Runs,
    charterTrain: Runs,
    charterFlight: Runs,
    reservedCarriage: Runs,
    railTickets: Runs,
  }),
  feeders: AccessTrips,
  lastMiles: AccessTrips,
  personTimes: PersonTimes,
  packs: Packs,
  /** On the books, whatever they wish (S1). */
  registered: Persons,
  /** Live wishes to go by our transport (rule 10). */
  wants: Persons,
  /** Wants to go and holds no seat (rule 11). */
  unmet: Persons,
  /** Holds a seat on a run that has not left. */
  waiting: Persons,
  /** Through the vehicle's door: the persons of every bulletin. */
  persons: Persons,
  inTransit: Persons,
  /** Left the vehicle on the way, a named incident. */
  leftOnTheWay: Persons,
  /** At the gate, signed for or not. */
  arrived: Persons,
  awaitingSignature: Persons,
  signedFor: Persons,
});
export type Counts = z.infer<typeof Counts>;

export const DistrictCounts = z.object({
  area: AreaCode,
  name: z.string(),
  pinyin: z.string(),
  counts: Counts,
});
export type DistrictCounts = z.infer<typeof DistrictCounts>;

/** People of one district who are not yet placed for one reason: what would help, and who answers for it (law 7). */
export const UnmetGroup = z.object({
  /** Code of the planner; null = no plan has looked at them yet. */
  reason: z.string().nullable(),
  remedy: z.string().nullable(),
  /** 12 digits. */
  district: AreaCode,
  districtName: z.string(),
  districtPinyin: z.string(),
  ownerId: z.uuid().nullable(),
  owner: z.string().nullable(),
  ownerPinyin: z.string().nullable(),
  persons: Persons,
});
export type UnmetGroup = z.infer<typeof UnmetGroup>;

/** Our places on one train number: how many of its days were used (S9). */
export const TrainDays = z.object({
  number: z.string(),
  mode: TripMode,
  area: AreaCode,
  from: z.string(),
  to: z.string(),
  ran: CarriageDays,
  allotted: CarriageDays,
});
export type TrainDays = z.infer<typeof TrainDays>;

/** All figures of an area as of one moment. */
export const Figures = z.object({
  season: SeasonId,
  area: AreaCode,
  asOf: MomentText,
  /** Only records known by then; null = all that is known now. */
  knownAt: MomentText.nullable(),
  total: Counts,
  districts: z.array(DistrictCounts),
  trains: z.array(TrainDays),
  /** Only where the figures are of now: reasons are kept as they stand, not as they stood. */
  unmetGroups: z.array(UnmetGroup).nullable(),
});
export type Figures = z.infer<typeof Figures>;

/** A figure that opens to its rows. */
export const FigureKey = z.enum([
  'runs',
  'carriageDays',
  'feeders',
  'lastMiles',
  'registered',
  'wants',
  'unmet',
  'waiting',
  'persons',
  'personTimes',
  'inTransit',
  'leftOnTheWay',
  'arrived',
  'awaitingSignature',
  'signedFor',
  'packs',
]);
export type FigureKey = z.infer<typeof FigureKey>;

/** A run, feeder or last mile behind a figure. */
export const TripRow = z.object({
  id: z.uuid(),
  code: z.string(),
  mode: TripMode,
  day: DayText,
  departAt: MomentText,
  from: z.string(),
  fromPinyin: z.string(),
  to: z.string(),
  toPinyin: z.string(),
  district: z.string(),
  districtPinyin: z.string(),
  /** Distinct persons whose boarding on this trip stands. */
  persons: Persons,
});
export type TripRow = z.infer<typeof TripRow>;

/** A person behind a figure; never a whole number. */
export const PersonRow = z.object({
  /** Key of the row, the same while the area asked for is: not the identity, whose age would tell that other books hold the person. */
  row: z.string(),
  personId: z.uuid().nullable(),
  name: z.string(),
  pinyin: z.string(),
  idTail: z.string(),
  district: z.string(),
  districtPinyin: z.string(),
  town: z.string(),
  townPinyin: z.string(),
  /** Boardings of this person, or rows of this person behind the figure. */
  times: z.int(),
});
export type PersonRow = z.infer<typeof PersonRow>;

/** One page of the rows behind a figure; `n` counts all of them and equals the figure. */
export const FigureRows = z.object({
  key: FigureKey,
  asOf: MomentText,
  n: z.int(),
  /** Rows of one page. */
  size: z.int(),
  trips: z.array(TripRow),
  people: z.array(PersonRow),
});
export type FigureRows = z.infer<typeof FigureRows>;

/** A trip of today as the workbench shows it. */
export const DepartureRow = z.object({
  id: z.uuid(),
  code: z.string(),
  mode: TripMode,
  status: TripStatus,
  departAt: MomentText,
  from: z.string(),
  fromPinyin: z.string(),
  to: z.string(),
  toPinyin: z.string(),
  sold: z.int(),
  boarded: z.int(),
  cap: z.int(),
});
export type DepartureRow = z.infer<typeof DepartureRow>;

/** A stop at a gate where people have arrived and nobody has signed. */
export const UnsignedRow = z.object({
  tripId: z.uuid(),
  code: z.string(),
  stop: z.int(),
  gate: z.string(),
  gatePinyin: z.string(),
  arrivedAt: MomentText,
  persons: z.int(),
});
export type UnsignedRow = z.infer<typeof UnsignedRow>;

export const OpenProposal = z.object({
  id: z.uuid(),
  area: AreaCode,
  areaName: z.string(),
  areaPinyin: z.string(),
  state: z.enum(['running', 'ready']),
  share: z.number(),
  askedAt: MomentText,
});
export type OpenProposal = z.infer<typeof OpenProposal>;
