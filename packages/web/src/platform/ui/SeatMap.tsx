import { words } from '@fangang/domain/basics/words.ts';
import { type KeyboardEvent, type PointerEvent, type ReactNode, useMemo, useRef, useState } from 'react';
import { useWords } from '../language.tsx';
import { type CoachPlan, coachPlan, type Place } from './coach-plan.ts';
import { type MarkKind, MarkShape } from './StatusMark.tsx';

export type SeatState = 'free' | 'expected' | 'boarded' | 'held' | 'absent' | 'arrived' | 'observation';

export interface SeatOnPlan {
  readonly number: number;
  readonly state: SeatState;
  /** Name as the reader reads it; the plan shows the surname. */
  readonly name?: string;
  /** Spoken and shown on hover, where the name on the plan is short. */
  readonly fullName?: string;
  /** Seat of the companion from whom this traveller is not parted. */
  readonly together?: number;
}

export interface WheelchairBay {
  /** The two seats it takes. */
  readonly seats: readonly [number, number];
  readonly state: SeatState;
  readonly name?: string;
}

export interface SeatMapProps {
  /** Places of the vehicle: 19, 35, 49, 53, 55. */
  readonly places: number;
  readonly seats: readonly SeatOnPlan[];
  readonly bays?: readonly WheelchairBay[];
  readonly chosen?: number | null;
  readonly onChoose?: (seat: number) => void;
  /** A traveller dragged onto another seat. */
  readonly onMove?: (from: number, to: number) => void;
}

const PITCH_X = 46.5;
const PITCH_Y = 42;
const SEAT = 38;
const LEFT = 98.5;
const TOP = 50.5;
const AISLE = 36;
/** The seat that closes the last row stands in the aisle and is a little lower. */
const AISLE_SEAT = 34;

const MARKS: Readonly<Record<SeatState, MarkKind | null>> = {
  free: null,
  expected: 'todo',
  boarded: 'done',
  held: 'held',
  absent: 'none',
  arrived: 'done',
  observation: null,
};

function xOf(column: number): number {
  return LEFT + column * PITCH_X;
}

/** The aisle is narrower than a seat, so that twelve rows stand in the width of a page. */
function yOf(across: number, plan: CoachPlan): number {
  if (across < plan.aisle) return TOP + across * PITCH_Y;
  if (across === plan.aisle) return TOP + plan.aisle * PITCH_Y - 2;
  return TOP + (across - 1) * PITCH_Y + AISLE;
}

function heightOf(plan: CoachPlan): number {
  return yOf(plan.lanes - 1, plan) + SEAT;
}

function useStateWords(): Record<SeatState, string> {
  const say = useWords(words);
  return {
    free: say('seatFree'),
    expected: say('seatExpected'),
    boarded: say('seatBoarded'),
    held: say('seatHeld'),
    absent: say('seatAbsent'),
    arrived: say('seatArrived'),
    observation: say('seatObservation', { n: '' }),
  };
}

function Body({ plan, kept }: { plan: CoachPlan; kept: ReadonlySet<number> }): ReactNode {
  const say = useWords(words);
  const right = xOf(plan.columns - 1) + SEAT + 22;
  const bottom = heightOf(plan) + 13;
  const middle = (38 + bottom) / 2;
  const shell = `M46,38H${right - 8}a8,8 0 0 1 8,8V${bottom - 8}a8,8 0 0 1 -8,8H46C30,${bottom} 18,${bottom - 28} 18,${middle}C18,66 30,38 46,38Z`;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a drawing, never focused.
    <g aria-hidden="true">
      <path d={shell} className="coach-shell" />
      <path d="M52,38H84" className="coach-gap" />
      <path d="M52,38V30M84,38V30" className="coach-shell" />
      <text x={68} y={25} className="seat-side">
        {say('seatDoor')}
      </text>
      <circle cx={58} cy={bottom - 46} r={15} className="coach-wheel" />
      <circle cx={58} cy={bottom - 46} r={3} className="coach-hub" />
      <text x={58} y={bottom - 70} className="seat-side">
        {say('seatDriver')}
      </text>
      <rect x={42} y={64} width={40} height={38} rx={3} className="coach-shell coach-escort" />
      <text x={62} y={88} className="seat-side">
        {say('seatEscort')}
      </text>
      {Array.from({ length: plan.columns - 1 }, (_, i) => i)
        .filter((i) => !kept.has(i))
        .map((i) => (
          <text key={i} x={xOf(i) + SEAT / 2} y={yOf(plan.aisle, plan) + 21} className="seat-row">
            {i + 1}
          </text>
        ))}
    </g>
  );
}

