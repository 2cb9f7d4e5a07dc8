import { lawFaults } from './check-law.ts';
import type { Fault, FaultCode } from './fault.ts';
import type { Matrix, Plan, PlanTrip, Problem, Role, VehicleType } from './problem.ts';
import { ASSUMED_VEHICLES } from './problem.ts';

/** What the itineraries say about one trip. */
export interface Ridership {
  people: number;
  wheelchairs: number;
  /** Of them, people whose seats were published before. */
  fixedPeople: number;
  fixedWheelchairs: number;
  readonly boards: Set<number>[];
  readonly alights: Set<number>[];
}

/** Counts each trip's riders from the itineraries alone; legs that point nowhere are left out. */
export function ridershipOf(problem: Problem, plan: Plan): Ridership[] {
  const riders = plan.trips.map(
    (trip): Ridership => ({
      people: 0,
      wheelchairs: 0,
      fixedPeople: 0,
      fixedWheelchairs: 0,
      boards: trip.stops.map(() => new Set<number>()),
      alights: trip.stops.map(() => new Set<number>()),
    }),
  );
  for (const it of plan.itineraries) {
    for (const leg of it.legs) {
      const on = riders[leg.trip];
      if (!on) continue;
      on.people += it.people;
      on.wheelchairs += it.wheelchairs;
      if (problem.parties[it.party]?.fixed) {
        on.fixedPeople += it.people;
        on.fixedWheelchairs += it.wheelchairs;
      }
      on.boards[leg.board]?.add(it.party);
      on.alights[leg.alight]?.add(it.party);
    }
  }
  return riders;
}

/** Faults of each trip by itself. */
export function tripFaults(problem: Problem, plan: Plan, matrix: Matrix): Fault[] {
  const riders = ridershipOf(problem, plan);
  return plan.trips.flatMap((trip, index) => {
    const on = riders[index] as Ridership;
    const found = countFaults(trip, index, on);
    if (trip.standing !== undefined) return [...found, ...standingFaults(problem, trip, index, on)];
    if (trip.role === 'rail') return [...found, ...railFaults(problem, trip, index, on)];
    return [...found, ...roadFaults(problem, trip, index, on, matrix)];
  });
}

function countFaults(trip: PlanTrip, index: number, on: Ridership): Fault[] {
  const found: Fault[] = [];
  if (trip.load !== on.people) {
    found.push({ code: 'load_wrong', numbers: { trip: index, load: trip.load, people: on.people } });
  }
  trip.stops.forEach((stop, i) => {
    const same = (a: readonly number[], b: Set<number> | undefined) =>
      a.length === b?.size && a.every((p) => b.has(p));
    if (same(stop.boards, on.boards[i]) && same(stop.alights, on.alights[i])) return;
    found.push({ code: 'boards_wrong', numbers: { trip: index, stop: i } });
  });
  return found;
}

function standingFaults(problem: Problem, trip: PlanTrip, index: number, on: Ridership): Fault[] {
  const was = problem.standing[trip.standing as number];
  if (!was) return [{ code: 'broken_reference', numbers: { trip: index } }];
  const found: Fault[] = [];
  const same =
    was.stops.length === trip.stops.length &&
    was.stops.every((stop, i) => {
      const now = trip.stops[i];
      return now?.place === stop.place && now.arriveAt === stop.arriveAt && now.departAt === stop.departAt;
    });
  if (!same || was.role !== trip.role) found.push({ code: 'standing_changed', numbers: { trip: index } });
  const late = on.people - on.fixedPeople;
  const chairs = on.wheelchairs - on.fixedWheelchairs;
  if (late > was.freeSeats || chairs > (was.freeWheelchairBays ?? 0)) {
    found.push({ code: 'standing_overbooked', numbers: { trip: index, people: late, seats: was.freeSeats } });
  }
  return found;
}

function railFaults(problem: Problem, trip: PlanTrip, index: number, on: Ridership): Fault[] {
  const a = problem.allotments[trip.allotment ?? -1];
  if (!a) return [{ code: 'broken_reference', numbers: { trip: index } }];
  const found: Fault[] = [];
  const [from, to] = trip.stops;
  const kept =
    from?.place === a.from &&
    to?.place === a.to &&
    from.departAt === a.departAt &&
    to.arriveAt === a.arriveAt;
  if (!kept || trip.stops.length !== 2) found.push({ code: 'allotment_times', numbers: { trip: index } });
  if (on.wheelchairs > (a.wheelchairBays ?? 0)) {
    found.push({ code: 'no_wheelchair_bay', numbers: { trip: index, need: on.wheelchairs } });
  }
  if (trip.costFen !== a.fareFen * on.people) found.push({ code: 'cost_wrong', numbers: { trip: index } });
  return found;
}

