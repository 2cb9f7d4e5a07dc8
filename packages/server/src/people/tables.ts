import type { LaborAbility, PhoneOwner } from '@fangang/domain/people/registry.ts';
import type { RosterRow } from '@fangang/domain/people/roster.ts';
import type { Channel, WishKind, WishMode, WishStatus } from '@fangang/domain/people/schema.ts';
import type { Generated } from 'kysely';

export interface HouseholdRow {
  readonly id: string;
  /** Village or town; the number counts within it. */
  readonly area: string;
  readonly number: string | null;
}

export interface PersonRow {
  readonly id: string;
  readonly identity: string;
  readonly area: string;
  /** First six digits of the area. */
  readonly district: Generated<string>;
  readonly name: string;
  readonly pinyin: string;
  readonly initials: string;
  readonly gender: 'male' | 'female' | null;
  readonly birth: string | null;
  readonly id_kind: RosterRow['idKind'];
  readonly id_sealed: Buffer | null;
  /** Blind index within the district. */
  readonly id_index: Buffer | null;
  /** Under the next key, while the key of the index is being changed. */
  readonly id_index_next: Buffer | null;
  readonly id_tail: string;
  readonly phone_sealed: Buffer | null;
  readonly phone_index: Buffer | null;
  readonly phone_index_next: Buffer | null;
  readonly phone_tail: string;
  readonly phone2_sealed: Buffer | null;
  readonly household_id: string | null;
  readonly ledger_office: string | null;
  readonly nation: string | null;
  readonly education: string | null;
  readonly job_type: string | null;
  readonly workplace: string | null;
  /** To the head of the household, as written. */
  readonly relation: string | null;
  /** Where the person is registered, as written; `area` is where the person lives. */
  readonly registered_place: string | null;
  readonly address: string | null;
  readonly labor_ability: LaborAbility | null;
  readonly phone_owner: PhoneOwner | null;
  readonly phone2_owner: PhoneOwner | null;
  readonly channel: Channel;
  readonly registered_at: string;
  readonly registered_by: string;
  /** What says who somebody is has been taken out; ids and counts stay. */
  readonly erased_at: Generated<string | null>;
}

export interface WishRow {
  readonly id: string;
  readonly season: string;
  readonly person_id: string;
  readonly identity: string;
  readonly area: string;
  readonly ledger_office: string | null;
  readonly kind: WishKind;
  readonly mode: WishMode;
  /** Six digits; city or province where the roster says no more. */
  readonly destination: string | null;
  readonly destination_text: string | null;
  readonly gate_id: string | null;
  readonly gate_text: string | null;
  readonly earliest: string | null;
  readonly latest: string | null;
  readonly party: string;
  readonly may_part: boolean;
  readonly wheelchair: boolean;
  readonly remark: string | null;
  readonly status: WishStatus;
  readonly recorded_at: string;
  readonly unplaced_reason: string | null;
  readonly unplaced_numbers: unknown;
  readonly unplaced_remedy: string | null;
  readonly unplaced_owner: string | null;
}

declare module '../platform/database.ts' {
  interface Tables {
    people_household: HouseholdRow;
    people_person: PersonRow;
    people_wish: WishRow;
  }
}
