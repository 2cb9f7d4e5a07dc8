/**
 * Makes `data/places/` and `data/codes/` from the collected public sources (see data/SOURCES.md).
 *
 *     npx tsx scripts/make-places.ts SOURCES ECHARTS_PROVINCES
 *
 * SOURCES is the folder with the divisions, villages, coordinates, stations and airports; ECHARTS_PROVINCES is
 * `map/json/province` of the package echarts 4.9.0, for seats of prefectures that GeoNames lacks. The same sources give the
 * same bytes: nothing is drawn at random and no clock is read.
 */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Papa from 'papaparse';
import { apartKm, drawnInside, type Point, type Polygons, spiral } from './make-places-geometry.ts';
import { AIRPORT_NAMES, PARENTS_OF_NEW_CITIES, SEATS_OF_STATIONS } from './make-places-names.ts';

interface Division {
  readonly code: string;
  readonly name: string;
  readonly level: 'province' | 'district' | 'township';
  readonly parent: string | null;
  readonly lon?: number;
  readonly lat?: number;
}
interface Feature {
  readonly type: 'Feature';
  readonly properties: { readonly code: string; readonly name: string; readonly seat: Point };
  readonly geometry: { readonly type: string; readonly coordinates: Polygons };
}
interface Station {
  readonly name: string;
  readonly tele: string;
  readonly city: string;
  readonly district?: string;
  readonly lon?: number;
  readonly lat?: number;
}
interface Airport {
  readonly iata: string;
  readonly lon: number;
  readonly lat: number;
}

export interface AreaLine {
  readonly code: string;
  readonly level: 'city' | 'district' | 'town' | 'village';
  readonly name: string;
  readonly parent: string;
  readonly lon: number;
  readonly lat: number;
  readonly estimated: 0 | 1;
}
export interface DestinationLine {
  readonly code: string;
  readonly level: 'city' | 'county';
  readonly name: string;
  readonly fullName: string;
  readonly cityCode: string;
  readonly cityName: string;
  readonly provinceName: string;
  readonly lon: number;
  readonly lat: number;
  readonly estimated: 0 | 1;
}

const CITY = '500000000000';
const round = (value: number) => Number(value.toFixed(5));

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

export function padded(code: string): string {
  return code.padEnd(12, '0');
}

/** 御泉村村民委员会 → 御泉村; 太白社区居民委员会 → 太白社区; 石角社区村民委员会 → 石角村. */
export function villageName(full: string): string {
  return full.replace(/(村|社区)?村民委员会$/, '村').replace(/(社区)?居民委员会$/, '社区');
}

function townsOf(divisions: readonly Division[], polygonsOf: ReadonlyMap<string, Polygons>): AreaLine[] {
  const lines: AreaLine[] = [];
  for (const district of divisions.filter((it) => it.level === 'district')) {
    const seat: Point = [district.lon as number, district.lat as number];
    const towns = divisions.filter((it) => it.level === 'township' && it.parent === district.code);
    const unknown = towns.filter((it) => it.lon === undefined);
    for (const town of towns) {
      const at = unknown.indexOf(town);
      const known = town.lon !== undefined && town.lat !== undefined;
      const drawn = () =>
        drawnInside(
          polygonsOf.get(district.code) ?? [],
          seat,
          spiral(seat, at, unknown.length, 0.5, town.name.endsWith('街道') ? 4 : 6),
        );
      const [lon, lat] = known ? [town.lon as number, town.lat as number] : drawn();
      const row = { code: padded(town.code), level: 'town' as const, name: town.name };
      lines.push({
        ...row,
        parent: padded(district.code),
        lon: round(lon),
        lat: round(lat),
        estimated: known ? 0 : 1,
      });
    }
  }
  return lines;
}

