import { checkDigitOf } from '@fangang/domain/people/id-number.ts';
import exceljs from 'exceljs';
import iconv from 'iconv-lite';
import { type OldCell, writeXls } from './roster-samples-xls.ts';

/** Area 500299 was never given out, so these numbers belong to nobody. `order` odd = man, even = woman. */
export function fictionalId(birthDate: string, order: number): string {
  const first17 = `500299${birthDate.replaceAll('-', '')}${String(order).padStart(3, '0')}`;
  return first17 + checkDigitOf(first17);
}

/** 15 digits as before 1999. */
function fictionalOldId(birthDate: string, order: number): string {
  return `512399${birthDate.slice(2).replaceAll('-', '')}${String(order).padStart(3, '0')}`;
}

/** The same number with a check digit that does not fit. */
function otherCheckDigit(idNumber: string): string {
  return idNumber.slice(0, 17) + (idNumber.endsWith('1') ? '2' : '1');
}

function phone(n: number): string {
  return `1990000${String(n).padStart(4, '0')}`;
}

type Line = Readonly<Record<string, string | number>>;

/** A line from `header=value` words over the values that many lines share. */
function line(shared: Line, words: string, numbers: Line = {}): Line {
  const said = words.split(' ').filter((it) => it !== '');
  const own = Object.fromEntries(
    said.map((it) => [it.slice(0, it.indexOf('=')), it.slice(it.indexOf('=') + 1)]),
  );
  return { ...shared, ...own, ...numbers };
}

function laid(headers: readonly string[], lines: readonly Line[]): (string | number)[][] {
  return lines.map((it) => headers.map((header) => it[header] ?? ''));
}

const MEMBER_HEADERS = `
  省 市 县 乡 村 户编号 人口编号 姓名 性别 出生日期 证件类型 证件号码 民族 户联系电话 成员联系电话 年度 与户主关系 文化程度
  在校生状况 劳动技能 务工时间（月） 健康状况 政治面貌 务工企业名称 是否享受低保 是否参加城镇职工基本养老保险
  是否参加大病保险 是否参加新型农村合作医疗（城乡居民基本医疗保险） 是否参加城乡居民基本养老保险 失学或辍学原因
  是否会讲普通话 是否参加商业补充医疗保险 是否国外务工 产业分类 是否接受大病医疗救助 是否接受其他健康扶贫
  公益性岗位类型 公益性岗位(月数) 就业渠道 残疾类别 务工所在地 户主姓名 户主证件号码 是否参加城镇职工基本医疗保险
  是否特困供养人员 残疾证办证年度 识别标准`
  .trim()
  .split(/\s+/);

function memberLines(): Line[] {
  const head = fictionalId('1971-03-05', 11);
  const lingshan = line(
    {},
    `省=重庆市 市=市辖区 县=武隆区 乡=白马镇 村=灵山村 年度=2021 户编号=5002990001 户联系电话=${phone(1)} 户主姓名=谭秋实 户主证件号码=${head}`,
  );
  const baoyan = { ...lingshan, 村: '豹岩村', 户主姓名: '', 户主证件号码: '' };
  const tan = line(
    lingshan,
    `姓名=谭秋实 性别=男 出生日期=19710305 证件号码=${head} 民族=汉族 成员联系电话=${phone(18)} 与户主关系=户主 文化程度=初中 务工企业名称=样例鞋业二厂 务工所在地=浙江省温州市鹿城区`,
  );
  return [
    tan,
    line(
      lingshan,
      `姓名=冉小禾 性别=女 证件号码=${fictionalId('1974-08-21', 22)}43 成员联系电话=${phone(19)} 与户主关系=配偶 残疾类别=肢体残疾 务工所在地=广东省广州市白云区`,
    ),
    line(
      lingshan,
      `姓名=谭麦穗 性别=女 证件号码=${otherCheckDigit(fictionalId('1996-02-03', 24))} 成员联系电话=${phone(20)} 与户主关系=之女 务工所在地=广东省广州市白云区`,
    ),
    line(lingshan, `姓名=谭小桂 性别=男 证件号码=${fictionalId('2011-06-01', 13)} 与户主关系=之孙子`),
    line(
      baoyan,
      `户编号=5002990002 姓名=向明溪 性别=女 证件号码=${fictionalId('1982-11-30', 26)} 户联系电话=${phone(2)} 与户主关系=户主 务工所在地=重庆市渝北区`,
    ),
    line(
      baoyan,
      `户编号=5002990003 姓名=罗青禾 性别=男 证件号码=${fictionalId('1990-01-15', 15)} 户联系电话=${phone(3)} 成员联系电话=${phone(21)} 与户主关系=户主 务工所在地=广东省`,
    ),
    tan,
    line(
      baoyan,
      `户编号=5002990004 姓名=何望山 性别=男 证件号码=5.00299E+17 成员联系电话=${phone(22)} 与户主关系=户主`,
    ),
    line({}, '省=合计 姓名=8'),
  ];
}

