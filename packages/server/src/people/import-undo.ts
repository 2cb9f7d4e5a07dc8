import { accept, type Result, refuse } from '@fangang/domain/basics/result.ts';
import type { PersonHit } from '@fangang/domain/people/api.ts';
import { decideImportUndo, type ImportLeft, leftBecause } from '@fangang/domain/people/rules-import.ts';
import type { ImportEvent, PersonEvent, WishEvent } from '@fangang/domain/people/schema.ts';
import { openCare } from '../platform/audit.ts';
import type { Ctx } from '../platform/http.ts';
import { newId } from '../platform/ids.ts';
import { type NumberKeys, numberKeys } from '../platform/index-keys.ts';
import { append, type JournalEvent } from '../platform/journal.ts';
import { insideOnly } from '../platform/witness.ts';
import { hitOf } from './person-lines.ts';
import { type OpenedHistory, openHistory } from './record-history.ts';
import { restoredColumns } from './record-write.ts';
import { districtDigits } from './sealed-numbers.ts';
import {
  findImport,
  type ImportRow,
  listBatch,
  lockPersons,
  markImportUndone,
  removeCare,
  removePersons,
  removeWishes,
} from './store-import.ts';
import { findPerson } from './store-people.ts';
import { householdOf, setPerson } from './store-registry.ts';
import { lockDistricts, moveWishes, updateWishes, type WishChange } from './store-roster.ts';
import type { PersonRow } from './tables.ts';

/** What came of taking an import back. */
export interface Undone {
  readonly removed: number;
  readonly restored: number;
  readonly left: number;
  readonly leftPeople: { person: PersonHit; why: ImportLeft }[];
}

type Change = OpenedHistory & { readonly personId: string; readonly touched: boolean };

const MOST_NAMED = 100;

async function changesOf(ctx: Ctx, found: ImportRow): Promise<Map<string, Change[]>> {
  const rows = await listBatch(ctx.tx, found.id, found.season);
  const opened = openHistory(ctx.services.secrets, rows, insideOnly('keepOldValue'));
  const byPerson = new Map<string, Change[]>();
  rows.forEach(({ personId, touched }, i) => {
    const change = { ...(opened[i] as OpenedHistory), personId, touched };
    byPerson.set(personId, [...(byPerson.get(personId) ?? []), change]);
  });
  return byPerson;
}

/** Who stays as the import left them: nobody is taken back by half, and nobody whose record has gone into another. */
function parted(
  changes: ReadonlyMap<string, readonly Change[]>,
  withWay: ReadonlySet<string>,
  there: ReadonlySet<string>,
) {
  const left = new Map<string, ImportLeft>();
  for (const [person, its] of changes) {
    const why = leftBecause({
      hasWay: withWay.has(person),
      changed: !there.has(person) || its.some((it) => it.touched),
    });
    if (why) left.set(person, why);
  }
  const back = [...changes].filter(([person]) => !left.has(person));
  const isNew = ([, its]: (typeof back)[number]) => its.some((it) => it.part === 'registered');
  return {
    left,
    fresh: back.filter(isNew).map(([person]) => person),
    known: back.filter((it) => !isNew(it)),
  };
}

interface Event {
  readonly subject: string;
  readonly area: string;
  readonly event: WishEvent | PersonEvent | ImportEvent;
}

const mistake = (it: { id: string; area: string }): Event => ({
  subject: it.id,
  area: it.area,
  event: { type: 'people.wish_withdrawn', data: { why: 'mistake' } },
});

async function removeFresh(ctx: Ctx, ids: readonly string[], rows: readonly PersonRow[]): Promise<Event[]> {
  const gone = new Set(ids);
  const wishes = await removePersons(ctx.tx, ids);
  const people = rows.filter((it) => gone.has(it.id));
  return [
    ...wishes.map(mistake),
    ...people.map(({ id, area, identity }) => ({
      subject: id,
      area,
      event: { type: 'people.person_removed' as const, data: { identity } },
    })),
  ];
}

