import { execFile } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cruise, cruisePackages } from './cruise.js';

/**
 * A rule that never fires looks like a rule that is kept. So every boundary is broken here on purpose, in a small house
 * of the same layout, and has to be refused there; beside it stands the same house unbroken, which has to pass.
 */

interface Plant {
  readonly file: string;
  readonly text: string;
  /** What the plant reaches for, where the small house has no such file. */
  readonly beside?: Readonly<Record<string, string>>;
}

const house = fileURLToPath(new URL('..', import.meta.url));
const plan = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as {
  forbidden: { name: string }[];
};
const RULES = plan.forbidden.map((rule) => rule.name);
const ROOMS = ['offices', 'people', 'jobs', 'training', 'trips', 'fairs', 'outreach', 'figures'];
const SHELVES = ['common', 'util', 'utils', 'helper', 'helpers', 'types', 'shared'];

const use = (from: string) => `import { it } from '${from}';\nexport const mine = it;\n`;
const useType = (from: string) => `import type { It } from '${from}';\nexport type Mine = It;\n`;
const HERE = 'export const it = 1;\nexport type It = 1;\n';

const base: Record<string, string> = {
  'packages/domain/src/basics/result.ts': use('zod'),
  'packages/domain/laws/seats.test.ts': use('fast-check') + useType('../src/trips/rules.ts'),
  'packages/domain/src/trips/rules.test.ts': use('vitest'),
  'packages/solver/src/solve.ts': HERE,
  'packages/solver/src/check.ts': use('./solve.ts'),
  'packages/solver/src/solve.test.ts': use('vitest'),
  'packages/server/src/platform/db.ts': use('kysely') + useType('pg'),
  'packages/server/src/platform/http.test.ts': useType('../app.ts'),
  'packages/server/src/trips/store-seats.ts': use('kysely'),
  'packages/server/src/trips/tables.ts': useType('kysely'),
  'packages/server/src/trips/store.test.ts': use('pg') + useType('../app.ts'),
  'packages/server/src/trips/planning.ts': use('@fangang/solver/solve.ts'),
  'packages/server/src/jobs/matching-rank.ts': use('@fangang/solver/solve.ts'),
  'packages/server/src/command/main.ts': use('../app.ts') + useType('../figures/routes.ts'),
  'packages/server/src/sample/write.ts': use('kysely') + useType('@fangang/solver/solve.ts'),
  'packages/server/src/app.ts': ROOMS.map((room) => `import './${room}/routes.ts';\n`).join('') + HERE,
  'packages/web/src/platform/call.ts': use('@fangang/domain/basics/result.ts'),
  'packages/web/src/app/App.tsx': ROOMS.map((room) => `import '../${room}/Page.tsx';\n`).join('') + HERE,
  'packages/web/src/main.tsx': use('./app/App.tsx'),
};
for (const [i, room] of ROOMS.entries()) {
  const before = ROOMS[i - 1];
  base[`packages/domain/src/${room}/rules.ts`] =
    before === undefined ? HERE : use(`../${before}/rules.ts`) + HERE;
  base[`packages/server/src/${room}/store.ts`] = `${HERE}import 'kysely';\n`;
  base[`packages/server/src/${room}/routes.ts`] =
    `import './store.ts';\n${use(`@fangang/domain/${room}/rules.ts`)}`;
  base[`packages/web/src/${room}/Page.tsx`] = use(`@fangang/domain/${room}/rules.ts`);
}

