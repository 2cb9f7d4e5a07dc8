import { pinyin } from 'pinyin-pro';
import { placeStem } from './place-stem.ts';

const COMPOUND_SURNAMES =
  /^(欧阳|太史|端木|上官|司马|东方|独孤|南宫|万俟|闻人|夏侯|诸葛|尉迟|公羊|赫连|澹台|皇甫|宗政|濮阳|公冶|太叔|申屠|公孙|慕容|仲孙|钟离|长孙|宇文|司徒|鲜于|司空|闾丘|令狐|轩辕|百里|呼延|东郭|南门|西门)(?=.)/;

/** Readings of places that a dictionary of words gets wrong. */
const PLACES: Readonly<Record<string, string>> = {
  綦江: 'qi jiang',
  垫江: 'dian jiang',
  丰都: 'feng du',
  北碚: 'bei bei',
  涪陵: 'fu ling',
  长寿: 'chang shou',
  重庆: 'chong qing',
  六安: 'lu an',
  台州: 'tai zhou',
  丽水: 'li shui',
  东阿: 'dong e',
  蔚县: 'yu xian',
  乐清: 'yue qing',
  乐亭: 'lao ting',
  番禺: 'pan yu',
  厦门: 'xia men',
  蚌埠: 'beng bu',
  歙县: 'she xian',
  铅山: 'yan shan',
  洪洞: 'hong tong',
  单县: 'shan xian',
  长乐: 'chang le',
};

type Surname = 'head' | 'off';

/** Syllables without tones; ü is kept. Other characters come through as runs of their own. */
function syllables(text: string, surname: Surname): string[] {
  return pinyin(text, { toneType: 'none', type: 'array', surname, nonZh: 'consecutive' }).filter(
    (it) => it.trim() !== '',
  );
}

/** One word: a, o, e behind another syllable take an apostrophe, so that Xi'an is not xian (GB/T 16159-2012). */
function word(parts: readonly string[]): string {
  const joined = parts.map((it, i) => (i > 0 && /^[aoe]/.test(it) ? `'${it}` : it)).join('');
  return joined.slice(0, 1).toUpperCase() + joined.slice(1);
}

/** As passports write it: Lü → Lyu (GB/T 28039-2011 allows YU for ü). */
const plain = (text: string) => text.replaceAll('ü', 'yu').replaceAll('Ü', 'Yu');

/** A person's name: 张三 → `Zhang San`, 欧阳小红 → `Ouyang Xiaohong`, 阿依古丽·买买提 → `Ayiguli Maimaiti`. */
export function pinyinName(name: string): string {
  const parts = name.trim().split(/[·•・\s]+/);
  if (parts.length > 1) return parts.map((it) => plain(word(syllables(it, 'off')))).join(' ');
  const family = COMPOUND_SURNAMES.exec(name.trim())?.[0].length ?? 1;
  const all = syllables(name.trim(), 'head');
  return [all.slice(0, family), all.slice(family)]
    .filter((it) => it.length > 0)
    .map((it) => plain(word(it)))
    .join(' ');
}

/** A place without what kind of division it is: 渝北区 → `Yubei`, 石柱土家族自治县 → `Shizhu`, 忠县 → `Zhongxian`, 龙池村 → `Longchi`. */
export function pinyinPlace(name: string): string {
  const village = name.replace(/(?<=..)(社区|村)$/, '');
  const stem = village === name ? placeStem(name) : village;
  const known = PLACES[stem];
  return word(known ? known.split(' ') : syllables(stem, 'off'));
}

/** Initials for finding a person by keyboard, lower case: 张三 → `zs`, 曾凡 → `zf`. Letters and digits stay as they are. */
export function initials(name: string): string {
  return syllables(name.replace(/[·•・\s]/g, ''), 'head')
    .map((it) => (/^[a-zü]+$/.test(it) ? it.slice(0, 1) : it.toLowerCase()))
    .join('');
}
