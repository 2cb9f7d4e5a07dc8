import { sql } from 'kysely';
import type { SampleMark } from '../offices/store.ts';
import type { Tx } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import { copyRows, type JournalEvent } from '../platform/journal.ts';

/** An event of the sample: known the moment it happened. */
export type RecordRow = Omit<JournalEvent, 'device' | 'version'>;

/** Writes events into the journal, recorded when they happened. Other than `append` it takes one time of record for each. */
export async function addRecords(tx: Tx, records: readonly RecordRow[]): Promise<number> {
  return copyRows(
    tx,
    'journal',
    [
      'id',
      'at',
      'recorded_at',
      'actor',
      'key',
      'ordinal',
      'subject',
      'type',
      'area',
      'season',
      'version',
      'data',
    ],
    records.map((it) => ({ ...it, id: newId(), recorded_at: it.at, version: 1 })),
  );
}

export interface NeedToPut {
  readonly id: string;
  readonly season: string;
  readonly person_id: string;
  readonly area: string;
  readonly kind: string;
  readonly owner: string;
  readonly due: string;
  readonly status: string;
  readonly met_by: string | null;
  readonly reason: string;
}

/** Needs as the record has them, in place of what the wish alone has made of them; a need to travel keeps what its seat has made of it. */
export async function putNeeds(tx: Tx, rows: readonly NeedToPut[]): Promise<void> {
  const said = sql`json_to_recordset(${JSON.stringify(rows)}::json) as s(id uuid, season text, person_id uuid, area text, kind text, owner uuid,
    due date, status text, met_by uuid, reason text)`;
  await sql`update people_need n set owner = s.owner, due = s.due from ${said}
    where n.kind = 'travel' and s.kind = 'travel' and n.season = s.season and n.person_id = s.person_id`.execute(
    tx,
  );
  await sql`with said as materialized (select * from ${said} where s.kind <> 'travel'),
    gone as (delete from people_need n using said s where n.season = s.season and n.person_id = s.person_id and n.kind = s.kind
      returning n.person_id, n.kind)
    insert into people_need (id, season, person_id, area, kind, owner, due, status, met_by, reason, source)
    select s.id, s.season, s.person_id, s.area, s.kind, s.owner, s.due, s.status, s.met_by, s.reason,
      case when exists (select from gone g where g.person_id = s.person_id and g.kind = s.kind) then 'wish' else 'said' end
    from said s`.execute(tx);
}

/** Marks the installation as a sample, or says how far it is filled. */
export async function markSample(tx: Tx, mark: SampleMark): Promise<void> {
  await sql`insert into offices_installation (key, value) values ('sample', ${JSON.stringify(mark)}::jsonb)
    on conflict (key) do update set value = excluded.value`.execute(tx);
}

/** The sample's clock stands at a moment. */
export async function standClock(tx: Tx, at: string): Promise<void> {
  await sql`update offices_clock set mode = 'stands', at = ${at}::timestamptz, speed = 0, since = now()
    where id = 1`.execute(tx);
}

/** True where anybody or any season is on the books. */
export async function holdsData(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ any: boolean }>`select exists (select 1 from offices_staff)
    or exists (select 1 from people_person) or exists (select 1 from offices_season)
    or exists (select 1 from journal) as any`.execute(tx);
  return rows[0]?.any ?? false;
}

/** Empties every table of the rooms but the places. Only for an installation that is marked as a sample. */
export async function emptySample(tx: Tx): Promise<void> {
  const { rows } = await sql<{ name: string }>`select tablename as name from pg_tables
    where schemaname = current_schema()
      and (tablename in ('journal', 'request') or tablename ~ '^(offices|people|jobs|training|trips|fairs|outreach|figures)_')
      and tablename not in ('offices_area', 'offices_place', 'offices_station', 'offices_clock', 'offices_installation')`.execute(
    tx,
  );
  await sql`truncate ${sql.join(rows.map(({ name }) => sql.table(name)))}`.execute(tx);
}

/** Brings the planner's knowledge of the tables up to date after so many rows. */
export async function analyzeTables(tx: Tx): Promise<void> {
  await sql`analyze journal, people_person, people_wish, people_need, people_difficulty, trips_trip, trips_stop, trips_itinerary, trips_leg`.execute(
    tx,
  );
}

export interface SampleFigures {
  /** By docs/adr/0003: charters that left, carriage-days with somebody aboard. */
  readonly runs: number;
  readonly persons: number;
  readonly registered: number;
}

/** The two published figures and the register, counted from the journal of the running season. */
export async function countSample(tx: Tx, season: string): Promise<SampleFigures> {
  const { rows } = await sql<SampleFigures>`
    with boarding as (
      select distinct on (subject) subject, type, data from journal
      where season = ${season} and type in ('trips.leg_boarded', 'trips.leg_boarding_undone') and data->>'role' = 'main'
      order by subject, at desc, seq desc
    ), aboard as (select * from boarding where type = 'trips.leg_boarded')
    select
      ((select count(distinct subject) from journal where season = ${season} and type = 'trips.stop_departed'
          and data->>'role' = 'main' and data->>'mode' like 'charter%')
        + (select count(distinct data->>'trip') from aboard where data->>'mode' not like 'charter%'))::int as runs,
      (select count(distinct data->>'identity') from aboard)::int as persons,
      (select count(distinct data->>'identity') from journal
        where season = ${season} and type = 'people.wish_recorded')::int as registered`.execute(tx);
  return rows[0] as SampleFigures;
}