/** One broken file for each way a rule is meant to catch; the name of the rule → the plants. */
const plants: Record<string, Plant[]> = {
  'solver-stands-alone': [
    { file: 'packages/solver/src/reads-a-file.ts', text: use('node:fs') },
    { file: 'packages/solver/src/takes-a-package.ts', text: use('zod') },
    { file: 'packages/solver/src/knows-a-person.ts', text: useType('@fangang/domain/people/rules.ts') },
  ],
  'solver-looks-at-no-floor': [
    { file: 'packages/solver/src/knows-a-bus.test.ts', text: use('@fangang/domain/trips/rules.ts') },
    { file: 'packages/solver/laws/knows-rows.test.ts', text: use('@fangang/server/trips/store.ts') },
  ],
  'domain-is-pure': [
    { file: 'packages/domain/src/trips/reads-a-file.ts', text: use('node:fs') },
    { file: 'packages/domain/src/trips/asks-rows.ts', text: useType('kysely') },
    { file: 'packages/domain/src/basics/draws-lots.ts', text: use('fast-check') },
  ],
  'domain-looks-at-no-floor': [
    { file: 'packages/domain/src/trips/mounts.test.ts', text: use('@fangang/server/trips/store.ts') },
    { file: 'packages/domain/laws/plans.test.ts', text: use('@fangang/solver/solve.ts') },
    { file: 'packages/domain/src/trips/draws.ts', text: useType('@fangang/web/trips/Page.tsx') },
  ],
  'web-sees-domain-only': [
    { file: 'packages/web/src/trips/asks-rows.tsx', text: use('@fangang/server/trips/store.ts') },
    { file: 'packages/web/src/platform/plans.ts', text: useType('@fangang/solver/solve.ts') },
  ],
  'server-sees-no-web': [
    { file: 'packages/server/src/trips/pages.ts', text: useType('@fangang/web/trips/Page.tsx') },
    { file: 'packages/server/src/platform/asks.ts', text: use('@fangang/web/platform/call.ts') },
  ],
  'shelves-know-no-room': [
    { file: 'packages/domain/src/basics/knows-trips.ts', text: useType('../trips/rules.ts') },
    { file: 'packages/server/src/platform/knows-trips.ts', text: use('../trips/store.ts') },
    { file: 'packages/web/src/platform/knows-trips.ts', text: use('@fangang/domain/trips/rules.ts') },
  ],
  'figures-are-imported-by-nobody': [
    { file: 'packages/domain/src/trips/counts.ts', text: useType('../figures/rules.ts') },
    { file: 'packages/server/src/platform/counts.ts', text: use('../figures/store.ts') },
    { file: 'packages/web/src/outreach/counts.tsx', text: use('../figures/Page.tsx') },
  ],
  'composition-stands-last': [
    { file: 'packages/server/src/trips/reaches-back.ts', text: use('../app.ts') },
    { file: 'packages/server/src/platform/reaches-back.ts', text: useType('../command/main.ts') },
    { file: 'packages/server/src/people/plays.ts', text: use('../sample/write.ts') },
    { file: 'packages/web/src/trips/reaches-back.tsx', text: use('../app/App.tsx') },
    { file: 'packages/web/src/platform/reaches-back.tsx', text: use('../main.tsx') },
  ],
  'sql-lives-in-stores': [
    { file: 'packages/server/src/trips/asks-rows.ts', text: use('kysely') },
    { file: 'packages/server/src/people/restores.ts', text: useType('pg') },
    { file: 'packages/server/bin/asks-rows.ts', text: use('pg') },
  ],
  'only-planning-asks-the-solver': [
    { file: 'packages/server/src/trips/asks-solver.ts', text: use('@fangang/solver/solve.ts') },
    { file: 'packages/server/src/app-plans.ts', text: useType('@fangang/solver/solve.ts') },
  ],
  'no-circles': [
    {
      file: 'packages/domain/src/people/hen.ts',
      text: useType('./egg.ts'),
      beside: { 'packages/domain/src/people/egg.ts': useType('./hen.ts') },
    },
  ],
  'no-barrels': [
    {
      file: 'packages/web/src/trips/through-barrel.ts',
      text: use('./index.ts'),
      beside: { 'packages/web/src/trips/index.ts': HERE },
    },
    {
      file: 'packages/server/src/trips/through-barrel.ts',
      text: useType('@fangang/domain/trips/index.ts'),
      beside: { 'packages/domain/src/trips/index.ts': HERE },
    },
  ],
  'no-nameless-shelf': SHELVES.map((shelf) => ({
    file: `packages/domain/src/people/from-${shelf}.ts`,
    text: useType(`../${shelf}/phone.ts`),
    beside: { [`packages/domain/src/${shelf}/phone.ts`]: HERE },
  })),
  'product-imports-no-test': [
    {
      file: 'packages/server/src/trips/lives-on-tests.ts',
      text: use('./made-up.test.ts'),
      beside: { 'packages/server/src/trips/made-up.test.ts': HERE },
    },
    {
      file: 'packages/domain/src/trips/lives-on-laws.ts',
      text: use('../../laws/worlds.ts'),
      beside: { 'packages/domain/laws/worlds.ts': HERE },
    },
  ],
  'product-imports-no-isolation': [
    {
      file: 'packages/server/src/trips/asks-the-oracle.ts',
      text: use('../../isolation/oracle.ts'),
      beside: { 'packages/server/isolation/oracle.ts': HERE },
    },
  ],
  resolves: [
    { file: 'packages/web/src/trips/lost-file.ts', text: use('./nowhere.ts') },
    { file: 'packages/server/src/trips/lost-package.ts', text: use('a-package-nobody-installed') },
    { file: 'packages/server/src/trips/unknown-path.ts', text: use('@fangang/domain/trips/nowhere.ts') },
  ],
};
for (const [i, room] of ROOMS.slice(0, -1).entries()) {
  const next = ROOMS[i + 1];
  const last = ROOMS.at(-1);
  plants[`${room}-looks-back-only`] = [
    { file: `packages/domain/src/${room}/ahead.ts`, text: useType(`../${next}/rules.ts`) },
    { file: `packages/server/src/${room}/ahead.ts`, text: use(`../${next}/store.ts`) },
    { file: `packages/server/src/${room}/far-ahead.ts`, text: useType(`@fangang/domain/${last}/rules.ts`) },
    { file: `packages/web/src/${room}/ahead.tsx`, text: use(`../${next}/Page.tsx`) },
  ];
}

