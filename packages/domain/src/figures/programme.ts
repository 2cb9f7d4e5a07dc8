import { fill, type Language, type Text } from '../basics/say.ts';
import type { AreaCode, Role } from '../offices/schema.ts';
import type { FigureKey } from './schema.ts';

/** What the product counts for the systems it carries; each number is a query over the journal, as of one moment. */
export interface ProgrammeCounts {
  /** S1: on the books in Changshou. */
  readonly changshouRegistered: number;
  /** S3, S15: of the whole city. */
  readonly runs: number;
  readonly persons: number;
  /** S3: charters of Wulong to a gate in Yubei. */
  readonly wulongRuns: number;
  readonly wulongPersons: number;
  /** S4. */
  readonly packs: number;
  /** S9: Hechuan's reserved carriage: days used, days allotted; people by bus to Guangzhou on 8 February. */
  readonly hechuanRan: number;
  readonly hechuanAllotted: number;
  readonly hechuanBus: number;
  /** S10: people lifted out of poverty who boarded, and Fengdu's runs. */
  readonly fengduPersons: number;
  readonly fengduRuns: number;
}

/** How a counted number stands to the published one. */
export type Check = 'agrees' | 'fewer' | 'more' | 'underWay' | 'notBuilt';

/** A number as the sources publish it. */
export interface PublishedNumber {
  readonly kind: 'exactly' | 'about' | 'over';
  readonly n: number;
  /** Of *about*: the last place that is said; 16,900 stands for 16,850 to 16,949 by hundreds. */
  readonly place?: number;
}

/**
 * Holds a count against a published number: *exactly* must be equal, *about* agrees within half of its last place, cut or rounded,
 * *over* agrees up to the next full step of its place.
 */
export function checkOf(published: PublishedNumber, counted: number): 'agrees' | 'fewer' | 'more' {
  const { kind, n, place = 1 } = published;
  const [least, most] =
    kind === 'exactly' ? [n, n] : kind === 'about' ? [n - place / 2, n + place - 1] : [n + 1, n + place];
  if (counted < least) return 'fewer';
  return counted > most ? 'more' : 'agrees';
}

/** Several numbers of one system: the first that disagrees speaks. */
function allOf(pairs: readonly (readonly [PublishedNumber, number])[]): Check {
  return (
    pairs.map(([published, counted]) => checkOf(published, counted)).find((it) => it !== 'agrees') ?? 'agrees'
  );
}

/** Where "do it yourself" leads: through whose door of the sample, to which page. */
export interface TryIt {
  readonly role: Role;
  readonly page: 'import' | 'planning' | 'door' | 'figures';
  readonly word: Text;
}

interface Counting {
  readonly counted: Text;
  readonly facts: (counts: ProgrammeCounts) => Readonly<Record<string, number>>;
  readonly check: (counts: ProgrammeCounts) => Check;
  /** Rows behind the number. */
  readonly rows: {
    readonly key: FigureKey;
    readonly district: AreaCode | null;
    readonly n: (counts: ProgrammeCounts) => number;
  };
  readonly tryIt: TryIt;
}

/** One of the sixteen systems of the reference programme (Chongqing, February 2022). */
export interface System {
  readonly no: number;
  readonly title: Text;
  readonly where: Text;
  readonly published: Text;
  /** Null where the product has no room for it yet, which is said plainly. */
  readonly counting: Counting | null;
}

const CITY_WIDE: Text = { zh: '全市', en: 'City-wide' };
export const CHANGSHOU = '500115000000';
export const WULONG = '500156000000';
export const YUBEI_COUNTY = '500112';
export const HECHUAN = '500117000000';
export const FENGDU = '500230000000';
/** First digits of the counties of Guangzhou. */
export const GUANGZHOU = '4401';
/** The day of Hechuan's first group by charter bus. */
export const HECHUAN_BUS_DAY = '2022-02-08';

const PLAN: TryIt = { role: 'dispatcher', page: 'planning', word: { zh: '排一趟车', en: 'Plan one' } };

