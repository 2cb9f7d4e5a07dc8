import type { Words } from '../basics/say.ts';

export const collisionWords = {
  title: { zh: '一人两处', en: 'On two books' },
  sub: {
    zh: '同一人在两个区县的台账上；区县不知道，由市里处理',
    en: 'One person on the books of two districts, who do not know; the city settles it',
  },
  open: { zh: '待处理', en: 'To be settled' },
  n: { zh: '{n} 件', en: '{n} {n|case|cases}' },
  first: { zh: '一处', en: 'One office' },
  second: { zh: '另一处', en: 'The other office' },
  since: { zh: '从何时', en: 'Since' },
  none: { zh: '没有一人两处', en: 'Nobody is on two books' },
  noneNext: { zh: '有了就列在这里', en: 'A case appears here by itself' },
  closed: { zh: '已处理', en: 'Settled' },
  how: { zh: '结果', en: 'Outcome' },
  at: { zh: '时间', en: 'Time' },
  'how.transfer': { zh: '已转移', en: 'transferred' },
  'how.bothRight': { zh: '两处都对（期间迁移）', en: 'both right (moved during the season)' },
  settle: { zh: '处理', en: 'Settle' },
  keepFirst: { zh: '归 {office}', en: '{office} keeps the person' },
  keepSure: {
    zh: '另一处的台账并入这一处；已有座位不变。',
    en: 'The other row goes into this one. A seat stays as it is.',
  },
  bothRight: { zh: '两处都对', en: 'Both are right' },
  bothSure: {
    zh: '此人期间迁移过，两处都保留，不再提示。',
    en: 'The person moved during the season: both rows stay, and this is not asked again.',
  },
  done: { zh: '已处理', en: 'Settled' },
  openRow: { zh: '打开台账', en: 'Open the row' },
} as const satisfies Words;

export const collisionRefusalWords = {
  'people.collision_needs_keeper': { zh: '要说明归哪一处', en: 'Say which office keeps the person' },
  'people.collision_needs_keeper.remedy': { zh: '选两处之一', en: 'Choose one of the two' },
} as const satisfies Words;
