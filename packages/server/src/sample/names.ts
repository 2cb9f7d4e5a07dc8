import type { Random } from '@fangang/solver/random.ts';
import { one, weighted } from './chance.ts';

/** Surnames by rough frequency in the municipality; 谭 冉 向 田 秦 are commoner along the Wu and the gorges than elsewhere. */
const SURNAMES: readonly (readonly [string, number])[] = [
  ['李', 70],
  ['王', 62],
  ['张', 60],
  ['刘', 55],
  ['陈', 58],
  ['杨', 48],
  ['周', 34],
  ['黄', 32],
  ['谭', 36],
  ['冉', 34],
  ['向', 30],
  ['田', 24],
  ['秦', 24],
  ['罗', 24],
  ['何', 22],
  ['唐', 20],
  ['郑', 15],
  ['吴', 20],
  ['徐', 17],
  ['胡', 18],
  ['蒋', 15],
  ['赵', 18],
  ['熊', 15],
  ['袁', 14],
  ['彭', 16],
  ['邓', 16],
  ['曾', 13],
  ['冯', 12],
  ['余', 13],
  ['程', 10],
  ['邹', 10],
  ['龙', 10],
  ['石', 10],
  ['付', 9],
  ['文', 9],
  ['江', 9],
  ['庞', 5],
  ['汪', 8],
  ['张', 6],
  ['代', 8],
  ['牟', 9],
  ['马', 9],
  ['姚', 8],
  ['任', 8],
  ['廖', 10],
  ['简', 4],
  ['古', 4],
  ['白', 5],
  ['易', 6],
  ['隆', 3],
  ['敖', 4],
  ['游', 6],
  ['卢', 7],
  ['钟', 8],
  ['崔', 4],
  ['贺', 5],
  ['万', 6],
  ['晏', 3],
  ['郎', 3],
  ['湛', 2],
  ['瞿', 3],
  ['吕', 5],
  ['沈', 5],
  ['傅', 4],
  ['夏', 5],
  ['严', 4],
  ['殷', 3],
  ['蹇', 2],
  ['粟', 2],
];

const MALE = [
  ...'伟强军勇斌波涛林辉平华明刚建兵云飞海龙江川山松柏洪泽光荣国庆胜利永忠孝义礼贵富春生文武成友德才志远鹏杰浩亮凯超',
];
const FEMALE = [...'芳兰英梅秀玉珍琴群蓉燕霞丽娟红艳萍玲敏静雪菊翠碧素淑云凤琼莲香桂芬惠莉倩娅蕾婷月竹仙容'];
const MIDDLE = [...'天世正大光明祖开家国永德昌兴宗代朝廷继安显定应成泽仁小晓春中新长学'];

/** A name as given to people born between 1956 and 2004 in the countryside; belongs to nobody in particular. */
export function personName(
  random: Random,
  gender: 'male' | 'female',
  surname: string = familyName(random),
): string {
  const last = one(random, gender === 'male' ? MALE : FEMALE);
  if (random() < 0.16) return surname + last;
  const middle = random() < 0.62 ? one(random, MIDDLE) : one(random, gender === 'male' ? MALE : FEMALE);
  return surname + middle + last;
}

export function familyName(random: Random): string {
  return weighted(random, SURNAMES);
}

const FIRM_FIRST = [...'云岭禾青澜渡松江朗锦瑞星禹衡川屿岚泓沐森骏启晟宸谷原'];
const FIRM_SECOND = [...'岭川野禾屿澄原桥舟渡峰汀苇杉隅湾麓坪溪畔'];

/** A firm that nobody has registered, as far as the closing mark tells: 「云岭电子（样例）」. */
export function firmName(random: Random, industry: string, taken: Set<string>): string {
  for (;;) {
    const name = `${one(random, FIRM_FIRST)}${one(random, FIRM_SECOND)}${industry}（样例）`;
    if (name[0] === name[1] || taken.has(name)) continue;
    taken.add(name);
    return name;
  }
}
