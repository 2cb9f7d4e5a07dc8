import type { Passenger, TripView } from '@fangang/domain/trips/api.ts';
import { tripWords } from '@fangang/domain/trips/words.ts';
import type { ReactNode } from 'react';
import { useNames, useWords } from '../platform/language.tsx';
import { StatusMark } from '../platform/ui/StatusMark.tsx';
import { MARK_OF_LEG } from './trip-parts.tsx';

const KEYS = ['1', '2', '3', '⌫', '4', '5', '6', 'X', '7', '8', '9', '0'] as const;
const LENGTH = 4;

/** People of this bus whose ID or phone number ends so. */
export function matchesOf(passengers: readonly Passenger[], tail: string): Passenger[] {
  if (tail.length < LENGTH) return [];
  return passengers.filter((it) => it.idTail.toUpperCase() === tail || it.phoneTail === tail);
}

/** A season's checks as the one bar names them. */
export function useChecksText(view: TripView): string {
  const say = useWords(tripWords);
  const { settings, trip } = view;
  const asked = [
    settings.temperature && say('check.temperature'),
    settings.healthCode && say('check.healthCode'),
    settings.travelCode && say('check.travelCode'),
    settings.mask && say('check.mask'),
    settings.giftPack && trip.role === 'main' && say('check.pack'),
  ].filter(Boolean);
  return asked.length > 0 ? say('allMeans', { checks: asked.join(say('listJoin')) }) : say('allMeansPlain');
}

/** What is typed and whom it is. */
export function FourLine({
  tail,
  chosen,
  matches,
}: {
  tail: string;
  chosen: Passenger | undefined;
  matches: readonly Passenger[];
}): ReactNode {
  const say = useWords(tripWords);
  const names = useNames();
  const under =
    tail.length < LENGTH
      ? say('typeFour')
      : matches.length === 0
        ? say('nobodyOf', { tail })
        : matches.length === 1
          ? say('onlyOne', { tail })
          : say('chooseOne', { n: matches.length });
  return (
    <div className="field-four">
      <div className="digits" aria-hidden="true">
        {[0, 1, 2, 3].map((i) => (
          <span key={i} className={tail[i] ? undefined : 'open'}>
            {tail[i]}
          </span>
        ))}
      </div>
      <p className="who" role="status">
        {chosen && say('seatAndName', { seat: String(chosen.seat), name: names(chosen.name, chosen.pinyin) })}
        <small>{chosen && tail === '' ? say(`state.${chosen.state}`) : under}</small>
      </p>
    </div>
  );
}

/** Twelve keys of 72 px: ID numbers end in a digit or X. */
export function Keypad({ tail, onChange }: { tail: string; onChange: (tail: string) => void }): ReactNode {
  const say = useWords(tripWords);
  const press = (key: string): void => {
    if (key === '⌫') onChange(tail.slice(0, -1));
    else onChange(tail.length >= LENGTH ? key : tail + key);
  };
  return (
    <div className="keypad">
      {KEYS.map((key) => (
        <button
          key={key}
          type="button"
          className={key === '⌫' || key === 'X' ? 'function' : undefined}
          aria-label={key === '⌫' ? say('erase') : key}
          onClick={() => press(key)}
        >
          {key}
        </button>
      ))}
    </div>
  );
}

/** People as rows to tap: number of the seat, name, state. */
export function PeopleList({
  people,
  onChoose,
}: {
  people: readonly Passenger[];
  onChoose: (person: Passenger) => void;
}): ReactNode {
  const say = useWords(tripWords);
  const names = useNames();
  return (
    <ul className="door-people">
      {people.map((it) => (
        <li key={it.leg}>
          <button type="button" onClick={() => onChoose(it)}>
            <b>{it.seat}</b>
            <span>
              <b>{names(it.name, it.pinyin)}</b> <small>{it.idTail && `**${it.idTail}`}</small>
            </span>
            <StatusMark kind={MARK_OF_LEG[it.state]}>{say(`state.${it.state}`)}</StatusMark>
          </button>
        </li>
      ))}
    </ul>
  );
}
