import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSecrets, type Secrets } from './secrets.ts';
import { PROFILES } from './secrets-profiles.ts';
import { addKey, moveRing, retiredText, retireKeyFile } from './secrets-ring.ts';
import { auditWitness, insideOnly } from './witness.ts';

const place = { table: 'people_person', column: 'id_number', row: 'a' };
const witness = auditWitness('an audit row', ['a']);
let root: string;
let folder: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'secrets-'));
  folder = join(root, 'data');
  mkdirSync(folder);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const open = (FANGANG_CRYPTO?: string): Secrets => openSecrets(folder, '', { FANGANG_CRYPTO });

describe.each(['intl', 'guomi'])('sealing with the profile %s', (profile) => {
  it('opens in its place, and looks different each time', () => {
    const secrets = open(profile);
    expect(secrets.profile).toBe(profile);
    const sealed = secrets.seal(place, '张三 500101199001011234');
    expect(secrets.open(place, sealed, witness)).toBe('张三 500101199001011234');
    expect(secrets.seal(place, '张三 500101199001011234').equals(sealed)).toBe(false);
    expect(sealed.includes('500101199001011234')).toBe(false);
    expect(secrets.open(place, secrets.seal(place, ''), witness)).toBe('');
  });

  it('opens in no other table, column or row', () => {
    const secrets = open(profile);
    const sealed = secrets.seal(place, '13800000000');
    const anyRow = insideOnly('rotateKeys');
    expect(secrets.open(place, sealed, anyRow)).toBe('13800000000');
    for (const other of [{ table: 'x' }, { column: 'phone' }, { row: 'b' }]) {
      expect(() => secrets.open({ ...place, ...other }, sealed, anyRow)).toThrow();
    }
  });

  it('refuses every changed byte and every shortened text', () => {
    const secrets = open(profile);
    const sealed = secrets.seal(place, '13800000000');
    for (let i = 0; i < sealed.length; i++) {
      const changed = Buffer.from(sealed);
      changed[i] = (changed[i] ?? 0) ^ 1;
      expect(() => secrets.open(place, changed, witness), `byte ${i}`).toThrow();
      expect(() => secrets.open(place, sealed.subarray(0, i), witness), `first ${i} bytes`).toThrow();
    }
  });

  it('gives the same 16 bytes for the same number, and others for another kind, district or key', () => {
    const secrets = open(profile);
    addKey(secrets.ring());
    const index = secrets.blindIndex('phone', '', '13800000000', 1);
    expect(index).toHaveLength(16);
    expect(secrets.blindIndex('phone', '', '13800000000', 1)).toEqual(index);
    const others = [
      secrets.blindIndex('idNumber', '', '13800000000', 1),
      secrets.blindIndex('phone', '500115', '13800000000', 1),
      secrets.blindIndex('phone', '', '13800000001', 1),
      secrets.blindIndex('phone', '', '13800000000', 2),
    ];
    for (const other of others) expect(other).not.toEqual(index);
  });

  it('signs what a public key checks', () => {
    const { audit } = open(profile);
    const signature = audit.sign(Buffer.from('checkpoint 1'));
    expect(audit.verify(Buffer.from('checkpoint 1'), signature)).toBe(true);
    expect(audit.verify(Buffer.from('checkpoint 2'), signature)).toBe(false);
    expect(audit.publicKey).toContain('PUBLIC KEY');
  });
});

describe('a witness', () => {
  it('opens the rows it covers and no other; a made-up one opens nothing', () => {
    const secrets = open();
    const other = { ...place, row: 'b' };
    const sealed = secrets.seal(other, '13800000000');
    expect(() => secrets.open(other, sealed, witness)).toThrow(/witness/);
    expect(() => secrets.open(other, sealed, { name: 'made up' })).toThrow(/witness/);
    expect(secrets.open(other, sealed, auditWitness('another', ['b']))).toBe('13800000000');
  });
});

describe('the profiles', () => {
  it('open what the other has sealed, told apart by the first byte', () => {
    const key = randomBytes(32);
    const guomi = open('guomi');
    const { profile, keys } = guomi.ring();
    expect([profile.format, PROFILES.intl.format]).toEqual([2, 1]);
    const master = (keys[0] as { master: Buffer }).master;
    const at = Buffer.from(
      [place.table, place.column, place.row, '1'].map((part) => `${part.length}:${part}`).join('|'),
    );
    const head = Buffer.from([1, 1]);
    const sealed = PROFILES.intl.seal(PROFILES.intl.derive(master, 'seal'), head, at, 'by the other');
    expect(guomi.open(place, sealed, witness)).toBe('by the other');
    const foreign = PROFILES.intl.seal(PROFILES.intl.derive(key, 'seal'), head, at, 'by another key');
    expect(() => guomi.open(place, foreign, witness)).toThrow();
  });

  it('are chosen at birth and never after', () => {
    open('guomi');
    expect(open().profile).toBe('guomi');
    expect(() => open('intl')).toThrow(/born with/);
    expect(() => open('rot13')).toThrow(/intl or guomi/);
  });
});

