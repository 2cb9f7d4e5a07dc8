import type { Text, Words } from '../basics/say.ts';

/** Words of the planning board. */
export const planningWords = {
  board: { zh: '{area}　排车板', en: '{area} planning board' },
  city: { zh: '全市', en: 'Whole city' },
  waiting: { zh: '待安排 {n} 人', en: '{n} waiting for a way' },
  waitingColumn: { zh: '待安排', en: 'Waiting' },
  backToPeople: { zh: '去人员页', en: 'To the people page' },
  from: { zh: '从', en: 'From' },
  to: { zh: '到', en: 'To' },
  fleet: { zh: '车辆', en: 'Coaches' },
  fleetHint: {
    zh: '如 3 × 49（3 辆 49 座）；空着就用区县能包到的车',
    en: 'Such as 3 × 49 (three of 49 seats); empty: what the district can hire',
  },
  fleetHire: { zh: '可包车：{text}', en: 'For hire: {text}' },
  makePlan: { zh: '出方案', en: 'Make a plan' },
  making: { zh: '正在出方案', en: 'Making the plan' },
  commitPublish: { zh: '提交并下票', en: 'Commit and publish' },
  publishNow: { zh: '同时下票', en: 'Publish now' },
  commitOnly: { zh: '提交', en: 'Commit' },
  discard: { zh: '作废方案', en: 'Discard the draft' },
  publish: { zh: '下票', en: 'Publish' },
  withdraw: { zh: '收回未下票的车次', en: 'Take back unpublished runs' },
  committed: {
    zh: '已提交：{people} 人上座，{runs} 趟',
    en: 'Committed: {people} seated, {runs} {runs|run|runs}',
  },
  withdrawn: {
    zh: '已收回 {trips} 趟，{people} 人重新待安排',
    en: '{trips} {trips|run|runs} taken back, {people} waiting again',
  },
  published: { zh: '已下票 {trips} 趟', en: '{trips} {trips|run|runs} published' },
  discarded: { zh: '方案已作废，什么也没有变', en: 'Draft discarded; nothing was changed' },
  leftOut: { zh: '{n} 人未随方案提交：{why}', en: '{n} left out of the commit: {why}' },
  placed: { zh: '排上', en: 'placed' },
  unplaced: { zh: '未排', en: 'not placed' },
  unchanged: { zh: '不动', en: 'unchanged' },
  joined: { zh: '上原车', en: 'onto standing runs' },
  freshRuns: { zh: '新开', en: 'on new runs' },
  differenceLine: {
    zh: '新开 {newRuns} 趟 {newPeople} 人；{joinedPeople} 人上原有 {joinedRuns} 趟；原有 {unchangedRuns} 趟不动。已下票的座 0 变',
    en: '{newRuns} new {newRuns|run|runs} for {newPeople}; {joinedPeople} join {joinedRuns} standing {joinedRuns|run|runs}; {unchangedRuns} stand unchanged. 0 published seats move',
  },
  cost: { zh: '费用约 {yuan} 元', en: 'About ¥{yuan}' },
  costPerHead: { zh: '人均 {yuan} 元', en: '¥{yuan} a head' },
  coachesOf: { zh: '{n} × {seats} 座', en: '{n} × {seats}' },
  allDays: { zh: '全部', en: 'All days' },
  dayPeople: { zh: '{runs} 趟 {people} 人', en: '{runs} {runs|run|runs}, {people}' },
  trips: { zh: '车次', en: 'Runs' },
  departs: { zh: '发车', en: 'Departs' },
  code: { zh: '车次', en: 'Run' },
  newRun: { zh: '新开', en: 'new' },
  way: { zh: '上车点 → 厂门', en: 'Pick-ups → gate' },
  load: { zh: '已排/可乘', en: 'Seated / seats' },
  arrives: { zh: '到厂', en: 'Arrives' },
  lineAndChange: { zh: '三门线与变化', en: 'Doors and change' },
  takesMore: { zh: '新上座 {n}', en: '{n} join' },
  drivers: { zh: '{n} 名驾驶员', en: '{n} {n|driver|drivers}' },
  roleMain: { zh: '主程', en: 'Main runs' },
  roleFeeder: { zh: '接驳', en: 'Feeders' },
  roleLastMile: { zh: '到站后送厂', en: 'Last miles' },
  stopBoards: { zh: '上车', en: 'get on' },
  stopAlights: { zh: '下车', en: 'get off' },
  gapsTitle: { zh: '{n} 人未排', en: '{n} not placed' },
  noGaps: { zh: '都排上了', en: 'Everybody has a way' },
  who: { zh: '谁', en: 'Who' },
  whoMore: { zh: '{name}等 {n} 人', en: '{name} and {n} in all' },
  home: { zh: '家', en: 'Home' },
  why: { zh: '为什么', en: 'Why' },
  helps: { zh: '怎么办', en: 'What helps' },
  owner: { zh: '责任人', en: 'Owner' },
  noOwner: { zh: '本区县还没有调度账号', en: 'the district has no dispatcher account yet' },
  mapLabel: { zh: '{area}的上车点与线路', en: 'Pick-up points and lines of {area}' },
  cityMapLabel: { zh: '各区县待安排的人', en: 'People waiting, by district' },
  cityLegend: { zh: '底色：待安排人数，按区县', en: 'Shade: people waiting, by district' },
  district: { zh: '区县', en: 'District' },
  state: { zh: '状态', en: 'State' },
  stateRunning: { zh: '正在出方案', en: 'being made' },
  stateReady: { zh: '方案待提交', en: 'draft ready' },
  stateCommitted: { zh: '已提交', en: 'committed' },
  stateDiscarded: { zh: '已作废', en: 'discarded' },
  stateFailed: { zh: '没有出成', en: 'failed' },
  planFailed: {
    zh: '方案没有通过复核，没有采用：{fault}',
    en: 'The draft did not pass the independent check and is not used: {fault}',
  },
  planFailedNext: { zh: '请再出一次；还不行，请告诉运维', en: 'Make it again; if it stays, tell IT' },
  nobodyWaits: { zh: '没有人在等车', en: 'Nobody is waiting for a way' },
  nobodyWaitsNext: {
    zh: '先登记谁想返岗，再来出方案',
    en: 'Register who wants to go, then make a draft plan',
  },
  noPlanYet: { zh: '还没有方案', en: 'No draft plan yet' },
  noPlanYetNext: {
    zh: '选日子，写几辆车，按“出方案”',
    en: 'Choose the days, say how many coaches, press Make a plan',
  },
  backToCity: { zh: '回到全市', en: 'Back to the city' },
  commitAll: { zh: '提交全部 {n} 个区县', en: 'Commit all {n} districts' },
} as const satisfies Words;

