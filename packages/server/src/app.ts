import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findPeople, readPerson } from '@fangang/domain/people/api.ts';
import { listArrivals, listTrips, readGate, readTrip } from '@fangang/domain/trips/api.ts';
import { listPeople, searchPeople } from '@fangang/domain/trips/api-people.ts';
import type { FastifyInstance } from 'fastify';
import { routes as figuresRoutes } from './figures/routes.ts';
import { routes as officesRoutes } from './offices/routes.ts';
import { auditRoutes } from './offices/routes-audit.ts';
import { installationRoutes } from './offices/routes-installation.ts';
import { askerOfRequest, type FieldRights } from './offices/sessions.ts';
import { climbTasks } from './people/climbing.ts';
import { duplicateTasks } from './people/duplicate-jobs.ts';
import { routes as peopleRoutes } from './people/routes.ts';
import { API_PAGES, apiRoutes } from './platform/api-routes.ts';
import { auditTasks } from './platform/audit-seal.ts';
import { countPages, type Defence, inTurnOf, makeDefence } from './platform/defence.ts';
import { type EdgeOptions, openEdge } from './platform/edge.ts';
import type { Route } from './platform/http.ts';
import { mount } from './platform/mount.ts';
import { openapiOf } from './platform/openapi.ts';
import type { Task } from './platform/queue.ts';
import { checkNothingHidden, checkRoutes, type PlainRoute } from './platform/route-check.ts';
import { type Services, within } from './platform/services.ts';
import { servePages } from './platform/site.ts';
import { planTasks } from './trips/planning.ts';
import { routes as tripsRoutes } from './trips/routes.ts';
import { routes as doorRoutes } from './trips/routes-door.ts';
import { routes as paperRoutes } from './trips/routes-papers.ts';
import { routes as travelRoutes } from './trips/routes-people.ts';
import { routes as planningRoutes } from './trips/routes-planning.ts';
import { TICKET_PAGES, ticketRoutes } from './trips/routes-ticket.ts';
import { DIFFICULTY_PAGES, ticketDifficultyRoutes } from './trips/routes-ticket-difficulty.ts';

const ABOUT = {
  title: 'Fangang 返岗通',
  version: '0.1.0',
  description: 'Point-to-point return-to-work transport for public employment services.',
};

const here = dirname(fileURLToPath(import.meta.url));
export const WEB_DIST = join(here, '../../web/dist');
const DISTRICT_MAP = join(here, '../../../data/places/districts.geo.json');

const ROUTES: readonly Route[] = [
  ...officesRoutes,
  ...installationRoutes,
  ...auditRoutes,
  ...peopleRoutes,
  ...travelRoutes,
  ...tripsRoutes,
  ...planningRoutes,
  ...doorRoutes,
  ...paperRoutes,
  ...figuresRoutes,
];

const file = (name: string, path: string, gives: string, resource: string): PlainRoute => ({
  name,
  method: 'GET',
  path,
  callers: ['anyone'],
  access: { resource, action: 'read', scope: 'open' },
  gives,
});

/** What is served beside the interface; the application's page answers every other address. */
const PAGES: readonly PlainRoute[] = [
  file('house.health', '/healthz', 'application/json', 'health'),
  file('house.districtMap', '/maps/districts.geo.json', 'application/geo+json', 'area'),
  file('house.icon', '/icon.svg', 'image/svg+xml', 'page'),
  file('house.assets', '/assets/*', 'text/javascript', 'page'),
  ...API_PAGES,
  ...TICKET_PAGES,
  ...DIFFICULTY_PAGES,
];
/** What the token of a field phone opens, by the role of its owner: doors and gates, and to a labor broker the own ledger. */
const AT_DOORS = ['escort', 'dispatcher', 'townOfficer', 'districtOfficer', 'employer'];
export const FIELD: FieldRights = new Map(
  [
    ...[...doorRoutes.map((it) => it.endpoint), listTrips, readTrip, readGate, listArrivals].map(
      (it) => [it, AT_DOORS] as const,
    ),
    ...[listPeople, searchPeople, findPeople, readPerson].map((it) => [it, ['laborBroker']] as const),
  ].map(([it, roles]) => [`${it.method} ${it.path}`, roles]),
);

/** What runs in the background: each task gets ids and looks its rights up anew. */
export function tasksOf(services: Services): Record<string, Task> {
  return Object.fromEntries(
    Object.entries({ ...planTasks, ...auditTasks, ...climbTasks, ...duplicateTasks }).map(([name, task]) => [
      name,
      (payload) => task(payload, services),
    ]),
  );
}

export interface AppOptions extends EdgeOptions {
  /** Rates and turns; the product's own unless told. `null` lets everybody ask as much as they like. */
  readonly defence?: Defence | null;
}

/** Puts the rooms together: routes, pages, map, health. Listens nowhere by itself. */
export async function makeApp(services: Services, options: AppOptions = {}): Promise<FastifyInstance> {
  const { defence = makeDefence() } = options;
  const app = await openEdge(services, options);
  const endpoints = ROUTES.map((it) => it.endpoint);
  const declared = [...endpoints, ...PAGES];
  openOnlyDeclared(app, declared);
  if (defence) countPages(app, defence);
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
  mount(app, services, ROUTES, (request) => askerOfRequest(services, request, FIELD), defence ?? undefined);
  ticketRoutes(app, services, inTurnOf(defence));
  ticketDifficultyRoutes(app, services, inTurnOf(defence));
  apiRoutes(app, openapiOf(ABOUT, endpoints, PAGES));
  await servePages(app, WEB_DIST, declared);
  return app;
}

/** A route without a declaration, or declared twice, keeps the house shut. */
function openOnlyDeclared(app: FastifyInstance, declared: Parameters<typeof checkRoutes>[0]): void {
  checkRoutes(declared);
  const mounted: { method: string; path: string }[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) mounted.push({ method: one, path: url });
  });
  app.addHook('onReady', async () => checkNothingHidden(mounted, declared));
}

let keptMap: Buffer | undefined;
function districtMap(): Buffer {
  keptMap ??= readFileSync(DISTRICT_MAP);
  return keptMap;
}
