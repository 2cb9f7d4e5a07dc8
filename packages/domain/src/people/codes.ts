import type { Text } from '../basics/say.ts';

/** One entry of a standard's table. */
export interface StandardCode extends Text {
  readonly code: string;
}

const table = (lines: string): readonly StandardCode[] =>
  lines
    .trim()
    .split('\n')
    .map((line) => {
      const [code = '', zh = '', ...en] = line.trim().split(' ');
      return { code, zh, en: en.join(' ') };
    });

/** Gender. Source: GB/T 2261.1-2003. */
export const GENDER_CODE = { male: '1', female: '2', unsaid: '9' } as const;

/** Education. Source: GB/T 4658-2006, classes in two digits. */
export const EDUCATIONS = table(`
  10 研究生 Postgraduate
  20 大学本科 Bachelor
  30 大学专科 Junior college
  40 中等职业教育 Secondary vocational
  60 高中 Senior middle school
  70 初中 Junior middle school
  80 小学 Primary school
  90 其他 Other`);

/** Relation to the head of the household. Source: GB/T 4761-2008, classes. */
export const RELATIONS = table(`
  02 户主 Head
  10 配偶 Spouse
  20 子 Son
  30 女 Daughter
  40 孙辈 Grandchild
  50 父母 Parent
  60 祖父母 Grandparent
  70 兄弟姐妹 Sibling
  97 其他 Other`);

/** Nationalities of China. Source: GB/T 3304-1991, numeric codes and Roman spelling. */
export const NATIONS = table(`
  01 汉族 Han
  02 蒙古族 Mongol
  03 回族 Hui
  04 藏族 Zang
  05 维吾尔族 Uygur
  06 苗族 Miao
  07 彝族 Yi
  08 壮族 Zhuang
  09 布依族 Buyei
  10 朝鲜族 Chosen
  11 满族 Man
  12 侗族 Dong
  13 瑶族 Yao
  14 白族 Bai
  15 土家族 Tujia
  16 哈尼族 Hani
  17 哈萨克族 Kazak
  18 傣族 Dai
  19 黎族 Li
  20 傈僳族 Lisu
  21 佤族 Va
  22 畲族 She
  23 高山族 Gaoshan
  24 拉祜族 Lahu
  25 水族 Sui
  26 东乡族 Dongxiang
  27 纳西族 Naxi
  28 景颇族 Jingpo
  29 柯尔克孜族 Kirgiz
  30 土族 Tu
  31 达斡尔族 Daur
  32 仫佬族 Mulao
  33 羌族 Qiang
  34 布朗族 Blang
  35 撒拉族 Salar
  36 毛南族 Maonan
  37 仡佬族 Gelao
  38 锡伯族 Xibe
  39 阿昌族 Achang
  40 普米族 Pumi
  41 塔吉克族 Tajik
  42 怒族 Nu
  43 乌孜别克族 Uzbek
  44 俄罗斯族 Russ
  45 鄂温克族 Ewenki
  46 德昂族 Deang
  47 保安族 Bonan
  48 裕固族 Yugur
  49 京族 Gin
  50 塔塔尔族 Tatar
  51 独龙族 Derung
  52 鄂伦春族 Oroqen
  53 赫哲族 Hezhen
  54 门巴族 Monba
  55 珞巴族 Lhoba
  56 基诺族 Jino`);

/** Ways of saying an education that are not the standard's own, most telling first. */
const SAID_EDUCATION: readonly (readonly [RegExp, string])[] = [
  [/研究生|硕士|博士/, '10'],
  [/专科|大专|高职/, '30'],
  [/本科|学士|大学/, '20'],
  [/中专|职高|中职|技校|技工|职业高中|中等专业/, '40'],
  [/初中/, '70'],
  [/高中/, '60'],
  [/小学/, '80'],
  [/文盲|半文盲|不识字|未上学|无|其他|其它/, '90'],
];

const SAID_RELATION: readonly (readonly [RegExp, string])[] = [
  [/户主|本人/, '02'],
  [/配偶|妻|夫$|丈夫|老婆|爱人/, '10'],
  [/孙/, '40'],
  [/祖父|祖母|爷爷|奶奶|外公|外婆/, '60'],
  [/兄|弟|姐|妹/, '70'],
  [/媳|女婿/, '97'],
  [/子$|儿子/, '20'],
  [/女$|女儿/, '30'],
  [/父|母|爸|妈|岳|公公|婆婆/, '50'],
];

const find = (said: readonly (readonly [RegExp, string])[], text: string): string | undefined =>
  said.find(([like]) => like.test(text))?.[1];

/** The code of an education as rosters write it (初中毕业, 大专); undefined where it says none. */
export function educationCode(text: string): string | undefined {
  const said = text.trim();
  return EDUCATIONS.find((it) => it.zh === said || it.code === said)?.code ?? find(SAID_EDUCATION, said);
}

/** The code of a nationality, written with or without 族; undefined where it is none. */
export function nationCode(text: string): string | undefined {
  const said = text.trim();
  return NATIONS.find((it) => it.code === said || it.zh === said || it.zh === `${said}族`)?.code;
}

/** The code of a relation to the head of a household; undefined where it says none. */
export function relationCode(text: string): string | undefined {
  const said = text.trim();
  return RELATIONS.find((it) => it.zh === said || it.code === said)?.code ?? find(SAID_RELATION, said);
}
