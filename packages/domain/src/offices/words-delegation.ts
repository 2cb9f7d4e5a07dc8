import type { Words } from '../basics/say.ts';

export const delegationWords = {
  title: { zh: '请假委托', en: 'Leave' },
  sub: {
    zh: '请假时把角色和区划交给同单位或上级的人，到期自动收回',
    en: 'Hand role and area to somebody of your office or the office above; it ends by itself',
  },
  give: { zh: '委托', en: 'Hand over' },
  login: { zh: '交给谁（账号）', en: 'To whom (account)' },
  loginHint: { zh: '同单位，或上级单位的人', en: 'Of your office, or of the office above' },
  fromDay: { zh: '从哪天', en: 'From' },
  toDay: { zh: '到哪天（含）', en: 'To (included)' },
  cancel: { zh: '不委托了', en: 'Leave it' },
  givenDone: { zh: '已委托', en: 'Handed over' },
  given: { zh: '我交出去的', en: 'Handed over by me' },
  givenNone: { zh: '没有委托过', en: 'Nothing handed over' },
  givenNext: { zh: '请假前先委托，事情不会停', en: 'Before leave, hand over so that work goes on' },
  received: { zh: '交给我的', en: 'Handed to me' },
  receivedNone: { zh: '没有人委托我', en: 'Nobody has handed you anything' },
  receivedNext: {
    zh: '有委托时，在右上角菜单里切换',
    en: 'Choose in the menu at the top right whom you act for',
  },
  who: { zh: '谁', en: 'Who' },
  role: { zh: '角色', en: 'Role' },
  area: { zh: '区划', en: 'Area' },
  days: { zh: '起止', en: 'Days' },
  state: { zh: '状态', en: 'State' },
  'state.coming': { zh: '未开始', en: 'to come' },
  'state.live': { zh: '进行中', en: 'running' },
  'state.over': { zh: '已到期', en: 'over' },
  'state.ended': { zh: '已提前结束', en: 'ended early' },
  end: { zh: '结束', en: 'End' },
  ended: { zh: '已结束，对方下一次请求就被拒绝', en: 'Ended: the next request under it is refused' },
  act: { zh: '代{name}办理（到 {until}）', en: 'Act for {name} until {until}' },
  acting: { zh: '代{name}办理，到 {until}', en: 'Acting for {name} until {until}' },
  actingEnded: { zh: '代{name}的委托已结束', en: 'You no longer act for {name}' },
  back: { zh: '回到本人', en: 'Back to yourself' },
  behalf: { zh: '{actor}（代{name}）', en: '{actor} (for {name})' },
  needed: { zh: '要填', en: 'Needed' },
} as const satisfies Words;

export const delegationRefusalWords = {
  'offices.not_delegable': { zh: '这个角色不能委托', en: 'This role cannot be handed over' },
  'offices.not_delegable.remedy': {
    zh: '请系统管理员另设账号',
    en: 'Ask the system administrator for an account',
  },
  'offices.no_such_delegate': {
    zh: '同单位和上级单位没有这个账号',
    en: 'No such account in your office or the office above',
  },
  'offices.no_such_delegate.remedy': { zh: '核对账号', en: 'Check the account’s name' },
  'offices.delegation_days': {
    zh: '起止不对，最长 {most} 天',
    en: 'These days cannot be; at most {most} days',
  },
  'offices.delegation_days.remedy': { zh: '改起止日期', en: 'Change the days' },
  'offices.not_while_acting': { zh: '正在代别人办理', en: 'You act for somebody else' },
  'offices.not_while_acting.remedy': {
    zh: '委托不能再转交，先回到本人',
    en: 'What was handed to you cannot be handed on; go back to yourself first',
  },
  'offices.second_factor_needed': {
    zh: '这个角色要第二因素登录',
    en: 'This role asks for a second factor at the sign-in',
  },
  'offices.second_factor_needed.remedy': {
    zh: '退出后用第二因素登录',
    en: 'Sign in again with a second factor',
  },
} as const satisfies Words;
