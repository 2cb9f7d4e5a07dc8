import { readFileSync } from 'node:fs';
import type { Cell } from '@fangang/domain/people/roster.ts';
import { expect, it } from 'vitest';
import { mapColumns } from './column-mapping.ts';
import { findRoster } from './header-row.ts';
import { fictionalId } from './roster-samples-files.ts';

interface HeaderSet {
  readonly id: string;
  readonly columns: readonly string[];
}

const FILE = new URL('../../../../data/codes/roster-headers.json', import.meta.url);
const SETS: readonly HeaderSet[] = JSON.parse(readFileSync(FILE, 'utf8'));
/** Of no use as a roster: it names no person, or no number of one. */
const WITHOUT: Readonly<Record<string, readonly ('name' | 'idNumber')[]>> = {
  'hn-transfer-roster': ['idNumber'],
  'monthly-outwork-monitor': ['name'],
  'planned-outwork': ['name'],
  'outwork-survey-2004': ['idNumber'],
  'job-posts-51job': ['name', 'idNumber'],
};

function cell(text: string): Cell {
  return { text, isNumber: false };
}

/** One person under the headers: name and number where a header asks for them. */
function valueUnder(header: string): string {
  if (/户主/.test(header)) return '';
  if (/身份证|证件号码/.test(header)) return fictionalId('1971-03-05', 11);
  return /姓名|客户名称|成员名称/.test(header) ? '谭秋实' : '';
}

it.each(SETS.filter((it) => it.id !== 'job-posts-51job').map((it) => [it.id, it.columns] as const))(
  'the headers of %s are found below three rows of title and say who is who',
  (id, columns) => {
    const rows = [
      [cell('返岗人员花名册')],
      [],
      [cell('填报单位：白马镇')],
      columns.map(cell),
      columns.map((it) => cell(valueUnder(it))),
    ];
    const sheet = { name: '表', hidden: false, rows, merges: [], width: columns.length };
    const found = findRoster([sheet]);
    if (!found.ok) throw new Error(found.refusal.code);
    expect(found.value.headerRows).toEqual([4]);
    const mapping = mapColumns(found.value.headers, found.value.lines, '2022-02-11');
    if (!mapping.ok) throw new Error(mapping.refusal.code);
    const sure = mapping.value.columns.filter((it) => it.confidence !== 'ask').map((it) => it.field);
    for (const field of ['name', 'idNumber'] as const)
      expect(sure.filter((it) => it === field)).toHaveLength(WITHOUT[id]?.includes(field) ? 0 : 1);
  },
);

it('posts of employers are no roster', () => {
  const { columns = [] } = SETS.find((it) => it.id === 'job-posts-51job') ?? {};
  const rows = [columns.map(cell), columns.map(() => cell('x'))];
  const sheet = { name: '', hidden: false, rows, merges: [], width: columns.length };
  expect(findRoster([sheet])).toMatchObject({ ok: false, refusal: { code: 'people.header_not_found' } });
});
