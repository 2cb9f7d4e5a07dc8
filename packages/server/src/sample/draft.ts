import { levelOf } from '@fangang/domain/offices/schema.ts';
import type { Random } from '@fangang/solver/random.ts';
import { stream } from './chance.ts';
import { phoneNumber } from './identity.ts';
import type { Point } from './roads.ts';
import { roadM } from './roads.ts';
import type {
  Account,
  Allotment,
  Carrier,
  Destination,
  Driver,
  Employer,
  FleetDay,
  Gate,
  Household,
  Need,
  Office,
  Person,
  SampleArea,
  SampleItinerary,
  SampleTrip,
  Vehicle,
  Wish,
  WorldOptions,
} from './world.ts';

export interface Town {
  readonly code: string;
  readonly name: string;
  readonly point: Point;
  /** Village codes, never empty. */
  readonly villages: readonly string[];
}

export interface District {
  readonly code: string;
  /** Six digits. */
  readonly short: string;
  readonly name: string;
  readonly point: Point;
  readonly towns: readonly Town[];
}

/** The world while it is being made: the same lists, still growing, and what must be looked up meanwhile. */
export interface Draft {
  readonly seed: number;
  readonly scale: number;
  readonly districts: ReadonlyMap<string, District>;
  readonly villagePoints: ReadonlyMap<string, Point>;
  readonly towns: ReadonlyMap<string, Town>;
  readonly idNumbers: Set<string>;
  readonly firmNames: Set<string>;
  readonly destinationByKey: Map<string, Destination>;
  readonly townStaff: Map<string, { officer: number; broker: number }>;
  /** Accounts of the human resources agencies, by the district they recruit in (six digits). */
  readonly agencies: Map<string, number[]>;
  /** By district: accounts of escorts with the second at which they are back. */
  readonly escorts: Map<string, { account: number; freeAt: number }[]>;
  /** By carrier and seats. */
  readonly vehiclePool: Map<string, { vehicle: number; freeAt: number }[]>;
  readonly driverPool: Map<string, { driver: number; freeAt: number }[]>;
  readonly carrierByDistrict: Map<string, number>;
  readonly bureauByDistrict: Map<string, number>;
  phones: number;
  parties: number;
  readonly offices: Office[];
  readonly accounts: Account[];
  readonly destinations: Destination[];
  readonly employers: Employer[];
  readonly gates: Gate[];
  readonly carriers: Carrier[];
  readonly vehicles: Vehicle[];
  readonly drivers: Driver[];
  readonly allotments: Allotment[];
  readonly fleetDays: FleetDay[];
  readonly households: Household[];
  readonly persons: Person[];
  readonly wishes: Wish[];
  readonly needs: Need[];
  readonly trips: SampleTrip[];
  readonly itineraries: SampleItinerary[];
}

export function emptyDraft(options: WorldOptions): Draft {
  const places = indexAreas(options);
  return {
    seed: options.seed,
    scale: options.scale,
    ...places,
    idNumbers: new Set(),
    firmNames: new Set(),
    destinationByKey: new Map(),
    townStaff: new Map(),
    agencies: new Map(),
    escorts: new Map(),
    vehiclePool: new Map(),
    driverPool: new Map(),
    carrierByDistrict: new Map(),
    bureauByDistrict: new Map(),
    phones: 0,
    parties: 0,
    offices: [],
    accounts: [],
    destinations: [],
    employers: [],
    gates: [],
    carriers: [],
    vehicles: [],
    drivers: [],
    allotments: [],
    fleetDays: [],
    households: [],
    persons: [],
    wishes: [],
    needs: [],
    trips: [],
    itineraries: [],
  };
}

export function nextPhone(draft: Draft): string {
  return phoneNumber(draft.phones++);
}

/** Adds to a list and says where it lies. */
export function push<T>(list: T[], item: T): number {
  return list.push(item) - 1;
}

export function districtOf(draft: Draft, short: string): District {
  const found = draft.districts.get(short);
  if (!found) throw new Error(`no district ${short} among the areas`);
  return found;
}

/** The towns nearest to one of them, itself first. */
export function nearestTowns(district: District, town: Town, count: number): Town[] {
  return [...district.towns]
    .sort((a, b) => roadM(town.point, a.point) - roadM(town.point, b.point))
    .slice(0, count);
}

function indexAreas(options: WorldOptions) {
  const random = stream(options.seed, 'points');
  const children = new Map<string, SampleArea[]>();
  for (const area of options.areas) {
    const parent = parentOf(area.code);
    if (parent) children.set(parent, [...(children.get(parent) ?? []), area]);
  }
  const districts = new Map<string, District>();
  const towns = new Map<string, Town>();
  const villagePoints = new Map<string, Point>();
  for (const area of options.areas) {
    if (levelOf(area.code) !== 'district' || !area.code.startsWith('50')) continue;
    const point = pointOf(area, { lon: 107.5, lat: 29.8 }, 0, random);
    const own = (children.get(area.code) ?? [])
      .map((it) => townFrom(it, children.get(it.code) ?? [], point, villagePoints, random))
      .filter((it) => it.villages.length > 0);
    for (const town of own) towns.set(town.code, town);
    districts.set(area.code.slice(0, 6), {
      code: area.code,
      short: area.code.slice(0, 6),
      name: area.name,
      point,
      towns: own,
    });
  }
  return { districts, towns, villagePoints };
}

function townFrom(
  area: SampleArea,
  villages: readonly SampleArea[],
  seat: Point,
  points: Map<string, Point>,
  random: Random,
): Town {
  const point = pointOf(area, seat, 0.12, random);
  for (const village of villages) points.set(village.code, pointOf(village, point, 0.03, random));
  return { code: area.code, name: area.name, point, villages: villages.map((it) => it.code) };
}

function pointOf(area: SampleArea, around: Point, spread: number, random: Random): Point {
  const lon = around.lon + (random() - 0.5) * 2 * spread;
  const lat = around.lat + (random() - 0.5) * 2 * spread;
  if (area.lon == null || area.lat == null)
    return { lon: Number(lon.toFixed(5)), lat: Number(lat.toFixed(5)) };
  return { lon: area.lon, lat: area.lat };
}

function parentOf(code: string): string | null {
  switch (levelOf(code)) {
    case 'city':
      return null;
    case 'district':
      return '500000000000';
    case 'town':
      return `${code.slice(0, 6)}000000`;
    case 'village':
      return `${code.slice(0, 9)}000`;
  }
}
