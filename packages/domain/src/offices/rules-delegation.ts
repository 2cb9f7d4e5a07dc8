import { daysBetween } from '../basics/moment.ts';
import { accept, type Result, refuse } from '../basics/result.ts';
import { isWithin } from './rules-accounts.ts';
import type { AreaCode, Role } from './schema.ts';

/** Roles that may be handed over for leave, and whose holders may take them. Never an administrator's. */
export const DELEGABLE = ['cityOfficer', 'districtOfficer', 'townOfficer', 'dispatcher'] as const;

/** Longest leave, in days. */
export const DELEGATION_DAYS = 60;

export interface Officer {
  readonly role: Role;
  readonly area: AreaCode;
}

export interface DelegationAsk {
  readonly area: AreaCode;
  /** Real days, both included. */
  readonly fromDay: string;
  readonly toDay: string;
}

export type DelegationRefusal =
  | { readonly code: 'offices.not_delegable' }
  | { readonly code: 'offices.no_such_delegate' }
  | { readonly code: 'offices.outside_own_area' }
  | { readonly code: 'offices.delegation_days'; readonly facts: { most: number } };

const mayDelegate = (role: Role): boolean => (DELEGABLE as readonly Role[]).includes(role);

/**
 * May this officer hand role and area over? To an account of the same office or of the office above, for at most 60 days that are not over.
 *
 * Whoever is no such account answers as one that does not exist; the account is looked at last, so that an asking that is wrong
 * anyway tells nothing of it.
 */
export function decideDelegation(
  from: Officer,
  to: (Officer & { readonly sameOffice: boolean }) | undefined,
  ask: DelegationAsk,
  today: string,
): Result<DelegationAsk, DelegationRefusal> {
  if (!mayDelegate(from.role)) return refuse({ code: 'offices.not_delegable' });
  if (!isWithin(ask.area, from.area)) return refuse({ code: 'offices.outside_own_area' });
  const days = daysBetween(ask.fromDay, ask.toDay) + 1;
  if (days < 1 || days > DELEGATION_DAYS || ask.toDay < today) {
    return refuse({ code: 'offices.delegation_days', facts: { most: DELEGATION_DAYS } });
  }
  const above = to !== undefined && to.area !== from.area && isWithin(from.area, to.area);
  if (!to || !mayDelegate(to.role) || !(to.sameOffice || above)) {
    return refuse({ code: 'offices.no_such_delegate' });
  }
  return accept(ask);
}
