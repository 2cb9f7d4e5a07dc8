import type { PastLine, PastType, PeopleState, WayLeg, WayStage } from '@fangang/domain/trips/api-people.ts';
import type { ItineraryStatus, TripMode } from '@fangang/domain/trips/schema.ts';
import { sql } from 'kysely';
import { type Condition, type PeopleFilter, WANTS } from '../people/store-people.ts';
import type { Tx } from '../platform/database.ts';

const LIVE = sql`i.status not in ('cancelled', 'broken')`;

/** Identities of the season with a live way in one of these states; all live ones where none is named. */
function live(season: string, ...statuses: ItineraryStatus[]): Condition {
  const among = statuses.length === 0 ? sql`` : sql` and i.status = any(${sql.val(statuses)}::text[])`;
  return sql`select i.identity from trips_itinerary i where i.season = ${season} and ${LIVE}${among}`;
}

/** Identities whose last way broke for one of these reasons and who have no other since. */
function broken(season: string, reasons: readonly string[]): Condition {
  return sql`select b.identity from (
      select distinct on (i.identity) i.identity, i.status, i.broken_reason from trips_itinerary i
      where i.season = ${season} and i.status in ('cancelled', 'broken') order by i.identity, i.made_at desc, i.id desc
    ) b
    where b.status = 'broken' and b.broken_reason = any(${sql.val([...reasons])}::text[])
      and b.identity not in (${live(season)})`;
}

const LEFT = ['left_on_the_way'];
const MISSED = ['absent', 'held_at_door'];

/** Held while the door is still open: the seat is kept until the bus leaves. */
function heldNow(season: string): Condition {
  return sql`select l.identity from trips_leg l join trips_itinerary i on i.id = l.itinerary_id
    where l.season = ${season} and l.live and l.state = 'held' and ${LIVE}`;
}

/**
 * The people's filter that a state asks for. Counts agree with the figures (docs/adr/0003, rule 11): no way yet = not yet placed, a seat =
 * waiting to depart. Whoever missed the bus has no way either, and is found under both.
 */
export function filterOf(season: string, state: PeopleState): Pick<PeopleFilter, 'status' | 'also'> {
  const among = (identities: Condition): { also: Condition } => ({
    also: sql`p.identity in (${identities})`,
  });
  const without = sql`p.identity not in (${live(season)}) and p.identity not in (${broken(season, LEFT)})`;
  switch (state) {
    case 'notPlaced':
      return { status: 'wants', also: without };
    case 'unplaced':
      return { status: 'unplaced', also: without };
    case 'seated':
      return among(live(season, 'seated', 'confirmed'));
    case 'missed':
      return {
        also: sql`p.identity in (${heldNow(season)} union ${broken(season, MISSED)})
          and (p.identity in (${heldNow(season)}) or (${WANTS}))`,
      };
    case 'underWay':
    case 'arrived':
    case 'signedFor':
      return among(live(season, state));
    case 'left':
      return among(broken(season, LEFT));
    default:
      return { status: state };
  }
}

export interface WayRow {
  readonly person: string;
  readonly itinerary: string;
  readonly stage: WayStage | null;
  readonly reason: string | null;
  readonly departed: boolean;
  readonly tripId: string | null;
  readonly code: string | null;
  readonly mode: TripMode | null;
  readonly departAt: string | null;
  readonly seat: number | null;
}

/** The stages as `filterOf` counts them; whoever missed the bus and has withdrawn since has none. */
const STAGE = sql`case
  when i.status in ('underWay', 'arrived', 'signedFor') then i.status
  when ${LIVE} then case when h.held then 'missed' else 'seated' end
  when i.status = 'broken' and i.broken_reason = any(${sql.val(LEFT)}::text[]) then 'left'
  when i.status = 'broken' and i.broken_reason = any(${sql.val(MISSED)}::text[]) and ${WANTS} then 'missed' end`;

