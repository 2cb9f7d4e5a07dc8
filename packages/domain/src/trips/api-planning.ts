import { z } from 'zod';
import { endpoint, Key } from '../basics/api.ts';
import { AreaCode, DayText, MomentText, SeasonId } from '../offices/schema.ts';
import { StopKind, TripMode, TripRole } from './schema.ts';

const Planners = ['cityOfficer', 'districtOfficer', 'dispatcher'] as const;
const Facts = z.record(z.string(), z.union([z.string(), z.number()]));
const OnePlan = z.object({ planId: z.uuid() });

export const FleetAsk = z.array(z.object({ seats: z.int().min(1).max(120), count: z.int().min(1).max(500) }));

/** Why someone is left out when a plan is committed: what changed since it was made. */
export const LeftOutReason = z.enum(['wishChanged', 'hasWay', 'seatTaken']);
export type LeftOutReason = z.infer<typeof LeftOutReason>;

/** What a commit did. */
export const CommitOutcome = z.object({
  placed: z.int(),
  /** New main runs, and feeders and last miles beside them. */
  runs: z.int(),
  shuttles: z.int(),
  unplaced: z.int(),
  leftOut: z.array(z.object({ reason: LeftOutReason, people: z.int() })),
  published: z.boolean(),
});
export type CommitOutcome = z.infer<typeof CommitOutcome>;

const ProposalStateText = z.enum(['running', 'ready', 'committed', 'discarded', 'failed']);

export const PlanLine = z.object({
  id: z.uuid(),
  area: AreaCode,
  areaName: z.string(),
  areaPinyin: z.string(),
  state: ProposalStateText,
  /** 0..1 while it is being made. */
  share: z.number(),
  askedAt: MomentText,
  placed: z.int(),
  unplaced: z.int(),
  runs: z.int(),
  costFen: z.int(),
});
export type PlanLine = z.infer<typeof PlanLine>;

export const PlanStop = z.object({
  kind: StopKind,
  name: z.string(),
  pinyin: z.string(),
  lon: z.number(),
  lat: z.number(),
  arriveAt: MomentText,
  departAt: MomentText,
  /** People who get on and off here by this plan. */
  boards: z.int(),
  alights: z.int(),
});
export type PlanStop = z.infer<typeof PlanStop>;

/** A run of a draft plan, or a run that stands and takes more people. */
export const PlanTripLine = z.object({
  no: z.int(),
  role: TripRole,
  mode: TripMode,
  day: DayText,
  departAt: MomentText,
  arriveAt: MomentText,
  places: z.int(),
  cap: z.int(),
  /** Sold before this plan: 0 on a new run. */
  before: z.int(),
  /** People this plan puts on it. */
  load: z.int(),
  /** The run that stands already, with its code. */
  standing: z.object({ id: z.uuid(), code: z.string() }).nullable(),
  /** Number of the train or flight. */
  number: z.string().nullable(),
  drivers: z.int(),
  distanceM: z.int(),
  costFen: z.int(),
  stops: z.array(PlanStop),
});
export type PlanTripLine = z.infer<typeof PlanTripLine>;

export const PlanGapLine = z.object({
  party: z.uuid(),
  persons: z.array(z.object({ id: z.uuid(), name: z.string(), pinyin: z.string() })),
  area: AreaCode,
  areaName: z.string(),
  areaPinyin: z.string(),
  reason: z.string(),
  facts: Facts,
  remedy: z.string(),
  remedyFacts: Facts,
  owner: z.object({ id: z.uuid(), name: z.string(), pinyin: z.string() }).nullable(),
});
export type PlanGapLine = z.infer<typeof PlanGapLine>;

export const PlanView = PlanLine.extend({
  fromDay: DayText,
  toDay: DayText,
  fleet: FleetAsk,
  /** People needed to open a run, for the bar. */
  minLoad: z.int(),
  days: z.array(
    z.object({
      day: DayText,
      runs: z.int(),
      people: z.int(),
      coaches: z.array(z.object({ seats: z.int(), count: z.int() })),
    }),
  ),
  difference: z.object({
    newRuns: z.int(),
    newPeople: z.int(),
    /** Runs that stand and take more people, and how many. */
    joinedRuns: z.int(),
    joinedPeople: z.int(),
    /** Runs that stand and stay as they are. */
    unchangedRuns: z.int(),
    unchangedPeople: z.int(),
  }),
  trips: z.array(PlanTripLine),
  gaps: z.array(PlanGapLine),
  outcome: CommitOutcome.nullable(),
  fault: z.string().nullable(),
});
export type PlanView = z.infer<typeof PlanView>;

