import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';
import { forgetTold } from './store-difficulty.ts';

/** The name that stands where somebody was: a word, so that no list shows an empty row. */
const NOBODY = { name: '已删除', pinyin: 'Erased' };

/**
 * Takes from these people what says who they are: name, numbers, home below the village, care status, consents, old values, what wishes say
 * in free text. Ids stay, so that counts stay.
 */
export async function erasePeople(tx: Tx, ids: readonly string[], at: string): Promise<void> {
  const which = sql`any(${ids}::uuid[])`;
  await sql`update people_person set name = ${NOBODY.name}, pinyin = ${NOBODY.pinyin}, initials = '', gender = null, birth = null,
      id_sealed = null, id_index = null, id_index_next = null, id_tail = '', phone_sealed = null, phone_index = null, phone_index_next = null, phone_tail = '',
      phone2_sealed = null, household_id = null, nation = null, education = null, job_type = null, workplace = null,
      relation = null, registered_place = null, address = null, labor_ability = null, phone_owner = null, phone2_owner = null,
      erased_at = ${at}::timestamptz
    where id = ${which}`.execute(tx);
  for (const table of ['people_care', 'people_spell', 'people_skill', 'people_certificate'])
    await sql`delete from ${sql.id(table)} where person_id = ${which}`.execute(tx);
  await sql`update people_wish set destination_text = null, gate_text = null, remark = null, unplaced_numbers = null
    where person_id = ${which}`.execute(tx);
  await forgetTold(tx, ids);
  await sql`select forget_people(${ids}::uuid[])`.execute(tx);
}

/** People of the books whose last season ended before a day, not erased yet, in the order of their ids; locked, so that one run takes each. */
export async function listExpired(
  tx: Tx,
  endedBefore: string,
  page: { readonly after: string; readonly limit: number },
): Promise<{ id: string; area: string }[]> {
  const { rows } = await sql<{ id: string; area: string }>`
    select p.id, p.area from people_person p
    where p.id > ${page.after}::uuid and p.erased_at is null and p.registered_at < ${endedBefore}::date
      and not exists (select 1 from people_wish w join offices_season s on s.id = w.season
        where w.person_id = p.id and s.to_day >= ${endedBefore}::date)
    order by p.id limit ${page.limit} for update of p skip locked`.execute(tx);
  return rows;
}

export interface RetentionRun {
  readonly id: string;
  readonly area: string;
  readonly at: string;
  readonly endedBefore: string;
  readonly erased: number;
  readonly stillTravel: number;
  /** Replies of writes older than this have lost their words, and how many did. */
  readonly repliesBefore: string;
  readonly repliesCleared: number;
  readonly actor: string;
}

export async function addRetentionRun(tx: Tx, run: RetentionRun): Promise<void> {
  await sql`insert into people_retention_run (id, area, at, ended_before, erased, still_travel, replies_before, replies_cleared, actor)
    values (${run.id}, ${run.area}, ${run.at}::timestamptz, ${run.endedBefore}::date, ${run.erased}, ${run.stillTravel},
      ${run.repliesBefore}::timestamptz, ${run.repliesCleared}, ${run.actor})`.execute(tx);
}
