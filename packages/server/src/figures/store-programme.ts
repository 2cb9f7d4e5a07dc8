import type { Flow, FlowPlace, ProgrammeNumbers } from '@fangang/domain/figures/api.ts';
import {
  CHANGSHOU,
  FENGDU,
  GUANGZHOU,
  HECHUAN,
  HECHUAN_BUS_DAY,
  WULONG,
  YUBEI_COUNTY,
} from '@fangang/domain/figures/programme.ts';
import type { Counts, DistrictCounts } from '@fangang/domain/figures/schema.ts';
import { sql } from 'kysely';
import { openCare } from '../platform/audit.ts';
import type { Tx } from '../platform/database.ts';
import { insideOnly } from '../platform/witness.ts';
import type { FlowPart } from './store.ts';
import { type Asked, fold, prepareFold } from './store-fold.ts';

type Named = Omit<ProgrammeNumbers, 'changshouRegistered' | 'runs' | 'persons' | 'packs' | 'fengduRuns'>;

/**
 * What the product counts for the systems S1, S3, S4, S9, S10 and S15, as of a moment; the rest comes from the figures already taken.
 *
 * Gates say where a charter went; the allotments of a train stand as they are now.
 */
export async function programmeNumbers(
  tx: Tx,
  asked: Asked,
  counts: { readonly total: Counts; readonly districts: readonly DistrictCounts[] },
): Promise<ProgrammeNumbers> {
  await prepareFold(tx);
  await openCare(tx, insideOnly('count'));
  const { rows } = await sql<Named>`
    ${fold(asked)},
    went as (
      select distinct r.trip, r.area, r.mode, t.day, left(g.county, 6) as county
      from run r join trips_trip t on t.id = r.trip::uuid
      join trips_stop s on s.trip_id = t.id join jobs_gate g on g.id = s.gate_id
      where r.area in (${WULONG}, ${HECHUAN})
    ),
    wulong as (select distinct trip from went where area = ${WULONG} and county = ${YUBEI_COUNTY}),
    bus as (
      select distinct trip from went where area = ${HECHUAN} and mode = 'charterBus' and day = ${HECHUAN_BUS_DAY}
        and left(county, 4) = ${GUANGZHOU}
    )
    select (select count(*) from wulong) as "wulongRuns",
      (select count(distinct s.identity) from stand s join wulong w on w.trip = s.trip) as "wulongPersons",
      (select count(distinct s.identity) from stand s join bus b on b.trip = s.trip) as "hechuanBus",
      (select count(*) from run where area = ${HECHUAN} and mode = 'reservedCarriage') as "hechuanRan",
      (select count(*) from trips_allotment where season = ${asked.season} and area = ${HECHUAN}
        and mode = 'reservedCarriage') as "hechuanAllotted",
      (select count(distinct s.identity) from stand s
        join people_person b on b.identity = s.identity::uuid
        join people_care c on c.person_id = b.id and c.kind = 'liftedOutOfPoverty'
        where left(s.area, 6) = ${FENGDU.slice(0, 6)}) as "fengduPersons"`.execute(tx);
  const of = (area: string): Counts | undefined => counts.districts.find((it) => it.area === area)?.counts;
  const none = 0 as never;
  return {
    ...(rows[0] as Named),
    changshouRegistered: of(CHANGSHOU)?.registered ?? none,
    runs: counts.total.runs,
    persons: counts.total.persons,
    packs: counts.total.packs,
    fengduRuns: of(FENGDU)?.runs ?? none,
  };
}

/** Cities shown on the map, the most people first. */
const MOST_PLACES = 6;
/** Lines on the map, the widest first. */
const MOST_FLOWS = 14;

/** Flows by city of the country, and by district inside the own municipality: the largest of each, for the map. */
export async function mapFlows(
  tx: Tx,
  city: string,
  parts: readonly FlowPart[],
): Promise<{ places: FlowPlace[]; flows: Flow[] }> {
  const codes = [...new Set(parts.map((it) => it.to))];
  const { rows } = await sql<{ code: string; city: string; name: string; pinyin: string }>`
    select p.code, p.city_code as city, coalesce(c.name, p.city_name) as name, coalesce(c.pinyin, p.pinyin) as pinyin
    from offices_place p left join offices_place c on c.code = p.city_code
    where p.code = any(${sql.val(codes)}::text[])`.execute(tx);
  const placeOf = new Map(rows.map((it) => [it.code, it]));
  const own = city.slice(0, 2);
  const flows = new Map<string, { from: string; to: string; persons: number }>();
  const places = new Map<string, { code: string; name: string; pinyin: string; persons: number }>();
  for (const part of parts) {
    const place = placeOf.get(part.to);
    const inside = part.to.startsWith(own);
    const to = inside ? part.to : (place?.city ?? part.to);
    const flow = flows.get(`${part.from} ${to}`) ?? { from: part.from, to, persons: 0 };
    flows.set(`${part.from} ${to}`, { ...flow, persons: flow.persons + part.n });
    if (inside || !place) continue;
    const known = places.get(to) ?? { code: to, name: place.name, pinyin: place.pinyin, persons: 0 };
    places.set(to, { ...known, persons: known.persons + part.n });
  }
  const top = [...places.values()].sort((a, b) => b.persons - a.persons).slice(0, MOST_PLACES);
  const shown = new Set(top.map((it) => it.code));
  const wide = [...flows.values()].sort((a, b) => b.persons - a.persons);
  const inside = wide.filter((it) => it.to.startsWith(own) && it.from !== it.to).slice(0, 1);
  const outside = wide.filter((it) => shown.has(it.to)).slice(0, MOST_FLOWS);
  return { places: top as FlowPlace[], flows: [...inside, ...outside] as Flow[] };
}
