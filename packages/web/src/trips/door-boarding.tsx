import type { Passenger, TripView } from '@fangang/domain/trips/api.ts';
import { tripRefusals, tripWords } from '@fangang/domain/trips/words.ts';
import { lazy, type ReactNode, Suspense } from 'react';
import { useNames, useWords } from '../platform/language.tsx';
import { ErrorNote, Loading } from '../platform/ui/Notes.tsx';
import { MarkShape } from '../platform/ui/StatusMark.tsx';
import { DoorAnswer } from './door-answer.tsx';
import { type Desk, type May, useDesk, useMay } from './door-desk.ts';
import { type Finder, MODES, useFinder } from './door-find.ts';
import { FourLine, Keypad, PeopleList, useChecksText } from './door-four.tsx';
import { useDoorKeys } from './door-keys.ts';
import { hasBoarded, MARK_OF_LEG } from './trip-parts.tsx';

/** The reader of codes is half a megabyte: it comes when somebody wants to scan. */
const DoorScan = lazy(() => import('./door-scan.tsx').then((it) => ({ default: it.DoorScan })));

function Count({
  view,
  people,
  onDepart,
}: {
  view: TripView;
  people: readonly Passenger[];
  onDepart: () => void;
}): ReactNode {
  const names = useNames();
  const say = useWords(tripWords);
  const missing = people.filter((it) => !hasBoarded(it));
  return (
    <>
      <div className="field-count">
        <p className="n">
          {people.length - missing.length}
          <small>/{people.length}</small>
        </p>
        <ul className="missing" aria-label={say('missingHere', { n: missing.length })}>
          {missing.slice(0, 3).map((it) => (
            <li key={it.leg}>
              <MarkShape kind={MARK_OF_LEG[it.state]} /> {it.seat} {names(it.name, it.pinyin)}
            </li>
          ))}
          {missing.length === 0 && <li>{say('allHere')}</li>}
        </ul>
        <button type="button" className="list" onClick={onDepart}>
          <b>{say('depart')}</b>
          <small>{say('aboardAll', { n: view.counts.boarded, all: view.passengers.length })}</small>
        </button>
      </div>
      <div className="door-strip" aria-hidden="true">
        {people.map((it) => (
          <i key={it.leg} className={`strip-${it.state}`} />
        ))}
      </div>
    </>
  );
}

function Modes({ finder }: { finder: Finder }): ReactNode {
  const say = useWords(tripWords);
  return (
    <div className="door-modes">
      {MODES.map((it) => (
        <button key={it} type="button" aria-pressed={finder.mode === it} onClick={() => finder.to(it)}>
          {say(it)}
        </button>
      ))}
    </div>
  );
}

function Finding({ view, finder }: { view: TripView; finder: Finder }): ReactNode {
  const { mode, tail, chosen, matches, listed } = finder;
  return (
    <>
      {mode === 'scan' && (
        <Suspense fallback={<Loading />}>
          <DoorScan onCode={(text) => void finder.scan(text)} onStop={() => finder.to('keypad')} />
        </Suspense>
      )}
      <FourLine view={view} tail={tail} chosen={chosen} matches={matches} />
      {listed ? (
        <PeopleList people={listed} chosen={chosen?.leg ?? null} onChoose={(it) => finder.pick(it.leg)} />
      ) : (
        <Keypad tail={tail} onChange={finder.type} />
      )}
    </>
  );
}

interface Steps {
  readonly all: () => void;
  readonly odd: () => void;
  readonly undo: () => void;
}

interface BarProps {
  readonly view: TripView;
  readonly may: May;
  readonly steps: Steps;
  readonly chosen: Passenger | undefined;
  readonly busy: boolean;
}

/** Beside the normal case: what is not, or the way back for who is done already. */
function OddKey({ may, steps, chosen, busy }: BarProps): ReactNode {
  const say = useWords(tripWords);
  const isUndo = chosen !== undefined && !may.hold && may.undo;
  return (
    <button
      type="button"
      className="odd"
      disabled={busy || !(isUndo || may.hold)}
      onClick={isUndo ? steps.undo : steps.odd}
    >
      <MarkShape kind={isUndo ? 'moved' : 'again'} size={24} />
      {say(isUndo ? 'undo' : 'oddOne')}
    </button>
  );
}

/** The normal case is the large one; when everybody is here, it is to leave. */
function OneBar({ isComplete, onDepart, ...bar }: BarProps & { isComplete: boolean; onDepart: () => void }) {
  const say = useWords(tripWords);
  const { view, may, steps, chosen, busy } = bar;
  const checks = useChecksText(view, chosen && may.board ? may.pack : null);
  return (
    <div className="one-bar">
      <OddKey {...bar} />
      {isComplete && !chosen ? (
        <button type="button" className="all" onClick={onDepart}>
          {say('allHereDepart')}
          <small>{say('allHereMeans')}</small>
        </button>
      ) : (
        <button type="button" className="all" disabled={!may.board || busy} onClick={steps.all}>
          {say('allNormal')}
          <small className={may.why ? undefined : 'checks'}>{may.why ?? checks}</small>
        </button>
      )}
    </div>
  );
}

function stepsOf(desk: Desk, finder: Finder, may: May): Steps {
  const leg = finder.chosen?.leg;
  const act = (isPermitted: boolean, work: (leg: string) => void) => (): void => {
    if (!leg || !isPermitted || desk.busy) return;
    work(leg);
    finder.clear();
  };
  return {
    all: act(may.board, (it) => void desk.board(it)),
    odd: act(may.hold, desk.ask),
    undo: act(may.undo, (it) => void desk.undo(it)),
  };
}

/** The open door: four digits, list or scan → one bar for the normal case, one key for the exception. */
export function DoorBoarding({
  view,
  stop,
  first,
  onDepart,
}: {
  view: TripView;
  stop: number;
  /** Somebody to begin with: chosen from the list of who is missing. */
  first: string | null;
  onDepart: () => void;
}): ReactNode {
  const desk = useDesk(view);
  const finder = useFinder(view, stop, desk, first);
  const may = useMay(view, finder.chosen);
  const steps = stepsOf(desk, finder, may);
  const here = view.passengers.filter((it) => it.board === stop);
  const isComplete = here.every(hasBoarded);
  const all = isComplete && !finder.chosen ? onDepart : steps.all;
  useDoorKeys(finder, { ...steps, all, depart: onDepart });
  const bar = { view, may, steps, chosen: finder.chosen, busy: desk.busy };
  return (
    <div className="door-next">
      <Count view={view} people={here} onDepart={onDepart} />
      <Modes finder={finder} />
      {desk.error !== null && <ErrorNote error={desk.error} tables={[tripRefusals]} />}
      <Finding view={view} finder={finder} />
      <OneBar {...bar} isComplete={isComplete} onDepart={onDepart} />
      {desk.shown && (
        <DoorAnswer
          view={view}
          shown={desk.shown}
          busy={desk.busy}
          onNext={desk.next}
          onUndo={(leg) => void desk.undo(leg)}
          onReason={(leg, reason) => void desk.hold(leg, reason)}
        />
      )}
    </div>
  );
}
