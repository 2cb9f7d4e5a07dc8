import type { DepartureRow, OpenProposal, UnsignedRow } from '@fangang/domain/figures/schema.ts';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../platform/database.ts';

/** Most rows of one list of the workbench. */
const MOST = 100;

const ENDS: RawBuilder<unknown> = sql`
  left join lateral (select name, pinyin from trips_stop s where s.trip_id = t.id order by no limit 1) f on true
  left join lateral (select name, pinyin from trips_stop s where s.trip_id = t.id order by no desc limit 1) l on true`;

/** Main runs that leave on a day, in the order of departure. */
export async function departuresOf(tx: Tx, season: string, day: string): Promise<DepartureRow[]> {
  const { rows } = await sql<DepartureRow>`
    select t.id, t.code, t.mode, t.status, t.depart_at as "departAt", t.sold, t.cap,
      coalesce(f.name, '') as from, coalesce(f.pinyin, '') as "fromPinyin", coalesce(l.name, '') as to, coalesce(l.pinyin, '') as "toPinyin",
      (select count(*) from trips_leg g where g.trip_id = t.id and g.live and g.state in ('boarded', 'arrived', 'left')) as boarded
    from trips_trip t ${ENDS}
    where t.season = ${season} and t.day = ${day}::date and t.role = 'main'
    order by t.depart_at, t.code limit ${MOST}`.execute(tx);
  return rows;
}

/** Gates where people arrived up to a moment and nobody has signed, the longest waiting first. */
export async function unsignedGates(tx: Tx, season: string, asOf: string): Promise<UnsignedRow[]> {
  const { rows } = await sql<UnsignedRow>`
    select t.id as "tripId", t.code, s.no as stop, s.name as gate, s.pinyin as "gatePinyin", s.arrived_at as "arrivedAt",
      (select count(*) from trips_leg g where g.trip_id = t.id and g.live and g.alight = s.no and g.state = 'arrived') as persons
    from trips_stop s join trips_trip t on t.id = s.trip_id
    where t.season = ${season} and s.kind = 'gate' and s.arrived_at <= ${asOf}::timestamptz
      and (s.signed_at is null or s.signed_at > ${asOf}::timestamptz)
    order by s.arrived_at limit ${MOST}`.execute(tx);
  return rows;
}

/** Draft plans that run or wait to be committed. */
export async function openProposals(tx: Tx, season: string): Promise<OpenProposal[]> {
  const { rows } = await sql<OpenProposal>`
    select p.id, p.area, coalesce(a.name, p.area) as "areaName", coalesce(a.pinyin, p.area) as "areaPinyin", p.state, p.share,
      p.asked_at as "askedAt"
    from trips_proposal p left join offices_area a on a.code = p.area
    where p.season = ${season} and p.state in ('running', 'ready')
    order by p.asked_at desc limit ${MOST}`.execute(tx);
  return rows;
}

/** A main run whose doors stand open, the next to leave. */
export async function findBoarding(tx: Tx, season: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`select id from trips_trip
    where season = ${season} and role = 'main' and status = 'boarding' order by depart_at limit 1`.execute(
    tx,
  );
  return rows[0]?.id ?? null;
}

/** A bus at a gate of an employer: the latest that nobody has signed for, else the latest there was. */
export async function findAtGate(
  tx: Tx,
  season: string,
  { asOf, employer }: { readonly asOf: string; readonly employer: string },
): Promise<string | null> {
  const { rows } = await sql<{ trip: string }>`select s.trip_id as trip from trips_stop s
    join trips_trip t on t.id = s.trip_id join jobs_gate g on g.id = s.gate_id and g.employer_id = ${employer}::uuid
    where t.season = ${season} and s.kind = 'gate' and s.arrived_at <= ${asOf}::timestamptz
    order by s.signed_at is null or s.signed_at > ${asOf}::timestamptz desc, s.arrived_at desc limit 1`.execute(
    tx,
  );
  return rows[0]?.trip ?? null;
}

/** A way to show as a ticket: of the next run to leave, somebody seated. */
export async function findTicketToShow(tx: Tx, season: string, asOf: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`select i.id from trips_trip t
    join trips_leg l on l.trip_id = t.id and l.live join trips_itinerary i on i.id = l.itinerary_id
    where t.season = ${season} and t.role = 'main' and t.status in ('published', 'boarding')
      and i.status in ('seated', 'confirmed') and t.depart_at >= ${asOf}::timestamptz
    order by t.depart_at, l.seat limit 1`.execute(tx);
  return rows[0]?.id ?? null;
}
