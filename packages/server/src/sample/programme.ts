/**
 * How the reference programme's runs are shared out in the sample (docs/adr/0004: arranged on purpose).
 *
 * Published: 358 runs and about 16,900 people; Wulong → Yubei; Hechuan's 50 people on 8 February and its daily carriage to Hangzhou;
 * Fengdu's 700-odd people non-stop to Wenzhou, Jinjiang and Ningbo. The rest of the split is ours.
 */
export const RUNS = 358;
export const PERSONS = 16_912;
export const CHANGSHOU_REGISTERED = 11_024;
/** Wants to go, not yet gone at the clock: seated or not. */
export const STILL_TO_GO = 5_660;

export interface BusFlow {
  /** District, 6 digits. */
  readonly from: string;
  readonly to: string;
  readonly runs: number;
  /** Exact number of people at scale 1; otherwise what the total leaves. */
  readonly persons?: number;
  /** One fixed day. */
  readonly date?: string;
  /** Published by name: at least one run at any scale. */
  readonly named?: true;
  /** Straight from one stop to one gate. */
  readonly nonStop?: true;
  /** All of this care group. */
  readonly allPoverty?: true;
}

export const NAMED_FLOWS: readonly BusFlow[] = [
  { from: '500156', to: 'yubei', runs: 12, persons: 451, named: true, nonStop: true },
  { from: '500230', to: 'lucheng', runs: 7, persons: 316, named: true, nonStop: true, allPoverty: true },
  { from: '500230', to: 'jinjiang', runs: 5, persons: 224, named: true, nonStop: true, allPoverty: true },
  { from: '500230', to: 'beilun', runs: 4, persons: 178, named: true, nonStop: true, allPoverty: true },
  { from: '500117', to: 'baiyun', runs: 1, persons: 50, date: '2022-02-08', named: true, nonStop: true },
];

/** District → runs by destination; the order of the districts is that of their codes. */
const TABLE: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  '500101': { yuhang: 4, xiaoshan: 3, beilun: 4, lucheng: 4, baiyun: 2, zengcheng: 2 },
  '500102': { baiyun: 6, pingshan: 2, yuhang: 2, kunshan: 2 },
  '500103': { cixi: 1 },
  '500104': { dongguan: 1 },
  '500105': { kunshan: 1 },
  '500106': { yuhang: 1 },
  '500107': { zhongshan: 1 },
  '500108': { beilun: 1 },
  '500109': { shunde: 1, baiyun: 1 },
  '500110': { baiyun: 2, shunde: 3, zhongshan: 2 },
  '500111': { zengcheng: 2, yuhang: 2, jimei: 2 },
  '500112': { songjiang: 1, pingshan: 1 },
  '500113': { panyu: 2, yiwu: 1 },
  '500114': { lucheng: 3, jinjiang: 3, baiyun: 3, pingshan: 2 },
  '500115': { yuhang: 2, cixi: 2, zengcheng: 3, kunshan: 3 },
  '500116': { baiyun: 2, panyu: 2, xiaoshan: 2, dongguan: 3 },
  '500117': { xiaoshan: 2, beilun: 1, zhongshan: 1 },
  '500118': { baiyun: 2, shunde: 2, yuhang: 1 },
  '500119': { lucheng: 2, baiyun: 2, longhua: 2, dongguan: 1 },
  '500120': { zengcheng: 1, cixi: 1, songjiang: 1 },
  '500151': { baiyun: 2, xiaoshan: 1, jimei: 2 },
  '500152': { longquanyi: 3, zengcheng: 2, yuhang: 1 },
  '500153': { longquanyi: 2, panyu: 2, beilun: 1 },
  '500154': { lucheng: 6, ruian: 3, yuhang: 5, xiaoshan: 4, beilun: 2, baiyun: 3, longhua: 2 },
  '500155': { yuhang: 4, cixi: 4, baiyun: 2, kunshan: 1, yiwu: 1 },
  '500156': { zengcheng: 2, pingshan: 2 },
  '500229': { ruian: 2, binhai: 1, baiyun: 2 },
  '500231': { cixi: 3, xiaoshan: 3, ruian: 4, kunshan: 1, yiwu: 1 },
  '500233': { lucheng: 4, ruian: 2, jinjiang: 5, yuhang: 2, beilun: 3 },
  '500235': { lucheng: 5, ruian: 2, xiaoshan: 5, beilun: 5, baiyun: 4, pingshan: 3 },
  '500236': { ruian: 6, yuhang: 4, zengcheng: 4, jinjiang: 2, cixi: 2 },
  '500237': { lucheng: 3, baiyun: 3, longhua: 3, jinjiang: 2 },
  '500238': { baiyun: 4, ruian: 4, cixi: 2, binhai: 2 },
  '500240': { lucheng: 3, pingshan: 4, panyu: 3, yuhang: 2, beilun: 1, huangdao: 1 },
  '500241': { longhua: 4, baiyun: 4, jinjiang: 2, dongguan: 1 },
  '500242': { pingshan: 6, zengcheng: 4, jinjiang: 3, lucheng: 2 },
  '500243': { longhua: 5, baiyun: 4, ruian: 2, jinjiang: 2 },
};