/** A known person's row as it stood before the import. */
async function restorePerson(ctx: Ctx, keys: NumberKeys, person: PersonRow, change: Change): Promise<Event> {
  const before = change.before as Record<string, string | null>;
  const area = before.area ?? person.area;
  const household =
    'household' in before
      ? { household_id: before.household ? await householdOf(ctx.tx, newId(), area, before.household) : null }
      : {};
  await setPerson(ctx.tx, person.id, {
    ...restoredColumns(keys, { ...person, area }, before),
    ...household,
    area,
  });
  const { identity: was, idKind: _, ...fields } = before;
  const data = { identity: was ?? person.identity, fields: Object.keys(fields) as never[] };
  return { subject: person.id, area, event: { type: 'people.person_changed', data } };
}

async function restoreWishes(ctx: Ctx, changes: readonly Change[]): Promise<Event[]> {
  const wishes = changes.filter((it) => it.part === 'wish');
  const gone = await removeWishes(
    ctx.tx,
    wishes.filter((it) => it.before === null).map((it) => it.record ?? ''),
  );
  const back = wishes.filter((it) => it.before !== null);
  await updateWishes(
    ctx.tx,
    back.map((it) => ({ ...it.before, id: it.record }) as unknown as WishChange),
  );
  return gone.map(mistake);
}

async function restoreKnown(
  ctx: Ctx,
  known: readonly (readonly [string, readonly Change[]])[],
  rows: ReadonlyMap<string, PersonRow>,
) {
  const keys = await numberKeys(ctx.tx, ctx.services.secrets);
  const changes = known.flatMap(([, its]) => its);
  const events: Event[] = [];
  for (const change of changes.filter((it) => it.part === 'person')) {
    const person = rows.get(change.personId);
    if (person) events.push(await restorePerson(ctx, keys, person, change));
  }
  await openCare(ctx.tx, insideOnly('keepOldValue'));
  await removeCare(
    ctx.tx,
    changes.filter((it) => it.part === 'care').map((it) => it.record ?? ''),
  );
  events.push(...(await restoreWishes(ctx, changes)));
  await moveWishes(
    ctx.tx,
    known.map(([person]) => person),
  );
  return events;
}

async function named(ctx: Ctx, left: ReadonlyMap<string, ImportLeft>): Promise<Undone['leftPeople']> {
  const people: Undone['leftPeople'] = [];
  for (const [id, why] of [...left].slice(0, MOST_NAMED)) {
    const person = await findPerson(ctx.tx, id);
    if (person) people.push({ person: hitOf(person), why });
  }
  return people;
}

/**
 * Takes an import back in one transaction: who came with it leaves the books, what it changed stands as before. Whoever `hasWay` names, or
 * whom somebody has changed since, stays whole as the import left them.
 *
 * Refuses an import that was taken back before, and one older than thirty days.
 *
 * @param hasWay which of these people have an itinerary of any state: their rows are held by it.
 */
export async function undoImport(
  ctx: Ctx,
  importId: string,
  hasWay: (persons: readonly string[]) => Promise<ReadonlySet<string>>,
): Promise<Result<Undone>> {
  const { tx, now, actor, key } = ctx;
  const found = await findImport(tx, importId);
  if (!found) return refuse({ code: 'basics.not_found' });
  const decided = decideImportUndo({ at: found.at, undone: found.undoneAt !== null }, now);
  if (!decided.ok) return decided;
  const changes = await changesOf(ctx, found);
  const rows = await lockPersons(tx, [...changes.keys()]);
  await lockDistricts(tx, [...new Set(rows.map((it) => districtDigits(it.area)))]);
  const { left, fresh, known } = parted(
    changes,
    await hasWay([...changes.keys()]),
    new Set(rows.map((it) => it.id)),
  );
  const events = await removeFresh(ctx, fresh, rows);
  events.push(...(await restoreKnown(ctx, known, new Map(rows.map((it) => [it.id, it])))));
  await markImportUndone(tx, found.id, { by: actor, at: now, left: [...left.keys()] });
  const counts = { removed: fresh.length, restored: known.length, left: left.size };
  events.push({ subject: found.id, area: found.area, event: { type: 'people.import_undone', data: counts } });
  const { season } = found;
  const told: JournalEvent[] = events.map(({ subject, area, event }, ordinal) => ({
    at: now,
    actor,
    key,
    ordinal,
    subject,
    area,
    season,
    ...event,
  }));
  await append(tx, told, now);
  return accept({ ...counts, leftPeople: await named(ctx, left) });
}
