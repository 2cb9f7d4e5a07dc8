import type { DuplicatePair, PairSide } from '@fangang/domain/people/api-duplicates.ts';
import {
  fieldsToTake,
  MERGE_FIELDS,
  type MergeField,
  type MergeSide,
} from '@fangang/domain/people/rules-duplicates.ts';

/** Which record stays and what it takes, as the officer has it before saying that the two are one. */
export interface MergeChoice {
  readonly keepId: string;
  readonly take: readonly MergeField[];
}

/** What a record says in a field, as text that can be compared; empty where it says nothing. */
export function saidIn(it: PairSide, field: MergeField): string {
  switch (field) {
    case 'phone2':
      return it.hasSecondPhone ? 'yes' : '';
    default:
      return it[field] ?? '';
  }
}

function sideOf(it: PairSide): MergeSide {
  return {
    id: it.personId,
    area: it.area,
    registeredAt: it.registeredAt,
    seatedIn: [],
    known: Object.fromEntries(MERGE_FIELDS.map((field) => [field, saidIn(it, field) !== ''])),
  };
}

/** The choice where this record stays: what the server proposed, or what the rule says of the other way round. */
export function choiceOf(pair: DuplicatePair, keepId: string = pair.keepId): MergeChoice {
  if (keepId === pair.keepId) return { keepId, take: pair.take };
  const [kept, gone] = pair.first.personId === keepId ? [pair.first, pair.second] : [pair.second, pair.first];
  return { keepId, take: fieldsToTake(sideOf(kept), sideOf(gone)) };
}

/** The choice with one field taken from the other record, or not. */
export function withField(choice: MergeChoice, field: MergeField): MergeChoice {
  const take = choice.take.includes(field)
    ? choice.take.filter((it) => it !== field)
    : [...choice.take, field];
  return { ...choice, take };
}
