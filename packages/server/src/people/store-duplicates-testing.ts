import { checkDigitOf } from '@fangang/domain/people/id-number.ts';
import { sql } from 'kysely';
import { scopeOfStaff } from '../offices/scope.ts';
import { testHouse } from '../offices/testing.ts';
import type { Scope } from '../platform/database.ts';
import { asOwner } from '../platform/owner.ts';
import { duplicateTasks } from './duplicate-jobs.ts';
import { routes } from './routes.ts';

export interface Who {
  readonly id: string;
  readonly cookie: string;
}
export interface Pair {
  readonly id: string;
  readonly band: string;
  readonly reasons: readonly string[];
  readonly first: { readonly personId: string; readonly name: string };
  readonly second: { readonly personId: string; readonly name: string };
  readonly keepId: string;
  readonly take: readonly string[];
}
export interface Queue {
  readonly counts: { same: number; ask: number; decided: number };
  readonly pairs: readonly Pair[];
  readonly decided: readonly { id: string; how: string; mergeId: string | null }[];
  readonly run: { state: string; people: number; found: number } | null;
}

export const SEASON = '2022-spring';
const [TOWN, OTHER_TOWN, DISTRICT] = ['500238103000', '500238104000', '500238000000'];
const ROWS = [
  'people_person',
  'people_wish',
  'people_need',
  'people_spell',
  'people_skill',
  'people_certificate',
  'people_difficulty',
  'people_care',
  'people_consent',
  'people_merge_claim',
  'people_pair',
  'people_count',
  'people_name_token',
  'trips_itinerary',
  'trips_leg',
  'trips_pack_issue',
];

async function houseOfThree() {
  const house = await testHouse(routes);
  const district: Who = await house.signIn('districtOfficer', DISTRICT);
  const town: Who = await house.signIn('townOfficer', TOWN);
  const otherTown: Who = await house.signIn('townOfficer', OTHER_TOWN);
  const owner = (query: ReturnType<typeof sql>) =>
    asOwner(house.fresh.adminUrl, house.fresh.city, (tx) => query.execute(tx));

  function send(who: Who, url: string, body?: object) {
    return house.app.inject({
      method: body ? 'POST' : 'GET',
      url,
      headers: { cookie: who.cookie },
      ...(body && { payload: body }),
    });
  }

  const scopeOf = async (who: Who): Promise<Scope> => {
    const scope = await scopeOfStaff(house.services, who.id);
    if (!scope) throw new Error('no scope');
    return scope;
  };

  return { house, district, town, otherTown, owner, send, scopeOf };
}

/** Everything the database holds but for sealed texts, whose letters are others each time; numbers stand by their indexes. */
async function everythingOf({
  owner,
}: Pick<Awaited<ReturnType<typeof houseOfThree>>, 'owner'>): Promise<Record<string, unknown>> {
  const all: Record<string, unknown> = {};
  for (const table of ROWS) {
    if (table === 'people_count') {
      const { rows } = await owner(
        sql`select area, season, bucket, sum(n) as n from people_count group by 1, 2, 3 having sum(n) <> 0 order by 1, 2, 3`,
      );
      all[table] = rows;
      continue;
    }
    const { rows } = await owner(sql`select row from (
      select to_jsonb(t) - 'id_sealed' - 'phone_sealed' - 'phone2_sealed' - 'certificate_sealed' as row from ${sql.id(table)} t) it order by row::text`);
    all[table] = rows;
  }
  return all;
}

/** A district with its officer and two of its towns, and what a test of duplicates does in it. */
export async function duplicateHouse() {
  const base = await houseOfThree();
  const { district, owner, send } = base;
  let sequence = 100;
  /** A telephone that nobody else has, as the last numbers were given. */
  const phoneNow = (back = 0) => `138${String(10_000_000 + sequence - back)}`;
  const numberOf = (birth: string) => {
    sequence += 2;
    const first17 = `500238${birth}${sequence}`;
    return first17 + checkDigitOf(first17);
  };

  async function register(
    it: { name: string; idNumber?: string; phone?: string; area?: string },
    who = district,
  ): Promise<string> {
    const body = {
      season: SEASON,
      area: it.area ?? village,
      name: it.name,
      idNumber: it.idNumber ?? '',
      phone: it.phone ?? '',
    };
    const answer = await send(who, '/api/people', body);
    if (answer.statusCode !== 200) throw new Error(answer.body);
    return (answer.json() as { personId: string }).personId;
  }

  const queue = async (who = district) =>
    (await send(who, `/api/duplicates?season=${SEASON}`)).json() as Queue;
  const pairOf = async (id: string, who = district) => {
    const found = (await queue(who)).pairs.find(
      (it) => it.first.personId === id || it.second.personId === id,
    );
    if (!found) throw new Error('the pair is not in the queue');
    return found;
  };
  /** Asks for a comparison of all, and runs its job as the queue would. */
  async function compareAll(who = district): Promise<void> {
    const answer = await send(who, '/api/duplicates/compare', {});
    if (answer.statusCode !== 200) throw new Error(answer.body);
    const { rows } = await owner(
      sql`select id from people_pair_run where state = 'running' and asked_by = ${who.id}`,
    );
    const run = (rows[0] as { id: string }).id;
    await duplicateTasks['people.compare_books']?.({ staff: who.id, run }, base.house.services);
  }

  /** Somebody registered twice: with an ID number, and by phone alone. */
  async function twice(name: string): Promise<{ kept: string; gone: string; pair: Pair }> {
    const phone = `138${String(10_000_000 + sequence)}`;
    const kept = await register({ name, idNumber: numberOf('19790615') });
    await owner(sql`update people_person set phone_tail = '' where id = ${kept}`);
    const gone = await register({ name, phone });
    await owner(sql`update people_person set birth = '1979-06-15', gender = 'female' where id = ${gone}`);
    await compareAll();
    return { kept, gone, pair: await pairOf(gone) };
  }
  const merge = (pair: Pair, more: object = {}, who = district) =>
    send(who, `/api/duplicates/${pair.id}/merge`, { keepId: pair.keepId, take: pair.take, ...more });
  const undo = (pair: Pair, who = district) => send(who, `/api/duplicates/${pair.id}/undo`, {});

  const { rows } = await owner(
    sql`select code from offices_area where level = 'village' and code like '500238103%' order by code limit 1`,
  );
  const village = (rows[0] as { code: string }).code;
  return {
    ...{ ...base, village, townCode: TOWN, phoneNow, everything: () => everythingOf(base) },
    ...{ numberOf, register, queue, pairOf, compareAll, twice, merge, undo },
  };
}
export type DuplicateHouse = Awaited<ReturnType<typeof duplicateHouse>>;
