import { describe, expect, it } from 'vitest';
import { closeCollision } from './rules-collision.ts';

const pair = { firstId: 'a', secondId: 'b' };

describe('a collision', () => {
  it('leaves the person with one of the two', () => {
    expect(closeCollision(pair, { how: 'transfer', keepId: 'b' })).toEqual({
      ok: true,
      value: { kept: 'b', gone: 'a' },
    });
    for (const keepId of [undefined, 'c']) {
      expect(closeCollision(pair, { how: 'transfer', keepId })).toMatchObject({ ok: false });
    }
  });

  it('or leaves both as they are', () => {
    expect(closeCollision(pair, { how: 'bothRight' })).toEqual({
      ok: true,
      value: { kept: null, gone: null },
    });
  });
});
