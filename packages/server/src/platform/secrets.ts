import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError, ExitCode } from './errors.ts';

/** Where a sealed text lies: it opens nowhere else. */
export interface SealedPlace {
  readonly table: string;
  readonly column: string;
  readonly row: string;
}

export interface Secrets {
  seal(place: SealedPlace, text: string): Buffer;
  /** Throws when a byte was changed, the text lies in another place or its key is not in the ring. */
  open(place: SealedPlace, sealed: Uint8Array): string;
  /** 16 bytes to find a number again without reading it; `district` is '' for the whole city. */
  blindIndex(kind: 'idNumber' | 'phone', district: string, value: string): Buffer;
  /** 22 characters, safe in an address. */
  ticketSign(text: string): string;
  /** What the database keeps of a session's token. */
  sessionHash(token: string): Buffer;
  /** Of the role `fangang_app`. */
  readonly appPassword: string;
  /** Of the role `fangang_queue`. */
  readonly queuePassword: string;
  /** Tells one master key from another and nothing else: kept in the database, so that a wrong key is refused at the start. */
  readonly fingerprint: string;
}

const KEY_BYTES = 32;
const FORMAT = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 2 + NONCE_BYTES;

function subkey(master: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', master, 'fangang', purpose, KEY_BYTES));
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function badKey(where: string): CommandError {
  return new CommandError(
    ExitCode.usage,
    'basics.master_key_malformed',
    `The master key in ${where} must be 32 bytes, written as 64 hexadecimal digits or in base64.`,
  );
}

function parseKey(text: string, where: string): Buffer {
  const key = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64');
  if (key.length !== KEY_BYTES) throw badKey(where);
  return key;
}

/** `master.key` is key 1; a rotation adds `master-2.key` and so on: the last one seals, all of them open. */
function readKeyFiles(folder: string): Buffer[] {
  const file = join(folder, 'master.key');
  const count = readdirSync(folder).filter((name) => /^master-\d+\.key$/.test(name)).length;
  const files = [file, ...Array.from({ length: count }, (_, i) => join(folder, `master-${i + 2}.key`))];
  return files.map((name) => {
    const key = readFileSync(name);
    if (key.length !== KEY_BYTES) throw badKey(name);
    return key;
  });
}

function keyRing(dataDir: string, fromEnvironment: string | undefined): Buffer[] {
  if (fromEnvironment) {
    return fromEnvironment.split(',').map((text) => parseKey(text.trim(), 'FANGANG_KEY'));
  }
  const folder = join(dataDir, 'secrets');
  const file = join(folder, 'master.key');
  if (!existsSync(file)) {
    if (existsSync(join(dataDir, 'postgres'))) {
      throw new CommandError(
        ExitCode.notFound,
        'basics.master_key_missing',
        `The master key ${file} is missing, and what it sealed cannot be read without it: put it back from its safe place.`,
      );
    }
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(file, randomBytes(KEY_BYTES), { mode: 0o600, flag: 'wx' });
  }
  return readKeyFiles(folder);
}

/** Length before each part: no two places give the same bytes. */
function associatedData({ table, column, row }: SealedPlace, keyNo: number): Buffer {
  return Buffer.from([table, column, row, String(keyNo)].map((part) => `${part.length}:${part}`).join('|'));
}

/**
 * Opens the keys of the installation, made on first start: `dataDir/secrets/master.key`, or `FANGANG_KEY` (keys in order, by commas).
 *
 * Sealing is AES-256-GCM: format, key number, nonce, text, tag. Look-ups, tickets, sessions and the database's passwords have keys of
 * their own by HKDF-SHA256, always from the first key: a rotation changes what is sealed from then on, not what is looked up.
 * Source: NIST SP 800-38D, RFC 5869.
 */
export function openSecrets(dataDir: string, fromEnvironment = process.env.FANGANG_KEY): Secrets {
  const ring = keyRing(dataDir, fromEnvironment);
  const first = ring[0] ?? Buffer.alloc(0);
  const sealKeys = ring.map((key) => subkey(key, 'seal'));
  const ticketKey = subkey(first, 'ticket');
  const sessionKey = subkey(first, 'session');
  const blindKeys = new Map<string, Buffer>();
  const blindKey = (purpose: string): Buffer => {
    const key = blindKeys.get(purpose) ?? subkey(first, purpose);
    blindKeys.set(purpose, key);
    return key;
  };
  return {
    seal: (place, text) => {
      const keyNo = sealKeys.length;
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', sealKeys[keyNo - 1] ?? '', nonce);
      cipher.setAAD(associatedData(place, keyNo));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.from([FORMAT, keyNo]), nonce, body, cipher.getAuthTag()]);
    },
    open: (place, bytes) => {
      const sealed = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const keyNo = sealed[1] ?? 0;
      const key = sealKeys[keyNo - 1];
      if (sealed.length < HEAD_BYTES + TAG_BYTES || sealed[0] !== FORMAT || !key) {
        throw new Error(`Not sealed by a key of this ring: ${place.table}.${place.column}`);
      }
      const opener = createDecipheriv('aes-256-gcm', key, sealed.subarray(2, HEAD_BYTES), {
        authTagLength: TAG_BYTES,
      });
      opener.setAAD(associatedData(place, keyNo));
      opener.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
      const text = opener.update(sealed.subarray(HEAD_BYTES, sealed.length - TAG_BYTES));
      return Buffer.concat([text, opener.final()]).toString('utf8');
    },
    blindIndex: (kind, district, value) => hmac(blindKey(`blind|${kind}|${district}`), value).subarray(0, 16),
    ticketSign: (text) => hmac(ticketKey, text).subarray(0, 16).toString('base64url'),
    sessionHash: (token) => hmac(sessionKey, token),
    appPassword: subkey(first, 'password|app').toString('base64url'),
    queuePassword: subkey(first, 'password|queue').toString('base64url'),
    fingerprint: subkey(first, 'fingerprint').subarray(0, 8).toString('hex'),
  };
}
