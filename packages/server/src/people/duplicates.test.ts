import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../platform/ids.ts';
import { duplicateTasks } from './duplicate-jobs.ts';
import { type DuplicateHouse, duplicateHouse, SEASON } from './store-duplicates-testing.ts';

let here: DuplicateHouse;
beforeAll(async () => {
  here = await duplicateHouse();
});
afterAll(() => here.house.close());

describe('people who are on the books twice', () => {
  it('are found by a comparison of all, and offered with reasons and without numbers', async () => {
    const { district, owner, send, queue, twice } = here;
    const { kept, gone, pair } = await twice('冉启明');
    expect([pair.first.personId, pair.second.personId].sort()).toEqual([kept, gone].sort());
    expect([pair.band, pair.keepId, pair.take]).toEqual(['same', kept, ['phone']]);
    expect(pair.reasons).toEqual(expect.arrayContaining(['name.same', 'birth.same', 'place.village']));
    const { body } = await send(district, `/api/duplicates?season=${SEASON}`);
    expect(body).not.toMatch(/\d{17}[\dX]|138\d{8}/);
    const { run } = await queue();
    expect(run).toMatchObject({ state: 'ready' });
    const { rows } = await owner(sql`select string_agg(to_jsonb(k)::text, ' ') as text from people_pair k`);
    expect((rows[0] as { text: string }).text).not.toContain('冉启明');
  });

  it('are found when they are registered, by the job that the writing puts into the queue', async () => {
    const { house, district, village, owner, send, register, pairOf } = here;
    const phone = '13900001111';
    await register({ name: '谭素芬', phone });
    const key = newId();
    const body = { season: SEASON, area: village, name: '谭素芳', idNumber: '', phone, key };
    const { personId } = (await send(district, '/api/people', body)).json() as { personId: string };
    await owner(sql`update people_person set name = '谭素分', pinyin = 'Tan Sufen' where id = ${personId}`);
    await duplicateTasks['people.compare_written']?.({ staff: district.id, key }, house.services);
    expect((await pairOf(personId)).reasons).toEqual(expect.arrayContaining(['name.sound', 'phone.same']));
  });

  it('are seen by the office that holds both, and by no other', async () => {
    const { town, otherTown, send, queue, twice, merge } = here;
    const { pair } = await twice('向明轩');
    expect((await queue(town)).pairs.some((it) => it.id === pair.id)).toBe(true);
    expect((await queue(otherTown)).pairs).toEqual([]);
    const never = await send(otherTown, `/api/duplicates/${newId()}/different`, {});
    const foreign = await send(otherTown, `/api/duplicates/${pair.id}/different`, {});
    expect([foreign.statusCode, foreign.body]).toEqual([404, never.body]);
    expect((await merge(pair, {}, otherTown)).statusCode).toBe(404);
  });

  it('are not asked about again where an office said no, until one of them says something else of who it is', async () => {
    const { district, owner, send, queue, pairOf, compareAll, twice, merge } = here;
    const { gone, pair } = await twice('牟春林');
    expect((await send(district, `/api/duplicates/${pair.id}/different`, {})).statusCode).toBe(200);
    await compareAll();
    expect((await queue()).pairs.some((it) => it.id === pair.id)).toBe(false);
    expect((await merge(pair)).json()).toMatchObject({ code: 'people.pair_decided' });
    await owner(sql`update people_person set workplace = '深圳' where id = ${gone}`);
    await compareAll();
    expect((await queue()).pairs.some((it) => it.id === pair.id)).toBe(false);
    await owner(sql`update people_person set birth = '1979-06-16' where id = ${gone}`);
    await compareAll();
    expect((await pairOf(gone)).id).not.toBe(pair.id);
  });
});
