import { endpoint } from '@fangang/domain/basics/api.ts';
import Fastify from 'fastify';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { route } from './http.ts';
import { mount } from './mount.ts';
import { checkNothingHidden, checkRoutes } from './route-check.ts';

const sound = endpoint({
  name: 'trips.readTrip',
  method: 'GET',
  path: '/api/trips/:tripId',
  params: z.object({ tripId: z.uuid() }),
  reply: z.object({}),
  callers: ['escort'],
  access: { resource: 'trip', action: 'read', scope: ['area', 'employer'] },
});

it('lets sound routes pass', () => {
  expect(() => checkRoutes([sound, { ...sound, name: 'trips.other', path: '/api/other' }])).not.toThrow();
});

it.each([
  ['no access', { access: undefined }, /says no access/],
  ['no callers', { callers: [] }, /says no callers/],
  ['an unknown action', { access: { ...sound.access, action: 'peek' } }, /action is unknown/],
  ['an unknown scope', { access: { ...sound.access, scope: 'all' } }, /scope is unknown/],
  ['an empty scope', { access: { ...sound.access, scope: [] } }, /scope is unknown/],
  ['no resource', { access: { ...sound.access, resource: '' } }, /resource is no noun/],
])('refuses a route with %s', (_what, change, said) => {
  expect(() => checkRoutes([{ ...sound, ...change } as never])).toThrow(said);
});

it('refuses a name or a path that is taken', () => {
  const other = { ...sound, path: '/api/elsewhere' };
  expect(() => checkRoutes([sound, other])).toThrow(/trips.readTrip: the name is taken twice/);
  const same = { ...sound, name: 'trips.again', path: '/api/trips/:id' };
  expect(() => checkRoutes([sound, same])).toThrow(/GET \/api\/trips\/:: the path is taken twice/);
});

it('refuses what the framework serves and nobody has declared, but lets a HEAD come along', () => {
  const mounted = [
    { method: 'GET', path: '/api/trips/:tripId' },
    { method: 'HEAD', path: '/api/trips/:tripId' },
  ];
  expect(() => checkNothingHidden(mounted, [sound])).not.toThrow();
  expect(() => checkNothingHidden([...mounted, { method: 'GET', path: '/debug' }], [sound])).toThrow(
    /nobody has declared: GET \/debug/,
  );
});

it('mounts no route without access', () => {
  const bare = { ...sound, access: undefined } as unknown as typeof sound;
  const routes = [route(bare, async () => ({ ok: true, value: {} }))];
  expect(() => mount(Fastify(), {} as never, routes, async () => null)).toThrow(/says no access/);
});
