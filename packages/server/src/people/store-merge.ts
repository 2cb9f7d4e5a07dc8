import { sql } from 'kysely';
import { openCare } from '../platform/audit.ts';
import type { Tx } from '../platform/database.ts';
import { insideOnly } from '../platform/witness.ts';
import { records } from './store-roster.ts';
import type { PersonRow, WishRow } from './tables.ts';

/** Both records of a pair, locked in one order; undefined where one is not in sight or was erased. */
export async function lockBoth(
  tx: Tx,
  ids: readonly [string, string],
): Promise<[PersonRow, PersonRow] | undefined> {
  const { rows } =
    await sql<PersonRow>`select * from people_person where id = any(${[...ids]}::uuid[]) and erased_at is null
    order by id for update`.execute(tx);
  const [first, second] = ids.map((id) => rows.find((it) => it.id === id));
  return first && second ? [first, second] : undefined;
}

export async function lockPerson(tx: Tx, id: string): Promise<PersonRow | undefined> {
  const { rows } =
    await sql<PersonRow>`select * from people_person where id = ${id}::uuid and erased_at is null for update`.execute(
      tx,
    );
  return rows[0];
}

export interface WayRow {
  readonly way: string;
  readonly person: string;
  readonly season: string;
  readonly status: string;
  readonly wish: string;
}

/** Ways of people, whoever runs them. */
export async function listWays(tx: Tx, ids: readonly string[]): Promise<WayRow[]> {
  const { rows } =
    await sql<WayRow>`select way, person, season, status, wish from ways_of(${ids}::uuid[])`.execute(tx);
  return rows;
}

export async function lockWishes(tx: Tx, persons: readonly string[]): Promise<WishRow[]> {
  const { rows } = await sql<WishRow>`
    select * from people_wish where person_id = any(${persons}::uuid[]) order by season, id for update`.execute(
    tx,
  );
  return rows;
}

export interface CareRow {
  readonly id: string;
  readonly until: string | null;
  readonly person_id: string;
  readonly area: string;
  readonly kind: string;
  readonly since: string;
  readonly source: string;
  readonly certificate_sealed: Buffer | null;
}

/** Care groups of both records, to be carried over: nobody sees them. */
export async function listCare(tx: Tx, persons: readonly string[]): Promise<CareRow[]> {
  await openCare(tx, insideOnly('mergeRecords'));
  const { rows } = await sql<CareRow>`
    select * from people_care where person_id = any(${persons}::uuid[]) order by person_id, kind`.execute(tx);
  return rows;
}

/** Leaves a person these care groups and no others. */
export async function setCare(tx: Tx, person: string, rows: readonly CareRow[]): Promise<void> {
  // What is removed has to be seen.
  await openCare(tx, insideOnly('mergeRecords'));
  await sql`delete from people_care where person_id = ${person}::uuid`.execute(tx);
  await sql`insert into people_care (id, person_id, area, kind, since, until, source, certificate_sealed)
    select id, person_id, area, kind, since, until, source, certificate_sealed
    from json_populate_recordset(null::people_care, ${records(rows)}::json)`.execute(tx);
}

export interface ConsentRow {
  readonly person_id: string;
  readonly purpose: string;
  readonly area: string;
  readonly state: 'given' | 'withdrawn';
  readonly how: string;
  readonly at: string;
  readonly actor: string;
}

export async function listConsents(tx: Tx, persons: readonly string[]): Promise<ConsentRow[]> {
  const { rows } = await sql<ConsentRow>`
    select * from people_consent where person_id = any(${persons}::uuid[]) order by person_id, purpose`.execute(
    tx,
  );
  return rows;
}

/** Leaves a person these words on consent and no others. */
export async function setConsents(tx: Tx, person: string, rows: readonly ConsentRow[]): Promise<void> {
  await sql`delete from people_consent where person_id = ${person}::uuid`.execute(tx);
  await sql`insert into people_consent select * from json_populate_recordset(null::people_consent, ${records(rows)}::json)`.execute(
    tx,
  );
}

/** A need as far as a merge changes it. */
export interface NeedState {
  readonly id: string;
  readonly person_id: string;
  readonly area: string;
  readonly status: string;
  readonly owner: string | null;
  readonly due: string;
  readonly met_by: string | null;
  readonly reason: string;
  readonly void_reason: string | null;
  readonly climbed: number;
  readonly climbed_on: string | null;
}

