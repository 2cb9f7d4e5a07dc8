import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLOSE_WITHIN_DAYS, judge, type KnownHole, reportOf } from './package-holes.ts';

/* Real npm asks a registry of ours, which knows two real advisories: what it prints is what it prints everywhere. */

const house = fileURLToPath(new URL('..', import.meta.url));
const HIGH = 'GHSA-35jh-r3h4-6jhm';
const HOLES = {
  lodash: [
    {
      id: 1106913,
      url: `https://github.com/advisories/${HIGH}`,
      title: 'Command Injection in lodash',
      severity: 'high',
      vulnerable_versions: '<4.17.21',
      cwe: ['CWE-77'],
      cvss: { score: 7.2, vectorString: null },
    },
    {
      id: 1106914,
      url: 'https://github.com/advisories/GHSA-29mw-wpgm-hmr9',
      title: 'Regular Expression Denial of Service (ReDoS) in lodash',
      severity: 'moderate',
      vulnerable_versions: '<4.17.21',
      cwe: ['CWE-1333'],
      cvss: { score: 5.3, vectorString: null },
    },
  ],
};
const today = new Date().toISOString().slice(0, 10);
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
const seen = (days: number, more: Partial<KnownHole> = {}): KnownHole => ({
  ...{ advisory: HIGH, package: 'lodash', seen: daysAgo(days), reach: 'outside' },
  ...more,
});

let folder = '';
let registry: Server;
/** What the registry answers: its advisories, or that it knows no such question. */
let mode: 'holes' | 'none' | 'mute' = 'holes';
const asked: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fangang-packages-'));
  const lodash = {
    version: '4.17.15',
    resolved: 'https://registry.npmjs.org/lodash/-/lodash-4.17.15.tgz',
    integrity:
      'sha512-8xOcRHvCjnocdS5cpwXQXVzmmh5e5+saE2QGoeQmbKmRS6J3VQppPOIt0MnmE+4xlZoumy0GPG0D0MVIQbNA1A==',
  };
  const root = { name: 'p', version: '1.0.0', dependencies: { lodash: '4.17.15' } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(root));
  const lock = {
    name: 'p',
    version: '1.0.0',
    lockfileVersion: 3,
    requires: true,
    packages: { '': root, 'node_modules/lodash': lodash },
  };
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
  registry = createServer((request, answer) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const isBulk = request.url?.endsWith('/advisories/bulk') ?? false;
      const body = Buffer.concat(parts);
      if (isBulk)
        asked.push((request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString());
      if (isBulk && mode !== 'mute')
        return answer
          .setHeader('content-type', 'application/json')
          .end(JSON.stringify(mode === 'holes' ? HOLES : {}));
      answer.writeHead(isBulk ? 405 : 404).end();
    });
  });
  await new Promise<void>((done) => registry.listen(0, '127.0.0.1', done));
});
afterAll(() => {
  registry.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the command as `npm run look:packages` does. */
async function look(
  known: readonly KnownHole[],
): Promise<{ code: number; line: Record<string, unknown>; stderr: string }> {
  const list = join(folder, 'known.json');
  writeFileSync(list, JSON.stringify({ holes: known }));
  const { port } = registry.address() as AddressInfo;
  const env = {
    ...process.env,
    npm_config_registry: `http://127.0.0.1:${port}`,
    npm_config_fetch_retries: '0',
  };
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(house, 'scripts/look-packages.ts'), folder, list],
    { cwd: house, env },
  );
  const [out, err]: [string[], string[]] = [[], []];
  child.stdout.on('data', (part) => out.push(String(part)));
  child.stderr.on('data', (part) => err.push(String(part)));
  const code = await new Promise<number>((done) => child.on('close', (it) => done(it ?? -1)));
  const lines = out.join('').trim().split('\n');
  expect(lines).toHaveLength(1);
  return { code, line: JSON.parse(lines[0] ?? '{}'), stderr: err.join('') };
}

describe('the look for known holes in packages', () => {
  it('fails where a hole of level high is not written down, is late, or was accepted until yesterday', async () => {
    mode = 'holes';
    const name = `${HIGH} lodash`;
    const unlisted = await look([]);
    expect([unlisted.code, unlisted.line.unlisted, unlisted.line.lesser]).toEqual([1, [name], 1]);
    expect(asked.some((it) => it.includes('lodash'))).toBe(true);
    const late = await look([seen(8)]);
    expect([late.code, late.line.overdue]).toEqual([1, [name]]);
    const accepted = { until: daysAgo(1), reason: 'no template of lodash is ever made here' };
    expect((await look([seen(60, { accepted })])).code).toBe(1);
  }, 120_000);

  it('passes while there is time, while it is accepted with a reason, and where nothing is found', async () => {
    mode = 'holes';
    expect((await look([seen(7)])).code).toBe(0);
    const accepted = { until: today, reason: 'no template of lodash is ever made here' };
    const line = await look([seen(60, { accepted })]);
    expect([line.code, line.line.accepted]).toEqual([0, [`${HIGH} lodash`]]);
    mode = 'none';
    const nothing = await look([seen(1)]);
    expect([nothing.code, nothing.line.gone, nothing.line.packages]).toEqual([0, [`${HIGH} lodash`], 2]);
  }, 120_000);

  it('says plainly when the registry cannot be asked, and calls that neither good nor bad', async () => {
    mode = 'mute';
    const { code, line, stderr } = await look([]);
    expect([code, line.looked]).toEqual([2, false]);
    expect(String(line.why)).toContain('405');
    expect(stderr).toMatch(/^The registry could not be asked/);
  }, 60_000);
});

describe('the judgement', () => {
  const report = {
    auditReportVersion: 2,
    vulnerabilities: { lodash: { via: [{ name: 'lodash', url: `x/${HIGH}`, severity: 'critical' }] } },
  };

  it('gives a hole that cannot be reached more days, and takes no acceptance without a reason', () => {
    const of = (hole: KnownHole) => judge(report, [hole], today);
    expect(of(seen(30, { reach: 'inside' })).ok).toBe(true);
    expect(of(seen(31, { reach: 'inside' })).overdue).toHaveLength(1);
    expect(of(seen(31, { accepted: { until: today, reason: 'later' } })).ok).toBe(false);
    expect(reportOf('{"message":"405"}')).toBeUndefined();
    expect(reportOf('<html>')).toBeUndefined();
  });

  it('has the days that are written down', () => {
    const page = readFileSync(join(house, 'docs/security.md'), 'utf8');
    const { outside, inside } = CLOSE_WITHIN_DAYS;
    expect(page).toContain(
      `**${outside} days** where it can be reached from outside, **${inside} days** where it cannot`,
    );
  });

  it('reads the list of the house: each line whole, each acceptance with a day and a reason', () => {
    const { holes } = JSON.parse(readFileSync(join(house, 'data/packages/known-holes.json'), 'utf8')) as {
      holes: KnownHole[];
    };
    for (const it of holes) {
      expect(it.advisory).toMatch(/^GHSA-/);
      expect([it.seen, it.accepted?.until ?? it.seen].every((day) => /^\d{4}-\d\d-\d\d$/.test(day))).toBe(
        true,
      );
      expect(Object.keys(CLOSE_WITHIN_DAYS)).toContain(it.reach);
      if (it.accepted) expect(it.accepted.reason.length).toBeGreaterThanOrEqual(20);
    }
  });
});
