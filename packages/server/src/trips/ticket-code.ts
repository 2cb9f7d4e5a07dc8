import { createHash } from 'node:crypto';
import type { Secrets } from '../platform/secrets.ts';

/** Letters and digits that are read aloud without mistakes: no 0, O, 1, I, L. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const LENGTH = 10;

/**
 * The code of a person's ticket, as the short link shows it: ten letters from an HMAC of the itinerary's id, so that it need not be kept.
 * About 49 bits; it cannot be guessed from other tickets.
 */
export function ticketCodeOf(secrets: Pick<Secrets, 'ticketSign'>, itineraryId: string): string {
  let rest = BigInt(
    `0x${Buffer.from(secrets.ticketSign(`ticket|${itineraryId}`), 'base64url').toString('hex')}`,
  );
  let code = '';
  for (let i = 0; i < LENGTH; i++) {
    code += LETTERS.charAt(Number(rest % BigInt(LETTERS.length)));
    rest /= BigInt(LETTERS.length);
  }
  return code;
}

/** What the database keeps of a ticket: enough to find it by its code, not enough to make the code. Capitals or not is the same. */
export function ticketIndex(code: string): Buffer {
  return createHash('sha256').update(code.toUpperCase()).digest();
}
