import type {
  DifficultyChannel,
  DifficultyKind,
  DifficultyState,
} from '@fangang/domain/people/rules-difficulty.ts';
import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';
import { ANSWERS, type NeedHit, PERSON_JSON } from './store-needs.ts';

export interface DifficultyRow {
  readonly id: string;
  readonly season: string;
  readonly person_id: string;
  readonly area: string;
  readonly kind: DifficultyKind;
  readonly channel: DifficultyChannel;
  readonly status: DifficultyState;
  readonly told_at: string;
  readonly due: string;
  readonly climbed: number;
  readonly owner: string | null;
  readonly owner_name: string | null;
  readonly owner_area_name: string;
  readonly owner_area_pinyin: string;
  readonly confirmed_by: 'person' | 'office' | null;
}

export type DifficultyHit = DifficultyRow & Pick<NeedHit, 'person'>;
export type SealedDifficulty = DifficultyHit & {
  readonly told_sealed: Buffer | null;
  readonly answer_sealed: Buffer | null;
};

const COLUMNS = sql`n.id, n.season, n.person_id, n.area, n.kind, n.channel, n.status, n.told_at, n.due, n.climbed, n.owner,
  n.confirmed_by, s.name as owner_name, coalesce(o.name, n.owner_area) as owner_area_name,
  coalesce(o.pinyin, n.owner_area) as owner_area_pinyin`;
const WITH_PERSON = sql`people_difficulty n join people_person p on p.id = n.person_id
  left join offices_area a on a.code = p.area ${ANSWERS}`;

export interface WhichDifficulties {
  readonly season: string;
  readonly state: DifficultyState | 'waiting';
  readonly kind?: DifficultyKind | undefined;
  readonly owner?: string | undefined;
  readonly ownerArea?: string | undefined;
  /** Due before this day and not answered. */
  readonly before?: string | undefined;
}

export async function listDifficultyPage(
  tx: Tx,
  it: WhichDifficulties,
  page: { readonly limit: number; readonly offset: number },
): Promise<{ rows: DifficultyHit[]; total: number }> {
  const parts = [
    sql`n.season = ${it.season}`,
    it.state === 'waiting' ? sql`n.status <> 'solved'` : sql`n.status = ${it.state}`,
  ];
  if (it.kind) parts.push(sql`n.kind = ${it.kind}`);
  if (it.owner) parts.push(sql`n.owner = ${it.owner}::uuid`);
  if (it.ownerArea) parts.push(sql`n.owner_area = ${it.ownerArea}`);
  if (it.before) parts.push(sql`n.due < ${it.before}::date and n.status in ('told', 'owned', 'climbed')`);
  const where = sql.join(parts, sql` and `);
  const { rows } = await sql<DifficultyHit>`select ${COLUMNS}, ${PERSON_JSON} from ${WITH_PERSON}
    where ${where} order by n.due, n.id limit ${page.limit} offset ${page.offset}`.execute(tx);
  const counted = await sql<{
    n: number;
  }>`select count(*)::int as n from people_difficulty n where ${where}`.execute(tx);
  return { rows, total: counted.rows[0]?.n ?? 0 };
}

export async function listDifficultiesOf(tx: Tx, season: string, person: string): Promise<DifficultyRow[]> {
  const { rows } = await sql<DifficultyRow>`select ${COLUMNS} from people_difficulty n ${ANSWERS}
    where n.season = ${season} and n.person_id = ${person}::uuid order by n.told_at desc, n.id`.execute(tx);
  return rows;
}

/** One with its sealed words. */
export async function findDifficulty(tx: Tx, id: string): Promise<SealedDifficulty | undefined> {
  const { rows } =
    await sql<SealedDifficulty>`select ${COLUMNS}, n.told_sealed, n.answer_sealed, ${PERSON_JSON}
    from ${WITH_PERSON} where n.id = ${id}::uuid`.execute(tx);
  return rows[0];
}

