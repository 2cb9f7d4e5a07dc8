import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { issue, lay, makeAuthority } from '../platform/certificates-testing.ts';
import { certificateFinding } from './doctor.ts';

const folder = mkdtempSync(join(tmpdir(), 'doctor-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('looks at the certificate where there is one: its days, and what is wrong with it', async () => {
  const authority = await makeAuthority();
  const found = async (days: number) => {
    const { cert, key } = lay(folder, await issue(authority, { days }));
    return certificateFinding({ FANGANG_TLS_CERT: cert, FANGANG_TLS_KEY: key });
  };
  expect(certificateFinding({})).toEqual([]);
  expect(await found(100.5)).toMatchObject([{ ok: true, found: expect.stringMatching(/, 100 days left$/) }]);
  expect(await found(5.5)).toMatchObject([{ ok: false, found: expect.stringMatching(/, 5 days left$/) }]);
  expect(await found(-1)).toMatchObject([{ ok: false, found: expect.stringContaining('ended on') }]);
  expect(certificateFinding({ FANGANG_TLS_KEY: 'a.key' })).toMatchObject([{ ok: false }]);
});
