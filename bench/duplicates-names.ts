/**
 * Names as they are borne and as they are mistyped, for the bench of duplicates. Written from public counts, not from the product's table:
 * surnames by the Ministry of Public Security's report for 2020 (《二〇二〇年全国姓名报告》, share of the population in ‰), given names by
 * the same report's lists of the most frequent ones.
 */
import { pinyinName } from '../packages/server/src/platform/pinyin.ts';

export type Chance = () => number;

const SURNAMES: readonly (readonly [string, number])[] = [
  ...([
    ['王', 71],
    ['李', 70],
    ['张', 67],
    ['刘', 52],
    ['陈', 45],
    ['杨', 31],
    ['黄', 22],
    ['赵', 22],
    ['吴', 20],
    ['周', 19],
  ] as const),
  ...([
    ['徐', 14],
    ['孙', 13],
    ['马', 13],
    ['朱', 12],
    ['胡', 12],
    ['郭', 12],
    ['何', 12],
    ['林', 11],
    ['高', 10],
    ['罗', 10],
  ] as const),
  ...([
    ['郑', 9],
    ['梁', 9],
    ['谢', 8],
    ['宋', 8],
    ['唐', 7],
    ['许', 7],
    ['韩', 7],
    ['冯', 6],
    ['邓', 6],
    ['曹', 6],
  ] as const),
  ...([
    ['彭', 6],
    ['曾', 6],
    ['肖', 6],
    ['田', 6],
    ['董', 5],
    ['袁', 5],
    ['潘', 5],
    ['于', 5],
    ['蒋', 5],
    ['蔡', 5],
  ] as const),
  ...([
    ['余', 5],
    ['杜', 5],
    ['叶', 4],
    ['程', 4],
    ['苏', 4],
    ['魏', 4],
    ['吕', 4],
    ['丁', 4],
    ['任', 4],
    ['沈', 4],
  ] as const),
  ...([
    ['姚', 3],
    ['卢', 3],
    ['姜', 3],
    ['崔', 3],
    ['钟', 3],
    ['谭', 3],
    ['陆', 3],
    ['汪', 3],
    ['范', 3],
    ['金', 3],
  ] as const),
  ...([
    ['石', 3],
    ['廖', 3],
    ['贾', 3],
    ['夏', 3],
    ['韦', 3],
    ['付', 2],
    ['傅', 2],
    ['方', 3],
    ['白', 2],
    ['邹', 2],
  ] as const),
  ...([
    ['孟', 2],
    ['熊', 2],
    ['秦', 2],
    ['邱', 2],
    ['江', 2],
    ['尹', 2],
    ['薛', 2],
    ['闫', 2],
    ['阎', 1],
    ['段', 2],
  ] as const),
  ...([
    ['雷', 2],
    ['侯', 2],
    ['龙', 2],
    ['史', 2],
    ['陶', 2],
    ['黎', 2],
    ['贺', 2],
    ['顾', 2],
    ['毛', 2],
    ['郝', 1],
  ] as const),
  ...([
    ['冉', 1],
    ['向', 1],
    ['牟', 1],
    ['代', 1],
    ['戴', 1],
    ['兰', 1],
    ['蓝', 1],
    ['萧', 1],
    ['欧阳', 1],
    ['覃', 2],
  ] as const),
];
/** Whole given names that thousands bear, by the decade they were fashionable. */
const OLD =
  '建国 建华 建军 国强 志强 秀英 桂英 秀兰 玉兰 桂兰 秀珍 玉珍 凤英 玉英 明 平 华 军 勇 志明 桂芳 淑珍 素芳 小平 德明 永红 国庆 红'.split(
    ' ',
  );
const YOUNG =
  '伟 芳 敏 静 丽 强 磊 洋 艳 杰 娟 涛 超 霞 刚 鹏 婷 雪梅 丹 浩 鑫 宇 欣 俊杰 佳 海燕 春燕 小红 婷婷 斌 波 飞 玲 浩然 子涵'.split(
    ' ',
  );
