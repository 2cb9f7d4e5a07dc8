import { z } from 'zod';
import { type Caller, endpoint } from '../basics/api.ts';
import { AreaCode, MomentText, SeasonId } from '../offices/schema.ts';
import { TripMode } from '../trips/schema.ts';
import {
  CarriageDays,
  Counts,
  DepartureRow,
  DistrictCounts,
  FigureKey,
  FigureRows,
  Figures,
  OpenProposal,
  Packs,
  Persons,
  Runs,
  UnmetGroup,
  UnsignedRow,
} from './schema.ts';

/** In the sample the figures are open: without a sign-in they are what the sample's leader sees. */
const READERS: readonly Caller[] = ['anyone'];
const STAFF: readonly Caller[] = ['cityOfficer', 'districtOfficer', 'townOfficer', 'dispatcher', 'leader'];

const At = z.object({
  season: SeasonId.optional(),
  /** Now unless told. */
  asOf: MomentText.optional(),
  /** Only records that were known by then: the frozen value beside its revision. */
  knownAt: MomentText.optional(),
  /** 12 digits; all one may see unless told. */
  area: AreaCode.optional(),
});

/** All figures as of a moment. */
export const readFigures = endpoint({
  name: 'figures.readFigures',
  method: 'GET',
  path: '/api/figures',
  query: At,
  reply: Figures,
  callers: READERS,
  access: { resource: 'figure', action: 'read', scope: ['area', 'sample'] },
});

/** The rows behind one figure, a page at a time. */
export const readRows = endpoint({
  name: 'figures.readRows',
  method: 'GET',
  path: '/api/figures/rows',
  query: At.extend({
    key: FigureKey,
    /** Runs of one mode. */
    mode: TripMode.optional(),
    /** Of those not yet placed: the people of one reason, as reasons stand now. */
    reason: z.string().max(64).optional(),
    remedy: z.string().max(64).optional(),
    /** Of those not yet placed: the people of one district, and whom one member of staff answers for. */
    district: AreaCode.optional(),
    owner: z.uuid().optional(),
    /** Of those not yet placed: whom a draft plan seats, or whom none does. */
    drafted: z.enum(['yes', 'no']).optional(),
    page: z.coerce.number().int().min(0).max(100_000).default(0),
  }),
  reply: FigureRows,
  callers: READERS,
  access: { resource: 'figure', action: 'list', scope: ['area', 'sample'] },
});

/** The bulletin as of a moment, in both languages. */
export const readBulletin = endpoint({
  name: 'figures.readBulletin',
  method: 'GET',
  path: '/api/figures/bulletin',
  query: At,
  reply: z.object({ asOf: MomentText, zh: z.string(), en: z.string() }),
  callers: READERS,
  access: { resource: 'figure', action: 'read', scope: ['area', 'sample'] },
});

export const ProgrammeNumbers = z.object({
  changshouRegistered: Persons,
  runs: Runs,
  persons: Persons,
  wulongRuns: Runs,
  wulongPersons: Persons,
  packs: Packs,
  hechuanRan: CarriageDays,
  hechuanAllotted: CarriageDays,
  hechuanBus: Persons,
  fengduPersons: Persons,
  fengduRuns: Runs,
});
export type ProgrammeNumbers = z.infer<typeof ProgrammeNumbers>;

/** Where boarded people of a district go. */
export const Flow = z.object({
  /** District, 6 digits. */
  from: z.string(),
  /** City of the country, or a district of the own municipality, 6 digits. */
  to: z.string(),
  persons: Persons,
});
export type Flow = z.infer<typeof Flow>;

export const FlowPlace = z.object({
  code: z.string(),
  name: z.string(),
  pinyin: z.string(),
  persons: Persons,
});
export type FlowPlace = z.infer<typeof FlowPlace>;

/** The sample's first screen; there is none outside a sample. */
export const readFirstScreen = endpoint({
  name: 'figures.readFirstScreen',
  method: 'GET',
  path: '/api/first-screen',
  reply: z.object({
    sample: z.object({ state: z.enum(['filling', 'ready']), share: z.number() }),
    season: SeasonId,
    asOf: MomentText,
    place: z.object({ name: z.string(), pinyin: z.string() }),
    total: Counts,
    /** How many of those not yet placed a draft plan seats that nobody has committed yet. */
    drafted: Persons,
    districts: z.array(DistrictCounts),
    places: z.array(FlowPlace),
    flows: z.array(Flow),
    programme: ProgrammeNumbers,
    /** What lies behind the doors now: a trip that boards, one at the sample employer's gate, waiting for its signature if any does, a ticket. */
    boardingTrip: z.uuid().nullable(),
    unsignedTrip: z.uuid().nullable(),
    ticketPath: z.string().nullable(),
  }),
  callers: ['anyone'],
  access: { resource: 'figure', action: 'read', scope: 'sample' },
});

/** What an office must do now: people without a way first. */
export const readWorkbench = endpoint({
  name: 'figures.readWorkbench',
  method: 'GET',
  path: '/api/workbench',
  reply: z.object({
    season: SeasonId,
    asOf: MomentText,
    wants: Persons,
    unmet: Persons,
    unmetGroups: z.array(UnmetGroup),
    departures: z.array(DepartureRow),
    unsigned: z.array(UnsignedRow),
    proposals: z.array(OpenProposal),
  }),
  callers: STAFF,
  access: { resource: 'figure', action: 'read', scope: 'area' },
});

/** Roles that may read figures where there is no sample. */
export const FIGURE_READERS = STAFF;
