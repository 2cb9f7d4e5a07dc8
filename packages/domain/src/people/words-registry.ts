import type { Text, Words } from '../basics/say.ts';
import type { ChangedPart, LaborAbility, PhoneOwner, RecordSource } from './registry.ts';
import type { PersonField } from './schema.ts';
import { fieldWords } from './words.ts';

export const abilityWords = {
  skilled: { zh: '技能劳动力', en: 'Skilled' },
  ordinary: { zh: '普通劳动力', en: 'Ordinary' },
  partial: { zh: '弱劳动力或半劳动力', en: 'Partial' },
  lost: { zh: '丧失劳动力', en: 'Lost' },
  none: { zh: '无劳动力', en: 'None' },
} as const satisfies Record<LaborAbility, Text>;

export const phoneOwnerWords = {
  self: { zh: '本人', en: 'Own' },
  spouse: { zh: '配偶', en: 'Spouse' },
  parent: { zh: '父母', en: 'Parent' },
  child: { zh: '子女', en: 'Child' },
  neighbor: { zh: '邻居', en: 'Neighbor' },
  other: { zh: '其他', en: 'Other' },
} as const satisfies Record<PhoneOwner, Text>;

export const sourceWords = {
  declared: { zh: '本人说', en: 'Declared' },
  import: { zh: '台账', en: 'Roster' },
  employer: { zh: '用工单位', en: 'Employer' },
  certificate: { zh: '凭证书', en: 'Certificate' },
  register: { zh: '部门登记', en: 'Register' },
} as const satisfies Record<RecordSource, Text>;

export const partWords = {
  person: { zh: '基本信息', en: 'Facts' },
  spell: { zh: '务工经历', en: 'Work' },
  skill: { zh: '技能', en: 'Skill' },
  certificate: { zh: '证书', en: 'Certificate' },
  care: { zh: '困难群体', en: 'Care group' },
  wish: { zh: '意愿', en: 'Wish' },
  registered: { zh: '登记在册', en: 'Registered' },
  merged: { zh: '与另一条合并', en: 'Merged with another record' },
} as const satisfies Record<ChangedPart, Text>;

/** Fields of a record, by the names the national registration form gives them. */
export const recordFieldWords = {
  name: fieldWords.name,
  area: { zh: '常住地', en: 'Home' },
  gender: fieldWords.gender,
  birth: fieldWords.birth,
  idNumber: fieldWords.idNumber,
  phone: fieldWords.phone,
  phone2: fieldWords.phone2,
  household: { zh: '户编号', en: 'Household number' },
  nation: fieldWords.nation,
  education: fieldWords.education,
  jobType: fieldWords.jobType,
  workplace: { zh: '去年务工地', en: "Last year's workplace" },
  relation: fieldWords.relation,
  registeredPlace: { zh: '户籍地', en: 'Registered at' },
  address: fieldWords.address,
  laborAbility: fieldWords.laborAbility,
  phoneOwner: { zh: '手机是谁的', en: 'Whose telephone' },
  phone2Owner: { zh: '第二电话是谁的', en: 'Whose second telephone' },
} as const satisfies Record<PersonField, Text>;

