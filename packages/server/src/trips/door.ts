import { accept, type Refusal, type Result, refuse } from '@fangang/domain/basics/result.ts';
import type { SeasonSettings } from '@fangang/domain/offices/schema.ts';
import type { AtDoor, DoorCounts, DoorReply } from '@fangang/domain/trips/api.ts';
import { itineraryBroken, type LegFacts, recordsOf, type TripRecord } from '@fangang/domain/trips/journal.ts';
import { itineraryAfter } from '@fangang/domain/trips/rules.ts';
import { aboard, after } from '@fangang/domain/trips/rules-boarding.ts';
import type { DoorEvent, DoorLeg, DoorTrip, ItineraryStatus } from '@fangang/domain/trips/schema.ts';
import { clearUnplaced, noteUnplaced } from '../people/store-wishes.ts';
import type { Ctx } from '../platform/http.ts';
import { append } from '../platform/journal.ts';
import { settingsOf } from './store.ts';
import {
  type DoorLegRow,
  findLegByTicket,
  findLegsByTail,
  findOtherBus,
  findPlanner,
  hasOtherWay,
  issuePack,
  type LockedTrip,
  listDoorLegs,
  listDoorStops,
  listDoorStopsAtGate,
  listPacked,
  listWays,
  lockTrip,
  releaseSeats,
  retakeSeats,
  type WayRow,
  writeDoor,
  writeHeads,
  writeWayReason,
  writeWayStatus,
} from './store-door.ts';
import { ticketIndex } from './ticket-code.ts';

/** A trip at its door, locked, with what its rows say beside the rules. */
export interface AtTrip {
  readonly row: LockedTrip;
  readonly door: DoorTrip;
  readonly legs: ReadonlyMap<string, DoorLegRow>;
  readonly settings: SeasonSettings;
}

export const NO_TRIP = { code: 'trips.no_such_trip' } as const satisfies Refusal;

/** Locks a trip and reads its door. Refuses a trip that is not there or not the asker's to change, with the same word. */
export async function takeTrip(ctx: Ctx, tripId: string): Promise<Result<AtTrip>> {
  const { tx, asker } = ctx;
  const row = await lockTrip(tx, tripId);
  if (!row) return refuse(NO_TRIP);
  const atGate = asker?.scope.kind === 'employer';
  const stops = await (atGate ? listDoorStopsAtGate(tx, tripId) : listDoorStops(tx, tripId));
  const legs = await listDoorLegs(tx, tripId);
  const packed = atGate
    ? new Set<string>()
    : await listPacked(
        tx,
        row.season,
        legs.map((it) => it.identity),
      );
  const door: DoorTrip = {
    id: row.id,
    role: row.role,
    status: row.status,
    stops,
    legs: legs.map(
      (it): DoorLeg => ({
        id: it.id,
        seat: it.seat,
        board: it.board,
        alight: it.alight,
        state: it.state,
        packed: packed.has(it.identity),
      }),
    ),
  };
  const settings = await settingsOf(tx, row.season);
  return accept({ row, door, legs: new Map(legs.map((it) => [it.id, it])), settings });
}

/** What a step at the door answers. */
export function replyOf(door: DoorTrip, legId: string | null = null, pack = false): DoorReply {
  const leg = door.legs.find((it) => it.id === legId);
  return {
    status: door.status,
    counts: countsOf(door.legs),
    leg: leg ? { id: leg.id, seat: leg.seat, state: leg.state } : null,
    pack,
  };
}

export function countsOf(legs: readonly Pick<DoorLeg, 'state'>[]): DoorCounts {
  const counts = { expected: 0, boarded: 0, held: 0, absent: 0, left: 0, arrived: 0 };
  for (const leg of legs) counts[leg.state]++;
  return counts;
}

/**
 * One step at a door or a gate: trip locked, rule asked, rows and journal written together.
 *
 * A pack that the person was given on another district's books is not given again. Returns the door after the event.
 */
export async function step(
  ctx: Ctx,
  tripId: string,
  decide: (at: AtTrip) => Promise<Result<DoorEvent>> | Result<DoorEvent>,
): Promise<Result<DoorReply>> {
  const taken = await takeTrip(ctx, tripId);
  if (!taken.ok) return taken;
  const decided = await decide(taken.value);
  if (!decided.ok) return decided;
  const event = await withPack(ctx, taken.value, decided.value);
  const door = await commit(ctx, taken.value, event);
  if (!door.ok) return door;
  return accept(replyOf(door.value, 'leg' in event ? event.leg : null, 'pack' in event && event.pack));
}

