import { newId } from '../platform/ids.ts';
import type { Secrets } from '../platform/secrets.ts';
import { type Before, type Kept, sealedHistory } from './record-history.ts';
import { personOnlyFields } from './roster-columns.ts';
import type { RowPlan } from './roster-plan.ts';
import type { WishChange } from './store-roster.ts';
import type { WishRow } from './tables.ts';

/** Who writes what when: the same for every row of an import. */
interface Writing {
  readonly services: { readonly secrets: Secrets };
  readonly now: string;
  readonly actor: string;
  readonly batch: string;
}

/** Care groups that an import adds, each with the id its row will have. */
export type NewCare = readonly { readonly id: string; readonly plan: RowPlan; readonly kind: string }[];

export function newCareOf(plans: readonly RowPlan[]): NewCare {
  return plans.flatMap((plan) => plan.newCare.map((kind) => ({ id: newId(), plan, kind })));
}

const WISH_KEPT = [
  'kind',
  'mode',
  'destination',
  'destination_text',
  'gate_id',
  'gate_text',
  'earliest',
  'latest',
  'party',
  'may_part',
  'wheelchair',
  'remark',
  'status',
] as const satisfies readonly (keyof WishChange)[];

/** A wish's row as it stood. */
export function wishBefore(wish: WishRow): Before {
  return Object.fromEntries(WISH_KEPT.map((it) => [it, wish[it] as string | null]));
}

type Part = Pick<Kept, 'part' | 'record' | 'fields' | 'before'>;

/** What one row of an import changes: of somebody new one change stands for all that came along. */
function partsOf(plan: RowPlan): Part[] {
  const { known, person, knownWish, wish, wishId } = plan;
  if (!known) return [{ part: 'registered', record: null, fields: [], before: null }];
  const parts: Part[] = [];
  if (person.fields.length > 0) {
    const before = Object.fromEntries(person.fields.map((it) => [it, plan.before?.[it] ?? null]));
    parts.push({
      part: 'person',
      record: null,
      fields: person.fields,
      before: { ...before, ...personOnlyFields(known, person.fields) },
    });
  }
  if (!knownWish) parts.push({ part: 'wish', record: wishId, fields: [], before: null });
  else if (wish.fields.length > 0)
    parts.push({ part: 'wish', record: wishId, fields: [...wish.fields], before: wishBefore(knownWish) });
  return parts;
}

/** Rows of the history for everything an import changes; old values under seal. */
export function importHistory(input: Writing, written: readonly RowPlan[], care: NewCare) {
  const { services, now, actor, batch } = input;
  const rowOf = (plan: RowPlan, part: Part) => {
    const kept = { personId: plan.personId, area: plan.person.after.area, at: now, actor, ...part };
    const { personId, fields, ...row } = sealedHistory(services.secrets, kept);
    return { ...row, person_id: personId, fields: `{${fields.join(',')}}`, batch };
  };
  const ofKnown = care.filter((it) => it.plan.known);
  return [
    ...written.flatMap((plan) => partsOf(plan).map((it) => rowOf(plan, it))),
    ...ofKnown.map((it) => rowOf(it.plan, { part: 'care', record: it.id, fields: [], before: null })),
  ];
}

export const HISTORY_COLUMNS = [
  'id',
  'person_id',
  'area',
  'at',
  'actor',
  'part',
  'record',
  'fields',
  'batch',
  'sealed',
] as const;
