import type { Matrix, Place } from './problem.ts';

/** How great circles become roads. Metres and km/h. */
export interface Roads {
  /** Road over great circle inside the municipality and other short ways. */
  readonly nearFactor: number;
  /** The same on long ways. */
  readonly farFactor: number;
  /** Great circle up to which `nearFactor` holds. */
  readonly nearM: number;
  /** The first metres of each way are village roads. */
  readonly villageM: number;
  readonly villageKmH: number;
  readonly coachKmH: number;
}

/** Factors measured on published runs and a road graph of the municipality (docs/planning-problem.md). */
export const DEFAULT_ROADS: Roads = {
  nearFactor: 1.37,
  farFactor: 1.28,
  nearM: 300_000,
  villageM: 6_000,
  villageKmH: 25,
  coachKmH: 75,
};

const EARTH_M = 6_371_008.8;

/**
 * Roads without a map: great circle × factor. Distances keep the triangle inequality, because the factor never
 * rises with distance.
 */
export function greatCircleMatrix(places: readonly Place[], roads: Roads = DEFAULT_ROADS): Matrix {
  const unit = new Float64Array(places.length * 3);
  places.forEach((place, i) => {
    const lat = (place.lat * Math.PI) / 180;
    const lon = (place.lon * Math.PI) / 180;
    unit[3 * i] = Math.cos(lat) * Math.cos(lon);
    unit[3 * i + 1] = Math.cos(lat) * Math.sin(lon);
    unit[3 * i + 2] = Math.sin(lat);
  });
  const distanceM = (from: number, to: number): number => {
    if (from === to) return 0;
    const dx = (unit[3 * from] as number) - (unit[3 * to] as number);
    const dy = (unit[3 * from + 1] as number) - (unit[3 * to + 1] as number);
    const dz = (unit[3 * from + 2] as number) - (unit[3 * to + 2] as number);
    const circle = 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(dx * dx + dy * dy + dz * dz) / 2));
    return Math.round(roadM(circle, roads));
  };
  return { distanceM, durationS: (from, to) => durationOf(distanceM(from, to), roads) };
}

function roadM(circleM: number, roads: Roads): number {
  const near = roads.nearFactor * Math.min(circleM, roads.nearM);
  return Math.max(near, roads.farFactor * circleM);
}

function durationOf(distanceM: number, roads: Roads): number {
  const village = Math.min(distanceM, roads.villageM);
  return Math.round((village * 3.6) / roads.villageKmH + ((distanceM - village) * 3.6) / roads.coachKmH);
}
