import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Papa from 'papaparse';

/** City, district or county, town or village of the municipality, as in `data/places/areas.csv`; WGS-84. */
export interface AreaRow {
  /** 12 digits, padded on the right. */
  readonly code: string;
  readonly level: 'city' | 'district' | 'town' | 'village';
  readonly name: string;
  /** 12 digits; null for the city. */
  readonly parent: string | null;
  readonly lon: number;
  readonly lat: number;
  /** Not measured: placed around the seat of the town or district it belongs to. */
  readonly estimated: boolean;
}

/** Prefecture-level city or county of the country, as in `data/places/destinations.csv`; WGS-84. */
export interface DestinationRow {
  /** 6 digits. */
  readonly code: string;
  /** `county` is as fine as a destination gets: also a city that has no counties, such as 441900 东莞市. */
  readonly level: 'city' | 'county';
  readonly name: string;
  /** 广东省广州市白云区. */
  readonly fullName: string;
  /** The row's own code for cities, cities without counties and counties directly under a province. */
  readonly cityCode: string;
  readonly cityName: string;
  readonly provinceName: string;
  readonly lon: number;
  readonly lat: number;
  /** Not the measured seat: counties outside Chongqing may be tens of kilometres off. */
  readonly estimated: boolean;
}

/** Railway station or airport, as in `data/places/stations.csv`; WGS-84. */
export interface StationRow {
  readonly name: string;
  readonly kind: 'rail' | 'air';
  /** Telecode of the railway or IATA code. */
  readonly code: string;
  /** City or county as the timetables name it, without 市 or 县. */
  readonly city: string;
  readonly lon: number;
  readonly lat: number;
  /** Stands at the seat of its district or town. */
  readonly estimated: boolean;
}

/** A place that a text names, or what it might mean; undefined = nothing like it is known. The answer a roster's check takes. */
export type PlaceFound =
  | { readonly code: string }
  | { readonly candidates: readonly { readonly code: string; readonly name: string }[] }
  | undefined;

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../../../data/places');

function once<T>(read: () => T): () => T {
  let kept: { value: T } | undefined;
  return () => {
    kept ??= { value: read() };
    return kept.value;
  };
}

function rowsOf(file: string): readonly Record<string, string>[] {
  const read = Papa.parse<Record<string, string>>(readFileSync(join(folder, file), 'utf8'), {
    header: true,
    skipEmptyLines: true,
  });
  if (read.errors[0]) throw new Error(`${file}: ${read.errors[0].message}`);
  return read.data;
}

function placed(row: Record<string, string>): { lon: number; lat: number; estimated: boolean } {
  return { lon: Number(row.lon), lat: Number(row.lat), estimated: row.estimated === '1' };
}

/** The area tree of Chongqing: the city, 38 districts and counties, 1,031 towns, 11,270 villages, parents first. */
export const readAreas: () => readonly AreaRow[] = once(() =>
  rowsOf('areas.csv').map((row) => ({
    code: row.code as string,
    level: row.level as AreaRow['level'],
    name: row.name as string,
    parent: row.parent || null,
    ...placed(row),
  })),
);

/** Where people can go: prefectures and counties of the whole country, Chongqing's among them. */
export const readDestinations: () => readonly DestinationRow[] = once(() =>
  rowsOf('destinations.csv').map((row) => ({
    code: row.code as string,
    level: row.level as DestinationRow['level'],
    name: row.name as string,
    fullName: row.fullName as string,
    cityCode: row.cityCode as string,
    cityName: row.cityName as string,
    provinceName: row.provinceName as string,
    ...placed(row),
  })),
);

/** Railway stations and airports whose place is known. */
export const readStations: () => readonly StationRow[] = once(() =>
  rowsOf('stations.csv').map((row) => ({
    name: row.name as string,
    kind: row.kind as StationRow['kind'],
    code: row.code as string,
    city: row.city as string,
    ...placed(row),
  })),
);

/** Outlines of the districts as GeoJSON: features with `code` (12 digits), `name` and `seat`. Sent on as it is. */
export const readDistrictMap: () => unknown = once(() =>
  JSON.parse(readFileSync(join(folder, 'districts.geo.json'), 'utf8')),
);