function write(folder: string, files: Readonly<Record<string, string>>) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** A house of the same layout: the packages with their `exports`, linked as workspaces, and stand-ins for packages. */
function build(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'fangang-house-'));
  const all: Record<string, string> = { ...files, 'package.json': '{ "type": "module" }' };
  for (const name of ['domain', 'solver', 'server', 'web']) {
    all[`packages/${name}/package.json`] = readFileSync(
      join(house, 'packages', name, 'package.json'),
      'utf8',
    );
  }
  for (const name of ['zod', 'kysely', 'pg', 'vitest', 'fast-check']) {
    all[`node_modules/${name}/package.json`] = JSON.stringify({ name, type: 'module', exports: './main.js' });
    all[`node_modules/${name}/main.js`] = 'export const it = 1;\n';
  }
  write(folder, all);
  copyFileSync(join(house, '.dependency-cruiser.cjs'), join(folder, '.dependency-cruiser.cjs'));
  link(folder);
  return folder;
}

/** As `npm ci` links workspaces. */
function link(folder: string) {
  mkdirSync(join(folder, 'node_modules/@fangang'), { recursive: true });
  for (const name of ['domain', 'solver', 'server', 'web']) {
    symlinkSync(join(folder, 'packages', name), join(folder, 'node_modules/@fangang', name), 'junction');
  }
}

const built: string[] = [];
afterAll(() => {
  for (const folder of built) rmSync(folder, { recursive: true, force: true });
});

describe('the plan of the house', () => {
  const all = Object.entries(plants).flatMap(([rule, list]) => list.map((plant) => ({ rule, ...plant })));
  let broken: Cruise;
  let sound: Cruise;

  beforeAll(async () => {
    const files = { ...base };
    for (const { file, text, beside } of all) Object.assign(files, beside, { [file]: text });
    built.push(build(base), build(files));
    [sound, broken] = (await Promise.all(built.map(cruisePackages))) as [Cruise, Cruise];
  });

  it('has a plant for every rule, and a rule for every plant', () => {
    expect(Object.keys(plants).sort()).toEqual([...RULES].sort());
    expect(new Set(RULES).size).toBe(RULES.length);
    for (const [rule, list] of Object.entries(plants)) expect(list, rule).not.toHaveLength(0);
  });

  it('passes a house where nothing is broken, and reads all of it', () => {
    expect(sound.violations).toEqual([]);
    expect(sound.modules).toBe(Object.keys(base).length);
  });

  it.each(all)('$rule refuses $file', ({ rule, file, beside }) => {
    const caught = broken.violations.filter((found) => found.rule === rule).map((found) => found.from);
    // A circle is reported once, from either of its ends.
    const ends = rule === 'no-circles' ? [file, ...Object.keys(beside ?? {})] : [file];
    expect(caught.some((from) => ends.includes(from))).toBe(true);
  });

  it('is kept by this repository, whose modules were really read', async () => {
    const { violations, modules } = await cruisePackages(house);
    expect(modules).toBeGreaterThan(0);
    expect(violations).toEqual([]);
  });
});

const LONG = `export function long() {\n${'  Math.max(1, 2);\n'.repeat(70)}}\n`;
const CLOCK = 'export const at = () => new Date();\n';

