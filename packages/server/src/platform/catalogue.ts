import { sql } from 'kysely';
import { schemaOf, type Tx } from './database.ts';
import { APP, OWNER, SCOPES } from './roles.ts';

/** Where the catalogue of a city's database breaks a promise: `table or function: what is wrong`. */
export type CatalogueFault = string;

/** Tables whose rows are about a person though no column of theirs says so. */
const PERSONAL = [
  'people_upload',
  'people_import',
  'people_mapping',
  'offices_session',
  'offices_login_failure',
  'journal',
  'request',
];

/**
 * What every table and function of a city has to keep, read from pg_catalog: rules of the house that no migration may forget.
 *
 * Empty where all is well. Source: docs/adr/0013-isolation.md; the trade's word is 最小权限.
 */
export async function catalogueFaults(tx: Tx, city: string): Promise<CatalogueFault[]> {
  const schema = schemaOf(city);
  const checks = [
    unforced,
    withoutPolicy,
    doubled,
    slowPolicies,
    ownedByApp,
    inPublic,
    looseFunctions,
    strayOwners,
  ];
  const faults: CatalogueFault[] = [];
  for (const check of checks) faults.push(...(await check(tx, schema)));
  return faults.sort();
}

type Check = (tx: Tx, schema: string) => Promise<CatalogueFault[]>;

async function faultsOf(tx: Tx, query: ReturnType<typeof sql>): Promise<CatalogueFault[]> {
  const { rows } = await query.execute(tx);
  return (rows as { fault: string }[]).map((it) => it.fault);
}

/** Row-level security is on, and for the owner too. */
const unforced: Check = (tx, schema) =>
  faultsOf(
    tx,
    sql`select c.relname || ': row-level security is not forced' as fault from pg_class c
    where c.relnamespace = ${schema}::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')
      and (c.relkind not in ('r', 'p') or not (c.relrowsecurity and c.relforcerowsecurity))`,
  );

/** A table about people says for each role and command that is granted which rows. */
const withoutPolicy: Check = (tx, schema) =>
  faultsOf(
    tx,
    sql`with personal as (
      select c.oid, c.relname from pg_class c
      where c.relnamespace = ${schema}::regnamespace and c.relkind in ('r', 'p')
        and (c.relname = any(${PERSONAL}::text[]) or exists (select from pg_attribute a where a.attrelid = c.oid and a.attnum > 0
          and (a.attname in ('person_id', 'identity', 'name', 'login', 'staff_id', 'owner') or a.attname like '%sealed%' or a.attname like '%\_name')))
    ), granted as (
      select p.oid, p.relname, r.oid as role, r.rolname, k.command, k.code
      from personal p cross join pg_roles r cross join (values ('SELECT', 'r'), ('INSERT', 'a'), ('UPDATE', 'w'), ('DELETE', 'd')) k(command, code)
      where r.rolname = any(${[APP, ...SCOPES]}::text[])
        and (has_table_privilege(r.oid, p.oid, k.command)
          or (k.command <> 'DELETE' and has_any_column_privilege(r.oid, p.oid, k.command)))
    )
    select g.relname || ': ' || g.rolname || ' has ' || g.command || ' and no policy' as fault from granted g
    where not exists (select from pg_policy y where y.polrelid = g.oid and g.role = any(y.polroles) and y.polcmd in ('*', g.code::"char"))`,
  );

/** Policies widen each other: one for each table, command and role, all permissive, none for everybody. */
const doubled: Check = (tx, schema) =>
  faultsOf(
    tx,
    sql`with each as (
      select c.relname, y.polname, y.polpermissive, k.code, r.role
      from pg_policy y join pg_class c on c.oid = y.polrelid and c.relnamespace = ${schema}::regnamespace
      cross join lateral unnest(y.polroles) r(role)
      join (values ('r'), ('a'), ('w'), ('d')) k(code) on y.polcmd in ('*', k.code::"char")
    )
    select relname || ': ' || count(*) || ' policies for ' || role::regrole || ' and command ' || code as fault from each
      group by relname, role, code having count(*) > 1
    union all select distinct relname || ': policy ' || polname || ' is for everybody' from each where role = 0
    union all select distinct relname || ': policy ' || polname || ' is restrictive, which no reader expects' from each where not polpermissive`,
  );

