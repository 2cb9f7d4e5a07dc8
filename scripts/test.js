/**
 * Everything that has to hold before a change is done, a line each, all of them even if one fails.
 *
 *     npm test
 *     npm test -- --only packages/domain/src/trips     tests under that path, nothing else
 *
 * The last line is `N passed, N failed, N skipped`: tests, with each failed step counted as one failure more.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, env, execPath, exit, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';
import { ensureBrowser } from './browser.js';
import { subjectFault } from './commit-subject.js';

const house = fileURLToPath(new URL('..', import.meta.url));
const tool = (/** @type {string} */ path) => join(house, 'node_modules', path);

/** @typedef {{ ok: boolean, said?: string }} Outcome `said` is a note of one line, or what a failed tool printed. */
/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

/**
 * Runs one of the installed tools and keeps what it prints.
 *
 * @param {string} script
 * @param {string[]} args
 * @param {string} [folder]
 * @returns {Promise<Outcome>}
 */
function run(script, args, folder = house) {
  return new Promise((done) => {
    const child = spawn(execPath, [tool(script), ...args], { cwd: folder });
    let said = '';
    child.stdout.on('data', (text) => (said += text));
    child.stderr.on('data', (text) => (said += text));
    child.on('error', (error) => done({ ok: false, said: error.message }));
    child.on('close', (code) => done(code === 0 ? { ok: true } : { ok: false, said }));
  });
}

/** The folders with a `tsconfig.json` of their own. */
function floors() {
  const packages = readdirSync(join(house, 'packages')).map((name) => `packages/${name}`);
  return [...packages, 'e2e', 'bench', 'scripts'].filter((floor) =>
    existsSync(join(house, floor, 'tsconfig.json')),
  );
}

/** @returns {Promise<Outcome>} */
async function boundaries() {
  const { cruisePackages } = await import('./cruise.js');
  const { violations, modules } = await cruisePackages(house);
  if (modules === 0)
    return { ok: false, said: 'the cruiser read no module: is TypeScript a version it knows?' };
  const said = violations.map(({ rule, from, to }) => `${rule}: ${from} → ${to}`).join('\n');
  return { ok: violations.length === 0, said: said || `${modules} modules` };
}

/**
 * When the newest file under these paths was written, in ms since the epoch.
 *
 * @param {string[]} paths
 */
function newest(paths) {
  let latest = 0;
  for (const path of paths.filter((one) => existsSync(one))) {
    const entries = statSync(path).isDirectory()
      ? readdirSync(path, { recursive: true, encoding: 'utf8' })
      : [''];
    for (const entry of entries) latest = Math.max(latest, statSync(join(path, entry)).mtimeMs);
  }
  return latest;
}

/** @returns {Promise<Outcome>} */
async function buildWeb() {
  const web = join(house, 'packages/web');
  const sources = ['src', 'public', 'index.html', 'vite.config.ts', 'package.json'].map((name) =>
    join(web, name),
  );
  const made = join(web, 'dist/index.html');
  const others = [join(house, 'packages/domain/src'), join(house, 'package-lock.json')];
  if (existsSync(made) && statSync(made).mtimeMs > newest([...sources, ...others])) {
    return { ok: true, said: 'newer than its sources' };
  }
  return run('vite/bin/vite.js', ['build', '--logLevel', 'warn'], web);
}

/**
 * Subjects of the last 50 commits of main. A copy without its repository has none.
 *
 * @returns {Outcome}
 */
function commitSubjects() {
  const git = (/** @type {string[]} */ ...args) =>
    spawnSync('git', ['-c', 'safe.directory=*', ...args], { cwd: house, encoding: 'utf8' });
  if (!existsSync(join(house, '.git'))) return { ok: true, said: 'no repository here' };
  const branch = git('rev-parse', '--verify', '--quiet', 'main').status === 0 ? 'main' : 'HEAD';
  const { status, stdout: log, stderr } = git('log', '--no-merges', '-50', '--format=%h %s', branch, '--');
  if (status !== 0) return { ok: false, said: stderr };
  const lines = log.split('\n').filter(Boolean);
  const faults = lines.flatMap((line) => {
    const fault = subjectFault(line.slice(line.indexOf(' ') + 1));
    return fault === undefined ? [] : [`${line}\n  ${fault}`];
  });
  return { ok: faults.length === 0, said: faults.join('\n') || `${lines.length} on ${branch}` };
}

