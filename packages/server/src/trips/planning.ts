import { addDays, dayOf } from '@fangang/domain/basics/moment.ts';
import { accept, type Refusal, type Result, refuse } from '@fangang/domain/basics/result.ts';
import { areaRange, districtOf, levelOf } from '@fangang/domain/offices/schema.ts';
import type { CommitOutcome } from '@fangang/domain/trips/api-planning.ts';
import type { FleetLine } from '@fangang/domain/trips/rules-planning.ts';
import { rightsOf, scopeOfRights } from '../offices/scope.ts';
import { findSeason, type SeasonRow } from '../offices/store.ts';
import { noteUnplaced } from '../people/store-wishes.ts';
import { readClock } from '../platform/clock.ts';
import type { Scope, Tx } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import { enqueue } from '../platform/queue.ts';
import { type Services, within } from '../platform/services.ts';
import { commitPlan } from './planning-commit.ts';
import { gapNotes, type PlanRequest, type StoredPlan, toStored } from './planning-plan.ts';
import { type DistrictFacts, type Mapped, toProblem } from './planning-problem.ts';
import { planningThreads, type Threads } from './planning-threads.ts';
import {
  addProposals,
  countTrips,
  countWaiting,
  dropCutOff,
  endProposal,
  findProposal,
  holdDistrict,
  noteShare,
  readAllotments,
  readAreas,
  readDestinations,
  readFleet,
  readGates,
  readOwners,
  readStanding,
  readWaiting,
} from './store-planning.ts';

/** The command line acts for no member of staff. */
const NOBODY = /^[0-]+$/;

export const PLAN_TASK = 'trips.plan';

/** What a plan is asked for. */
export interface PlanAsk {
  readonly season: string;
  /** City or district, 12 digits; the scope's own area unless told. */
  readonly area?: string | undefined;
  /** Tomorrow unless told. */
  readonly fromDay?: string | undefined;
  /** The end of the season unless told. */
  readonly toDay?: string | undefined;
  /** The whole fleet of a district: 3 × 49. Empty: what can be hired on each day. */
  readonly fleet?: readonly FleetLine[] | undefined;
  /** For all districts together; by the number of people unless told, 45 at most. */
  readonly seconds?: number | undefined;
}

export interface AskedPlan {
  readonly id: string;
  readonly area: string;
}

/** Seconds of search for so many people: 3 to 45. */
function secondsFor(people: number): number {
  return Math.min(45, Math.max(3, people * 0.016));
}

/** First and last day that may be planned: from tomorrow to the end of the season. */
export function planDays(
  season: Pick<SeasonRow, 'from_day' | 'to_day'>,
  now: string,
  ask: Pick<PlanAsk, 'fromDay' | 'toDay'> = {},
): { from: string; to: string } {
  const later = (a: string, b: string) => (a > b ? a : b);
  const first = later(addDays(dayOf(now), 1), season.from_day);
  return { from: later(ask.fromDay ?? first, first), to: ask.toDay ?? season.to_day };
}

/** Adds a proposal, still running, for each district of the area with people waiting. Writes nothing else. */
async function addPlans(
  tx: Tx,
  ask: PlanAsk,
  by: { readonly scope: Scope; readonly now: string },
): Promise<Result<readonly AskedPlan[]>> {
  if (by.scope.kind !== 'office') return refuse({ code: 'basics.not_allowed' });
  const season = await findSeason(tx, ask.season);
  if (!season) return refuse({ code: 'trips.no_such_season', facts: { season: ask.season } });
  const days = planDays(season, by.now, ask);
  if (days.from > days.to) return refuse({ code: 'trips.no_days_left', facts: { ...days } });
  const asked = ask.area ?? by.scope.areaFrom;
  const isCity = levelOf(asked) === 'city';
  const fleet = ask.fleet ?? [];
  const range = areaRange(isCity ? asked : districtOf(asked));
  const waiting = await countWaiting(tx, ask.season, range, 6);
  if (waiting.length === 0) return refuse({ code: 'trips.nobody_waiting' });
  if (fleet.length > 0 && waiting.length > 1) return refuse({ code: 'trips.fleet_needs_district' });
  const people = waiting.reduce((sum, it) => sum + it.people, 0);
  const total = ask.seconds ?? secondsFor(people);
  const staff = by.scope.staffId;
  const rows = waiting.map((it) => ({
    id: newId(),
    season: ask.season,
    area: it.code,
    asked_by: staff,
    asked_at: by.now,
    request: {
      fromDay: days.from,
      toDay: days.to,
      fleet,
      seconds: (total * it.people) / people,
    } satisfies PlanRequest,
  }));
  await addProposals(tx, rows);
  return accept(rows.map(({ id, area }) => ({ id, area })));
}

