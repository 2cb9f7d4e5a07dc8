import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../platform/database.ts';

/** What is asked: a season within a range of areas, as of a moment. */
export interface Asked {
  readonly season: string;
  /** Events with `at` up to and with this moment (rule 7). */
  readonly asOf: string;
  /** Only events recorded by then; null = all that is known now. */
  readonly knownAt: string | null;
  /** First and last 12-digit code, both included. Row-level security narrows it further, never widens it. */
  readonly from: string;
  readonly to: string;
}

/** Rows of the journal that may be looked at: a scan of `journal_season_type_at` for each kind of event. */
function events(asked: Asked, types: readonly string[]): RawBuilder<unknown> {
  const known = asked.knownAt === null ? sql`` : sql` and recorded_at <= ${asked.knownAt}::timestamptz`;
  return sql`journal where season = ${asked.season} and type = any(${sql.val([...types])}::text[])
    and at <= ${asked.asOf}::timestamptz and area >= ${asked.from} and area <= ${asked.to}${known}`;
}

/**
 * Who counts under which identity: where an office has found that two records are one person, by its last word as of the moment. No season is
 * named, since a merge holds in all of them.
 */
function sameParts(asked: Asked): RawBuilder<unknown> {
  const known = asked.knownAt === null ? sql`` : sql` and recorded_at <= ${asked.knownAt}::timestamptz`;
  return sql`
  same_as as materialized (
    select distinct on (data->>'from') data->>'from' as gone, data->>'to' as kept from journal
    where type in ('people.person_merged', 'people.merge_undone') and season is null
      and at <= ${asked.asOf}::timestamptz and area >= ${asked.from} and area <= ${asked.to}${known}
    order by data->>'from', at desc, seq desc
  )`;
}

/** The identity under which the person of an event counts: two records of one person are counted once. */
const WHO = sql`coalesce(same_as.kept, data->>'identity')`;
const MERGED = sql`left join same_as on same_as.gone = data->>'identity'`;

const CARRIAGES = sql`('reservedCarriage', 'railTickets')`;

/**
 * Signatures at gates. A district's trips are rows of its own in the journal; a town, which does not see those, reads the same moment
 * from the stops of its district's trips.
 */
function signatures(asked: Asked): RawBuilder<unknown> {
  const own = sql`select trip, stop from trip_event where type = 'trips.handover_signed'`;
  if (asked.from.endsWith('000000')) return own;
  return sql`${own} union select trip_id::text, no::text from trips_stop where signed_at <= ${asked.asOf}::timestamptz`;
}

/**
 * The fold of the journal, as common table expressions that a select follows; what it does not use is not computed.
 *
 * - `same_as (gone, kept)` identities that count under another
 * - `run (trip, area, mode)` rule 1, 2 and 8; `access_trip (trip, area, role)` feeders and last miles
 * - `stand` boardings on main legs that stand, rule 3, 4, 8 and 9
 * - `person (identity, home, destination, times, …)` one row for each identity, with what rules 10 and 11 ask
 *
 * A boarding stands by the last event of its leg in the order of (at, seq), as in `trips/fold.ts`: boarded, left or arrived it stands, undone,
 * held or absent it does not. Source: docs/adr/0003-counting-rules.md.
 */
export function fold(asked: Asked): RawBuilder<unknown> {
  return sql`with ${sameParts(asked)}, ${tripParts(asked)}, ${legParts(asked)}, ${wayParts(asked)}, ${personPart}`;
}

function tripParts(asked: Asked): RawBuilder<unknown> {
  return sql`
  trip_event as materialized (
    select subject::text as trip, area, type, data->>'role' as role, data->>'mode' as mode, data->>'stop' as stop,
      coalesce((data->>'aboard')::int, 0) as aboard
    from ${events(asked, ['trips.stop_departed', 'trips.trip_cancelled', 'trips.handover_signed'])}
  ),
  cancelled as (select distinct trip from trip_event where type = 'trips.trip_cancelled'),
  departed as (
    select trip, area, role, mode, max(aboard) as aboard from trip_event d
    where type = 'trips.stop_departed' and not exists (select from cancelled c where c.trip = d.trip)
    group by trip, area, role, mode
  ),
  signature as (${signatures(asked)}),
  access_trip as (select trip, area, role from departed where role <> 'main')`;
}

function legParts(asked: Asked): RawBuilder<unknown> {
  return sql`
  leg as materialized (
    select distinct on (subject) type, area, at, data
    from ${events(asked, [
      'trips.leg_boarded',
      'trips.leg_boarding_undone',
      'trips.leg_held',
      'trips.leg_absent',
      'trips.leg_left',
      'trips.leg_arrived',
    ])} and (data->>'role' = 'main' or type = 'trips.leg_arrived')
    order by subject, at desc, seq desc
  ),
  stand as materialized (
    select ${WHO} as identity, data->>'trip' as trip, data->>'tripArea' as trip_area, data->>'mode' as mode, area, at, type
    from leg ${MERGED}
    where type in ('trips.leg_boarded', 'trips.leg_left', 'trips.leg_arrived') and data->>'role' = 'main'
      and not exists (select from cancelled c where c.trip = leg.data->>'trip')
  ),
  run as (
    select trip, area, mode from departed where role = 'main' and (mode not in ${CARRIAGES} or aboard > 0)
    union
    select trip, trip_area, mode from stand where mode in ${CARRIAGES} and trip_area >= ${asked.from} and trip_area <= ${asked.to}
  ),
  gate as (
    select ${WHO} as identity, s.trip is not null as signed
    from leg ${MERGED} left join signature s on s.trip = leg.data->>'trip' and s.stop = leg.data->>'stop'
    where type = 'trips.leg_arrived' and data->>'final' = 'true'
  )`;
}

