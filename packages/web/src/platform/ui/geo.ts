import { type GeoProjection, geoArea, geoContains, geoMercator, geoPath } from 'd3-geo';

export type LonLat = readonly [lon: number, lat: number];

interface AreaGeometry {
  readonly type: 'Polygon' | 'MultiPolygon';
  readonly coordinates: number[][][] | number[][][][];
}

/** One district of the map pack. */
export interface AreaFeature {
  readonly type: 'Feature';
  readonly id?: string | number;
  readonly properties: { readonly code: string; readonly name: string; readonly seat?: LonLat };
  readonly geometry: AreaGeometry;
}

export interface AreaMap {
  readonly type: 'FeatureCollection';
  readonly features: readonly AreaFeature[];
}

type D3Object = Parameters<typeof geoArea>[0];

/**
 * Turns rings that wind the wrong way round. On a sphere a ring has two insides; map packs differ in which they mean,
 * and the wrong one is the whole earth without the district.
 */
export function rightWay(feature: AreaFeature): AreaFeature {
  const turn = (polygon: number[][][]): number[][][] => {
    const whole = geoArea({ type: 'Polygon', coordinates: polygon } as D3Object) > 2 * Math.PI;
    return whole ? polygon.map((ring) => [...ring].reverse()) : polygon;
  };
  const { type, coordinates } = feature.geometry;
  const turned =
    type === 'Polygon' ? turn(coordinates as number[][][]) : (coordinates as number[][][][]).map(turn);
  return { ...feature, geometry: { type, coordinates: turned } };
}

/** All corners of a feature's rings. */
export function* cornersOf(feature: AreaFeature): Generator<LonLat> {
  const { type, coordinates } = feature.geometry;
  const polygons = type === 'Polygon' ? [coordinates as number[][][]] : (coordinates as number[][][][]);
  for (const ring of polygons.flat()) for (const [lon = 0, lat = 0] of ring) yield [lon, lat];
}

/** A place within the frame where the name of a neighbour may stand; none when only its edge is seen. */
export function spotInside(projection: GeoProjection, feature: AreaFeature, frame: Frame): Spot | null {
  const centre = centreOf(projection, feature);
  const x = Math.max(frame.x, Math.min(frame.x + frame.width, centre.x));
  const y = Math.max(frame.y, Math.min(frame.y + frame.height, centre.y));
  const at = projection.invert?.([x, y]);
  return at && geoContains(feature as unknown as D3Object, at) ? { x, y } : null;
}

export interface Frame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A projection that shows all features within a frame of pixels. */
export function fitted(features: readonly AreaFeature[], frame: Frame): GeoProjection {
  const corners: [[number, number], [number, number]] = [
    [frame.x, frame.y],
    [frame.x + frame.width, frame.y + frame.height],
  ];
  return geoMercator().fitExtent(corners, {
    type: 'FeatureCollection',
    features,
  } as unknown as D3Object as never);
}

/** Shape of a feature as an SVG path of tenths of a pixel. */
export function shapeOf(projection: GeoProjection, feature: AreaFeature): string {
  return geoPath(projection).digits(1)(feature as unknown as D3Object) ?? '';
}

export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Where a place lies on the drawing. */
export function spotOf(projection: GeoProjection, at: LonLat): Spot {
  const [x, y] = projection([at[0], at[1]]) ?? [0, 0];
  return { x, y };
}

/** Middle of a district: its seat where it lies inside the drawing's shape, else the centroid. */
export function middleOf(projection: GeoProjection, feature: AreaFeature): Spot {
  if (feature.properties.seat) return spotOf(projection, feature.properties.seat);
  const [x, y] = geoPath(projection).centroid(feature as unknown as D3Object);
  return { x, y };
}

/** Centroid of the shape: the best place for a name. */
export function centreOf(projection: GeoProjection, feature: AreaFeature): Spot {
  const [x, y] = geoPath(projection).centroid(feature as unknown as D3Object);
  return { x, y };
}
