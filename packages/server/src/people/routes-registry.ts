import { dayOf } from '@fangang/domain/basics/moment.ts';
import { accept, refuse } from '@fangang/domain/basics/result.ts';
import {
  editPerson,
  readRecord,
  removePart,
  undoChange,
  writePart,
} from '@fangang/domain/people/api-registry.ts';
import { decideUndo, doubtSpell, readEdit } from '@fangang/domain/people/rules-registry.ts';
import { findArea } from '../offices/store.ts';
import { noteAudit } from '../platform/audit.ts';
import { type Ctx, type Route, route } from '../platform/http.ts';
import { insideOnly } from '../platform/witness.ts';
import { type Before, type OpenedHistory, openHistory } from './record-history.ts';
import { changePart, openCertificate, putPartBack, takePart } from './record-parts.ts';
import { changePerson } from './record-write.ts';
import { findPerson, findPlace } from './store-people.ts';
import {
  findHouseholdNumber,
  listCare,
  listCertificates,
  listHistory,
  listSkills,
  listSpells,
  markUndone,
} from './store-registry.ts';
import type { PersonRow } from './tables.ts';

/** How much of a history a page shows. */
const MOST_CHANGES = 200;
const NUMBERS = ['idNumber', 'phone', 'phone2', 'number'];
const PLACES = ['area', 'county'];
const UNSHOWN = ['identity', 'idKind'];

/** Old values as a page may show them: of numbers the tail, of codes the place's name. */
function shown(before: Before, places: ReadonlyMap<string, string>): Record<string, string | null> | null {
  if (before === null) return null;
  const word = (field: string, value: string): string => {
    if (NUMBERS.includes(field)) return `•••• ${value.slice(-4)}`;
    return PLACES.includes(field) ? (places.get(value) ?? value) : value;
  };
  const said = ([field, value]: [string, string | number | null]) =>
    [field, value === null ? null : word(field, String(value))] as const;
  const entries = Object.entries(before).filter(([field]) => !UNSHOWN.includes(field));
  return Object.fromEntries(entries.map(said));
}

/** Names of the areas and counties that old values hold as codes. */
async function placesIn({ tx }: Ctx, history: readonly OpenedHistory[]): Promise<Map<string, string>> {
  const codes = history.flatMap(({ before }) => PLACES.map((field) => before?.[field]).filter(Boolean));
  const names = new Map<string, string>();
  for (const code of new Set(codes.map(String))) {
    const name =
      code.length === 12 ? (await findArea(tx, code))?.name : (await findPlace(tx, code))?.full_name;
    if (name) names.set(code, name);
  }
  return names;
}

/** The latest first; only what nobody has changed since may be undone. */
function historyLines(history: readonly OpenedHistory[], places: ReadonlyMap<string, string>) {
  return history.map((it, i) => ({
    id: it.id,
    at: it.at,
    by: it.by,
    part: it.part,
    before: (it.part === 'wish' && it.before) || it.part === 'merged' ? {} : shown(it.before, places),
    fromImport: it.batch !== null,
    undone: it.undone,
    mayUndo: !ofItsImport(it) && decideUndo(it, history.slice(0, i)).ok,
  }));
}

/** What is taken back elsewhere: coming onto the books with its import, the wish in its form, a merge among the duplicates. */
function ofItsImport(it: OpenedHistory): boolean {
  return it.part === 'registered' || it.part === 'wish' || it.part === 'merged';
}

async function factsOf({ tx }: Ctx, person: PersonRow & { area_name: string | null }) {
  return {
    area: person.area,
    areaName: person.area_name ?? '',
    name: person.name,
    gender: person.gender,
    birth: person.birth,
    nation: person.nation,
    education: person.education,
    relation: person.relation,
    household: await findHouseholdNumber(tx, person.household_id),
    registeredPlace: person.registered_place,
    address: person.address,
    laborAbility: person.labor_ability,
    jobType: person.job_type,
    workplace: person.workplace,
    phoneOwner: person.phone_owner,
    phone2Owner: person.phone2_owner,
    idTail: person.id_tail,
    phoneTail: person.phone_tail,
    hasSecondPhone: person.phone2_sealed !== null,
  };
}

