import type { Moment } from '@fangang/domain/basics/moment.ts';
import { accept, type Result, refuse } from '@fangang/domain/basics/result.ts';
import type { Language } from '@fangang/domain/basics/say.ts';
import { wishAfter } from '@fangang/domain/people/rules.ts';
import type { PersonEvent, WishEvent } from '@fangang/domain/people/schema.ts';
import { sayPeople } from '@fangang/domain/people/words.ts';
import type { Tx } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import { indexesOf, type NumberKeys, numberKeys } from '../platform/index-keys.ts';
import { append, copyRows, type JournalEvent } from '../platform/journal.ts';
import type { Services } from '../platform/services.ts';
import { HISTORY_COLUMNS, importHistory, type NewCare, newCareOf } from './import-history.ts';
import { badRows, type ImportFinding, type ImportReport, importReport } from './import-report.ts';
import { type ByPerson, newPerson, personChange, WISH_COLUMNS, wishColumns } from './roster-columns.ts';
import { fieldChanges, outcomeOf, planRows, type RowPlan } from './roster-plan.ts';
import type { RosterReport } from './roster-rows.ts';
import {
  beginPart,
  findHouseholds,
  identitiesOf,
  insertPersons,
  lockDistricts,
  moveWishes,
  undoPart,
  updatePersons,
  updateWishes,
} from './store-roster.ts';

export interface WriteRoster {
  readonly services: Pick<Services, 'secrets'>;
  readonly report: RosterReport;
  readonly season: string;
  /** Registers who names neither town nor village; 12 digits. */
  readonly area: string;
  readonly actor: string;
  /** The installation's clock. */
  readonly now: Moment;
  readonly key: string;
  /** Writes the clean rows and leaves the bad ones. */
  readonly skipBad: boolean;
  /** Counts what would be and writes nothing. */
  readonly dryRun: boolean;
  /** Of the file, in hexadecimal; empty unless told. */
  readonly sha256?: string;
  readonly language?: Language;
}

/** With the keys of this transaction, and the import's id, by which it can be taken back. */
interface Writing extends WriteRoster {
  readonly keys: NumberKeys;
  readonly batch: string;
}

export type ImportRefusal = { code: 'people.roster_has_bad_rows'; facts: { bad: number } };

/**
 * Writes the clean rows of a roster: households, people, care groups, wishes and parties, set-wise, in the caller's
 * transaction, with one journal row for each thing that has changed. A file written before changes nothing.
 *
 * Refuses `people.roster_has_bad_rows` unless bad rows are skipped; then nothing is written. A person whom another
 * office of the district has on its books, unseen by this one, is named as a bad row; a dry run cannot see that.
 */
export async function writeRoster(tx: Tx, input: WriteRoster): Promise<Result<ImportReport, ImportRefusal>> {
  const { report, skipBad, dryRun, area } = input;
  const bad = badRows(report.rejected);
  if (bad > 0 && !skipBad) return refuse({ code: 'people.roster_has_bad_rows', facts: { bad } });
  const rows = report.clean;
  if (!dryRun) await lockDistricts(tx, [...new Set(rows.map((it) => (it.areaCode ?? area).slice(0, 6)))]);
  const accessSaid = report.mapping.columns.some((it) => it.field === 'access' && it.confidence !== 'ask');
  const keys = await numberKeys(tx, input.services.secrets);
  const plans = await planRows(tx, { keys, rows, area, season: input.season, accessSaid });
  if (dryRun) return accept(importReport(report, countsOf(plans)));
  await beginPart(tx);
  const batch = newId();
  const elsewhere = await writePlans(tx, { ...input, keys, batch }, plans);
  if (elsewhere.length > 0 && !skipBad) {
    await undoPart(tx);
    return refuse({ code: 'people.roster_has_bad_rows', facts: { bad: elsewhere.length } });
  }
  const written = plans.filter((it) => !elsewhere.includes(it));
  const counts = countsOf(written);
  if (counts.created + counts.updated > 0) await noteImport(tx, { ...input, batch }, counts);
  return accept(
    importReport(
      report,
      counts,
      elsewhere.map((it) => foundElsewhere(input, it)),
    ),
  );
}

