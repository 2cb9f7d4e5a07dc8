import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const SOURCE = fileURLToPath(new URL('..', import.meta.url));

/** Every use in which nobody sees what is opened, and the one file it is for. A new one is a decision, not a line. */
const INSIDE: Readonly<Record<string, readonly string[]>> = {
  compareRoster: ['people/roster-plan.ts', 'people/store-roster.ts'],
  keepOldValue: [
    'people/import-undo.ts',
    'people/record-parts.ts',
    'people/record-write.ts',
    'people/routes-registry.ts',
  ],
  mergeRecords: ['people/merge-rows.ts', 'people/store-merge.ts'],
  ownTicket: ['trips/routes-ticket-difficulty.ts'],
  ownUpload: ['people/report-blank.ts', 'people/upload-view.ts'],
  mask: ['trips/manifest-facts.ts'],
  businessContact: ['trips/ticket-facts.ts'],
  ownFactor: ['offices/proofs.ts', 'offices/routes-factors.ts', 'offices/routes-staff.ts'],
  ownCookie: ['offices/oidc.ts'],
  rotateKeys: ['people/store-rotation.ts', 'platform/rotation.ts'],
  count: ['figures/store-programme.ts'],
};

const files = (readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }) as string[])
  .filter((it) => it.endsWith('.ts') && !it.endsWith('.test.ts'))
  .map((name) => ({ name, text: readFileSync(join(SOURCE, name), 'utf8') }));

it('is issued by the audit alone, or for a use that this list names', () => {
  const auditors = files.filter((it) => /\bauditWitness\b/.test(it.text)).map((it) => it.name);
  expect(auditors.sort()).toEqual(['platform/audit.ts', 'platform/witness.ts']);
  const uses = new Map<string, string[]>();
  for (const { name, text } of files) {
    for (const [, use = ''] of text.matchAll(/\binsideOnly\('(\w+)'\)/g)) {
      uses.set(use, [...new Set([...(uses.get(use) ?? []), name])].sort());
    }
  }
  expect(Object.fromEntries(uses)).toEqual(INSIDE);
  const hidden = files.filter((it) =>
    /\binsideOnly\((?!')/.test(it.text.replace('insideOnly(use: InsideUse)', '')),
  );
  expect(hidden.map((it) => it.name)).toEqual([]);
});

it('stands at every place that opens a sealed text', () => {
  const opening = files.filter((it) => /secrets\.open\(/.test(it.text)).map((it) => it.name);
  expect(opening.sort()).toEqual([
    'offices/oidc.ts',
    'offices/proofs.ts',
    'offices/routes-factors.ts',
    'offices/routes-staff.ts',
    'people/difficulty-words.ts',
    'people/merge-rows.ts',
    'people/record-history.ts',
    'people/record-parts.ts',
    'people/report-blank.ts',
    'people/routes-report.ts',
    'people/sealed-numbers.ts',
    'people/upload-view.ts',
    'platform/rotation.ts',
    'trips/manifest-facts.ts',
    'trips/ticket-facts.ts',
  ]);
  const deciphering = files.filter((it) => /createDecipheriv/.test(it.text)).map((it) => it.name);
  expect(deciphering).toEqual(['platform/secrets-profiles.ts']);
});
