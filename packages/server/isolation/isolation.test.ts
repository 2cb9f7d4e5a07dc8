import { describe, expect, it } from 'vitest';
import { renderPdf } from '../src/platform/pdf.ts';
import { Canaries } from './canaries.ts';
import { type Actor, maySee, phoneFault, phoneOpens, rangeOf } from './oracle.ts';
import { isSound } from './report.ts';
import { runIsolation } from './run.ts';
import { pdfText, zipParts } from './unpack.ts';

const of = (role: string, eyes: Actor['eyes'], area: string): Actor => {
  return {
    name: role,
    role,
    eyes,
    id: 'me',
    area,
    office: 'ours',
    employer: null,
    way: null,
    cookie: 'c',
    phone: null,
  };
};
const row = {
  of: 'people_person',
  area: '500101001000',
  ledger: 'ours',
  employers: [],
  ways: [],
  actor: null,
};

describe('the oracle', () => {
  it('gives an office its area, a broker its ledger, an administrator nobody', () => {
    expect(maySee(of('townOfficer', 'office', '500101001000'), row)).toBe(true);
    expect(maySee(of('townOfficer', 'office', '500101002000'), row)).toBe(false);
    expect(maySee(of('districtOfficer', 'office', '500102000000'), row)).toBe(false);
    expect(maySee(of('laborBroker', 'broker', '500102000000'), row)).toBe(true);
    expect(maySee(of('auditAdministrator', 'audit', '500000000000'), row)).toBe(false);
    expect(maySee(of('townOfficer', 'office', '500101002000'), { ...row, of: 'trips_trip' })).toBe(true);
  });

  it('lets a phone open doors, gates and the own ledger alone, and a revoked one nothing', () => {
    const door = { name: 'trips.board', callers: ['escort'] };
    const list = { name: 'trips.listPeople', callers: ['laborBroker', 'townOfficer'] };
    const opens = (phone: Actor['phone'], role: string, what: typeof door) =>
      phoneOpens({ phone, role }, what);
    expect([opens('live', 'escort', door), opens('revoked', 'escort', door)]).toEqual([true, false]);
    expect([opens('live', 'laborBroker', list), opens('live', 'townOfficer', list)]).toEqual([true, false]);
    expect([opens(null, 'escort', door), opens('live', 'escort', { ...door, callers: ['anyone'] })]).toEqual([
      null,
      null,
    ]);
  });

  it('finds fault with a phone that opens too much, or nothing', () => {
    const door = { name: 'trips.board', callers: ['escort'] };
    const staff = { name: 'offices.listStaff', callers: ['systemAdministrator'] };
    const fault = (phone: Actor['phone'], what: typeof door, status: number) =>
      phoneFault({ phone, role: 'escort' }, what, status);
    expect([fault('live', staff, 200), fault('live', staff, 403)]).toEqual([
      'opens to a phone, 200',
      'opens to a phone, 403',
    ]);
    expect([fault('revoked', door, 409), fault('live', door, 401)]).toEqual([
      'opens to a phone, 409',
      'does not open to a phone',
    ]);
    expect([fault('live', door, 409), fault('revoked', door, 401), fault(null, staff, 200)]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('knows what lies in an area by its trailing zeros', () => {
    expect(rangeOf('500000000000')).toEqual(['500000000000', '509999999999']);
    expect(rangeOf('500101001000')).toEqual(['500101001000', '500101001999']);
    expect(rangeOf('500101001201')).toEqual(['500101001201', '500101001201']);
  });

  it('finds a canary in bytes, in a zip and in a PDF', async () => {
    const canaries = new Canaries();
    const token = canaries.text(row);
    expect([...canaries.marksIn(`<td>${token}</td>`)]).toEqual([token.toLowerCase()]);
    expect(zipParts(Buffer.from('no zip'))).toEqual([]);
    const pdf = await renderPdf({ content: [`王建国·${token}`] });
    expect(pdf.toString('latin1')).not.toContain(token);
    expect(pdfText(pdf)).toContain(token);
  });
});

describe('a made world of three districts', () => {
  it('shows nobody a foreign row, and notices every policy that is switched off', async () => {
    const report = await runIsolation({ requests: 3_300, seed: 2022 });
    const { requests, routes, roles, kills, ownVisible, twins, phones, compared, seconds } = report;
    process.stdout.write(
      `${JSON.stringify({ requests, routes, roles, kills, ownVisible, twins, phones, compared, seconds, leaks: report.leaks.length })}\n`,
    );
    expect(report.leaks).toEqual([]);
    expect(report.faults).toEqual([]);
    expect(kills.survived).toEqual([]);
    expect(kills.total).toBeGreaterThan(50);
    expect(phones).toBeGreaterThan(100);
    expect(ownVisible.unseen.length).toBeLessThanOrEqual(ownVisible.of * 0.05);
    expect(isSound(report)).toBe(true);
  }, 1_800_000);
});
