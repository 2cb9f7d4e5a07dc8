import { accept, type Result, refuse } from '@fangang/domain/basics/result.ts';
import type { LaborAbility, PhoneOwner } from '@fangang/domain/people/registry.ts';
import { changedFields, type PersonRecord } from '@fangang/domain/people/rules-registry.ts';
import type { PersonField } from '@fangang/domain/people/schema.ts';
import { findArea } from '../offices/store.ts';
import type { Ctx } from '../platform/http.ts';
import { newId } from '../platform/ids.ts';
import { indexesOf, type NumberKeys, numberKeys } from '../platform/index-keys.ts';
import { append } from '../platform/journal.ts';
import { initials, pinyinName } from '../platform/pinyin.ts';
import { insideOnly } from '../platform/witness.ts';
import { sealedHistory } from './record-history.ts';
import { isWithin } from './routes-roster.ts';
import {
  districtDigits,
  NO_ID,
  NO_PHONE,
  openNumber,
  sealedId,
  sealedPhone,
  sealedSecondPhone,
} from './sealed-numbers.ts';
import {
  addHistory,
  findHouseholdNumber,
  householdOf,
  type PersonColumns,
  setPerson,
} from './store-registry.ts';
import { beginPart, identitiesOf, lockDistricts, moveWishes, undoPart } from './store-roster.ts';
import type { PersonRow } from './tables.ts';

/** A person's row as a record: numbers opened, to be compared and kept under seal, seen by nobody. */
async function recordOf(ctx: Ctx, person: PersonRow): Promise<PersonRecord> {
  const { secrets } = ctx.services;
  const unseen = insideOnly('keepOldValue');
  return {
    name: person.name,
    area: person.area,
    gender: person.gender,
    birth: person.birth,
    idNumber: openNumber(secrets, person, 'id_sealed', unseen),
    phone: openNumber(secrets, person, 'phone_sealed', unseen),
    phone2: openNumber(secrets, person, 'phone2_sealed', unseen),
    household: await findHouseholdNumber(ctx.tx, person.household_id),
    nation: person.nation,
    education: person.education,
    jobType: person.job_type,
    workplace: person.workplace,
    relation: person.relation,
    registeredPlace: person.registered_place,
    address: person.address,
    laborAbility: person.labor_ability,
    phoneOwner: person.phone_owner,
    phone2Owner: person.phone2_owner,
  };
}

/** Fields that lie in the row as they are. */
const PLAIN = {
  gender: 'gender',
  birth: 'birth',
  nation: 'nation',
  education: 'education',
  jobType: 'job_type',
  workplace: 'workplace',
  relation: 'relation',
  registeredPlace: 'registered_place',
  address: 'address',
  laborAbility: 'labor_ability',
  phoneOwner: 'phone_owner',
  phone2Owner: 'phone2_owner',
} as const satisfies Partial<Record<PersonField, keyof PersonColumns>>;

function plainColumns(patch: Partial<PersonRecord>): PersonColumns {
  const columns: Record<string, string | null> = {};
  for (const [field, column] of Object.entries(PLAIN))
    if (field in patch) columns[column] = patch[field as keyof typeof PLAIN] ?? null;
  const { labor_ability, phone_owner, phone2_owner, gender, ...rest } = columns;
  return {
    ...rest,
    ...(gender !== undefined && { gender: gender as PersonRow['gender'] }),
    ...(labor_ability !== undefined && { labor_ability: labor_ability as LaborAbility | null }),
    ...(phone_owner !== undefined && { phone_owner: phone_owner as PhoneOwner | null }),
    ...(phone2_owner !== undefined && { phone2_owner: phone2_owner as PhoneOwner | null }),
  };
}

function nameColumns({ name }: Partial<PersonRecord>): PersonColumns {
  return name ? { name, pinyin: pinyinName(name), initials: initials(name) } : {};
}

function numberColumns(keys: NumberKeys, person: PersonRow, patch: Partial<PersonRecord>): PersonColumns {
  const { id, area } = person;
  const { idNumber, phone, phone2 } = patch;
  return {
    ...('idNumber' in patch &&
      (idNumber
        ? { ...sealedId(keys, id, area, idNumber), id_kind: 'eighteen' as const }
        : { ...NO_ID, id_kind: 'none' as const })),
    ...('phone' in patch && (phone ? sealedPhone(keys, id, area, phone) : NO_PHONE)),
    ...('phone2' in patch && { phone2_sealed: phone2 ? sealedSecondPhone(keys, id, phone2) : null }),
  };
}

