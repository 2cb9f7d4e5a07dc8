/**
 * Makes `data/passwords/common.txt`: passwords that nobody may take, because guessers try them first.
 *
 *     npm install --no-save @zxcvbn-ts/language-common@4.1.3
 *     npx tsx scripts/make-passwords.ts
 *
 * The list is the one of zxcvbn, ranked by how often a password stands in leaked lists. Shorter ones than the shortest password a
 * profile takes are left out; the same package gives the same bytes.
 */
import { writeFileSync } from 'node:fs';
import { PASSWORD_RULES } from '../packages/domain/src/offices/rules-password.ts';

const LEAST = Math.min(
  ...Object.values(PASSWORD_RULES).flatMap((it) => [it.least, it.leastWithSecondFactor]),
);
const NAME = '@zxcvbn-ts/language-common';

const { dictionary } = (await import(NAME)) as { dictionary: Record<string, readonly string[]> };
const ranked = dictionary['passwords-common'] ?? [];
const kept = new Set(ranked.map((it) => it.toLowerCase()).filter((it) => [...it].length >= LEAST));
writeFileSync(new URL('../data/passwords/common.txt', import.meta.url), `${[...kept].join('\n')}\n`);
process.stdout.write(`${kept.size} passwords of ${LEAST} characters and more\n`);
