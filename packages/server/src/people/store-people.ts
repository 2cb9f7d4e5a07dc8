import type { PeopleStatus } from '@fangang/domain/people/api.ts';
import type { CareGroup } from '@fangang/domain/people/schema.ts';
import { type RawBuilder, sql } from 'kysely';
import { openCare } from '../platform/audit.ts';
import { areaRange, type Tx } from '../platform/database.ts';
import type { Witness } from '../platform/witness.ts';
import type { PersonRow, WishRow } from './tables.ts';

/**
 * What a text typed into the find box asks for. Blind indexes are one for each district that is looked at; `next` are those under the
 * next key while the key of the index is being changed.
 */
export type PersonSearch =
  | {
      readonly kind: 'idNumber' | 'phone';
      readonly indexes: readonly Buffer[];
      readonly next: readonly Buffer[];
    }
  | { readonly kind: 'tail'; readonly tail: string }
  | { readonly kind: 'letters'; readonly letters: string }
  /** `byToken`: through the tokens of names, which offices have; a labor broker's ledger is short enough to be read. */
  | { readonly kind: 'name'; readonly name: string; readonly byToken: boolean };

/** A part of a WHERE. */
export type Condition = RawBuilder<unknown>;

const inside = (text: string) => text.replace(/[\\%_]/g, '');

/** Asks both indexes while there are two. */
function indexCondition(
  column: 'id_index' | 'phone_index',
  { indexes, next }: Extract<PersonSearch, { indexes: readonly Buffer[] }>,
): Condition {
  const now = sql`p.${sql.id(column)} = any(${indexes}::bytea[])`;
  return next.length === 0 ? now : sql`(${now} or p.${sql.id(`${column}_next`)} = any(${next}::bytea[]))`;
}

function searchCondition(search: PersonSearch): Condition {
  switch (search.kind) {
    case 'idNumber':
      return indexCondition('id_index', search);
    case 'phone':
      return indexCondition('phone_index', search);
    case 'tail': {
      const { tail } = search;
      if (tail.length === 4) return sql`(p.id_tail = ${tail} or p.phone_tail = ${tail})`;
      return sql`(right(p.id_tail, ${tail.length}) = ${tail} or right(p.phone_tail, ${tail.length}) = ${tail})`;
    }
    case 'letters': {
      const start = `${inside(search.letters)}%`;
      return sql`(p.initials like ${start} or translate(lower(p.pinyin), ' ''', '') like ${start})`;
    }
    case 'name': {
      const like = sql`p.name like ${`%${inside(search.name)}%`}`;
      const letters = [...inside(search.name)];
      if (!search.byToken || letters.length < 2) return like;
      const byToken = sql`p.id in (select k.person_id from people_name_token k where k.token = ${letters.slice(0, 2).join('')})`;
      return letters.length === 2 ? byToken : sql`(${byToken} and ${like})`;
    }
  }
}

/** The wish `w` stands: `isLive` of the domain. */
export const LIVE = sql`w.status in ('recorded', 'confirmed')`;
/** The wish `w` is to work away. */
export const GOES = sql`w.kind in ('sameJob', 'newJob')`;
/** The wish `w` asks us for a way: `wantsToGo` of the domain. */
export const WANTS = sql`${LIVE} and ${GOES} and w.mode = 'ours'`;

function statusCondition(status: PeopleStatus): Condition {
  switch (status) {
    case 'wants':
      return WANTS;
    case 'unplaced':
      return sql`${WANTS} and w.unplaced_reason is not null`;
    case 'ownWay':
      return sql`${LIVE} and ${GOES} and w.mode <> 'ours'`;
    case 'stays':
      return sql`${LIVE} and not (${GOES})`;
    case 'withdrawn':
      return sql`not (${LIVE})`;
    case 'noWish':
      return sql`w.id is null`;
  }
}

export interface HitRow
  extends Pick<PersonRow, 'id' | 'name' | 'pinyin' | 'gender' | 'area' | 'id_tail' | 'phone_tail'> {
  readonly area_name: string | null;
  readonly area_pinyin: string | null;
}

/** The person `p` as `hitOf` reads one; behind `HOME`. */
export const HIT = sql`p.id, p.name, p.pinyin, p.gender, p.area, p.id_tail, p.phone_tail, a.name as area_name,
  a.pinyin as area_pinyin`;
/** The home `a` of the person `p`. */
export const HOME = sql`left join offices_area a on a.code = p.area`;

