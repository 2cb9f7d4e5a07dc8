import { generateSecret, generateURI, verifySync } from 'otplib';
import { realNow } from '../platform/clock.ts';

/**
 * RFC 6238 as every authenticator app does it: SHA-1, six digits, thirty seconds. A code counts in its own thirty seconds alone (OWASP ASVS
 * 5.0, 6.5.5); a skew is not learnt (RFC 6238, 6): a code typed slowly looks like a slow clock, and phones set theirs by the network.
 */
const PERIOD_S = 30;

export function newTotpSecret(): string {
  return generateSecret({ length: 20 });
}

/** The address an authenticator app reads from the QR code. */
export function totpAddress(secret: string, login: string): string {
  return generateURI({ issuer: '返岗通 Fangang', label: login, secret });
}

/** The number of these 30 seconds, if the code is theirs; undefined for a wrong or another's code. Whether it was used before the store knows. */
export function totpStep(secret: string, code: string, now: Date = realNow()): number | undefined {
  const token = code.replace(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return undefined;
  const epoch = Math.floor(now.getTime() / 1000);
  const found = verifySync({ secret, token, epoch, epochTolerance: 0 });
  return found.valid ? Math.floor(epoch / PERIOD_S) : undefined;
}
