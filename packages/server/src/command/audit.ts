import type { Command } from 'commander';
import { auditTasks, readAnchor } from '../platform/audit-seal.ts';
import { type Verdict, verifyAudit } from '../platform/audit-verify.ts';
import { schemaOf } from '../platform/database.ts';
import { ExitCode } from '../platform/errors.ts';
import { asOwner } from '../platform/owner.ts';
import { anchorFile } from '../platform/secrets-ring.ts';
import { type House, type OpenHouse, withHouse } from './house.ts';

interface Options {
  readonly seal?: boolean;
  readonly json?: boolean;
}

const EXAMPLES = '\nExamples:\n  fangang audit verify\n  fangang audit verify --seal --json';

/** `fangang audit verify`: proves that nobody has changed the audit, and names the first row that was. */
export function addAudit(program: Command, house: House): void {
  program
    .command('audit')
    .description('who has read and changed what: prove that nobody has touched it')
    .addHelpText('after', EXAMPLES)
    .command('verify')
    .description(
      'prove the audit from its first kept row to its last checkpoint; exit code 3 where it was tampered with',
    )
    .option('--seal', 'seal first what was written since the last checkpoint')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', EXAMPLES)
    .action((options: Options) => withHouse(house, (open) => verify(house, open, options)));
}

function say(it: Verdict, publicKey: string): string {
  const { first } = it;
  const facts = `${it.rows} rows, ${it.checkpoints} checkpoints, ${it.unsealed} not sealed yet${
    it.anchored ? '' : '; no checkpoint outside of the database to compare with'
  }`;
  if (!first) return `● nobody has touched the audit: ${facts}\n${publicKey}`;
  const row = first.row ? `, row ${first.row}` : '';
  const checkpoint = first.checkpoint === undefined ? '' : `, checkpoint ${first.checkpoint}`;
  return `◆ ${first.kind}: no. ${first.seq ?? '–'}${row}${checkpoint}${first.at ? `, of ${first.at} UTC` : ''}\n${facts}`;
}

async function verify(house: House, { services, adminUrl }: OpenHouse, options: Options): Promise<void> {
  const { secrets, city, dataDir } = services;
  if (options.seal) await auditTasks.audit_seal?.({}, services);
  const anchor = readAnchor(anchorFile(secrets.ring().place, dataDir));
  const verdict = await asOwner(adminUrl, city, (tx) =>
    verifyAudit(tx, { keys: secrets.audit, schema: schemaOf(city), anchor }),
  );
  const { publicKey, fingerprint } = secrets.audit;
  house.print({ ...verdict, key: fingerprint, publicKey }, say(verdict, publicKey), options.json ?? false);
  if (!verdict.ok) process.exitCode = ExitCode.validation;
}
