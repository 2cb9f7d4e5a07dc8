import { addEmployers, addGates } from '../jobs/store.ts';
import type { Tx } from '../platform/database.ts';
import { copyRows } from '../platform/journal.ts';
import { doorsOf } from './doors.ts';
import { type Filling, gateName, itemOf } from './filling.ts';

/** Seasons, offices with their staff, employers and gates, carriers with vehicles and drivers, and what can be hired. */
export async function writeOffices(tx: Tx, it: Filling): Promise<void> {
  const { world, ids } = it;
  await copyRows(
    tx,
    'offices_season',
    ['id', 'festival', 'from_day', 'to_day', 'settings'],
    world.seasons.map(({ id, festival, from, to, settings }) => [id, festival, from, to, settings]),
  );
  await copyRows(
    tx,
    'offices_office',
    ['id', 'kind', 'name', 'area'],
    world.offices.map(({ kind, name, area }, no) => [ids.offices[no], kind, name, area]),
  );
  const doors = new Set(doorsOf(world).values());
  await copyRows(
    tx,
    'offices_staff',
    [
      'id',
      'login',
      'name',
      'role',
      'area',
      'office_id',
      'employer_id',
      'sample_door',
      'active',
      'created_at',
    ],
    world.accounts.map(({ login, name, role, area, office, employer }, no) => [
      ids.accounts[no],
      login,
      name,
      role,
      area,
      ids.offices[office],
      employer === undefined ? null : ids.employers[employer],
      doors.has(no),
      true,
      world.clock,
    ]),
  );
  await writeEmployers(tx, it);
  await writeCarriers(tx, it);
  await writeSupply(tx, it);
}

async function writeEmployers(tx: Tx, { world, ids, secrets, reading }: Filling): Promise<void> {
  await addEmployers(
    tx,
    world.employers.map(({ name, industry, county }, no) => ({
      id: itemOf(ids.employers, no),
      area: world.city,
      name,
      pinyin: reading.firm(name),
      industry,
      county,
    })),
  );
  await addGates(
    tx,
    secrets,
    world.gates.map(({ employer, county, lon, lat, contactName, contactPhone, windows }, no) => ({
      id: itemOf(ids.gates, no),
      employer_id: itemOf(ids.employers, employer),
      area: world.city,
      name: gateName(world, no),
      pinyin: reading.firm(itemOf(world.employers, employer).name),
      county,
      lon,
      lat,
      contact_name: contactName,
      contactPhone,
      windows,
    })),
  );
}

async function writeCarriers(tx: Tx, { world, ids, secrets }: Filling): Promise<void> {
  const sealed = (table: string, row: string, phone: string) =>
    secrets.seal({ table, column: 'phone_sealed', row }, phone);
  await copyRows(
    tx,
    'trips_carrier',
    ['id', 'area', 'name', 'phone_sealed'],
    world.carriers.map(({ area, name, phone }, no) => {
      const id = itemOf(ids.carriers, no);
      return [id, area, name, sealed('trips_carrier', id, phone)];
    }),
  );
  await copyRows(
    tx,
    'trips_vehicle',
    ['id', 'area', 'carrier_id', 'plate', 'seats', 'wheelchair_bays'],
    world.vehicles.map(({ carrier, plate, seats, wheelchairBays }, no) => [
      ids.vehicles[no],
      itemOf(world.carriers, carrier).area,
      ids.carriers[carrier],
      plate,
      seats,
      wheelchairBays,
    ]),
  );
  await copyRows(
    tx,
    'trips_driver',
    ['id', 'area', 'carrier_id', 'name', 'phone_sealed'],
    world.drivers.map(({ carrier, name, phone }, no) => {
      const id = itemOf(ids.drivers, no);
      const { area } = itemOf(world.carriers, carrier);
      return [id, area, ids.carriers[carrier], name, sealed('trips_driver', id, phone)];
    }),
  );
}

/** What can be hired and booked: coaches by district and day, places on trains and flights. */
async function writeSupply(tx: Tx, { world, ids, season: { id: season } }: Filling): Promise<void> {
  await copyRows(
    tx,
    'trips_fleet',
    ['id', 'area', 'season', 'day', 'carrier_id', 'seats', 'count', 'wheelchair_bays'],
    world.fleetDays.map(({ area, date, carrier, seats, count, wheelchairBays }, no) => [
      ids.fleetDays[no],
      area,
      season,
      date,
      ids.carriers[carrier],
      seats,
      count,
      wheelchairBays,
    ]),
  );
  await copyRows(
    tx,
    'trips_allotment',
    [
      'id',
      'area',
      'season',
      'mode',
      'number',
      'carriage',
      'day',
      'from_name',
      'from_lon',
      'from_lat',
      'to_name',
      'to_lon',
      'to_lat',
      'depart_at',
      'arrive_at',
      'places',
      'wheelchair_bays',
      'fare_fen',
      'release_at',
    ],
    world.allotments.map((row, no) => ({
      id: ids.allotments[no],
      area: row.owner,
      season,
      mode: row.mode,
      number: row.number,
      carriage: row.carriage,
      day: row.date,
      from_name: row.from.name,
      from_lon: row.from.lon,
      from_lat: row.from.lat,
      to_name: row.to.name,
      to_lon: row.to.lon,
      to_lat: row.to.lat,
      depart_at: row.departAt,
      arrive_at: row.arriveAt,
      places: row.places,
      wheelchair_bays: row.wheelchairBays,
      fare_fen: row.fareFen,
      release_at: row.releaseAt,
    })),
  );
}
