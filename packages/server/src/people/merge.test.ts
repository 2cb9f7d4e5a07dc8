import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../platform/ids.ts';
import { within } from '../platform/services.ts';
import type { Who } from './store-duplicates-testing.ts';
import { type DuplicateHouse, duplicateHouse, SEASON } from './store-duplicates-testing.ts';

let here: DuplicateHouse;
beforeAll(async () => {
  here = await duplicateHouse();
});
afterAll(() => here.house.close());

describe('a merge', () => {
  it('leaves one record, which takes what it lacked; the other is in no list, search, count or import', async () => {
    const { house, district, owner, send, scopeOf, twice, merge } = here;
    const { kept, gone, pair } = await twice('秦家旺');
    const count = async () => {
      const { rows } = await owner(sql`select sum(n)::int as n from people_count where bucket = 'person'`);
      return (rows[0] as { n: number }).n;
    };
    const before = await count();
    const key = newId();
    const done = await merge(pair, { key });
    expect(done.statusCode).toBe(200);
    expect((await merge(pair, { key })).body).toBe(done.body);
    expect(await count()).toBe(before - 1);
    expect((await send(district, `/api/people/${gone}?season=${SEASON}`)).statusCode).toBe(404);
    const found = (await send(district, '/api/people/find', { text: '秦家旺' })).json() as {
      people: { id: string; phoneTail: string }[];
    };
    expect(found.people.map((it) => it.id)).toEqual([kept]);
    expect(found.people[0]?.phoneTail).not.toBe('');
    const row = async (who: Who) =>
      within(
        house.services,
        await scopeOf(who),
        async (tx) => (await sql`select 1 from people_person where id = ${gone}`.execute(tx)).rows.length,
      );
    expect(await row(district)).toBe(0);
    // The control: without its part of the policy the merged row would be seen.
    const range =
      "area >= current_setting('fangang.area_from') and area <= current_setting('fangang.area_to')";
    await owner(sql.raw(`alter policy office_area on people_person using (${range})`));
    expect(await row(district)).toBe(1);
    await owner(
      sql.raw(`alter policy office_area on people_person using (${range} and merged_into is null)`),
    );
    const { rows } = await owner(
      sql`select type, data from journal where subject = ${gone} and type = 'people.person_merged'`,
    );
    expect(rows).toHaveLength(1);
  });

  it('carries over needs, care, consent, wish and ledger, and comes back row for row', async () => {
    const { district, village, townCode, owner, send, twice, merge, undo, everything } = here;
    const { kept, gone, pair } = await twice('田永富');
    const [ledger, other] = [newId(), newId()];
    await owner(
      sql`insert into offices_office (id, kind, name, area) values (${ledger}, 'broker', 'a', ${townCode}), (${other}, 'agency', 'b', ${townCode})`,
    );
    await owner(
      sql`update people_person set ledger_office = case id when ${kept}::uuid then ${ledger}::uuid else ${other}::uuid end where id in (${kept}, ${gone})`,
    );
    for (const [person, kind] of [
      [kept, 'sameJob'],
      [gone, 'newJob'],
    ] as const) {
      const wish = {
        kind,
        mode: 'ours',
        destination: '440310',
        gateText: '',
        earliest: null,
        latest: null,
        mayPart: false,
        wheelchair: false,
        remark: kind,
      };
      const said = await send(district, `/api/people/${person}/wish`, { season: SEASON, wish });
      expect(said.statusCode).toBe(200);
      await owner(
        sql`insert into people_need (id, season, person_id, area, kind, status, source, due) values (gen_random_uuid(), ${SEASON}, ${person}, ${village}, 'care', 'open', 'said', '2022-02-20')`,
      );
      await owner(sql`insert into people_spell (id, person_id, area, county, from_day, source)
        values (gen_random_uuid(), ${person}, ${village}, '440310', '2021-03-01', 'declared')`);
      await owner(sql`insert into people_difficulty (id, season, person_id, area, kind, channel, status, told_at, due)
        values (gen_random_uuid(), ${SEASON}, ${person}, ${village}, 'road', 'phone', 'told', now(), '2022-02-20')`);
    }
    await owner(sql`insert into people_care (person_id, area, kind, since, source) values (${gone}, ${village}, 'retiredFisher', '2021-01-01', 'x'),
      (${gone}, ${village}, 'hardToEmploy', '2021-01-01', 'x'), (${kept}, ${village}, 'hardToEmploy', '2020-01-01', 'y')`);
    await owner(sql`insert into people_consent (person_id, purpose, area, state, how, at, actor) values
      (${gone}, 'showToEmployer', ${village}, 'withdrawn', 'counter', now(), 'x'), (${kept}, 'showToEmployer', ${village}, 'given', 'counter', now(), 'x')`);
    const before = await everything();
    expect((await merge(pair, { take: [...pair.take, 'workplace'] })).json()).toMatchObject({
      code: 'people.merge_field_empty',
    });
    expect(await everything()).toEqual(before);
    expect((await merge(pair)).statusCode).toBe(200);
    const { rows } =
      await owner(sql`select (select count(*)::int from people_wish where person_id = ${kept}) as wishes,
      (select count(*)::int from people_wish where person_id = ${gone}) as left,
      (select string_agg(kind, ' ' order by kind) from people_need where person_id = ${kept} and status <> 'void') as needs,
      (select count(*)::int from people_need where person_id = ${gone}) as needs_left,
      (select count(*)::int from people_spell where person_id = ${kept}) as spells, (select count(*)::int from people_difficulty where person_id = ${kept}) as told, (select count(*)::int from people_care where person_id = ${kept}) as care,
      (select state from people_consent where person_id = ${kept}) as consent,
      (select count(*)::int from people_merge_claim where person_id = ${kept}) as claims,
      (select count(*)::int from people_merge_claim where person_id = ${kept} and credited) as credited`);
    expect(rows).toEqual([
      {
        ...{ wishes: 1, left: 0, needs: 'care job travel', needs_left: 0, spells: 2, told: 2 },
        ...{ care: 2, consent: 'withdrawn', claims: 2, credited: 1 },
      },
    ]);
    expect((await undo(pair)).statusCode).toBe(200);
    expect(await everything()).toEqual(before);
    expect((await undo(pair)).statusCode).toBe(404);
  });

  it('takes the way of the other along and back; where both have one it is refused', async () => {
    const { owner, pairOf, twice, merge, undo, everything } = here;
    const { kept, gone, pair } = await twice('郎世贵');
    const seat = async (person: string) => {
      const [wish, way] = [newId(), newId()];
      await owner(sql`insert into people_wish (id, season, person_id, identity, area, kind, mode, party, status, recorded_at)
        select ${wish}, ${SEASON}, id, identity, area, 'sameJob', 'ours', ${wish}, 'confirmed', now() from people_person where id = ${person}`);
      await owner(sql`insert into trips_itinerary (id, season, person_id, identity, wish_id, area, party, status, ticket_index, made_at)
        select ${way}, ${SEASON}, id, identity, ${wish}, area, ${wish}, 'seated', decode(replace(${way}, '-', ''), 'hex'), now() from people_person where id = ${person}`);
      return way;
    };
    const way = await seat(gone);
    const before = await everything();
    expect((await merge(pair, { keepId: kept, take: [] })).statusCode).toBe(200);
    const whose = await owner(
      sql`select i.person_id, i.identity = p.identity as same from trips_itinerary i join people_person p on p.id = i.person_id where i.id = ${way}`,
    );
    expect(whose.rows).toEqual([{ person_id: kept, same: true }]);
    expect((await undo(pair)).statusCode).toBe(200);
    expect(await everything()).toEqual(before);
    await seat(kept);
    const again = await pairOf(gone);
    expect((await merge(again)).json()).toMatchObject({
      code: 'people.merge_both_seated',
      facts: { season: SEASON },
    });
    // The control: the ways are two, and the index that keeps one live way for an identity is what a merge would break.
    const { rows } = await owner(
      sql`select count(*)::int as n from trips_itinerary where person_id in (${kept}, ${gone})`,
    );
    expect(rows).toEqual([{ n: 2 }]);
  });

  it('is refused where the number that stays travels on the books of another district already', async () => {
    const { house, owner, numberOf, register, pairOf, compareAll, merge, everything } = here;
    const elsewhere = await house.signIn('districtOfficer', '500229000000');
    const [name, idNumber, phone] = ['廖远航', numberOf('19830122'), '13700002222'];
    const kept = await register({ name, idNumber });
    const gone = await register({ name, phone });
    const far = await register({ name, idNumber, phone, area: '500229001000' }, elsewhere);
    await owner(sql`update people_person set birth = '1983-01-22' where id = ${gone}`);
    for (const person of [gone, far]) {
      const [wish, way] = [newId(), newId()];
      await owner(sql`insert into people_wish (id, season, person_id, identity, area, kind, mode, party, status, recorded_at)
        select ${wish}, ${SEASON}, id, identity, area, 'sameJob', 'ours', ${wish}, 'confirmed', now() from people_person where id = ${person}`);
      await owner(sql`insert into trips_itinerary (id, season, person_id, identity, wish_id, area, party, status, ticket_index, made_at)
        select ${way}, ${SEASON}, id, identity, ${wish}, area, ${wish}, 'seated', decode(replace(${way}, '-', ''), 'hex'), now() from people_person where id = ${person}`);
    }
    await compareAll();
    const before = await everything();
    expect((await merge(await pairOf(gone), { keepId: kept, take: [] })).json()).toMatchObject({
      code: 'people.merge_both_seated',
    });
    expect(await everything()).toEqual(before);
  });

  it('of three records is undone only from the last one on, and tells each identity where it counts', async () => {
    const { town, phoneNow, owner, register, queue, compareAll, twice, merge, undo, everything } = here;
    const { kept, gone, pair } = await twice('石安民');
    const third = await register({ name: '石安民', phone: phoneNow(2) }, town);
    await compareAll(town);
    const identities = async () => {
      const { rows } = await owner(
        sql`select id, identity from people_person where id in (${kept}, ${gone}, ${third})`,
      );
      return new Map((rows as { id: string; identity: string }[]).map((it) => [it.id, it.identity]));
    };
    const was = await identities();
    const before = await everything();
    const told = async () => {
      const { rows } =
        await owner(sql`select distinct on (data->>'from') data->>'from' as f, data->>'to' as t from journal
        where type in ('people.person_merged', 'people.merge_undone') and data->>'from' in (${was.get(kept)}, ${was.get(gone)}, ${was.get(third)})
        order by data->>'from', seq desc`);
      return Object.fromEntries((rows as { f: string; t: string }[]).map((it) => [it.f, it.t]));
    };
    const other = (await queue(town)).pairs.find(
      (it) => [it.first.personId, it.second.personId].sort().join() === [gone, third].sort().join(),
    );
    if (!other) throw new Error('the pair without papers is not in the queue');
    expect((await merge(other, { keepId: gone, take: [] }, town)).statusCode).toBe(200);
    expect((await merge(pair, { keepId: kept, take: ['phone'] })).statusCode).toBe(200);
    expect(await told()).toEqual({
      [`${was.get(third)}`]: was.get(kept),
      [`${was.get(gone)}`]: was.get(kept),
    });
    expect((await undo(other, town)).json()).toMatchObject({ code: 'people.merge_survivor_gone' });
    expect((await undo(pair)).statusCode).toBe(200);
    expect(await told()).toEqual({
      [`${was.get(third)}`]: was.get(gone),
      [`${was.get(gone)}`]: was.get(gone),
    });
    expect((await undo(other, town)).statusCode).toBe(200);
    expect(await told()).toEqual({
      [`${was.get(third)}`]: was.get(third),
      [`${was.get(gone)}`]: was.get(gone),
    });
    expect(await everything()).toEqual(before);
  });

  it('leaves with the survivor what was added since', async () => {
    const { district, village, owner, send, twice, merge, undo } = here;
    const { kept, gone, pair } = await twice('熊正邦');
    expect((await merge(pair)).statusCode).toBe(200);
    await owner(
      sql`insert into people_care (person_id, area, kind, since, source) values (${kept}, ${village}, 'retiredFisher', '2022-02-11', 'x')`,
    );
    const wish = {
      kind: 'newJob',
      mode: 'ownCar',
      destination: null,
      gateText: '',
      earliest: null,
      latest: null,
      mayPart: false,
      wheelchair: false,
      remark: '',
    };
    expect((await send(district, `/api/people/${kept}/wish`, { season: SEASON, wish })).statusCode).toBe(200);
    expect((await undo(pair)).statusCode).toBe(200);
    const { rows } =
      await owner(sql`select (select count(*)::int from people_care where person_id = ${kept}) as care,
      (select count(*)::int from people_wish w join people_person p on p.id = w.person_id and p.identity = w.identity where p.id = ${kept}) as wishes,
      (select count(*)::int from people_wish where person_id = ${gone}) as others`);
    expect(rows).toEqual([{ care: 1, wishes: 1, others: 0 }]);
  });

  it('is not undone where a field it wrote has been changed since, and says which', async () => {
    const { owner, twice, merge, undo } = here;
    const { kept, pair } = await twice('蒋大川');
    expect((await merge(pair)).statusCode).toBe(200);
    await owner(
      sql`update people_person set phone_sealed = null, phone_index = null, phone_tail = '' where id = ${kept}`,
    );
    expect((await undo(pair)).json()).toMatchObject({
      code: 'people.merge_changed_since',
      facts: { field: 'phone' },
    });
  });

  it('gives the number of the other to the survivor, under the identity that other districts know', async () => {
    const { owner, twice, merge, undo, everything } = here;
    const { kept, gone, pair } = await twice('袁守信');
    const { rows: of } = await owner(sql`select identity from people_person where id = ${kept}`);
    const identity = (of[0] as { identity: string }).identity;
    const before = await everything();
    expect((await merge(pair, { keepId: gone, take: ['idNumber'] })).statusCode).toBe(200);
    const { rows } = await owner(
      sql`select identity, id_index is not null as has, id_tail <> '' as tail from people_person where id = ${gone}`,
    );
    expect(rows).toEqual([{ identity, has: true, tail: true }]);
    expect((await undo(pair)).statusCode).toBe(200);
    expect(await everything()).toEqual(before);
  });

  it('is erased with the survivor', async () => {
    const { house, district, owner, scopeOf, twice, merge, undo } = here;
    const { kept, gone, pair } = await twice('晏小舟');
    expect((await merge(pair)).statusCode).toBe(200);
    const { erasePeople } = await import('./store-erase.ts');
    await within(house.services, await scopeOf(district), (tx) =>
      erasePeople(tx, [kept], '2022-02-11T17:00:00+08:00'),
    );
    const { rows } = await owner(
      sql`select name, birth, erased_at is not null as erased from people_person where id = ${gone}`,
    );
    expect(rows).toEqual([{ name: '已删除', birth: null, erased: true }]);
    const left = await owner(sql`select 1 from people_history where person_id in (${kept}, ${gone})`);
    expect(left.rows).toEqual([]);
    expect((await undo(pair)).json()).toMatchObject({ code: 'people.merge_survivor_gone' });
  });
});