function villagesOf(
  towns: readonly AreaLine[],
  villages: readonly Record<string, string>[],
  polygonsOf: ReadonlyMap<string, Polygons>,
): AreaLine[] {
  const byTown = grouped(villages, (it) => it.township ?? '');
  return towns.flatMap((town) => {
    const own = byTown.get(town.code.slice(0, 9)) ?? [];
    const seat: Point = [town.lon, town.lat];
    return own.map((village, i) => {
      const point = spiral(seat, i, own.length, 0.5, town.name.endsWith('街道') ? 1.5 : 6);
      const [lon, lat] = drawnInside(polygonsOf.get(town.code.slice(0, 6)) ?? [], seat, point);
      const row = {
        code: village.code ?? '',
        level: 'village' as const,
        name: villageName(village.name ?? ''),
      };
      return { ...row, parent: town.code, lon: round(lon), lat: round(lat), estimated: 1 as const };
    });
  });
}

/** The area tree: the city, its districts and counties, towns, villages; the codes 500100 and 500200 between them vanish. */
export function areasOf(
  divisions: readonly Division[],
  villages: readonly Record<string, string>[],
  features: readonly Feature[],
): AreaLine[] {
  const polygonsOf = new Map(features.map((it) => [it.properties.code.slice(0, 6), it.geometry.coordinates]));
  const upper = divisions
    .filter((it) => it.level !== 'township')
    .map((it): AreaLine => {
      const isCity = it.level === 'province';
      const row = {
        code: padded(it.code),
        level: isCity ? ('city' as const) : ('district' as const),
        name: it.name,
      };
      return {
        ...row,
        parent: isCity ? '' : CITY,
        lon: round(it.lon as number),
        lat: round(it.lat as number),
        estimated: 0,
      };
    });
  const towns = townsOf(divisions, polygonsOf);
  return [...upper, ...towns, ...villagesOf(towns, villages, polygonsOf)];
}

/** Prefectures that the official codes list without counties. */
const WITHOUT_COUNTIES = ['4419', '4420', '4604', '6202'];
const MUNICIPALITIES = ['11', '12', '31', '50'];
/** 省直辖县级行政区划 is a heading, not a city. */
const isHeading = (code: string) => /^(4190|4290|4690|6590)$/.test(code);

/** 温州市 → 温州; 恩施土家族苗族自治州 → 恩施土家族苗族. */
const stem = (name: string) => name.replace(/(自治州|自治县|地区|盟|市|区|县|旗)$/, '');

interface Gazetteer {
  readonly cities: ReadonlyMap<string, Point>;
  readonly echarts: ReadonlyMap<string, Point>;
  readonly stations: ReadonlyMap<string, Point>;
}

function cityPoint(code: string, gazetteer: Gazetteer): { at: Point; estimated: 0 | 1 } {
  const known = gazetteer.cities.get(code);
  if (known) return { at: known, estimated: 0 };
  const drawn = gazetteer.echarts.get(code.padEnd(6, '0'));
  if (!drawn) throw new Error(`no coordinates for ${code}`);
  return { at: drawn, estimated: 1 };
}

/** Where a county's seat is taken to be: the seat echarts draws, a station of its name near its city, or beside the city. */
function countyPoint(
  county: { code: string; name: string; unique: boolean },
  city: Point,
  index: number,
  count: number,
  gazetteer: Gazetteer,
): Point {
  const drawn = gazetteer.echarts.get(county.code);
  if (drawn) return drawn;
  const station = county.unique ? gazetteer.stations.get(stem(county.name)) : undefined;
  return station && apartKm(station, city) < 180 ? station : spiral(city, index, count, 2, 12);
}

