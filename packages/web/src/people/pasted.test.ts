import { expect, it } from 'vitest';
import { pastedCsv } from './pasted.ts';

it('takes a table copied from a spreadsheet', () => {
  expect(pastedCsv('姓名\t身份证号\r\n张三\t500233198503050011\r\n')).toBe(
    '姓名,身份证号\r\n张三,500233198503050011',
  );
});

it('keeps commas and quotes within a cell', () => {
  expect(pastedCsv('姓名\t备注\n张三\t晕车, 坐"前排"')).toBe('姓名,备注\r\n张三,"晕车, 坐""前排"""');
});

it('takes lines out of a chat, parted by spaces or commas', () => {
  expect(pastedCsv('姓名 身份证号 手机\n张三 500233198503050011 13800000000')).toBe(
    '姓名,身份证号,手机\r\n张三,500233198503050011,13800000000',
  );
  expect(pastedCsv('姓名、手机\n李四、13900000000')).toBe('姓名,手机\r\n李四,13900000000');
});

it('says no to what is no table', () => {
  expect(pastedCsv('你好')).toBeUndefined();
  expect(pastedCsv('第一行\n第二行')).toBeUndefined();
});
