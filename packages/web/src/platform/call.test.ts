import { endpoint } from '@fangang/domain/basics/api.ts';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { addressOf, call, Fault, newKey, onSignedOut } from './call.ts';

const readTrip = endpoint({
  name: 'trips.readTrip',
  method: 'GET',
  path: '/api/trips/:tripId',
  callers: ['signedIn'],
  access: { resource: 'trip', action: 'read', scope: 'area' },
  params: z.object({ tripId: z.string() }),
  query: z.object({ day: z.array(z.string()).optional(), all: z.boolean().optional() }),
  reply: z.object({ id: z.string() }),
});
const openPage = endpoint({
  name: 'figures.read',
  method: 'GET',
  path: '/api/figures',
  callers: ['anyone'],
  access: { resource: 'figure', action: 'read', scope: 'open' },
  reply: z.object({}),
});

function answering(status: number, body: unknown, headers: Record<string, string> = {}): void {
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify(body), { status, headers }));
}

afterEach(() => vi.unstubAllGlobals());

describe('calling the server', () => {
  it('fills parameters and query into the address and escapes them', () => {
    expect(
      addressOf(readTrip, { params: { tripId: 'a/b' }, query: { day: ['2022-02-12', '2022-02-13'] } }),
    ).toBe('/api/trips/a%2Fb?day=2022-02-12&day=2022-02-13');
  });

  it('gives a refusal with its facts', async () => {
    answering(409, { code: 'trips.seat_sold', facts: { seat: 12 } });
    expect(await call(readTrip, { params: { tripId: 'x' } })).toEqual({
      ok: false,
      refusal: { code: 'trips.seat_sold', facts: { seat: 12 } },
    });
  });

  it('throws a fault with the number of the log for a crash, and for an answer that is not ours', async () => {
    answering(500, {}, { 'x-request-id': 'r-7' });
    await expect(call(openPage)).rejects.toMatchObject({ status: 500, requestId: 'r-7' });
    vi.stubGlobal('fetch', async () => new Response('<html>proxy</html>', { status: 407 }));
    await expect(call(openPage)).rejects.toBeInstanceOf(Fault);
  });

  it('throws an unreachable fault without a network', async () => {
    vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('failed to fetch')));
    await expect(call(openPage)).rejects.toMatchObject({ status: 0 });
  });

  it('opens the sign-in page when a session has ended, but not from pages that need none', async () => {
    const opened = vi.fn();
    onSignedOut(opened);
    answering(401, { code: 'basics.not_signed_in' });
    await call(openPage);
    expect(opened).not.toHaveBeenCalled();
    await call(readTrip, { params: { tripId: 'x' } });
    expect(opened).toHaveBeenCalledOnce();
  });

  it('makes keys also where there is no secure context', () => {
    const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    expect(newKey()).toMatch(uuid);
    const random = vi.fn((bytes: Uint8Array) => bytes.fill(255));
    vi.stubGlobal('crypto', { getRandomValues: random });
    expect(newKey()).toMatch(uuid);
    expect(random).toHaveBeenCalled();
  });
});
