import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Result, refuse } from '@fangang/domain/basics/result.ts';
import { checkPassword, type PasswordOwner } from '@fangang/domain/offices/rules-password.ts';
import type { PasswordProfile } from '@fangang/domain/offices/schema.ts';
import { hash, verify } from '@node-rs/argon2';
import { makeGate } from './login-queue.ts';

/** OWASP's least for argon2id: 46 MiB, one pass, one lane (OWASP Password Storage Cheat Sheet, 2024). */
const COST = { memoryCost: 47_104, timeCost: 1, parallelism: 1 };

/** As many as a small machine has cores; half a minute of work may wait, nobody longer than ten seconds. */
const gate = makeGate({ atOnce: 2, waiting: 120, waitMs: 10_000 });

/** Compared against where no account is, so that the time of an answer says nothing. */
let nobody: Promise<string> | undefined;

export function hashPassword(password: string): Promise<string> {
  return hash(password, COST);
}

/**
 * True if the password fits; without an account the same work is done and the answer is false. `busy` where too many sign in at once:
 * it says nothing about the password.
 */
export async function passwordFits(stored: string | null, password: string): Promise<boolean | 'busy'> {
  nobody ??= hashPassword('nobody has this password');
  const against = stored ?? (await nobody);
  const done = await gate.enter(() => verify(against, password));
  if (!done) return 'busy';
  return stored !== null && done.value;
}

const LIST = join(dirname(fileURLToPath(import.meta.url)), '../../../../data/passwords/common.txt');
let leaked: ReadonlySet<string> | undefined;

/** True for one of the 18,000 most common passwords of leaked lists with eight characters or more, whatever its capitals. */
export function isLeakedPassword(password: string): boolean {
  leaked ??= new Set(readFileSync(LIST, 'utf8').split('\n'));
  return leaked.has(password.toLowerCase());
}

/** Whether somebody may take this password: the rules of the profile, and none of the leaked ones (`offices.password_common`). */
export function checkNewPassword(
  profile: PasswordProfile,
  password: string,
  owner: PasswordOwner,
): Result<Record<never, never>> {
  const good = checkPassword(profile, password, owner);
  return good.ok && isLeakedPassword(password) ? refuse({ code: 'offices.password_common' }) : good;
}
