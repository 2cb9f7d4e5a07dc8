import type { PeopleState } from '@fangang/domain/trips/api-people.ts';
import { legStates } from '@fangang/domain/trips/fold.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countsAsOf, unmetAsOf } from '../figures/store.ts';
import { figureRows } from '../figures/store-rows.ts';
import { readAreas } from '../offices/place-files.ts';
import { scopeOf } from '../offices/scope.ts';
import { findDoor, findSample } from '../offices/store.ts';
import { openNumber } from '../people/sealed-numbers.ts';
import { listPage } from '../people/store-people.ts';
import type { Tx } from '../platform/database.ts';
import { asOwner } from '../platform/owner.ts';
import { within } from '../platform/services.ts';
import { type FreshDatabase, freshDatabase } from '../platform/testing.ts';
import { insideOnly } from '../platform/witness.ts';
import { filterOf } from '../trips/store-people.ts';
import { ticketCodeOf, ticketIndex } from '../trips/ticket-code.ts';
import { fillSample, type SampleSummary } from './fill.ts';
import { makeWorld } from './make-world.ts';
import { CLOCK, SEASON } from './season.ts';
import { markSample } from './store.ts';
import type { SampleTrip, World } from './world.ts';
import { peopleTwice } from './write-duplicates.ts';

const OPTIONS = { seed: 2022, scale: 0.05 };

let fresh: FreshDatabase;
let world: World;
let summary: SampleSummary;
const shares: number[] = [];

beforeAll(async () => {
  fresh = await freshDatabase();
  world = makeWorld({ ...OPTIONS, areas: readAreas() });
  summary = await fillSample(fresh, fresh.adminUrl, {
    ...OPTIONS,
    onProgress: (share) => shares.push(share),
  });
});
afterAll(() => fresh.close());

function owner<Value>(work: (tx: Tx) => Promise<Value>): Promise<Value> {
  return asOwner(fresh.adminUrl, fresh.city, work);
}

