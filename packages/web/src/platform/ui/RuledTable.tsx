import { words } from '@fangang/domain/basics/words.ts';
import { type KeyboardEvent, type ReactNode, useId, useLayoutEffect, useMemo, useState } from 'react';
import { useWords } from '../language.tsx';
import { useWidth } from '../use-width.ts';
import { type Direction, type Line, linesOf, sorted, windowOf } from './table-rows.ts';

export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** Pixels; columns without share what is left. */
  readonly width?: number;
  readonly align?: 'start' | 'end';
  /** Value the column sorts by; without it the column does not sort. */
  readonly sortBy?: (row: Row) => string | number | null | undefined;
  /** Left out where the table is narrower than 720 px. */
  readonly minor?: boolean;
}

export interface RuledTableProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly label: string;
  /** Enter or double click. */
  readonly onOpen?: (row: Row) => void;
  /** A click or arrow key. */
  readonly onChoose?: (row: Row) => void;
  readonly chosenKey?: string | null;
  /** Heading under which a row stands. */
  readonly groupOf?: (row: Row) => string;
  readonly toneOf?: (row: Row) => 'plain' | 'danger' | 'warn' | 'new' | 'quiet';
  readonly empty?: ReactNode;
  /** Height of the scrolling frame; without it the table fills its place. */
  readonly height?: number | string;
  readonly firstSort?: { readonly key: string; readonly direction: Direction };
}

const LINE_PX = 36;
/** Below this width of the frame minor columns are left out. */
const NARROW = 720;
/** Up to here all rows are drawn: find-in-page and printing work on the whole list. */
const DRAW_ALL = 200;

interface SortState {
  readonly key: string;
  readonly direction: Direction;
}

