import type { MergeField, MergeSide } from '@fangang/domain/people/rules-duplicates.ts';
import type { NumberKeys } from '../platform/index-keys.ts';
import type { Secrets } from '../platform/secrets.ts';
import { insideOnly } from '../platform/witness.ts';
import { historyPlace } from './record-history.ts';
import { NO_ID, NO_PHONE, openNumber, sealedId, sealedPhone, sealedSecondPhone } from './sealed-numbers.ts';
import type { CareRow, ConsentRow, MovedParts, NeedState, WayRow } from './store-merge.ts';
import type { PersonRow, WishRow } from './tables.ts';

type Sealed =
  | 'id_sealed'
  | 'id_index'
  | 'id_index_next'
  | 'id_tail'
  | 'phone_sealed'
  | 'phone_index'
  | 'phone_index_next'
  | 'phone_tail'
  | 'phone2_sealed';
type Row = Omit<PersonRow, 'district' | 'erased_at'>;

/** A person's row with its numbers in the clear: lies nowhere but sealed. */
export type PlainPerson = Omit<Row, Sealed> & {
  readonly idNumber: string | null;
  readonly phone: string | null;
  readonly phone2: string | null;
};
export type PlainCare = Omit<CareRow, 'certificate_sealed'> & { readonly certificate: string | null };

/** How everything stood before a merge, and how it left the survivor: what an undoing goes back to and looks for changes in. */
export interface MergeSnapshot {
  readonly kept: PlainPerson;
  readonly gone: PlainPerson;
  readonly after: PlainPerson;
  readonly wishes: readonly WishRow[];
  readonly wishesAfter: readonly WishRow[];
  readonly care: readonly PlainCare[];
  readonly consents: readonly ConsentRow[];
  readonly needs: readonly NeedState[];
  readonly needsAfter: readonly NeedState[];
  /** Ids of what hung on the other record and went along, by table. */
  readonly parts: MovedParts;
}

const unseen = insideOnly('mergeRecords');

export function plainPerson(secrets: Secrets, row: PersonRow): PlainPerson {
  return {
    ...{
      id: row.id,
      identity: row.identity,
      area: row.area,
      name: row.name,
      pinyin: row.pinyin,
      initials: row.initials,
    },
    ...{
      gender: row.gender,
      birth: row.birth,
      id_kind: row.id_kind,
      household_id: row.household_id,
      ledger_office: row.ledger_office,
    },
    ...{ nation: row.nation, education: row.education, job_type: row.job_type, workplace: row.workplace },
    ...{ relation: row.relation, registered_place: row.registered_place, address: row.address },
    ...{ labor_ability: row.labor_ability, phone_owner: row.phone_owner, phone2_owner: row.phone2_owner },
    ...{ channel: row.channel, registered_at: row.registered_at, registered_by: row.registered_by },
    idNumber: openNumber(secrets, row, 'id_sealed', unseen),
    phone: openNumber(secrets, row, 'phone_sealed', unseen),
    phone2: openNumber(secrets, row, 'phone2_sealed', unseen),
  };
}

/** The row as it lies on the books, numbers sealed for this person's place. */
export function sealedPerson(keys: NumberKeys, { idNumber, phone, phone2, ...row }: PlainPerson): Row {
  return {
    ...row,
    ...(idNumber === null ? NO_ID : sealedId(keys, row.id, row.area, idNumber)),
    ...(phone === null ? NO_PHONE : sealedPhone(keys, row.id, row.area, phone)),
    phone2_sealed: phone2 === null ? null : sealedSecondPhone(keys, row.id, phone2),
  };
}

const carePlace = (it: Pick<CareRow, 'person_id' | 'kind'>) => ({
  table: 'people_care',
  column: 'certificate_sealed',
  row: `${it.person_id} ${it.kind}`,
});

export function plainCare(secrets: Secrets, { certificate_sealed, ...row }: CareRow): PlainCare {
  return {
    ...row,
    certificate: certificate_sealed && secrets.open(carePlace(row), certificate_sealed, unseen),
  };
}

