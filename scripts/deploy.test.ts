import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { uploadRoster } from '../packages/domain/src/people/api.ts';
import { MOST_BODY, PATIENCE } from '../packages/server/src/platform/edge.ts';
import { CURVES, SUITES_OF_12, SUITES_OF_13 } from '../packages/server/src/platform/tls.ts';
import { FORM_LIMITS } from '../packages/server/src/platform/upload.ts';

/* Holds the guide and the files of deploy/ to the program: settings, suites, limits, paths. */

const house = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(join(house, path), 'utf8');
const guide = read('docs/deploy.md');
const nginx = read('deploy/nginx.conf').replace(/^\s*#.*$/gm, '');
const unit = read('deploy/fangang.service');
const timed = read('deploy/fangang-audit.service');

/** Values of a directive of nginx, in order. */
const said = (name: string): string[] =>
  [...nginx.matchAll(new RegExp(`^\\s*${name} (.*);$`, 'gm'))].map(([, it]) => it ?? '');
const settingsIn = (text: string): Set<string> =>
  new Set([...text.matchAll(/\b(FANGANG_[A-Z]+(?:_[A-Z]+)*|DATABASE_URL)\b/g)].map(([it]) => it));

function settingsOfCode(): Set<string> {
  const folder = join(house, 'packages/server/src');
  const names = (readdirSync(folder, { recursive: true, encoding: 'utf8' }) as string[]).filter(
    (it) => it.endsWith('.ts') && !/[.]test[.]ts$|testing[.]ts$|vitest/.test(it),
  );
  return settingsIn(names.map((it) => readFileSync(join(folder, it), 'utf8')).join('\n'));
}

describe('the deployment guide', () => {
  it('names every setting of the program, and none that it does not have', () => {
    const own = settingsOfCode();
    expect(own.size).toBeGreaterThan(15);
    const table = guide.split(/^## /m).find((it) => it.startsWith('Settings')) ?? '';
    expect([...settingsIn(table)].sort()).toEqual([...own].sort());
    for (const text of [guide, unit, timed, read('deploy/nginx.conf')])
      for (const name of settingsIn(text)) expect(own, name).toContain(name);
    expect(settingsIn('FANGANG_TLS_CERTS=1')).not.toEqual(settingsIn('FANGANG_TLS_CERT=1'));
  });

  it('is short, and names files that are there', () => {
    expect(guide.split('\n').length).toBeLessThanOrEqual(200);
    for (const [, name = ''] of guide.matchAll(/`(deploy\/[\w.-]+)`/g)) expect(read(name)).not.toBe('');
    for (const name of readdirSync(join(house, 'deploy')))
      expect(guide).toContain(name.replace(/.*(?=[.]timer)/, ''));
    for (const page of ['README.md', 'README.zh-CN.md', 'docs/security.md', 'ARCHITECTURE.md'])
      expect(read(page), page).toContain('deploy.md');
  });
});

describe('nginx in front', () => {
  it('speaks the versions, suites and curves that the program speaks itself, in its order', () => {
    expect(said('ssl_protocols')).toEqual(['TLSv1.2 TLSv1.3']);
    expect(said('ssl_ciphers')).toEqual([SUITES_OF_12.join(':')]);
    expect(said('ssl_conf_command')).toEqual([`Ciphersuites ${SUITES_OF_13.join(':')}`]);
    expect(said('ssl_ecdh_curve')).toEqual([CURVES.join(':')]);
    expect(said('ssl_prefer_server_ciphers')).toEqual(['on']);
    expect(said('ssl_session_tickets')).toEqual(['off']);
  });

  it('takes bodies and heads as large as the program takes, and rosters on their one address', () => {
    const [most, roster, ...more] = said('client_max_body_size');
    expect([most, more]).toEqual([`${MOST_BODY / 1024 / 1024}m`, []]);
    expect(roster).toBe(`${(FORM_LIMITS.fileSize + MOST_BODY) / 1024 / 1024}m`);
    expect(nginx).toMatch(
      new RegExp(`location = ${uploadRoster.path} \\{\\s*client_max_body_size ${roster};`),
    );
    expect(said('large_client_header_buffers')).toEqual(['4 16k']);
    expect(said('client_header_timeout')).toEqual([`${PATIENCE.head / 1000}s`]);
    expect(said('proxy_read_timeout')).toEqual([`${PATIENCE.request / 1000}s`]);
    const kept = Number.parseInt(said('keepalive_timeout')[1] ?? '', 10);
    expect(kept).toBeLessThan(PATIENCE.next / 1000);
  });

  it('sets what the program believes of a proxy, passes none of it on, and asks for HTTPS itself', () => {
    expect(said('proxy_set_header')).toEqual([
      'Host $host',
      'X-Forwarded-Host $host',
      'X-Forwarded-Proto https',
      'X-Forwarded-For $remote_addr',
      'Forwarded ""',
      'Connection ""',
    ]);
    const hsts = /'strict-transport-security', '([^']+)'/.exec(
      read('packages/server/src/platform/edge.ts'),
    )?.[1];
    expect(said('add_header')).toEqual([`Strict-Transport-Security "${hsts}" always`]);
    expect(said('access_log')).toEqual(['off']);
  });
});

describe('the units', () => {
  it('run without rights, with keys outside of the data folder, and end the program as it wants to be ended', () => {
    for (const text of [unit, timed]) {
      for (const line of [
        'User=fangang',
        'UMask=0077',
        'NoNewPrivileges=yes',
        'ProtectSystem=strict',
        'ProtectHome=yes',
        'PrivateTmp=yes',
        'StateDirectoryMode=0700',
        'StandardError=journal',
        'SystemCallFilter=@system-service',
        'Environment=FANGANG_DATA=/var/lib/fangang',
        'Environment=FANGANG_KEY_FILE=/var/lib/fangang.keys/master.key',
      ])
        expect(text.split('\n')).toContain(line);
      // V8 compiles while it runs.
      expect(text).not.toMatch(/^MemoryDenyWriteExecute/m);
    }
    expect(unit).toMatch(/^KillSignal=SIGTERM$/m);
    expect(unit).toMatch(/^KillMode=mixed$/m);
    expect(unit).toMatch(/^Environment=FANGANG_TLS=required$/m);
    expect(timed).toMatch(/^Requisite=fangang.service$/m);
    for (const [, file = ''] of `${unit}${timed}`.matchAll(/^ExecStart=\/usr\/bin\/node (\S+)/gm))
      expect(read(file)).toContain('main.ts');
  });

  it('put log and audit where rsyslog fetches them, over TLS with a checked name', () => {
    const rsyslog = read('deploy/rsyslog.conf');
    for (const text of [unit, timed]) {
      const name = /^SyslogIdentifier=(.*)$/m.exec(text)?.[1];
      expect(rsyslog).toContain(`$programname == "${name}"`);
    }
    expect(rsyslog).toMatch(/StreamDriverMode="1"\s+StreamDriverAuthMode="x509\/name"/);
    expect(rsyslog).toContain('MinProtocol=TLSv1.2');
  });
});
