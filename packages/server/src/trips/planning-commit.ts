import { accept, type Result, refuse } from '@fangang/domain/basics/result.ts';
import { areaRange } from '@fangang/domain/offices/schema.ts';
import { wantsToGo } from '@fangang/domain/people/rules.ts';
import type { CommitOutcome, LeftOutReason } from '@fangang/domain/trips/api-planning.ts';
import {
  itineraryCancelled,
  itinerarySeated,
  recordsOf,
  type TripRecord,
  tripCommitted,
  tripPublished,
} from '@fangang/domain/trips/journal.ts';
import { ownerOf, proposalStep } from '@fangang/domain/trips/rules-planning.ts';
import { clearUnplaced, noteUnplaced } from '../people/store-wishes.ts';
import type { Tx } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import { append } from '../platform/journal.ts';
import type { Secrets } from '../platform/secrets.ts';
import type { PlannedWay, PlanRequest, StoredPlan } from './planning-plan.ts';
import { gapNotes, saidBy } from './planning-plan.ts';
import { type Opened, type Riders, rowsOf } from './planning-rows.ts';
import {
  addItineraries,
  addLegs,
  addStops,
  addTrips,
  cancelCommitted,
  cancelWays,
  dropItineraries,
  lockAllotments,
  publishTrips,
  readSeatRoom,
  type SeatRoom,
  sellSeats,
} from './store-commit.ts';
import {
  countTrips,
  findProposal,
  holdDistrict,
  moveProposal,
  type ProposalRow,
  readOwners,
  readStillWaiting,
  type WishRow,
} from './store-planning.ts';
import { ticketCodeOf, ticketIndex } from './ticket-code.ts';

/** Who commits which plan, and when. */
export interface CommitAsk {
  readonly plan: string;
  /** Puts the lists out in the same step. */
  readonly publish: boolean;
  readonly now: string;
  readonly actor: string;
  readonly key: string;
  readonly secrets: Pick<Secrets, 'ticketSign'>;
}

type Proposal = ProposalRow<PlanRequest, StoredPlan> & { readonly plan: StoredPlan };

/** People of a way who may be seated, and those left out with the reason. */
interface Kept {
  readonly ways: Riders[];
  readonly left: { readonly way: PlannedWay; readonly reason: LeftOutReason }[];
}

/**
 * Makes a draft plan real in one transaction: runs, stops, ways, seats, journal; seats are sold last.
 *
 * Whose wish changed, who has a way by now, and who finds the seat of a standing run taken is left out and counted. Refusals:
 * `trips.no_such_plan`, `trips.proposal_not_ready` (a plan is committed once), `trips.plan_outdated` (runs of the district were added
 * since), `trips.seats_gone` (lost a race for a seat: commit again). The caller must undo the transaction where it refuses.
 */
export async function commitPlan(tx: Tx, ask: CommitAsk): Promise<Result<CommitOutcome>> {
  const found = await findProposal<PlanRequest, StoredPlan>(tx, ask.plan, 'lock');
  if (!found) return refuse({ code: 'trips.no_such_plan' });
  const step = proposalStep(found.state, 'committed');
  if (!step.ok) return step;
  const proposal = found as Proposal;
  await holdDistrict(tx, proposal.season, proposal.area, 'commit');
  const runs = await countTrips(tx, proposal.season, areaRange(proposal.area));
  if (runs !== proposal.plan.tripsKnown) return refuse({ code: 'trips.plan_outdated' });

  const wishes = await wishesOf(tx, proposal.plan);
  const kept = stillGoing(proposal.plan, wishes);
  const opened = await openRoom(tx, proposal.plan, kept);
  await giveWays(tx, ask, proposal, kept);
  const rows = await rowsOf(tx, { ...ask, proposal, opened, ways: kept.ways });
  await addTrips(tx, rows.trips);
  await addStops(tx, rows.stops);
  if (!(await addLegs(tx, rows.legs))) return refuse({ code: 'trips.seats_gone' });
  await write(tx, ask, proposal.season, [
    ...rows.made.map((it) => tripCommitted(it.facts, it.room)),
    ...(ask.publish ? rows.made.map((it) => tripPublished(it.facts)) : []),
    ...rows.seated.map(itinerarySeated),
  ]);
  await noteGaps(tx, ask, proposal, wishes, kept);
  const outcome = outcomeOf(ask, proposal.plan, kept, rows.made);
  await moveProposal(tx, ask.plan, 'committed', outcome);
  return (await sellSeats(tx, rows.sales)) ? accept(outcome) : refuse({ code: 'trips.seats_gone' });
}

type Waiting = WishRow & { readonly has_way: boolean };

