import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import type { PasskeyAnswer } from '@fangang/domain/offices/api-sign-in.ts';

/* An authenticator in software, for tests: real keys, real signatures, attestation "none". Source: WebAuthn level 3, RFC 8949, RFC 9053. */

type Cbor = number | string | Buffer | Map<number | string, Cbor>;

function cborHead(major: number, n: number): Buffer {
  if (n < 24) return Buffer.from([(major << 5) | n]);
  return n < 256 ? Buffer.from([(major << 5) | 24, n]) : Buffer.from([(major << 5) | 25, n >> 8, n & 255]);
}

function cbor(value: Cbor): Buffer {
  if (typeof value === 'number') return value < 0 ? cborHead(1, -1 - value) : cborHead(0, value);
  if (typeof value === 'string') {
    const bytes = Buffer.from(value);
    return Buffer.concat([cborHead(3, bytes.length), bytes]);
  }
  if (Buffer.isBuffer(value)) return Buffer.concat([cborHead(2, value.length), value]);
  const entries = [...value].map(([key, it]) => Buffer.concat([cbor(key), cbor(it)]));
  return Buffer.concat([cborHead(5, value.size), ...entries]);
}

const sha256 = (bytes: Buffer | string): Buffer => createHash('sha256').update(bytes).digest();
const PRESENT_AND_VERIFIED = 0x05;
const WITH_CREDENTIAL = 0x40;

export interface SoftwarePasskey {
  /** Answers registration options with a new key. */
  register(options: Record<string, unknown>, origin: string): PasskeyAnswer;
  /** Answers a challenge with a signature; the counter grows unless told to stand. */
  answer(
    options: Record<string, unknown>,
    origin: string,
    how?: { counter?: number; host?: string },
  ): PasskeyAnswer;
}

export function softwarePasskey(): SoftwarePasskey {
  const id = randomBytes(32);
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  let counter = 0;
  const clientData = (type: string, challenge: unknown, origin: string): Buffer =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const shell = {
    id: id.toString('base64url'),
    rawId: id.toString('base64url'),
    type: 'public-key' as const,
  };
  return {
    register: (options, origin) => {
      const host = (options.rp as { id: string }).id;
      const json = clientData('webauthn.create', options.challenge, origin);
      const head = authData(host, PRESENT_AND_VERIFIED | WITH_CREDENTIAL, counter);
      const length = Buffer.from([0, id.length]);
      const data = Buffer.concat([head, Buffer.alloc(16), length, id, cbor(coseOf(publicKey))]);
      const object = cbor(
        new Map<string, Cbor>([
          ['fmt', 'none'],
          ['attStmt', new Map()],
          ['authData', data],
        ]),
      );
      const response = {
        clientDataJSON: json.toString('base64url'),
        attestationObject: object.toString('base64url'),
        transports: ['internal'],
      };
      return { ...shell, response, clientExtensionResults: {} };
    },
    answer: (options, origin, how = {}) => {
      counter = how.counter ?? counter + 1;
      const json = clientData('webauthn.get', options.challenge, origin);
      const data = authData(how.host ?? String(options.rpId), PRESENT_AND_VERIFIED, counter);
      const response = {
        clientDataJSON: json.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: sign('sha256', Buffer.concat([data, sha256(json)]), privateKey).toString('base64url'),
      };
      return { ...shell, response, clientExtensionResults: {} };
    },
  };
}

function authData(host: string, flags: number, counter: number): Buffer {
  const count = Buffer.alloc(4);
  count.writeUInt32BE(counter);
  return Buffer.concat([sha256(host), Buffer.from([flags]), count]);
}

/** EC2, ES256, P-256, x, y. */
function coseOf(key: KeyObject): Map<number, Cbor> {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  return new Map<number, Cbor>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, Buffer.from(x, 'base64url')],
    [-3, Buffer.from(y, 'base64url')],
  ]);
}
