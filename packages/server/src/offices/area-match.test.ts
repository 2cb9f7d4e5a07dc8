import { describe, expect, it } from 'vitest';
import { areaMatcher } from './area-match.ts';
import { readAreas } from './place-files.ts';

const areas = readAreas();
const WULONG = '500156000000';
const inWulong = areaMatcher(areas, WULONG);
const inCity = areaMatcher(areas, '500000000000');
const names = (answer: ReturnType<typeof inCity>) =>
  answer && 'candidates' in answer ? answer.candidates.map((it) => it.name) : answer;

describe('a home on a roster of Wulong', () => {
  it.each([
    ['白马镇', '灵山村', '500156101203'],
    ['白马', '灵山', '500156101203'],
    ['白马镇', '灵山村村委会', '500156101203'],
    ['白马镇', '灵山村民委员会', '500156101203'],
    ['白马镇', '灵山村3组', '500156101203'],
    ['白马镇', '灵山村第二村民小组', '500156101203'],
    ['白马镇', '白马镇灵山村', '500156101203'],
    ['白马镇灵山村', '', '500156101203'],
    ['武隆区白马镇', '灵山村', '500156101203'],
    ['重庆市武隆区白马镇灵山村', '', '500156101203'],
    ['白马镇', '', '500156101000'],
    ['白马乡', '', '500156101000'],
    [' 白 马 镇 ', '', '500156101000'],
  ])('%s, %s is %s', (town, village, code) => {
    expect(inWulong(town, village)).toEqual({ code });
  });

  it('offers villages of the town that are written almost so', () => {
    expect(names(inWulong('白马镇', '灵三村'))).toContain('白马镇灵山村');
  });

  it('offers, but does not take, the village of another town', () => {
    const other = areas.find(
      (it) => it.code.startsWith('500156') && it.level === 'village' && !it.code.startsWith('500156101'),
    );
    const answer = inWulong('白马镇', other?.name ?? '');
    expect(answer && 'candidates' in answer).toBe(true);
  });

  it.each([
    ['', ''],
    ['花桥镇', ''],
    ['白马镇', '某某地方'],
  ])('knows nothing of “%s” “%s”', (town, village) => {
    expect(inWulong(town, village)).toBeUndefined();
  });

  it('never names an area of another district', () => {
    const codes = areas
      .filter((it) => it.level === 'village' && !it.code.startsWith('500156'))
      .slice(0, 400)
      .flatMap((it) => {
        const answer = inWulong('', it.name);
        if (!answer) return [];
        return 'code' in answer ? [answer.code] : answer.candidates.map((one) => one.code);
      });
    expect(codes.filter((code) => !code.startsWith('500156'))).toEqual([]);
  });
});

describe('names that several areas share', () => {
  const towns = areas.filter((it) => it.level === 'town');
  const twice = towns.filter((it) => towns.some((other) => other !== it && other.name === it.name));

  it('are asked about in the city', () => {
    expect(twice.length).toBeGreaterThan(60);
    for (const town of twice) {
      const twins = towns.filter((it) => it.name === town.name).length;
      expect(names(inCity(town.name, '')), town.name).toHaveLength(twins);
    }
  });

  it('are told apart by the district, or by a village that only one has', () => {
    for (const town of twice) {
      const district = areas.find((it) => it.code === town.parent);
      expect(inCity(`${district?.name}${town.name}`, ''), town.name).toEqual({ code: town.code });
      expect(areaMatcher(areas, town.parent ?? '')(town.name, ''), town.name).toEqual({ code: town.code });
    }
  });

  it('are asked about in one town: 石角村 and 石角社区', () => {
    const inTown = areaMatcher(areas, '500110108000');
    expect(names(inTown('', '石角'))).toHaveLength(2);
    const [village] = areas.filter((it) => it.parent === '500110108000' && it.name === '石角村');
    expect(inTown('', '石角村')).toEqual({ code: village?.code });
  });
});

describe('every area of the city', () => {
  it('is found in its district by its own names', () => {
    const byDistrict = new Map<string, ReturnType<typeof areaMatcher>>();
    const townName = new Map(areas.map((it) => [it.code, it.name]));
    const lost = areas.filter((it) => {
      if (it.level !== 'town' && it.level !== 'village') return false;
      const root = `${it.code.slice(0, 6)}000000`;
      const match = byDistrict.get(root) ?? areaMatcher(areas, root);
      byDistrict.set(root, match);
      const answer =
        it.level === 'town' ? match(it.name, '') : match(townName.get(it.parent ?? '') ?? '', it.name);
      return !answer || !('code' in answer) || answer.code !== it.code;
    });
    expect(lost.map((it) => `${it.code} ${it.name}`)).toEqual([]);
  });
});