async function count(tx: Tx, query: ReturnType<typeof sql>): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from (${query}) as counted`.execute(tx);
  return rows[0]?.n ?? -1;
}

function boardedOn(trip: SampleTrip): Set<number> {
  const on = new Set<number>();
  for (const act of trip.acts) {
    if (act.type === 'boarded') on.add(act.passenger);
    if (act.type === 'undone') on.delete(act.passenger);
  }
  return on;
}

describe('the sample in the database', () => {
  it('counts from the journal what happened in the world', async () => {
    const main = world.trips.filter((trip) => trip.role === 'main');
    const left = main.filter((trip) => trip.acts.some((act) => act.type === 'departed'));
    const boarded = new Set(
      main.flatMap((trip) => [...boardedOn(trip)].map((i) => trip.passengers[i]?.person)),
    );
    const wishing = new Set(world.wishes.filter((it) => it.season === SEASON).map((it) => it.person));
    expect(summary).toMatchObject({ runs: left.length, persons: boarded.size, registered: wishing.size });
    await owner(async (tx) => {
      expect(
        await count(
          tx,
          sql`select from journal where type = 'trips.trip_committed' union all select from journal where false`,
        ),
      ).toBe(world.trips.length);
      expect(await count(tx, sql`select from journal where type = 'trips.pack_issued'`)).toBe(boarded.size);
      expect(await count(tx, sql`select from trips_pack_issue`)).toBe(boarded.size);
      expect(await count(tx, sql`select from journal where type = 'people.person_registered'`)).toBe(
        world.persons.length + peopleTwice(world).length,
      );
      const signed = world.trips.flatMap((it) => it.acts).filter((act) => act.type === 'signed').length;
      expect(await count(tx, sql`select from trips_handover`)).toBe(signed);
      expect(await count(tx, sql`select from journal where type = 'trips.handover_signed'`)).toBe(signed);
    });
  });

  it('tells nothing after its clock, and each event was known when it happened', async () => {
    await owner(async (tx) => {
      expect(
        await count(tx, sql`select from journal where at > ${CLOCK}::timestamptz or recorded_at <> at`),
      ).toBe(0);
      const { rows } = await sql`select mode, at from offices_clock`.execute(tx);
      expect(rows).toEqual([{ mode: 'stands', at: expect.stringContaining('2022-02-11T17:00:00') }]);
    });
  });

  it('keeps law 8: the journal of each trip, folded, is its rows', async () => {
    await owner(async (tx) => {
      const events = await sql<{ type: string; subject: string; at: string; seq: number }>`
        select type, subject, at, seq from journal where type like 'trips.leg%'`.execute(tx);
      const states = legStates(events.rows);
      const legs = await sql<{ id: string; state: string; boarded: boolean; arrived: boolean }>`
        select id, state, boarded_at is not null as boarded, arrived_at is not null as arrived from trips_leg`.execute(
        tx,
      );
      expect(legs.rows.length).toBe(world.trips.reduce((sum, trip) => sum + trip.passengers.length, 0));
      for (const leg of legs.rows) {
        expect(leg.state).toBe(states.get(leg.id) ?? 'expected');
        expect(leg.boarded).toBe(leg.state === 'boarded' || leg.state === 'arrived');
        expect(leg.arrived).toBe(leg.state === 'arrived');
      }
      const wrongStops = sql`
        select from trips_stop s left join lateral (
          select max(at) filter (where type = 'trips.door_opened') as opened,
            max(at) filter (where type = 'trips.stop_arrived') as arrived,
            max(at) filter (where type = 'trips.handover_signed') as signed,
            max(at) filter (where type = 'trips.stop_departed') as departed
          from journal j where j.subject = s.trip_id and (j.data->>'stop')::int = s.no) e on true
        where e.opened is distinct from s.opened_at or e.arrived is distinct from s.arrived_at
          or e.signed is distinct from s.signed_at or (s.kind <> 'gate' and e.departed is distinct from s.departed_at)`;
      expect(await count(tx, wrongStops)).toBe(0);
      const trips = await sql<{ status: string; folded: string }>`
        select t.status, case
            when bool_or(j.type = 'trips.trip_cancelled') then 'cancelled'
            when bool_or(j.type = 'trips.stop_arrived' and (j.data->>'last')::boolean) then
              case when (select count(*) filter (where kind = 'gate') between 1 and count(signed_at) from trips_stop where trip_id = t.id)
                then 'closed' else 'arrived' end
            when bool_or(j.type = 'trips.stop_departed') then 'departed'
            when bool_or(j.type = 'trips.door_opened') then 'boarding'
            else 'published' end as folded
        from trips_trip t join journal j on j.subject = t.id group by t.id, t.status`.execute(tx);
      expect(trips.rows).toHaveLength(world.trips.length);
      for (const trip of trips.rows) expect(trip.status).toBe(trip.folded);
      expect(new Set(trips.rows.map((trip) => trip.status))).toEqual(
        new Set(['published', 'boarding', 'departed', 'arrived', 'closed', 'cancelled']),
      );
    });
  });

  it('breaks exactly the ways of whom the journal calls absent, held or called off, with an owner for each', async () => {
    await owner(async (tx) => {
      const wrong = sql`
        select from trips_itinerary i full join (select subject, data->>'reason' as reason from journal
            where type = 'trips.itinerary_broken') b on b.subject = i.id
        where (i.status = 'broken') <> (b.subject is not null) or i.broken_reason is distinct from b.reason`;
      expect(await count(tx, wrong)).toBe(0);
      const { rows } = await sql<{
        reason: string;
      }>`select distinct broken_reason as reason from trips_itinerary
        where status = 'broken' order by 1`.execute(tx);
      expect(rows.map(({ reason }) => reason)).toContain('trip_cancelled');
      const forgotten = sql`select from trips_itinerary i join people_wish w on w.id = i.wish_id
        left join offices_staff s on s.id = w.unplaced_owner
        where i.status = 'broken' and (w.unplaced_reason is distinct from i.broken_reason or s.role is distinct from 'dispatcher')`;
      expect(await count(tx, forgotten)).toBe(0);
    });
  });

  it('sells what is seated: no seat twice, sold as many as live, none beyond the cap', async () => {
    await owner(async (tx) => {
      const wrong = sql`select from trips_trip t left join trips_leg l on l.trip_id = t.id and l.live
        group by t.id having count(l.id) <> t.sold or count(distinct l.seat) <> t.sold or max(l.seat) > t.cap
          or count(l.id) filter (where l.wheelchair) <> t.bays_sold`;
      expect(await count(tx, wrong)).toBe(0);
      expect(await count(tx, sql`select from trips_leg where not live`)).toBeGreaterThan(0);
    });
  });

  it('meets the need to travel of whoever has a seat, and of nobody else', async () => {
    await owner(async (tx) => {
      const wrong = sql`select from people_need n left join trips_itinerary i on i.id = n.met_by
        where n.kind = 'travel' and (n.status = 'met') <> (coalesce(i.status, '') in ('seated', 'confirmed', 'underWay', 'arrived', 'signedFor'))`;
      expect(await count(tx, wrong)).toBe(0);
      expect(await count(tx, sql`select from people_need where kind = 'travel' and status = 'met'`)).toBe(
        await count(
          tx,
          sql`select from trips_itinerary where status in ('seated', 'confirmed', 'underWay', 'arrived', 'signedFor')`,
        ),
      );
    });
  });

  it('leaves nobody behind: every wish without a seat has a need with an owner and a reason (law 7)', async () => {
    const leftBehind = sql`select from people_wish w where w.season = ${SEASON} and w.status in ('recorded', 'confirmed')
      and w.mode = 'ours' and w.kind in ('sameJob', 'newJob') and not exists (select from people_need n
        where n.season = w.season and n.person_id = w.person_id and n.kind = 'travel'
          and (n.status = 'met' or (n.status in ('open', 'taken') and n.owner_area is not null and n.reason <> '')))`;
    await owner(async (tx) => {
      expect(await count(tx, leftBehind)).toBe(0);
      expect(
        await count(tx, sql`select from people_need where kind = 'travel' and status = 'open'`),
      ).toBeGreaterThan(0);
      // Control: a need that got lost is somebody left behind.
      await sql`savepoint whole`.execute(tx);
      await sql`delete from people_need where id = (select id from people_need where kind = 'travel' and status = 'open' limit 1)`.execute(
        tx,
      );
      expect(await count(tx, leftBehind)).toBe(1);
      await sql`rollback to whole`.execute(tx);
    });
  });

  it('has difficulties in every state, each with its words under seal', async () => {
    await owner(async (tx) => {
      const { rows } = await sql<{
        status: string;
      }>`select distinct status from people_difficulty order by 1`.execute(tx);
      expect(rows.map((it) => it.status)).toEqual(['answered', 'climbed', 'owned', 'solved', 'told']);
      expect(await count(tx, sql`select from people_difficulty where told_sealed is null`)).toBe(0);
    });
  });

  it('seals numbers so that only the keys of the installation read them', async () => {
    await owner(async (tx) => {
      const { rows } = await sql<
        Record<'id_sealed' | 'phone_sealed' | 'phone2_sealed', Buffer | null> & { id: string }
      >`
        select id, id_sealed, phone_sealed, phone2_sealed from people_person`.execute(tx);
      const read = new Set(
        // A second record of somebody holds no number.
        rows.flatMap((row) => openNumber(fresh.secrets, row, 'id_sealed', insideOnly('count')) ?? []),
      );
      expect(read).toEqual(new Set(world.persons.map((person) => person.idNumber)));
      const ways = await sql<{
        id: string;
        ticket_index: Buffer;
      }>`select id, ticket_index from trips_itinerary
        limit 5`.execute(tx);
      for (const way of ways.rows)
        expect(way.ticket_index).toEqual(ticketIndex(ticketCodeOf(fresh.secrets, way.id)));
    });
  });

  it('marks itself and says how far it is', async () => {
    expect(await owner(findSample)).toEqual({ ...OPTIONS, state: 'ready', share: 1 });
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.length).toBeGreaterThan(3);
  });
});

describe('who sees the sample', () => {
  async function door(role: string) {
    const staff = await within(fresh, { kind: 'open' }, (tx) => findDoor(tx, role));
    if (!staff) throw new Error(`no door for ${role}`);
    return staff;
  }

  it('has a door for every role, each to work that waits', async () => {
    const roles = new Set(world.accounts.map((account) => account.role));
    for (const role of roles) expect((await door(role)).role).toBe(role);
    expect((await door('dispatcher')).area).toBe('500156000000');
    expect((await door('townOfficer')).area).toMatch(/^500156\d{3}000$/);
    const escort = await door('escort');
    const employer = await door('employer');
    await owner(async (tx) => {
      expect(
        await count(
          tx,
          sql`select from trips_trip where escort_id = ${escort.id}::uuid and status = 'boarding'`,
        ),
      ).toBeGreaterThan(0);
      expect(
        await count(
          tx,
          sql`select from trips_stop where employer_id = ${employer.employer_id}::uuid
            and arrived_at is not null and signed_at is null`,
        ),
      ).toBeGreaterThan(0);
    });
  });

  it('shows a dispatcher of Wulong the people of Wulong and no others', async () => {
    const own = world.persons.filter((person) => person.village.startsWith('500156')).length;
    await within(fresh, scopeOf(await door('dispatcher')), async (tx) => {
      expect(await count(tx, sql`select from people_person`)).toBe(own + peopleTwice(world).length);
      for (const table of ['people_person', 'people_wish', 'trips_trip', 'trips_leg', 'journal']) {
        expect(await count(tx, sql`select from ${sql.table(table)} where area not like '500156%'`)).toBe(0);
        expect(await count(tx, sql`select from ${sql.table(table)}`)).toBeGreaterThan(0);
      }
    });
  });

  it('shows a labor broker and an agency the own ledger, and an employer the own gates', async () => {
    for (const role of ['laborBroker', 'agency']) {
      const holder = await door(role);
      await within(fresh, scopeOf(holder), async (tx) => {
        expect(await count(tx, sql`select from people_person`)).toBeGreaterThan(0);
        expect(
          await count(tx, sql`select from people_person where ledger_office <> ${holder.office_id}::uuid`),
        ).toBe(0);
      });
    }
    const employer = await door('employer');
    await within(fresh, scopeOf(employer), async (tx) => {
      expect(await count(tx, sql`select from trips_leg`)).toBeGreaterThan(0);
      expect(
        await count(tx, sql`select from trips_stop where employer_id <> ${employer.employer_id}::uuid`),
      ).toBe(0);
    });
  });
});

describe('the people’s list', () => {
  it.each([
    ['the city', 'leader'],
    ['Wulong', 'dispatcher'],
  ])('of %s finds as many people in each state as the figures count', async (_, role) => {
    const staff = await within(fresh, { kind: 'open' }, (tx) => findDoor(tx, role));
    if (!staff) throw new Error(`no door for ${role}`);
    const scope = scopeOf(staff);
    if (scope.kind !== 'office') throw new Error('an office looks at figures');
    await within(fresh, scope, async (tx) => {
      const { areaFrom: from, areaTo: to } = scope;
      const { total } = await countsAsOf(tx, { season: SEASON, asOf: CLOCK, knownAt: null, from, to });
      const found = async (state: PeopleState) => {
        const filter = { season: SEASON, bySums: true, ...filterOf(SEASON, state) };
        return (await listPage(tx, filter, { limit: 1, offset: 0 })).total;
      };
      expect(await found('notPlaced')).toBe(total.unmet);
      expect(await found('seated')).toBe(total.waiting);
      expect(await found('underWay')).toBe(total.inTransit);
      expect(await found('arrived')).toBe(total.awaitingSignature);
      expect(await found('signedFor')).toBe(total.signedFor);
      expect(await found('left')).toBe(total.leftOnTheWay);
      expect(await found('wants')).toBe(total.wants);
      expect(total.signedFor).toBeGreaterThan(0);
      expect(await found('missed')).toBeLessThan(total.unmet);
      if (role === 'leader') expect(await found('missed')).toBeGreaterThan(0);
    });
  });
});

it('everybody not yet placed has a reason, a district and an owner, and each group opens to its people', async () => {
  const leader = await within(fresh, { kind: 'open' }, (tx) => findDoor(tx, 'leader'));
  if (!leader) throw new Error('no door for the leader');
  await within(fresh, scopeOf(leader), async (tx) => {
    const asked = { season: SEASON, asOf: CLOCK, knownAt: null, from: '500000000000', to: '509999999999' };
    const { total, groups } = await unmetAsOf(tx, asked);
    expect(groups.reduce((sum, it) => sum + it.persons, 0)).toBe(total.unmet);
    expect(new Set(groups.map((it) => it.district)).size).toBeGreaterThan(10);
    for (const it of [...groups.slice(0, 6), ...groups.slice(-6)]) {
      const { reason, remedy, district, ownerId } = it;
      expect(ownerId).not.toBeNull();
      const which = { reason: reason ?? '', remedy: remedy ?? undefined, district, owner: ownerId ?? '' };
      expect((await figureRows(tx, asked, { key: 'unmet', page: 0, ...which })).n).toBe(it.persons);
    }
  });
});

describe('filling again', () => {
  it('starts over where a filling broke off, and leaves no trace of the first', async () => {
    await owner((tx) => markSample(tx, { ...OPTIONS, state: 'filling', share: 0.4 }));
    const again = await fillSample(fresh, fresh.adminUrl, OPTIONS);
    expect({ ...again, tookMs: 0 }).toEqual({ ...summary, tookMs: 0 });
    await owner(async (tx) => {
      expect(await count(tx, sql`select from people_person`)).toBe(
        world.persons.length + peopleTwice(world).length,
      );
      expect(await count(tx, sql`select from trips_trip`)).toBe(world.trips.length);
    });
  });

  it('touches no database with data that is no sample', async () => {
    await owner((tx) => sql`delete from offices_installation where key = 'sample'`.execute(tx));
    await expect(fillSample(fresh, fresh.adminUrl, OPTIONS)).rejects.toMatchObject({
      code: 'sample.data_there',
    });
    await owner(async (tx) => expect(await count(tx, sql`select from trips_trip`)).toBe(world.trips.length));
  });
});
