/** One line of a table as it is drawn: a heading of a group, or a row. */
export type Line<Row> =
  | { readonly kind: 'group'; readonly key: string; readonly title: string; readonly count: number }
  | { readonly kind: 'row'; readonly key: string; readonly row: Row; readonly index: number };

export type Direction = 'ascending' | 'descending';

const byText = new Intl.Collator('zh-CN', { numeric: true });

/** Orders rows by a value of a column; rows without a value stand last in both directions. */
export function sorted<Row>(
  rows: readonly Row[],
  by: (row: Row) => string | number | null | undefined,
  direction: Direction,
): Row[] {
  const sign = direction === 'ascending' ? 1 : -1;
  return [...rows].sort((a, b) => {
    const [x, y] = [by(a), by(b)];
    if (x === null || x === undefined) return y === null || y === undefined ? 0 : 1;
    if (y === null || y === undefined) return -1;
    return (
      sign * (typeof x === 'number' && typeof y === 'number' ? x - y : byText.compare(String(x), String(y)))
    );
  });
}

/** Puts group headings between rows; groups keep the order in which their first row stands. */
export function linesOf<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  groupOf: ((row: Row) => string) | undefined,
): Line<Row>[] {
  if (!groupOf) return rows.map((row, index) => ({ kind: 'row', key: keyOf(row), row, index }));
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const title = groupOf(row);
    const members = groups.get(title);
    if (members) members.push(row);
    else groups.set(title, [row]);
  }
  const lines: Line<Row>[] = [];
  let index = 0;
  for (const [title, members] of groups) {
    lines.push({ kind: 'group', key: `group ${title}`, title, count: members.length });
    for (const row of members) lines.push({ kind: 'row', key: keyOf(row), row, index: index++ });
  }
  return lines;
}

/** The part of a long list that is drawn: lines from–to (exclusive), and pixels of air before and after. */
export interface Window {
  readonly from: number;
  readonly to: number;
  readonly before: number;
  readonly after: number;
}

const SPARE = 12;

/** Lines that are in sight, with some to spare, when every line is `height` tall. */
export function windowOf(count: number, height: number, scrolled: number, seen: number): Window {
  const from = Math.max(0, Math.min(count, Math.floor(scrolled / height) - SPARE));
  const to = Math.min(count, Math.ceil((scrolled + seen) / height) + SPARE);
  return { from, to, before: from * height, after: (count - to) * height };
}
