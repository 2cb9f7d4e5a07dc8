import { z } from 'zod';
import { type Caller, endpoint } from '../basics/api.ts';
import { AreaCode, MomentText, PlaceCode, SeasonId } from '../offices/schema.ts';
import { PERSON_READERS, PeopleStatus, PersonHit, WishLine } from '../people/api.ts';
import { LegState, TripMode, TripRole } from './schema.ts';

const READERS: readonly Caller[] = PERSON_READERS;

/**
 * How far somebody has come between home door and factory gate. A person without a stage has no way: never had a seat, or lost it with
 * a run that was called off or a ticket given back.
 */
export const WayStage = z.enum(['seated', 'missed', 'underWay', 'left', 'arrived', 'signedFor']);
export type WayStage = z.infer<typeof WayStage>;

/** A person's live way in the season, or the last one: the main run of it. */
export const WayLine = z.object({
  /** Null = it ended before the vehicle's door: called off, or given back. */
  stage: WayStage.nullable(),
  /** Why it is broken, or why the person is held: code of the door or of what ended it. */
  reason: z.string().nullable(),
  /** The vehicle has left with the person; false while its door is still open. */
  departed: z.boolean(),
  /** Null where the run is not in the asker's sight. */
  trip: z.object({ id: z.uuid(), code: z.string(), mode: TripMode }).nullable(),
  /** Leaves the stop where the person gets on. */
  departAt: MomentText.nullable(),
  seat: z.int().nullable(),
});
export type WayLine = z.infer<typeof WayLine>;

/** What the list can be narrowed to: by the wish, or by how far the way has come. Counts agree with the figures of the same name. */
export const PeopleState = z.enum([...PeopleStatus.options, 'notPlaced', ...WayStage.options]);
export type PeopleState = z.infer<typeof PeopleState>;

/** What narrows the list, beside a search. */
const Narrowing = z.object({
  season: SeasonId,
  /** Everything within this area. */
  area: AreaCode.optional(),
  status: PeopleState.optional(),
  destination: PlaceCode.optional(),
  /** From 1. */
  page: z.coerce.number().int().min(1).max(10_000).optional(),
});

const PeoplePage = z.object({
  people: z.array(PersonHit.extend({ wish: WishLine.nullable(), way: WayLine.nullable() })),
  total: z.number(),
  page: z.number(),
});

/** People of the asker's books with wish and way, a hundred at a time. */
export const listPeople = endpoint({
  name: 'trips.listPeople',
  method: 'GET',
  path: '/api/people',
  query: Narrowing,
  reply: PeoplePage,
  callers: READERS,
  access: { resource: 'person', action: 'list', scope: ['area', 'ledger'] },
});

/** Those of them somebody looks for, asked in a body: a name or a number stands in no address. */
export const searchPeople = endpoint({
  name: 'trips.searchPeople',
  method: 'POST',
  path: '/api/people/search',
  body: Narrowing.extend({
    /** Name, initials, a whole number or its tail. */
    text: z.string().min(1).max(40),
  }),
  reply: PeoplePage,
  callers: READERS,
  access: { resource: 'person', action: 'list', scope: ['area', 'ledger'] },
});

/** One ride of a way, in the order of travel. */
export const WayLeg = z.object({
  trip: z.object({ id: z.uuid(), code: z.string() }).nullable(),
  role: TripRole.nullable(),
  mode: TripMode.nullable(),
  seat: z.int(),
  state: LegState,
  from: z.string(),
  fromPinyin: z.string(),
  to: z.string(),
  toPinyin: z.string(),
  departAt: MomentText.nullable(),
  arriveAt: MomentText.nullable(),
});
export type WayLeg = z.infer<typeof WayLeg>;

/** What has happened to a person in a season, as the journal tells it. */
export const PastType = z.enum([
  'people.person_registered',
  'people.person_changed',
  'people.wish_recorded',
  'people.wish_changed',
  'people.wish_confirmed',
  'people.wish_withdrawn',
  'people.wish_met_otherwise',
  'trips.itinerary_seated',
  'trips.itinerary_broken',
  'trips.itinerary_cancelled',
  'trips.leg_boarded',
  'trips.leg_boarding_undone',
  'trips.leg_held',
  'trips.leg_absent',
  'trips.leg_left',
  'trips.leg_arrived',
  'trips.pack_issued',
  'trips.handover_signed',
]);
export type PastType = z.infer<typeof PastType>;

export const PastLine = z.object({
  at: MomentText,
  type: PastType,
  tripCode: z.string().nullable(),
  reason: z.string().nullable(),
});
export type PastLine = z.infer<typeof PastLine>;

/** One person's way with its rides and ticket, and what has happened so far; the journal is read by offices only. */
export const readWay = endpoint({
  name: 'trips.readWay',
  method: 'GET',
  path: '/api/people/:personId/way',
  params: z.object({ personId: z.uuid() }),
  query: z.object({ season: SeasonId }),
  reply: z.object({
    way: WayLine.extend({
      legs: z.array(WayLeg),
      /** Address of the ticket page; the link is the key. */
      ticketPath: z.string(),
    }).nullable(),
    past: z.array(PastLine),
  }),
  callers: READERS,
  access: { resource: 'person', action: 'read', scope: ['area', 'ledger'] },
});
