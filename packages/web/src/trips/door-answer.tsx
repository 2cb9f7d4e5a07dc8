import type { Passenger, TripView } from '@fangang/domain/trips/api.ts';
import type { HoldReason } from '@fangang/domain/trips/schema.ts';
import { tripWords } from '@fangang/domain/trips/words.ts';
import { type ReactNode, useEffect } from 'react';
import { useKeys } from '../platform/keys.tsx';
import { useNames, useWords } from '../platform/language.tsx';
import './door-answer.css';
import type { Shown } from './door-desk.ts';
import { orTheFocused } from './door-keys.ts';
import { checksOf, givesPacks, reasonsOf } from './trip-reading.ts';

const STAYS_MS = 4000;

const TONES = { boarded: 'done', asking: 'again', held: 'again', otherBus: 'wrong' } as const;

/** ●✓ ▲! ■✕ as large as a hand: shape and sign say it where colours do not. */
function BigShape({ kind }: { kind: Shown['kind'] }): ReactNode {
  const shape = {
    done: (
      <>
        <circle cx="12" cy="12" r="11" fill="currentColor" />
        <path d="M6.5,12.5l3.8,3.8l7.4,-8" className="answer-sign" />
      </>
    ),
    again: (
      <>
        <path d="M12,1.5l11,20.5h-22z" fill="currentColor" />
        <path d="M12,9v6.5M12,17.6v2.4" className="answer-sign" />
      </>
    ),
    wrong: (
      <>
        <rect x="1" y="1" width="22" height="22" fill="currentColor" />
        <path d="M7.5,7.5l9,9M16.5,7.5l-9,9" className="answer-sign" />
      </>
    ),
  }[TONES[kind]];
  return (
    <svg className="answer-shape" viewBox="0 0 24 24" aria-hidden="true">
      {shape}
    </svg>
  );
}

/** From this bus to theirs, as the buses stand numbered. */
function Buses({ here, theirs }: { here: number; theirs: number }): ReactNode {
  const say = useWords(tripWords);
  const order = [
    { n: here, label: say('thisBus'), className: undefined },
    { n: theirs, label: say('theirBus'), className: 'theirs' },
  ];
  return (
    <p className="answer-buses" aria-hidden="true">
      {order.map((it) => (
        <span key={it.label} className={it.className}>
          <b>{it.n}</b>
          {it.label}
        </span>
      ))}
    </p>
  );
}

function Facts({ view, pack }: { view: TripView; pack: boolean }): ReactNode {
  const say = useWords(tripWords);
  const checks = checksOf(view);
  const others = checks.filter((it) => it !== 'temperature').map((it) => say(`check.${it}`));
  return (
    <ul className="answer-facts">
      {checks.includes('temperature') && (
        <li>
          <span>{say('check.temperature')}</span>
          <b>{say('fine')}</b>
        </li>
      )}
      {others.length > 0 && (
        <li>
          <span>{others.join(say('listJoin'))}</span>
          <b>{say('fine')}</b>
        </li>
      )}
      {givesPacks(view) && (
        <li>
          <span>{say('check.pack')}</span>
          <b>{say(pack ? 'packNow' : 'packHad')}</b>
        </li>
      )}
    </ul>
  );
}

function Words({
  view,
  shown,
  person,
}: {
  view: TripView;
  shown: Shown;
  person: Passenger | undefined;
}): ReactNode {
  const say = useWords(tripWords);
  const names = useNames();
  const name = person ? names(person.name, person.pinyin) : '';
  const seat = person?.seat ?? '';
  if (shown.kind === 'boarded') {
    return (
      <>
        <p className="say">
          <span className="xl">{say('seatBig', { n: String(seat) })}</span>
          {say('pleaseBoard')}
        </p>
        <p className="who">
          <b>{name}</b> {person?.wheelchair && say('wheelchair')}
        </p>
      </>
    );
  }
  if (shown.kind === 'otherBus') {
    return (
      <>
        <p className="say">{say('notThisBus')}</p>
        <p className="say">{say('yourBus', { order: String(shown.order) })}</p>
        <Buses here={view.trip.nth} theirs={shown.order} />
        <p className="who">{shown.tripCode}</p>
      </>
    );
  }
  return (
    <>
      <p className="say">{say(shown.kind === 'held' ? 'stepAside' : 'whyHold')}</p>
      <p className="who">
        <b>{name}</b> {say('seatKept', { seat: String(seat) })}
        {shown.kind === 'held' && ` · ${say(`reason.${shown.reason}`)}`}
      </p>
    </>
  );
}

