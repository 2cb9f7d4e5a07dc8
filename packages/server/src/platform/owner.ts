import { sql, type Transaction } from 'kysely';
import { type Database, openDatabase, schemaOf, type Tables } from './database.ts';

/**
 * One transaction as the owner of the city's schema, past row-level security: for set-up, accounts and the sample only,
 * never for a route.
 */
export async function asOwner<Value>(
  adminUrl: string,
  city: string,
  work: (tx: Transaction<Tables>) => Promise<Value>,
): Promise<Value> {
  const db = openDatabase(adminUrl, { max: 1 });
  try {
    return await inOwnerTransaction(db, city, work);
  } finally {
    await db.close();
  }
}

/** Like `asOwner`, on a database opened with the administrator's address, for many transactions in a row. */
export async function inOwnerTransaction<Value>(
  db: Database,
  city: string,
  work: (tx: Transaction<Tables>) => Promise<Value>,
): Promise<Value> {
  const path = `${schemaOf(city)}, pg_temp`;
  return await db.kysely.transaction().execute(async (tx) => {
    await sql`select set_config('role', 'fangang_owner', true), set_config('search_path', ${path}, true)`.execute(
      tx,
    );
    return await work(tx);
  });
}
