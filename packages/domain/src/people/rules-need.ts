import { accept, type Result, refuse } from '../basics/result.ts';
import { isLive } from './rules.ts';
import type { NeedKind, NeedStatus, WishKind, WishMode, WishStatus } from './schema.ts';

/**
 * How far a need has come. *Met* is reached only by an event of something else that names it, or by a fact an office has seen; a seat that is
 * lost opens the need to travel again.
 */
export const NEED_NEXT = {
  open: ['taken', 'met', 'void'],
  taken: ['open', 'met', 'void'],
  met: ['open', 'void'],
  void: [],
} as const satisfies Record<NeedStatus, readonly NeedStatus[]>;

/** Why nothing is needed any more. The first three follow from the wish, `merged` from a merge of two records, the others an office says. */
export const VOID_REASONS = [
  'wish_withdrawn',
  'wish_changed',
  'met_otherwise',
  'merged',
  'person_stays',
  'person_declines',
  'said_by_mistake',
] as const;
export type VoidReason = (typeof VOID_REASONS)[number];

/** Those of them that an office may say. */
export const SAID_VOID_REASONS = [
  'met_otherwise',
  'person_stays',
  'person_declines',
  'said_by_mistake',
] as const satisfies readonly VoidReason[];
export type SaidVoidReason = (typeof SAID_VOID_REASONS)[number];

/** Facts that meet a need, seen by an office. */
export const NEED_FACTS = ['ticketBought', 'hired', 'trained', 'told', 'visited'] as const;
export type NeedFact = (typeof NEED_FACTS)[number];

/** Which facts meet which need. The need to travel is met by a seat and by nothing an office could say. */
export const FACTS_OF = {
  travel: [],
  ticket: ['ticketBought'],
  job: ['hired'],
  training: ['trained'],
  care: ['visited', 'told'],
  policy: ['told'],
  health: ['told', 'visited'],
} as const satisfies Record<NeedKind, readonly NeedFact[]>;

/** What a wish asks of the offices: our transport a way, a new job a job, a course the course, a business the policy for it. */
export function needsOf(wish: { kind: WishKind; mode: WishMode; status: WishStatus }): NeedKind[] {
  if (!isLive(wish.status)) return [];
  const needs: NeedKind[] = [];
  if (wish.mode === 'ours' && (wish.kind === 'sameJob' || wish.kind === 'newJob')) needs.push('travel');
  if (wish.kind === 'newJob') needs.push('job');
  if (wish.kind === 'train') needs.push('training');
  if (wish.kind === 'startBusiness') needs.push('policy');
  return needs;
}

export type NeedEvent =
  | { readonly type: 'people.need_taken'; readonly data: { kind: NeedKind } }
  | { readonly type: 'people.need_handed'; readonly data: { kind: NeedKind; to: string } }
  | { readonly type: 'people.need_void'; readonly data: { kind: NeedKind; why: VoidReason } }
  | { readonly type: 'people.need_met'; readonly data: { kind: NeedKind; fact: NeedFact } }
  | { readonly type: 'people.need_climbed'; readonly data: { kind: NeedKind; level: number } };

export type NeedRefusal =
  | { readonly code: 'people.need_closed'; readonly facts: { status: NeedStatus } }
  | { readonly code: 'people.need_yours_already' }
  | { readonly code: 'people.need_met_by_seat' }
  | { readonly code: 'people.need_other_fact' };

interface Need {
  readonly kind: NeedKind;
  readonly status: NeedStatus;
  readonly owner: string | null;
}

function waiting(need: Need): Result<true, NeedRefusal> {
  const waits = need.status === 'open' || need.status === 'taken';
  return waits ? accept(true) : refuse({ code: 'people.need_closed', facts: { status: need.status } });
}

/** Somebody works on it from now on; one that is another's may be taken over. */
export function takeNeed(need: Need, by: string): Result<NeedEvent, NeedRefusal> {
  const waits = waiting(need);
  if (!waits.ok) return waits;
  if (need.status === 'taken' && need.owner === by) return refuse({ code: 'people.need_yours_already' });
  return accept({ type: 'people.need_taken', data: { kind: need.kind } });
}

export function handNeed(need: Need, to: string): Result<NeedEvent, NeedRefusal> {
  const waits = waiting(need);
  return waits.ok ? accept({ type: 'people.need_handed', data: { kind: need.kind, to } }) : waits;
}

export function voidNeed(need: Need, why: SaidVoidReason): Result<NeedEvent, NeedRefusal> {
  const waits = waiting(need);
  return waits.ok ? accept({ type: 'people.need_void', data: { kind: need.kind, why } }) : waits;
}

/** A fact that an office has seen meets a need. Refuses the need to travel, which a seat meets, and a fact of another kind of need. */
export function meetNeed(need: Need, fact: NeedFact): Result<NeedEvent, NeedRefusal> {
  const waits = waiting(need);
  if (!waits.ok) return waits;
  const facts: readonly NeedFact[] = FACTS_OF[need.kind];
  if (need.kind === 'travel') return refuse({ code: 'people.need_met_by_seat' });
  if (!facts.includes(fact)) return refuse({ code: 'people.need_other_fact' });
  return accept({ type: 'people.need_met', data: { kind: need.kind, fact } });
}

export function needAfter(status: NeedStatus, event: NeedEvent): NeedStatus {
  switch (event.type) {
    case 'people.need_taken':
    case 'people.need_handed':
      return 'taken';
    case 'people.need_void':
      return 'void';
    case 'people.need_met':
      return 'met';
    case 'people.need_climbed':
      return status;
  }
}

/** Days after which a need, or a difficulty, climbs: past the due day to the district, past that to the city. */
export const CLIMB_AFTER_DAYS = [0, 3] as const;

/** Does it climb today? Once for each level. `lateDays`: whole days past the due day, or since it last climbed; negative before. */
export function climbs(it: { readonly climbed: number }, lateDays: number): boolean {
  const after = CLIMB_AFTER_DAYS[it.climbed];
  return after !== undefined && lateDays > after;
}

/** How many of one town must go to one county for it to be a concentrated area of the official survey. */
export const CONCENTRATED = 10;

export type SurveyClass = 'withinProvince' | 'acrossProvinces' | 'noPlace' | 'concentrated' | 'byEmployer';

/** A group of needs to travel with one home town and one destination. */
export interface SurveyGroup {
  /** 12 digits. */
  readonly home: string;
  /** Six digits; null where not known. */
  readonly destination: string | null;
  /** Persons. */
  readonly people: number;
  /** Those of them whose employer's gate is known. */
  readonly withGate: number;
}

/**
 * Persons of a group by the classes of the official survey. Within and across provinces and *no place* add up to all; the others are parts
 * of them: to a county where at least ten of the town go, and to an employer's known gate.
 */
export function surveyClasses(group: SurveyGroup): Readonly<Record<SurveyClass, number>> {
  const { home, destination, people, withGate } = group;
  const same = destination?.slice(0, 2) === home.slice(0, 2);
  const isCounty = destination !== null && !destination.endsWith('00');
  return {
    withinProvince: destination !== null && same ? people : 0,
    acrossProvinces: destination !== null && !same ? people : 0,
    noPlace: destination === null ? people : 0,
    concentrated: isCounty && people >= CONCENTRATED ? people : 0,
    byEmployer: withGate,
  };
}
