import type { CommitOutcome, PlanView } from '@fangang/domain/trips/api-planning.ts';
import { reasonWords, remedyWords } from '@fangang/domain/trips/words-planning.ts';
import { REASONS, REMEDIES } from '@fangang/solver/problem.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scopeOfStaff } from '../offices/scope.ts';
import { type TestHouse, testHouse } from '../offices/testing.ts';
import type { Scope } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import { within } from '../platform/services.ts';
import { planSeason, planTasks } from './planning.ts';
import { routes } from './routes-planning.ts';
import { sellSeats } from './store-commit.ts';
import { addGate, addParties, hire, owner, SEASON, standAt } from './store-planning-testing.ts';

const WULONG = '500156000000';
const FENGDU = '500230000000';
const BAIMA = '500156101000';
const YANGJIAO = '500156004000';
const GUANGZHOU = '440111';
const WENZHOU = '330302';
const DAY = '2022-02-12';

let house: TestHouse;
let dispatcher: { id: string; cookie: string };
beforeAll(async () => {
  house = await testHouse(routes);
  await standAt(house, '2022-02-11T17:00:00+08:00');
  dispatcher = await house.signIn('dispatcher', WULONG);
});
afterAll(() => house.close());

async function call<Reply>(
  url: string,
  payload?: object,
  who = dispatcher,
): Promise<{ status: number; body: Reply & { code?: string } }> {
  const headers = { cookie: who.cookie };
  const answer = await house.app.inject(
    payload ? { method: 'POST', url, payload: { key: newId(), ...payload }, headers } : { url, headers },
  );
  return { status: answer.statusCode, body: answer.json() };
}

/** Asks by HTTP and lets the job run that the queue would. */
async function makePlan(ask: object, who = dispatcher): Promise<PlanView> {
  const asked = await call<{ plans: { id: string }[] }>(
    '/api/plans',
    { season: SEASON, seconds: 1, ...ask },
    who,
  );
  expect(asked.status, JSON.stringify(asked.body)).toBe(200);
  const plans = asked.body.plans.map((it) => it.id);
  await planTasks['trips.plan']?.({ staff: who.id, plans }, house.services);
  const view = await call<PlanView>(`/api/plans/${plans[0]}`, undefined, who);
  expect(view.body.fault).toBeNull();
  return view.body;
}

const commit = (id: string, more: object = {}, who = dispatcher) =>
  call<CommitOutcome>(`/api/plans/${id}/commit`, more, who);

interface SeatRow {
  trip: string;
  seat: number;
  wheelchair: boolean;
  party: string;
  wish: string;
  cap: number;
  sold: number;
  places: number;
  role: string;
}

const seats = (where = sql`true`): Promise<SeatRow[]> =>
  owner(house, async (tx) => {
    const { rows } =
      await sql<SeatRow>`select l.trip_id as trip, l.seat, l.wheelchair, i.party, i.wish_id as wish, t.cap, t.sold,
        t.places, t.role
      from trips_leg l join trips_itinerary i on i.id = l.itinerary_id join trips_trip t on t.id = l.trip_id
      where l.live and ${where} order by t.id, l.seat`.execute(tx);
    return rows;
  });

async function clear(): Promise<void> {
  await owner(house, (tx) =>
    sql
      .raw(
        `truncate trips_leg, trips_itinerary, trips_stop, trips_trip, trips_proposal, trips_fleet, trips_allotment, people_wish,
          people_person, journal cascade`,
      )
      .execute(tx),
  );
}

const together = (size: number, count: number, more: object = {}) =>
  Array.from({ length: count }, () => ({
    size,
    home: BAIMA,
    to: GUANGZHOU,
    earliest: DAY,
    latest: '2022-02-13',
    ...more,
  }));

function groupedBy<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
}

/** Law 2: no seat twice, none behind the cap, as many sold as legs stand. */
function checkSeats(rows: readonly SeatRow[]): void {
  const byTrip = groupedBy(rows, (it) => it.trip);
  for (const list of byTrip.values()) {
    expect(new Set(list.map((it) => it.seat)).size).toBe(list.length);
    expect(Math.max(...list.map((it) => it.seat))).toBeLessThanOrEqual(list[0]?.cap ?? 0);
    expect(list[0]?.sold).toBe(list.length);
  }
}

