import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync, statSync, unwatchFile, watchFile } from 'node:fs';
import { isIP } from 'node:net';
import { createSecureContext, type Server, type TlsOptions } from 'node:tls';
import { CommandError, ExitCode } from './errors.ts';
import type { Services } from './services.ts';

/** Suites of TLS 1.2, the strongest first: forward secret and authenticated, no others. Source: RFC 9325, 4.2; Mozilla, intermediate. */
export const SUITES_OF_12 = [
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
] as const;
/** Of TLS 1.3, which knows no weak ones. Source: RFC 8446, B.4. */
export const SUITES_OF_13 = [
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_AES_128_GCM_SHA256',
];
export const CURVES = ['X25519', 'prime256v1', 'secp384r1'] as const;

/** Files of a certificate with its chain, and of its key, both PEM. */
export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
}

/** What the settings say of HTTPS. */
export interface TlsSettings {
  readonly files?: TlsFiles;
  /** True where nothing may be answered that did not come over HTTPS. */
  readonly required: boolean;
}

function wrong(code: `basics.${string}`, sentence: string): CommandError {
  return new CommandError(ExitCode.usage, code, sentence);
}

/** `FANGANG_TLS_CERT`, `FANGANG_TLS_KEY` and `FANGANG_TLS`. Throws a `CommandError` for half of the two files, or another word. */
export function tlsSet(env: NodeJS.ProcessEnv = process.env): TlsSettings {
  const { FANGANG_TLS_CERT: cert = '', FANGANG_TLS_KEY: key = '', FANGANG_TLS: said = '' } = env;
  if (said !== '' && said !== 'required') {
    throw wrong('basics.tls_setting', `FANGANG_TLS is “${said}”: write required, or leave it out`);
  }
  const required = said === 'required';
  if (cert === '' && key === '') return { required };
  if (cert !== '' && key !== '') return { files: { cert, key }, required };
  const [given, missing] = cert === '' ? ['KEY', 'CERT'] : ['CERT', 'KEY'];
  throw wrong(
    'basics.tls_half',
    `FANGANG_TLS_${given} is given without FANGANG_TLS_${missing}: HTTPS needs the certificate and its key`,
  );
}

function read(file: string, name: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code = 'unreadable' } = error as { code?: string };
    throw wrong('basics.tls_unreadable', `${name} names ${file}, which cannot be read (${code})`);
  }
}

/** Others may not read the key; a group may, as Debian's ssl-cert and the credentials of systemd have it. */
function checkMode(file: string): void {
  if (process.platform === 'win32' || (statSync(file).mode & 0o007) === 0) return;
  throw wrong('basics.tls_key_open', `every user of this machine may use the key ${file}: chmod o= ${file}`);
}

function parseCertificate(text: string, file: string): X509Certificate {
  try {
    return new X509Certificate(text);
  } catch {
    throw wrong(
      'basics.tls_malformed',
      `${file} holds no certificate in PEM: it begins with -----BEGIN CERTIFICATE-----`,
    );
  }
}

function parseKey(text: string, file: string): KeyObject {
  try {
    return createPrivateKey(text);
  } catch {
    throw wrong('basics.tls_malformed', `${file} holds no private key in PEM without a passphrase`);
  }
}

function checkTime(certificate: X509Certificate, file: string, now: number): void {
  const { validFrom, validTo } = certificate;
  if (Date.parse(validTo) <= now) {
    throw wrong(
      'basics.tls_expired',
      `the certificate ${file} ended on ${validTo}: put a new one in its place`,
    );
  }
  if (Date.parse(validFrom) > now) {
    throw wrong(
      'basics.tls_not_yet',
      `the certificate ${file} begins on ${validFrom}: look at this machine's clock`,
    );
  }
}

/** How HTTPS is spoken, with a certificate's content. `SECLEVEL=2` refuses keys below 112 bits (RSA 2048). */
function speakWith(cert: string, key: string): TlsOptions {
  return {
    cert,
    key,
    minVersion: 'TLSv1.2',
    maxVersion: 'TLSv1.3',
    ciphers: [...SUITES_OF_13, ...SUITES_OF_12, '@SECLEVEL=2'].join(':'),
    honorCipherOrder: true,
    ecdhCurve: CURVES.join(':'),
  };
}