async function wishesOf(tx: Tx, plan: StoredPlan): Promise<Map<string, Waiting>> {
  const members = [...plan.ways, ...plan.gaps].flatMap((it) => it.members.map((member) => member.wish));
  return new Map((await readStillWaiting(tx, members)).map((it) => [it.id, it]));
}

/** Ways whose people all still wish what the plan was made for, and have no way by now. */
function stillGoing(plan: StoredPlan, wishes: ReadonlyMap<string, Waiting>): Kept {
  const kept: Kept = { ways: [], left: [] };
  for (const way of plan.ways) {
    const now = way.members.map((it) => wishes.get(it.wish));
    const same = way.members.every((it, i) => {
      const wish = now[i];
      return wish !== undefined && wantsToGo(wish) && saidBy(wish) === it.said;
    });
    if (now.some((it) => it?.has_way)) kept.left.push({ way, reason: 'hasWay' });
    else if (!same) kept.left.push({ way, reason: 'wishChanged' });
    else {
      const people = now as Waiting[];
      kept.ways.push({ way, people, itineraries: people.map(() => newId()) });
    }
  }
  return kept;
}

/** Looks whether runs that stand still take the people meant for them; who does not fit is left out, the first asked first. */
async function openRoom(tx: Tx, plan: StoredPlan, kept: Kept): Promise<Map<number, Opened>> {
  const allotments = plan.trips.map((it) => it.allotment).filter((it) => it !== null);
  const trips = plan.trips.map((it) => it.standing).filter((it) => it !== null);
  const places = await lockAllotments(tx, allotments);
  const rooms = trips.length + allotments.length > 0 ? await readSeatRoom(tx, { trips, allotments }) : [];
  const opened = new Map<number, Opened>();
  plan.trips.forEach((trip, no) => {
    const room = rooms.find((it) =>
      trip.standing ? it.id === trip.standing : trip.allotment !== null && it.allotment_id === trip.allotment,
    );
    if (trip.standing || room) opened.set(no, { room });
    else if (trip.allotment) opened.set(no, { places: places.get(trip.allotment) ?? 0 });
  });
  const left = new Map([...opened].map(([no, it]) => [no, roomLeft(it, plan.trips[no]?.bays ?? 0)]));
  const fitting = kept.ways.filter((riders) => {
    const bays = riders.people.filter((it) => it.wheelchair).length;
    const asked = riders.way.legs.map((it) => left.get(it.trip)).filter((it) => it !== undefined);
    const fits = asked.every((it) => it.seats >= riders.people.length && it.bays >= bays);
    if (!fits) kept.left.push({ way: riders.way, reason: 'seatTaken' });
    else {
      for (const it of asked) {
        it.seats -= riders.people.length;
        it.bays -= bays;
      }
    }
    return fits;
  });
  kept.ways.splice(0, kept.ways.length, ...fitting);
  return opened;
}

function roomLeft(it: Opened, baysOfNew: number): { seats: number; bays: number } {
  if (it.places !== undefined) return { seats: it.places, bays: baysOfNew };
  const room: SeatRoom | undefined = it.room;
  return room ? { seats: room.cap - room.sold, bays: room.bays - room.bays_sold } : { seats: 0, bays: 0 };
}

/**
 * One live way for each identity: the database tells who got one elsewhere, and their party is left out whole. A way that this office may
 * not see is told as a seat that was taken: no reply says that another district has the same person on its books.
 */
async function giveWays(tx: Tx, ask: CommitAsk, proposal: Proposal, kept: Kept): Promise<void> {
  const added = await addItineraries(
    tx,
    kept.ways.flatMap(({ way, people, itineraries }) =>
      people.map((it, i) => {
        const id = itineraries[i] as string;
        return {
          id,
          season: proposal.season,
          person_id: it.person_id,
          identity: it.identity,
          wish_id: it.id,
          area: it.area,
          ledger_office: it.ledger_office,
          party: way.party,
          status: 'seated' as const,
          ticket_index: ticketIndex(ticketCodeOf(ask.secrets, id)),
          made_at: ask.now,
        };
      }),
    ),
  );
  const broken = kept.ways.filter((it) => it.itineraries.some((id) => !added.has(id)));
  if (broken.length === 0) return;
  await dropItineraries(
    tx,
    broken.flatMap((it) => it.itineraries.filter((id) => added.has(id))),
  );
  const gone = new Set(broken);
  const wishes = broken.flatMap((it) => it.people.map((person) => person.id));
  const seen = new Map((await readStillWaiting(tx, wishes)).map((it) => [it.id, it.has_way]));
  const isSeen = (it: Riders) => it.people.some((person) => seen.get(person.id));
  kept.left.push(
    ...broken.map((it) => ({
      way: it.way,
      reason: isSeen(it) ? ('hasWay' as const) : ('seatTaken' as const),
    })),
  );
  kept.ways.splice(0, kept.ways.length, ...kept.ways.filter((it) => !gone.has(it)));
}