describe('words of the solver', () => {
  it('has a sentence for every reason and every remedy', () => {
    expect(REASONS.filter((it) => !(it in reasonWords))).toEqual([]);
    expect(REMEDIES.filter((it) => !(it in remedyWords))).toEqual([]);
  });
});

describe('a plan of three coaches of 49 seats', () => {
  let plan: PlanView;
  beforeAll(async () => {
    await clear();
    await addParties(house, [
      ...together(2, 18),
      ...together(3, 6, { home: YANGJIAO }),
      ...together(1, 4, { to: WENZHOU }),
      { size: 1, home: BAIMA, to: null },
      ...together(2, 1, { wheelchairs: 1 }),
    ]);
    plan = await makePlan({ fleet: [{ seats: 49, count: 3 }], toDay: '2022-02-14' });
  });

  it('changes nothing before it is committed', async () => {
    expect(plan.state).toBe('ready');
    expect(await seats()).toEqual([]);
  });

  it('uses coaches of 49 seats only, three at most at a time', () => {
    const main = plan.trips.filter((it) => it.role === 'main');
    expect(main.length).toBeGreaterThan(0);
    expect(main.length).toBeLessThanOrEqual(3);
    expect(new Set(main.map((it) => it.places))).toEqual(new Set([49]));
    expect(plan.placed).toBe(54);
    expect(plan.difference).toMatchObject({ newPeople: 54, joinedPeople: 0, unchangedRuns: 0 });
  });

  it('says of everybody without a way why, what helps and who answers', () => {
    const people = plan.gaps.reduce((sum, it) => sum + it.persons.length, 0);
    expect(people).toBe(plan.unplaced);
    expect(people).toBe(4 + 1 + 2);
    for (const gap of plan.gaps) {
      expect(gap.owner?.id).toBe(dispatcher.id);
      expect(reasonWords).toHaveProperty(gap.reason);
      expect(remedyWords).toHaveProperty(gap.remedy);
    }
    const reasons = new Set(plan.gaps.map((it) => it.reason));
    expect(reasons).toEqual(new Set(['no_destination', 'below_min_load', 'no_wheelchair_bay']));
  });

  it('seats everybody it placed, households side by side, and publishes', async () => {
    const done = await commit(plan.id);
    expect(done.status, JSON.stringify(done.body)).toBe(200);
    expect(done.body).toMatchObject({ placed: 54, unplaced: 7, leftOut: [], published: true });
    const rows = await seats(sql`t.role = 'main'`);
    expect(rows).toHaveLength(54);
    checkSeats(rows);
    for (const party of groupedBy(rows, (it) => it.party).values()) {
      expect(new Set(party.map((it) => it.trip)).size).toBe(1);
      const numbers = party.map((it) => it.seat);
      expect(Math.max(...numbers) - Math.min(...numbers)).toBeLessThan(6);
    }
    checkSeats(await seats());
    const journal = await owner(house, (tx) =>
      sql<{ type: string; n: number }>`select type, count(*) as n from journal group by type`.execute(tx),
    );
    const counts = Object.fromEntries(journal.rows.map((it) => [it.type, it.n]));
    expect(counts['trips.itinerary_seated']).toBe(54);
    expect(counts['trips.trip_published']).toBe(counts['trips.trip_committed']);
    expect(counts['trips.trip_committed']).toBe(done.body.runs + done.body.shuttles);
  });

  it('writes law 7 onto the wishes', async () => {
    const { rows } = await owner(house, (tx) =>
      sql<{ reason: string | null; remedy: string | null; owner: string | null; has: boolean }>`
        select unplaced_reason as reason, unplaced_remedy as remedy, unplaced_owner as owner,
          exists (select 1 from trips_itinerary i where i.wish_id = w.id) as has from people_wish w`.execute(
        tx,
      ),
    );
    for (const it of rows) {
      expect(it.reason === null).toBe(it.has);
      if (!it.has) expect([it.remedy !== null, it.owner]).toEqual([true, dispatcher.id]);
    }
  });

  it('is committed once', async () => {
    const again = await commit(plan.id);
    expect([again.status, again.body.code]).toEqual([409, 'trips.proposal_not_ready']);
    expect(await seats(sql`t.role = 'main'`)).toHaveLength(54);
  });

  it('moves nobody who is published when late callers are planned', async () => {
    const before = await seats();
    await addParties(house, together(2, 2));
    const late = await makePlan({ fleet: [{ seats: 49, count: 3 }], toDay: '2022-02-14' });
    expect(late.difference.joinedPeople).toBe(4);
    expect(late.difference.newRuns).toBe(0);
    const done = await commit(late.id);
    expect(done.body).toMatchObject({ placed: 4, runs: 0 });
    const after = await seats();
    const kept = new Map(after.map((it) => [`${it.wish} ${it.trip}`, it.seat]));
    for (const it of before) expect(kept.get(`${it.wish} ${it.trip}`)).toBe(it.seat);
    checkSeats(after);
  });

  it('belongs to its district alone', async () => {
    const other = await house.signIn('dispatcher', FENGDU);
    expect((await call(`/api/plans/${plan.id}`, undefined, other)).status).toBe(404);
    expect((await commit(plan.id, {}, other)).status).toBe(404);
    const list = await call<{ plans: object[] }>(`/api/plans?season=${SEASON}`, undefined, other);
    expect(list.body.plans).toEqual([]);
  });
});

