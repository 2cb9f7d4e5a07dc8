import type { FigureKey, FigureRows, PersonRow, TripRow } from '@fangang/domain/figures/schema.ts';
import type { TripMode } from '@fangang/domain/trips/schema.ts';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../platform/database.ts';
import { type Asked, fold, PERSON_IS, packIssues, prepareFold, registrations } from './store-fold.ts';
import { unmetOf, type WhichUnmet } from './store-unmet.ts';

/** Rows of one page. */
export const PAGE_SIZE = 50;

type TripKey = 'runs' | 'carriageDays' | 'feeders' | 'lastMiles';

function isTripKey(key: FigureKey): key is TripKey {
  return key === 'runs' || key === 'carriageDays' || key === 'feeders' || key === 'lastMiles';
}

/** The rows behind a figure: counted by the same fold, so that `n` is the figure. */
export async function figureRows(
  tx: Tx,
  asked: Asked,
  it: WhichUnmet & { readonly key: FigureKey; readonly mode?: TripMode | undefined; readonly page: number },
): Promise<FigureRows> {
  await prepareFold(tx);
  const head = { key: it.key, asOf: asked.asOf, size: PAGE_SIZE };
  if (isTripKey(it.key)) return { ...head, ...(await tripRows(tx, asked, it.key, it)), people: [] };
  return { ...head, ...(await personRows(tx, asked, it.key, it)), trips: [] };
}

function tripsOf(key: TripKey, mode: TripMode | undefined): RawBuilder<unknown> {
  if (key === 'feeders') return sql`select trip from access_trip where role = 'feeder'`;
  if (key === 'lastMiles') return sql`select trip from access_trip where role = 'lastMile'`;
  const carriages = key === 'carriageDays' ? sql` and mode in ('reservedCarriage', 'railTickets')` : sql``;
  const ofMode = mode === undefined ? sql`` : sql` and mode = ${mode}`;
  return sql`select trip from run where true${carriages}${ofMode}`;
}

async function tripRows(
  tx: Tx,
  asked: Asked,
  key: TripKey,
  it: { readonly mode?: TripMode | undefined; readonly page: number },
): Promise<{ n: number; trips: TripRow[] }> {
  const { rows } = await sql<TripRow & { all: number }>`
    ${fold(asked)},
    chosen as (${tripsOf(key, it.mode)}),
    aboard as (select trip, count(distinct identity) as persons from stand group by trip)
    select t.id, t.code, t.mode, t.day, t.depart_at as "departAt", (select count(*) from chosen) as all,
      coalesce(f.name, '') as from, coalesce(f.pinyin, '') as "fromPinyin", coalesce(l.name, '') as to, coalesce(l.pinyin, '') as "toPinyin",
      coalesce(d.name, t.area) as district, coalesce(d.pinyin, t.area) as "districtPinyin", coalesce(a.persons, 0) as persons
    from chosen c
    join trips_trip t on t.id = c.trip::uuid
    left join aboard a on a.trip = c.trip
    left join offices_area d on d.code = left(t.area, 6) || '000000'
    left join lateral (select name, pinyin from trips_stop s where s.trip_id = t.id order by no limit 1) f on true
    left join lateral (select name, pinyin from trips_stop s where s.trip_id = t.id order by no desc limit 1) l on true
    order by t.depart_at desc, t.code limit ${PAGE_SIZE} offset ${it.page * PAGE_SIZE}`.execute(tx);
  if (rows.length === 0 && it.page > 0)
    return { ...(await tripRows(tx, asked, key, { ...it, page: 0 })), trips: [] };
  return { n: rows[0]?.all ?? 0, trips: rows.map(({ all: _, ...row }) => row) };
}

function isNarrowed({ reason, remedy, district, owner, drafted }: WhichUnmet): boolean {
  return (reason ?? remedy ?? district ?? owner ?? drafted) !== undefined;
}

function peopleOf(asked: Asked, key: Exclude<FigureKey, TripKey>, which: WhichUnmet): RawBuilder<unknown> {
  if (key === 'registered')
    return sql`select identity, min(area) as home, 1 as times from (${registrations(asked)}) r group by 1`;
  if (key === 'packs')
    return sql`select identity, min(area) as home, count(*) as times from (${packIssues(asked)}) p group by 1`;
  if (key === 'unmet' && isNarrowed(which)) return unmetOf(asked, which);
  const is = key === 'personTimes' ? PERSON_IS.persons : PERSON_IS[key];
  return sql`select identity, home, times from person where home is not null and ${is}`;
}

async function personRows(
  tx: Tx,
  asked: Asked,
  key: Exclude<FigureKey, TripKey>,
  it: WhichUnmet & { readonly page: number },
): Promise<{ n: number; people: PersonRow[] }> {
  const { page } = it;
  const all = key === 'packs' || key === 'personTimes' ? sql`sum(times)` : sql`count(*)`;
  const { rows } = await sql<PersonRow & { all: number }>`
    ${fold(asked)},
    chosen as materialized (${peopleOf(asked, key, it)}),
    page as (select * from chosen order by home, identity limit ${PAGE_SIZE} offset ${page * PAGE_SIZE}),
    line as (
      select distinct on (c.identity) c.identity, c.home, c.times, p.id, p.name, p.pinyin, p.id_tail
      from page c left join people_person p on p.identity = c.identity::uuid order by c.identity, (p.area = c.home) desc nulls last, p.id
    )
    select md5(l.identity || ${asked.from}) as row, l.id as "personId", coalesce(l.name, '') as name, coalesce(l.pinyin, '') as pinyin,
      coalesce(l.id_tail, '') as "idTail", l.times, (select ${all} from chosen) as all,
      coalesce(d.name, '') as district, coalesce(d.pinyin, '') as "districtPinyin",
      coalesce(t.name, '') as town, coalesce(t.pinyin, '') as "townPinyin"
    from line l
    left join offices_area d on d.code = left(l.home, 6) || '000000'
    left join offices_area t on t.code = left(l.home, 9) || '000' and t.level = 'town'
    order by l.home, l.identity`.execute(tx);
  if (rows.length === 0 && page > 0)
    return { ...(await personRows(tx, asked, key, { ...it, page: 0 })), people: [] };
  return { n: rows[0]?.all ?? 0, people: rows.map(({ all: _, ...row }) => row) };
}
