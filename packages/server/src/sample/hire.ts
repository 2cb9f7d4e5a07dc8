import { stream } from './chance.ts';
import { type District, type Draft, nextPhone, push } from './draft.ts';
import { personName } from './names.ts';
import type { Vehicle } from './world.ts';

const LETTERS = 'ABCDFGHN';

/** A vehicle of the district's carrier that is home by `from`; `until` = when it is home again. */
export function hireVehicle(
  draft: Draft,
  district: District,
  seats: Vehicle['seats'],
  wheelchairs: number,
  from: number,
  until: number,
): number {
  const carrier = draft.carrierByDistrict.get(district.short) ?? 0;
  const bays = wheelchairs > 0 ? 2 : 0;
  const key = `${carrier}:${seats}:${bays}`;
  const pool = draft.vehiclePool.get(key) ?? [];
  draft.vehiclePool.set(key, pool);
  const free = pool.find((it) => it.freeAt <= from);
  if (free) {
    free.freeAt = until;
    return free.vehicle;
  }
  const vehicle = addVehicle(draft, carrier, seats, bays);
  pool.push({ vehicle, freeAt: until });
  return vehicle;
}

export function addVehicle(
  draft: Draft,
  carrier: number,
  seats: Vehicle['seats'],
  wheelchairBays: number,
): number {
  const no = draft.vehicles.length;
  const plate = `渝${LETTERS[carrier % LETTERS.length]}样${String(no + 1).padStart(4, '0')}`;
  return push(draft.vehicles, { carrier, plate, seats, wheelchairBays });
}

/** Drivers of the same carrier who are back and rested. */
export function hireDrivers(
  draft: Draft,
  district: District,
  count: number,
  from: number,
  until: number,
): number[] {
  const carrier = draft.carrierByDistrict.get(district.short) ?? 0;
  const pool = draft.driverPool.get(`${carrier}`) ?? [];
  draft.driverPool.set(`${carrier}`, pool);
  const hired = pool.filter((it) => it.freeAt <= from).slice(0, count);
  while (hired.length < count) {
    const random = stream(draft.seed, `driver ${carrier} ${pool.length}`);
    const driver = push(draft.drivers, {
      carrier,
      name: personName(random, random() < 0.95 ? 'male' : 'female'),
      phone: nextPhone(draft),
    });
    const made = { driver, freeAt: 0 };
    pool.push(made);
    hired.push(made);
  }
  for (const it of hired) it.freeAt = until;
  return hired.map((it) => it.driver);
}
