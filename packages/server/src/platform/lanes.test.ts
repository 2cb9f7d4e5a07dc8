import type { Access } from '@fangang/domain/basics/api.ts';
import { expect, it } from 'vitest';
import { makeDefence } from './defence.ts';
import { ACCOUNT_RATES, ADDRESS_RATES, laneOf, makeBuckets, makeTurns, type Rates } from './lanes.ts';

const FEW: Rates = { ...ACCOUNT_RATES, read: { burst: 3, perSecond: 0.5 } };
const access = (resource: string, action: Access['action']): Access => ({ resource, action, scope: 'area' });

it('lets as many through as the bucket holds, and tells how long to wait', () => {
  let now = 0;
  const buckets = makeBuckets(FEW, () => now);
  expect([1, 2, 3, 4].map(() => buckets.take('read', 'a'))).toEqual([0, 0, 0, 2]);
  expect(buckets.take('read', 'b')).toBe(0);
  now = 2_000;
  expect([1, 2].map(() => buckets.take('read', 'a'))).toEqual([0, 2]);
});

it('counts the door apart from everything else', () => {
  const buckets = makeBuckets(FEW, () => 0);
  for (let i = 0; i < 50; i += 1) buckets.take('read', 'a');
  expect(buckets.take('read', 'a')).toBeGreaterThan(0);
  expect(buckets.take('door', 'a')).toBe(0);
});

it('counts an address that is elsewhere, and never this machine', () => {
  const defence = makeDefence({ account: FEW, address: FEW }, () => 0);
  const asked = (address: string) => [1, 2, 3, 4].map(() => defence.ofAddress('read', address)?.code ?? null);
  expect(asked('203.0.113.7')).toEqual([null, null, null, 'basics.too_many']);
  expect(asked('127.0.0.1')).toEqual([null, null, null, null]);
  expect(asked('::ffff:127.0.0.1')).toEqual([null, null, null, null]);
});

it('counts a network of IPv6 as one address', () => {
  const defence = makeDefence({ account: FEW, address: FEW }, () => 0);
  for (const last of [1, 2, 3]) defence.ofAddress('read', `2001:db8:1:2:0:0:0:${last}`);
  expect(defence.ofAddress('read', '2001:db8:1:2:0:0:0:4')).not.toBeNull();
  expect(defence.ofAddress('read', '2001:db8:1:3:0:0:0:1')).toBeNull();
});

it('puts every step at the vehicle door into the lane of the door', () => {
  expect(laneOf({ method: 'POST', access: access('boarding', 'write') })).toBe('door');
  expect(laneOf({ method: 'GET', access: access('boarding', 'read') })).toBe('door');
  expect(laneOf({ method: 'POST', access: access('session', 'signIn') })).toBe('signIn');
  expect(laneOf({ method: 'GET', access: access('person', 'reveal') })).toBe('reveal');
  expect(laneOf({ method: 'GET', file: 'down', access: access('manifest', 'export') })).toBe('heavy');
  expect(laneOf({ method: 'POST', access: access('wish', 'write') })).toBe('write');
});

it('holds normal work: a door with a scanner and a clerk at full speed never meet a limit', () => {
  let now = 0;
  const buckets = makeBuckets(ACCOUNT_RATES, () => now);
  for (let second = 0; second < 600; second += 1, now += 1_000) {
    for (let i = 0; i < 10; i += 1) {
      expect(buckets.take('read', 'clerk') + buckets.take('write', 'clerk')).toBe(0);
      expect(buckets.take('door', 'escort')).toBe(0);
    }
  }
  expect(Object.keys(ADDRESS_RATES)).toEqual(Object.keys(ACCOUNT_RATES));
});

it('runs a few at once and the others in their order, and the door beside them', async () => {
  const turns = makeTurns({ read: 2 }, 10);
  const opens: (() => void)[] = [];
  const began: number[] = [];
  const work = (n: number) => () =>
    new Promise<number>((done) => {
      began.push(n);
      opens.push(() => done(n));
    });
  const all = [1, 2, 3, 4].map((n) => turns.take('read', work(n)));
  const door = turns.take('door', async () => 'through');
  expect(await door).toBe('through');
  expect(began).toEqual([1, 2]);
  for (let i = 0; i < 4; i += 1) {
    opens[i]?.();
    await all[i];
    await Promise.resolve();
  }
  expect(await Promise.all(all)).toEqual([1, 2, 3, 4]);
  expect(began).toEqual([1, 2, 3, 4]);
});

it('turns away who would wait too long, and goes on after a failure', async () => {
  const turns = makeTurns({ read: 1 }, 1);
  let open: () => void = () => undefined;
  const first = turns.take(
    'read',
    () =>
      new Promise<void>((done) => {
        open = done;
      }),
  );
  const second = turns.take('read', () => Promise.reject(new Error('broken')));
  expect(await turns.take('read', async () => 'never')).toBeUndefined();
  open();
  await first;
  await expect(second).rejects.toThrow('broken');
  expect(await turns.take('read', async () => 'again')).toBe('again');
});