interface SeatProps {
  readonly seat: SeatOnPlan;
  readonly x: number;
  readonly y: number;
  readonly aisle: boolean;
  readonly chosen: boolean;
  /** The one seat the Tab key stops at. */
  readonly stop: boolean;
  readonly live: boolean;
  readonly dropped: boolean;
}

function SeatShape({ seat, x, y, aisle, chosen, stop, live, dropped }: SeatProps): ReactNode {
  const say = useWords(words);
  const stateWords = useStateWords();
  const mark = MARKS[seat.state];
  const height = aisle ? AISLE_SEAT : SEAT;
  const label = say('seatLabel', {
    n: String(seat.number),
    name: seat.fullName ?? seat.name ?? '',
    state: stateWords[seat.state],
  });
  const className = `seat seat-${seat.state}${chosen ? ' seat-chosen' : ''}${dropped ? ' seat-dropped' : ''}`;
  const role = live ? { role: 'button', tabIndex: stop ? 0 : -1, 'aria-pressed': chosen } : { role: 'img' };
  return (
    <g className={className} data-seat={seat.number} aria-label={label} {...role}>
      <title>{label}</title>
      <rect x={x} y={y} width={SEAT} height={height} rx={3} />
      {seat.state === 'observation' ? (
        <text x={x + SEAT / 2} y={y + height / 2 + 4} className="seat-kept">
          {seat.number}
        </text>
      ) : (
        <>
          <text x={x + 4} y={y + 12.5} className="seat-number">
            {seat.number}
          </text>
          {seat.name ? (
            <Surname name={seat.name} x={x + SEAT / 2} y={y + height - (aisle ? 4.5 : 6.5)} />
          ) : (
            <text x={x + SEAT / 2} y={y + height - (aisle ? 4.5 : 6.5)} className="seat-name">
              {stateWords.free}
            </text>
          )}
        </>
      )}
      {mark && <SeatMark kind={mark} x={x + SEAT - 14} y={y + 4} />}
    </g>
  );
}

const COMPOUND_SURNAME =
  /^(欧阳|上官|司马|司徒|诸葛|夏侯|皇甫|尉迟|公孙|慕容|令狐|东方|南宫|端木|宇文|长孙)./;

/** The surname, as large as a seat bears: 向, 欧阳, Xiang. */
function Surname({ name, x, y }: { name: string; x: number; y: number }): ReactNode {
  const isLatin = /^[\x20-\x7e]+$/.test(name);
  const said = isLatin
    ? (name.split(' ')[0] ?? '').slice(0, 6)
    : name.slice(0, COMPOUND_SURNAME.test(name) ? 2 : 1);
  return (
    <text x={x} y={y} className={isLatin ? 'seat-name seat-name-latin' : 'seat-name'}>
      {said}
    </text>
  );
}

function SeatMark({ kind, x, y }: { kind: MarkKind; x: number; y: number }): ReactNode {
  return (
    <g transform={`translate(${x},${y})`}>
      <MarkShape kind={kind} size={9} />
    </g>
  );
}

