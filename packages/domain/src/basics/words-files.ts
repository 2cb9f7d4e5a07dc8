import type { Text } from './say.ts';

/** Why a file that should be a spreadsheet cannot be read, whatever is in it. */
export type SheetCode =
  | 'basics.file_missing'
  | 'basics.file_name'
  | 'basics.file_empty'
  | 'basics.file_too_big'
  | 'basics.file_not_spreadsheet'
  | 'basics.file_encrypted'
  | 'basics.file_damaged'
  | 'basics.file_suspicious'
  | 'basics.file_too_slow'
  | 'basics.file_too_heavy'
  | 'basics.sheet_empty'
  | 'basics.too_many_columns'
  | 'basics.too_many_rows';

/** Reason and remedy of every code that taking a file can answer. */
export const fileWords = {
  'basics.file_missing': { zh: '没有这个文件', en: 'There is no such file' },
  'basics.file_missing.remedy': { zh: '核对文件名和所在文件夹', en: 'Check name and folder' },
  'basics.file_name': {
    zh: '文件名不以 .xlsx、.xls、.csv、.txt 结尾',
    en: 'The name of the file does not end in .xlsx, .xls, .csv or .txt',
  },
  'basics.file_name.remedy': {
    zh: '用表格软件打开，另存为 .xlsx',
    en: 'Open it in a spreadsheet program and save it as .xlsx',
  },
  'basics.file_empty': { zh: '文件是空的（0 字节）', en: 'The file is empty (0 bytes)' },
  'basics.file_empty.remedy': { zh: '重新下载或另存一次', en: 'Download or save it again' },
  'basics.file_too_big': {
    zh: '文件超过 {limitMb} MB',
    en: 'The file is larger than {limitMb} MB',
  },
  'basics.file_too_big.remedy': {
    zh: '删去图片，或按村拆成几份',
    en: 'Remove pictures, or split it by village',
  },
  'basics.file_not_spreadsheet': {
    zh: '这不是表格文件，里面是 {found}',
    en: 'Not a spreadsheet: the content is {found}',
  },
  'basics.file_not_spreadsheet.remedy': {
    zh: '用表格软件打开，另存为 .xlsx',
    en: 'Open it in a spreadsheet program and save it as .xlsx',
  },
  'basics.file_encrypted': { zh: '文件加了密码', en: 'The file is protected by a password' },
  'basics.file_encrypted.remedy': { zh: '打开后去掉密码再存', en: 'Open it, remove the password, save it' },
  'basics.file_damaged': { zh: '文件损坏或没有下载完整', en: 'The file is damaged or incomplete' },
  'basics.file_damaged.remedy': {
    zh: '重新下载，或打开后另存为 .xlsx',
    en: 'Download it again, or open it and save it as .xlsx',
  },
  'basics.file_suspicious': {
    zh: '文件展开后大得不正常',
    en: 'The file unpacks to an abnormal size or content',
  },
  'basics.file_suspicious.remedy': { zh: '复制内容到新表再存', en: 'Copy the content into a new file' },
  'basics.file_too_slow': {
    zh: '读了 {limitS} 秒还没读完',
    en: 'Reading was stopped after {limitS} seconds',
  },
  'basics.file_too_slow.remedy': {
    zh: '复制内容到新表再存，或按村拆开',
    en: 'Copy the content into a new file, or split it',
  },
  'basics.file_too_heavy': {
    zh: '读这个文件要的内存超过 {limitMb} MB',
    en: 'Reading needs more than {limitMb} MB of memory',
  },
  'basics.file_too_heavy.remedy': {
    zh: '复制内容到新表再存，或按村拆开',
    en: 'Copy the content into a new file, or split it',
  },
  'basics.sheet_empty': { zh: '工作表是空的', en: 'The sheet is empty' },
  'basics.sheet_empty.remedy': { zh: '换一张有名单的工作表', en: 'Choose a sheet with a roster' },
  'basics.too_many_columns': {
    zh: '有 {have} 列，最多 {limit} 列',
    en: '{have} columns; the limit is {limit}',
  },
  'basics.too_many_columns.remedy': { zh: '删去用不到的列再放入', en: 'Remove columns that are not needed' },
  'basics.too_many_rows': {
    zh: '有 {have} 行以上，最多 {limit} 行',
    en: 'More than {have} rows; the limit is {limit}',
  },
  'basics.too_many_rows.remedy': { zh: '按镇、按村拆成几份', en: 'Split it by town or village' },
} as const satisfies Record<SheetCode | `${SheetCode}.remedy`, Text>;

/** What a file is, where it is no spreadsheet. */
export const fileKindWords: Readonly<Record<string, Text>> = {
  pdf: { zh: 'PDF', en: 'a PDF' },
  html: { zh: '网页', en: 'a web page' },
  xml: { zh: 'XML', en: 'XML' },
  image: { zh: '图片', en: 'a picture' },
  word: { zh: 'Word 文档', en: 'a Word document' },
  slides: { zh: '演示文稿', en: 'a slide show' },
  archive: { zh: '压缩包', en: 'an archive' },
  ods: { zh: 'ODS 表格', en: 'an ODS sheet' },
  xlsb: { zh: 'XLSB 表格', en: 'an XLSB sheet' },
  oldExcel: { zh: 'Excel 95 或更早的表格', en: 'a sheet of Excel 95 or older' },
  unknown: { zh: '认不出的内容', en: 'unknown' },
};
