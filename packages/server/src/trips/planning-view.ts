import { accept, type Result, refuse } from '@fangang/domain/basics/result.ts';
import { areaRange } from '@fangang/domain/offices/schema.ts';
import type { PlanGapLine, PlanLine, PlanTripLine, PlanView } from '@fangang/domain/trips/api-planning.ts';
import { findSeason } from '../offices/store.ts';
import type { Tx } from '../platform/database.ts';
import { pinyinName } from '../platform/pinyin.ts';
import { namesOf } from './planning-names.ts';
import type { PlannedTrip, PlanRequest, StoredPlan } from './planning-plan.ts';
import {
  findProposal,
  listProposals,
  type OwnerRow,
  type PersonName,
  type ProposalRow,
  readAllotmentNumbers,
  readAreasOf,
  readOwners,
  readPersonNames,
  readTripCodes,
  sumStanding,
} from './store-planning.ts';

const NO_TOTALS = { placed: 0, unplaced: 0, runs: 0, costFen: 0 };

/** The newest draft plan of each district within sight. */
export async function viewPlans(tx: Tx, season: string): Promise<PlanLine[]> {
  const rows = await listProposals(tx, season);
  return rows.map(({ id, area, area_name, area_pinyin, state, share, asked_at, totals }) => {
    const { placed, unplaced, runs, costFen } = totals ?? NO_TOTALS;
    const counts = { placed, unplaced, runs, costFen };
    return {
      id,
      area,
      areaName: area_name,
      areaPinyin: area_pinyin,
      state,
      share,
      askedAt: asked_at,
      ...counts,
    };
  });
}

/** A draft plan with the names its ids stand for, and what it changes of what stands. Refuses `trips.no_such_plan`. */
export async function viewPlan(tx: Tx, id: string): Promise<Result<PlanView>> {
  const proposal = await findProposal<PlanRequest, StoredPlan>(tx, id);
  if (!proposal) return refuse({ code: 'trips.no_such_plan' });
  const { request, plan, season, area } = proposal;
  const settings = (await findSeason(tx, season))?.settings;
  const [place] = await readAreasOf(tx, [area]);
  const { placed, unplaced, runs, costFen } = plan?.totals ?? NO_TOTALS;
  return accept({
    id,
    area,
    areaName: place?.name ?? area,
    areaPinyin: place?.pinyin ?? '',
    state: proposal.state,
    share: proposal.share,
    askedAt: proposal.asked_at,
    placed,
    unplaced,
    runs,
    costFen,
    fromDay: request.fromDay,
    toDay: request.toDay,
    fleet: [...request.fleet],
    minLoad: settings?.minLoad ?? 0,
    days: daysOf(plan?.trips ?? []),
    difference: await differenceOf(tx, proposal),
    trips: plan ? await tripLines(tx, plan) : [],
    gaps: plan ? await gapLines(tx, area, plan) : [],
    outcome: plan?.outcome ?? null,
    fault: proposal.fault,
  });
}

/** New main runs by day: how many, whom they carry, on which coaches. */
function daysOf(trips: readonly PlannedTrip[]): PlanView['days'] {
  const main = trips.filter((it) => it.role === 'main' && it.standing === null);
  const days = [...new Set(main.map((it) => it.day))].sort();
  return days.map((day) => {
    const own = main.filter((it) => it.day === day);
    const road = own.filter((it) => it.mode === 'charterBus');
    const seats = [...new Set(road.map((it) => it.places))].sort((a, b) => b - a);
    return {
      day,
      runs: own.length,
      people: own.reduce((sum, it) => sum + it.load, 0),
      coaches: seats.map((it) => ({ seats: it, count: road.filter((run) => run.places === it).length })),
    };
  });
}

async function differenceOf(
  tx: Tx,
  proposal: ProposalRow<PlanRequest, StoredPlan>,
): Promise<PlanView['difference']> {
  const trips = proposal.plan?.trips ?? [];
  const people = (list: readonly PlannedTrip[]) => list.reduce((sum, it) => sum + it.load, 0);
  const fresh = trips.filter((it) => it.role === 'main' && it.standing === null);
  const joined = trips.filter((it) => it.standing !== null);
  const { fromDay, toDay } = proposal.request;
  const stands = await sumStanding(tx, proposal.season, areaRange(proposal.area), {
    from: fromDay,
    to: toDay,
    besides: joined.map((it) => it.standing as string),
    proposal: proposal.id,
  });
  return {
    newRuns: fresh.length,
    newPeople: people(fresh),
    joinedRuns: joined.length,
    joinedPeople: people(joined),
    unchangedRuns: stands.runs,
    unchangedPeople: stands.people,
  };
}

async function tripLines(tx: Tx, plan: StoredPlan): Promise<PlanTripLine[]> {
  const nameOf = await namesOf(
    tx,
    plan.trips.flatMap((it) => it.stops),
  );
  const codes = await readTripCodes(
    tx,
    plan.trips.map((it) => it.standing).filter((it) => it !== null),
  );
  const numbers = await readAllotmentNumbers(
    tx,
    plan.trips.map((it) => it.allotment).filter((it) => it !== null),
  );
  return plan.trips.map((it, no) => ({
    no,
    role: it.role,
    mode: it.mode,
    day: it.day,
    departAt: it.departAt,
    arriveAt: it.arriveAt,
    places: it.places,
    cap: it.cap,
    before: it.before,
    load: it.load,
    standing: it.standing ? { id: it.standing, code: codes.get(it.standing) ?? '' } : null,
    number: numbers.get(it.allotment ?? '') ?? null,
    drivers: it.drivers,
    distanceM: it.distanceM,
    costFen: it.costFen,
    stops: it.stops.map((stop) => {
      const { name, pinyin } = nameOf(stop);
      const { kind, lon, lat, arriveAt, departAt, boards, alights } = stop;
      return { kind, name, pinyin, lon, lat, arriveAt, departAt, boards, alights };
    }),
  }));
}

async function gapLines(tx: Tx, area: string, plan: StoredPlan): Promise<PlanGapLine[]> {
  const persons = await readPersonNames(
    tx,
    plan.gaps.flatMap((it) => it.members.map((member) => member.person)),
  );
  const owners = new Map((await readOwners(tx, areaRange(area))).map((it) => [it.id, it]));
  return plan.gaps.map((gap) => gapLine(gap, persons, owners));
}

function gapLine(
  gap: StoredPlan['gaps'][number],
  persons: ReadonlyMap<string, PersonName>,
  owners: ReadonlyMap<string, OwnerRow>,
): PlanGapLine {
  const known = gap.members.map((it) => persons.get(it.person)).filter((it) => it !== undefined);
  const owner = owners.get(gap.owner ?? '');
  return {
    party: gap.party,
    persons: known.map(({ id, name, pinyin }) => ({ id, name, pinyin })),
    area: gap.area,
    areaName: known[0]?.area_name ?? '',
    areaPinyin: known[0]?.area_pinyin ?? '',
    reason: gap.reason,
    facts: gap.facts,
    remedy: gap.remedy,
    remedyFacts: gap.remedyFacts,
    owner: owner ? { id: owner.id, name: owner.name, pinyin: pinyinName(owner.name) } : null,
  };
}