/** Members of households as the national system exports them: GBK, long numbers wrapped as formulas. */
export async function memberCsv(): Promise<Buffer> {
  const rows = [MEMBER_HEADERS, ...laid(MEMBER_HEADERS, memberLines())];
  const wrap = (text: string) => (/^\d{10,}X?$/.test(text) ? `="${text}"` : text);
  return iconv.encode(
    `${rows.map((row) => row.map((it) => wrap(String(it))).join(',')).join('\r\n')}\r\n`,
    'gbk',
  );
}

const MONTHLY_HEADERS = `
  县 乡 行政村 户编号 姓名 证件号码 户类型 监测对象类别 是否已务工 务工所在县 务工月收入 务工企业名称 所属行业 就业渠道
  是否点对点输送 年度交通费补助`
  .trim()
  .split(/\s+/);

function monthlyLines(): Line[] {
  const home = line(
    {},
    '县=武隆区 乡=白马镇 行政村=灵山村 户类型=脱贫户 是否已务工=是 务工所在县=温州市鹿城区 务工企业名称=样例鞋业二厂 是否点对点输送=是',
  );
  return [
    line(home, `户编号=1 姓名=谭秋实 证件号码=${fictionalId('1971-03-05', 31)}`, { 务工月收入: 4500 }),
    line(home, `户编号=2 姓名=周麦穗 证件号码=${fictionalId('1988-04-09', 32).slice(0, 17)}`, {
      务工月收入: 4200,
    }),
    line(home, `户编号=3 姓名=向明溪 证件号码=${fictionalId('1979-10-12', 34)} 行政村=文风村`, {
      务工月收入: 3900,
    }),
    line(home, `户编号=4 姓名=蒲云开2 证件号码=${fictionalId('1993-07-07', 35)} 务工月收入=5000-6000`),
    line(
      home,
      `户编号=5 姓名=罗青禾 证件号码=${fictionalId('1985-05-05', 37)} 务工企业名称=样例五金厂 务工月收入=三千多`,
    ),
    line(home, `户编号=5 姓名=罗青禾 证件号码=${fictionalId('1985-05-05', 37)} 务工企业名称=样例皮具城`, {
      务工月收入: 3000,
    }),
    line(
      home,
      `户编号=6 姓名=阿依古丽·买买提 证件号码=${fictionalId('1991-12-01', 38)} 户类型=一般户 监测对象类别=突发严重困难户 是否点对点输送=看情况 务工月收入=三千多`,
    ),
  ];
}

/** The monthly list of those at work elsewhere: two title rows, a total and signatures below. */
export async function monthlyXlsx(): Promise<Buffer> {
  const book = new exceljs.Workbook();
  const sheet = book.addWorksheet('Sheet1');
  sheet.addRow(['（务工月监测）已外出务工信息']);
  sheet.mergeCells(1, 1, 1, MONTHLY_HEADERS.length);
  sheet.addRow(['导出单位：武隆区', '', '', '', '导出日期：2022-02-10']);
  sheet.addRow(MONTHLY_HEADERS);
  for (const row of laid(MONTHLY_HEADERS, monthlyLines())) sheet.addRow(row);
  sheet.addRow(['合计', '', '', '', 7]);
  sheet.addRow([]);
  sheet.addRow(['填表人：冉经办', '', '', '审核人：向主任', '', '填表日期：2022年2月10日']);
  return Buffer.from(await book.xlsx.writeBuffer());
}

function fullWidth(text: string): string {
  return text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
}

const TOWN_HEADERS = [
  '序号|姓名|身份证号码（18位）|联系电话||家庭住址||拟去何处|||务工单位|走的日子|出行方式|是否需要轮椅|备注',
  '|||本人|家庭|乡镇|村（社区）|省|市|县（区）|||||',
];

