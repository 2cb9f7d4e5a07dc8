import { accept, type Result, refuse } from '../basics/result.ts';
import type { IssueSettings, LayoutMap, ReportCount } from './report.ts';
import { doubtsOf } from './report-layout.ts';

export type ReportRefusal =
  | { readonly code: 'people.layout_unanswered'; readonly facts: { n: number } }
  | { readonly code: 'people.purpose_needed' }
  | { readonly code: 'people.layout_not_xlsx' }
  | { readonly code: 'people.layout_too_big'; readonly facts: { limitMb: number } }
  | { readonly code: 'people.map_of_other_cells' }
  | { readonly code: 'people.too_many_for_report'; readonly facts: { limit: number } }
  | { readonly code: 'people.report_removed' }
  | { readonly code: 'people.issue_file_gone' };

/** Counts of single cells, without those that need no people. */
export function countsOf(map: LayoutMap): { ref: string; count: ReportCount }[] {
  return map.cells.flatMap(({ ref, value }) =>
    value === null || value === 'today' || value === 'areaName' ? [] : [{ ref, count: value }],
  );
}

/** Does the layout say who is in a care group? */
export function showsCare(map: LayoutMap): boolean {
  return (
    (map.list?.columns ?? []).some((it) => it.field === 'careGroup') ||
    countsOf(map).some((it) => it.count.startsWith('care.'))
  );
}

/** Numbers in whole leave the house in this layout with these settings. */
export function showsNumbers(map: LayoutMap, { idMask, phones }: IssueSettings): boolean {
  return (map.list?.columns ?? []).some(
    ({ field }) =>
      (field === 'idNumber' && idMask === 'whole') ||
      ((field === 'phone' || field === 'phone2') && phones === 'whole'),
  );
}

/** May the layout be filled so? Every cell has been answered for, and what is protected has a purpose. */
export function admitFilling(map: LayoutMap, settings: IssueSettings): Result<true, ReportRefusal> {
  const doubts = doubtsOf(map);
  if (doubts.length > 0) return refuse({ code: 'people.layout_unanswered', facts: { n: doubts.length } });
  const guarded = showsCare(map) || showsNumbers(map, settings);
  if (guarded && settings.purpose === null) return refuse({ code: 'people.purpose_needed' });
  return accept(true);
}

/** A map an office has changed is of the same sheet and list: fields and values may change, places of the list may not. */
export function admitMap(before: LayoutMap, after: LayoutMap): Result<LayoutMap, ReportRefusal> {
  const places = ({ sheet, list }: LayoutMap): string =>
    JSON.stringify([
      sheet,
      list && [list.headerRow, list.firstRow, list.lastRow, list.columns.map((it) => [it.column, it.header])],
    ]);
  const refs = new Set(after.cells.map((it) => it.ref));
  const sound = places(before) === places(after) && refs.size === after.cells.length;
  return sound ? accept(after) : refuse({ code: 'people.map_of_other_cells' });
}
