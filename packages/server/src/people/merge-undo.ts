import { accept, type Refusal, type Result, refuse } from '@fangang/domain/basics/result.ts';
import { isLive } from '@fangang/domain/people/rules.ts';
import { type MergeEvent, undoMerge } from '@fangang/domain/people/rules-duplicates.ts';
import type { WishEvent } from '@fangang/domain/people/schema.ts';
import type { Tx } from '../platform/database.ts';
import { indexesOf, type NumberKeys } from '../platform/index-keys.ts';
import { joinedConsents } from './merge.ts';
import { type Acting, type Told, tell } from './merge-journal.ts';
import {
  fieldsThatDiffer,
  type MergeSnapshot,
  openSnapshot,
  type PlainCare,
  type PlainPerson,
  plainCare,
  plainPerson,
  sealedCare,
  sealedPerson,
  withFields,
} from './merge-rows.ts';
import { districtDigits } from './sealed-numbers.ts';
import {
  bringWishes,
  type ConsentRow,
  countedUnder,
  endMerge,
  findHistory,
  listCare,
  listConsents,
  listNeeds,
  listWays,
  lockMerge,
  lockPerson,
  lockWishes,
  type MergeRow,
  movePartsBack,
  type NeedState,
  placeWishes,
  removeNeeds,
  setCare,
  setConsents,
  showMerged,
  type WayRow,
  waysBack,
  writeNeeds,
  writePerson,
} from './store-merge.ts';
import { identitiesOf } from './store-roster.ts';
import type { WishRow } from './tables.ts';

/** What of a wish counts as changed: not what the last plan said of it. */
const said = ({
  unplaced_reason,
  unplaced_numbers,
  unplaced_remedy,
  unplaced_owner,
  recorded_at,
  ...it
}: WishRow) => JSON.stringify(Object.entries(it).sort());

/** What has been built on a merge since: fields it wrote that say something else, wishes that changed, ways made on them. */
function changedSince(
  merge: MergeRow,
  snapshot: MergeSnapshot,
  now: {
    readonly person: PlainPerson;
    readonly wishes: readonly WishRow[];
    readonly ways: readonly WayRow[];
  },
): string[] {
  const changed = fieldsThatDiffer(snapshot.after, now.person, merge.fields);
  const otherIdentity = snapshot.kept.identity !== snapshot.after.identity;
  if (now.person.identity !== snapshot.after.identity) changed.push('idNumber');
  const others = snapshot.wishes.filter((it) => it.person_id === merge.gone).map((it) => it.season);
  const concerned = snapshot.wishesAfter.filter((it) => others.includes(it.season));
  const same = concerned.every((it) => now.wishes.some((one) => said(one) === said(it)));
  if (!same) changed.push('wish');
  const stood = new Set(merge.moved.ways.map(([id]) => id));
  const fresh = now.ways.filter((it) => !stood.has(it.way));
  if (fresh.some((it) => otherIdentity || concerned.some((wish) => wish.id === it.wish))) changed.push('way');
  return changed;
}

/**
 * Takes a merge back: both records, their wishes, needs, care groups, consents and ways stand as they stood. What was changed since in fields
 * that the merge did not touch stays changed.
 *
 * Refuses as `undoMerge` does, and `basics.not_found` where the pair was never merged or its records are out of sight.
 */
export async function undoMergeOf(tx: Tx, pairId: string, by: Acting): Promise<Result<MergeRow, Refusal>> {
  const merge = await lockMerge(tx, pairId);
  if (!merge) return refuse({ code: 'basics.not_found' });
  const kept = await lockPerson(tx, merge.kept);
  const sealed = await findHistory(tx, merge.history);
  const { secrets } = by.keys;
  const there =
    kept && sealed && districtDigits(kept.area) === districtDigits(merge.area) ? { kept, sealed } : undefined;
  const state = { at: merge.at, undone: merge.undone_at !== null, survivorGone: !there };
  if (!there) {
    const refused = undoMerge({ ...state, changed: [] }, by.now);
    return refused.ok ? refuse({ code: 'people.merge_survivor_gone' }) : refused;
  }
  const snapshot = openSnapshot(secrets, merge.history, there.sealed);
  const person = plainPerson(secrets, there.kept);
  const wishes = await lockWishes(tx, [merge.kept]);
  const ways = await listWays(tx, [merge.kept]);
  const decided = undoMerge(
    { ...state, changed: changedSince(merge, snapshot, { person, wishes, ways }) },
    by.now,
  );
  if (!decided.ok) return decided;
  await bringBack(tx, by, { merge, snapshot, person, wishes });
  await tellUndo(tx, by, merge, snapshot);
  return accept(merge);
}

