import type { NAME } from './likeness-weights.ts';

export type NameLevel = keyof typeof NAME;

const COMPOUND =
  /^(欧阳|太史|端木|上官|司马|东方|独孤|南宫|夏侯|诸葛|尉迟|赫连|澹台|皇甫|宗政|濮阳|公孙|慕容|长孙|宇文|司徒|鲜于|令狐|轩辕|呼延)(?=.)/u;

/** Characters that stand for one another: surnames of the second simplification (1977), old and new forms. */
const VARIANTS = [
  '傅付',
  '萧肖',
  '阎闫',
  '戴代',
  '蓝兰',
  '邱丘',
  '詹占',
  '谭覃',
  '余佘',
  '侯候',
  '于於',
  '范範',
  '钟锺',
]
  .concat([
    '峰峯',
    '群羣',
    '杰傑',
    '升昇',
    '云雲',
    '里裡',
    '栋棟',
    '国國',
    '华華',
    '温溫',
    '吴吳',
    '吕呂',
    '强強',
    '荣榮',
    '兰蘭',
  ])
  .map((it) => [...it]);
const FIRST_FORM = new Map(VARIANTS.flatMap(([first = '', ...others]) => others.map((it) => [it, first])));

/** What stands for a character that could not be typed. */
const HIDDEN = /[^\p{Script=Han}]/u;

const plain = (name: string) => [...name].map((it) => FIRST_FORM.get(it) ?? it).join('');

/** Surname and given name, in characters. */
export function partsOfName(name: string): { readonly family: string; readonly given: string } {
  const length = COMPOUND.exec(name)?.[0].length ?? 1;
  return { family: name.slice(0, length), given: name.slice(length) };
}

/** Letters of a reading without blanks and tones: `Zhang Wei` → `zhangwei`. */
export function soundOf(pinyin: string): string {
  return pinyin.toLowerCase().replace(/[\s']/g, '');
}

/** A sound as southwestern ears take it: no difference between z and zh, n and l, in and ing, f and hu. */
export function foldSound(sound: string): string {
  return sound
    .replaceAll('zh', 'z')
    .replaceAll('ch', 'c')
    .replaceAll('sh', 's')
    .replaceAll('ng', 'n')
    .replaceAll('hu', 'f')
    .replaceAll('fu', 'f')
    .replaceAll('n', 'l');
}

function differences(a: string, b: string): number {
  const [one, two] = [[...a], [...b]];
  if (one.length !== two.length) return Number.POSITIVE_INFINITY;
  return one.filter((it, i) => it !== two[i]).length;
}

/** One of the two lacks a character of the other, or holds a mark in its place. */
function isHidden(a: string, b: string): boolean {
  const [long, short] = a.length >= b.length ? [a, b] : [b, a];
  if (HIDDEN.test(long) || HIDDEN.test(short)) {
    const han = (text: string) => [...text].filter((it) => !HIDDEN.test(it));
    const [few, many] = han(a).length <= han(b).length ? [han(a), han(b)] : [han(b), han(a)];
    return few.length > 0 && few.every((it) => many.includes(it));
  }
  return long.length - short.length === 1 && short.length > 0 && [...short].every((it) => long.includes(it));
}

interface Named {
  readonly name: string;
  /** Letters of the reading, without blanks and tones. */
  readonly sound: string;
}

/** How two names agree. */
export function compareNames(a: Named, b: Named): NameLevel {
  if (a.name === b.name) return 'same';
  const [one, two] = [plain(a.name), plain(b.name)];
  if (one === two) return 'variant';
  if (a.sound === b.sound) return 'sound';
  const [mine, other] = [partsOfName(one), partsOfName(two)];
  if (mine.family !== other.family) return otherFamily(a, b, mine.given === other.given);
  if (differences(mine.given, other.given) === 2 && mine.given === [...other.given].reverse().join(''))
    return 'order';
  if (foldSound(a.sound) === foldSound(b.sound)) return 'nearSound';
  if (isHidden(mine.given, other.given)) return 'hidden';
  if (mine.given.length > 1 && differences(mine.given, other.given) === 1) return 'oneCharacter';
  return 'surname';
}

function otherFamily(a: Named, b: Named, sameGiven: boolean): NameLevel {
  if (foldSound(a.sound) === foldSound(b.sound)) return 'nearSound';
  return sameGiven ? 'given' : 'other';
}
