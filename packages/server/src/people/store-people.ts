import type { PeopleStatus, RevealPurpose } from '@fangang/domain/people/api.ts';
import type { CareGroup } from '@fangang/domain/people/schema.ts';
import { type RawBuilder, sql } from 'kysely';
import { areaRange, type Tx } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import type { PersonRow, WishRow } from './tables.ts';

/** What a text typed into the find box asks for. Blind indexes are one for each district that is looked at. */
export type PersonSearch =
  | { readonly kind: 'idNumber' | 'phone'; readonly indexes: readonly Buffer[] }
  | { readonly kind: 'tail'; readonly tail: string }
  | { readonly kind: 'letters'; readonly letters: string }
  | { readonly kind: 'name'; readonly name: string };

/** A part of a WHERE. */
export type Condition = RawBuilder<unknown>;

const inside = (text: string) => text.replace(/[\\%_]/g, '');

function searchCondition(search: PersonSearch): Condition {
  switch (search.kind) {
    case 'idNumber':
      return sql`p.id_index = any(${search.indexes}::bytea[])`;
    case 'phone':
      return sql`p.phone_index = any(${search.indexes}::bytea[])`;
    case 'tail': {
      const { tail } = search;
      if (tail.length === 4) return sql`(p.id_tail = ${tail} or p.phone_tail = ${tail})`;
      return sql`(right(p.id_tail, ${tail.length}) = ${tail} or right(p.phone_tail, ${tail.length}) = ${tail})`;
    }
    case 'letters': {
      const start = `${inside(search.letters)}%`;
      return sql`(p.initials like ${start} or translate(lower(p.pinyin), ' ''', '') like ${start})`;
    }
    case 'name':
      return sql`p.name like ${`%${inside(search.name)}%`}`;
  }
}

const LIVE = sql`w.status in ('recorded', 'confirmed')`;
const GOES = sql`w.kind in ('sameJob', 'newJob')`;
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

const HIT = sql`p.id, p.name, p.pinyin, p.gender, p.area, p.id_tail, p.phone_tail, a.name as area_name,
  a.pinyin as area_pinyin`;
const HOME = sql`left join offices_area a on a.code = p.area`;

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

export interface PeopleFilter {
  readonly season: string;
  readonly search?: PersonSearch | undefined;
  readonly area?: string | undefined;
  readonly status?: PeopleStatus | undefined;
  readonly destination?: string | undefined;
  /** What a later room asks of the person `p` and the wish `w`, in its own words. */
  readonly also?: Condition | undefined;
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

/** One page of people with their wish in the season, by village and name; and how many there are in all: one pass over the books. */
export async function listPage(
  tx: Tx,
  filter: PeopleFilter,
  page: { readonly limit: number; readonly offset: number },
): Promise<{ rows: ListRow[]; total: number }> {
  const { rows } = await sql<ListRow & { total: number }>`
    with chosen as materialized (
      select p.id, p.area, p.initials, p.name from people_person p
      left join people_wish w on w.person_id = p.id and w.season = ${filter.season}
      where ${filterCondition(filter)}
    ),
    page as (select * from chosen p order by ${ORDER} limit ${page.limit} offset ${page.offset})
    select ${HIT}, ${WISH}, all_of_them.total
    from (select count(*) as total from chosen) all_of_them
    left join page on true left join people_person p on p.id = page.id
    left join people_wish w on w.person_id = p.id and w.season = ${filter.season} ${HOME}
    left join offices_place d on d.code = w.destination
    order by ${ORDER}`.execute(tx);
  return { rows: rows.filter((it) => it.id !== null), total: rows[0]?.total ?? 0 };
}

/** A whole row; undefined where there is none or it belongs to another office. */
export async function findPerson(tx: Tx, id: string): Promise<(PersonRow & HitRow) | undefined> {
  const { rows } = await sql<PersonRow & HitRow>`
    select p.*, a.name as area_name, a.pinyin as area_pinyin from people_person p ${HOME} where p.id = ${id}`.execute(
    tx,
  );
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

export async function findCareOf(tx: Tx, personId: string): Promise<CareGroup[]> {
  const { rows } = await sql<{ kind: CareGroup }>`
    select kind from people_care where person_id = ${personId} order by kind`.execute(tx);
  return rows.map((it) => it.kind);
}

/** Notes for the audit that somebody has read what is protected; written before it is read. */
export async function noteReading(
  tx: Tx,
  it: {
    readonly actor: string;
    readonly area: string;
    readonly action: 'people.number_revealed' | 'people.care_read';
    readonly subject: string;
    readonly facts: { readonly what?: string; readonly purpose?: RevealPurpose };
  },
): Promise<void> {
  await sql`insert into offices_audit (id, actor, area, action, subject, facts)
    values (${newId()}, ${it.actor}, ${it.area}, ${it.action}, ${it.subject}, ${JSON.stringify(it.facts)}::jsonb)`.execute(
    tx,
  );
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