export async function listNeeds(tx: Tx, persons: readonly string[]): Promise<NeedState[]> {
  const { rows } = await sql<NeedState>`
    select id, person_id, area, status, owner, due, met_by, reason, void_reason, climbed, climbed_on
    from people_need where person_id = any(${persons}::uuid[]) order by id`.execute(tx);
  return rows;
}

/** Leaves these needs as they are said here. */
export async function writeNeeds(tx: Tx, rows: readonly NeedState[]): Promise<void> {
  await sql`update people_need t set person_id = n.person_id, area = n.area, status = n.status, owner = n.owner, due = n.due,
      met_by = n.met_by, reason = n.reason, void_reason = n.void_reason, climbed = n.climbed, climbed_on = n.climbed_on
    from json_populate_recordset(null::people_need, ${records(rows)}::json) n where t.id = n.id`.execute(tx);
}

/** Of each kind and season one need stands; what the wishes that stay do not ask for is void, what they ask for is there. */
export async function settleNeeds(tx: Tx, person: string): Promise<void> {
  await sql`select settle_needs(${person}::uuid)`.execute(tx);
}

export async function removeNeeds(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`delete from people_need where id = any(${ids}::uuid[])`.execute(tx);
}

const PARTS = ['people_spell', 'people_skill', 'people_certificate', 'people_difficulty'] as const;
/** Ids of parts of a record by their table. */
export type MovedParts = Readonly<Record<(typeof PARTS)[number], readonly string[]>>;

/** Puts the parts of one record under another; answers which. */
export async function moveParts(
  tx: Tx,
  from: string,
  to: { readonly id: string; readonly area: string },
): Promise<MovedParts> {
  const moved: Record<string, readonly string[]> = {};
  for (const table of PARTS) {
    const { rows } = await sql<{ id: string }>`
      update ${sql.id(table)} set person_id = ${to.id}::uuid, area = ${to.area} where person_id = ${from}::uuid returning id`.execute(
      tx,
    );
    moved[table] = rows.map((it) => it.id);
  }
  return moved as MovedParts;
}

/** Puts parts back under the record that they came from; what was taken off since stays off. */
export async function movePartsBack(
  tx: Tx,
  moved: MovedParts,
  { from, to, area }: { readonly from: string; readonly to: string; readonly area: string },
): Promise<void> {
  for (const table of PARTS) {
    await sql`update ${sql.id(table)} set person_id = ${to}::uuid, area = ${area}
      where person_id = ${from}::uuid and id = any(${moved[table]}::uuid[])`.execute(tx);
  }
}

/** Writes all of a person's row that a merge may change; null is null. */
export async function writePerson(tx: Tx, row: Omit<PersonRow, 'district' | 'erased_at'>): Promise<void> {
  await sql`update people_person p set identity = n.identity, area = n.area, name = n.name, pinyin = n.pinyin, initials = n.initials,
      gender = n.gender, birth = n.birth, id_kind = n.id_kind, id_sealed = n.id_sealed, id_index = n.id_index, id_index_next = n.id_index_next,
      id_tail = n.id_tail, phone_sealed = n.phone_sealed, phone_index = n.phone_index, phone_index_next = n.phone_index_next,
      phone_tail = n.phone_tail, phone2_sealed = n.phone2_sealed, household_id = n.household_id, ledger_office = n.ledger_office,
      nation = n.nation, education = n.education, job_type = n.job_type, workplace = n.workplace, relation = n.relation,
      registered_place = n.registered_place, address = n.address, labor_ability = n.labor_ability, phone_owner = n.phone_owner,
      phone2_owner = n.phone2_owner
    from json_populate_recordset(null::people_person, ${records([row])}::json) n where p.id = n.id`.execute(
    tx,
  );
}

export async function hideMerged(tx: Tx, gone: string, kept: string, nobody: string): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select hide_merged(${gone}::uuid, ${kept}::uuid, ${nobody}::uuid) as done`.execute(tx);
  return rows[0]?.done ?? false;
}

export async function showMerged(tx: Tx, gone: string, kept: string, identity: string): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select show_merged(${gone}::uuid, ${kept}::uuid, ${identity}::uuid) as done`.execute(tx);
  return rows[0]?.done ?? false;
}

/** How ways, legs and packs stood before a merge, in ids. */
export interface WaysStood {
  readonly ways: readonly (readonly [id: string, person: string, identity: string, wish: string])[];
  readonly legs: readonly unknown[];
  readonly packs: readonly unknown[];
  readonly guest: boolean;
}

