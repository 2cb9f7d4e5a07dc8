import { placeStem } from '../platform/place-stem.ts';
import type { DestinationRow, PlaceFound } from './place-files.ts';

/** What the match needs to know of a destination. */
export type KnownDestination = Pick<
  DestinationRow,
  'code' | 'level' | 'name' | 'fullName' | 'cityCode' | 'cityName' | 'provinceName'
>;

interface Place {
  readonly code: string;
  readonly fullName: string;
}

/** A name found at the start of a text: the places it may mean, and how many characters it took. */
interface Hit {
  readonly places: readonly Place[];
  readonly used: number;
  /** By the name without 市, 区 or 县. */
  readonly short: boolean;
}

interface Found {
  readonly answer: Exclude<PlaceFound, undefined>;
  readonly used: number;
}

/** Names of one scope (the country, a province, a city): full names and short ones. */
class Names {
  readonly #full = new Map<string, Place[]>();
  readonly #short = new Map<string, Place[]>();

  add(place: Place, full: readonly string[], short: readonly string[]): void {
    const put = (map: Map<string, Place[]>, name: string) => {
      const places = map.get(name);
      if (!places) map.set(name, [place]);
      else if (!places.includes(place)) places.push(place);
    };
    for (const name of full) put(this.#full, name);
    for (const name of short) if (!full.includes(name)) put(this.#short, name);
  }

  /** The longest name the text starts with. Neither 中山路 nor 东方市场 starts with one. */
  at(text: string): Hit | undefined {
    for (let used = Math.min(text.length, 18); used >= 2; used -= 1) {
      const name = text.slice(0, used);
      const full = this.#full.get(name);
      const isMarket = /^[场域]/.test(text.slice(used));
      if (full && !isMarket) return { places: full, used, short: false };
      const short = this.#short.get(name);
      const isStreet = /^(路|街|大道|镇|乡|村|社区)/.test(text.slice(used));
      if (short && !isStreet) return { places: short, used, short: true };
    }
    return undefined;
  }
}

interface Scope {
  readonly cities: Names;
  readonly counties: Names;
}

interface Index {
  readonly provinces: Names;
  readonly country: Scope;
  readonly byProvince: ReadonlyMap<string, Scope>;
  readonly byCity: ReadonlyMap<string, Names>;
  readonly fullNames: ReadonlyMap<string, string>;
}

const newScope = (): Scope => ({ cities: new Names(), counties: new Names() });

/** City names that districts elsewhere share and that those are called by at least as often: 朝阳 is rather Beijing's. */
const DOUBTFUL_CITIES = ['朝阳'];

/** Counties of Chongqing that rosters still name and whose name of today is not the old one with another suffix. */
const FORMER_NAMES: Readonly<Record<string, readonly string[]>> = {
  '500154': ['开县'],
  '500110': ['万盛', '万盛区', '万盛经开区'],
};

/** What a development zone is called inside its city: 石家庄高新技术产业开发区 → 高新技术产业开发区, 高新区. */
function namesInCity(row: KnownDestination): string[] {
  const bare = row.name.replace(
    new RegExp(`^(${placeStem(row.provinceName)})?(${placeStem(row.cityName)}市?)?`),
    '',
  );
  const short = [placeStem(row.name), ...(bare.length >= 2 ? [bare] : [])];
  if (/高新?技术(产业)?(开发区|园区)$/.test(row.name)) short.push('高新区');
  if (/经济(技术)?开发区$/.test(row.name)) short.push('经济开发区', '经开区', '开发区');
  return short;
}

function index(destinations: readonly KnownDestination[]): Index {
  const provinces = new Names();
  const country = newScope();
  const byProvince = new Map<string, Scope>();
  const byCity = new Map<string, Names>();
  const fullNames = new Map<string, string>();
  for (const row of destinations) {
    const place: Place = { code: row.code, fullName: row.fullName };
    fullNames.set(row.code, row.fullName);
    let province = byProvince.get(row.code.slice(0, 2));
    if (!province) {
      province = newScope();
      byProvince.set(row.code.slice(0, 2), province);
      if (row.provinceName !== row.cityName) addProvince(provinces, fullNames, row);
    }
    const stem = placeStem(row.name);
    // 仙桃市, directly under its province, is found as a county.
    if (row.code.endsWith('00')) {
      for (const scope of [country, province])
        scope.cities.add(place, [row.name, `${stem}市`, `${stem}州`], [stem]);
    } else {
      const inCity = byCity.get(row.cityCode) ?? new Names();
      byCity.set(row.cityCode, inCity);
      const names = [row.name, ...(FORMER_NAMES[row.code] ?? [])];
      inCity.add(place, names, namesInCity(row));
      for (const scope of [country, province]) scope.counties.add(place, names, [stem]);
    }
  }
  return { provinces, country, byProvince, byCity, fullNames };
}

function addProvince(provinces: Names, fullNames: Map<string, string>, row: KnownDestination): void {
  const code = `${row.code.slice(0, 2)}0000`;
  const stem = row.provinceName.replace(/(省|(壮族|回族|维吾尔)?自治区)$/, '');
  fullNames.set(code, row.provinceName);
  provinces.add({ code, fullName: row.provinceName }, [row.provinceName, `${stem}省`], [stem]);
}

function answerOf(places: readonly Place[]): Found['answer'] {
  const [only, ...others] = places;
  if (only && others.length === 0) return { code: only.code };
  return { candidates: places.map((it) => ({ code: it.code, name: it.fullName })) };
}

/** Reads on behind a city: its county, or the city itself where none is named. */
function behindCity(known: Index, hit: Hit, text: string): Found {
  const [city] = hit.places;
  const county = city && known.byCity.get(city.code)?.at(text.slice(hit.used));
  if (!county) return { answer: answerOf(hit.places), used: hit.used };
  return { answer: answerOf(county.places), used: hit.used + county.used };
}

function behindProvince(known: Index, hit: Hit, text: string): Found {
  const code = hit.places[0]?.code ?? '';
  const scope = known.byProvince.get(code.slice(0, 2));
  const rest = text.slice(hit.used);
  const city = scope?.cities.at(rest);
  const county = scope?.counties.at(rest);
  const from = ({ answer, used }: Found): Found => ({ answer, used: used + hit.used });
  if (county && county.used > (city?.used ?? 0))
    return from({ answer: answerOf(county.places), used: county.used });
  return city ? from(behindCity(known, city, rest)) : { answer: { code }, used: hit.used };
}

/** Reads a text that starts with a place: province, city or county, each perhaps left out. */
function read(known: Index, text: string): Found | undefined {
  const province = known.provinces.at(text);
  const city = known.country.cities.at(text);
  const county = known.country.counties.at(text);
  const longest = Math.max(province?.used ?? 0, city?.used ?? 0, county?.used ?? 0);
  if (province && province.used === longest) return behindProvince(known, province, text);
  if (city && city.used === longest) {
    const found = behindCity(known, city, text);
    const doubtful =
      city.short && DOUBTFUL_CITIES.includes(text.slice(0, city.used)) && found.used === city.used;
    if (!doubtful || !county) return found;
    return { answer: answerOf([...city.places, ...county.places]), used: city.used };
  }
  if (!county) return undefined;
  // 平安保险 starts like 平安区: a short name with more behind it is only offered. 萧山市 and 石柱县 are the names of before.
  const behind = text.slice(county.used);
  if (county.short && behind !== '' && !/^(新?区(?!域)|县|市(?!场)|旗)/.test(behind)) {
    const candidates = county.places.map((it) => ({ code: it.code, name: it.fullName }));
    return { answer: { candidates }, used: county.used };
  }
  return { answer: answerOf(county.places), used: county.used };
}

/** A place further inside the text, such as 富士康昆山市厂区: offered, never taken. */
function readInside(known: Index, text: string): PlaceFound {
  for (let from = 1; from < Math.min(text.length - 1, 30); from += 1) {
    const rest = text.slice(from);
    const hit = known.country.counties.at(rest);
    const found = known.country.cities.at(rest) ? read(known, rest)?.answer : undefined;
    const isGeneric = /^[城郊矿]区/.test(rest);
    const answer = found ?? (hit && !hit.short && !isGeneric ? answerOf(hit.places) : undefined);
    if (!answer) continue;
    if ('candidates' in answer) return answer;
    return { candidates: [{ code: answer.code, name: known.fullNames.get(answer.code) ?? answer.code }] };
  }
  return undefined;
}

function tidy(text: string): string[] {
  return text
    .normalize('NFKC')
    .replace(/[\s()[\]{}<>《》【】"'“”‘’.。:\-—–_~+·]/g, '')
    .split(/[/、,;|或]+/)
    .map((part) => part.replace(/^(中国|前往|返回|去往|赴|去|到|在|往|回(?!民))+/, ''))
    .filter((part) => part !== '');
}

const holds = (upper: string, lower: string) => lower.startsWith(upper.replace(/(00){1,2}$/, ''));

/** 广州/深圳: every place that is named, if they are several and none lies in another. */
function several(known: Index, parts: readonly string[]): PlaceFound {
  const codes = parts.flatMap((part) => {
    const answer = read(known, part)?.answer;
    return answer && 'code' in answer ? [answer.code] : [];
  });
  const apart = [...new Set(codes)].filter((code) => !codes.some((it) => it !== code && holds(code, it)));
  if (apart.length < 2) return undefined;
  return { candidates: apart.map((code) => ({ code, name: known.fullNames.get(code) ?? code })) };
}

/**
 * Makes the function that finds a destination as rosters write it: 广东省广州市白云区, 浙江温州鹿城, 深圳龙华, 杭州, 渝北区.
 *
 * A county gives its 6 digits, a city alone the city's (330100), a province alone the province's (440000). Names that several
 * counties bear (鼓楼区, 白云) and texts that name several places give candidates; so does a name that only may be a place,
 * with one candidate. Nothing is guessed. Building the index takes some milliseconds, a question microseconds.
 */
export function destinationMatcher(destinations: readonly KnownDestination[]): (text: string) => PlaceFound {
  const known = index(destinations);
  return (text) => {
    const parts = tidy(text);
    const joined = parts.join('');
    const found = read(known, joined);
    const beforeLast = joined.length - (parts.at(-1)?.length ?? 0);
    if (parts.length > 1 && (found?.used ?? 0) <= beforeLast) {
      const places = several(known, parts);
      if (places) return places;
    }
    return found?.answer ?? readInside(known, joined);
  };
}
