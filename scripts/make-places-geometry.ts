export type Point = readonly [lon: number, lat: number];
export type Polygons = readonly (readonly (readonly Point[])[])[];

const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));
const DEGREE_KM = 111.2;

/** The `index`-th of `count` points on a golden-angle spiral around `center`, from `fromKm` to `toKm` away. */
export function spiral(center: Point, index: number, count: number, fromKm: number, toKm: number): Point {
  const km = fromKm + (toKm - fromKm) * Math.sqrt(index / Math.max(1, count));
  const angle = index * GOLDEN_ANGLE;
  const lat = center[1] + (km * Math.sin(angle)) / DEGREE_KM;
  return [center[0] + (km * Math.cos(angle)) / (DEGREE_KM * Math.cos((center[1] * Math.PI) / 180)), lat];
}

/** Is the point inside the polygons? Rings by the even-odd rule. */
export function inside(polygons: Polygons, [lon, lat]: Point): boolean {
  let within = false;
  for (const ring of polygons.flat()) {
    ring.forEach((a, i) => {
      const b = ring[(i + 1) % ring.length] as Point;
      if (a[1] > lat !== b[1] > lat && lon < ((b[0] - a[0]) * (lat - a[1])) / (b[1] - a[1]) + a[0])
        within = !within;
    });
  }
  return within;
}

/** A point drawn towards the center until it lies inside; as it was where the center itself lies outside. */
export function drawnInside(polygons: Polygons, center: Point, point: Point): Point {
  if (!inside(polygons, center)) return point;
  let [lon, lat] = point;
  for (let i = 0; i < 6 && !inside(polygons, [lon, lat]); i += 1)
    [lon, lat] = [(lon + center[0]) / 2, (lat + center[1]) / 2];
  return [lon, lat];
}

/** Kilometres between two points some hundred kilometres apart at most. */
export function apartKm(a: Point, b: Point): number {
  const east = (a[0] - b[0]) * Math.cos((a[1] * Math.PI) / 180);
  return Math.hypot(east, a[1] - b[1]) * DEGREE_KM;
}