async function write(
  tx: Tx,
  by: Pick<CommitAsk, 'now' | 'actor' | 'key'>,
  season: string,
  records: readonly TripRecord[],
): Promise<void> {
  const { now, actor, key } = by;
  const events = records.map((it, ordinal) => ({ ...it, at: now, actor, key, ordinal, season }));
  await append(tx, events, now);
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-9a-f]/;

/** Law 7: who still waits has a reason, a remedy and an owner; who is seated has nothing to explain. */
async function noteGaps(
  tx: Tx,
  ask: CommitAsk,
  proposal: Proposal,
  wishes: ReadonlyMap<string, Waiting>,
  kept: Kept,
): Promise<void> {
  const waits = (wish: Waiting | undefined) => wish !== undefined && !wish.has_way && wantsToGo(wish);
  const owners = await readOwners(tx, areaRange(proposal.area));
  const fallback = UUID.test(ask.actor) ? ask.actor : null;
  const notes = gapNotes(proposal.plan).filter((it) => waits(wishes.get(it.wish)));
  for (const { way, reason } of kept.left) {
    for (const { wish } of way.members) {
      const now = wishes.get(wish);
      if (!now || !waits(now)) continue;
      const owner = ownerOf(owners, now.area) ?? fallback;
      const why = reason === 'seatTaken' ? 'seat_taken' : 'wish_changed';
      notes.push({ wish, reason: why, numbers: {}, remedy: 'plan_again', owner });
    }
  }
  await noteUnplaced(tx, notes);
  await clearUnplaced(
    tx,
    kept.ways.flatMap((it) => it.people.map((person) => person.id)),
  );
}

function outcomeOf(
  ask: CommitAsk,
  plan: StoredPlan,
  kept: Kept,
  made: readonly { readonly facts: { readonly role: string } }[],
): CommitOutcome {
  const left = new Map<LeftOutReason, number>();
  for (const { way, reason } of kept.left) left.set(reason, (left.get(reason) ?? 0) + way.members.length);
  const main = made.filter((it) => it.facts.role === 'main').length;
  return {
    placed: kept.ways.reduce((sum, it) => sum + it.people.length, 0),
    runs: main,
    shuttles: made.length - main,
    unplaced: plan.gaps.reduce((sum, it) => sum + it.members.length, 0),
    leftOut: [...left].map(([reason, people]) => ({ reason, people })),
    published: ask.publish,
  };
}

/** Throws a draft plan away: nothing had been changed by it. Refuses one that is committed. */
export async function discardPlan(tx: Tx, planId: string): Promise<Result<Record<never, never>>> {
  const found = await findProposal<PlanRequest, StoredPlan>(tx, planId, 'lock');
  if (!found) return refuse({ code: 'trips.no_such_plan' });
  const step = proposalStep(found.state, 'discarded');
  if (!step.ok) return step;
  await moveProposal(tx, planId, 'discarded');
  return accept({});
}

type By = Pick<CommitAsk, 'plan' | 'now' | 'actor' | 'key'>;

async function committedPlan(tx: Tx, id: string): Promise<Result<ProposalRow<PlanRequest, StoredPlan>>> {
  const found = await findProposal<PlanRequest, StoredPlan>(tx, id, 'lock');
  if (!found) return refuse({ code: 'trips.no_such_plan' });
  if (found.state !== 'committed')
    return refuse({ code: 'trips.proposal_not_ready', facts: { state: found.state } });
  return accept(found);
}

/** Puts the lists of a committed plan out; what is published already stays as it is. */
export async function publishPlan(tx: Tx, by: By): Promise<Result<{ trips: number }>> {
  const found = await committedPlan(tx, by.plan);
  if (!found.ok) return found;
  const trips = await publishTrips(tx, by.plan, by.now);
  await write(tx, by, found.value.season, trips.map(tripPublished));
  return accept({ trips: trips.length });
}

/** Takes a committed plan back while it is not published: its runs are called off and their people wait again. */
export async function withdrawPlan(tx: Tx, by: By): Promise<Result<{ trips: number; people: number }>> {
  const found = await committedPlan(tx, by.plan);
  if (!found.ok) return found;
  const trips = await cancelCommitted(tx, by.plan);
  const ways = await cancelWays(
    tx,
    trips.map((it) => it.id),
  );
  const reason = 'withdrawn';
  await write(tx, by, found.value.season, [
    ...trips.flatMap((it) => recordsOf(it, new Map(), { type: 'trips.trip_cancelled', reason }, 0)),
    ...ways.map((it) => itineraryCancelled(it, reason)),
  ]);
  return accept({ trips: trips.length, people: ways.length });
}
