import { accept, refuse } from '@fangang/domain/basics/result.ts';
import {
  compareBooks,
  type DuplicatePair,
  listDuplicates,
  mergePair,
  type PairSide,
  partPair,
  undoPair,
} from '@fangang/domain/people/api-duplicates.ts';
import { fieldsToTake, recordToKeep, undoUntil } from '@fangang/domain/people/rules-duplicates.ts';
import { noteAudit } from '../platform/audit.ts';
import { type Ctx, type Route, route } from '../platform/http.ts';
import { newId } from '../platform/ids.ts';
import { numberKeys } from '../platform/index-keys.ts';
import { compareBooksLater, comparePeopleLater } from './duplicate-jobs.ts';
import { mergeTwo } from './merge.ts';
import { isLiveWay, mergeSide } from './merge-rows.ts';
import { undoMergeOf } from './merge-undo.ts';
import { districtDigits } from './sealed-numbers.ts';
import {
  countPairs,
  decidePair,
  findLastRun,
  listDecidedPairs,
  listOpenPairs,
  listSides,
  lockPair,
  type PairRow,
  type SideRow,
} from './store-duplicates.ts';
import { addRun } from './store-likeness.ts';
import { listWays, type WayRow } from './store-merge.ts';
import { lockDistricts } from './store-roster.ts';

const PAGE = 50;
const LATELY = 20;

function sideOf(it: SideRow, ways: readonly WayRow[]): PairSide {
  const wish =
    it.wish_kind && it.wish_status
      ? { kind: it.wish_kind, status: it.wish_status, destination: it.wish_destination }
      : null;
  return {
    ...{ personId: it.id, name: it.name, pinyin: it.pinyin, gender: it.gender, birth: it.birth },
    ...{ idNumber: it.id_tail, phone: it.phone_tail, hasSecondPhone: it.phone2_sealed !== null },
    ...{ area: it.area, areaName: it.area_name ?? '', areaPinyin: it.area_pinyin ?? '' },
    ...{ household: it.household_number, ledger: it.ledger_name, nation: it.nation, education: it.education },
    ...{ jobType: it.job_type, workplace: it.workplace, channel: it.channel, registeredAt: it.registered_at },
    ...{ relation: it.relation, registeredPlace: it.registered_place, address: it.address },
    ...{ laborAbility: it.labor_ability, phoneOwner: it.phone_owner, phone2Owner: it.phone2_owner },
    wish,
    seated: ways.some((way) => way.person === it.id && isLiveWay(way)),
  };
}

function pairOf(row: PairRow, sides: ReadonlyMap<string, SideRow>, ways: readonly WayRow[]): DuplicatePair[] {
  const [first, second] = [sides.get(row.first_person), sides.get(row.second_person)];
  if (!first || !second) return [];
  const [a, b] = [mergeSide(first, ways), mergeSide(second, ways)];
  const keep = recordToKeep(a, b);
  return [
    {
      ...{ id: row.id, band: row.band, score: row.score / 10, reasons: [...row.reasons] },
      ...{ first: sideOf(first, ways), second: sideOf(second, ways) },
      keepId: keep.id,
      take: fieldsToTake(keep, keep === a ? b : a),
    },
  ];
}

const list = route(listDuplicates, async ({ tx, asker }, { query }) => {
  const rows = await listOpenPairs(tx, PAGE);
  const ids = [...new Set(rows.flatMap((it) => [it.first_person, it.second_person]))];
  const sides = new Map((await listSides(tx, ids, query.season)).map((it) => [it.id, it]));
  const ways = ids.length === 0 ? [] : await listWays(tx, ids);
  const run = await findLastRun(tx, asker?.areaCode ?? '');
  const decided = await listDecidedPairs(tx, LATELY);
  return accept({
    counts: await countPairs(tx),
    pairs: rows.flatMap((it) => pairOf(it, sides, ways)),
    decided: decided.map(({ person_id, merge_id, merged_at, ...it }) => ({
      ...it,
      personId: person_id,
      mergeId: merge_id,
      undoUntil: merged_at && undoUntil(merged_at),
    })),
    run: run
      ? { state: run.state, share: run.share, people: run.people, found: run.found, at: run.asked_at }
      : null,
  });
});

const compareAll = route(compareBooks, async ({ tx, asker, now }) => {
  if (!asker) return refuse({ code: 'basics.not_found' });
  const run = { id: newId(), area: asker.areaCode, askedBy: asker.id, at: now };
  if (!(await addRun(tx, run))) return refuse({ code: 'people.comparison_running' });
  await compareBooksLater(tx, asker, run.id);
  return accept({ started: true });
});

async function acting({ tx, services, actor, now, key }: Ctx) {
  return { keys: await numberKeys(tx, services.secrets), actor, now, key };
}

/** A pair to be changed: the district is held first, as an import holds it, whose people may take the pair along. */
async function holdPair({ tx, asker }: Ctx, id: string): Promise<PairRow | undefined> {
  await lockDistricts(tx, [districtDigits(asker?.areaCode ?? '')]);
  return lockPair(tx, id);
}

const merge = route(mergePair, async (ctx, { params, body }) => {
  const { tx, actor, asker } = ctx;
  const pair = await holdPair(ctx, params.pairId);
  if (!pair) return refuse({ code: 'basics.not_found' });
  if (pair.status !== 'open') return refuse({ code: 'people.pair_decided' });
  const ids = [pair.first_person, pair.second_person] as const;
  const ask = {
    pairId: pair.id,
    area: pair.area,
    ids: [...ids] as [string, string],
    keepId: body.keepId,
    take: body.take,
  };
  const done = await mergeTwo(tx, ask, await acting(ctx));
  if (!done.ok) return done;
  await decidePair(tx, pair.id, 'same', ctx);
  const note = {
    actor,
    area: pair.area,
    action: 'people.records_merged',
    subject: body.keepId,
    facts: { pair: pair.id },
  };
  await noteAudit(tx, note);
  await comparePeopleLater(tx, asker, [body.keepId]);
  return done;
});

const part = route(partPair, async (ctx, { params }) => {
  const pair = await lockPair(ctx.tx, params.pairId);
  if (!pair) return refuse({ code: 'basics.not_found' });
  if (pair.status !== 'open') return refuse({ code: 'people.pair_decided' });
  await decidePair(ctx.tx, pair.id, 'different', ctx);
  return accept({});
});

const undo = route(undoPair, async (ctx, { params }) => {
  const { tx, actor, asker } = ctx;
  const pair = await holdPair(ctx, params.pairId);
  if (!pair || pair.status === 'open') return refuse({ code: 'basics.not_found' });
  if (pair.status === 'same') {
    const done = await undoMergeOf(tx, pair.id, await acting(ctx));
    if (!done.ok) return done;
    const { kept, gone } = done.value;
    const note = {
      actor,
      area: pair.area,
      action: 'people.merge_undone',
      subject: kept,
      facts: { pair: pair.id },
    };
    await noteAudit(tx, note);
    await comparePeopleLater(tx, asker, [kept, gone]);
  }
  await decidePair(tx, pair.id, 'open', null);
  return accept({});
});

/** Who is on the books of an office twice. */
export const duplicateRoutes: readonly Route[] = [list, compareAll, merge, part, undo];
