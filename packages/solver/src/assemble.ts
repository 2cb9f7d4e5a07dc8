import type { Collect, Deliver, Shuttle } from './feeders.ts';
import { collect, deliver, lengthM, shuttleCost } from './feeders.ts';
import type { Model, Unit } from './model.ts';
import type { PlanItinerary, PlanTrip, Role, TripStop, VehicleRef } from './problem.ts';
import { placesOf, timingOf } from './routes.ts';
import type { State } from './state.ts';
import type { Timing } from './timing.ts';
import type { Depot } from './vehicles.ts';
import { depotOf } from './vehicles.ts';

export interface Assembly {
  readonly trips: PlanTrip[];
  readonly itineraries: PlanItinerary[];
  /** Units whose feeder or last mile could not be made. */
  readonly failures: Unit[];
}

interface Leg {
  readonly trip: number;
  readonly board: number;
  readonly alight: number;
}

/** A demand for a home feeder: to `target`, for a ride that leaves there at `leavesAt`. */
interface HomeFeeder {
  readonly unit: Unit;
  readonly target: number;
  readonly leavesAt: number;
}

class Workshop {
  readonly trips: PlanTrip[] = [];
  readonly legs = new Map<number, Leg[]>();
  readonly homeFeeders: HomeFeeder[] = [];
  readonly failures: Unit[] = [];
  readonly model: Model;
  readonly state: State;
  readonly depot: Depot;

  constructor(model: Model, state: State) {
    this.model = model;
    this.state = state;
    this.depot = depotOf(model, state);
  }

  addLeg(unit: Unit, leg: Leg, first = false): void {
    const list = this.legs.get(unit.id) ?? [];
    if (first) list.unshift(leg);
    else list.push(leg);
    this.legs.set(unit.id, list);
  }

  ridingBy(kind: 'rail' | 'standing'): { unit: Unit; index: number }[] {
    return this.model.units.flatMap((unit) => {
      const spot = this.state.where[unit.id];
      if (spot?.kind !== kind) return [];
      return [{ unit, index: spot.kind === 'rail' ? spot.option.allotment : spot.option.standing }];
    });
  }
}

/**
 * The whole way of everybody from what the search decided: main runs and trains with their times, feeders
 * backwards from each departure, last miles forwards from each arrival. A failure means the answer must be repaired
 * before it is a plan.
 */
export function assemble(model: Model, state: State): Assembly {
  const shop = new Workshop(model, state);
  addStanding(shop);
  addMain(shop);
  addRail(shop);
  addHomeFeeders(shop);
  const itineraries: PlanItinerary[] = [];
  model.problem.parties.forEach((party, index) => {
    if (!party.fixed) return;
    const legs = party.fixed.map((leg) => ({ trip: leg.standing, board: leg.board, alight: leg.alight }));
    itineraries.push({ party: index, people: party.size, wheelchairs: party.wheelchairs ?? 0, legs });
  });
  for (const unit of model.units) {
    const legs = shop.legs.get(unit.id);
    if (!legs || !state.where[unit.id]) continue;
    itineraries.push({ party: unit.party, people: unit.size, wheelchairs: unit.wheels, legs });
  }
  itineraries.sort((a, b) => a.party - b.party);
  return { trips: shop.trips, itineraries, failures: shop.failures };
}

function addStanding(shop: Workshop): void {
  const { model, state } = shop;
  const late = shop.ridingBy('standing');
  model.problem.standing.forEach((trip, index) => {
    const stops = trip.stops.map((stop) => ({ ...stop, boards: [] as number[], alights: [] as number[] }));
    let load = 0;
    const put = (party: number, size: number, board: number, alight: number) => {
      stops[board]?.boards.push(party);
      stops[alight]?.alights.push(party);
      load += size;
    };
    model.problem.parties.forEach((party, p) => {
      for (const leg of party.fixed ?? [])
        if (leg.standing === index) put(p, party.size, leg.board, leg.alight);
    });
    for (const { unit, index: on } of late) {
      const spot = state.where[unit.id];
      if (on !== index || spot?.kind !== 'standing') continue;
      const { board, alight, feeder } = spot.option;
      put(unit.party, unit.size, board, alight);
      shop.addLeg(unit, { trip: index, board, alight });
      const from = stops[board] as TripStop;
      if (feeder) shop.homeFeeders.push({ unit, target: from.place, leavesAt: from.departAt });
    }
    const departAt = stops[0]?.departAt ?? 0;
    const distanceM = lengthM(
      model,
      stops.map((s) => s.place),
    );
    const durationMin = (stops[stops.length - 1]?.arriveAt ?? 0) - departAt;
    shop.trips.push({
      role: trip.role,
      vehicle: trip.vehicle,
      standing: index,
      day: Math.floor(departAt / 1440),
      stops,
      drivers: 0,
      rests: [],
      distanceM,
      durationMin,
      costFen: 0,
      load,
    });
  });
}

