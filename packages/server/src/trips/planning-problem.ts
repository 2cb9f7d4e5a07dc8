import { daysBetween, minutesSince } from '@fangang/domain/basics/moment.ts';
import type { SeasonSettings } from '@fangang/domain/offices/schema.ts';
import { wantsToGo } from '@fangang/domain/people/rules.ts';
import { SEATS_IN_A_ROW, usablePlaces } from '@fangang/domain/trips/rules.ts';
import type { FleetLine } from '@fangang/domain/trips/rules-planning.ts';
import type {
  Allotment,
  Gate,
  Party,
  Place,
  Problem,
  StandingTrip,
  VehicleRef,
  VehicleType,
} from '@fangang/solver/problem.ts';
import { DEFAULT_SETTINGS } from '@fangang/solver/problem.ts';
import type { AreaSpot, DestinationSpot, GateSpot, OwnerRow, WishRow } from './store-planning.ts';
import type { AllotmentRow, FleetRow, StopRow, TripRow } from './tables.ts';

/** Everything the plan of one district is made from, as rows. */
export interface DistrictFacts {
  readonly season: { readonly id: string; readonly settings: SeasonSettings };
  /** 12 digits. */
  readonly area: string;
  readonly days: { readonly from: string; readonly to: string };
  readonly wishes: readonly WishRow[];
  /** The district, its towns and villages. */
  readonly areas: readonly AreaSpot[];
  readonly gates: readonly GateSpot[];
  readonly destinations: readonly DestinationSpot[];
  /** "3 × 49" as the whole fleet; empty: what can be hired. */
  readonly fleetAsked: readonly FleetLine[];
  readonly fleetHired: readonly FleetRow[];
  readonly allotments: readonly (AllotmentRow & { sold: number; bays_sold: number })[];
  readonly standing: readonly (TripRow & { stops: readonly StopRow[] })[];
  readonly owners: readonly OwnerRow[];
  readonly tripsKnown: number;
}

/** What a place of the problem is in the world. */
export type Spot = { readonly lon: number; readonly lat: number } & (
  | { readonly kind: 'area'; readonly code: string }
  | { readonly kind: 'gate'; readonly id: string }
  | { readonly kind: 'destination'; readonly code: string }
  | { readonly kind: 'station'; readonly name: string }
  | { readonly kind: 'stop'; readonly name: string; readonly pinyin: string }
);

/** People who travel as one: same party, same destination; wheelchair users first. */
export interface Group {
  readonly party: string;
  readonly members: readonly WishRow[];
}

/** A problem and what its indices stand for. */
export interface Mapped {
  readonly problem: Problem;
  readonly spots: readonly Spot[];
  readonly groups: readonly Group[];
}

/** Places by what they are: asked twice, they are one. */
class Spots {
  readonly list: Spot[] = [];
  private readonly known = new Map<string, number>();

  at(key: string, make: () => Spot): number {
    const known = this.known.get(key);
    if (known !== undefined) return known;
    this.known.set(key, this.list.length);
    return this.list.push(make()) - 1;
  }
}

/** The planning problem of a district: mapping only, see docs/planning-problem.md for its terms. */
export function toProblem(facts: DistrictFacts): Mapped {
  const spots = new Spots();
  const groups = groupsOf(facts.wishes);
  const homeOf = homesIn(facts, spots);
  const { gates, gateOf } = gatesIn(facts, spots);
  const toDay = daysBetween(facts.days.from, facts.days.to);
  const dayNo = (day: string) => daysBetween(facts.days.from, day);
  const parties = groups.map(({ members }): Party => {
    const first = members[0] as WishRow;
    const earliest = members.map((it) => (it.earliest ? dayNo(it.earliest) : 0));
    const latest = members.map((it) => (it.latest ? dayNo(it.latest) : toDay));
    return {
      size: members.length,
      wheelchairs: members.filter((it) => it.wheelchair).length,
      home: homeOf(first.area),
      gate: gateOf(first),
      earliestDay: Math.max(...earliest),
      latestDay: Math.min(...latest),
      mayPart: members.length > 1 && members.every((it) => it.may_part),
    };
  });
  const boardingPoints = facts.areas
    .filter((it) => it.level === 'town' && it.lon !== null && it.lat !== null)
    .map((it) => ({ place: homeOf(it.code) }));
  const allotments = facts.allotments.map((it) => allotmentIn(facts, spots, it));
  const { fleet, vehicleOf } = fleetIn(facts);
  const standing = facts.standing.map(
    (it, index): StandingTrip => standingIn(facts, spots, it, vehicleOf(index)),
  );
  const { settings } = facts.season;
  const problem: Problem = {
    places: spots.list.map(({ lon, lat }): Place => ({ lon, lat })),
    parties,
    gates,
    boardingPoints,
    fleet,
    allotments,
    standing,
    horizon: { fromDay: 0, toDay },
    settings: {
      ...DEFAULT_SETTINGS,
      loadCap: settings.loadCap,
      observationSeats: settings.observationRows * SEATS_IN_A_ROW,
      minLoad: settings.minLoad,
      maxStops: settings.maxStops,
      maxRideMin: settings.maxRideMin,
    },
  };
  return { problem, spots: spots.list, groups };
}