function countsOf(
  plans: readonly RowPlan[],
): Pick<ImportReport, 'created' | 'updated' | 'unchanged' | 'changes'> {
  const counts = { created: 0, updated: 0, unchanged: 0 };
  for (const plan of plans) counts[outcomeOf(plan)] += 1;
  return { ...counts, changes: fieldChanges(plans) };
}

function foundElsewhere({ report, language }: WriteRoster, { row }: RowPlan): ImportFinding {
  const column = report.mapping.columns.find((it) => it.field === 'idNumber' && it.confidence !== 'ask');
  return {
    row: row.row,
    column: column ? `${column.letter} ${column.header}`.trim() : '',
    field: 'idNumber',
    code: 'people.registered_elsewhere',
    message: sayPeople('people.registered_elsewhere', {}, language),
  };
}

/** Writes what differs from the books; answers the rows whose people another office of the district has. */
async function writePlans(tx: Tx, input: Writing, plans: readonly RowPlan[]): Promise<readonly RowPlan[]> {
  const changing = plans.filter((it) => outcomeOf(it) !== 'unchanged');
  const identities = await identityOfEach(tx, input.keys, changing);
  const households = await householdOfEach(tx, changing);
  const fresh = changing.filter((it) => !it.known);
  const added = await insertPersons(
    tx,
    fresh.map((it) => newPerson(input, it, identities, households)),
  );
  const elsewhere = fresh.filter((it) => !added.has(it.personId));
  const written = changing.filter((it) => it.known || added.has(it.personId));
  const edited = written.filter((it) => it.known && it.person.fields.length > 0);
  const care = newCareOf(written);
  await copyRows(tx, 'people_history', HISTORY_COLUMNS, importHistory(input, written, care));
  await updatePersons(
    tx,
    edited.map((it) => personChange(input, it, identities, households)),
  );
  await addCare(tx, input, care);
  await writeWishes(tx, input, written, identities);
  const moved = edited.filter((it) =>
    it.person.fields.some((field) => field === 'area' || field === 'idNumber'),
  );
  await moveWishes(
    tx,
    moved.map((it) => it.personId),
  );
  await append(tx, eventsOf(input, written, identities), input.now);
  return elsewhere;
}

/** Identities of people who are new or show their number for the first time; the others keep theirs. */
async function identityOfEach(tx: Tx, keys: NumberKeys, plans: readonly RowPlan[]): Promise<ByPerson> {
  const identities = new Map(plans.map((it) => [it.personId, it.known?.identity ?? newId()]));
  const asking = plans.filter((it) => it.person.after.idNumber !== null && it.known?.id_index == null);
  const found = await identitiesOf(
    tx,
    asking.map((it) => indexesOf(keys, 'idNumber', '', it.person.after.idNumber ?? '')),
    asking.map((it) => identities.get(it.personId) ?? newId()),
  );
  asking.forEach((it, i) => {
    const identity = found[i];
    if (identity) identities.set(it.personId, identity);
  });
  return identities;
}

const householdKey = (area: string, number: string) => `${area} ${number}`;

/** Household by person: found by village and number, made where there is none yet. */
async function householdOfEach(tx: Tx, plans: readonly RowPlan[]): Promise<ByPerson> {
  const wanted = plans.filter(
    (it) => it.person.after.household !== null && (!it.known || it.person.fields.includes('household')),
  );
  const numbers = new Set(wanted.map((it) => it.person.after.household ?? ''));
  const ids = new Map<string, string>();
  for (const it of await findHouseholds(tx, [...numbers])) {
    const key = householdKey(it.area, it.number ?? '');
    if (!ids.has(key)) ids.set(key, it.id);
  }
  const made: { id: string; area: string; number: string }[] = [];
  const byPerson = new Map<string, string>();
  for (const { personId, person } of wanted) {
    const { area, household } = person.after;
    const key = householdKey(area, household ?? '');
    const id = ids.get(key) ?? newId();
    if (!ids.has(key)) made.push({ id, area, number: household ?? '' });
    ids.set(key, id);
    byPerson.set(personId, id);
  }
  await copyRows(tx, 'people_household', ['id', 'area', 'number'], made);
  return byPerson;
}

