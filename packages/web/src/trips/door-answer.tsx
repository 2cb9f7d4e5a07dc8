import type { Passenger, TripView } from '@fangang/domain/trips/api.ts';
import { HoldReason } from '@fangang/domain/trips/schema.ts';
import { tripWords } from '@fangang/domain/trips/words.ts';
import { type ReactNode, useEffect } from 'react';
import { useNames, useWords } from '../platform/language.tsx';
import { type MarkKind, MarkShape } from '../platform/ui/StatusMark.tsx';

const STAYS_MS = 4000;

/** What the whole phone says after a step. */
export type Shown =
  | { readonly kind: 'boarded'; readonly leg: string; readonly pack: boolean }
  | { readonly kind: 'asking'; readonly leg: string }
  | { readonly kind: 'held'; readonly leg: string; readonly reason: HoldReason }
  | { readonly kind: 'otherBus'; readonly order: number; readonly tripCode: string };

const TONES = { boarded: 'done', asking: 'again', held: 'again', otherBus: 'wrong' } as const;
const MARKS = {
  boarded: 'done',
  asking: 'again',
  held: 'again',
  otherBus: 'wrong',
} as const satisfies Record<Shown['kind'], MarkKind>;

function Facts({ view, pack }: { view: TripView; pack: boolean }): ReactNode {
  const say = useWords(tripWords);
  const { settings, trip } = view;
  const asked = [
    settings.temperature && 'temperature',
    settings.healthCode && 'healthCode',
    settings.travelCode && 'travelCode',
    settings.mask && 'mask',
  ].filter((it) => typeof it === 'string') as ('temperature' | 'healthCode' | 'travelCode' | 'mask')[];
  return (
    <ul className="answer-facts">
      {asked.map((it) => (
        <li key={it}>
          <span>{say(`check.${it}`)}</span>
          <b>{say('fine')}</b>
        </li>
      ))}
      {settings.giftPack && trip.role === 'main' && (
        <li>
          <span>{say('check.pack')}</span>
          <b>{say(pack ? 'packNow' : 'packHad')}</b>
        </li>
      )}
    </ul>
  );
}

function Words({ shown, person }: { shown: Shown; person: Passenger | undefined }): ReactNode {
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

function Reasons({ view, onReason }: { view: TripView; onReason: (reason: HoldReason) => void }): ReactNode {
  const say = useWords(tripWords);
  const { settings } = view;
  const isAsked: Record<HoldReason, boolean> = {
    temperature: settings.temperature !== null,
    healthCode: settings.healthCode,
    travelCode: settings.travelCode,
    mask: settings.mask,
    papers: true,
    other: true,
  };
  return (
    <div className="door-reasons">
      {HoldReason.options
        .filter((it) => isAsked[it])
        .map((it) => (
          <button key={it} type="button" onClick={() => onReason(it)}>
            {say(`reason.${it}`)}
          </button>
        ))}
    </div>
  );
}

/** The answer over the whole phone, to be read from two metres; a good one goes by itself, so that the queue does not stop. */
export function DoorAnswer({
  view,
  shown,
  onNext,
  onUndo,
  onReason,
}: {
  view: TripView;
  shown: Shown;
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
  const canUndo = kind === 'boarded' || kind === 'held';
  return (
    <section className={`answer answer-${TONES[kind]}`} role="alert">
      <MarkShape kind={MARKS[kind]} size={112} />
      <Words shown={shown} person={person} />
      {shown.kind === 'boarded' && <Facts view={view} pack={shown.pack} />}
      {shown.kind === 'asking' && <Reasons view={view} onReason={(reason) => onReason(shown.leg, reason)} />}
      {shown.kind !== 'asking' && shown.kind !== 'boarded' && <div className="answer-facts" />}
      <div className="next">
        {canUndo && leg && (
          <button type="button" className="undo" onClick={() => onUndo(leg)}>
            {say('undo')}
          </button>
        )}
        <button type="button" className="on" onClick={onNext}>
          {say(kind === 'asking' ? 'back' : 'next')}
          {kind === 'otherBus' && <small>{say('notCounted')}</small>}
        </button>
      </div>
    </section>
  );
}