/** Where a wish goes, as a key: a gate, else a place, else nowhere yet. */
function goalOf(wish: Pick<WishRow, 'gate_id' | 'destination'>): string {
  return wish.gate_id ?? wish.destination ?? '';
}

function groupsOf(wishes: readonly WishRow[]): Group[] {
  const byKey = new Map<string, WishRow[]>();
  for (const wish of wishes) {
    if (!wantsToGo(wish)) continue;
    const key = `${wish.party}/${goalOf(wish)}`;
    byKey.set(key, [...(byKey.get(key) ?? []), wish]);
  }
  return [...byKey.values()].map((members) => ({
    party: (members[0] as WishRow).party,
    members: members.toSorted((a, b) => Number(b.wheelchair) - Number(a.wheelchair)),
  }));
}

/** Place of an area: its own, or where it has none that of its town, then of its district (a village's place may be estimated). */
function homesIn(facts: DistrictFacts, spots: Spots): (code: string) => number {
  const byCode = new Map(facts.areas.map((it) => [it.code, it]));
  return (code) => {
    for (const asked of [code, `${code.slice(0, 9)}000`, facts.area]) {
      const area = byCode.get(asked);
      if (area?.lon == null || area.lat == null) continue;
      const { lon, lat } = area;
      return spots.at(`area ${asked}`, () => ({ kind: 'area', code: asked, lon, lat }));
    }
    throw new Error(`no place for area ${code}`);
  };
}

const ALL_DAY = [{ fromMin: 0, toMin: 1440 }];

function destinationSpot(spots: Spots, it: DestinationSpot): number {
  const [lon, lat] = [it.lon as number, it.lat as number];
  return spots.at(`at ${lon},${lat}`, () => ({ kind: 'destination', code: it.code, lon, lat }));
}

function gatesIn(facts: DistrictFacts, spots: Spots): { gates: Gate[]; gateOf: (wish: WishRow) => number } {
  const gates: Gate[] = [];
  const index = new Map<string, number>();
  const cities = new Map<string, number>();
  const cityOf = new Map(facts.destinations.map((it) => [it.code, it.city_code]));
  const cityNo = (county: string): number => {
    const city = cityOf.get(county) ?? county;
    const known = cities.get(city) ?? cities.size;
    cities.set(city, known);
    return known;
  };
  for (const it of facts.gates) {
    const { id, lon, lat } = it;
    const place = spots.at(`gate ${id}`, () => ({ kind: 'gate', id, lon, lat }));
    index.set(id, gates.push({ place, windows: it.windows, city: cityNo(it.county) }) - 1);
  }
  for (const it of facts.destinations) {
    if (it.lon === null || it.lat === null) continue;
    const place = destinationSpot(spots, it);
    index.set(it.code, gates.push({ place, windows: ALL_DAY, city: cityNo(it.code) }) - 1);
  }
  return {
    gates,
    gateOf: (wish) => index.get(wish.gate_id ?? '') ?? index.get(wish.destination ?? '') ?? -1,
  };
}

function allotmentIn(facts: DistrictFacts, spots: Spots, it: DistrictFacts['allotments'][number]): Allotment {
  const station = (name: string, lon: number, lat: number) =>
    spots.at(`station ${name} ${lon},${lat}`, () => ({ kind: 'station', name, lon, lat }));
  return {
    mode: it.mode === 'charterFlight' ? 'air' : 'rail',
    from: station(it.from_name, it.from_lon, it.from_lat),
    to: station(it.to_name, it.to_lon, it.to_lat),
    departAt: minutesSince(facts.days.from, it.depart_at),
    arriveAt: minutesSince(facts.days.from, it.arrive_at),
    places: Math.max(0, it.places - it.sold),
    wheelchairBays: Math.max(0, it.wheelchair_bays - it.bays_sold),
    fareFen: it.fare_fen,
  };
}

