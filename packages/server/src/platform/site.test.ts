import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEdge } from './edge.ts';
import { servePages } from './site.ts';

const SECRET = 'a file beside the pages';
let root: string;
let app: FastifyInstance;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'site-'));
  const dist = join(root, 'dist');
  mkdirSync(join(dist, 'assets'), { recursive: true });
  mkdirSync(join(root, '.git'));
  writeFileSync(
    join(dist, 'index.html'),
    '<meta name="csp-nonce" content="__CSP_NONCE__"><div id="root"></div>',
  );
  writeFileSync(join(dist, 'assets/a.js'), 'void 0;');
  for (const name of ['.env', '.git/HEAD', 'dist/.git', 'package.json', 'dist/secret.txt'])
    writeFileSync(join(root, name), SECRET);
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  app = await openEdge({ log });
  await servePages(app, dist, []);
});
afterAll(async () => {
  await app.close();
  rmSync(root, { recursive: true, force: true });
});

describe('the application’s page', () => {
  it('runs its own scripts only, is in no frame and no cache, and sends nothing elsewhere', async () => {
    const [one, two] = [await app.inject('/'), await app.inject('/people/anybody')];
    for (const { headers } of [one, two]) {
      const policy = String(headers['content-security-policy']);
      for (const part of [
        "default-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
      ])
        expect(policy.split('; ')).toContain(part);
      expect(policy).toMatch(/script-src 'self' 'wasm-unsafe-eval';/);
      expect(policy).not.toMatch(/script-src[^;]*unsafe-inline|https?:|\*/);
      expect(headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      });
    }
    const nonces = [one, two].map((it) => /content="([^"]{20,})"/.exec(it.body)?.[1]);
    expect(nonces[0]).not.toBe(nonces[1]);
    expect(one.headers['content-security-policy']).toContain(`'nonce-${nonces[0]}'`);
  });

  it('is all there is beside its assets: no folder, no list, no file around them', async () => {
    expect((await app.inject('/assets/a.js')).headers['content-type']).toMatch(
      /^(text|application)\/javascript; charset=utf-8$/,
    );
    const paths = [
      '/assets',
      '/assets/',
      '/assets/../index.html',
      '/assets/..%2fsecret.txt',
      '/assets/%2e%2e/%2e%2e/package.json',
      '/assets/..\\..\\.env',
      '/assets/.git',
    ];
    for (const path of paths) {
      const answer = await app.inject(path);
      expect([path, answer.body.includes(SECRET), answer.body.includes('a.js')]).toEqual([
        path,
        false,
        false,
      ]);
      expect(answer.headers['content-type'], path).not.toContain('javascript');
    }
    for (const path of ['/.git/HEAD', '/.env', '/package.json', '/secret.txt', '/dist/', '//etc/passwd']) {
      const answer = await app.inject(path);
      expect([path, answer.body.includes(SECRET), answer.body.includes('root:')]).toEqual([
        path,
        false,
        false,
      ]);
    }
  });
});
