import { placeStem } from '../platform/place-stem.ts';
import type { AreaRow, PlaceFound } from './place-files.ts';

/** What the match needs to know of an area. */
export type KnownArea = Pick<AreaRow, 'code' | 'level' | 'name' | 'parent'>;

const MOST_CANDIDATES = 8;

/** 龙池村委会 → 龙池; 太白社区居民委员会 → 太白; 御泉村3组 → 御泉. */
function villageStem(name: string): string {
  const bare = withoutGroup(name).replace(/(村民委员会|村委会|村委|居民委员会|居委会|居委)$/, '');
  const stem = bare.replace(/(社区|行政村|村)$/, '');
  return stem === '' ? bare : stem;
}

/** The group of a village is no area of its own: 灵山村二组, 灵山村第3社. */
function withoutGroup(name: string): string {
  return name.replace(/(?<=..)第?[一二三四五六七八九十\d]+(村民小组|小组|组|社(?!区)|队).*$/, '');
}

/** Village or community, if the text says which. */
function kindOf(name: string): '村' | '社区' | undefined {
  const bare = withoutGroup(name);
  if (/(社区|居民委员会|居委会|居委)$/.test(bare)) return '社区';
  return /(村|村民委员会|村委会|村委)$/.test(bare) ? '村' : undefined;
}

