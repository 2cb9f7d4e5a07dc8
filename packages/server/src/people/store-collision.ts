import type { CollisionEnd } from '@fangang/domain/people/rules-collision.ts';
import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';

export interface CollisionRow {
  readonly first_person: string;
  readonly second_person: string;
  readonly first_area: string;
  readonly second_area: string;
  readonly first_office: string;
  readonly second_office: string;
  readonly first_name: string;
  readonly second_name: string;
  readonly first_pinyin: string;
  readonly second_pinyin: string;
  readonly since: string;
}

const TOWN = (side: 'first' | 'second') =>
  sql`coalesce(${sql.id(`${side}_town`, 'name')}, '') as ${sql.id(`${side}_name`)},
    coalesce(${sql.id(`${side}_town`, 'pinyin')}, '') as ${sql.id(`${side}_pinyin`)}`;
const TOWNS = (alias: string) =>
  sql`left join offices_area first_town on first_town.code = ${sql.id(alias, 'first_area')}
    left join offices_area second_town on second_town.code = ${sql.id(alias, 'second_area')}`;

/** People on the books of two districts whom the asker sees both, not settled yet; the oldest first. */
export async function listOpenCollisions(tx: Tx, limit: number): Promise<CollisionRow[]> {
  const { rows } = await sql<CollisionRow>`
    select c.*, keeper_name(c.first_area) as first_office, keeper_name(c.second_area) as second_office, ${TOWN('first')}, ${TOWN('second')}
    from (
      select a.id as first_person, b.id as second_person, a.area as first_area, b.area as second_area,
        greatest(a.registered_at, b.registered_at) as since
      from (select identity from people_person where erased_at is null group by identity having count(*) > 1) twice
      join people_person a on a.identity = twice.identity and a.erased_at is null
      join people_person b on b.identity = twice.identity and b.erased_at is null and b.id > a.id and b.district <> a.district
      where not exists (select 1 from people_collision k where k.first_person = a.id and k.second_person = b.id)
      order by since, a.id limit ${limit}) c ${TOWNS('c')}
    order by c.since, c.first_person`.execute(tx);
  return rows;
}

/** Whether these two rows are one person, for the asker who sees both; locked until the end. */
export async function findCollision(
  tx: Tx,
  { firstId, secondId }: { readonly firstId: string; readonly secondId: string },
): Promise<{ readonly firstArea: string; readonly secondArea: string } | undefined> {
  const { rows } = await sql<{ firstArea: string; secondArea: string }>`
    select a.area as "firstArea", b.area as "secondArea"
    from people_person a join people_person b on b.identity = a.identity and b.district <> a.district
    where a.id = ${firstId}::uuid and b.id = ${secondId}::uuid and a.id < b.id and a.erased_at is null and b.erased_at is null
      and not exists (select 1 from people_collision k where k.first_person = a.id and k.second_person = b.id)
    for update of a, b`.execute(tx);
  return rows[0];
}

export interface ClosedRow extends Omit<CollisionRow, 'since'> {
  readonly how: CollisionEnd;
  readonly at: string;
}

export async function listClosedCollisions(tx: Tx, limit: number): Promise<ClosedRow[]> {
  const { rows } = await sql<ClosedRow>`
    select k.first_person, k.second_person, k.first_area, k.second_area, k.first_office, k.second_office, k.how, k.at,
      ${TOWN('first')}, ${TOWN('second')}
    from people_collision k ${TOWNS('k')} order by k.at desc, k.first_person limit ${limit}`.execute(tx);
  return rows;
}

/** Both rows stay, and are not asked about again. */
export async function keepBoth(
  tx: Tx,
  it: { readonly firstId: string; readonly secondId: string } & {
    readonly area: string;
    readonly firstArea: string;
    readonly secondArea: string;
    readonly actor: string;
    readonly at: string;
  },
): Promise<void> {
  await sql`insert into people_collision (first_person, second_person, area, first_area, second_area, first_office, second_office, how, actor, at)
    values (${it.firstId}::uuid, ${it.secondId}::uuid, ${it.area}, ${it.firstArea}, ${it.secondArea}, keeper_name(${it.firstArea}),
      keeper_name(${it.secondArea}), 'bothRight', ${it.actor}, ${it.at}::timestamptz)`.execute(tx);
}

/** One row goes into the other; false where they are not one person any more, or the asker does not hold the whole city. */
export async function settleCollision(tx: Tx, gone: string, kept: string): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select settle_collision(${gone}::uuid, ${kept}::uuid) as done`.execute(tx);
  return rows[0]?.done ?? false;
}
