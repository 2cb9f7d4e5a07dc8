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
