import { type Result, refuse } from '@fangang/domain/basics/result.ts';
import type { PasskeyAnswer } from '@fangang/domain/offices/api-sign-in.ts';

type Options = Record<string, unknown>;

/** Passkeys need a secure context and a name: an intranet's plain address has none. */
export function passkeysPossible(): boolean {
  return window.isSecureContext && typeof window.PublicKeyCredential === 'function';
}

/** What a browser throws when the person closes its window, or nothing fits. */
async function asked(work: () => Promise<unknown>): Promise<Result<PasskeyAnswer>> {
  try {
    return { ok: true, value: (await work()) as PasskeyAnswer };
  } catch (error) {
    if (error instanceof Error && error.name === 'InvalidStateError')
      return refuse({ code: 'offices.passkey_known' });
    return refuse({ code: 'offices.passkey_aborted' });
  }
}

/** Makes a passkey with PIN or fingerprint. The library is loaded when it is first wanted. */
export async function makePasskey(options: Options): Promise<Result<PasskeyAnswer>> {
  const { startRegistration } = await import('@simplewebauthn/browser');
  return asked(() => startRegistration({ optionsJSON: options as never }));
}

/** Lets a passkey sign the challenge. */
export async function answerWithPasskey(options: Options): Promise<Result<PasskeyAnswer>> {
  const { startAuthentication } = await import('@simplewebauthn/browser');
  return asked(() => startAuthentication({ optionsJSON: options as never }));
}