describe('coaches for hire, gates and wheelchairs', () => {
  it('seats a wheelchair user in a bay of an accessible coach and hands everybody over at the gate', async () => {
    await clear();
    const { gate, employer } = await addGate(house, { county: GUANGZHOU, lon: 113.2, lat: 23.1 });
    await hire(house, WULONG, [DAY], [{ seats: 35, count: 1, bays: 2 }]);
    await addParties(house, [
      ...together(2, 1, { wheelchairs: 1, gate, latest: DAY }),
      ...together(4, 6, { gate, latest: DAY }),
    ]);
    const plan = await makePlan({ toDay: DAY });
    expect(plan.unplaced).toBe(0);
    expect((await commit(plan.id)).body.placed).toBe(26);
    const rows = await seats(sql`t.role = 'main'`);
    expect(rows.filter((it) => it.wheelchair).map((it) => it.seat)).toEqual([3]);
    const { rows: at } = await owner(house, (tx) =>
      sql<{
        employer: string;
        n: number;
        bays: number;
      }>`select l.employer_id as employer, count(*) as n, max(t.bays_sold) as bays
        from trips_leg l join trips_trip t on t.id = l.trip_id where t.role = 'main' group by 1`.execute(tx),
    );
    expect(at).toEqual([{ employer, n: 26, bays: 1 }]);
  });

  it('opens a train once and lets the next plan join it', async () => {
    await clear();
    await owner(house, (tx) =>
      sql`insert into trips_allotment (id, area, season, mode, number, day, from_name, from_lon, from_lat, to_name, to_lon, to_lat,
          depart_at, arrive_at, places, fare_fen)
        values (${newId()}, ${WULONG}, ${SEASON}, 'railTickets', 'K1234', ${DAY}, '武隆站', 107.75, 29.32, '广州站', 113.25, 23.15,
          '2022-02-12T13:00:00+08:00', '2022-02-13T08:00:00+08:00', 12, 20000)`.execute(tx),
    );
    await addParties(house, together(2, 3));
    const first = await makePlan({ toDay: '2022-02-13' });
    expect((await commit(first.id)).body.placed).toBe(6);
    await addParties(house, together(3, 1));
    const second = await makePlan({ toDay: '2022-02-13' });
    expect((await commit(second.id)).body).toMatchObject({ placed: 3, runs: 0 });
    const rows = await seats(sql`t.mode = 'railTickets'`);
    expect(new Set(rows.map((it) => it.trip)).size).toBe(1);
    expect(rows).toHaveLength(9);
    checkSeats(await seats());
  });
});

