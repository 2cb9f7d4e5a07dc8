import type { ReportFilter } from '@fangang/domain/people/api-report.ts';
import type { IssueSettings, LayoutMap, RowChange } from '@fangang/domain/people/report.ts';
import type { ReportPerson } from '@fangang/domain/people/report-values.ts';
import type { CareGroup } from '@fangang/domain/people/schema.ts';
import { type RawBuilder, sql } from 'kysely';
import { areaRange, type Tx } from '../platform/database.ts';
import { GOES, HIT, type HitRow, HOME, LIVE } from './store-people.ts';

export interface ReportRow {
  readonly id: string;
  readonly title: string;
  readonly file: string;
  readonly map: LayoutMap;
  readonly made_at: string;
  readonly removed_at: string | null;
}

export interface NewReport extends Omit<ReportRow, 'made_at' | 'removed_at'> {
  readonly area: string;
  readonly layoutHash: string;
  readonly sealed: Buffer;
  readonly at: string;
  readonly actor: string;
}

export async function addReportRow(tx: Tx, it: NewReport): Promise<void> {
  await sql`insert into people_report (id, area, title, file, layout_hash, map, file_sealed, made_at, made_by)
    values (${it.id}, ${it.area}, ${it.title}, ${it.file}, ${it.layoutHash}, ${JSON.stringify(it.map)}::jsonb, ${it.sealed},
      ${it.at}::timestamptz, ${it.actor})`.execute(tx);
}

/** The own office's layouts, those that are in use first; each with the day it was last filled. */
export async function listReportRows(
  tx: Tx,
  area: string,
): Promise<(ReportRow & { last_issue_at: string | null })[]> {
  const { rows } = await sql<ReportRow & { last_issue_at: string | null }>`
    select id, title, file, map, made_at, removed_at,
      (select max(i.at) from people_report_issue i where i.report_id = r.id) as last_issue_at
    from people_report r where area = ${area} order by removed_at is not null, made_at desc, id limit 500`.execute(
    tx,
  );
  return rows;
}

/** An own layout with its blank; undefined where it is another office's or there is none. */
export async function findReport(
  tx: Tx,
  area: string,
  id: string,
): Promise<(ReportRow & { sealed: Buffer }) | undefined> {
  const { rows } = await sql<ReportRow & { sealed: Buffer }>`
    select id, title, file, map, made_at, removed_at, file_sealed as sealed from people_report
    where id = ${id} and area = ${area}`.execute(tx);
  return rows[0];
}

/** What the office has said of the same blank before, also of one that was removed since. */
export async function findLayoutMap(tx: Tx, area: string, hash: string): Promise<LayoutMap | undefined> {
  const { rows } = await sql<{ map: LayoutMap }>`select map from people_report
    where area = ${area} and layout_hash = ${hash} order by made_at desc, id desc limit 1`.execute(tx);
  return rows[0]?.map;
}

export async function setReportMap(tx: Tx, id: string, map: LayoutMap): Promise<void> {
  await sql`update people_report set map = ${JSON.stringify(map)}::jsonb where id = ${id}`.execute(tx);
}

export async function setReportRemoved(tx: Tx, id: string, at: string | null): Promise<void> {
  await sql`update people_report set removed_at = ${at}::timestamptz where id = ${id}`.execute(tx);
}

const STATUS: Readonly<Record<ReportFilter['status'], RawBuilder<unknown>>> = {
  all: sql`true`,
  wants: sql`${GOES} and w.mode = 'ours'`,
  ownWay: sql`${GOES} and w.mode <> 'ours'`,
  stays: sql`not (${GOES})`,
  noWish: sql`w.id is null`,
};

/** Whom a report is about, by village and name. Only a wish that stands counts as one. */
export async function listReportIds(tx: Tx, filter: ReportFilter, limit: number): Promise<string[]> {
  const { from, to } = areaRange(filter.area);
  const kind = filter.kind === '' ? sql`true` : sql`w.kind = ${filter.kind}`;
  const { rows } = await sql<{ id: string }>`
    select p.id from people_person p
    left join people_wish w on w.person_id = p.id and w.season = ${filter.season} and ${LIVE}
    where p.area >= ${from} and p.area <= ${to} and p.erased_at is null and ${STATUS[filter.status]} and ${kind}
    order by p.area, p.initials, p.name, p.id limit ${limit}`.execute(tx);
  return rows.map((it) => it.id);
}

