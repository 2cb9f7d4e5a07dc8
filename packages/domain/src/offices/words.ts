import type { Words } from '../basics/say.ts';

/** Words of roles and of what offices refuse; keys of refusals are codes, `.remedy` names the way out. */
export const roleWords = {
  cityOfficer: { zh: '市级经办', en: 'City officer' },
  districtOfficer: { zh: '区县经办', en: 'District officer' },
  townOfficer: { zh: '镇街经办', en: 'Township clerk' },
  dispatcher: { zh: '调度', en: 'Dispatcher' },
  escort: { zh: '随车人员', en: 'Escort' },
  laborBroker: { zh: '劳务经纪人', en: 'Labor broker' },
  agency: { zh: '人力资源机构', en: 'Agency' },
  employer: { zh: '用人单位', en: 'Employer' },
  leader: { zh: '领导', en: 'City leader' },
  systemAdministrator: { zh: '系统管理员', en: 'System administrator' },
  securityAdministrator: { zh: '安全管理员', en: 'Security administrator' },
  auditAdministrator: { zh: '审计管理员', en: 'Audit administrator' },
} as const satisfies Words;

export const officeRefusalWords = {
  'offices.login_wrong': { zh: '账号或密码不对', en: 'The account name or the password is wrong' },
  'offices.login_wrong.remedy': {
    zh: '再输一次；忘了请系统管理员重设',
    en: 'Try again, or ask IT to set a new password',
  },
  'offices.too_many_failures': { zh: '输错太多次，暂时锁住', en: 'Too many failed attempts: locked for now' },
  'offices.too_many_failures.remedy': { zh: '15 分钟后再试', en: 'Try again in 15 minutes' },
  'offices.already_set_up': { zh: '这里已经有人设置过', en: 'This installation is set up already' },
  'offices.already_set_up.remedy': { zh: '请用账号登录', en: 'Sign in with an account' },
  'offices.set_up_on_the_machine': {
    zh: '首次设置只能在服务器本机打开',
    en: 'First set-up is possible on the server itself only',
  },
  'offices.set_up_on_the_machine.remedy': {
    zh: '在服务器上打开本页，或用 fangang season add、fangang user add',
    en: 'Open this page there, or use fangang season add and fangang user add',
  },
  'offices.no_such_area': { zh: '没有 {area} 这个区划', en: 'There is no area {area}' },
  'offices.no_such_area.remedy': { zh: '请从列表里选', en: 'Choose one from the list' },
} as const satisfies Words;
