import type { GanttRow } from '../platform/ui/Gantt.tsx';
import type { SeatOnPlan, SeatState } from '../platform/ui/SeatMap.tsx';
import type { StopOnStrip } from '../platform/ui/StopStrip.tsx';

/** Invented people, places and numbers for the gallery of the kit; development builds only. */
const SURNAMES = [...'冉田谭向罗何周代任文柏况游敖石程滕杨刘陶秦龚郑卢苟黎邓姚廖孟雷贺龙江付'];

export interface KitPerson {
  readonly id: string;
  readonly name: string;
  readonly tail: string;
  readonly village: string;
  readonly state: 'boarded' | 'expected' | 'held';
  readonly seat: number;
}

export function people(n: number): KitPerson[] {
  return Array.from({ length: n }, (_, i) => ({
    id: `p${i}`,
    name: `${SURNAMES[i % SURNAMES.length]}样例${i + 1}`,
    tail: `**${String((i * 7919) % 10000).padStart(4, '0')}`,
    village: ['灵山村', '豹岩村', '石床村', '乌杨村'][i % 4] ?? '',
    state: i === 3 ? 'held' : i % 5 === 1 ? 'expected' : 'boarded',
    seat: i + 1,
  }));
}

export function seats(places: number, observed: number): SeatOnPlan[] {
  return Array.from({ length: places }, (_, i): SeatOnPlan => {
    const number = i + 1;
    if (number > places - observed) return { number, state: 'observation' };
    if (number === 36 || number === 40) return { number, state: 'free' };
    const state: SeatState =
      number === 27 ? 'held' : number === 19 ? 'absent' : number > 30 ? 'expected' : 'boarded';
    const pair = [1, 9, 15, 21, 29, 33].includes(number) ? { together: number + 1 } : {};
    return { number, state, name: SURNAMES[i % SURNAMES.length] ?? '', ...pair };
  });
}

export const stops: StopOnStrip[] = [
  {
    key: 'a',
    time: '16:20',
    timeNote: '16:22 发',
    place: '江口镇 便民中心',
    boarded: 9,
    expected: 9,
    note: '齐',
    state: 'done',
  },
  {
    key: 'b',
    time: '16:40',
    timeNote: '16:45 发',
    place: '凤山 武隆客运站',
    boarded: 13,
    expected: 14,
    note: '缺 1，已电话',
    tone: 'warn',
    state: 'done',
  },
  {
    key: 'c',
    time: '16:58',
    timeNote: '正在上车',
    place: '羊角街道 老街口',
    boarded: 5,
    expected: 8,
    note: '暂扣 1，未到 2',
    tone: 'danger',
    state: 'now',
  },
  {
    key: 'd',
    time: '17:15',
    timeNote: '预计 17:20',
    place: '白马镇 高速路口',
    boarded: 0,
    expected: 6,
    state: 'todo',
  },
  {
    key: 'e',
    time: '20:05',
    timeNote: '预计 20:10',
    place: '渝北 云岭电子（样例）东门',
    boarded: 0,
    expected: 37,
    note: '厂方签收',
    state: 'todo',
    gate: true,
  },
];

const day = '2022-02-13T';
const next = '2022-02-14T';
const zone = ':00+08:00';
export const ganttFrom = `${day}05:00${zone}`;
export const ganttTo = `${next}11:00${zone}`;

function bar(
  key: string,
  from: string,
  to: string,
  kind: GanttRow['bars'][number]['kind'],
  label?: string,
): GanttRow['bars'][number] {
  return { key, from: `${from}${zone}`, to: `${to}${zone}`, kind, ...(label && { label }) };
}

export const ganttRows: GanttRow[] = [
  {
    key: '101',
    title: '样101　35 座',
    sub: '任师傅',
    bars: [
      bar('a', `${day}06:10`, `${day}08:55`, 'fixed', '101 渝北'),
      bar('b', `${day}09:30`, `${day}12:05`, 'empty', '回空'),
    ],
  },
  {
    key: '103',
    title: '样103　49 座',
    sub: '程、石、滕三位',
    bars: [
      bar('c', `${day}07:00`, `${day}10:55`, 'chosen', '103 广州'),
      bar('d', `${day}11:15`, `${day}15:05`, 'chosen'),
      bar('e', `${day}15:30`, `${day}19:20`, 'chosen', '换驾'),
      bar('f', `${day}19:45`, `${next}02:00`, 'chosen'),
      bar('g', `${next}05:00`, `${next}05:50`, 'chosen'),
    ],
    rests: [`${day}11:05${zone}`, `${day}15:18${zone}`, `${day}19:32${zone}`],
  },
  {
    key: '104',
    title: '样104　49 座',
    sub: '文、敖、苟三位',
    bars: [
      bar('h', `${day}07:15`, `${day}11:10`, 'draft', '104 温州'),
      bar('i', `${day}11:30`, `${day}15:25`, 'draft'),
    ],
    rests: [`${day}11:20${zone}`],
  },
  {
    key: '105',
    title: '样105　49 座',
    sub: '柏、况、秦三位　超 24 分',
    tone: 'danger',
    bars: [
      bar('j', `${day}07:30`, `${day}11:54`, 'broken', '105 宁波　连驾 4 h 24'),
      bar('k', `${day}12:15`, `${day}16:10`, 'draft'),
    ],
    rests: [`${day}12:05${zone}`],
  },
];

