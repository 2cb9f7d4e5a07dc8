import { ridershipOf } from './check-trips.ts';
import type { Fault } from './fault.ts';
import type { Plan, PlanTrip, Problem, VehicleType } from './problem.ts';

interface Use {
  readonly trip: number;
  readonly from: number;
  readonly to: number;
  readonly driving: number;
  readonly main: boolean;
}

/** Vehicles that do not exist, are in two places, or drive too long in a day; carriages sold twice. */
export function fleetFaults(problem: Problem, plan: Plan): Fault[] {
  const found: Fault[] = [];
  const uses = new Map<string, Use[]>();
  plan.trips.forEach((trip, index) => {
    const { vehicle } = trip;
    const type = vehicle && problem.fleet[vehicle.type];
    if (!vehicle || !type) return;
    const count = type.countByDay ? (type.countByDay[trip.day - problem.horizon.fromDay] ?? 0) : type.count;
    if (trip.standing === undefined && (vehicle.no < 0 || vehicle.no >= count)) {
      found.push({
        code: 'vehicle_missing',
        numbers: { trip: index, type: vehicle.type, no: vehicle.no, count },
      });
    }
    const key = `${vehicle.type}/${vehicle.no}`;
    uses.set(key, [...(uses.get(key) ?? []), useOf(trip, index, type)]);
  });
  for (const list of uses.values()) found.push(...clashes(problem, plan, list));
  return [...found, ...carriages(problem, plan)];
}

/** A main run blocks its days until the vehicle has driven back, a shuttle the time out and back. */
function useOf(trip: PlanTrip, index: number, type: VehicleType): Use {
  const first = trip.stops[0];
  const departAt = first?.departAt ?? 0;
  const endAt = trip.stops[trip.stops.length - 1]?.arriveAt ?? 0;
  const main = trip.role === 'main' || trip.standing !== undefined;
  const back = endAt + (endAt - departAt);
  const rests = trip.rests.reduce((sum, r) => sum + r.minutes, 0);
  const stands = trip.stops.slice(1, -1).reduce((sum, s) => sum + s.departAt - s.arriveAt, 0);
  const driving = main ? 0 : 2 * (endAt - departAt - rests - stands);
  if (!main) return { trip: index, from: first?.arriveAt ?? 0, to: back, driving, main };
  const lastDay = type.countByDay ? trip.day : Math.floor(back / 1440);
  return { trip: index, from: trip.day * 1440, to: (lastDay + 1) * 1440, driving, main };
}

function clashes(problem: Problem, plan: Plan, uses: readonly Use[]): Fault[] {
  const found: Fault[] = [];
  const sorted = [...uses].sort((a, b) => a.from - b.from || a.trip - b.trip);
  let until = -Infinity;
  let before = -1;
  for (const use of sorted) {
    const both = plan.trips[use.trip]?.standing !== undefined && plan.trips[before]?.standing !== undefined;
    if (use.from < until && !both)
      found.push({ code: 'vehicle_busy', numbers: { trip: use.trip, other: before } });
    if (use.to > until) {
      until = use.to;
      before = use.trip;
    }
  }
  for (const use of sorted) {
    if (use.main) continue;
    const day = sorted.filter((u) => !u.main && u.from >= use.from && u.from < use.from + 1440);
    const minutes = day.reduce((sum, u) => sum + u.driving, 0);
    const max = problem.settings.law.perDriverMin * (plan.trips[use.trip]?.drivers ?? 1);
    if (minutes > max && day.length > 1)
      found.push({ code: 'driver_hours', numbers: { trip: use.trip, minutes, max } });
  }
  return found;
}

function carriages(problem: Problem, plan: Plan): Fault[] {
  const riders = ridershipOf(problem, plan);
  const found: Fault[] = [];
  problem.allotments.forEach((a, allotment) => {
    let people = 0;
    plan.trips.forEach((trip, i) => {
      if (trip.allotment === allotment) people += riders[i]?.people ?? 0;
    });
    if (people > a.places)
      found.push({ code: 'allotment_overbooked', numbers: { allotment, people, places: a.places } });
  });
  return found;
}
