import { Command, CommanderError } from 'commander';
import { CommandError, ExitCode } from '../platform/errors.ts';
import { addBulletin } from './bulletin.ts';
import { addDoctor } from './doctor.ts';
import { addFigures } from './figures.ts';
import { house } from './house.ts';
import { addImport } from './import.ts';
import { addManifest } from './manifest.ts';
import { addMigrate } from './migrate.ts';
import { addPlan } from './plan.ts';
import { addProgramme } from './programme.ts';
import { addSample } from './sample.ts';
import { addSeason } from './season.ts';
import { addServe } from './serve.ts';
import { addUser } from './user.ts';

const program = new Command('fangang')
  .description('返岗通 · Point-to-point return-to-work transport for public employment services')
  .showHelpAfterError('(fangang --help lists the commands)')
  .exitOverride();

for (const add of [
  addServe,
  addSample,
  addMigrate,
  addSeason,
  addUser,
  addImport,
  addPlan,
  addManifest,
  addFigures,
  addBulletin,
  addProgramme,
  addDoctor,
]) {
  add(program, house);
}
// Commander copies exitOverride to commands made before it only.
for (const command of program.commands) command.exitOverride();

/** One sentence for the person at the keyboard, and the exit code of its kind. */
function fail(error: unknown): number {
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
