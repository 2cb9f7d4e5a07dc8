import { fill, type Language, type Text, type Words } from '../basics/say.ts';
import type { CheckLine, InstallationCheck } from './api-installation.ts';

/** Words of the page for IT. */
export const installationWords = {
  checks: { zh: '体检', en: 'Checks' },
  allSound: { zh: '{n} 项都正常', en: 'All {n} are sound' },
  notSound: { zh: '{n} 项有问题', en: '{n} {n|is|are} not sound' },
  sound: { zh: '正常', en: 'sound' },
  wrong: { zh: '有问题', en: 'not sound' },
  facts: { zh: '版本与库', en: 'Versions and database' },
  version: { zh: '返岗通', en: 'Fangang' },
  node: { zh: 'Node', en: 'Node' },
  started: { zh: '启动', en: 'Started' },
  database: { zh: '数据库', en: 'Database' },
  size: { zh: '库大小', en: 'Size' },
  megabytes: { zh: '{n} MB', en: '{n} MB' },
  dataDir: { zh: '数据目录', en: 'Data folder' },
  clock: { zh: '时钟', en: 'Clock' },
  'clock.real': { zh: '按真实时间', en: 'real time' },
  'clock.stands': { zh: '停住', en: 'stands' },
  'clock.plays': { zh: '播放中', en: 'plays' },
  sample: { zh: '样例标记', en: 'Sample mark' },
  sampleIs: { zh: '样例季：种子 {seed}，规模 {scale}', en: 'sample season: seed {seed}, scale {scale}' },
  sampleFilling: { zh: '正在写入', en: 'being written' },
  noSample: { zh: '无，正式安装', en: 'none: a real installation' },
  accounts: { zh: '单位与账号', en: 'Offices and accounts' },
  accountsOf: {
    zh: '{offices} 个单位，{accounts} 个账号',
    en: '{offices} {offices|office|offices}, {accounts} {accounts|account|accounts}',
  },
  migrations: { zh: '库结构', en: 'Migrations' },
  sameAsDoctor: {
    zh: '与命令 fangang doctor 同一套检查',
    en: 'the same checks as the command fangang doctor',
  },
} as const satisfies Words;

type Said<Name extends string> = Record<Name | `${Name}.remedy`, Text>;

/** What is checked, and the remedy of what is wrong. */
export const checkWords = {
  durableWrites: { zh: '答应过的写入已在盘上', en: 'acknowledged writes are on the disk' },
  'durableWrites.remedy': { zh: '把 synchronous_commit 设为 on', en: 'set it to on' },
  rowSecurity: { zh: '每张表都强制行级安全', en: 'row-level security on every table' },
  'rowSecurity.remedy': { zh: '运行 fangang migrate', en: 'run fangang migrate' },
  ownsNothing: { zh: '应用账号不拥有任何对象', en: 'the application owns nothing' },
  'ownsNothing.remedy': { zh: '把它们交给 fangang_owner', en: 'give them to fangang_owner' },
  places: { zh: '区划已载入', en: 'places' },
  'places.remedy': { zh: '运行 fangang migrate', en: 'run fangang migrate' },
  seasons: { zh: '有返岗季', en: 'seasons' },
  'seasons.remedy': {
    zh: 'fangang season add 2022-spring --city 500000 --festival 2022-02-01',
    en: 'fangang season add 2022-spring --city 500000 --festival 2022-02-01',
  },
} as const satisfies Words & Said<InstallationCheck>;

const foundWords = {
  durableWrites: { zh: 'synchronous_commit {found}', en: 'synchronous_commit {found}' },
  rowSecurity: { zh: '没有强制：{found}', en: 'not forced: {found}' },
  ownsNothing: { zh: '{found} 个对象', en: '{found} objects' },
  places: { zh: '{found} 个区划', en: '{found} areas' },
  seasons: { zh: '{found} 季', en: '{found} in all' },
  forced: { zh: '全部强制', en: 'forced everywhere' },
} as const satisfies Words & Record<InstallationCheck, Text>;

/** What a check has found, in words. */
export function sayFound({ check, found }: CheckLine, language: Language): string {
  const text = foundWords[check === 'rowSecurity' && found === '' ? 'forced' : check];
  return fill(text, language, { found: /^\d+$/.test(found) ? Number(found) : found });
}
