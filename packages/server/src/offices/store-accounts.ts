import type { OfficeKind, Role } from '@fangang/domain/offices/schema.ts';
import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';
import type { DeviceRow, OpenSessionRow } from './store-own.ts';

export interface OfficeRow {
  readonly id: string;
  readonly kind: OfficeKind;
  readonly name: string;
  readonly area: string;
  readonly area_name: string;
  readonly area_pinyin: string;
  readonly staff: number;
}

function inside(text: string): string {
  return `%${text.replace(/[\\%_]/g, '')}%`;
}

/** Offices of the own area with the number of their open accounts; 200 at most. */
export async function listOfficeRows(tx: Tx, text: string): Promise<OfficeRow[]> {
  const { rows } =
    await sql<OfficeRow>`select o.id, o.kind, o.name, o.area, coalesce(a.name, o.area) area_name,
      coalesce(a.pinyin, o.area) area_pinyin,
      (select count(*)::int from offices_staff s where s.office_id = o.id and s.active) staff
    from offices_office o left join offices_area a on a.code = o.area
    where ${text} = '' or o.name like ${inside(text)} or a.name like ${inside(text)} or a.pinyin ilike ${inside(text)}
    order by o.area, o.kind, o.name, o.id limit 200`.execute(tx);
  return rows;
}

/** False where the area lies outside the own one or is none. */
export async function addOfficeRow(
  tx: Tx,
  it: { id: string; kind: OfficeKind; name: string; area: string },
): Promise<boolean> {
  const { rows } = await sql<{
    done: boolean;
  }>`select add_office(${it.id}::uuid, ${it.kind}, ${it.name}, ${it.area}) done`.execute(tx);
  return rows[0]?.done ?? false;
}

export interface AccountRow {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  readonly area: string;
  readonly area_name: string;
  readonly area_pinyin: string;
  readonly office_id: string;
  readonly office_name: string;
  readonly active: boolean;
  readonly waiting: boolean;
  readonly must_change: boolean;
  readonly proposed_by: string | null;
  readonly created_at: string;
}

const FIELDS = sql`s.id, s.login, s.name, s.role, s.area, coalesce(a.name, s.area) area_name, coalesce(a.pinyin, s.area) area_pinyin,
  s.office_id, coalesce(o.name, '') office_name, s.active, s.waiting, s.must_change, s.proposed_by, s.created_at`;
const FROM = sql`offices_staff s left join offices_area a on a.code = s.area left join offices_office o on o.id = s.office_id`;

export interface AccountsAsked {
  readonly text: string;
  readonly role?: Role | undefined;
  readonly state?: 'active' | 'waiting' | 'shut' | undefined;
  readonly page: number;
  readonly rows: number;
}

/** Accounts of the own area; what waits for a grant first. */
export async function listAccounts(
  tx: Tx,
  it: AccountsAsked,
): Promise<{ rows: AccountRow[]; total: number }> {
  const state = { active: sql`s.active`, waiting: sql`s.waiting`, shut: sql`not s.active and not s.waiting` };
  const where = sql`(${it.text} = '' or s.login ilike ${inside(it.text)} or s.name like ${inside(it.text)}
      or o.name like ${inside(it.text)} or a.name like ${inside(it.text)})
    and ${it.role ? sql`s.role = ${it.role}` : sql`true`} and ${it.state ? state[it.state] : sql`true`}`;
  const { rows } = await sql<AccountRow>`select ${FIELDS} from ${FROM} where ${where}
    order by s.waiting desc, s.active desc, s.area, s.role, s.login limit ${it.rows} offset ${(it.page - 1) * it.rows}`.execute(
    tx,
  );
  const count = await sql<{ n: number }>`select count(*)::int n from ${FROM} where ${where}`.execute(tx);
  return { rows, total: count.rows[0]?.n ?? 0 };
}

export async function findAccount(tx: Tx, id: string): Promise<AccountRow | undefined> {
  const { rows } = await sql<AccountRow>`select ${FIELDS} from ${FROM} where s.id = ${id}::uuid`.execute(tx);
  return rows[0];
}

/** Open accounts of a role that the scope can see. */
export async function countActive(tx: Tx, role: Role): Promise<number> {
  const { rows } = await sql<{
    n: number;
  }>`select count(*)::int n from offices_staff where role = ${role} and active`.execute(tx);
  return rows[0]?.n ?? 0;
}

