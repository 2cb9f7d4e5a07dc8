import type { SurveyGroup } from '@fangang/domain/people/rules-need.ts';
import type { NeedKind, NeedStatus } from '@fangang/domain/people/schema.ts';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../platform/database.ts';
import type { HitRow } from './store-people.ts';

export interface NeedRow {
  readonly id: string;
  readonly season: string;
  readonly person_id: string;
  readonly area: string;
  readonly kind: NeedKind;
  readonly status: NeedStatus;
  readonly due: string;
  readonly reason: string;
  readonly void_reason: string | null;
  readonly owner: string | null;
  readonly owner_name: string | null;
  readonly owner_area_name: string;
  readonly owner_area_pinyin: string;
  readonly climbed: number;
  readonly has_evidence: boolean;
}

/** A row of the list with its person. */
export type NeedHit = NeedRow & { readonly person: HitRow };

/** The person of a row as `hitOf` reads it. */
export const PERSON_JSON = sql`json_build_object('id', p.id, 'name', p.name, 'pinyin', p.pinyin, 'gender', p.gender, 'area', p.area,
  'id_tail', p.id_tail, 'phone_tail', p.phone_tail, 'area_name', a.name, 'area_pinyin', a.pinyin) as person`;

/** Who works on it, and the area whose office answers for it; `n` is the row. */
export const ANSWERS = sql`left join offices_staff s on s.id = n.owner left join offices_area o on o.code = n.owner_area`;

const COLUMNS = sql`n.id, n.season, n.person_id, n.area, n.kind, n.status, n.due, n.void_reason, n.owner, n.climbed,
  case when n.status in ('open', 'taken') then coalesce(w.unplaced_reason, n.reason) else n.reason end as reason,
  n.evidence_sealed is not null as has_evidence, s.name as owner_name,
  coalesce(o.name, n.owner_area) as owner_area_name, coalesce(o.pinyin, n.owner_area) as owner_area_pinyin`;
const FROM = sql`people_need n ${ANSWERS}
  left join people_wish w on n.kind = 'travel' and w.season = n.season and w.person_id = n.person_id`;

export interface WhichNeeds {
  readonly season: string;
  readonly state: NeedStatus | 'waiting';
  readonly kind?: NeedKind | undefined;
  readonly owner?: string | undefined;
  readonly ownerArea?: string | undefined;
  /** Due before this day. */
  readonly before?: string | undefined;
  readonly range?: { readonly from: string; readonly to: string } | undefined;
}

function conditionOf(it: WhichNeeds): RawBuilder<unknown> {
  const parts = [
    sql`n.season = ${it.season}`,
    it.state === 'waiting' ? sql`n.status in ('open', 'taken')` : sql`n.status = ${it.state}`,
  ];
  if (it.kind) parts.push(sql`n.kind = ${it.kind}`);
  if (it.owner) parts.push(sql`n.owner = ${it.owner}::uuid`);
  if (it.ownerArea) parts.push(sql`n.owner_area = ${it.ownerArea}`);
  if (it.before) parts.push(sql`n.due < ${it.before}::date and n.status in ('open', 'taken')`);
  if (it.range) parts.push(sql`n.area between ${it.range.from} and ${it.range.to}`);
  return sql.join(parts, sql` and `);
}

/** A page of the demand list, the earliest day first, and how many there are. */
export async function listNeedPage(
  tx: Tx,
  which: WhichNeeds,
  page: { readonly limit: number; readonly offset: number },
): Promise<{ rows: NeedHit[]; total: number }> {
  const where = conditionOf(which);
  const { rows } = await sql<NeedHit>`select ${COLUMNS}, ${PERSON_JSON}
    from (select * from people_need n where ${where} order by n.due, n.id limit ${page.limit} offset ${page.offset}) n
    join people_person p on p.id = n.person_id left join offices_area a on a.code = p.area ${ANSWERS}
    left join people_wish w on n.kind = 'travel' and w.season = n.season and w.person_id = n.person_id
    order by n.due, n.id`.execute(tx);
  const counted = await sql<{
    n: number;
  }>`select count(*)::int as n from people_need n where ${where}`.execute(tx);
  return { rows, total: counted.rows[0]?.n ?? 0 };
}

export interface NeedSums {
  readonly open: number;
  readonly taken: number;
  readonly overdue: number;
  readonly met: number;
}

export async function sumNeeds(tx: Tx, season: string, today: string): Promise<NeedSums> {
  const { rows } = await sql<NeedSums>`select count(*) filter (where status = 'open')::int as open,
      count(*) filter (where status = 'taken')::int as taken, count(*) filter (where status = 'met')::int as met,
      count(*) filter (where status in ('open', 'taken') and due < ${today}::date)::int as overdue
    from people_need where season = ${season}`.execute(tx);
  return rows[0] ?? { open: 0, taken: 0, overdue: 0, met: 0 };
}

