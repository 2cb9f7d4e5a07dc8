import { describe, expect, it } from 'vitest';
import { areasOf, destinationsOf, padded, stationsOf, villageName } from './make-places.ts';
import { inside, spiral } from './make-places-geometry.ts';

const square = [
  [
    [
      [107, 29],
      [108, 29],
      [108, 30],
      [107, 30],
    ],
  ],
] as const;
const feature = {
  type: 'Feature',
  properties: { code: '500156', name: '武隆区', seat: [107.75, 29.32] },
  geometry: { type: 'MultiPolygon', coordinates: square },
} as const;
const divisions = [
  { code: '50', name: '重庆市', level: 'province', parent: null, lon: 106.55, lat: 29.56 },
  { code: '500156', name: '武隆区', level: 'district', parent: '50', lon: 107.75, lat: 29.32 },
  { code: '500156101', name: '白马镇', level: 'township', parent: '500156', lon: 107.52, lat: 29.42 },
  { code: '500156002', name: '凤山街道', level: 'township', parent: '500156' },
] as const;
const villages = [
  { code: '500156101203', name: '灵山村村民委员会', township: '500156101' },
  { code: '500156101204', name: '三溪村村民委员会', township: '500156101' },
];

describe('making the places', () => {
  const areas = areasOf(divisions, villages, [feature]);

  it('pads codes and hangs each area below the next', () => {
    expect(padded('500156')).toBe('500156000000');
    expect(areas.map((it) => `${it.level} ${it.code} ${it.parent}`)).toEqual([
      'city 500000000000 ',
      'district 500156000000 500000000000',
      'town 500156101000 500156000000',
      'town 500156002000 500156000000',
      'village 500156101203 500156101000',
      'village 500156101204 500156101000',
    ]);
  });

  it('marks what it has placed itself, and keeps that inside the district', () => {
    expect(areas.map((it) => it.estimated)).toEqual([0, 0, 0, 1, 1, 1]);
    expect(areas.filter((it) => it.level !== 'city').every((it) => inside(square, [it.lon, it.lat]))).toBe(
      true,
    );
  });

  it('gives the same places each time', () => {
    expect(areasOf(divisions, villages, [feature])).toEqual(areas);
  });

  it('spreads points between the two radii, none on another', () => {
    const center = [107.5, 29.5] as const;
    const points = Array.from({ length: 30 }, (_, i) => spiral(center, i, 30, 0.5, 6));
    const away = points.map(([lon, lat]) =>
      Math.hypot((lon - center[0]) * 111.2 * Math.cos((29.5 * Math.PI) / 180), (lat - center[1]) * 111.2),
    );
    expect(Math.min(...away)).toBeCloseTo(0.5, 3);
    expect(Math.max(...away)).toBeLessThan(6);
    expect(new Set(points.map(String)).size).toBe(30);
  });

  it.each([
    ['御泉村村民委员会', '御泉村'],
    ['一心村民委员会', '一心村'],
    ['太白社区居民委员会', '太白社区'],
    ['石角社区村民委员会', '石角村'],
    ['化龙桥社区工作站', '化龙桥社区工作站'],
  ])('calls %s %s', (full, name) => {
    expect(villageName(full)).toBe(name);
  });

  it('folds municipalities, headings and cities without counties', () => {
    const rows = [
      ['50', '重庆市', ''],
      ['44', '广东省', ''],
      ['42', '湖北省', ''],
      ['5001', '市辖区', '50'],
      ['500156', '武隆区', '5001'],
      ['4419', '东莞市', '44'],
      ['441900', '东莞市', '4419'],
      ['4290', '省直辖县级行政区划', '42'],
      ['429004', '仙桃市', '4290'],
    ].map(([code = '', name = '', parent = '']) => ({ code, name, parent }));
    const gazetteer = {
      cities: new Map([
        ['50', [106.55, 29.56]],
        ['4419', [113.75, 23.02]],
      ] as const),
      echarts: new Map([['429004', [113.45, 30.36]]] as const),
      stations: new Map<string, readonly [number, number]>(),
    };
    const lines = destinationsOf(
      rows,
      gazetteer,
      areas.filter((it) => it.level === 'district'),
    );
    expect(lines.map((it) => `${it.code} ${it.level} ${it.fullName} ${it.cityCode} ${it.estimated}`)).toEqual(
      [
        '500000 city 重庆市 500000 0',
        '500156 county 重庆市武隆区 500000 0',
        '441900 county 广东省东莞市 441900 0',
        '429004 county 湖北省仙桃市 429004 1',
      ],
    );
  });

  it('places stations of Chongqing without coordinates at their district or town, others not at all', () => {
    const stations = [
      { name: '武隆', tele: 'WLW', city: '武隆', district: '500156' },
      { name: '白马', tele: 'XXX', city: '武隆', district: '500156' },
      { name: '礼贤', tele: 'LXI', city: '北京' },
    ];
    expect(stationsOf(stations, [{ iata: 'CKG', lon: 106.65, lat: 29.71 }], areas)).toEqual([
      { name: '武隆', kind: 'rail', code: 'WLW', city: '武隆', lon: 107.75, lat: 29.32, estimated: 1 },
      { name: '白马', kind: 'rail', code: 'XXX', city: '武隆', lon: 107.52, lat: 29.42, estimated: 1 },
      { name: '重庆江北机场', kind: 'air', code: 'CKG', city: '重庆', lon: 106.65, lat: 29.71, estimated: 0 },
    ]);
  });
});
