import { PASSWORD_RULES } from './rules-password.ts';
import type { PendingStep, SignInSettings } from './schema.ts';

/** How a session began: by password, by a passkey, through the office's own identity provider, through a role's door of a sample. */
export type SignInMethod = 'password' | 'passkey' | 'oidc' | 'door';

export interface SignInFacts {
  readonly method: SignInMethod;
  /** This session has shown a second factor (a passkey counts as both). */
  readonly shownSecondFactor: boolean;
  /** The account has one. */
  readonly hasSecondFactor: boolean;
  readonly mustChange: boolean;
  /** Age of the password in whole days. */
  readonly passwordDays: number;
  readonly role: string;
}

/** Minutes for which a sign-in counts as just done. */
export const FRESH_MIN = 10;

/** What is asked again before the own ways in are changed: a secret, nothing, or a new sign-in. */
export type AskedProof = 'password' | 'code' | 'none' | 'signInAgain';

export interface ProofFacts {
  readonly hasPassword: boolean;
  readonly hasTotp: boolean;
  /** The sign-in is not over yet: the role is asked for a second factor and has none. */
  readonly enrolling: boolean;
  /** Age of the session. */
  readonly sessionMin: number;
}

/**
 * What an account is asked for before it takes a factor on or off, makes recovery codes or ends sessions: a session left open must not be
 * enough. The password; without one a code of the authenticator; with neither (identity provider, passkey, a sample's door) a sign-in that
 * is younger than ten minutes. A sign-in that has just asked for the first factor goes on without asking twice.
 *
 * Source: OWASP ASVS 5.0, 7.5.1 and 7.5.2.
 */
export function proofAsked({ hasPassword, hasTotp, enrolling, sessionMin }: ProofFacts): AskedProof {
  const fresh = sessionMin < FRESH_MIN;
  if (enrolling && fresh) return 'none';
  if (hasPassword) return 'password';
  if (hasTotp) return 'code';
  return fresh ? 'none' : 'signInAgain';
}

/**
 * What a session has to do before it may do anything else; null when nothing is left. Asked at each request, so a setting of the
 * security administrator acts at once on sessions that are open.
 */
export function pendingStep(facts: SignInFacts, settings: SignInSettings): PendingStep | null {
  if (facts.method === 'door') return null;
  if (facts.hasSecondFactor && !facts.shownSecondFactor) return 'secondFactor';
  const { days } = PASSWORD_RULES[settings.profile];
  const tooOld = days !== null && facts.passwordDays >= days;
  if (facts.method === 'password' && (facts.mustChange || tooOld)) return 'changePassword';
  const asked = (settings.secondFactorFor as readonly string[]).includes(facts.role);
  if (asked && !facts.hasSecondFactor && !facts.shownSecondFactor) return 'enrolSecondFactor';
  return null;
}
