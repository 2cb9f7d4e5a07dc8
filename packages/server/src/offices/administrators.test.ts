import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asOwner } from '../platform/owner.ts';
import { type FreshDatabase, freshDatabase } from '../platform/testing.ts';

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.close());

const ADMINISTRATORS = ['fangang_system', 'fangang_security', 'fangang_audit'];
/** What all three write: the journal, the audit and stored replies, each under the own name. */
const SHARED = ['journal', 'request', 'offices_audit'];

interface Grant {
  readonly role: string;
  readonly table: string;
  readonly right: string;
}

/** Rights of a role on tables or on single columns, as the catalogue has them. */
const grants = (): Promise<Grant[]> =>
  asOwner(fresh.adminUrl, fresh.city, async (tx) => {
    const { rows } = await sql<Grant>`
      select grantee as role, table_name as "table", privilege_type as "right" from information_schema.table_privileges
        where table_schema = current_schema()
      union select grantee, table_name, privilege_type from information_schema.column_privileges
        where table_schema = current_schema()`.execute(tx);
    return rows.filter((it) => ADMINISTRATORS.includes(it.role));
  });

describe('system, security and audit administrators', () => {
  it('see no person, wish, trip or ticket', async () => {
    const seen = (await grants()).filter((it) => /^(people|trips|jobs)_/.test(it.table));
    expect(seen).toEqual([]);
  });

  it('write no table that another of them writes', async () => {
    const writes = (await grants()).filter((it) => it.right !== 'SELECT' && !SHARED.includes(it.table));
    const writers = new Map<string, Set<string>>();
    for (const { table, role } of writes) writers.set(table, (writers.get(table) ?? new Set()).add(role));
    expect([...writers].filter(([, roles]) => roles.size > 1)).toEqual([]);
  });

  it('leave the audit to the audit administrator, who can change nothing in it', async () => {
    const on = (await grants()).filter((it) => it.table === 'offices_audit');
    expect([...new Set(on.filter((it) => it.right === 'SELECT').map((it) => it.role))]).toEqual([
      'fangang_audit',
    ]);
    expect(on.filter((it) => !['SELECT', 'INSERT'].includes(it.right))).toEqual([]);
  });
});
