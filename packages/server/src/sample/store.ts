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
  await sql`analyze journal, people_person, people_wish, people_need, trips_trip, trips_stop, trips_itinerary, trips_leg`.execute(
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