export async function listNeedsOf(tx: Tx, season: string, person: string): Promise<NeedRow[]> {
  const { rows } = await sql<NeedRow>`select ${COLUMNS} from ${FROM}
    where n.season = ${season} and n.person_id = ${person}::uuid order by n.due, n.id`.execute(tx);
  return rows;
}

/** A need within the asker's area, locked. */
export async function lockNeed(tx: Tx, id: string): Promise<NeedRow | undefined> {
  const { rows } =
    await sql<NeedRow>`select n.* from people_need n where n.id = ${id}::uuid for update`.execute(tx);
  return rows[0];
}

/** What a step changes of a need; what is left out stays. */
export interface NeedStep {
  readonly status: NeedStatus;
  readonly owner?: string;
  readonly voidReason?: string;
  readonly metBy?: string;
  readonly reason?: string;
  readonly evidence?: Buffer | null;
}

export async function stepNeed(tx: Tx, id: string, it: NeedStep): Promise<void> {
  await sql`update people_need set status = ${it.status}, owner = coalesce(${it.owner ?? null}::uuid, owner),
      void_reason = ${it.voidReason ?? null}, met_by = ${it.metBy ?? null}::uuid, reason = coalesce(${it.reason ?? null}, reason),
      evidence_sealed = coalesce(${it.evidence ?? null}::bytea, evidence_sealed)
    where id = ${id}::uuid`.execute(tx);
}

/** Towns of the area with their needs to travel that are not void, by destination. */
export async function groupTravel(
  tx: Tx,
  season: string,
): Promise<(SurveyGroup & { name: string; pinyin: string })[]> {
  const { rows } = await sql<SurveyGroup & { name: string; pinyin: string }>`
    select g.home, g.destination, g.people, g."withGate", coalesce(a.name, g.home) as name, coalesce(a.pinyin, g.home) as pinyin
    from (select left(n.area, 9) || '000' as home, w.destination, count(*)::int as people,
        count(*) filter (where w.gate_id is not null or w.gate_text is not null)::int as "withGate"
      from people_need n join people_wish w on w.season = n.season and w.person_id = n.person_id
      where n.season = ${season} and n.kind = 'travel' and n.status <> 'void' group by 1, 2) g
    left join offices_area a on a.code = g.home order by g.home, g.destination`.execute(tx);
  return rows;
}

export interface Hand {
  readonly id: string;
  readonly name: string;
  readonly area: string;
  readonly areaName: string;
}

/** Accounts of the asker's district that work with people. */
export async function listStaffHands(tx: Tx, id: string | null, limit: number): Promise<Hand[]> {
  const { rows } =
    await sql<Hand>`select s.id, s.name, s.area, coalesce(a.name, s.area) as "areaName" from offices_staff s
    left join offices_area a on a.code = s.area
    where s.active and s.role in ('cityOfficer', 'districtOfficer', 'townOfficer', 'dispatcher')
      and (${id}::uuid is null or s.id = ${id}::uuid)
    order by s.area, s.name limit ${limit}`.execute(tx);
  return rows;
}

export interface Climbed {
  readonly id: string;
  readonly area: string;
  readonly season: string;
  readonly kind: string;
  readonly climbed: number;
}

/**
 * Lifts what is late to the office above, within the asker's area: once for each level. `lateFrom` says for each level before which day
 * something must have been due, or have climbed last. A need keeps its state; a difficulty that nobody has answered becomes *climbed*.
 */
export async function climbRows(
  tx: Tx,
  table: 'people_need' | 'people_difficulty',
  lateFrom: readonly string[],
  today: string,
): Promise<Climbed[]> {
  const waits =
    table === 'people_need' ? sql`status in ('open', 'taken')` : sql`status in ('told', 'owned', 'climbed')`;
  const state = table === 'people_need' ? sql`` : sql`, status = 'climbed'`;
  const { rows } =
    await sql<Climbed>`update ${sql.id(table)} set climbed = climbed + 1, climbed_on = ${today}::date ${state}
    where ${waits} and climbed < ${lateFrom.length} and coalesce(climbed_on, due) < (${lateFrom}::date[])[climbed + 1]
    returning id, area, season, kind, climbed`.execute(tx);
  return rows.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Areas of the city's districts: each is climbed in a transaction of its own. */
export async function listDistricts(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{
    code: string;
  }>`select code from offices_area where level = 'district' order by code`.execute(tx);
  return rows.map((it) => it.code);
}