async function withPack(ctx: Ctx, at: AtTrip, event: DoorEvent): Promise<DoorEvent> {
  if (event.type !== 'trips.leg_boarded' || !event.pack) return event;
  const leg = at.legs.get(event.leg);
  if (!leg) return event;
  const { season, id } = at.row;
  const given = await issuePack(ctx.tx, {
    season,
    identity: leg.identity,
    area: leg.area,
    trip: id,
    leg: leg.id,
    at: ctx.now,
  });
  return given ? event : { ...event, pack: false };
}

/** Writes what an event means: door, ways of its people, wishes of those left behind, journal. */
export async function commit(ctx: Ctx, at: AtTrip, event: DoorEvent): Promise<Result<DoorTrip>> {
  const next = after(at.door, event);
  await writeDoor(ctx.tx, at.door, next, ctx.now, event.type === 'trips.leg_held' ? event.reason : null);
  if (event.type === 'trips.heads_counted') await writeHeads(ctx.tx, at.row.id, event.stop, event.heads);
  const ways = await writeWays(ctx, at, event, next);
  if (!ways.ok) return ways;
  const facts = new Map([...at.legs.values()].map((it): [string, LegFacts] => [it.id, it]));
  await record(ctx, at.row.season, [...recordsOf(at.row, facts, event, aboard(next)), ...ways.value]);
  return accept(next);
}

/** Appends records of one command to the journal, in order. */
export async function record(ctx: Ctx, season: string, records: readonly TripRecord[]): Promise<void> {
  const events = records.map((it, ordinal) => ({
    ...it,
    at: ctx.now,
    actor: ctx.actor,
    key: ctx.key,
    ordinal,
    season,
  }));
  await append(ctx.tx, events, ctx.now);
}

async function writeWays(
  ctx: Ctx,
  at: AtTrip,
  event: DoorEvent,
  next: DoorTrip,
): Promise<Result<readonly TripRecord[]>> {
  switch (event.type) {
    case 'trips.leg_boarded':
      return await boardWay(ctx, at, event.leg);
    case 'trips.leg_boarding_undone':
      return await follow(ctx, waysOf(at, [event.leg]));
    case 'trips.stop_arrived':
      return await follow(ctx, waysOf(at, event.arrived));
    case 'trips.leg_left':
      return accept(await breakWays(ctx, at, [{ legs: [event.leg], reason: 'left_on_the_way' }], 'onward'));
    case 'trips.stop_departed': {
      const held = next.legs
        .filter((it) => it.board === event.stop && it.state === 'held')
        .map((it) => it.id);
      const groups = [
        { legs: event.absent, reason: 'absent' },
        { legs: held, reason: 'held_at_door' },
      ];
      return accept(await breakWays(ctx, at, groups, 'onward'));
    }
    case 'trips.trip_cancelled': {
      const all = at.door.legs.map((it) => it.id);
      return accept(await breakWays(ctx, at, [{ legs: all, reason: 'trip_cancelled' }], 'all'));
    }
    case 'trips.handover_signed':
      return await signWays(ctx, at, event.stop);
    default:
      return accept([]);
  }
}

function waysOf(at: AtTrip, legs: readonly string[]): string[] {
  return [...new Set(legs.flatMap((it) => at.legs.get(it)?.itinerary ?? []))];
}

/** A way's status by its seats; who is held is not lost before the bus has left. */
function statusOf(way: WayRow): ItineraryStatus {
  const states = way.legs.map((it) => (it === 'held' ? 'expected' : it));
  return itineraryAfter(way.status, states);
}

/** Ways move on with their seats; one that is broken stays so until a late boarding or another plan mends it. */
async function follow(
  ctx: Ctx,
  ids: readonly string[],
  mends = false,
): Promise<Result<readonly TripRecord[]>> {
  const ways = (await listWays(ctx.tx, ids)).filter((it) => mends || it.status !== 'broken');
  const changed = ways.map((way) => ({ id: way.id, to: statusOf(way), from: way.status }));
  for (const status of new Set(changed.map((it) => it.to))) {
    const moved = changed.filter((it) => it.to === status && it.from !== status).map((it) => it.id);
    await writeWayStatus(ctx.tx, moved, status);
  }
  return accept([]);
}

