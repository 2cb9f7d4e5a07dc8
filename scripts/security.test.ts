import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { PASSWORD_RULES } from '../packages/domain/src/offices/rules-password.ts';
import { FIELD_CLASSES } from '../packages/domain/src/people/rules-consent.ts';
import { LEAST_DAYS } from '../packages/server/src/platform/audit-seal.ts';
import { MOST } from '../packages/server/src/platform/input.ts';
import { ACCOUNT_RATES, ADDRESS_RATES } from '../packages/server/src/platform/lanes.ts';
import { KEEP_REPLY_DAYS } from '../packages/server/src/platform/request.ts';
import { LASTING_PURPOSES } from '../packages/server/src/platform/secrets-ring.ts';
import { READ_LIMITS } from '../packages/server/src/platform/spreadsheet.ts';
import { KEEP_DAYS } from '../packages/server/src/trips/retention.ts';

const house = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(join(house, path), 'utf8');
const page = read('docs/security.md');
const sections = page.split(/^## /m).slice(1);
const section = (title: string): string => sections.find((it) => it.startsWith(title)) ?? '';

/** Rows of the tables under a heading: cells without their marks. */
const rowsOf = (title: string): string[][] =>
  section(title)
    .split('\n')
    .filter((it) => it.startsWith('| ') && !it.startsWith('|---'))
    .map((it) =>
      it
        .replaceAll('\\|', '¦')
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('¦', '|')),
    );

it('has a section for everything that has to be written down', () => {
  expect(sections.map((it) => it.split('\n')[0])).toEqual([
    'Data and what protects it',
    'Who may what',
    'Ways in',
    'Limits',
    'Keys and ciphers',
    'Connections',
    'What is written where',
    'Packages of others',
  ]);
});

it('names every class of a person’s data, and how long it is kept', () => {
  const named = rowsOf('Data').map(([it]) => it);
  expect(named).toEqual(expect.arrayContaining([...FIELD_CLASSES]));
  expect(section('Data')).toContain(`${KEEP_DAYS} days after the last season`);
});

it('says the numbers of both password profiles, of locks and of sessions as the code has them', () => {
  const { owasp, dengbao } = PASSWORD_RULES;
  const said = new Map(rowsOf('Ways').map(([what, ...them]) => [what, them]));
  const line = (what: string, key: keyof typeof owasp) =>
    expect(said.get(what), what).toEqual([owasp, dengbao].map((it) => String(it[key] ?? 'never')));
  line('characters at least', 'least');
  line('beside a second factor', 'leastWithSecondFactor');
  line('kinds of characters', 'kinds');
  line('days until it has to be changed', 'days');
  line('earlier passwords that may not come back', 'history');
  line('failures until the name is locked', 'failures');
  line('minutes of the lock', 'lockMin');
  const sql = read('packages/server/migrations/0008_sign_in.sql');
  expect(sql).toMatch(
    /created_at > now\(\) - interval '12 hours' AND s[.]seen_at > now\(\) - interval '30 minutes'/,
  );
  expect(section('Ways')).toContain('30 minutes without a request and after 12 hours');
  expect(section('Ways')).toContain(
    `${/MOST_OF_ADDRESS = (\d+)/.exec(read('packages/server/src/offices/tries.ts'))?.[1]} failures of one address`,
  );
  const methods = [...(/method IN \(([^)]*)\)/.exec(sql)?.[1] ?? '').matchAll(/'(\w+)'/g)].map(
    ([, it]) => `\`${it}\``,
  );
  expect(rowsOf('Ways').map((it) => it[1])).toEqual(expect.arrayContaining(methods));
});

it('says the rates of every lane and the limits of bodies and files as the code has them', () => {
  const said = rowsOf('Limits').slice(1);
  const rates = Object.entries(ACCOUNT_RATES).map(([lane, it]) => {
    const address = ADDRESS_RATES[lane as keyof typeof ADDRESS_RATES];
    return [lane, ...[it.burst, it.perSecond, address.burst, address.perSecond].map(String)];
  });
  expect(said).toEqual(rates);
  const text = section('Limits');
  const [, fileMb] =
    /fileSize: (\d+) \* 1024 \* 1024/.exec(read('packages/server/src/platform/upload.ts')) ?? [];
  for (const part of [
    `${MOST.depth} deep`,
    `${MOST.items} in a list`,
    `at most ${fileMb} MB`,
    `${READ_LIMITS.rows} rows`,
    `${READ_LIMITS.columns} columns`,
    `${READ_LIMITS.memoryMb} MB and ${READ_LIMITS.seconds} s`,
  ]) {
    expect(text).toContain(part);
  }
});

it('names every key there is', () => {
  const named = rowsOf('Keys')
    .slice(1)
    .map(([it]) => it);
  expect([...named].sort()).toEqual(['seal', 'blind', ...LASTING_PURPOSES].sort());
});

it('names every setting that the product reads, and every fact of the log', () => {
  const folder = join(house, 'packages/server/src');
  const names = new Set<string>();
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }) as string[]) {
    if (!name.endsWith('.ts') || name.endsWith('.test.ts') || /testing[.]ts$|vitest/.test(name)) continue;
    for (const [setting] of readFileSync(join(folder, name), 'utf8').matchAll(
      /\bFANGANG_[A-Z]+(_[A-Z]+)*\b/g,
    ))
      names.add(setting);
  }
  expect(names.size).toBeGreaterThan(10);
  for (const name of names) expect(section('Connections'), name).toContain(`\`${name}\``);
  const facts = /new Set\(\[([^\]]*)\]/.exec(read('packages/server/src/platform/log.ts'))?.[1] ?? '';
  const listed = [...facts.matchAll(/'(\w+)'/g)].map(([, it]) => it);
  expect(listed.length).toBeGreaterThan(10);
  for (const fact of listed) expect(section('What is written'), fact).toContain(`\`${fact}\``);
  expect(section('What is written')).toContain(`${LEAST_DAYS} days and longer`);
  expect(section('What is written')).toContain(`${KEEP_REPLY_DAYS} days word by word`);
  expect(read('packages/server/migrations/0015_rights.sql')).toContain(`interval '${KEEP_REPLY_DAYS} days'`);
});
