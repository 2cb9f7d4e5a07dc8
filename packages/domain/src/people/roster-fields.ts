import { z } from 'zod';

/** What a column of a township's roster can mean to the registry and to a wish. */
export const RosterField = z.enum([
  'name',
  'idNumber',
  'phone',
  'phone2',
  'gender',
  'nation',
  'birth',
  'age',
  'education',
  'householdNo',
  'relation',
  'county',
  'town',
  'village',
  'address',
  'workplace',
  'employer',
  'gate',
  'jobType',
  'income',
  'laborAbility',
  'careGroup',
  'willing',
  'destination',
  'departDate',
  'departFrom',
  'departTo',
  'mode',
  'access',
  'companions',
  'remark',
  'pointToPoint',
]);
export type RosterField = z.infer<typeof RosterField>;

/** A table row of words, parted by spaces. */
function list(words: string): readonly string[] {
  return words.split(/\s+/);
}

interface Names {
  /** Headers as offices write them, best first; compared after `headerKey`. */
  readonly exact: readonly string[];
  /** Kin of them; weaker evidence. */
  readonly like?: RegExp;
}

/**
 * Headers of real rosters and the field each one means.
 *
 * Source: 13 header sets of county systems, national monitoring exports and employer forms, 2004–2024
 * (docs/adr/0006-reading-spreadsheets.md). 务工所在地 is last year's workplace; where a roster has no destination of
 * its own the mapping says so (`destinationIsWorkplace`).
 */
