import { expect, it } from 'vitest';
import { nextPath } from './next-path.ts';

it('goes on to a path of our own, and to the workbench instead of anywhere else', () => {
  expect(nextPath('/people?find=x')).toBe('/people?find=x');
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
