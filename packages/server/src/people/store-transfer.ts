import type { TransferRefusal, TransferState, TransferWhy } from '@fangang/domain/people/rules-transfer.ts';
import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';
import type { HitRow } from './store-people.ts';

/** What an asking is kept under: the index of a number over the whole city, or a name with four digits. */
export interface AskedFor {
  readonly idIndex: Buffer | null;
  readonly idIndexNext: Buffer | null;
  readonly name: string | null;
  readonly tail: string;
}

export interface NewAsking extends AskedFor {
  readonly id: string;
  readonly area: string;
  readonly areaUpto: string;
  readonly toArea: string;
  readonly officeId: string;
  readonly askedBy: string;
  readonly askedAt: string;
  readonly expiresAt: string;
  readonly why: TransferWhy;
}

/** Files an asking under the office's name of the day. Nothing about any person is read. */
export async function addAsking(tx: Tx, it: NewAsking): Promise<void> {
  await sql`insert into people_transfer (id, area, area_upto, to_area, office_name, asked_by, asked_at, expires_at, how, id_index,
      id_index_next, name, tail, why, state)
    select ${it.id}::uuid, ${it.area}, ${it.areaUpto}, ${it.toArea},
      coalesce((select o.name from offices_office o where o.id = ${it.officeId}::uuid), (select a.name from offices_area a where a.code = ${it.area}), ''),
      ${it.askedBy}::uuid, ${it.askedAt}::timestamptz, ${it.expiresAt}::timestamptz, ${it.idIndex ? 'idNumber' : 'nameTail'},
      ${it.idIndex}, ${it.idIndexNext}, ${it.name}, ${it.tail}, ${it.why}, 'asked'`.execute(tx);
}

/** What the own books are asked: the index of a number in the own district, or a name with four digits. */
export type OwnSearch =
  | { readonly index: Buffer; readonly next: Buffer | null }
  | { readonly name: string; readonly tail: string };

/** Whether somebody on the own books is meant. */
export async function isOnOwnBooks(tx: Tx, asked: OwnSearch): Promise<boolean> {
  const meant =
    'index' in asked
      ? sql`p.id_index = ${asked.index} or p.id_index_next = ${asked.next}`
      : sql`p.name = ${asked.name} and (p.id_tail = ${asked.tail} or p.phone_tail = ${asked.tail})`;
  const { rows } = await sql`select 1 from people_person p where (${meant}) limit 1`.execute(tx);
  return rows.length > 0;
}

/** Whether the office waits for an answer about the same person already. */
export async function isAskedAlready(tx: Tx, area: string, it: AskedFor, now: string): Promise<boolean> {
  const same = it.idIndex
    ? sql`id_index in (${it.idIndex}, ${it.idIndexNext}) or id_index_next in (${it.idIndex}, ${it.idIndexNext})`
    : sql`name = ${it.name} and tail = ${it.tail}`;
  const { rows } = await sql`select 1 from people_transfer
    where area = ${area} and state = 'asked' and expires_at > ${now}::timestamptz and (${same}) limit 1`.execute(
    tx,
  );
  return rows.length > 0;
}

/** Forgets what the own office asked long ago: a name that led to nothing is kept no longer than it can be asked about. */
export async function forgetAskings(tx: Tx, before: string): Promise<void> {
  await sql`delete from people_transfer where expires_at < ${before}::timestamptz and state <> 'done'`.execute(
    tx,
  );
}

export interface AskingRow {
  readonly id: string;
  readonly area: string;
  readonly name: string | null;
  readonly tail: string;
  readonly areaName: string;
  readonly areaPinyin: string;
  readonly why: TransferWhy;
  readonly state: Exclude<TransferState, 'agreed' | 'expired'>;
  readonly askedAt: string;
  readonly expiresAt: string;
  readonly answeredAt: string | null;
  readonly reason: TransferRefusal | null;
  readonly personId: string | null;
  readonly withSeat: boolean;
}

const ASKING = sql`t.id, t.area, t.name, t.tail, coalesce(a.name, '') as "areaName", coalesce(a.pinyin, '') as "areaPinyin", t.why, t.state,
  t.asked_at as "askedAt", t.expires_at as "expiresAt", t.answered_at as "answeredAt", t.reason, t.person_id as "personId",
  t.with_seat as "withSeat"`;

export async function listAskings(tx: Tx, limit: number): Promise<AskingRow[]> {
  const { rows } =
    await sql<AskingRow>`select ${ASKING} from people_transfer t left join offices_area a on a.code = t.to_area
    order by t.asked_at desc, t.id desc limit ${limit}`.execute(tx);
  return rows;
}

