import { isIP } from 'node:net';
import { parseIntoClientConfig } from 'pg-connection-string';
import { CommandError, ExitCode } from './errors.ts';

type Parsed = ReturnType<typeof parseIntoClientConfig>;

function parse(url: string): Parsed {
  if (!/^postgres(ql)?:$/.test(URL.canParse(url) ? new URL(url).protocol : '')) {
    throw new CommandError(
      ExitCode.usage,
      'basics.database_url_malformed',
      'DATABASE_URL is no address of a database: write postgres://user:password@host:5432/database.',
    );
  }
  try {
    return parseIntoClientConfig(url);
  } catch (error) {
    const { code, path } = error as { code?: string; path?: string };
    throw new CommandError(
      ExitCode.usage,
      'basics.database_url_malformed',
      code && path
        ? `DATABASE_URL names ${path}, which cannot be read (${code}).`
        : 'DATABASE_URL cannot be read: look at its port, and at sslmode and sslrootcert.',
    );
  }
}

/** A socket of this machine, or an address that does not leave it. */
function staysHere(host: string): boolean {
  return (
    host.startsWith('/') ||
    host === 'localhost' ||
    host === '::1' ||
    (isIP(host) === 4 && host.startsWith('127.'))
  );
}

/** TLS that looks at the certificate: `prefer`, `require`, `verify-ca` and `verify-full` as the driver reads them, none of which falls back. */
function isVerified({ ssl }: Parsed): boolean {
  return ssl === true || (typeof ssl === 'object' && ssl.rejectUnauthorized !== false);
}

/**
 * Refuses an address that is none, and one over the network without TLS, or with one that looks at no certificate: whoever sits between
 * would read every row. `FANGANG_DATABASE_PLAIN=1` lets it through, where the network itself is encrypted.
 */
export function checkDatabaseUrl(url: string, env: NodeJS.ProcessEnv = process.env): void {
  const parsed = parse(url);
  const host = parsed.host || env.PGHOST || 'localhost';
  if (staysHere(host) || isVerified(parsed) || env.FANGANG_DATABASE_PLAIN === '1') return;
  throw new CommandError(
    ExitCode.usage,
    'basics.database_plain',
    `DATABASE_URL leads to ${host} without TLS that is checked: add ?sslmode=verify-full&sslrootcert=/path/to/ca.pem, or set FANGANG_DATABASE_PLAIN=1 where the network itself is encrypted.`,
  );
}