/** Prefectures and counties of the whole country; Chongqing's districts lie where the area tree has them. */
export function destinationsOf(
  rows: readonly Record<string, string>[],
  gazetteer: Gazetteer,
  districts: readonly AreaLine[],
): DestinationLine[] {
  const nameOf = new Map(rows.map((it) => [it.code ?? '', it.name ?? '']));
  const counties = rows.filter((it) => it.code?.length === 6);
  const times = grouped(counties, (it) => stem(it.name ?? ''));
  const lines: DestinationLine[] = [];
  const add = ({ estimated, ...line }: Omit<DestinationLine, 'lon' | 'lat'>, at: Point) =>
    lines.push({ ...line, lon: round(at[0]), lat: round(at[1]), estimated });
  const done = new Set<string>();
  for (const { code = '', name = '' } of rows.filter((it) => it.code?.length === 4)) {
    const province = code.slice(0, 2);
    const provinceName = nameOf.get(province) as string;
    const isMunicipality = MUNICIPALITIES.includes(province);
    const cityCode = isMunicipality ? `${province}0000` : `${code}00`;
    const cityName = isMunicipality ? provinceName : name;
    const placed = isHeading(code) ? undefined : cityPoint(isMunicipality ? province : code, gazetteer);
    const whole = isMunicipality ? cityName : `${provinceName}${cityName}`;
    const own = counties.filter((it) => it.parent === code && !WITHOUT_COUNTIES.includes(code));
    if (placed && !done.has(cityCode)) {
      done.add(cityCode);
      const level = WITHOUT_COUNTIES.includes(code) ? 'county' : 'city';
      const city = { level, name: cityName, fullName: whole, cityCode, cityName, provinceName } as const;
      add({ code: cityCode, ...city, estimated: placed.estimated }, placed.at);
    }
    own.forEach((it, i) => {
      const county = {
        code: it.code as string,
        name: it.name as string,
        unique: times.get(stem(it.name as string))?.length === 1,
      };
      const ours = districts.find((area) => area.code.startsWith(county.code));
      const parent = PARENTS_OF_NEW_CITIES[county.code];
      const near = placed?.at ?? gazetteer.echarts.get(county.code) ?? cityPoint(parent ?? '', gazetteer).at;
      const at: Point = ours ? [ours.lon, ours.lat] : countyPoint(county, near, i, own.length, gazetteer);
      const owner = placed ? { cityCode, cityName } : { cityCode: county.code, cityName: county.name };
      const fullName = placed ? `${whole}${county.name}` : `${provinceName}${county.name}`;
      add(
        {
          code: county.code,
          level: 'county',
          name: county.name,
          fullName,
          ...owner,
          provinceName,
          estimated: ours ? 0 : 1,
        },
        at,
      );
    });
  }
  return lines;
}

/** Where a station without coordinates is taken to be: its district's seat, the one town of its name, or the table's district. */
function stationPoint(station: Station, areas: readonly AreaLine[]): Point | undefined {
  const base = station.name.replace(/(?<=..)[东南西北]$/, '');
  const districts = areas.filter((it) => it.level === 'district');
  const named = districts.find((it) => stem(it.name) === base);
  const towns = areas.filter((it) => it.level === 'town' && it.name.replace(/(镇|乡|街道)$/, '') === base);
  const table = SEATS_OF_STATIONS[station.name] ?? station.district;
  const found =
    named ?? (towns.length === 1 ? towns[0] : districts.find((it) => it.code === padded(table ?? '?')));
  return found && [found.lon, found.lat];
}

interface StationLine {
  readonly name: string;
  readonly kind: 'rail' | 'air';
  readonly code: string;
  readonly city: string;
  readonly lon: number;
  readonly lat: number;
  readonly estimated: 0 | 1;
}

export function stationsOf(
  stations: readonly Station[],
  airports: readonly Airport[],
  areas: readonly AreaLine[],
): StationLine[] {
  const lines: StationLine[] = [];
  for (const it of stations) {
    const known = it.lon !== undefined && it.lat !== undefined;
    const ours = it.district !== undefined || it.city === '重庆';
    const terminal = it.name === '江北机场' ? airports.find((port) => port.iata === 'CKG') : undefined;
    const beside = terminal && ([terminal.lon, terminal.lat] as const);
    const at = known
      ? ([it.lon as number, it.lat as number] as const)
      : ours
        ? (beside ?? stationPoint(it, areas))
        : undefined;
    if (!at) continue;
    lines.push({
      name: it.name,
      kind: 'rail',
      code: it.tele,
      city: it.city,
      lon: round(at[0]),
      lat: round(at[1]),
      estimated: known ? 0 : 1,
    });
  }
  for (const port of [...airports].sort((a, b) => (a.iata < b.iata ? -1 : 1))) {
    const known = AIRPORT_NAMES.get(port.iata);
    if (!known) throw new Error(`no Chinese name for airport ${port.iata}`);
    const [name, city] = known;
    lines.push({
      name,
      kind: 'air',
      code: port.iata,
      city,
      lon: round(port.lon),
      lat: round(port.lat),
      estimated: 0,
    });
  }
  return lines;
}

