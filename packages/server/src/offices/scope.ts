import type { Caller } from '@fangang/domain/basics/api.ts';
import { areaRange } from '@fangang/domain/offices/schema.ts';
import type { AdministratorKind, Scope } from '../platform/database.ts';
import type { Asker } from '../platform/http.ts';
import { type Services, within } from '../platform/services.ts';
import { findDoor, findStaff, type StaffRow } from './store.ts';

/** Roles that look through other eyes than an office's. */
const KIND: Readonly<Record<string, 'broker' | AdministratorKind>> = {
  laborBroker: 'broker',
  agency: 'broker',
  systemAdministrator: 'system',
  securityAdministrator: 'security',
  auditAdministrator: 'audit',
};

/** The eyes of a member of staff: the own ledger for a broker or an agency, the own gates for an employer, else the area's range. */
export function scopeOf(staff: StaffRow): Scope {
  if (staff.role === 'employer' && staff.employer_id) {
    return { kind: 'employer', staffId: staff.id, employerId: staff.employer_id };
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

/** The scope of staff by id, asked anew each time: rights are checked again when a job runs. Undefined once inactive. */
export async function scopeOfStaff(services: Services, staffId: string): Promise<Scope | undefined> {
  const staff = await within(services, { kind: 'open' }, (tx) => findStaff(tx, staffId));
  return staff && scopeOf(staff);
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