/** Asked for each leg of an employer, by employers alone: a withdrawn consent lies where an employer may not look. */
const ASKED = 'shown_to_employer';

/** A policy is read for each row: comparisons of columns with settings; no OR, no function of ours, EXISTS only for another's way. */
const slowPolicies: Check = (tx, schema) =>
  faultsOf(
    tx,
    sql`with said as (
      select c.relname, y.polname, y.polroles, concat_ws(' ', pg_get_expr(y.polqual, y.polrelid), pg_get_expr(y.polwithcheck, y.polrelid)) as text
      from pg_policy y join pg_class c on c.oid = y.polrelid where c.relnamespace = ${schema}::regnamespace
    )
    select relname || ': policy ' || polname || ' has an OR' as fault from said where text ~* '\\mor\\M'
    union all select relname || ': policy ' || polname || ' asks ' || f.name || '()' from said,
      lateral (select m[1] as name from regexp_matches(text, '([a-z_."]+)\\(', 'g') m) f
      where exists (select from pg_proc p where p.proname = regexp_replace(f.name, '^.*\\.', '') and p.pronamespace <> 'pg_catalog'::regnamespace
          and not (p.proname = ${ASKED} and polroles = array['fangang_employer'::regrole::oid]))
         or f.name in ('"left"', 'left', 'substr', 'substring')
    union all select relname || ': policy ' || polname || ' looks into another table for each row of an office' from said
      where text ~* '\\mselect\\M' and not polroles <@ array['fangang_broker'::regrole::oid, 'fangang_employer'::regrole::oid, 'fangang_link'::regrole::oid]`,
  );

/** The program's own role may do nothing but take a scope and call the doors before the sign-in. */
const ownedByApp: Check = (tx, schema) =>
  faultsOf(
    tx,
    sql`select c.relname || ': fangang_app owns it' as fault from pg_class c where c.relowner = ${APP}::regrole
    union all select c.relname || ': fangang_app may write it' from pg_class c
      where c.relnamespace = ${schema}::regnamespace and c.relkind in ('r', 'p')
        and has_table_privilege(${APP}::regrole::oid, c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
    union all select c.relname || ': fangang_app may read it' from pg_class c
      where c.relnamespace = ${schema}::regnamespace and c.relkind in ('r', 'p')
        and has_any_column_privilege(${APP}::regrole::oid, c.oid, 'SELECT')
        and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname in ('person_id', 'identity', 'login'))
    union all select rolname || ': may pass row-level security or make roles' from pg_roles
      where rolname = any(${[APP, ...SCOPES]}::text[]) and (rolbypassrls or rolsuper or rolcreaterole or rolcreatedb)`,
  );

const inPublic: Check = (tx) =>
  faultsOf(
    tx,
    sql`select relname || ': lies in public' as fault from pg_class where relnamespace = 'public'::regnamespace
    union all select proname || '(): lies in public' from pg_proc where pronamespace = 'public'::regnamespace
    union all select 'public: everybody may enter' from pg_namespace where nspname = 'public'
      and exists (select from aclexplode(nspacl) where grantee = 0)`,
  );

/** A function with the owner's eyes has a fixed path, ends it with pg_temp and is nobody's by default. */
const looseFunctions: Check = (tx, schema) =>
  faultsOf(
    tx,
    sql`with definer as (
      select p.oid, p.proname, p.proacl, (select c from unnest(p.proconfig) c where c like 'search_path=%') as path from pg_proc p
      where p.prosecdef and p.pronamespace in (select oid from pg_namespace where nspname in (${schema}, 'fangang_queue', 'fangang_meta'))
    )
    select proname || '(): its search_path is not fixed to end with pg_temp' as fault from definer where path is null or path !~ ', pg_temp$'
    union all select proname || '(): everybody may call it' from definer
      where proacl is null or exists (select from aclexplode(proacl) where grantee = 0)`,
  );

const strayOwners: Check = (tx, schema) =>
  faultsOf(
    tx,
    sql`select c.relname || ': is owned by ' || c.relowner::regrole as fault from pg_class c
    where c.relnamespace = ${schema}::regnamespace and c.relowner <> ${OWNER}::regrole and c.relkind in ('r', 'p')`,
  );