/** Why someone has no way; keys are the solver's codes and two of the commit. */
export const reasonWords = {
  no_destination: { zh: '还不知道去哪里', en: 'The destination is not known yet' },
  no_arrival_window: { zh: '厂门没有接收时间', en: 'The gate has no hours to receive people' },
  beyond_horizon: {
    zh: '想走的日子（{earliestDay}–{latestDay}）不在本次排车的 {fromDay}–{toDay} 里',
    en: 'The days wished for ({earliestDay} to {latestDay}) lie outside {fromDay} to {toDay}',
  },
  party_too_large: {
    zh: '{size} 人同行，一辆车最多 {seats} 人',
    en: 'A party of {size}; a coach takes {seats}',
  },
  no_wheelchair_bay: {
    zh: '要 {need} 个轮椅位，车上有 {have} 个',
    en: '{need} wheelchair bays needed, {have} there',
  },
  no_vehicle: {
    zh: '这个方向的车不够，还差 {seatsShort} 座',
    en: 'Not enough coaches this way: {seatsShort} seats short',
  },
  below_min_load: {
    zh: '去这里只凑到 {have} 人，最低满载 {need} 人才开车',
    en: 'Only {have} go this way; a coach needs {need}',
  },
  ride_too_long: {
    zh: '在途 {rideMin} 分，超过 {maxMin} 分',
    en: '{rideMin} minutes on the way, more than {maxMin}',
  },
  window_unreachable: {
    zh: '最早 {earliestAt} 到，厂门那时不接收',
    en: 'Arrives at {earliestAt} at the earliest, when the gate is shut',
  },
  too_many_stops: { zh: '要停 {stops} 站，最多 {max} 站', en: '{stops} stops needed, {max} allowed' },
  no_feeder: { zh: '离最近的上车点 {km} 公里，没有接驳', en: '{km} km from the nearest stop, and no feeder' },
  wish_changed: { zh: '出方案之后意愿改过', en: 'The wish changed after the plan was made' },
  seat_taken: { zh: '提交时座位已被别人坐上', en: 'The seats were taken before the commit' },
} as const satisfies Words;

