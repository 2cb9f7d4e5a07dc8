import { hash, verify } from '@node-rs/argon2';

/** OWASP's least for argon2id: 46 MiB, one pass, one lane (OWASP Password Storage Cheat Sheet, 2024). */
const COST = { memoryCost: 47_104, timeCost: 1, parallelism: 1 };

/** Compared against where no account is, so that the time of an answer says nothing. */
let nobody: Promise<string> | undefined;

export function hashPassword(password: string): Promise<string> {
  return hash(password, COST);
}

/** True if the password fits; without an account the same work is done and the answer is false. */
export async function passwordFits(stored: string | null, password: string): Promise<boolean> {
  nobody ??= hashPassword('nobody has this password');
  const fits = await verify(stored ?? (await nobody), password);
  return stored !== null && fits;
}
