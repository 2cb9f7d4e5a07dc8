import { words } from '@fangang/domain/basics/words.ts';
import type { ReactNode } from 'react';
import { useWords } from '../language.tsx';
import { DoorMark, type DoorState } from './ThreeDoorLine.tsx';

export interface StopOnStrip {
  readonly key: string;
  /** Planned time: `16:20`. */
  readonly time: string;
  /** Beside the time: `16:22 发`, `预计 17:20`, `正在上车`. */
  readonly timeNote?: string;
  readonly place: string;
  readonly boarded: number;
  readonly expected: number;
  /** Behind the count: `缺 1，已电话`. */
  readonly note?: string;
  readonly tone?: 'plain' | 'danger' | 'warn';
  readonly state: DoorState;
  /** The gate at the end is drawn larger. */
  readonly gate?: boolean;
}

/** The stops of a run from the first door to the gate: times above, place and count below the line. */
export function StopStrip({ stops, label }: { stops: readonly StopOnStrip[]; label: string }): ReactNode {
  const say = useWords(words);
  return (
    <ol className="stops" aria-label={label}>
      {stops.map((it, i) => {
        const next = stops[i + 1];
        const gone = it.state === 'done' && next !== undefined && next.state !== 'todo';
        const big = it.state === 'now' || it.gate;
        return (
          <li key={it.key} className={`stop${next ? '' : ' stop-last'}`}>
            <p className="stop-time">
              <b>{it.time}</b> <span className={it.state === 'now' ? 'now' : undefined}>{it.timeNote}</span>
            </p>
            <div className={`stop-way${gone ? ' gone' : ''}`}>
              <svg width={24} height={24} aria-hidden="true">
                <DoorMark state={it.state} cx={12} cy={12} r={big ? 9 : 6.5} stroke={big ? 2.5 : 1.75} />
              </svg>
            </div>
            <p className="stop-place" title={it.place}>
              {it.place}
            </p>
            <p className="stop-count">
              <b>{it.boarded}</b> {say('aboardOf', { n: it.expected })}{' '}
              <span className={`tone-${it.tone ?? 'plain'}`}>{it.note}</span>
            </p>
          </li>
        );
      })}
    </ol>
  );
}
