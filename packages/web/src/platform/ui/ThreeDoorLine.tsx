import { words } from '@fangang/domain/basics/words.ts';
import type { ReactNode } from 'react';
import { useWords } from '../language.tsx';

/** A door of a journey: passed ●, happening ◐, to come ○, held ◆. */
export type DoorState = 'done' | 'now' | 'todo' | 'held';
export type DoorStates = readonly [home: DoorState, vehicle: DoorState, gate: DoorState];

/** The line as it stands at each step of a journey. */
export const DOORS = {
  waiting: ['todo', 'todo', 'todo'],
  ticketed: ['now', 'todo', 'todo'],
  boarding: ['done', 'now', 'todo'],
  departed: ['done', 'done', 'now'],
  arrived: ['done', 'done', 'done'],
  heldAtDoor: ['done', 'held', 'todo'],
  cannotLeave: ['held', 'todo', 'todo'],
  heldAtGate: ['done', 'done', 'held'],
} as const satisfies Record<string, DoorStates>;

interface Measure {
  readonly width: number;
  readonly height: number;
  readonly r: number;
  readonly stroke: number;
  readonly way: number;
}

const SIZES = {
  row: { width: 56, height: 14, r: 4.5, stroke: 1.75, way: 3 },
  logo: { width: 58, height: 16, r: 5, stroke: 1.75, way: 3 },
  wall: { width: 64, height: 18, r: 5.5, stroke: 2, way: 3 },
  title: { width: 132, height: 22, r: 8, stroke: 2, way: 3.5 },
  phone: { width: 300, height: 28, r: 10, stroke: 3, way: 4 },
} as const satisfies Record<string, Measure>;
export type DoorLineSize = keyof typeof SIZES;

/** One door as a shape, for legends and strips that draw their own line. */
export function DoorMark({
  state,
  cx,
  cy,
  r,
  stroke = 1.75,
}: {
  state: DoorState;
  cx: number;
  cy: number;
  r: number;
  stroke?: number;
}): ReactNode {
  if (state === 'held') {
    const d = r + 1;
    return <path d={`M${cx},${cy - d}l${d},${d}l${-d},${d}l${-d},${-d}z`} className="door-held" />;
  }
  const ring = state === 'done' ? 'door-full' : state === 'now' ? 'door-ring' : 'door-open';
  return (
    <>
      <circle cx={cx} cy={cy} r={r} className={ring} strokeWidth={stroke} />
      {state === 'now' && (
        <path d={`M${cx},${cy - r}A${r},${r} 0 0 0 ${cx},${cy + r}Z`} className="door-full" strokeWidth={0} />
      )}
    </>
  );
}

/** Travelled only where the traveller has left one door and stands at the next. */
function isGone(from: DoorState, to: DoorState): boolean {
  return from === 'done' && to !== 'todo';
}

function Way({
  x1,
  x2,
  y,
  gone,
  m,
}: {
  x1: number;
  x2: number;
  y: number;
  gone: boolean;
  m: Measure;
}): ReactNode {
  const room = m.r + m.stroke / 2 + 0.5;
  const d = `M${x1 + room},${y}H${x2 - room}`;
  if (gone) return <path d={d} className="way-gone" strokeWidth={m.way} />;
  return (
    <path d={d} className="way-ahead" strokeWidth={m.way * 0.58} strokeDasharray={m.r > 7 ? '2 4' : '2 3'} />
  );
}

/** The signature of the product: home door – vehicle door – factory gate. Says its state in words to a screen reader. */
export function ThreeDoorLine({
  doors,
  size = 'row',
  label,
}: {
  doors: DoorStates;
  size?: DoorLineSize;
  /** Replaces the spoken state; empty where the row already says it. */
  label?: string;
}): ReactNode {
  const say = useWords(words);
  const m: Measure = SIZES[size];
  const y = m.height / 2;
  const edge = m.r + m.stroke;
  const xs = [edge, m.width / 2, m.width - edge] as const;
  const names = [say('homeDoor'), say('vehicleDoor'), say('factoryGate')] as const;
  const states = { done: say('doorDone'), now: say('doorNow'), todo: say('doorTodo'), held: say('doorHeld') };
  const spoken =
    label ?? doors.map((it, i) => say('doorState', { door: names[i] ?? '', state: states[it] })).join(', ');
  const spokenAs = spoken ? { role: 'img', 'aria-label': spoken } : { 'aria-hidden': true };
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: it bears a label, or is decoration beside one
    <svg
      className="door-line"
      width={m.width}
      height={m.height}
      viewBox={`0 0 ${m.width} ${m.height}`}
      {...spokenAs}
    >
      <Way x1={xs[0]} x2={xs[1]} y={y} gone={isGone(doors[0], doors[1])} m={m} />
      <Way x1={xs[1]} x2={xs[2]} y={y} gone={isGone(doors[1], doors[2])} m={m} />
      {xs.map((x, i) => (
        <DoorMark key={x} state={doors[i] ?? 'todo'} cx={x} cy={y} r={m.r} stroke={m.stroke} />
      ))}
    </svg>
  );
}

/** The line and the product's name. */
export function Logo(): ReactNode {
  const say = useWords(words);
  return (
    <span className="logo">
      <ThreeDoorLine doors={DOORS.boarding} size="logo" label="" />
      {say('productName')}
    </span>
  );
}