/** A row's columns as they stood before an import, numbers under the seals of their row. */
export function restoredColumns(
  keys: NumberKeys,
  person: PersonRow,
  before: Readonly<Record<string, string | null>>,
): PersonColumns {
  const { identity, idKind, ...fields } = before;
  const patch = fields as Partial<PersonRecord>;
  return {
    ...plainColumns(patch),
    ...nameColumns(patch),
    ...numberColumns(keys, person, patch),
    ...(identity && { identity }),
    ...(idKind && { id_kind: idKind as PersonRow['id_kind'] }),
  };
}

type ChangeRefusal =
  | { readonly code: 'people.no_such_area' }
  | { readonly code: 'people.other_district' }
  | { readonly code: 'people.already_registered' };

/** The new home: a town or village of this office in the same district; into another one people are handed over. */
async function homeOf(
  ctx: Ctx,
  person: PersonRow,
  area: string | null | undefined,
): Promise<Result<string, ChangeRefusal>> {
  if (area === undefined || area === null) return accept(person.area);
  const place = isWithin(ctx, area) ? await findArea(ctx.tx, area) : undefined;
  if (!place || place.level === 'city') return refuse({ code: 'people.no_such_area' });
  if (districtDigits(area) !== districtDigits(person.area)) return refuse({ code: 'people.other_district' });
  return accept(area);
}

async function householdColumns(
  { tx }: Ctx,
  patch: Partial<PersonRecord>,
  area: string,
): Promise<PersonColumns> {
  if (!('household' in patch)) return {};
  return { household_id: patch.household ? await householdOf(tx, newId(), area, patch.household) : null };
}

/** Whoever shows a number has the identity of that number over all districts; who loses it keeps the one of before. */
async function identityColumns(
  { tx }: Ctx,
  keys: NumberKeys,
  { idNumber }: Partial<PersonRecord>,
): Promise<PersonColumns> {
  if (!idNumber) return {};
  const [identity] = await identitiesOf(tx, [indexesOf(keys, 'idNumber', '', idNumber)], [newId()]);
  return identity ? { identity } : {};
}

async function setUnlessTaken(ctx: Ctx, id: string, columns: PersonColumns): Promise<boolean> {
  await beginPart(ctx.tx);
  try {
    await setPerson(ctx.tx, id, columns);
    return true;
  } catch (error) {
    if ((error as { code?: string }).code !== '23505') throw error;
    await undoPart(ctx.tx);
    return false;
  }
}

/**
 * Writes new values over a person's row, keeps the old ones under seal and tells the journal which fields have changed; nothing where they
 * all stand already. The row is locked by the caller.
 *
 * Refuses a home outside the office or in another district, and an ID number that is on the books of the district.
 */
export async function changePerson(
  ctx: Ctx,
  person: PersonRow,
  patch: Partial<PersonRecord>,
): Promise<Result<readonly PersonField[], ChangeRefusal>> {
  const { tx, services, actor, now, key } = ctx;
  const known = await recordOf(ctx, person);
  const fields = changedFields(known, patch);
  if (fields.length === 0) return accept([]);
  const said = Object.fromEntries(fields.map((it) => [it, patch[it] ?? null])) as Partial<PersonRecord>;
  const home = await homeOf(ctx, person, said.area);
  if (!home.ok) return home;
  const area = home.value;
  await lockDistricts(tx, [districtDigits(area)]);
  const keys = await numberKeys(tx, services.secrets);
  const identity = await identityColumns(ctx, keys, said);
  const columns = {
    ...{ ...plainColumns(said), ...nameColumns(said), ...numberColumns(keys, person, said), ...identity },
    ...{ ...(await householdColumns(ctx, said, area)), area },
  };
  if (!(await setUnlessTaken(ctx, person.id, columns))) return refuse({ code: 'people.already_registered' });
  await moveWishes(tx, [person.id]);
  const before = Object.fromEntries(fields.map((it) => [it, known[it]]));
  const kept = {
    personId: person.id,
    area,
    at: now,
    actor,
    part: 'person' as const,
    record: null,
    fields,
    before,
  };
  await addHistory(tx, sealedHistory(services.secrets, kept));
  const data = { identity: identity.identity ?? person.identity, fields };
  await append(
    tx,
    [{ at: now, actor, key, ordinal: 0, subject: person.id, area, type: 'people.person_changed', data }],
    now,
  );
  return accept(fields);
}