/** Ways, seats and packs of both go under the survivor and the identity that counts; undefined where that would give it two in a season. */
export async function joinWays(
  tx: Tx,
  it: {
    readonly gone: string;
    readonly kept: string;
    readonly from: string;
    readonly to: string;
    readonly wishes: Readonly<Record<string, string>>;
  },
): Promise<WaysStood | undefined> {
  const { rows } = await sql<{ stood: WaysStood | null }>`
    select join_ways(${it.gone}::uuid, ${it.kept}::uuid, ${it.from}::uuid, ${it.to}::uuid, ${JSON.stringify(it.wishes)}::jsonb) as stood`.execute(
    tx,
  );
  return rows[0]?.stood ?? undefined;
}

export async function waysBack(tx: Tx, merge: string): Promise<void> {
  await sql`select ways_back(${merge}::uuid)`.execute(tx);
}

/** Puts wishes under people, areas, identities and ledgers. */
export async function placeWishes(
  tx: Tx,
  rows: readonly Pick<WishRow, 'id' | 'person_id' | 'identity' | 'area' | 'ledger_office'>[],
): Promise<void> {
  await sql`update people_wish w set person_id = n.person_id, identity = n.identity, area = n.area, ledger_office = n.ledger_office
    from json_to_recordset(${records(rows)}::json) as n(id uuid, person_id uuid, identity uuid, area text, ledger_office uuid)
    where w.id = n.id`.execute(tx);
}

export async function bringWishes(tx: Tx, rows: readonly WishRow[]): Promise<void> {
  await sql`insert into people_wish select * from json_populate_recordset(null::people_wish, ${records(rows)}::json)`.execute(
    tx,
  );
}

export interface MergeRow {
  readonly id: string;
  readonly pair_id: string;
  readonly area: string;
  readonly kept: string;
  readonly gone: string;
  readonly fields: readonly string[];
  readonly moved: WaysStood & { readonly identity: string; readonly from: string };
  readonly history: string;
  readonly actor: string;
  readonly at: string;
  readonly undone_at: string | null;
}

export async function addMerge(tx: Tx, it: Omit<MergeRow, 'undone_at'>): Promise<void> {
  await sql`insert into people_merge (id, pair_id, area, kept, gone, fields, moved, history, actor, at)
    values (${it.id}::uuid, ${it.pair_id}::uuid, ${it.area}, ${it.kept}::uuid, ${it.gone}::uuid, ${it.fields}::text[],
      ${JSON.stringify(it.moved)}::jsonb, ${it.history}::uuid, ${it.actor}, ${it.at}::timestamptz)`.execute(
    tx,
  );
}

/** The last merge of a pair, locked. */
export async function lockMerge(tx: Tx, pair: string): Promise<MergeRow | undefined> {
  const { rows } = await sql<MergeRow>`
    select * from people_merge where pair_id = ${pair}::uuid order by at desc, id desc limit 1 for update`.execute(
    tx,
  );
  return rows[0];
}

export async function endMerge(
  tx: Tx,
  id: string,
  by: { readonly actor: string; readonly now: string },
): Promise<void> {
  await sql`update people_merge set undone_at = ${by.now}::timestamptz, undone_by = ${by.actor} where id = ${id}::uuid`.execute(
    tx,
  );
  await sql`delete from people_merge_claim where merge_id = ${id}::uuid`.execute(tx);
}

/** Identities that count under this one by merges that stand. */
export async function countedUnder(tx: Tx, identity: string): Promise<string[]> {
  const { rows } = await sql<{ identity: string }>`
    with recursive under as (
      select (moved ->> 'from')::uuid as identity from people_merge where undone_at is null and (moved ->> 'identity')::uuid = ${identity}::uuid
      union select (m.moved ->> 'from')::uuid from people_merge m join under u on (m.moved ->> 'identity')::uuid = u.identity
        where m.undone_at is null)
    select identity from under order by identity`.execute(tx);
  return rows.map((it) => it.identity);
}

export interface ClaimRow {
  readonly merge_id: string;
  readonly person_id: string;
  readonly area: string;
  readonly ledger_office: string;
  readonly channel: string;
  readonly registered_at: string;
  readonly credited: boolean;
}

export async function addClaims(tx: Tx, rows: readonly ClaimRow[]): Promise<void> {
  await sql`insert into people_merge_claim select * from json_populate_recordset(null::people_merge_claim, ${records(rows)}::json)
    on conflict do nothing`.execute(tx);
}

export async function findHistory(tx: Tx, id: string): Promise<Buffer | undefined> {
  const { rows } = await sql<{
    sealed: Buffer;
  }>`select sealed from people_history where id = ${id}::uuid`.execute(tx);
  return rows[0]?.sealed;
}