/** People a text means, those of exactly this name first. */
export async function findHits(tx: Tx, search: PersonSearch, limit: number): Promise<HitRow[]> {
  const exact = search.kind === 'name' ? search.name : '';
  const { rows } = await sql<HitRow>`
    select ${HIT} from (
      select * from people_person p where ${searchCondition(search)}
      order by (p.name = ${exact}) desc, p.initials, p.name, p.id limit ${limit}) p ${HOME}
    order by (p.name = ${exact}) desc, p.initials, p.name, p.id`.execute(tx);
  return rows;
}

/** People of the villages and towns whose names begin with a text, by village and name. */
export async function findHitsOfVillage(tx: Tx, name: string, limit: number): Promise<HitRow[]> {
  const { rows: areas } = await sql<{ code: string }>`
    select code from offices_area where level in ('village', 'town') and name like ${`${inside(name)}%`}
    order by code limit 50`.execute(tx);
  if (areas.length === 0) return [];
  const within = areas.map(({ code }) => {
    const { from, to } = areaRange(code);
    return sql`p.area between ${from} and ${to}`;
  });
  const { rows } = await sql<HitRow>`
    select ${HIT} from people_person p ${HOME} where ${sql.join(within, sql` or `)}
    order by p.area, p.initials, p.name, p.id limit ${limit}`.execute(tx);
  return rows;
}

export interface PeopleFilter {
  readonly season: string;
  readonly search?: PersonSearch | undefined;
  readonly area?: string | undefined;
  readonly status?: PeopleStatus | undefined;
  readonly destination?: string | undefined;
  /** What a later room asks of the person `p` and the wish `w`, in its own words. */
  readonly also?: Condition | undefined;
  /** Counts come from the sums of towns where these can answer: only for an office of a town or more. */
  readonly bySums: boolean;
}

/** A wish beside its person; all null where the person has none. */
export interface ListRow extends HitRow {
  readonly wish_id: string | null;
  readonly kind: WishRow['kind'];
  readonly mode: WishRow['mode'];
  readonly status: WishRow['status'];
  readonly destination: string | null;
  readonly destination_text: string | null;
  readonly place_name: string | null;
  readonly place_pinyin: string | null;
  readonly earliest: string | null;
  readonly latest: string | null;
  readonly wheelchair: boolean;
  readonly unplaced_reason: string | null;
}

const WISH = sql`w.id as wish_id, w.kind, w.mode, w.status, w.destination, w.destination_text, w.earliest, w.latest,
  w.wheelchair, w.unplaced_reason, d.full_name as place_name, d.pinyin as place_pinyin`;

function filterCondition(filter: PeopleFilter): Condition {
  const parts: Condition[] = [];
  if (filter.search) parts.push(searchCondition(filter.search));
  if (filter.area) {
    const { from, to } = areaRange(filter.area);
    parts.push(sql`p.area >= ${from} and p.area <= ${to}`);
  }
  if (filter.status) parts.push(statusCondition(filter.status));
  if (filter.destination) {
    const start = filter.destination.replace(/(00){1,2}$/, '');
    parts.push(sql`w.destination >= ${start} and w.destination <= ${start.padEnd(6, '9')}`);
  }
  if (filter.also) parts.push(filter.also);
  return parts.length === 0 ? sql`true` : sql`${sql.join(parts, sql` and `)}`;
}

const ORDER = sql`p.area, p.initials, p.name, p.id`;

const peopleWith = (filter: PeopleFilter): Condition =>
  sql`from people_person p left join people_wish w on w.person_id = p.id and w.season = ${filter.season}
    where ${filterCondition(filter)}`;

/** One page of people with their wish in the season, by village and name; and how many there are in all. */
export async function listPage(
  tx: Tx,
  filter: PeopleFilter,
  page: { readonly limit: number; readonly offset: number },
): Promise<{ rows: ListRow[]; total: number }> {
  const total = await countPeople(tx, filter);
  return { rows: await listPeopleRows(tx, filter, page), total };
}

/** One page of people with their wish in the season, by village and name. */
export async function listPeopleRows(
  tx: Tx,
  filter: PeopleFilter,
  page: { readonly limit: number; readonly offset: number },
): Promise<ListRow[]> {
  const { rows } = await sql<ListRow>`
    select ${HIT}, ${WISH} from (
      select p.*, w.id as wish_id ${peopleWith(filter)} order by ${ORDER}
      limit ${page.limit} offset ${page.offset}) p
    left join people_wish w on w.id = p.wish_id ${HOME} left join offices_place d on d.code = w.destination
    order by ${ORDER}`.execute(tx);
  return rows;
}

/** How many people a list has in all: from the sums of towns where only an area and a status are asked for, else counted. */
export async function countPeople(tx: Tx, filter: PeopleFilter): Promise<number> {
  const { search, destination, area, bySums, also } = filter;
  if (bySums && !search && !destination && !also && (!area || area.endsWith('000')))
    return await sumPeople(tx, filter);
  const { rows } = await sql<{ n: number }>`select count(*) n ${peopleWith(filter)}`.execute(tx);
  return rows[0]?.n ?? 0;
}