function standingIn(
  facts: DistrictFacts,
  spots: Spots,
  it: DistrictFacts['standing'][number],
  vehicle: VehicleRef | undefined,
): StandingTrip {
  const places = new Set(facts.areas.filter((area) => area.lon !== null).map((area) => area.code));
  const placeOf = (stop: StopRow): number => {
    const { lon, lat } = stop;
    if (stop.gate_id) {
      const id = stop.gate_id;
      return spots.at(`gate ${id}`, () => ({ kind: 'gate', id, lon, lat }));
    }
    const code = stop.place_area;
    if (code && places.has(code)) return spots.at(`area ${code}`, () => ({ kind: 'area', code, lon, lat }));
    const { name, pinyin } = stop;
    return spots.at(`at ${lon},${lat}`, () => ({ kind: 'stop', name, pinyin, lon, lat }));
  };
  return {
    role: 'main',
    stops: it.stops.map((stop) => ({
      place: placeOf(stop),
      arriveAt: minutesSince(facts.days.from, stop.arrive_at),
      departAt: minutesSince(facts.days.from, stop.depart_at),
    })),
    freeSeats: it.cap - it.sold,
    freeWheelchairBays: it.bays - it.bays_sold,
    ...(vehicle && { vehicle }),
  };
}

type FleetOf = { fleet: VehicleType[]; vehicleOf: (standing: number) => VehicleRef | undefined };

/**
 * The fleet asked for, else what can be hired day by day. Coaches too small to reach the minimum load on a main run are left out: feeders
 * and last miles are town minibuses and employers' buses, which the solver takes for granted.
 */
function fleetIn(facts: DistrictFacts): FleetOf {
  const large = (seats: number) =>
    usablePlaces(seats, facts.season.settings, { road: true, main: true }) >= facts.season.settings.minLoad;
  return facts.fleetAsked.length > 0 ? askedFleet(facts, large) : hiredFleet(facts, large);
}

function askedFleet(facts: DistrictFacts, large: (seats: number) => boolean): FleetOf {
  const fleet = facts.fleetAsked.filter((it) => large(it.seats)).map((it): VehicleType => ({ ...it }));
  const busy = fleet.map((it) => Array.from({ length: it.count }, () => -1));
  const refs = facts.standing.map((trip): VehicleRef | undefined => {
    const type = fleet.findIndex((it) => it.seats === trip.places);
    const departDay = daysBetween(facts.days.from, trip.day);
    const no = busy[type]?.findIndex((until) => until < departDay) ?? -1;
    if (no < 0) return undefined;
    const [from, to] = [minutesSince(trip.day, trip.depart_at), minutesSince(trip.day, trip.arrive_at)];
    (busy[type] as number[])[no] = departDay + Math.floor((2 * to - from) / 1440);
    return { type, no };
  });
  return { fleet, vehicleOf: (standing) => refs[standing] };
}

function hiredFleet(facts: DistrictFacts, large: (seats: number) => boolean): FleetOf {
  const days = daysBetween(facts.days.from, facts.days.to) + 1;
  const kinds = new Map<string, { seats: number; wheelchairBays: number; countByDay: number[] }>();
  for (const row of facts.fleetHired) {
    if (!large(row.seats)) continue;
    const key = `${row.seats}/${row.wheelchair_bays}`;
    const kind = kinds.get(key) ?? {
      seats: row.seats,
      wheelchairBays: row.wheelchair_bays,
      countByDay: Array.from({ length: days }, () => 0),
    };
    const day = daysBetween(facts.days.from, row.day);
    kind.countByDay[day] = (kind.countByDay[day] ?? 0) + row.count;
    kinds.set(key, kind);
  }
  const fleet = [...kinds.values()].map((it): VehicleType => ({ ...it, count: Math.max(...it.countByDay) }));
  const used = new Map<string, number>();
  const refs = facts.standing.map((trip): VehicleRef | undefined => {
    const day = daysBetween(facts.days.from, trip.day);
    const exact = fleet.findIndex((it) => it.seats === trip.places && it.wheelchairBays === trip.bays);
    const type = exact >= 0 ? exact : fleet.findIndex((it) => it.seats === trip.places);
    const no = used.get(`${type}/${day}`) ?? 0;
    if (no >= (fleet[type]?.countByDay?.[day] ?? 0)) return undefined;
    used.set(`${type}/${day}`, no + 1);
    return { type, no };
  });
  return { fleet, vehicleOf: (standing) => refs[standing] };
}