function addMain(shop: Workshop): void {
  const { model, state } = shop;
  for (const route of state.routes) {
    if (!route) continue;
    const timing = timingOf(model, route);
    const stops = stopsOf(placesOf(model, route), timing);
    const trip = shop.trips.length;
    for (const { unit: id, point } of route.members) {
      const unit = model.units[id] as Unit;
      const board = route.picks.indexOf(point.place);
      const alight = route.picks.length + route.drops.indexOf(unit.drop);
      stops[board]?.boards.push(unit.party);
      stops[alight]?.alights.push(unit.party);
      shop.addLeg(unit, { trip, board, alight });
      const leavesAt = timing.depart[board] as number;
      if (point.feeder) shop.homeFeeders.push({ unit, target: point.place, leavesAt });
    }
    shop.trips.push({
      role: 'main',
      vehicle: { type: route.wagon.type, no: route.no },
      day: route.day,
      stops,
      drivers: route.crew,
      rests: timing.rests,
      distanceM: route.distanceM,
      durationMin: route.endAt - route.departAt,
      costFen: route.costFen,
      load: route.load,
    });
  }
}

interface Stop extends TripStop {
  readonly boards: number[];
  readonly alights: number[];
}

function stopsOf(places: readonly number[], timing: Timing): Stop[] {
  return places.map((place, i) => ({
    place,
    arriveAt: timing.arrive[i] as number,
    departAt: timing.depart[i] as number,
    boards: [],
    alights: [],
  }));
}

function addRail(shop: Workshop): void {
  const { model } = shop;
  const riders = shop.ridingBy('rail');
  const train = new Map<number, number>();
  model.problem.allotments.forEach((a, index) => {
    const units = riders.filter((r) => r.index === index).map((r) => r.unit);
    if (units.length === 0) return;
    train.set(index, shop.trips.length);
    const parties = units.map((u) => u.party);
    const load = units.reduce((sum, u) => sum + u.size, 0);
    shop.trips.push({
      role: 'rail',
      allotment: index,
      day: Math.floor(a.departAt / 1440),
      stops: [
        { place: a.from, arriveAt: a.departAt, departAt: a.departAt, boards: parties, alights: [] },
        { place: a.to, arriveAt: a.arriveAt, departAt: a.arriveAt, boards: [], alights: parties },
      ],
      drivers: 0,
      rests: [],
      distanceM: model.distanceM(a.from, a.to),
      durationMin: a.arriveAt - a.departAt,
      costFen: a.fareFen * load,
      load,
    });
  });
  addAccess(shop, riders);
  for (const { unit, index } of riders) {
    shop.addLeg(unit, { trip: train.get(index) as number, board: 0, alight: 1 });
  }
  addLastMile(shop, riders);
}

/** Runs to the stations, shared between trains of one day. */
function addAccess(shop: Workshop, riders: readonly { unit: Unit; index: number }[]): void {
  const { model, state } = shop;
  const groups = new Map<string, { target: number; demands: Collect[] }>();
  for (const { unit, index } of riders) {
    const spot = state.where[unit.id];
    const a = model.problem.allotments[index];
    if (spot?.kind !== 'rail' || spot.option.pick === undefined || !a) continue;
    const deadline = a.departAt - model.settings.transferMarginMin;
    const notBefore = spot.option.homeFeeder
      ? feederArrival(model, unit, spot.option.pick, deadline)
      : undefined;
    addTo(groups, a.from, deadline, { unit, place: spot.option.pick, deadline, notBefore });
  }
  for (const { target, demands } of groups.values()) {
    const { runs, failed } = collect(model, target, demands, model.settings.accessMaxRideMin);
    shop.failures.push(...failed);
    for (const run of runs) {
      if (!addShuttle(shop, 'feeder', run)) continue;
      run.units.forEach((unit, i) => {
        const spot = state.where[unit.id];
        if (spot?.kind !== 'rail' || !spot.option.homeFeeder) return;
        const stop = run.stopOf[i] as number;
        const leavesAt = run.timing.depart[stop] as number;
        shop.homeFeeders.push({ unit, target: run.places[stop] as number, leavesAt });
      });
    }
  }
}

