import { accept, type Result, refuse } from '../basics/result.ts';
import {
  type AreaCode,
  type AreaLevel,
  areaRange,
  isAdministrator,
  levelOf,
  type Recognized,
  type Role,
} from './schema.ts';

/** Who acts on accounts, as far as the rules must know. */
export interface Keeper {
  readonly id: string;
  readonly role: Role;
  readonly area: AreaCode;
}

/** An account that is acted on. */
export interface Account {
  readonly id: string;
  readonly role: Role;
  readonly area: AreaCode;
  readonly active: boolean;
  /** Proposed and not granted yet. */
  readonly waiting: boolean;
}

export function isWithin(area: AreaCode, outer: AreaCode): boolean {
  const { from, to } = areaRange(outer);
  return area >= from && area <= to;
}

/** Where a role can sit; roles not named here may sit anywhere above a village. */
const LEVELS: Readonly<Partial<Record<Role, readonly AreaLevel[]>>> = {
  cityOfficer: ['city'],
  districtOfficer: ['district'],
  dispatcher: ['city', 'district'],
  townOfficer: ['town'],
  laborBroker: ['town', 'village'],
};

function fits(role: Role, area: AreaCode): boolean {
  return (LEVELS[role] ?? ['city', 'district', 'town']).includes(levelOf(area));
}

/**
 * May a system administrator give somebody this role in this area? An administrator's role only waits for the security administrator.
 *
 * Refuses `offices.outside_own_area`, `offices.area_does_not_fit`, `offices.employer_by_command` (an employer's account needs the
 * employer's number, which no administrator can look up).
 */
export function decideRole(
  by: Keeper,
  next: { readonly role: Role; readonly area: AreaCode },
): Result<'active' | 'waiting'> {
  if (!isWithin(next.area, by.area)) return refuse({ code: 'offices.outside_own_area' });
  if (next.role === 'employer') return refuse({ code: 'offices.employer_by_command' });
  if (!fits(next.role, next.area)) return refuse({ code: 'offices.area_does_not_fit' });
  return accept(isAdministrator(next.role) ? 'waiting' : 'active');
}

/** May this account get another role? Nobody becomes an administrator or ceases to be one: that is another account. */
export function decideChange(
  by: Keeper,
  target: Account,
  next: { readonly role: Role; readonly area: AreaCode },
): Result<Record<never, never>> {
  if (target.id === by.id) return refuse({ code: 'offices.not_oneself' });
  if (isAdministrator(target.role) || isAdministrator(next.role)) {
    return refuse({ code: 'offices.administrators_stay' });
  }
  if (next.role === target.role && next.role === 'employer') return accept({});
  const role = decideRole(by, next);
  return role.ok ? accept({}) : role;
}

/**
 * May this account be shut? The system administrator shuts those of the trade, the security administrator those of administrators;
 * nobody shuts the own one, and the last active one of an administrator's role stays.
 */
export function decideShut(by: Keeper, target: Account, activeOfRole: number): Result<Record<never, never>> {
  if (target.id === by.id) return refuse({ code: 'offices.not_oneself' });
  const keeper = isAdministrator(target.role) ? 'securityAdministrator' : 'systemAdministrator';
  if (by.role !== keeper) return refuse({ code: 'offices.other_administrator' });
  if (isAdministrator(target.role) && target.active && activeOfRole <= 1) {
    return refuse({ code: 'offices.last_administrator' });
  }
  return accept({});
}

/** May this account be opened again? An administrator's is not: it is proposed and granted anew. */
export function decideOpen(by: Keeper, target: Account): Result<Record<never, never>> {
  if (by.role !== 'systemAdministrator') return refuse({ code: 'offices.other_administrator' });
  if (isAdministrator(target.role)) return refuse({ code: 'offices.administrators_stay' });
  return accept({});
}

/**
 * May the system administrator set a one-time password? Never an administrator's: whoever sets it could sign in with it, and two of the
 * three roles would lie in one hand. Theirs are set on the machine.
 */
export function decideReset(by: Keeper, target: Account): Result<Record<never, never>> {
  if (isAdministrator(target.role)) return refuse({ code: 'offices.administrator_by_command' });
  if (by.role !== 'systemAdministrator') return refuse({ code: 'offices.other_administrator' });
  return target.active ? accept({}) : refuse({ code: 'offices.account_shut' });
}

/** Whoever takes somebody's second factor off says how they knew who asked: `offices.say_how_recognized`. Source: ASVS 5.0, 6.4.4. */
export function decideFactorOff(factorToo: boolean, recognized?: Recognized): Result<Record<never, never>> {
  return factorToo && recognized === undefined ? refuse({ code: 'offices.say_how_recognized' }) : accept({});
}

/** May a proposed administrator be granted (or declined)? Only by a security administrator, who is never the one who proposed. */
export function decideGrant(by: Keeper, target: Account): Result<Record<never, never>> {
  if (by.role !== 'securityAdministrator') return refuse({ code: 'offices.other_administrator' });
  return target.waiting ? accept({}) : refuse({ code: 'offices.nothing_to_grant' });
}