/** A bar between two neighbouring seats of people who stay together. */
function Together({ a, b, plan }: { a: Place; b: Place; plan: CoachPlan }): ReactNode {
  const [ax, ay, bx, by] = [xOf(a.column), yOf(a.across, plan), xOf(b.column), yOf(b.across, plan)];
  if (ax === bx && Math.abs(ay - by) <= PITCH_Y) {
    return (
      <rect x={ax + 6} y={Math.max(ay, by) - 4} width={SEAT - 12} height={4} className="seat-together" />
    );
  }
  if (ay === by && Math.abs(ax - bx) <= PITCH_X) {
    return (
      <rect x={Math.max(ax, bx) - 6.25} y={ay + 6} width={4} height={SEAT - 12} className="seat-together" />
    );
  }
  return null;
}

function Bay({ bay, plan }: { bay: WheelchairBay; plan: CoachPlan }): ReactNode {
  const say = useWords(words);
  const at = plan.places.filter((it) => bay.seats.includes(it.seat));
  const first = at[0];
  if (!first) return null;
  const y = Math.min(...at.map((it) => yOf(it.across, plan)));
  const x = xOf(first.column);
  const mark = MARKS[bay.state];
  return (
    <g className={`seat-bay seat-${bay.state}`}>
      <title>{`${say('seatWheelchair')} ${bay.name ?? say('seatFree')}`}</title>
      <rect x={x} y={y} width={SEAT} height={SEAT + PITCH_Y} rx={3} />
      <text x={x + SEAT / 2} y={y + 14} className="seat-bay-title">
        {say('seatWheelchair')}
      </text>
      <Surname name={bay.name ?? say('seatFree')} x={x + SEAT / 2} y={y + 49} />
      {mark && <SeatMark kind={mark} x={x + SEAT / 2 - 4.5} y={y + 62} />}
    </g>
  );
}

function Observation({ places, plan }: { places: readonly Place[]; plan: CoachPlan }): ReactNode {
  const say = useWords(words);
  if (places.length === 0) return null;
  const columns = places.map((it) => it.column);
  const x = xOf(Math.min(...columns)) - 4;
  const width = xOf(Math.max(...columns)) + SEAT + 4 - x;
  return (
    <>
      <rect
        x={x}
        y={TOP - 4}
        width={width}
        height={heightOf(plan) - TOP + 8}
        className="seat-observed"
        fill="url(#seat-hatch)"
      />
      <text x={x + width} y={25} className="seat-observed-title">
        {say('seatObservation', { n: places.length })}
      </text>
    </>
  );
}

function seatAt(event: PointerEvent): number | null {
  const under = document.elementFromPoint(event.clientX, event.clientY)?.closest('[data-seat]');
  return under ? Number(under.getAttribute('data-seat')) : null;
}

interface Dragging {
  readonly down: (event: PointerEvent) => void;
  readonly over: (event: PointerEvent) => void;
  readonly up: (event: PointerEvent) => void;
  readonly target: number | null;
}

/** A press chooses; a press that ends on another seat moves the traveller there. */
function useDragging({ seats, onChoose, onMove }: SeatMapProps): Dragging {
  const from = useRef<number | null>(null);
  const [target, setTarget] = useState<number | null>(null);
  const down = (event: PointerEvent): void => {
    from.current = seatAt(event);
  };
  const over = (event: PointerEvent): void => {
    const start = seats.find((it) => it.number === from.current);
    if (!onMove || !start?.name) return;
    const at = seatAt(event);
    setTarget(at === from.current ? null : at);
  };
  const up = (event: PointerEvent): void => {
    const to = seatAt(event);
    const start = seats.find((it) => it.number === from.current);
    if (to !== null && to === from.current) onChoose?.(to);
    else if (to !== null && start?.name) onMove?.(start.number, to);
    from.current = null;
    setTarget(null);
  };
  return { down, over, up, target };
}

