import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const house = fileURLToPath(new URL('..', import.meta.url));
const run = promisify(execFile);

/**
 * @typedef {{ rule: string, from: string, to: string }} Violation
 * @typedef {{ violations: Violation[], modules: number }} Cruise `modules` = files of ours that were read.
 */

/**
 * Holds the packages under a folder against the plan of the house, `.dependency-cruiser.cjs`.
 *
 * With a compiler it does not know (TypeScript 7) the cruiser reads no module and finds nothing wrong, so look at
 * `modules` too.
 *
 * @param {string} folder that holds `packages/`, with `.dependency-cruiser.cjs` beside it
 * @returns {Promise<Cruise>}
 */
export async function cruisePackages(folder) {
  const { stdout } = await run(
    process.execPath,
    [
      join(house, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
      '--config',
      '.dependency-cruiser.cjs',
      '--output-type',
      'json',
      'packages',
    ],
    { cwd: folder, maxBuffer: 256 * 1024 * 1024 },
  );
  /** @type {import('dependency-cruiser').ICruiseResult} */
  const { modules, summary } = JSON.parse(stdout);
  return {
    violations: summary.violations.map((found) => ({
      rule: found.rule.name,
      from: found.from,
      to: found.to,
    })),
    modules: modules.filter((module) => /^packages\/.*[.]tsx?$/.test(module.source)).length,
  };
}