/** Asks for a draft plan; a whole city gets one for each district with people waiting. */
export const askPlan = endpoint({
  name: 'trips.askPlan',
  method: 'POST',
  path: '/api/plans',
  body: z.object({
    season: SeasonId,
    area: AreaCode.optional(),
    fromDay: DayText.optional(),
    toDay: DayText.optional(),
    /** Empty: what the district can hire. */
    fleet: FleetAsk.optional(),
    seconds: z.number().min(0.2).max(600).optional(),
    key: Key,
  }),
  reply: z.object({ plans: z.array(z.object({ id: z.uuid(), area: AreaCode })) }),
  callers: Planners,
  access: { resource: 'plan', action: 'write', scope: 'area' },
});

/** The newest draft plan of each district within sight. */
export const listPlans = endpoint({
  name: 'trips.listPlans',
  method: 'GET',
  path: '/api/plans',
  query: z.object({ season: SeasonId }),
  reply: z.object({ plans: z.array(PlanLine) }),
  callers: [...Planners, 'leader'],
  access: { resource: 'plan', action: 'list', scope: 'area' },
});

export const readPlan = endpoint({
  name: 'trips.readPlan',
  method: 'GET',
  path: '/api/plans/:planId',
  params: OnePlan,
  reply: PlanView,
  callers: [...Planners, 'leader'],
  access: { resource: 'plan', action: 'read', scope: 'area' },
});

/** Makes a draft plan real; `publish` (unless told otherwise) puts the lists out in the same step. */
export const commitPlan = endpoint({
  name: 'trips.commitPlan',
  method: 'POST',
  path: '/api/plans/:planId/commit',
  params: OnePlan,
  body: z.object({ publish: z.boolean().optional(), key: Key }),
  reply: CommitOutcome,
  callers: Planners,
  access: { resource: 'plan', action: 'write', scope: 'area' },
});

export const discardPlan = endpoint({
  name: 'trips.discardPlan',
  method: 'POST',
  path: '/api/plans/:planId/discard',
  params: OnePlan,
  body: z.object({ key: Key }),
  reply: z.object({}),
  callers: Planners,
  access: { resource: 'plan', action: 'write', scope: 'area' },
});

/** Publishes the runs of a committed plan. */
export const publishPlan = endpoint({
  name: 'trips.publishPlan',
  method: 'POST',
  path: '/api/plans/:planId/publish',
  params: OnePlan,
  body: z.object({ key: Key }),
  reply: z.object({ trips: z.int() }),
  callers: Planners,
  access: { resource: 'plan', action: 'write', scope: 'area' },
});

/** Takes back the runs of a committed plan that are not published: their people wait again. */
export const withdrawPlan = endpoint({
  name: 'trips.withdrawPlan',
  method: 'POST',
  path: '/api/plans/:planId/withdraw',
  params: OnePlan,
  body: z.object({ key: Key }),
  reply: z.object({ trips: z.int(), people: z.int() }),
  callers: Planners,
  access: { resource: 'plan', action: 'write', scope: 'area' },
});

/** What there is to plan: who waits where, what can be hired on which day. */
export const readPlanningGround = endpoint({
  name: 'trips.readPlanningGround',
  method: 'GET',
  path: '/api/planning-ground',
  /** City or district; the asker's own unless told. */
  query: z.object({ season: SeasonId, area: AreaCode.optional() }),
  reply: z.object({
    fromDay: DayText,
    toDay: DayText,
    waiting: z.int(),
    /** Districts of a city, towns of a district. */
    areas: z.array(
      z.object({
        code: AreaCode,
        name: z.string(),
        pinyin: z.string(),
        lon: z.number().nullable(),
        lat: z.number().nullable(),
        estimated: z.boolean(),
        waiting: z.int(),
      }),
    ),
    fleet: z.array(z.object({ day: DayText, seats: z.int(), count: z.int() })),
  }),
  callers: [...Planners, 'leader'],
  access: { resource: 'plan', action: 'read', scope: 'area' },
});