/** What would help; keys are the solver's codes and one of the commit. */
export const remedyWords = {
  ask_destination: { zh: '问本人去哪里', en: 'Ask where they want to go' },
  ask_gate: { zh: '问企业几点接收', en: 'Ask the employer for the gate’s hours' },
  extend_horizon: { zh: '把排车日子延到 {day}', en: 'Plan up to {day} as well' },
  split_party: { zh: '征得同意，分 {parts} 批走', en: 'With their consent, travel in {parts} parts' },
  accessible_vehicle: {
    zh: '调一辆有 {bays} 个轮椅位的车',
    en: 'Bring a coach with {bays} wheelchair {bays|bay|bays}',
  },
  later_day: { zh: '改走 {day}', en: 'Go on {day} instead' },
  earlier_day: { zh: '提前到 {day} 走', en: 'Go on {day} instead' },
  other_mode: { zh: '加 {places} 张火车票', en: 'Add {places} train {places|place|places}' },
  join_neighbor: {
    zh: '与邻近区县拼车，再凑 {people} 人（{day}）',
    en: 'Join a neighbouring district: {people} more on {day}',
  },
  lower_min_load: { zh: '{day} 这趟的最低满载降到 {to}', en: 'Lower the minimum to {to} on {day}' },
  one_more_vehicle: { zh: '再加一辆车（{seats} 座）', en: 'One more coach ({seats} seats)' },
  raise_ride_limit: { zh: '在途上限放到 {toMin} 分', en: 'Allow {toMin} minutes on the way' },
  widen_window: { zh: '请企业 {clock} 也接收', en: 'Ask the gate to receive at {clock}' },
  raise_stop_limit: { zh: '停站上限放到 {to}', en: 'Allow {to} stops' },
  one_more_feeder: { zh: '再加一辆接驳车（{seats} 座）', en: 'One more feeder ({seats} seats)' },
  add_boarding_point: {
    zh: '就近加一个上车点（现距 {km} 公里）',
    en: 'Add a pick-up point ({km} km away now)',
  },
  plan_again: { zh: '再出一次方案', en: 'Make a plan again' },
} as const satisfies Words;

/** Why people were left out of a commit; keys of `LeftOutReason`. */
export const leftOutWords = {
  wishChanged: { zh: '意愿改过', en: 'their wish changed' },
  hasWay: { zh: '已有座', en: 'they have a way already' },
  seatTaken: { zh: '座位已被坐上', en: 'the seats were taken' },
} as const satisfies Words;

/** Words of what planning refuses; `.remedy` names the way out. */
export const planningRefusalWords = {
  'trips.proposal_not_ready': { zh: '这份方案现在不能这样做', en: 'This draft plan is past that step' },
  'trips.proposal_not_ready.remedy': { zh: '刷新看它现在的状态', en: 'Reload to see where it stands' },
  'trips.plan_outdated': {
    zh: '出方案之后，本区县又新开了别的车次',
    en: 'Other runs of the district were added since this plan was made',
  },
  'trips.plan_outdated.remedy': { zh: '再出一次方案', en: 'Make the plan again' },
  'trips.seats_gone': { zh: '刚才有人坐上了同一个座', en: 'Somebody took the same seats just now' },
  'trips.seats_gone.remedy': { zh: '再提交一次', en: 'Commit once more' },
  'trips.nobody_waiting': { zh: '没有人在等车', en: 'Nobody is waiting for a way' },
  'trips.nobody_waiting.remedy': { zh: '先登记谁想返岗', en: 'Register who wants to go first' },
  'trips.no_days_left': { zh: '没有可排的日子', en: 'There are no days to plan' },
  'trips.no_days_left.remedy': {
    zh: '“从”不能晚于“到”，也不能早于明天',
    en: 'The first day must be tomorrow or later, and before the last',
  },
  'trips.no_such_season': { zh: '没有这个季', en: 'There is no such season' },
  'trips.no_such_season.remedy': { zh: '请从列表里选', en: 'Choose one from the list' },
  'trips.no_such_plan': { zh: '没有这份方案', en: 'There is no such plan' },
  'trips.no_such_plan.remedy': { zh: '它可能归别的区县', en: 'It may be another district’s' },
  'trips.fleet_not_understood': { zh: '看不懂“{text}”', en: '"{text}" is not a fleet' },
  'trips.fleet_not_understood.remedy': {
    zh: '写成 3 × 49：3 辆 49 座',
    en: 'Write 3 × 49: three coaches of 49 seats',
  },
  'trips.fleet_needs_district': { zh: '车数要分区县写', en: 'Coaches are given for one district' },
  'trips.fleet_needs_district.remedy': {
    zh: '先选一个区县，或不写车数',
    en: 'Choose a district, or leave the coaches empty',
  },
} as const satisfies Words;

/** Text of a reason or remedy by its code; a code without words is shown as it is. */
export function planText(table: Readonly<Record<string, Text>>, code: string): Text {
  return table[code] ?? { zh: code, en: code };
}