describe('what changes between plan and commit', () => {
  it('leaves out and reports who withdrew, with the rest of the party', async () => {
    await clear();
    const wishes = await addParties(house, together(2, 15));
    const plan = await makePlan({ fleet: [{ seats: 49, count: 1 }], toDay: '2022-02-13' });
    const gone = wishes[0]?.[0] as string;
    await owner(house, (tx) =>
      sql`update people_wish set status = 'withdrawn' where id = ${gone}`.execute(tx),
    );
    const done = await commit(plan.id);
    expect(done.body).toMatchObject({ placed: 28, leftOut: [{ reason: 'wishChanged', people: 2 }] });
    const { rows } = await owner(house, (tx) =>
      sql<{
        reason: string | null;
        owner: string | null;
      }>`select unplaced_reason as reason, unplaced_owner as owner
        from people_wish where id = ${wishes[0]?.[1]}`.execute(tx),
    );
    expect(rows).toEqual([{ reason: 'wish_changed', owner: dispatcher.id }]);
  });

  it('seats one identity of two districts once (law 1)', async () => {
    await clear();
    const identity = newId();
    const other = await house.signIn('dispatcher', FENGDU);
    const away = { home: '500230101000' };
    await addParties(house, [...together(1, 22), { ...together(1, 1)[0], identity } as never]);
    await addParties(house, [...together(1, 22, away), { ...together(1, 1, away)[0], identity } as never]);
    const ask = { fleet: [{ seats: 49, count: 1 }], toDay: '2022-02-13' };
    const [ours, theirs] = [await makePlan(ask), await makePlan(ask, other)];
    expect((await commit(ours.id)).body.placed).toBe(23);
    const second = await commit(theirs.id, {}, other);
    // Not that another district has the same person: the seat was taken, whoever took it.
    expect(second.body).toMatchObject({ placed: 22, leftOut: [{ reason: 'seatTaken', people: 1 }] });
    checkSeats(await seats());
  });

  it('refuses a plan that other runs of the district have overtaken', async () => {
    await clear();
    await addParties(house, together(2, 15));
    const ask = { fleet: [{ seats: 49, count: 1 }], toDay: '2022-02-13' };
    const [one, two] = [await makePlan(ask), await makePlan(ask)];
    expect((await commit(one.id)).status).toBe(200);
    const late = await commit(two.id);
    expect([late.status, late.body.code]).toEqual([409, 'trips.plan_outdated']);
    const thrown = await call(`/api/plans/${two.id}/discard`, {});
    expect(thrown.status).toBe(200);
  });

  it('takes a committed plan back while it is not published, and not afterwards', async () => {
    await clear();
    await addParties(house, together(2, 15));
    const ask = { fleet: [{ seats: 49, count: 1 }], toDay: '2022-02-13' };
    const plan = await makePlan(ask);
    expect((await commit(plan.id, { publish: false })).body).toMatchObject({ placed: 30, published: false });
    const back = await call<{ people: number }>(`/api/plans/${plan.id}/withdraw`, {});
    expect(back.body.people).toBe(30);
    expect(await seats()).toEqual([]);
    const again = await makePlan(ask);
    expect((await commit(again.id, { publish: false })).body.placed).toBe(30);
    const out = await call<{ trips: number }>(`/api/plans/${again.id}/publish`, {});
    expect(out.body.trips).toBeGreaterThan(0);
    expect((await call<{ trips: number }>(`/api/plans/${again.id}/withdraw`, {})).body.trips).toBe(0);
    expect(await seats(sql`t.role = 'main'`)).toHaveLength(30);
  });
});

