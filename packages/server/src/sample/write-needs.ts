import { newId } from '../platform/ids.ts';
import { copyRows } from '../platform/journal.ts';
import { type Filling, itemOf, partsOf } from './filling.ts';
import type { Need } from './world.ts';
import type { WayFold } from './write-trips.ts';

const NEEDS_AT_ONCE = 10_000;

/** What people need, as it stands: the need to travel is taken with a way and met by its arrival, the rest by hand. */
export async function writeNeeds(it: Filling, ways: ReadonlyMap<number, WayFold>): Promise<void> {
  const { world, ids, season } = it;
  const wishOf = new Map<number, number>();
  world.wishes.forEach((wish, no) => {
    if (wish.season === season.id) wishOf.set(wish.person, no);
  });
  for (const { items } of partsOf(world.needs, NEEDS_AT_ONCE)) {
    const rows = items.map((need) => [
      season.id,
      ids.persons[need.person],
      itemOf(world.persons, need.person).village,
      need.kind,
      ids.accounts[need.owner],
      need.due,
      ...standOf(need, ways.get(wishOf.get(need.person) ?? -1)),
    ]);
    await it.transaction(async (tx) => {
      const columns = ['season', 'person_id', 'area', 'kind', 'owner', 'due', 'status', 'met_by', 'id'];
      await copyRows(
        tx,
        'people_need',
        columns,
        rows.map((row) => [...row, newId()]),
      );
    });
  }
}

function standOf(need: Need, way: WayFold | undefined): [status: string, metBy: string | null] {
  if (need.kind !== 'travel') {
    if (need.metAt !== null) return ['met', null];
    return [need.takenAt === null ? 'open' : 'taken', null];
  }
  if (way?.status === 'arrived' || way?.status === 'signedFor') return ['met', way.itinerary];
  return [way && way.status !== 'broken' && way.status !== 'cancelled' ? 'taken' : 'open', null];
}
