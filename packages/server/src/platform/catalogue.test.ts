import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogueFaults } from './catalogue.ts';
import { asOwner } from './owner.ts';
import { type FreshDatabase, freshDatabase } from './testing.ts';

let fresh: FreshDatabase;
let admin: pg.Client;

beforeAll(async () => {
  fresh = await freshDatabase();
  admin = new pg.Client({ connectionString: fresh.adminUrl });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await fresh.close();
});

const faults = () => asOwner(fresh.adminUrl, fresh.city, (tx) => catalogueFaults(tx, fresh.city));

describe('the catalogue of a city', () => {
  it('forces row-level security everywhere, with one narrow policy for each table, command and role', async () => {
    expect(await faults()).toEqual([]);
  });

  /** A planted fault, how it is undone, and what is said of it. */
  const plants: readonly (readonly [what: string, plant: string, undo: string, said: string])[] = [
    [
      'a table without row-level security',
      'create table city_500000.people_secret (person_id uuid); alter table city_500000.people_secret owner to fangang_owner',
      'drop table city_500000.people_secret',
      'people_secret: row-level security is not forced',
    ],
    [
      'a table whose owner looks past it',
      'alter table city_500000.people_person no force row level security',
      'alter table city_500000.people_person force row level security',
      'people_person: row-level security is not forced',
    ],
    [
      'a view, which looks with its owner’s eyes',
      'create view city_500000.people_all as select * from city_500000.people_person',
      'drop view city_500000.people_all',
      'people_all: row-level security is not forced',
    ],
    [
      'a grant without a policy',
      'grant select on city_500000.people_care to fangang_employer',
      'revoke select on city_500000.people_care from fangang_employer',
      'people_care: fangang_employer has SELECT and no policy',
    ],
    [
      'a column’s grant without a policy',
      'grant select (name) on city_500000.people_person to fangang_audit',
      'revoke select (name) on city_500000.people_person from fangang_audit',
      'people_person: fangang_audit has SELECT and no policy',
    ],
    [
      'a second policy',
      'create policy more on city_500000.people_care for select to fangang_office using (true)',
      'drop policy more on city_500000.people_care',
      'people_care: 2 policies for fangang_office and command r',
    ],
    [
      'a policy for everybody',
      'create policy all_of_them on city_500000.people_identity for select using (true)',
      'drop policy all_of_them on city_500000.people_identity',
      'people_identity: policy all_of_them is for everybody',
    ],
    [
      'an OR',
      `alter policy office_reads on city_500000.trips_trip using (area = 'a' or area = 'b')`,
      `alter policy office_reads on city_500000.trips_trip using (area >= current_setting('fangang.district_from') and area <= current_setting('fangang.district_to'))`,
      'trips_trip: policy office_reads has an OR',
    ],
    [
      'a function of ours in a policy',
      `create function city_500000.may(a text) returns boolean language plpgsql as 'begin return true; end';
       create policy asks on city_500000.people_identity for select to fangang_office using (city_500000.may(id::text))`,
      'drop policy asks on city_500000.people_identity; drop function city_500000.may(text)',
      'people_identity: policy asks asks may()',
    ],
    [
      'an employer’s function in the policy of another role',
      `create policy asks on city_500000.people_identity for select to fangang_broker using (city_500000.shown_to_employer(id))`,
      'drop policy asks on city_500000.people_identity',
      'people_identity: policy asks asks shown_to_employer()',
    ],
    [
      'a look into another table for an office',
      `create policy looks on city_500000.people_identity for select to fangang_office using (exists (select from city_500000.people_person))`,
      'drop policy looks on city_500000.people_identity',
      'people_identity: policy looks looks into another table for each row of an office',
    ],
    [
      'a table of the program’s own role',
      'create table city_500000.mine (); alter table city_500000.mine owner to fangang_app',
      'drop table city_500000.mine',
      'mine: fangang_app owns it',
    ],
    [
      'a right of the program’s own role',
      'grant insert on city_500000.offices_place to fangang_app',
      'revoke insert on city_500000.offices_place from fangang_app',
      'offices_place: fangang_app may write it',
    ],
    [
      'a table in public',
      'create table public.left_over ()',
      'drop table public.left_over',
      'left_over: lies in public',
    ],
    [
      'a definer function with the caller’s path',
      `create function city_500000.door() returns int language sql security definer as 'select 1'; revoke all on function city_500000.door() from public`,
      'drop function city_500000.door()',
      'door(): its search_path is not fixed to end with pg_temp',
    ],
    [
      'a definer function for everybody',
      `create function city_500000.door() returns int language sql security definer set search_path = city_500000, pg_temp as 'select 1'`,
      'drop function city_500000.door()',
      'door(): everybody may call it',
    ],
  ];

  it.each(plants)('catches %s', async (_what, plant, undo, said) => {
    await admin.query(plant);
    try {
      expect(await faults()).toContain(said);
    } finally {
      await admin.query(undo);
    }
    expect(await faults()).toEqual([]);
  });
});
