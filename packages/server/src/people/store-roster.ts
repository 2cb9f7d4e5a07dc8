import type { CareGroup } from '@fangang/domain/people/schema.ts';
import { sql } from 'kysely';
import { openCare } from '../platform/audit.ts';
import type { Tx } from '../platform/database.ts';
import { insideOnly } from '../platform/witness.ts';
import type { HouseholdRow, PersonRow, WishRow } from './tables.ts';

/** A person's row with the number and place of the household. */
export interface FoundPerson extends Omit<PersonRow, 'district'> {
  readonly household_number: string | null;
  readonly household_area: string | null;
}

/** One import at a time in a district: the second sees what the first has written. */
export async function lockDistricts(tx: Tx, districts: readonly string[]): Promise<void> {
  for (const district of [...districts].sort()) {
    await sql`select pg_advisory_xact_lock(hashtext(${`people ${district}`}))`.execute(tx);
  }
}

export async function beginPart(tx: Tx): Promise<void> {
  await sql`savepoint people_part`.execute(tx);
}

export async function undoPart(tx: Tx): Promise<void> {
  await sql`rollback to savepoint people_part`.execute(tx);
}

/** People of some districts by their ID number, found by blind index; and those without papers by their names. */
export async function findKnown(
  tx: Tx,
  districts: readonly string[],
  idIndexes: { readonly now: readonly Buffer[]; readonly next: readonly Buffer[] },
  names: readonly string[],
): Promise<FoundPerson[]> {
  const columns = sql`p.*, h.number as household_number, h.area as household_area
    from people_person p left join people_household h on h.id = p.household_id`;
  const { rows } = await sql<FoundPerson>`
    select ${columns} where p.district = any(${districts}::text[]) and p.id_index = any(${idIndexes.now}::bytea[])
    union
    select ${columns} where p.district = any(${districts}::text[]) and p.id_index_next = any(${idIndexes.next}::bytea[])
    union all
    select ${columns} where p.district = any(${districts}::text[]) and p.id_index is null
      and p.name = any(${names}::text[])
    order by id`.execute(tx);
  return rows;
}

/** Care groups of people, to be compared with a roster's rows: nobody sees them. */
export async function findCare(
  tx: Tx,
  persons: readonly string[],
): Promise<{ person_id: string; kind: CareGroup }[]> {
  await openCare(tx, insideOnly('compareRoster'));
  const { rows } = await sql<{ person_id: string; kind: CareGroup }>`
    select person_id, kind from people_care where person_id = any(${persons}::uuid[])`.execute(tx);
  return rows;
}

export async function findWishes(tx: Tx, season: string, persons: readonly string[]): Promise<WishRow[]> {
  const { rows } = await sql<WishRow>`
    select * from people_wish where season = ${season} and person_id = any(${persons}::uuid[]) for update`.execute(
    tx,
  );
  return rows;
}

export async function findHouseholds(tx: Tx, numbers: readonly string[]): Promise<HouseholdRow[]> {
  const { rows } = await sql<HouseholdRow>`
    select id, area, number from people_household where number = any(${numbers}::text[]) order by id`.execute(
    tx,
  );
  return rows;
}

/** The identity of each number over all districts; one never seen takes the fresh id of its place. `next` is null unless the key changes. */
export async function identitiesOf(
  tx: Tx,
  indexes: readonly { readonly now: Buffer; readonly next: Buffer | null }[],
  fresh: readonly string[],
): Promise<string[]> {
  if (indexes.length === 0) return [];
  const { rows } = await sql<{ identity: string }>`
    select identity from identities_of(${indexes.map((it) => it.now)}::bytea[],
      ${indexes.map((it) => it.next)}::bytea[], ${fresh}::uuid[]) order by ordinal`.execute(tx);
  return rows.map((it) => it.identity);
}

/** Rows as the text of a JSON array, buffers in hexadecimal. */
export function records(rows: readonly object[]): string {
  const plain = rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([key, it]) => [key, Buffer.isBuffer(it) ? `\\x${it.toString('hex')}` : it]),
    ),
  );
  return JSON.stringify(plain);
}

type ByHand = 'relation' | 'registered_place' | 'address' | 'labor_ability' | 'phone_owner' | 'phone2_owner';
export type NewPerson = Omit<PersonRow, 'district' | 'erased_at' | ByHand> & Partial<Pick<PersonRow, ByHand>>;

/**
 * Adds people in one statement; answers the ids of those who were added. Who is missing is on the books of an office
 * of the same district that this transaction cannot see.
 */
