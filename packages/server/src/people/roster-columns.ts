import type { Moment } from '@fangang/domain/basics/moment.ts';
import { newId } from '../platform/ids.ts';
import type { NumberKeys } from '../platform/index-keys.ts';
import { initials, pinyinName } from '../platform/pinyin.ts';
import type { RowPlan } from './roster-plan.ts';
import { NO_ID, NO_PHONE, sealedId, sealedPhone, sealedSecondPhone } from './sealed-numbers.ts';
import type { NewPerson, PersonChange } from './store-roster.ts';
import type { PersonRow } from './tables.ts';

/** Who registers, when, with which keys. */
interface Registering {
  readonly keys: NumberKeys;
  readonly actor: string;
  readonly now: Moment;
}

/** Something of each person, by the person's id. */
export type ByPerson = ReadonlyMap<string, string>;

/** A new person's row. */
export function newPerson(
  input: Registering,
  plan: RowPlan,
  identities: ByPerson,
  households: ByPerson,
): NewPerson {
  const { keys } = input;
  const { personId, person } = plan;
  const it = person.after;
  return {
    id: personId,
    identity: identities.get(personId) ?? newId(),
    area: it.area,
    name: it.name,
    pinyin: pinyinName(it.name),
    initials: initials(it.name),
    gender: it.gender,
    birth: it.birth,
    id_kind: it.idKind,
    ...(it.idNumber === null ? NO_ID : sealedId(keys, personId, it.area, it.idNumber)),
    ...(it.phone === null ? NO_PHONE : sealedPhone(keys, personId, it.area, it.phone)),
    phone2_sealed: it.phone2 === null ? null : sealedSecondPhone(keys, personId, it.phone2),
    household_id: households.get(personId) ?? null,
    ledger_office: null,
    nation: it.nation,
    education: it.education,
    job_type: it.jobType,
    workplace: it.workplace,
    relation: it.relation,
    address: it.address,
    labor_ability: it.laborAbility,
    channel: 'import',
    registered_at: input.now,
    registered_by: input.actor,
  };
}

/** What changes in a known person's row. */
export function personChange(
  input: Registering,
  plan: RowPlan,
  identities: ByPerson,
  households: ByPerson,
): PersonChange {
  const { keys } = input;
  const { personId, person } = plan;
  const it = person.after;
  const has = (field: (typeof person.fields)[number]) => person.fields.includes(field);
  return {
    id: personId,
    identity: identities.get(personId) ?? plan.known?.identity ?? newId(),
    area: it.area,
    name: it.name,
    pinyin: pinyinName(it.name),
    initials: initials(it.name),
    id_kind: it.idKind,
    ...(has('gender') && { gender: it.gender }),
    ...(has('birth') && { birth: it.birth }),
    ...(has('idNumber') && it.idNumber !== null && sealedId(keys, personId, it.area, it.idNumber)),
    ...(has('phone') && it.phone !== null && sealedPhone(keys, personId, it.area, it.phone)),
    ...(has('phone2') &&
      it.phone2 !== null && { phone2_sealed: sealedSecondPhone(keys, personId, it.phone2) }),
    ...(has('household') && { household_id: households.get(personId) ?? null }),
    nation: it.nation,
    education: it.education,
    job_type: it.jobType,
    workplace: it.workplace,
    relation: it.relation,
    address: it.address,
    labor_ability: it.laborAbility,
  };
}

/** What of a person's row goes with a field though no roster says it: whose number it was. */
export function personOnlyFields(
  known: Pick<PersonRow, 'identity' | 'id_kind'>,
  fields: readonly string[],
): Readonly<Record<string, string>> {
  return fields.includes('idNumber') ? { identity: known.identity, idKind: known.id_kind } : {};
}

/** Columns of a new wish. */
export const WISH_COLUMNS = [
  'id',
  'season',
  'person_id',
  'identity',
  'area',
  'ledger_office',
  'kind',
  'mode',
  'destination',
  'destination_text',
  'gate_text',
  'earliest',
  'latest',
  'party',
  'may_part',
  'wheelchair',
  'remark',
  'status',
  'recorded_at',
] as const;

/** What a wish's row says, new or changed. */
export function wishColumns({ wishId, wish, party, knownWish }: RowPlan) {
  const it = wish.after;
  return {
    id: wishId,
    kind: it.kind,
    mode: it.mode,
    destination: it.destination,
    destination_text: it.destinationText,
    gate_id: wish.fields.includes('gateText') ? null : (knownWish?.gate_id ?? null),
    gate_text: it.gateText,
    earliest: it.earliest,
    latest: it.latest,
    party,
    may_part: knownWish?.may_part ?? false,
    wheelchair: it.wheelchair,
    remark: it.remark,
  };
}
