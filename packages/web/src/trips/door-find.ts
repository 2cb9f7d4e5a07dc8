import type { Passenger, TripView } from '@fangang/domain/trips/api.ts';
import { useState } from 'react';
import type { Desk } from './door-desk.ts';
import { LENGTH, matchesOf } from './door-four.tsx';

export const MODES = ['keypad', 'list', 'scan'] as const;
export type Mode = (typeof MODES)[number];

/** Who stands at the door: by last four, from the list, or by the ticket before the camera. */
export interface Finder {
  readonly mode: Mode;
  readonly tail: string;
  readonly chosen: Passenger | undefined;
  readonly matches: readonly Passenger[];
  /** People to tap; null while the keypad lies there. */
  readonly listed: readonly Passenger[] | null;
  to(mode: Mode): void;
  type(tail: string): void;
  pick(leg: string): void;
  scan(code: string): Promise<void>;
  clear(): void;
}

/** People of a stop and, at its end, those of earlier stops who were left behind and may still come. */
export function atThisDoor(view: TripView, stop: number): Passenger[] {
  const here = view.passengers.filter((it) => it.board === stop);
  const late = view.passengers.filter(
    (it) => it.board < stop && (it.state === 'absent' || it.state === 'held'),
  );
  return [...here, ...late];
}

export function useFinder(view: TripView, stop: number, desk: Desk, first: string | null): Finder {
  const [mode, setMode] = useState<Mode>(first ? 'list' : 'keypad');
  const [tail, setTail] = useState('');
  const [picked, setPicked] = useState<string | null>(first);
  const matches = matchesOf(view.passengers, tail);
  const clear = (): void => {
    setTail('');
    setPicked(null);
  };
  return {
    mode,
    tail,
    matches,
    chosen:
      view.passengers.find((it) => it.leg === picked) ?? (matches.length === 1 ? matches[0] : undefined),
    listed: matches.length > 1 ? matches : mode === 'list' ? atThisDoor(view, stop) : null,
    to: (next) => {
      if (next !== 'keypad') setTail('');
      setMode(next);
    },
    type: (next) => {
      desk.next();
      setPicked(null);
      setTail(next);
      if (next.length === LENGTH && matchesOf(view.passengers, next).length === 0) {
        void desk.find({ tail: next });
      }
    },
    pick: (leg) => {
      desk.next();
      setPicked(leg);
    },
    scan: async (code) => {
      setTail('');
      setPicked(await desk.find({ code }));
    },
    clear,
  };
}
