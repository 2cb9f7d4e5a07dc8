import { words } from '@fangang/domain/basics/words.ts';
import type { ReactNode } from 'react';
import { useWords } from '../language.tsx';

const WIDTH = 74;

/** Seats taken of a run, with a tick at the minimum load; red below it. The number stands beside it. */
export function LoadBar({
  taken,
  cap,
  min,
}: {
  taken: number;
  /** Seats that may be sold (after load cap and observation rows). */
  cap: number;
  /** Fewest people for which the run goes; none for reserved seats. */
  min?: number;
}): ReactNode {
  const say = useWords(words);
  const scale = cap > 0 ? WIDTH / cap : 0;
  const short = min !== undefined && taken < min;
  const label = min === undefined ? say('loadOfCap', { taken, cap }) : say('loadOf', { taken, cap, min });
  return (
    <span className={`load${short ? ' load-short' : ''}`} role="img" aria-label={label} title={label}>
      <svg width={WIDTH} height={13} viewBox={`0 0 ${WIDTH} 13`} aria-hidden="true">
        <rect x={0} y={4} width={WIDTH} height={5} className="load-room" />
        <rect x={0} y={4} width={Math.min(WIDTH, taken * scale)} height={5} className="load-taken" />
        {min !== undefined && (
          <rect x={Math.min(WIDTH - 1.5, min * scale)} y={1} width={1.5} height={11} className="load-min" />
        )}
      </svg>
      <span>
        <b>{taken}</b>/{cap}
      </span>
    </span>
  );
}
