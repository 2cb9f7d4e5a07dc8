import type { Tx } from '../platform/database.ts';
import type { Secrets } from '../platform/secrets.ts';
import type { Ids } from './ids.ts';
import type { Reading } from './reading.ts';
import type { SampleArea, Season, World } from './world.ts';

/** What the writers of a sample share. */
export interface Filling {
  readonly world: World;
  readonly ids: Ids;
  /** The running season. */
  readonly season: Season;
  readonly areas: readonly SampleArea[];
  readonly secrets: Secrets;
  readonly reading: Reading;
  /** One transaction as the owner of the tables. */
  readonly transaction: (work: (tx: Tx) => Promise<void>) => Promise<void>;
  /** Says how much is done, 0..1; pages show it. */
  readonly tell: (share: number) => Promise<void>;
}

/** A list in parts of at most `size`, each with the index of its first item. */
export function* partsOf<Item>(
  list: readonly Item[],
  size: number,
): Generator<{ readonly from: number; readonly items: readonly Item[] }> {
  for (let from = 0; from < list.length; from += size) yield { from, items: list.slice(from, from + size) };
}

/** The item of that index; a world that points outside its lists is a fault. */
export function itemOf<Item>(list: readonly Item[], no: number): Item {
  const item = list[no];
  if (item === undefined) throw new Error(`no item ${no} in a list of ${list.length}`);
  return item;
}

/** A gate as stops and lists call it: the firm and its gate. */
export function gateName({ employers, gates }: Pick<World, 'employers' | 'gates'>, no: number): string {
  const gate = itemOf(gates, no);
  return `${itemOf(employers, gate.employer).name}${gate.name}`;
}