/** Words of the record's part of the drawer. */
export const recordWords = {
  record: { zh: '档案', en: 'Record' },
  tabs: { zh: '档案各部分', en: 'Parts of the record' },
  facts: { zh: '基本信息', en: 'Facts' },
  work: { zh: '务工经历', en: 'Work' },
  skills: { zh: '技能证书', en: 'Skills' },
  care: { zh: '困难群体', en: 'Care' },
  history: { zh: '修改记录', en: 'History' },
  edit: { zh: '更正', en: 'Correct' },
  save: { zh: '保存', en: 'Save' },
  cancel: { zh: '不改了', en: 'Cancel' },
  saved: { zh: '已保存', en: 'Saved' },
  nothingChanged: { zh: '没有变化', en: 'Nothing has changed' },
  undo: { zh: '撤销', en: 'Undo' },
  undone: { zh: '已撤销', en: 'Undone' },
  remove: { zh: '删去', en: 'Remove' },
  removed: { zh: '已删去', en: 'Removed' },
  change: { zh: '改', en: 'Change' },
  none: { zh: '未填', en: 'Not given' },
  numberHint: { zh: '不改就留空', en: 'Leave empty to keep it' },
  takeNumber: { zh: '去掉{field}', en: 'Take the {field} off' },
  addSpell: { zh: '添一段务工', en: 'Add a time of work' },
  noSpells: { zh: '还没有务工经历', en: 'No time of work yet' },
  addSkill: { zh: '添一项技能', en: 'Add a skill' },
  addCertificate: { zh: '添一份证书', en: 'Add a certificate' },
  noSkills: { zh: '还没有技能、证书', en: 'No skill or certificate yet' },
  addCare: { zh: '添一个群体', en: 'Add a group' },
  noCare: { zh: '不在困难群体', en: 'In no care group' },
  noHistory: { zh: '还没有修改过', en: 'Nothing has been changed yet' },
  county: { zh: '务工地（到县区）', en: 'Place of work (county)' },
  employer: { zh: '用工单位', en: 'Employer' },
  occupation: { zh: '工种', en: 'Occupation' },
  pay: { zh: '月收入（元）', en: 'Pay a month (yuan)' },
  payOf: { zh: '每月 {yuan} 元', en: '{yuan} yuan a month' },
  payBad: { zh: '写数字，如 5200', en: 'Type a number, such as 5200' },
  fromDay: { zh: '从', en: 'From' },
  toDay: { zh: '到（还在干就留空）', en: 'Until (empty: still there)' },
  now: { zh: '至今', en: 'now' },
  source: { zh: '来源', en: 'Source' },
  skill: { zh: '技能', en: 'Skill' },
  years: { zh: '干了几年', en: 'Years of practice' },
  yearsOf: { zh: '{n} 年', en: '{n} {n|year|years}' },
  certificate: { zh: '证书名称', en: 'Certificate' },
  level: { zh: '等级', en: 'Level' },
  number: { zh: '证书编号', en: 'Number' },
  issued: { zh: '发证日期', en: 'Issued' },
  expires: { zh: '有效期到', en: 'Valid until' },
  since: { zh: '从', en: 'Since' },
  until: { zh: '到（仍是就留空）', en: 'Until (empty: still)' },
  group: { zh: '群体', en: 'Group' },
  needed: { zh: '请填写', en: 'Please fill it in' },
  byImport: { zh: '台账导入', en: 'by a roster' },
  bySystem: { zh: '系统', en: 'the system' },
  added: { zh: '添加', en: 'added' },
  wasBefore: { zh: '原为', en: 'was' },
} as const satisfies Words;

/** What the national checks doubt; nothing stops for it. */
export const doubtWords = {
  'people.pay_doubtful': {
    zh: '月收入不在 100 到 30000 元',
    en: 'Pay is not within 100 and 30,000 yuan a month',
  },
  'people.unable_yet_working': { zh: '无劳动能力却在务工', en: 'Not able to work, and yet working' },
  'people.worked_under_sixteen': { zh: '当时未满 16 岁', en: 'Was under sixteen then' },
} as const satisfies Words;

export const registryRefusalWords = {
  'people.born_later': { zh: '出生日期在今天之后', en: 'Born after today' },
  'people.born_later.remedy': { zh: '改正日期', en: 'Correct the day' },
  'people.one_phone_a_field': { zh: '一格只写一个号码', en: 'One number in a field' },
  'people.one_phone_a_field.remedy': {
    zh: '第二个写到“第二电话”',
    en: 'Put the other into “second telephone”',
  },
  'people.other_district': { zh: '新地址在另一区县', en: 'The new home lies in another district' },
  'people.other_district.remedy': {
    zh: '请那边的单位要人（转移）',
    en: 'Let the office there ask for the transfer',
  },
  'people.spell_reversed': { zh: '结束早于开始', en: 'It ends before it begins' },
  'people.spell_reversed.remedy': { zh: '对调或改正', en: 'Swap or correct the days' },
  'people.spell_ahead': { zh: '日期在今天之后', en: 'The day is after today' },
  'people.spell_ahead.remedy': { zh: '还没去的写到意愿里', en: 'What is to come belongs to the wish' },
  'people.spell_overlaps': {
    zh: '与 {from} 至 {to} 的一段重叠',
    en: 'It overlaps the one from {from} to {to}',
  },
  'people.spell_overlaps.remedy': { zh: '先给那一段写上结束日期', en: 'Give that one its last day first' },
  'people.in_group_already': { zh: '已在这个群体里', en: 'In this group already' },
  'people.in_group_already.remedy': { zh: '改那一条的日期', en: 'Change the days of that entry' },
  'people.days_reversed': { zh: '结束早于开始', en: 'It ends before it begins' },
  'people.days_reversed.remedy': { zh: '对调或改正', en: 'Swap or correct the days' },
  'people.undone_already': { zh: '这次修改已撤销', en: 'This change is undone already' },
  'people.undone_already.remedy': { zh: '刷新后再看', en: 'Reload the page' },
  'people.changed_since': { zh: '后来又改过', en: 'It has been changed since' },
  'people.changed_since.remedy': { zh: '先撤销后来的修改', en: 'Undo the later change first' },
  'people.not_by_itself': { zh: '这一条不能单独撤销', en: 'This cannot be undone by itself' },
  'people.not_by_itself.remedy': {
    zh: '撤销整份导入，或改意愿',
    en: 'Undo the whole import, or change the wish',
  },
} as const satisfies Words;
