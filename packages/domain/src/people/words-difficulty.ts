import type { Text, Words } from '../basics/say.ts';
import type { DifficultyChannel, DifficultyKind, DifficultyState } from './rules-difficulty.ts';

export const difficultyKindWords = {
  road: { zh: '路上、车', en: 'Road or bus' },
  pay: { zh: '工资', en: 'Pay' },
  contract: { zh: '合同、招工', en: 'Contract or hiring' },
  health: { zh: '身体', en: 'Health' },
  lodging: { zh: '吃住', en: 'Food or lodging' },
  family: { zh: '家里老人孩子', en: 'Family at home' },
  papers: { zh: '证件、手续', en: 'Papers' },
  other: { zh: '其他', en: 'Something else' },
} as const satisfies Record<DifficultyKind, Text>;

export const difficultyStateWords = {
  told: { zh: '没人接', en: 'told' },
  owned: { zh: '在办', en: 'looked after' },
  answered: { zh: '等本人确认', en: 'answered' },
  climbed: { zh: '逾期已上报', en: 'late, climbed' },
  solved: { zh: '已解决', en: 'solved' },
} as const satisfies Record<DifficultyState, Text>;

export const difficultyChannelWords = {
  ticket: { zh: '电子票', en: 'ticket page' },
  phone: { zh: '电话', en: 'phone' },
  escort: { zh: '随车人员', en: 'escort' },
  employer: { zh: '企业', en: 'employer' },
  broker: { zh: '劳务经纪人', en: 'labor broker' },
  counter: { zh: '窗口', en: 'counter' },
} as const satisfies Record<DifficultyChannel, Text>;

export const difficultyWords = {
  title: { zh: '困难反馈', en: 'Difficulties' },
  tell: { zh: '记一条困难', en: 'Write down a difficulty' },
  kind: { zh: '哪方面', en: 'About' },
  channel: { zh: '怎么说的', en: 'Told by' },
  text: { zh: '怎么回事', en: 'What is the matter' },
  textHint: { zh: '两三句话，只给经办单位看', en: 'Two or three sentences; only offices read them' },
  save: { zh: '记下', en: 'Write down' },
  saved: { zh: '已记下', en: 'Written down' },
  told: { zh: '本人说', en: 'Told' },
  answer: { zh: '答复', en: 'Answer' },
  answerHint: { zh: '本人在电子票页上看得到', en: 'The person reads it on the ticket page' },
  sendAnswer: { zh: '答复本人', en: 'Answer' },
  answered: { zh: '已答复', en: 'Answered' },
  take: { zh: '我来办', en: 'I look after it' },
  taken: { zh: '已接下', en: 'Taken' },
  solved: { zh: '本人电话说解决了', en: 'Solved, said by phone' },
  notSolved: { zh: '本人说没解决', en: 'Not solved, says the person' },
  closed: { zh: '已记下本人的话', en: 'Noted' },
  toldAt: { zh: '反馈时间', en: 'Told at' },
  erased: { zh: '内容已删除', en: 'The words are erased' },
  none: { zh: '没有困难反馈', en: 'No difficulties' },
  noneNext: {
    zh: '电子票页、电话、随车人员说的都列在这里',
    en: 'What people tell on the ticket page, by phone or through an escort stands here',
  },
  byPerson: { zh: '本人在票上确认', en: 'confirmed on the ticket' },
  byOffice: { zh: '本人电话确认', en: 'confirmed by phone' },
} as const satisfies Words;

/** The person's own page. */
export const ticketDifficultyWords = {
  title: { zh: '有困难，告诉我们', en: 'Tell us what is difficult' },
  intro: {
    zh: '路上、厂里、家里的难处都可以说。到期没人答复，会转给上一级。',
    en: 'On the way, at work or at home. If nobody answers in time, it goes to the office above.',
  },
  what: { zh: '哪方面的？', en: 'What about?' },
  text: { zh: '说一说（不用写身份证号）', en: 'Say it in your words (no ID number needed)' },
  send: { zh: '送出', en: 'Send' },
  told: { zh: '您说过的', en: 'What you have told' },
  answer: { zh: '答复', en: 'Answer' },
  isSolved: { zh: '解决了吗？', en: 'Is it solved?' },
  solvedYes: { zh: '解决了', en: 'Yes' },
  solvedNo: { zh: '没有', en: 'No' },
  'state.told': { zh: '已送到，等人接', en: 'received' },
  'state.owned': { zh: '有人在办', en: 'somebody looks after it' },
  'state.answered': { zh: '已答复', en: 'answered' },
  'state.climbed': { zh: '已转上一级', en: 'with the office above' },
  'state.solved': { zh: '已解决', en: 'solved' },
  'problem.nothingSaid': {
    zh: '没有送出：选一项，再写一句话（300 字以内）',
    en: 'Not sent: choose one and write a sentence (300 characters at most)',
  },
  'problem.tooMany': {
    zh: '没有送出：已有 5 条没解决的，请直接打电话',
    en: 'Not sent: five are not solved yet; please call',
  },
  callNow: { zh: '急事打电话', en: 'Urgent? Call' },
  back: { zh: '回到车票', en: 'Back to the ticket' },
  otherLanguage: { zh: 'English', en: '中文' },
} as const satisfies Words;

export const difficultyRefusalWords = {
  'people.difficulty_closed': { zh: '本人已确认解决', en: 'The person has confirmed that it is solved' },
  'people.difficulty_closed.remedy': { zh: '有新的难处另记一条', en: 'Write a new one down' },
  'people.difficulty_yours_already': { zh: '这条已由您在办', en: 'You look after it already' },
  'people.difficulty_yours_already.remedy': { zh: '直接答复', en: 'Answer it' },
  'people.difficulty_not_answered': { zh: '还没有答复过', en: 'It has no answer yet' },
  'people.difficulty_not_answered.remedy': {
    zh: '先答复，再问本人',
    en: 'Answer first, then ask the person',
  },
} as const satisfies Words;
