import { createHash, createHmac, createPublicKey, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/* A small OpenID provider for tests: discovery, authorization code with PKCE, token, keys; RS256 with a key of its own. */

const keys = (): ReturnType<typeof generateKeyPairSync> =>
  generateKeyPairSync('rsa', { modulusLength: 2048 });

type Spoil =
  | 'nothing'
  | 'signature'
  | 'unsigned'
  | 'own key'
  | 'shared key'
  | 'nonce'
  | 'audience'
  | 'issuer'
  | 'expired';

export interface TestProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Plays the browser at the provider: the account of `claims` signs in, and the address it is sent back to comes out. */
  visit(address: string, claims: Readonly<Record<string, unknown>>): URL;
  /** What is wrong with the next tokens. */
  spoil: Spoil;
  /** What is wrong with the provider's description of itself. */
  describes: 'itself' | 'another' | 'elsewhere';
  close(): Promise<void>;
}

interface Visit {
  readonly claims: Readonly<Record<string, unknown>>;
  readonly nonce: string;
  readonly challenge: string;
  readonly redirect: string;
}

const base64 = (value: object | Buffer): string =>
  (Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value))).toString('base64url');

function json(reply: ServerResponse, status: number, body: object): void {
  reply.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return new URLSearchParams(Buffer.concat(parts).toString());
}

/** Signs a token as the provider does, or spoilt in one way. */
function idTokens(
  issuer: string,
  clientId: string,
  own: unknown,
): (visit: Visit, spoil: TestProvider['spoil']) => string {
  const stranger = keys().privateKey;
  return ({ claims, nonce }, spoil) => {
    const now = Math.floor(Date.now() / 1000);
    const alg = spoil === 'unsigned' ? 'none' : spoil === 'shared key' ? 'HS256' : 'RS256';
    const jwk = spoil === 'own key' && { jwk: createPublicKey(stranger as never).export({ format: 'jwk' }) };
    const head = base64({ alg, typ: 'JWT', ...(jwk || { kid: 'test' }) });
    const body = base64({
      iss: spoil === 'issuer' ? 'http://evil.example' : issuer,
      aud: spoil === 'audience' ? 'another-product' : clientId,
      nonce: spoil === 'nonce' ? 'another' : nonce,
      iat: now - (spoil === 'expired' ? 7200 : 0),
      exp: now + (spoil === 'expired' ? -3600 : 300),
      ...claims,
    });
    if (spoil === 'unsigned') return `${head}.${body}.`;
    if (spoil === 'shared key') {
      // The old trick: the public key as the secret of a MAC.
      const pem = createPublicKey(own as never).export({ type: 'spki', format: 'pem' });
      return `${head}.${body}.${createHmac('sha256', pem).update(`${head}.${body}`).digest('base64url')}`;
    }
    const key = spoil === 'signature' || spoil === 'own key' ? stranger : own;
    return `${head}.${body}.${base64(sign('sha256', Buffer.from(`${head}.${body}`), key as never))}`;
  };
}

/** The provider's description of itself, or one that nobody should believe. */
function describe(
  issuer: string,
  how: TestProvider['describes'],
  request: IncomingMessage,
  reply: ServerResponse,
): void {
  // Followed, it would end at a sound description.
  if (how === 'elsewhere' && request.url !== '/moved') {
    reply.writeHead(302, { location: '/moved' }).end();
    return;
  }
  json(reply, 200, {
    issuer: how === 'another' ? `${issuer}/another` : issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    code_challenge_methods_supported: ['S256'],
  });
}

export async function startTestProvider(): Promise<TestProvider> {
  const { privateKey, publicKey } = keys();
  const visits = new Map<string, Visit>();
  const [clientId, clientSecret] = ['fangang', 'a secret of the test'];
  const server: Server = createServer((request, reply) => void answer(request, reply));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const idToken = idTokens(issuer, clientId, privateKey);
  const secret = `${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret).replaceAll('%20', '+')}`;
  const basic = `Basic ${Buffer.from(secret).toString('base64')}`;
  const token = async (request: IncomingMessage, reply: ServerResponse): Promise<void> => {
    const form = await formOf(request);
    const visit = visits.get(form.get('code') ?? '');
    visits.delete(form.get('code') ?? '');
    const proof = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const fits = visit && visit.challenge === proof && visit.redirect === form.get('redirect_uri');
    const known = form.get('client_secret') === clientSecret || request.headers.authorization === basic;
    if (!visit || !fits || !known) {
      return json(reply, 400, { error: 'invalid_grant' });
    }
    return json(reply, 200, {
      access_token: randomUUID(),
      token_type: 'Bearer',
      id_token: idToken(visit, provider.spoil),
    });
  };
  const answer = async (request: IncomingMessage, reply: ServerResponse): Promise<void> => {
    if (request.url === '/token') return token(request, reply);
    if (request.url === '/keys') {
      const jwk = (publicKey as { export(as: object): object }).export({ format: 'jwk' });
      return json(reply, 200, { keys: [{ ...jwk, kid: 'test', use: 'sig', alg: 'RS256' }] });
    }
    return describe(issuer, provider.describes, request, reply);
  };
  const provider: TestProvider = {
    issuer,
    clientId,
    clientSecret,
    spoil: 'nothing',
    describes: 'itself',
    visit: (address, claims) => {
      const asked = new URL(address).searchParams;
      if (asked.get('code_challenge_method') !== 'S256') throw new Error('no PKCE');
      const code = randomUUID();
      const redirect = asked.get('redirect_uri') ?? '';
      visits.set(code, {
        claims,
        nonce: asked.get('nonce') ?? '',
        challenge: asked.get('code_challenge') ?? '',
        redirect,
      });
      const back = new URL(redirect);
      back.searchParams.set('code', code);
      back.searchParams.set('state', asked.get('state') ?? '');
      return back;
    },
    close: () => new Promise((done) => server.close(() => done())),
  };
  return provider;
}
