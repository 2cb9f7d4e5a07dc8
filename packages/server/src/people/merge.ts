import { accept, type Result, refuse } from '@fangang/domain/basics/result.ts';
import { isLive } from '@fangang/domain/people/rules.ts';
import {
  type MergeEvent,
  type MergeField,
  mergeRecords,
  wishToKeep,
} from '@fangang/domain/people/rules-duplicates.ts';
import type { WishEvent } from '@fangang/domain/people/schema.ts';
import type { Tx } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import { type Acting, type Told, tell } from './merge-journal.ts';
import {
  isLiveWay,
  type MergeSnapshot,
  mergeSide,
  type PlainPerson,
  plainCare,
  plainPerson,
  sealedCare,
  sealedPerson,
  sealSnapshot,
  withFields,
} from './merge-rows.ts';
import { removeWishes } from './store-import.ts';
import {
  addClaims,
  addMerge,
  type ConsentRow,
  countedUnder,
  hideMerged,
  joinWays,
  listCare,
  listConsents,
  listNeeds,
  listWays,
  lockBoth,
  lockWishes,
  moveParts,
  placeWishes,
  setCare,
  setConsents,
  settleNeeds,
  type WayRow,
  writeNeeds,
  writePerson,
} from './store-merge.ts';
import { addHistory } from './store-registry.ts';
import type { PersonRow, WishRow } from './tables.ts';

interface MergeAsk {
  readonly pairId: string;
  readonly ids: readonly [string, string];
  readonly keepId: string;
  readonly take: readonly MergeField[];
}

/** Everything about both records, as it stands. */
async function readBoth(tx: Tx, { keys }: Acting, kept: PersonRow, gone: PersonRow, ways: readonly WayRow[]) {
  const ids = [kept.id, gone.id];
  return {
    ways,
    wishes: await lockWishes(tx, ids),
    care: (await listCare(tx, ids)).map((it) => plainCare(keys.secrets, it)),
    consents: await listConsents(tx, ids),
    needs: await listNeeds(tx, ids),
  };
}
type Both = Awaited<ReturnType<typeof readBoth>>;

/** Of each season one wish stays; those that go, each with the one it goes into. */
function wishesInto({ wishes, ways }: Both, kept: string): Map<string, string> {
  const into = new Map<string, string>();
  const facts = (it: WishRow) => ({
    id: it.id,
    live: isLive(it.status),
    seated: ways.some((way) => way.wish === it.id && isLiveWay(way)),
    recordedAt: it.recorded_at,
  });
  for (const mine of wishes.filter((it) => it.person_id === kept)) {
    const other = wishes.find((it) => it.person_id !== kept && it.season === mine.season);
    if (!other) continue;
    const stays = wishToKeep(facts(mine), facts(other)).id;
    into.set(stays === mine.id ? other.id : mine.id, stays);
  }
  return into;
}

/** Both words on a use of the data as one: a withdrawal holds, whoever was told. */
export function joinedConsents(consents: readonly ConsentRow[], kept: PlainPerson): ConsentRow[] {
  const byPurpose = new Map<string, ConsentRow>();
  for (const it of [...consents].sort(
    (a, b) => Number(a.person_id !== kept.id) - Number(b.person_id !== kept.id),
  )) {
    const known = byPurpose.get(it.purpose);
    if (!known || (known.state === 'given' && it.state === 'withdrawn')) {
      byPurpose.set(it.purpose, { ...it, person_id: kept.id, area: kept.area });
    }
  }
  return [...byPurpose.values()];
}

/**
 * One record goes into another of its district; everything that hangs on it is carried over, and how it stood is kept sealed.
 *
 * The caller holds the district. Refuses as `mergeRecords` does, and `basics.not_found` where one of the two is out of sight.
 */
