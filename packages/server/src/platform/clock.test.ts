import { describe, expect, it } from 'vitest';
import { clockAt, shanghaiIso } from './clock.ts';

const wall = new Date('2026-01-05T03:00:10.500Z');

describe("the city's clock", () => {
  it('is the wall without a row, and in mode real', () => {
    const real = { now: '2026-01-05T11:00:10.500+08:00', sample: false, mode: 'real', speed: 1 };
    expect(clockAt(undefined, wall)).toEqual(real);
    expect(clockAt({ mode: 'real', at: null, speed: 0, since: null }, wall)).toEqual(real);
  });

  it('stands at its moment whatever the wall shows', () => {
    const row = { mode: 'stands', at: '2022-02-11T08:00:00+08:00', speed: 0, since: null } as const;
    expect(clockAt(row, wall)).toMatchObject({ now: '2022-02-11T08:00:00+08:00', sample: true });
  });

  it('plays from its moment at its speed', () => {
    const row = {
      mode: 'plays',
      at: '2022-02-11T08:00:00+08:00',
      speed: 60,
      since: '2026-01-05T11:00:00+08:00',
    } as const;
    expect(clockAt(row, wall)).toMatchObject({ now: '2022-02-11T08:10:30+08:00', sample: true, speed: 60 });
  });
});

it('writes a moment with +08:00, over the end of the day too', () => {
  expect(shanghaiIso(new Date('2021-12-31T16:00:00Z'))).toBe('2022-01-01T00:00:00+08:00');
});
