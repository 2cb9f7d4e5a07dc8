import type { Text, Words } from '../basics/say.ts';
import type { NeedFact, SurveyClass, VoidReason } from './rules-need.ts';
import type { NeedKind, NeedStatus } from './schema.ts';

export const needKindWords = {
  travel: { zh: '出行', en: 'Way' },
  ticket: { zh: '车票', en: 'Ticket' },
  job: { zh: '岗位', en: 'Job' },
  training: { zh: '培训', en: 'Training' },
  care: { zh: '关爱', en: 'Care' },
  policy: { zh: '政策', en: 'Policy' },
  health: { zh: '健康', en: 'Health' },
} as const satisfies Record<NeedKind, Text>;

export const needStatusWords = {
  open: { zh: '没人接', en: 'open' },
  taken: { zh: '在办', en: 'taken' },
  met: { zh: '已满足', en: 'met' },
  void: { zh: '不再需要', en: 'not needed' },
} as const satisfies Record<NeedStatus, Text>;

export const voidReasonWords = {
  wish_withdrawn: { zh: '意愿已撤回', en: 'wish withdrawn' },
  wish_changed: { zh: '意愿已改', en: 'wish changed' },
  met_otherwise: { zh: '本人另有办法', en: 'met another way' },
  merged: { zh: '两条登记合并', en: 'two records became one' },
  person_stays: { zh: '本人不走了', en: 'the person stays' },
  person_declines: { zh: '本人不要', en: 'the person declines' },
  said_by_mistake: { zh: '登记错了', en: 'written down by mistake' },
} as const satisfies Record<VoidReason, Text>;

export const needFactWords = {
  ticketBought: { zh: '票已买好', en: 'Ticket bought' },
  hired: { zh: '已上岗', en: 'Hired' },
  trained: { zh: '已培训', en: 'Trained' },
  told: { zh: '已告知本人', en: 'Told in person' },
  visited: { zh: '已上门', en: 'Visited' },
} as const satisfies Record<NeedFact, Text>;

export const surveyClassWords = {
  withinProvince: { zh: '省（市）内', en: 'Within the province' },
  acrossProvinces: { zh: '跨省', en: 'Across provinces' },
  noPlace: { zh: '去处未定', en: 'No place yet' },
  concentrated: { zh: '其中集中地', en: 'Of these concentrated' },
  byEmployer: { zh: '其中企业明确', en: 'Of these to a known gate' },
} as const satisfies Record<SurveyClass, Text>;

/** Reasons why a need waits, beside those of plans and doors. */
export const needReasonWords = {
  not_begun: { zh: '还没办', en: 'not begun' },
  seated: { zh: '有座', en: 'seated' },
  way_cancelled: { zh: '行程取消', en: 'way cancelled' },
  declined: { zh: '本人退票', en: 'declined the seat' },
  trip_cancelled: { zh: '车次取消', en: 'run called off' },
  absent: { zh: '没来赶车', en: 'missed the departure' },
  held_at_door: { zh: '门前暂扣', en: 'held at the door' },
  left_on_the_way: { zh: '途中离车', en: 'left on the way' },
  way_removed: { zh: '行程取消', en: 'way cancelled' },
  no_destination: { zh: '还不知道去哪里', en: 'no destination yet' },
  no_arrival_window: { zh: '厂门没有接收时间', en: 'the gate has no hours' },
  beyond_horizon: { zh: '想走的日子不在排车期内', en: 'days beyond the plan' },
  party_too_large: { zh: '同行人太多', en: 'party too large' },
  no_wheelchair_bay: { zh: '轮椅位不够', en: 'no wheelchair bay' },
  no_vehicle: { zh: '车不够', en: 'too few coaches' },
  below_min_load: { zh: '凑不满一车', en: 'too few go this way' },
  ride_too_long: { zh: '路太长', en: 'ride too long' },
  window_unreachable: { zh: '到时厂门不接收', en: 'the gate is shut then' },
  too_many_stops: { zh: '停站太多', en: 'too many stops' },
  no_feeder: { zh: '没有接驳', en: 'no feeder' },
  wish_changed: { zh: '意愿改过', en: 'the wish changed' },
  seat_taken: { zh: '座位被别人坐上', en: 'the seats were taken' },
  ...needFactWords,
} as const satisfies Words;

