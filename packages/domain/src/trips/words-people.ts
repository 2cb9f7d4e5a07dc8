import type { Text, Words } from '../basics/say.ts';
import type { PastType } from './api-people.ts';

/** How far somebody has come between home door and factory gate. */
export const standingWords = {
  notPlaced: { zh: '还没有车', en: 'No way yet' },
  seated: { zh: '有座待发', en: 'Seated, to depart' },
  missed: { zh: '门前暂扣或缺席', en: 'Held or absent at the door' },
  held: { zh: '门前暂扣', en: 'Held at the door' },
  absent: { zh: '没赶上车', en: 'Missed the bus' },
  aboard: { zh: '已上车', en: 'Aboard' },
  underWay: { zh: '在途', en: 'On the way' },
  left: { zh: '途中离车', en: 'Left on the way' },
  arrived: { zh: '已到厂', en: 'At the gate' },
  signedFor: { zh: '已签收', en: 'Signed for' },
} as const satisfies Words;

/** What the people page says of a way. */
export const wayWords = {
  way: { zh: '行程', en: 'The way' },
  run: { zh: '车次', en: 'Run' },
  noWay: { zh: '本季还没有座位', en: 'No seat in this season yet' },
  seat: { zh: '{n} 座', en: 'seat {n}' },
  leaves: { zh: '{day} {time} 发', en: 'leaves {day} {time}' },
  arrives: { zh: '{day} {time} 到', en: 'arrives {day} {time}' },
  fromTo: { zh: '{from} → {to}', en: '{from} → {to}' },
  openTicket: { zh: '打开车票', en: 'Open the ticket' },
  past: { zh: '经过', en: 'So far' },
} as const satisfies Words;

/** Why a way is broken or a person held: codes of the door, and of what ended a way. */
export const wayReasonWords: Words = {
  temperature: { zh: '体温高', en: 'temperature' },
  healthCode: { zh: '健康码', en: 'health code' },
  travelCode: { zh: '行程码', en: 'travel code' },
  mask: { zh: '没戴口罩', en: 'no mask' },
  papers: { zh: '证件不符', en: 'papers' },
  absent: { zh: '没来赶车', en: 'missed the departure' },
  held_at_door: { zh: '门前暂扣', en: 'held at the door' },
  left_on_the_way: { zh: '途中离车', en: 'left on the way' },
  trip_cancelled: { zh: '车次取消', en: 'run called off' },
  withdrawn: { zh: '方案收回', en: 'plan taken back' },
  declined: { zh: '本人说走不了', en: 'cannot go, says the traveller' },
  staysHome: { zh: '留在家乡', en: 'stays home' },
  ownWay: { zh: '自己走', en: 'goes by own means' },
  alreadyLeft: { zh: '已经走了', en: 'has left already' },
  plantClosed: { zh: '厂里不开工', en: 'the plant is closed' },
  illness: { zh: '生病', en: 'illness' },
  family: { zh: '家里有事', en: 'family matters' },
  mistake: { zh: '登记错了', en: 'recorded by mistake' },
  snow: { zh: '雪、路不通', en: 'snow, road closed' },
  vehicle: { zh: '车坏了', en: 'vehicle broken down' },
};

/** What the journal tells of a person. */
export const pastWords = {
  'people.person_registered': { zh: '登记在册', en: 'Registered' },
  'people.person_changed': { zh: '登记更正', en: 'Books corrected' },
  'people.wish_recorded': { zh: '登记意愿', en: 'Wish recorded' },
  'people.wish_changed': { zh: '意愿改了', en: 'Wish changed' },
  'people.wish_confirmed': { zh: '意愿确认', en: 'Wish confirmed' },
  'people.wish_withdrawn': { zh: '意愿撤回', en: 'Wish withdrawn' },
  'people.wish_met_otherwise': { zh: '已另行解决', en: 'Met another way' },
  'trips.itinerary_seated': { zh: '有了座位', en: 'Seated' },
  'trips.itinerary_broken': { zh: '行程中断', en: 'Way broken' },
  'trips.itinerary_cancelled': { zh: '座位取消', en: 'Seat given up' },
  'trips.leg_boarded': { zh: '上车', en: 'Boarded' },
  'trips.leg_boarding_undone': { zh: '撤销上车', en: 'Boarding undone' },
  'trips.leg_held': { zh: '门前暂扣', en: 'Held at the door' },
  'trips.leg_absent': { zh: '发车时未到', en: 'Absent at departure' },
  'trips.leg_left': { zh: '途中离车', en: 'Left on the way' },
  'trips.leg_arrived': { zh: '到达', en: 'Arrived' },
  'trips.pack_issued': { zh: '领爱心礼包', en: 'Gift pack handed over' },
  'trips.handover_signed': { zh: '厂门签收', en: 'Signed for at the gate' },
} as const satisfies Record<PastType, Text>;