/** An asking of the own office, locked where it is to be changed. */
export async function findAsking(tx: Tx, id: string): Promise<AskingRow | undefined> {
  const { rows } =
    await sql<AskingRow>`select ${ASKING} from people_transfer t left join offices_area a on a.code = t.to_area
    where t.id = ${id}::uuid for update of t`.execute(tx);
  return rows[0];
}

export async function closeAsking(tx: Tx, id: string, at: string): Promise<void> {
  await sql`update people_transfer set state = 'withdrawn', answered_at = ${at}::timestamptz where id = ${id}::uuid`.execute(
    tx,
  );
}

export interface AskingOfUsRow {
  readonly id: string;
  /** As a list shows the person. */
  readonly person: HitRow;
  readonly personId: string;
  readonly toArea: string;
  readonly officeName: string;
  readonly fromName: string;
  readonly fromPinyin: string;
  readonly why: TransferWhy;
  readonly askedAt: string;
  readonly expiresAt: string;
}

/** Open askings of other offices that mean somebody on the own books. */
export async function listAskingsOfUs(tx: Tx, now: string, id?: string): Promise<AskingOfUsRow[]> {
  const { rows } = await sql<AskingOfUsRow>`
    select u.id, u.person_id as "personId", u.to_area as "toArea", u.office_name as "officeName", coalesce(a.name, '') as "fromName",
      coalesce(a.pinyin, '') as "fromPinyin", u.why, u.asked_at as "askedAt", u.expires_at as "expiresAt",
      jsonb_build_object('id', p.id, 'name', p.name, 'pinyin', p.pinyin, 'gender', p.gender, 'area', p.area, 'id_tail', p.id_tail,
        'phone_tail', p.phone_tail, 'area_name', h.name, 'area_pinyin', h.pinyin) as person
    from askings_of_us(${now}::timestamptz) u join people_person p on p.id = u.person_id
    left join offices_area a on a.code = u.from_area left join offices_area h on h.code = p.area
    where ${id ?? null}::uuid is null or u.id = ${id ?? null}::uuid`.execute(tx);
  return rows;
}

export interface AnsweredRow {
  readonly id: string;
  readonly personId: string;
  readonly answer: 'agreed' | 'refused';
  readonly reason: TransferRefusal | null;
  readonly officeName: string;
  readonly fromName: string;
  readonly fromPinyin: string;
  readonly at: string;
}

export async function listAnswered(tx: Tx, limit: number): Promise<AnsweredRow[]> {
  const { rows } = await sql<AnsweredRow>`
    select r.transfer_id as id, r.person_id as "personId", r.answer, r.reason, r.office_name as "officeName",
      coalesce(a.name, '') as "fromName", coalesce(a.pinyin, '') as "fromPinyin", r.at
    from people_transfer_answer r left join offices_area a on a.code = r.from_area
    order by r.at desc, r.transfer_id limit ${limit}`.execute(tx);
  return rows;
}

/** False where there is nothing open to refuse. */
export async function refuseAsking(
  tx: Tx,
  it: { readonly id: string; readonly personId: string; readonly reason: string; readonly at: string },
): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select refuse_asking(${it.id}::uuid, ${it.personId}::uuid, ${it.reason}, ${it.at}::timestamptz) as done`.execute(
    tx,
  );
  return rows[0]?.done ?? false;
}

/** Indexes of a person's numbers as the new district finds them. */
export interface NewIndexes {
  readonly id: Buffer | null;
  readonly idNext: Buffer | null;
  readonly phone: Buffer | null;
  readonly phoneNext: Buffer | null;
}

/** Moves the person to the office that asks; undefined where there is nothing open to agree to. */
export async function agreeAsking(
  tx: Tx,
  it: { readonly id: string; readonly personId: string; readonly at: string; readonly fresh: string } & {
    readonly indexes: NewIndexes;
  },
): Promise<{ readonly toArea: string; readonly personId: string } | undefined> {
  const { id, idNext, phone, phoneNext } = it.indexes;
  const { rows } = await sql<{ toArea: string; personId: string }>`
    select to_area as "toArea", person_id as "personId" from agree_asking(${it.id}::uuid, ${it.personId}::uuid,
      ${it.at}::timestamptz, ${it.fresh}::uuid, ${id}::bytea, ${idNext}::bytea, ${phone}::bytea, ${phoneNext}::bytea)`.execute(
    tx,
  );
  return rows[0];
}
