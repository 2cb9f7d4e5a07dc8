import { createRequire } from 'node:module';
import { Command, CommanderError } from 'commander';
import { CommandError, ExitCode } from '../platform/errors.ts';
import { Stopped } from '../platform/stop.ts';
import { type House, house } from './house.ts';

type Add = (program: Command, house: House) => void;

/** Only the command that is asked for is loaded: a short one must not wait for the planner and the pages. */
const COMMANDS: Readonly<Record<string, () => Promise<Add>>> = {
  serve: async () => (await import('./serve.ts')).addServe,
  sample: async () => (await import('./sample.ts')).addSample,
  migrate: async () => (await import('./migrate.ts')).addMigrate,
  season: async () => (await import('./season.ts')).addSeason,
  user: async () => (await import('./user.ts')).addUser,
  import: async () => (await import('./import.ts')).addImport,
  plan: async () => (await import('./plan.ts')).addPlan,
  manifest: async () => (await import('./manifest.ts')).addManifest,
  figures: async () => (await import('./figures.ts')).addFigures,
  bulletin: async () => (await import('./bulletin.ts')).addBulletin,
  programme: async () => (await import('./programme.ts')).addProgramme,
  keys: async () => (await import('./keys.ts')).addKeys,
  audit: async () => (await import('./audit.ts')).addAudit,
  retention: async () => (await import('./retention.ts')).addRetention,
  doctor: async () => (await import('./doctor.ts')).addDoctor,
};

const program = new Command('fangang')
  .description('返岗通 · Point-to-point return-to-work transport for public employment services')
  .version(createRequire(import.meta.url)('../../package.json').version)
  .showHelpAfterError('(fangang --help lists the commands)')
  .addHelpText(
    'after',
    `
Exit codes: 0 ok, 1 fault, 2 usage, 3 validation, 4 not found, 5 conflict, 6 infeasible.

Examples:
  fangang serve
  fangang import people 台账.xlsx --area 500156101000 --season 2022-spring --dry-run
  fangang bulletin --season 2022-spring
  fangang plan --help`,
  )
  .exitOverride();

const asked = COMMANDS[process.argv[2] ?? ''];
for (const load of asked ? [asked] : Object.values(COMMANDS)) (await load())(program, house);
// Commander copies exitOverride to commands made before it only.
for (const command of program.commands) command.exitOverride();

/** One sentence for the person at the keyboard, and the exit code of its kind. */
function fail(error: unknown): number {
  // The work that was cut off must not go on.
  if (error instanceof Stopped) process.exit(error.exit);
  if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.ok : ExitCode.usage;
  if (error instanceof CommandError) {
    process.stderr.write(`fangang: ${error.message}\n`);
    return error.exit;
  }
  const text = error instanceof Error ? error.message : String(error);
  process.stderr.write(`fangang: something broke that is not your doing: ${text}\n`);
  if (process.env.FANGANG_DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return ExitCode.fault;
}

try {
  await program.parseAsync(process.argv);
} catch (error) {
  process.exitCode = fail(error);
}