/** For each of these people the live way of the identity in the season, else the last one, with its main run. */
export async function listWaysOf(tx: Tx, season: string, persons: readonly string[]): Promise<WayRow[]> {
  const { rows } = await sql<WayRow>`
    select p.id as person, i.id as itinerary, ${STAGE} as stage, coalesce(h.hold_reason, i.broken_reason) as reason,
      coalesce(h.departed, false) as departed, m.trip_id as "tripId", m.code, m.mode, m.depart_at as "departAt", m.seat
    from people_person p
    left join people_wish w on w.person_id = p.id and w.season = ${season}
    join lateral (
      select * from trips_itinerary i where i.season = ${season} and i.identity = p.identity
      order by ${LIVE} desc, i.made_at desc, i.id desc limit 1
    ) i on true
    left join lateral (
      select bool_or(l.live and l.state = 'held') as held, max(l.hold_reason) filter (where l.state = 'held') as hold_reason,
        bool_or(l.state in ('boarded', 'left', 'arrived') and s.departed_at is not null) as departed
      from trips_leg l left join trips_stop s on s.trip_id = l.trip_id and s.no = l.board where l.itinerary_id = i.id
    ) h on true
    left join lateral (
      select t.id as trip_id, t.code, t.mode, s.depart_at, l.seat
      from trips_leg l left join trips_trip t on t.id = l.trip_id
      left join trips_stop s on s.trip_id = l.trip_id and s.no = l.board
      where l.itinerary_id = i.id order by (t.role = 'main') desc nulls last, l.no limit 1
    ) m on true
    where p.id = any(${persons}::uuid[])`.execute(tx);
  return rows;
}

interface LegRow extends Omit<WayLeg, 'trip'> {
  readonly tripId: string | null;
  readonly code: string | null;
}

/** Rides of a way in the order of travel; those given up only where all are. */
export async function listWayLegs(tx: Tx, itinerary: string): Promise<LegRow[]> {
  const { rows } = await sql<LegRow>`
    select t.id as "tripId", t.code, t.role, t.mode, l.seat, l.state,
      coalesce(b.name, '') as "from", coalesce(b.pinyin, '') as "fromPinyin",
      coalesce(o.name, '') as "to", coalesce(o.pinyin, '') as "toPinyin", b.depart_at as "departAt", o.arrive_at as "arriveAt"
    from trips_leg l left join trips_trip t on t.id = l.trip_id
    left join trips_stop b on b.trip_id = l.trip_id and b.no = l.board
    left join trips_stop o on o.trip_id = l.trip_id and o.no = l.alight
    where l.itinerary_id = ${itinerary}::uuid
      and (l.live or not exists (select 1 from trips_leg v where v.itinerary_id = l.itinerary_id and v.live))
    order by l.no`.execute(tx);
  return rows;
}

/** Most lines of one person's past. */
const MOST_PAST = 60;

/**
 * What the journal tells of a person in a season, the earliest first. A signature is a row of the run, which a town does not see in the
 * journal: its moment is read from the stop.
 */
export async function listPast(
  tx: Tx,
  season: string,
  person: string,
  types: readonly PastType[],
): Promise<PastLine[]> {
  const { rows } = await sql<PastLine>`
    with way as (
      select i.id, i.status from trips_itinerary i join people_person p on p.identity = i.identity
      where p.id = ${person}::uuid and i.season = ${season}
    ),
    subject as (
      select ${person}::uuid as id
      union all select id from people_wish where person_id = ${person}::uuid and season = ${season}
      union all select id from way
      union all select l.id from trips_leg l join way on way.id = l.itinerary_id
    ),
    past as (
      select j.at, j.seq, j.type, coalesce(j.data->>'reason', j.data->>'why') as reason,
        coalesce(j.data->>'trip', (
          select ride->>'trip' from jsonb_array_elements(j.data->'legs') ride order by (ride->>'role' = 'main') desc limit 1
        ))::uuid as trip
      from journal j join subject on subject.id = j.subject
      where j.season = ${season} and j.type = any(${sql.val([...types])}::text[])
      union all
      select s.signed_at, null, 'trips.handover_signed', null, s.trip_id
      from trips_leg l join way on way.id = l.itinerary_id and way.status = 'signedFor'
      join trips_stop s on s.trip_id = l.trip_id and s.no = l.alight
      where s.signed_at is not null and s.kind = 'gate' and l.state = 'arrived'
    )
    select past.at, past.type, t.code as "tripCode", past.reason from past left join trips_trip t on t.id = past.trip
    order by past.at, past.seq nulls last limit ${MOST_PAST}`.execute(tx);
  return rows;
}