const CHARS = [
  ...'国建华文明志玉秀英桂兰芳春小红军海永德光荣成林平生福贵云龙飞凤燕梅霞丽娟萍琴珍珠美艳琼容蓉清香莲菊素淑惠慧敏静洁',
  ...'伟强勇刚毅俊峰波涛江河川山松柏柱栋梁才学礼义仁智信忠孝廉正大中东西南北方元祖宗世代家兴旺盛昌隆发财宝金银铜铁钢',
  ...'雨雪冰晶莹露霜虹彩霓雯婷娜莎莉倩茜薇萱涵梓轩宇浩泽润泉源洪亮辉耀灿烂星辰月阳晨曦旭昊天鹏程翔宏远思维雅琪瑶琳瑞祥',
  ...'安康宁静怡欣悦乐喜庆友善良诚实厚朴达通利亨贞树森茂荣根叶苗青翠绿碧蓝紫丹彤赤朱白素墨书琴棋画诗词歌赋',
];
/** More characters that sound like those: what a pinyin keyboard offers beside the right one. */
const MORE = [
  ...'威维卫炜玮唯炜芬方房放秀绣袖修贵桂鬼归季继记技纪建健见剑键鉴荐志治智至致制之芝植值明名鸣铭茗华化花桦画骅军君均钧俊骏峻',
  ...'英莹鹰樱瑛营盈颖影红洪宏虹鸿弘轰云芸匀允运韵韬涛滔桃陶海孩害凯楷恺开楠男南兰岚澜蓝览丽莉利力立励历莲联连怜廉链平萍苹坪评瓶',
  ...'燕艳雁焰彦宴砚霞侠峡夏下梅枚眉媒煤玫美娟鹃卷捐绢婷亭庭停挺霆静靖敬镜境净晶菁精京惊鲸敏闽民岷珉旻磊蕾雷垒累勇永咏泳涌拥强墙蔷',
  ...'杰洁捷节婕结界超朝潮巢刚钢岗冈纲飞菲非妃霏斐鹏朋棚澎彭斌彬宾滨冰兵丙波博伯勃渤柏龙隆珑聪琼穷成诚程城承呈澄志强国果帼过',
  ...'春纯椿淳醇梦孟萌蒙猛秋丘邱球求冬东栋董动佳嘉家加佳颊甲欣新心鑫馨辛昕星兴行杏醒幸文雯闻纹汶稳宇雨玉语羽禹煜裕育毓豪浩皓昊灏好',
];
/** Pairs that look alike on a photographed list. */
const LOOKALIKE = [
  '未末',
  '土士',
  '日曰',
  '大太',
  '天夫',
  '己巳',
  '林材',
  '明朋',
  '玲铃',
  '玉王',
  '清倩',
  '洋祥',
  '海梅',
  '建健',
  '辉挥',
  '波坡',
  '亮高',
  '芬芳',
  '丽两',
  '珍诊',
  '英荚',
  '志忘',
];

const bySound = new Map<string, string[]>();
const soundOfChar = new Map<string, string>();
for (const it of new Set([...CHARS, ...MORE])) {
  const sound = pinyinName(`王${it}`).split(' ')[1] ?? '';
  soundOfChar.set(it, sound);
  bySound.set(sound, [...(bySound.get(sound) ?? []), it]);
}
const looks = new Map<string, string>();
for (const [a = '', b = ''] of LOOKALIKE.map((it) => [...it])) {
  looks.set(a, b);
  looks.set(b, a);
}

const pick = <Item>(chance: Chance, items: readonly Item[]): Item =>
  items[Math.floor(chance() * items.length)] as Item;
/** The first of a list are taken most. */
const zipf = <Item>(chance: Chance, items: readonly Item[]): Item =>
  items[Math.floor(items.length * chance() ** 2)] as Item;
const TOTAL = SURNAMES.reduce((sum, [, n]) => sum + n, 0);

export function surname(chance: Chance): string {
  let left = chance() * TOTAL;
  for (const [it, n] of SURNAMES) {
    left -= n;
    if (left <= 0) return it;
  }
  return '王';
}

/** A given name of somebody born then; brothers and cousins may share `generation`. */
export function givenName(chance: Chance, born: number, generation?: string): string {
  if (generation && chance() < 0.6) return generation + zipf(chance, CHARS);
  if (chance() < 0.3) return zipf(chance, born < 1980 ? OLD : YOUNG);
  if (chance() < 0.15) return zipf(chance, CHARS);
  return pick(chance, CHARS) + zipf(chance, CHARS);
}
export const generationCharacter = (chance: Chance): string => pick(chance, CHARS);

const replaceAt = (text: string, at: number, by: string) =>
  [...text].map((it, i) => (i === at ? by : it)).join('');

/** The right sound, another character; the name itself where there is none. */
export function homophone(chance: Chance, name: string): string {
  const at = [...name].length - 1 - (chance() < 0.5 && [...name].length > 2 ? 1 : 0);
  const others = (bySound.get(soundOfChar.get([...name][at] ?? '') ?? '') ?? []).filter(
    (it) => it !== [...name][at],
  );
  return others.length === 0 ? name : replaceAt(name, at, pick(chance, others));
}

/** A character read as one that looks like it, else as any. */
export function misread(chance: Chance, name: string): string {
  const at = [...name].length - 1 - (chance() < 0.5 && [...name].length > 2 ? 1 : 0);
  return replaceAt(name, at, looks.get([...name][at] ?? '') ?? pick(chance, CHARS));
}

const WRITTEN_AS: Readonly<Record<string, string>> = {
  傅: '付',
  萧: '肖',
  阎: '闫',
  戴: '代',
  蓝: '兰',
  付: '傅',
  肖: '萧',
  闫: '阎',
  代: '戴',
};
export const otherSurname = (name: string): string =>
  replaceAt(name, 0, WRITTEN_AS[[...name][0] ?? ''] ?? ([...name][0] as string));
export const hasOtherSurname = (name: string): boolean => ([...name][0] ?? '') in WRITTEN_AS;

/** A character the keyboard did not have. */
export function hidden(chance: Chance, name: string): string {
  const at = 1 + Math.floor(chance() * ([...name].length - 1));
  return replaceAt(
    name,
    at,
    pick(chance, ['?', '*', '□', (soundOfChar.get([...name][at] ?? '') ?? 'x').toLowerCase()]),
  );
}
export const swapped = (name: string): string =>
  [...name].length === 3 ? `${name[0]}${name[2]}${name[1]}` : name;