/**
 * What HTTPS is answered with, from the files as they lie. Throws a `CommandError` in one sentence where they cannot be read, are no PEM, do not belong
 * together, are too weak or not valid at this moment, or where every user of the machine may read the key.
 */
export function readTls({ cert, key }: TlsFiles, now = Date.now()): TlsOptions {
  const [certText, keyText] = [read(cert, 'FANGANG_TLS_CERT'), read(key, 'FANGANG_TLS_KEY')];
  checkMode(key);
  const certificate = parseCertificate(certText, cert);
  if (!certificate.checkPrivateKey(parseKey(keyText, key))) {
    throw wrong('basics.tls_mismatch', `the key ${key} does not belong to the certificate ${cert}`);
  }
  checkTime(certificate, cert, now);
  const options = speakWith(certText, keyText);
  try {
    createSecureContext(options);
  } catch (error) {
    const { reason = 'refused' } = error as { reason?: string };
    throw wrong(
      'basics.tls_malformed',
      `the certificate ${cert} cannot be used (${reason}): RSA has 2048 bits or more`,
    );
  }
  return options;
}

const DAY_MS = 86_400_000;
/** From when on an end is spoken of: authorities of an office take weeks. */
const SOON_DAYS = 30;

/** Whole days until the certificate ends, and whether that is soon. Throws as `readTls` does. */
export function timeLeft(
  files: TlsFiles,
  now = Date.now(),
): { readonly days: number; readonly soon: boolean } {
  const { cert } = readTls(files, now);
  const days = Math.floor((Date.parse(new X509Certificate(String(cert)).validTo) - now) / DAY_MS);
  return { days, soon: days < SOON_DAYS };
}

/** How often the files are looked at, in ms. */
const LOOK_MS = 10_000;

function codeOf(error: unknown): string {
  return error instanceof CommandError ? error.code : 'basics.fault';
}

/**
 * Takes up a renewed certificate without a new start: when its files change, and on SIGHUP. One that is not right is told to the log and
 * the one before stays. Once a day the log is told of an end that is near. Returns what ends it.
 */
export function keepCertificate(
  server: Server,
  files: TlsFiles,
  { log }: Pick<Services, 'log'>,
  every = LOOK_MS,
): () => void {
  const renew = (): void => {
    try {
      server.setSecureContext(readTls(files));
      log.info({ code: 'basics.tls_renewed' }, 'the certificate was read anew');
    } catch (error) {
      log.error(
        { code: codeOf(error), err: error },
        'the new certificate is not right; the one before stays',
      );
    }
  };
  const remind = (): void => {
    try {
      const { days, soon } = timeLeft(files);
      if (soon) log.warn({ code: 'basics.tls_ends_soon' }, `the certificate ends in ${days} days`);
    } catch (error) {
      log.error({ code: codeOf(error) }, 'the certificate is not right');
    }
  };
  remind();
  const daily = setInterval(remind, DAY_MS).unref();
  const watched = [files.cert, files.key];
  for (const file of watched) watchFile(file, { interval: every, persistent: false }, renew);
  process.on('SIGHUP', renew);
  return () => {
    clearInterval(daily);
    process.off('SIGHUP', renew);
    for (const file of watched) unwatchFile(file, renew);
  };
}

/** True for an address that only this machine reaches. */
function staysHere(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** A sentence where pages would go over the network in plain HTTP, with the remedy; a refusal where HTTPS is required. */
export function plainBeyond(
  { files, required }: TlsSettings,
  host: string,
  proxies: readonly string[],
): string | undefined {
  if (files || proxies.length > 0) return undefined;
  if (required) {
    throw wrong(
      'basics.tls_required',
      'FANGANG_TLS is required, and nothing speaks HTTPS: set FANGANG_TLS_CERT and FANGANG_TLS_KEY, or name the proxy that does in FANGANG_PROXIES',
    );
  }
  if (staysHere(host)) return undefined;
  return `plain HTTP is answered on ${host}, and who sits on the network reads along: set FANGANG_TLS_CERT and FANGANG_TLS_KEY, or name the proxy that ends HTTPS in FANGANG_PROXIES`;
}
