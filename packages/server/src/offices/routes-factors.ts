import { accept, type Refusal, refuse } from '@fangang/domain/basics/result.ts';
import {
  addPasskey,
  confirmTotp,
  newRecoveryCodes,
  offerPasskey,
  removePasskey,
  removeTotp,
  startTotp,
} from '@fangang/domain/offices/api-account.ts';
import type { PasskeyAnswer } from '@fangang/domain/offices/api-sign-in.ts';
import type { Tx } from '../platform/database.ts';
import type { Route } from '../platform/http.ts';
import { newId } from '../platform/ids.ts';
import { qrMatrix, qrRuns } from '../platform/qr.ts';
import { type Services, within } from '../platform/services.ts';
import { insideOnly } from '../platform/witness.ts';
import { type Asking, type Own, ownRoute } from './own-route.ts';
import { madePasskey, registrationOptions, relyingParty } from './passkeys.ts';
import { confirmProof } from './proofs.ts';
import { codeHash, newCodes } from './recovery-codes.ts';
import { scopeOf } from './scope.ts';
import { stepUp } from './sessions.ts';
import {
  addOwnPasskey,
  dropOwnPasskey,
  dropOwnTotp,
  findOwnTotp,
  listOwnPasskeys,
  noteOwn,
  putOwnTotp,
  setOwnCodes,
  takeOwnTotp,
} from './store-own.ts';
import { putChallenge, takeChallenge } from './store-sessions.ts';
import { newTotpSecret, totpAddress, totpStep } from './totp.ts';
import { beginGuess } from './tries.ts';

const place = (staffId: string) => ({ table: 'offices_totp', column: 'sealed', row: staffId });
const CODE_WRONG: Refusal = { code: 'offices.code_wrong' };

function totpReply(secret: string, login: string) {
  const address = totpAddress(secret, login);
  const matrix = qrMatrix(address);
  const path = qrRuns(matrix)
    .map((it) => `M${it.x} ${it.y}h${it.length}v1h-${it.length}z`)
    .join('');
  return { secret, address, qr: { side: matrix.length, path } };
}

/** Who sees the secret has said who they are; a code of it confirms, so the confirming asks no more. */
const beginTotp = ownRoute(startTotp, {
  during: ['enrolSecondFactor'],
  prepare: (asking, { body }) => confirmProof(asking, body),
  run: async ({ services, tx, session }) => {
    const { staff } = session;
    const secret = newTotpSecret();
    const put = await putOwnTotp(tx, services.secrets.seal(place(staff.id), secret));
    return put ? accept(totpReply(secret, staff.login)) : refuse({ code: 'offices.totp_there' });
  },
  again: async ({ services, session }) => {
    const { staff } = session;
    const totp = await within(services, scopeOf(staff), findOwnTotp);
    if (!totp || totp.confirmed) return refuse({ code: 'offices.totp_there' });
    return accept(
      totpReply(services.secrets.open(place(staff.id), totp.sealed, insideOnly('ownFactor')), staff.login),
    );
  },
});

/** The step of a code for the authenticator that waits to be confirmed. */
async function firstCode({ services, session, http }: Asking, code: string) {
  const { staff } = session;
  const guess = await beginGuess(services, http, `code|${staff.id}`, session.settings);
  if (guess.refusal) return refuse(guess.refusal);
  const totp = await within(services, scopeOf(staff), findOwnTotp);
  const step =
    totp && !totp.confirmed
      ? totpStep(services.secrets.open(place(staff.id), totp.sealed, insideOnly('ownFactor')), code)
      : undefined;
  if (step === undefined) {
    await guess.fail(staff.id);
    return refuse(CODE_WRONG);
  }
  await guess.succeed();
  return accept(step);
}

async function giveCodes(services: Services, tx: Tx, staffId: string): Promise<string[]> {
  const codes = newCodes();
  await setOwnCodes(
    tx,
    codes.map((it) => codeHash(services, staffId, it)),
  );
  return codes;
}

/** Shown once: the same request sent again is told that the codes are out, not which. */
const ONCE: Refusal = { code: 'offices.codes_shown' };

