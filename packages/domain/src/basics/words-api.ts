/** Words of the page that shows the interface to those who program against it. */
export const apiWords = {
  title: { zh: '返岗通接口', en: 'Interface of Fangang' },
  intro: {
    zh: '由服务器自己的接口声明生成，没有第二份说明。机器可读：',
    en: 'Made from what the server has mounted; there is no second description. For machines:',
  },
  pages: { zh: '页面与文件', en: 'Pages and files' },
  callers: { zh: '谁可以调用', en: 'Who may call' },
  access: { zh: '动作与范围', en: 'What it does, which rows' },
  parameters: { zh: '参数', en: 'Parameters' },
  required: { zh: '必填', en: 'required' },
  body: { zh: '请求体', en: 'Body' },
  reply: { zh: '答复', en: 'Reply' },
  fileUp: { zh: '收一个文件', en: 'takes a file' },
  fileDown: { zh: '给一个文件', en: 'gives a file' },
  problems: {
    zh: '拒绝时答复 RFC 9457 问题说明：code 不变，facts 供措辞；编号在 x-request-id 头里。',
    en: 'A refusal is an RFC 9457 problem: a stable code, facts for the words; its number is in x-request-id.',
  },
} as const;
