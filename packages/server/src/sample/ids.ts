import { newId } from '../platform/ids.ts';
import type { World } from './world.ts';

/** An id for everything in a world, by its index. */
export interface Ids {
  readonly offices: readonly string[];
  readonly accounts: readonly string[];
  readonly employers: readonly string[];
  readonly gates: readonly string[];
  readonly carriers: readonly string[];
  readonly vehicles: readonly string[];
  readonly drivers: readonly string[];
  readonly allotments: readonly string[];
  readonly fleetDays: readonly string[];
  readonly households: readonly string[];
  readonly persons: readonly string[];
  readonly identities: readonly string[];
  readonly wishes: readonly string[];
  /** By number of the party. */
  readonly parties: readonly string[];
  readonly trips: readonly string[];
  readonly itineraries: readonly string[];
}

/** Ids rise in the order of the lists, so that rows written together lie together. */
export function idsOf(world: World): Ids {
  const each = (list: readonly unknown[]) => list.map(() => newId());
  const parties = world.wishes.reduce((most, wish) => Math.max(most, wish.party), -1) + 1;
  return {
    offices: each(world.offices),
    accounts: each(world.accounts),
    employers: each(world.employers),
    gates: each(world.gates),
    carriers: each(world.carriers),
    vehicles: each(world.vehicles),
    drivers: each(world.drivers),
    allotments: each(world.allotments),
    fleetDays: each(world.fleetDays),
    households: each(world.households),
    persons: each(world.persons),
    identities: each(world.persons),
    wishes: each(world.wishes),
    parties: Array.from({ length: parties }, newId),
    trips: each(world.trips),
    itineraries: each(world.itineraries),
  };
}
