import { randomBytes } from 'node:crypto';
import type { Services } from '../platform/services.ts';

/** No letter that looks like a digit or another letter when it is read out or copied by hand. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Six groups of four letters: 118 bits, more than the 112 that ASVS 5.0 (6.5.2) asks of a secret under a fast hash. */
const GROUPS = 6;

/** Groups of four from bytes: `k7mp-x2qa`. 4.95 bits a letter. */
function readable(bytes: Uint8Array, groups: number): string {
  const letters = Array.from(bytes, (it) => LETTERS[it % LETTERS.length] ?? 'x');
  return Array.from({ length: groups }, (_, i) => letters.slice(i * 4, i * 4 + 4).join('')).join('-');
}

/**
 * A one-time password of 24 letters (118 bits), or a half of one. Made from the request's key under a key of the installation: the same
 * request gets the same answer a second time, and the answer is stored nowhere.
 */
export function oneTimePassword(
  services: Services,
  key: string,
  about: string,
  part: 'whole' | 'half' = 'whole',
): string {
  const groups = part === 'half' ? GROUPS / 2 : GROUPS;
  return readable(services.secrets.sessionHash(`one-time|${key}|${about}`), groups);
}

/** Ten recovery codes of 24 letters. */
export function newCodes(): string[] {
  return Array.from({ length: 10 }, () => readable(randomBytes(GROUPS * 4), GROUPS));
}

/**
 * What the database keeps of a recovery code, however it is written: capitals, dashes and spaces make no difference. An HMAC under a key
 * outside the database: with more than 112 bits nobody tries them all, so no slow hash has to slow them (ASVS 5.0, 6.5.2).
 */
export function codeHash(services: Services, staffId: string, code: string): Buffer {
  const plain = code.toLowerCase().replace(/[^a-z0-9]/g, '');
  return services.secrets.sessionHash(`recovery|${staffId}|${plain}`);
}
