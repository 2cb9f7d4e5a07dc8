import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import { parseIntoClientConfig } from 'pg-connection-string';

/**
 * The tables of all rooms. Each room adds its own:
 * `declare module '../platform/database.ts' { interface Tables { trips_trip: TripRow } }`.
 */
// biome-ignore lint/suspicious/noEmptyInterface: rooms extend it by declaration merging, which a type alias cannot do
export interface Tables {}

/** One transaction, or a look-alike for other tables than the product's. */
// biome-ignore lint/suspicious/noExplicitAny: a caller outside the rooms may name columns the type does not know
export type Tx<T = any> = Transaction<T>;

export interface Database {
  readonly kysely: Kysely<Tables>;
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

/** The three administrators (三员分立): accounts, rights and keys, audit. None of them sees a person. */
export type AdministratorKind = 'system' | 'security' | 'audit';

/**
 * Whose eyes look at the rows. Each kind is a database role of its own, and row-level security reads the rest from the settings that
 * `inScope` makes. Areas are 12-digit codes, both ends included.
 */
export type Scope =
  | {
      readonly kind: 'office' | 'broker' | AdministratorKind;
      readonly staffId: string;
      readonly officeId: string;
      readonly areaFrom: string;
      readonly areaTo: string;
      /** Somebody on leave for whom `staffId` acts: stamped on every row of the journal and the audit. */
      readonly behalf?: { readonly delegation: string; readonly staffId: string };
    }
  | { readonly kind: 'employer'; readonly staffId: string; readonly employerId: string }
  | { readonly kind: 'link'; readonly itineraryId: string }
  /** The background job that chains and signs the audit: reads it, adds links and checkpoints, changes nothing. */
  | { readonly kind: 'sealer' }
  | { readonly kind: 'open' };

/** How a role gets in: its address, and a password that is asked for with each connection, since it may be another by then. */
export interface Login {
  /** Without a password. */
  readonly url: string;
  password(): Promise<string>;
}

/** What a pool signs in with: an address that says all, or a login. */
export function signIn(at: string | Login): pg.PoolConfig {
  if (typeof at === 'string') return { connectionString: at };
  return { ...parseIntoClientConfig(at.url), password: () => at.password() };
}

export interface DatabaseOptions {
  /** Connections this process may hold at most; 20 unless told. */
  readonly max?: number;
  /** Told when a connection breaks, idle or lent out; the pool replaces it by itself. */
  readonly onProblem?: (error: Error) => void;
}

/** `2022-02-06 08:00:00+08` as PostgreSQL writes it becomes ISO 8601; `infinity` stays. */
function isoOf(text: string): string {
  return text.includes(' ') ? `${text.replace(' ', 'T')}:00` : text;
}

const PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  [pg.types.builtins.INT8]: Number,
  [pg.types.builtins.NUMERIC]: Number,
  [pg.types.builtins.DATE]: (text) => text,
  [pg.types.builtins.TIMESTAMPTZ]: isoOf,
};

const types: pg.CustomTypesConfig = {
  getTypeParser: (id: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && PARSERS[id]) || pg.types.getTypeParser(id, format as 'text'),
};

/**
 * Opens the pool of the application's role.
 *
 * Rows come back as the domain speaks: moments as ISO 8601 with +08:00, dates as `YYYY-MM-DD`, whole and decimal numbers as numbers.
 * A transaction left idle for a minute is ended by the database.
 */
export function openDatabase(app: string | Login, options: DatabaseOptions = {}): Database {
  const pool = new pg.Pool({
    max: options.max ?? 20,
    types,
    application_name: 'fangang',
    options: '-c TimeZone=Asia/Shanghai',
    idle_in_transaction_session_timeout: 60_000,
    connectionTimeoutMillis: 30_000,
    ...signIn(app),
  });
  // A connection that breaks while it is lent out tells nobody but its own listener, and without one it would end the process.
  pool.on('connect', (client) => client.on('error', (error) => options.onProblem?.(error)));
  pool.on('error', () => undefined);
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  let closed: Promise<void> | undefined;
  return {
    kysely,
    pool,
    close: () => {
      closed ??= kysely.destroy();
      return closed;
    },
  };
}

