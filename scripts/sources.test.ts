import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/**
 * What the product's own source never does, or does in named places only. A new place is a decision: it is written into the list here,
 * where somebody reads it. Beside each pattern stands a plant in which it has to be found.
 */

const house = fileURLToPath(new URL('..', import.meta.url));
const NO_PRODUCT =
  /[.]test[.]tsx?$|(^|\/)(testing|openapi-testing|season-for-tests|store-planning-testing|vitest-global|software-passkey|test-provider|certificates-testing)[.]ts$|fixture[.]ts$/;

interface Source {
  readonly name: string;
  readonly text: string;
}

function sourcesOf(floor: string): Source[] {
  const folder = join(house, 'packages', floor, 'src');
  return (readdirSync(folder, { recursive: true, encoding: 'utf8' }) as string[])
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => /[.](tsx?|js)$/.test(name) && !NO_PRODUCT.test(name))
    .map((name) => ({ name: `${floor}/${name}`, text: readFileSync(join(folder, name), 'utf8') }));
}

const web = sourcesOf('web');
const server = sourcesOf('server');
const all = [...web, ...server, ...sourcesOf('domain'), ...sourcesOf('solver')];

function placesOf(pattern: RegExp, sources: readonly Source[]): string[] {
  return sources
    .filter((it) => pattern.test(it.text))
    .map((it) => it.name)
    .sort();
}

/** What is looked for, a plant that shows it is found, where, and the places that may. */
type Line = readonly [
  what: string,
  pattern: RegExp,
  plant: string,
  sources: readonly Source[],
  places: readonly string[],
];