function Reasons({
  view,
  busy,
  onReason,
}: {
  view: TripView;
  busy: boolean;
  onReason: (reason: HoldReason) => void;
}): ReactNode {
  const say = useWords(tripWords);
  const reasons = reasonsOf(view);
  const heldFromC = view.settings.temperature?.holdFromC;
  useKeys(
    reasons.map((it, i) => ({ keys: String(i + 1), label: say(`reason.${it}`), run: () => onReason(it) })),
  );
  return (
    <div className="door-reasons">
      {reasons.map((it) => (
        <button key={it} type="button" disabled={busy} onClick={() => onReason(it)}>
          {say(`reason.${it}`)}
          {it === 'temperature' && heldFromC !== undefined && (
            <small>{say('heldFrom', { c: String(heldFromC) })}</small>
          )}
        </button>
      ))}
    </div>
  );
}

/** The answer over the whole phone, to be read from two metres; a good one goes by itself, so that the queue does not stop. */
export function DoorAnswer({
  view,
  shown,
  busy,
  onNext,
  onUndo,
  onReason,
}: {
  view: TripView;
  shown: Shown;
  busy: boolean;
  onNext: () => void;
  onUndo: (leg: string) => void;
  onReason: (leg: string, reason: HoldReason) => void;
}): ReactNode {
  const say = useWords(tripWords);
  const leg = 'leg' in shown ? shown.leg : null;
  const person = view.passengers.find((it) => it.leg === leg);
  const { kind } = shown;
  useEffect(() => {
    if (kind !== 'boarded') return;
    const timer = setTimeout(onNext, STAYS_MS);
    return () => clearTimeout(timer);
  }, [kind, onNext]);
  const canUndo = (kind === 'boarded' || kind === 'held') && !busy;
  useKeys([
    { keys: 'Enter', label: say('next'), run: (event) => orTheFocused(event, onNext) },
    { keys: 'Escape', label: say('back'), run: onNext },
    { keys: 'U', label: say('undo'), run: () => canUndo && leg && onUndo(leg) },
  ]);
  return (
    <section className={`answer answer-${TONES[kind]}`} role="alert">
      <BigShape kind={kind} />
      <Words view={view} shown={shown} person={person} />
      {shown.kind === 'boarded' && <Facts view={view} pack={shown.pack} />}
      {shown.kind === 'asking' && (
        <Reasons view={view} busy={busy} onReason={(reason) => onReason(shown.leg, reason)} />
      )}
      {shown.kind !== 'asking' && shown.kind !== 'boarded' && <div className="answer-facts" />}
      <div className="next">
        {(kind === 'boarded' || kind === 'held') && leg && (
          <button type="button" className="undo" disabled={busy} onClick={() => onUndo(leg)}>
            {say('undo')}
          </button>
        )}
        <button type="button" className="on" onClick={onNext}>
          {say(kind === 'asking' ? 'back' : 'next')}
          {kind === 'otherBus' && <small>{say('notCounted')}</small>}
          {kind === 'held' && <small>{say('queueGoesOn')}</small>}
          {kind === 'boarded' && <small>{say('nextByItself', { s: STAYS_MS / 1000 })}</small>}
        </button>
        {kind === 'boarded' && <i className="answer-time" aria-hidden="true" />}
      </div>
    </section>
  );
}