export async function mergeTwo(tx: Tx, ask: MergeAsk, by: Acting): Promise<Result<{ mergeId: string }>> {
  const rows = await lockBoth(tx, ask.ids);
  if (!rows) return refuse({ code: 'basics.not_found' });
  const [kept, gone] = rows[0].id === ask.keepId ? rows : [rows[1], rows[0]];
  if (kept.id !== ask.keepId) return refuse({ code: 'people.merge_needs_two' });
  const ways = await listWays(tx, ask.ids);
  const decided = mergeRecords(mergeSide(kept, ways), mergeSide(gone, ways), ask.take);
  if (!decided.ok) return decided;
  const both = await readBoth(tx, by, kept, gone, ways);
  const before = { kept: plainPerson(by.keys.secrets, kept), gone: plainPerson(by.keys.secrets, gone) };
  const take = decided.value.take;
  // The number says who counts: with it comes the identity that other districts may know.
  const to = take.includes('idNumber') ? gone.identity : kept.identity;
  const after = { ...withFields(before.kept, before.gone, take), identity: to };
  const into = wishesInto(both, kept.id);
  if (!(await hideMerged(tx, gone.id, kept.id, newId()))) return refuse({ code: 'basics.not_found' });
  await writePerson(tx, sealedPerson(by.keys, after));
  const merge = { id: newId(), to, from: to === kept.identity ? gone.identity : kept.identity, take };
  const stood = await joinWays(tx, {
    ...{ gone: gone.id, kept: kept.id, from: merge.from, to },
    wishes: Object.fromEntries(into),
  });
  if (!stood)
    return refuse({
      code: 'people.merge_both_seated',
      facts: { season: ways.find(isLiveWay)?.season ?? '' },
    });
  await carryOver(tx, by, { both, into, after });
  const parts = await moveParts(tx, gone.id, after);
  const wishesAfter = await lockWishes(tx, [kept.id]);
  const needsAfter = await listNeeds(tx, [kept.id]);
  const history = newId();
  const snapshot: MergeSnapshot = {
    ...{ ...before, after, wishes: both.wishes, wishesAfter },
    ...{ care: both.care, consents: both.consents, needs: both.needs, needsAfter, parts },
  };
  const said = { area: after.area, at: by.now, actor: by.actor };
  await addHistory(tx, {
    ...{ ...said, id: history, personId: kept.id, part: 'merged', record: null, fields: [] },
    sealed: sealSnapshot(by.keys.secrets, history, snapshot),
  });
  const ids = { kept: kept.id, gone: gone.id, pair_id: ask.pairId, id: merge.id };
  await addMerge(tx, {
    ...said,
    ...ids,
    fields: take,
    history,
    moved: { ...stood, identity: to, from: merge.from },
  });
  await noteClaims(tx, merge.id, snapshot);
  const removed = both.wishes.filter((it) => into.has(it.id));
  await tellMerge(tx, by, { ...merge, gone: gone.id, area: after.area, removed });
  return accept({ mergeId: merge.id });
}

async function carryOver(
  tx: Tx,
  { keys }: Acting,
  { both, into, after }: { both: Both; into: ReadonlyMap<string, string>; after: PlainPerson },
): Promise<void> {
  await removeWishes(tx, [...into.keys()]);
  const stay = both.wishes.filter((it) => !into.has(it.id));
  const place = {
    person_id: after.id,
    identity: after.identity,
    area: after.area,
    ledger_office: after.ledger_office,
  };
  await placeWishes(
    tx,
    stay.map(({ id }) => ({ id, ...place })),
  );
  await writeNeeds(
    tx,
    both.needs.map((it) => ({ ...it, person_id: after.id, area: after.area })),
  );
  await settleNeeds(tx, after.id);
  const mine = both.care.filter((it) => it.person_id === after.id);
  const others = both.care.filter((it) => it.person_id !== after.id);
  const fresh = others.filter((it) => !mine.some((one) => one.kind === it.kind));
  const care = [...mine, ...fresh].map((it) => ({ ...it, person_id: after.id, area: after.area }));
  const goneId = others[0]?.person_id;
  if (goneId) await setCare(tx, goneId, []);
  await setCare(
    tx,
    after.id,
    care.map((it) => sealedCare(keys.secrets, it)),
  );
  await setConsents(tx, after.id, joinedConsents(both.consents, after));
}

/** Both ledgers keep their claim; credited is the one that the survivor stands on. */
async function noteClaims(tx: Tx, merge: string, { kept, gone, after }: MergeSnapshot): Promise<void> {
  const claims = [kept, gone].flatMap((it) =>
    it.ledger_office === null
      ? []
      : [
          {
            ...{ merge_id: merge, person_id: after.id, area: after.area, ledger_office: it.ledger_office },
            ...{ channel: it.channel, registered_at: it.registered_at },
            credited: it.ledger_office === after.ledger_office,
          },
        ],
  );
  await addClaims(tx, claims);
}

interface Merged {
  readonly from: string;
  readonly to: string;
  readonly take: readonly MergeField[];
  readonly gone: string;
  readonly area: string;
  readonly removed: readonly WishRow[];
}

/** One row for each identity that counts under another from now on, and for each wish that ends with it. */
async function tellMerge(tx: Tx, by: Acting, { from, to, take, gone, area, removed }: Merged): Promise<void> {
  // `from` itself is among those below it only by this very merge.
  const under = (await countedUnder(tx, from)).filter((it) => it !== to && it !== from);
  const merged = (from === to ? [] : [from, ...under]).map((it): Told => {
    const event: MergeEvent = { type: 'people.person_merged', data: { from: it, to, fields: take } };
    return { subject: gone, ...event };
  });
  const ended = removed
    .filter((it) => isLive(it.status))
    .map((it): Told => {
      const event: WishEvent = { type: 'people.wish_withdrawn', data: { why: 'merged' } };
      return { subject: it.id, season: it.season, ...event };
    });
  await tell(tx, by, area, [...merged, ...ended]);
}