export async function insertPersons(tx: Tx, persons: readonly NewPerson[]): Promise<Set<string>> {
  if (persons.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    insert into people_person (id, identity, area, name, pinyin, initials, gender, birth, id_kind, id_sealed, id_index,
      id_index_next, id_tail, phone_sealed, phone_index, phone_index_next, phone_tail, phone2_sealed, household_id, ledger_office, nation, education,
      job_type, workplace, relation, address, labor_ability, channel, registered_at, registered_by)
    select id, identity, area, name, pinyin, initials, gender, birth, id_kind, id_sealed, id_index,
      id_index_next, id_tail, phone_sealed, phone_index, phone_index_next, phone_tail, phone2_sealed, household_id, ledger_office, nation, education,
      job_type, workplace, relation, address, labor_ability, channel, registered_at, registered_by
    from json_populate_recordset(null::people_person, ${records(persons)}::json)
    on conflict do nothing returning id`.execute(tx);
  return new Set(rows.map((it) => it.id));
}

/** New values of a person's row; null leaves what is there. */
export type PersonChange = Pick<
  PersonRow,
  'id' | 'identity' | 'area' | 'name' | 'pinyin' | 'initials' | 'id_kind'
> &
  Partial<
    Pick<
      PersonRow,
      | 'gender'
      | 'birth'
      | 'id_sealed'
      | 'id_index'
      | 'id_index_next'
      | 'id_tail'
      | 'phone_sealed'
      | 'phone_index'
      | 'phone_index_next'
      | 'phone_tail'
      | 'phone2_sealed'
      | 'household_id'
      | 'nation'
      | 'education'
      | 'job_type'
      | 'workplace'
      | 'relation'
      | 'address'
      | 'labor_ability'
    >
  >;

export async function updatePersons(tx: Tx, changes: readonly PersonChange[]): Promise<void> {
  if (changes.length === 0) return;
  const text = records(changes);
  await sql`
    update people_person p set identity = n.identity, area = n.area, name = n.name, pinyin = n.pinyin,
      initials = n.initials, id_kind = n.id_kind, gender = coalesce(n.gender, p.gender),
      birth = coalesce(n.birth, p.birth), id_sealed = coalesce(n.id_sealed, p.id_sealed),
      id_index = coalesce(n.id_index, p.id_index),
      id_index_next = case when n.id_index is null then p.id_index_next else n.id_index_next end, id_tail = coalesce(n.id_tail, p.id_tail),
      phone_sealed = coalesce(n.phone_sealed, p.phone_sealed), phone_index = coalesce(n.phone_index, p.phone_index),
      phone_index_next = case when n.phone_index is null then p.phone_index_next else n.phone_index_next end,
      phone_tail = coalesce(n.phone_tail, p.phone_tail), phone2_sealed = coalesce(n.phone2_sealed, p.phone2_sealed),
      household_id = coalesce(n.household_id, p.household_id), nation = coalesce(n.nation, p.nation),
      education = coalesce(n.education, p.education), job_type = coalesce(n.job_type, p.job_type),
      workplace = coalesce(n.workplace, p.workplace), relation = coalesce(n.relation, p.relation),
      address = coalesce(n.address, p.address), labor_ability = coalesce(n.labor_ability, p.labor_ability)
    from json_populate_recordset(null::people_person, ${text}::json) n where p.id = n.id`.execute(tx);
}

/** Takes the wishes of people along to where they now live, under the identity they now have; a trigger takes the rest. */
export async function moveWishes(tx: Tx, persons: readonly string[]): Promise<void> {
  if (persons.length === 0) return;
  await sql`update people_wish t set area = p.area, identity = p.identity from people_person p
    where p.id = t.person_id and t.person_id = any(${persons}::uuid[])`.execute(tx);
}

export type WishChange = Pick<
  WishRow,
  | 'id'
  | 'kind'
  | 'mode'
  | 'destination'
  | 'destination_text'
  | 'gate_id'
  | 'gate_text'
  | 'earliest'
  | 'latest'
  | 'party'
  | 'may_part'
  | 'wheelchair'
  | 'remark'
  | 'status'
>;

/** Changes wishes in one statement. What the last plan said of them no longer holds and is taken off. */
export async function updateWishes(tx: Tx, changes: readonly WishChange[]): Promise<void> {
  if (changes.length === 0) return;
  await sql`
    update people_wish w set kind = n.kind, mode = n.mode, destination = n.destination,
      destination_text = n.destination_text, gate_id = n.gate_id, gate_text = n.gate_text, earliest = n.earliest,
      latest = n.latest, party = n.party, may_part = n.may_part, wheelchair = n.wheelchair, remark = n.remark,
      status = n.status, unplaced_reason = null, unplaced_numbers = null, unplaced_remedy = null,
      unplaced_owner = null
    from json_populate_recordset(null::people_wish, ${records(changes)}::json) n where w.id = n.id`.execute(
    tx,
  );
}
