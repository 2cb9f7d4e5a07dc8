import type { SeasonSettings, SignInSettings } from '@fangang/domain/offices/schema.ts';
import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';

export interface StaffRow {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly role: string;
  readonly area: string;
  readonly area_name: string;
  readonly area_pinyin: string;
  readonly office_id: string;
  readonly office_name: string;
  readonly employer_id: string | null;
}

export async function findStaff(tx: Tx, id: string): Promise<StaffRow | undefined> {
  const { rows } = await sql<StaffRow>`select * from staff_by_id(${id}::uuid)`.execute(tx);
  return rows[0];
}

/** Who stands behind a role's door in a sample. */
export async function findDoor(tx: Tx, role: string): Promise<StaffRow | undefined> {
  const { rows } = await sql<StaffRow>`select s.* from staff_by_id(sample_door(${role})) s`.execute(tx);
  return rows[0];
}

export interface SeasonRow {
  readonly id: string;
  readonly festival: string;
  readonly from_day: string;
  readonly to_day: string;
  readonly settings: SeasonSettings;
}

/** Seasons, the newest first. */
export async function listSeasonRows(tx: Tx): Promise<SeasonRow[]> {
  const { rows } = await sql<SeasonRow>`select id, festival, from_day, to_day, settings from offices_season
    order by festival desc`.execute(tx);
  return rows;
}

export async function findSeason(tx: Tx, id: string): Promise<SeasonRow | undefined> {
  const { rows } = await sql<SeasonRow>`select id, festival, from_day, to_day, settings from offices_season
    where id = ${id}`.execute(tx);
  return rows[0];
}

/** Adds a season; false where one of this id is there. */
export async function addSeason(tx: Tx, season: SeasonRow): Promise<boolean> {
  const { numAffectedRows } = await sql`insert into offices_season (id, festival, from_day, to_day, settings)
    values (${season.id}, ${season.festival}, ${season.from_day}, ${season.to_day}, ${JSON.stringify(season.settings)}::jsonb)
    on conflict (id) do nothing`.execute(tx);
  return (numAffectedRows ?? 0n) > 0n;
}

export interface AreaRow {
  readonly code: string;
  readonly level: 'city' | 'district' | 'town' | 'village';
  readonly name: string;
  readonly pinyin: string;
  readonly parent: string | null;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly estimated: boolean;
}

export async function findArea(tx: Tx, code: string): Promise<AreaRow | undefined> {
  const { rows } = await sql<AreaRow>`select * from offices_area where code = ${code}`.execute(tx);
  return rows[0];
}

export async function listAreasWithin(tx: Tx, code: string): Promise<AreaRow[]> {
  const { rows } =
    await sql<AreaRow>`select * from offices_area where parent = ${code} order by code`.execute(tx);
  return rows;
}

export interface PlaceRow {
  readonly code: string;
  readonly level: 'city' | 'county';
  readonly name: string;
  readonly full_name: string;
  readonly pinyin: string;
  readonly city_code: string;
  readonly city_name: string;
  readonly province_name: string;
  readonly lon: number | null;
  readonly lat: number | null;
}

export async function findPlacesLike(tx: Tx, text: string): Promise<PlaceRow[]> {
  const inside = `%${text.replace(/[\\%_]/g, '')}%`;
  const { rows } =
    await sql<PlaceRow>`select * from offices_place where full_name like ${inside} or pinyin ilike ${inside}
    order by position(${text} in full_name), length(full_name), code limit 20`.execute(tx);
  return rows;
}

export interface SampleMark {
  readonly seed: number;
  readonly scale: number;
  readonly state: 'filling' | 'ready';
  /** 0..1 */
  readonly share: number;
}

/** The mark of a sample season; undefined in a real installation. */
export async function findSample(tx: Tx): Promise<SampleMark | undefined> {
  const { rows } = await sql<{
    value: SampleMark;
  }>`select value from offices_installation where key = 'sample'`.execute(tx);
  return rows[0]?.value;
}

/** Moves the clock of a sample; false where there is none. */
export async function moveSampleClock(
  tx: Tx,
  to: { mode: 'stands' | 'plays'; at: string; speed: number },
): Promise<boolean> {
  const { rows } = await sql<{
    moved: boolean;
  }>`select move_sample_clock(${to.mode}, ${to.at}::timestamptz, ${to.speed}) moved`.execute(tx);
  return rows[0]?.moved ?? false;
}

export interface NewStaff {
  readonly id: string;
  readonly officeId: string;
  readonly officeName: string;
  readonly officeKind: 'bureau' | 'townStation' | 'broker' | 'agency' | 'employer';
  readonly area: string;
  readonly login: string;
  readonly name: string;
  readonly role: string;
  readonly employerId: string | null;
  readonly passwordHash: string;
}

/** First steps: season, bureau and dispatcher of a district; false where anybody is on the books already. */
export async function setUpFirst(
  tx: Tx,
  staff: NewStaff,
  season: SeasonRow,
  signIn: SignInSettings,
): Promise<boolean> {
  const { rows } = await sql<{
    done: boolean;
  }>`select set_up(${staff.id}::uuid, ${staff.officeId}::uuid, ${staff.area},
    ${staff.officeName}, ${staff.login}, ${staff.name}, ${staff.passwordHash}, ${season.id}, ${season.festival}::date,
    ${season.from_day}::date, ${season.to_day}::date, ${JSON.stringify(season.settings)}::jsonb,
    ${JSON.stringify(signIn)}::jsonb) done`.execute(tx);
  return rows[0]?.done ?? false;
}

/** Writes how one signs in, with the first account of an installation made on the command line; does nothing where anybody is there. */
export async function beginSignIn(tx: Tx, signIn: SignInSettings): Promise<void> {
  await sql`insert into offices_installation (key, value) select 'signIn', ${JSON.stringify(signIn)}::jsonb
    where not exists (select 1 from offices_staff) and not exists (select 1 from offices_installation where key = 'sample')
    on conflict (key) do nothing`.execute(tx);
}

/** Adds an account as the owner (command line); the office of its kind in the area is made where there is none. False where the login is taken. */
export async function addStaff(tx: Tx, staff: NewStaff): Promise<boolean> {
  const office = await sql<{ id: string }>`select id from offices_office
    where kind = ${staff.officeKind} and area = ${staff.area} and name = ${staff.officeName}`.execute(tx);
  const officeId = office.rows[0]?.id ?? staff.officeId;
  if (!office.rows[0]) {
    await sql`insert into offices_office (id, kind, name, area)
      values (${officeId}, ${staff.officeKind}, ${staff.officeName}, ${staff.area})`.execute(tx);
  }
  const { numAffectedRows } = await sql`insert into offices_staff
    (id, login, name, role, area, office_id, employer_id, password_hash)
    values (${staff.id}, ${staff.login}, ${staff.name}, ${staff.role}, ${staff.area}, ${officeId}, ${staff.employerId},
      ${staff.passwordHash}) on conflict (login) do nothing`.execute(tx);
  return (numAffectedRows ?? 0n) > 0n;
}
