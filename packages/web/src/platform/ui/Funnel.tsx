import { grouped } from '@fangang/domain/basics/say.ts';
import { words } from '@fangang/domain/basics/words.ts';
import type { ReactNode } from 'react';
import { useWords } from '../language.tsx';
import { useWidth } from '../use-width.ts';
import { DoorMark } from './ThreeDoorLine.tsx';

/** `draft` are seats that a plan proposes and nobody has committed. */
export type GapTone = 'ahead' | 'draft' | 'danger' | 'warn';

/** People between two doors, named below the line. */
export interface FunnelGap {
  readonly key: string;
  readonly label: string;
  readonly n: number;
  readonly tone: GapTone;
}

export interface FunnelDoor {
  readonly key: string;
  readonly n: number;
  /** What the number counts: 想返岗, 已上车, 已签收. */
  readonly label: string;
}

export interface FunnelProps {
  readonly doors: readonly [home: FunnelDoor, vehicle: FunnelDoor, gate: FunnelDoor];
  /** Between home and vehicle door, and between vehicle door and gate. */
  readonly gaps: readonly [readonly FunnelGap[], readonly FunnelGap[]];
  /** Opens a number to its rows. */
  readonly onOpen?: (key: string) => void;
}

const R = 11;
const PADDING = 5;
const STROKE_OF = {
  ahead: 'funnel-ahead',
  draft: 'funnel-draft',
  danger: 'funnel-danger',
  warn: 'funnel-warn',
} as const;

/** The piece of the line that a word below it names. */
function Swatch({ tone }: { tone: GapTone }): ReactNode {
  return (
    <svg className="funnel-swatch" width={14} height={8} viewBox="0 0 14 8" aria-hidden="true">
      <path d="M0,4H14" className={STROKE_OF[tone]} strokeWidth={8} />
    </svg>
  );
}

function Segment({
  x1,
  x2,
  through,
  gaps,
  whole,
}: {
  x1: number;
  x2: number;
  through: number;
  gaps: readonly FunnelGap[];
  whole: number;
}): ReactNode {
  const length = x2 - x1;
  const scale = whole > 0 ? length / whole : 0;
  let x = x1;
  const parts = [
    { key: 'through', n: through, className: 'funnel-gone' },
    ...gaps.map((it) => ({ ...it, className: STROKE_OF[it.tone] })),
  ];
  return parts.map((part) => {
    const from = x;
    x += part.n * scale;
    // A gap of a few people among thousands must still be seen.
    const to = part.n > 0 ? Math.max(x - 2, from + 2) : from;
    return to > from ? (
      <path key={part.key} d={`M${from},20H${to}`} className={part.className} strokeWidth={8} />
    ) : null;
  });
}

function Count({
  at,
  door,
  onOpen,
}: {
  at: 'start' | 'middle' | 'end';
  door: FunnelDoor;
  onOpen: FunnelProps['onOpen'];
}): ReactNode {
  return (
    <button
      type="button"
      className={`funnel-count funnel-${at}`}
      onClick={() => onOpen?.(door.key)}
      disabled={!onOpen}
    >
      <b>{grouped(door.n)}</b> <span>{door.label}</span>
    </button>
  );
}

function Gaps({ gaps, onOpen }: { gaps: readonly FunnelGap[]; onOpen: FunnelProps['onOpen'] }): ReactNode {
  return (
    <div className="funnel-gaps">
      {gaps.map((it) => (
        <button
          key={it.key}
          type="button"
          className={`tone-${it.tone}`}
          onClick={() => onOpen?.(it.key)}
          disabled={!onOpen}
        >
          <Swatch tone={it.tone} />
          <span>
            {it.label} <b>{grouped(it.n)}</b>
          </span>
        </button>
      ))}
    </div>
  );
}

/** The three-door line drawn to scale: what is not solid are people still to be brought, named below. */
export function Funnel({ doors, gaps, onOpen }: FunnelProps): ReactNode {
  const say = useWords(words);
  const [ref, width] = useWidth<HTMLDivElement>(752);
  const xs = [PADDING + R, width / 2, width - PADDING - R] as const;
  const names = [say('homeDoor'), say('vehicleDoor'), say('factoryGate')];
  const label = doors.map((it, i) => `${names[i]} ${grouped(it.n)} ${it.label}`).join(', ');
  return (
    <div className="funnel" ref={ref}>
      <div className="funnel-doors" aria-hidden="true">
        {names.map((it) => (
          <b key={it}>{it}</b>
        ))}
      </div>
      <svg width={width} height={40} viewBox={`0 0 ${width} 40`} role="img" aria-label={label}>
        <Segment x1={xs[0] + R} x2={xs[1] - R} through={doors[1].n} gaps={gaps[0]} whole={doors[0].n} />
        <Segment x1={xs[1] + R} x2={xs[2] - R} through={doors[2].n} gaps={gaps[1]} whole={doors[1].n} />
        <DoorMark state="done" cx={xs[0]} cy={20} r={R} stroke={2} />
        <DoorMark state="now" cx={xs[1]} cy={20} r={R} stroke={3} />
        <circle cx={xs[2]} cy={20} r={R} className="door-ring" strokeWidth={3} />
      </svg>
      <div className="funnel-counts">
        <Count at="start" door={doors[0]} onOpen={onOpen} />
        <Count at="middle" door={doors[1]} onOpen={onOpen} />
        <Count at="end" door={doors[2]} onOpen={onOpen} />
      </div>
      <div className="funnel-halves">
        <Gaps gaps={gaps[0]} onOpen={onOpen} />
        <Gaps gaps={gaps[1]} onOpen={onOpen} />
      </div>
    </div>
  );
}