const FIELD_NAMES: Readonly<Record<RosterField, Names>> = {
  name: {
    exact:
      list(`姓名 人员姓名 家庭成员姓名 家庭成员名称 成员姓名 务工人员姓名 本人姓名 返岗人员姓名 劳动者姓名 客户名称 名字
      username name`),
    like: /^(?!.*(户主|联系人|负责人|经办|填报|填表|审核|法人|老板|同行|监护)).*姓名$/,
  },
  idNumber: {
    exact:
      list(`身份证号码 身份证号 公民身份号码 居民身份证号码 居民身份证号 身份证 证件号码 证件号 身份号码 身份证件号码
      成员身份证号 家庭成员身份证号码 本人身份证号 身份证号码18位 残疾证号 残疾人证号 idnumber idcard`),
    like: /^(?!.*(户主|联系人|监护|配偶|开户|银行|登记证|资格证|驾驶)).*(身份证|身份号码|证件号)/,
  },
  phone: { exact: [] },
  phone2: { exact: [] },
  gender: { exact: list('性别 姓别 男女 gender sex') },
  nation: { exact: list('民族 名族 族别') },
  birth: { exact: list('出生日期 出生年月 出生年月日 出生时间 生日') },
  age: { exact: list('年龄 年龄岁 周岁') },
  education: { exact: list('文化程度 学历 受教育程度 教育程度 文化水平 最高学历') },
  householdNo: { exact: list('户编号 户号编码 户号 家庭编号 户编码 户主编号 户口簿编号') },
  relation: { exact: list('与户主关系 与户主的关系 户主关系 家庭关系') },
  county: {
    exact: list('县市区旗 县 区县 县区 县市 县市区 户籍市县 区 所属区县 户籍区县 户籍县 区县自治县'),
  },
  town: {
    exact: list(
      '乡镇 镇街 街道乡镇 乡镇街道 镇乡街道 乡 镇 街道 镇街道 所属乡镇 乡镇名称 户籍乡镇 所在乡镇 镇乡',
    ),
  },
  village: {
    exact:
      list(`行政村 村社区 社区村 村居 村 社区 村组社区 村名 所属村名称 村居委会 行政村社区 所在村 村组 村社 户籍村
      村庄`),
  },
  address: {
    exact:
      list(`家庭住址 家庭地址 户籍地址 住址 地址 现住地址 现住址 现住地 居住地址 常住地址 详细地址 户籍所在地 户口所在地
      居住地 家庭详细地址`),
  },
  workplace: {
    exact:
      list(`务工所在地 务工所在县 务工地点 务工地 就业地点 务工地址 去年务工地 上年务工地 原务工地 现务工地 务工区域
      就业地 工作地点 务工所在市 务工所在省 务工省 务工市 务工县 外出地点 外出地 工作单位地址 务工企业地址 企业地址
      外出省份 务工省份`),
    like: /^(去年|上年|原|现|20\d\d年)?(务工|就业|工作|外出)(的)?(所在)?(地|地点|省|市|县|区|县区|区县)(县级)?$/,
  },
  employer: {
    exact:
      list(`务工企业名称 就业单位 工作单位 用工单位 务工单位 务工企业 用人单位 返岗企业 返岗单位 企业名称 单位名称
      就业单位名称 用工企业 工厂 厂名 公司 公司名称`),
    like: /^(拟去|返岗|去年|原|现)?(务工|就业|用工|返岗|工作)(企业|单位|公司|工厂)(名称)?$/,
  },
  gate: { exact: list('厂门 厂区 厂区门 下车点 到厂地点 厂区地址 送达厂区 下车地点') },
  jobType: {
    exact: list('主要从事工种 从事工种 工种岗位 工种 岗位 职业 从事岗位 务工岗位 工作岗位 职业工种'),
  },
  income: {
    exact: list(
      '年收入 月收入 务工月收入 外出务工月收入 务工年收入 务工收入 月工资 工资 务工总收入 收入 年工资',
    ),
  },
  laborAbility: { exact: list('劳动技能 劳动能力 劳动力类型 劳动力情况') },
  careGroup: {
    exact:
      list(`户类型 监测对象类别 监测对象类型 易返贫致贫户监测对象类型 易返贫致贫户类型 人员类别 人员类型 人员身份
      困难群体情况 重点群体 重点人群 人群类别 是否脱贫户 是否脱贫人口 是否监测对象 是否残疾人 残疾类别 是否退捕渔民
      是否就业困难人员 脱贫户 监测户 残疾人 退捕渔民 就业困难人员`),
  },
  willing: {
    exact:
      list(`是否打算外出就业 是否打算外出 是否计划务工 返岗意愿 外出意愿 是否返岗 是否有返岗意愿 是否愿意外出 是否愿意返岗
      是否计划外出 是否外出 是否外出务工 今年是否外出 是否拟外出务工 是否需要返岗 是否打算返岗 务工意愿 外出务工意愿`),
    like: /^(今年|节后)?(是否)(有|打算|计划|愿意|拟|准备|想|需要)*(外出|返岗|出去|务工|回厂)(务工|就业|复工|意愿)*$/,
  },
  destination: {
    exact:
      list(`拟去何处 目的地 返岗目的地 返岗地点 返岗地 到达地 计划务工所在县 计划务工地点 计划务工地 计划务工所在地
      拟务工地点 拟务工地 拟外出地点 拟去地点 拟去地 拟就业地点 务工目的地 前往地 前往地点 去往地 要去的地方
      今年务工地 目的地县区 目的地市县 到达地到县区 去向 务工去向 返岗去向 拟去省 拟去市 拟去县 目的地省 目的地市
      目的地县 目的省 目的市 目的县 到达省 到达市 到达县 就业区域意向`),
    like: /^(?!是否)(今年|节后|计划|拟|预计|打算|返岗)+(外出|务工|就业|返岗|返回|前往|去)*(的)?(所在)?(地|地点|目的地|省|市|县|区|县区|区县|去向)$/,
  },
  departDate: {
    exact:
      list(`出发日期 走的日期 走的日子 出发时间 返岗日期 返岗时间 计划返岗时间 计划出发时间 计划出发日期 拟返岗时间
      拟返岗日期 预计返岗时间 拟外出时间 预计外出时间 计划外出时间 外出日期 动身日期 启程日期 复工时间 乘车日期
      拟出发时间 拟出发日期`),
    like: /^(?!.*(返乡|累计|月))(计划|拟|预计|打算)*(何时)?(出发|返岗|启程|动身|外出|乘车|走)(的)?(时间|日期|日子)$/,
  },
  departFrom: {
    exact: list('最早出发日期 最早出发 最早可出发日期 出发日期起 最早日期 最早返岗时间'),
  },
  departTo: {
    exact: list('最晚出发日期 最迟出发日期 最晚出发 最迟出发 出发日期止 最晚日期 最迟返岗时间 最迟到岗日期'),
  },
  mode: {
    exact:
      list(`出行方式 返岗方式 外出方式 交通方式 乘车方式 拟乘交通工具 交通工具 返程方式 意向出行方式 出行意愿
      拟采取的出行方式 乘坐交通工具`),
  },
  access: {
    exact: list(
      '特殊需求 是否需要轮椅 轮椅 无障碍需求 是否轮椅 特殊照顾 需照顾情况 身体情况备注 出行特殊需求 是否行动不便',
    ),
  },
  companions: {
    exact: list('同行人 同行人员 同行人数 随行人员 同行家属 同行 同行人姓名 结伴人员'),
  },
  remark: { exact: list('备注 说明 备注说明 记事 其他 其他情况 其它') },
  pointToPoint: {
    exact: list(
      '是否点对点输送 点对点 点对点输送 是否点对点 是否参加点对点 是否需要点对点 是否需要专车 是否乘坐专车 是否需要包车',
    ),
  },
};

