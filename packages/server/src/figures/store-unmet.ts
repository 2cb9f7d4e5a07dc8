import { type RawBuilder, sql } from 'kysely';
import { type Asked, PERSON_IS } from './store-fold.ts';

/** Reason of the people whom a draft plan seats: what they lack is its commit. */
export const IN_DRAFT_PLAN = 'in_draft_plan';

/** Wishes that the newest plan of a district seats and that nobody has committed yet. */
function draftedWishes(asked: Asked): RawBuilder<unknown> {
  return sql`select distinct (jsonb_path_query(plan, '$.ways[*].members[*].wish') #>> '{}')::uuid as wish from (
      select distinct on (area) state, plan from trips_proposal
      where season = ${asked.season} and state <> 'discarded' order by area, id desc
    ) newest where state = 'ready'`;
}

/**
 * Each person of the fold who is not yet placed, with the reason: a draft that waits for its commit, else what the last plan or the door
 * left, else that no plan has looked at them.
 */
function unmetPeople(asked: Asked): RawBuilder<unknown> {
  return sql`select identity, home, times, district,
      case when drafted then ${IN_DRAFT_PLAN} else coalesce(reason, 'not_planned_yet') end as reason,
      case when drafted then 'commit_plan' when reason is null then 'make_plan' else remedy end as remedy,
      case when drafted then null else owner end as owner from (
      select distinct on (p.identity) p.identity, p.home, p.times, left(p.home, 6) as district, d.wish is not null as drafted,
        w.unplaced_reason as reason, w.unplaced_remedy as remedy, w.unplaced_owner as owner
      from person p left join people_wish w on w.season = ${asked.season} and w.identity = p.identity::uuid
      left join (${draftedWishes(asked)}) d on d.wish = w.id
      where p.home is not null and ${PERSON_IS.unmet}
      order by p.identity, d.wish is null, (w.area = p.home) desc, w.unplaced_reason nulls last
    ) last`;
}

/** The same people with who answers for them: an owner of the own, else the district's dispatcher (law 7). */
function unmetOwned(asked: Asked): RawBuilder<unknown> {
  return sql`select why.identity, why.home, why.times, why.reason, why.remedy, why.district || '000000' as district,
      coalesce(s.id, answers.id) as owner_id, coalesce(s.name, answers.name) as owner
    from (${unmetPeople(asked)}) why
    left join offices_staff s on s.id = why.owner
    left join (
      select distinct on (left(area, 6)) left(area, 6) as district, id, name from offices_staff
      where active and role in ('dispatcher', 'districtOfficer', 'townOfficer')
      order by left(area, 6), role = 'dispatcher' desc, role = 'districtOfficer' desc, area, login
    ) answers on answers.district = why.district`;
}

/** The same people by reason, district and owner, the largest group first. */
export function unmetLines(asked: Asked): RawBuilder<unknown> {
  return sql`union all select '', 'unmetGroup', null, 0, row_to_json(unmet) from (
      select u.reason, u.remedy, u.district, coalesce(d.name, u.district) as "districtName",
        coalesce(d.pinyin, u.district) as "districtPinyin", u.owner_id as "ownerId", u.owner, count(*) as persons
      from (${unmetOwned(asked)}) u left join offices_area d on d.code = u.district
      group by 1, 2, 3, 4, 5, 6, 7 order by count(*) desc, u.reason nulls last, u.district
    ) unmet`;
}

/** Which of the people not yet placed. */
export interface WhichUnmet {
  readonly reason?: string | undefined;
  readonly remedy?: string | undefined;
  /** 12 digits. */
  readonly district?: string | undefined;
  readonly owner?: string | undefined;
  /** Whom a draft plan seats, or whom none does. */
  readonly drafted?: 'yes' | 'no' | undefined;
}

/** The people behind a group, or behind several: as many as the groups count. */
export function unmetOf(asked: Asked, it: WhichUnmet): RawBuilder<unknown> {
  const parts = [
    it.reason !== undefined && sql`reason = ${it.reason}`,
    it.remedy !== undefined && sql`remedy = ${it.remedy}`,
    it.district !== undefined && sql`district = ${it.district}`,
    it.owner !== undefined && sql`owner_id = ${it.owner}::uuid`,
    it.drafted !== undefined && sql`(reason = ${IN_DRAFT_PLAN}) = ${it.drafted === 'yes'}`,
  ].filter((part) => part !== false);
  const which = parts.length === 0 ? sql`true` : sql.join(parts, sql` and `);
  return sql`select identity, home, times from (${unmetOwned(asked)}) u where ${which}`;
}
