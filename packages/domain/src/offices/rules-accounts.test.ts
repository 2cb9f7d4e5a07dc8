import { describe, expect, it } from 'vitest';
import {
  type Account,
  decideChange,
  decideGrant,
  decideOpen,
  decideReset,
  decideRole,
  decideShut,
  type Keeper,
} from './rules-accounts.ts';
import { ADMINISTRATORS, Role } from './schema.ts';

const WULONG = '500156000000';
const BAIMA = '500156101000';
const FENGDU = '500230000000';
const system: Keeper = { id: 'a', role: 'systemAdministrator', area: WULONG };
const security: Keeper = { id: 'b', role: 'securityAdministrator', area: WULONG };
const clerk: Account = { id: 'c', role: 'townOfficer', area: BAIMA, active: true, waiting: false };
const auditor: Account = { id: 'd', role: 'auditAdministrator', area: WULONG, active: true, waiting: false };
const codeOf = (it: { ok: boolean; refusal?: { code: string } }) => (it.ok ? 'ok' : it.refusal?.code);

describe('giving a role', () => {
  it('stays within the own area and on the level of the role', () => {
    expect(decideRole(system, { role: 'townOfficer', area: BAIMA })).toEqual({ ok: true, value: 'active' });
    expect(codeOf(decideRole(system, { role: 'townOfficer', area: FENGDU }))).toBe(
      'offices.outside_own_area',
    );
    expect(codeOf(decideRole(system, { role: 'townOfficer', area: WULONG }))).toBe(
      'offices.area_does_not_fit',
    );
    expect(codeOf(decideRole(system, { role: 'employer', area: WULONG }))).toBe(
      'offices.employer_by_command',
    );
  });

  it('lets the role of an administrator wait for a second pair of eyes', () => {
    for (const role of ADMINISTRATORS) {
      expect(decideRole(system, { role, area: WULONG })).toEqual({ ok: true, value: 'waiting' });
    }
  });

  it('never turns an account into an administrator or out of one, whoever asks', () => {
    for (const role of Role.options) {
      for (const admin of ADMINISTRATORS) {
        const target = { ...clerk, role };
        expect(codeOf(decideChange(system, target, { role: admin, area: WULONG }))).toBe(
          'offices.administrators_stay',
        );
        expect(codeOf(decideChange(system, { ...clerk, role: admin }, { role, area: BAIMA }))).toBe(
          'offices.administrators_stay',
        );
      }
    }
    const self = { ...clerk, id: system.id };
    expect(codeOf(decideChange(system, self, { role: 'townOfficer', area: BAIMA }))).toBe(
      'offices.not_oneself',
    );
  });
});

describe('shutting, opening, resetting', () => {
  it('belongs to one administrator each', () => {
    expect(codeOf(decideShut(system, clerk, 9))).toBe('ok');
    expect(codeOf(decideShut(security, clerk, 9))).toBe('offices.other_administrator');
    expect(codeOf(decideShut(system, auditor, 9))).toBe('offices.other_administrator');
    expect(codeOf(decideShut(security, auditor, 2))).toBe('ok');
  });

  it('leaves the last administrator of a role and never the own account', () => {
    expect(codeOf(decideShut(security, auditor, 1))).toBe('offices.last_administrator');
    expect(codeOf(decideShut(security, { ...auditor, id: security.id }, 5))).toBe('offices.not_oneself');
  });

  it('gives no administrator a password that another one has seen', () => {
    for (const role of ADMINISTRATORS) {
      expect(codeOf(decideReset(system, { ...auditor, role }))).toBe('offices.administrator_by_command');
      expect(codeOf(decideOpen(system, { ...auditor, role, active: false }))).toBe(
        'offices.administrators_stay',
      );
    }
    expect(codeOf(decideReset(system, clerk))).toBe('ok');
    expect(codeOf(decideReset(system, { ...clerk, active: false }))).toBe('offices.account_shut');
    expect(codeOf(decideReset(security, clerk))).toBe('offices.other_administrator');
  });

  it('grants what waits, by the security administrator alone', () => {
    const proposed = { ...auditor, active: false, waiting: true };
    expect(codeOf(decideGrant(security, proposed))).toBe('ok');
    expect(codeOf(decideGrant(system, proposed))).toBe('offices.other_administrator');
    expect(codeOf(decideGrant(security, auditor))).toBe('offices.nothing_to_grant');
  });
});