async function addCare(tx: Tx, input: WriteRoster, care: NewCare): Promise<void> {
  const rows = care.map(({ id, plan, kind }) => ({
    id,
    person_id: plan.personId,
    area: plan.person.after.area,
    kind,
    since: input.now.slice(0, 10),
    source: 'import',
  }));
  await copyRows(tx, 'people_care', ['id', 'person_id', 'area', 'kind', 'since', 'source'], rows);
}

async function writeWishes(
  tx: Tx,
  input: WriteRoster,
  written: readonly RowPlan[],
  identities: ByPerson,
): Promise<void> {
  const fresh = written.filter((it) => !it.knownWish);
  await copyRows(
    tx,
    'people_wish',
    WISH_COLUMNS,
    fresh.map((it) => ({
      ...wishColumns(it),
      season: input.season,
      person_id: it.personId,
      identity: identities.get(it.personId),
      area: it.person.after.area,
      ledger_office: it.known?.ledger_office ?? null,
      status: 'recorded',
      recorded_at: input.now,
    })),
  );
  const changed = written.flatMap((it) => {
    const event = wishEvent(it, identities);
    if (!it.knownWish || !event) return [];
    return [{ ...wishColumns(it), status: wishAfter(it.knownWish.status, event) }];
  });
  await updateWishes(tx, changed);
}

/** What has happened to the wish of a row; undefined where nothing has. */
function wishEvent(plan: RowPlan, identities: ByPerson): WishEvent | undefined {
  const { personId, knownWish, wish } = plan;
  const identity = identities.get(personId) ?? '';
  const { kind, mode, destination } = wish.after;
  if (!knownWish) {
    return { type: 'people.wish_recorded', data: { person: personId, identity, kind, mode, destination } };
  }
  if (wish.fields.length === 0) return undefined;
  return { type: 'people.wish_changed', data: { identity, fields: wish.fields, kind, mode, destination } };
}

function personEvent(
  { personId, known, person, newCare }: RowPlan,
  identities: ByPerson,
): PersonEvent | undefined {
  const identity = identities.get(personId) ?? '';
  if (!known) return { type: 'people.person_registered', data: { identity, channel: 'import' } };
  if (person.fields.length === 0 && newCare.length === 0) return undefined;
  return { type: 'people.person_changed', data: { identity, fields: person.fields } };
}

function eventsOf(input: WriteRoster, written: readonly RowPlan[], identities: ByPerson): JournalEvent[] {
  const { key, actor, now, season } = input;
  const events: JournalEvent[] = [];
  for (const plan of written) {
    const happened = [
      [plan.personId, personEvent(plan, identities)],
      [plan.wishId, wishEvent(plan, identities)],
    ] as const;
    for (const [subject, event] of happened) {
      if (!event) continue;
      const { area } = plan.person.after;
      events.push({ at: now, actor, key, ordinal: events.length, subject, area, season, ...event });
    }
  }
  return events;
}

async function noteImport(
  tx: Tx,
  input: WriteRoster & { readonly batch: string },
  { created, updated, unchanged }: Pick<ImportReport, 'created' | 'updated' | 'unchanged'>,
): Promise<void> {
  const { report, season, area, now, actor } = input;
  const row = {
    id: input.batch,
    season,
    area,
    file: report.file,
    sha256: input.sha256 ?? '',
    at: now,
    actor,
    counts: { created, updated, unchanged, rows: report.rows, bad: badRows(report.rejected) },
  };
  await copyRows(
    tx,
    'people_import',
    ['id', 'season', 'area', 'file', 'sha256', 'at', 'actor', 'counts'],
    [row],
  );
}
