import type { Role } from '@fangang/domain/offices/schema.ts';
import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';

/** A delegation as it stands at this moment; `live` is everything that a right under it depends on. */
export interface DelegationFacts {
  readonly id: string;
  readonly live: boolean;
  readonly to_staff: string;
  readonly from_staff: string;
  readonly from_name: string;
  readonly role: Role;
  readonly area: string;
  readonly area_name: string;
  readonly area_pinyin: string;
  readonly office_id: string;
  readonly office_name: string;
  /** Last day. */
  readonly to_day: string;
}

export async function findDelegation(tx: Tx, id: string): Promise<DelegationFacts | undefined> {
  const { rows } = await sql<DelegationFacts>`select * from delegation_by_id(${id}::uuid)`.execute(tx);
  return rows[0];
}

/** The day of the real clock in China: leave is not the season's. */
export async function realToday(tx: Tx): Promise<string> {
  const { rows } = await sql<{ day: string }>`select real_today() as day`.execute(tx);
  return rows[0]?.day ?? '';
}

export interface DelegateRow {
  readonly id: string;
  readonly role: Role;
  readonly area: string;
  readonly same_office: boolean;
}

export async function findDelegate(tx: Tx, login: string): Promise<DelegateRow | undefined> {
  const { rows } = await sql<DelegateRow>`select * from delegate_by_login(${login})`.execute(tx);
  return rows[0];
}

export interface NewDelegation {
  readonly id: string;
  readonly to: string;
  readonly area: string;
  readonly fromDay: string;
  readonly toDay: string;
}

export async function addDelegation(tx: Tx, it: NewDelegation): Promise<boolean> {
  const { rows } = await sql<{
    done: boolean;
  }>`select give_delegation(${it.id}::uuid, ${it.to}::uuid, ${it.area},
    ${it.fromDay}::date, ${it.toDay}::date) as done`.execute(tx);
  return rows[0]?.done ?? false;
}

export interface OwnDelegationRow {
  readonly id: string;
  readonly given: boolean;
  readonly other_name: string;
  readonly other_login: string;
  readonly role: Role;
  readonly area: string;
  readonly area_name: string | null;
  readonly area_pinyin: string | null;
  readonly from_day: string;
  readonly to_day: string;
  readonly live: boolean;
  readonly ended_at: string | null;
}

/** What the own account has handed over and was handed, of the last two months and to come. */
export async function listOwnDelegations(tx: Tx): Promise<OwnDelegationRow[]> {
  const { rows } = await sql<OwnDelegationRow>`select * from own_delegations()`.execute(tx);
  return rows;
}

export async function endDelegation(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`select end_delegation(${id}::uuid) as done`.execute(tx);
  return rows[0]?.done ?? false;
}

/** For whom the own session acts; false where there is no live delegation to this account. */
export async function setActing(tx: Tx, session: string, delegation: string | null): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select act_for(${session}::uuid, ${delegation}::uuid) as done`.execute(tx);
  return rows[0]?.done ?? false;
}