/**
 * Asks for draft plans in the asker's transaction; a planning thread makes them once it is committed.
 *
 * A whole city gets one for each district with people waiting. Refusals: `trips.no_such_season`, `trips.no_days_left`,
 * `trips.nobody_waiting`, `trips.fleet_needs_district`.
 */
export async function askPlan(
  tx: Tx,
  ask: PlanAsk,
  by: { readonly scope: Scope; readonly now: string },
): Promise<Result<readonly AskedPlan[]>> {
  const added = await addPlans(tx, ask, by);
  if (!added.ok || by.scope.kind !== 'office') return added;
  const plans = added.value.map((it) => it.id);
  await enqueue(tx, PLAN_TASK, { ...rightsOf(by.scope), plans }, { maxAttempts: 3 });
  return added;
}

/** What the planning job does: the rights of who asked are looked up anew; plans that are not running any more are left alone. */
export const planTasks: Readonly<
  Record<string, (payload: Readonly<Record<string, unknown>>, services: Services) => Promise<void>>
> = {
  [PLAN_TASK]: async (payload, services) => {
    const scope = await scopeOfRights(services, payload);
    const plans = Array.isArray(payload.plans) ? payload.plans.map(String) : [];
    const still = async () => (await scopeOfRights(services, payload)) !== undefined;
    if (scope) await runPlans(services, scope, plans, { still });
  },
};

/** How one district's plan ended. */
export interface PlanEnd {
  readonly id: string;
  readonly area: string;
  readonly state: 'ready' | 'failed' | 'gone';
  readonly plan: StoredPlan | null;
  readonly fault: string | null;
}

/**
 * Plans a district or a whole city here and now, without a queue: the proposals are ready, not committed.
 *
 * Refuses as `askPlan` does.
 */
export async function planSeason(
  services: Services,
  scope: Scope,
  ask: PlanAsk & { readonly onShare?: (share: number) => void },
): Promise<Result<readonly PlanEnd[], Refusal>> {
  const added = await within(services, scope, async (tx) => {
    const { now } = await readClock(tx);
    return addPlans(tx, ask, { scope, now });
  });
  if (!added.ok) return added;
  const ids = added.value.map((it) => it.id);
  return accept(await runPlans(services, scope, ids, ask));
}

class Undone extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

/** Commits plans one after the other, each in a transaction of its own: one that is refused leaves nothing behind and stops no other. */
export async function commitPlans(
  services: Services,
  scope: Scope,
  plans: readonly string[],
  how: { readonly publish: boolean },
): Promise<readonly { readonly plan: string; readonly result: Result<CommitOutcome, Refusal> }[]> {
  if (scope.kind !== 'office') throw new Error('only an office commits plans');
  const done: { plan: string; result: Result<CommitOutcome, Refusal> }[] = [];
  for (const plan of plans) {
    const by = { plan, ...how, actor: scope.staffId, key: newId(), secrets: services.secrets };
    const result = await within(services, scope, async (tx) => {
      const { now } = await readClock(tx);
      const answer = await commitPlan(tx, { ...by, now });
      // Thrown so that the transaction is undone, and caught right behind it.
      if (!answer.ok) throw new Undone(answer.refusal);
      return answer;
    }).catch((error: unknown) => {
      if (error instanceof Undone) return refuse(error.refusal);
      throw error;
    });
    done.push({ plan, result });
  }
  return done;
}

/** Throws away the drafts that this asker's process was making when it was cut off. */
export async function dropPlansCutOff(services: Services, scope: Scope): Promise<void> {
  if (scope.kind !== 'office') return;
  await within(services, scope, (tx) => dropCutOff(tx, scope.staffId));
}

interface Running {
  readonly onShare?: (share: number) => void;
  /** Whether who asked still may, asked again before the plan is written. */
  readonly still?: () => Promise<boolean>;
}

/** Makes the plans of these proposals, on at most two threads; the largest first. */
async function runPlans(
  services: Services,
  scope: Scope,
  ids: readonly string[],
  { onShare = () => undefined, still = async () => true }: Running = {},
): Promise<PlanEnd[]> {
  const threads = planningThreads(ids.length);
  const shares = new Map<string, number>();
  const tell = (id: string, share: number): void => {
    shares.set(id, share);
    onShare([...shares.values()].reduce((sum, it) => sum + it, 0) / Math.max(1, ids.length));
  };
  try {
    return await Promise.all(
      ids.map(async (id) => {
        const end = await runPlan(services, scope, threads, id, {
          onShare: (share) => tell(id, share),
          still,
        });
        tell(id, 1);
        return end;
      }),
    );
  } finally {
    await threads.close();
  }
}

