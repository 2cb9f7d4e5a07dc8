import { sql } from 'kysely';
import type { Tx } from '../src/platform/database.ts';

const SURNAMES = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕';
const GIVEN =
  '建国秀英志强春梅海燕明华丽平红军伟芳娜敏静磊洋艳勇杰娟涛超霞桂兰玉珍文斌鹏飞婷雪慧琳辉波刚健凤云莉';

/** Fills the books of the whole city, spread over its villages: synthetic people, seven of ten with a wish. Set-based, in parts. */
export async function fillPeople(
  tx: Tx,
  ask: { readonly from: number; readonly to: number; readonly season: string },
): Promise<void> {
  const { from, to, season } = ask;
  await sql`create temp table if not exists village on commit drop as
    select code, row_number() over (order by code) - 1 as no from offices_area where level = 'village'`.execute(
    tx,
  );
  await sql`create temp table fresh on commit drop as
    select n, gen_random_uuid() as id, gen_random_uuid() as identity, v.code as area,
      substr(${SURNAMES}, 1 + (power(random(), 2) * (char_length(${SURNAMES}) - 1))::int, 1)
        || substr(${GIVEN}, 1 + (random() * (char_length(${GIVEN}) - 1))::int, 1)
        || case when random() < 0.8 then substr(${GIVEN}, 1 + (random() * (char_length(${GIVEN}) - 1))::int, 1) else '' end as name,
      chr(97 + (random() * 25)::int) || chr(97 + (random() * 25)::int) || chr(97 + (random() * 25)::int) as initials, random() as dice
    from generate_series(${from}::int, ${to}::int - 1) n
    join village v on v.no = (n::bigint * 7919) % (select count(*) from village)`.execute(tx);
  await sql`insert into people_person (id, identity, area, name, pinyin, initials, gender, birth, id_kind, id_sealed, id_index, id_tail, phone_sealed,
      phone_index, phone_tail, nation, education, channel, registered_at, registered_by)
    select id, identity, area, name, initials, initials, 'male', date '1980-01-01' + (dice * 9000)::int, 'eighteen',
      decode(repeat(md5(n::text), 2), 'hex'), decode(md5('i' || n), 'hex'), lpad((n % 10000)::text, 4, '0'), decode(repeat(md5('p' || n), 2), 'hex'),
      decode(md5('q' || n), 'hex'), lpad((n * 7 % 10000)::text, 4, '0'), '汉族', '初中', 'import', '2022-02-01', 'bench' from fresh`.execute(
    tx,
  );
  await sql`insert into people_wish (id, season, person_id, identity, area, kind, mode, destination, party, status, recorded_at, unplaced_reason)
    select gen_random_uuid(), ${season}, id, identity, area, (array['sameJob', 'sameJob', 'newJob', 'stayHome'])[1 + n % 4],
      (array['ours', 'ours', 'ownCar'])[1 + n % 3], '440310', gen_random_uuid(), (array['recorded', 'confirmed', 'confirmed', 'withdrawn'])[1 + n % 4],
      '2022-02-02', case when n % 11 = 0 then 'no_seat' end from fresh where dice < 0.7`.execute(tx);
  await sql`drop table fresh`.execute(tx);
}

/** Runs of forty-five people each to the gates of some employers: what an employer's policies have to look through. */
export async function fillTrips(
  tx: Tx,
  ask: { readonly trips: number; readonly season: string; readonly employers: readonly string[] },
): Promise<void> {
  const { trips, season, employers } = ask;
  await sql`insert into jobs_employer (id, area, name, pinyin, county)
    select e, '500000000000', '厂', 'x', '440310' from unnest(${employers}::uuid[]) e`.execute(tx);
  await sql`create temp table run on commit drop as select n, gen_random_uuid() as id, (${employers}::uuid[])[1 + n % ${employers.length}::int] as employer
    from generate_series(0, ${trips}::int - 1) n`.execute(tx);
  await sql`insert into trips_trip (id, season, area, code, role, mode, status, day, depart_at, arrive_at, places, cap, sold)
    select id, ${season}, '500101000000', 'B' || n, 'main', 'charterBus', 'published', '2022-02-12', '2022-02-12', '2022-02-13', 49, 49, 45 from run`.execute(
    tx,
  );
  await sql`insert into trips_stop (trip_id, no, area, kind, name, pinyin, employer_id, lon, lat, arrive_at, depart_at)
    select id, k, '500101000000', case k when 0 then 'pickUp' else 'gate' end, 'x', 'x', case k when 1 then employer end, 1, 1, '2022-02-12', '2022-02-12'
    from run, generate_series(0, 1) k`.execute(tx);
  await sql`create temp table rider on commit drop as select gen_random_uuid() as way, w.id as wish, w.person_id, w.identity, w.area, r.id as trip, r.employer,
      1 + row_number() over () % 45 as seat
    from (select *, row_number() over () - 1 as k from people_wish where season = ${season} limit ${trips * 45}) w join run r on r.n = w.k / 45`.execute(
    tx,
  );
  await sql`insert into trips_itinerary (id, season, person_id, identity, wish_id, area, party, status, ticket_index, made_at)
    select way, ${season}, person_id, identity, wish, area, way, 'seated', decode(md5(way::text), 'hex'), now() from rider`.execute(
    tx,
  );
  await sql`insert into trips_leg (id, season, itinerary_id, no, trip_id, person_id, identity, area, employer_id, seat, board, alight, state)
    select gen_random_uuid(), ${season}, way, 0, trip, person_id, identity, area, employer, seat, 0, 1, 'expected' from rider`.execute(
    tx,
  );
}

/** Towns with their district, and names that really stand in each, for questions. */
export async function questionsOf(
  tx: Tx,
  count: number,
): Promise<{ town: string; district: string; name: string }[]> {
  const { rows } = await sql<{ town: string; district: string; name: string }>`
    select left(area, 9) || '000' as town, left(area, 6) || '000000' as district, left(name, 2) as name from people_person
    order by md5(id::text) limit ${count}`.execute(tx);
  return rows;
}

/** The first trip of each employer. */
export async function tripOfEach(tx: Tx): Promise<{ employer: string; trip: string }[]> {
  const { rows } = await sql<{
    employer: string;
    trip: string;
  }>`select distinct on (employer_id) employer_id as employer, trip_id as trip
    from trips_stop where employer_id is not null order by 1, 2`.execute(tx);
  return rows;
}
