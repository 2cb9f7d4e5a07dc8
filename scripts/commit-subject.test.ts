import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { LONGEST, PLACES, subjectFault, subjectOf } from './commit-subject.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'fangang-subject-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the subject of a commit', () => {
  it.each([
    'trips: a seat is sold once, however many ask',
    'house: workspaces, strict TypeScript and the result of a rule',
    'docs: why 返岗通 knows no microservice',
    `web: ${'x'.repeat(LONGEST - 5)}`,
  ])('may be "%s"', (subject) => {
    expect(subjectFault(subject)).toBeUndefined();
  });

  it.each([
    [`web: ${'x'.repeat(LONGEST - 4)}`, /66 characters/],
    [`web: ${'字'.repeat(61)}`, /66 characters/],
    ['boards people', /form/],
    ['trips:boards people', /form/],
    ['bus: boards people', /no room/],
    ['Trips: boards people', /no room/],
    ['trips, web: boards people', /no room/],
    ['trips: ', /says nothing/],
    ['trips:  boards people', /spaces/],
    ['trips: boards people.', /full stop/],
    ['', /form/],
  ])('may not be "%s"', (subject, fault) => {
    expect(subjectFault(subject)).toMatch(fault);
  });

  it('is the first line that git does not comment', () => {
    expect(subjectOf('\n# a comment\ntrips: boards people\n\nWhy.\n')).toBe('trips: boards people');
    expect(subjectOf('')).toBe('');
  });

  it('knows every room of the plan and every floor', () => {
    const { forbidden } = createRequire(import.meta.url)('../.dependency-cruiser.cjs');
    const rooms = forbidden.flatMap(
      (rule: { name: string }) => /^(.+)-looks-back-only$/.exec(rule.name)?.[1] ?? [],
    );
    expect(rooms.length).toBeGreaterThan(5);
    expect(PLACES).toEqual(
      expect.arrayContaining([...rooms, 'figures', ...readdirSync(join(here, '../packages'))]),
    );
  });
});

describe('the hook', () => {
  const run = (message: string) => {
    const file = join(folder, 'message');
    writeFileSync(file, message);
    return spawnSync(join(here, 'hooks/commit-msg'), [file], { cwd: here, encoding: 'utf8' });
  };

  // A bare copy of the files without .git has no hooks either.
  const inRepository = spawnSync('git', ['rev-parse'], { cwd: here }).status === 0;

  it.runIf(inRepository)('lets a good message pass', () => {
    expect(run('trips: boards people\n\nBecause they wait.\n').status).toBe(0);
    expect(run("Merge branch 'snow'\n").status).toBe(0);
  });

  it.runIf(inRepository)('stops a bad one and says why', () => {
    const { status, stderr } = run('fixed things\n');
    expect(status).toBe(1);
    expect(stderr).toMatch(/room: what it now does/);
  });
});
