import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { routes } from '../offices/routes.ts';
import { type TestHouse, testHouse } from '../offices/testing.ts';
import { noteAudit } from '../platform/audit.ts';
import { checkpointDigest } from '../platform/audit-chain.ts';
import { auditTasks } from '../platform/audit-seal.ts';
import { newId } from '../platform/ids.ts';
import { openLog } from '../platform/log.ts';
import { asOwner } from '../platform/owner.ts';
import type { Services } from '../platform/services.ts';
import { listCheckpoints } from '../platform/store-audit.ts';
import { addAudit } from './audit.ts';
import { runCommand } from './testing.ts';

let test: TestHouse;
let folder: string;
let services: Services;
const logged: Record<string, unknown>[] = [];
beforeAll(async () => {
  test = await testHouse(routes);
  folder = mkdtempSync(join(tmpdir(), 'audit-'));
  const log = openLog('info', { write: (line) => void logged.push(JSON.parse(line)) });
  services = { ...test.services, dataDir: join(folder, 'data'), log };
});
afterAll(async () => {
  await test.close();
  rmSync(folder, { recursive: true, force: true });
});

const owner = <Value>(work: Parameters<typeof asOwner<Value>>[2]): Promise<Value> =>
  asOwner(test.fresh.adminUrl, '500000', work);

/** Rows of the audit, chained and signed as each minute does it. */
async function written(...subjects: string[]): Promise<void> {
  await owner(async (tx) => {
    for (const subject of subjects) {
      const facts = { purpose: 'call' };
      await noteAudit(tx, { actor: newId(), area: '500156101000', action: 'people.reveal', subject, facts });
    }
  });
  await auditTasks.audit_seal?.({}, services);
}

async function carried(...more: string[]): Promise<Record<string, unknown>[]> {
  const { out, error } = await runCommand(test, addAudit, ['audit', 'export', ...more]);
  if (error) throw error;
  return out === ''
    ? []
    : out
        .replaceAll('}{', '}\n{')
        .split('\n')
        .map((line) => JSON.parse(line));
}

it('tells the log of each checkpoint, so that a collector has it where nobody here can change it', async () => {
  await written(newId());
  const [last] = (await owner((tx) => listCheckpoints(tx))).slice(-1);
  if (!last) throw new Error('nothing was sealed');
  expect(logged.at(-1)).toMatchObject({
    msg: 'the audit was sealed',
    checkpoint: last.no,
    lastSeq: last.lastSeq,
    digest: checkpointDigest(services.secrets.audit, 'city_500000', last).toString('hex'),
  });
});

it('carries sealed rows away, each once, and goes on where it ended', async () => {
  const mark = join(folder, 'mark');
  const [first, second, third] = [newId(), newId(), newId()];
  await written(first, second);
  const there = await carried('--mark', mark);
  expect(there.slice(-2)).toEqual([
    expect.objectContaining({ subject: first, action: 'people.reveal', facts: { purpose: 'call' } }),
    expect.objectContaining({ subject: second, hash: expect.stringMatching(/^[0-9a-f]{64}$/) }),
  ]);
  expect(there.map((it) => it.seq)).toEqual(there.map((_, i) => i + 1));
  expect(await carried('--mark', mark)).toEqual([]);
  await written(third);
  expect((await carried('--mark', mark)).map((it) => it.subject)).toEqual([third]);
  expect(readFileSync(mark, 'utf8')).toBe(`${there.length + 1}\n`);
  expect((await carried('--after', '1')).length).toBe(there.length);
});

it('shows by the copy what the owner of the database has taken out', async () => {
  const subject = newId();
  await written(subject);
  const copy = (await carried()).at(-1);
  await owner((tx) => sql`alter table offices_audit disable trigger all`.execute(tx));
  await owner((tx) => sql`delete from offices_audit where subject = ${subject}::uuid`.execute(tx));
  expect(copy).toMatchObject({ subject });
  expect((await carried()).at(-1)).toEqual({ seq: copy?.seq, hash: copy?.hash, gone: true });
});

it('refuses a mark that is no number', async () => {
  const mark = join(folder, 'broken');
  writeFileSync(mark, 'nonsense');
  await expect(carried('--mark', mark)).rejects.toMatchObject({ exit: 2, code: 'basics.bad_number' });
  await expect(carried('--after', '-1')).rejects.toMatchObject({ exit: 2 });
});