/** A person as a report sees one, numbers sealed. */
export interface ReportPersonRow extends Omit<ReportPerson, 'idNumber' | 'phone' | 'phone2'> {
  readonly id_sealed: Buffer | null;
  readonly phone_sealed: Buffer | null;
  readonly phone2_sealed: Buffer | null;
  readonly id_tail: string;
  readonly phone_tail: string;
}

const PLACE = (table: string) => sql`case when ${sql.ref(`${table}.code`)} is null then null else
  jsonb_build_object('code', ${sql.ref(`${table}.code`)}, 'province', ${sql.ref(`${table}.province_name`)},
    'city', ${sql.ref(`${table}.city_name`)}, 'county', case when ${sql.ref(`${table}.level`)} = 'county' then ${sql.ref(`${table}.name`)} else '' end) end`;

/** These people with home, wish and last spell of work, in the order asked. Care groups only once their reading was noted. */
export async function listReportPeople(
  tx: Tx,
  ids: readonly string[],
  season: string,
): Promise<ReportPersonRow[]> {
  const { rows } = await sql<ReportPersonRow>`
    select p.id, p.area, p.name, p.gender, p.birth, p.nation, p.education, p.relation, h.number as household,
      dn.name as county, tn.name as town, case when vn.level = 'village' then vn.name end as village, p.address,
      p.registered_place as "registeredPlace", p.labor_ability as "laborAbility", p.job_type as "jobType", p.workplace,
      p.id_sealed, p.phone_sealed, p.phone2_sealed, p.id_tail, p.phone_tail,
      case when w.id is null then null else jsonb_build_object('kind', w.kind, 'mode', w.mode, 'destination', ${PLACE('d')},
        'destinationText', w.destination_text, 'gateText', w.gate_text, 'earliest', w.earliest, 'latest', w.latest,
        'wheelchair', w.wheelchair, 'remark', w.remark) end as wish,
      case when s.id is null then null else jsonb_build_object('place', ${PLACE('sp')}, 'employer', s.employer,
        'occupation', s.occupation, 'monthlyPayFen', s.monthly_pay_fen) end as spell,
      coalesce((select jsonb_agg(c.kind order by c.kind) from people_care c where c.person_id = p.id and c.until is null), '[]') as care
    from unnest(${ids}::uuid[]) with ordinality o(id, no) join people_person p on p.id = o.id
    left join people_household h on h.id = p.household_id
    left join offices_area vn on vn.code = p.area
    left join offices_area tn on tn.code = left(p.area, 9) || '000' and tn.level = 'town'
    left join offices_area dn on dn.code = left(p.area, 6) || '000000'
    left join people_wish w on w.person_id = p.id and w.season = ${season} and ${LIVE}
    left join offices_place d on d.code = w.destination
    left join lateral (select * from people_spell x where x.person_id = p.id order by x.from_day desc, x.id limit 1) s on true
    left join offices_place sp on sp.code = s.county
    order by o.no`.execute(tx);
  return rows as (ReportPersonRow & { care: CareGroup[] })[];
}

export interface IssueRow {
  readonly id: string;
  readonly at: string;
  readonly by: string | null;
  readonly people: number;
  readonly added: number;
  readonly changed: number;
  readonly gone: number;
  readonly has_file: boolean;
}

export async function listIssues(tx: Tx, reportId: string): Promise<IssueRow[]> {
  const { rows } = await sql<IssueRow>`
    select i.id, i.at, s.name as by, i.people, i.added, i.changed, i.gone, i.file_sealed is not null as has_file
    from people_report_issue i left join offices_staff s on s.id::text = i.actor
    where i.report_id = ${reportId} order by i.at desc, i.id desc limit 50`.execute(tx);
  return rows;
}

