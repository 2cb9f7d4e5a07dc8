import type {
  CareMembership,
  Certificate,
  ChangedPart,
  Skill,
  WorkSpell,
} from '@fangang/domain/people/registry.ts';
import { sql } from 'kysely';
import { openCare } from '../platform/audit.ts';
import type { Tx } from '../platform/database.ts';
import type { Witness } from '../platform/witness.ts';
import type { PersonRow } from './tables.ts';

/** Columns of a person's row that a change by hand sets; null takes away. */
export type PersonColumns = Partial<
  Omit<PersonRow, 'id' | 'district' | 'channel' | 'registered_at' | 'registered_by'>
>;

/** Sets columns of one person. Fails with 23505 where the ID number is on the books of another office of the district. */
export async function setPerson(tx: Tx, id: string, columns: PersonColumns): Promise<void> {
  await tx.updateTable('people_person').set(columns).where('id', '=', id).execute();
}

export async function findHouseholdNumber(tx: Tx, id: string | null): Promise<string | null> {
  const { rows } = await sql<{
    number: string | null;
  }>`select number from people_household where id = ${id}`.execute(tx);
  return rows[0]?.number ?? null;
}

/** The household of this number in a village; made where there is none. */
export async function householdOf(tx: Tx, fresh: string, area: string, number: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select id from people_household where area = ${area} and number = ${number} order by id limit 1`.execute(
    tx,
  );
  if (rows[0]) return rows[0].id;
  await sql`insert into people_household (id, area, number) values (${fresh}, ${area}, ${number})`.execute(
    tx,
  );
  return fresh;
}

export interface SpellRow extends WorkSpell {
  readonly id: string;
  readonly placeName: string | null;
  readonly placePinyin: string | null;
}

/** Spells of work, the latest first. */
export async function listSpells(tx: Tx, personId: string): Promise<SpellRow[]> {
  const { rows } = await sql<SpellRow>`
    select s.id, s.county, s.employer, s.occupation, s.monthly_pay_fen as "monthlyPayFen", s.from_day as "fromDay",
      s.to_day as "toDay", s.source, p.full_name as "placeName", p.pinyin as "placePinyin"
    from people_spell s left join offices_place p on p.code = s.county
    where s.person_id = ${personId} order by s.from_day desc, s.id`.execute(tx);
  return rows;
}

export async function listSkills(tx: Tx, personId: string): Promise<(Skill & { id: string })[]> {
  const { rows } = await sql<Skill & { id: string }>`
    select id, name, years, source from people_skill where person_id = ${personId} order by name, id`.execute(
    tx,
  );
  return rows;
}

export interface CertificateRow extends Omit<Certificate, 'number'> {
  readonly id: string;
  readonly sealed: Buffer | null;
}

export async function listCertificates(tx: Tx, personId: string): Promise<CertificateRow[]> {
  const { rows } = await sql<CertificateRow>`
    select id, name, level, number_sealed as sealed, issued_day as "issuedDay", expires_day as "expiresDay"
    from people_certificate where person_id = ${personId} order by name, id`.execute(tx);
  return rows;
}

export type CareRow = CareMembership & { readonly id: string };

/** Care memberships; none are seen without a witness of the reading. */
export async function listCare(tx: Tx, personId: string, witness: Witness): Promise<CareRow[]> {
  await openCare(tx, witness);
  const { rows } = await sql<CareRow>`
    select id, kind, since, until, source from people_care where person_id = ${personId} order by kind`.execute(
    tx,
  );
  return rows;
}

interface At {
  readonly id: string;
  readonly personId: string;
  readonly area: string;
}

export async function putSpell(tx: Tx, at: At, it: WorkSpell): Promise<void> {
  await sql`insert into people_spell (id, person_id, area, county, employer, occupation, monthly_pay_fen, from_day, to_day, source)
    values (${at.id}, ${at.personId}, ${at.area}, ${it.county}, ${it.employer}, ${it.occupation}, ${it.monthlyPayFen},
      ${it.fromDay}::date, ${it.toDay}::date, ${it.source})
    on conflict (id) do update set county = excluded.county, employer = excluded.employer, occupation = excluded.occupation,
      monthly_pay_fen = excluded.monthly_pay_fen, from_day = excluded.from_day, to_day = excluded.to_day, source = excluded.source`.execute(
    tx,
  );
}

export async function putSkill(tx: Tx, at: At, it: Skill): Promise<void> {
  await sql`insert into people_skill (id, person_id, area, name, years, source)
    values (${at.id}, ${at.personId}, ${at.area}, ${it.name}, ${it.years}, ${it.source})
    on conflict (id) do update set name = excluded.name, years = excluded.years, source = excluded.source`.execute(
    tx,
  );
}

export async function putCertificate(
  tx: Tx,
  at: At,
  it: Omit<Certificate, 'number'> & { sealed: Buffer | null },
): Promise<void> {
  await sql`insert into people_certificate (id, person_id, area, name, level, number_sealed, issued_day, expires_day)
    values (${at.id}, ${at.personId}, ${at.area}, ${it.name}, ${it.level}, ${it.sealed}, ${it.issuedDay}::date, ${it.expiresDay}::date)
    on conflict (id) do update set name = excluded.name, level = excluded.level, number_sealed = excluded.number_sealed,
      issued_day = excluded.issued_day, expires_day = excluded.expires_day`.execute(tx);
}

/** False where the person is in that group already, under another row. */
export async function putCare(tx: Tx, at: At, it: CareMembership): Promise<boolean> {
  const known = await sql<{ id: string }>`
    select id from people_care where person_id = ${at.personId} and kind = ${it.kind} and id <> ${at.id}`.execute(
    tx,
  );
  if (known.rows.length > 0) return false;
  await sql`insert into people_care (id, person_id, area, kind, since, until, source)
    values (${at.id}, ${at.personId}, ${at.area}, ${it.kind}, ${it.since}::date, ${it.until}::date, ${it.source})
    on conflict (id) do update set kind = excluded.kind, since = excluded.since, until = excluded.until, source = excluded.source`.execute(
    tx,
  );
  return true;
}

const TABLE_OF = {
  spell: 'people_spell',
  skill: 'people_skill',
  certificate: 'people_certificate',
  care: 'people_care',
} as const;

export async function removeRecord(tx: Tx, part: keyof typeof TABLE_OF, id: string): Promise<void> {
  await sql`delete from ${sql.id(TABLE_OF[part])} where id = ${id}`.execute(tx);
}

export interface HistoryRow {
  readonly id: string;
  readonly at: string;
  readonly actor: string;
  readonly by: string | null;
  readonly part: ChangedPart;
  readonly record: string | null;
  readonly fields: readonly string[];
  readonly batch: string | null;
  readonly undone: boolean;
  readonly sealed: Buffer;
}

/** The history of a record, the latest first; who did it by the account's name. */
export async function listHistory(tx: Tx, personId: string, most: number): Promise<HistoryRow[]> {
  const { rows } = await sql<HistoryRow>`
    select h.id, h.at, h.actor, s.name as by, h.part, h.record, h.fields, h.batch, h.undone_at is not null as undone, h.sealed
    from people_history h left join offices_staff s on s.id::text = h.actor
    where h.person_id = ${personId} order by h.at desc, h.id desc limit ${most}`.execute(tx);
  return rows;
}

export interface NewHistory {
  readonly id: string;
  readonly personId: string;
  readonly area: string;
  readonly at: string;
  readonly actor: string;
  readonly part: ChangedPart;
  readonly record: string | null;
  readonly fields: readonly string[];
  readonly sealed: Buffer;
}

export async function addHistory(tx: Tx, it: NewHistory): Promise<void> {
  await sql`insert into people_history (id, person_id, area, at, actor, part, record, fields, sealed)
    values (${it.id}, ${it.personId}, ${it.area}, ${it.at}::timestamptz, ${it.actor}, ${it.part}, ${it.record},
      ${it.fields}::text[], ${it.sealed})`.execute(tx);
}

export async function markUndone(tx: Tx, id: string, by: string, at: string): Promise<void> {
  await sql`update people_history set undone_at = ${at}::timestamptz, undone_by = ${by} where id = ${id}`.execute(
    tx,
  );
}