const read = route(readRecord, async (ctx, { params }) => {
  const { tx, actor, services } = ctx;
  const person = await findPerson(tx, params.personId);
  if (!person) return refuse({ code: 'basics.not_found' });
  const rows = await listHistory(tx, person.id, MOST_CHANGES);
  const certificates = await listCertificates(tx, person.id);
  const { area, id: subject } = person;
  const opens = [...rows, ...certificates].map((it) => it.id);
  const witness = await noteAudit(tx, { actor, area, action: 'people.record_read', subject, opens });
  const { birth, labor_ability: laborAbility } = person;
  const spells = await listSpells(tx, person.id);
  const history = openHistory(services.secrets, rows, witness);
  return accept({
    facts: await factsOf(ctx, person),
    spells: spells.map((it) => ({
      ...it,
      placeName: it.placeName ?? it.county,
      placePinyin: it.placePinyin ?? it.county,
      doubts: doubtSpell(it, { birth, laborAbility }),
    })),
    skills: await listSkills(tx, person.id),
    certificates: certificates.map((it) => ({ ...openCertificate(ctx, it, witness), id: it.id })),
    care: await listCare(tx, person.id, witness),
    history: historyLines(history, await placesIn(ctx, history)),
  });
});

const edit = route(editPerson, async (ctx, { params, body }) => {
  const person = await findPerson(ctx.tx, params.personId, true);
  if (!person || person.erased_at !== null) return refuse({ code: 'basics.not_found' });
  const said = readEdit(body.edit, dayOf(ctx.now));
  if (!said.ok) return said;
  const done = await changePerson(ctx, person, said.value);
  return done.ok ? accept({ fields: [...done.value] }) : done;
});

const write = route(writePart, async (ctx, { params, body }) => {
  const person = await findPerson(ctx.tx, params.personId, true);
  if (!person || person.erased_at !== null) return refuse({ code: 'basics.not_found' });
  return await changePart(ctx, person, body.recordId, body.write);
});

const remove = route(removePart, async (ctx, { params, body }) => {
  const person = await findPerson(ctx.tx, params.personId, true);
  if (!person) return refuse({ code: 'basics.not_found' });
  const done = await takePart(ctx, person, body.part, body.recordId);
  return done.ok ? accept({}) : done;
});

async function takeBack(ctx: Ctx, person: PersonRow, change: OpenedHistory) {
  const { part, record, before } = change;
  if (part === 'wish' || part === 'registered' || part === 'merged')
    return refuse({ code: 'people.not_by_itself' });
  if (part === 'person') {
    const { identity: _, idKind: __, ...fields } = before as Record<string, string | null>;
    return await changePerson(ctx, person, fields);
  }
  return await putPartBack(ctx, person, part, record ?? '', before);
}

const undo = route(undoChange, async (ctx, { params }) => {
  const { tx, services, actor, now } = ctx;
  const person = await findPerson(tx, params.personId, true);
  if (!person) return refuse({ code: 'basics.not_found' });
  const history = openHistory(
    services.secrets,
    await listHistory(tx, person.id, Number.MAX_SAFE_INTEGER),
    insideOnly('keepOldValue'),
  );
  const at = history.findIndex((it) => it.id === params.changeId);
  const change = history[at];
  if (!change) return refuse({ code: 'basics.not_found' });
  const decided = decideUndo(change, history.slice(0, at));
  if (!decided.ok) return decided;
  const done = await takeBack(ctx, person, change);
  if (!done.ok) return done;
  await markUndone(tx, change.id, actor, now);
  return accept({});
});

/** The whole record of a person: read, changed, and taken back. */
export const registryRoutes: readonly Route[] = [read, edit, write, remove, undo];