const lines: readonly Line[] = [
  [
    'program text made at run time',
    /\beval\(|\bnew Function\(|\bset(Timeout|Interval)\(['"`]/,
    'eval(text)',
    all,
    [],
  ],
  [
    'markup from a text',
    /innerHTML|outerHTML|insertAdjacentHTML|document\.write|dangerouslySetInnerHTML|srcDoc/,
    '<p dangerouslySetInnerHTML={it} />',
    web,
    [],
  ],
  ['messages between windows', /\bpostMessage\(|['"]message['"]/, "addEventListener('message', it)", web, []],
  [
    'a channel beside HTTP',
    /\b(WebSocket|EventSource|RTCPeerConnection|SharedWorker)\b|serviceWorker/,
    'new WebSocket(url)',
    all,
    [],
  ],
  [
    'a store of the browser: language, contrast and the number of a field phone alone',
    /\b(localStorage|sessionStorage|indexedDB|caches\.open|document\.cookie)\b/,
    "sessionStorage.setItem('people', list)",
    web,
    ['web/app/contrast.ts', 'web/offices/PhonesPart.tsx', 'web/platform/language.tsx'],
  ],
  ['something in the way of pasting', /onPaste|onCopy|onContextMenu/, '<input onPaste={stop} />', web, []],
  [
    'a program started: the database, the reader of spreadsheets, the build of the pages',
    /child_process/,
    "import { exec } from 'node:child_process'",
    all,
    ['server/command/serve.ts', 'server/platform/postgres.ts', 'server/platform/spreadsheet.ts'],
  ],
  [
    'a shell',
    /\bshell: ?(true|['"])|\bexec(File)?(Sync)?\b.*child_process/,
    'spawn(text, { shell: true })',
    all,
    [],
  ],
  [
    'a request to elsewhere: the office’s identity provider alone',
    /\bfetch\(|node:https?['"]|\bundici\b|\baxios\b|openid-client/,
    'await fetch(body.address)',
    server,
    ['server/offices/oidc.ts'],
  ],
  [
    'chance that can be guessed, outside of the sample',
    /Math\.random/,
    'const token = Math.random()',
    all,
    [],
  ],
  [
    'a weak hash or cipher mode',
    /['"`](md5|sha-?1|rsa-sha1|rc4|3?des|des-ede3?(-[a-z0-9]+)?|[a-z0-9-]+-ecb)['"`]/i,
    "createHash('md5')",
    all,
    [],
  ],
  [
    'a cipher',
    /createCipheriv|createDecipheriv|publicEncrypt|privateDecrypt/,
    "createCipheriv('aes-256-gcm', key, nonce)",
    all,
    ['server/platform/secrets-profiles.ts'],
  ],
  [
    'a certificate that is not looked at: named only where an address that asks for it is refused',
    /rejectUnauthorized|NODE_TLS_REJECT_UNAUTHORIZED|checkServerIdentity/,
    'connect({ rejectUnauthorized: false })',
    all,
    ['server/platform/database-url.ts'],
  ],
  [
    'SQL that is no template of values: constants and a number',
    /\bsql\.raw\(|\bsql\.lit\(/,
    'sql.raw(query.order)',
    server.filter((it) => !it.name.startsWith('server/sample/')),
    ['server/figures/store.ts', 'server/platform/request.ts', 'server/trips/store-planning.ts'],
  ],
  [
    'a regular expression made of names of our own tables',
    /new RegExp\(/,
    'new RegExp(query.text)',
    all,
    [
      'server/offices/destination-match.ts',
      'server/platform/edge.ts',
      'server/platform/sheet-xml.ts',
      'server/platform/workbook-parts.ts',
      'server/platform/workbook-refs.ts',
    ],
  ],
  [
    'a secret',
    /-----BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}|ghp_[A-Za-z0-9]{20}/,
    '-----BEGIN PRIVATE KEY-----',
    all,
    [],
  ],
];

describe('the product’s own source', () => {
  it.each(lines)(
    'has %s where it is written here and nowhere else',
    (_what, pattern, _plant, sources, places) => {
      expect(sources.length).toBeGreaterThan(50);
      expect(placesOf(pattern, sources)).toEqual(places);
    },
  );

  it.each(lines)('would be found with %s', (_what, pattern, plant) => {
    expect(placesOf(pattern, [{ name: 'plant', text: plant }])).toEqual(['plant']);
  });

  it('masks each field of a password, lets it be pasted and filled in by a manager', () => {
    const fields = web.flatMap(({ name, text }) =>
      [...text.matchAll(/<(?:TextField|input)\b.*?\/>/gs)].map(([field]) => ({ name, field })),
    );
    const passwords = fields.filter(({ field }) =>
      /\b(current-|new-)?password\b/i.test(field.replace(/say\('[^']*'\)/g, '')),
    );
    expect(passwords.length).toBeGreaterThanOrEqual(5);
    for (const { name, field } of passwords) {
      expect(field, name).toMatch(/type="password"|type=\{[^}]*'password'[^}]*\}/);
      expect(field, name).toMatch(/autoComplete=("|\{[^}]*')(current|new)-password/);
    }
  });

  it('compiles strictly', () => {
    const base = JSON.parse(readFileSync(join(house, 'tsconfig.base.json'), 'utf8')) as {
      compilerOptions: Record<string, unknown>;
    };
    expect(base.compilerOptions).toMatchObject({ strict: true, noUncheckedIndexedAccess: true });
  });
});

describe('packages of others', () => {
  const lock = JSON.parse(readFileSync(join(house, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { resolved?: string; integrity?: string; link?: boolean; version?: string }>;
  };
  const foreign = Object.entries(lock.packages).filter(
    ([path, it]) => path.includes('node_modules/') && !it.link,
  );

  it('are all listed with version, origin and a strong hash, and come from one registry', () => {
    expect(foreign.length).toBeGreaterThan(200);
    for (const [path, { version, resolved, integrity }] of foreign) {
      expect(version, path).toMatch(/^\d+[.]\d+[.]\d+/);
      // Where it is left out, the package comes from the registry that npm is set to.
      if (resolved !== undefined) expect(resolved, path).toMatch(/^https:\/\/registry[.]npmjs[.]org\//);
      expect(integrity, path).toMatch(/^sha512-/);
    }
  });
});