/** What Biome has to refuse: rule, file, text. */
const refused: readonly (readonly [rule: string, file: string, text: string])[] = [
  ['noDefaultExport', 'packages/web/src/trips/default.ts', 'export default 1;\n'],
  ['noEnum', 'packages/server/src/trips/enum.ts', 'export enum Door { Home, Vehicle, Gate }\n'],
  ['useImportType', 'packages/web/src/trips/typed.ts', useType('./x.ts').replace('import type', 'import')],
  ['noConsole', 'packages/server/src/trips/prints.ts', "console.log('boarded');\n"],
  ['noConsole', 'packages/web/src/trips/prints.tsx', "console.error('boarded');\n"],
  ['noExcessiveLinesPerFunction', 'packages/server/src/trips/long.ts', LONG],
  ['noRestrictedGlobals', 'packages/domain/src/trips/clock.ts', CLOCK],
  ['noRestrictedGlobals', 'packages/domain/src/trips/now.ts', 'export const at = () => Date.now();\n'],
  ['noRestrictedGlobals', 'packages/solver/src/clock.ts', CLOCK],
  ['noRestrictedGlobals', 'packages/solver/src/timed.ts', 'export const at = () => performance.now();\n'],
  ['noRestrictedGlobals', 'packages/domain/src/trips/asks.ts', "export const a = () => fetch('/');\n"],
  ['noRestrictedGlobals', 'packages/domain/src/trips/env.ts', 'export const a = process.env;\n'],
  ['noRestrictedGlobals', 'packages/domain/src/trips/waits.ts', 'setTimeout(() => {}, 1);\n'],
  ['noRestrictedGlobals', 'packages/domain/src/trips/page.ts', 'export const a = document.title;\n'],
  ['noRestrictedGlobals', 'packages/domain/src/trips/around.ts', 'export const a = globalThis;\n'],
];

/** What is meant to pass: the same text where it belongs. */
const allowed: readonly (readonly [file: string, text: string])[] = [
  ['packages/domain/src/basics/moment.ts', CLOCK],
  ['packages/domain/src/trips/clock.test.ts', CLOCK],
  ['packages/domain/laws/seats.test.ts', CLOCK + LONG],
  ['packages/server/src/platform/clock.ts', CLOCK],
  ['packages/server/src/trips/long.test.ts', LONG],
  ['packages/web/vite.config.ts', 'export default {};\n'],
  ['scripts/prints.ts', "console.log('made');\n"],
];

describe('the lint', () => {
  let found: { rule: string; file: string }[];

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fangang-lint-'));
    built.push(folder);
    const { $schema: _, vcs: __, ...config } = JSON.parse(readFileSync(join(house, 'biome.json'), 'utf8'));
    const files = [...refused.map(([, file, text]) => [file, text]), ...allowed] as [string, string][];
    write(folder, { ...Object.fromEntries(files), 'biome.json': JSON.stringify(config) });
    found = await lint(folder);
  });

  it.each(refused)('%s refuses %s', (rule, file) => {
    expect(found).toContainEqual({ rule, file });
  });

  it.each(allowed)('lets %s pass', (file) => {
    expect(found.filter((one) => one.file === file)).toEqual([]);
  });
});

/** Errors of Biome in a folder; warnings do not stop anybody and so do not count. */
function lint(folder: string): Promise<{ rule: string; file: string }[]> {
  const biome = join(house, 'node_modules/@biomejs/biome/bin/biome');
  const args = [biome, 'lint', '--reporter=json', '--max-diagnostics=none', '--diagnostic-level=error'];
  return new Promise((done, fail) => {
    execFile(process.execPath, args, { cwd: folder, maxBuffer: 64 * 1024 * 1024 }, (_, stdout, stderr) => {
      if (!stdout.startsWith('{')) return fail(new Error(stderr || 'Biome said nothing'));
      const { diagnostics } = JSON.parse(stdout) as Report;
      done(
        diagnostics.map(({ category, location }) => ({
          rule: category.split('/').at(-1) ?? '',
          file: pathOf(location),
        })),
      );
    });
  });
}

interface Report {
  readonly diagnostics: readonly { category: string; location: { path: string | { file: string } } }[];
}

function pathOf({ path }: Report['diagnostics'][number]['location']): string {
  return (typeof path === 'string' ? path : path.file).replace(/^[.][\\/]/, '').replaceAll('\\', '/');
}
