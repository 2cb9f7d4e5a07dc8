import { ed25519, type ProfileName, profileOf, type Signer } from './secrets-profiles.ts';
import {
  KEY_BYTES,
  type KeySources,
  type LastingPurpose,
  openRing,
  type Ring,
  rereadRing,
  ringVersion,
} from './secrets-ring.ts';
import { checkWitness, type Witness } from './witness.ts';

/** Where a sealed text lies: it opens nowhere else. */
export interface SealedPlace {
  readonly table: string;
  readonly column: string;
  readonly row: string;
}

/** What the audit's chain is made and checked with. */
export interface AuditKeys extends Signer {
  /** Tells one signing key from another. */
  readonly fingerprint: string;
  digest(...parts: readonly Buffer[]): Buffer;
  /** 16 bytes under a secret key: tells which link was made anew by somebody without it. */
  mark(bytes: Buffer): Buffer;
}

export interface Secrets {
  seal(place: SealedPlace, text: string): Buffer;
  /**
   * Throws when a byte was changed, the text lies in another place, its key is not in the ring, or the witness does not cover the row.
   */
  open(place: SealedPlace, sealed: Uint8Array, witness: Witness): string;
  /**
   * 16 bytes to find a number again without reading it; `district` is '' for the whole city. `keyNo` is the key of the index, which the
   * database knows (`platform/index-keys.ts`).
   */
  blindIndex(kind: 'idNumber' | 'phone', district: string, value: string, keyNo: number): Buffer;
  /** 22 characters, safe in an address. */
  ticketSign(text: string): string;
  /** What the database keeps of a session's token. */
  sessionHash(token: string): Buffer;
  readonly audit: AuditKeys;
  /** What passwords of the role `fangang_app` are made of; its first one. */
  readonly appPassword: string;
  /** The same of `fangang_queue`. */
  readonly queuePassword: string;
  /** Tells one master key from another and nothing else: kept in the database, so that a wrong key is refused at the start. */
  readonly fingerprint: string;
  readonly profile: ProfileName;
  /** Number of the key that seals. */
  sealingKey(): number;
  /** The keys as they lie: for the commands that change them. */
  ring(): Ring;
}

const INDEX_BYTES = 16;
const MARK_BYTES = 16;
/** A key that another process has added is used from then on. */
const LOOK_AGAIN_MS = 1000;

/** Length before each part: no two places give the same bytes. */
function placeBytes({ table, column, row }: SealedPlace, keyNo: number): Buffer {
  return Buffer.from([table, column, row, String(keyNo)].map((part) => `${part.length}:${part}`).join('|'));
}

/** The keys of a ring by number and purpose, derived once; looks again at the files when a number is not known. */
class Keys {
  readonly #sources: KeySources;
  readonly #derived = new Map<string, Buffer>();
  #ring: Ring;
  #version: number;
  #lookedAt = 0;

  constructor(dataDir: string, sources: KeySources) {
    this.#sources = sources;
    this.#ring = openRing(dataDir, sources);
    this.#version = ringVersion(this.#ring.place);
  }

  ring(): Ring {
    this.look();
    return this.#ring;
  }

  /** Reads the files again where they have changed. */
  look(): void {
    this.#lookedAt = performance.now();
    const version = ringVersion(this.#ring.place);
    if (version === this.#version) return;
    this.#version = version;
    this.#ring = rereadRing(this.#ring, this.#sources);
  }

  newest(): number {
    if (performance.now() - this.#lookedAt > LOOK_AGAIN_MS) this.look();
    return this.#ring.keys.length;
  }

  /** Undefined where the ring has no such key, or has retired it. */
  find(no: number, purpose: string, profile = this.#ring.profile): Buffer | undefined {
    const name = `${profile.name}|${no}|${purpose}`;
    const known = this.#derived.get(name);
    if (known) return known;
    if (no > this.#ring.keys.length) this.look();
    const key = this.#ring.keys[no - 1];
    if (!key || !('master' in key)) return undefined;
    const derived = profile.derive(key.master, purpose);
    this.#derived.set(name, derived);
    return derived;
  }

  get(no: number, purpose: string): Buffer {
    const key = this.find(no, purpose);
    if (!key) throw new Error(`Key ${no} is not in the ring, or was retired`);
    return key;
  }

  /** Of the first key, also when it is retired. */
  lasting(purpose: LastingPurpose): Buffer {
    const first = this.#ring.keys[0];
    return first && 'lasting' in first ? first.lasting[purpose] : this.get(1, purpose);
  }
}

function auditKeys(keys: Keys, ring: Ring): AuditKeys {
  const { profile } = ring;
  const markKey = keys.lasting('audit mark');
  const signer = ed25519(keys.lasting('audit sign'));
  return {
    ...signer,
    fingerprint: profile.digest(Buffer.from(signer.publicKey)).subarray(0, 8).toString('hex'),
    digest: profile.digest,
    mark: (bytes) => profile.mac(markKey, bytes).subarray(0, MARK_BYTES),
  };
}

/**
 * Opens the keys of the installation, made on first start. Where they lie is said in `secrets-ring.ts`, how they seal in `secrets-profiles.ts`.
 *
 * A sealed text is format, key number, and what the profile makes of it; table, column, row and key number are bound to it. Indexes, tickets,
 * sessions, the audit's signature and the database's passwords have keys of their own; all but the indexes always from the first key.
 */
export function openSecrets(
  dataDir: string,
  fromEnvironment?: string,
  more: Omit<KeySources, 'FANGANG_KEY'> = process.env,
): Secrets {
  const keys = new Keys(dataDir, { ...more, FANGANG_KEY: fromEnvironment ?? process.env.FANGANG_KEY });
  const born = keys.ring();
  const { profile } = born;
  const ticketKey = keys.lasting('ticket');
  const sessionKey = keys.lasting('session');
  return {
    seal: (place, text) => {
      const keyNo = keys.newest();
      const head = Buffer.from([profile.format, keyNo]);
      return profile.seal(keys.get(keyNo, 'seal'), head, placeBytes(place, keyNo), text);
    },
    open: (place, bytes, witness) => {
      checkWitness(witness, place.row);
      const sealed = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const keyNo = sealed[1] ?? 0;
      const opener = profileOf(sealed[0]);
      const key = opener && keys.find(keyNo, 'seal', opener);
      if (!opener || !key || key.length !== KEY_BYTES) {
        throw new Error(`Not sealed by a key of this ring: ${place.table}.${place.column}`);
      }
      return opener.open(key, placeBytes(place, keyNo), sealed);
    },
    blindIndex: (kind, district, value, keyNo) =>
      profile.mac(keys.get(keyNo, `blind|${kind}|${district}`), value).subarray(0, INDEX_BYTES),
    ticketSign: (text) => profile.mac(ticketKey, text).subarray(0, 16).toString('base64url'),
    sessionHash: (token) => profile.mac(sessionKey, token),
    audit: auditKeys(keys, born),
    appPassword: keys.lasting('password|app').toString('base64url'),
    queuePassword: keys.lasting('password|queue').toString('base64url'),
    fingerprint: keys.lasting('fingerprint').subarray(0, 8).toString('hex'),
    profile: profile.name,
    sealingKey: () => keys.ring().keys.length,
    ring: () => keys.ring(),
  };
}