/** One to be changed, locked. */
export async function lockDifficulty(tx: Tx, id: string): Promise<DifficultyRow | undefined> {
  const { rows } =
    await sql<DifficultyRow>`select * from people_difficulty where id = ${id}::uuid for update`.execute(tx);
  return rows[0];
}

export interface NewDifficulty {
  readonly id: string;
  readonly season: string;
  readonly personId: string;
  readonly area: string;
  readonly kind: DifficultyKind;
  readonly channel: DifficultyChannel;
  readonly toldAt: string;
  readonly due: string;
  readonly told: Buffer;
}

export async function addDifficulty(tx: Tx, it: NewDifficulty): Promise<void> {
  await sql`insert into people_difficulty (id, season, person_id, area, kind, channel, status, told_at, due, told_sealed)
    values (${it.id}, ${it.season}, ${it.personId}, ${it.area}, ${it.kind}, ${it.channel}, 'told', ${it.toldAt}::timestamptz,
      ${it.due}::date, ${it.told})`.execute(tx);
}

/** What a step changes; what is left out stays. */
export interface DifficultyStep {
  readonly status: DifficultyState;
  readonly owner?: string;
  readonly answer?: Buffer;
  readonly confirmedBy?: 'office';
}

export async function stepDifficulty(tx: Tx, id: string, it: DifficultyStep, at: string): Promise<void> {
  const { status, owner = null, answer = null, confirmedBy = null } = it;
  await sql`update people_difficulty set status = ${status}, owner = coalesce(${owner}::uuid, owner),
      answer_sealed = coalesce(${answer}::bytea, answer_sealed),
      answered_at = case when ${answer}::bytea is null then answered_at else ${at}::timestamptz end,
      confirmed_by = ${confirmedBy}, closed_at = case when ${confirmedBy}::text is null then null else ${at}::timestamptz end
    where id = ${id}::uuid`.execute(tx);
}

export interface ToldByLink {
  readonly how: 'told' | 'known' | 'tooMany';
  readonly person: string;
  readonly season: string;
  readonly area: string;
}

/** Told by the person behind a ticket's link; undefined where the link opens nothing any more. */
export async function tellByLink(
  tx: Tx,
  it: { id: string; kind: DifficultyKind; told: Buffer; at: string; due: string },
): Promise<ToldByLink | undefined> {
  const { rows } =
    await sql<ToldByLink>`select * from tell_difficulty(${it.id}::uuid, ${it.kind}, ${it.told}::bytea,
    ${it.at}::timestamptz, ${it.due}::date)`.execute(tx);
  return rows[0];
}

/** The person says whether it is solved; undefined where there is no answer of the own to say it of. */
export async function confirmByLink(
  tx: Tx,
  it: { id: string; solved: boolean; at: string },
): Promise<{ season: string; area: string } | undefined> {
  const { rows } = await sql<{
    season: string;
    area: string;
  }>`select * from confirm_difficulty(${it.id}::uuid, ${it.solved}, ${it.at}::timestamptz)`.execute(tx);
  return rows[0];
}

export interface LinkDifficulty {
  readonly id: string;
  readonly kind: DifficultyKind;
  readonly status: DifficultyState;
  readonly toldAt: string;
  readonly answer: Buffer | null;
}

/** The own difficulties, as the link reads them, the newest first. */
export async function listByLink(tx: Tx): Promise<LinkDifficulty[]> {
  const { rows } =
    await sql<LinkDifficulty>`select id, kind, status, told_at as "toldAt", answer_sealed as answer
    from people_difficulty order by told_at desc, id limit 20`.execute(tx);
  return rows;
}

/** Forgets what these people have told and what offices have noted of their needs. */
export async function forgetTold(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`update people_difficulty set told_sealed = null, answer_sealed = null where person_id = any(${ids}::uuid[])`.execute(
    tx,
  );
  await sql`update people_need set evidence_sealed = null where person_id = any(${ids}::uuid[])`.execute(tx);
}