async function bringBack(
  tx: Tx,
  { keys, actor, now }: Acting,
  it: { merge: MergeRow; snapshot: MergeSnapshot; person: PlainPerson; wishes: readonly WishRow[] },
): Promise<void> {
  const { merge, snapshot, person } = it;
  const kept = { ...withFields(person, snapshot.kept, merge.fields), identity: snapshot.kept.identity };
  await showMerged(tx, merge.gone, merge.kept, snapshot.gone.identity);
  await writePerson(tx, sealedPerson(keys, kept));
  await writePerson(tx, sealedPerson(keys, snapshot.gone));
  await tieNumber(tx, keys, snapshot.gone);
  const stays = (wish: WishRow) => snapshot.wishesAfter.some((one) => one.id === wish.id);
  const known = new Set(snapshot.wishes.map((wish) => wish.id));
  const { identity, area, ledger_office } = kept;
  const since = it.wishes.filter((wish) => !known.has(wish.id));
  await placeWishes(tx, [
    ...snapshot.wishes.filter(stays),
    ...since.map((wish) => ({ id: wish.id, person_id: kept.id, identity, area, ledger_office })),
  ]);
  await bringWishes(
    tx,
    snapshot.wishes.filter((wish) => !stays(wish)),
  );
  await waysBack(tx, merge.id);
  await bringBackNeeds(tx, snapshot, merge.kept);
  await movePartsBack(tx, snapshot.parts, { from: merge.kept, to: merge.gone, area: snapshot.gone.area });
  await bringBackCare(tx, keys, snapshot, kept);
  await bringBackConsents(tx, snapshot, kept);
  await endMerge(tx, merge.id, { actor, now });
}

/** Needs stand as they stood, but for what was done with one since: it goes back to its person as it is now. */
async function bringBackNeeds(tx: Tx, { needs, needsAfter }: MergeSnapshot, kept: string): Promise<void> {
  const now = new Map((await listNeeds(tx, [kept])).map((it) => [it.id, it]));
  const text = (it: NeedState | undefined) => JSON.stringify(it && Object.entries(it).sort());
  const untouched = (id: string) => text(now.get(id)) === text(needsAfter.find((it) => it.id === id));
  const known = new Set(needs.map((it) => it.id));
  await writeNeeds(
    tx,
    needs.flatMap((it) => {
      const stands = now.get(it.id);
      if (!stands) return [];
      return [untouched(it.id) ? it : { ...stands, person_id: it.person_id, area: it.area }];
    }),
  );
  await removeNeeds(
    tx,
    needsAfter.filter((it) => !known.has(it.id) && untouched(it.id)).map((it) => it.id),
  );
}

/** Care groups go back to whose they were; what was added since stays with the survivor. */
async function bringBackCare(tx: Tx, keys: NumberKeys, { care, gone }: MergeSnapshot, kept: PlainPerson) {
  const of = (person: string) => care.filter((it) => it.person_id === person);
  const borrowed = of(gone.id).filter((it) => !of(kept.id).some((one) => one.kind === it.kind));
  const now = (await listCare(tx, [kept.id])).map((it) => plainCare(keys.secrets, it));
  const own = now.filter((it) => !borrowed.some((one) => one.kind === it.kind));
  const sealed = (it: PlainCare) => sealedCare(keys.secrets, it);
  await setCare(
    tx,
    kept.id,
    own.map((it) => sealed({ ...it, area: kept.area })),
  );
  await setCare(tx, gone.id, of(gone.id).map(sealed));
}

/** A word on consent that the merge wrote becomes what it was; one that was said since stays. */
async function bringBackConsents(
  tx: Tx,
  { consents, after }: MergeSnapshot,
  kept: PlainPerson,
): Promise<void> {
  const written = joinedConsents(consents, after);
  const now = await listConsents(tx, [kept.id]);
  const said = (it: ConsentRow) => JSON.stringify([it.purpose, it.state, it.how, it.at]);
  const since = now.filter((it) => !written.some((one) => said(one) === said(it)));
  const before = consents.filter((it) => it.person_id === kept.id);
  await setConsents(tx, kept.id, [
    ...before.filter((it) => !since.some((one) => one.purpose === it.purpose)),
    ...since,
  ]);
}

/** The number of the record that comes back is tied to its identity again, should the tie have been cleared away. */
async function tieNumber(tx: Tx, keys: NumberKeys, { idNumber, identity }: PlainPerson): Promise<void> {
  if (idNumber !== null) await identitiesOf(tx, [indexesOf(keys, 'idNumber', '', idNumber)], [identity]);
}

async function tellUndo(tx: Tx, by: Acting, merge: MergeRow, snapshot: MergeSnapshot): Promise<void> {
  const { from } = merge.moved;
  const under = (await countedUnder(tx, from)).filter((it) => it !== from);
  const back = [from, ...under].map((it): Told => {
    const event: MergeEvent = { type: 'people.merge_undone', data: { from: it, to: from } };
    return { subject: merge.gone, ...event };
  });
  const again = snapshot.wishes
    .filter((it) => isLive(it.status) && !snapshot.wishesAfter.some((one) => one.id === it.id))
    .map((it): Told => {
      const { person_id: person, identity, kind, mode, destination } = it;
      const event: WishEvent = {
        type: 'people.wish_recorded',
        data: { person, identity, kind, mode, destination },
      };
      return { subject: it.id, season: it.season, ...event };
    });
  await tell(tx, by, merge.area, [...back, ...again]);
}