async function sumPeople(tx: Tx, { area, status, season }: PeopleFilter): Promise<number> {
  const within = area ? areaRange(area) : undefined;
  const inArea = within ? sql`area >= ${within.from} and area <= ${within.to}` : sql`true`;
  const asked =
    status === 'noWish'
      ? sql`season in ('', ${season}) and bucket <> 'unplaced'`
      : status
        ? sql`season = ${season} and bucket = ${status}`
        : sql`season = ''`;
  const { rows } = await sql<{ n: number }>`
    select coalesce(sum(${status === 'noWish' ? sql`case when season = '' then n else -n end` : sql`n`}), 0) as n
    from people_count where ${inArea} and ${asked}`.execute(tx);
  return rows[0]?.n ?? 0;
}

/** A whole row, locked where it is to be changed; undefined where there is none or it belongs to another office. */
export async function findPerson(
  tx: Tx,
  id: string,
  lock = false,
): Promise<(PersonRow & HitRow) | undefined> {
  const { rows } = await sql<PersonRow & HitRow>`
    select p.*, a.name as area_name, a.pinyin as area_pinyin from people_person p ${HOME} where p.id = ${id}
    ${lock ? sql`for update of p` : sql``}`.execute(tx);
  return rows[0];
}

/** The wish of a person in a season, locked where it is to be changed. */
export async function findWish(
  tx: Tx,
  season: string,
  personId: string,
  lock = false,
): Promise<WishRow | undefined> {
  const { rows } = await sql<WishRow>`
    select * from people_wish where season = ${season} and person_id = ${personId}
    ${lock ? sql`for update` : sql``}`.execute(tx);
  return rows[0];
}

export async function findPlace(
  tx: Tx,
  code: string,
): Promise<{ full_name: string; pinyin: string } | undefined> {
  const { rows } = await sql<{ full_name: string; pinyin: string }>`
    select full_name, pinyin from offices_place where code = ${code}`.execute(tx);
  return rows[0];
}

/** The others of a party. */
export async function findParty(tx: Tx, party: string, personId: string): Promise<HitRow[]> {
  const { rows } = await sql<HitRow>`
    select ${HIT} from people_wish w join people_person p on p.id = w.person_id ${HOME}
    where w.party = ${party} and w.person_id <> ${personId} order by p.name limit 20`.execute(tx);
  return rows;
}

/** The others of a household. */
export async function findHousehold(tx: Tx, householdId: string, personId: string): Promise<HitRow[]> {
  const { rows } = await sql<HitRow>`
    select ${HIT} from people_person p ${HOME}
    where p.household_id = ${householdId} and p.id <> ${personId} order by p.birth limit 20`.execute(tx);
  return rows;
}

/** Care groups of a person; none are seen without a witness of the reading. */
export async function findCareOf(tx: Tx, personId: string, witness: Witness): Promise<CareGroup[]> {
  await openCare(tx, witness);
  const { rows } = await sql<{ kind: CareGroup }>`
    select kind from people_care where person_id = ${personId} order by kind`.execute(tx);
  return rows.map((it) => it.kind);
}

/** Adds a wish; false where the person has one in this season already. */
export async function insertWish(
  tx: Tx,
  it: Omit<WishRow, 'unplaced_reason' | 'unplaced_numbers' | 'unplaced_remedy' | 'unplaced_owner'>,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into people_wish (id, season, person_id, identity, area, ledger_office, kind, mode, destination,
      destination_text, gate_id, gate_text, earliest, latest, party, may_part, wheelchair, remark, status, recorded_at)
    values (${it.id}, ${it.season}, ${it.person_id}, ${it.identity}, ${it.area}, ${it.ledger_office}, ${it.kind},
      ${it.mode}, ${it.destination}, ${it.destination_text}, ${it.gate_id}, ${it.gate_text}, ${it.earliest},
      ${it.latest}, ${it.party}, ${it.may_part}, ${it.wheelchair}, ${it.remark}, ${it.status}, ${it.recorded_at})
    on conflict (season, person_id) do nothing`.execute(tx);
  return (numAffectedRows ?? 0n) > 0n;
}

export async function setWishStatus(tx: Tx, wishId: string, status: WishRow['status']): Promise<void> {
  await sql`update people_wish set status = ${status}, unplaced_reason = null, unplaced_numbers = null,
    unplaced_remedy = null, unplaced_owner = null where id = ${wishId}`.execute(tx);
}