export interface NewAccount {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  readonly area: string;
  readonly officeId: string;
  readonly passwordHash: string;
  /** The proposer's half of an administrator's first password. */
  readonly half: Buffer | null;
}

export async function addAccount(
  tx: Tx,
  it: NewAccount,
): Promise<'done' | 'taken' | 'no_office' | 'outside'> {
  const { rows } = await sql<{
    said: 'done' | 'taken' | 'no_office' | 'outside';
  }>`select add_account(${it.id}::uuid, ${it.login},
    ${it.name}, ${it.role}, ${it.area}, ${it.officeId}::uuid, ${it.passwordHash}, ${it.half}) said`.execute(
    tx,
  );
  return rows[0]?.said ?? 'outside';
}

async function done(tx: Tx, question: ReturnType<typeof sql>): Promise<boolean> {
  const { rows } = await sql<{ done: boolean | null }>`select ${question} done`.execute(tx);
  return rows[0]?.done ?? false;
}

export const changeAccount = (
  tx: Tx,
  id: string,
  it: { name: string; role: Role; area: string; officeId: string },
): Promise<boolean> =>
  done(tx, sql`change_account(${id}::uuid, ${it.name}, ${it.role}, ${it.area}, ${it.officeId}::uuid)`);

export const setAccountActive = (tx: Tx, id: string, active: boolean): Promise<boolean> =>
  done(tx, sql`set_account_active(${id}::uuid, ${active})`);

/** A new password, and what goes with the old one. */
export interface Reset {
  readonly hash: string;
  readonly factorToo: boolean;
  /** The names under which tries of the account are counted. */
  readonly tried: readonly string[];
}

export const resetAccount = (tx: Tx, id: string, { hash, factorToo, tried }: Reset): Promise<boolean> =>
  done(tx, sql`reset_account(${id}::uuid, ${hash}, ${factorToo}, ${tried}::text[])`);

export async function shutAdministrator(tx: Tx, id: string): Promise<'done' | 'last' | 'missing'> {
  const { rows } = await sql<{
    said: 'done' | 'last' | 'missing';
  }>`select shut_administrator(${id}::uuid) said`.execute(tx);
  return rows[0]?.said ?? 'missing';
}

export async function findHalf(tx: Tx, id: string): Promise<Buffer | undefined> {
  const { rows } = await sql<{ half: Buffer | null }>`select half_of_account(${id}::uuid) half`.execute(tx);
  return rows[0]?.half ?? undefined;
}

export const grantAccount = (tx: Tx, id: string, hash: string): Promise<boolean> =>
  done(tx, sql`grant_account(${id}::uuid, ${hash})`);

export const declineAccount = (tx: Tx, id: string): Promise<boolean> =>
  done(tx, sql`decline_account(${id}::uuid)`);

interface WhoseRow {
  readonly staff_id: string;
  readonly staff_name: string;
  readonly login: string;
  readonly role: Role;
  readonly office_name: string;
  readonly area: string;
}

export async function listSessionsOfArea(tx: Tx): Promise<(OpenSessionRow & WhoseRow)[]> {
  const { rows } = await sql<OpenSessionRow & WhoseRow>`select * from sessions_of_area()`.execute(tx);
  return rows;
}

export async function listDevicesOfArea(tx: Tx): Promise<(DeviceRow & WhoseRow)[]> {
  const { rows } = await sql<DeviceRow & WhoseRow>`select * from devices_of_area()`.execute(tx);
  return rows;
}

/** Whose session it was; undefined where there is none in the own area. */
export async function endSessionOfArea(tx: Tx, id: string): Promise<string | undefined> {
  const { rows } = await sql<{ staff: string | null }>`select end_session_of_area(${id}::uuid) staff`.execute(
    tx,
  );
  return rows[0]?.staff ?? undefined;
}

/** Whose phone it was; undefined where there is none in the own area. */
export async function revokeDeviceOfArea(tx: Tx, id: string): Promise<string | undefined> {
  const { rows } = await sql<{
    staff: string | null;
  }>`select revoke_device_of_area(${id}::uuid) staff`.execute(tx);
  return rows[0]?.staff ?? undefined;
}

/** False for an administrator of less than the whole city. */
export const setSignInSettings = (tx: Tx, value: object): Promise<boolean> =>
  done(tx, sql`set_sign_in(${JSON.stringify(value)}::jsonb)`);
