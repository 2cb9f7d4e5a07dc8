import type { Refusal } from '@fangang/domain/basics/result.ts';
import { PASSWORD_RULES } from '@fangang/domain/offices/rules-password.ts';
import type { SignInSettings } from '@fangang/domain/offices/schema.ts';
import { noteAtDoor } from '../platform/audit.ts';
import type { Secrets } from '../platform/secrets.ts';
import { type Services, within } from '../platform/services.ts';
import type { Http } from './sessions.ts';
import { beginTry, forgetTries } from './store-sessions.ts';

/** Failures of one address in the time of a lock, over all names: an office behind one address has many clerks. */
const MOST_OF_ADDRESS = 100;
/** Seconds after which a full queue is worth another try. */
const RETRY_S = 5;

export const TOO_BUSY: Refusal = { code: 'basics.too_many' };

type TriedName = `${'login' | 'code'}|${string}`;

/** What is kept of a name that was tried: people type an ID number or a telephone for a name, which must not lie in a table. */
export function triedName(secrets: Pick<Secrets, 'sessionHash'>, name: TriedName): string {
  return secrets.sessionHash(`try|${name}`).toString('hex');
}

/** The names under which tries of an account are counted. */
export const triedNames = (
  secrets: Pick<Secrets, 'sessionHash'>,
  { id, login }: { id: string; login: string },
): string[] => [triedName(secrets, `login|${login}`), triedName(secrets, `code|${id}`)];

/** One guess at a secret: counted before it is looked at, so that many guesses at once are as many. */
export interface Try {
  /** Why it may not be made; null = go on. */
  readonly refusal: Refusal | null;
  succeed(): Promise<void>;
  /** Notes in the audit that it opened nothing. @param staffId null where nobody has the name */
  fail(staffId: string | null): Promise<void>;
  /** It could not be looked at: it does not count. */
  takeBack(): Promise<Refusal>;
}

/** What was tried before a sign-in, and why it opened nothing where that is not plain. */
export interface SignInFailure {
  readonly how: 'login' | 'code' | 'passkey' | 'oidc';
  /** `locked`: too many tries. `expired`: the one-time password. `refused`, `unknown`: by the provider, of its name. */
  readonly why?: 'locked' | 'expired' | 'refused' | 'unknown';
}

/** Notes a failed sign-in in the audit; null for a name that nobody has, which takes the same work. */
export async function noteFailure(
  services: Services,
  staffId: string | null,
  { how, why }: SignInFailure,
): Promise<void> {
  await within(services, { kind: 'open' }, (tx) =>
    noteAtDoor(tx, { action: 'offices.sign_in_failed', staff: staffId, facts: { how, why } }),
  );
}

/**
 * Begins a guess at a password or a code. Refuses `offices.too_many_failures` {minutes} for the name, `basics.too_many` for the address.
 * Whether anybody has the name makes no difference.
 */
export async function beginGuess(
  services: Services,
  { request, reply }: Http,
  name: TriedName,
  settings: SignInSettings,
): Promise<Try> {
  const { failures, lockMin } = PASSWORD_RULES[settings.profile];
  const limits = { failures, lockMin, ofAddress: MOST_OF_ADDRESS };
  const tried = triedName(services.secrets, name);
  const full = await within(services, { kind: 'open' }, (tx) =>
    beginTry(tx, tried, request.ip ?? '', limits),
  );
  const how = name.startsWith('code|') ? 'code' : 'login';
  return {
    refusal: refusalOf(full, lockMin),
    succeed: () => within(services, { kind: 'open' }, (tx) => forgetTries(tx, tried)),
    fail: (staffId) => noteFailure(services, staffId, full === null ? { how } : { how, why: 'locked' }),
    takeBack: async () => {
      await within(services, { kind: 'open' }, (tx) => forgetTries(tx, tried, true));
      reply.header('retry-after', String(RETRY_S));
      return TOO_BUSY;
    },
  };
}

function refusalOf(full: 'name' | 'address' | null, lockMin: number): Refusal | null {
  if (full === 'name') return { code: 'offices.too_many_failures', facts: { minutes: lockMin } };
  return full === 'address' ? TOO_BUSY : null;
}
