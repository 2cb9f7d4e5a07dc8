import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import pg from 'pg';
import { type Login, withLogin } from './database.ts';
import type { Secrets } from './secrets.ts';

/** Owns every table and runs migrations; nobody signs in as it. */
export const OWNER = 'fangang_owner';
/** The program's own role: owns nothing, sees nothing until it takes a scope. */
export const APP = 'fangang_app';
/** The workers' role: owns the queue and sees nothing else. */
export const QUEUE = 'fangang_queue';
/** One for each kind of scope; row-level security is written for these. */
export const SCOPES = [
  'fangang_office',
  'fangang_broker',
  'fangang_employer',
  'fangang_link',
  'fangang_system',
  'fangang_security',
  'fangang_audit',
  'fangang_sealer',
] as const;

const ATTRIBUTES: Readonly<Record<string, string>> = {
  [OWNER]: 'nologin bypassrls',
  [APP]: 'login noinherit nobypassrls',
  [QUEUE]: 'login nobypassrls',
  ...Object.fromEntries(SCOPES.map((role) => [role, 'nologin nobypassrls'])),
};

const ITERATIONS = 4096;

/** What PostgreSQL keeps of a password: sent in its place, the password stands in no log. Source: RFC 5803, RFC 7677. */
function scramVerifier(password: string): string {
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, ITERATIONS, 32, 'sha256');
  const sign = (text: string): Buffer => createHmac('sha256', salted).update(text).digest();
  const stored = createHash('sha256').update(sign('Client Key')).digest();
  return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString('base64')}$${stored.toString('base64')}:${sign('Server Key').toString('base64')}`;
}

async function canSignIn(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    await client.end();
    return true;
  } catch (error) {
    const { code } = error as { code?: string };
    // 28P01 wrong password, 28000 none yet: anything else is not about the password.
    if (code === '28P01' || code === '28000') return false;
    throw error;
  }
}

async function isMember(admin: pg.Client, member: string, role: string): Promise<boolean> {
  const { rowCount } = await admin.query(
    `select 1 from pg_auth_members m join pg_roles r on r.oid = m.roleid join pg_roles u on u.oid = m.member
      where r.rolname = $1 and u.rolname = $2`,
    [role, member],
  );
  return (rowCount ?? 0) > 0;
}

/** Roles that sign in. */
type LoginRole = typeof APP | typeof QUEUE;

/** What stands beside a role that signs in: its password is made of this and a key that the database does not know. */
const NOTE = /^fangang: ([\w-]{43})$/;

async function passwordOf(admin: pg.Client, role: LoginRole, secrets: Secrets): Promise<string> {
  const key = role === APP ? secrets.appPassword : secrets.queuePassword;
  const { rows } = await admin.query<{ note: string | null }>(
    `select shobj_description(oid, 'pg_authid') as note from pg_roles where rolname = $1`,
    [role],
  );
  const [, salt] = NOTE.exec(rows[0]?.note ?? '') ?? [];
  return salt ? saltedPassword(key, salt) : key;
}

/** 256 bits. */
function saltedPassword(key: string, salt: string): string {
  return createHmac('sha256', key).update(salt).digest('base64url');
}

/** Gives both accounts new passwords, or neither. What is open stays open; a new connection needs the new one. */
async function renewPasswords(admin: pg.Client, secrets: Secrets): Promise<void> {
  const statements = ([APP, QUEUE] as const).map((role) => {
    const salt = randomBytes(32).toString('base64url');
    const key = role === APP ? secrets.appPassword : secrets.queuePassword;
    return `alter role ${role} password '${scramVerifier(saltedPassword(key, salt))}'; comment on role ${role} is 'fangang: ${salt}'`;
  });
  // Statements of one query are one transaction.
  await admin.query(statements.join(';'));
}

/**
 * How the program or its queue gets in. `lasting` is true where nobody else can change the password while this process runs: it is then read
 * once. Else it is read with each connection, since another server on the same database may have started.
 */
export function loginOf(adminUrl: string, role: LoginRole, secrets: Secrets, lasting: boolean): Login {
  let known: Promise<string> | undefined;
  const read = async (): Promise<string> => {
    const admin = new pg.Client({ connectionString: adminUrl, application_name: 'fangang sign-in' });
    admin.on('error', () => undefined);
    try {
      await admin.connect();
      return await passwordOf(admin, role, secrets);
    } finally {
      await admin.end();
    }
  };
  return {
    url: withLogin(adminUrl, role, ''),
    password: async () => {
      if (!lasting) return await read();
      known ??= read().catch((error: unknown) => {
        known = undefined;
        throw error;
      });
      return await known;
    },
  };
}

const NOT_PERMITTED = '42501';

async function createRole(admin: pg.Client, role: string, attributes: string): Promise<void> {
  await admin.query(
    `do $$ begin create role ${role} ${attributes};
      exception when duplicate_object or unique_violation then null; end $$`,
  );
}

/**
 * Where the administrator could not make the owner one that bypasses row-level security, a policy on each table of the schema lets it,
 * and nobody else, see all rows: its functions serve sign-in and tickets. Run as the owner.
 */
export async function letOwnerSee(admin: pg.Client, schema: string): Promise<void> {
  await admin.query(`
    do $$ declare closed regclass; begin
      if (select rolbypassrls from pg_roles where rolname = '${OWNER}') then return; end if;
      for closed in select c.oid from pg_class c where c.relnamespace = '${schema}'::regnamespace and c.relrowsecurity
        and not exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polname = 'owner_all')
      loop
        execute format('create policy owner_all on %s to ${OWNER} using (true) with check (true)', closed);
      end loop;
    end $$`);
}

/**
 * Makes the roles that are missing; those that are there keep what an administrator has set, but get the passwords of our keys: new ones
 * where `renew` says so, else those that they have.
 */
export async function ensureRoles(
  admin: pg.Client,
  adminUrl: string,
  secrets: Secrets,
  renew: boolean,
): Promise<void> {
  for (const [role, attributes] of Object.entries(ATTRIBUTES)) {
    const found = await admin.query('select 1 from pg_roles where rolname = $1', [role]);
    if (found.rowCount) continue;
    await createRole(admin, role, attributes).catch((error: { code?: string }) => {
      // Only a superuser, or a role that has it, may give it away; `letOwnerSee` makes up for it.
      if (error.code !== NOT_PERMITTED || role !== OWNER) throw error;
      return createRole(admin, role, 'nologin');
    });
  }
  for (const scope of SCOPES) {
    if (!(await isMember(admin, APP, scope))) await admin.query(`grant ${scope} to ${APP}`);
  }
  const self = await admin.query<{ name: string; super: boolean }>(
    'select rolname as name, rolsuper as super from pg_roles where rolname = current_user',
  );
  if (!self.rows[0]?.super) await admin.query(`grant ${OWNER}, ${QUEUE} to current_user`);
  if (renew) return await renewPasswords(admin, secrets);
  for (const role of [APP, QUEUE] as const) {
    const password = await passwordOf(admin, role, secrets);
    if (await canSignIn(withLogin(adminUrl, role, password))) continue;
    await admin.query(`alter role ${role} password '${scramVerifier(password)}'`);
  }
}