const tidy = (text: string) => text.normalize('NFKC').replace(/[\s()[\]【】“”"'.,、\-—_]/g, '');

interface Town {
  readonly area: KnownArea;
  readonly stem: string;
  readonly villages: readonly { readonly area: KnownArea; readonly stem: string }[];
}

/** Do two names differ by one character at most, changed, left out or put in? */
function isNear(a: string, b: string): boolean {
  if (Math.min(a.length, b.length) < 2 || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start += 1;
  const rest = (text: string, other: string) => text.slice(start + (text.length >= other.length ? 1 : 0));
  return rest(a, b) === rest(b, a);
}

/** Of several that share a stem, the ones written exactly so, else those of the kind that is named, else all. */
function sharpest<T extends { readonly area: KnownArea }>(text: string, found: readonly T[]): readonly T[] {
  const exact = found.filter((it) => it.area.name === withoutGroup(text));
  if (exact.length > 0) return exact;
  const kind = kindOf(text);
  const ofKind = kind ? found.filter((it) => it.area.name.endsWith(kind)) : [];
  return ofKind.length > 0 ? ofKind : found;
}

class Tree {
  readonly towns: readonly Town[];
  readonly #nameOf: ReadonlyMap<string, string>;
  readonly #withDistrict: boolean;

  constructor(areas: readonly KnownArea[], root: string) {
    const prefix = root.replace(/^(\d{2})0{10}$|^(\d{6})0{6}$|^(\d{9})0{3}$/, '$1$2$3');
    const own = areas.filter((it) => it.code.startsWith(prefix));
    const villages = new Map<string, { area: KnownArea; stem: string }[]>();
    for (const area of own) {
      if (area.level !== 'village' || !area.parent) continue;
      const siblings = villages.get(area.parent) ?? [];
      villages.set(area.parent, siblings);
      siblings.push({ area, stem: villageStem(area.name) });
    }
    this.towns = own
      .filter((it) => it.level === 'town')
      .map((area) => ({ area, stem: placeStem(area.name), villages: villages.get(area.code) ?? [] }));
    this.#nameOf = new Map(areas.map((it) => [it.code, it.name]));
    this.#withDistrict = prefix.length < 6;
  }

  /** Towns a text names, its city and district before it, and what it says behind. */
  townsAt(text: string): { readonly towns: readonly Town[]; readonly rest: string } {
    let longest = 0;
    let hits: { town: Town; used: number }[] = [];
    for (const town of this.towns) {
      for (const start of this.#starts(text, town)) {
        const behind = text.slice(start);
        const used = start + usedBy(town, behind);
        if (used === start || used < longest) continue;
        if (used > longest) hits = [];
        longest = used;
        hits.push({ town, used });
      }
    }
    return { towns: [...new Set(hits.map((it) => it.town))], rest: text.slice(longest) };
  }

  /** Where a town's name may begin: at the start, or behind the name of its city or district. */
  #starts(text: string, town: Town): number[] {
    const district = this.#nameOf.get(`${town.area.code.slice(0, 6)}000000`) ?? '';
    const city = /^重庆市?/.exec(text)?.[0].length ?? 0;
    const starts = [0, city];
    for (const name of [district, placeStem(district)])
      if (name !== '' && text.startsWith(name, city)) starts.push(city + name.length);
    return [...new Set(starts)];
  }

  villages(towns: readonly Town[], text: string): readonly KnownArea[] {
    const stem = villageStem(text);
    const found = towns.flatMap((town) => town.villages.filter((it) => it.stem === stem));
    return sharpest(text, found).map((it) => it.area);
  }

  nearVillages(towns: readonly Town[], text: string): readonly KnownArea[] {
    const stem = villageStem(text);
    return towns.flatMap((town) => town.villages.filter((it) => isNear(it.stem, stem)).map((it) => it.area));
  }

  candidates(areas: readonly KnownArea[]): PlaceFound {
    if (areas.length === 0) return undefined;
    return {
      candidates: areas.slice(0, MOST_CANDIDATES).map((it) => ({ code: it.code, name: this.#spoken(it) })),
    };
  }

  answer(areas: readonly KnownArea[]): PlaceFound {
    const [only, ...others] = areas;
    return only && others.length === 0 ? { code: only.code } : this.candidates(areas);
  }

  /** 白马镇灵山村; with the district where the tree holds several. */
  #spoken(area: KnownArea): string {
    const town = area.level === 'village' ? (this.#nameOf.get(area.parent ?? '') ?? '') : '';
    const district = this.#withDistrict ? (this.#nameOf.get(`${area.code.slice(0, 6)}000000`) ?? '') : '';
    return `${district}${town}${area.name}`;
  }
}

/** How many characters of the text are the town's name: whole, with another suffix, or without one. */
function usedBy(town: Town, text: string): number {
  if (text.startsWith(town.area.name)) return town.area.name.length;
  if (!text.startsWith(town.stem)) return 0;
  const suffix = /^(街道办事处|街道办|街道|镇政府|镇人民政府|镇|乡)/.exec(text.slice(town.stem.length));
  return town.stem.length + (suffix?.[0].length ?? 0);
}

/**
 * Makes the function that finds a home from a roster's town and village, within one area: a district's or a town's own tree.
 *
 * Suffixes (镇, 乡, 街道, 村, 社区, 村委会, 居委会) may be missing or others; the group behind a village is passed over; one cell may
 * hold both names. Names that fit several areas give candidates, so do names that differ by one character, and a village
 * that only another town has. Nothing is guessed.
 *
 * @param root 12-digit code of the city, a district, a town or a village; nothing outside it is ever named.
 */
export function areaMatcher(
  areas: readonly KnownArea[],
  root: string,
): (town: string, village: string) => PlaceFound {
  const tree = new Tree(areas, root);
  return (townText, villageText) => {
    const [town, village] = [tidy(townText), tidy(villageText)];
    const read = town === '' ? { towns: tree.towns, rest: '' } : tree.townsAt(town);
    if (village !== '') return findVillage(tree, read.towns, village);
    if (read.rest !== '') return findVillage(tree, read.towns, read.rest);
    if (town === '') return undefined;
    const towns = read.towns.map((it) => it.area);
    const exact = towns.filter((it) => it.name === town);
    if (towns.length > 0) return tree.answer(exact.length > 0 ? exact : towns);
    const near = tree.towns.filter((it) => isNear(it.stem, placeStem(town)));
    return tree.candidates(near.map((it) => it.area));
  };
}

function findVillage(tree: Tree, towns: readonly Town[], text: string): PlaceFound {
  const found = tree.villages(towns, text);
  if (found.length > 0) return tree.answer(found);
  const inText = tree.townsAt(text);
  if (inText.towns.length > 0 && inText.rest !== '') {
    const both = towns.length > 0 ? inText.towns.filter((it) => towns.includes(it)) : inText.towns;
    const behind = tree.villages(both, inText.rest);
    if (behind.length > 0) return towns.length > 0 ? tree.answer(behind) : tree.candidates(behind);
  }
  const near = tree.nearVillages(towns, text);
  return tree.candidates(near.length > 0 ? near : tree.villages(tree.towns, text));
}
