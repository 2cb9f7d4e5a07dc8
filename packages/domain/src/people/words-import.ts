import type { Text, Words } from '../basics/say.ts';
import type { ImportLeft } from './rules-import.ts';

/** Words of the list of imports and of taking one back. */
export const importWords = {
  imports: { zh: '已导入', en: 'Imported' },
  none: { zh: '本季还没有导入过', en: 'Nothing has been imported this season' },
  file: { zh: '文件', en: 'File' },
  when: { zh: '时间', en: 'When' },
  by: { zh: '经办', en: 'By' },
  area: { zh: '登记到', en: 'Into' },
  created: { zh: '新增', en: 'New' },
  updated: { zh: '更新', en: 'Changed' },
  unchanged: { zh: '不变', en: 'Same' },
  bad: { zh: '坏行', en: 'Bad' },
  undo: { zh: '撤销', en: 'Undo' },
  undone: { zh: '已撤销', en: 'Undone' },
  until: { zh: '可撤销到', en: 'Undo until' },
  over: { zh: '已过 30 天', en: 'over 30 days' },
  done: {
    zh: '已撤销：删去 {removed} 人，复原 {restored} 人',
    en: 'Undone: {removed} removed, {restored} restored',
  },
  left: { zh: '{n} 人保持现状', en: '{n} {n|person stays|people stay} as they are' },
  paste: { zh: '也可以从表格里复制，在这里粘贴', en: 'Or copy from a spreadsheet and paste here' },
  problem: { zh: '问题', en: 'What is wrong' },
  marked: { zh: '下载标出问题的表', en: 'Download with the problems marked' },
  changes: { zh: '改动', en: 'Changes' },
  fills: { zh: '补上', en: 'Filled' },
  differs: { zh: '不同', en: 'Different' },
  pasted: { zh: '粘贴', en: 'Pasted' },
  pasteNeedsTable: { zh: '粘贴的内容不是表格', en: 'What was pasted is no table' },
  'pasteNeedsTable.remedy': { zh: '连表头一起复制至少两行', en: 'Copy at least two rows, the header too' },
} as const satisfies Words;

/** Why somebody stays as an import left them. */
export const leftWords = {
  hasWay: { zh: '已排上座位', en: 'has a seat' },
  changedSince: { zh: '之后又改过', en: 'changed since' },
} as const satisfies Record<ImportLeft, Text>;

export const importRefusalWords = {
  'people.import_undone': { zh: '这份导入已撤销', en: 'This import is undone already' },
  'people.import_undone.remedy': { zh: '刷新后再看', en: 'Reload the page' },
  'people.import_too_old': { zh: '导入已过 {days} 天', en: 'The import is over {days} days old' },
  'people.import_too_old.remedy': { zh: '逐人更正', en: 'Correct the people one by one' },
} as const satisfies Words;

/** Fields of a wish that a roster can change. */
export const wishFieldWords = {
  kind: { zh: '打算', en: 'Plan' },
  mode: { zh: '怎么走', en: 'How' },
  destination: { zh: '去处', en: 'Destination' },
  destinationText: { zh: '去处（原文）', en: 'Destination as written' },
  gateText: { zh: '厂门', en: 'Gate' },
  earliest: { zh: '最早出发', en: 'Earliest day' },
  latest: { zh: '最晚出发', en: 'Latest day' },
  wheelchair: { zh: '轮椅', en: 'Wheelchair' },
  remark: { zh: '备注', en: 'Remark' },
} as const satisfies Words;
