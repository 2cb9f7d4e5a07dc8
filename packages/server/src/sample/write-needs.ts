import { newId } from '../platform/ids.ts';
import { type Filling, itemOf, partsOf } from './filling.ts';
import { addRecords, putNeeds, type RecordRow } from './store.ts';
import type { Need, NeedKind } from './world.ts';

const NEEDS_AT_ONCE = 10_000;

/** What an office has seen where a need was met by hand. */
const FACT: Readonly<Partial<Record<NeedKind, string>>> = {
  ticket: 'ticketBought',
  job: 'hired',
  training: 'trained',
  care: 'visited',
  policy: 'told',
  health: 'told',
};

/**
 * What people need: what a wish asks for stands there already with the wish, and a need to travel is met by its seat; here it gets its
 * owner and its day, and what was met by hand the fact that met it, with its event.
 */
export async function writeNeeds(it: Filling): Promise<void> {
  for (const { items } of partsOf(it.world.needs, NEEDS_AT_ONCE)) {
    const records: RecordRow[] = [];
    const rows = items.map((need) => {
      const fact = need.metAt === null ? undefined : FACT[need.kind];
      const row = rowOf(it, need, fact);
      if (fact && need.metAt !== null) {
        records.push({
          ...{ at: need.metAt, actor: row.owner, key: row.met_by ?? newId(), ordinal: 0, subject: row.id },
          ...{ type: 'people.need_met', area: row.area, season: row.season },
          data: { kind: need.kind, fact },
        });
      }
      return row;
    });
    await it.transaction(async (tx) => {
      await putNeeds(tx, rows);
      await addRecords(tx, records);
    });
  }
}

function rowOf({ world, ids, season }: Filling, need: Need, fact: string | undefined) {
  const waits = need.takenAt === null ? 'open' : 'taken';
  return {
    id: newId(),
    season: season.id,
    person_id: itemOf(ids.persons, need.person),
    area: itemOf(world.persons, need.person).village,
    kind: need.kind,
    owner: itemOf(ids.accounts, need.owner),
    due: need.due,
    status: fact ? 'met' : waits,
    met_by: fact ? newId() : null,
    reason: fact ?? 'not_begun',
  };
}