describe('two at once', () => {
  const ask = { season: SEASON, fleet: [{ seats: 49, count: 1 }], toDay: '2022-02-13', seconds: 1 };

  it('commits two plans for the last seats of one coach without a seat too many', async () => {
    await clear();
    await addParties(house, together(2, 20));
    const base = await makePlan({ fleet: ask.fleet, toDay: ask.toDay });
    await commit(base.id);
    // Nine seats are left: the first plan gives out six, the second all nine, and they share people.
    await addParties(house, together(3, 2));
    const one = await makePlan(ask);
    await addParties(house, together(3, 2));
    const two = await makePlan(ask);
    expect([one.difference.joinedPeople, two.difference.joinedPeople]).toEqual([6, 9]);
    const scope = (await scopeOfStaff(house.services, dispatcher.id)) as Scope;
    const done = await Promise.all([one, two].map((it) => commit(it.id)));
    expect(done.map((it) => it.status)).toEqual([200, 200]);
    const placed = done.reduce((sum, it) => sum + it.body.placed, 0);
    const left = done.flatMap((it) => it.body.leftOut).reduce((sum, it) => sum + it.people, 0);
    expect([placed + left, placed <= 9]).toEqual([15, true]);
    const rows = await seats();
    checkSeats(rows);
    const trips = await within(house.services, scope, (tx) =>
      sql<{ sold: number; cap: number }>`select sold, cap from trips_trip`.execute(tx),
    );
    for (const it of trips.rows) expect(it.sold).toBeLessThanOrEqual(it.cap);
  });

  it('never sells more seats than there are; without condition and constraint it would', async () => {
    await clear();
    await addParties(house, together(2, 20));
    await commit((await makePlan({ fleet: ask.fleet, toDay: ask.toDay })).id);
    const scope = (await scopeOfStaff(house.services, dispatcher.id)) as Scope;
    const trip = (await seats(sql`t.role = 'main'`))[0]?.trip as string;
    const race = (sell: (tx: Parameters<typeof sellSeats>[0]) => Promise<boolean>) =>
      Promise.all([0, 1].map(() => within(house.services, scope, sell)));
    const sold = async () =>
      (
        await owner(house, (tx) =>
          sql<{ sold: number; cap: number }>`select sold, cap from trips_trip where id = ${trip}`.execute(tx),
        )
      ).rows[0] as { sold: number; cap: number };
    const won = await race((tx) => sellSeats(tx, [{ trip, seats: 8, bays: 0 }]));
    expect(won.sort()).toEqual([false, true]);
    expect(await sold()).toEqual({ sold: 48, cap: 49 });
    // The control: the same race without the two guards sells seats that are not there.
    await owner(house, (tx) => sql`alter table trips_trip drop constraint trips_trip_sold`.execute(tx));
    await race(async (tx) => {
      await sql`update trips_trip set sold = sold + 8 where id = ${trip}`.execute(tx);
      return true;
    });
    expect((await sold()).sold).toBe(64);
  });
});

describe('a whole city', () => {
  it('gets one plan for each district, without a queue', async () => {
    await clear();
    await addParties(house, [...together(2, 12), ...together(2, 12, { home: '500230101000' })]);
    await hire(house, WULONG, [DAY], [{ seats: 49, count: 1 }]);
    const { id } = await house.signIn('cityOfficer', '500000000000');
    const scope = (await scopeOfStaff(house.services, id)) as Scope;
    const shares: number[] = [];
    const ends = await planSeason(house.services, scope, {
      season: SEASON,
      toDay: '2022-02-13',
      seconds: 1,
      onShare: (share) => shares.push(share),
    });
    if (!ends.ok) throw new Error(ends.refusal.code);
    expect(ends.value.map(({ area, state }) => [area, state])).toEqual([
      [WULONG, 'ready'],
      [FENGDU, 'ready'],
    ]);
    expect(ends.value.map((it) => it.plan?.totals.placed)).toEqual([24, 0]);
    expect(shares.at(-1)).toBe(1);
    const fleet = { fleet: [{ seats: 49, count: 1 }] };
    const refusedFleet = await planSeason(house.services, scope, { season: SEASON, ...fleet });
    expect(refusedFleet).toMatchObject({ ok: false, refusal: { code: 'trips.fleet_needs_district' } });
  });
});