function Head<Row>({
  columns,
  sort,
  onSort,
}: {
  columns: readonly Column<Row>[];
  sort: SortState | null;
  onSort: (key: string) => void;
}): ReactNode {
  const say = useWords(words);
  return (
    <thead>
      <tr>
        {columns.map((it) => (
          <th
            key={it.key}
            scope="col"
            style={{ width: it.width }}
            className={it.align === 'end' ? 'end' : undefined}
            aria-sort={sort?.key === it.key ? sort.direction : undefined}
          >
            {it.sortBy ? (
              <button
                type="button"
                onClick={() => onSort(it.key)}
                title={say('sortBy', { column: it.title })}
                tabIndex={-1}
              >
                {it.title}
                <SortMark direction={sort?.key === it.key ? sort.direction : null} />
              </button>
            ) : (
              it.title
            )}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function SortMark({ direction }: { direction: Direction | null }): ReactNode {
  if (!direction) return null;
  return (
    <svg className="sort-mark" width="8" height="8" aria-hidden="true">
      <path d={direction === 'ascending' ? 'M4,1l3.5,6h-7z' : 'M4,7l3.5,-6h-7z'} fill="currentColor" />
    </svg>
  );
}

interface LineProps<Row> {
  readonly line: Line<Row>;
  readonly columns: readonly Column<Row>[];
  readonly id: string;
  readonly active: boolean;
  readonly table: RuledTableProps<Row>;
  readonly onActive: (index: number) => void;
}

function LineOf<Row>({ line, columns, id, active, table, onActive }: LineProps<Row>): ReactNode {
  if (line.kind === 'group') {
    return (
      <tr className="table-group">
        <th scope="rowgroup" colSpan={columns.length}>
          <b>{line.title}</b> <span>{line.count}</span>
        </th>
      </tr>
    );
  }
  const { row, index } = line;
  const choose = (): void => {
    onActive(index);
    table.onChoose?.(row);
  };
  return (
    <tr
      id={id}
      className={`tone-${table.toneOf?.(row) ?? 'plain'}${active ? ' active' : ''}`}
      aria-selected={table.chosenKey === undefined ? active : table.chosenKey === line.key}
      onClick={choose}
      onDoubleClick={() => table.onOpen?.(row)}
    >
      {columns.map((it) => (
        <td key={it.key} className={it.align === 'end' ? 'end' : undefined}>
          {it.cell(row)}
        </td>
      ))}
    </tr>
  );
}

/** Index after a key, or undefined where the key is not the table's. */
function moved(key: string, at: number, count: number, page: number): number | undefined {
  const to = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: count - 1,
  }[key];
  return to === undefined ? undefined : Math.max(0, Math.min(count - 1, to));
}

function useSorted<Row>({
  rows,
  columns,
  firstSort,
}: RuledTableProps<Row>): [Row[], SortState | null, (key: string) => void] {
  const [sort, setSort] = useState<SortState | null>(firstSort ?? null);
  const ordered = useMemo(() => {
    const by = columns.find((it) => it.key === sort?.key)?.sortBy;
    return sort && by ? sorted(rows, by, sort.direction) : [...rows];
  }, [rows, columns, sort]);
  const change = (key: string): void => {
    setSort((now) => ({
      key,
      direction: now?.key === key && now.direction === 'ascending' ? 'descending' : 'ascending',
    }));
  };
  return [ordered, sort, change];
}

/**
 * The table of the office: 36 px rows on hairlines, one ink rule on top, a head that stays.
 * ↑ ↓ PgUp PgDn Home End move, Enter opens. Above 200 lines only those in sight are drawn.
 */
export function RuledTable<Row>(props: RuledTableProps<Row>): ReactNode {
  const { keyOf, groupOf, label, height } = props;
  const [ordered, sort, onSort] = useSorted(props);
  const lines = useMemo(() => linesOf(ordered, keyOf, groupOf), [ordered, keyOf, groupOf]);
  const [frame, width] = useWidth<HTMLDivElement>(1200);
  const columns = width < NARROW ? props.columns.filter((it) => !it.minor) : props.columns;
  const [active, setActive] = useState(-1);
  const [sight, setSight] = useState({ scrolled: 0, seen: 900 });
  const id = useId();
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured once, when first drawn
  useLayoutEffect(() => setSight((it) => ({ ...it, seen: frame.current?.clientHeight || 900 })), []);
  const many = lines.length > DRAW_ALL;
  const part = many
    ? windowOf(lines.length, LINE_PX, sight.scrolled, sight.seen)
    : { from: 0, to: lines.length, before: 0, after: 0 };
  const goTo = (index: number): void => {
    setActive(index);
    const at = lines.findIndex((it) => it.kind === 'row' && it.index === index);
    const line = lines[at];
    if (line?.kind === 'row') props.onChoose?.(line.row);
    bringIntoSight(frame.current, at * LINE_PX);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== frame.current) return;
    const to = moved(event.key, active, ordered.length, Math.max(1, Math.floor(sight.seen / LINE_PX) - 2));
    const row = active >= 0 ? lines.find((it) => it.kind === 'row' && it.index === active) : undefined;
    if (to === undefined && event.key !== 'Enter') return;
    event.preventDefault();
    if (to !== undefined && ordered.length > 0) goTo(to);
    else if (row?.kind === 'row') props.onOpen?.(row.row);
  };
  const onScroll = (): void => {
    const el = frame.current;
    if (many && el) setSight({ scrolled: el.scrollTop, seen: el.clientHeight });
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form, this frames a table.
    <div
      className="table-frame"
      ref={frame}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the frame scrolls and answers the arrow keys for all rows.
      tabIndex={0}
      onKeyDown={onKeyDown}
      onScroll={onScroll}
      style={{ height }}
      role="group"
      aria-label={label}
      aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined}
    >
      <table
        style={{ minWidth: leastWidth(columns) }}
        className={`ruled${props.onOpen || props.onChoose ? ' ruled-live' : ''}`}
        aria-rowcount={ordered.length}
      >
        <Head columns={columns} sort={sort} onSort={onSort} />
        <tbody>
          <Air height={part.before} span={columns.length} />
          {lines.slice(part.from, part.to).map((line) => (
            <LineOf
              key={line.key}
              line={line}
              columns={columns}
              table={props}
              onActive={setActive}
              active={line.kind === 'row' && line.index === active}
              id={line.kind === 'row' ? `${id}-${line.index}` : ''}
            />
          ))}
          <Air height={part.after} span={columns.length} />
        </tbody>
      </table>
      {ordered.length === 0 && (props.empty ?? <EmptyRow />)}
    </div>
  );
}

/** Below this the frame scrolls sideways instead of cutting the names. */
function leastWidth<Row>(columns: readonly Column<Row>[]): number {
  return columns.reduce((sum, it) => sum + (it.width ?? 104), 0);
}

/** Stands for the lines that are not drawn, so that the scroll bar tells the truth. */
function Air({ height, span }: { height: number; span: number }): ReactNode {
  if (height === 0) return null;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row without content, never focused.
    <tr aria-hidden="true" className="table-air">
      <td colSpan={span} style={{ height }} />
    </tr>
  );
}

function EmptyRow(): ReactNode {
  const say = useWords(words);
  return <p className="table-empty">{say('tableEmpty')}</p>;
}

/** Scrolls the frame so that a line is neither under the head nor below the edge. */
function bringIntoSight(frame: HTMLDivElement | null, top: number): void {
  if (!frame) return;
  const head = frame.querySelector('thead')?.clientHeight ?? 0;
  if (top < frame.scrollTop) frame.scrollTop = top;
  else if (top + LINE_PX + head > frame.scrollTop + frame.clientHeight)
    frame.scrollTop = top + LINE_PX + head - frame.clientHeight;
}