export function sealedCare(secrets: Secrets, { certificate, ...row }: PlainCare): CareRow {
  return {
    ...row,
    certificate_sealed: certificate === null ? null : secrets.seal(carePlace(row), certificate),
  };
}

export function sealSnapshot(secrets: Secrets, id: string, snapshot: MergeSnapshot): Buffer {
  return secrets.seal(historyPlace(id), JSON.stringify(snapshot));
}

export function openSnapshot(secrets: Secrets, id: string, sealed: Buffer): MergeSnapshot {
  return JSON.parse(secrets.open(historyPlace(id), sealed, unseen)) as MergeSnapshot;
}

/** Columns of a person's row that a field of a merge stands for. */
const COLUMNS = {
  name: ['name', 'pinyin', 'initials'],
  gender: ['gender'],
  birth: ['birth'],
  idNumber: ['idNumber', 'id_kind'],
  phone: ['phone'],
  phone2: ['phone2'],
  area: ['area'],
  household: ['household_id'],
  ledger: ['ledger_office'],
  nation: ['nation'],
  education: ['education'],
  jobType: ['job_type'],
  workplace: ['workplace'],
  relation: ['relation'],
  registeredPlace: ['registered_place'],
  address: ['address'],
  laborAbility: ['labor_ability'],
  phoneOwner: ['phone_owner'],
  phone2Owner: ['phone2_owner'],
} as const satisfies Record<MergeField, readonly (keyof PlainPerson)[]>;

/** A record with some fields of another. */
export function withFields(it: PlainPerson, of: PlainPerson, fields: readonly string[]): PlainPerson {
  const columns = fields.flatMap((field) => COLUMNS[field as MergeField]);
  return { ...it, ...Object.fromEntries(columns.map((column) => [column, of[column]])) };
}

/** Fields in which two records differ. */
export function fieldsThatDiffer(a: PlainPerson, b: PlainPerson, fields: readonly string[]): string[] {
  return fields.filter((field) => COLUMNS[field as MergeField].some((column) => a[column] !== b[column]));
}

const LIVE_WAY = (it: WayRow) => it.status !== 'cancelled' && it.status !== 'broken';

/** A record as the rule of a merge sees it; `of` may be a row with sealed numbers. */
export function mergeSide(
  it: Pick<
    PersonRow,
    | 'id'
    | 'area'
    | 'name'
    | 'gender'
    | 'birth'
    | 'id_sealed'
    | 'phone_sealed'
    | 'phone2_sealed'
    | 'household_id'
  > &
    Pick<
      PersonRow,
      'relation' | 'registered_place' | 'address' | 'labor_ability' | 'phone_owner' | 'phone2_owner'
    > &
    Pick<PersonRow, 'ledger_office' | 'nation' | 'education' | 'job_type' | 'workplace' | 'registered_at'>,
  ways: readonly WayRow[],
): MergeSide {
  return {
    id: it.id,
    area: it.area,
    registeredAt: it.registered_at,
    seatedIn: ways.filter((way) => way.person === it.id && LIVE_WAY(way)).map((way) => way.season),
    known: {
      name: true,
      area: true,
      gender: it.gender !== null,
      birth: it.birth !== null,
      idNumber: it.id_sealed !== null,
      phone: it.phone_sealed !== null,
      phone2: it.phone2_sealed !== null,
      household: it.household_id !== null,
      ledger: it.ledger_office !== null,
      nation: it.nation !== null,
      education: it.education !== null,
      jobType: it.job_type !== null,
      workplace: it.workplace !== null,
      relation: it.relation !== null,
      registeredPlace: it.registered_place !== null,
      address: it.address !== null,
      laborAbility: it.labor_ability !== null,
      phoneOwner: it.phone_owner !== null,
      phone2Owner: it.phone2_owner !== null,
    },
  };
}

export { LIVE_WAY as isLiveWay };
