import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import serveStatic from '@fastify/static';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { routes as figuresRoutes } from './figures/routes.ts';
import { routes as officesRoutes } from './offices/routes.ts';
import { installationRoutes } from './offices/routes-installation.ts';
import { askerOfRequest } from './offices/sessions.ts';
import { routes as peopleRoutes } from './people/routes.ts';
import { mount, type Route } from './platform/http.ts';
import { newId } from './platform/ids.ts';
import type { Task } from './platform/queue.ts';
import { type Services, within } from './platform/services.ts';
import { planTasks } from './trips/planning.ts';
import { routes as tripsRoutes } from './trips/routes.ts';
import { routes as doorRoutes } from './trips/routes-door.ts';
import { routes as paperRoutes } from './trips/routes-papers.ts';
import { routes as travelRoutes } from './trips/routes-people.ts';
import { routes as planningRoutes } from './trips/routes-planning.ts';
import { ticketRoutes } from './trips/routes-ticket.ts';

/** Bytes of the largest roster taken. */
const MOST_UPLOAD = 20 * 1024 * 1024;

const here = dirname(fileURLToPath(import.meta.url));
export const WEB_DIST = join(here, '../../web/dist');
const DISTRICT_MAP = join(here, '../../../data/places/districts.geo.json');

const ROUTES: readonly Route[] = [
  ...officesRoutes,
  ...installationRoutes,
  ...peopleRoutes,
  ...travelRoutes,
  ...tripsRoutes,
  ...planningRoutes,
  ...doorRoutes,
  ...paperRoutes,
  ...figuresRoutes,
];

/** What runs in the background: each task gets ids and looks its rights up anew. */
export function tasksOf(services: Services): Record<string, Task> {
  return Object.fromEntries(
    Object.entries(planTasks).map(([name, task]) => [name, (payload) => task(payload, services)]),
  );
}

/** Puts the rooms together: routes, pages, map, health. Listens nowhere by itself. */
export async function makeApp(services: Services): Promise<FastifyInstance> {
  const app = Fastify({ logger: false, bodyLimit: 1024 * 1024, genReqId: newId, trustProxy: false });
  await app.register(cookie);
  await app.register(multipart, { limits: { fileSize: MOST_UPLOAD, files: 1, fields: 20 } });
  guard(app, services);
  app.get('/healthz', async () => {
    await within(services, { kind: 'open' }, async () => undefined);
    return { ok: true };
  });
  app.get('/maps/districts.geo.json', (_request, reply) =>
    reply
      .header('content-type', 'application/geo+json')
      .header('cache-control', 'max-age=86400')
      .send(districtMap()),
  );
  mount(app, services, ROUTES, (request) => askerOfRequest(services, request));
  ticketRoutes(app, services);
  await servePages(app);
  return app;
}

let keptMap: Buffer | undefined;
function districtMap(): Buffer {
  keptMap ??= readFileSync(DISTRICT_MAP);
  return keptMap;
}

/** Headers of every answer, and the one place where a fault is logged and told to nobody. */
function guard(app: FastifyInstance, services: Services): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({
      'x-request-id': request.id,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
    });
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store');
  });
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) services.log.error({ request: request.id, err: error }, 'a request failed');
    const code = status >= 500 ? 'basics.fault' : 'basics.bad_input';
    return problem(reply, status, code, request);
  });
}

function problem(reply: FastifyReply, status: number, code: string, request: FastifyRequest): FastifyReply {
  return reply
    .code(status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify({ status, code, facts: {}, requestId: request.id }));
}

/** The built pages; every address that is no file opens the application, whose router knows it. */
async function servePages(app: FastifyInstance): Promise<void> {
  if (existsSync(WEB_DIST)) {
    await app.register(serveStatic, {
      root: join(WEB_DIST, 'assets'),
      prefix: '/assets/',
      immutable: true,
      maxAge: '365d',
      index: false,
    });
  }
  app.get('/icon.svg', (_request, reply) =>
    reply.header('content-type', 'image/svg+xml').send(readFileSync(join(WEB_DIST, 'icon.svg'))),
  );
  app.setNotFoundHandler((request, reply) => {
    const isPage =
      request.method === 'GET' && !request.url.startsWith('/api/') && !request.url.startsWith('/assets/');
    return isPage ? page(reply) : problem(reply, 404, 'basics.not_found', request);
  });
}

/** The application's page with a policy that permits its own scripts and, by a nonce, the styles made at run time. */
function page(reply: FastifyReply): FastifyReply {
  const nonce = randomBytes(16).toString('base64');
  const html = readFileSync(join(WEB_DIST, 'index.html'), 'utf8').replace('__CSP_NONCE__', nonce);
  const policy = [
    "default-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval'",
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
  ].join('; ');
  return reply
    .code(200)
    .headers({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'cache-control': 'no-store',
    })
    .send(html);
}