function townRows(): string[] {
  const wenzhou = '浙江省|温州市|鹿城区|样例鞋业二厂';
  const guangzhou = '广东省|广州市|白云区|样例皮具城';
  return [
    `谭 秋 实|${fullWidth(fictionalId('1971-03-05', 41))}|${fullWidth(phone(41))}|${phone(1)}|白马镇|灵山村|${wenzhou}|2/13|专车||`,
    `蒲云开|${fictionalId('1986-09-19', 43)}|${phone(42)}||白马镇|豹岩村|${wenzhou}|正月十三|包车|否|`,
    `周麦穗|${fictionalId('1994-04-04', 44)}|${phone(43)}||白马镇|灵山村|${guangzhou}|2月13日|火车||与蒲云开同行`,
    `冉小禾|${fictionalId('1974-08-21', 46)}|1990000057||白马镇|三溪村|${wenzhou}|2/14|专车|是|`,
    `田阿桂| ${fictionalId('1969-01-31', 48)} |+86 ${phone(45)}|${phone(2)}|白马镇|铁佛村|${wenzhou}|十三|自驾||`,
    `罗青禾|${fictionalId('1985-05-05', 49)}|${phone(46)}||白马镇|杨柳村|${guangzhou}|2/9|自行购票||`,
    `何望山|${fictionalId('1977-02-28', 51)}|${phone(46)}||白马镇|杨柳村|${guangzhou}|2/13–15|坐船|是|`,
    `文初晴|${fictionalId('1998-12-12', 52)}|${phone(47)}||白马镇|灵山村|浙江省||鹿城|样例鞋业二厂|2/14|专车||`,
    `代守田||${phone(48)}||白马镇|文凤村|${wenzhou}|待定|专车||`,
  ];
}

/** A town's own ledger: an instruction sheet first, a header of two merged rows, empty numbered rows below. */
export async function townXlsx(): Promise<Buffer> {
  const book = new exceljs.Workbook();
  book.addWorksheet('填表说明').addRow(['请各村于正月十一前报送，姓名、身份证号码必填']);
  const sheet = book.addWorksheet('汇总');
  sheet.addRow(['白马镇2022年春季返岗人员台账（第三版）']);
  sheet.mergeCells('A1:O1');
  sheet.addRow(['填报单位：白马镇社保平台', '', '', '', '', '', '填报日期：2022年2月10日']);
  for (const header of TOWN_HEADERS) sheet.addRow(header.split('|'));
  sheet.mergeCells('D3:E3');
  sheet.mergeCells('F3:G3');
  sheet.mergeCells('H3:J3');
  for (const letter of ['A', 'B', 'C', 'K', 'L', 'M', 'N', 'O']) sheet.mergeCells(`${letter}3:${letter}4`);
  townRows().forEach((row, i) => {
    sheet.addRow([i + 1, ...row.split('|')]);
  });
  for (let i = 10; i <= 25; i += 1) sheet.addRow([i]);
  return Buffer.from(await book.xlsx.writeBuffer());
}

const EMPLOYER_HEADERS = `
  序号 身份证号码 姓名 民族 文化程度 婚姻状况 政治面貌 专业职称或技术等级 户口性质 户籍省份 户籍市县 现住地址 邮政编码
  联系电话 就业前所属群体 就业形式 合同状态 合同类型 合同始期（年-月-日） 合同终期（年-月-日） 月收入（元） 合同终止原因
  工种（岗位）`
  .trim()
  .split(/\s+/);

function employerLines(): Line[] {
  const home = line(
    {},
    '民族=汉 文化程度=初中 户籍省份=重庆 户籍市县=武隆区 现住地址=白马镇灵山村 工种（岗位）=缝纫工',
  );
  const of = (order: number, words: string, income: string | number, numbers: Line = {}) =>
    line(home, words, {
      序号: order,
      '月收入（元）': income,
      联系电话: Number(phone(60 + order)),
      ...numbers,
    });
  return [
    of(1, `身份证号码=${fictionalOldId('1962-05-12', 4)} 姓名=谭秋实`, 4500),
    of(2, `身份证号码=${fictionalOldId('1970-11-02', 7)} 姓名=蒲云开（已返）`, 4200),
    of(3, '姓名=周麦穗', 3900, { 身份证号码: Number(fictionalOldId('1968-02-20', 8)) }),
    of(4, `身份证号码=${fictionalId('1988-08-08', 61)} 姓名=向明溪 民族=土家族`, '5千', {
      联系电话: `${phone(64)}/${phone(65)}`,
    }),
    of(5, `身份证号码=${fictionalOldId('1971-13-02', 9)} 姓名=罗青禾`, 4000),
    of(6, `身份证号码=${fictionalId('1992-03-14', 62)} 姓名=田阿桂`, 4000, { 联系电话: '72220000' }),
  ];
}