export const SYSTEMS: readonly System[] = [
  {
    no: 1,
    title: { zh: '摸清底数、需求清单', en: 'Survey and demand list' },
    where: { zh: '长寿等', en: 'Changshou' },
    published: { zh: '长寿登记约 1.1 万人', en: 'about 11,000 registered' },
    counting: {
      counted: { zh: '{n} 人在册', en: '{n} people on the books' },
      facts: (it) => ({ n: it.changshouRegistered }),
      check: (it) => checkOf({ kind: 'about', n: 11_000, place: 1000 }, it.changshouRegistered),
      rows: { key: 'registered', district: CHANGSHOU, n: (it) => it.changshouRegistered },
      tryIt: { role: 'townOfficer', page: 'import', word: { zh: '登记一户', en: 'Register' } },
    },
  },
  {
    no: 2,
    title: { zh: '劳务协作、供需对接', en: 'Labor cooperation' },
    where: CITY_WIDE,
    published: { zh: '鲁渝、川渝、一区两群', en: 'three partnerships' },
    counting: null,
  },
  {
    no: 3,
    title: { zh: '点对点专车、专列', en: 'Point-to-point transport' },
    where: CITY_WIDE,
    published: { zh: '358 趟，约 1.69 万人', en: '358 runs, about 16,900' },
    counting: {
      counted: {
        zh: '{runs} 趟，{n} 人',
        en: '{runs} runs, {n} people',
      },
      facts: (it) => ({ runs: it.runs, n: it.persons }),
      check: (it) =>
        allOf([
          [{ kind: 'exactly', n: 358 }, it.runs],
          [{ kind: 'about', n: 16_900, place: 100 }, it.persons],
        ]),
      rows: { key: 'runs', district: null, n: (it) => it.runs },
      tryIt: PLAN,
    },
  },
  {
    no: 4,
    title: { zh: '返岗爱心礼包', en: 'Gift pack' },
    where: CITY_WIDE,
    published: { zh: '每人一份', en: 'one per traveller' },
    counting: {
      counted: { zh: '{n} 份，{persons} 人上车', en: '{n} packs, {persons} boarded' },
      facts: (it) => ({ n: it.packs, persons: it.persons }),
      check: (it) => checkOf({ kind: 'exactly', n: it.persons }, it.packs),
      rows: { key: 'packs', district: null, n: (it) => it.packs },
      tryIt: { role: 'escort', page: 'door', word: { zh: '发一份', en: 'Hand out' } },
    },
  },
  {
    no: 5,
    title: { zh: '春风行动招聘会', en: 'Spring Breeze fairs' },
    where: CITY_WIDE,
    published: { zh: '场次未公布', en: 'number not published' },
    counting: null,
  },
  {
    no: 6,
    title: { zh: '铲雪护航', en: 'Snow cleared for trips' },
    where: { zh: '巫溪通城', en: 'Wuxi' },
    published: { zh: '外出 5,000 人，1.5 亿元', en: '5,000 away, 150 m yuan' },
    counting: null,
  },
  {
    no: 7,
    title: { zh: '残疾人就业专车', en: 'Bus to work, disabled' },
    where: { zh: '黔江', en: 'Qianjiang' },
    published: { zh: '两批，相隔一周', en: 'two batches, a week apart' },
    counting: null,
  },
  {
    no: 8,
    title: { zh: '储备人力、人员台账', en: 'Reserve of workers' },
    where: { zh: '九龙坡', en: 'Jiulongpo' },
    published: { zh: '储备 2,000 余，输送 300 余', en: '2,000 held, 300 delivered' },
    counting: null,
  },
  {
    no: 9,
    title: { zh: '预留车厢、预留票源', en: 'Reserved rail seats' },
    where: { zh: '合川', en: 'Hechuan' },
    published: { zh: '50 人；17 天每天一节', en: '50; a carriage on 17 days' },
    counting: {
      counted: { zh: '{bus} 人；已开 {n} 节，共 {all}', en: '{bus}; {n} of {all} carriages ran' },
      facts: (it) => ({ bus: it.hechuanBus, n: it.hechuanRan, all: it.hechuanAllotted }),
      check: (it) => {
        const said = allOf([
          [{ kind: 'exactly', n: 50 }, it.hechuanBus],
          [{ kind: 'exactly', n: 17 }, it.hechuanAllotted],
        ]);
        return said === 'agrees' && it.hechuanRan < it.hechuanAllotted ? 'underWay' : said;
      },
      rows: { key: 'carriageDays', district: HECHUAN, n: (it) => it.hechuanRan },
      tryIt: { role: 'dispatcher', page: 'planning', word: { zh: '占一节', en: 'Reserve' } },
    },
  },
  {
    no: 10,
    title: { zh: '有序上车、一站直达', en: 'Orderly, non-stop buses' },
    where: { zh: '丰都', en: 'Fengdu' },
    published: { zh: '脱贫群众 700 余人', en: 'over 700 people' },
    counting: {
      counted: { zh: '{n} 人，{runs} 趟', en: '{n} people, {runs} runs' },
      facts: (it) => ({ n: it.fengduPersons, runs: it.fengduRuns }),
      check: (it) => checkOf({ kind: 'over', n: 700, place: 100 }, it.fengduPersons),
      rows: { key: 'persons', district: FENGDU, n: (it) => it.fengduPersons },
      tryIt: { role: 'escort', page: 'door', word: { zh: '检一人', en: 'Check in' } },
    },
  },
  {
    no: 11,
    title: { zh: '专车进厂参观', en: 'Buses into factories' },
    where: { zh: '潼南', en: 'Tongnan' },
    published: { zh: '13 家，1,500 余岗，200 余份', en: '13 firms, 200 agreements' },
    counting: null,
  },
  {
    no: 12,
    title: { zh: '送岗进院坝', en: 'Posts to the courtyard' },
    where: { zh: '江津', en: 'Jiangjin' },
    published: { zh: '首场，后续多镇', en: 'first of a series' },
    counting: null,
  },
  {
    no: 13,
    title: { zh: '网络直播招聘会', en: 'Live-stream fair' },
    where: { zh: '长寿', en: 'Changshou' },
    published: { zh: '9 家，2.1 万人次观看', en: '9 firms, 21,000 views' },
    counting: null,
  },
  {
    no: 14,
    title: { zh: '短信、微信群、专线', en: 'SMS, groups, hotline' },
    where: { zh: '忠县', en: 'Zhongxian' },
    published: { zh: '短信 60 万条，群 3,100 个', en: '600,000 SMS, 3,100 groups' },
    counting: null,
  },
  {
    no: 15,
    title: { zh: '数字与通报', en: 'Figures and bulletin' },
    where: { zh: '市局', en: 'Bureau' },
    published: { zh: '358 趟，约 1.69 万人', en: '358 runs, about 16,900' },
    counting: {
      counted: { zh: '{runs} 趟，{n} 人，按时点重算', en: '{runs} runs, {n} people' },
      facts: (it) => ({ runs: it.runs, n: it.persons }),
      check: (it) =>
        allOf([
          [{ kind: 'exactly', n: 358 }, it.runs],
          [{ kind: 'about', n: 16_900, place: 100 }, it.persons],
        ]),
      rows: { key: 'persons', district: null, n: (it) => it.persons },
      tryIt: { role: 'leader', page: 'figures', word: { zh: '出一期', en: 'Issue one' } },
    },
  },
  {
    no: 16,
    title: { zh: '留岗关怀、困难反馈', en: 'Care and difficulties' },
    where: CITY_WIDE,
    published: { zh: '有困难及时反馈', en: 'difficulties answered' },
    counting: null,
  },
];

/** One line of the programme's table in one language. */
export interface SystemLine {
  readonly no: number;
  readonly title: string;
  readonly where: string;
  readonly published: string;
  readonly built: boolean;
  /** Empty where the room is not built. */
  readonly counted: string;
  readonly check: Check;
  readonly rows: { readonly key: FigureKey; readonly district: AreaCode | null; readonly n: number } | null;
  readonly tryIt: { readonly role: Role; readonly page: TryIt['page']; readonly word: string } | null;
}

/** The sixteen rows S1–S16: what was published, what the product counts, how the two stand. */
export function systemLines(counts: ProgrammeCounts, language: Language): SystemLine[] {
  return SYSTEMS.map(({ no, title, where, published, counting }) => {
    const head = { no, title: title[language], where: where[language], published: published[language] };
    if (!counting) return { ...head, built: false, counted: '', check: 'notBuilt', rows: null, tryIt: null };
    const { rows, tryIt } = counting;
    return {
      ...head,
      built: true,
      counted: fill(counting.counted, language, counting.facts(counts)),
      check: counting.check(counts),
      rows: { key: rows.key, district: rows.district, n: rows.n(counts) },
      tryIt: { role: tryIt.role, page: tryIt.page, word: tryIt.word[language] },
    };
  });
}