const endTotp = ownRoute(confirmTotp, {
  during: ['enrolSecondFactor'],
  prepare: (asking, { body }) => firstCode(asking, body.code),
  run: async ({ services, tx, session }, _input, step) => {
    const { staff } = session;
    if (!(await takeOwnTotp(tx, step, true))) return refuse(CODE_WRONG);
    await noteOwn(tx, 'offices.totp_added', staff.id);
    return accept({ codes: await giveCodes(services, tx, staff.id), pending: null });
  },
  after: async ({ services, session, http }, reply) => ({
    ...reply,
    pending: await stepUp(services, session, http, true),
  }),
  again: async () => refuse(ONCE),
});

const takeOffTotp = ownRoute(removeTotp, {
  prepare: (asking, { body }) => confirmProof(asking, body),
  run: async ({ tx, session }) => {
    if (!(await dropOwnTotp(tx))) return refuse({ code: 'basics.not_found' });
    await noteOwn(tx, 'offices.totp_removed', session.staff.id);
    return accept({});
  },
});

const otherCodes = ownRoute(newRecoveryCodes, {
  prepare: (asking, { body }) => confirmProof(asking, body),
  run: async ({ services, tx, session }) => {
    if (!session.hasSecondFactor) return refuse({ code: 'offices.no_second_factor' });
    await noteOwn(tx, 'offices.recovery_codes_made', session.staff.id);
    return accept({ codes: await giveCodes(services, tx, session.staff.id) });
  },
  again: async () => refuse(ONCE),
});

function challengeHash(services: Services, challenge: string): Buffer {
  return services.secrets.sessionHash(`challenge|${challenge}`);
}

async function offer({ services, session, http }: Asking) {
  const { staff } = session;
  const party = relyingParty(http.request);
  const own = await within(services, scopeOf(staff), listOwnPasskeys);
  const known = own.map((it) => it.credential);
  const { challenge, options } = await registrationOptions(party, staff, known);
  await within(services, { kind: 'open' }, (tx) =>
    putChallenge(tx, challengeHash(services, challenge), 'register', staff.id),
  );
  return accept({ options });
}

const passkeyOffered = ownRoute(offerPasskey, {
  during: ['enrolSecondFactor'],
  // No challenge without it, and no passkey without a challenge.
  prepare: async (asking, { body }) => {
    const known = await confirmProof(asking, body);
    return known.ok ? offer(asking) : known;
  },
  run: async (_own, _input, offered) => accept(offered),
  again: offer,
});

async function checkMade({ services, session, http }: Asking, answer: PasskeyAnswer) {
  const take = (challenge: string): Promise<boolean> =>
    within(services, { kind: 'open' }, (tx) =>
      takeChallenge(tx, challengeHash(services, challenge), 'register', session.staff.id),
    );
  const made = await madePasskey(relyingParty(http.request), answer, take);
  return made ? accept(made) : refuse({ code: 'offices.passkey_wrong' });
}

const passkeyAdded = ownRoute(addPasskey, {
  during: ['enrolSecondFactor'],
  prepare: (asking, { body }) => checkMade(asking, body.answer),
  run: async ({ tx, http, session }: Own, { body }, made) => {
    const { host } = relyingParty(http.request);
    const id = newId();
    if (!(await addOwnPasskey(tx, { id, ...made, host, name: body.name }))) {
      return refuse({ code: 'offices.passkey_known' });
    }
    await noteOwn(tx, 'offices.passkey_added', id, { staff: session.staff.id });
    return accept({ pending: null });
  },
  after: async ({ services, session, http }) => ({ pending: await stepUp(services, session, http, true) }),
  again: async ({ session }) => accept({ pending: session.pending }),
});

const passkeyRemoved = ownRoute(removePasskey, {
  prepare: (asking, { body }) => confirmProof(asking, body),
  run: async ({ tx }, { params }) => {
    if (!(await dropOwnPasskey(tx, params.id))) return refuse({ code: 'basics.not_found' });
    await noteOwn(tx, 'offices.passkey_removed', params.id);
    return accept({});
  },
});

export const factorRoutes: readonly Route[] = [
  beginTotp,
  endTotp,
  takeOffTotp,
  otherCodes,
  passkeyOffered,
  passkeyAdded,
  passkeyRemoved,
];