/** The earliest that a home feeder can be followed by a departure from `pick` on the day of `moment`. */
function feederArrival(model: Model, unit: Unit, pick: number, moment: number): number {
  const { feederFromMin, transferMarginMin } = model.settings;
  const midnight = Math.floor(moment / 1440) * 1440;
  return midnight + feederFromMin + model.driveMin(unit.home, pick) + transferMarginMin;
}

function addLastMile(shop: Workshop, riders: readonly { unit: Unit; index: number }[]): void {
  const { model, state } = shop;
  const groups = new Map<number, Deliver[]>();
  for (const { unit, index } of riders) {
    const spot = state.where[unit.id];
    const a = model.problem.allotments[index];
    if (spot?.kind !== 'rail' || spot.option.walksOut || !a) continue;
    const list = groups.get(a.to) ?? [];
    list.push({ unit, readyAt: a.arriveAt + model.settings.transferMarginMin });
    groups.set(a.to, list);
  }
  for (const [station, demands] of groups) {
    const { runs, failed } = deliver(model, station, demands);
    shop.failures.push(...failed);
    for (const run of runs) addShuttle(shop, 'lastMile', run);
  }
}

function addHomeFeeders(shop: Workshop): void {
  const { model } = shop;
  const groups = new Map<string, { target: number; demands: Collect[] }>();
  for (const { unit, target, leavesAt } of shop.homeFeeders) {
    const deadline = leavesAt - model.settings.transferMarginMin;
    addTo(groups, target, deadline, { unit, place: unit.home, deadline });
  }
  for (const { target, demands } of groups.values()) {
    const { runs, failed } = collect(model, target, demands, model.settings.feederMaxRideMin);
    shop.failures.push(...failed);
    for (const run of runs) addShuttle(shop, 'feeder', run, true);
  }
}

function addTo(
  groups: Map<string, { target: number; demands: Collect[] }>,
  target: number,
  deadline: number,
  demand: Collect,
): void {
  const key = `${target}/${Math.floor(deadline / 1440)}`;
  const group = groups.get(key) ?? { target, demands: [] };
  group.demands.push(demand);
  groups.set(key, group);
}

function addShuttle(shop: Workshop, role: Role, run: Shuttle, first = false): boolean {
  const { model } = shop;
  const given = shop.depot.assign(run, role === 'feeder' ? model.feeders : model.lastMile);
  if (!given) {
    shop.failures.push(...run.units);
    return false;
  }
  pushShuttle(shop, role, { ...run, wagon: given.wagon }, given.ref, first);
  return true;
}

function pushShuttle(shop: Workshop, role: Role, run: Shuttle, vehicle: VehicleRef, first: boolean): void {
  const { model } = shop;
  const stops = stopsOf(run.places, run.timing);
  const trip = shop.trips.length;
  const last = stops.length - 1;
  run.units.forEach((unit, i) => {
    const stop = run.stopOf[i] as number;
    const leg = role === 'feeder' ? { trip, board: stop, alight: last } : { trip, board: 0, alight: stop };
    stops[leg.board]?.boards.push(unit.party);
    stops[leg.alight]?.alights.push(unit.party);
    shop.addLeg(unit, leg, first);
  });
  const departAt = stops[0]?.departAt as number;
  shop.trips.push({
    role,
    vehicle,
    day: Math.floor(departAt / 1440),
    stops,
    drivers: run.wagon.crew,
    rests: run.timing.rests,
    distanceM: lengthM(model, run.places),
    durationMin: (stops[last]?.arriveAt as number) - departAt,
    costFen: shuttleCost(model, run),
    load: run.units.reduce((sum, u) => sum + u.size, 0),
  });
}
