import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { areaRange } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import { append } from '../platform/journal.ts';
import { asOwner } from '../platform/owner.ts';
import { type FreshDatabase, freshDatabase } from '../platform/testing.ts';
import { countsAsOf } from './store.ts';

const SEASON = '2022-spring';
const AREA = '500238103201';
let fresh: FreshDatabase;

beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.close());

const at = (minute: number) => `2022-02-10T10:${String(minute).padStart(2, '0')}:00+08:00`;

/** One thing that happened, to somebody of that identity. */
async function happens(
  type: string,
  minute: number,
  data: object,
  more: { subject?: string; season?: null } = {},
): Promise<void> {
  const { subject = newId(), season } = more;
  const event = {
    at: at(minute),
    actor: 'x',
    key: newId(),
    ordinal: 0,
    subject,
    type,
    area: AREA,
    data: { ...data },
  };
  await asOwner(fresh.adminUrl, fresh.city, (tx) =>
    append(tx, [season === null ? event : { ...event, season: SEASON }], at(minute)),
  );
}

async function counts(minute: number) {
  const { from, to } = areaRange('500238000000');
  return asOwner(fresh.adminUrl, fresh.city, async (tx) => {
    await sql`select 1`.execute(tx);
    const { total } = await countsAsOf(tx, { season: SEASON, asOf: at(minute), knownAt: null, from, to });
    return {
      registered: total.registered,
      wants: total.wants,
      times: total.personTimes,
      persons: total.persons,
      packs: total.packs,
    };
  });
}

describe('two records of one person', () => {
  it('count as one from the merge on, as two before it and after it is undone', async () => {
    const [one, two, three] = [newId(), newId(), newId()];
    for (const identity of [one, two, three]) {
      await happens('people.person_registered', 1, { identity, channel: 'import' });
      await happens('people.wish_recorded', 2, {
        identity,
        person: newId(),
        kind: 'sameJob',
        mode: 'ours',
        destination: '440310',
      });
    }
    const boarded = { role: 'main', trip: newId(), tripArea: '500238000000', mode: 'charterBus' };
    await happens('trips.leg_boarded', 3, { ...boarded, identity: two });
    await happens('trips.pack_issued', 3, { identity: two });
    expect(await counts(4)).toEqual({ registered: 3, wants: 3, times: 1, persons: 1, packs: 1 });
    await happens('people.person_merged', 10, { from: two, to: one, fields: [] }, { season: null });
    expect(await counts(11)).toEqual({ registered: 2, wants: 2, times: 1, persons: 1, packs: 1 });
    // A seat held under the other identity by then is the same person's.
    await happens('trips.leg_boarded', 12, { ...boarded, trip: newId(), identity: one });
    expect(await counts(13)).toMatchObject({ times: 2, persons: 1 });
    // Three become one, in two steps.
    await happens('people.person_merged', 14, { from: one, to: three, fields: [] }, { season: null });
    await happens('people.person_merged', 14, { from: two, to: three, fields: [] }, { season: null });
    expect(await counts(15)).toMatchObject({ registered: 1, wants: 1, persons: 1 });
    await happens('people.merge_undone', 16, { from: one, to: one }, { season: null });
    await happens('people.merge_undone', 16, { from: two, to: one }, { season: null });
    expect(await counts(17)).toMatchObject({ registered: 2, wants: 2, persons: 1, times: 2 });
    await happens('people.merge_undone', 18, { from: two, to: two }, { season: null });
    expect(await counts(19)).toMatchObject({ registered: 3, persons: 2 });
    // A moment that has passed says what it said.
    expect(await counts(4)).toEqual({ registered: 3, wants: 3, times: 1, persons: 1, packs: 1 });
  });
});
