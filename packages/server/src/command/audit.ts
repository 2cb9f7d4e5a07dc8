import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { auditTasks, readAnchor } from '../platform/audit-seal.ts';
import { type Verdict, verifyAudit } from '../platform/audit-verify.ts';
import { schemaOf } from '../platform/database.ts';
import { CommandError, ExitCode } from '../platform/errors.ts';
import { asOwner } from '../platform/owner.ts';
import { anchorFile } from '../platform/secrets-ring.ts';
import { type ChainLine, listChain } from '../platform/store-audit.ts';
import { type House, type OpenHouse, withHouse } from './house.ts';

interface Options {
  readonly seal?: boolean;
  readonly json?: boolean;
}

interface ExportOptions {
  readonly after?: string;
  readonly mark?: string;
}

const EXAMPLES =
  '\nExamples:\n  fangang audit verify\n  fangang audit verify --seal --json' +
  '\n  fangang audit export --mark /var/lib/fangang-audit/mark >> /mnt/audit/fangang.jsonl';

/** `fangang audit verify|export`: proves that nobody has changed the audit, names the first row that was, and gives away what is sealed. */
export function addAudit(program: Command, house: House): void {
  const audit = program
    .command('audit')
    .description('who has read and changed what: prove that nobody has touched it, carry it away')
    .addHelpText('after', EXAMPLES);
  audit
    .command('export')
    .description(
      'print sealed rows with their place in the chain, a line of JSON each, for another machine to keep',
    )
    .option('--after <no>', 'rows after this number of the chain')
    .option(
      '--mark <file>',
      'file that keeps up to which number was printed; the next time goes on from there',
    )
    .addHelpText('after', EXAMPLES)
    .action((options: ExportOptions) => withHouse(house, (open) => carry(house, open, options)));
  audit
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

const PAGE_ROWS = 2000;

/** The number after which to go on: as said, else what the file keeps, else from the beginning. */
function startOf({ after, mark }: ExportOptions): number {
  const said = after ?? (mark !== undefined && existsSync(mark) ? readFileSync(mark, 'utf8').trim() : '0');
  if (/^\d{1,15}$/.test(said)) return Number(said);
  throw new CommandError(ExitCode.usage, 'basics.bad_number', `“${said}” is no number of the audit’s chain`);
}

/** A row with its number in the chain and the hash that it and all before it must have. */
function lineOf({ seq, hash, row }: ChainLine): Record<string, unknown> {
  const proof = { seq, hash: hash.toString('hex') };
  return row ? { ...proof, ...row, facts: JSON.parse(row.facts) } : { ...proof, gone: true };
}

/** The mark is written when a page has been printed: what is broken off prints some rows again, and leaves none out. */
async function carry(house: House, { services, adminUrl }: OpenHouse, options: ExportOptions): Promise<void> {
  for (let after = startOf(options); ; ) {
    const lines = await asOwner(adminUrl, services.city, (tx) => listChain(tx, after, PAGE_ROWS));
    for (const line of lines) house.print(lineOf(line), '', true);
    const last = lines.at(-1);
    if (!last) return;
    after = last.seq;
    if (options.mark === undefined) continue;
    writeFileSync(`${options.mark}.new`, `${after}\n`, { mode: 0o600 });
    renameSync(`${options.mark}.new`, options.mark);
  }
}
