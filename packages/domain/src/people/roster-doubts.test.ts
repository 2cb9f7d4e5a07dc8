import { describe, expect, it } from 'vitest';
import type { MappedColumn, RosterContext, RosterLine } from './roster.ts';
import { checkRoster } from './roster-check.ts';
import type { RosterField } from './roster-fields.ts';

const FIELDS = [
  'name',
  'idNumber',
  'phone',
  'workplace',
  'employer',
  'income',
  'laborAbility',
  'willing',
  'mode',
] as const;
const HEADS: Partial<Record<RosterField, string>> = { income: '月收入', willing: '是否外出' };

const mapping = {
  columns: FIELDS.map(
    (field, index): MappedColumn => ({
      ...{ index, letter: String.fromCharCode(65 + index), header: HEADS[field] ?? field, field },
      ...{ confidence: 'sure', basis: 'header' },
    }),
  ),
  destinationIsWorkplace: false,
  phoneIsHousehold: false,
};
const ctx: RosterContext = {
  today: '2022-02-11',
  pastDepartures: 'reject',
  resolveDestination: (text) => ({
    code: text === '广东省' ? '440000' : text === '东莞市' ? '441900' : '440306',
  }),
};
const IDS = ['500233198503050011', '50023319850305002X', '500233198503050038'];

type Said = Partial<Record<(typeof FIELDS)[number], string>>;
const SOUND: Said = {
  workplace: '深圳市宝安区',
  employer: '甲厂',
  income: '5200',
  laborAbility: '普通劳动力',
  willing: '是',
  mode: '包车',
};

function warned(...rows: readonly Said[]): string[] {
  const lines = rows.map((said, i): RosterLine => {
    const all: Said = { name: '谭秋实', idNumber: IDS[i] ?? '', phone: `1990001000${i}`, ...SOUND, ...said };
    const cells = FIELDS.map((field) => ({ text: all[field] ?? '', isNumber: false }));
    return { row: i + 2, cells };
  });
  const { rejected, warnings } = checkRoster(lines, mapping, ctx);
  expect(rejected.filter((it) => it.code !== 'people.id_checksum')).toEqual([]);
  return warnings.map((it) => `${it.row} ${it.field} ${it.code}`);
}

describe('what the national checks ask back', () => {
  it('is nothing of a sound row', () => expect(warned({})).toEqual([]));

  it.each([
    ['99', ['2 income people.pay_doubtful']],
    ['100', []],
    ['30000', []],
    ['30001', ['2 income people.pay_doubtful']],
  ])('doubts a pay of %s yuan a month as the bounds say', (income, said) =>
    expect(warned({ income })).toEqual(said),
  );

  it('doubts somebody without ability to work at a place of work', () => {
    expect(warned({ laborAbility: '无劳动力' })).toEqual(['2 laborAbility people.unable_yet_working']);
    expect(warned({ laborAbility: '丧失劳动力' })).toEqual(['2 laborAbility people.unable_yet_working']);
    expect(warned({ laborAbility: '无劳动力', workplace: '', employer: '' })).toEqual([]);
    expect(warned({ laborAbility: '弱劳动力或半劳动力' })).toEqual([]);
  });

  it('asks for the county of a workplace, but not where a city has none', () => {
    expect(warned({ workplace: '广东省' })).toEqual(['2 workplace people.workplace_above_county']);
    expect(warned({ workplace: '东莞市' })).toEqual([]);
  });

  it('asks how somebody goes who plans to go', () => {
    expect(warned({ mode: '' })).toEqual(['2 mode people.goes_without_need']);
    expect(warned({ mode: '', willing: '否' })).toEqual([]);
  });

  it('asks whose telephone it is that several places of work share', () => {
    const same = { phone: '19900010000' };
    expect(warned(same, { ...same, employer: '乙厂' })).toEqual([
      '3 phone people.phone_shared',
      '3 phone people.phone_several_places',
    ]);
    expect(warned(same, same)).toEqual(['3 phone people.phone_shared']);
  });
});
