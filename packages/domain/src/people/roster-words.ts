import { fill, type Language, type Text } from '../basics/say.ts';
import { fileKindWords, fileWords, type SheetCode } from '../basics/words-files.ts';
import type { RosterCode } from './roster.ts';

/** Why a file as a whole cannot be read as a roster. */
export type FileCode =
  | SheetCode
  | 'people.sheet_missing'
  | 'people.header_not_found'
  | 'people.column_missing'
  | 'people.mapping_unknown_column';

type Code = RosterCode | FileCode;

/** Reason and remedy of every code that reading a roster can answer; `.remedy` names the way out. */
export const rosterWords = {
  'people.id_missing': { zh: '缺证件号', en: 'The ID number is missing' },
  'people.id_missing.remedy': {
    zh: '补齐，或标为无证件',
    en: 'Fill it in, or mark the person as without papers',
  },
  'people.id_damaged_by_spreadsheet': {
    zh: '证件号被表格改坏（存成了数字，后几位已丢）',
    en: 'The spreadsheet has damaged the ID number: stored as a number, its last digits are lost',
  },
  'people.id_damaged_by_spreadsheet.remedy': {
    zh: '把这一列设为文本，照证件重新填写',
    en: 'Set the column to text and type the number again from the card',
  },
  'people.id_length': {
    zh: '证件号现 {have} 位，应为 18 位',
    en: 'The ID number has {have} characters instead of 18',
  },
  'people.id_length.remedy': {
    zh: '补齐，或标为无证件',
    en: 'Complete it, or mark the person as without papers',
  },
  'people.id_characters': {
    zh: '证件号里有不该有的字符',
    en: 'The ID number has characters that do not belong there',
  },
  'people.id_characters.remedy': {
    zh: '只留 17 位数字和末位数字或 X',
    en: 'Leave 17 digits and a final digit or X',
  },
  'people.id_birth_impossible': {
    zh: '证件号里的出生日期不存在',
    en: 'The birth date inside the ID number does not exist',
  },
  'people.id_birth_impossible.remedy': {
    zh: '照证件核对第 7 至 14 位',
    en: 'Compare digits 7 to 14 with the card',
  },
  'people.id_checksum': {
    zh: '证件号校验位不对，有一位填错',
    en: 'The check digit does not fit: one digit is wrong',
  },
  'people.id_checksum.remedy': { zh: '照证件逐位核对', en: 'Compare every digit with the card' },
  'people.id_none': { zh: '已标为无证件', en: 'Marked as without papers' },
  'people.id_none.remedy': {
    zh: '乘车前补办临时证明，再补录',
    en: 'Get a temporary certificate before the journey and add it',
  },
  'people.id_upgraded_from_15': {
    zh: '15 位旧证件号，已按国标算成 18 位',
    en: 'A 15-digit ID number, brought to 18 digits by the standard',
  },
  'people.id_upgraded_from_15.remedy': {
    zh: '见到新证件时核对末位',
    en: 'Compare the last digit when the new card is shown',
  },
  'people.id_from_disability_certificate': {
    zh: '这是残疾人证号，已取前 18 位为证件号',
    en: 'A disability certificate number; its first 18 characters are the ID number',
  },
  'people.id_from_disability_certificate.remedy': { zh: '无须改动', en: 'Nothing to do' },
  'people.under_sixteen': {
    zh: '未满 16 周岁（{age} 岁），不能输送务工',
    en: 'Under sixteen ({age}): cannot be sent to work',
  },
  'people.under_sixteen.remedy': {
    zh: '移出名单，或核对证件号',
    en: 'Take the row out, or check the ID number',
  },
  'people.birth_differs_from_id': {
    zh: '出生日期与证件号不符，以证件号为准',
    en: 'The birth date differs from the ID number, which is kept',
  },
  'people.birth_differs_from_id.remedy': { zh: '核对是否填错人', en: 'Check that it is the right person' },
  'people.gender_differs_from_id': {
    zh: '性别与证件号不符，以证件号为准',
    en: 'The gender differs from the ID number, which is kept',
  },
  'people.gender_differs_from_id.remedy': { zh: '核对是否填错人', en: 'Check that it is the right person' },
  'people.age_differs_from_id': {
    zh: '年龄填 {said} 岁，按证件号是 {age} 岁',
    en: 'The age says {said}, the ID number {age}',
  },
  'people.age_differs_from_id.remedy': { zh: '核对是否填错人', en: 'Check that it is the right person' },
  'people.duplicate_merged': { zh: '与第 {other} 行完全相同，已合并', en: 'The same as row {other}, merged' },
  'people.duplicate_merged.remedy': { zh: '无须改动', en: 'Nothing to do' },
  'people.duplicate_differs': {
    zh: '与第 {other} 行同一证件号，内容不同',
    en: 'Row {other} has the same ID number and says something else',
  },
  'people.duplicate_differs.remedy': {
    zh: '留一行，另一行改正或跳过',
    en: 'Keep one; correct or skip the other',
  },
  'people.phone_missing': { zh: '缺联系电话', en: 'The telephone is missing' },
  'people.phone_missing.remedy': { zh: '补一个能打通的电话', en: 'Add one that is answered' },
  'people.phone_shared': { zh: '与第 {other} 行同一个电话', en: 'The same telephone as row {other}' },
  'people.phone_shared.remedy': {
    zh: '确认是否同户；不是就改',
    en: 'Fine within a household, else correct it',
  },
  'people.phone_damaged_by_spreadsheet': {
    zh: '电话被表格改成了科学计数',
    en: 'The spreadsheet has turned the telephone into an exponent',
  },
  'people.phone_damaged_by_spreadsheet.remedy': {
    zh: '把这一列设为文本，重新填写',
    en: 'Set the column to text and type it again',
  },
  'people.phone_characters': {
    zh: '电话里有不该有的字符',
    en: 'The telephone has characters that do not belong there',
  },
  'people.phone_characters.remedy': {
    zh: '只留号码；几个号码用顿号隔开',
    en: 'Leave the number; separate several by commas',
  },
  'people.phone_prefix': { zh: '不是手机号段', en: 'Not a mobile number' },
  'people.phone_prefix.remedy': { zh: '核对前三位', en: 'Check the first three digits' },
  'people.phone_length': {
    zh: '电话现 {have} 位，手机应为 11 位',
    en: 'The telephone has {have} digits; a mobile has 11',
  },
  'people.phone_length.remedy': {
    zh: '补齐；座机请加区号',
    en: 'Complete it; a landline needs its area code',
  },
  'people.name_missing': { zh: '缺姓名', en: 'The name is missing' },
  'people.name_missing.remedy': { zh: '补齐姓名', en: 'Fill it in' },
  'people.name_has_digits': { zh: '姓名含数字', en: 'The name has digits' },
  'people.name_has_digits.remedy': { zh: '改成证件上的姓名', en: 'Write the name of the card' },
  'people.name_too_short': { zh: '姓名只有一个字', en: 'The name has one character only' },
  'people.name_too_short.remedy': { zh: '改成证件上的姓名', en: 'Write the name of the card' },
  'people.name_characters': { zh: '姓名里有括号或别的符号', en: 'The name has brackets or other signs' },
  'people.name_characters.remedy': {
    zh: '只留姓名，说明写到备注',
    en: 'Leave the name; put notes into the remark',
  },
  'people.town_unknown': { zh: '没有这个乡镇', en: 'There is no such town' },
  'people.town_unknown.remedy': { zh: '从候选里选，或改正', en: 'Choose one of the offered, or correct it' },
  'people.village_unknown': { zh: '本镇没有这个村', en: 'The town has no such village' },
  'people.village_unknown.remedy': {
    zh: '从候选里选，或改正',
    en: 'Choose one of the offered, or correct it',
  },
  'people.village_ambiguous': { zh: '叫这个名字的不止一处', en: 'Several places have this name' },
  'people.village_ambiguous.remedy': { zh: '从候选里选一个', en: 'Choose one of the offered' },
  'people.destination_unknown': { zh: '认不出到达地', en: 'The destination is not recognized' },
  'people.destination_unknown.remedy': {
    zh: '写到县区，如“浙江省温州市鹿城区”',
    en: 'Write it down to the county, as 浙江省温州市鹿城区',
  },
  'people.destination_ambiguous': {
    zh: '到达地不止一处同名',
    en: 'Several places have the name of the destination',
  },
  'people.destination_ambiguous.remedy': { zh: '从候选里选一个', en: 'Choose one of the offered' },
  'people.destination_above_county': {
    zh: '到达地未到县区',
    en: 'The destination does not go down to the county',
  },
  'people.destination_above_county.remedy': {
    zh: '补到县区，才能排到厂门',
    en: 'Add the county, so that a seat to the gate can be found',
  },
  'people.destination_missing': { zh: '没写到哪里去', en: 'The destination is missing' },
  'people.destination_missing.remedy': {
    zh: '问清后补上县区和企业',
    en: 'Ask, then add county and employer',
  },
  'people.date_without_month': { zh: '日期没有月份', en: 'The date has no month' },
  'people.date_without_month.remedy': { zh: '写成 2/13 或 正月十三', en: 'Write 2/13 or 正月十三' },
  'people.date_ambiguous': { zh: '分不清农历公历', en: 'Lunar or solar calendar is not clear' },
  'people.date_ambiguous.remedy': {
    zh: '公历写 2/13，农历写 农历二月十三',
    en: 'Write 2/13, or 农历二月十三 for the lunar day',
  },
  'people.date_damaged_by_spreadsheet': {
    zh: '日期存成了数字，2.1 可能是 2.10',
    en: 'The date is stored as a number: 2.1 may have been 2.10',
  },
  'people.date_damaged_by_spreadsheet.remedy': { zh: '写成 2/1 或 2/10', en: 'Write 2/1 or 2/10' },
  'people.date_impossible': { zh: '没有这一天', en: 'There is no such day' },
  'people.date_impossible.remedy': { zh: '改正日期', en: 'Correct the date' },
  'people.date_range_reversed': { zh: '最晚早于最早', en: 'The last day is before the first' },
  'people.date_range_reversed.remedy': { zh: '对调或改正', en: 'Swap or correct them' },
  'people.date_unreadable': { zh: '看不出是哪一天', en: 'The day cannot be read' },
  'people.date_unreadable.remedy': {
    zh: '写成 2/13；未定写“待定”',
    en: 'Write 2/13, or 待定 where it is open',
  },
  'people.date_past': { zh: '出发日早于今天', en: 'The day of departure is before today' },
  'people.date_past.remedy': {
    zh: '改日期；已走的写“已返岗”并跳过',
    en: 'Change the date; skip those who have left',
  },
  'people.date_far': { zh: '出发日离今天超过半年', en: 'The day of departure is more than half a year away' },
  'people.date_far.remedy': { zh: '核对年份、月份', en: 'Check year and month' },
  'people.date_open': { zh: '出发日未定', en: 'The day of departure is open' },
  'people.date_open.remedy': { zh: '定下后补上', en: 'Add it once it is known' },
  'people.mode_unreadable': { zh: '看不出怎么走', en: 'The way of travel cannot be read' },
  'people.mode_unreadable.remedy': {
    zh: '写：专车、包车、火车、自驾或自行购票',
    en: 'Write 专车, 包车, 火车, 自驾 or 自行购票',
  },
  'people.yes_no_unreadable': { zh: '看不出是或否', en: 'Neither yes nor no' },
  'people.yes_no_unreadable.remedy': { zh: '写 是 或 否', en: 'Write 是 or 否' },
  'people.income_unreadable': { zh: '收入看不懂，未录入', en: 'The income cannot be read and was left out' },
  'people.income_unreadable.remedy': { zh: '只写数字', en: 'Write figures only' },
  'people.income_doubtful': {
    zh: '万元列里的数太大，像是元，未录入',
    en: 'Too large for 万元, probably yuan; left out',
  },
  'people.income_doubtful.remedy': { zh: '按表头单位改写', en: 'Write it in the unit of the header' },
  'people.pay_doubtful': {
    zh: '月收入不在 100 到 30000 元',
    en: 'Pay is not within 100 and 30,000 yuan a month',
  },
  'people.pay_doubtful.remedy': {
    zh: '核对单位是元还是万元、月还是年',
    en: 'Check yuan or 万元, month or year',
  },
  'people.unable_yet_working': { zh: '无劳动能力却有务工地', en: 'Not able to work, and yet at work' },
  'people.unable_yet_working.remedy': { zh: '改劳动能力，或去掉务工地', en: 'Correct one of the two' },
  'people.workplace_above_county': { zh: '务工地没写到县区', en: 'The workplace does not name the county' },
  'people.workplace_above_county.remedy': { zh: '补到县区', en: 'Add the county' },
  'people.goes_without_need': { zh: '要外出，没写怎么走', en: 'Plans to go, and says not how' },
  'people.goes_without_need.remedy': {
    zh: '问一句：坐专车、自驾还是自己买票',
    en: 'Ask: our bus, own car or own ticket',
  },
  'people.phone_several_places': {
    zh: '与第 {other} 行同一个电话，务工单位不同',
    en: 'The telephone of row {other}, with another workplace',
  },
  'people.phone_several_places.remedy': { zh: '问清是谁的电话', en: 'Ask whose telephone it is' },

  ...fileWords,
  'people.sheet_missing': { zh: '文件里没有这张工作表', en: 'The file has no such sheet' },
  'people.sheet_missing.remedy': { zh: '换一张工作表', en: 'Choose another sheet' },
  'people.header_not_found': { zh: '前十行里没有找到表头', en: 'No header in the first ten rows' },
  'people.header_not_found.remedy': {
    zh: '表头要有姓名、身份证号等列名',
    en: 'It needs column names such as 姓名 and 身份证号',
  },
  'people.column_missing': { zh: '没有找到{field}列', en: 'No column for {field}' },
  'people.column_missing.remedy': { zh: '在对列时指明是哪一列', en: 'Say which column it is' },
  'people.mapping_unknown_column': { zh: '指定的列不在表里', en: 'The chosen column is not in the sheet' },
  'people.mapping_unknown_column.remedy': {
    zh: '按列标（A、B…）或表头原文指定',
    en: 'Name it by letter (A, B …) or by its header',
  },
} as const satisfies Record<Code | `${Code}.remedy`, Text>;

const FACT_WORDS: Readonly<Record<string, Text>> = {
  ...fileKindWords,
  name: { zh: '姓名', en: 'the name' },
  idNumber: { zh: '身份证号', en: 'the ID number' },
};

/** Facts as a person reads them: `pdf` is `PDF`, and a row is a name, not a quantity to be grouped by thousands. */
export function wordedFacts(
  facts: Readonly<Record<string, unknown>>,
  language: Language,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(facts).map(([key, fact]) => {
      const word = typeof fact === 'string' ? FACT_WORDS[fact] : undefined;
      return [key, word ? word[language] : key === 'other' ? String(fact) : fact];
    }),
  );
}

/** Reason and remedy of one code in one sentence: `证件号现 17 位，应为 18 位 → 补齐，或标为无证件`. */
export function sayRoster(
  code: Code,
  facts: Readonly<Record<string, unknown>> = {},
  language: Language = 'zh',
): string {
  const worded = wordedFacts(facts, language);
  return `${fill(rosterWords[code], language, worded)} → ${fill(rosterWords[`${code}.remedy`], language, worded)}`;
}
