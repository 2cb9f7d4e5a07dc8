import type { Socket } from 'node:net';
import type { TlsOptions } from 'node:tls';
import type { Endpoint } from '@fangang/domain/basics/api.ts';
import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
} from 'fastify';
import { isHere } from './defence.ts';
import { newId } from './ids.ts';
import { PROBLEM_TYPE, problemOf, refuseWith } from './problem.ts';
import type { Services } from './services.ts';
import { FORM_LIMITS } from './upload.ts';

/** Largest body that is no file. */
export const MOST_BODY = 1024 * 1024;
/** Sockets one address may hold open; an office of a hundred browsers has six each. */
const MOST_SOCKETS_OF_ADDRESS = 1_000;
const MOST_SOCKETS = 10_000;

/** How long the edge waits, in ms: for a whole head, a whole request (a roster over a slow line), a silent socket, the next request. */
export const PATIENCE = { head: 10_000, request: 300_000, silent: 60_000, next: 15_000, check: 2_000 };

export interface EdgeOptions {
  /** Addresses of reverse proxies whose `X-Forwarded-*` are believed; none unless told. */
  readonly proxies?: readonly string[];
  /** Certificate, key and how HTTPS is spoken; plain HTTP is answered without it, and never with it. */
  readonly tls?: TlsOptions;
  /** Nothing but `/healthz` is answered that did not come over HTTPS, here or to a named proxy. */
  readonly httpsOnly?: boolean;
}

/**
 * The server's edge without a route: limits, patience, headers, problem details and the line in the log.
 *
 * Every refusal, also of a broken request, is RFC 9457 problem details; a fault is logged once and shown to nobody.
 */
export async function openEdge(
  services: Pick<Services, 'log'>,
  { proxies = [], tls, httpsOnly = false }: EdgeOptions = {},
): Promise<FastifyInstance> {
  const app = serverOf(proxies, tls);
  app.server.maxConnections = MOST_SOCKETS;
  limitSockets(app);
  app.removeContentTypeParser('text/plain');
  await app.register(cookie);
  await app.register(multipart, { limits: FORM_LIMITS });
  app.addHook('onRequest', async (request, reply) => setHeaders(request, reply));
  if (httpsOnly) app.addHook('onRequest', refusePlain);
  app.addHook('onResponse', async (request, reply) => note(services, request, reply));
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status < 500) return refuseWith(reply, refusalOf(error));
    services.log.error({ request: request.id, route: routeOf(request), err: error }, 'a request failed');
    return refuseWith(reply, { code: 'basics.fault' });
  });
  return app;
}

function serverOf(proxies: readonly string[], tls: TlsOptions | undefined): FastifyInstance {
  const patience = {
    headersTimeout: PATIENCE.head,
    connectionsCheckingInterval: PATIENCE.check,
    maxHeaderSize: 16 * 1024,
  };
  const options: FastifyServerOptions = {
    logger: false,
    genReqId: newId,
    bodyLimit: MOST_BODY,
    trustProxy: proxies.length > 0 ? [...proxies] : false,
    requestTimeout: PATIENCE.request,
    connectionTimeout: PATIENCE.silent,
    keepAliveTimeout: PATIENCE.next,
    clientErrorHandler: refuseSocket,
    frameworkErrors: (error, request, reply) => {
      setHeaders(request, reply as FastifyReply);
      refuseWith(reply as FastifyReply, refusalOf(error));
    },
  };
  if (!tls) return Fastify({ ...options, http: patience });
  const https = { ...tls, ...patience, handshakeTimeout: PATIENCE.head };
  // Its server is asked for nothing that the one of plain HTTP has not.
  return Fastify({ ...options, https } as FastifyServerOptions);
}

/** The pattern of the route, never the address: an address holds ids and what people search for. */
function routeOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? 'none';
}

function note(services: Pick<Services, 'log'>, request: FastifyRequest, reply: FastifyReply): void {
  const facts = {
    request: request.id,
    method: request.method,
    route: routeOf(request),
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime),
  };
  services.log.info(facts, 'a request');
}

/** Says nothing, and takes nothing, over a line that others may read; whoever watches over the machine still sees that it lives. */
async function refusePlain(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
  if (request.protocol === 'https' || request.url === '/healthz') return undefined;
  return refuseWith(reply, { code: 'basics.https_only' });
}

