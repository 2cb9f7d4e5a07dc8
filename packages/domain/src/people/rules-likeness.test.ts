import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareBirths } from './likeness-birth.ts';
import { compareNames, foldSound, partsOfName } from './likeness-name.ts';
import { type Commonness, type LikenessRecord, likenessOf } from './rules-likeness.ts';

/** A district of twelve thousand in which 张伟 is borne by sixty and other names by nobody else. */
const COMMON: Commonness = {
  people: 12_000,
  named: (name) => (name === '张伟' ? 60 : 2),
  sounding: () => 3,
  family: (surname) => (surname === '冉' ? 200 : 800),
  onPhone: () => 2,
};
const LUNAR = (year: number, month: number, day: number) =>
  year === 1979 && month === 8 && day === 15 ? '1979-10-05' : undefined;

const record = (it: Partial<LikenessRecord> = {}): LikenessRecord => ({
  ...{ name: '冉启明', sound: 'ranqiming', gender: 'male', birth: '1979-10-05' },
  ...{ idMark: null, idTail: '', phoneMark: 'p1', phoneTail: '1234', area: '500238103201', household: null },
  ...it,
});
const like = (a: Partial<LikenessRecord>, b: Partial<LikenessRecord>) =>
  likenessOf(record(a), record(b), COMMON, LUNAR);
const verdict = (a: Partial<LikenessRecord>, b: Partial<LikenessRecord>) => like(a, b).verdict;

describe('two records of one person', () => {
  it('are one where the ID number is the same, whatever else is written', () => {
    const other = {
      idMark: 'n',
      name: '王芳',
      sound: 'wangfang',
      birth: '1990-01-02',
      gender: 'female',
    } as const;
    expect(like({ idMark: 'n' }, other)).toEqual({ verdict: 'same', bits: 99, reasons: ['id.same'] });
  });

  it('are offered as one where name, birth and village agree', () => {
    expect(verdict({ phoneMark: null }, { phoneMark: 'p2', phoneTail: '9876' })).toBe('same');
  });

  it('are offered as one although a character of the same sound was typed', () => {
    const found = like({}, { name: '冉其明', sound: 'ranqiming' });
    expect([found.verdict, found.reasons.includes('name.sound')]).toEqual(['same', true]);
  });

  it('are offered as one where the birthday is that of the lunar calendar', () => {
    const found = like({}, { birth: '1979-08-15' });
    expect([found.verdict, found.reasons.includes('birth.lunar')]).toEqual(['same', true]);
  });

  it.each([
    ['day and month swapped', { birth: '1979-05-10' }, 'birth.swapped'],
    ['one digit wrong', { birth: '1979-10-06' }, 'birth.oneDigit'],
    ['only the year known', { birth: '1979-01-01' }, 'birth.yearOnly'],
    ['a character replaced', { name: '冉?明', sound: 'ran?ming' }, 'name.hidden'],
    ['the given name the other way round', { name: '冉明启', sound: 'ranmingqi' }, 'name.order'],
    ['the ear of the southwest', { name: '冉启敏', sound: 'ranqimin' }, 'name.nearSound'],
    ['no birthday', { birth: null }, 'phone.same'],
    ['the gender typed wrong', { gender: 'female' }, 'gender.differs'],
  ] as const)('are offered as one with %s', (_, other, reason) => {
    const found = like({}, other);
    expect([found.verdict, found.reasons.includes(reason)]).toEqual(['same', true]);
  });

  it('are offered as one where a surname is written as many write it', () => {
    const found = like(
      { name: '傅启明', sound: 'fuqiming' },
      { name: '付启明', sound: 'fuqiming', phoneMark: null },
    );
    expect([found.verdict, found.reasons[0]]).toEqual(['same', 'name.variant']);
  });
});

