import type {
  Allotment,
  BoardingPoint,
  Gate,
  Party,
  Place,
  Problem,
  Settings,
  VehicleType,
} from './problem.ts';
import { DEFAULT_SETTINGS } from './problem.ts';
import { seeded, whole } from './random.ts';

/** Sizes of a made-up district or city for tests and measurements. */
export interface Sizes {
  readonly seed: number;
  readonly parties: number;
  readonly towns: number;
  readonly days: number;
  readonly fleet: readonly VehicleType[];
  /** Trains on each day to each of the first two cities. */
  readonly trains?: number;
  readonly settings?: Partial<Settings>;
  /** Share of parties with a wheelchair user. */
  readonly wheelchairs?: number;
  /** Degrees over which the towns lie. */
  readonly spread?: number;
}

const CITIES: readonly (readonly [number, number])[] = [
  [113.75, 23.02],
  [114.06, 22.55],
  [113.26, 23.13],
  [120.15, 30.28],
  [121.55, 29.87],
  [120.7, 28.0],
  [118.6, 24.87],
  [104.07, 30.57],
  [106.63, 26.65],
  [106.55, 29.6],
];

/** A problem with homes around towns and gates around ten real destinations; the same sizes give the same problem. */
export function madeUp(sizes: Sizes): Problem {
  const random = seeded(sizes.seed);
  const places: Place[] = [];
  const add = (lon: number, lat: number) => places.push({ lon, lat }) - 1;
  const near = (at: readonly [number, number], by: number) =>
    add(at[0] + (random() - 0.5) * by, at[1] + (random() - 0.5) * by);
  const seat: readonly [number, number] = [107.5, 29.9];
  const towns = Array.from({ length: sizes.towns }, () => near(seat, sizes.spread ?? 0.6));
  const boardingPoints: BoardingPoint[] = towns.map((place) => ({ place }));
  const gates: Gate[] = CITIES.flatMap((at, city) =>
    Array.from({ length: 3 }, (_, k): Gate => {
      const windows = k === 0 ? [{ fromMin: 480, toMin: 1080 }] : [{ fromMin: 0, toMin: 1440 }];
      return { place: near(at, 0.3), windows, city };
    }),
  );
  const station = add(106.55, 29.61);
  const parties = Array.from({ length: sizes.parties }, (): Party => {
    const town = places[towns[whole(random, towns.length)] as number] as Place;
    const earliestDay = whole(random, sizes.days);
    const size = 1 + (random() < 0.4 ? 1 : 0) + (random() < 0.15 ? 1 + whole(random, 3) : 0);
    return {
      size,
      wheelchairs: random() < (sizes.wheelchairs ?? 0) ? 1 : 0,
      home: near([town.lon, town.lat], 0.12),
      gate: Math.min(whole(random, gates.length), whole(random, gates.length)),
      earliestDay,
      latestDay: Math.min(sizes.days - 1, earliestDay + whole(random, 3)),
      priority: random() < 0.1 ? 3 : 1,
    };
  });
  const allotments = trainsOf(sizes, station, add);
  return {
    places,
    parties,
    gates,
    boardingPoints,
    fleet: sizes.fleet,
    allotments,
    standing: [],
    horizon: { fromDay: 0, toDay: sizes.days - 1 },
    settings: { ...DEFAULT_SETTINGS, ...sizes.settings },
  };
}

function trainsOf(sizes: Sizes, station: number, add: (lon: number, lat: number) => number): Allotment[] {
  const arrivals = CITIES.slice(0, 4).map((at) => add(at[0] + 0.05, at[1]));
  const list: Allotment[] = [];
  for (let day = 0; day < sizes.days; day++) {
    for (let k = 0; k < (sizes.trains ?? 0); k++) {
      const to = arrivals[k % arrivals.length] as number;
      const departAt = day * 1440 + 600 + 60 * k;
      list.push({
        mode: 'rail',
        from: station,
        to,
        departAt,
        arriveAt: departAt + 480,
        places: 100,
        wheelchairBays: 1,
        fareFen: 35_000,
        train: k,
      });
    }
  }
  return list;
}
