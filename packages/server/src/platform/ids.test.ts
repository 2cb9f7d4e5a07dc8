import { expect, it } from 'vitest';
import { newId, shortCode } from './ids.ts';

it('gives ids that rise strictly, a hundred thousand in a row', () => {
  const ids = Array.from({ length: 100_000 }, newId);
  expect(new Set(ids).size).toBe(ids.length);
  expect([...ids].sort()).toEqual(ids);
});

it('writes version 7 with the moment in front', () => {
  const before = Date.now();
  const id = newId();
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  const at = Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
  expect(at).toBeGreaterThanOrEqual(before);
  // The hundred thousand above may have run ahead of the clock by a part of the 4,096 each millisecond has.
  expect(at).toBeLessThanOrEqual(Math.max(Date.now(), before + Math.ceil(100_000 / 4096)));
});

it('spells short codes without letters that look like digits', () => {
  const all = Array.from({ length: 2000 }, () => shortCode()).join('');
  expect(all).toHaveLength(16_000);
  expect(all).toMatch(/^[2-9A-HJKMNP-Z]+$/);
  expect(new Set(all).size).toBe(31);
});
