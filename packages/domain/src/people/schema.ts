import { z } from 'zod';
import { AreaCode, DayText, MomentText, PlaceCode, SeasonId } from '../offices/schema.ts';

/** How a person wishes to spend the weeks after the festival. 返岗意愿 */
export const WishKind = z.enum([
  'alreadyBack',
  'sameJob',
  'newJob',
  'train',
  'stayHome',
  'stayedAtPost',
  'startBusiness',
]);
export type WishKind = z.infer<typeof WishKind>;

/** By our transport, own car, or own ticket. */
export const WishMode = z.enum(['ours', 'ownCar', 'ownTicket']);
export type WishMode = z.infer<typeof WishMode>;

/**
 * What the people's room decides of a wish. How far the way itself has come (seated, travelled, arrived, signed for)
 * is the itinerary's status in trips, so that it is written once. See docs/adr/0007-progress-of-a-wish.md.
 */
export const WishStatus = z.enum(['recorded', 'confirmed', 'withdrawn', 'metOtherwise']);
export type WishStatus = z.infer<typeof WishStatus>;

export const CareGroup = z.enum([
  'liftedOutOfPoverty',
  'povertyRelapseMonitored',
  'personWithDisability',
  'retiredFisher',
  'hardToEmploy',
]);
export type CareGroup = z.infer<typeof CareGroup>;

export const NeedKind = z.enum(['travel', 'ticket', 'job', 'training', 'care', 'policy', 'health']);
export type NeedKind = z.infer<typeof NeedKind>;
export const NeedStatus = z.enum(['open', 'taken', 'met', 'void']);
export type NeedStatus = z.infer<typeof NeedStatus>;

/** Who put a person on the books, by which way. */
export const Channel = z.enum(['broker', 'agency', 'townStation', 'selfService', 'import']);
export type Channel = z.infer<typeof Channel>;

/** A person as lists show them: never a whole number. */
export const PersonLine = z.object({
  id: z.uuid(),
  name: z.string(),
  pinyin: z.string(),
  gender: z.enum(['male', 'female']).nullable(),
  area: AreaCode,
  idTail: z.string(),
  phoneTail: z.string(),
});
export type PersonLine = z.infer<typeof PersonLine>;

export const Wish = z.object({
  id: z.uuid(),
  season: SeasonId,
  personId: z.uuid(),
  area: AreaCode,
  kind: WishKind,
  mode: WishMode,
  destination: PlaceCode.nullable(),
  gateId: z.uuid().nullable(),
  earliest: DayText.nullable(),
  latest: DayText.nullable(),
  party: z.uuid(),
  mayPart: z.boolean(),
  wheelchair: z.boolean(),
  status: WishStatus,
  recordedAt: MomentText,
});
export type Wish = z.infer<typeof Wish>;

/** What has happened to a wish; `data` of its journal rows. */
export type WishEvent =
  | {
      type: 'people.wish_recorded';
      data: { person: string; identity: string; kind: WishKind; mode: WishMode; destination: string | null };
    }
  | {
      type: 'people.wish_changed';
      data: {
        identity: string;
        fields: readonly string[];
        kind: WishKind;
        mode: WishMode;
        destination: string | null;
      };
    }
  | { type: 'people.wish_confirmed'; data: Record<never, never> }
  | { type: 'people.wish_withdrawn'; data: { why: string } }
  | { type: 'people.wish_met_otherwise'; data: { why: string } };

/** Why a person will not go after all. */
export const WithdrawReason = z.enum([
  'staysHome',
  'ownWay',
  'alreadyLeft',
  'plantClosed',
  'illness',
  'family',
  'mistake',
  'other',
]);
export type WithdrawReason = z.infer<typeof WithdrawReason>;

/** Parts of a person's row that a journal row may name. Care groups are never named there. */
export type PersonField =
  | 'name'
  | 'area'
  | 'gender'
  | 'birth'
  | 'idNumber'
  | 'phone'
  | 'phone2'
  | 'household'
  | 'nation'
  | 'education'
  | 'jobType'
  | 'workplace'
  | 'relation'
  | 'registeredPlace'
  | 'address'
  | 'laborAbility'
  | 'phoneOwner'
  | 'phone2Owner';

/** Parts of a record of which there may be several, as a journal row may name them. */
export type PersonPartField = 'spell' | 'skill' | 'certificate';

/** What has happened to a person's row; `data` of its journal rows. An empty list of fields: only care groups changed. */
export type PersonEvent =
  | { type: 'people.person_registered'; data: { identity: string; channel: Channel } }
  | {
      type: 'people.person_changed';
      data: { identity: string; fields: readonly (PersonField | PersonPartField)[] };
    }
  /** Taken off the books with the import that had brought the person there. */
  | { type: 'people.person_removed'; data: { identity: string } };

/** What has happened to an import as a whole. */
export interface ImportEvent {
  readonly type: 'people.import_undone';
  readonly data: { removed: number; restored: number; left: number };
}
