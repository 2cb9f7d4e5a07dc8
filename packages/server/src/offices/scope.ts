import type { Caller } from '@fangang/domain/basics/api.ts';
import { areaRange } from '@fangang/domain/offices/schema.ts';
import type { AdministratorKind, Scope } from '../platform/database.ts';
import type { Asker } from '../platform/http.ts';
import { type Services, within } from '../platform/services.ts';
import { findDoor, findStaff, type StaffRow } from './store.ts';
import { type DelegationFacts, findDelegation } from './store-delegation.ts';

/** Roles that look through other eyes than an office's. */
const KIND: Readonly<Record<string, 'broker' | AdministratorKind>> = {
  laborBroker: 'broker',
  agency: 'broker',
  systemAdministrator: 'system',
  securityAdministrator: 'security',
  auditAdministrator: 'audit',
};

/** No employer has this id: an account whose employer is not said sees no gate, and never an area. */
const NO_EMPLOYER = '00000000-0000-0000-0000-000000000000';

/** The eyes of a member of staff: the own ledger for a broker or an agency, the own gates for an employer, else the area's range. */
export function scopeOf(staff: StaffRow): Scope {
  if (staff.role === 'employer') {
    return { kind: 'employer', staffId: staff.id, employerId: staff.employer_id ?? NO_EMPLOYER };
  }
  const { from, to } = areaRange(staff.area);
  return {
    kind: KIND[staff.role] ?? 'office',
    staffId: staff.id,
    officeId: staff.office_id,
    areaFrom: from,
    areaTo: to,
  };
}

export function askerOf(staff: StaffRow): Asker {
  return {
    id: staff.id,
    role: staff.role as Caller,
    scope: scopeOf(staff),
    areaCode: staff.area,
    officeId: staff.office_id,
    employerId: staff.employer_id,
  };
}

/** The eyes of somebody on leave, under the name of who acts: rows are stamped with both. */
function scopeFor(staff: StaffRow, it: DelegationFacts): Scope {
  const { from, to } = areaRange(it.area);
  return {
    kind: 'office',
    staffId: staff.id,
    officeId: it.office_id,
    areaFrom: from,
    areaTo: to,
    behalf: { delegation: it.id, staffId: it.from_staff },
  };
}

export function askerFor(staff: StaffRow, it: DelegationFacts): Asker {
  return {
    id: staff.id,
    role: it.role,
    scope: scopeFor(staff, it),
    areaCode: it.area,
    officeId: it.office_id,
    employerId: null,
  };
}

/** The scope of a job that was begun on behalf of somebody, asked anew; undefined once the delegation or either account has ended. */
export async function scopeOfDelegation(services: Services, delegation: string): Promise<Scope | undefined> {
  return within(services, { kind: 'open' }, async (tx) => {
    const found = await findDelegation(tx, delegation);
    const staff = found?.live ? await findStaff(tx, found.to_staff) : undefined;
    return found && staff && scopeFor(staff, found);
  });
}

/** The scope of staff by id, asked anew each time: rights are checked again when a job runs. Undefined once inactive. */
export async function scopeOfStaff(services: Services, staffId: string): Promise<Scope | undefined> {
  const staff = await within(services, { kind: 'open' }, (tx) => findStaff(tx, staffId));
  return staff && scopeOf(staff);
}

/** Under whose rights a job runs: those of who asked, or of somebody on leave for whom that was done. Goes into the job's payload. */
export function rightsOf({ staffId, behalf }: Extract<Scope, { staffId: string; officeId: string }>) {
  return { staff: staffId, ...(behalf && { delegation: behalf.delegation }) };
}

/** The scope of a job by the rights in its payload, asked anew; undefined once they have ended. */
export function scopeOfRights(
  services: Services,
  { staff, delegation }: Readonly<Record<string, unknown>>,
): Promise<Scope | undefined> {
  return delegation ? scopeOfDelegation(services, String(delegation)) : scopeOfStaff(services, String(staff));
}

/** The eyes of the sample's leader, through which a sample is shown without sign-in; undefined outside a sample. */
export async function sampleScope(services: Services): Promise<Scope | undefined> {
  const staff = await within(services, { kind: 'open' }, (tx) => findDoor(tx, 'leader'));
  return staff && scopeOf(staff);
}

/** The employer behind the door of a sample. */
export async function sampleEmployer(services: Services): Promise<string | null> {
  const staff = await within(services, { kind: 'open' }, (tx) => findDoor(tx, 'employer'));
  return staff?.employer_id ?? null;
}

/** A whole-city scope for the command line, which whoever can read the keys of the installation may use. */
export function commandScope(city: string): Scope {
  const { from, to } = areaRange(`${city}000000`);
  const nobody = '00000000-0000-0000-0000-000000000000';
  return { kind: 'office', staffId: nobody, officeId: nobody, areaFrom: from, areaTo: to };
}
