import type { Text, Words } from '../basics/say.ts';
import type { Basis, ConsentWay, FieldClass, Purpose } from './rules-consent.ts';

export const purposeWords = {
  arrangeTravel: { zh: '安排返岗出行', en: 'Arranging the way back to work' },
  keepBooks: { zh: '登记台账', en: 'Keeping the books' },
  careService: { zh: '重点群体帮扶', en: 'Care for key groups' },
  doorCheck: { zh: '车门前查验', en: 'Checks at the vehicle door' },
  showToEmployer: { zh: '把姓名、座位给用人单位看', en: 'Showing name and seat to the employer' },
  shareWithPartner: { zh: '给协作地区看', en: 'Sharing with a partner area' },
  publishPortrait: { zh: '照片、采访公开发布', en: 'Publishing pictures and quotes' },
} as const satisfies Record<Purpose, Text>;

export const fieldClassWords = {
  name: { zh: '姓名', en: 'name' },
  home: { zh: '住址到村', en: 'home village' },
  phone: { zh: '手机', en: 'telephone' },
  wish: { zh: '返岗意愿', en: 'wish to return' },
  seat: { zh: '车次座位', en: 'run and seat' },
  idNumber: { zh: '证件号码', en: 'ID number' },
  careStatus: { zh: '困难身份', en: 'care status' },
  health: { zh: '健康查验', en: 'health checks' },
  portrait: { zh: '照片', en: 'pictures' },
} as const satisfies Record<FieldClass, Text>;

export const basisWords = {
  statutoryDuty: { zh: '法定职责', en: 'statutory duty' },
  emergency: { zh: '应对突发公共卫生事件', en: 'public health emergency' },
  separateConsent: { zh: '单独同意', en: 'separate consent' },
} as const satisfies Record<Basis, Text>;

export const consentWayWords = {
  counter: { zh: '当面', en: 'at the counter' },
  phone: { zh: '电话', en: 'by telephone' },
  paper: { zh: '书面', en: 'on paper' },
  link: { zh: '本人在车票上', en: 'on the own ticket' },
} as const satisfies Record<ConsentWay, Text>;

export const consentWords = {
  title: { zh: '个人信息用在哪里', en: 'What the data is used for' },
  law: { zh: '《个人信息保护法》第 {article} 条', en: 'PIPL art. {article}' },
  onForm: { zh: '按登记表', en: 'as on the form' },
  given: { zh: '已同意', en: 'consent given' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
  notAsked: { zh: '没有同意过', en: 'no consent' },
  needsNone: { zh: '不用另行同意', en: 'needs none' },
  give: { zh: '同意', en: 'Give consent' },
  takeBack: { zh: '撤回', en: 'Withdraw' },
  how: { zh: '本人怎么说的', en: 'How it was said' },
  saved: { zh: '已记下，下一次查看就生效', en: 'Noted: it acts at the next request' },
  withheld: { zh: '本人未同意展示', en: 'name withheld' },
  file: { zh: '导出个人档案', en: 'Export the personal file' },
  erase: { zh: '删除个人信息', en: 'Erase personal data' },
  eraseWhy: { zh: '为什么删除', en: 'Why' },
  'eraseWhy.asked': { zh: '本人要求', en: 'the person asks' },
  'eraseWhy.purposeEnded': { zh: '目的已达到', en: 'the purpose has ended' },
  'eraseWhy.wronglyKept': { zh: '登记有误', en: 'registered by mistake' },
  eraseSure: {
    zh: '姓名、证件、电话、意愿备注和变更历史都会删掉，不能恢复；车次和人数的统计保留，不再能认出是谁。',
    en: 'Name, numbers, remarks and history are erased for good. Counts remain and name nobody.',
  },
  erased: { zh: '已删除', en: 'Erased' },
  erasedName: { zh: '已删除', en: 'erased' },
} as const satisfies Words;

export const consentRefusalWords = {
  'people.no_consent_needed': {
    zh: '这一项依照法定职责，不靠同意',
    en: 'This use rests on a duty of the office, not on consent',
  },
  'people.no_consent_needed.remedy': { zh: '不想继续，可以申请删除', en: 'The person may ask for erasure' },
  'people.consent_same': { zh: '已经是这样了', en: 'It is so already' },
  'people.consent_same.remedy': { zh: '不用再记', en: 'Nothing to do' },
  'people.still_travels': { zh: '还有座位或在路上，不能删除', en: 'Holds a seat or is on the way' },
  'people.still_travels.remedy': {
    zh: '先取消行程，或等签收以后',
    en: 'Cancel the journey first, or wait until it is signed for',
  },
} as const satisfies Words;