async function runPlan(
  services: Services,
  scope: Scope,
  threads: Threads,
  id: string,
  { onShare, still: stillMay }: Required<Running>,
): Promise<PlanEnd> {
  const read = await within(services, scope, (tx) => readTask(tx, id));
  if (!read) return { id, area: '', state: 'gone', plan: null, fault: null };
  const { facts, seconds } = read;
  const mapped = toProblem(facts);
  const notes = sharesInto(services, scope, id);
  const seenAs = (share: number): void => {
    onShare(share);
    notes.note(share);
  };
  // Both threads search at once: what is asked for all districts together is twice the time of one.
  const solved = await threads.solve(mapped.problem, Math.max(0.2, seconds * threads.count), seenAs);
  await notes.done();
  if (!(await stillMay())) return { id, area: facts.area, state: 'gone', plan: null, fault: null };
  const asker = scope.kind === 'office' && !NOBODY.test(scope.staffId) ? scope.staffId : null;
  const end = outcomeOf(facts, mapped, solved, asker);
  const ended = end.plan
    ? { state: 'ready' as const, plan: end.plan }
    : { state: 'failed' as const, fault: end.fault ?? '' };
  const kept = await within(services, scope, async (tx) => {
    const still = await endProposal(tx, id, ended);
    // From now on everybody it could not place has a reason and an owner, whether it is committed or not.
    if (still && end.plan) await noteUnplaced(tx, gapNotes(end.plan));
    return still;
  });
  if (end.fault) services.log.error({ plan: id, fault: end.fault }, 'a plan did not pass its check');
  const state = kept ? (end.plan ? 'ready' : 'failed') : 'gone';
  return { id, area: facts.area, state, plan: end.plan, fault: end.fault };
}

function outcomeOf(
  facts: DistrictFacts,
  mapped: Mapped,
  solved: Awaited<ReturnType<Threads['solve']>>,
  asker: string | null,
): { plan: StoredPlan | null; fault: string | null } {
  if (solved.faults.length > 0) return { plan: null, fault: solved.faults.join('; ') };
  return { plan: toStored(facts, mapped, solved.plan, asker), fault: null };
}

/** Writes progress one after the other, the last one known each time. */
function sharesInto(
  services: Services,
  scope: Scope,
  id: string,
): { note(share: number): void; done(): Promise<void> } {
  let latest = 0;
  let writing: Promise<void> | undefined;
  const write = async (): Promise<void> => {
    const share = latest;
    // Progress that is not noted does no harm, and nobody waits for this promise: what is wrong with the database shows at the plan's end.
    await within(services, scope, (tx) => noteShare(tx, id, share)).catch(() => undefined);
    writing = undefined;
  };
  return {
    note: (share) => {
      latest = share;
      writing ??= write();
    },
    done: async () => writing,
  };
}

async function readTask(tx: Tx, id: string): Promise<{ facts: DistrictFacts; seconds: number } | undefined> {
  const proposal = await findProposal<PlanRequest, StoredPlan>(tx, id);
  if (proposal?.state !== 'running') return undefined;
  const { now } = await readClock(tx);
  const facts = await readFacts(tx, proposal, now);
  return { facts, seconds: proposal.request.seconds ?? secondsFor(facts.wishes.length) };
}

/** Everything of a district that its plan is made from, as of one moment: no commit of the district comes between. */
async function readFacts(
  tx: Tx,
  { season: seasonId, area, request }: { season: string; area: string; request: PlanRequest },
  now: string,
): Promise<DistrictFacts> {
  await holdDistrict(tx, seasonId, area, 'read');
  const season = await findSeason(tx, seasonId);
  if (!season) throw new Error(`season ${seasonId} is gone`);
  const range = areaRange(area);
  const days = { from: request.fromDay, to: request.toDay };
  const wishes = await readWaiting(tx, seasonId, range);
  const gates = await readGates(tx, distinct(wishes.map((it) => it.gate_id)));
  const counties = distinct([...wishes.map((it) => it.destination), ...gates.map((it) => it.county)]);
  return {
    season: { id: seasonId, settings: season.settings },
    area,
    days,
    wishes,
    areas: await readAreas(tx, range, ['district', 'town', 'village']),
    gates,
    destinations: await readDestinations(tx, counties),
    fleetAsked: request.fleet,
    fleetHired: request.fleet.length > 0 ? [] : await readFleet(tx, seasonId, range, days),
    allotments: await readAllotments(tx, seasonId, range, { ...days, now }),
    standing: await readStanding(tx, seasonId, range, { ...days, now }),
    owners: await readOwners(tx, range),
    tripsKnown: await countTrips(tx, seasonId, range),
  };
}

function distinct(values: readonly (string | null)[]): string[] {
  return [...new Set(values.filter((it) => it !== null))];
}