function roadFaults(problem: Problem, trip: PlanTrip, index: number, on: Ridership, matrix: Matrix): Fault[] {
  const type = typeOf(problem, trip);
  const role = trip.role as Role;
  if (!type) return [{ code: 'vehicle_missing', numbers: { trip: index, type: trip.vehicle?.type ?? -1 } }];
  const found: Fault[] = [];
  const say = (code: FaultCode, numbers: Record<string, number>) =>
    found.push({ code, numbers: { trip: index, ...numbers } });
  const { settings } = problem;
  const seats = Math.floor(
    (type.seats - (role === 'main' ? settings.observationSeats : 0)) * settings.loadCap + 1e-9,
  );
  if (on.people > seats) say('over_capacity', { people: on.people, seats });
  if (on.wheelchairs > (type.wheelchairBays ?? 0)) say('no_wheelchair_bay', { need: on.wheelchairs });
  if (role === 'main' && on.people < settings.minLoad)
    say('below_min_load', { have: on.people, need: settings.minLoad });
  const most = role === 'main' ? settings.maxStops : settings.feederMaxStops;
  if (trip.stops.length > most) say('too_many_stops', { stops: trip.stops.length, max: most });
  if (!(type.roles ?? ['main']).includes(role)) say('wrong_role', {});
  const departAt = trip.stops[0]?.departAt ?? 0;
  const minute = departAt - trip.day * 1440;
  const [opens, closes] =
    role === 'main'
      ? [settings.serviceFromMin, settings.serviceToMin]
      : [role === 'feeder' ? settings.feederFromMin : 0, 1439];
  if (minute < opens || minute > closes) say('outside_service', { minute });
  if (role === 'main' && (trip.day < problem.horizon.fromDay || trip.day > problem.horizon.toDay)) {
    say('wrong_day', { day: trip.day });
  }
  const crew = type.drivers ?? (role === 'main' ? settings.maxCrew : 1);
  return [
    ...found,
    ...timeFaults(problem, trip, index, matrix),
    ...lawFaults(settings.law, trip, index, crew),
    ...costFaults(problem, trip, index, type, matrix),
  ];
}

function timeFaults(problem: Problem, trip: PlanTrip, index: number, matrix: Matrix): Fault[] {
  const found: Fault[] = [];
  trip.stops.forEach((stop, i) => {
    const last = i === trip.stops.length - 1;
    if (!last && stop.departAt - stop.arriveAt < problem.settings.dwellMin) {
      found.push({ code: 'dwell_short', numbers: { trip: index, stop: i } });
    }
    const next = trip.stops[i + 1];
    if (!next) return;
    let driving = next.arriveAt - stop.departAt;
    let free = stop.departAt;
    let inside = true;
    const rests = trip.rests.filter((r) => r.afterStop === i).sort((a, b) => a.at - b.at);
    for (const rest of rests) {
      if (rest.at < free || rest.at + rest.minutes > next.arriveAt || rest.minutes <= 0) inside = false;
      free = rest.at + rest.minutes;
      driving -= rest.minutes;
    }
    const needed = stop.place === next.place ? 0 : Math.ceil(matrix.durationS(stop.place, next.place) / 60);
    if (driving !== needed || !inside) {
      found.push({ code: 'times_wrong', numbers: { trip: index, stop: i, driving, needed } });
    }
  });
  const whole = (trip.stops[trip.stops.length - 1]?.arriveAt ?? 0) - (trip.stops[0]?.departAt ?? 0);
  if (trip.durationMin !== whole) {
    found.push({
      code: 'times_wrong',
      numbers: { trip: index, durationMin: trip.durationMin, needed: whole },
    });
  }
  return found;
}

function costFaults(
  problem: Problem,
  trip: PlanTrip,
  index: number,
  type: VehicleType,
  matrix: Matrix,
): Fault[] {
  const found: Fault[] = [];
  let metres = 0;
  trip.stops.forEach((stop, i) => {
    const next = trip.stops[i + 1];
    if (next && next.place !== stop.place) metres += matrix.distanceM(stop.place, next.place);
  });
  if (metres !== trip.distanceM) {
    found.push({
      code: 'distance_wrong',
      numbers: { trip: index, distanceM: trip.distanceM, needed: metres },
    });
  }
  const { busFixedFen, busPerKmFen } = problem.settings;
  const fixed = type.fixedCostFen ?? Math.round((busFixedFen * type.seats) / 49);
  const perKm = type.costPerKmFen ?? Math.round(busPerKmFen * (0.4 + (0.6 * type.seats) / 49));
  const costFen = fixed + (perKm * metres) / 1000;
  if (Math.abs(costFen - trip.costFen) > 1) {
    found.push({
      code: 'cost_wrong',
      numbers: { trip: index, costFen: trip.costFen, needed: Math.round(costFen) },
    });
  }
  return found;
}

/** Vehicle type of a road trip; assumed types only where the fleet has none for the role and settings allow it. */
export function typeOf(problem: Problem, trip: PlanTrip): VehicleType | undefined {
  const type = trip.vehicle?.type ?? -1;
  if (type < problem.fleet.length) return problem.fleet[type];
  const has = problem.fleet.some((t) => (t.roles ?? ['main']).includes(trip.role as Role));
  if (has || trip.role === 'main' || problem.settings.feeder !== 'assume') return undefined;
  return ASSUMED_VEHICLES[type - problem.fleet.length];
}