/** Short names of districts by code, for the two maps of the gallery. */
export const shortNames: Readonly<Record<string, string>> = {
  '500101': '万州',
  '500102': '涪陵',
  '500112': '渝北',
  '500114': '黔江',
  '500115': '长寿',
  '500116': '江津',
  '500117': '合川',
  '500118': '永川',
  '500119': '南川',
  '500110': '綦江',
  '500111': '大足',
  '500120': '璧山',
  '500151': '铜梁',
  '500152': '潼南',
  '500153': '荣昌',
  '500154': '开州',
  '500155': '梁平',
  '500156': '武隆',
  '500229': '城口',
  '500230': '丰都',
  '500231': '垫江',
  '500233': '忠县',
  '500235': '云阳',
  '500236': '奉节',
  '500237': '巫山',
  '500238': '巫溪',
  '500240': '石柱',
  '500241': '秀山',
  '500242': '酉阳',
  '500243': '彭水',
  '500113': '巴南',
  '500109': '北碚',
};

export const boardedBy: Readonly<Record<string, number>> = {
  '500154': 1345,
  '500235': 1215,
  '500101': 1154,
  '500233': 1003,
  '500236': 963,
  '500230': 916,
  '500115': 856,
  '500117': 791,
  '500238': 726,
  '500156': 695,
  '500116': 662,
  '500243': 628,
  '500242': 589,
  '500240': 554,
  '500155': 532,
  '500231': 495,
  '500114': 479,
  '500241': 458,
  '500152': 437,
  '500102': 409,
  '500237': 360,
  '500110': 327,
  '500119': 291,
};

export const destinations = [
  { key: 'hz', label: '杭州', n: 3418 },
  { key: 'nb', label: '宁波', n: 2207 },
  { key: 'wz', label: '温州', n: 2964 },
  { key: 'jj', label: '晋江', n: 1120 },
  { key: 'sz', label: '深圳', n: 1536 },
  { key: 'gz', label: '广州', n: 3290 },
];

export const flows = [
  { from: '500154', to: 'hz', n: 900 },
  { from: '500101', to: 'hz', n: 500 },
  { from: '500117', to: 'hz', n: 300 },
  { from: '500235', to: 'nb', n: 700 },
  { from: '500155', to: 'nb', n: 260 },
  { from: '500230', to: 'wz', n: 800 },
  { from: '500233', to: 'wz', n: 400 },
  { from: '500240', to: 'jj', n: 250 },
  { from: '500242', to: 'sz', n: 400 },
  { from: '500243', to: 'sz', n: 200 },
  { from: '500117', to: 'gz', n: 260 },
  { from: '500102', to: 'gz', n: 640 },
  { from: '500116', to: 'gz', n: 330 },
  { from: '500156', to: '500112', n: 451 },
];

export const points = [
  { key: 'a', at: [107.72, 29.33], label: '凤山', n: 46 },
  { key: 'b', at: [107.62, 29.41], label: '羊角', n: 31 },
  { key: 'c', at: [107.54, 29.41], label: '白马', n: 28 },
  { key: 'd', at: [107.8, 29.28], label: '江口', n: 22 },
  { key: 'e', at: [107.52, 29.49], label: '平桥', n: 15 },
  { key: 'f', at: [107.72, 29.44], label: '仙女山', n: 12 },
  { key: 'g', at: [107.9, 29.48], label: '桐梓', n: 9, estimated: true },
  { key: 'h', at: [107.46, 29.52], label: '鸭江', n: 17 },
  { key: 'i', at: [107.95, 29.44], label: '后坪', n: 8, estimated: true },
] as const;

export const mapLines = [
  {
    key: '1',
    kind: 'chosen',
    path: [
      [107.46, 29.52],
      [107.52, 29.49],
      [107.54, 29.41],
      [107.2, 28.95],
    ],
  },
  {
    key: '2',
    kind: 'fixed',
    path: [
      [107.72, 29.33],
      [107.62, 29.41],
      [107.54, 29.41],
      [107.1, 29.6],
    ],
  },
  {
    key: '3',
    kind: 'draft',
    path: [
      [107.9, 29.48],
      [107.72, 29.33],
      [107.8, 29.28],
    ],
  },
] as const;