/**
 * Without a browser its tests are skipped, and the count says how many; that is no failure.
 *
 * @returns {Outcome}
 */
function browser() {
  const { path, said } = ensureBrowser();
  if (path) env.CHROMIUM_PATH = path;
  else env.FANGANG_NO_BROWSER = '1';
  return { ok: true, said: path ? said : `none, its tests are skipped: ${said}` };
}

/**
 * @param {string[]} filters
 * @returns {Promise<Count>}
 */
async function vitest(filters) {
  const folder = mkdtempSync(join(tmpdir(), 'fangang-test-'));
  const report = join(folder, 'report.json');
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...filters];
  const child = spawn(execPath, [tool('vitest/vitest.mjs'), ...args], { cwd: house, stdio: 'inherit' });
  const code = await new Promise((done) => child.on('close', done).on('error', () => done(1)));
  const count = existsSync(report)
    ? countOf(JSON.parse(readFileSync(report, 'utf8')))
    : { passed: 0, failed: 1, skipped: 0 };
  rmSync(folder, { recursive: true, force: true });
  // An error outside of any test, or no test at all, is a failure that no test carries.
  if (code !== 0 && count.failed === 0) count.failed = 1;
  return count;
}

/**
 * Tests of a report of vitest. A file that breaks before its first test counts as one that failed.
 *
 * @param {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number,
 *   testResults: { status: string, assertionResults: { status: string }[] }[] }} report
 * @returns {Count}
 */
function countOf(report) {
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * One step: its line, then what it printed if it failed.
 *
 * @param {string} name
 * @param {() => Outcome | Promise<Outcome>} work
 * @returns {Promise<boolean>}
 */
async function step(name, work) {
  const start = performance.now();
  /** @type {Outcome} */
  let outcome;
  try {
    outcome = await work();
  } catch (error) {
    outcome = { ok: false, said: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const { ok, said = '' } = outcome;
  stdout.write(
    `${ok ? 'ok  ' : 'FAIL'}  ${name.padEnd(24)} ${seconds.padStart(6)} s${ok && said ? `  ${said}` : ''}\n`,
  );
  if (!ok) stdout.write(`${said.trim().replaceAll(/^/gm, '      ')}\n`);
  return ok;
}

/**
 * The steps before the tests; the number that failed.
 *
 * @returns {Promise<number>}
 */
async function steps() {
  /** @type {[string, () => Outcome | Promise<Outcome>][]} */
  const all = [
    ...floors().map(
      (floor) =>
        /** @type {[string, () => Promise<Outcome>]} */ ([
          `types ${floor}`,
          () => run('typescript/bin/tsc', ['-p', floor, '--noEmit']),
        ]),
    ),
    ['lint and form', () => run('@biomejs/biome/bin/biome', ['check', '--max-diagnostics=200', '.'])],
    ['boundaries', boundaries],
    ['nothing unused', () => run('knip/bin/knip.js', ['--no-progress'])],
    ['commit subjects', commitSubjects],
    ['web build', buildWeb],
    ['browser', browser],
  ];
  let failed = 0;
  for (const [name, work] of all) if (!(await step(name, work))) failed += 1;
  return failed;
}

const only = argv.indexOf('--only');
const filter = only === -1 ? undefined : argv[only + 1];
if (only !== -1 && filter === undefined) {
  stdout.write('usage: npm test -- --only <path>\n');
  exit(2);
}
const failedSteps = filter === undefined ? await steps() : 0;
if (filter !== undefined) browser();
const count = await vitest(filter === undefined ? [] : [filter]);
const failed = count.failed + failedSteps;
stdout.write(`${count.passed} passed, ${failed} failed, ${count.skipped} skipped\n`);
exit(failed === 0 ? 0 : 1);
