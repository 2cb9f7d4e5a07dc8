import { accept, type Result, refuse } from '@fangang/domain/basics/result.ts';
import type { Proof } from '@fangang/domain/offices/api-account.ts';
import { type AskedProof, FRESH_MIN, proofAsked } from '@fangang/domain/offices/rules-sign-in.ts';
import type { Tx } from '../platform/database.ts';
import { type Services, within } from '../platform/services.ts';
import { insideOnly } from '../platform/witness.ts';
import type { Asking } from './own-route.ts';
import { passwordFits } from './passwords.ts';
import { codeHash } from './recovery-codes.ts';
import { scopeOf } from './scope.ts';
import type { SessionHere } from './sessions.ts';
import {
  findOwnTotp,
  getOwnAccount,
  listOwnPasswords,
  noteOwn,
  ownSessionMinutes,
  takeOwnCode,
  takeOwnTotp,
} from './store-own.ts';
import { totpStep } from './totp.ts';
import { beginGuess } from './tries.ts';

/** Whether a code of the authenticator or a recovery code opens the second step; each of them does so once. */
export async function takeCode(services: Services, session: SessionHere, code: string): Promise<boolean> {
  const { staff } = session;
  return within(services, scopeOf(staff), async (tx) => {
    if (/^[\d\s]+$/.test(code)) {
      const totp = await findOwnTotp(tx);
      if (!totp?.confirmed) return false;
      const place = { table: 'offices_totp', column: 'sealed', row: staff.id };
      const step = totpStep(services.secrets.open(place, totp.sealed, insideOnly('ownFactor')), code);
      const taken = step !== undefined && (await takeOwnTotp(tx, step, false));
      if (taken) await noteOwn(tx, 'offices.second_factor_shown', staff.id, { how: 'totp' });
      return taken;
    }
    const taken = await takeOwnCode(tx, codeHash(services, staff.id, code));
    if (taken) await noteOwn(tx, 'offices.recovery_code_used', staff.id);
    return taken;
  });
}

/** The own password, asked again before something that matters: a session left open must not be enough. */
export async function confirmPassword(
  asking: Asking,
  password: string,
): Promise<Result<Record<never, never>>> {
  const { services, session, http } = asking;
  const guess = await beginGuess(services, http, `login|${session.staff.login}`, session.settings);
  if (guess.refusal) return refuse(guess.refusal);
  const [stored] = await within(services, scopeOf(session.staff), (tx) => listOwnPasswords(tx, 1));
  const fits = await passwordFits(stored ?? null, password);
  if (fits === 'busy') return refuse(await guess.takeBack());
  if (!fits) {
    await guess.fail(session.staff.id);
    return refuse({ code: 'offices.password_wrong' });
  }
  await guess.succeed();
  return accept({});
}

/** The same for a code, where an account has an authenticator and no password. */
async function confirmCode(
  { services, session, http }: Asking,
  code: string,
): Promise<Result<Record<never, never>>> {
  const guess = await beginGuess(services, http, `code|${session.staff.id}`, session.settings);
  if (guess.refusal) return refuse(guess.refusal);
  if (!(await takeCode(services, session, code))) {
    await guess.fail(session.staff.id);
    return refuse({ code: 'offices.code_wrong' });
  }
  await guess.succeed();
  return accept({});
}

/** What the account of this session is asked for before its ways in are changed. */
export async function proofOf(tx: Tx, session: SessionHere): Promise<AskedProof> {
  const own = await getOwnAccount(tx);
  return proofAsked({
    hasPassword: own.has_password,
    hasTotp: own.totp_since !== null,
    enrolling: session.pending === 'enrolSecondFactor',
    sessionMin: await ownSessionMinutes(tx, session.id),
  });
}

/**
 * Asks who it is again. Refuses `offices.proof_needed` where nothing was given, `offices.sign_in_again` {minutes}, `offices.password_wrong`,
 * `offices.code_wrong`; guesses count as those at the sign-in.
 */
export async function confirmProof(
  asking: Asking,
  { password, code }: Proof,
): Promise<Result<Record<never, never>>> {
  const { services, session } = asking;
  const asked = await within(services, scopeOf(session.staff), (tx) => proofOf(tx, session));
  if (asked === 'none') return accept({});
  if (asked === 'signInAgain')
    return refuse({ code: 'offices.sign_in_again', facts: { minutes: FRESH_MIN } });
  if (asked === 'password' && password !== undefined) return confirmPassword(asking, password);
  if (asked === 'code' && code !== undefined) return confirmCode(asking, code);
  return refuse({ code: 'offices.proof_needed' });
}
