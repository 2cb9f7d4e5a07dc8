import { expect, it } from 'vitest';
import { endsAs } from './file-names.ts';

it.each(['台账.xlsx', 'old.XLS', 'a.b.csv', '名单.txt', 'roster.pdf.csv '])(
  'takes %s by its name',
  (name) => {
    expect(endsAs('spreadsheet', name)).toBe(true);
  },
);

it.each(['台账', '', '.xlsx', 'a.xlsx.exe', 'a.html', 'a.xlsm', 'xlsx', 'a.xlsx.', 'a.csv/b'])(
  'does not take %s',
  (name) => {
    expect(endsAs('spreadsheet', name)).toBe(false);
  },
);
