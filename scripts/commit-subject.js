/**
 * The form of a commit's first line: `room: what it now does`, at most 65 characters.
 *
 *     node scripts/commit-subject.js .git/COMMIT_EDITMSG
 */
import { readFileSync } from 'node:fs';
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';

export const LONGEST = 65;

/** What a commit can be about: a room, or a place of the house that no room owns. */
export const PLACES = [
  'offices',
  'people',
  'jobs',
  'training',
  'trips',
  'fairs',
  'outreach',
  'figures',
  'house',
  'domain',
  'solver',
  'server',
  'web',
  'data',
  'docs',
  'e2e',
  'bench',
  'sample',
  'command',
  'deploy',
];

/**
 * What is wrong with a commit's subject, in one sentence, or nothing.
 *
 * @param {string} subject
 * @returns {string | undefined}
 */
export function subjectFault(subject) {
  const length = [...subject].length;
  if (length > LONGEST) return `${length} characters, at most ${LONGEST} are allowed`;
  const form = /^([^:]*): (.*)$/.exec(subject);
  if (!form) return 'not of the form "room: what it now does"';
  const [, place = '', said = ''] = form;
  if (!PLACES.includes(place)) return `"${place}" is no room; one of ${PLACES.join(', ')}`;
  if (said.trim() === '' || said !== said.trim()) return 'says nothing, or has spaces around what it says';
  if (said.endsWith('.')) return 'ends with a full stop';
  return undefined;
}

/**
 * The first line of a commit message that is not one of git's comments.
 *
 * @param {string} message
 */
export function subjectOf(message) {
  return message.split('\n').find((line) => line.trim() !== '' && !line.startsWith('#')) ?? '';
}

/** Git writes the subject of a merge itself, and it goes without a room. */
function main() {
  const [, , file] = argv;
  if (file === undefined) throw new Error('usage: node scripts/commit-subject.js <file with the message>');
  const subject = subjectOf(readFileSync(file, 'utf8'));
  const fault = subject.startsWith('Merge ') ? undefined : subjectFault(subject);
  if (fault === undefined) return;
  console.error(`commit subject refused: ${fault}\n  ${subject}`);
  process.exitCode = 1;
}

if (argv[1] !== undefined && import.meta.url === pathToFileURL(argv[1]).href) main();
