import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { commandScope } from '../offices/scope.ts';
import { type TestHouse, testHouse } from '../offices/testing.ts';
import { asOwner } from '../platform/owner.ts';
import { fixtureTrip } from '../trips/door-fixture.ts';
import type { House } from './house.ts';
import { addManifest } from './manifest.ts';

let test: TestHouse;
let folder = '';
const said: { value: unknown; text: string }[] = [];

beforeAll(async () => {
  test = await testHouse([]);
  folder = await mkdtemp(join(tmpdir(), 'manifest-'));
  await fixtureTrip(test, { code: 'WX-0212-01' });
});
afterAll(async () => {
  await test.close();
  await rm(folder, { recursive: true, force: true });
});

async function run(...args: string[]): Promise<void> {
  const house = {
    open: async () => ({
      services: test.services,
      adminUrl: test.fresh.adminUrl,
      close: async () => undefined,
    }),
    asCity: () => commandScope('500000'),
    print: (value: unknown, text: string) => void said.push({ value, text }),
  } as unknown as House;
  const program = new Command().exitOverride();
  addManifest(program, house);
  await program.parseAsync(['node', 'fangang', 'manifest', ...args, '--season', '2022-spring']);
}

it('lists the trips of a day, and says so when there are none', async () => {
  await run('--date', '2022-02-12');
  expect(said.at(-1)?.text).toContain('WX-0212-01\t07:50\tpublished\t3/45');
  await expect(run('--date', '2022-03-12')).rejects.toMatchObject({ exit: 4, code: 'trips.no_trips' });
});

it('writes PDF and spreadsheet; whole numbers leave a line in the audit', async () => {
  const pdf = join(folder, 'a.pdf');
  const xlsx = join(folder, 'b.xlsx');
  await run('WX-0212-01', '--out', pdf, '--lang', 'en');
  expect((await readFile(pdf)).subarray(0, 5).toString()).toBe('%PDF-');
  await run('WX-0212-01', '--out', xlsx, '--full');
  expect((await readFile(xlsx)).subarray(0, 2).toString()).toBe('PK');
  expect(said.at(-1)?.value).toEqual({ file: xlsx, people: 3 });
  const audits = await asOwner(test.fresh.adminUrl, test.fresh.city, async (tx) => {
    const { rows } = await sql`select 1 from offices_audit where action = 'trips.full_manifest'`.execute(tx);
    return rows.length;
  });
  expect(audits).toBe(1);
});

it('ends with code 4 for a trip that is not there, 2 for what it does not understand', async () => {
  await expect(run('WX-9999', '--out', join(folder, 'c.pdf'))).rejects.toMatchObject({ exit: 4 });
  await expect(run('WX-0212-01', '--out', join(folder, 'c.doc'))).rejects.toMatchObject({ exit: 2 });
  await expect(run('WX-0212-01', '--out', join(folder, 'no/folder.pdf'))).rejects.toMatchObject({
    exit: 2,
    code: 'trips.cannot_write',
  });
  await expect(run('WX-0212-01', '--lang', 'fr')).rejects.toMatchObject({ exit: 2 });
  await expect(run()).rejects.toMatchObject({ exit: 2 });
});