/** Ways that end here: seats further on are free again, the wishes wait with a reason and an owner (law 7). */
async function breakWays(
  ctx: Ctx,
  at: AtTrip,
  groups: readonly { legs: readonly string[]; reason: string }[],
  seats: 'onward' | 'all',
): Promise<TripRecord[]> {
  const owner = (await findPlanner(ctx.tx, at.row.proposalId)) ?? ctx.asker?.id ?? null;
  const records: TripRecord[] = [];
  for (const { legs, reason } of groups) {
    const ids = waysOf(at, legs);
    const ways = (await listWays(ctx.tx, ids)).filter(
      (it) => it.status !== 'broken' && it.status !== 'cancelled',
    );
    const broken = ways.map((it) => it.id);
    await releaseSeats(ctx.tx, at.row.id, broken, seats);
    await writeWayStatus(ctx.tx, broken, 'broken');
    await writeWayReason(ctx.tx, broken, reason);
    await noteUnplaced(
      ctx.tx,
      ways.map((it) => ({
        wish: it.wish,
        reason,
        numbers: { trip: at.row.code },
        remedy: 'next_run',
        owner,
      })),
    );
    records.push(...ways.map((it) => itineraryBroken(it, reason)));
  }
  return records;
}

/** Somebody called absent, or held when the bus left, got on after all: the way leads on, if the seats further on can be had again. */
async function boardWay(ctx: Ctx, at: AtTrip, legId: string): Promise<Result<readonly TripRecord[]>> {
  const itinerary = at.legs.get(legId)?.itinerary;
  if (!itinerary) return accept([]);
  const isBroken = (await listWays(ctx.tx, [itinerary])).some((it) => it.status === 'broken');
  if (!isBroken) return await follow(ctx, [itinerary]);
  if (await hasOtherWay(ctx.tx, itinerary)) return refuse({ code: 'trips.seated_elsewhere', facts: {} });
  if (!(await retakeSeats(ctx.tx, legId))) return refuse({ code: 'trips.no_seat_onward', facts: {} });
  const followed = await follow(ctx, [itinerary], true);
  const ways = await listWays(ctx.tx, [itinerary]);
  await writeWayReason(ctx.tx, [itinerary], null);
  await clearUnplaced(
    ctx.tx,
    ways.map((it) => it.wish),
  );
  return followed;
}

/** Who has arrived at the gate of a signed stop is signed for, where the whole way is behind them. */
async function signWays(ctx: Ctx, at: AtTrip, stop: number): Promise<Result<readonly TripRecord[]>> {
  const here = at.door.legs.filter((it) => it.alight === stop && it.state === 'arrived').map((it) => it.id);
  const ways = await listWays(ctx.tx, waysOf(at, here));
  const done = ways.filter((it) => it.status === 'arrived').map((it) => it.id);
  await writeWayStatus(ctx.tx, done, 'signedFor');
  return accept([]);
}

/** Reads the code out of what a ticket's QR code or a typed text says: `FG1:CODE`, an address ending in `/t/CODE`, or the code. */
export function codeIn(text: string): string {
  const found = /(?:^FG1:|\/t\/)([A-Za-z0-9]+)/.exec(text.trim());
  return (found?.[1] ?? text.trim()).toUpperCase();
}

/** The seat of who stands at the door. Refuses several people of one tail, and tells a person of another bus which it is. */
export async function legOf(ctx: Ctx, at: AtTrip, who: AtDoor): Promise<Result<string>> {
  if ('leg' in who) return accept(who.leg);
  const found = await lookUp(ctx, at.row, who);
  const [first, ...more] = found.legs;
  if (first && more.length === 0) return accept(first);
  if (first) return refuse({ code: 'trips.several_match', facts: { n: found.legs.length } });
  if (found.other) {
    const { tripCode, order } = found.other;
    return refuse({ code: 'trips.other_bus', facts: { tripCode, order } });
  }
  return refuse({ code: 'trips.no_such_seat', facts: {} });
}

/** Seats of this trip that a ticket or the last four digits name, else the other bus. */
export async function lookUp(
  ctx: Ctx,
  trip: LockedTrip,
  who: { code: string } | { tail: string },
): Promise<{
  legs: string[];
  other: { tripCode: string; order: number; departAt: string } | null;
}> {
  const { tx } = ctx;
  if ('code' in who) {
    const index = ticketIndex(codeIn(who.code));
    const leg = await findLegByTicket(tx, trip.id, index);
    return leg
      ? { legs: [leg], other: null }
      : { legs: [], other: (await findOtherBus(tx, trip, { index })) ?? null };
  }
  const legs = await findLegsByTail(tx, trip.id, who.tail);
  if (legs.length > 0) return { legs, other: null };
  return { legs, other: (await findOtherBus(tx, trip, who)) ?? null };
}