/** Headers that rosters carry and the product has no use for: they help to find the header row and are never guessed at. */
const OTHER_NAMES =
  list(`序号 编号 婚姻状况 政治面貌 户口性质 户主 户主姓名 户主证件号码 户主身份证号 户主身份证号码 证件类型 人编号
  人口编号 省 市 省市 数据日期 年度 自然村 组 村民小组 人数 家庭人口 在校生状况 在校生情况 健康状况 务工时间
  务工时间月 务工累计时间 致贫原因 行政区划代码 区域代码 所属支行 所属村编码 邮政编码 就业失业登记证号
  是否参加技能培训 培训类型 培训项目 是否获得国家职业资格证书 职业资格等级 已享受就业服务 从事产业类型 产业分类
  从事行业 所属行业 行业 就业时间 就业形式 就业渠道 失业时间 失业原因 就业工种意向 就业产业意向 工资收入意向
  就业形式意向 就业服务需求 培训意向需求 参加农村劳动力技能培训意向 城镇职工养老保险 城镇居民养老保险 新农保
  城镇职工医疗保险 城镇居民医疗保险 失业保险 工伤保险 新农合 参保情况 外出就业意向 打算返乡 外出务工时间 就业情况
  现有技术等级 是否参加过培训 参加过的培训 填报人 审核人 填报日期 危房户 是否解决安全饮用水 人均纯收入
  首次识别时间 人员识别时间 风险是否消除 风险识别时间 风险消除时间 是否参加大病保险 是否享受低保 是否已务工
  务工状况 务工情况 年度交通费补助 专业职称或技术等级 户籍省份 就业前所属群体 合同状态 合同类型 合同始期 合同终期
  合同终止原因 是否现役军人 预计返乡时间 返乡时间 识别标准 公益性岗位类型 是否国外务工 是否会讲普通话
  残疾证办证年度 是否特困供养人员 紧急联系人 联系人 座位号 车牌号 健康码 行程码 体温 疫苗 签名 签字 开户行
  银行卡号`);

const PHONE = /电话|手机|联系方式|联系号码|电话号码/;
const PHONE_NEVER = /企业|单位|公司|经办|填报|审核|负责人|村干部|帮扶|监管/;
const PHONE_OF_HOUSEHOLD = /户联系|户主|户电话|家庭(?!成员)|家属|紧急|联系人|备用|亲属|第二|其他/;
const PHONE_OF_SELF = /本人|成员|人联系|人员|手机|务工/;

