import type { Cell, RosterLine, RosterMapping } from '@fangang/domain/people/roster.ts';
import { describe, expect, it } from 'vitest';
import { columnLetter, type MappingChoice, mapColumns } from './column-mapping.ts';
import { fictionalId } from './roster-samples-files.ts';

const TODAY = '2022-02-11';

function cell(text: string): Cell {
  return { text, isNumber: false };
}

function mapped(
  headers: readonly string[],
  rows: readonly (readonly string[])[] = [],
  choice: MappingChoice = {},
): RosterMapping {
  const lines: RosterLine[] = rows.map((row, i) => ({ row: i + 2, cells: row.map(cell) }));
  const mapping = mapColumns(headers, lines, TODAY, choice);
  if (!mapping.ok) throw new Error(mapping.refusal.code);
  return mapping.value;
}

function fields(mapping: RosterMapping) {
  return Object.fromEntries(
    mapping.columns
      .filter((it) => it.field)
      .map((it) => [it.header, it.confidence === 'ask' ? `${it.field}?` : it.field]),
  );
}

describe('columns by their header', () => {
  it('are known through misspellings, brackets, units, marks and full-width forms', () => {
    expect(
      fields(
        mapped([
          '*姓 名（必填）',
          '身份证号码(18位)',
          '名族',
          '县(市、区、旗)',
          '乡(镇)',
          '社区（村）',
          '年收入（万元）',
          '联系电话：',
          'ＩＤ',
          '是否点对点输送',
        ]),
      ),
    ).toEqual({
      '*姓 名（必填）': 'name',
      '身份证号码(18位)': 'idNumber',
      名族: 'nation',
      '县(市、区、旗)': 'county',
      '乡(镇)': 'town',
      '社区（村）': 'village',
      '年收入（万元）': 'income',
      '联系电话：': 'phone',
      是否点对点输送: 'pointToPoint',
    });
  });

  it('of the national export of people lifted out of poverty are known', () => {
    const headers = [
      '序号',
      '数据日期',
      '县(市、区、旗)',
      '乡(镇)',
      '行政村',
      '自然村',
      '户编号',
      '人编号',
      '姓名',
      '证件号码',
      '人数',
      '与户主关系',
      '民族',
      '文化程度',
      '在校生状况',
      '健康状况',
      '劳动技能',
      '务工时间（月）',
      '户联系电话',
      '人联系电话',
      '户类型',
      '易返贫致贫户(监测对象)类型',
    ];
    expect(fields(mapped(headers))).toEqual({
      '县(市、区、旗)': 'county',
      '乡(镇)': 'town',
      行政村: 'village',
      户编号: 'householdNo',
      姓名: 'name',
      证件号码: 'idNumber',
      与户主关系: 'relation',
      民族: 'nation',
      文化程度: 'education',
      劳动技能: 'laborAbility',
      户联系电话: 'phone2',
      人联系电话: 'phone',
      户类型: 'careGroup',
      '易返贫致贫户(监测对象)类型': 'careGroup',
    });
  });

  it('of a plan to go are a wish, of a list of those who went a workplace', () => {
    expect(
      fields(
        mapped(['姓名', '证件号码', '是否计划务工', '计划务工所在县', '出发日期', '出行方式', '同行人']),
      ),
    ).toMatchObject({
      是否计划务工: 'willing',
      计划务工所在县: 'destination',
      出发日期: 'departDate',
      出行方式: 'mode',
      同行人: 'companions',
    });
    const went = mapped(
      ['客户名称', '证件号码', '联系方式', '户籍地址', '工作单位', '工作单位地址', '预计返乡时间'],
      [['谭', '1', '2', '3', '4', '5', '6']],
    );
    expect(fields(went)).toMatchObject({ 工作单位: 'employer', 工作单位地址: 'workplace' });
    expect(went.destinationIsWorkplace).toBe(true);
    expect(fields(went)).not.toHaveProperty('预计返乡时间');
  });

  it('of the head of the household are not those of the person', () => {
    expect(fields(mapped(['户主姓名', '户主证件号码', '姓名', '证件号码']))).toEqual({
      姓名: 'name',
      证件号码: 'idNumber',
    });
  });

  it('take the household telephone where there is no other, and say so', () => {
    const mapping = mapped(['姓名', '证件号码', '户联系电话']);
    expect(fields(mapping)).toMatchObject({ 户联系电话: 'phone' });
    expect(mapping.phoneIsHousehold).toBe(true);
  });

  it('join a place told in parts', () => {
    const mapping = mapped(['姓名', '证件号码', '拟去省', '拟去市', '拟去县']);
    expect(mapping.columns.filter((it) => it.field === 'destination').map((it) => it.letter)).toEqual([
      'C',
      'D',
      'E',
    ]);
  });
});

describe('columns by their content', () => {
  const ids = [1, 3, 5].map((n) => fictionalId('1980-05-06', n));

  it('are found where the header says nothing', () => {
    const mapping = mapped(
      ['姓名', '号码甲', '号码乙'],
      ids.map((id, i) => ['谭秋实', id, `1990000000${i}`]),
    );
    expect(fields(mapping)).toEqual({ 姓名: 'name', 号码甲: 'idNumber', 号码乙: 'phone' });
    expect(mapping.columns[1]).toMatchObject({ confidence: 'likely', basis: 'content' });
  });

  it('are asked about where header and content disagree', () => {
    const mapping = mapped(
      ['姓名', '身份证号', '电话'],
      ids.map((id, i) => ['谭秋实', `1990000000${i}`, id]),
    );
    expect(fields(mapping)).toEqual({ 姓名: 'name', 身份证号: 'idNumber?', 电话: 'phone?' });
  });

  it('make an address of villages the village', () => {
    const mapping = mapped(
      ['姓名', '身份证号', '家庭住址'],
      ids.map((id) => ['谭秋实', id, '灵山村']),
    );
    expect(fields(mapping)).toMatchObject({ 家庭住址: 'village' });
    expect(
      fields(
        mapped(
          ['姓名', '身份证号', '家庭住址'],
          ids.map((id) => ['谭秋实', id, '白马镇灵山村']),
        ),
      ),
    ).toMatchObject({ 家庭住址: 'address' });
  });

  it('never take the number of the head of the household', () => {
    expect(
      fields(
        mapped(
          ['姓名', '户主证件号码'],
          ids.map((id) => ['谭秋实', id]),
        ),
      ),
    ).toEqual({ 姓名: 'name' });
  });
});

describe('a choice of columns', () => {
  it('wins over header and content, by letter or by header', () => {
    const mapping = mapped(['姓名', '曾用名', '身份证号'], [], { B: 'name', 姓名: 'remark' });
    expect(fields(mapping)).toEqual({ 姓名: 'remark', 曾用名: 'name', 身份证号: 'idNumber' });
    expect(mapping.columns[1]).toMatchObject({ basis: 'chosen', confidence: 'sure' });
  });

  it('names letters as spreadsheets do', () => {
    expect([0, 25, 26, 51, 52, 701, 702].map(columnLetter)).toEqual([
      'A',
      'Z',
      'AA',
      'AZ',
      'BA',
      'ZZ',
      'AAA',
    ]);
  });
});
