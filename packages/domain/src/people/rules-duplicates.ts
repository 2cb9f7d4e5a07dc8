import { addDays, dayOf, type Moment } from '../basics/moment.ts';
import { accept, type Result, refuse } from '../basics/result.ts';

/** Parts of a record of which the survivor of a merge keeps its own or takes the other's. */
export const MERGE_FIELDS = [
  'name',
  'gender',
  'birth',
  'idNumber',
  'phone',
  'phone2',
  'area',
  'household',
  'ledger',
  'nation',
  'education',
  'jobType',
  'workplace',
  'relation',
  'registeredPlace',
  'address',
  'laborAbility',
  'phoneOwner',
  'phone2Owner',
] as const;
export type MergeField = (typeof MERGE_FIELDS)[number];

/** How long a merge can be undone, in days. */
export const UNDO_DAYS = 30;

/** One of two records as far as a merge asks. */
export interface MergeSide {
  readonly id: string;
  /** 12 digits: a village, or a town where no more is known. */
  readonly area: string;
  /** What is known of the person in this record. */
  readonly known: Readonly<Partial<Record<MergeField, boolean>>>;
  readonly registeredAt: Moment;
  /** Seasons in which the record holds a way that is neither cancelled nor broken. */
  readonly seatedIn: readonly string[];
}

export type MergeRefusal =
  | { readonly code: 'people.merge_needs_two' }
  | { readonly code: 'people.merge_two_districts' }
  | { readonly code: 'people.merge_both_seated'; readonly facts: { readonly season: string } }
  | { readonly code: 'people.merge_field_empty'; readonly facts: { readonly field: MergeField } };

const filled = (it: MergeSide) => Object.values(it.known).filter(Boolean).length;

/** Which of two records stays unless an officer says otherwise: who shows an ID number, then who has a way, who is better known, who was first. */
export function recordToKeep(a: MergeSide, b: MergeSide): MergeSide {
  const order = [
    Number(b.known.idNumber ?? false) - Number(a.known.idNumber ?? false),
    Math.sign(b.seatedIn.length - a.seatedIn.length),
    filled(b) - filled(a),
    a.registeredAt < b.registeredAt ? -1 : a.registeredAt > b.registeredAt ? 1 : 0,
    a.id < b.id ? -1 : 1,
  ].find((it) => it !== 0);
  return (order ?? 0) <= 0 ? a : b;
}

/** What the survivor takes from the other unless an officer says otherwise: what it lacks, and the village where it knows only the town. */
export function fieldsToTake(kept: MergeSide, gone: MergeSide): MergeField[] {
  return MERGE_FIELDS.filter((field) => {
    if (field === 'area')
      return (
        kept.area.endsWith('000') &&
        gone.area.slice(0, 9) === kept.area.slice(0, 9) &&
        gone.area !== kept.area
      );
    return gone.known[field] === true && kept.known[field] !== true;
  });
}

/**
 * Whether one record may go into the other, the survivor taking these fields.
 *
 * Refuses two records that are one, or of two districts (the city settles those); two ways in one season, since a seat is not taken from
 * anybody unseen; and a field that the other does not know.
 */
export function mergeRecords(
  kept: MergeSide,
  gone: MergeSide,
  take: readonly MergeField[],
): Result<{ readonly take: readonly MergeField[] }, MergeRefusal> {
  if (kept.id === gone.id) return refuse({ code: 'people.merge_needs_two' });
  if (kept.area.slice(0, 6) !== gone.area.slice(0, 6)) return refuse({ code: 'people.merge_two_districts' });
  const season = kept.seatedIn.find((it) => gone.seatedIn.includes(it));
  if (season !== undefined) return refuse({ code: 'people.merge_both_seated', facts: { season } });
  const empty = take.find((field) => field !== 'area' && gone.known[field] !== true);
  if (empty) return refuse({ code: 'people.merge_field_empty', facts: { field: empty } });
  return accept({ take: MERGE_FIELDS.filter((it) => take.includes(it)) });
}

/** A wish of a season as far as a merge asks. */
export interface MergeWish {
  readonly id: string;
  readonly live: boolean;
  readonly seated: boolean;
  readonly recordedAt: Moment;
}

/** Of two wishes of a season that with a way stays, then the one that stands, then the later word. */
export function wishToKeep(a: MergeWish, b: MergeWish): MergeWish {
  if (a.seated !== b.seated) return a.seated ? a : b;
  if (a.live !== b.live) return a.live ? a : b;
  return a.recordedAt >= b.recordedAt ? a : b;
}

/** What has become of a merge. */
export interface MergeState {
  readonly at: Moment;
  readonly undone: boolean;
  /** The survivor has left the district, was erased or has itself gone into another record. */
  readonly survivorGone: boolean;
  /** Fields that the merge wrote and that say something else by now; `wish` and `way` among them. */
  readonly changed: readonly string[];
}

export type UndoRefusal =
  | { readonly code: 'people.merge_undone_already' }
  | { readonly code: 'people.merge_too_old'; readonly facts: { readonly days: number } }
  | { readonly code: 'people.merge_survivor_gone' }
  | { readonly code: 'people.merge_changed_since'; readonly facts: { readonly field: string } };

/** Until when a merge can be undone: the last day. */
export function undoUntil(at: Moment): string {
  return addDays(dayOf(at), UNDO_DAYS);
}

/** Whether a merge can be undone. Refuses after 30 days, and where something has been built on it since, naming the first of it. */
export function undoMerge(merge: MergeState, now: Moment): Result<null, UndoRefusal> {
  if (merge.undone) return refuse({ code: 'people.merge_undone_already' });
  if (dayOf(now) > undoUntil(merge.at))
    return refuse({ code: 'people.merge_too_old', facts: { days: UNDO_DAYS } });
  if (merge.survivorGone) return refuse({ code: 'people.merge_survivor_gone' });
  const [field] = merge.changed;
  if (field !== undefined) return refuse({ code: 'people.merge_changed_since', facts: { field } });
  return accept(null);
}

/**
 * What happened to two records; `data` of its journal rows. Each says under which identity somebody counts from then on, so that nobody
 * counts twice: one row for each identity that has gone into another.
 */
export type MergeEvent =
  | { type: 'people.person_merged'; data: { from: string; to: string; fields: readonly MergeField[] } }
  | { type: 'people.merge_undone'; data: { from: string; to: string } };
