import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { env, getuid, platform } from 'node:process';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const USUAL_FOLDERS = ['/usr/bin', '/usr/local/bin', '/snap/bin'];
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** @param {string} file */
function runs(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The browser that the journeys drive: the one of `CHROMIUM_PATH`, else the first of the usual ones.
 *
 * @returns {string | undefined}
 */
export function findBrowser() {
  if (env.CHROMIUM_PATH) return runs(env.CHROMIUM_PATH) ? env.CHROMIUM_PATH : undefined;
  const folders = [...new Set([...(env.PATH ?? '').split(delimiter), ...USUAL_FOLDERS])].filter(Boolean);
  return [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), ...ELSEWHERE].find(runs);
}

/**
 * Finds a browser, or installs Debian's where that is possible without asking anybody: as root, with apt.
 *
 * @returns {{ path?: string, said: string }} without `path` there is none, and `said` tells what to do about it
 */
export function ensureBrowser() {
  const found = findBrowser();
  if (found) return { path: found, said: found };
  if (env.CHROMIUM_PATH) return { said: `CHROMIUM_PATH names ${env.CHROMIUM_PATH}, which cannot be run` };
  const mayInstall = platform === 'linux' && getuid?.() === 0 && existsSync('/etc/debian_version');
  if (!mayInstall) return { said: 'install Chromium or Chrome, or name one in CHROMIUM_PATH' };
  const quiet = {
    env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
    encoding: /** @type {const} */ ('utf8'),
  };
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'],
  ]) {
    const { status, stderr, error } = spawnSync('apt-get', args, quiet);
    if (status !== 0)
      return { said: `apt-get ${args[0]} failed: ${(stderr || error?.message || '').trim()}` };
  }
  const installed = findBrowser();
  return installed
    ? { path: installed, said: `${installed}, just installed` }
    : { said: 'apt-get brought no browser' };
}