/** Headers also of what never became a request. */
const BARE_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy':
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
};

/** Headers of every answer; a page of its own replaces the Content-Security-Policy. Source: OWASP Secure Headers, 2024. */
function setHeaders(request: FastifyRequest, reply: FastifyReply): void {
  reply.headers({
    'x-request-id': request.id,
    ...BARE_HEADERS,
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'origin-agent-cluster': '?1',
    'permissions-policy':
      'camera=(self), microphone=(), geolocation=(), payment=(), usb=(), display-capture=(), browsing-topics=()',
  });
  if (request.protocol === 'https') {
    reply.header('strict-transport-security', 'max-age=31536000; includeSubDomains');
  }
  if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store');
}

const CODE_OF_ERROR: Readonly<Record<string, `basics.${string}`>> = {
  FST_ERR_CTP_EMPTY_JSON_BODY: 'basics.bad_json',
  FST_ERR_CTP_INVALID_JSON_BODY: 'basics.bad_json',
  FST_ERR_CTP_BODY_TOO_LARGE: 'basics.too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'basics.wrong_type',
};

/** What the framework says of a request it could not read. */
function refusalOf(error: FastifyError) {
  const byStatus = { 413: 'basics.too_large', 415: 'basics.wrong_type' } as const;
  const status = error.statusCode as keyof typeof byStatus;
  return { code: CODE_OF_ERROR[error.code] ?? byStatus[status] ?? ('basics.bad_request' as const) };
}

/** Answers what never became a request: a broken head, one that is too long, one that never ended. */
function refuseSocket(error: NodeJS.ErrnoException, socket: Socket): void {
  // Where no HTTPS came about there is nobody to speak to: an old version, a weak suite, plain HTTP.
  const noHttps = /^ERR_(SSL|TLS)_/.test(error.code ?? '');
  if (noHttps || error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const code =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? 'basics.headers_too_large'
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? 'basics.too_slow'
        : 'basics.bad_request';
  const problem = problemOf({ code });
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${problem.title}`,
    `content-type: ${PROBLEM_TYPE}`,
    `content-length: ${Buffer.byteLength(body)}`,
    ...Object.entries(BARE_HEADERS).map(([name, value]) => `${name}: ${value}`),
    `x-request-id: ${newId()}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/** One address cannot hold every socket; this machine may, since all the world stands behind a proxy on it. */
function limitSockets(app: FastifyInstance): void {
  const open = new Map<string, number>();
  app.server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    if (isHere(address)) return;
    const held = (open.get(address) ?? 0) + 1;
    if (held > MOST_SOCKETS_OF_ADDRESS) return void socket.destroy();
    open.set(address, held);
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left === 0) open.delete(address);
      else open.set(address, left);
    });
  });
  app.server.on('checkExpectation', (_request, response) => {
    const body = JSON.stringify(problemOf({ code: 'basics.bad_request' }));
    response.writeHead(400, { ...BARE_HEADERS, 'content-type': PROBLEM_TYPE }).end(body);
  });
}

type Declared = Pick<Endpoint, 'method' | 'path'>;

/** Answers addresses that no route has: another method that the path knows is 405, anything else `otherwise`. */
export function answerUnknown(
  app: FastifyInstance,
  declared: readonly Declared[],
  otherwise: (request: FastifyRequest, reply: FastifyReply) => FastifyReply,
): void {
  const paths = declared
    .filter((it) => !it.path.endsWith('*'))
    .map((it) => ({ method: it.method, path: new RegExp(`^${it.path.replace(/:\w+/g, '[^/]+')}/?$`) }));
  app.setNotFoundHandler((request, reply) => {
    const [path = ''] = request.url.split('?');
    const methods = paths.filter((it) => it.path.test(path)).map((it) => it.method);
    if (methods.length === 0 || methods.includes(request.method as 'GET')) return otherwise(request, reply);
    const allow = [...new Set([...methods, ...(methods.includes('GET') ? ['HEAD'] : [])])];
    return refuseWith(reply.header('allow', allow.join(', ')), { code: 'basics.wrong_method' });
  });
}
