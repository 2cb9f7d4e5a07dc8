import { added, noCounts, type Part, totalOf } from '@fangang/domain/figures/rules.ts';
import type {
  Counts,
  DistrictCounts,
  Figures,
  TrainDays,
  UnmetGroup,
} from '@fangang/domain/figures/schema.ts';
import type { TripMode } from '@fangang/domain/trips/schema.ts';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../platform/database.ts';
import { pinyinName } from '../platform/pinyin.ts';
import { type Asked, fold, PERSON_IS, packIssues, prepareFold, registrations } from './store-fold.ts';
import { unmetLines } from './store-unmet.ts';

/** A flow of boarded people, as the fold gives it: home district and wished destination, 6 digits each. */
export interface FlowPart {
  readonly from: string;
  readonly to: string;
  readonly n: number;
}

interface PartRow {
  readonly district: string;
  readonly key: string;
  readonly part: string | null;
  readonly n: number;
  /** A row of a list that comes with the counts. */
  readonly line: unknown;
}

interface DistrictName {
  readonly code: string;
  readonly name: string;
  readonly pinyin: string;
}

/**
 * All figures as of a moment: one statement, which reads each event of the journal once.
 *
 * `current` says that the moment is now: only then are the reasons of the people without a way told, as the last plan left them.
 */
export async function figuresAsOf(
  tx: Tx,
  asked: Asked,
  { current }: { readonly current: boolean },
): Promise<Figures> {
  const lists = current ? sql`${trainLines(asked)} ${unmetLines(asked)}` : trainLines(asked);
  const { rows, names } = await partRows(tx, asked, lists);
  const { total, districts } = partsToCounts(rows, names);
  return {
    season: asked.season,
    area: asked.from,
    asOf: asked.asOf,
    knownAt: asked.knownAt,
    total,
    districts,
    trains: linesOf<TrainDays>(rows, 'train'),
    unmetGroups: current ? unmetGroups(rows) : null,
  };
}

/** Staff have no pinyin on the books: it is made when they are named. */
function unmetGroups(rows: readonly PartRow[]): UnmetGroup[] {
  return linesOf<UnmetGroup>(rows, 'unmetGroup').map((it) => ({
    ...it,
    ownerPinyin: it.owner && pinyinName(it.owner),
  }));
}

function linesOf<Line>(rows: readonly PartRow[], key: string): Line[] {
  return rows.filter((it) => it.key === key).map((it) => it.line as Line);
}

/** The counts of an area and of each of its districts, and where the boarded people go. */
export async function countsAsOf(
  tx: Tx,
  asked: Asked,
): Promise<{ total: Counts; districts: DistrictCounts[]; flows: FlowPart[] }> {
  const { rows, names } = await partRows(tx, asked, sql``);
  return partsToCounts(rows, names);
}

/** The counts of now, and the people not yet placed by their reasons. */
export async function unmetAsOf(
  tx: Tx,
  asked: Asked,
): Promise<{ total: Counts; districts: DistrictCounts[]; flows: FlowPart[]; groups: UnmetGroup[] }> {
  const { rows, names } = await partRows(tx, asked, unmetLines(asked));
  return { ...partsToCounts(rows, names), groups: unmetGroups(rows) };
}

async function partRows(
  tx: Tx,
  asked: Asked,
  lists: RawBuilder<unknown>,
): Promise<{ rows: PartRow[]; names: DistrictName[] }> {
  const names = await districtNames(tx, asked);
  await prepareFold(tx);
  const keys = sql.join(Object.keys(PERSON_IS).map((key) => sql.lit(key)));
  const numbers = sql.join(Object.values(PERSON_IS).map((is) => sql`count(*) filter (where ${is})`));
  const { rows } = await sql<PartRow>`
    ${fold(asked)},
    registered as (${registrations(asked)})
    select left(area, 6) as district, 'runs' as key, mode as part, count(*) as n, null::json as line from run group by 1, 3
    union all select left(area, 6), case role when 'feeder' then 'feeders' else 'lastMiles' end, null, count(*), null from access_trip
      group by 1, 2
    union all select left(home, 6), 'personTimes', null, sum(times), null from person where times > 0 and home is not null group by 1
    union all select left(area, 6), 'packs', null, count(*), null from (${packIssues(asked)}) pack group by 1
    union all select left(area, 6), 'registered', null, count(*), null from registered group by 1
    union all select '', 'registered', null, count(*), null from (select from registered group by identity) once
    union all select d.district, v.key, null, v.n, null from
      (select left(home, 6) as district, array[${numbers}] as n from person where home is not null group by 1) d,
      lateral unnest(array[${keys}], d.n) as v(key, n)
    union all select left(home, 6), 'flow', destination, count(*), null from person
      where times > 0 and home is not null and destination is not null group by 1, 3
    ${lists}`.execute(tx);
  return { rows, names };
}

/** Each train number with our places on it: days used as of the moment, days allotted as they stand now (S9). */
function trainLines(asked: Asked): RawBuilder<unknown> {
  return sql`union all select '', 'train', null, 0, row_to_json(train) from (
      select a.number, a.mode, a.area, min(a.from_name) as from, min(a.to_name) as to,
        count(distinct r.trip) as ran, count(distinct a.id) as allotted
      from trips_allotment a
      left join trips_trip t on t.allotment_id = a.id
      left join run r on r.trip = t.id::text
      where a.season = ${asked.season} and a.mode in ('reservedCarriage', 'railTickets')
        and a.area between ${asked.from} and ${asked.to}
      group by a.number, a.mode, a.area order by a.area, a.number
    ) train`;
}

function partsToCounts(
  rows: readonly PartRow[],
  names: readonly DistrictName[],
): { total: Counts; districts: DistrictCounts[]; flows: FlowPart[] } {
  const flows = rows
    .filter((it) => it.key === 'flow')
    .map((it) => ({ from: it.district, to: it.part ?? '', n: it.n }));
  const parts = rows
    .filter((it) => it.key !== 'flow' && it.district !== '')
    .map((it) => ({ district: it.district, key: it.key, mode: it.part as TripMode | null, n: it.n }) as Part);
  const byDistrict = new Map<string, Counts>();
  for (const part of parts)
    byDistrict.set(part.district, added(byDistrict.get(part.district) ?? noCounts(), part));
  const registered = rows.find((it) => it.key === 'registered' && it.district === '')?.n ?? 0;
  return {
    // Two districts may hold one identity on their books; the whole area counts it once.
    total: { ...totalOf(parts), registered: registered as Counts['registered'] },
    districts: names.map(({ code, name, pinyin }) => ({
      area: code,
      name,
      pinyin,
      counts: byDistrict.get(code.slice(0, 6)) ?? noCounts(),
    })),
    flows,
  };
}

/** Districts that lie in the range asked for, or the one it lies in. */
async function districtNames(tx: Tx, asked: Asked): Promise<DistrictName[]> {
  const { rows } = await sql<DistrictName>`select code, name, pinyin from offices_area
    where level = 'district' and (code between ${asked.from} and ${asked.to} or left(code, 6) = ${asked.from.slice(0, 6)})
    order by code`.execute(tx);
  return rows;
}

/** Name of an area for a bulletin or a title; the code where it is not known. */
export async function areaName(tx: Tx, code: string): Promise<{ name: string; pinyin: string }> {
  const { rows } = await sql<{
    name: string;
    pinyin: string;
  }>`select name, pinyin from offices_area where code = ${code}`.execute(tx);
  return rows[0] ?? { name: code, pinyin: code };
}