function wayParts(asked: Asked): RawBuilder<unknown> {
  return sql`
  way as (
    select itinerary, type, area, at, ${WHO} as identity from (
      select distinct on (subject) subject::text as itinerary, type, area, at, data
      from ${events(asked, ['trips.itinerary_seated', 'trips.itinerary_broken', 'trips.itinerary_cancelled'])}
      order by subject, at desc, seq desc
    ) last ${MERGED}
  ),
  missed as (
    select data->>'itinerary' as itinerary, max(at) as at from ${events(asked, ['trips.leg_absent'])} and data->>'role' = 'main'
    group by 1
  ),
  seat as (
    select identity, area from way w
    where type = 'trips.itinerary_seated' and not exists (select from missed m where m.itinerary = w.itinerary and m.at > w.at)
  ),
  said as (
    select distinct on (subject) subject, at, seq, area, data
    from ${events(asked, ['people.wish_recorded', 'people.wish_changed'])}
    order by subject, at desc, seq desc
  ),
  ended as (
    select distinct on (subject) subject, at, seq from ${events(asked, ['people.wish_withdrawn', 'people.wish_met_otherwise'])}
    order by subject, at desc, seq desc
  ),
  wish as (
    select ${WHO} as identity, area, data->>'destination' as destination
    from said s ${MERGED} left join ended e on e.subject = s.subject
    where (e.subject is null or (s.at, s.seq) > (e.at, e.seq))
      and data->>'mode' = 'ours' and data->>'kind' in ('sameJob', 'newJob')
  )`;
}

/** The home of an identity: where the seat was boarded first, else where it is held, else where the wish lies (rule 6). */
const personPart = sql`
  person as (
    select identity, right(min(home), 12) as home, max(destination) as destination, sum(boarded) as times,
      bool_or(wants) as wants, bool_or(seated) as seated, bool_or(gone) as gone, bool_or(at_gate) as at_gate, bool_or(signed) as signed
    from (
      select identity, 'a' || to_char(at at time zone 'UTC', 'YYYYMMDDHH24MISSUS') || area as home, null as destination, 1 as boarded,
        false as wants, false as seated, type = 'trips.leg_left' as gone, false as at_gate, false as signed
      from stand
      union all select identity, null, null, 0, false, false, false, true, signed from gate
      union all select identity, 'b' || area, null, 0, false, true, false, false, false from seat
      union all select identity, 'c' || area, destination, 0, true, false, false, false, false from wish
    ) part
    group by identity
  )`;

/** Which persons of the fold a figure counts; conditions on one row of `person`. */
export const PERSON_IS = {
  wants: sql`wants`,
  unmet: sql`wants and not seated and times = 0`,
  waiting: sql`seated and times = 0`,
  persons: sql`times > 0`,
  inTransit: sql`times > 0 and not at_gate and not gone`,
  leftOnTheWay: sql`times > 0 and not at_gate and gone`,
  arrived: sql`times > 0 and at_gate`,
  awaitingSignature: sql`times > 0 and at_gate and not signed`,
  signedFor: sql`times > 0 and at_gate and signed`,
} as const;

/**
 * People on the books, one row for each identity and district; behind `fold`. Who was merged counts once, who was taken off with a whole import no more.
 */
export function registrations(asked: Asked): RawBuilder<unknown> {
  return sql`select ${WHO} as identity, min(area) as area from (
      select r.area, r.data from (select data, area, at, seq from ${events(asked, ['people.person_registered'])}) r
      where not exists (select from (select data, area, at, seq from ${events(asked, ['people.person_removed'])}) x
        where x.data->>'identity' = r.data->>'identity' and left(x.area, 6) = left(r.area, 6) and (x.at, x.seq) > (r.at, r.seq))) came ${MERGED}
    group by 1, left(area, 6)`;
}

/** Packs handed over, by the home of who got them; behind `fold`. */
export function packIssues(asked: Asked): RawBuilder<unknown> {
  return sql`select ${WHO} as identity, area from (select area, data from ${events(asked, ['trips.pack_issued'])}) given ${MERGED}`;
}

/**
 * Room for the fold in memory, no compiler for a query that takes a fraction of a second, and no nested loops over its parts, whose sizes
 * the planner guesses far too small (2 s instead of 0.3 s). All three end with the transaction.
 */
export async function prepareFold(tx: Tx): Promise<void> {
  await sql`select set_config('work_mem', '64MB', true), set_config('jit', 'off', true),
    set_config('enable_nestloop', 'off', true)`.execute(tx);
}
