import type { Cell } from '@fangang/domain/people/roster.ts';
import { describe, expect, it } from 'vitest';
import type { Sheet } from '../platform/spreadsheet.ts';
import { findRoster } from './header-row.ts';

function sheet(rows: readonly (readonly (string | number)[])[], more: Partial<Sheet> = {}): Sheet {
  const cells = rows.map((row) =>
    row.map((it): Cell => ({ text: String(it), isNumber: typeof it === 'number' })),
  );
  return {
    name: '表',
    hidden: false,
    merges: [],
    width: Math.max(0, ...rows.map((it) => it.length)),
    rows: cells,
    ...more,
  };
}

function found(...sheets: Sheet[]) {
  const roster = findRoster(sheets);
  if (!roster.ok) throw new Error(roster.refusal.code);
  return roster.value;
}

describe('the header of a roster', () => {
  it('is found under any number of title rows up to the tenth', () => {
    for (let titles = 0; titles < 10; titles += 1) {
      const roster = found(
        sheet([
          ...Array.from({ length: titles }, (_, i) => [`标题${i}`]),
          ['序号', '姓名', '身份证号'],
          [1, '谭秋实', 'x'],
        ]),
      );
      expect(roster.headerRows).toEqual([titles + 1]);
      expect(roster.lines.map((it) => it.row)).toEqual([titles + 2]);
    }
    expect(
      findRoster([sheet([...Array.from({ length: 10 }, () => ['标题']), ['姓名', '身份证号'], ['谭', 'x']])]),
    ).toMatchObject({ ok: false });
  });

  it('of two rows is joined, with merges and without', () => {
    const rows = [
      ['姓名', '联系电话', '', '家庭住址', ''],
      ['', '本人', '户主', '乡镇', '村'],
      ['谭秋实', '1', '2', '白马镇', '灵山村'],
    ];
    const merges = [
      { startRow: 0, endRow: 0, startCol: 1, endCol: 2 },
      { startRow: 0, endRow: 0, startCol: 3, endCol: 4 },
      { startRow: 0, endRow: 1, startCol: 0, endCol: 0 },
    ];
    for (const it of [merges, []]) {
      const roster = found(sheet(rows, { merges: it }));
      expect(roster.headerRows).toEqual([1, 2]);
      expect(roster.headers).toEqual(['姓名', '联系电话本人', '联系电话户主', '乡镇', '村']);
    }
  });

  it('of one row does not swallow the first person', () => {
    expect(
      found(
        sheet([
          ['姓名', '性别', '村'],
          ['谭秋实', '男', '灵山村'],
          ['冉小禾', '女', '灵山村'],
        ]),
      ).lines,
    ).toHaveLength(2);
  });

  it('turns county and town under a destination away from home', () => {
    const roster = found(
      sheet([
        ['姓名', '县', '拟去何处', ''],
        ['', '', '省', '县'],
        ['谭秋实', '武隆区', '浙江省', '鹿城区'],
      ]),
    );
    expect(roster.headers).toEqual(['姓名', '县', '拟去省', '拟去县']);
  });
});

describe('the sheet of a roster', () => {
  const roster = [
    ['姓名', '身份证号', '联系电话'],
    ['谭秋实', 'x', 'y'],
  ];

  it('is the visible one with most known columns', () => {
    const codes = sheet(
      [
        ['姓名', '性别', '民族', '学历', '地址'],
        ['1', '2', '3', '4', '5'],
      ],
      { name: '代码', hidden: true },
    );
    expect(
      found(codes, sheet([['说明']], { name: '说明' }), sheet(roster, { name: '汇总' })).sheet.name,
    ).toBe('汇总');
  });

  it('can be chosen', () => {
    const sheets = [sheet(roster, { name: '甲' }), sheet(roster, { name: '乙' })];
    expect(findRoster(sheets, '乙')).toMatchObject({ value: { sheet: { name: '乙' } } });
    expect(findRoster(sheets, '丙')).toMatchObject({ refusal: { code: 'people.sheet_missing' } });
  });

  it('that is too wide is named rather than a header missed beside it', () => {
    const wide = sheet([], {
      width: 200,
      refusal: { code: 'basics.too_many_columns', facts: { have: 200, limit: 120 } },
    });
    expect(findRoster([sheet([['说明']]), wide])).toMatchObject({
      refusal: { code: 'basics.too_many_columns' },
    });
  });
});

describe('rows that are no people', () => {
  it('are left out and counted', () => {
    const roster = found(
      sheet([
        ['序号', '姓名', '身份证号', '收入'],
        [1, 2, 3, 4],
        ['例', '张三', 'x', '1'],
        [1, '谭秋实', 'x', 3],
        ['', '', '', ''],
        ['灵山村小计', '', '', 3],
        ['序号', '姓名', '身份证号', '收入'],
        [2, '冉小禾', 'x', 4],
        [3, '', '', ''],
        [4, 0, 0, 0],
        ['合计', '', '', 7],
        ['填表人：冉经办', '', '审核人：向主任'],
      ]),
    );
    expect(roster.lines.map((it) => it.row)).toEqual([4, 8]);
    expect(roster.dropped).toEqual({ headers: 3, empty: 2, totals: 2, zeros: 1, footers: 1 });
  });
});
