import { accept, type Refusal, type Result, refuse } from '@fangang/domain/basics/result.ts';
import { openRoleDoor } from '@fangang/domain/offices/api.ts';
import {
  askPasskey,
  giveCode,
  signIn,
  signInWithPasskey,
  signInWithProvider,
  signOut,
  startProvider,
} from '@fangang/domain/offices/api-sign-in.ts';
import { ONE_TIME_DAYS } from '@fangang/domain/offices/rules-password.ts';
import { type Route, sessionRoute } from '../platform/http.ts';
import { type Services, within } from '../platform/services.ts';
import { comeBack, GOING_S, providerSet, startGoing } from './oidc.ts';
import { authenticationOptions, passkeyCounter, relyingParty } from './passkeys.ts';
import { passwordFits } from './passwords.ts';
import { takeCode } from './proofs.ts';
import { publicOrigin } from './public-origin.ts';
import { scopeOf } from './scope.ts';
import {
  beginSession,
  clearToken,
  type Http,
  leavePhone,
  leaveSession,
  sessionOfRequest,
  setToken,
  settingsOf,
  stepUp,
  tokenOf,
} from './sessions.ts';
import { findDoor } from './store.ts';
import { listOwnPasskeys, noteOwn } from './store-own.ts';
import {
  findLogin,
  findPasskey,
  findSignInSettings,
  findStaffOfIdentity,
  putChallenge,
  takeChallenge,
  usePasskey,
} from './store-sessions.ts';
import { beginGuess, noteFailure } from './tries.ts';

const WRONG: Refusal = { code: 'offices.login_wrong' };

const enter = sessionRoute(signIn, async (services, { body }, http) => {
  const settings = settingsOf(await within(services, { kind: 'open' }, findSignInSettings));
  const guess = await beginGuess(services, http, `login|${body.login}`, settings);
  const account = await within(services, { kind: 'open' }, (tx) => findLogin(tx, body.login));
  if (guess.refusal) {
    await guess.fail(account?.id ?? null);
    return refuse(guess.refusal);
  }
  const fits = await passwordFits(account?.password_hash ?? null, body.password);
  if (fits === 'busy') return refuse(await guess.takeBack());
  if (!fits || !account) {
    await guess.fail(account?.id ?? null);
    return refuse(WRONG);
  }
  await guess.succeed();
  if (account.must_change && account.password_hours >= ONE_TIME_DAYS * 24) {
    await noteFailure(services, account.id, { how: 'login', why: 'expired' });
    return refuse({ code: 'offices.one_time_expired', facts: { days: ONE_TIME_DAYS } });
  }
  return accept({ pending: await beginSession(services, { staffId: account.id, method: 'password' }, http) });
});

const secondStep = sessionRoute(giveCode, async (services, { body }, http) => {
  const session = await sessionOfRequest(services, http.request);
  if (session?.pending !== 'secondFactor') return refuse({ code: 'basics.not_signed_in' });
  const guess = await beginGuess(services, http, `code|${session.staff.id}`, session.settings);
  if (guess.refusal) {
    await guess.fail(session.staff.id);
    return refuse(guess.refusal);
  }
  if (!(await takeCode(services, session, body.code))) {
    await guess.fail(session.staff.id);
    return refuse({ code: 'offices.code_wrong' });
  }
  await guess.succeed();
  return accept({ pending: await stepUp(services, session, http, true) });
});

function challengeHash(services: Services, challenge: string): Buffer {
  return services.secrets.sessionHash(`challenge|${challenge}`);
}

const passkeyAsked = sessionRoute(askPasskey, async (services, _input, { request }) => {
  const session = await sessionOfRequest(services, request);
  const party = relyingParty(request);
  const waiting = session?.pending === 'secondFactor' ? session : undefined;
  const own = waiting ? await within(services, scopeOf(waiting.staff), listOwnPasskeys) : [];
  const allowed = own.filter((it) => it.host === party.host).map((it) => it.credential);
  const { challenge, options } = await authenticationOptions(party, allowed);
  await within(services, { kind: 'open' }, (tx) =>
    putChallenge(tx, challengeHash(services, challenge), 'signIn', null),
  );
  return accept({ options });
});