describe('two people', () => {
  it('are not one for a common name alone, which tells less than a rare one', () => {
    const bits = (name: string) =>
      like({ name, phoneMark: null }, { name, birth: null, phoneMark: null }).bits;
    expect(bits('冉启明') - bits('张伟')).toBeGreaterThan(6);
    expect(
      verdict(
        { name: '张伟', sound: 'zhangwei', phoneMark: null },
        { name: '张伟', sound: 'zhangwei', phoneMark: null, birth: null, area: '500238104202' },
      ),
    ).toBe('different');
  });

  it('who are twins on one phone in one household are asked about, never joined', () => {
    const found = like({ household: 'h' }, { household: 'h', name: '冉启亮', sound: 'ranqiliang' });
    expect(found.verdict).not.toBe('same');
    expect(
      like(
        { household: 'h', idMark: 'a', idTail: '1231' },
        { household: 'h', name: '冉启亮', sound: 'ranqiliang', idMark: 'b', idTail: '1258' },
      ).verdict,
    ).toBe('different');
  });

  it('who are father and son of nearly one name on one phone are never joined', () => {
    const son = { name: '冉启民', sound: 'ranqimin', birth: '2001-03-04', household: 'h' };
    expect(verdict({ household: 'h' }, son)).not.toBe('same');
    expect(verdict({ household: 'h' }, { ...son, name: '冉明', sound: 'ranming' })).not.toBe('same');
  });

  it('of one name in one village with other birthdays are not joined', () => {
    expect(verdict({ phoneMark: null }, { phoneMark: null, birth: '1988-04-21' })).not.toBe('same');
    expect(
      verdict({ phoneMark: 'a', phoneTail: '1' }, { phoneMark: 'b', phoneTail: '2', birth: '1988-04-21' }),
    ).toBe('different');
  });

  it('of one name in one village of whom nothing else is known are asked about', () => {
    const found = like({ phoneMark: null, birth: null }, { phoneMark: null });
    expect([found.verdict, found.reasons.at(-1)]).toEqual(['ask', 'doubt.thin']);
  });

  it('each with a checked number of the own are asked about at most', () => {
    const found = like({ idMark: 'a', idTail: '1231' }, { idMark: 'b', idTail: '4567' });
    expect([found.verdict, found.reasons.at(-1)]).toEqual(['ask', 'doubt.twoNumbers']);
  });
});

describe('names and births', () => {
  it('are parted into surname and given name, compound surnames too', () => {
    expect([partsOfName('欧阳小红'), partsOfName('冉启明'), partsOfName('欧阳')]).toEqual([
      { family: '欧阳', given: '小红' },
      { family: '冉', given: '启明' },
      { family: '欧', given: '阳' },
    ]);
  });

  it('sound alike in the southwest', () => {
    expect([foldSound('zhangning'), foldSound('hufan')]).toEqual([foldSound('zanlin'), foldSound('fufan')]);
  });

  it('of a surname with other given names are no name of one person', () => {
    const named = (name: string, sound: string) => ({ name, sound });
    expect(compareNames(named('冉启明', 'ranqiming'), named('冉海燕', 'ranhaiyan'))).toBe('surname');
    expect(compareNames(named('冉启明', 'ranqiming'), named('王启明', 'wangqiming'))).toBe('given');
  });

  it('that are not known say nothing', () => {
    expect(compareBirths(null, '1979-10-05')).toBeUndefined();
  });
});

const day = fc
  .integer({ min: 0, max: 16_000 })
  .map((n) => new Date(Date.UTC(1962, 0, 1 + n)).toISOString().slice(0, 10));
const anybody = fc.record({
  ...{
    name: fc.constantFrom('冉启明', '冉其明', '张伟', '张薇', '欧阳红'),
    sound: fc.constantFrom('ranqiming', 'zhangwei'),
  },
  ...{ gender: fc.constantFrom('male', 'female', null), birth: fc.option(day) },
  ...{ idMark: fc.constantFrom(null, 'a', 'b'), idTail: fc.constantFrom('', '1231') },
  ...{ phoneMark: fc.constantFrom(null, 'p', 'q'), phoneTail: fc.constantFrom('', '1234', '1239') },
  ...{
    area: fc.constantFrom('500238103201', '500238103000', '500238104202'),
    household: fc.constantFrom(null, 'h'),
  },
}) as fc.Arbitrary<LikenessRecord>;

describe('the score', () => {
  it('is the same whichever record comes first', () => {
    const even: Commonness = { ...COMMON, named: () => 2, family: () => 800 };
    fc.assert(
      fc.property(anybody, anybody, (a, b) => {
        const [one, other] = [likenessOf(a, b, even), likenessOf(b, a, even)];
        expect([other.verdict, other.bits, other.reasons]).toEqual([one.verdict, one.bits, one.reasons]);
      }),
    );
  });
});