/** Who stood in the last issue of a layout, with the hash of the row; those that had gone by then left out. */
export async function listLastLines(tx: Tx, reportId: string): Promise<Map<string, string>> {
  const { rows } = await sql<{ person_id: string; hash: Buffer }>`
    select l.person_id, l.hash from people_report_line l
    where l.no is not null and l.issue_id = (select id from people_report_issue where report_id = ${reportId}
      order by at desc, id desc limit 1)`.execute(tx);
  return new Map(rows.map((it) => [it.person_id, it.hash.toString('hex')]));
}

export interface NewIssue {
  readonly id: string;
  readonly reportId: string;
  readonly area: string;
  readonly at: string;
  readonly actor: string;
  readonly filter: ReportFilter;
  readonly settings: IssueSettings;
  readonly people: number;
  readonly added: number;
  readonly changed: number;
  readonly gone: number;
  readonly file: Buffer;
  readonly cells: Buffer;
}

export interface NewLine {
  readonly person: string;
  readonly no: number | null;
  /** Hexadecimal. */
  readonly hash: string;
  readonly change: RowChange;
}

/** Keeps an issue with its lines; files of the own issues older than 30 days go. */
export async function addIssue(tx: Tx, it: NewIssue, lines: readonly NewLine[]): Promise<void> {
  await sql`update people_report_issue set file_sealed = null
    where file_sealed is not null and at < ${it.at}::timestamptz - interval '30 days'`.execute(tx);
  await sql`insert into people_report_issue (id, report_id, area, at, actor, filter, settings, people, added, changed, gone, file_sealed,
      cells_sealed)
    values (${it.id}, ${it.reportId}, ${it.area}, ${it.at}::timestamptz, ${it.actor}, ${JSON.stringify(it.filter)}::jsonb,
      ${JSON.stringify(it.settings)}::jsonb, ${it.people}, ${it.added}, ${it.changed}, ${it.gone}, ${it.file}, ${it.cells})`.execute(
    tx,
  );
  for (let from = 0; from < lines.length; from += 5_000) {
    const part = lines.slice(from, from + 5_000);
    await sql`insert into people_report_line (issue_id, person_id, area, no, hash, change)
      select ${it.id}::uuid, person, ${it.area}, no, decode(hash, 'hex'), change
      from unnest(${part.map((l) => l.person)}::uuid[], ${part.map((l) => l.no)}::integer[], ${part.map((l) => l.hash)}::text[],
        ${part.map((l) => l.change)}::text[]) l(person, no, hash, change)`.execute(tx);
  }
}

export async function findIssue(
  tx: Tx,
  reportId: string,
  id: string,
): Promise<{ file: Buffer | null; cells: Buffer | null; at: string } | undefined> {
  const { rows } = await sql<{ file: Buffer | null; cells: Buffer | null; at: string }>`
    select file_sealed as file, cells_sealed as cells, at from people_report_issue
    where id = ${id} and report_id = ${reportId}`.execute(tx);
  return rows[0];
}

export interface LineRow extends HitRow {
  readonly no: number | null;
  readonly change: RowChange;
}

/** People of an issue who are still on the asker's books: those at these places of the list, or all who differ from the issue before. */
export async function listLines(
  tx: Tx,
  issueId: string,
  places: readonly number[] | null,
): Promise<{ total: number; rows: LineRow[] }> {
  const which = places === null ? sql`l.change <> 'same'` : sql`l.no = any(${places}::integer[])`;
  const { rows } = await sql<LineRow & { total: number }>`
    select ${HIT}, l.no, l.change, count(*) over () as total
    from people_report_line l join people_person p on p.id = l.person_id ${HOME}
    where l.issue_id = ${issueId} and ${which} order by l.no nulls last, p.id limit 500`.execute(tx);
  return { total: Number(rows[0]?.total ?? 0), rows };
}

/** Names of people by their ids, for those who are not in a list any more. */
export async function listNames(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from people_person where id = any(${ids}::uuid[])`.execute(tx);
  return new Map(rows.map((it) => [it.id, it.name]));
}
