import * as client from 'openid-client';
import { realNow } from '../platform/clock.ts';
import type { Secrets } from '../platform/secrets.ts';
import { insideOnly } from '../platform/witness.ts';

/** The office's own identity provider, from the environment. */
export interface Provider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Claim of the ID token that holds the account name. */
  readonly claim: string;
  /** As it stands on the button. */
  readonly name: string;
}

/** Undefined where no provider is set: FANGANG_OIDC_ISSUER, _CLIENT_ID, _CLIENT_SECRET; _CLAIM and _NAME where they differ from usual. */
export function providerSet(env: NodeJS.ProcessEnv = process.env): Provider | undefined {
  const { FANGANG_OIDC_ISSUER: issuer, FANGANG_OIDC_CLIENT_ID: clientId } = env;
  if (!issuer || !clientId) return undefined;
  return {
    issuer,
    clientId,
    clientSecret: env.FANGANG_OIDC_CLIENT_SECRET ?? '',
    claim: env.FANGANG_OIDC_CLAIM ?? 'preferred_username',
    name: env.FANGANG_OIDC_NAME ?? new URL(issuer).hostname,
  };
}

const known = new Map<string, Promise<client.Configuration>>();

/** Reads the provider's description once; a failure is forgotten, so that the next sign-in asks again. */
function describe(provider: Provider): Promise<client.Configuration> {
  const about = JSON.stringify(provider);
  const found = known.get(about) ?? discover(provider);
  known.set(about, found);
  found.catch(() => known.delete(about));
  return found;
}

/** Plain http only where the issuer itself is named so: an intranet without certificates. */
async function discover(provider: Provider): Promise<client.Configuration> {
  const plain = new URL(provider.issuer).protocol === 'http:';
  const config = await client.discovery(
    new URL(provider.issuer),
    provider.clientId,
    provider.clientSecret || undefined,
    provider.clientSecret ? undefined : client.None(),
    { timeout: 10, ...(plain && { execute: [client.allowInsecureRequests] }) },
  );
  // Without this the library trusts the connection and checks no signature.
  client.enableNonRepudiationChecks(config);
  return config;
}

/** What a browser carries, sealed, between going to the provider and coming back. */
interface Going {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly next: string | null;
  /** ms since 1970 */
  readonly at: number;
}

const COOKIE_PLACE = { table: 'offices_provider', column: 'going', row: 'cookie' };
export const GOING_S = 600;

/** Where to send the browser (authorization code, PKCE S256, state, nonce), and what it has to bring back. */
export async function startGoing(
  provider: Provider,
  redirect: string,
  next: string | null,
  secrets: Secrets,
): Promise<{ address: string; sealed: string }> {
  const config = await describe(provider);
  const going: Going = {
    state: client.randomState(),
    nonce: client.randomNonce(),
    verifier: client.randomPKCECodeVerifier(),
    next,
    at: realNow().getTime(),
  };
  const address = client.buildAuthorizationUrl(config, {
    redirect_uri: redirect,
    scope: 'openid profile',
    state: going.state,
    nonce: going.nonce,
    code_challenge: await client.calculatePKCECodeChallenge(going.verifier),
    code_challenge_method: 'S256',
  });
  return {
    address: address.href,
    sealed: secrets.seal(COOKIE_PLACE, JSON.stringify(going)).toString('base64url'),
  };
}

function openGoing(sealed: string, secrets: Secrets): Going | undefined {
  try {
    const going = JSON.parse(
      secrets.open(COOKIE_PLACE, Buffer.from(sealed, 'base64url'), insideOnly('ownCookie')),
    ) as Going;
    return realNow().getTime() - going.at < GOING_S * 1000 ? going : undefined;
  } catch {
    return undefined;
  }
}

/** Whom the provider vouches for. */
export interface Vouched {
  readonly subject: string;
  readonly login: string;
  /** It has asked for more than a password. Source: RFC 8176. */
  readonly secondFactor: boolean;
  readonly next: string | null;
}

/**
 * Takes the code to the provider and reads the signed ID token. Undefined where anything does not fit: no or another browser's cookie,
 * state, nonce, PKCE, issuer, audience, signature, or no name in the claim.
 */
export async function comeBack(
  provider: Provider,
  back: { redirect: string; code: string; state: string; iss: string | undefined; sealed: string },
  secrets: Secrets,
): Promise<Vouched | undefined> {
  const going = openGoing(back.sealed, secrets);
  if (!going) return undefined;
  const config = await describe(provider);
  const here = new URL(back.redirect);
  here.searchParams.set('code', back.code);
  here.searchParams.set('state', back.state);
  if (back.iss) here.searchParams.set('iss', back.iss);
  const tokens = await client
    .authorizationCodeGrant(config, here, {
      pkceCodeVerifier: going.verifier,
      expectedState: going.state,
      expectedNonce: going.nonce,
      idTokenExpected: true,
    })
    .catch(refused);
  const claims = tokens?.claims();
  const login = claims?.[provider.claim];
  if (!claims || typeof login !== 'string' || login === '') return undefined;
  const amr = Array.isArray(claims.amr) ? claims.amr.map(String) : [];
  return { subject: claims.sub, login, secondFactor: amr.includes('mfa'), next: going.next };
}

/** What the provider says no to, or what its answer lacks; a broken connection is a fault. */
function refused(error: unknown): undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (error instanceof client.ResponseBodyError || error instanceof client.AuthorizationResponseError) return;
  if (error instanceof client.WWWAuthenticateChallengeError || code.startsWith('OAUTH_')) return;
  throw error;
}
