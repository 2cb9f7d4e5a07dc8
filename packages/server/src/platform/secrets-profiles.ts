import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  randomBytes,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto';

/** Which ciphers an installation was born with: `intl` everywhere, `guomi` where China's own are asked for. */
export type ProfileName = 'intl' | 'guomi';

/** What a profile can do. Keys are 32 bytes of `derive`; nothing here knows where they come from. */
export interface CryptoProfile {
  readonly name: ProfileName;
  /** First byte of what it seals: both open what either has sealed. */
  readonly format: number;
  /** A key of its own for a purpose. */
  derive(master: Buffer, purpose: string): Buffer;
  /** `head` is format and key number; it is bound like the place. */
  seal(key: Buffer, head: Buffer, place: Buffer, text: string): Buffer;
  /** Throws when a byte was changed or the place is another. */
  open(key: Buffer, place: Buffer, sealed: Buffer): string;
  /** 32 bytes that nobody makes without the key. */
  mac(key: Buffer, bytes: string | Buffer): Buffer;
  digest(...parts: readonly Buffer[]): Buffer;
}

const HEAD_BYTES = 2;
const damaged = (): Error => new Error('A sealed text was changed or cut');

const GCM_NONCE = 12;
const GCM_TAG = 16;

/** AES-256-GCM, HMAC-SHA256, HKDF-SHA256. Source: NIST SP 800-38D, RFC 2104, RFC 5869. */
const intl: CryptoProfile = {
  name: 'intl',
  format: 1,
  derive: (master, purpose) => Buffer.from(hkdfSync('sha256', master, 'fangang', purpose, 32)),
  seal: (key, head, place, text) => {
    const nonce = randomBytes(GCM_NONCE);
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    cipher.setAAD(place);
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([head, nonce, body, cipher.getAuthTag()]);
  },
  open: (key, place, sealed) => {
    const start = HEAD_BYTES + GCM_NONCE;
    if (sealed.length < start + GCM_TAG) throw damaged();
    const opener = createDecipheriv('aes-256-gcm', key, sealed.subarray(HEAD_BYTES, start), {
      authTagLength: GCM_TAG,
    });
    opener.setAAD(place);
    opener.setAuthTag(sealed.subarray(sealed.length - GCM_TAG));
    const text = opener.update(sealed.subarray(start, sealed.length - GCM_TAG));
    return Buffer.concat([text, opener.final()]).toString('utf8');
  },
  mac: (key, bytes) => createHmac('sha256', key).update(bytes).digest(),
  digest: (...parts) => digestOf('sha256', parts),
};

const SM4_BYTES = 16;
const SM3_BYTES = 32;

/**
 * SM4-CBC, then HMAC-SM3 over head, place and all that was sealed; HKDF with SM3. One key for the cipher and one for the seal, both made
 * of the key given. Source: GB/T 32907, GB/T 32905, GB/T 15852.2.
 */
const guomi: CryptoProfile = {
  name: 'guomi',
  format: 2,
  derive: (master, purpose) => Buffer.from(hkdfSync('sm3', master, 'fangang', purpose, 32)),
  seal: (key, head, place, text) => {
    const iv = randomBytes(SM4_BYTES);
    const cipher = createCipheriv('sm4-cbc', sm4Key(key), iv);
    const sealed = Buffer.concat([head, iv, cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([sealed, sm3Tag(key, place, sealed)]);
  },
  open: (key, place, sealed) => {
    const start = HEAD_BYTES + SM4_BYTES;
    const end = sealed.length - SM3_BYTES;
    if (end < start + SM4_BYTES) throw damaged();
    if (!timingSafeEqual(sm3Tag(key, place, sealed.subarray(0, end)), sealed.subarray(end))) throw damaged();
    const opener = createDecipheriv('sm4-cbc', sm4Key(key), sealed.subarray(HEAD_BYTES, start));
    return Buffer.concat([opener.update(sealed.subarray(start, end)), opener.final()]).toString('utf8');
  },
  mac: (key, bytes) => createHmac('sm3', key).update(bytes).digest(),
  digest: (...parts) => digestOf('sm3', parts),
};

function sm4Key(key: Buffer): Buffer {
  return guomi.derive(key, 'sm4').subarray(0, SM4_BYTES);
}

function sm3Tag(key: Buffer, place: Buffer, sealed: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(place.length);
  return guomi.mac(guomi.derive(key, 'sm3'), Buffer.concat([length, place, sealed]));
}

function digestOf(name: string, parts: readonly Buffer[]): Buffer {
  const hash = createHash(name);
  for (const part of parts) hash.update(part);
  return hash.digest();
}

export const PROFILES: Readonly<Record<ProfileName, CryptoProfile>> = { intl, guomi };

/** The profile that sealed a text, by its first byte. */
export function profileOf(format: number | undefined): CryptoProfile | undefined {
  return Object.values(PROFILES).find((it) => it.format === format);
}

/** Signs what is to be shown to others; whoever has the public key checks it without any secret. */
export interface Signer {
  /** In PEM, for the auditor's own check. */
  readonly publicKey: string;
  sign(bytes: Buffer): Buffer;
  verify(bytes: Buffer, signature: Buffer): boolean;
}

/** What stands before the 32 bytes of a seed in PKCS #8. Source: RFC 8410. */
const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Ed25519 from 32 secret bytes. Source: RFC 8032. */
export function ed25519(seed: Buffer): Signer {
  const secret = createPrivateKey({
    key: Buffer.concat([ED25519_PKCS8, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const open = createPublicKey(secret);
  return {
    publicKey: open.export({ type: 'spki', format: 'pem' }).toString(),
    sign: (bytes) => sign(null, bytes, secret),
    verify: (bytes, signature) => verify(null, bytes, open, signature),
  };
}
