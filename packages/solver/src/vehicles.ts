import type { Shuttle } from './feeders.ts';
import type { Model, Wagon } from './model.ts';
import { countOn } from './model.ts';
import type { VehicleRef } from './problem.ts';
import type { State } from './state.ts';
import { awayUntil } from './state.ts';

interface Duty {
  readonly from: number;
  readonly to: number;
  readonly driveMin: number;
  readonly day: number;
}

/** Which vehicle does what and when: main runs block their days, shuttles the time out and back. */
export interface Depot {
  /** A vehicle for a shuttle: its own kind, or a larger one; undefined where all are out. */
  assign(shuttle: Shuttle, wagons: readonly Wagon[]): { wagon: Wagon; ref: VehicleRef } | undefined;
}

export function depotOf(model: Model, state: State): Depot {
  const duties = new Map<string, Duty[]>();
  const add = (type: number, no: number, duty: Duty) => {
    const list = duties.get(`${type}/${no}`);
    if (list) list.push(duty);
    else duties.set(`${type}/${no}`, [duty]);
  };
  const block = (type: number, no: number, departAt: number, endAt: number) => {
    const day = Math.floor(departAt / 1440);
    const to = (awayUntil(model, type, departAt, endAt) + 1) * 1440;
    add(type, no, { from: day * 1440, to, driveMin: 0, day });
  };
  for (const route of state.routes) if (route) block(route.wagon.type, route.no, route.departAt, route.endAt);
  for (const { vehicle, stops } of model.problem.standing) {
    if (vehicle)
      block(vehicle.type, vehicle.no, stops[0]?.departAt ?? 0, stops[stops.length - 1]?.arriveAt ?? 0);
  }
  let assumed = 0;
  return {
    assign: (shuttle, wagons) => {
      const people = shuttle.units.reduce((sum, u) => sum + u.size, 0);
      const wheels = shuttle.units.reduce((sum, u) => sum + u.wheels, 0);
      const duty = dutyOf(model, shuttle);
      for (const wagon of wagons) {
        if (wagon.usable < people || wagon.bays < wheels || wagon.crew !== shuttle.wagon.crew) continue;
        if (wagon.assumed) return { wagon, ref: { type: wagon.type, no: assumed++ } };
        const no = freeNo(model, duties, wagon, duty);
        if (no === undefined) continue;
        add(wagon.type, no, duty);
        return { wagon, ref: { type: wagon.type, no } };
      }
      return undefined;
    },
  };
}

function dutyOf(model: Model, shuttle: Shuttle): Duty {
  const { timing, places } = shuttle;
  const departAt = timing.depart[0] as number;
  const endAt = timing.arrive[places.length - 1] as number;
  let driveMin = 0;
  for (let i = 1; i < places.length; i++)
    driveMin += model.driveMin(places[i - 1] as number, places[i] as number);
  const from = timing.arrive[0] as number;
  return { from, to: endAt + (endAt - departAt), driveMin: 2 * driveMin, day: Math.floor(departAt / 1440) };
}

function freeNo(model: Model, duties: Map<string, Duty[]>, wagon: Wagon, duty: Duty): number | undefined {
  const type = model.problem.fleet[wagon.type];
  const hours = model.settings.law.perDriverMin * wagon.crew;
  const count = type ? countOn(model.problem, type, duty.day) : 0;
  for (let no = 0; no < count; no++) {
    const list = duties.get(`${wagon.type}/${no}`) ?? [];
    if (list.some((d) => d.from < duty.to && duty.from < d.to)) continue;
    const today = list.reduce(
      (sum, d) => sum + (Math.abs(d.day - duty.day) <= 1 ? d.driveMin : 0),
      duty.driveMin,
    );
    if (today <= hours || list.length === 0) return no;
  }
  return undefined;
}
