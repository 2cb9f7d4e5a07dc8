import type { Refusal } from '@fangang/domain/basics/result.ts';
import {
  boardPerson,
  findAtDoor,
  holdPerson,
  type Passenger,
  type TripView,
  undoBoardingOf,
} from '@fangang/domain/trips/api.ts';
import { allNormal, board, hold, undoBoarding } from '@fangang/domain/trips/rules-boarding.ts';
import type { HoldReason } from '@fangang/domain/trips/schema.ts';
import { tripRefusals, tripWords } from '@fangang/domain/trips/words.ts';
import { useCallback, useState } from 'react';
import { useWrite } from '../platform/asking.ts';
import { call } from '../platform/call.ts';
import { useNames, useWords } from '../platform/language.tsx';
import { useErrorWords } from '../platform/ui/Notes.tsx';
import { useToast } from '../platform/ui/Toast.tsx';
import { doorTripOf } from './trip-reading.ts';

/** What the whole phone says after a step. */
export type Shown =
  | { readonly kind: 'boarded'; readonly leg: string; readonly pack: boolean }
  | { readonly kind: 'asking'; readonly leg: string }
  | { readonly kind: 'held'; readonly leg: string; readonly reason: HoldReason }
  | { readonly kind: 'otherBus'; readonly order: number; readonly tripCode: string };

export interface Desk {
  readonly shown: Shown | null;
  readonly error: unknown;
  readonly busy: boolean;
  next(): void;
  ask(leg: string): void;
  board(leg: string): Promise<void>;
  hold(leg: string, reason: HoldReason): Promise<void>;
  undo(leg: string): Promise<void>;
  /** Whose ticket or last four these are; of another bus, it says so. */
  find(query: { code: string } | { tail: string }): Promise<string | null>;
}

/** What may be done with somebody at the open door, by the rules the server will ask too. */
export interface May {
  readonly board: boolean;
  readonly hold: boolean;
  readonly undo: boolean;
  /** A pack goes with this boarding. */
  readonly pack: boolean;
  /** Why boarding is refused, in words; null where it is not. */
  readonly why: string | null;
}

/** Asks the rules of the door about one person before anything is sent. */
export function useMay(view: TripView, person: Passenger | undefined): May {
  const errorWords = useErrorWords([tripRefusals]);
  if (!person) return { board: false, hold: false, undo: false, pack: false, why: null };
  const door = doorTripOf(view);
  const boards = board(door, person.leg, allNormal(view.settings), view.settings);
  return {
    board: boards.ok,
    hold: hold(door, person.leg, 'other').ok,
    undo: undoBoarding(door, person.leg).ok,
    pack: boards.ok && boards.value.type === 'trips.leg_boarded' && boards.value.pack,
    why: boards.ok ? null : errorWords(boards.refusal).what,
  };
}

/** What an escort does with one person after the other. */
export function useDesk(view: TripView): Desk {
  const say = useWords(tripWords);
  const names = useNames();
  const toast = useToast();
  const boarding = useWrite(boardPerson, ['figures']);
  const holding = useWrite(holdPerson, ['figures']);
  const undoing = useWrite(undoBoardingOf, ['figures']);
  const { shown, setShown, error, attempt, refused, clear } = useAnswers();
  const params = { tripId: view.trip.id };
  return {
    shown,
    error,
    busy: boarding.busy || holding.busy || undoing.busy,
    next: clear,
    ask: (leg) => setShown({ kind: 'asking', leg }),
    board: (leg) =>
      attempt(async () => {
        const answer = await boarding.send({ params, body: { who: { leg }, check: 'allNormal' } });
        if (answer.ok) setShown({ kind: 'boarded', leg, pack: answer.value.pack });
        else refused(answer.refusal);
      }),
    hold: (leg, reason) =>
      attempt(async () => {
        const answer = await holding.send({ params, body: { who: { leg }, reason } });
        if (answer.ok) setShown({ kind: 'held', leg, reason });
        else refused(answer.refusal);
      }),
    undo: (leg) =>
      attempt(async () => {
        const answer = await undoing.send({ params, body: { leg } });
        if (!answer.ok) return refused(answer.refusal);
        const person = view.passengers.find((it) => it.leg === leg);
        toast({ text: say('undone', { name: person ? names(person.name, person.pinyin) : '' }) });
        setShown(null);
      }),
    find: async (body) => {
      let leg: string | null = null;
      await attempt(async () => {
        const answer = await call(findAtDoor, { params, body });
        if (!answer.ok) return refused(answer.refusal);
        const { legs, other } = answer.value;
        if (legs.length === 1) leg = legs[0] ?? null;
        else if (other) setShown({ kind: 'otherBus', order: other.order, tripCode: other.tripCode });
        else if (legs.length > 1) refused({ code: 'trips.several_match', facts: { n: legs.length } });
        else refused({ code: 'trips.no_such_seat' });
      });
      return leg;
    },
  };
}

interface Answers {
  readonly shown: Shown | null;
  readonly error: unknown;
  setShown(shown: Shown | null): void;
  clear(): void;
  refused(refusal: Refusal): void;
  attempt(work: () => Promise<void>): Promise<void>;
}

/** Keeps the last answer: the whole phone for one about a person, a line for what did not work. */
function useAnswers(): Answers {
  const [shown, setShown] = useState<Shown | null>(null);
  const [error, setError] = useState<unknown>(null);
  const clear = useCallback(() => {
    setShown(null);
    setError(null);
  }, []);
  return {
    shown,
    error,
    setShown,
    clear,
    refused: (refusal) => {
      const { order, tripCode } = refusal.facts ?? {};
      if (refusal.code === 'trips.other_bus') {
        setShown({ kind: 'otherBus', order: Number(order), tripCode: String(tripCode) });
      } else {
        setShown(null);
        setError(refusal);
      }
    },
    attempt: async (work) => {
      setError(null);
      try {
        await work();
      } catch (fault) {
        setShown(null);
        setError(fault);
      }
    },
  };
}
