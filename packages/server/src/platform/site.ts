import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Endpoint } from '@fangang/domain/basics/api.ts';
import serveStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { answerUnknown } from './edge.ts';
import { refuseWith } from './problem.ts';

/** The built pages; every address that is no file opens the application, whose router knows it. Nothing built: no such page. */
export async function servePages(
  app: FastifyInstance,
  dist: string,
  declared: readonly Pick<Endpoint, 'method' | 'path'>[],
): Promise<void> {
  if (existsSync(dist)) {
    await app.register(serveStatic, {
      root: join(dist, 'assets'),
      prefix: '/assets/',
      immutable: true,
      maxAge: '365d',
      index: false,
    });
  }
  app.get('/icon.svg', (_request, reply) => {
    const icon = join(dist, 'icon.svg');
    if (!existsSync(icon)) return refuseWith(reply, { code: 'basics.not_found' });
    return reply.header('content-type', 'image/svg+xml').send(readFileSync(icon));
  });
  answerUnknown(app, declared, (request, reply) => {
    const isPage =
      (request.method === 'GET' || request.method === 'HEAD') && !/^\/(api|assets)(\/|$)/.test(request.url);
    return isPage ? page(reply, dist) : refuseWith(reply, { code: 'basics.not_found' });
  });
}

/** The application's page with a policy that permits its own scripts and, by a nonce, the styles made at run time. */
function page(reply: FastifyReply, dist: string): FastifyReply {
  const shell = join(dist, 'index.html');
  if (!existsSync(shell)) return refuseWith(reply, { code: 'basics.not_found' });
  const nonce = randomBytes(16).toString('base64');
  const html = readFileSync(shell, 'utf8').replace('__CSP_NONCE__', nonce);
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
