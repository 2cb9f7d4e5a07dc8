import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { apiPage } from './api-page.ts';
import { languageOf } from './http.ts';
import type { PlainRoute } from './route-check.ts';

export const API_PAGES: readonly PlainRoute[] = [
  {
    name: 'house.openapi',
    method: 'GET',
    path: '/openapi.json',
    callers: ['anyone'],
    access: { resource: 'interface', action: 'read', scope: 'open' },
    gives: 'application/json',
  },
  {
    name: 'house.docs',
    method: 'GET',
    path: '/docs',
    callers: ['anyone'],
    access: { resource: 'interface', action: 'read', scope: 'open' },
    gives: 'text/html',
  },
];

/** The interface for machines and for people. It is no secret: the source is open, and names of routes guard nothing. */
export function apiRoutes(app: FastifyInstance, document: Record<string, unknown>): void {
  const json = JSON.stringify(document);
  app.get('/openapi.json', (_request, reply) =>
    reply.header('content-type', 'application/json; charset=utf-8').send(json),
  );
  app.get('/docs', (request, reply) => {
    const nonce = randomBytes(16).toString('base64');
    return reply
      .headers({
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': `default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      })
      .send(apiPage(document, languageOf(request), nonce));
  });
}
