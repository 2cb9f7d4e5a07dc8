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
  'offices.too_many_failures.remedy': { zh: '{minutes} 分钟后再试', en: 'Try again in {minutes} minutes' },
  'offices.one_time_expired': {
    zh: '一次性密码已过 {days} 天',
    en: 'The one-time password is more than {days} days old',
  },
  'offices.one_time_expired.remedy': {
    zh: '请系统管理员再设一个',
    en: 'Ask the system administrator for a new one',
  },
  'offices.code_wrong': { zh: '验证码不对，或已用过', en: 'The code is wrong, or was used before' },
  'offices.code_wrong.remedy': {
    zh: '等下一个六位数，出现就输；还不行，看手机时间是不是“自动设置”',
    en: 'Wait for the next six digits and type them at once; if that fails, check that the phone sets its clock by itself',
  },
  'offices.passkey_wrong': { zh: '这把通行密钥打不开', en: 'This passkey does not open it' },
  'offices.passkey_wrong.remedy': {
    zh: '换一把，或用密码登录',
    en: 'Take another one, or sign in with the password',
  },
  'offices.passkey_aborted': { zh: '没有完成，什么也没有改动', en: 'Not finished; nothing was changed' },
  'offices.passkey_aborted.remedy': { zh: '再试一次', en: 'Try again' },
  'offices.passkey_known': { zh: '这把通行密钥已经登记过', en: 'This passkey is known already' },
  'offices.passkey_known.remedy': { zh: '换一台设备再加', en: 'Add one on another device' },
  'offices.provider_away': { zh: '统一身份认证没有回应', en: 'The identity provider does not answer' },
  'offices.provider_away.remedy': {
    zh: '稍后再试，或用密码登录',
    en: 'Try later, or sign in with the password',
  },
  'offices.provider_refused': {
    zh: '统一身份认证没有通过',
    en: 'The identity provider did not vouch for this sign-in',
  },
  'offices.provider_refused.remedy': { zh: '从登录页重新开始', en: 'Begin again on the sign-in page' },
  'offices.provider_unknown': { zh: '这个身份在本系统没有账号', en: 'This identity has no account here' },
  'offices.provider_unknown.remedy': {
    zh: '请系统管理员按同名建账号',
    en: 'Ask the system administrator for an account of that name',
  },

  'offices.proof_needed': {
    zh: '这一步要再证明是本人',
    en: 'This step needs to know again that it is you',
  },
  'offices.proof_needed.remedy': {
    zh: '输当前密码；没有密码的输验证码',
    en: 'Give the current password, or a code where there is none',
  },
  'offices.sign_in_again': {
    zh: '登录已过 {minutes} 分钟',
    en: 'The sign-in is {minutes} minutes old or older',
  },
  'offices.sign_in_again.remedy': {
    zh: '退出后重新登录，再来做这一步',
    en: 'Sign out and in again, then take this step',
  },
  'offices.password_wrong': { zh: '当前密码不对', en: 'The current password is wrong' },
  'offices.password_wrong.remedy': { zh: '再输一次', en: 'Type it again' },
  'offices.password_short': {
    zh: '密码不足 {least} 位',
    en: 'The password has fewer than {least} characters',
  },
  'offices.password_short.remedy': {
    zh: '用几个不相干的词连起来',
    en: 'String together a few unrelated words',
  },
  'offices.password_kinds': {
    zh: '大写、小写、数字、符号至少要 {kinds} 种',
    en: 'At least {kinds} of capitals, small letters, digits and signs are needed',
  },
  'offices.password_kinds.remedy': { zh: '补上缺的那种', en: 'Add the missing kind' },
  'offices.password_like_login': { zh: '密码里有账号名', en: 'The account name is inside the password' },
  'offices.password_like_login.remedy': { zh: '去掉账号名', en: 'Leave the account name out' },
  'offices.password_common': {
    zh: '这个密码太常见，一猜就中',
    en: 'This password is among the first that are guessed',
  },
  'offices.password_common.remedy': {
    zh: '用几个不相干的词连起来',
    en: 'String together a few unrelated words',
  },
  'offices.password_same': { zh: '新旧密码一样', en: 'The new password is the old one' },
  'offices.password_same.remedy': { zh: '换一个', en: 'Choose another' },
  'offices.password_used_before': {
    zh: '最近 {history} 次用过的密码不能再用',
    en: 'The last {history} passwords may not come back',
  },
  'offices.password_used_before.remedy': { zh: '换一个没用过的', en: 'Choose a new one' },
  'offices.totp_there': { zh: '已经有验证器', en: 'There is an authenticator already' },
  'offices.totp_there.remedy': { zh: '先停用旧的', en: 'Take the old one off first' },
  'offices.no_second_factor': { zh: '还没有第二因素', en: 'There is no second factor yet' },
  'offices.no_second_factor.remedy': {
    zh: '先加验证器或通行密钥',
    en: 'Add an authenticator or a passkey first',
  },
  'offices.codes_shown': { zh: '恢复码只显示一次', en: 'Recovery codes are shown once' },
  'offices.codes_shown.remedy': {
    zh: '没抄下来就重新生成',
    en: 'Make new ones if they were not written down',
  },
  'offices.phone_of_another': { zh: '这部手机登记在别人名下', en: 'This phone belongs to somebody else' },
  'offices.phone_of_another.remedy': {
    zh: '请他先解绑，或请安全管理员停用',
    en: 'Let them or the security administrator revoke it first',
  },

  'offices.outside_own_area': { zh: '超出本账号管理的区划', en: 'Outside the area of this account' },
  'offices.outside_own_area.remedy': { zh: '选本区划以内的', en: 'Choose one within it' },
  'offices.area_does_not_fit': { zh: '这个角色不在这一级区划', en: 'This role does not sit on that level' },
  'offices.area_does_not_fit.remedy': { zh: '换角色，或换区划', en: 'Choose another role or another area' },
  'offices.employer_by_command': {
    zh: '用人单位账号不在这里建',
    en: 'Accounts of employers are not added here',
  },
  'offices.employer_by_command.remedy': {
    zh: '在服务器上用 fangang user add --employer',
    en: 'Use fangang user add --employer on the server',
  },
  'offices.administrators_stay': {
    zh: '三员账号不改角色，也不由普通账号变成',
    en: 'An administrator’s account keeps its role, and no other account becomes one',
  },
  'offices.administrators_stay.remedy': {
    zh: '另建账号，由安全管理员授权',
    en: 'Propose a new account for the security administrator to grant',
  },
  'offices.not_oneself': { zh: '不能对自己的账号这样做', en: 'Not to the own account' },
  'offices.not_oneself.remedy': { zh: '请另一位管理员来办', en: 'Ask another administrator' },
  'offices.other_administrator': { zh: '这归另一位管理员办', en: 'This belongs to another administrator' },
  'offices.other_administrator.remedy': {
    zh: '业务账号归系统管理员，三员账号归安全管理员',
    en: 'The system administrator keeps accounts of the trade, the security administrator those of administrators',
  },
  'offices.last_administrator': {
    zh: '这是最后一位在用的同类管理员',
    en: 'This is the last active administrator of the kind',
  },
  'offices.last_administrator.remedy': { zh: '先授权一位新的', en: 'Grant a new one first' },
  'offices.administrator_by_command': {
    zh: '三员的密码不能由别的管理员重设',
    en: 'No administrator sets another one’s password',
  },
  'offices.administrator_by_command.remedy': {
    zh: '在服务器上用 fangang user reset-password',
    en: 'Use fangang user reset-password on the server',
  },
  'offices.account_shut': { zh: '账号已停用', en: 'The account is shut' },
  'offices.account_shut.remedy': { zh: '先恢复账号', en: 'Open it first' },
  'offices.say_how_recognized': {
    zh: '停用第二因素，要写明怎么认出本人',
    en: 'Taking off a second factor needs to say how the person was recognized',
  },
  'offices.say_how_recognized.remedy': {
    zh: '选一项：当面核对身份证、单位负责人认识、视频核对',
    en: 'Choose: in person with the ID card, by the head of the office, on a video call',
  },
  'offices.nothing_to_grant': { zh: '没有待授权的申请', en: 'There is nothing to grant' },
  'offices.nothing_to_grant.remedy': { zh: '刷新列表', en: 'Reload the list' },
  'offices.login_taken': { zh: '账号名已有人用', en: 'The account name is taken' },
  'offices.login_taken.remedy': { zh: '换一个', en: 'Choose another' },
  'offices.no_such_office': { zh: '本区划没有这个单位', en: 'There is no such office in the area' },
  'offices.no_such_office.remedy': { zh: '先建单位', en: 'Add the office first' },
  'offices.profile_of_the_city': {
    zh: '登录规则由市级安全管理员定',
    en: 'Sign-in rules belong to the security administrator of the city',
  },
  'offices.profile_of_the_city.remedy': { zh: '请市里来改', en: 'Ask the city' },
  'offices.keys_of_the_city': {
    zh: '密钥由市级安全管理员看',
    en: 'The keys belong to the security administrator of the city',
  },
  'offices.keys_of_the_city.remedy': { zh: '请问市里', en: 'Ask the city' },
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