/** Next seat in the direction of an arrow key, as the plan lies on the screen. */
function neighbour(plan: CoachPlan, seat: number, key: string): number | null {
  const at = plan.places.find((it) => it.seat === seat);
  const step = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[key];
  if (!at || !step) return null;
  const [dx = 0, dy = 0] = step;
  const across = at.across + dy === plan.aisle && dy !== 0 ? [plan.aisle, plan.aisle + dy] : [at.across + dy];
  for (const lane of across) {
    const found = plan.places.find((it) => it.column === at.column + dx && it.across === lane);
    if (found) return found.seat;
  }
  return null;
}

/** The coach from above, front on the left: number, surname and state of every seat. Arrow keys move, a drag changes seats. */
export function SeatMap(props: SeatMapProps): ReactNode {
  const { places, seats, bays = [], chosen = null, onChoose } = props;
  const say = useWords(words);
  const plan = useMemo(() => coachPlan(places), [places]);
  const drag = useDragging(props);
  const byNumber = new Map(seats.map((it) => [it.number, it]));
  const inBay = new Set(bays.flatMap((it) => it.seats));
  const placeOf = new Map(plan.places.map((it) => [it.seat, it]));
  const observed = plan.places.filter((it) => byNumber.get(it.seat)?.state === 'observation');
  const width = xOf(plan.columns - 1) + SEAT + 40;
  const height = heightOf(plan) + 26;
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = neighbour(plan, chosen ?? 1, event.key);
    if (to === null) return;
    event.preventDefault();
    onChoose?.(to);
    document.querySelector<SVGGElement>(`.seat-map [data-seat="${to}"]`)?.focus();
  };
  return (
    <div className="seat-scroll">
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing cannot be a fieldset. */}
      <svg
        className="seat-map"
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="group"
        aria-label={say('seatMapLabel', { n: places })}
        onKeyDown={onKeyDown}
        onPointerDown={drag.down}
        onPointerMove={drag.over}
        onPointerUp={drag.up}
      >
        <defs>
          <pattern
            id="seat-hatch"
            width="8"
            height="8"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <path d="M0,0V8" className="hatch" />
          </pattern>
        </defs>
        <Body plan={plan} kept={new Set(observed.map((it) => it.column))} />
        <Observation places={observed} plan={plan} />
        {plan.places
          .filter((it) => !inBay.has(it.seat))
          .map((it) => (
            <SeatShape
              key={it.seat}
              seat={byNumber.get(it.seat) ?? { number: it.seat, state: 'free' }}
              x={xOf(it.column)}
              y={yOf(it.across, plan)}
              aisle={it.across === plan.aisle}
              chosen={chosen === it.seat}
              stop={it.seat === (chosen ?? 1)}
              live={onChoose !== undefined}
              dropped={drag.target === it.seat}
            />
          ))}
        {bays.map((it) => (
          <Bay key={it.seats[0]} bay={it} plan={plan} />
        ))}
        {seats.map((it) => {
          const [a, b] = [placeOf.get(it.number), placeOf.get(it.together ?? 0)];
          return a && b && a.seat < b.seat ? <Together key={it.number} a={a} b={b} plan={plan} /> : null;
        })}
      </svg>
    </div>
  );
}

/** Counts by state below the plan, each with its shape. */
export function SeatLegend({ seats }: { seats: readonly SeatOnPlan[] }): ReactNode {
  const say = useWords(words);
  const stateWords = useStateWords();
  const states = (['boarded', 'arrived', 'expected', 'held', 'absent'] as const)
    .map((state) => ({ state, n: seats.filter((it) => it.state === state).length }))
    .filter((it) => it.n > 0);
  return (
    <p className="legend">
      {states.map((it) => (
        <span key={it.state} className={`mark seat-word-${it.state}`}>
          <MarkShape kind={MARKS[it.state] ?? 'todo'} size={10} /> {stateWords[it.state]} {it.n}
        </span>
      ))}
      {seats.some((it) => it.together) && (
        <span className="mark">
          <svg width="18" height="10" aria-hidden="true">
            <rect y="3" width="18" height="4" className="seat-together" />
          </svg>{' '}
          {say('seatTogether')}
        </span>
      )}
    </p>
  );
}