/** An employer's form in old Excel: a second sheet for printing, formulas that leave zeros below. */
export async function employerXls(): Promise<Buffer> {
  const zeros: OldCell[] = EMPLOYER_HEADERS.map((_, i) => (i === 0 ? null : { formula: 0 }));
  const rows = laid(EMPLOYER_HEADERS, employerLines()).map((row): OldCell[] =>
    row.map((it) => (it === '' ? null : it)),
  );
  const printed = [0, 2, 1, 3, 4, 8, 10, 13, 15, 22];
  const choose = (row: readonly OldCell[]) => printed.map((i) => row[i] ?? null);
  const title = '用人单位招用人员备案花名册';
  return writeXls([
    { name: '录入表', rows: [[`${title}（录入表）`], EMPLOYER_HEADERS, ...rows, zeros, zeros, zeros] },
    { name: '花名册', rows: [[title], choose(EMPLOYER_HEADERS), ...rows.map(choose)] },
  ]);
}

const LEDGER_HEADERS = `
  序号 行政区划代码 县（市） 街道（乡镇） 社区（村） 姓名 身份证号码 就业失业登记证号 性别 年龄 出生日期 民族 政治面貌 学历
  户口性质 婚姻状况 联系电话 是否参加技能培训 培训类型 培训项目 是否获得国家职业资格证书 职业资格等级 已享受就业服务
  就业单位 主要从事工种 从事产业类型 就业时间 就业地点 外出省份 年收入（万元） 就业形式 人员身份 失业时间 失业原因
  困难群体情况 就业工种意向 就业产业意向 工资收入意向 就业区域意向 就业形式意向 就业服务需求 培训意向需求
  城镇职工养老保险 城镇居民养老保险 新农保 城镇职工医疗保险 城镇居民医疗保险 失业保险 工伤保险 新农合`
  .trim()
  .split(/\s+/);

function ledgerLines(): Line[] {
  const home = line(
    {},
    '县（市）=武隆区 街道（乡镇）=白马镇 社区（村）=铁佛村 民族=汉族 就业地点=广东省东莞市 外出省份=广东 就业单位=样例五金厂 就业区域意向=省外',
  );
  const of = (order: number, age: number, words: string, numbers: Line = {}) =>
    line(home, words, { 序号: order, 年龄: age, ...numbers });
  const damaged = (idNumber: string) => `${idNumber.slice(0, 15)}000`;
  return [
    of(1, 50, `姓名=谭秋实 身份证号码=${fictionalId('1971-03-05', 71)} 性别=男`, {
      联系电话: Number(phone(71)),
      '年收入（万元）': 3.6,
    }),
    of(2, 35, '姓名=蒲云开 性别=男', {
      身份证号码: Number(damaged(fictionalId('1986-09-19', 73))),
      联系电话: Number(phone(72)),
      '年收入（万元）': 4.2,
    }),
    of(
      3,
      27,
      `姓名=周麦穗 身份证号码=${damaged(fictionalId('1994-04-04', 74))} 性别=女 联系电话=${phone(73)}`,
      { '年收入（万元）': 3 },
    ),
    of(
      4,
      30,
      `姓名=冉小禾 身份证号码=${fictionalId('1974-08-21', 76)} 性别=男 联系电话=${phone(74)} 困难群体情况=就业困难人员`,
      { '年收入（万元）': 36000 },
    ),
    of(5, 53, `姓名=田阿桂 性别=女 联系电话=${phone(75)}`),
    of(6, 44, `姓名=何 身份证号码=${fictionalId('1977-02-28', 77)} 性别=男`),
    of(7, 24, `姓名=文初晴 身份证号码=${fictionalId('1998-12-12', 78)} 性别=女 就业地点=`),
  ];
}

/** A county's ledger of fifty columns: a hidden sheet of codes first, ID numbers as damaged numbers, mixed units. */
export async function ledgerXlsx(): Promise<Buffer> {
  const book = new exceljs.Workbook();
  book.addWorksheet('代码表', { state: 'hidden' }).addRow(['姓名', '性别', '民族', '学历']);
  const sheet = book.addWorksheet('个人台账');
  sheet.addRow(LEDGER_HEADERS);
  for (const row of laid(LEDGER_HEADERS, ledgerLines())) sheet.addRow(row);
  return Buffer.from(await book.xlsx.writeBuffer());
}