/** The schema that holds everything of a city; `city` is its 6-digit code. */
export function schemaOf(city: string): string {
  if (!/^\d{6}$/.test(city)) throw new Error(`Not a city's 6-digit code: ${city}`);
  return `city_${city}`;
}

interface ScopeSettings {
  readonly staff?: string;
  readonly areaFrom?: string;
  readonly areaTo?: string;
  readonly districtFrom?: string;
  readonly districtTo?: string;
  readonly office?: string;
  readonly employer?: string;
  readonly link?: string;
  readonly behalf?: string;
}

/** The codes of the district that an area lies in, so that a town sees its district's trips; a whole city keeps its own range. */
function districtRange({ areaFrom, areaTo }: { readonly areaFrom: string; readonly areaTo: string }) {
  const district = areaFrom.slice(0, 6);
  if (district !== areaTo.slice(0, 6)) return { districtFrom: areaFrom, districtTo: areaTo };
  return { districtFrom: `${district}000000`, districtTo: `${district}999999` };
}

function settingsOf(scope: Scope): ScopeSettings {
  switch (scope.kind) {
    case 'office':
    case 'broker':
    case 'system':
    case 'security':
    case 'audit':
      return {
        staff: scope.staffId,
        areaFrom: scope.areaFrom,
        areaTo: scope.areaTo,
        ...districtRange(scope),
        office: scope.officeId,
        ...(scope.behalf && { behalf: scope.behalf.staffId }),
      };
    case 'employer':
      return { staff: scope.staffId, employer: scope.employerId };
    case 'link':
      return { staff: scope.itineraryId, link: scope.itineraryId };
    case 'sealer':
    case 'open':
      return {};
  }
}

/**
 * Runs one transaction with the eyes of a scope: its role, its area and the city's schema, set in a single statement and gone at the
 * end. A thrown fault rolls everything back. `open` keeps the bare application role, which sees no table and may only call the
 * functions granted to it. `fangang.staff` names who acts: for a link the itinerary itself. READ COMMITTED, as the sale of seats asks.
 */
export async function inScope<Value>(
  db: Database,
  city: string,
  scope: Scope,
  work: (tx: Transaction<Tables>) => Promise<Value>,
): Promise<Value> {
  const searchPath = `${schemaOf(city)}, pg_temp`;
  const role = scope.kind === 'open' ? 'none' : `fangang_${scope.kind}`;
  const { staff = '', areaFrom = '', areaTo = '', districtFrom = '', districtTo = '' } = settingsOf(scope);
  const { office = '', employer = '', link = '', behalf = '' } = settingsOf(scope);
  return await db.kysely.transaction().execute(async (tx) => {
    await sql`select set_config('role', ${role}, true), set_config('search_path', ${searchPath}, true),
      set_config('fangang.staff', ${staff}, true), set_config('fangang.office', ${office}, true),
      set_config('fangang.area_from', ${areaFrom}, true), set_config('fangang.area_to', ${areaTo}, true),
      set_config('fangang.district_from', ${districtFrom}, true), set_config('fangang.district_to', ${districtTo}, true),
      set_config('fangang.employer', ${employer}, true), set_config('fangang.link', ${link}, true),
      set_config('fangang.behalf', ${behalf}, true)`.execute(tx);
    return await work(tx);
  });
}

/** The codes that lie in an area, both ends included. Source: GB/T 2260 and the 12-digit codes of the statistics bureau. */
export function areaRange(code12: string): { from: string; to: string } {
  if (!/^\d{12}$/.test(code12)) throw new Error(`Not a 12-digit area code: ${code12}`);
  const fixed = [2, 6, 9].find((length) => /^0+$/.test(code12.slice(length))) ?? 12;
  return { from: code12, to: code12.slice(0, fixed).padEnd(12, '9') };
}

/** The same database, entered by another role. */
export function withLogin(url: string, user: string, password: string): string {
  const parsed = new URL(url);
  parsed.username = user;
  parsed.password = encodeURIComponent(password);
  return parsed.href;
}
