import type { Recognized } from '@fangang/domain/offices/schema.ts';
import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';
import type { Reset } from './store-accounts.ts';

/* What `fangang user` does as the owner of the schema: whoever can read the keys of the installation may. */

export interface ListedUser {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly role: string;
  readonly area: string;
  readonly office: string;
  readonly state: 'active' | 'waiting' | 'shut';
  readonly secondFactor: boolean;
}

const FIELDS = sql`s.id, s.login, s.name, s.role, s.area, o.name office,
  case when s.active then 'active' when s.waiting then 'waiting' else 'shut' end state,
  exists (select 1 from offices_totp t where t.staff_id = s.id and t.confirmed_at is not null)
    or exists (select 1 from offices_passkey p where p.staff_id = s.id) "secondFactor"`;

/** Accounts of a role or an area (a 12-digit code's range), all of them unless told. */
export async function listUsers(
  tx: Tx,
  { role = '', from = '', to = '' }: { role?: string; from?: string; to?: string },
): Promise<ListedUser[]> {
  const { rows } =
    await sql<ListedUser>`select ${FIELDS} from offices_staff s join offices_office o on o.id = s.office_id
    where (${role} = '' or s.role = ${role}) and (${from} = '' or s.area between ${from} and ${to})
    order by s.area, s.role, s.login`.execute(tx);
  return rows;
}

export async function findUser(tx: Tx, login: string): Promise<ListedUser | undefined> {
  const { rows } =
    await sql<ListedUser>`select ${FIELDS} from offices_staff s join offices_office o on o.id = s.office_id
    where s.login = ${login} for update of s`.execute(tx);
  return rows[0];
}

/** Open accounts of a role, counted while nobody else can shut one. */
export async function countOfRole(tx: Tx, role: string): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended('administrators', 0))`.execute(tx);
  const { rows } = await sql<{
    n: number;
  }>`select count(*)::int n from offices_staff where role = ${role} and active`.execute(tx);
  return rows[0]?.n ?? 0;
}

async function note(tx: Tx, user: ListedUser, action: string, more: object = {}): Promise<void> {
  await sql`insert into offices_audit (id, actor, area, action, subject, facts)
    values (gen_random_uuid(), 'command', ${user.area}, ${action}, ${user.id}::uuid, ${JSON.stringify({ role: user.role, ...more })}::jsonb)`.execute(
    tx,
  );
}

async function endAll(tx: Tx, id: string): Promise<void> {
  await sql`delete from offices_session where staff_id = ${id}::uuid`.execute(tx);
  await sql`update offices_device set revoked_at = coalesce(revoked_at, now()) where owner = ${id}::uuid`.execute(
    tx,
  );
}

/** Shuts an account; its sessions and phones end. */
export async function shutUser(tx: Tx, user: ListedUser): Promise<void> {
  await sql`update offices_staff set active = false where id = ${user.id}::uuid`.execute(tx);
  await endAll(tx, user.id);
  await note(tx, user, 'offices.account_shut');
}

/** Sets a password to be changed at the next sign-in, frees a locked name and, if its owner was recognized, takes off the second factor. */
export async function resetUser(
  tx: Tx,
  user: ListedUser,
  { hash, tried, recognized }: Omit<Reset, 'factorToo'> & { recognized: Recognized | undefined },
): Promise<void> {
  const factorToo = recognized !== undefined;
  await sql`update offices_staff set password_hash = ${hash}, must_change = true, password_at = now()
    where id = ${user.id}::uuid`.execute(tx);
  await endAll(tx, user.id);
  await sql`delete from offices_login_failure where login = any (${tried})`.execute(tx);
  if (factorToo) {
    for (const table of ['offices_totp', 'offices_recovery_code', 'offices_passkey']) {
      await sql`delete from ${sql.table(table)} where staff_id = ${user.id}::uuid`.execute(tx);
    }
  }
  await note(tx, user, 'offices.password_reset', {
    secondFactorToo: factorToo,
    ...(factorToo && { recognized }),
  });
}
