import type { Refusal } from '@fangang/domain/basics/result.ts';
import {
  boardPerson,
  findAtDoor,
  holdPerson,
  type Passenger,
  type TripView,
  undoBoardingOf,
} from '@fangang/domain/trips/api.ts';
import type { HoldReason } from '@fangang/domain/trips/schema.ts';
import { tripRefusals, tripWords } from '@fangang/domain/trips/words.ts';
import { type ReactNode, useCallback, useState } from 'react';
import { useWrite } from '../platform/asking.ts';
import { call } from '../platform/call.ts';
import { useNames, useWords } from '../platform/language.tsx';
import { ErrorNote } from '../platform/ui/Notes.tsx';
import { MarkShape } from '../platform/ui/StatusMark.tsx';
import { useToast } from '../platform/ui/Toast.tsx';
import { DoorAnswer, type Shown } from './door-answer.tsx';
import { FourLine, Keypad, matchesOf, PeopleList, useChecksText } from './door-four.tsx';
import { DoorScan } from './door-scan.tsx';
import { hasBoarded } from './trip-parts.tsx';

type Mode = 'keypad' | 'list' | 'scan';

interface Desk {
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

/** What an escort does with one person after the other. */
function useDesk(view: TripView): Desk {
  const say = useWords(tripWords);
  const names = useNames();
  const toast = useToast();
  const boarding = useWrite(boardPerson, ['figures']);
  const holding = useWrite(holdPerson, ['figures']);
  const undoing = useWrite(undoBoardingOf, ['figures']);
  const [shown, setShown] = useState<Shown | null>(null);
  const [error, setError] = useState<unknown>(null);
  const params = { tripId: view.trip.id };
  const refused = (refusal: Refusal): void => {
    const { order, tripCode } = refusal.facts ?? {};
    if (refusal.code === 'trips.other_bus') {
      setShown({ kind: 'otherBus', order: Number(order), tripCode: String(tripCode) });
    } else {
      setShown(null);
      setError(refusal);
    }
  };
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    setError(null);
    try {
      await work();
    } catch (fault) {
      setError(fault);
    }
  };
  const next = useCallback(() => setShown(null), []);
  return {
    shown,
    error,
    busy: boarding.busy || holding.busy || undoing.busy,
    next,
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
    find: async (query) => {
      let leg: string | null = null;
      await attempt(async () => {
        const answer = await call(findAtDoor, { params, query });
        if (!answer.ok) return refused(answer.refusal);
        const { legs, other } = answer.value;
        if (legs.length === 1) leg = legs[0] ?? null;
        else if (other) setShown({ kind: 'otherBus', order: other.order, tripCode: other.tripCode });
        else refused({ code: 'trips.no_such_seat' });
      });
      return leg;
    },
  };
}

function Count({ view, people }: { view: TripView; people: readonly Passenger[] }): ReactNode {
  const names = useNames();
  const say = useWords(tripWords);
  const missing = people.filter((it) => !hasBoarded(it));
  return (
    <div className="field-count">
      <p className="n">
        {people.length - missing.length}
        <small>/{people.length}</small>
      </p>
      <ul className="missing" aria-label={say('missingHere', { n: missing.length })}>
        {missing.slice(0, 3).map((it) => (
          <li key={it.leg}>
            <MarkShape kind={it.state === 'held' ? 'held' : 'todo'} /> {it.seat} {names(it.name, it.pinyin)}
          </li>
        ))}
        {missing.length === 0 && <li>{say('allHere')}</li>}
      </ul>
      <p className="list" title={view.trip.code}>
        <b>{view.counts.boarded}</b>
        <small>{say('state.boarded')}</small>
      </p>
    </div>
  );
}

const MODES = ['scan', 'keypad', 'list'] as const;

/** The open door: scan, four digits or list → one bar for the normal case, one key for the exception. */
export function DoorBoarding({
  view,
  stop,
  onDepart,
}: {
  view: TripView;
  stop: number;
  onDepart: () => void;
}): ReactNode {
  const say = useWords(tripWords);
  const desk = useDesk(view);
  const checks = useChecksText(view);
  const [mode, setMode] = useState<Mode>('keypad');
  const [tail, setTail] = useState('');
  const [picked, setPicked] = useState<string | null>(null);
  const here = view.passengers.filter((it) => it.board === stop);
  const matches = matchesOf(view.passengers, tail);
  const chosen =
    view.passengers.find((it) => it.leg === picked) ?? (matches.length === 1 ? matches[0] : undefined);
  const clear = (): void => {
    setTail('');
    setPicked(null);
  };
  const type = (next: string): void => {
    setPicked(null);
    setTail(next);
    if (next.length === 4 && matchesOf(view.passengers, next).length === 0) void desk.find({ tail: next });
  };
  const act = (work: (leg: string) => void): void => {
    if (!chosen) return;
    work(chosen.leg);
    clear();
  };
  const scanned = async (code: string): Promise<void> => setPicked(await desk.find({ code }));
  const shownList = mode === 'list' || matches.length > 1;
  return (
    <div className="door-next">
      <Count view={view} people={here} />
      <div className="door-modes">
        {MODES.map((it) => (
          <button key={it} type="button" aria-pressed={mode === it} onClick={() => setMode(it)}>
            {say(it)}
          </button>
        ))}
      </div>
      {desk.error !== null && <ErrorNote error={desk.error} tables={[tripRefusals]} />}
      {mode === 'scan' && <DoorScan onCode={(text) => void scanned(text)} onStop={() => setMode('keypad')} />}
      <FourLine tail={tail} chosen={chosen} matches={matches} />
      {shownList ? (
        <PeopleList people={matches.length > 1 ? matches : here} onChoose={(it) => setPicked(it.leg)} />
      ) : (
        <Keypad tail={tail} onChange={type} />
      )}
      <div className="field-foot">
        <button type="button" className="button button-plain" onClick={onDepart}>
          {say('depart')}
        </button>
      </div>
      <div className="one-bar">
        <button type="button" className="odd" disabled={!chosen || desk.busy} onClick={() => act(desk.ask)}>
          <MarkShape kind="again" size={24} />
          {say('oddOne')}
        </button>
        <button
          type="button"
          className="all"
          disabled={!chosen || desk.busy}
          onClick={() => act((leg) => void desk.board(leg))}
        >
          {say('allNormal')}
          <small>{checks}</small>
        </button>
      </div>
      {desk.shown && (
        <DoorAnswer
          view={view}
          shown={desk.shown}
          onNext={desk.next}
          onUndo={(leg) => void desk.undo(leg)}
          onReason={(leg, reason) => void desk.hold(leg, reason)}
        />
      )}
    </div>
  );
}
