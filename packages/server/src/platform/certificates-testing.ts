import { webcrypto } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  BasicConstraintsExtension,
  SubjectAlternativeNameExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';

/** Certificates that tests make for themselves: an authority of their own and what it signs. */

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
type Pair = webcrypto.CryptoKeyPair;

interface Authority {
  readonly pem: string;
  readonly keys: Pair;
  readonly name: string;
}

export interface Made {
  readonly cert: string;
  readonly key: string;
}

interface Wishes {
  /** Days from now; 90 unless told, negative for one that has ended. */
  readonly days?: number;
  /** Bits of an RSA key in place of P-256. */
  readonly rsa?: number;
}

const DAY_MS = 86_400_000;
const span = (days: number) => ({
  notBefore: new Date(Date.now() - 60 * DAY_MS),
  notAfter: new Date(Date.now() + days * DAY_MS),
});

function pem(bytes: ArrayBuffer): string {
  const text = Buffer.from(bytes).toString('base64').replace(/.{64}/g, '$&\n');
  return `-----BEGIN PRIVATE KEY-----\n${text}\n-----END PRIVATE KEY-----\n`;
}

const textOf = (certificate: X509Certificate): string => `${certificate.toString('pem')}\n`;

export async function makeAuthority(name = 'CN=Test'): Promise<Authority> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name,
    keys,
    signingAlgorithm: ALGORITHM,
    ...span(365),
    extensions: [new BasicConstraintsExtension(true, 1, true)],
  });
  return { pem: textOf(certificate), keys, name };
}

/** A certificate of `localhost` and 127.0.0.1. */
export async function issue(authority: Authority, { days = 90, rsa }: Wishes = {}): Promise<Made> {
  const algorithm = rsa
    ? {
        name: 'RSASSA-PKCS1-v1_5',
        modulusLength: rsa,
        publicExponent: new Uint8Array([1, 0, 1]),
        hash: 'SHA-256',
      }
    : ALGORITHM;
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as Pair;
  const certificate = await X509CertificateGenerator.create({
    subject: 'CN=localhost',
    issuer: authority.name,
    publicKey: keys.publicKey,
    signingKey: authority.keys.privateKey,
    signingAlgorithm: ALGORITHM,
    ...span(days),
    extensions: [
      new SubjectAlternativeNameExtension([
        { type: 'dns', value: 'localhost' },
        { type: 'ip', value: '127.0.0.1' },
      ]),
    ],
  });
  return { cert: textOf(certificate), key: pem(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)) };
}

/** Writes both into a folder, the key for its owner alone. */
export function lay(folder: string, { cert, key }: Made): Made {
  const files = { cert: join(folder, 'fangang.pem'), key: join(folder, 'fangang.key') };
  writeFileSync(files.cert, cert);
  writeFileSync(files.key, key, { mode: 0o600 });
  return files;
}
