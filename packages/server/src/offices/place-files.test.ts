import { describe, expect, it } from 'vitest';
import type { SampleArea } from '../sample/world.ts';
import { readAreas, readDestinations, readDistrictMap, readStations } from './place-files.ts';

const inside = (it: { lon: number; lat: number }, [w, s, e, n]: readonly [number, number, number, number]) =>
  it.lon >= w && it.lon <= e && it.lat >= s && it.lat <= n;
const CHONGQING = [105.2, 28.1, 110.3, 32.3] as const;
const CHINA = [73, 3, 136, 54] as const;

describe('the area tree', () => {
  const areas: readonly SampleArea[] = readAreas();
  const rows = readAreas();

  it('has one city, 38 districts, 1,031 towns and 11,270 villages, each code once', () => {
    const count = (level: string) => areas.filter((it) => it.level === level).length;
    expect(['city', 'district', 'town', 'village'].map(count)).toEqual([1, 38, 1031, 11_270]);
    expect(new Set(areas.map((it) => it.code)).size).toBe(areas.length);
    expect(areas.filter((it) => !/^50\d{10}$/.test(it.code))).toEqual([]);
  });

  it('hangs every area below its parent, which stands before it', () => {
    const above = { district: 'city', town: 'district', village: 'town' } as Record<string, string>;
    const digits = { city: 2, district: 6, town: 9, village: 12 } as Record<string, number>;
    const levels = new Map<string, string>();
    const wrong = rows.filter((it) => {
      const parent = it.parent === null ? undefined : levels.get(it.parent);
      levels.set(it.code, it.level);
      const zeros = it.code.slice(digits[it.level]).replaceAll('0', '');
      const own = it.parent?.slice(0, digits[above[it.level] ?? '']) ?? '';
      return zeros !== '' || parent !== above[it.level] || !it.code.startsWith(own);
    });
    expect(wrong).toEqual([]);
  });

  it('keeps every point inside the municipality and every village within 7 km of its town', () => {
    const at = new Map(rows.map((it) => [it.code, it]));
    expect(rows.filter((it) => !inside(it, CHONGQING))).toEqual([]);
    const far = rows.filter((it) => {
      const town = it.level === 'village' ? at.get(it.parent as string) : undefined;
      if (!town) return false;
      return Math.hypot((it.lon - town.lon) * 97, (it.lat - town.lat) * 111.2) > 7;
    });
    expect(far).toEqual([]);
  });

  it('says which points are estimated', () => {
    const estimated = (level: string) => rows.filter((it) => it.level === level && it.estimated).length;
    expect([estimated('city'), estimated('district'), estimated('town'), estimated('village')]).toEqual([
      0, 0, 140, 11_270,
    ]);
  });

  it('names villages as people do, and tells those of one town apart', () => {
    const shiJiao = rows.filter((it) => it.parent === '500110108000' && it.name.startsWith('石角'));
    expect(shiJiao.map((it) => it.name).sort()).toEqual(['石角村', '石角社区']);
    expect(rows.filter((it) => it.name.endsWith('委员会'))).toEqual([]);
    const inTown = rows.map((it) => `${it.parent} ${it.name}`);
    expect(new Set(inTown).size).toBe(rows.length);
  });
});

describe('destinations', () => {
  const rows = readDestinations();
  const byCode = new Map(rows.map((it) => [it.code, it]));

  it('cover the country, each code once, each with its city, inside China', () => {
    expect(byCode.size).toBe(rows.length);
    expect(new Set(rows.map((it) => it.provinceName)).size).toBe(31);
    expect(rows.length).toBeGreaterThan(3_200);
    expect(rows.filter((it) => !inside(it, CHINA))).toEqual([]);
    expect(rows.filter((it) => !byCode.has(it.cityCode))).toEqual([]);
    expect(rows.filter((it) => /市辖区|直辖县级/.test(it.fullName))).toEqual([]);
  });

  it('hold cities without counties once, as the county level', () => {
    expect(byCode.get('441900')).toMatchObject({
      level: 'county',
      fullName: '广东省东莞市',
      estimated: false,
    });
    expect(byCode.get('620200')?.level).toBe('county');
    expect(byCode.has('620201')).toBe(false);
    expect(byCode.get('429004')).toMatchObject({ fullName: '湖北省仙桃市', cityCode: '429004' });
  });

  it('put municipalities in one piece', () => {
    expect(byCode.get('500112')).toMatchObject({ fullName: '重庆市渝北区', cityCode: '500000' });
    expect(byCode.get('500229')?.cityName).toBe('重庆市');
    expect(byCode.get('310000')).toMatchObject({ level: 'city', fullName: '上海市' });
  });
});

describe('stations', () => {
  const rows = readStations();

  it('have one row for each code, placed inside China', () => {
    expect(new Set(rows.map((it) => `${it.kind} ${it.code}`)).size).toBe(rows.length);
    expect(rows.filter((it) => !inside(it, CHINA))).toEqual([]);
    expect(rows.filter((it) => !/^\p{Script=Han}/u.test(it.name))).toEqual([]);
  });

  it('include those of Chongqing, measured or at the seat of their district', () => {
    const find = (name: string) => rows.find((it) => it.name === name);
    expect(find('重庆北')).toMatchObject({ kind: 'rail', code: 'CUW', estimated: false });
    expect(find('重庆西')?.estimated).toBe(true);
    expect(find('重庆江北机场')).toMatchObject({ kind: 'air', code: 'CKG', city: '重庆' });
    for (const name of ['万州北', '酉阳', '沙坪坝', '重庆仙女山机场', '重庆黔江武陵山机场']) {
      expect(inside(find(name) ?? { lon: 0, lat: 0 }, CHONGQING), name).toBe(true);
    }
  });
});

describe('the map of the districts', () => {
  const map = readDistrictMap() as {
    features: { properties: { code: string; name: string; seat: [number, number] } }[];
  };

  it('has the districts of the area tree, by the same codes and names', () => {
    const ofTree = readAreas()
      .filter((it) => it.level === 'district')
      .map((it) => `${it.code} ${it.name}`);
    expect(map.features.map((it) => `${it.properties.code} ${it.properties.name}`).sort()).toEqual(
      [...ofTree].sort(),
    );
    expect(
      map.features.filter(
        ({
          properties: {
            seat: [lon, lat],
          },
        }) => !inside({ lon, lat }, CHONGQING),
      ),
    ).toEqual([]);
  });
});
