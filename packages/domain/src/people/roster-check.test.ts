import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDigitOf } from './id-number.ts';
import {
  applyFixes,
  type MappedColumn,
  type RosterContext,
  type RosterLine,
  type RosterMapping,
  RosterRow,
} from './roster.ts';
import { checkRoster, checkRow } from './roster-check.ts';
import { RosterField } from './roster-fields.ts';
import { rosterWords, sayRoster } from './roster-words.ts';

const ctx: RosterContext = { today: '2022-02-11', pastDepartures: 'reject' };

function idOf(birth: string, order = 11): string {
  const first17 = `500299${birth}${String(order).padStart(3, '0')}`;
  return first17 + checkDigitOf(first17);
}

function mappingOf(fields: readonly RosterField[], more: Partial<RosterMapping> = {}): RosterMapping {
  const columns = fields.map(
    (field, index): MappedColumn => ({
      index,
      letter: String.fromCharCode(65 + index),
      header: field,
      field,
      confidence: 'sure',
      basis: 'header',
    }),
  );
  return { columns, destinationIsWorkplace: false, phoneIsHousehold: false, ...more };
}

function lineOf(row: number, texts: readonly string[]): RosterLine {
  return { row, cells: texts.map((text) => ({ text, isNumber: false })) };
}

/** Checks one person with a sound name and ID and the given further fields. */
function check(
  further: Partial<Record<RosterField, string>>,
  context: RosterContext = ctx,
  more: Partial<RosterMapping> = {},
) {
  const said = { name: '谭秋实', idNumber: idOf('19710305'), ...further };
  return checkRow(
    lineOf(2, Object.values(said)),
    mappingOf(Object.keys(said) as RosterField[], more),
    context,
  );
}

function codes(answer: ReturnType<typeof checkRow>) {
  return {
    rejected: 'rejected' in answer ? answer.rejected.map((it) => it.code) : [],
    warnings: answer.warnings.map((it) => it.code),
  };
}

describe('a name', () => {
  const name = (text: string) => {
    const answer = check({ name: text });
    return 'row' in answer ? answer.row.name : answer.rejected[0]?.code;
  };

  it('keeps its characters and loses its spaces', () => {
    expect(name('张 三')).toBe('张三');
    expect(name('阿依古丽•买买提')).toBe('阿依古丽·买买提');
    expect(name('阿依古丽 · 买买提')).toBe('阿依古丽·买买提');
    expect(name('欧阳娜娜')).toBe('欧阳娜娜');
  });

  it('is refused by the name of its fault', () => {
    expect(name('张三2')).toBe('people.name_has_digits');
    expect(name('张')).toBe('people.name_too_short');
    expect(name('张三（已走）')).toBe('people.name_characters');
    expect(name('张\uFFFD')).toBe('people.name_characters');
    expect(name('')).toBe('people.name_missing');
  });
});

describe('a person', () => {
  it('under sixteen is not sent, but may be on the books when staying', () => {
    const child = idOf('20060212');
    expect(codes(check({ idNumber: child })).rejected).toEqual(['people.under_sixteen']);
    expect(codes(check({ idNumber: child, willing: '否' }))).toEqual({
      rejected: [],
      warnings: ['people.under_sixteen'],
    });
    expect(codes(check({ idNumber: idOf('20060211') })).rejected).toEqual([]);
  });

  it('whose age, gender or birth differs from the ID number is doubted, not refused', () => {
    expect(codes(check({ age: '30', gender: '女', birth: '1972-03-05' }))).toEqual({
      rejected: [],
      warnings: [
        'people.gender_differs_from_id',
        'people.birth_differs_from_id',
        'people.age_differs_from_id',
      ],
    });
    expect(codes(check({ age: '51', gender: '男', birth: '197103' })).warnings).toEqual([]);
  });

  it('may be marked as without papers', () => {
    expect(check({ idNumber: '无证件', birth: '1971-03-05', gender: '男' })).toMatchObject({
      row: { idNumber: null, idKind: 'none', birthDate: '1971-03-05', gender: 'male' },
    });
  });

  it('has every fault named at once', () => {
    expect(
      codes(check({ name: '', idNumber: '5002', phone: '139', departDate: '十三' })).rejected.sort(),
    ).toEqual([
      'people.date_without_month',
      'people.id_length',
      'people.name_missing',
      'people.phone_length',
    ]);
  });

  it('belongs to care groups by word or by the header of a yes', () => {
    expect(check({ careGroup: '脱贫户、监测户' })).toMatchObject({
      row: { careGroups: ['liftedOutOfPoverty', 'povertyRelapseMonitored'] },
    });
    const mapping = mappingOf(['name', 'idNumber', 'careGroup']);
    const asked = {
      ...mapping,
      columns: mapping.columns.map((it) =>
        it.field === 'careGroup' ? { ...it, header: '是否退捕渔民' } : it,
      ),
    };
    const line = (text: string) => checkRow(lineOf(2, ['谭秋实', idOf('19710305'), text]), asked, ctx);
    expect(line('是')).toMatchObject({ row: { careGroups: ['retiredFisher'] } });
    expect(line('否')).toMatchObject({ row: { careGroups: [] } });
  });
});

