import { expect, it } from 'vitest';
import { festivalNear } from './spring-festival.ts';

it.each([
  ['2022-01-03', '2022-02-01'],
  ['2022-02-11', '2022-02-01'],
  ['2022-03-29', '2022-02-01'],
  ['2022-03-30', '2023-01-22'],
  ['2025-11-24', '2026-02-17'],
  ['2026-11-25', '2027-02-06'],
  ['2033-01-01', '2033-01-31'],
  ['2034-01-01', '2034-02-19'],
  ['2051-01-01', null],
])('on %s the season is that of the festival of %s', (day, festival) => {
  expect(festivalNear(day)).toBe(festival);
});