export const BUS_FLOWS: readonly BusFlow[] = Object.entries(TABLE).flatMap(([from, flows]) =>
  Object.entries(flows).map(([to, runs]) => ({ from, to, runs })),
);

export interface RailFlow {
  readonly mode: 'reservedCarriage' | 'railTickets' | 'charterTrain' | 'charterFlight';
  readonly number: string;
  readonly from: string;
  readonly to: string;
  readonly fromStation: { readonly name: string; readonly lon: number; readonly lat: number };
  readonly toStation: { readonly name: string; readonly lon: number; readonly lat: number };
  /** Clock times; a smaller arrival than departure lies on the next day. */
  readonly departs: string;
  readonly arrives: string;
  readonly places: number;
  readonly fareFen: number;
  /** Dates our places exist on, and how many people board (null: still to come). */
  readonly days: readonly (readonly [date: string, boarded: number | null])[];
}

const station = (name: string, lon: number, lat: number) => ({ name, lon, lat });
const HANGZHOU_EAST = station('杭州东', 120.2085, 30.29351);
const WANZHOU_NORTH = station('万州北', 108.388, 30.832);
const february = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => `2022-02-${String(from + i).padStart(2, '0')}`);

export const RAIL_FLOWS: readonly RailFlow[] = [
  {
    mode: 'reservedCarriage',
    number: 'D4132',
    from: '500117',
    to: 'yuhang',
    departs: '08:06',
    arrives: '19:52',
    fromStation: station('合川', 106.2736, 29.96243),
    toStation: HANGZHOU_EAST,
    places: 98,
    fareFen: 56_800,
    days: [
      ...february(4, 11).map((date, i) => [date, [93, 97, 98, 98, 96, 97, 98, 95][i] ?? 95] as const),
      ...february(12, 20).map((date) => [date, null] as const),
    ],
  },
  {
    mode: 'railTickets',
    number: 'D1842',
    from: '500117',
    to: 'baiyun',
    departs: '09:31',
    arrives: '17:48',
    fromStation: station('合川', 106.2736, 29.96243),
    toStation: station('广州南', 113.26414, 22.99161),
    places: 60,
    fareFen: 45_200,
    days: [
      ['2022-02-09', 34],
      ['2022-02-10', 29],
      ['2022-02-11', 31],
      ...february(12, 20).map((date) => [date, null] as const),
    ],
  },
  {
    mode: 'charterTrain',
    number: 'D9602',
    from: '500154',
    to: 'xiaoshan',
    departs: '08:40',
    arrives: '18:55',
    fromStation: WANZHOU_NORTH,
    toStation: HANGZHOU_EAST,
    places: 610,
    fareFen: 49_500,
    days: [['2022-02-07', 540]],
  },
  {
    mode: 'charterTrain',
    number: 'K9810',
    from: '500242',
    to: 'zengcheng',
    departs: '16:20',
    arrives: '08:35',
    fromStation: station('酉阳', 108.79, 28.83),
    toStation: station('广州东', 113.3193, 23.15221),
    places: 590,
    fareFen: 21_800,
    days: [['2022-02-09', 508]],
  },
  {
    mode: 'charterTrain',
    number: 'D9606',
    from: '500235',
    to: 'beilun',
    departs: '09:15',
    arrives: '20:48',
    fromStation: WANZHOU_NORTH,
    toStation: station('宁波', 121.53274, 29.86463),
    places: 610,
    fareFen: 52_400,
    days: [['2022-02-10', 486]],
  },
  {
    mode: 'charterFlight',
    number: 'Y9082',
    from: '500114',
    to: 'lucheng',
    departs: '10:25',
    arrives: '12:40',
    fromStation: station('黔江武陵山机场', 108.8308, 29.5142),
    toStation: station('温州龙湾机场', 120.852, 27.9122),
    places: 160,
    fareFen: 68_000,
    days: [['2022-02-08', 148]],
  },
  {
    mode: 'railTickets',
    number: 'D2278',
    from: '500101',
    to: 'yuhang',
    departs: '09:52',
    arrives: '20:04',
    fromStation: WANZHOU_NORTH,
    toStation: HANGZHOU_EAST,
    places: 80,
    fareFen: 49_500,
    days: [
      ['2022-02-13', null],
      ['2022-02-14', null],
      ['2022-02-15', null],
    ],
  },
];

/** Share of the charters by day; 1 February is the festival, nobody leaves before the third day of the year. */
export const DAYS: readonly (readonly [string, number])[] = [
  ['2022-02-03', 4],
  ['2022-02-04', 14],
  ['2022-02-05', 30],
  ['2022-02-06', 46],
  ['2022-02-07', 58],
  ['2022-02-08', 58],
  ['2022-02-09', 54],
  ['2022-02-10', 44],
  ['2022-02-11', 34],
];