describe('a wish', () => {
  it('names the way of travel', () => {
    const mode = (text: string) => {
      const answer = check({ mode: text });
      return 'row' in answer ? [answer.row.mode, answer.row.transport].join('/') : '';
    };
    expect(
      ['专车', '包车', '专列', '火车', '自驾', '自行购票', '高铁（自己买票）', '飞机'].map(mode),
    ).toEqual([
      'ours/bus',
      'ours/bus',
      'ours/rail',
      '/rail',
      'ownCar/',
      'ownTicket/',
      'ownTicket/rail',
      '/air',
    ]);
    expect(codes(check({ mode: '不坐专车' })).warnings).toEqual(['people.mode_unreadable']);
  });

  it('goes to a county; above it is doubted, unknown is refused with what it may be', () => {
    const resolve = (answer: ReturnType<NonNullable<RosterContext['resolveDestination']>>) => ({
      ...ctx,
      resolveDestination: () => answer,
    });
    expect(check({ destination: '鹿城' }, resolve({ code: '330302' }))).toMatchObject({
      row: { destinationCode: '330302' },
      warnings: [],
    });
    expect(codes(check({ destination: '温州' }, resolve({ code: '330300' }))).warnings).toEqual([
      'people.destination_above_county',
    ]);
    expect(codes(check({ destination: '东莞' }, resolve({ code: '441900' }))).warnings).toEqual([]);
    expect(codes(check({ destination: '某地' }, resolve(undefined))).rejected).toEqual([
      'people.destination_unknown',
    ]);
    const candidates = [
      { code: '110105', name: '北京市朝阳区' },
      { code: '220104', name: '长春市朝阳区' },
    ];
    expect(check({ destination: '朝阳' }, resolve({ candidates }))).toMatchObject({
      rejected: [{ code: 'people.destination_ambiguous', candidates }],
    });
  });

  it('of one who stays is not refused for its destination or day', () => {
    const nowhere = { ...ctx, resolveDestination: () => undefined };
    expect(
      codes(check({ willing: '不打算', destination: '某地', departDate: '十三' }, nowhere)).rejected,
    ).toEqual([]);
  });

  it('before today is refused in a plan and only doubted in a record', () => {
    expect(codes(check({ departDate: '2/10' })).rejected).toEqual(['people.date_past']);
    expect(codes(check({ departDate: '2/11' })).rejected).toEqual([]);
    expect(codes(check({ departDate: '2/10' }, { ...ctx, pastDepartures: 'warn' }))).toEqual({
      rejected: [],
      warnings: ['people.date_past'],
    });
  });

  it('falls back to the workplace only where the mapping says so', () => {
    expect(check({ workplace: '浙江省温州市鹿城区' })).not.toHaveProperty('row.destination');
    expect(check({ workplace: '浙江省温州市鹿城区' }, ctx, { destinationIsWorkplace: true })).toMatchObject({
      row: { destination: '浙江省温州市鹿城区', destinationFrom: 'workplace' },
    });
  });
});

