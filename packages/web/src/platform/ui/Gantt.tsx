import { words } from '@fangang/domain/basics/words.ts';
import type { ReactNode } from 'react';
import { dateOf, timeOf } from '../dates.ts';
import { useWords } from '../language.tsx';
import { useWidth } from '../use-width.ts';

export type BarKind = 'chosen' | 'draft' | 'fixed' | 'broken' | 'empty';

export interface GanttBar {
  readonly key: string;
  /** ISO moments. */
  readonly from: string;
  readonly to: string;
  readonly kind: BarKind;
  /** On the bar; a broken one carries its overrun in words. */
  readonly label?: string;
}

export interface GanttRow {
  readonly key: string;
  readonly title: string;
  readonly sub?: string;
  readonly tone?: 'plain' | 'danger';
  readonly bars: readonly GanttBar[];
  /** Moments of rests of at least 20 minutes. */
  readonly rests?: readonly string[];
}

export interface GanttProps {
  readonly rows: readonly GanttRow[];
  readonly from: string;
  readonly to: string;
  readonly label: string;
  readonly onOpen?: (barKey: string) => void;
}

const NAMES = 172;
const ROW = 33;
const HEAD = 20;
const HOUR_MS = 3600_000;

interface Scale {
  readonly x: (at: string | number) => number;
  readonly from: number;
  readonly to: number;
  readonly width: number;
  readonly height: number;
}

function Grid({ scale }: { scale: Scale }): ReactNode {
  const say = useWords(words);
  const first = Math.ceil(scale.from / HOUR_MS) * HOUR_MS;
  const hours = Array.from(
    { length: Math.max(0, Math.floor((scale.to - first) / HOUR_MS) + 1) },
    (_, i) => first + i * HOUR_MS,
  );
  const startDay = dateOf(scale.from);
  return hours.map((at) => {
    const hour = Number(timeOf(at).slice(0, 2));
    const named = hour % 3 === 0;
    const text = hour === 0 && dateOf(at) !== startDay ? say('nextDay', { at: timeOf(at) }) : timeOf(at);
    return (
      <g key={at}>
        <path
          d={`M${scale.x(at)},${HEAD}V${scale.height}`}
          className={named ? 'gantt-hour' : 'gantt-hour thin'}
        />
        {named && hour !== 3 && (
          <text x={scale.x(at)} y={14} className="gantt-time">
            {text}
          </text>
        )}
      </g>
    );
  });
}

/** 02:00–05:00, when long-distance coaches stop or change drivers. */
function Nights({ scale }: { scale: Scale }): ReactNode {
  const say = useWords(words);
  const days: number[] = [];
  for (let at = Date.parse(`${dateOf(scale.from)}T02:00:00+08:00`); at < scale.to; at += 24 * HOUR_MS)
    days.push(at);
  return days
    .map((at) => ({
      at,
      x1: Math.max(scale.x(at), NAMES),
      x2: Math.min(scale.x(at + 3 * HOUR_MS), scale.width),
    }))
    .filter((it) => it.x2 > it.x1)
    .map(({ at, x1, x2 }) => (
      <g key={at}>
        <rect x={x1} y={HEAD} width={x2 - x1} height={scale.height - HEAD} className="gantt-night" />
        <text x={(x1 + x2) / 2} y={14} className="gantt-night-name">
          {say('noDriving')}
        </text>
      </g>
    ));
}

function Row({
  row,
  y,
  scale,
  onOpen,
}: {
  row: GanttRow;
  y: number;
  scale: Scale;
  onOpen: GanttProps['onOpen'];
}): ReactNode {
  return (
    <g>
      <text x={0} y={y + 14} className="gantt-title">
        {row.title}
      </text>
      {row.sub && (
        <text x={0} y={y + 28} className={`gantt-sub tone-${row.tone ?? 'plain'}`}>
          {row.sub}
        </text>
      )}
      {row.bars.map((bar) => {
        const x1 = Math.max(NAMES, scale.x(bar.from));
        const x2 = Math.min(scale.width, scale.x(bar.to));
        if (x2 <= x1) return null;
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: trips open by keyboard from the table above.
          <g key={bar.key} className={`gantt-bar gantt-${bar.kind}`} onClick={() => onOpen?.(bar.key)}>
            <title>{`${bar.label ?? row.title} ${timeOf(bar.from)}–${timeOf(bar.to)}`}</title>
            <rect x={x1} y={y + 6} width={x2 - x1} height={18} />
            {bar.label && (
              <text x={x1 + 6} y={y + 19.5}>
                {fitting(bar.label, x2 - x1 - 10)}
              </text>
            )}
          </g>
        );
      })}
      {row.rests?.map((at) => (
        <path key={at} d={`M${scale.x(at)},${y + 25}l-4,6h8z`} className="gantt-rest" />
      ))}
      <path d={`M0,${y + ROW}H${scale.width}`} className="gantt-rule" />
    </g>
  );
}

/** As much of a label as the bar has room for, by whole words or characters. */
function fitting(label: string, room: number): string {
  let used = 0;
  let text = '';
  for (const char of label) {
    used += char.charCodeAt(0) > 0x2e80 ? 12 : 7;
    if (used > room) return text.length > 1 ? text : '';
    text += char;
  }
  return text;
}

/** Vehicles and drivers over the hours, with rests ▲ and the night hours; a red bar says what it breaks. */
export function Gantt({ rows, from, to, label, onOpen }: GanttProps): ReactNode {
  const [ref, width] = useWidth<HTMLDivElement>(1408);
  const [start, end] = [Date.parse(from), Date.parse(to)];
  const height = HEAD + rows.length * ROW + 2;
  const x = (at: string | number): number =>
    NAMES + (((typeof at === 'number' ? at : Date.parse(at)) - start) / (end - start)) * (width - NAMES);
  const scale: Scale = { x, from: start, to: end, width, height };
  return (
    <div className="gantt" ref={ref}>
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
        <Nights scale={scale} />
        <Grid scale={scale} />
        {rows.map((row, i) => (
          <Row key={row.key} row={row} y={HEAD + i * ROW} scale={scale} onOpen={onOpen} />
        ))}
      </svg>
    </div>
  );
}
