import type { Text, Words } from '../basics/say.ts';
import type { TransferRefusal, TransferState, TransferWhy } from './rules-transfer.ts';

export const transferStateWords = {
  asked: { zh: '已请求，等答复', en: 'asked, waiting' },
  agreed: { zh: '已同意', en: 'agreed' },
  done: { zh: '已转入', en: 'moved here' },
  refused: { zh: '未同意', en: 'refused' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
  expired: { zh: '到期无答复', en: 'no answer in time' },
} as const satisfies Record<TransferState, Text>;

export const transferWhyWords = {
  livesHere: { zh: '现住本地', en: 'lives here now' },
  travelsFromHere: { zh: '从本地出发返岗', en: 'travels to work from here' },
  householdHere: { zh: '家人在本地台账', en: 'the household is on our books' },
} as const satisfies Record<TransferWhy, Text>;

export const transferReasonWords = {
  stillOurs: { zh: '仍住我处', en: 'still lives with us' },
  otherPerson: { zh: '不是同一人', en: 'another person' },
  askedFirst: { zh: '已答应另一单位', en: 'promised to another office' },
  didNotAgree: { zh: '本人不愿转', en: 'the person does not want it' },
} as const satisfies Record<TransferRefusal, Text>;

export const transferWords = {
  title: { zh: '人员转移', en: 'Transfers' },
  sub: {
    zh: '请别的单位转来，或把人转给别的单位',
    en: 'Ask another office for somebody, or hand somebody over',
  },
  ask: { zh: '请求转入', en: 'Ask for somebody' },
  askSub: {
    zh: '不会告诉您别处有没有此人；有的单位 14 天内答复',
    en: 'You are not told whether anybody has the person; who has may answer within 14 days',
  },
  idNumber: { zh: '证件号码', en: 'ID number' },
  idHint: { zh: '号码不保存', en: 'The number is not kept' },
  orName: { zh: '没带证件：姓名加后四位', en: 'No papers at hand: name and last four' },
  name: { zh: '姓名', en: 'Name' },
  tail: { zh: '证件或手机后四位', en: 'Last four of ID or telephone' },
  home: { zh: '转到哪里', en: 'New home' },
  homeNow: { zh: '现在哪里', en: 'Home now' },
  why: { zh: '为什么', en: 'Why' },
  send: { zh: '送出请求', en: 'Send' },
  cancel: { zh: '不请求了', en: 'Leave it' },
  sent: { zh: '请求已送出', en: 'Asked' },
  ofUs: { zh: '别人请我们转出', en: 'Asked of us' },
  nOfUs: { zh: '{n} 件等答复', en: '{n} waiting for an answer' },
  ofUsNone: { zh: '没有单位请我们转人', en: 'Nobody asks us for anybody' },
  ofUsNext: { zh: '有请求就列在这里，不答复就到期', en: 'Askings appear here; unanswered ones run out' },
  ours: { zh: '我们请求的', en: 'Asked by us' },
  oursNone: { zh: '还没有请求过', en: 'Nothing asked yet' },
  oursNext: {
    zh: '外区的人来办事，就请求转入',
    en: 'When somebody of another district stands here, ask for the transfer',
  },
  answered: { zh: '我们答复过的', en: 'Answered by us' },
  person: { zh: '人员', en: 'Person' },
  who: { zh: '请求的是', en: 'Asked for' },
  idTail: { zh: '证件尾号 {tail}', en: 'ID ending in {tail}' },
  nameTail: { zh: '{name}，尾号 {tail}', en: '{name}, ending in {tail}' },
  from: { zh: '哪个单位请求', en: 'Asked by' },
  until: { zh: '答复到', en: 'Answer by' },
  state: { zh: '状态', en: 'State' },
  at: { zh: '时间', en: 'Time' },
  answer: { zh: '答复', en: 'Answer' },
  agree: { zh: '同意转出', en: 'Hand over' },
  refuse: { zh: '不同意', en: 'Refuse' },
  reason: { zh: '为什么不同意', en: 'Why not' },
  agreeSure: {
    zh: '{name} 的台账、意愿、同意、困难身份都转给 {office}；已有座位不变，仍在我们的车上。',
    en: 'Books, wish, consents and care status of {name} go to {office}. A seat stays as it is, on our run.',
  },
  agreed: { zh: '已转给 {office}', en: 'Handed over to {office}' },
  'answer.agreed': { zh: '已转出', en: 'handed over' },
  'answer.refused': { zh: '未同意', en: 'refused' },
  refused: { zh: '已答复不同意', en: 'Refused' },
  withdraw: { zh: '撤回', en: 'Withdraw' },
  withdrawn: { zh: '请求已撤回', en: 'Withdrawn' },
  open: { zh: '打开', en: 'Open' },
  withSeat: { zh: '座位在原单位的车上', en: 'seat on a run of the former office' },
  needed: { zh: '要填', en: 'Needed' },
} as const satisfies Words;

export const transferRefusalWords = {
  'people.transfer_needs': {
    zh: '要有证件号码，或姓名加后四位',
    en: 'An ID number is needed, or a name with the last four',
  },
  'people.transfer_needs.remedy': { zh: '补齐一种', en: 'Fill in one of them' },
  'people.on_own_books': { zh: '此人已在本单位台账', en: 'The person is on your own books' },
  'people.on_own_books.remedy': { zh: '到人员里找', en: 'Find the person in the list' },
  'people.transfer_open': { zh: '已经请求过，还在等答复', en: 'Asked already, and still waiting' },
  'people.transfer_open.remedy': { zh: '等到期，或先撤回', en: 'Wait, or withdraw it first' },
  'people.transfer_closed': { zh: '这件已经了结', en: 'This one is settled already' },
  'people.transfer_closed.remedy': { zh: '刷新后再看', en: 'Reload the page' },
  'people.transfer_needs_reason': { zh: '不同意要说明为什么', en: 'A refusal needs a reason' },
  'people.transfer_needs_reason.remedy': { zh: '选一个原因', en: 'Choose one' },
} as const satisfies Words;
