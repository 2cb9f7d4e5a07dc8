import { expect, it } from 'vitest';
import { nextPath } from './next-path.ts';

it('goes on to a path of our own, and to the workbench instead of anywhere else', () => {
  expect(nextPath('/people?page=2')).toBe('/people?page=2');
  for (const foreign of [
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    'javascript:alert(1)',
    'data:text/html,x',
    'people',
    '',
    undefined,
  ]) {
    expect(nextPath(foreign), String(foreign)).toBe('/workbench');
  }
});