async function readEcharts(folder: string): Promise<Map<string, Point>> {
  const seats = new Map<string, Point>();
  for (const file of (await readdir(folder)).filter((it) => it.endsWith('.json')).sort()) {
    const map = JSON.parse(await readFile(join(folder, file), 'utf8'));
    for (const { id, properties } of map.features)
      if (properties.cp && /^\d{6}$/.test(id)) seats.set(id, properties.cp);
  }
  return seats;
}

function geoOf(features: readonly Feature[]): string {
  const four = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(four) : typeof value === 'number' ? Number(value.toFixed(4)) : value;
  const lines = features.map(({ properties, geometry }) => {
    const code = padded(properties.code);
    const seat = four(properties.seat);
    const shape = { type: geometry.type, coordinates: four(geometry.coordinates) };
    return JSON.stringify({
      type: 'Feature',
      id: code,
      properties: { code, name: properties.name, seat },
      geometry: shape,
    });
  });
  return `{"type":"FeatureCollection","features":[\n${lines.join(',\n')}\n]}\n`;
}

const csv = (lines: readonly object[]) => `${Papa.unparse([...lines], { newline: '\n' })}\n`;

async function make(sources: string, echartsFolder: string): Promise<void> {
  const text = (name: string) => readFile(join(sources, name), 'utf8');
  const json = async (name: string) => JSON.parse(await text(name));
  const table = async (name: string) =>
    Papa.parse<Record<string, string>>((await text(name)).trim(), { header: true }).data;
  const { features } = (await json('chongqing-districts.wgs84.geojson')) as { features: Feature[] };
  const areas = areasOf(
    await json('chongqing-divisions.json'),
    await table('chongqing-villages.csv'),
    features,
  );
  const stations = (await json('stations.json')) as Station[];
  const placed = (await json('china-city-coords.json')) as { code: string; lon: number; lat: number }[];
  const gazetteer: Gazetteer = {
    cities: new Map(placed.map((it) => [it.code, [it.lon, it.lat] as const])),
    echarts: await readEcharts(echartsFolder),
    stations: new Map(
      stations
        .filter((it) => it.lon !== undefined && it.lat !== undefined)
        .map((it) => [
          it.name.replace(/(?<=..)[东南西北]$/, ''),
          [it.lon as number, it.lat as number] as const,
        ]),
    ),
  };
  const districts = areas.filter((it) => it.level === 'district');
  const destinations = destinationsOf(await table('china-divisions-3level.csv'), gazetteer, districts);
  const data = join(dirname(fileURLToPath(import.meta.url)), '..', 'data');
  for (const folder of ['places', 'codes']) await mkdir(join(data, folder), { recursive: true });
  await writeFile(join(data, 'places/areas.csv'), csv(areas));
  await writeFile(join(data, 'places/districts.geo.json'), geoOf(features));
  await writeFile(join(data, 'places/destinations.csv'), csv(destinations));
  await writeFile(
    join(data, 'places/stations.csv'),
    csv(stationsOf(stations, await json('airports-cn.json'), areas)),
  );
  await writeFile(join(data, 'codes/roster-headers.json'), await text('roster-headers.json'));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [sources, echartsFolder] = process.argv.slice(2);
  if (!sources || !echartsFolder) {
    process.stderr.write('usage: tsx scripts/make-places.ts SOURCES ECHARTS_PROVINCES\n');
    process.exit(2);
  }
  await make(sources, echartsFolder);
}
