import type { Words } from '../basics/say.ts';

/** What a traveller reads behind the link of a ticket about who sees the own data: plain words, large type, no article of a law. */
export const ticketConsentWords = {
  open: { zh: '谁能看到我的信息', en: 'Who sees my details' },
  title: { zh: '谁能看到您的信息', en: 'Who sees your details' },
  intro: {
    zh: '下面几样，您说了算。不同意也照样坐车。点了马上算数，随时能改。',
    en: 'These are for you to decide. Your seat stays whatever you choose. It counts at once, and you can change it at any time.',
  },
  'use.showToEmployer': { zh: '用人单位', en: 'Your employer' },
  'what.showToEmployer': {
    zh: '看到您的姓名、坐哪趟车、几号座，好在厂门接您。',
    en: 'Sees your name, run and seat, to meet you at the gate.',
  },
  'else.showToEmployer': {
    zh: '不同意，厂里只知道来几个人，不知道有您。',
    en: 'Otherwise the firm is told how many come, not that you do.',
  },
  'use.shareWithPartner': { zh: '别的区县的人社部门', en: "Another district's office" },
  'what.shareWithPartner': {
    zh: '和我们合开一趟车时，看到您的姓名、去哪里、坐哪趟车。',
    en: 'Sees your name, where you go and your run when it runs a bus together with us.',
  },
  'else.shareWithPartner': {
    zh: '不同意，那边看不到您的姓名。',
    en: 'Otherwise it does not see your name.',
  },
  'use.publishPortrait': { zh: '新闻、宣传', en: 'News and publicity' },
  'what.publishPortrait': {
    zh: '公开用您的照片，写您的故事。',
    en: 'Shows your picture and tells your story in public.',
  },
  'else.publishPortrait': {
    zh: '不同意，一张也不用。',
    en: 'Otherwise none of it is used.',
  },
  yes: { zh: '您同意', en: 'You agree' },
  no: { zh: '您不同意', en: 'You do not agree' },
  withdraw: { zh: '不同意了', en: 'I no longer agree' },
  give: { zh: '同意', en: 'I agree' },
  /** Read out after the button's word, not shown. */
  about: { zh: '：{use}', en: ': {use}' },
  duty: {
    zh: '登记、排车、车门查验是人社部门该办的事，不用您另外同意。想看或想删登记的信息，打电话说。',
    en: "Registering you, planning the bus and checks at its door are the office's duty and need no consent. To see or erase what is kept, call.",
  },
  back: { zh: '回到车票', en: 'Back to the ticket' },
} as const satisfies Words;
