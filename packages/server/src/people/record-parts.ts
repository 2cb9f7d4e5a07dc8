import { dayOf } from '@fangang/domain/basics/moment.ts';
import { accept, type Result, refuse } from '@fangang/domain/basics/result.ts';
import {
  CareMembership,
  Certificate,
  type PartName,
  type RecordPart,
  Skill,
  WorkSpell,
} from '@fangang/domain/people/registry.ts';
import { admitSpell, doubtSpell, type SpellRefusal } from '@fangang/domain/people/rules-registry.ts';
import { noteAudit } from '../platform/audit.ts';
import type { Ctx } from '../platform/http.ts';
import { newId } from '../platform/ids.ts';
import { append } from '../platform/journal.ts';
import { insideOnly, type Witness } from '../platform/witness.ts';
import { type Before, sealedHistory } from './record-history.ts';
import { findPlace } from './store-people.ts';
import {
  addHistory,
  type CertificateRow,
  listCare,
  listCertificates,
  listSkills,
  listSpells,
  putCare,
  putCertificate,
  putSkill,
  putSpell,
  removeRecord,
} from './store-registry.ts';
import type { PersonRow } from './tables.ts';

const placeOf = (row: string) => ({ table: 'people_certificate', column: 'number_sealed', row });

/** A certificate with its number, for whom the witness covers. */
export function openCertificate(
  { services }: Pick<Ctx, 'services'>,
  row: CertificateRow,
  witness: Witness,
): Certificate {
  const { sealed, id, ...rest } = row;
  return { ...rest, number: sealed && services.secrets.open(placeOf(id), sealed, witness) };
}

/** The care memberships of somebody, read to be changed: the audit has a row of it. */
async function careOf({ tx, actor }: Ctx, person: PersonRow) {
  const { area, id: subject } = person;
  return await listCare(
    tx,
    person.id,
    await noteAudit(tx, { actor, area, action: 'people.care_read', subject }),
  );
}

/** A part as it stands, without its id; undefined where there is none of that id. */
async function partNow(
  ctx: Ctx,
  person: PersonRow,
  part: PartName,
  recordId: string,
): Promise<RecordPart['value'] | undefined> {
  const { tx } = ctx;
  const byId = <T extends { id: string }>(rows: readonly T[]): T | undefined =>
    rows.find((it) => it.id === recordId);
  switch (part) {
    case 'spell':
      return WorkSpell.optional().parse(byId(await listSpells(tx, person.id)));
    case 'skill':
      return Skill.optional().parse(byId(await listSkills(tx, person.id)));
    case 'care':
      return CareMembership.optional().parse(byId(await careOf(ctx, person)));
    case 'certificate': {
      const row = byId(await listCertificates(tx, person.id));
      return row && Certificate.parse(openCertificate(ctx, row, insideOnly('keepOldValue')));
    }
  }
}

type PartRefusal =
  | SpellRefusal
  | { readonly code: 'basics.not_found' }
  | { readonly code: 'people.no_such_place' }
  | { readonly code: 'people.in_group_already' }
  | { readonly code: 'people.days_reversed' };

/** Puts a part into its table, by the rules of its kind. */
async function put(
  ctx: Ctx,
  person: PersonRow,
  id: string,
  write: RecordPart,
): Promise<Result<true, PartRefusal>> {
  const { tx, now, services } = ctx;
  const at = { id, personId: person.id, area: person.area };
  switch (write.part) {
    case 'spell': {
      const spell = write.value;
      if (!(await findPlace(tx, spell.county))) return refuse({ code: 'people.no_such_place' });
      const admitted = admitSpell({ ...spell, id }, await listSpells(tx, person.id), dayOf(now));
      if (!admitted.ok) return admitted;
      await putSpell(tx, at, spell);
      return accept(true);
    }
    case 'skill':
      await putSkill(tx, at, write.value);
      return accept(true);
    case 'certificate': {
      const { number, ...rest } = write.value;
      if (rest.issuedDay && rest.expiresDay && rest.expiresDay < rest.issuedDay)
        return refuse({ code: 'people.days_reversed' });
      const sealed = number === null ? null : services.secrets.seal(placeOf(id), number);
      await putCertificate(tx, at, { ...rest, sealed });
      return accept(true);
    }
    case 'care': {
      const { since, until } = write.value;
      if (until !== null && until < since) return refuse({ code: 'people.days_reversed' });
      await careOf(ctx, person);
      return (await putCare(tx, at, write.value))
        ? accept(true)
        : refuse({ code: 'people.in_group_already' });
    }
  }
}

/** Keeps what stood there and tells the journal; which care group it was, it is not told. */
async function keep(
  ctx: Ctx,
  person: PersonRow,
  part: PartName,
  record: string,
  before: Before,
): Promise<void> {
  const { tx, now, actor, key, services } = ctx;
  const { area, identity } = person;
  const kept = { personId: person.id, area, at: now, actor, part, record, fields: [], before };
  await addHistory(tx, sealedHistory(services.secrets, kept));
  const data = { identity, fields: part === 'care' ? [] : [part] };
  await append(
    tx,
    [{ at: now, actor, key, ordinal: 0, subject: person.id, area, type: 'people.person_changed', data }],
    now,
  );
}

/** Adds a part to a record, or changes the one of this id; answers its id and what the national checks doubt. */
export async function changePart(
  ctx: Ctx,
  person: PersonRow,
  recordId: string | undefined,
  write: RecordPart,
): Promise<Result<{ recordId: string; doubts: string[] }, PartRefusal>> {
  const before = recordId === undefined ? null : await partNow(ctx, person, write.part, recordId);
  if (before === undefined) return refuse({ code: 'basics.not_found' });
  const id = recordId ?? newId();
  const done = await put(ctx, person, id, write);
  if (!done.ok) return done;
  await keep(ctx, person, write.part, id, before);
  const { birth, labor_ability: laborAbility } = person;
  return accept({
    recordId: id,
    doubts: write.part === 'spell' ? doubtSpell(write.value, { birth, laborAbility }) : [],
  });
}

/** Takes a part off a record; its values stay in the history. */
export async function takePart(
  ctx: Ctx,
  person: PersonRow,
  part: PartName,
  recordId: string,
): Promise<Result<true, PartRefusal>> {
  const before = await partNow(ctx, person, part, recordId);
  if (before === undefined) return refuse({ code: 'basics.not_found' });
  await removeRecord(ctx.tx, part, recordId);
  await keep(ctx, person, part, recordId, before);
  return accept(true);
}

/** A part back as it stood: taken off where it had not been there. Its former id stays, so that later changes find it. */
export async function putPartBack(
  ctx: Ctx,
  person: PersonRow,
  part: PartName,
  recordId: string,
  before: Before,
): Promise<Result<true, PartRefusal>> {
  if (before === null) return await takePart(ctx, person, part, recordId);
  const now = (await partNow(ctx, person, part, recordId)) ?? null;
  const done = await put(ctx, person, recordId, { part, value: before } as unknown as RecordPart);
  if (!done.ok) return done;
  await keep(ctx, person, part, recordId, now);
  return accept(true);
}
