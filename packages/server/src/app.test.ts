import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeApp } from './app.ts';
import { type TestHouse, testHouse } from './offices/testing.ts';

type App = Awaited<ReturnType<typeof makeApp>>;
type Operation = Record<string, unknown> & { responses: Record<string, unknown> };

let house: TestHouse;
let app: App;
let operations: (Operation & { door: string })[];

beforeAll(async () => {
  house = await testHouse([]);
  app = await makeApp(house.services);
  const document = (await app.inject({ url: '/openapi.json' })).json() as {
    paths: Record<string, Record<string, Operation>>;
  };
  operations = Object.entries(document.paths).flatMap(([path, them]) =>
    Object.entries(them).map(([method, it]) => ({ ...it, door: `${method.toUpperCase()} ${path}` })),
  );
});
afterAll(async () => {
  await app.close();
  await house.close();
});

it('opens: every route says its name, its callers and what it does to which rows', () => {
  expect(operations.length).toBeGreaterThan(50);
  for (const it of operations) {
    expect(it['x-name'], it.door).toMatch(/^[a-z]+\.[a-zA-Z]+$/);
    expect(it['x-callers'], it.door).not.toHaveLength(0);
    expect(it['x-access'], it.door).toMatchObject({
      resource: expect.any(String),
      action: expect.any(String),
      scope: expect.any(Array),
    });
  }
});

it('does not open with a route that nobody has declared', async () => {
  const other = await makeApp(house.services);
  other.get('/api/debug', async () => ({}));
  await expect(other.ready()).rejects.toThrow(/nobody has declared: GET \/api\/debug/);
});

it('tells what files a route takes and gives, and the pages beside the interface', () => {
  const by = new Map(operations.map((it) => [it['x-name'], it]));
  expect(by.get('people.uploadRoster')).toMatchObject({
    'x-file': 'up',
    requestBody: { content: { 'multipart/form-data': { schema: { required: ['season', 'area', 'file'] } } } },
  });
  expect(by.get('trips.manifestXlsx')).toMatchObject({ 'x-file': 'down' });
  expect(by.get('trips.ticketPage')).toMatchObject({
    'x-plain': true,
    'x-access': { resource: 'ticket', action: 'read', scope: ['link'] },
  });
  expect(by.has('house.health')).toBe(true);
});

it('shows the interface as a page without script, in both languages', async () => {
  const page = await app.inject({ url: '/docs', headers: { 'x-language': 'zh' } });
  expect(page.body).toContain('people.uploadRoster');
  expect(page.body).toContain('谁可以调用');
  expect(page.body).not.toContain('<script');
  expect(page.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'nonce-/);
  const english = await app.inject({ url: '/docs', headers: { 'x-language': 'en' } });
  expect(english.body).toContain('Who may call');
});