/** Whose telephone a column holds: of the person, of the household or a contact, or not said. */
export type PhoneOwner = 'self' | 'household' | 'unsaid';

/** What a header alone says of its column. */
export interface HeaderMeaning {
  readonly field: RosterField;
  readonly strength: 'exact' | 'like';
  /** Place among the names of the field; 0 is the best. */
  readonly rank: number;
  readonly owner?: PhoneOwner;
}

/** Header as compared: half-width, small letters, no spaces, marks, numbering or punctuation; brackets kept as text. */
export function headerKey(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/必填项?|选填项?/g, '')
    .replace(/^[\d一二三四五六七八九十]+[.、)]/, '')
    .replace(/[\s\p{Cf}\p{P}\p{S}]/gu, '');
}

/** Header without what stands in brackets: units, examples, kinds (`年收入（万元）`, `县(市、区、旗)`). */
function bareKey(text: string): string {
  return headerKey(text.normalize('NFKC').replace(/[([【〔][^)\]】〕]*[)\]】〕]/g, ''));
}

const EXACT = new Map<string, { field: RosterField; rank: number }>();
for (const field of RosterField.options) {
  FIELD_NAMES[field].exact.forEach((name, rank) => {
    if (!EXACT.has(name)) EXACT.set(name, { field, rank });
  });
}
const OTHER = new Set(OTHER_NAMES);

/** What a header means by its words; undefined where they say nothing or something the product does not keep. */
export function meaningOf(header: string): HeaderMeaning | undefined {
  const keys = [headerKey(header), bareKey(header)];
  keys.push(...keys.map((key) => key.replace(/[\d一二]$/, '')));
  for (const key of keys) {
    const hit = EXACT.get(key);
    if (hit) return { field: hit.field, strength: 'exact', rank: hit.rank };
    if (OTHER.has(key)) return undefined;
    const phone = phoneMeaning(key);
    if (phone) return phone;
  }
  for (const key of keys) {
    for (const field of RosterField.options) {
      if (FIELD_NAMES[field].like?.test(key)) return { field, strength: 'like', rank: 99 };
    }
  }
  return undefined;
}

function phoneMeaning(key: string): HeaderMeaning | undefined {
  if (!PHONE.test(key) || PHONE_NEVER.test(key) || key.length > 12) return undefined;
  const owner = PHONE_OF_HOUSEHOLD.test(key) ? 'household' : PHONE_OF_SELF.test(key) ? 'self' : 'unsaid';
  return {
    field: 'phone',
    strength: 'exact',
    rank: owner === 'self' ? 0 : owner === 'unsaid' ? 1 : 2,
    owner,
  };
}

/** Is this the header of some column of some roster, used here or not? */
export function isKnownHeader(text: string): boolean {
  return meaningOf(text) !== undefined || isIgnoredHeader(text);
}

/** A header whose column is of no use and must not be guessed at by its content (`户主证件号码`). */
export function isIgnoredHeader(text: string): boolean {
  return (
    OTHER.has(headerKey(text)) || OTHER.has(bareKey(text)) || OTHER.has(bareKey(text).replace(/\d$/, ''))
  );
}

/** How an income column counts: fen for one unit of its figures, and over which time. */
export interface IncomeUnit {
  readonly fenPerUnit: number;
  readonly per: 'month' | 'year';
}

/** The unit an income header names; yuan a year where it names none. */
export function incomeUnitOf(header: string): IncomeUnit {
  const text = header.normalize('NFKC');
  return { fenPerUnit: text.includes('万') ? 1_000_000 : 100, per: /月/.test(text) ? 'month' : 'year' };
}

/** Province 1, city 2, county 3 for a column that holds one part of a place; undefined for a whole place. */
export function placePartOf(header: string): 1 | 2 | 3 | undefined {
  const key = bareKey(header);
  if (/省(份)?$/.test(key)) return 1;
  if (/市$/.test(key)) return 2;
  return /(?<![市区])[县区]$/.test(key) ? 3 : undefined;
}