const byPasskey = sessionRoute(signInWithPasskey, async (services, { body }, http) => {
  const { answer } = body;
  const party = relyingParty(http.request);
  const credential = Buffer.from(answer.rawId, 'base64url');
  const key = await within(services, { kind: 'open' }, (tx) => findPasskey(tx, credential, party.host));
  const take = (challenge: string): Promise<boolean> =>
    within(services, { kind: 'open' }, (tx) =>
      takeChallenge(tx, challengeHash(services, challenge), 'signIn', null),
    );
  const counter = key && (await passkeyCounter(party, answer, key, take));
  const used =
    key &&
    counter !== undefined &&
    (await within(services, { kind: 'open' }, (tx) => usePasskey(tx, key.id, counter)));
  if (!key || !used) {
    await noteFailure(services, key?.staff_id ?? null, { how: 'passkey' });
    return refuse({ code: 'offices.passkey_wrong' });
  }
  const session = await sessionOfRequest(services, http.request);
  if (session?.pending === 'secondFactor' && session.staff.id === key.staff_id) {
    await within(services, scopeOf(session.staff), (tx) =>
      noteOwn(tx, 'offices.second_factor_shown', session.staff.id, { how: 'passkey' }),
    );
    return accept({ pending: await stepUp(services, session, http, true) });
  }
  const begun = { staffId: key.staff_id, method: 'passkey', secondFactor: true } as const;
  return accept({ pending: await beginSession(services, begun, http) });
});

const GOING_COOKIE = 'fangang-provider';
const NO_PROVIDER: Refusal = { code: 'basics.not_found' };

function redirectOf({ request }: Http): string {
  return `${publicOrigin(request)}/sign-in/provider`;
}

const toProvider = sessionRoute(startProvider, async (services, { body }, http) => {
  const provider = providerSet();
  if (!provider) return refuse(NO_PROVIDER);
  const going = await startGoing(provider, redirectOf(http), body.next ?? null, services.secrets).catch(
    (error: unknown) => {
      services.log.warn({ err: error }, 'the identity provider does not answer');
      return undefined;
    },
  );
  if (!going) return refuse({ code: 'offices.provider_away' });
  setToken(http, GOING_COOKIE, going.sealed, GOING_S);
  return accept({ address: going.address });
});

const fromProvider = sessionRoute(signInWithProvider, async (services, { body }, http) => {
  const provider = providerSet();
  if (!provider) return refuse(NO_PROVIDER);
  const sealed = tokenOf(http.request, GOING_COOKIE) ?? '';
  clearToken(http, GOING_COOKIE);
  const back = { redirect: redirectOf(http), code: body.code, state: body.state, iss: body.iss, sealed };
  const vouched = await comeBack(provider, back, services.secrets);
  if (!vouched) {
    await noteFailure(services, null, { how: 'oidc', why: 'refused' });
    return refuse({ code: 'offices.provider_refused' });
  }
  const staffId = await within(services, { kind: 'open' }, (tx) =>
    findStaffOfIdentity(tx, provider.issuer, vouched.subject, vouched.login),
  );
  if (!staffId) {
    await noteFailure(services, null, { how: 'oidc', why: 'unknown' });
    return refuse({ code: 'offices.provider_unknown' });
  }
  const begun = { staffId, method: 'oidc', secondFactor: vouched.secondFactor } as const;
  return accept({ pending: await beginSession(services, begun, http), next: vouched.next });
});

const throughDoor = sessionRoute(openRoleDoor, async (services, { body }, http) => {
  const staff = await within(services, { kind: 'open' }, (tx) => findDoor(tx, body.role));
  if (!staff) return refuse({ code: 'basics.not_found' });
  await beginSession(services, { staffId: staff.id, method: 'door' }, http);
  return accept({});
});

const leave = sessionRoute(
  signOut,
  async (services, { body }, http): Promise<Result<Record<never, never>>> => {
    await leaveSession(services, http);
    if (body.phone) await leavePhone(services, http);
    return accept({});
  },
);

export const signInRoutes: readonly Route[] = [
  enter,
  secondStep,
  passkeyAsked,
  byPasskey,
  toProvider,
  fromProvider,
  throughDoor,
  leave,
];
