import { addDays, dayOf } from '@fangang/domain/basics/moment.ts';
import { erase } from '@fangang/domain/trips/rules-erase.ts';
import { addRetentionRun, erasePeople, listExpired, type RetentionRun } from '../people/store-erase.ts';
import { noteAudit, openCare } from '../platform/audit.ts';
import { readClock, realNow, shanghaiIso } from '../platform/clock.ts';
import type { Scope, Tx } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import { append } from '../platform/journal.ts';
import { clearReplies, KEEP_REPLY_DAYS } from '../platform/request.ts';
import { type Services, within } from '../platform/services.ts';
import { closeTickets, listJourneyStates } from './store-person-file.ts';

/** Two years after a season's end nobody asks any more who sat on its buses. */
export const KEEP_DAYS = 730;
const BATCH = 500;
const DAY_MS = 86_400_000;

interface BatchEnd {
  readonly last: string | undefined;
  readonly erased: number;
  readonly stillTravel: number;
}

/**
 * Erases who has had no season for so many days, and the words of old replies, batch by batch, and leaves a report. People who still hold a seat are left and counted.
 * A dry run does all of it and takes it back.
 */
export async function runRetention(
  services: Services,
  scope: Scope,
  ask: { readonly keepDays?: number | undefined; readonly dryRun?: boolean | undefined } = {},
): Promise<RetentionRun> {
  if (scope.kind !== 'office') throw new Error('only an office keeps books');
  const { staffId: actor, areaFrom: area } = scope;
  const now = await within(services, scope, async (tx) => (await readClock(tx)).now);
  const endedBefore = addDays(dayOf(now), -(ask.keepDays ?? KEEP_DAYS));
  const report = { id: newId(), area, at: now, endedBefore, actor };
  let [erased, stillTravel] = [0, 0];
  let after: string | undefined = '00000000-0000-0000-0000-000000000000';
  while (after !== undefined) {
    const batch: BatchEnd = await within(services, scope, (tx) =>
      endBatch(tx, { ...report, after: after ?? '', dryRun: ask.dryRun ?? false }),
    );
    erased += batch.erased;
    stillTravel += batch.stillTravel;
    after = batch.last;
  }
  const replies = await clearOldReplies(services, scope, ask.dryRun ?? false);
  const run = { ...report, erased, stillTravel, ...replies };
  if (!ask.dryRun) await within(services, scope, (tx) => addRetentionRun(tx, run));
  return run;
}

/** Replies are kept by the wall's clock, whatever the clock of the trade shows. */
async function clearOldReplies(
  services: Services,
  scope: Scope,
  dryRun: boolean,
): Promise<Pick<RetentionRun, 'repliesBefore' | 'repliesCleared'>> {
  const repliesBefore = shanghaiIso(new Date(realNow().getTime() - KEEP_REPLY_DAYS * DAY_MS));
  let repliesCleared = 0;
  for (let done = false; !done; ) {
    const batch = await within(services, scope, (tx) => clearReplies(tx, repliesBefore, dryRun));
    repliesCleared += batch.cleared;
    done = batch.done;
  }
  return { repliesBefore, repliesCleared };
}

async function endBatch(
  tx: Tx,
  {
    endedBefore,
    at,
    actor,
    area,
    after,
    dryRun,
  }: { endedBefore: string; at: string; actor: string; area: string; after: string; dryRun: boolean },
): Promise<BatchEnd> {
  const found = await listExpired(tx, endedBefore, { after, limit: BATCH });
  const ids = found.map((it) => it.id);
  const journeys = await listJourneyStates(tx, ids);
  const going = new Set(journeys.filter((it) => !erase([it.status], 'retention').ok).map((it) => it.person));
  const over = found.filter((it) => !going.has(it.id));
  if (!dryRun && over.length > 0) {
    const gone = over.map((it) => it.id);
    const facts = { people: gone.length };
    await openCare(
      tx,
      await noteAudit(tx, { actor, area, action: 'people.retention', subject: null, facts }),
    );
    await erasePeople(tx, gone, at);
    await closeTickets(tx, gone);
    const key = newId();
    const what = { type: 'people.person_erased', data: { why: 'retention' } };
    await append(
      tx,
      over.map((it, ordinal) => ({ at, actor, key, ordinal, subject: it.id, area: it.area, ...what })),
      at,
    );
  }
  return { last: ids.length < BATCH ? undefined : ids.at(-1), erased: over.length, stillTravel: going.size };
}