describe('a roster', () => {
  const mapping = mappingOf(['name', 'idNumber', 'phone', 'employer']);
  const line = (row: number, order: number, phone: string, employer = '样例厂') =>
    lineOf(row, ['谭秋实', idOf('19710305', order), phone, employer]);

  it('merges rows that say the same and rejects both that differ', () => {
    const report = checkRoster(
      [
        line(2, 1, '19900000001'),
        line(3, 1, '19900000001'),
        line(4, 3, '19900000002'),
        line(5, 3, '19900000002', '别厂'),
      ],
      mapping,
      ctx,
    );
    expect(report.clean.map((it) => it.row)).toEqual([2]);
    expect(report.merged).toBe(1);
    expect(report.rejected.map((it) => [it.row, it.code, it.facts?.other])).toEqual([
      [4, 'people.duplicate_differs', 5],
      [5, 'people.duplicate_differs', 4],
    ]);
  });

  it('doubts a telephone that two people have', () => {
    const report = checkRoster([line(2, 1, '19900000001'), line(3, 3, '19900000001')], mapping, ctx);
    expect(report.warnings.map((it) => [it.row, it.code, it.facts?.other])).toEqual([
      [3, 'people.phone_shared', 2],
    ]);
    expect(
      checkRoster(
        [line(2, 1, '19900000001'), line(3, 3, '19900000001')],
        { ...mapping, phoneIsHousehold: true },
        ctx,
      ).warnings,
    ).toEqual([]);
  });

  it('whose ID numbers end in 000 one after the other is damaged even where checksums fit', () => {
    const fits = Array.from({ length: 9999 }, (_, i) => `500299${1960 + (i % 30)}0${1 + (i % 9)}1${i % 10}`)
      .map((head) => `${head}0`.padEnd(17, '0'))
      .filter((it) => checkDigitOf(it) === '0' && it.length === 17)
      .slice(0, 4);
    expect(fits).toHaveLength(4);
    const lines = fits.map((it, i) => lineOf(i + 2, ['谭秋实', `${it}0`, '', '']));
    expect(checkRoster(lines, mapping, ctx).rejected.map((it) => it.code)).toContain(
      'people.id_damaged_by_spreadsheet',
    );
    expect(checkRoster(lines.slice(0, 1), mapping, ctx).rejected).toEqual([]);
  });

  it('keeps every line: clean, rejected, merged or skipped', () => {
    const texts = fc.constantFrom(
      '',
      '谭秋实',
      idOf('19710305'),
      idOf('19710305', 13),
      '5.0E+17',
      '2/13',
      '十三',
      '是',
      '19900000001',
      '139',
      '白马镇',
      '脱贫户',
      '男',
      '无证件',
      '0',
      '#N/A',
    );
    const rows = fc.array(
      fc.array(fc.oneof({ weight: 9, arbitrary: texts }, { weight: 1, arbitrary: fc.string() }), {
        minLength: RosterField.options.length,
        maxLength: RosterField.options.length,
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(rows, (all) => {
        const lines = all.map((texts, i) => {
          const [, , ...rest] = texts;
          return lineOf(i + 2, ['谭秋实', i % 3 === 0 ? (texts[1] ?? '') : idOf('19800101', i + 1), ...rest]);
        });
        const report = checkRoster(lines, mappingOf(RosterField.options), ctx);
        const rejected = new Set(report.rejected.map((it) => it.row));
        expect(report.clean.length + rejected.size + report.merged).toBe(lines.length);
        for (const row of report.clean) {
          expect(rejected.has(row.row)).toBe(false);
          expect(RosterRow.parse(row)).toEqual(row);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('fixes', () => {
  const lines = [lineOf(2, ['谭秋实', 'x']), lineOf(3, ['冉小禾', idOf('19800101', 2)])];

  it('win over cells, also for fields without a column, and leave the lines as they were', () => {
    const fixed = applyFixes(lines, [
      { row: 2, field: 'idNumber', value: idOf('19710305') },
      { row: 2, field: 'departDate', value: '2/13' },
      { row: 3, skip: true },
      { row: 99, skip: true },
    ]);
    const report = checkRoster(fixed, mappingOf(['name', 'idNumber']), ctx);
    expect(report.clean).toMatchObject([{ row: 2, departFrom: '2022-02-13' }]);
    expect(report.skipped).toBe(1);
    expect(lines[0]).not.toHaveProperty('fixed');
  });

  it('can be taken back', () => {
    expect(
      applyFixes(lines, [
        { row: 2, skip: true },
        { row: 2, skip: false },
      ])[0]?.skipped,
    ).toBe(false);
  });
});

describe('words', () => {
  it('stand for every code in both languages and name a remedy', () => {
    const said = Object.keys(rosterWords).filter((it) => !it.endsWith('.remedy')) as Exclude<
      keyof typeof rosterWords,
      `${string}.remedy`
    >[];
    const facts = {
      have: 17,
      age: 15,
      said: 30,
      other: 1204,
      haveMb: 31,
      limitMb: 30,
      found: 'pdf',
      limitS: 60,
      limit: 120,
      field: 'name',
    };
    for (const code of said) {
      for (const language of ['zh', 'en'] as const) {
        const text = sayRoster(code, facts, language);
        expect(text, code).toMatch(/^[^{}]+ → [^{}]+$/);
      }
    }
    expect(sayRoster('people.duplicate_merged', facts)).toBe('与第 1204 行完全相同，已合并 → 无须改动');
    expect(sayRoster('basics.file_not_spreadsheet', facts)).toBe(
      '这不是表格文件，里面是 PDF → 用表格软件打开，另存为 .xlsx',
    );
  });
});