export const needWords = {
  title: { zh: '需求清单', en: 'Needs' },
  sub: { zh: '一人一条，有人管，有期限', en: 'One by one, each with an owner and a day' },
  needs: { zh: '需求', en: 'Needs' },
  classes: { zh: '出行分类', en: 'Travel by class' },
  waiting: { zh: '没办完', en: 'Waiting' },
  sums: {
    zh: '没人接 {open}，在办 {taken}，逾期 {overdue}，已满足 {met}',
    en: '{open} open, {taken} taken, {overdue} overdue, {met} met',
  },
  person: { zh: '人员', en: 'Person' },
  home: { zh: '住处', en: 'Home' },
  kind: { zh: '需求', en: 'Need' },
  state: { zh: '状态', en: 'State' },
  due: { zh: '期限', en: 'Due' },
  overdue: { zh: '逾期', en: 'overdue' },
  owner: { zh: '谁在办', en: 'On it' },
  nobody: { zh: '没人', en: 'nobody' },
  answers: { zh: '负责单位', en: 'Answers for it' },
  climbed: { zh: '已上报 {n} 级', en: 'climbed {n}×' },
  why: { zh: '原因', en: 'Why' },
  all: { zh: '全部', en: 'All' },
  mine: { zh: '我在办的', en: 'Mine' },
  ofOffice: { zh: '归本单位的', en: 'Of my office' },
  onlyOverdue: { zh: '只看逾期', en: 'Only overdue' },
  take: { zh: '我来办', en: 'I take it' },
  taken: { zh: '已接下', en: 'Taken' },
  hand: { zh: '交给同事', en: 'Hand on' },
  handed: { zh: '已交给 {name}', en: 'Handed to {name}' },
  to: { zh: '交给谁', en: 'To whom' },
  meet: { zh: '办成了', en: 'It is met' },
  fact: { zh: '哪件事办成的', en: 'By which fact' },
  note: { zh: '凭据', en: 'Evidence' },
  noteHint: { zh: '例如回执号；加密保存', en: 'A receipt, a date; kept sealed' },
  met: { zh: '已满足', en: 'Met' },
  drop: { zh: '不再需要', en: 'Not needed' },
  dropped: { zh: '已注销', en: 'Not needed any more' },
  metBySeat: { zh: '有了座位就自动满足', en: 'A seat meets it by itself' },
  hasEvidence: { zh: '有凭据', en: 'with evidence' },
  openPerson: { zh: '打开人员', en: 'Open the person' },
  empty: { zh: '没有符合的需求', en: 'Nothing waits here' },
  emptyNext: {
    zh: '登记意愿后，需求自动列在这里',
    en: 'A need stands here as soon as a wish asks for something',
  },
  town: { zh: '镇街', en: 'Town' },
  people: { zh: '人数', en: 'People' },
  ofPerson: { zh: '需求与困难', en: 'Needs and difficulties' },
  noNeeds: { zh: '没有需求', en: 'No needs' },
} as const satisfies Words;

export const needRefusalWords = {
  'people.need_closed': { zh: '这条需求已经了结', en: 'This need is closed already' },
  'people.need_closed.remedy': { zh: '刷新后再看', en: 'Reload the page' },
  'people.need_yours_already': { zh: '这条已由您在办', en: 'You have taken it already' },
  'people.need_yours_already.remedy': { zh: '办成了就记下凭据', en: 'Note the fact that meets it' },
  'people.need_met_by_seat': { zh: '出行需求要有座位才算满足', en: 'Only a seat meets a need to travel' },
  'people.need_met_by_seat.remedy': {
    zh: '到排车页排上，或注销',
    en: 'Plan a seat, or say it is not needed',
  },
  'people.need_other_fact': { zh: '这件事不能了结这种需求', en: 'This fact does not meet this kind of need' },
  'people.need_other_fact.remedy': { zh: '换一件事', en: 'Choose another fact' },
  'people.need_no_such_hand': { zh: '没有这位同事', en: 'There is no such colleague' },
  'people.need_no_such_hand.remedy': { zh: '从候选里选', en: 'Choose from the list' },
} as const satisfies Words;