describe('where the keys lie', () => {
  it('beside the data folder, so that a copy of the one has not the other; only the owner reads them', () => {
    const first = open();
    const file = join(root, 'data.keys', 'master.key');
    expect(first.ring().place).toEqual({ kind: 'file', file, insideData: false });
    expect(readFileSync(file)).toHaveLength(32);
    expect([statSync(file).mode & 0o777, statSync(join(root, 'data.keys')).mode & 0o777]).toEqual([
      0o600, 0o700,
    ]);
    expect(existsSync(join(folder, 'secrets'))).toBe(false);
    expect(open().appPassword).toBe(first.appPassword);
  });

  it('stays in the data folder where an older release has put them', () => {
    mkdirSync(join(folder, 'secrets'));
    mkdirSync(join(folder, 'postgres'));
    writeFileSync(join(folder, 'secrets', 'master.key'), randomBytes(32));
    expect(open().ring().place).toMatchObject({ insideData: true });
    expect(existsSync(join(root, 'data.keys'))).toBe(false);
  });

  it('is a file that FANGANG_KEY_FILE names, as bytes or as text', () => {
    const file = join(root, 'elsewhere', 'a.key');
    const made = openSecrets(folder, '', { FANGANG_KEY_FILE: file });
    expect(made.ring().place).toMatchObject({ file, insideData: false });
    const text = join(root, 'text.key');
    writeFileSync(text, `${readFileSync(file).toString('hex')}\n`);
    expect(openSecrets(folder, '', { FANGANG_KEY_FILE: text }).fingerprint).toBe(made.fingerprint);
    expect(existsSync(join(root, 'data.keys'))).toBe(false);
  });

  it('is the environment, and then no file is written', () => {
    const key = randomBytes(32).toString('hex');
    const secrets = openSecrets(folder, key);
    expect(openSecrets(join(folder, 'other'), key).ticketSign('T1')).toBe(secrets.ticketSign('T1'));
    expect(existsSync(join(root, 'data.keys'))).toBe(false);
    expect(() => openSecrets(folder, 'short')).toThrow(/32 bytes/);
    expect(() => addKey(secrets.ring())).toThrow(/FANGANG_KEY/);
  });

  it('is never made anew beside a database that an older key sealed', () => {
    mkdirSync(join(folder, 'postgres'));
    expect(() => open()).toThrow(/missing/);
    expect(() => openSecrets(folder, '', { FANGANG_KEY_FILE: join(root, 'gone.key') })).toThrow(/missing/);
  });

  it('can be moved, all keys with it', () => {
    const before = open();
    addKey(before.ring());
    const { place: at } = before.ring();
    if (at.kind !== 'file') throw new Error('in files');
    const target = join(root, 'safe', 'fangang.key');
    expect(moveRing(at, target)).toHaveLength(2);
    const after = openSecrets(folder, '', { FANGANG_KEY_FILE: target });
    expect([after.fingerprint, after.sealingKey()]).toEqual([before.fingerprint, 2]);
    expect(existsSync(at.file)).toBe(false);
  });
});

describe('a second key', () => {
  it('is used by a running program as soon as it lies there; the first still opens', () => {
    const running = open();
    const sealed = running.seal(place, '13800000000');
    const command = open();
    expect([addKey(command.ring()), command.sealingKey()]).toEqual([2, 2]);
    const fresh = command.seal(place, '13900000000');
    expect(fresh[1]).toBe(2);
    expect(running.open(place, fresh, witness)).toBe('13900000000');
    expect(running.seal(place, 'x')[1]).toBe(2);
    expect(command.open(place, sealed, witness)).toBe('13800000000');
    expect(command.fingerprint).toBe(running.fingerprint);
  });

  it('lets the first be retired: it opens nothing any more, tickets and signatures go on', () => {
    const before = open();
    const sealed = before.seal(place, '13800000000');
    const signature = before.audit.sign(Buffer.from('x'));
    addKey(before.ring());
    const ring = before.ring();
    if (ring.place.kind !== 'file') throw new Error('in files');
    retireKeyFile(ring.place, 1, retiredText(ring, 1));
    const after = open();
    expect(() => after.open(place, sealed, witness)).toThrow(/ring/);
    expect(() => after.blindIndex('phone', '', '1', 1)).toThrow(/retired/);
    expect(after.ticketSign('T1')).toBe(before.ticketSign('T1'));
    expect([after.fingerprint, after.appPassword]).toEqual([before.fingerprint, before.appPassword]);
    expect(after.audit.verify(Buffer.from('x'), signature)).toBe(true);
    expect(retiredText(after.ring(), 1)).toBe(retiredText(ring, 1));
  });
});

it('gives each purpose a key of its own', () => {
  const { appPassword, queuePassword, fingerprint, sessionHash, ticketSign } = open();
  const all = [appPassword, queuePassword, fingerprint, sessionHash('x').toString('hex'), ticketSign('x')];
  expect(new Set(all).size).toBe(5);
  expect(ticketSign('x')).toMatch(/^[\w-]{22}$/);
});
