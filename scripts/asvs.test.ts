import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/* Holds docs/asvs.md to the list of requirements and each check it names to a test that is really there. */

const house = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(join(house, path), 'utf8');

interface Row {
  readonly id: string;
  readonly level: string;
  readonly state: string;
  readonly reason: string;
  /** `path › name of a test` */
  readonly checks: readonly string[];
}

/** Rows of the tables on the page: id, level or name, state, reason. */
function rowsOf(page: string): Row[] {
  return page
    .split('\n')
    .filter((line) => /^\| (V\d|8\.1\.)/.test(line))
    .map((line) => {
      const [, id = '', level = '', state = '', reason = ''] = line.split(/(?<!\\)\|/).map((it) => it.trim());
      const checks = [...reason.matchAll(/`([^`]+ › [^`]+)`/g)].map(([, it]) => it ?? '');
      return { id: id.startsWith('V') ? (id.split(' ')[0] ?? '') : id, level, state, reason, checks };
    });
}

function isTest(callee: ts.Expression): boolean {
  if (ts.isIdentifier(callee)) return ['it', 'test', 'browserTest'].includes(callee.text);
  if (ts.isCallExpression(callee) || ts.isPropertyAccessExpression(callee)) return isTest(callee.expression);
  return false;
}

/** Names of the tests in a source: first texts of `it(…)`, `it.each(…)(…)`, `it.runIf(…)(…)`, `browserTest(…)`. */
function namesOf(file: string, text: string): Set<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isTest(node.expression)) {
      const [name] = node.arguments;
      if (name && ts.isStringLiteralLike(name)) names.add(name.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return names;
}

const known = new Map<string, Set<string>>();

/** What is wrong with a row; empty where all is well. */
function faultsOf({ id, state, reason, checks }: Row): string[] {
  if (!['checked', 'not applicable', 'open'].includes(state)) return [`${id}: no state ${state}`];
  if (state !== 'checked') return reason.length >= 8 ? [] : [`${id}: no reason`];
  if (checks.length === 0) return [`${id}: names no test`];
  return checks.flatMap((check) => {
    const [path = '', name = ''] = check.split(' › ');
    if (!/[.]test[.]tsx?$/.test(path) || !existsSync(join(house, path))) return [`${id}: no file ${path}`];
    const names = known.get(path) ?? namesOf(path, read(path));
    known.set(path, names);
    return names.has(name) ? [] : [`${id}: no test “${name}” in ${path}`];
  });
}

const page = read('docs/asvs.md');
const rows = rowsOf(page);
const asvs = rows.filter((it) => it.id.startsWith('V'));
const graded = rows.filter((it) => !it.id.startsWith('V'));
const required = read('data/asvs/requirements.csv')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(','));

describe('the checklist', () => {
  it('has every requirement of levels 1 and 2 once, in order, with its level', () => {
    expect(required).toHaveLength(253);
    expect(asvs.map((it) => [it.id, it.level])).toEqual(required);
    expect(new Set(asvs.map((it) => it.id)).size).toBe(253);
  });

  it('has the controls of graded protection, each once', () => {
    expect(graded.length).toBeGreaterThanOrEqual(20);
    expect(new Set(graded.map((it) => it.id)).size).toBe(graded.length);
  });

  it('names tests that are there, and a reason where there is none', () => {
    expect(rows.flatMap(faultsOf)).toEqual([]);
  });

  it('counts itself as it is', () => {
    const said = (all: readonly Row[], line: RegExp): void => {
      const counts = ['checked', 'not applicable', 'open'].map(
        (state) => all.filter((it) => it.state === state).length,
      );
      expect(line.exec(page)?.slice(1).map(Number)).toEqual([all.length, ...counts]);
    };
    said(asvs, /Of (253): (\d+) checked, (\d+) not applicable, (\d+) open[.]/);
    said(graded, /by number[.] Of (\d+): (\d+) checked,\s(\d+) not applicable, (\d+) open[.]/);
  });
});

describe('a row is found wrong', () => {
  const sound = asvs.find((it) => it.state === 'checked') as Row;
  const [path = '', name = ''] = sound.checks[0]?.split(' › ') ?? [];
  it.each([
    ['with another name', { checks: [`${path} › ${name} `] }, /no test/],
    ['with a name of another file', { checks: [`scripts/asvs.test.ts › ${name}`] }, /no test/],
    [
      'with a name that stands in a comment or a describe alone',
      { checks: ['scripts/asvs.test.ts › the checklist'] },
      /no test/,
    ],
    ['with a file that is not there', { checks: [`packages/nowhere.test.ts › ${name}`] }, /no file/],
    ['with a file that is no test', { checks: [`scripts/test.js › ${name}`] }, /no file/],
    ['without a test', { checks: [] }, /names no test/],
    ['without a reason', { state: 'open', reason: '' }, /no reason/],
    ['with a state nobody knows', { state: 'nearly' }, /no state/],
  ] as const)('%s', (_what, change, said) => {
    expect(faultsOf(sound)).toEqual([]);
    expect(faultsOf({ ...sound, ...change }).join()).toMatch(said);
  });
});
