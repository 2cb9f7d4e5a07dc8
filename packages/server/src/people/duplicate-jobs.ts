import { rightsOf, scopeOfRights } from '../offices/scope.ts';
import { readClock } from '../platform/clock.ts';
import type { Scope, Tx } from '../platform/database.ts';
import type { Asker } from '../platform/http.ts';
import { enqueue } from '../platform/queue.ts';
import { type Services, within } from '../platform/services.ts';
import { compareAll, comparePeople, compareWritten } from './likeness.ts';
import { isRunning, noteRun } from './store-likeness.ts';

const COMPARE_BOOKS = 'people.compare_books';
const COMPARE_WRITTEN = 'people.compare_written';
const COMPARE_PEOPLE = 'people.compare_people';

/** Comparisons take a core and write the same rows: one at a time, behind what somebody waits for. */
const ONE_BY_ONE = 'people.compare';

type Payload = Readonly<Record<string, unknown>>;

async function put(tx: Tx, task: string, asker: Asker | null, what: Payload): Promise<void> {
  if (asker?.scope.kind !== 'office') return;
  const rights = rightsOf(asker.scope);
  await enqueue(tx, task, { ...rights, ...what }, { maxAttempts: 3, priority: 5, queueName: ONE_BY_ONE });
}

/** Compares, in the background, whom a write under this key puts on the books or changes. */
export const compareLater = (tx: Tx, asker: Asker | null, key: string) =>
  put(tx, COMPARE_WRITTEN, asker, { key });
/** Compares these people in the background. */
export const comparePeopleLater = (tx: Tx, asker: Asker | null, ids: readonly string[]) =>
  put(tx, COMPARE_PEOPLE, asker, { people: ids });
/** Compares everybody in the background, as a run that shows how far it is. */
export const compareBooksLater = (tx: Tx, asker: Asker, run: string) =>
  put(tx, COMPARE_BOOKS, asker, { run });

const clockOf = (services: Services, scope: Scope) =>
  within(services, scope, async (tx) => (await readClock(tx)).now);
/** How much has to be done before it is told. */
const STEP = 0.02;

/** One comparison of all; how far it is lies in its row, which ends even where the comparison fails. */
export async function runComparison(services: Services, scope: Scope, run: string): Promise<void> {
  if (!(await within(services, scope, (tx) => isRunning(tx, run)))) return;
  const at = await clockOf(services, scope);
  let told = 0;
  const onShare = async (share: number) => {
    if (share - told < STEP) return;
    told = share;
    await within(services, scope, (tx) => noteRun(tx, run, { state: 'running', share }));
  };
  try {
    const done = await compareAll(services, scope, at, onShare);
    await within(services, scope, (tx) => noteRun(tx, run, { state: 'ready', share: 1, ...done, at }));
  } catch (fault) {
    await within(services, scope, (tx) => noteRun(tx, run, { state: 'failed', share: told, at }));
    throw fault;
  }
}

/** Background jobs of duplicates: ids only, rights looked up anew. */
export const duplicateTasks: Readonly<
  Record<string, (payload: Payload, services: Services) => Promise<void>>
> = {
  [COMPARE_BOOKS]: async (payload, services) => {
    const scope = await scopeOfRights(services, payload);
    if (scope) await runComparison(services, scope, String(payload.run));
  },
  [COMPARE_WRITTEN]: async (payload, services) => {
    const scope = await scopeOfRights(services, payload);
    if (scope) await compareWritten(services, scope, String(payload.key), await clockOf(services, scope));
  },
  [COMPARE_PEOPLE]: async (payload, services) => {
    const scope = await scopeOfRights(services, payload);
    const ids = Array.isArray(payload.people) ? payload.people.map(String) : [];
    if (scope) await comparePeople(services, scope, ids, await clockOf(services, scope));
  },
};
