import type { Transaction } from 'kysely';
import { type Database, inScope, type Scope, type Tables } from './database.ts';
import type { Secrets } from './secrets.ts';

/** What the house is put together from once, handed to whoever needs it. */
export interface Services {
  readonly db: Database;
  /** 6-digit code of the city: one schema. */
  readonly city: string;
  readonly secrets: Secrets;
  /** Folder of the installation: uploads, database, keys. */
  readonly dataDir: string;
  readonly log: Log;
}

export interface Log {
  info(facts: object, text: string): void;
  warn(facts: object, text: string): void;
  error(facts: object, text: string): void;
}

/** One transaction with the eyes of a scope. */
export function within<Value>(
  services: Pick<Services, 'db' | 'city'>,
  scope: Scope,
  work: (tx: Transaction<Tables>) => Promise<Value>,
): Promise<Value> {
  return inScope(services.db, services.city, scope, work);
}
