import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSecrets } from './secrets.ts';

const place = { table: 'people_person', column: 'id_number', row: 'a' };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('sealing', () => {
  it('opens in its place, and looks different each time', () => {
    const { seal, open } = openSecrets(folder, '');
    const sealed = seal(place, '张三 500101199001011234');
    expect(open(place, sealed)).toBe('张三 500101199001011234');
    expect(seal(place, '张三 500101199001011234').equals(sealed)).toBe(false);
    expect(sealed.includes('500101199001011234')).toBe(false);
    expect(open(place, seal(place, ''))).toBe('');
  });

  it('opens in no other table, column or row', () => {
    const { seal, open } = openSecrets(folder, '');
    const sealed = seal(place, '13800000000');
    for (const other of [{ table: 'x' }, { column: 'phone' }, { row: 'b' }]) {
      expect(() => open({ ...place, ...other }, sealed)).toThrow();
    }
  });

  it('refuses every changed byte and every shortened text', () => {
    const { seal, open } = openSecrets(folder, '');
    const sealed = seal(place, '13800000000');
    for (let i = 0; i < sealed.length; i++) {
      const changed = Buffer.from(sealed);
      changed[i] = (changed[i] ?? 0) ^ 1;
      expect(() => open(place, changed), `byte ${i}`).toThrow();
      expect(() => open(place, sealed.subarray(0, i)), `first ${i} bytes`).toThrow();
    }
  });

  it('keeps opening old texts after a rotation and seals with the new key', () => {
    const old = openSecrets(folder, '');
    const sealed = old.seal(place, '13800000000');
    writeFileSync(join(folder, 'secrets', 'master-2.key'), randomBytes(32));
    const rotated = openSecrets(folder, '');
    expect(rotated.open(place, sealed)).toBe('13800000000');
    const fresh = rotated.seal(place, '13800000000');
    expect(fresh[1]).toBe(2);
    expect(() => old.open(place, fresh)).toThrow();
    expect(rotated.blindIndex('phone', '', '1')).toEqual(old.blindIndex('phone', '', '1'));
    expect(rotated.fingerprint).toBe(old.fingerprint);
  });
});

describe('looking up', () => {
  it('gives the same 16 bytes for the same number, and others for another kind or district', () => {
    const { blindIndex } = openSecrets(folder, '');
    const index = blindIndex('phone', '', '13800000000');
    expect(index).toHaveLength(16);
    expect(blindIndex('phone', '', '13800000000')).toEqual(index);
    const others = [
      blindIndex('idNumber', '', '13800000000'),
      blindIndex('phone', '500115', '13800000000'),
      blindIndex('phone', '', '13800000001'),
    ];
    for (const other of others) expect(other).not.toEqual(index);
  });
});

describe('the master key', () => {
  it('is made once, 32 bytes that only the owner reads', () => {
    const first = openSecrets(folder, '');
    const file = join(folder, 'secrets', 'master.key');
    expect(readFileSync(file)).toHaveLength(32);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(openSecrets(folder, '').appPassword).toBe(first.appPassword);
  });

  it('comes from the environment, and then no file is written', () => {
    const key = randomBytes(32).toString('hex');
    const secrets = openSecrets(folder, key);
    expect(openSecrets(join(folder, 'other'), key).ticketSign('T1')).toBe(secrets.ticketSign('T1'));
    expect(() => statSync(join(folder, 'secrets'))).toThrow();
    expect(() => openSecrets(folder, 'short')).toThrow(/32 bytes/);
  });

  it('is not made anew beside a database that an older one sealed', () => {
    mkdirSync(join(folder, 'postgres'));
    expect(() => openSecrets(folder, '')).toThrow(/missing/);
  });

  it('gives each purpose a key of its own', () => {
    const { appPassword, queuePassword, fingerprint, sessionHash, ticketSign } = openSecrets(folder, '');
    const all = [appPassword, queuePassword, fingerprint, sessionHash('x').toString('hex'), ticketSign('x')];
    expect(new Set(all).size).toBe(5);
    expect(ticketSign('x')).toMatch(/^[\w-]{22}$/);
  });
});
