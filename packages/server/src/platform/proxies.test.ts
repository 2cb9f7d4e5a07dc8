import { expect, it } from 'vitest';
import { proxiesSet } from './proxies.ts';

it('are named by address or network, and none unless told', () => {
  expect(proxiesSet('')).toEqual([]);
  expect(proxiesSet('127.0.0.1, 10.0.0.0/8,fd00::/8')).toEqual(['127.0.0.1', '10.0.0.0/8', 'fd00::/8']);
});

it.each(['everybody', '10.0.0.0/33', '127.0.0.1/8/8', '10.0.0', 'true', '127.0.0.1;10.0.0.1'])(
  'are not “%s”',
  (text) => {
    expect(() => proxiesSet(text)).toThrow(/is no address/);
  },
);
