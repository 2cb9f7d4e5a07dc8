import { openDatabase, schemaOf } from '../src/platform/database.ts';
import { inOwnerTransaction } from '../src/platform/owner.ts';
import type { Stage } from './house.ts';
import { type Actor, allows } from './oracle.ts';
import { CHANGES, CHANGES_OF_ACCOUNTS, HANDED_OVER, NOTED, OWN_WRITES, UNOWNED } from './policy-table.ts';
import { type SeenRow, seenRow, type TableShape, tableShapes } from './store-rows.ts';
import { areasOfStaff, forgetTries, noteWrites, takeTouched } from './store-watch.ts';

/** Written by triggers of the tables they follow from, which are watched. */
const DERIVED = ['people_name_token', 'people_count'];

/** The world between two requests. */
export interface Watch {
  /** What the last request touched that is not its asker's to write. */
  readonly touchedBy: (actor: Actor, operation: string) => Promise<string[]>;
  /** Counted guesses of everybody are forgotten: whether a name is known must not show by how often it was guessed at. */
  readonly forgetTries: () => Promise<void>;
}

/**
 * Has the database tell what each write touches: answers what somebody changed, added or removed that is not theirs to write.
 * Its connections stay open for the run and go with the database.
 */
export async function watchWrites(stage: Stage): Promise<Watch> {
  const { fresh, world } = stage;
  const db = openDatabase(fresh.adminUrl, { max: 1, onProblem: () => undefined });
  const known = (id: string) => world.canaries.ownersOf(id);
  const [all, areas] = await inOwnerTransaction(db, fresh.city, async (tx) => [
    await tableShapes(tx),
    await areasOfStaff(tx),
  ]);
  const shapes = all.filter((it) => !DERIVED.includes(it.name));
  await noteWrites(fresh.adminUrl, schemaOf(fresh.city), shapes);
  const take = await takeTouched(fresh.adminUrl);
  const touchedBy = async (actor: Actor, operation: string): Promise<string[]> => {
    const handedOver = HANDED_OVER[operation] ?? [];
    const touched = (await take()).filter((it) => !handedOver.includes(it.table));
    // An account lies where it lay before as well: it may have been moved, or declined, by this very request.
    const before = new Map(areas);
    for (const { table, after } of touched)
      if (table === 'offices_staff' && after) areas.set(String(after.id), String(after.area));
    const strange = touched.flatMap((it) => {
      const shape = shapes.find((one) => one.name === it.table) as TableShape;
      const was = it.before && seenRow(shape, it.before, { known, areas: before });
      const is = it.after && seenRow(shape, it.after, { known, areas });
      return [was, is].filter((row) => row !== null && !mayTouch(actor, row, was !== null)) as SeenRow[];
    });
    return [...new Set(strange.map((it) => `touched ${it.table} ${it.key} in ${it.facts.area}`))];
  };
  return { touchedBy, forgetTries: () => inOwnerTransaction(db, fresh.city, forgetTries) };
}

function mayTouch(actor: Actor, { table, facts }: SeenRow, wasThere: boolean): boolean {
  if (UNOWNED.includes(table)) return true;
  if (NOTED.includes(table) && !wasThere && isNoteOf(actor, table, facts.actor)) return true;
  if (OWN_WRITES.includes(table) && facts.actor === actor.id && actor.id !== '') return true;
  const changes = CHANGES_OF_ACCOUNTS[table] ?? CHANGES;
  return allows(changes[actor.eyes] ?? 'none', actor, facts);
}

/** A line in a log is the asker's own; before a sign-in is done nobody has a name, whatever cookie the browser brings along. */
function isNoteOf(actor: Actor, table: string, name: string | null): boolean {
  const isAnyones = name === 'anyone' && (actor.eyes === 'open' || table === 'offices_audit');
  return isAnyones || name === actor.id || (table === 'request' && name === null);
}
